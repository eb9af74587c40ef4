"""Workers' compensation: the payroll that counts, the premium, the modification, and the audit."""

from asopay.workers_compensation.audit import Audit, audit
from asopay.workers_compensation.experience import Losses, experience_modification
from asopay.workers_compensation.payroll import WorkerPay, officer_payroll, premium_payroll
from asopay.workers_compensation.premium import (
    ClassPayroll,
    PolicyTerms,
    hourly_premium,
    policy_premium,
)

__all__ = [
    "Audit",
    "ClassPayroll",
    "Losses",
    "PolicyTerms",
    "WorkerPay",
    "audit",
    "experience_modification",
    "hourly_premium",
    "officer_payroll",
    "policy_premium",
    "premium_payroll",
]
