"""An order made ready, and the limits that it meets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from attrs import define, field, frozen

from asopay.money import Cents, Rate, as_text, rate_as_text
from asopay.tables import Table
from asopay.worksheet import Worksheet

SUPPORT, BANKRUPTCY = "support", "bankruptcy"
LEVY, STATE_LEVY = "federal_tax_levy", "state_tax_levy"
ADMINISTRATIVE = ("federal_agency", "student_loan")
CREDITOR = "creditor"
"""The kinds of orders, which the table of kinds describes."""


@frozen
class Order:
    """An order of a request in whole cents.

    `number` is its place in the request, and `not_in_force` says in words why nothing is taken for
    it on the pay date. `parts` are what a support order asks for. `own_law` is the table of the
    state's limit on creditors, or that of a federal tax levy of the year of its statement.
    """

    number: int
    kind: str
    dated: date
    id: str = ""
    state: str = ""
    not_in_force: str = ""
    amount: Cents | None = None
    percent: Rate | None = None
    parts: Mapping[str, Cents] = field(factory=dict)
    balance: Cents | None = None
    arrears_balance: Cents | None = None
    taken_to_date: Cents = 0
    fee: Cents = 0
    arrears_over_12_weeks: bool = False
    supports_second_family: bool = False
    filing_status: str | None = None
    statement_dated: date | None = None
    dependents: int = 0
    additional_standard_deductions: int = 0
    exempt_amount: Cents | None = None
    exempt_amount_used: bool = False
    deductions_since: frozenset[str] = frozenset()
    limit_rate: Rate | None = None
    head_of_family: bool = False
    consumer_credit: bool = True
    local_minimum_wage: Cents = 0
    own_law: Table[Any] | None = None
    notes: tuple[str, ...] = ()


@frozen
class Limit:
    """An amount that is not passed: why, in words, and by which law."""

    amount: Cents
    words: str
    source: str = ""


@define
class Taken:
    """What was taken so far from a paycheck, in cents: in all, and by kind of order."""

    total: Cents = 0
    by_kind: dict[str, Cents] = field(factory=dict)

    def add(self, kind: str, amount: Cents) -> None:
        """Adds what was taken for an order, its fee included."""
        self.total += amount
        self.by_kind[kind] = self.by_kind.get(kind, 0) + amount


Worksheets = dict[str, Worksheet]
"""The worksheets of an order by the end of their ids."""

Limits = tuple[list[Limit], Worksheets]
"""The limits that an order meets, and the worksheets that they come from."""


def less_earlier(words: str, earlier: Cents) -> str:
    """A limit in words, with what earlier orders have taken of it.

    >>> less_earlier("25 percent of disposable pay", 14_000)
    '25 percent of disposable pay, less 140.00 for orders that come first'
    """
    return f"{words}, less {as_text(earlier)} for orders that come first" if earlier else words


def percent(rate: Rate) -> str:
    """The rate as a percentage in words.

    >>> percent(25_000_000), percent(12_500_000)
    ('25 percent', '12.5 percent')
    """
    return f"{rate_as_text(rate * 100)} percent"
