"""Pay frequencies, periods and calendars, and the salary of a period worked in part.

Wages are taxed when they are paid, not when they are earned, so everything here hangs on the
pay date: a calendar of 2026 holds the periods *paid* in 2026, whenever they were worked.

- Publication 15-T, Worksheet 1A (https://www.irs.gov/pub/irs-pdf/p15t.pdf): periods in a year
- 26 CFR 31.3121(a)-2 (https://www.ecfr.gov/current/title-26): when wages are paid
- 29 CFR 541.602 (https://www.ecfr.gov/current/title-29): paying part of a salary

Payday is every other Friday, for the two weeks that ended the Saturday before. January 1, 2027 is
such a Friday and a holiday; paid the day before, it makes a 27th pay date of 2026:

>>> a_period_end = date(2025, 12, 27)
>>> calendar = pay_calendar(2026, "biweekly", a_period_end, pay_date_lag=6, move="earlier")
>>> print(calendar[0], calendar[-1], sep="; ")
2025-12-14 to 2025-12-27, paid 2026-01-02; 2026-12-13 to 2026-12-26, paid 2026-12-31
>>> periods_per_year("biweekly", stated=len(calendar))
27
"""

from __future__ import annotations

from calendar import SATURDAY, monthrange
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from attrs import frozen

from asopay.errors import one_of
from asopay.frequencies import periods_per_year
from asopay.money import LARGEST, Cents, to_cents, unrounded

_DAYS = {"weekly": 7, "biweekly": 14}
_STEPS = {"none": 0, "earlier": -1, "later": 1}
_FARTHEST_MOVE = 31
_LONGEST_PERIOD = 366
_LONGEST_MONTH = 31


_QUARTER = 3


@lru_cache(maxsize=1024)
def has_last_working_day_of_quarter(start: date, end: date) -> bool:
    """Whether the last weekday of a calendar quarter is one of the days from start to end.

    >>> has_last_working_day_of_quarter(date(2026, 3, 22), date(2026, 4, 4))
    True
    >>> has_last_working_day_of_quarter(date(2027, 7, 31), date(2027, 8, 6))
    False
    """
    return any(
        start <= _last_weekday(year, month) <= end
        for year in range(start.year, end.year + 1)
        for month in range(_QUARTER, 13, _QUARTER)
    )


def _last_weekday(year: int, month: int) -> date:
    day = date(year, month, monthrange(year, month)[1])
    return day - timedelta(max(day.weekday() - (SATURDAY - 1), 0))


def _rejected(name: str, value: object, accepted: str) -> ValueError:
    given = value if isinstance(value, date | PayPeriod) else repr(value)
    return ValueError(f"{name}: {given} is not accepted; give {accepted}")


def _whole(name: str, value: int, lowest: int, highest: int) -> int:
    if not isinstance(value, int) or not lowest <= value <= highest:
        raise _rejected(name, value, f"a whole number from {lowest} to {highest}")
    return value


def _date(name: str, value: date | None) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _rejected(name, value, "a date, without a time")
    return value


@frozen
class PayPeriod:
    """The days one paycheck pays for, both ends included, and the day it is paid.

    Raises ValueError when a field is not a date or the period ends before it starts.

    >>> PayPeriod(date(2026, 2, 22), date(2026, 3, 7), pay_date=date(2026, 3, 13)).days
    14
    """

    start: date
    end: date
    pay_date: date

    def __attrs_post_init__(self) -> None:
        for name in ("start", "end", "pay_date"):
            _date(name, getattr(self, name))
        if self.end < self.start:
            raise _rejected("end", self.end, f"a date from the start on, {self.start}")

    def __str__(self) -> str:
        return f"{self.start} to {self.end}, paid {self.pay_date}"

    @property
    def days(self) -> int:
        """The number of calendar days."""
        return _calendar_days(self.start, self.end)


def tax_year(pay_date: date) -> int:
    """The calendar year in which wages are taxed: that of the day they are paid.

    The day of the work does not matter. Wages set apart for an employee to draw at any time are
    paid on that day, even if handed over later (constructive payment): 26 CFR 31.3121(a)-2.

    Raises ValueError for anything but a date.

    >>> tax_year(date(2027, 1, 1))
    2027
    """
    return _date("pay_date", pay_date).year


