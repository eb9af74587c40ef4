"""Months of a plan year."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

MONTHS = 12
MOST_MONTHS = 120
"""More months than any contract, run-out or waiting period has."""


def add_months(day: date, number: int) -> date:
    """The day so many months later, or the month's last if it is shorter.

    >>> add_months(date(2026, 1, 31), 1), add_months(date(2026, 1, 1), -3)
    (datetime.date(2026, 2, 28), datetime.date(2025, 10, 1))
    """
    return day + relativedelta(months=number)


def plan_months(start: date) -> tuple[date, ...]:
    """The first days of the twelve months of a plan year."""
    return tuple(add_months(start, number) for number in range(MONTHS))


def month_number(day: date, start: date) -> int:
    """The number of the day's month, 0 for that in which the plan year starts.

    >>> april = date(2026, 4, 1)
    >>> month_number(date(2027, 1, 15), april), month_number(date(2026, 3, 31), april)
    (9, -1)
    """
    return (day.year - start.year) * MONTHS + day.month - start.month


def last_day(start: date, months: int = MONTHS) -> date:
    """The last day of a span of months.

    >>> last_day(date(2026, 1, 1))
    datetime.date(2026, 12, 31)
    """
    return add_months(start, months) - timedelta(1)
