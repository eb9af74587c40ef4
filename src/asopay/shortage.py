"""When pay does not suffice for all deductions: which are cut, and by how much.

Deductions are taken in the order of the request, which is the employer's priority. The last is cut
first, as far as it must be for net pay not to fall below zero; less of a deduction that is taken
before tax means more tax, so every cut is tried with the taxes that follow from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from attrs import evolve

from asopay.money import Cents

if TYPE_CHECKING:
    from asopay.deductions import Election


class Outcome(Protocol):
    """A paycheck tried: its net pay, and what it takes of each deduction, in cents."""

    @property
    def net(self) -> Cents:
        """Net pay, which can be below zero."""

    @property
    def taken(self) -> Sequence[Cents]:
        """The amounts of the deductions."""


T = TypeVar("T", bound=Outcome)


def within_pay(elections: Sequence[Election], tried: T, attempt: Callable[..., T]) -> T:
    """The outcome with the deductions cut so far that net pay is not below zero.

    If it is below zero without any deduction, the outcome without them.
    """
    cut = list(elections)
    for number in reversed(range(len(cut))):
        most = tried.taken[number]
        cut[number] = evolve(cut[number], cap=0)
        tried = attempt(cut)
        if tried.net >= 0:
            return _as_much_as_possible(cut, number, most, tried, attempt)
    return tried


def _as_much_as_possible(
    cut: list[Election], number: int, too_much: Cents, enough: T, attempt: Callable[..., T]
) -> T:
    """The outcome with the largest cap of a deduction that leaves net pay at zero or above."""
    possible = 0
    while too_much - possible > 1:
        cap = (possible + too_much) // 2
        cut[number] = evolve(cut[number], cap=cap)
        tried = attempt(cut)
        if tried.net >= 0:
            possible, enough = cap, tried
        else:
            too_much = cap
    return enough
