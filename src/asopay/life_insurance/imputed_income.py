"""Group-term life insurance: the cost that is income of the employee.

26 U.S.C. 79; 26 CFR 1.79-3; Publication 15-B. Cover of all the employer's policies counts together,
and so does that of several employers, which is the employee's own affair. Contributions that are
made before tax count as the employer's.

The example of Publication 15-B: Tom is 45, has cover of 200,000 dollars and pays 100 a year.

>>> tom = group_term_life(2026, [Cover("200000")], date(1981, 3, 1), contributions="100.00")
>>> print(tom.amount)
170.00
>>> print(tom.months["2026-01-01"]["(counted)"], tom.worksheet["(to the cent)"])
15000000 27000
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal, get_args

from attrs import frozen

from asopay.age_bands import age_on, rate_at
from asopay.earnings.group_term_life import Figures, cost_of_month, income_of_year
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.life_insurance.section_79 import section_79
from asopay.money import Cents, Rate, dollars
from asopay.paycheck import Dollars
from asopay.rulebook import Rulebook
from asopay.tables import Table
from asopay.worksheet import Worksheet

Status = Literal["employee", "key_employee", "two_percent_shareholder"]
"""Who is insured: an employee; a key employee in a plan that discriminates, for whom nothing is
excluded and the higher of actual cost and Table I counts, section 79(d)(1); or a shareholder of
more than 2 percent of an S corporation, for whom nothing is excluded, Publication 15-B."""

ExceptionOfLaw = Literal["disabled_former_employee", "employer_is_beneficiary", "charity"]
"""Why no cost is income at all, section 79(b): the employment has ended and the former employee is
disabled, or the beneficiary is the employer, or a charity, for the whole year."""


@frozen
class Cover:
    """Cover in dollars from a first to a last day; left out, from January 1 or to December 31."""

    amount: Dollars
    first: date | None = None
    last: date | None = None


@frozen
class ImputedIncome:
    """What is income: the worksheet of the year, and one for each month or part of it.

    The months are by their first day, such as ``2026-03-01``.
    """

    worksheet: Worksheet
    months: dict[str, Worksheet]

    @property
    def cents(self) -> Cents:
        """Whole cents of income."""
        income: Cents = self.worksheet.result
        return income

    @property
    def amount(self) -> Decimal:
        """Dollars of income."""
        return dollars(self.cents)


def group_term_life(
    year: int,
    covers: Sequence[Cover],
    birth_date: date | None,
    *,
    contributions: Dollars = 0,
    status: Status = "employee",
    actual_cost: Dollars | None = None,
    exception: ExceptionOfLaw | None = None,
    rulebook: Rulebook | None = None,
) -> ImputedIncome:
    """The income of a year from cover on the employee's own life.

    `contributions` are what the employee paid after tax in the year, also for the part that is
    excluded. For a payroll period, give covers of a month and what was paid for it. A
    `key_employee` needs the `actual_cost`. Raises `InvalidRequest` with all that is wrong, and
    `TableError` if the tables do not cover the year.

    >>> june = Cover("150000", date(2026, 6, 1), date(2026, 6, 30))
    >>> print(group_term_life(2026, [june], date(1974, 5, 5)).amount)  # 100 times 0.23
    23.00
    >>> key = group_term_life(
    ...     2026, [Cover("100000")], date(1974, 5, 5), status="key_employee", actual_cost="250.00"
    ... )
    >>> print(key.amount)  # Table I: 276.00 for all the cover
    276.00
    """
    table = section_79(date(year, 12, 31), rulebook)
    faults = Faults()
    read = _read_covers(year, covers, faults)
    paid = faults.cents("contributions", contributions)
    actual = None if actual_cost is None else faults.cents("actual_cost", actual_cost)
    _check_status(status, exception, actual_cost, faults)
    excluded = table.figures.exclusion if status == "employee" else 0
    pieces = list(_pieces(year, read))
    needed = exception is None and any(piece.cover > excluded for piece in pieces)
    rate = rate_of_year(year, birth_date, table, faults, needed=needed)
    if faults.found:
        raise InvalidRequest(faults.found)
    if exception is not None:
        pieces, actual = [], None
    months = _months(pieces, excluded, rate, table)
    return ImputedIncome(income_of_year(months.values(), paid, actual, table), months)


def dependent_life(
    year: int,
    covers: Sequence[Cover],
    birth_date: date | None,
    *,
    contributions: Dollars = 0,
    rulebook: Rulebook | None = None,
) -> ImputedIncome:
    """The income of a year from cover on a spouse or dependent, born on the date.

    Cover of up to 2,000 dollars at all times is a small benefit and no income. Otherwise the whole
    cost is, by Table I, less what the employee paid for it after tax: Publication 15-B, Notice
    89-110. Raises as `group_term_life` does.

    >>> print(dependent_life(2026, [Cover("2000")], None).amount)
    0.00
    >>> print(dependent_life(2026, [Cover("10000")], date(1984, 2, 1), contributions="6.00").amount)
    6.00
    """
    table = section_79(date(year, 12, 31), rulebook)
    faults = Faults()
    read = _read_covers(year, covers, faults)
    paid = faults.cents("contributions", contributions)
    pieces = list(_pieces(year, read))
    is_small = all(piece.cover <= table.figures.dependents for piece in pieces)
    rate = rate_of_year(year, birth_date, table, faults, needed=not is_small)
    if faults.found:
        raise InvalidRequest(faults.found)
    months = _months([] if is_small else pieces, 0, rate, table)
    return ImputedIncome(income_of_year(months.values(), paid, None, table), months)


def rate_of_year(
    year: int, birth_date: date | None, table: Table[Figures], faults: Faults, *, needed: bool
) -> Rate:
    """The rate of Table I for the age on the last day of the year; 0 where it is not needed."""
    last_day = date(year, 12, 31)
    if birth_date is None:
        if needed:
            why = "Table I goes by the age on the last day of the year"
            faults.add("birth_date", f"it is missing: {why}")
        return 0
    if birth_date > last_day:
        faults.add("birth_date", f"{birth_date} is after the year {year}")
        return 0
    return rate_at(age_on(last_day, birth_date), table.figures.table_i)


def _check_status(
    status: str, exception: str | None, actual_cost: Dollars | None, faults: Faults
) -> None:
    if status not in get_args(Status):
        faults.unknown("status", status, get_args(Status))
    if exception is not None and exception not in get_args(ExceptionOfLaw):
        faults.unknown("exception", exception, get_args(ExceptionOfLaw))
    if status == "key_employee" and actual_cost is None:
        faults.add("actual_cost", "a key employee needs it: the higher of it and Table I counts")
    elif status != "key_employee" and actual_cost is not None:
        faults.add("actual_cost", f"it does not count for the status {status!r}: leave it out")


# Covers, month by month


@frozen
class _Read:
    amount: Cents
    first: date
    last: date


@frozen
class _Piece:
    """A part of a month in which the cover is the same: all policies together.

    `days` are its days, and those of the month.
    """

    first: date
    cover: Cents
    days: tuple[int, int]


def _months(
    pieces: Sequence[_Piece], excluded: Cents, rate: Rate, table: Table[Figures]
) -> dict[str, Worksheet]:
    return {
        piece.first.isoformat(): cost_of_month(piece.cover, excluded, rate, piece.days, table)
        for piece in pieces
    }


def _read_covers(year: int, covers: Sequence[Cover], faults: Faults) -> list[_Read]:
    read = []
    for number, cover in enumerate(covers):
        path = f"covers[{number}]"
        first = cover.first or date(year, 1, 1)
        last = cover.last or date(year, 12, 31)
        amount = faults.cents(f"{path}.amount", cover.amount)
        for name, day in (("first", first), ("last", last)):
            if day.year != year:
                faults.add(f"{path}.{name}", f"{day} is not in the year {year}")
        if last < first:
            faults.add(f"{path}.last", f"{last} is before the first day, {first}")
        read.append(_Read(amount, first, last))
    return read


def _pieces(year: int, covers: Sequence[_Read]) -> Iterator[_Piece]:
    one = timedelta(1)
    changes = {cover.first for cover in covers} | {cover.last + one for cover in covers}
    firsts = {date(year, month, 1) for month in range(1, 13)}
    bounds = sorted(d for d in changes | firsts if d.year == year)
    for first, following in zip(bounds, [*bounds[1:], date(year + 1, 1, 1)], strict=True):
        within = [each.amount for each in covers if each.first <= first <= each.last]
        if within:
            days = (following - first).days, monthrange(year, first.month)[1]
            yield _Piece(first, sum(within), days)
