"""The limits that an order meets: of the law that it is under, and what it states itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from asopay.garnishments import administrative, earnings_limit, federal_tax_levy, state_tax_levy
from asopay.garnishments.order import (
    ADMINISTRATIVE,
    CREDITOR,
    LEVY,
    STATE_LEVY,
    Limit,
    Limits,
    Order,
    Taken,
    less_earlier,
    percent,
)
from asopay.garnishments.pay import Pay
from asopay.money import Cents, as_text, at_least_zero, share, whole_cents
from asopay.tables import Table
from asopay.worksheet import Worksheet

ASKED = "the amount of the order"
OWED = "what is owed"


def asked_for(order: Order, disposable: Cents) -> dict[str, Limit]:
    """What the order asks for, and what is owed, by line: no more is taken than either.

    >>> from datetime import date
    >>> order = Order(0, CREDITOR, date(2026, 1, 5), amount=9_000, balance=2_500)
    >>> {line: limit.amount for line, limit in asked_for(order, 80_000).items()}
    {'(asked for)': 9000, '(owed)': 2500}
    """
    found = {}
    if order.amount is not None:
        found["(asked for)"] = Limit(order.amount, ASKED)
    if order.percent is not None:
        asked = whole_cents(share(disposable, order.percent))
        words = f"the {percent(order.percent)} that the order asks for"
        found["(asked for)"] = Limit(asked, words)
    if order.balance is not None:
        found["(owed)"] = Limit(order.balance, OWED)
    return found


def less(limit: Limit, earlier: Cents) -> Limit:
    """The limit less what orders that come first have taken of it.

    >>> less(Limit(10_000, "the disposable earnings above 900.00"), 2_500).amount
    7500
    """
    words = less_earlier(limit.words, earlier)
    return Limit(at_least_zero(limit.amount - earlier), words, limit.source)


@frozen
class Limiting:
    """What limits orders on a paycheck: its pay, what was taken `before`, and the tables.

    `federal` has the limit of Title III, and `laws` the tables of other kinds of orders by kind.
    """

    pay: Pay
    before: Taken
    federal: Table[earnings_limit.Figures]
    laws: Mapping[str, Table[Any]]

    def limits(self, order: Order, disposable: Cents) -> Limits:
        """The limits of the law on what the order takes."""
        law = self.laws.get(order.kind)
        if order.kind == LEVY and order.own_law:
            return federal_tax_levy.limits(order, self.pay, self.before.total, order.own_law)
        if order.kind == STATE_LEVY and law:
            found, sheets = state_tax_levy.limits(
                order, self.pay, disposable, self.before.total, law
            )
            return [*found, *self.own_limits(order, disposable)], sheets
        if order.kind in ADMINISTRATIVE and law:
            found, sheets = administrative.limits(order, disposable, self.before, law)
            of_title_three, sheet = self.title_three(order, disposable)
            return [*found, of_title_three], {**sheets, "federal_limit": sheet}
        if order.kind == CREDITOR:
            return self.on_creditors(order, disposable)
        return [], {}

    def on_creditors(self, order: Order, disposable: Cents) -> Limits:
        """The federal limit, that of the state, and what the order states itself."""
        limit, sheet = self.title_three(order, disposable)
        found, sheets = [limit], {"federal_limit": sheet}
        if order.own_law:
            limit, sheet = self.earnings_limit(order, disposable, order.own_law)
            found, sheets = [limit, *found], {**sheets, "state_limit": sheet}
        return [*self.own_limits(order, disposable), *found], sheets

    def title_three(self, order: Order, disposable: Cents) -> tuple[Limit, Worksheet]:
        """The federal limit."""
        return self.earnings_limit(order, disposable, self.federal)

    def earnings_limit(
        self, order: Order, disposable: Cents, table: Table[earnings_limit.Figures]
    ) -> tuple[Limit, Worksheet]:
        """A limit on creditors: what it leaves after orders that come first."""
        hours = self.federal.figures.hours
        sheet = earnings_limit.earnings_limit(
            self.pay, disposable, order, table, before=self.before, hours=hours
        )
        return earnings_limit.in_words(sheet), sheet

    def own_limits(self, order: Order, disposable: Cents) -> Iterator[Limit]:
        """The limits that the order states itself."""
        if order.limit_rate is not None:
            amount = whole_cents(share(disposable, order.limit_rate))
            words = f"{percent(order.limit_rate)} of disposable earnings, the limit of the order"
            yield less(Limit(amount, words), self.before.total)
        if order.exempt_amount is not None:
            amount = at_least_zero(disposable - order.exempt_amount)
            words = f"what exceeds {as_text(order.exempt_amount)}, the exempt amount of the order"
            yield less(Limit(amount, words), self.before.total)