def pay_calendar(
    year: int,
    frequency: str,
    anchor: date | None = None,
    *,
    semimonthly_days: tuple[int, int] = (15, 31),
    pay_date_lag: int = 0,
    move: Literal["none", "earlier", "later"] = "none",
    holidays: Collection[date] | None = None,
) -> tuple[PayPeriod, ...]:
    """The pay periods paid in a year, in order; consecutive calendars leave no gap and no overlap.

    `anchor` is the last day of any one period, past or future. Periods end

    - weekly and biweekly: every 7 or 14 days from the anchor;
    - monthly, quarterly, semiannual, annual: on the anchor's day of the month, or on every
      month's last day if the anchor is one;
    - semimonthly: on the two `semimonthly_days`, whatever the anchor;
    - daily: every Monday to Friday, holidays too, whatever the anchor. Monday's period takes in
      the weekend before it.

    A day that a month lacks (29, 30, 31) is its last day. The pay date comes `pay_date_lag` days
    after the period's end (before, if negative) and, with `move`, from a weekend or holiday goes to
    the nearest business day `earlier` or `later`. Moved across New Year, it is the other year's.

    `holidays` are the dates to avoid, those around both New Years included; left out, they are
    the `federal_holidays`, which suffice from 2022 on. Banks differ: the Federal Reserve Banks
    are open on the Friday before a holiday that falls on a Saturday.

    Raises ValueError, naming the argument, for a year outside 1900 to 2999, a lag outside -366 to
    366, semimonthly days that would meet in February, a missing anchor, or 31 days without a
    business day.

    >>> january, *_ = pay_calendar(2026, "monthly", date(2020, 6, 30), move="earlier")
    >>> print(january)
    2026-01-01 to 2026-01-31, paid 2026-01-30
    """
    _whole("year", year, 1900, 2999)
    lag = timedelta(_whole("pay_date_lag", pay_date_lag, -366, 366))
    if move not in _STEPS:
        raise _rejected("move", move, f"one of {one_of(_STEPS)}")
    ends_on = _ends(frequency, anchor, semimonthly_days)
    closed = _closed_days(year, holidays) if _STEPS[move] else frozenset()
    first = date(year, 1, 1) - lag - timedelta(_FARTHEST_MOVE + _LONGEST_PERIOD)
    last = date(year, 12, 31) - lag + timedelta(_FARTHEST_MOVE)
    periods = (
        PayPeriod(before + timedelta(1), end, _moved(end + lag, _STEPS[move], closed))
        for before, end in pairwise(filter(ends_on, _each_day(first, last)))
    )
    return tuple(period for period in periods if period.pay_date.year == year)


def _ends(frequency: str, anchor: date | None, two_days: Iterable[int]) -> Callable[[date], bool]:
    """The test whether a period ends on a day."""
    in_year = periods_per_year(frequency)
    if frequency == "daily":
        return _is_weekday
    if frequency == "semimonthly":
        match sorted(two_days):
            case [int(first), int(second)] if (
                1 <= first < min(second, 28) and second <= _LONGEST_MONTH
            ):
                return lambda day: _falls_on(first, day) or _falls_on(second, day)
        raise _rejected("semimonthly_days", two_days, "a day of 1 to 27 and a later one, to 31")
    end = _date("anchor", anchor)
    if frequency in _DAYS:
        return lambda day: (day - end).days % _DAYS[frequency] == 0
    months = 12 // in_year
    number = 31 if _falls_on(31, end) else end.day
    return lambda day: _falls_on(number, day) and (day.month - end.month) % months == 0


def _falls_on(number: int, day: date) -> bool:
    return day.day == min(number, monthrange(day.year, day.month)[1])


def _is_weekday(day: date) -> bool:
    return day.weekday() < SATURDAY


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(number) for number in range(_calendar_days(first, last)))


