"""Taking garnishments from pay: one order after the other, each within its limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from attrs import define, evolve, field, frozen

from asopay.deductions import Deducted
from asopay.earnings.reading import PaidEarning
from asopay.garnishments import earnings_limit, kinds, support
from asopay.garnishments.limits import ASKED, OWED, Limiting, asked_for, less
from asopay.garnishments.order import (
    BANKRUPTCY,
    CREDITOR,
    LEVY,
    SUPPORT,
    Limit,
    Order,
    Taken,
    Worksheets,
)
from asopay.garnishments.pay import Pay, pay_of
from asopay.garnishments.priority import in_turn
from asopay.money import Cents, at_least_zero
from asopay.orders import Garnishment
from asopay.paycheck import Tax
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet

GARNISHMENT = Form(
    "Garnishment",
    result="(taken)",
    lines={
        "(asked for)": "What the order asks for",
        "(owed)": "What is owed",
        "(limit)": "The least of the limits of the law",
        "(pay left)": "Pay that is left after orders that come first",
        "(taken)": "Taken for the creditor",
        "(fee)": "Kept by the employer for its expense",
    },
)


@frozen
class Garnished:
    """What was taken from a paycheck: an entry for each order, and their worksheets by id."""

    entries: tuple[Garnishment, ...] = ()
    worksheets: Mapping[str, Worksheet] = field(factory=dict)
    total: Cents = 0


@frozen
class Garnishing:
    """The orders of a paycheck, with the tables that are in force.

    `title_three` has the federal limit on creditors, and `laws` the tables of other kinds of
    orders by kind. `state_of_work` is the one whose law limits and allocates support.
    """

    orders: tuple[Order, ...]
    state_of_work: str
    frequency: str
    kinds: Table[kinds.Figures]
    title_three: Table[earnings_limit.Figures]
    laws: Mapping[str, Table[Any]]

    def take(
        self, earnings: Iterable[PaidEarning], deductions: Iterable[Deducted], taxes: Iterable[Tax]
    ) -> Garnished:
        """What is taken for each order from the pay that is left."""
        return garnish(self, pay_of(self.frequency, earnings, deductions, taxes))

    def digest(self, of_others: str) -> str:
        """A digest of the tables that garnishments used, and of the others of the paycheck."""
        own = [order.own_law for order in self.orders if order.own_law]
        tables: tuple[Table[Any], ...] = (self.kinds, self.title_three, *self.laws.values(), *own)
        listed = sorted({f"{table.id} {table.digest}" for table in tables})
        return f"sha256:{sha256('; '.join((of_others, *listed)).encode()).hexdigest()}"


def garnish(garnishing: Garnishing, pay: Pay) -> Garnished:
    """What is taken for each order from the pay.

    An order never changes what those before it are given. Nothing but a tax levy or a chapter 13
    order takes what Title III of the Consumer Credit Protection Act protects.
    """
    return _Garnishing(garnishing, pay).garnished()


@define
class _Garnishing:
    law: Garnishing
    pay: Pay
    taken: Taken = field(factory=Taken)
    support: list[Order] = field(factory=list)
    entries: dict[int, Garnishment] = field(factory=dict)
    worksheets: dict[str, Worksheet] = field(factory=dict)

    def garnished(self) -> Garnished:
        orders = [self.stayed(order) for order in self.law.orders]
        for order in orders:
            if order.not_in_force:
                self.enter(order, 0, Limit(0, order.not_in_force))
        in_force = [order for order in orders if not order.not_in_force]
        self.support = [order for order in in_force if order.kind == SUPPORT]
        for turn in in_turn(in_force):
            if turn[0].kind == SUPPORT:
                self.take_support(turn)
            else:
                self.take(turn[0])
        sheets = {key: self.worksheets[key] for key in sorted(self.worksheets, key=_in_order)}
        entries = tuple(self.entries[number] for number in sorted(self.entries))
        return Garnished(entries, sheets, self.taken.total)

    def stayed(self, order: Order) -> Order:
        """The order, which a chapter 13 order can stay as long as its plan is not paid."""
        plans = (o for o in self.law.orders if o.kind == BANKRUPTCY and not o.not_in_force)
        if (
            any(plan.balance != 0 for plan in plans)
            and self.law.kinds.figures.kinds[order.kind].stayed
        ):
            return evolve(order, not_in_force="stayed by the chapter 13 order")
        return order

    @property
    def left(self) -> Cents:
        return at_least_zero(self.pay.left - self.taken.total)

    # Support

    def take_support(self, orders: Sequence[Order]) -> None:
        """Takes for support orders, which share what their limit, or the pay, leaves."""
        table, state = self.law.laws[SUPPORT], self.law.state_of_work
        more = table.figures.states[state].subtracts
        disposable = kinds.disposable_earnings(self.pay, SUPPORT, self.law.kinds, more)
        sheet = support.support_limit(self.support, disposable.result, state, table)
        limit = less(support.limit_in_words(sheet, state), self.taken.by_kind.get(SUPPORT, 0))
        limit = min(limit, self.pay_left(), key=_amount)
        shares = support.shared_out(orders, limit.amount, state, table)
        for order, own in zip(orders, shares, strict=True):
            sheets = {"disposable_earnings": disposable, "limit": sheet, "allocation": own}
            self.worksheets.update(_named(order, sheets))
        room = limit.amount - sum(own.result for own in shares)
        for order, own in zip(orders, shares, strict=True):
            fee = min(order.fee, room)
            room -= fee
            parts = {part: own[f"({part} given)"] for part in table.figures.parts}
            asked = sum(own[f"({part})"] for part in table.figures.parts)
            by = limit if own.result < asked else _asked_or_owed(order, asked)
            self.enter(order, own.result, by, fee, parts)

    # Other orders

    def take(self, order: Order) -> None:
        """Takes for one order, what it asks for within its limits."""
        sheets: Worksheets = {}
        disposable = 0
        if order.kind not in (LEVY, BANKRUPTCY):
            of_kind = kinds.disposable_earnings(self.pay, order.kind, self.law.kinds)
            sheets["disposable_earnings"], disposable = of_kind, of_kind.result
        limiting = Limiting(self.pay, self.taken, self.law.title_three, self.law.laws)
        found, of_law = limiting.limits(order, disposable)
        asked = asked_for(order, disposable)
        left = self.pay_left()
        by = min((*asked.values(), *found, left), key=_amount)
        line = Worksheet(GARNISHMENT, self.table_of(order))
        line.update({label: limit.amount for label, limit in asked.items()})
        if found:
            line["(limit)"] = min(limit.amount for limit in found)
        line["(pay left)"] = left.amount
        line["(taken)"] = by.amount
        room = min(limit.amount for limit in (*found, left)) - by.amount
        line["(fee)"] = fee = min(order.fee, room)
        self.worksheets.update(_named(order, {**sheets, **of_law, "": line}))
        self.enter(order, by.amount, by, fee)

    def table_of(self, order: Order) -> Table[Any]:
        """The table of the law that the order is under first of all."""
        federal = self.law.title_three if order.kind == CREDITOR else self.law.kinds
        return order.own_law or self.law.laws.get(order.kind, federal)

    # What comes of it

    def pay_left(self) -> Limit:
        return Limit(self.left, "the pay that is left after taxes and orders that come first")

    def enter(
        self,
        order: Order,
        amount: Cents,
        by: Limit,
        fee: Cents = 0,
        parts: Mapping[str, Cents] | None = None,
    ) -> None:
        """Enters what was taken for the order, and what remains of it."""
        self.taken.add(order.kind, amount + fee)
        arrears = (parts or {}).get("arrears", 0)
        remit = None
        if order.kind == SUPPORT:
            remit = self.law.laws[SUPPORT].figures.remit_within_business_days
        self.entries[order.number] = Garnishment(
            kind=order.kind,
            id=order.id,
            amount_cents=amount,
            limited_by=by.words,
            source=by.source,
            fee_cents=fee,
            parts_cents=parts or {},
            taken_to_date_cents=order.taken_to_date + amount,
            balance_cents=None if order.balance is None else order.balance - amount,
            arrears_balance_cents=(
                None if order.arrears_balance is None else order.arrears_balance - arrears
            ),
            remit_within_business_days=remit,
            notes=order.notes,
            worksheets=tuple(key for key in self.worksheets if _of(order) in (key, _stem(key))),
        )


def _asked_or_owed(order: Order, asked: Cents) -> Limit:
    """What a support order that is not cut goes by."""
    return Limit(asked, ASKED if asked == sum(order.parts.values()) else OWED)


def _amount(limit: Limit) -> Cents:
    return limit.amount


def _of(order: Order) -> str:
    return f"garnishments[{order.number}]"


def _stem(key: str) -> str:
    return key.partition("/")[0]


def _named(order: Order, sheets: Worksheets) -> Worksheets:
    """The worksheets by their ids; the last, without an ending, is that of the amount."""
    return {f"{_of(order)}/{end}" if end else _of(order): s for end, s in sheets.items()}


def _in_order(key: str) -> int:
    return int(_stem(key)[len("garnishments[") : -1])
