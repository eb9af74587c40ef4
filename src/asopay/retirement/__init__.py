"""What an employer's retirement plan computes apart from the single paycheck."""

from asopay.deductions.match import BASIC, ENHANCED, QACA, MatchFormula, Tier, match, true_up
from asopay.deductions.plan_limits import Figures
from asopay.retirement.census import (
    Participant,
    TopHeavyTest,
    acp_test,
    adp_test,
    highly_compensated,
    key_employees,
    top_heavy_test,
)
from asopay.retirement.enrolment import AutomaticEnrolment
from asopay.retirement.limits import limits
from asopay.retirement.loans import (
    LoanPayment,
    cure_by,
    deemed_distribution,
    largest_loan,
    loan_payments,
)
from asopay.retirement.nondiscrimination import (
    Correction,
    PlanTest,
    allocable_income,
    correct,
    highest_average,
    needed_average,
    plan_test,
    top_heavy_minimum,
)
from asopay.retirement.vesting import CLIFF, GRADED, VestingSchedule, vested

__all__ = [
    "BASIC",
    "CLIFF",
    "ENHANCED",
    "GRADED",
    "QACA",
    "AutomaticEnrolment",
    "Correction",
    "Figures",
    "LoanPayment",
    "MatchFormula",
    "Participant",
    "PlanTest",
    "Tier",
    "TopHeavyTest",
    "VestingSchedule",
    "acp_test",
    "adp_test",
    "allocable_income",
    "correct",
    "cure_by",
    "deemed_distribution",
    "highest_average",
    "highly_compensated",
    "key_employees",
    "largest_loan",
    "limits",
    "loan_payments",
    "match",
    "needed_average",
    "plan_test",
    "top_heavy_minimum",
    "top_heavy_test",
    "true_up",
    "vested",
]
