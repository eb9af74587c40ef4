"""Health and welfare plans beside the single paycheck: premiums, accounts, and what the law asks.

Amounts are whole cents.
"""

from asopay.health.accounts import carry_over, hsa_limit, qsehra_limit
from asopay.health.full_time import LookBack, average_monthly_hours, full_time_equivalents
from asopay.health.nondiscrimination import (
    BenefitsTest,
    average_benefits_test,
    key_employee_test,
)
from asopay.health.premiums import (
    MID_MONTH,
    coverage_share,
    imputed_income,
    premium_parts,
    schedule,
)
from asopay.health.responsibility import (
    Figures,
    Payments,
    by_poverty_line,
    by_rate_of_pay,
    by_wages,
    payments,
    responsibility,
)

__all__ = [
    "MID_MONTH",
    "BenefitsTest",
    "Figures",
    "LookBack",
    "Payments",
    "average_benefits_test",
    "average_monthly_hours",
    "by_poverty_line",
    "by_rate_of_pay",
    "by_wages",
    "carry_over",
    "coverage_share",
    "full_time_equivalents",
    "hsa_limit",
    "imputed_income",
    "key_employee_test",
    "payments",
    "premium_parts",
    "qsehra_limit",
    "responsibility",
    "schedule",
]
