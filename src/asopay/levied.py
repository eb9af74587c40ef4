"""Whose wages each tax is on: the parts of the pay that it is levied on, and the wages of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from asopay.case import Case
from asopay.grounds import Grounds
from asopay.in_force import NO_TAX, TaxInForce
from asopay.money import Cents
from asopay.sourcing import Part
from asopay.taxability import Basis, Wages

SUPPLEMENTAL = "supplemental_income_tax"
INCOME_TAXES = ("income_tax", SUPPLEMENTAL)


class Levied:
    """Finds the parts of a paycheck that taxes are on.

    `taxed` are those that each tax was computed on so far, by its id, and `earned` the kinds of
    earnings there are.
    """

    def __init__(self, case: Case, parts: Sequence[Part]) -> None:
        self.case = case
        self.parts = parts
        self.taxed: dict[str, Sequence[Part]] = {}
        self.grounds = Grounds(case, parts)
        self.earned = {earning.kind for part in parts for earning in part.earnings}
        self._wages_of_all: dict[Any, Wages] = {}
        self._claimed: dict[str, list[Part]] = {}
        for part in parts:
            for claim in part.claims:
                self._claimed.setdefault(claim.state, []).append(part)

    def parts_of(self, tax: TaxInForce) -> Sequence[Part]:
        """The parts of the pay that the tax is levied on."""
        if tax.jurisdiction == "US":
            return self._federal_parts() if tax.name in INCOME_TAXES else self.parts
        if tax.levied_on == "insured":
            return self.parts if self._is_insured(tax) else ()
        if not tax.is_local and tax.name in INCOME_TAXES and tax.rule.table.head.rule != NO_TAX:
            return self._claimed.get(tax.jurisdiction, ())
        if tax.places.once and tax.jurisdiction != self.grounds.principal(tax.series):
            return ()
        return [part for part in self.parts if self.grounds.of(tax, part)]

    def _federal_parts(self) -> Sequence[Part]:
        """The parts that federal income tax is on: not those of a territory's own residents."""
        instead = self.case.in_force.instead_of_federal
        if not instead:
            return self.parts
        return [p for p in self.parts if p.residence[0] != p.work[0] or p.work[0] not in instead]

    def _is_insured(self, tax: TaxInForce) -> bool:
        """Whether the employee is insured in the state, or in the plan that the tax is for."""
        plan = tax.rule.table.head.with_private_plan
        if plan and f"{tax.jurisdiction}/{plan}" not in self.case.terms.plans:
            return False
        return tax.state == self.case.insured_in

    # The wages of the parts

    def wages(self, basis: Basis, parts: Sequence[Part]) -> Wages:
        """The wages of the parts together."""
        if len(parts) < len(self.parts):
            return _together(basis, parts)
        wages = self._wages_of_all.get(id(basis))
        if wages is None:
            wages = self._wages_of_all[id(basis)] = self._of_all(basis)
        return wages

    def _of_all(self, basis: Basis) -> Wages:
        """The wages of all parts; bases that leave out nothing here share them."""
        key = basis if basis.left_out & self.earned else basis.of_deductions
        wages = self._wages_of_all.get(key)
        if wages is None:
            wages = self._wages_of_all[key] = _together(basis, self.parts)
        return wages

    def kinds(self, tax: TaxInForce) -> tuple[str, ...]:
        """The kinds of wages that an income tax is on: regular ones, flat-taxed ones, or both."""
        if tax.name == SUPPLEMENTAL:
            return ("flat",)
        apart = f"{tax.jurisdiction}/{SUPPLEMENTAL}" in self.case.in_force.taxes
        return ("regular",) if apart else ("regular", "flat")

    def of_kind(
        self, tax: TaxInForce, parts: Sequence[Part], kinds: Sequence[str] | None = None
    ) -> Cents:
        """The wages of the parts, of the kinds or of those that the tax is on."""
        wages = self.wages(tax.basis, parts)
        return sum(getattr(wages, kind) for kind in kinds or self.kinds(tax))


def _together(basis: Basis, parts: Sequence[Part]) -> Wages:
    first, *others = parts
    together = first.wages(basis)
    for each in (part.wages(basis) for part in others):
        together = Wages(
            together.regular + each.regular,
            together.flat + each.flat,
            together.flat_bonuses + each.flat_bonuses,
        )
    return together
