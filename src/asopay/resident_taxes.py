"""What places of work withhold reduces the taxes of the places where the employee lives."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve

from asopay.in_force import TaxInForce
from asopay.levied import INCOME_TAXES, Levied
from asopay.money import ONE
from asopay.paycheck import Tax
from asopay.sourcing import Part
from asopay.withholding.resident_credit import Credit, reduce
from asopay.worksheet import Worksheet


def reduce_taxes_of_residents(
    entries: list[Tax], worksheets: dict[str, Worksheet], levied: Levied
) -> None:
    """Replaces the entries of taxes of residence that are reduced, and adds the worksheets."""
    if all(part.residence == part.work and not part.office for part in levied.parts):
        return
    credits_ = _Credits(levied, worksheets, entries)
    for number, entry in enumerate(entries):
        tax = levied.case.in_force.taxes.get(entry.id)
        if tax is not None and tax.name in INCOME_TAXES and not entry.overridden:
            entries[number] = credits_.taken_from(entry, tax)


class _Credits:
    """Finds the taxes that reduce others; `computed` are the employee's before any reduction."""

    def __init__(
        self, levied: Levied, worksheets: dict[str, Worksheet], entries: Sequence[Tax]
    ) -> None:
        self.levied = levied
        self.worksheets = worksheets
        self.in_force = levied.case.in_force.taxes
        self.computed = {entry.id: entry for entry in entries if entry.payer == "employee"}

    def taken_from(self, entry: Tax, tax: TaxInForce) -> Tax:
        """The entry less what the places of work withhold from the same wages."""
        for other in self.credited(tax):
            entry = self.reduced(entry, tax, other)
        return entry

    def credited(self, tax: TaxInForce) -> list[TaxInForce]:
        """The taxes of places of work that reduce the tax of a place of residence."""
        others = self.in_force.values()
        if tax.is_local:
            if not (tax.places.credit and tax.resident):
                return []
            return [o for o in others if o.series == tax.series and not o.resident]
        claims = (part.claim_of(tax.jurisdiction) for part in self.levied.taxed[tax.id])
        states = {claim.credited for claim in claims if claim and claim.credited}
        return [
            o
            for o in others
            if o.jurisdiction in states and o.name in INCOME_TAXES and self.both_on(tax, o)
        ]

    def reduced(self, entry: Tax, tax: TaxInForce, other: TaxInForce) -> Tax:
        """The entry less what the other tax takes from the same wages."""
        levied, on = self.levied, self.both_on(tax, other)
        by_other = levied.taxed.get(other.id, ())
        both = [p for p in levied.taxed[tax.id] if any(p is o for o in by_other)]
        if not tax.is_local:
            both = [p for p in both if _credits(p, tax.jurisdiction, other.jurisdiction)]
        own_wages = levied.of_kind(tax, levied.taxed[tax.id])
        if other.id not in self.computed or not both or not own_wages:
            return entry
        other_tax = self.computed[other.id].amount_cents * levied.of_kind(other, both, on)
        other_tax //= max(levied.of_kind(other, by_other), 1)
        own_tax, shared = self.computed[tax.id].amount_cents, levied.of_kind(tax, both, on)
        sheet = reduce(own_tax, own_wages, shared, other_tax, tax.rule.table, terms=_terms(tax))
        identity = f"{tax.id}/less_{other.id.replace('/', '_')}"
        self.worksheets[identity] = sheet
        amount = max(entry.amount_cents - sheet["(credit)"], 0)
        return evolve(entry, amount_cents=amount, worksheets=(*entry.worksheets, identity))

    def both_on(self, tax: TaxInForce, other: TaxInForce) -> tuple[str, ...]:
        """The kinds of wages that both taxes are on."""
        kinds = self.levied.kinds(other)
        return tuple(kind for kind in self.levied.kinds(tax) if kind in kinds)


def _terms(tax: TaxInForce) -> Credit:
    """What the place of residence credits of the other's tax."""
    figures = tax.rule.figures
    return Credit(getattr(figures, "credit_factor", ONE), getattr(figures, "credit_limit", None))


def _credits(part: Part, state: str, other: str) -> bool:
    claim = part.claim_of(state)
    return claim is not None and claim.credited == other
