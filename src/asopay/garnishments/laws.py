"""The laws that an order is under: their tables, and what these can't answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from attrs import evolve, frozen

from asopay.errors import TableError
from asopay.faults import Faults
from asopay.frequencies import FREQUENCIES
from asopay.garnishments.order import (
    ADMINISTRATIVE,
    CREDITOR,
    LEVY,
    STATE_LEVY,
    SUPPORT,
    Order,
)
from asopay.jurisdictions import JURISDICTIONS, name
from asopay.money import Cents, as_text
from asopay.tables import Table

TableOf = Callable[[str, str, date], Table[Any]]
"""The table of a jurisdiction and name in force on a day; `TableError` if there is none."""

CREDITORS = "creditor_garnishment"

LAWS = {
    SUPPORT: "support_order",
    STATE_LEVY: "state_tax_levy",
    **dict.fromkeys(ADMINISTRATIVE, "administrative_garnishment"),
}
"""The federal table of a kind of order, in force on the pay date."""

FEDERAL_LEVY = "federal_tax_levy"
"""That of a levy, in force on the day of its statement."""

MONTHS = 12


def check_allocation(orders: Sequence[Order], law: Table[Any], state: str, faults: Faults) -> None:
    """Several support orders need a state whose way of sharing among them is known."""
    several = [order for order in orders if order.kind == SUPPORT][1:]
    rule = law.figures.states.get(state)
    if several and rule and rule.allocation is None:
        message = f"how {name(state)} shares among several support orders is not known"
        faults.add(f"garnishments[{several[0].number}]", message)


@frozen
class Laws:
    """Finds what an order is under; what the tables can't answer is added to the faults."""

    table: TableOf | None
    pay_date: date
    frequency: str
    state_of_work: str
    path: str
    faults: Faults

    def bind(self, order: Order) -> Order:
        """The order with the table of its own, or a note that there is none."""
        if order.kind == LEVY:
            return self.under_publication(order)
        if order.kind == CREDITOR and self.table and order.state in JURISDICTIONS:
            return self.under_state_law(order)
        law = self.found(LAWS[order.kind], self.pay_date) if order.kind in LAWS else None
        if law and order.kind == SUPPORT and self.state_of_work:
            self.check_support(order, law)
        elif law and order.kind == STATE_LEVY and order.state not in law.figures.states:
            return self.without_limit(order, "levies for taxes")
        return order

    def found(self, table: str, day: date, instead: str = "") -> Table[Any] | None:
        """The federal table in force on the day; a fault if there is none, with what helps."""
        try:
            return self.table("US", table, day) if self.table else None
        except TableError as error:
            self.faults.add(self.path, f"{error}{instead}")
            return None

    def under_publication(self, order: Order) -> Order:
        """The levy with the table of the year of its statement, or of the levy without one.

        The exempt amount does not change with the year: an employee who wants the amounts of a new
        year hands in a new statement (Internal Revenue Service, Notice 1439).
        """
        stated = order.exempt_amount is not None or order.exempt_amount_used
        day = order.statement_dated or order.dated
        if not stated and type(day) is not date:
            return order
        instead = ": state the exempt_amount, or the statement_dated of a newer statement"
        law = self.found(FEDERAL_LEVY, self.pay_date if stated else day, instead)
        known = law.figures.standard_deduction if law else ()
        if law and order.filing_status is not None and order.filing_status not in known:
            self.faults.unknown(f"{self.path}.filing_status", order.filing_status, known)
        return evolve(order, own_law=law)

    # Support

    def check_support(self, order: Order, law: Table[Any]) -> None:
        """The state of work has a rule for support orders, which allows the fee."""
        rule = law.figures.states.get(self.state_of_work)
        if rule is None:
            where = name(self.state_of_work)
            self.faults.add(self.path, f"no rule is known for support orders of work in {where}")
        elif order.fee:
            self.check_fee(order.fee, rule.fee)

    def check_fee(self, fee: Cents, most: Any) -> None:
        """The fee is within the state's; what it allows in a month is divided by the paydays."""
        where = name(self.state_of_work)
        if most is None:
            self.faults.add(f"{self.path}.fee", f"no fee is known that {where} allows")
            return
        paydays = FREQUENCIES.get(self.frequency, MONTHS)
        monthly = most.per == "month" and paydays > MONTHS
        allowed = most.amount * MONTHS // paydays if monthly else most.amount
        if fee > allowed:
            law = f"{where} allows {as_text(most.amount)} a {most.per}"
            message = f"{as_text(fee)} is above {as_text(allowed)} a payment: {law}"
            self.faults.add(f"{self.path}.fee", message)

    # Creditors, and taxes of states

    def under_state_law(self, order: Order) -> Order:
        """The creditor's order with its state's limit, or a note that it has none of its own."""
        law = self.of_state(order.state)
        if law:
            self.check_creditors_fee(order, law.figures.fee)
            if law.figures.consumer_credit_only and not order.consumer_credit:
                note = f"the limit of {name(order.state)} is for consumer credit only"
                return evolve(order, notes=(note,))
            return evolve(order, own_law=law)
        self.check_creditors_fee(order, None)
        federal = self.found(CREDITORS, self.pay_date)
        if federal and order.state in federal.figures.like_federal:
            note = f"{name(order.state)} has the federal limit, and none of its own"
            return evolve(order, notes=(note,))
        return self.without_limit(order, "creditors")

    def of_state(self, state: str) -> Table[Any] | None:
        """The table of the state's own limit on creditors, if one has the pay frequency."""
        try:
            law = self.table(state, CREDITORS, self.pay_date) if self.table else None
        except TableError:
            return None
        floors = law.figures.floors if law else {}
        return None if floors and self.frequency not in floors else law

    def check_creditors_fee(self, order: Order, most: Cents | None) -> None:
        """The fee is within what the state allows for a creditor's order."""
        if order.fee > (most or 0):
            allowed = "no fee is known" if most is None else f"{as_text(most)} is the most"
            self.faults.add(f"{self.path}.fee", f"{allowed} that {name(order.state)} allows")

    def without_limit(self, order: Order, what: str) -> Order:
        """The order with a note that its own limit counts; a fault if it states none."""
        where = name(order.state)
        if order.limit_rate is None and order.exempt_amount is None:
            message = f"no limit of {where} on {what} is known for {self.pay_date}"
            needed = "state that of the order, as limit_percent or exempt_amount"
            self.faults.add(self.path, f"{message}: {needed}")
        note = f"no limit of {where} on {what} was checked: the order's own counts"
        return evolve(order, notes=(note,))
