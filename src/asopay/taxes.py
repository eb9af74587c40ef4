"""The taxes of one paycheck, each on the wages that it is levied on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from attrs import define, evolve, field

from asopay.case import Case
from asopay.certificates import NO_CERTIFICATE, Certificate
from asopay.contributions.contribution import Contribution
from asopay.cross_checks import FLAT
from asopay.errors import Fault, InvalidRequest, TableError
from asopay.money import Cents
from asopay.paycheck import Tax
from asopay.rulebook import NO_TAX, TaxInForce
from asopay.sourcing import Part
from asopay.taxability import Basis, Wages
from asopay.withholding.exemption import withhold_nothing
from asopay.withholding.pay import Pay, Supplement
from asopay.withholding.resident_credit import reduce
from asopay.withholding.share_of_tax import share_of
from asopay.withholding.supplemental import aggregate
from asopay.worksheet import Worksheet

SUPPLEMENTAL = "supplemental_income_tax"
INCOME_TAXES = ("income_tax", SUPPLEMENTAL)
SOCIAL_INSURANCE = ("US/social_security", "US/medicare", "US/additional_medicare")


@define
class Taxes:
    """The taxes of a paycheck, with their worksheets by id, and what could not be computed.

    `caught_up` are wages of earlier paychecks that a state taxes now, because the employee has
    passed its threshold for nonresidents.
    """

    entries: list[Tax] = field(factory=list)
    worksheets: dict[str, Worksheet] = field(factory=dict)
    not_computed: list[str] = field(factory=list)
    caught_up: dict[str, Cents] = field(factory=dict)


def compute_taxes(case: Case, parts: Sequence[Part]) -> Taxes:
    """The taxes on the parts of the pay, in the order of the taxes in force."""
    levy = _Levy(case, parts)
    for tax in case.in_force.taxes.values():
        levy.levy(tax)
    levy.reduce_taxes_of_residents()
    return levy.taxes


class _Levy:
    """Computes the taxes one after the other; later ones can depend on earlier ones.

    `taxed` are the parts of the pay that each tax was computed on, by its id.
    """

    def __init__(self, case: Case, parts: Sequence[Part]) -> None:
        self.case = case
        self.parts = parts
        self.taxes = Taxes()
        self.taxed: dict[str, Sequence[Part]] = {}
        self.earned = {earning.kind for part in parts for earning in part.earnings}
        self._wages_of_all: dict[Any, Wages] = {}
        self._claimed: dict[str, list[Part]] = {}
        for part in parts:
            for claim in part.claims:
                self._claimed.setdefault(claim.state, []).append(part)

    def levy(self, tax: TaxInForce) -> None:
        parts = self.parts if tax.jurisdiction == "US" else self.parts_of(tax)
        if not parts:
            return
        self.taxed[tax.id] = parts
        wages = self.wages(tax.basis, parts)
        if tax.name == "income_tax":
            self.income_tax(tax, self.with_earlier_wages(tax, wages), parts)
        elif tax.name == SUPPLEMENTAL:
            self.supplemental_income_tax(tax, wages, parts)
        else:
            self.contribution(tax, wages.gross)

    def wages(self, basis: Basis, parts: Sequence[Part]) -> Wages:
        """The wages of the parts together."""
        if len(parts) < len(self.parts):
            return _together(basis, parts)
        key = basis if basis.left_out & self.earned else basis.of_deductions
        wages = self._wages_of_all.get(key)
        if wages is None:
            wages = self._wages_of_all[key] = _together(basis, parts)
        return wages

    # Whose wages

    def parts_of(self, tax: TaxInForce) -> Sequence[Part]:
        """The parts of the pay that the tax is levied on."""
        if tax.levied_on == "insured":
            return self.parts if tax.state == self.case.insured_in else ()
        if not tax.is_local and tax.name in INCOME_TAXES and tax.rule.table.head.rule != NO_TAX:
            return self._claimed.get(tax.jurisdiction, ())
        return [part for part in self.parts if self.is_levied(tax, part)]

    def is_levied(self, tax: TaxInForce, part: Part) -> bool:
        """Whether a tax that goes by places is on the part."""
        place = tax.jurisdiction
        lives, works = place in part.residence, place in part.work
        if works and not lives and self.is_spared(tax):
            works = False
        if tax.levied_on == "residence":
            return lives
        if tax.levied_on == "work":
            return works
        if tax.levied_on == "residence, else work":
            return lives or (works and not self.at_home(tax, part))
        return lives or works

    def is_spared(self, tax: TaxInForce) -> bool:
        """Whether a nonresident is known to have worked there on too few days of the year."""
        most = tax.places.days
        days = self.case.work_days.get(tax.jurisdiction)
        return most is not None and days is not None and days <= most

    def at_home(self, tax: TaxInForce, part: Part) -> TaxInForce | None:
        """The tax of the same table that the place of residence levies, if there is one."""
        for place in part.residence:
            other = self.case.in_force.taxes.get(f"{place}/{tax.name}")
            if other and other.series == tax.series:
                return other
        return None

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
        return self.of_kind(tax, self.parts)

    def certificate(self, tax: TaxInForce) -> Certificate:
        """The certificate; of a local tax, that of the state with the boxes that it reads."""
        certificate = self.case.certificates.get(tax.state, NO_CERTIFICATE)
        if not tax.places.boxes:
            return certificate
        answers = {own: certificate.get(box, 0) for own, box in tax.places.boxes.items()}
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
            pay.rate_at_home = self.rate_at_home(tax, parts)
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
        homes = (self.at_home(tax, part) for part in parts)
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
        """The shares of a tax of social insurance, each payer's an entry of its own."""
        case = self.case
        payers = tax.payers
        if tax.needs_own_rate and case.unemployment_rate is None:
            self.taxes.not_computed.append(f"{tax.id}: the employer's rate is not given")
            payers = tuple(payer for payer in payers if payer != "employer")
        before = case.before.wages.get(tax.wages_of, 0)
        compute = self.method(tax)
        due = Contribution(wages, before, "", case.unemployment_rate, case.insured_in)
        due.periods, due.employee_count = case.periods, case.employee_count
        for payer in payers:
            paid = case.before.taxes if payer == "employee" else case.before.employer_taxes
            due.payer, due.taken_before = payer, paid.get(tax.id, 0)
            try:
                worksheet = compute(due, tax.rule.table)
            except TableError as error:  # a figure that the method needs is not known yet
                path = f"employer.methods.{tax.id}"
                raise InvalidRequest([Fault(path, str(error))]) from None
            if payer == "employee" and tax.id in case.overrides:
                self.enter_override(tax, payer, worksheet["(taxable)"])
            else:
                self.enter(tax, payer, worksheet["(taxable)"], worksheet)

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

    # Credits

    def reduce_taxes_of_residents(self) -> None:
        """Takes from the taxes of residence what the places of work withhold from the wages."""
        if all(part.residence == part.work and not part.office for part in self.parts):
            return
        computed = {entry.id: entry for entry in self.taxes.entries if entry.payer == "employee"}
        for number, entry in enumerate(self.taxes.entries):
            tax = self.case.in_force.taxes[entry.id]
            if tax.name in INCOME_TAXES and not entry.overridden:
                reduced = entry
                for other in self.credited(tax):
                    reduced = self.reduced(reduced, tax, other, computed)
                self.taxes.entries[number] = reduced

    def credited(self, tax: TaxInForce) -> list[TaxInForce]:
        """The taxes of places of work that reduce the tax of a place of residence."""
        others = self.case.in_force.taxes.values()
        if tax.is_local:
            if not (tax.places.credit and tax.resident):
                return []
            return [o for o in others if o.series == tax.series and not o.resident]
        claims = (part.claim_of(tax.jurisdiction) for part in self.taxed[tax.id])
        states = {claim.credited for claim in claims if claim and claim.credited}
        return [
            o
            for o in others
            if o.jurisdiction in states and o.name in INCOME_TAXES and self.both_on(tax, o)
        ]

    def reduced(
        self, entry: Tax, tax: TaxInForce, other: TaxInForce, computed: dict[str, Tax]
    ) -> Tax:
        """The entry less what the other tax takes from the same wages."""
        on = self.both_on(tax, other)
        by_other = self.taxed.get(other.id, ())
        both = [p for p in self.taxed[tax.id] if any(p is o for o in by_other)]
        if not tax.is_local:
            both = [p for p in both if _credits(p, tax.jurisdiction, other.jurisdiction)]
        own_wages = self.of_kind(tax, self.taxed[tax.id])
        if other.id not in computed or not both or not own_wages:
            return entry
        other_tax = computed[other.id].amount_cents * self.of_kind(other, both, on)
        other_tax //= max(self.of_kind(other, by_other), 1)
        own_tax, shared = computed[tax.id].amount_cents, self.of_kind(tax, both, on)
        sheet = reduce(own_tax, own_wages, shared, other_tax, tax.rule.table)
        identity = f"{tax.id}/less_{other.id.replace('/', '_')}"
        self.taxes.worksheets[identity] = sheet
        amount = max(entry.amount_cents - sheet["(credit)"], 0)
        return evolve(entry, amount_cents=amount, worksheets=(*entry.worksheets, identity))

    def kinds(self, tax: TaxInForce) -> tuple[str, ...]:
        """The kinds of wages that an income tax is on: regular ones, flat-taxed ones, or both."""
        if tax.name == SUPPLEMENTAL:
            return ("flat",)
        apart = f"{tax.jurisdiction}/{SUPPLEMENTAL}" in self.case.in_force.taxes
        return ("regular",) if apart else ("regular", "flat")

    def both_on(self, tax: TaxInForce, other: TaxInForce) -> tuple[str, ...]:
        """The kinds of wages that both taxes are on."""
        kinds = self.kinds(other)
        return tuple(kind for kind in self.kinds(tax) if kind in kinds)

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


def _credits(part: Part, state: str, other: str) -> bool:
    claim = part.claim_of(state)
    return claim is not None and claim.credited == other


def _all_flat(parts: Sequence[Part]) -> bool:
    """Whether there are earnings, and all of them are supplemental wages taxed apart."""
    earnings = [earning for part in parts for earning in part.earnings]
    return bool(earnings) and all(earning.flat for earning in earnings)


def _paid(parts: Sequence[Part]) -> Cents:
    return sum(part.paid.gross for part in parts)
