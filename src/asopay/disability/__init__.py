"""Disability insurance: premiums, benefits, what is taxable of them, sick pay of third parties."""

from asopay.disability.benefit import Work, benefit, cost_of_living, overpayment
from asopay.disability.claim import (
    Absence,
    Offset,
    Payment,
    benefits_begin,
    is_recurrent,
    payments,
    statutory_offset,
)
from asopay.disability.forms import SickPayOfYear, sick_pay_of_year
from asopay.disability.payers import PremiumTerms, SplitPremium, split_premium
from asopay.disability.plan import DisabilityPlan, premium
from asopay.disability.taxable_share import (
    PolicyYear,
    TaxableShare,
    share_by_election,
    taxable_share,
)
from asopay.disability.third_party import Duties, duties, w4s_withholding

__all__ = [
    "Absence",
    "DisabilityPlan",
    "Duties",
    "Offset",
    "Payment",
    "PolicyYear",
    "PremiumTerms",
    "SickPayOfYear",
    "SplitPremium",
    "TaxableShare",
    "Work",
    "benefit",
    "benefits_begin",
    "cost_of_living",
    "duties",
    "is_recurrent",
    "overpayment",
    "payments",
    "premium",
    "share_by_election",
    "sick_pay_of_year",
    "split_premium",
    "statutory_offset",
    "taxable_share",
    "w4s_withholding",
]
