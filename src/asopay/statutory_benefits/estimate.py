"""Estimates of what a programme would pay, by its table in force on the first day of leave.

They are for planning: the agency decides on a claim, and knows the wages of the base period better.

>>> from datetime import date
>>> base = BasePeriod(quarters=["13000.00"] * 4)
>>> found = estimate("US-MN/paid_leave", base, date(2026, 3, 2))
>>> print(found.weekly, found.weeks)
830.76 12
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import frozen

from asopay.errors import InvalidRequest, one_of
from asopay.faults import Faults
from asopay.money import Cents, dollars
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.statutory_benefits.weekly_benefit import QUARTERS, weekly_benefit
from asopay.tables import Days, TaxTables
from asopay.worksheet import Worksheet

ENDING = "_benefit"
"""What the name of a table of benefits adds to that of the programme's tax."""

RULE = "statutory_benefits.weekly_benefit"
WEEKS_OF_YEAR = 52
DAYS_OF_WEEK = 7


@frozen
class BasePeriod:
    """The wages of the four quarters of the base period in dollars, and what else counts.

    `weeks_worked` of them, where a programme divides by those, and the number of `dependents`.
    """

    quarters: Sequence[Decimal | int | str]
    weeks_worked: int = WEEKS_OF_YEAR
    dependents: int = 0


@frozen
class Estimate:
    """What the programme would pay: the benefit of a week in cents, and for how long.

    The first `waiting_days` are not paid; `weeks` is the longest duration in a year, `paid_weeks`
    those of it that are paid, and `most` the benefit of them.
    """

    programme: str
    weekly_cents: Cents
    waiting_days: int
    weeks: int
    paid_weeks: int
    worksheet: Worksheet

    @property
    def weekly(self) -> Decimal:
        """Dollars of a week."""
        return dollars(self.weekly_cents)

    @property
    def most(self) -> Decimal:
        """Dollars of the longest duration."""
        return dollars(self.weekly_cents * self.paid_weeks)


def programmes(tables: TaxTables | None = None) -> list[str]:
    """The programmes that have a table of benefits, such as ``US-NY/family_leave``."""
    tables = tables or TaxTables.from_environment()
    return [
        f"{state}/{tax.removesuffix(ENDING)}"
        for state in tables.jurisdictions()
        for tax in tables.taxes(state)
        if tax.endswith(ENDING) and tables.editions(state, tax)[-1].head.rule == RULE
    ]


def estimate(
    programme: str, base: BasePeriod, first_day: date, rulebook: Rulebook | None = None
) -> Estimate:
    """The estimate for a leave that begins on the day.

    Raises `InvalidRequest` with all that is wrong with the programme and the base period, and
    `TableError` with the dates that are covered if the programme's table does not cover the day.
    """
    rulebook = rulebook or standard_rulebook()
    faults = Faults()
    known = programmes(rulebook.tables)
    if programme not in known:
        faults.add("programme", f"{programme!r} is not one of {one_of(known)}")
    quarters = _quarters(base, faults)
    _check(base, faults)
    if faults.found:
        raise InvalidRequest(faults.found)
    state, _, tax = programme.partition("/")
    table = rulebook.rule(state, f"{tax}{ENDING}", Days.on(first_day)).table
    sheet = weekly_benefit(quarters, base.weeks_worked, base.dependents, table)
    figures = table.figures
    unpaid = figures.waiting_days // DAYS_OF_WEEK if figures.waiting_within_weeks else 0
    paid_weeks = figures.weeks - unpaid
    return Estimate(programme, sheet.result, figures.waiting_days, figures.weeks, paid_weeks, sheet)


def _quarters(base: BasePeriod, faults: Faults) -> list[Cents]:
    if len(base.quarters) != QUARTERS:
        faults.add("quarters", f"{len(base.quarters)} are given, the base period has {QUARTERS}")
    return [faults.cents(f"quarters[{n}]", amount) for n, amount in enumerate(base.quarters)]


def _check(base: BasePeriod, faults: Faults) -> None:
    def is_within(value: Any, least: int, most: int) -> bool:
        return type(value) is int and least <= value <= most

    if not is_within(base.weeks_worked, 1, WEEKS_OF_YEAR):
        faults.add("weeks_worked", f"{base.weeks_worked!r} is not a number from 1 to 52")
    if not is_within(base.dependents, 0, 99):
        faults.add("dependents", f"{base.dependents!r} is not a number from 0 to 99")
