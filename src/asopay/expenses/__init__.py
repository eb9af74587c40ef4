"""Expenses: what is reimbursed without being wages, and what becomes wages."""

from asopay.expenses.accountable import Accounting, account_for
from asopay.expenses.mileage import mileage
from asopay.expenses.per_diem import Locality, per_diem
from asopay.expenses.report import ExpenseReport, Receipt, Settlement, Travel, Trip, settle

__all__ = [
    "Accounting",
    "ExpenseReport",
    "Locality",
    "Receipt",
    "Settlement",
    "Travel",
    "Trip",
    "account_for",
    "mileage",
    "per_diem",
    "settle",
]
