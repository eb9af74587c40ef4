"""Who comes first when several orders compete.

Support comes first, before all but a federal tax levy that is older than the support order, as the
Administration for Children and Families tells employers. A federal tax levy is next. A chapter 13
order stays the orders that its law stays. All others go by their dates: 31 CFR 285.11(i)(3) and 34
CFR 34.20.
"""

from __future__ import annotations

from collections.abc import Iterable

from asopay.garnishments.order import BANKRUPTCY, LEVY, SUPPORT, Order


def in_turn(orders: Iterable[Order]) -> list[list[Order]]:
    """The orders in their turns; support orders that share a turn share what there is.

    Of two with the same date, the one that stands first in the request comes first.

    >>> from datetime import date
    >>> def order(number: int, kind: str, day: int) -> Order:
    ...     return Order(number, kind, date(2026, 1, day))
    >>> given = [order(0, "creditor", 5), order(1, LEVY, 3), order(2, SUPPORT, 2)]
    >>> [[each.kind for each in turn] for turn in in_turn([*given, order(3, SUPPORT, 4)])]
    [['support'], ['federal_tax_levy'], ['support'], ['creditor']]
    """
    by_date = sorted(orders, key=lambda order: (order.dated, order.number))
    support = [order for order in by_date if order.kind == SUPPORT]
    turns = []
    for levy in (order for order in by_date if order.kind == LEVY):
        turns += [[order for order in support if order.dated <= levy.dated], [levy]]
        support = [order for order in support if order.dated > levy.dated]
    turns.append(support)
    turns += [[order] for order in by_date if order.kind == BANKRUPTCY]
    turns += [[o] for o in by_date if o.kind not in {SUPPORT, LEVY, BANKRUPTCY}]
    return [turn for turn in turns if turn]
