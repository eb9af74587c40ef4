"""What an employer's retirement plan computes apart from the single paycheck."""

from asopay.deductions.match import BASIC, ENHANCED, QACA, MatchFormula, Tier, match, true_up
from asopay.deductions.plan_limits import Figures
from asopay.retirement.limits import limits
from asopay.retirement.loans import LoanPayment, largest_loan, loan_payments
from asopay.retirement.nondiscrimination import (
    Correction,
    PlanTest,
    correct,
    highest_average,
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
    "Correction",
    "Figures",
    "LoanPayment",
    "MatchFormula",
    "PlanTest",
    "Tier",
    "VestingSchedule",
    "correct",
    "highest_average",
    "largest_loan",
    "limits",
    "loan_payments",
    "match",
    "plan_test",
    "top_heavy_minimum",
    "true_up",
    "vested",
]
