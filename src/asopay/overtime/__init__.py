"""Overtime: which hours of a workweek are paid more, why, and at which regular rate."""

from asopay.overtime.hours import Hours, OvertimeRules, Schedule, classify, rules_of
from asopay.overtime.regular_rate import (
    Rounding,
    WeekPay,
    bonus_overtime,
    hours_text,
    overtime_premium,
    pay_of,
    rounded_cents,
)

__all__ = [
    "Hours",
    "OvertimeRules",
    "Rounding",
    "Schedule",
    "WeekPay",
    "bonus_overtime",
    "classify",
    "hours_text",
    "overtime_premium",
    "pay_of",
    "rounded_cents",
    "rules_of",
]
