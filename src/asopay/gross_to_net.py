"""Gross to net: one paycheck, from the earnings to the net pay.

The road has five steps, in the order of `gross_to_net`: the request is checked and made ready; the
earnings add up to gross pay; deductions are taken; each tax is computed on its own taxable wages;
and the amounts are added up, for this paycheck and for the year to date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import define, field

from asopay._version import __version__
from asopay.case import AGGREGATED, FLAT, Case, prepare
from asopay.certificates import NO_CERTIFICATE
from asopay.contributions.contribution import Contribution
from asopay.deductions import Deductions, take_deductions
from asopay.earnings.reading import PaidEarning
from asopay.errors import Fault, InvalidRequest, TableError
from asopay.money import Cents, as_text
from asopay.paycheck import DeductionTaken, Paycheck, PaycheckRequest, TablesUsed, Tax
from asopay.rulebook import Rulebook, TaxInForce, standard_rulebook
from asopay.taxability import Basis, Wages, taxable
from asopay.withholding.exemption import withhold_nothing
from asopay.withholding.pay import Pay, Supplement
from asopay.withholding.supplemental import aggregate
from asopay.worksheet import Worksheet

SUPPLEMENTAL = "supplemental_income_tax"
SOCIAL_INSURANCE = ("US/social_security", "US/medicare", "US/additional_medicare")


def gross_to_net(request: PaycheckRequest, rulebook: Rulebook | None = None) -> Paycheck:
    """The paycheck that the request asks for.

    Raises `InvalidRequest` with all the faults of the request. Without a rulebook, the shipped one
    counts, with the overlay that the environment variable ``ASOPAY_TAX_TABLES`` names.
    """
    rulebook = rulebook or standard_rulebook()
    case = prepare(request, rulebook)
    gross = _add_up(earning for earning in case.earnings if not earning.imputed)
    deductions = take_deductions(case.elections, gross, case.deferrals, case.before.deductions)
    taxes = _compute_taxes(case, deductions)
    return _paycheck(case, gross, deductions, taxes)


def _add_up(earnings: Iterable[PaidEarning]) -> Wages:
    total = flat = bonuses = 0
    for earning in earnings:
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


def _compute_taxes(case: Case, deductions: Deductions) -> _Taxes:
    taxes = _Taxes()
    wages_on: dict[Basis, Wages] = {}
    for tax in case.in_force.taxes.values():
        wages = wages_on.get(tax.basis)
        if wages is None:
            counted = _add_up(e for e in case.earnings if e.kind not in tax.basis.left_out)
            wages = wages_on[tax.basis] = taxable(counted, deductions.taken, tax.basis)
        if tax.name == "income_tax":
            _income_tax(case, tax, wages, taxes)
        elif tax.name == SUPPLEMENTAL:
            _supplemental_income_tax(case, tax, wages, taxes)
        else:
            _contribution(case, tax, wages.gross, taxes)
    return taxes


def _income_tax(case: Case, tax: TaxInForce, wages: Wages, taxes: _Taxes) -> None:
    """Tax on regular wages, and on supplemental wages that are not taxed apart."""
    apart = f"{tax.jurisdiction}/{SUPPLEMENTAL}" in case.in_force.taxes
    amount = wages.regular if apart else wages.gross
    if apart and _all_flat(case.earnings):
        return
    if tax.id in case.overrides:
        _enter_override(case, tax, "employee", amount, taxes)
        return
    table = tax.rule.table
    certificate = case.certificates.get(tax.jurisdiction, NO_CERTIFICATE)
    if certificate.get("exempt"):
        _enter(tax, "employee", amount, withhold_nothing(amount, table), taxes)
        return
    worksheet = _method(case, tax)(_pay(case, tax, amount, apart, taxes), certificate, table)
    if case.preceding is None:
        _enter(tax, "employee", amount, worksheet, taxes)
    else:
        on_the_sum = f"{tax.id}/on_the_sum"
        taxes.worksheets[on_the_sum] = worksheet
        withheld = case.preceding.taxes.get(tax.id, 0)
        worksheet = aggregate(worksheet.result, withheld, table)
        _enter(tax, "employee", amount, worksheet, taxes, on_the_sum)


def _pay(case: Case, tax: TaxInForce, wages: Cents, apart: bool, taxes: _Taxes) -> Pay:
    """What the rule is told; the federal taxes of the same payment are computed already."""
    paid_before = case.preceding.wages if case.preceding else 0
    pay = Pay(wages + paid_before, case.frequency, _periods(case, tax))
    if tax.jurisdiction != "US":
        withheld, before = _withheld(taxes), case.before.taxes
        preceding = case.preceding.taxes if case.preceding else {}
        pay.federal_tax = withheld.get("US/income_tax", 0) + preceding.get("US/income_tax", 0)
        if not apart:
            pay.federal_tax += withheld.get(FLAT, 0)
        for insurance in SOCIAL_INSURANCE:
            together = preceding.get(insurance, 0)
            pay.social_insurance += withheld.get(insurance, 0) + together
            pay.social_insurance_before += before.get(insurance, 0) - together
    return pay


def _withheld(taxes: _Taxes) -> dict[str, Cents]:
    """The employee's taxes computed so far, by id."""
    return {tax.id: tax.amount_cents for tax in taxes.entries if tax.payer == "employee"}


