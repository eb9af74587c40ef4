"""Business days for federal taxes: any day but a weekend or a legal holiday of the District.

What is due on another day is due on the next business day: 26 U.S.C. 7503
(https://uscode.house.gov/).
"""

from __future__ import annotations

from calendar import SATURDAY
from datetime import date, timedelta
from functools import cache

from asopay.legal_holidays import district_holidays

ONE_DAY = timedelta(1)


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(day for day, _ in district_holidays(year))


def is_holiday(day: date) -> bool:
    """Whether the day is a legal holiday in the District of Columbia."""
    return day in _holidays(day.year)


def is_business_day(day: date) -> bool:
    """Whether the day is neither a weekend nor such a holiday.

    >>> is_business_day(date(2025, 4, 16))
    False
    """
    return day.weekday() < SATURDAY and not is_holiday(day)


def on_or_after(day: date) -> date:
    """The day itself if it is a business day, else the next one.

    >>> str(on_or_after(date(2026, 1, 31)))
    '2026-02-02'
    """
    while not is_business_day(day):
        day += ONE_DAY
    return day


def business_days_after(day: date, number: int) -> date:
    """The business day that is so many after a day.

    >>> str(business_days_after(date(2026, 5, 22), 3))
    '2026-05-28'
    """
    for _ in range(number):
        day = on_or_after(day + ONE_DAY)
    return day
