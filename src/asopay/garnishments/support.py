"""Support orders: the most that may be withheld, and how several orders share it.

15 U.S.C. 1673(b)(2) (https://www.law.cornell.edu/uscode/text/15/1673): 50 percent of disposable
earnings where the employee supports another spouse or child, 60 percent where not, and 5 points
more for support that is owed from more than twelve weeks ago. States that allow less, and how they
share the amount among orders, are by the state of work: Uniform Interstate Family Support Act, 503.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from asopay.garnishments.allocation import METHODS, Allocation
from asopay.garnishments.order import Limit, Order, percent
from asopay.jurisdictions import name
from asopay.money import Cents, Rate, at_most, share, whole_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Fee:
    """The most that an employer keeps for its expense, in cents: for a payment, or in a month."""

    amount: Cents
    per: str


@frozen
class StateRule:
    """What a state does otherwise: its rates, where they are lower, and its allocation.

    Without an allocation that is known, several orders are refused. `one_order` is the rate where
    there is a single order. `subtracts` are kinds of deductions that its disposable earnings leave
    out.
    """

    allocation: Allocation | None = None
    second_family: Rate | None = None
    otherwise: Rate | None = None
    arrears: Rate | None = None
    one_order: Rate | None = None
    subtracts: tuple[str, ...] = ()
    fee: Fee | None = None


@frozen
class Figures:
    """The federal rates, the order in which parts of support are paid, and the states' rules."""

    source: str
    source_of_states: str
    second_family: Rate
    otherwise: Rate
    arrears: Rate
    parts: tuple[str, ...]
    remit_within_business_days: int
    states: dict[str, StateRule]


LIMIT_ON_SUPPORT = Form(
    "Most that may be withheld for support",
    result="(limit)",
    lines={
        "(disposable earnings)": "Disposable earnings",
        "(base rate)": rate_line("Share for support, by whether there is a second family"),
        "(arrears rate)": rate_line("Share more, for support owed from over twelve weeks ago"),
        "(rate)": rate_line("The two shares together"),
        "(limit)": "That share of disposable earnings",
    },
)

ALLOCATION = Form(
    "Support orders, and what each is given",
    result="(given)",
    lines={
        "(available)": "What the limit, or the pay, leaves for all support orders",
        "(current)": "Current support that this order asks for",
        "(medical)": "Medical support that this order asks for",
        "(arrears)": "Arrears that this order asks for, no more than are owed",
        "(all current)": "Current support that all orders ask for",
        "(all medical)": "Medical support that all orders ask for",
        "(all arrears)": "Arrears that all orders ask for",
        "(current given)": "Current support given to this order",
        "(medical given)": "Medical support given to this order",
        "(arrears given)": "Arrears given to this order",
        "(given)": "Given to this order",
    },
)


def support_limit(
    orders: Sequence[Order], disposable: Cents, state: str, table: Table[Figures]
) -> Worksheet:
    """The most that all support orders together may take, in whole cents.

    Parts of a cent are dropped: the limit is not passed.

    >>> from datetime import date
    >>> from asopay.rulebook import standard_rulebook
    >>> from asopay.tables import Days
    >>> day = date(2026, 3, 13)
    >>> table = standard_rulebook().rule("US", "support_order", Days.on(day)).table
    >>> order = Order(0, "support", day, parts={"current": 70_000})
    >>> support_limit([order], 100_000, "US-AL", table).result
    60000
    >>> [sheet.result for sheet in shared_out([order], 60_000, "US-AL", table)]
    [60000]
    """
    figures = table.figures
    rule = figures.states[state]
    second_family = orders[0].supports_second_family
    federal, own = figures.otherwise, rule.otherwise
    if second_family:
        federal, own = figures.second_family, rule.second_family
    if len(orders) == 1 and rule.one_order is not None:
        own = rule.one_order
    line = Worksheet(LIMIT_ON_SUPPORT, table)
    line["(disposable earnings)"] = disposable
    line["(base rate)"] = federal if own is None else own
    more = figures.arrears if rule.arrears is None else rule.arrears
    line["(arrears rate)"] = more if any(each.arrears_over_12_weeks for each in orders) else 0
    line["(rate)"] = line["(base rate)"] + line["(arrears rate)"]
    line["(limit)"] = whole_cents(share(disposable, line["(rate)"]))
    return line


def limit_in_words(sheet: Worksheet, state: str) -> Limit:
    """The limit of the worksheet in words; it says where it is a state's."""
    figures: Figures = sheet.table.figures
    words = f"{percent(sheet['(rate)'])} of disposable earnings"
    if figures.states[state].otherwise is None:
        return Limit(sheet.result, words, figures.source)
    return Limit(sheet.result, f"{words}, as {name(state)} limits it", figures.source_of_states)


def shared_out(
    orders: Sequence[Order], available: Cents, state: str, table: Table[Figures]
) -> list[Worksheet]:
    """What each order is given of the available amount, part by part, in cents."""
    allocate = METHODS[table.figures.states[state].allocation or "prorate"]
    sheets = [Worksheet(ALLOCATION, table) for _ in orders]
    left = available
    for part in table.figures.parts:
        due = [_due(order, part) for order in orders]
        given = allocate(left, due)
        left -= sum(given)
        for sheet, own, amount in zip(sheets, due, given, strict=True):
            sheet["(available)"] = available
            sheet[f"({part})"] = own
            sheet[f"(all {part})"] = sum(due)
            sheet[f"({part} given)"] = amount
    for sheet in sheets:
        sheet["(given)"] = sum(sheet[f"({part} given)"] for part in table.figures.parts)
    return sheets


def _due(order: Order, part: str) -> Cents:
    """What the order asks for of the part; of arrears, no more than are owed."""
    due = order.parts.get(part, 0)
    owed = order.arrears_balance
    return due if part != "arrears" or owed is None else at_most(due, owed)
