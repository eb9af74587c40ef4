"""Sharing out among several support orders what the limit leaves for them.

Every order gets a share of current support, whatever its date: 45 CFR 303.100(a)(5)
(https://www.law.cornell.edu/cfr/text/45/303.100). States choose between two methods.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from asopay.money import Cents, at_most, in_proportion

Allocation = Literal["prorate", "equal"]

Allocate = Callable[[Cents, Sequence[Cents]], list[Cents]]


def prorated(available: Cents, due: Sequence[Cents]) -> list[Cents]:
    """What is available shared out in proportion to what is due, in cents; no more than is due.

    150 and 200 dollars due, and 300 available:

    >>> prorated(30_000, [15_000, 20_000])
    [12857, 17143]
    """
    return in_proportion(at_most(available, sum(due)), due)


def in_equal_shares(available: Cents, due: Sequence[Cents]) -> list[Cents]:
    """What is available shared out in equal amounts, in cents; no more than is due.

    What an order does not need goes to the others, again in equal amounts. 100 dollars for arrears
    of 100, 25 and 35:

    >>> in_equal_shares(10_000, [10_000, 2_500, 3_500])
    [4000, 2500, 3500]
    """
    given = [0] * len(due)
    left = at_most(available, sum(due))
    open_to = len(due)
    for number in sorted(range(len(due)), key=lambda each: due[each]):
        given[number] = at_most(due[number], left // open_to)
        left -= given[number]
        open_to -= 1
    return given


METHODS: dict[Allocation, Allocate] = {"prorate": prorated, "equal": in_equal_shares}