def _all_flat(earnings: list[PaidEarning]) -> bool:
    """Whether there are earnings, and all of them are supplemental wages taxed apart."""
    return bool(earnings) and all(earning.flat for earning in earnings)


def _method(case: Case, tax: TaxInForce) -> Callable[..., Worksheet]:
    return case.methods.get(tax.id, tax.rule.default)


def _periods(case: Case, tax: TaxInForce) -> int:
    daily = tax.rule.table.head.daily_periods
    return daily if daily is not None and case.frequency == "daily" else case.periods


def _supplemental_income_tax(case: Case, tax: TaxInForce, wages: Wages, taxes: _Taxes) -> None:
    """Tax on supplemental wages that are taxed apart, where there are any."""
    if not wages.flat:
        return
    if tax.id in case.overrides:
        _enter_override(case, tax, "employee", wages.flat, taxes)
        return
    exempt = bool(case.certificates[tax.jurisdiction].get("exempt"))
    supplement = Supplement(wages.flat, case.before.supplemental_wages, wages.flat_bonuses, exempt)
    supplement.federal_tax = _withheld(taxes).get(FLAT, 0)
    worksheet = _method(case, tax)(supplement, tax.rule.table)
    _enter(tax, "employee", wages.flat, worksheet, taxes)


def _contribution(case: Case, tax: TaxInForce, wages: Cents, taxes: _Taxes) -> None:
    """The shares of a tax of social insurance, each payer's an entry of its own."""
    if tax.needs_own_rate and case.unemployment_rate is None:
        taxes.not_computed.append(f"{tax.id}: the employer's rate is not given")
        return
    before = case.before.wages.get(tax.wages_of, 0)
    compute = _method(case, tax)
    for payer in tax.payers:
        due = Contribution(wages, before, payer, case.unemployment_rate, case.state)
        try:
            worksheet = compute(due, tax.rule.table)
        except TableError as error:  # a figure that the method needs is not known yet
            path = f"employer.methods.{tax.id}"
            raise InvalidRequest([Fault(path, str(error))]) from None
        if payer == "employee" and tax.id in case.overrides:
            _enter_override(case, tax, payer, worksheet["(taxable)"], taxes)
        else:
            _enter(tax, payer, worksheet["(taxable)"], worksheet, taxes)


def _enter(
    tax: TaxInForce, payer: str, wages: Cents, worksheet: Worksheet, taxes: _Taxes, *before: str
) -> None:
    identity = tax.id if len(tax.payers) <= 1 else f"{tax.id}/{payer}"
    taxes.worksheets[identity] = worksheet
    table, ids = tax.rule.table.id, (*before, identity)
    taxes.entries.append(Tax(tax.id, payer, wages, worksheet.result, table, ids))


def _enter_override(case: Case, tax: TaxInForce, payer: str, wages: Cents, taxes: _Taxes) -> None:
    amount, table = case.overrides[tax.id], tax.rule.table.id
    taxes.entries.append(Tax(tax.id, payer, wages, amount, table, overridden=True))


# The sums


def _paycheck(case: Case, gross: Wages, deductions: Deductions, taxes: _Taxes) -> Paycheck:
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
    return Paycheck(
        pay_date=case.pay_date,
        earnings_cents=tuple(earning.amount for earning in case.earnings),
        imputed_cents=sum(earning.amount for earning in case.earnings if earning.imputed),
        gross_cents=gross.gross,
        net_cents=net,
        employer_cost_cents=gross.gross + employer,
        taxes=tuple(taxes.entries),
        deductions=entries,
        year_to_date_cents=_year_to_date(case, entries, taxes.entries),
        worksheets=worksheets,
        tables=TablesUsed(__version__, case.in_force.digest),
        not_computed=(*case.in_force.gaps, *taxes.not_computed),
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
    wages = dict(case.before.wages)
    paid = {"employee": dict(case.before.taxes), "employer": dict(case.before.employer_taxes)}
    deducted = dict(case.before.deductions)
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
