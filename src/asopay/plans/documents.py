"""JSON documents of plan years: the plan year in, its settlement or its errors out.

Amounts are written as strings of dollars, and equal plan years give byte-equal results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from attrs import frozen

from asopay.documents import beside
from asopay.errors import Fault, InvalidRequest
from asopay.money import Cents, as_text, rounded
from asopay.plans.checks import faults_of
from asopay.plans.enrolment import lives_on
from asopay.plans.fund import FundMonth
from asopay.plans.journal import JournalEntry, journal
from asopay.plans.months import last_day, plan_months
from asopay.plans.outlook import (
    Comparison,
    NextFunding,
    compare,
    most_of_the_year,
    next_funding,
)
from asopay.plans.plan_year import PlanYear
from asopay.plans.settlement import Settlement, settle
from asopay.plans.stop_loss import Shared, specific_stop_loss
from asopay.reading import reader_of
from asopay.schema import schema_of
from asopay.worksheet import Calculation, document_of

OF_MONTH = (
    *("opening", "employees", "employer", "reimbursements", "income"),
    *("claims", "administration", "stop_loss", "fixed", "closing"),
)
"""The amounts of a month of the fund, in the order of the document."""


@frozen
class Settled:
    """A plan year's settlement with what follows from it."""

    settlement: Settlement
    next_year: NextFunding | None
    comparison: Comparison

    @property
    def worksheets(self) -> dict[str, Calculation]:
        """Every worksheet by its name: those of the year, and each claim's by the claim's id."""
        settled = self.settlement
        sheets = {"settlement": settled.settlement, "run_out": settled.run_out}
        if settled.reserve.result:
            sheets["reserve"] = settled.reserve
        stop_loss = settled.plan.stop_loss
        if stop_loss and stop_loss.specific:
            sheets["specific"] = specific_stop_loss(settled.shared, stop_loss.specific)
        if settled.aggregate:
            sheets["aggregate"] = settled.aggregate
        if self.next_year:
            sheets["expected_claims"] = self.next_year.expected
            sheets["funding_cost"] = self.next_year.cost
        done = (*settled.adjudicated, *settled.reversed)
        return {each.claim: each.worksheet for each in done} | sheets


def read_plan_year(document: Any) -> PlanYear:
    """The plan year that the document states.

    Raises `InvalidRequest` with all the faults of the document.
    """
    faults: list[Fault] = []
    plan: PlanYear = reader_of(PlanYear)(document, "", faults)
    others = faults_of(plan)
    if faults or others:
        raise InvalidRequest([*faults, *beside(faults, others)])
    return plan


def settle_plan_year(plan: PlanYear) -> Settled:
    """The settlement of a plan year, the next year's funding, and the comparison.

    Raises `InvalidRequest` with all the faults of the plan year.
    """
    faults = faults_of(plan)
    if faults:
        raise InvalidRequest(faults)
    settled = settle(plan)
    ahead = next_funding(settled, plan.next_year) if plan.next_year else None
    return Settled(settled, ahead, compare(settled))


def settlement(document: Any) -> dict[str, Any]:
    """The settlement document of a plan year document."""
    return settlement_document(settle_plan_year(read_plan_year(document)))


def plan_year_schema() -> dict[str, Any]:
    """The JSON Schema of a plan year document."""
    return schema_of(PlanYear, "Plan year of a self-funded plan")


