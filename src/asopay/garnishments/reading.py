"""Reading the orders of a request: every fault is named, and the tables they need are found."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from asopay.deductions.reading import read_percent
from asopay.faults import Faults
from asopay.garnishments.checks import check_order, check_together
from asopay.garnishments.laws import LAWS, Laws, TableOf, check_allocation
from asopay.garnishments.order import SUPPORT, Order
from asopay.garnishments.taking import Garnishing
from asopay.money import Cents, Rate
from asopay.orders import GarnishmentOrder

PARTS = {"current": "amount", "medical": "medical", "arrears": "arrears"}
"""The fields of the parts of a support order."""

MOST_DEPENDENTS = 99
MOST_ADDITIONAL = 4


def read_orders(
    orders: Sequence[GarnishmentOrder],
    *,
    pay_date: date,
    frequency: str,
    state_of_work: str,
    table: TableOf | None,
    deduction_kinds: Collection[str] | None,
    faults: Faults,
) -> Garnishing | None:
    """The orders made ready, with what limits them; what is wrong with them is added to the faults.

    `state_of_work` is where the employee works, whose law counts for support. Without `table` and
    `deduction_kinds` (the pay date is at fault) what needs them is not checked, and there is no
    result.
    """
    read = []
    for number, given in enumerate(orders):
        path = f"garnishments[{number}]"
        check_order(given, path, faults)
        known = given.deductions_since if deduction_kinds is None else deduction_kinds
        for kind in given.deductions_since:
            if kind not in known:
                faults.unknown(f"{path}.deductions_since", kind, known)
        laws = Laws(table, pay_date, frequency, state_of_work, path, faults)
        read.append(_read(given, number, laws))
    in_force = [order for order in read if not order.not_in_force]
    check_together({order.number: orders[order.number] for order in in_force}, faults)
    if table is None or faults.found:
        return None
    kinds = {order.kind for order in read}
    laws_of = {kind: table("US", LAWS[kind], pay_date) for kind in kinds if kind in LAWS}
    if SUPPORT in laws_of:
        check_allocation(in_force, laws_of[SUPPORT], state_of_work, faults)
    return Garnishing(
        orders=tuple(read),
        state_of_work=state_of_work,
        frequency=frequency,
        kinds=table("US", "garnishment", pay_date),
        title_three=table("US", "creditor_garnishment", pay_date),
        laws=laws_of,
    )


def _read(given: GarnishmentOrder, number: int, laws: Laws) -> Order:
    fields = _Fields(given, laws.path, laws.faults)
    state = given.state or laws.state_of_work
    order = Order(
        number=number,
        kind=given.kind,
        dated=given.dated,
        id=given.id,
        state=state,
        not_in_force=_not_in_force(given, laws.pay_date),
        amount=fields.amount("amount"),
        percent=fields.percent("percent"),
        parts=_parts(given, fields),
        balance=fields.amount("balance"),
        arrears_balance=fields.amount("arrears_balance"),
        taken_to_date=fields.amount("taken_to_date") or 0,
        fee=fields.amount("fee") or 0,
        arrears_over_12_weeks=given.arrears_over_12_weeks,
        supports_second_family=bool(given.supports_second_family),
        filing_status=given.filing_status,
        statement_dated=given.statement_dated,
        dependents=fields.number("dependents", MOST_DEPENDENTS),
        additional_standard_deductions=fields.number(
            "additional_standard_deductions", MOST_ADDITIONAL
        ),
        exempt_amount=fields.amount("exempt_amount"),
        exempt_amount_used=given.exempt_amount_used,
        deductions_since=frozenset(given.deductions_since),
        limit_rate=fields.percent("limit_percent"),
        head_of_family=given.head_of_family,
        consumer_credit=given.consumer_credit,
        local_minimum_wage=fields.amount("local_minimum_wage") or 0,
    )
    return laws.bind(order)


def _parts(given: GarnishmentOrder, fields: _Fields) -> Mapping[str, Cents]:
    """What a support order asks for, by part."""
    if given.kind != SUPPORT:
        return {}
    return {part: fields.amount(field) or 0 for part, field in PARTS.items()}


def _not_in_force(given: GarnishmentOrder, pay_date: Any) -> str:
    """Why nothing is taken on the pay date; empty if the order is in force."""
    if type(pay_date) is date and given.start and pay_date < given.start:
        return f"not in force before {given.start}"
    if type(pay_date) is date and given.end and pay_date > given.end:
        return f"not in force after {given.end}"
    return ""


class _Fields:
    """Reads the fields of an order; a value that can't be read stands as None or 0."""

    def __init__(self, given: GarnishmentOrder, path: str, faults: Faults) -> None:
        self.given = given
        self.path = path
        self.faults = faults

    def amount(self, field: str) -> Cents | None:
        value = getattr(self.given, field)
        return None if value is None else self.faults.cents(f"{self.path}.{field}", value)

    def percent(self, field: str) -> Rate | None:
        value = getattr(self.given, field)
        return None if value is None else read_percent(value, f"{self.path}.{field}", self.faults)

    def number(self, field: str, most: int) -> int:
        value = getattr(self.given, field)
        if value is None:
            return 0
        if type(value) is not int or not 0 <= value <= most:
            self.faults.add(f"{self.path}.{field}", f"{value!r} is not a number from 0 to {most}")
            return 0
        return value
