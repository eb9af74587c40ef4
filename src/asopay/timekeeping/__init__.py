"""Time records: from punches, or the totals of days, to time worked by workday and workweek."""

from asopay.timekeeping.clock import Clock, clock_of, time_of_day
from asopay.timekeeping.punches import Activity, Punch, PunchRules, Span, spans_of
from asopay.timekeeping.rounding import ROUNDING, rounded
from asopay.timekeeping.workdays import (
    WEEKDAYS,
    Stretch,
    stretches_of,
    week_of,
    without_sleep,
)

__all__ = [
    "ROUNDING",
    "WEEKDAYS",
    "Activity",
    "Clock",
    "Punch",
    "PunchRules",
    "Span",
    "Stretch",
    "clock_of",
    "rounded",
    "spans_of",
    "stretches_of",
    "time_of_day",
    "week_of",
    "without_sleep",
]
