"""Federal tax deposits: Publication 15, sections 11 and 14 (https://www.irs.gov/pub/irs-pdf/p15.pdf).

What is withheld, and the employer's share, becomes due by the day on which wages are paid: monthly
depositors pay for a month, semiweekly ones for Wednesday to Friday or Saturday to Tuesday, and
whoever accumulates a large amount on any day pays on the next business day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal, get_args

from attrs import define, frozen
from dateutil.relativedelta import relativedelta

from asopay.compliance.business_days import business_days_after, on_or_after
from asopay.errors import one_of
from asopay.ledger import Quarter
from asopay.money import Cents, Rate, as_text, share, to_cents
from asopay.tables import Days, Table, TaxTables

Schedule = Literal["monthly", "semiweekly"]

WEDNESDAY, FRIDAY, DECEMBER = 2, 4, 12
_DAYS_TO_THE_END = {0: 1, 1: 0, 2: 2, 3: 1, 4: 0, 5: 3, 6: 2}
"""Days until the semiweekly period ends, on a Tuesday or a Friday, by the day of the week."""

_AFTER_SEMIWEEKLY = 3
_FIFTEENTH = 15


@frozen
class Penalty:
    """The share of a late deposit that is charged from a number of calendar days late on."""

    from_days_late: int
    rate: Rate


@frozen
class Figures:
    """The amounts of Publication 15, sections 11 and 14, in cents, and its rates.

    Up to `lookback_monthly` of tax in the lookback period, deposits are monthly. `next_day` is the
    amount that is due on the next business day, and a quarter with less than `small_quarter` may be
    paid with the return. A shortfall up to the larger of `shortfall` and `shortfall_rate` of what
    was due bears no penalty. `unemployment` is the amount up to which federal unemployment tax is
    carried forward.
    """

    lookback_monthly: Cents
    next_day: Cents
    small_quarter: Cents
    shortfall: Cents
    shortfall_rate: Rate
    unemployment: Cents
    penalty: tuple[Penalty, ...]


def figures_of(day: date, tables: TaxTables | None = None) -> Table[Figures]:
    """The table in force on a day; raises `TableError` if none covers it."""
    tables = tables or TaxTables.from_environment()
    return tables.in_force("US", "federal_deposits", Days.on(day)).table(Figures)


@frozen
class Deposit:
    """What has to be deposited for wages paid from `first_day` to `last_day`, and why by then."""

    first_day: date
    last_day: date
    cents: Cents
    due: date
    reason: str


def lookback_period(year: int) -> tuple[Quarter, ...]:
    """The four quarters whose total tax decides how a filer of Form 941 deposits in a year.

    >>> print(*lookback_period(2025))
    2023Q3 2023Q4 2024Q1 2024Q2
    """
    return tuple(Quarter(year - 2 + n // 4, n % 4 + 1) for n in range(2, 6))


def schedule_of(year: int, reported: Sequence[Cents], tables: TaxTables | None = None) -> Schedule:
    """How to deposit in a year, by the total taxes in cents of each return in the lookback period.

    They are as originally filed, and zero before the business began.

    >>> schedule_of(2025, [1_200_000, 1_200_000, 1_200_000, 1_500_000])
    'semiweekly'
    """
    limit = figures_of(date(year, 1, 1), tables).figures.lookback_monthly
    return "monthly" if sum(reported) <= limit else "semiweekly"


def deposits(
    liabilities: Mapping[date, Cents],
    schedule: Schedule,
    *,
    prior_quarter: Cents | None = None,
    tables: TaxTables | None = None,
) -> list[Deposit]:
    """The deposits for a year's liabilities in cents by the day of payment, in order.

    `schedule` is that of the first day; a monthly depositor who accumulates the next-day amount
    becomes a semiweekly one. `prior_quarter` is the total tax of the quarter before the first one,
    if it is known: a quarter may be paid with its return if it or the one before has less than the
    small amount. Raises `ValueError` for a schedule that is none, for days of more than one year,
    each of which has a schedule of its own, or for a liability below zero.

    >>> [deposit] = deposits({date(2025, 5, 30): 500_000}, "semiweekly")
    >>> print(deposit.due, deposit.reason)
    2025-06-04 paid Wednesday to Friday: by the following Wednesday
    """
    if schedule not in get_args(Schedule):
        raise ValueError(f"schedule: {schedule!r} is not one of {one_of(get_args(Schedule))}")
    negative = [day for day, amount in liabilities.items() if amount < 0]
    if negative:
        days = one_of(sorted(negative))
        raise ValueError(f"liabilities: {days}: below zero; correct the day that was overpaid")
    years = sorted({day.year for day in liabilities})
    if len(years) > 1:
        raise ValueError(f"liabilities: give one year at a time, not {one_of(years)}")
    depositor = _Depositor(schedule, tables)
    before = prior_quarter
    found: list[Deposit] = []
    for quarter, of_quarter in _by_quarter(liabilities):
        small = figures_of(quarter.last_day, tables).figures.small_quarter
        due = list(depositor.deposits(of_quarter))
        total = sum(of_quarter.values())
        may_wait = total < small or (before is not None and before < small)
        if may_wait and not depositor.had_next_day:
            due = [_with_return(quarter, of_quarter, total, small)] if total else []
        found += due
        before = total
    return found


def due_of_payday(pay_date: date, schedule: Schedule) -> date:
    """When the deposit for a payday is due by the schedule, if no other rule applies.

    >>> print(due_of_payday(date(2026, 7, 3), "semiweekly"))
    2026-07-08
    """
    depositor = _Depositor(schedule, None)
    return depositor.regular(pay_date, pay_date, 0).due


def _by_quarter(liabilities: Mapping[date, Cents]) -> Iterator[tuple[Quarter, dict[date, Cents]]]:
    if not liabilities:
        return
    quarter, last = Quarter.of(min(liabilities)), Quarter.of(max(liabilities))
    while quarter <= last:
        yield quarter, {day: liabilities[day] for day in sorted(liabilities) if day in quarter}
        quarter = quarter.next


def _with_return(
    quarter: Quarter, liabilities: Mapping[date, Cents], total: Cents, small: Cents
) -> Deposit:
    reason = f"this quarter or the one before has less than {as_text(small)}: with the return"
    return Deposit(min(liabilities), max(liabilities), total, return_due(quarter), reason)


def return_due(quarter: Quarter) -> date:
    """When Form 941 for a quarter is due: the last day of the month after it.

    >>> print(return_due(Quarter(2026, 3)))
    2026-11-02
    """
    return on_or_after(quarter.month_after)


@define
class _Depositor:
    """How an employer deposits, which an event of the year can change."""

    schedule: Schedule
    tables: TaxTables | None
    had_next_day: bool = False

    def deposits(self, liabilities: Mapping[date, Cents]) -> Iterator[Deposit]:
        """The deposits for the days of one quarter, in order."""
        self.had_next_day = False
        first, last, accumulated = date.min, date.min, 0
        for day, amount in liabilities.items():
            if not amount:
                continue
            if accumulated and day > self.period_end(first):
                yield self.regular(first, last, accumulated)
                accumulated = 0
            first = day if not accumulated else first
            accumulated, last = accumulated + amount, day
            limit = figures_of(day, self.tables).figures.next_day
            if accumulated >= limit:
                yield self.next_day(first, last, accumulated, limit)
                accumulated = 0
        if accumulated:
            yield self.regular(first, last, accumulated)

    def period_end(self, day: date) -> date:
        """The last day of the deposit period of a day."""
        if self.schedule == "monthly":
            return _month_end(day)
        return day + timedelta(_DAYS_TO_THE_END[day.weekday()])

    def regular(self, first: date, last: date, amount: Cents) -> Deposit:
        end = self.period_end(first)
        if self.schedule == "monthly":
            due = on_or_after(end + timedelta(_FIFTEENTH))
            return Deposit(first, last, amount, due, "paid in the month: by the 15th of the next")
        due = business_days_after(end, _AFTER_SEMIWEEKLY)
        reason = (
            "paid Wednesday to Friday: by the following Wednesday"
            if end.weekday() == FRIDAY
            else "paid Saturday to Tuesday: by the following Friday"
        )
        if due != end + timedelta(5 if end.weekday() == FRIDAY else _AFTER_SEMIWEEKLY):
            reason += ", and a day more for each legal holiday"
        return Deposit(first, last, amount, due, reason)

    def next_day(self, first: date, last: date, amount: Cents, limit: Cents) -> Deposit:
        self.had_next_day = True
        reason = f"{as_text(limit)} or more accumulated: by the next business day"
        if self.schedule == "monthly":
            self.schedule = "semiweekly"
            reason += f"; semiweekly from the next day to the end of {last.year + 1} at least"
        return Deposit(first, last, amount, business_days_after(last, 1), reason)


def _month_end(day: date) -> date:
    return day + relativedelta(day=31)


def shortfall_allowed(due: Cents, day: date, tables: TaxTables | None = None) -> Cents:
    """How many cents of a deposit may be missing without a penalty, if they are made up for.

    >>> shortfall_allowed(1_000_000, date(2025, 7, 1)), shortfall_allowed(100_000, date(2025, 7, 1))
    (20000, 10000)
    """
    figures = figures_of(day, tables).figures
    return max(figures.shortfall, to_cents(share(due, figures.shortfall_rate)))


def shortfall_due(deposit_due: date, pay_date: date, schedule: Schedule) -> date:
    """By when a shortfall has to be made up for.

    A monthly depositor has time until the return of the quarter in which wages were paid is due, a
    semiweekly one until the first Wednesday or Friday from the 15th of the month after the one in
    which the deposit was due, if that is earlier.

    >>> print(shortfall_due(date(2025, 7, 9), date(2025, 7, 3), "semiweekly"))
    2025-08-15
    """
    with_return = return_due(Quarter.of(pay_date))
    if schedule == "monthly":
        return with_return
    day = _month_end(deposit_due) + timedelta(_FIFTEENTH)
    while day.weekday() not in (WEDNESDAY, FRIDAY):
        day += timedelta(1)
    return min(on_or_after(day), with_return)


def late_deposit_penalty(
    amount: Cents, due: date, deposited: date, tables: TaxTables | None = None
) -> Cents:
    """An estimate in cents of the penalty on a late deposit, by calendar days; 0 if it is on time.

    The higher charge after a notice of the Internal Revenue Service is not in it.

    >>> late_deposit_penalty(100_000, date(2025, 6, 4), date(2025, 6, 10))
    5000
    """
    late = (deposited - due).days
    charged = [
        penalty.rate
        for penalty in figures_of(due, tables).figures.penalty
        if late >= penalty.from_days_late
    ]
    return to_cents(share(amount, max(charged, default=0)))


def unemployment_deposits(
    liabilities: Mapping[Quarter, Cents], tables: TaxTables | None = None
) -> list[Deposit]:
    """The deposits of federal unemployment tax for a year's liabilities in cents by quarter.

    A liability up to the carried-forward amount waits for the next quarter, and what is left of the
    year is paid with Form 940.

    >>> first, second = Quarter(2025, 1), Quarter(2025, 2)
    >>> [deposit] = unemployment_deposits({first: 42_000, second: 16_800})
    >>> print(deposit.first_day, deposit.cents, deposit.due)
    2025-01-01 58800 2025-07-31
    """
    found: list[Deposit] = []
    carried, since = 0, None
    for quarter in sorted(liabilities):
        since = since or quarter
        carried += liabilities[quarter]
        limit = figures_of(quarter.last_day, tables).figures.unemployment
        reason = f"more than {as_text(limit)} at the end of a quarter: by the end of the next month"
        if carried <= limit and quarter.months[-1] == DECEMBER:
            reason = f"{as_text(limit)} or less at the end of the year: with Form 940"
        elif carried <= limit:
            continue
        if carried:
            due = return_due(quarter)
            found.append(Deposit(since.first_day, quarter.last_day, carried, due, reason))
            carried, since = 0, None
    return found
