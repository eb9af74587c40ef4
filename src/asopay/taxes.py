"""The taxes of one paycheck, each on the wages that it is levied on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import define, evolve, field

from asopay.case import Case
from asopay.certificates import NO_CERTIFICATE, Certificate
from asopay.earlier import FLAT
from asopay.errors import one_of
from asopay.in_force import TaxInForce
from asopay.jurisdictions import name
from asopay.levied import SUPPLEMENTAL, Levied
from asopay.money import Cents
from asopay.paycheck import ExemptFrom, Tax
from asopay.resident_taxes import reduce_taxes_of_residents
from asopay.shares import Share, shares
from asopay.sourcing import Part
from asopay.taxability import Wages
from asopay.withholding.exemption import withhold_nothing
from asopay.withholding.pay import Pay, Supplement
from asopay.withholding.share_of_tax import share_of
from asopay.withholding.supplemental import aggregate
from asopay.worksheet import Worksheet

SOCIAL_INSURANCE = ("US/social_security", "US/medicare", "US/additional_medicare")


@define
class Taxes:
    """The taxes of a paycheck, with their worksheets by id, and what could not be computed.

    `caught_up` are wages of earlier paychecks that a state taxes now, because the employee has
    passed its threshold for nonresidents. `exempt_from` are the taxes left out for a reason.
    """

    entries: list[Tax] = field(factory=list)
    worksheets: dict[str, Worksheet] = field(factory=dict)
    not_computed: list[str] = field(factory=list)
    caught_up: dict[str, Cents] = field(factory=dict)
    exempt_from: list[ExemptFrom] = field(factory=list)


def compute_taxes(case: Case, parts: Sequence[Part]) -> Taxes:
    """The taxes on the parts of the pay, in the order of the taxes in force."""
    levy = _Levy(case, parts)
    for tax in case.in_force.taxes.values():
        levy.levy(tax)
    reduce_taxes_of_residents(levy.taxes.entries, levy.taxes.worksheets, levy.levied)
    if levy.in_parts:
        levy.taxes.entries = _as_reported(levy.taxes.entries)
    return levy.taxes


def _as_reported(entries: Sequence[Tax]) -> list[Tax]:
    """The entries, with those of a tax that was computed in parts as one."""
    found: dict[tuple[str, str], Tax] = {}
    for entry in entries:
        reported = "/".join(entry.id.split("/")[:2])
        key = (reported, entry.payer)
        if key not in found:
            found[key] = evolve(entry, id=reported)
            continue
        first = found[key]
        found[key] = evolve(
            first,
            wages_cents=first.wages_cents + entry.wages_cents,
            amount_cents=first.amount_cents + entry.amount_cents,
            worksheets=(*first.worksheets, *entry.worksheets),
        )
    return list(found.values())


REIMBURSES = "the employer reimburses the fund for benefits and owes no contributions"


class _Levy:
    """Computes the taxes one after the other; later ones can depend on earlier ones.

    With `in_parts` a tax of a place is computed apart for the time before and after a move: the
    ids of its entries then begin with that of the tax.
    """

    def __init__(self, case: Case, parts: Sequence[Part]) -> None:
        self.case = case
        self.parts = parts
        self.taxes = Taxes()
        self.levied = Levied(case, parts)
        self.hours = _hours(parts)
        self.in_parts = bool(case.in_force.in_two)

    def levy(self, tax: TaxInForce) -> None:
        parts = self.levied.parts_of(tax)
        if not parts or self.is_exempt(tax) or self.is_unsettled(tax, parts):
            self.explain_territory(tax, parts)
            return
        if tax.is_local:
            for part in parts:
                grounds = self.levied.grounds.of(tax, part)
                part.places[tax.reported_as] = grounds.format(tax.place_name)
        for each, of_one_home in self.by_home(tax, parts) if tax.by_home else [(tax, parts)]:
            self.levy_on(each, of_one_home)

    def by_home(
        self, tax: TaxInForce, parts: Sequence[Part]
    ) -> Iterator[tuple[TaxInForce, Sequence[Part]]]:
        """The tax for the parts of each rate at home, of which there are two after a move."""
        homes: dict[int, list[Part]] = {}
        for part in parts:
            rate = 0 if tax.id in self.case.overrides else self.rate_at_home(tax, [part])
            homes.setdefault(rate, []).append(part)
        for number, of_one_home in enumerate(homes.values()):
            self.in_parts = self.in_parts or bool(number)
            apart = evolve(tax, id=f"{tax.id}/home_{number + 1}") if number else tax
            yield apart, of_one_home

    def levy_on(self, tax: TaxInForce, parts: Sequence[Part]) -> None:
        self.levied.taxed[tax.id] = parts
        wages = self.levied.wages(tax.basis, parts)
        if tax.name == "income_tax":
            self.income_tax(tax, self.with_earlier_wages(tax, wages), parts)
        elif tax.name == SUPPLEMENTAL:
            self.supplemental_income_tax(tax, wages, parts)
        else:
            self.contribution(tax, wages.gross)

    def is_exempt(self, tax: TaxInForce) -> bool:
        """Whether nobody owes the tax; if so, the result says why."""
        exempt = self.case.exempt_from.get(tax.reported_as)
        if exempt is not None and exempt not in self.taxes.exempt_from:
            self.taxes.exempt_from.append(exempt)
        return exempt is not None

    def explain_territory(self, tax: TaxInForce, parts: Sequence[Part]) -> None:
        """Says why federal income tax is on nothing: a territory's own stands in its place."""
        if tax.jurisdiction == "US" and not parts:
            for place, law in self.case.in_force.instead_of_federal.items():
                reason = f"work in {name(place)} of its resident"
                self.taxes.exempt_from.append(ExemptFrom(tax.id, reason, law))

    def is_unsettled(self, tax: TaxInForce, parts: Sequence[Part]) -> bool:
        """Whether it is not known if the tax is on an earning; if so, the result says of which.

        What the caller states of it is taken over.
        """
        kinds = tax.basis.unsettled & self.levied.earned
        if kinds:
            kinds &= {earning.kind for part in parts for earning in part.earnings}
        if kinds:
            message = f"{tax.reported_as}: whether it is on {one_of(sorted(kinds))} is not known"
            self.taxes.not_computed.append(message)
            if tax.id in self.case.overrides:
                self.enter_override(tax, "employee", 0)
        return bool(kinds)

    # Income taxes

    def with_earlier_wages(self, tax: TaxInForce, wages: Wages) -> Wages:
        """The wages with those before the threshold for nonresidents, once it is passed."""
        earlier = self.case.below_threshold.get(tax.jurisdiction, 0)
        if not earlier or tax.jurisdiction in self.case.spared:
            return wages
        self.taxes.caught_up[tax.jurisdiction] = earlier
        return evolve(wages, regular=wages.regular + earlier)

    def income_tax(self, tax: TaxInForce, wages: Wages, parts: Sequence[Part]) -> None:
        """Tax on regular wages, and on supplemental wages that are not taxed apart."""
        case = self.case
        apart = f"{tax.jurisdiction}/{SUPPLEMENTAL}" in case.in_force.taxes
        amount = wages.regular if apart else wages.gross
        if apart and _all_flat(parts):
            return
        if tax.id in case.overrides:
            self.enter_override(tax, "employee", amount)
            return
        table, certificate = tax.rule.table, self.certificate(tax)
        if certificate.get("exempt"):
            self.enter(tax, "employee", amount, withhold_nothing(amount, table))
            return
        of_all = self.wages_shared(tax, parts)
        if of_all > amount:
            pay = self.pay(tax, of_all, self.parts, apart=apart)
            on_all = self.method(tax)(pay, certificate, table)
            self.taxes.worksheets[f"{tax.id}/on_all_wages"] = on_all
            worksheet = share_of(on_all.result, of_all, amount, table)
            self.enter(tax, "employee", amount, worksheet, f"{tax.id}/on_all_wages")
            return
        pay = self.pay(tax, amount, parts, apart=apart)
        worksheet = self.method(tax)(pay, certificate, table)
        if case.preceding is None or tax.id not in case.preceding.taxes:
            self.enter(tax, "employee", amount, worksheet)
        else:
            on_the_sum = f"{tax.id}/on_the_sum"
            self.taxes.worksheets[on_the_sum] = worksheet
            worksheet = aggregate(worksheet.result, case.preceding.taxes[tax.id], table)
            self.enter(tax, "employee", amount, worksheet, on_the_sum)

    def wages_shared(self, tax: TaxInForce, parts: Sequence[Part]) -> Cents:
        """All wages, where a nonresident pays a share of the tax on them; else 0."""
        rules = self.case.in_force.residence.get(tax.jurisdiction)
        if len(parts) == len(self.parts):
            return 0
        claims = (part.claim_of(tax.jurisdiction) for part in parts)
        if rules is None or not rules.share_of_tax or any(c and c.resident for c in claims):
            return 0
        return self.levied.of_kind(tax, self.parts)

    def certificate(self, tax: TaxInForce) -> Certificate:
        """The certificate; of a local tax, that of the state with the boxes that it reads.

        Where a tax is computed in parts, exemptions and extra amounts are those of the first.
        """
        certificate = self.case.certificates.get(tax.state, NO_CERTIFICATE)
        if not tax.places.boxes:
            return certificate
        boxes = tax.places.boxes
        if tax.id != tax.reported_as and tax.reported_as in self.levied.taxed:
            boxes = dict.fromkeys(boxes, "")
        answers = {own: certificate.get(box, 0) for own, box in boxes.items()}
        return evolve(certificate, answers={**certificate.answers, **answers})

    def pay(self, tax: TaxInForce, wages: Cents, parts: Sequence[Part], *, apart: bool) -> Pay:
        """What the rule is told; the taxes before it in order are computed already."""
        case, preceding = self.case, self.case.preceding
        paid_before = preceding.wages if preceding else 0
        pay = Pay(wages + paid_before, case.frequency, self.periods(tax))
        if tax.jurisdiction == "US":
            return pay
        if tax.is_local:
            pay.state_worksheet = self.taxes.worksheets.get(f"{tax.state}/income_tax")
            of_state = self.levied.taxed.get(f"{tax.state}/income_tax", ())
            if len(parts) < len(of_state):
                pay.share_of_state = (_paid(parts), _paid(of_state))
            pay.rate_at_home = self.rate_at_home(tax, parts)
            pay.paid_before = case.before.wages.get(tax.wages_of, 0)
            return pay
        withheld, before = self.withheld(parts), case.before.taxes
        together = preceding.taxes if preceding else {}
        pay.federal_tax = withheld.get("US/income_tax", 0) + together.get("US/income_tax", 0)
        if not apart:
            pay.federal_tax += withheld.get(FLAT, 0)
        for insurance in SOCIAL_INSURANCE:
            with_it = together.get(insurance, 0)
            pay.social_insurance += withheld.get(insurance, 0) + with_it
            pay.social_insurance_before += before.get(insurance, 0) - with_it
        return pay

    def rate_at_home(self, tax: TaxInForce, parts: Sequence[Part]) -> int:
        """The rate that the same table has for the employee's place of residence, or 0."""
        homes = (self.levied.grounds.at_home(tax, part) for part in parts)
        rates = (getattr(home.rule.figures, "rate", 0) for home in homes if home)
        return max(rates, default=0)

    def withheld(self, parts: Sequence[Part]) -> dict[str, Cents]:
        """The employee's taxes so far by id, as far as they are from wages of these parts."""
        withheld = {t.id: t.amount_cents for t in self.taxes.entries if t.payer == "employee"}
        if len(parts) == len(self.parts):
            return withheld
        own, of_all = _paid(parts), _paid(self.parts)
        return {tax: amount * own // max(of_all, 1) for tax, amount in withheld.items()}

    def method(self, tax: TaxInForce) -> Callable[..., Worksheet]:
        return self.case.methods.get(tax.id, tax.rule.default)

    def periods(self, tax: TaxInForce) -> int:
        daily = tax.rule.table.head.daily_periods
        return daily if daily is not None and self.case.frequency == "daily" else self.case.periods

    def supplemental_income_tax(self, tax: TaxInForce, wages: Wages, parts: Sequence[Part]) -> None:
        """Tax on supplemental wages that are taxed apart, where there are any."""
        if not wages.flat:
            return
        if tax.id in self.case.overrides:
            self.enter_override(tax, "employee", wages.flat)
            return
        exempt = bool(self.certificate(tax).get("exempt"))
        before = self.case.before.supplemental_wages
        supplement = Supplement(wages.flat, before, wages.flat_bonuses, exempt)
        supplement.federal_tax = self.withheld(parts).get(FLAT, 0)
        worksheet = self.method(tax)(supplement, tax.rule.table)
        self.enter(tax, "employee", wages.flat, worksheet)

    # Social insurance and other payroll taxes

    def contribution(self, tax: TaxInForce, wages: Cents) -> None:
        """The shares of a payroll tax, each payer's an entry of its own."""
        if tax.id in self.case.terms.reimbursing:
            self.taxes.exempt_from.append(ExemptFrom(tax.id, REIMBURSES))
        for share in shares(tax, wages, self.hours, self.case, self.method(tax)):
            if share.worksheet is None:
                self.taxes.not_computed.append(f"{tax.id}: {share.missing}")
            elif share.payer == "employee" and tax.id in self.case.overrides:
                self.enter_override(tax, share.payer, share.worksheet["(taxable)"])
            else:
                self.enter_share(tax, share, share.worksheet)

    def enter_share(self, tax: TaxInForce, share: Share, worksheet: Worksheet) -> None:
        before: tuple[str, ...] = ()
        if share.of_the_programme is not None:
            before = (f"{tax.id}/of_the_programme",)
            self.taxes.worksheets[before[0]] = share.of_the_programme
        self.enter(tax, share.payer, worksheet["(taxable)"], worksheet, *before)

    # Entries

    def enter(
        self, tax: TaxInForce, payer: str, wages: Cents, worksheet: Worksheet, *before: str
    ) -> None:
        identity = tax.id if len(tax.payers) <= 1 else f"{tax.id}/{payer}"
        self.taxes.worksheets[identity] = worksheet
        table, ids = tax.rule.table.id, (*before, identity)
        entry = Tax(tax.id, payer, wages, worksheet.result, table, ids)
        self.taxes.entries.append(entry)

    def enter_override(self, tax: TaxInForce, payer: str, wages: Cents) -> None:
        amount, table = self.case.overrides[tax.id], tax.rule.table.id
        self.taxes.entries.append(Tax(tax.id, payer, wages, amount, table, overridden=True))


def _hours(parts: Sequence[Part]) -> int | None:
    """The hours of work in ten-thousandths; None where those of an earning are not known."""
    hours = [earning.hours for part in parts for earning in part.earnings]
    return None if any(each is None for each in hours) else sum(hour or 0 for hour in hours)


def _all_flat(parts: Sequence[Part]) -> bool:
    """Whether there are earnings, and all of them are supplemental wages taxed apart."""
    earnings = [earning for part in parts for earning in part.earnings]
    return bool(earnings) and all(earning.flat for earning in earnings)


def _paid(parts: Sequence[Part]) -> Cents:
    return sum(part.paid.gross for part in parts)
