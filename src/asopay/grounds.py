"""On which grounds a tax that goes by places is on a part of the pay: who lives or works there.

The grounds are given in words, with the place's name to be put in: a result says them for each
local tax.
"""

from __future__ import annotations

from collections.abc import Sequence

from asopay.case import Case
from asopay.in_force import TaxInForce
from asopay.money import Cents
from asopay.sourcing import Part

LIVES = "lives in {}"
WORKS = "works in {}"
BY_CHOICE = "lives in {}, whose tax the employer withholds by choice"
NO_TAX_AT_WORK = "lives in {}; no place is named where the work was done that has such a tax"
NO_TAX_AT_HOME = "works in {}; no place is named where the employee lives that has such a tax"
OFFICE = "works from {}, elsewhere on no more days of the year than are free of tax there"
JANUARY_FIRST = "lived in {} on January 1, or worked there"


class Grounds:
    """Finds the grounds of taxes in a case, for the parts of its pay."""

    def __init__(self, case: Case, parts: Sequence[Part]) -> None:
        self.case = case
        self.parts = parts

    def of(self, tax: TaxInForce, part: Part) -> str:
        """Why the tax is on the part, in words; empty if it is not."""
        if tax.is_local and self._is_left_alone(tax, part):
            return ""
        if tax.places.january_first and self.case.january_first is not None:
            here = tax.state in (part.residence[0], part.work[0])
            return JANUARY_FIRST if here and tax.jurisdiction == self.case.january_first else ""
        lives = LIVES if tax.jurisdiction in part.residence else ""
        works = self._works(tax, part)
        match tax.levied_on:
            case "residence":
                return lives
            case "work":
                return works
            case "work, or residence by courtesy":
                found = works or (lives and self._by_choice(tax))
            case "work, else residence in the state":
                found = works or (
                    lives and (self._no_tax_at_work(tax, part) or self._by_choice(tax))
                )
            case "residence, else work":
                found = lives or (works and self._no_tax_at_home(tax, part))
            case _:
                found = lives or works
        return found

    def principal(self, series: str) -> str:
        """The place of a table where the most is earned; the first of equal ones."""
        earned: dict[str, Cents] = {}
        for tax in self.case.in_force.taxes.values():
            if tax.series == series:
                parts = (part for part in self.parts if self.of(tax, part))
                earned[tax.jurisdiction] = sum(part.paid.gross for part in parts)
        return max(earned, key=lambda place: earned[place])

    def at_home(self, tax: TaxInForce, part: Part) -> TaxInForce | None:
        """The tax of the same table that the place of residence levies, if there is one."""
        for place in part.residence:
            other = self.case.in_force.taxes.get(f"{place}/{tax.name}")
            if other and other.series == tax.series:
                return other
        return None

    def _is_left_alone(self, tax: TaxInForce, part: Part) -> bool:
        """Whether a place has no say: the tax is on others, or the pay on a domicile elsewhere."""
        if tax.resident is not None and tax.resident != (tax.jurisdiction in part.residence):
            return True
        domicile = self.case.law.domicile
        if domicile and domicile != tax.state and not tax.payers:
            return True
        return bool(tax.places.not_beside) and any(
            other.series == tax.places.not_beside
            for place in part.residence
            for other in self._income_tax_of(place)
        )

    def _works(self, tax: TaxInForce, part: Part) -> str:
        """Whether the work counts as done in the place."""
        place = tax.jurisdiction
        if part.military:
            return ""
        if place in part.work:
            return "" if place not in part.residence and self._is_spared(tax) else WORKS
        visited = (
            other
            for visit in part.work
            for other in self._income_tax_of(visit)
            if visit not in part.residence and other.series == tax.series
        )
        return OFFICE if place in part.office and any(map(self._is_spared, visited)) else ""

    def _is_spared(self, tax: TaxInForce) -> bool:
        """Whether a nonresident is known to have worked there on too few days of the year."""
        most = tax.places.days
        days = self.case.work_days.get(tax.jurisdiction)
        return most is not None and days is not None and days <= most

    def _by_choice(self, tax: TaxInForce) -> str:
        return BY_CHOICE if tax.jurisdiction in self.case.courtesy else ""

    def _no_tax_at_work(self, tax: TaxInForce, part: Part) -> str:
        """Whether a resident works in the state, and no place there levies an income tax."""
        levied = (other for place in part.work[1:] for other in self._income_tax_of(place))
        if part.military or part.work[0] != tax.state or any(levied):
            return ""
        return NO_TAX_AT_WORK

    def _no_tax_at_home(self, tax: TaxInForce, part: Part) -> str:
        return "" if self.at_home(tax, part) else NO_TAX_AT_HOME

    def _income_tax_of(self, place: str) -> tuple[TaxInForce, ...]:
        tax = self.case.in_force.taxes.get(f"{place}/income_tax")
        return (tax,) if tax else ()
