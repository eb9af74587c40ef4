"""What has to hold of the claims of a plan year before it can be settled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from asopay.errors import Fault, one_of
from asopay.money import as_text
from asopay.plans.claims import Claim
from asopay.plans.enrolment import Coverage, cover_on
from asopay.plans.months import MONTHS, MOST_MONTHS, last_day
from asopay.plans.plan_year import PlanYear
from asopay.plans.short_term_disability import DisabilityClaim

Faults = Iterator[Fault]
Covers = dict[str, list[Coverage]]
"""The covers of each employee whose start is known."""


def faults_of_claims(plan: PlanYear) -> Faults:
    """All that is wrong with the claims of the plan year; what is None could not be read."""
    covers: Covers = {}
    for cover in plan.coverage:
        if cover.start is not None:
            covers.setdefault(cover.employee, []).append(cover)
    yield from _of_claims(plan, covers)
    yield from _of_disability_claims(plan, covers)
    yield from _of_paid_claims(plan)
    yield from _of_ids(plan)


def _of_claims(plan: PlanYear, covers: Covers) -> Faults:
    for number, claim in enumerate(plan.claims):
        path = f"claims[{number}]"
        yield from _negative_amounts(path, claim, ("billed", "allowed", "alternative"))
        yield from _of_benefit(plan, claim, path)
        yield from _of_days(plan, claim, path, "service_date", claim.service_date)
        yield from _of_cover(covers, claim, path, "service_date", claim.service_date)
        other = claim.other_plan
        if other and other.allowed is not None and other.paid > other.allowed:
            more = f"more than the {as_text(other.allowed)} that it allowed"
            yield Fault(f"{path}.other_plan.paid", f"{as_text(other.paid)} is {more}")


def _of_benefit(plan: PlanYear, claim: Claim, path: str) -> Faults:
    if claim.benefit is None:
        return
    if claim.benefit not in plan.benefits:
        known = one_of(plan.benefits) or "none"
        yield Fault(f"{path}.benefit", f"{claim.benefit!r} is not one of {known}")
    elif claim.service and claim.service not in plan.benefits[claim.benefit].services:
        known = one_of(plan.benefits[claim.benefit].services) or "none"
        yield Fault(f"{path}.service", f"{claim.service!r} is not one of {known}")


def _negative_amounts(path: str, claim: object, fields: Iterable[str]) -> Faults:
    for field in fields:
        amount = getattr(claim, field)
        if amount is not None and amount < 0:
            yield Fault(f"{path}.{field}", f"{as_text(amount)} is below zero")


def _of_cover(
    covers: Covers, claim: Claim | DisabilityClaim, path: str, field: str, day: date | None
) -> Faults:
    """The person of the claim is covered on the day."""
    own = covers.get(claim.employee)
    member = claim.member if isinstance(claim, Claim) else ""
    if own is None:
        yield Fault(f"{path}.employee", f"{claim.employee!r} is not in coverage")
    elif day is not None and cover_on(own, claim.employee, member, day) is None:
        yield Fault(f"{path}.{field}", f"{claim.person} has no cover on {day}")


def _of_days(plan: PlanYear, claim: Any, path: str, field: str, day: date | None) -> Faults:
    if day is None or plan.start is None:
        return
    end = last_day(plan.start)
    if isinstance(claim, Claim | DisabilityClaim) and not plan.start <= day <= end:
        yield Fault(f"{path}.{field}", f"{day} is not in the plan year, {plan.start} to {end}")
    closes = _end_of_run_out(plan)
    for name, event in (("paid", claim.paid), ("reversed", claim.reversed)):
        if event is not None and not max(day, plan.start) <= event <= closes:
            accepted = f"from {max(day, plan.start)} to {closes}, the end of the run-out"
            yield Fault(f"{path}.{name}", f"{event} is not {accepted}")
    if claim.paid and claim.reversed and claim.reversed < claim.paid:
        yield Fault(f"{path}.reversed", f"{claim.reversed} is before it was paid, {claim.paid}")


def _of_disability_claims(plan: PlanYear, covers: Covers) -> Faults:
    if plan.disability_claims and plan.short_term_disability is None:
        yield Fault("short_term_disability", "there are claims for it, and it has no terms")
    for number, claim in enumerate(plan.disability_claims):
        path = f"disability_claims[{number}]"
        yield from _negative_amounts(path, claim, ("weekly_pay", "weekly_other_income"))
        yield from _of_days(plan, claim, path, "disabled_from", claim.disabled_from)
        yield from _of_cover(covers, claim, path, "disabled_from", claim.disabled_from)
        days = claim.disabled_from, claim.disabled_through
        if None not in days and claim.disabled_through < claim.disabled_from:
            message = f"{claim.disabled_through} is before the first day, {claim.disabled_from}"
            yield Fault(f"{path}.disabled_through", message)


def _of_paid_claims(plan: PlanYear) -> Faults:
    for number, reported in enumerate(plan.paid_claims):
        path = f"paid_claims[{number}]"
        yield from _negative_amounts(path, reported, ("amount",))
        yield from _of_days(plan, reported, path, "incurred", reported.incurred)
        if plan.start is not None and reported.incurred is not None:
            end = last_day(plan.start)
            if reported.incurred > end:
                yield Fault(f"{path}.incurred", f"{reported.incurred} is after the year, {end}")


def _of_ids(plan: PlanYear) -> Faults:
    lists: dict[str, Sequence[Any]] = {
        "claims": plan.claims,
        "disability_claims": plan.disability_claims,
        "paid_claims": plan.paid_claims,
    }
    places = [(c.id, f"{name}[{n}].id") for name, own in lists.items() for n, c in enumerate(own)]
    first: set[str | None] = {None}
    for identity, path in places:
        if identity in first - {None}:
            yield Fault(path, f"{identity!r} is the id of another claim")
        first.add(identity)
    closes = _end_of_run_out(plan) if plan.start is not None else None
    for number, recovery in enumerate(plan.recoveries):
        path = f"recoveries[{number}]"
        if recovery.claim not in first:
            yield Fault(f"{path}.claim", f"there is no claim {recovery.claim!r}")
        if closes and recovery.received and not plan.start <= recovery.received <= closes:
            accepted = f"from {plan.start} to {closes}, the end of the run-out"
            yield Fault(f"{path}.received", f"{recovery.received} is not {accepted}")
        yield from _negative_amounts(path, recovery, ("amount",))


def _end_of_run_out(plan: PlanYear) -> date:
    months = min(max(plan.reserves.run_out_months or 0, 0), MOST_MONTHS)
    return last_day(plan.start, MONTHS + months)
