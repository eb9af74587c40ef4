"""Life insurance: cover and premiums of a plan, and the cost that is income of the employee."""

from asopay.life_insurance.carried import EligibilityTest, Straddle, eligibility_test, straddle
from asopay.life_insurance.former_employees import FormerEmployee, former_employee
from asopay.life_insurance.imputed_income import (
    Cover,
    ImputedIncome,
    dependent_life,
    group_term_life,
)
from asopay.life_insurance.plan import LifePlan, accidental_death, benefit, premium

__all__ = [
    "Cover",
    "EligibilityTest",
    "FormerEmployee",
    "ImputedIncome",
    "LifePlan",
    "Straddle",
    "accidental_death",
    "benefit",
    "dependent_life",
    "eligibility_test",
    "former_employee",
    "group_term_life",
    "premium",
    "straddle",
]
