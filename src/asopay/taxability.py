"""Which earnings and deductions count for which tax: the taxability matrix of the tax tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from attrs import define, field, frozen

from asopay.errors import TableError
from asopay.money import Cents, at_least_zero, to_cents, unrounded
from asopay.tables import Table

GROSS = "gross"
"""What a state's tax follows if no deduction reduces its wages."""


@frozen
class EarningKind:
    """A kind of earning.

    `supplemental` says whether Publication 15 counts it as supplemental wages, or leaves the choice
    to the employer; `bonus` whether a state's rate for bonuses and stock options applies.
    """

    meaning: str
    supplemental: Literal["always", "optional", "never"]
    bonus: bool = False


@frozen
class DeductionKind:
    """A kind of deduction, the federal taxes whose wages it reduces, and its limit, if any."""

    meaning: str
    reduces: tuple[str, ...]
    limit: Literal["elective_deferral"] | None = None


@frozen
class Departure:
    """Where a state's tax departs from the tax that it follows, for one kind of deduction."""

    tax: str
    deduction: str
    reduces: bool
    source: str


@frozen
class Figures:
    """The federal table lists the kinds; a state's, which federal tax each of its own follows.

    A tax of which no deduction reduces the wages follows ``gross``.
    """

    earnings: dict[str, EarningKind] = field(factory=dict)
    deductions: dict[str, DeductionKind] = field(factory=dict)
    follows: dict[str, str] = field(factory=dict)
    departures: tuple[Departure, ...] = ()


def reducing_kinds(
    tax: str, federal: Table[Figures], state: Table[Figures] | None = None
) -> frozenset[str]:
    """The kinds of deductions that reduce the wages of a tax.

    `tax` is the tax's name within its jurisdiction, of the state if a state's table is given.
    """
    if state is None:
        kinds = federal.figures.deductions.items()
        return frozenset(name for name, kind in kinds if tax in kind.reduces)
    if tax not in state.figures.follows:
        raise TableError(f"{state.id}: it does not say which wages count for {tax}")
    followed = state.figures.follows[tax]
    reducing = set() if followed == GROSS else set(reducing_kinds(followed, federal))
    for departure in state.figures.departures:
        if departure.tax == tax:
            (reducing.add if departure.reduces else reducing.discard)(departure.deduction)
    return frozenset(reducing)


@define
class Wages:
    """The wages of one paycheck in cents, by how they are taxed.

    `flat` are the supplemental wages taxed apart, with the part of them that is bonuses and stock
    options; `regular` is all the rest.
    """

    regular: Cents
    flat: Cents = 0
    flat_bonuses: Cents = 0

    @property
    def gross(self) -> Cents:
        """All earnings."""
        return self.regular + self.flat


@define
class Taken:
    """A deduction taken, in cents, and the part of it that came out of flat-taxed wages."""

    kind: str
    amount: Cents
    from_flat: Cents = 0


def taxable(wages: Wages, taken: Iterable[Taken], reducing: frozenset[str]) -> Wages:
    """The wages of a tax: the earnings less the deductions that reduce them.

    A deduction comes out of the wages that it was computed on. What exceeds the regular wages
    comes out of the flat-taxed ones. No part is below zero.
    """
    amount = from_flat = 0
    for deduction in taken:
        if deduction.kind in reducing:
            amount += deduction.amount
            from_flat += deduction.from_flat
    if not amount:
        return wages
    regular = wages.regular - (amount - from_flat)
    flat = at_least_zero(wages.flat - from_flat - at_least_zero(-regular))
    bonuses = 0
    if wages.flat:
        bonuses = to_cents(unrounded(wages.flat_bonuses * flat), divided_by=wages.flat)
    return Wages(at_least_zero(regular), flat, bonuses)