def _closed_days(year: int, holidays: Collection[date] | None) -> frozenset[date]:
    """The dates to avoid besides weekends, in the year and the ones next to it."""
    if holidays is not None:
        return frozenset(_date("holidays", day) for day in holidays)
    from asopay.legal_holidays import federal_holidays

    near = range(year - 1, year + 2)
    return frozenset(day for each in near for day, _ in federal_holidays(each))


def _moved(day: date, step: int, closed: frozenset[date]) -> date:
    """The day itself if it may be kept, else the nearest business day going by `step`."""
    for distance in range(_FARTHEST_MOVE + 1):
        moved = day + timedelta(step * distance)
        if not step or (_is_weekday(moved) and moved not in closed):
            return moved
    near = f"within {_FARTHEST_MOVE} days of {day}"
    raise ValueError(f"holidays: {len(closed)} dates leave no business day {near}")


def prorate_salary(
    salary_cents: Cents,
    period: PayPeriod,
    worked_from: date,
    worked_to: date,
    *,
    by: Literal["calendar_days", "working_days", "hours"] = "calendar_days",
    hours_worked: int | Decimal | None = None,
    hours_in_period: int | Decimal | None = None,
) -> Cents:
    """The part of a period's salary, in cents, for a period worked in part; half a cent up.

    The salary times the share of the period from `worked_from` to `worked_to`, both included:

    - by calendar_days: every day counts;
    - by working_days: Monday to Friday count, holidays too;
    - by hours: `hours_worked` of `hours_in_period`, whichever days they fall on.

    An exempt employee may be paid so in the first and the last week of employment, by the day or
    by the hour: 29 CFR 541.602(b)(6).

    Raises ValueError, naming the argument, for a salary below 0 or above `LARGEST`, days outside
    the period or out of order, a period without working days, hours that are missing, binary
    floats, negative or more than the period's, and hours given where days count.

    $5,833.33 for July 16 to 31, 2010, of an employee hired on July 26, so for five of eleven
    working days: the employer's way in Kirchoff v. Wipro (W.D. Wash. 2012).

    >>> july = PayPeriod(date(2010, 7, 16), date(2010, 7, 31), pay_date=date(2010, 7, 31))
    >>> prorate_salary(583333, july, date(2010, 7, 26), july.end, by="working_days")
    265151
    """
    _whole("salary_cents", salary_cents, 0, LARGEST)
    if not period.start <= _date("worked_from", worked_from) <= period.end:
        raise _rejected("worked_from", worked_from, f"a date from {period.start} to {period.end}")
    if not worked_from <= _date("worked_to", worked_to) <= period.end:
        raise _rejected("worked_to", worked_to, f"a date from {worked_from} to {period.end}")
    if by == "hours":
        share = _share_of_hours(hours_worked, hours_in_period)
    elif hours_worked is not None or hours_in_period is not None:
        raise _rejected("by", by, "'hours' where hours are given")
    else:
        share = _share_of_days(period, worked_from, worked_to, by)
    return to_cents(unrounded(salary_cents) * share.numerator, divided_by=share.denominator)


def _share_of_days(period: PayPeriod, worked_from: date, worked_to: date, by: str) -> Fraction:
    counts = {"calendar_days": _calendar_days, "working_days": _working_days}
    if by not in counts:
        raise _rejected("by", by, f"one of {one_of(counts)}, hours")
    whole = counts[by](period.start, period.end)
    if not whole:
        raise _rejected("period", period, "one with a Monday to Friday in it")
    return Fraction(counts[by](worked_from, worked_to), whole)


def _calendar_days(first: date, last: date) -> int:
    return (last - first).days + 1


def _working_days(first: date, last: date) -> int:
    return sum(map(_is_weekday, _each_day(first, last)))


def _share_of_hours(worked: int | Decimal | None, in_period: int | Decimal | None) -> Fraction:
    part, whole = _hours("hours_worked", worked), _hours("hours_in_period", in_period)
    if not 0 <= part <= whole or not whole:
        raise _rejected("hours_worked", worked, f"hours from 0 to those in the period, {whole}")
    return part / whole


def _hours(name: str, value: int | Decimal | None) -> Fraction:
    if not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise _rejected(name, value, "hours as an int or Decimal")
    return Fraction(value)