def settlement_document(settled: Settled) -> dict[str, Any]:
    """The plain form of a settlement."""
    year = settled.settlement
    plan = year.plan
    return {
        "name": plan.name,
        "start": plan.start.isoformat(),
        "end": last_day(plan.start).isoformat(),
        "enrolment": {tier: list(counts) for tier, counts in year.enrolment.items()},
        "covered_lives": [lives_on(plan.coverage, day) for day in plan_months(plan.start)],
        "settlement": _amounts(year.settlement),
        "run_out": _amounts(year.run_out),
        "stop_loss": _stop_loss(year),
        "reserve": _reserve(year),
        "fund": [_month(month) for month in year.months],
        "claims": [
            {
                "id": each.claim,
                "allowed": as_text(each.allowed),
                "plan": as_text(each.plan),
                "member": as_text(each.member),
                "other_plan": as_text(each.other),
            }
            for each in year.adjudicated
        ],
        "payments": [
            {
                "claim": payment.claim,
                "paid": payment.paid.isoformat(),
                "amount": as_text(payment.amount),
                "reason": payment.reason,
            }
            for payment in year.payments
        ],
        "accumulators": _texts(year.accumulators),
        "journal": [_entry(entry) for entry in journal(year)],
        "next_year": _next_year(settled.next_year),
        "comparison": _comparison(settled.comparison),
        "worksheets": [document_of(*each) for each in settled.worksheets.items()],
    }


def _texts(amounts: Mapping[str, Cents]) -> dict[str, str]:
    return {name: as_text(amount) for name, amount in sorted(amounts.items())}


def _amounts(line: Calculation) -> dict[str, str]:
    """The lines of a calculation that holds amounts only, by names without brackets."""
    names = {label: label.strip("()").replace(" ", "_").replace("-", "_") for label in line}
    return {names[label]: as_text(each) for label, each in line.items()}


def _stop_loss(year: Settlement) -> dict[str, Any]:
    document: dict[str, Any] = {
        "specific": as_text(year.specific),
        "aggregate": as_text(year.aggregate.result if year.aggregate else 0),
        "payments": [_shared(each) for each in year.shared],
    }
    most = most_of_the_year(year)
    if most:
        document["maximum_cost"] = as_text(most.maximum)
    return document


def _shared(each: Shared) -> dict[str, Any]:
    return {
        "claim": each.payment.claim,
        "person": each.payment.person,
        "paid": each.payment.paid.isoformat(),
        "amount": as_text(each.payment.amount),
        "reimbursed": as_text(each.reimbursed),
        "counted": as_text(each.counted),
    }


def _reserve(year: Settlement) -> dict[str, Any]:
    line, development = year.settlement, year.development
    document: dict[str, Any] = {
        "method": year.plan.reserves.method,
        "at_start": as_text(line["(reserve at start)"]),
        "at_end": as_text(line["(reserve at end)"]),
    }
    if development:
        document["unpaid_by_month"] = _list(development.unpaid_cents)
        document["age_to_age"] = [_decimal(factor) for factor in development.factors]
    return document


def _decimal(factor: Fraction) -> str:
    """The factor with six decimals, half up."""
    return f"{Decimal(rounded(factor * 1_000_000)).scaleb(-6):f}"


def _list(amounts: Sequence[Cents]) -> list[str]:
    return [as_text(amount) for amount in amounts]


def _month(month: FundMonth) -> dict[str, str]:
    amounts = {name: as_text(getattr(month, name)) for name in OF_MONTH}
    return {"month": month.month.isoformat(), **amounts}


def _entry(entry: JournalEntry) -> dict[str, Any]:
    postings = [
        {"account": each.account, "debit": as_text(each.debit), "credit": as_text(each.credit)}
        for each in entry.postings
    ]
    return {"date": entry.day.isoformat(), "text": entry.text, "postings": postings}


def _next_year(ahead: NextFunding | None) -> dict[str, Any] | None:
    if ahead is None:
        return None
    return {
        "expected_claims": as_text(ahead.expected.result),
        "expected_cost": as_text(ahead.expected["(expected cost)"]),
        "cost": as_text(ahead.cost["(cost)"]),
        "funded": as_text(ahead.cost.result),
        "rates": {tier: as_text(rate) for tier, rate in ahead.rates.items()},
    }


def _comparison(comparison: Comparison) -> dict[str, str]:
    ways = {
        "self_funded": comparison.self_funded,
        "level_funded": comparison.level_funded,
        "insured": comparison.insured,
    }
    return {name: as_text(cost) for name, cost in ways.items() if cost is not None}
