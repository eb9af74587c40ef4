"""Federal legal holidays: 5 U.S.C. 6103 (https://uscode.house.gov/)."""

from __future__ import annotations

from calendar import SATURDAY, SUNDAY
from datetime import date, timedelta
from functools import cache
from typing import Literal, get_args

from attrs import frozen
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from asopay.tables import Table, TaxTables

Weekday = Literal["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
Ordinal = Literal["first", "second", "third", "fourth", "last"]

_WEEKDAYS = dict(zip(get_args(Weekday), (MO, TU, WE, TH, FR, SA, SU), strict=True))
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_OBSERVED = {SATURDAY: -1, SUNDAY: 1}
_MONTH_END = 31
_LAST_YEAR = 3000
_FOUR_YEARS = 4


@frozen
class Holiday:
    """A rule of 5 U.S.C. 6103(a): a day of a month, or its first, second … last weekday.

    One of `every_fourth_year_from` a year on is no holiday in the years between.
    """

    name: str
    month: int
    day: int | None = None
    weekday: Weekday | None = None
    ordinal: Ordinal | None = None
    every_fourth_year_from: int | None = None

    def __attrs_post_init__(self) -> None:
        if (self.day is None) == (self.weekday is None or self.ordinal is None):
            raise ValueError(f"{self.name}: give a day, or a weekday and its ordinal")

    def is_in(self, year: int) -> bool:
        """Whether the year has the holiday."""
        first = self.every_fourth_year_from
        return first is None or (year - first) % _FOUR_YEARS == 0

    def observed(self, year: int) -> date:
        """The Friday before a Saturday, the Monday after a Sunday, else the day itself."""
        if self.weekday is None or self.ordinal is None:
            day = date(year, self.month, self.day or 1)
            return day + timedelta(_OBSERVED.get(day.weekday(), 0))
        place = _PLACES[self.ordinal]
        weekday = _WEEKDAYS[self.weekday](place)
        edge = 1 if place > 0 else _MONTH_END
        return date(year, self.month, 1) + relativedelta(day=edge, weekday=weekday)


@frozen
class Figures:
    """The rules of the holidays."""

    holiday: tuple[Holiday, ...]


@cache
def _rules(jurisdiction: str) -> Table[Figures]:
    (edition,) = TaxTables().editions(jurisdiction, "legal_holidays")
    return edition.table(Figures)


def federal_holidays(year: int) -> tuple[tuple[date, str], ...]:
    """The federal legal holidays observed in a year, as (date, name), in order: 5 U.S.C. 6103.

    A holiday on a Saturday is observed on the Friday before, on a Sunday on the Monday after:
    December 31, 2027 is the New Year's Day of 2028. Inauguration Day, the days of the District of
    Columbia and closings by executive order are not among them. Banks differ: the Federal Reserve
    Banks are open on the Friday before such a Saturday.

    Raises ValueError for a year before 2021, when Juneteenth became a holiday, or after 3000.

    >>> for day, name in federal_holidays(2026)[:2]:
    ...     print(day, name)
    2026-01-01 New Year's Day
    2026-01-19 Birthday of Martin Luther King, Jr.
    """
    return _observed(year, "US")


def district_holidays(year: int) -> tuple[tuple[date, str], ...]:
    """The legal holidays in the District of Columbia of a year, as (date, name), in order.

    They are the federal ones, Emancipation Day, and Inauguration Day every fourth year. What is due
    under the federal tax laws on one of them is due on the next business day: 26 U.S.C. 7503.

    Raises ValueError for a year before 2021 or after 3000.

    >>> [str(day) for day, name in district_holidays(2027) if name == "Emancipation Day"]
    ['2027-04-16']
    """
    return _observed(year, "US", "US-DC")


def _observed(year: int, *jurisdictions: str) -> tuple[tuple[date, str], ...]:
    first = _rules("US").effective.year
    if not isinstance(year, int) or not first <= year <= _LAST_YEAR:
        accepted = f"a whole number from {first} to {_LAST_YEAR}"
        raise ValueError(f"year: {year!r} is not accepted; give {accepted}")
    rules = [rule for place in jurisdictions for rule in _rules(place).figures.holiday]
    years = (year, year + 1)
    observed = ((rule.observed(y), rule.name) for y in years for rule in rules if rule.is_in(y))
    return tuple(sorted(holiday for holiday in observed if holiday[0].year == year))
