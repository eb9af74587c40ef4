"""What is wrong with an order by itself, and with several orders together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import fields

from asopay.errors import one_of
from asopay.faults import Faults
from asopay.garnishments.order import (
    ADMINISTRATIVE,
    BANKRUPTCY,
    CREDITOR,
    LEVY,
    STATE_LEVY,
    SUPPORT,
)
from asopay.jurisdictions import JURISDICTIONS
from asopay.orders import GarnishmentOrder

ALWAYS = {"kind", "dated", "id", "state", "start", "end", "taken_to_date"}
OWED = {"amount", "balance"}
OWN_LIMITS = {"limit_percent", "exempt_amount"}
OF_KIND = {
    SUPPORT: {
        *("amount", "arrears", "medical", "arrears_balance", "fee"),
        *("supports_second_family", "arrears_over_12_weeks"),
    },
    BANKRUPTCY: OWED,
    LEVY: {
        *("balance", "filing_status", "dependents", "additional_standard_deductions"),
        *("statement_dated", "exempt_amount", "exempt_amount_used", "deductions_since"),
    },
    STATE_LEVY: {*OWED, *OWN_LIMITS, "percent"},
    **{kind: {*OWED, "percent"} for kind in ADMINISTRATIVE},
    CREDITOR: {
        *(*OWED, *OWN_LIMITS, "percent", "fee"),
        *("head_of_family", "dependents", "local_minimum_wage", "consumer_credit"),
    },
}
"""The fields that an order of a kind can have beside those that all have."""


def check_order(given: GarnishmentOrder, path: str, faults: Faults) -> None:
    """Adds the faults that the order has by itself."""
    if given.kind in OF_KIND:
        _check_fields(given, path, faults)
    else:
        faults.unknown(f"{path}.kind", given.kind, OF_KIND)
    if type(given.dated) is not date:
        faults.add(f"{path}.dated", f"{given.dated!r} is not a date")
    if given.start and given.end and given.end < given.start:
        faults.add(f"{path}.end", f"{given.end} is before the start, {given.start}")
    if given.state and given.state not in JURISDICTIONS:
        faults.add(f"{path}.state", f'{given.state!r} is not a state such as "US-CA"')
    if given.amount is not None and given.percent is not None:
        faults.add(path, "amount or percent: both are given, one is needed")
    if given.kind == SUPPORT:
        _check_support(given, path, faults)
    elif given.kind == LEVY:
        _check_levy(given, path, faults)
    elif given.kind == BANKRUPTCY and given.amount is None:
        faults.add(f"{path}.amount", "state what the chapter 13 order asks for")


def _check_fields(given: GarnishmentOrder, path: str, faults: Faults) -> None:
    """Whether the kind of order has all the fields that are given."""
    known = ALWAYS | OF_KIND[given.kind]
    for field in fields(GarnishmentOrder):
        if field.name not in known and getattr(given, field.name) != field.default:
            message = f"an order of the kind {given.kind} has no such field"
            faults.add(f"{path}.{field.name}", message)


def _check_support(given: GarnishmentOrder, path: str, faults: Faults) -> None:
    if given.amount is None and not given.arrears and not given.medical:
        faults.add(path, "amount, arrears or medical: a support order asks for one")
    if given.supports_second_family is None:
        message = "say whether the employee supports another spouse or child"
        faults.add(f"{path}.supports_second_family", f"{message}: the limit goes by it")
    if given.arrears_over_12_weeks and not given.arrears:
        faults.add(f"{path}.arrears_over_12_weeks", "the order asks for no arrears")


def _check_levy(given: GarnishmentOrder, path: str, faults: Faults) -> None:
    stated = [f for f in ("exempt_amount", "filing_status") if getattr(given, f) is not None]
    if given.exempt_amount_used:
        stated.append("exempt_amount_used")
    if given.statement_dated and given.dated and given.statement_dated < given.dated:
        faults.add(f"{path}.statement_dated", f"it is before the levy, {given.dated}")
    if len(stated) > 1:
        faults.add(path, f"{one_of(stated)}: each says what is exempt, one is needed")
    if given.filing_status is None:
        for field in ("dependents", "additional_standard_deductions", "statement_dated"):
            if getattr(given, field):
                message = "without a filing_status there is no statement"
                faults.add(f"{path}.{field}", message)


def check_together(orders: Mapping[int, GarnishmentOrder], faults: Faults) -> None:
    """Support orders can't differ in what they say of the employee: the limit is one for all.

    `orders` are those in force, by their place in the request.
    """
    said = {
        number: order.supports_second_family
        for number, order in orders.items()
        if order.kind == SUPPORT and order.supports_second_family is not None
    }
    for number, answer in said.items():
        for other, theirs in said.items():
            if other < number and theirs != answer:
                message = f"garnishments[{other}] says otherwise, and the limit is one for all"
                faults.add(f"garnishments[{number}].supports_second_family", message)
                break
