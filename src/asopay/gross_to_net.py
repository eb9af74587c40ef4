"""Gross to net: one paycheck, from the earnings to the net pay.

The road has six steps, in the order of `gross_to_net`: the request is checked and made ready; the
earnings add up to gross pay; deductions are taken; the pay is divided among the states, and each
tax computed on its own taxable wages; garnishments are taken; and the amounts are added up, for
this paycheck and for the year to date.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from attrs import define, field

from asopay._version import __version__
from asopay.assistance import left_out
from asopay.case import Case
from asopay.earlier import AGGREGATED, BELOW_THRESHOLD, PLAN_COMPENSATION
from asopay.errors import Fault, InvalidRequest
from asopay.money import Cents, as_text, at_least
from asopay.paycheck import (
    DeductionTaken,
    Paycheck,
    PaycheckRequest,
    Sourced,
    TablesUsed,
)
from asopay.preparing import prepare
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.shortage import within_pay
from asopay.sourcing import Part, add_up, claims_on, divide, share_out
from asopay.taxability import Wages
from asopay.taxes import Taxes, compute_taxes
from asopay.worksheet import Worksheet

if TYPE_CHECKING:
    from asopay.deductions import Deducted, Election
    from asopay.garnishments import Garnished


def gross_to_net(request: PaycheckRequest, rulebook: Rulebook | None = None) -> Paycheck:
    """The paycheck that the request asks for.

    Raises `InvalidRequest` with all the faults of the request. Without a rulebook, the shipped one
    counts, with the overlay that the environment variable ``ASOPAY_TAX_TABLES`` names.
    """
    return pay(prepare(request, rulebook or standard_rulebook()))


def pay(case: Case) -> Paycheck:
    """The paycheck of a request that is ready; `InvalidRequest` if taxes exceed the pay."""
    gross = add_up(earning for earning in case.earnings if not earning.imputed)

    def attempt(elections: Sequence[Election]) -> _Attempt:
        deductions: list[Deducted] = []
        if elections:
            from asopay.deductions import take_deductions  # read with the first one

            deductions = take_deductions(elections, gross, case.standing)
        parts = _parts(case, deductions)
        taxes = compute_taxes(case, parts)
        return _Attempt(gross, deductions, parts, taxes, _garnished(case, deductions, taxes))

    tried = attempt(case.elections)
    if tried.net < 0:
        tried = within_pay(case.elections, tried, attempt)
    return _paycheck(case, tried)


@define
class _Attempt:
    """What comes of the deductions: the parts of the pay, the taxes on them, and garnishments."""

    gross: Wages
    deductions: list[Deducted]
    parts: list[Part]
    taxes: Taxes
    garnished: Garnished | None
    net: Cents = field(init=False)

    @property
    def taken(self) -> list[Cents]:
        return [each.taken.amount for each in self.deductions]

    @net.default
    def _what_is_left(self) -> Cents:
        withheld = (t.amount_cents for t in self.taxes.entries if t.payer == "employee")
        garnished = self.garnished.total if self.garnished else 0
        return self.gross.gross - sum(withheld) - sum(self.taken) - garnished


def _garnished(case: Case, deductions: list[Deducted], taxes: Taxes) -> Garnished | None:
    """What is taken for orders, if there are any."""
    if case.garnishing is None:
        return None
    return case.garnishing.take(case.earnings, deductions, taxes.entries)


def _parts(case: Case, deductions: list[Deducted]) -> list[Part]:
    """The pay by residence and place of work, with what is deducted and who taxes it."""
    parts = divide(case.earnings) or [Part(case.residence, case.residence, (), False, [], [])]
    share_out([each.taken for each in deductions], parts)
    for part in parts:
        part.claims = claims_on(part, case.law)
    return parts


# The sums


def _paycheck(case: Case, tried: _Attempt) -> Paycheck:
    gross, taxes, parts = tried.gross, tried.taxes, tried.parts
    entries, worksheets = _deduction_entries(tried.deductions)
    worksheets = {**case.worksheets, **worksheets, **taxes.worksheets}
    garnished = tried.garnished
    if garnished:
        worksheets.update(garnished.worksheets)
    if tried.net < 0:
        message = f"taxes exceed gross pay by {as_text(-tried.net)}"
        raise InvalidRequest([Fault("deductions", message)])
    employer = sum(tax.amount_cents for tax in taxes.entries if tax.payer == "employer")
    employer += sum(entry.employer_amount_cents for entry in entries)
    return Paycheck(
        pay_date=case.pay_date,
        earnings_cents=_by_earning(case),
        imputed_cents=sum(earning.amount for earning in case.earnings if earning.imputed),
        gross_cents=gross.gross,
        net_cents=tried.net + sum(each.amount_cents for each in case.reimbursements),
        employer_cost_cents=gross.gross + employer,
        taxes=tuple(taxes.entries),
        deductions=entries,
        year_to_date_cents=_year_to_date(case, entries, parts, taxes),
        work_days=case.work_days,
        worksheets=worksheets,
        tables=TablesUsed(__version__, _digest(case)),
        not_computed=(*case.in_force.gaps, *taxes.not_computed),
        exempt_from=tuple(taxes.exempt_from),
        sourcing=tuple(_sourced(part) for part in parts),
        garnishments=garnished.entries if garnished else (),
        reimbursements=case.reimbursements,
        insured_in=case.insured_in,
    )


def _digest(case: Case) -> str:
    """The digest of the tables in force, with those of garnishments."""
    digest = case.in_force.digest
    return case.garnishing.digest(digest) if case.garnishing else digest


def _by_earning(case: Case) -> tuple[Cents, ...]:
    """The amounts of the request's earnings, whose pieces add up."""
    amounts: dict[int, Cents] = {}
    for piece in case.earnings:
        amounts[piece.number] = amounts.get(piece.number, 0) + piece.amount
    return tuple(amounts.values())


