"""Holiday pay: the legal holidays within a pay period at the hours of an ordinary day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal

from asopay.legal_holidays import federal_holidays
from asopay.paycheck import Earning


def holiday_hours(
    start: date,
    end: date,
    hours: Decimal | int | str,
    rate: Decimal | int | str,
    holidays: Collection[date] | None = None,
) -> list[Earning]:
    """An earning for each holiday from start to end; those of federal law if none are named.

    Holiday pay is for no time worked: it does not count toward overtime or the regular rate.

    >>> found = holiday_hours(date(2026, 11, 22), date(2026, 12, 5), 8, "20.00")
    >>> [(each.kind, each.hours, each.rate) for each in found]
    [('holiday', '8', '20.00')]
    """
    if holidays is None:
        years = range(start.year, end.year + 1)
        holidays = {day for year in years for day, _ in federal_holidays(year)}
    days = (start + timedelta(number) for number in range((end - start).days + 1))
    return [Earning("holiday", hours=str(hours), rate=str(rate)) for d in days if d in holidays]
