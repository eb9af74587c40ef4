"""Salaries that free from overtime: thresholds, permissible deductions, and final pay."""

from asopay.salaries.deductions import Absence, salary_after_absences
from asopay.salaries.final_pay import FinalPay, final_pay
from asopay.salaries.thresholds import exempt_threshold, shortfall

__all__ = [
    "Absence",
    "FinalPay",
    "exempt_threshold",
    "final_pay",
    "salary_after_absences",
    "shortfall",
]
