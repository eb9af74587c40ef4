"""Sourcing: which state taxes which part of the pay, and by which agreement or rule.

Earnings that were made living in the same place and working in the same place are one part of the
pay. For each part, the state of work and the state of residence claim its wages or leave them to
the other; every claim says why.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from attrs import define, field, frozen

from asopay.earnings.reading import PaidEarning
from asopay.jurisdictions import name
from asopay.money import in_proportion
from asopay.paycheck import TaxedBy
from asopay.residence import Figures
from asopay.taxability import Basis, Taken, Wages, taxable

MILITARY_PAY = "50 U.S.C. 4001(b)"
MILITARY_SPOUSE = "50 U.S.C. 4001(c)"


@define
class Part:
    """Earnings of one residence and one place of work, and the deductions taken from them.

    `residence` and `work` are nested places, the state first; `office` is the place of the office
    that work was done for from elsewhere. `military` is pay for military service. `claims` are
    those of states, and `places` the local taxes on it by id, each with the reason.
    """

    residence: tuple[str, ...]
    work: tuple[str, ...]
    office: tuple[str, ...]
    military: bool
    earnings: list[PaidEarning]
    taken: list[Taken]
    claims: tuple[TaxedBy, ...] = ()
    places: dict[str, str] = field(factory=dict)

    @property
    def paid(self) -> Wages:
        """What is paid out of it, before deductions."""
        return add_up(earning for earning in self.earnings if not earning.imputed)

    def wages(self, basis: Basis) -> Wages:
        """The wages of a tax."""
        counted = (e for e in self.earnings if e.kind not in basis.left_out)
        return taxable(add_up(counted), self.taken, basis)

    def claim_of(self, state: str) -> TaxedBy | None:
        """The claim of a state on these wages, if it has one."""
        return next((claim for claim in self.claims if claim.state == state), None)


@frozen
class Law:
    """What decides between the states: their rules, and what is known of the employee.

    `taxing` are the states that tax wages; `agreed` those where the employee filed a certificate
    under a reciprocity agreement; `spared` those where the days or wages of the year have not
    passed the threshold for nonresidents. `domicile` is that of a military spouse. `courtesy` are
    the places whose tax the employer withholds from residents by choice.
    """

    figures: Mapping[str, Figures]
    taxing: Collection[str]
    agreed: Collection[str] = ()
    spared: Collection[str] = ()
    domicile: str | None = None
    courtesy: Collection[str] = ()


def add_up(earnings: Iterable[PaidEarning]) -> Wages:
    """The earnings as wages."""
    total = flat = bonuses = 0
    for earning in earnings:
        total += earning.amount
        if earning.flat:
            flat += earning.amount
            bonuses += earning.amount if earning.bonus else 0
    return Wages(total - flat, flat, bonuses)


def divide(earnings: Iterable[PaidEarning]) -> list[Part]:
    """The parts of the pay, in the order of their first earning, without claims and deductions."""
    parts: dict[tuple[Any, ...], Part] = {}
    for earning in earnings:
        key = (earning.residence, earning.work, earning.office, earning.military)
        if key not in parts:
            parts[key] = Part(*key, [], [])
        parts[key].earnings.append(earning)
    return list(parts.values())


def share_out(taken: Sequence[Taken], parts: Sequence[Part]) -> None:
    """Gives each part its share of the deductions, by pay; the shares add up to the cent."""
    if len(parts) == 1:
        parts[0].taken.extend(taken)
        return
    for deduction in taken:
        pay = [part.paid for part in parts]
        amounts = in_proportion(deduction.amount, [each.gross for each in pay])
        of_flat = in_proportion(deduction.from_flat, [each.flat for each in pay])
        added = in_proportion(deduction.employer_amount, [each.gross for each in pay])
        before = deduction.before
        for part, amount, from_flat, employer in zip(parts, amounts, of_flat, added, strict=True):
            part.taken.append(Taken(deduction.kind, amount, from_flat, employer, before))
            before += amount


# Claims


def claims_on(part: Part, law: Law) -> tuple[TaxedBy, ...]:
    """The states that tax the wages of the part, the state of work before that of residence."""
    home, work = part.residence[0], part.work[0]
    if part.military:
        reason = f"pay for military service is taxed by the domicile, {name(home)}, alone"
        return _resident(home, reason, MILITARY_PAY, law)
    if law.domicile:
        reason = f"a military spouse's wages are taxed by the domicile, {name(law.domicile)}, alone"
        return _resident(law.domicile, reason, MILITARY_SPOUSE, law)
    work, why = _worked_in(home, work, part.office, law)
    if work == home:
        return _resident(home, why or f"lives and works in {name(home)}", "", law)
    spared, source = _spared(home, work, law)
    if not spared:
        return (_nonresident(home, work, why, law), *_beside(home, work, law))
    if _leaves_it(home, work, law):
        return ()
    return _resident(home, f"lives in {name(home)}; {spared}", source, law)


def _nonresident(home: str, work: str, why: str, law: Law) -> TaxedBy:
    reason = why or f"works in {name(work)}"
    agreement = law.figures[work].reciprocity.get(home)
    if agreement:
        reason += f", without the certificate of the agreement ({agreement.certificate})"
    return TaxedBy(work, resident=False, reason=reason)


def _beside(home: str, work: str, law: Law) -> tuple[TaxedBy, ...]:
    """What the state of residence claims beside the state of work."""
    resident = law.figures[home].resident if home in law.taxing else None
    if resident is None:
        return ()
    reason, credited = f"lives in {name(home)}", ""
    by_choice = resident.withhold in ("nothing", "not_required")
    if by_choice:
        if home not in law.courtesy:
            return ()
        reason = f"{reason}, whose tax the employer withholds by choice"
    if by_choice or resident.withhold == "less_other_tax":
        reason, credited = f"{reason}; its tax is reduced by that of {name(work)}", work
    return (TaxedBy(home, True, reason, resident.source, credited),)


def _resident(home: str, reason: str, source: str, law: Law) -> tuple[TaxedBy, ...]:
    return (TaxedBy(home, True, reason, source),) if home in law.taxing else ()


def _spared(home: str, work: str, law: Law) -> tuple[str, str]:
    """Why the state of work leaves the wages of the nonresident alone, and the source, if so."""
    if work not in law.taxing:
        return f"{name(work)} does not tax wages", ""
    figures = law.figures[work]
    agreement = figures.reciprocity.get(home)
    if figures.nonresidents_untaxed:
        return f"{name(work)} does not tax nonresidents", figures.nonresidents_untaxed
    if agreement and work in law.agreed:
        certificate = f"agreement with {name(work)}, {agreement.certificate} is on file there"
        return certificate, agreement.source
    if work in law.spared and figures.threshold:
        return f"below the threshold of {name(work)} for nonresidents", figures.threshold.source
    return "", ""


def _leaves_it(home: str, work: str, law: Law) -> bool:
    """Whether the state of residence asks for nothing, though the state of work takes nothing."""
    if home not in law.figures or work in law.agreed or home in law.courtesy:
        return False
    return law.figures[home].resident.withhold == "not_required"


def _worked_in(home: str, work: str, office: tuple[str, ...], law: Law) -> tuple[str, str]:
    """The state whose work it counts as, and why if that is not the one where it was done."""
    if not office or office[0] == work or office[0] not in law.figures:
        return work, ""
    rule = law.figures[office[0]].convenience
    if rule is None:
        return work, ""
    at_home = law.figures[home].convenience if home in law.figures else None
    if rule.in_return and at_home is None:
        return work, ""
    why = f"works elsewhere by choice for an office in {name(office[0])} ({rule.source})"
    return office[0], why
