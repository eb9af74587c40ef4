"""asopay computes US payroll: gross to net, exact to the cent, with the reason for every figure."""

from asopay._version import __version__
from asopay.errors import Fault, InvalidRequest, TableError
from asopay.gross_to_net import gross_to_net
from asopay.gross_up import GrossUp, gross_up
from asopay.orders import Garnishment, GarnishmentOrder
from asopay.parties import Employee, Employer, HourlyRates, PrivatePlan, UnemploymentAccount
from asopay.paycheck import (
    Deduction,
    DeductionTaken,
    Earning,
    Paycheck,
    PaycheckRequest,
    PrecedingPay,
    Reimbursement,
    Tax,
    WorkedPeriod,
    WorkShare,
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
    "Garnishment",
    "GarnishmentOrder",
    "GrossUp",
    "HourlyRates",
    "InvalidRequest",
    "Paycheck",
    "PaycheckRequest",
    "PrecedingPay",
    "PrivatePlan",
    "Reimbursement",
    "Rulebook",
    "TableError",
    "Tax",
    "TaxTables",
    "UnemploymentAccount",
    "WorkShare",
    "WorkedPeriod",
    "YearToDate",
    "__version__",
    "gross_to_net",
    "gross_up",
]
