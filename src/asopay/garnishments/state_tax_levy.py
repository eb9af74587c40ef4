"""Levies for taxes of a state: the share of earnings that its law lets it take.

Title III does not limit them: 15 U.S.C. 1673(b)(1)(C). Where the table does not have the state, the
levy itself has to state its limit.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from asopay.garnishments.order import Limit, Limits, Order, percent
from asopay.garnishments.pay import Pay
from asopay.money import Cents, Rate, at_least_zero, share, whole_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class StateRate:
    """The share that a state takes, of which earnings, and by which law.

    `with_earlier_orders` says whether what orders that come first take counts toward it.
    """

    rate: Rate
    of: Literal["disposable earnings", "gross earnings"]
    source: str
    with_earlier_orders: bool = False


@frozen
class Figures:
    """The states by code."""

    states: dict[str, StateRate]


STATE_TAX_LEVY = Form(
    "State tax levy",
    result="(limit)",
    lines={
        "(gross earnings)": "Gross earnings",
        "(disposable earnings)": "Disposable earnings",
        "(rate)": rate_line("Share that may be taken"),
        "(share)": "That share of the earnings",
        "(earlier orders)": "Taken by orders that come first, where it counts toward the share",
        "(limit)": "What is left of the share",
    },
)


def limits(
    order: Order, pay: Pay, disposable: Cents, before: Cents, table: Table[Figures]
) -> Limits:
    """The limit of the state's law, if the table has the state."""
    rule = table.figures.states.get(order.state)
    if rule is None:
        return [], {}
    line = Worksheet(STATE_TAX_LEVY, table)
    line["(gross earnings)"] = pay.gross
    line["(disposable earnings)"] = disposable
    line["(rate)"] = rule.rate
    line["(share)"] = whole_cents(share(line[f"({rule.of})"], rule.rate))
    line["(earlier orders)"] = before if rule.with_earlier_orders else 0
    line["(limit)"] = at_least_zero(line["(share)"] - line["(earlier orders)"])
    words = f"{percent(rule.rate)} of {rule.of}"
    return [Limit(line.result, words, rule.source)], {"state_tax_levy": line}
