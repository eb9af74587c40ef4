"""asopay computes US payroll: gross to net, exact to the cent, with the reason for every figure."""

from asopay._version import __version__
from asopay.errors import Fault, InvalidRequest, TableError
from asopay.gross_to_net import gross_to_net
from asopay.parties import Employee, Employer, UnemploymentAccount
from asopay.pay_periods import PayPeriod, pay_calendar, periods_per_year, prorate_salary, tax_year
from asopay.paycheck import (
    Deduction,
    DeductionTaken,
    Earning,
    Paycheck,
    PaycheckRequest,
    PrecedingPay,
    Tax,
    WorkedPeriod,
    YearToDate,
)
from asopay.rulebook import Rulebook
from asopay.tables import TaxTables

__all__ = [
    "Deduction",
    "DeductionTaken",
    "Earning",
    "Employee",
    "Employer",
    "Fault",
    "InvalidRequest",
    "PayPeriod",
    "Paycheck",
    "PaycheckRequest",
    "PrecedingPay",
    "Rulebook",
    "TableError",
    "Tax",
    "TaxTables",
    "UnemploymentAccount",
    "WorkedPeriod",
    "YearToDate",
    "__version__",
    "gross_to_net",
    "pay_calendar",
    "periods_per_year",
    "prorate_salary",
    "tax_year",
]
