"""Gross to net: one paycheck, from the earnings to the net pay.

The road has five steps, in the order of `gross_to_net`: the request is checked and made ready; the
earnings add up to gross pay; deductions are taken; each tax is computed on its own taxable wages;
and the amounts are added up, for this paycheck and for the year to date.
"""

from __future__ import annotations

from attrs import define, field

from asopay._version import __version__
from asopay.case import AGGREGATED, Case, prepare
from asopay.contributions.contribution import Contribution, Payer
from asopay.deductions import Deductions, take_deductions
from asopay.errors import Fault, InvalidRequest
from asopay.money import Cents, as_text
from asopay.paycheck import DeductionTaken, Paycheck, PaycheckRequest, TablesUsed, Tax
from asopay.rulebook import Rule, Rulebook, standard_rulebook
from asopay.taxability import Wages, taxable
from asopay.withholding.exemption import withhold_nothing
from asopay.withholding.pay import Pay, Supplement
from asopay.withholding.supplemental import aggregate
from asopay.worksheet import Worksheet

SUPPLEMENTAL = "supplemental_income_tax"


def gross_to_net(request: PaycheckRequest, rulebook: Rulebook | None = None) -> Paycheck:
    """The paycheck that the request asks for.

    Raises `InvalidRequest` with all the faults of the request. The rulebook is the shipped one, with
    the overlay that the environment variable ``ASOPAY_TAX_TABLES`` names, unless another is given.
    """
    rulebook = rulebook or standard_rulebook()
    case = prepare(request, rulebook)
    gross = _gross_pay(case)
    deductions = take_deductions(case.elections, gross, case.deferrals)
    taxes = _compute_taxes(case, rulebook, gross, deductions)
    return _paycheck(case, rulebook, gross, deductions, taxes)


def _gross_pay(case: Case) -> Wages:
    total = flat = bonuses = 0
    for earning in case.earnings:
        total += earning.amount
        if earning.flat:
            flat += earning.amount
            bonuses += earning.amount if earning.bonus else 0
    return Wages(total - flat, flat, bonuses)


# Taxes


@define
class _Taxes:
    """The taxes computed so far, with their worksheets by id, and what could not be computed."""

    entries: list[Tax] = field(factory=list)
    worksheets: dict[str, Worksheet] = field(factory=dict)
    not_computed: list[str] = field(factory=list)

    def add(
        self, tax: str, payer: str, wages: Cents, rule: Rule, worksheets: dict[str, Worksheet]
    ) -> None:
        """Enters a tax; its amount is the result of the last of its worksheets."""
        amount = list(worksheets.values())[-1].result
        self.worksheets.update(worksheets)
        ids = tuple(worksheets)
        self.entries.append(Tax(tax, payer, wages, amount, rule.table.id, ids))


def _compute_taxes(
    case: Case, rulebook: Rulebook, gross: Wages, deductions: Deductions
) -> _Taxes:
    taxes = _Taxes()
    for tax, rule in case.rules.items():
        jurisdiction, _, short = tax.partition("/")
        counted_as = rule.table.head.wages_of or short
        reducing = rulebook.reducing_kinds(jurisdiction, counted_as, case.days)
        wages = taxable(gross, deductions.taken, reducing)
        if short == "income_tax":
            _income_tax(case, tax, rule, wages, taxes)
        elif short == SUPPLEMENTAL:
            _supplemental_income_tax(case, tax, rule, wages, taxes)
        else:
            _contribution(case, tax, f"{jurisdiction}/{counted_as}", rule, wages.gross, taxes)
    for jurisdiction in ("US", case.state):
        gaps = rulebook.gaps(jurisdiction, case.days)
        taxes.not_computed.extend(f"{jurisdiction}: {gap}" for gap in gaps)
    return taxes


def _income_tax(case: Case, tax: str, rule: Rule, wages: Wages, taxes: _Taxes) -> None:
    """Tax on regular wages, and on supplemental wages that are not taxed apart."""
    jurisdiction = tax.partition("/")[0]
    apart = f"{jurisdiction}/{SUPPLEMENTAL}" in case.rules
    amount = wages.regular if apart else wages.gross
    if apart and wages.flat and not amount and not case.has_regular:
        return
    if tax in case.overrides:
        taxes.entries.append(_overridden(case, tax, "employee", amount, rule))
        return
    certificate = case.certificates[jurisdiction]
    if certificate.get("exempt"):
        taxes.add(tax, "employee", amount, rule, {tax: withhold_nothing(amount, rule.table)})
        return
    before = case.preceding_wages if case.preceding_wages is not None else 0
    pay = Pay(amount + before, case.frequency, _periods(case, rule))
    worksheets = {tax: case.methods[tax](pay, certificate, rule.table)}
    if case.preceding_wages is not None:
        withheld = case.preceding_taxes.get(tax, 0)
        on_the_sum = worksheets[tax].result
        worksheets[f"{tax}/aggregate"] = aggregate(on_the_sum, withheld, rule.table)
    taxes.add(tax, "employee", amount, rule, worksheets)


def _periods(case: Case, rule: Rule) -> int:
    daily = rule.table.head.daily_periods
    return daily if daily is not None and case.frequency == "daily" else case.periods


