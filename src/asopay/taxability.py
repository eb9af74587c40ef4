"""Which earnings and deductions count for which tax: the taxability matrix of the tax tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from attrs import define, field, frozen

from asopay.errors import TableError
from asopay.money import Cents, at_least_zero, at_most, in_ratio
from asopay.tables import Table

GROSS = "gross"
"""What a state's tax follows if no deduction reduces its wages."""


@frozen
class EarningKind:
    """A kind of earning.

    `supplemental` says whether Publication 15 counts it as supplemental wages, or leaves the choice
    to the employer; `bonus` whether a state's rate for bonuses and stock options applies. An
    `imputed` one is income that is not paid out. The hours of `work` count for taxes that go by
    hours. `military` is pay for military service, which only the domicile taxes. `counts_for` are
    the federal taxes that count it as wages; None stands for all. Where that holds up to a limit
    only, `exempt` is its name among the benefit limits, and what exceeds it is a taxable
    reimbursement. `w2` is the box of Form W-2, with the code, that it goes in beside those of the
    wages. `on_all_pay` says where it is unknown whether a state's tax on all pay counts it.
    """

    meaning: str
    supplemental: Literal["always", "optional", "never"]
    bonus: bool = False
    imputed: bool = False
    work: bool = False
    military: bool = False
    counts_for: tuple[str, ...] | None = None
    exempt: str | None = None
    w2: str = ""
    on_all_pay: Literal["yes", "unknown"] = "yes"


@frozen
class DeductionKind:
    """A kind of deduction, and the federal taxes whose wages it reduces.

    `limit` is the table of the year's limit on deferrals, if it has one, `benefit` the name of its
    benefit limit, and `additions` the plan whose annual additions it counts to. A `roth` deferral
    is taken after tax. What a limit leaves over can go on as the kind `roth_as` or `after_tax_as`.
    A `cafeteria` one is a salary reduction under section 125. `w2` is the box of Form W-2, with the
    code, that it goes in beside those of the wages; with `w2_employer`, with what the employer
    adds.
    """

    meaning: str
    reduces: tuple[str, ...]
    limit: Literal["elective_deferral", "deferral_457b", "deferral_simple"] | None = None
    benefit: str | None = None
    additions: Literal["401k", "403b"] | None = None
    roth: bool = False
    roth_as: str | None = None
    after_tax_as: str | None = None
    cafeteria: bool = False
    w2: str = ""
    w2_employer: bool = False


@frozen
class Departure:
    """Where a state's tax departs from the tax that it follows, for one kind of deduction.

    What reduces the wages may do so `up_to` an amount a year, in cents. With `employer_part`, what
    the employer adds to the deduction counts as wages.
    """

    tax: str
    deduction: str
    reduces: bool
    source: str
    up_to: Cents | None = None
    employer_part: bool = False


@frozen
class EarningDeparture:
    """Where a state's tax departs from the tax that it follows, for one kind of earning."""

    tax: str
    earning: str
    counts: bool
    source: str


@frozen
class Figures:
    """The federal table lists the kinds; a state's, which federal tax each of its own follows.

    A tax of which no deduction reduces the wages follows ``gross``: all that is paid. `exempt` are
    the limits of kinds of earnings that are wages only beyond one.
    """

    earnings: dict[str, EarningKind] = field(factory=dict)
    deductions: dict[str, DeductionKind] = field(factory=dict)
    follows: dict[str, str] = field(factory=dict)
    departures: tuple[Departure, ...] = ()
    earning_departures: tuple[EarningDeparture, ...] = ()
    exempt: dict[str, str] = field(init=False)

    @exempt.default
    def _limits_of_earnings(self) -> dict[str, str]:
        return {name: k.exempt for name, k in self.earnings.items() if k.exempt is not None}


