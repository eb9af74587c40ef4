"""A claim in time: when benefits begin, whether a disability is a recurrent one, and each payment.

>>> from asopay.disability.plan import DisabilityPlan
>>> begins = benefits_begin([Absence(date(2026, 1, 5))], elimination_days=7)
>>> plan = DisabilityPlan("weekly", percent=60, maximum="800")
>>> for each in payments(plan, "52000", begins=begins, last=date(2026, 1, 21)):
...     print(each.first, each.last, each.worksheet.result)
2026-01-12 2026-01-18 60000
2026-01-19 2026-01-21 25714
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from attrs import frozen
from dateutil.relativedelta import relativedelta

from asopay.disability.benefit import Due, benefit_due
from asopay.disability.plan import DisabilityPlan, earnings_of_period, read_plan
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.frequencies import FREQUENCIES
from asopay.money import Cents, dollars, to_cents, unrounded
from asopay.paycheck import Dollars
from asopay.rulebook import Rulebook
from asopay.statutory_benefits import Estimate
from asopay.worksheet import Worksheet

ONE_DAY = timedelta(1)
DAYS_OF_WEEK = 7
WORKDAYS = 5
COUNTED_DAYS = (WORKDAYS, DAYS_OF_WEEK, 30)


@frozen
class Absence:
    """Days of disability from the first to the last; it goes on if there is no last one."""

    first: date
    last: date | None = None


@frozen
class Offset:
    """Another benefit in dollars for each week or month of the plan, from a first to a last day."""

    name: str
    amount: Dollars
    first: date | None = None
    last: date | None = None


@frozen
class Payment:
    """A payment for the days from the first to the last, with its worksheet."""

    first: date
    last: date
    worksheet: Worksheet


def benefits_begin(
    absences: Sequence[Absence], elimination_days: int, days_of_return: int = 0
) -> date | None:
    """The first day of benefits: after so many days of disability; None if they are not reached.

    A return to work of up to `days_of_return` days does not interrupt the elimination period, but
    its days do not count; after a longer one, the period begins anew. The absences are in order.
    Raises `InvalidRequest` with all that is wrong.

    >>> short = [Absence(date(2026, 1, 1), date(2026, 1, 5)), Absence(date(2026, 1, 9))]
    >>> benefits_begin(short, 7, days_of_return=3), benefits_begin(short, 7, days_of_return=2)
    (datetime.date(2026, 1, 11), datetime.date(2026, 1, 16))
    """
    _check(absences, elimination_days, days_of_return)
    left, worked_from = elimination_days, None
    for absence in absences:
        returned = (absence.first - worked_from).days if worked_from else 0
        left = elimination_days if returned > days_of_return else left
        if absence.last is None or (absence.last - absence.first).days + 1 > left:
            return absence.first + timedelta(left)
        left -= (absence.last - absence.first).days + 1
        worked_from = absence.last + ONE_DAY
    return None


def is_recurrent(
    returned: date,
    disabled_again: date,
    *,
    months: int = 0,
    days: int = 0,
    same_cause: bool = True,
) -> bool:
    """Whether a disability after a return to work continues the one before.

    It does if it has the same or a related cause, and begins before the return has lasted so many
    `months` and `days`: then there is no new elimination period, and no new longest duration.

    >>> is_recurrent(date(2026, 3, 2), date(2026, 9, 1), months=6)
    True
    >>> is_recurrent(date(2026, 3, 2), date(2026, 9, 2), months=6)
    False
    """
    return same_cause and disabled_again < returned + relativedelta(months=months, days=days)


def statutory_offset(estimate: Estimate, disabled_on: date, period: str) -> Offset:
    """What a statutory programme is estimated to pay, as an offset of a plan's week or month.

    It is paid from the end of the waiting period, for the longest duration. Raises `InvalidRequest`
    if the `period` is not weekly or monthly.

    >>> from asopay.statutory_benefits import BasePeriod, estimate
    >>> day = date(2026, 3, 9)
    >>> found = estimate("US-NY/disability_insurance", BasePeriod(["13000"] * 4), day)
    >>> offset = statutory_offset(found, day, "weekly")
    >>> print(offset.amount, offset.first, offset.last)
    170.00 2026-03-16 2026-09-13
    """
    if period not in ("weekly", "monthly"):
        faults = Faults()
        faults.unknown("period", period, ("weekly", "monthly"))
        raise InvalidRequest(faults.found)
    annual = unrounded(estimate.weekly_cents) * FREQUENCIES["weekly"]
    amount = to_cents(annual, divided_by=FREQUENCIES[period])
    first = disabled_on + timedelta(estimate.waiting_days)
    longest = first + timedelta(estimate.weeks * DAYS_OF_WEEK) - ONE_DAY
    return Offset(estimate.programme, dollars(amount), first, longest)


def payments(
    plan: DisabilityPlan,
    pay: Dollars,
    pay_frequency: str = "annual",
    *,
    begins: date,
    last: date,
    offsets: Sequence[Offset] = (),
    longest: int | None = None,
    rulebook: Rulebook | None = None,
) -> Iterator[Payment]:
    """The benefits of a claim, week by week or month by month from the day on which they begin.

    `last` is the last day of disability, `longest` the number of weeks or months that the plan
    pays at most. A part of a period is paid by its days. Raises `InvalidRequest` with all that is
    wrong, also where no payment is asked for yet.
    """
    faults = Faults()
    terms = read_plan(plan, faults, rulebook)
    earned = earnings_of_period(plan, pay, pay_frequency, faults)
    read = _read_offsets(offsets, begins, last, faults)
    if last < begins:
        faults.add("last", f"{last} is before benefits begin, {begins}")
    if longest is not None and longest < 0:
        faults.add("longest", f"{longest} is below zero")
    if plan.days not in (None, *COUNTED_DAYS):
        accepted = "a claim goes by 7 days of a week, 5 (Monday to Friday), or 30 of a month"
        faults.add("plan.days", f"{plan.days} is not known: {accepted}")
    if faults.found:
        raise InvalidRequest(faults.found)

    def paid() -> Iterator[Payment]:
        for first, end in _periods(plan.period, begins, last, longest):
            until = min(end, last)
            part = None if until == end else _days(first, until, terms.days)
            whole = terms.days if part is None else None
            taken = sum(_shared(each, first, until, terms.days, whole) for each in read)
            yield Payment(first, until, benefit_due(plan, terms, earned, Due(taken, part)))

    return paid()


@frozen
class _Read:
    """An offset in cents."""

    amount: Cents
    first: date
    last: date


def _read_offsets(
    offsets: Sequence[Offset], begins: date, last: date, faults: Faults
) -> list[_Read]:
    read = []
    for number, offset in enumerate(offsets):
        path = f"offsets[{number}]"
        first, end = offset.first or begins, offset.last or last
        if end < first and offset.first and offset.last:
            faults.add(f"{path}.last", f"{end} is before the first day, {first}")
        read.append(_Read(faults.cents(f"{path}.amount", offset.amount), first, end))
    return read


def _shared(
    offset: _Read, first: date, last: date, days_of_period: int, whole: int | None
) -> Cents:
    """What of the offset falls in a payment: all of it if it covers a `whole` period."""
    begins, ends = max(offset.first, first), min(offset.last, last)
    if ends < begins:
        return 0
    covers_all = whole is not None and (begins, ends) == (first, last)
    days = days_of_period if covers_all else _days(begins, ends, days_of_period)
    return to_cents(unrounded(offset.amount * days), divided_by=days_of_period)


def _days(first: date, last: date, days_of_period: int) -> int:
    """The days that count, of as many as a week or month has by the plan."""
    days = (last - first).days + 1
    if days_of_period == WORKDAYS:
        return sum((first + timedelta(n)).weekday() < WORKDAYS for n in range(days))
    return min(days, days_of_period)


def _periods(
    period: str, begins: date, last: date, longest: int | None
) -> Iterator[tuple[date, date]]:
    """The first and last day of each whole week or month from the day on which benefits begin."""
    number, first = 0, begins
    while first <= last and (longest is None or number < longest):
        number += 1
        if period == "weekly":
            following = begins + timedelta(DAYS_OF_WEEK * number)
        else:
            following = begins + relativedelta(months=number)
        yield first, following - ONE_DAY
        first = following


def _check(absences: Sequence[Absence], elimination_days: int, days_of_return: int) -> None:
    faults = Faults()
    for name, number in (
        ("elimination_days", elimination_days),
        ("days_of_return", days_of_return),
    ):
        if number < 0:
            faults.add(name, f"{number} is below zero")
    ended: date | None = date.min
    for number, absence in enumerate(absences):
        path = f"absences[{number}]"
        if ended is None or absence.first <= ended:
            faults.add(
                f"{path}.first", f"{absence.first} is not after the absence before has ended"
            )
        if absence.last is not None and absence.last < absence.first:
            faults.add(f"{path}.last", f"{absence.last} is before the first day, {absence.first}")
        ended = absence.last
    if faults.found:
        raise InvalidRequest(faults.found)