def _supplemental_income_tax(
    case: Case, tax: str, rule: Rule, wages: Wages, taxes: _Taxes
) -> None:
    """Tax on supplemental wages that are taxed apart, where there are any."""
    if not wages.flat:
        return
    if tax in case.overrides:
        taxes.entries.append(_overridden(case, tax, "employee", wages.flat, rule))
        return
    certificate = case.certificates[tax.partition("/")[0]]
    supplement = Supplement(
        wages.flat,
        case.supplemental_before,
        wages.flat_bonuses,
        bool(certificate.get("exempt")),
    )
    worksheet = case.methods[tax](supplement, rule.table)
    taxes.add(tax, "employee", wages.flat, rule, {tax: worksheet})


def _contribution(
    case: Case, tax: str, counted_as: str, rule: Rule, wages: Cents, taxes: _Taxes
) -> None:
    """The shares of a tax of social insurance, each payer's an entry of its own."""
    if tax == case.unemployment and case.unemployment_rate is None:
        taxes.not_computed.append(f"{tax}: the employer's rate is not given")
        return
    before = case.wages_before.get(counted_as, 0)
    shares: list[Payer] = rule.module.payers(rule.table)
    for payer in shares:
        due = Contribution(wages, before, payer, case.unemployment_rate, case.state)
        worksheet = case.methods[tax](due, rule.table)
        taxed = worksheet["(taxable)"]
        if payer == "employee" and tax in case.overrides:
            taxes.entries.append(_overridden(case, tax, payer, taxed, rule))
        else:
            identity = tax if len(shares) == 1 else f"{tax}/{payer}"
            taxes.add(tax, payer, taxed, rule, {identity: worksheet})


def _overridden(case: Case, tax: str, payer: Payer, wages: Cents, rule: Rule) -> Tax:
    amount = case.overrides[tax]
    return Tax(tax, payer, wages, amount, rule.table.id, overridden=True)


# The sums


def _paycheck(
    case: Case, rulebook: Rulebook, gross: Wages, deductions: Deductions, taxes: _Taxes
) -> Paycheck:
    entries, worksheets = _deduction_entries(deductions)
    worksheets.update(taxes.worksheets)
    withheld = sum(tax.amount_cents for tax in taxes.entries if tax.payer == "employee")
    deducted = sum(entry.amount_cents for entry in entries)
    net = gross.gross - withheld - deducted
    if net < 0:
        message = f"taxes and deductions exceed gross pay by {as_text(-net)}"
        raise InvalidRequest([Fault("deductions", message)])
    employer = sum(tax.amount_cents for tax in taxes.entries if tax.payer == "employer")
    employer += sum(entry.employer_amount_cents for entry in entries)
    tables = tuple(rule.table for rule in (*case.used, *case.rules.values()))
    return Paycheck(
        pay_date=case.days.pay_date,
        earnings_cents=tuple(earning.amount for earning in case.earnings),
        gross_cents=gross.gross,
        net_cents=net,
        employer_cost_cents=gross.gross + employer,
        taxes=tuple(taxes.entries),
        deductions=entries,
        year_to_date_cents=_year_to_date(case, entries, taxes.entries),
        worksheets=worksheets,
        tables=TablesUsed(__version__, rulebook.digest(tables)),
        not_computed=tuple(taxes.not_computed),
    )


def _deduction_entries(
    deductions: Deductions,
) -> tuple[tuple[DeductionTaken, ...], dict[str, Worksheet]]:
    entries = []
    worksheets = {}
    for number, (election, taken) in enumerate(
        zip(deductions.elections, deductions.taken, strict=True)
    ):
        identity = f"deductions[{number}]"
        limited = deductions.worksheets.get(number)
        if limited is not None:
            worksheets[identity] = limited
        entries.append(
            DeductionTaken(
                election.kind,
                taken.amount,
                election.employer_amount,
                deductions.elected[number],
                (identity,) if limited is not None else (),
            )
        )
    return tuple(entries), worksheets


def _year_to_date(
    case: Case, deductions: tuple[DeductionTaken, ...], taxes: list[Tax]
) -> dict[str, dict[str, Cents]]:
    wages = dict(case.wages_before)
    paid = {"employee": dict(case.taxes_before), "employer": dict(case.employer_taxes_before)}
    deducted = dict(case.deductions_before)
    counted: set[str] = set()
    for tax in taxes:
        if tax.id not in counted:
            wages[tax.id] = wages.get(tax.id, 0) + tax.wages_cents
            counted.add(tax.id)
        amounts = paid[tax.payer]
        amounts[tax.id] = amounts.get(tax.id, 0) + tax.amount_cents
    aggregated = sum(e.amount for e in case.earnings if e.supplemental and not e.flat)
    if aggregated:
        wages[AGGREGATED] = wages.get(AGGREGATED, 0) + aggregated
    for deduction in deductions:
        kind = deduction.kind
        deducted[kind] = deducted.get(kind, 0) + deduction.amount_cents
    return {
        "wages": wages,
        "taxes": paid["employee"],
        "employer_taxes": paid["employer"],
        "deductions": deducted,
    }