def _deduction_entries(
    deductions: list[Deducted],
) -> tuple[tuple[DeductionTaken, ...], dict[str, Worksheet]]:
    """The entries of the result, without those that would take on what nothing was left of."""
    entries: list[DeductionTaken] = []
    worksheets = {}
    identities: list[str] = []
    for each in deductions:
        continued = each.election.continues
        identities.append(f"deductions[{len(entries)}]")
        if continued is not None and not each.elected:
            continue
        sheets = {identities[-1] + part: sheet for part, sheet in each.worksheets.items()}
        worksheets.update(sheets)
        entries.append(
            DeductionTaken(
                each.taken.kind,
                each.taken.amount,
                each.taken.employer_amount,
                each.elected,
                tuple(sheets),
                each.unpaid,
                each.arrears,
                "" if continued is None else identities[continued],
            )
        )
    return tuple(entries), worksheets


def _sourced(part: Part) -> Sourced:
    """Where the wages of the part were earned, and which states and places tax them."""
    return Sourced(part.residence, part.work, part.paid.gross, part.claims, part.places)


def _count_in_month(wages: dict[str, Cents], tax: str, amount: Cents, month: str) -> None:
    """Adds the wages of the calendar month; those of another month are done with."""
    for key in [key for key in wages if key.startswith(f"{tax}/") and key != month]:
        del wages[key]
    wages[month] = wages.get(month, 0) + amount


def _count_deduction(amounts: dict[str, Cents], kind: str, amount: Cents, case: Case) -> None:
    """Adds an amount of the kind and, where its limit goes by the month, to those of the month."""
    benefit = case.in_force.kinds.deductions[kind].benefit
    limits = case.in_force.limits["benefit_limits"].figures.limits
    by_month = bool(benefit) and limits[benefit].by_month
    if (by_month or type(amount) is int) and not amount:
        return
    amounts[kind] = amounts.get(kind, 0) + amount
    if by_month:
        _count_in_month(amounts, kind, amount, case.month_key(kind))


def _year_to_date(
    case: Case, deductions: tuple[DeductionTaken, ...], parts: list[Part], taxes: Taxes
) -> dict[str, dict[str, Cents]]:
    wages = dict(case.before.wages)
    paid = {"employee": dict(case.before.taxes), "employer": dict(case.before.employer_taxes)}
    deducted = dict(case.before.deductions)
    added = dict(case.before.employer_amounts)
    counted: dict[str, Cents] = {}
    for tax in taxes.entries:
        counted[tax.id] = at_least(counted.get(tax.id, 0), tax.wages_cents)
        amounts = paid[tax.payer]
        amounts[tax.id] = amounts.get(tax.id, 0) + tax.amount_cents
    for identity, amount in counted.items():
        wages[identity] = wages.get(identity, 0) + amount
        if case.in_force.taxes[identity].by_month:
            _count_in_month(wages, identity, amount, case.month_key(identity))
    aggregated = sum(e.amount for e in case.earnings if e.supplemental and not e.flat)
    if aggregated:
        wages[AGGREGATED] = wages.get(AGGREGATED, 0) + aggregated
    for state in case.law.spared:
        spared = sum(part.paid.gross for part in parts if part.work[0] == state)
        key = f"{state}/{BELOW_THRESHOLD}"
        wages[key] = wages.get(key, 0) + spared
    for state in taxes.caught_up:
        del wages[f"{state}/{BELOW_THRESHOLD}"]
    if case.plan:
        pay = case.plan.compensation.gross
        wages[PLAN_COMPENSATION] = wages.get(PLAN_COMPENSATION, 0) + pay
    for key, amount in left_out(case.earnings, case.in_force):
        wages[key] = wages.get(key, 0) + amount
    for deduction in deductions:
        _count_deduction(deducted, deduction.kind, deduction.amount_cents, case)
        _count_deduction(added, deduction.kind, deduction.employer_amount_cents, case)
    return {
        "wages": wages,
        "taxes": paid["employee"],
        "employer_taxes": paid["employer"],
        "deductions": deducted,
        "employer_amounts": added,
    }
