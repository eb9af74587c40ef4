"""Administrative wage garnishment, by federal agencies and for student loans.

31 U.S.C. 3720D and 31 CFR 285.11(i) (https://www.law.cornell.edu/cfr/text/31/285.11) for debts to
federal agencies, 20 U.S.C. 1095a and 34 CFR 34.19 and 34.20 for student loans: no more than 15
percent of disposable pay, and no more than 25 percent less what orders that come first take. The
pay above 30 times the minimum wage is the limit of Title III, which counts as well.
"""

from __future__ import annotations

from attrs import frozen

from asopay.garnishments.order import Limit, Limits, Order, Taken, less_earlier, percent
from asopay.money import Cents, Rate, at_least_zero, share, whole_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Figures:
    """The rates, and the laws of each kind of order."""

    rate: Rate
    with_earlier_orders: Rate
    sources: dict[str, str]


ADMINISTRATIVE = Form(
    "Administrative wage garnishment",
    result="(limit)",
    lines={
        "(disposable pay)": "Disposable pay",
        "(rate)": rate_line("Share that may be taken"),
        "(share)": "That share of disposable pay",
        "(same kind)": "Taken by orders of this kind that come first",
        "(rate of all)": rate_line("Share of all orders, where others come first"),
        "(share of all)": "That share of disposable pay",
        "(earlier orders)": "Taken by orders that come first",
        "(limit)": "What is left of both shares",
    },
)


def limits(order: Order, disposable: Cents, before: Taken, table: Table[Figures]) -> Limits:
    """The limits on an order of a federal agency or for a student loan."""
    figures = table.figures
    line = Worksheet(ADMINISTRATIVE, table)
    line["(disposable pay)"] = disposable
    line["(rate)"] = figures.rate
    line["(share)"] = whole_cents(share(disposable, figures.rate))
    line["(same kind)"] = before.by_kind.get(order.kind, 0)
    line["(rate of all)"] = figures.with_earlier_orders
    of_all = whole_cents(share(disposable, figures.with_earlier_orders))
    line["(share of all)"] = of_all
    line["(earlier orders)"] = before.total
    of_kind = at_least_zero(line["(share)"] - line["(same kind)"])
    room = at_least_zero(of_all - before.total)
    line["(limit)"] = min(of_kind, room)
    source = figures.sources[order.kind]
    found = [
        Limit(of_kind, _words(figures.rate, line["(same kind)"]), source),
        Limit(room, _words(figures.with_earlier_orders, before.total), source),
    ]
    return found, {"administrative": line}


def _words(rate: Rate, earlier: Cents) -> str:
    return less_earlier(f"{percent(rate)} of disposable pay", earlier)
