"""Timesheets: from time records to the earnings of a paycheck request."""

from asopay.paycheck import WorkedPeriod
from asopay.timekeeping import Punch
from asopay.timesheets.gross import GrossPay, OvertimeHours, gross_pay
from asopay.timesheets.request import (
    AlternativeWorkweek,
    DayTotal,
    Job,
    LeaveTaken,
    OtherPay,
    RetailCommissions,
    Salary,
    TimeClock,
    Timesheet,
    WorkPeriod,
)

__all__ = [
    "AlternativeWorkweek",
    "DayTotal",
    "GrossPay",
    "Job",
    "LeaveTaken",
    "OtherPay",
    "OvertimeHours",
    "Punch",
    "RetailCommissions",
    "Salary",
    "TimeClock",
    "Timesheet",
    "WorkPeriod",
    "WorkedPeriod",
    "gross_pay",
]