@frozen(cache_hash=True)
class Basis:
    """What the wages of a tax are made of.

    All earnings but the kinds `left_out`, less the deductions that are `reducing`, some only up to
    their `limits` in cents a year, plus the `employer_parts` of some deductions. Of the kinds that
    are `unsettled` it is not known whether they count.
    """

    left_out: frozenset[str] = frozenset()
    reducing: frozenset[str] = frozenset()
    limits: frozenset[tuple[str, Cents]] = frozenset()
    employer_parts: frozenset[str] = frozenset()
    unsettled: frozenset[str] = frozenset()
    of_deductions: tuple[Any, ...] = field(init=False, eq=False, repr=False)
    """What is the same for bases that differ only in the earnings that they leave out."""

    @of_deductions.default
    def _without_earnings(self) -> tuple[Any, ...]:
        return (self.reducing, self.limits, self.employer_parts)


def basis_of(tax: str, federal: Table[Figures], state: Table[Figures] | None = None) -> Basis:
    """What the wages of a tax are made of.

    `tax` is the tax's name within its jurisdiction, of the state if a state's table is given.
    Raises `TableError` if the state's table has no such tax.
    """
    if state is None:
        return _federal_basis(tax, federal.figures)
    if tax not in state.figures.follows:
        raise TableError(f"{state.id}: it does not say which wages count for {tax}")
    followed = _federal_basis(state.figures.follows[tax], federal.figures)
    return _departing(followed, tax, state.figures)


def _federal_basis(tax: str, kinds: Figures) -> Basis:
    if tax == GROSS:
        earnings = kinds.earnings.items()
        return Basis(
            left_out=frozenset(n for n, k in earnings if k.imputed or k.counts_for == ()),
            unsettled=frozenset(n for n, k in earnings if k.on_all_pay == "unknown"),
        )
    return Basis(
        left_out=frozenset(
            name
            for name, kind in kinds.earnings.items()
            if kind.counts_for is not None and tax not in kind.counts_for
        ),
        reducing=frozenset(n for n, kind in kinds.deductions.items() if tax in kind.reduces),
    )


def _departing(followed: Basis, tax: str, state: Figures) -> Basis:
    left_out, reducing = set(followed.left_out), set(followed.reducing)
    departures = [each for each in state.departures if each.tax == tax]
    for departure in departures:
        (reducing.add if departure.reduces else reducing.discard)(departure.deduction)
    settled = {
        other.earning: other.counts for other in state.earning_departures if other.tax == tax
    }
    for earning, counts in settled.items():
        (left_out.discard if counts else left_out.add)(earning)
    return Basis(
        left_out=frozenset(left_out),
        reducing=frozenset(reducing),
        limits=frozenset((d.deduction, d.up_to) for d in departures if d.up_to is not None),
        employer_parts=frozenset(d.deduction for d in departures if d.employer_part),
        unsettled=followed.unsettled.difference(settled),
    )


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
    """A deduction taken, in cents, and the part of it that came out of flat-taxed wages.

    `employer_amount` is what the employer adds, and `before` what was deducted earlier in the year.
    """

    kind: str
    amount: Cents
    from_flat: Cents = 0
    employer_amount: Cents = 0
    before: Cents = 0


def taxable(wages: Wages, taken: Iterable[Taken], basis: Basis) -> Wages:
    """The wages of a tax: the earnings that count for it less the deductions that reduce them.

    A deduction comes out of the wages that it was computed on. What exceeds the regular wages
    comes out of the flat-taxed ones. No part is below zero.
    """
    amount = from_flat = added = 0
    counts = False
    limits = dict(basis.limits)
    for deduction in taken:
        kind = deduction.kind
        if kind in basis.reducing:
            counts = True
            counted = deduction.amount
            if kind in limits:
                counted = at_most(counted, at_least_zero(limits[kind] - deduction.before))
            amount += counted
            from_flat += at_most(deduction.from_flat, counted)
        if kind in basis.employer_parts:
            counts = True
            added += deduction.employer_amount
    if not counts:
        return wages
    regular = wages.regular + added - (amount - from_flat)
    flat = at_least_zero(wages.flat - from_flat - at_least_zero(-regular))
    bonuses = 0
    if wages.flat:
        bonuses = in_ratio(wages.flat_bonuses, flat, wages.flat)
    return Wages(at_least_zero(regular), flat, bonuses)
