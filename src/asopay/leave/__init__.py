"""Leave: how it accrues, what carries over, the least that states ask for, and holiday pay."""

from asopay.leave.accrual import Accrued, LeavePlan, accrue, may_be_used, new_year
from asopay.leave.family_leave import share_of_week
from asopay.leave.holidays import holiday_hours
from asopay.leave.paid_sick import least_sick_leave, short_of_law

__all__ = [
    "Accrued",
    "LeavePlan",
    "accrue",
    "holiday_hours",
    "least_sick_leave",
    "may_be_used",
    "new_year",
    "share_of_week",
    "short_of_law",
]
