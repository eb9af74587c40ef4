"""What has to hold in a plan year before it can be settled; every fault is found at once.

A part that could not be read is None and is passed over here: its fault is known already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from attrs import evolve

from asopay.errors import Fault, InvalidRequest, one_of
from asopay.money import ONE, as_text
from asopay.plans.claim_checks import faults_of_claims
from asopay.plans.enrolment import Coverage, enrolment_by_month, person
from asopay.plans.months import MONTHS, MOST_MONTHS
from asopay.plans.plan_year import PlanYear
from asopay.plans.short_term_disability import NAME as DISABILITY
from asopay.plans.stop_loss import contract_period
from asopay.plans.triangles import develop

Faults = Iterator[Fault]
RESERVED = "family"
YEARS = range(1950, 2200)
"""The years in which a plan year may start: far enough from the ends of the calendar."""


def faults_of(plan: PlanYear) -> list[Fault]:
    """All that is wrong with the plan year."""
    found = list(_of_start(plan))
    if plan.start is not None and plan.start.year not in YEARS:
        plan = evolve(plan, start=None)  # type: ignore[arg-type]  # as if it could not be read
    found += [
        *_of_enrolment(plan),
        *_of_coverage(plan),
        *_of_months(plan),
        *_of_funding(plan),
        *_of_stop_loss(plan),
        *_of_shares(plan),
        *_of_benefits(plan),
        *_of_accumulators(plan),
        *_of_reserves(plan),
        *_of_next_year(plan),
        *faults_of_claims(plan),
    ]
    return list(dict.fromkeys(found))


def _of_start(plan: PlanYear) -> Faults:
    if plan.start is not None and plan.start.day != 1:
        yield Fault("start", f"{plan.start} is not the first day of a month")
    if plan.start is not None and plan.start.year not in YEARS:
        yield Fault("start", f"{plan.start} is not in the years {YEARS[0]} to {YEARS[-1]}")
    if not plan.tiers:
        yield Fault("tiers", "there is no tier")


def _unknown_tiers(path: str, names: Iterable[str], plan: PlanYear) -> Faults:
    for name in names:
        if name not in plan.tiers:
            yield Fault(f"{path}.{name}", f"there is no such tier: there is {one_of(plan.tiers)}")


def _each_tier(path: str, amounts: Mapping[str, Any], plan: PlanYear) -> Faults:
    """Every tier has an amount, and no other."""
    yield from _unknown_tiers(path, amounts, plan)
    for name in plan.tiers:
        if name not in amounts:
            yield Fault(path, f"the tier {name} has no amount")


def _of_enrolment(plan: PlanYear) -> Faults:
    if bool(plan.coverage) == bool(plan.enrolment):
        given = "both are" if plan.coverage else "neither is"
        yield Fault("", f"coverage or enrolment: {given} given, one is needed")
    yield from _unknown_tiers("enrolment", plan.enrolment, plan)
    for tier, counts in plan.enrolment.items():
        path = f"enrolment.{tier}"
        if len(counts) != MONTHS:
            yield Fault(path, f"it has {len(counts)} months, not {MONTHS}")
        for number, count in enumerate(counts):
            yield from _whole(f"{path}[{number}]", count)


def _of_months(plan: PlanYear) -> Faults:
    """Somebody is covered in a month, and in the last one if the next year rests on it."""
    if plan.start is None or not (plan.coverage or plan.enrolment):
        return
    known = [cover for cover in plan.coverage if cover.start is not None]
    enrolment = plan.enrolment or enrolment_by_month(known, plan.tiers, plan.start)
    if not any(count for counts in enrolment.values() for count in counts):
        path = "enrolment" if plan.enrolment else "coverage"
        yield Fault(path, "nobody is covered on the first day of a month")
        return
    in_last_month = any(counts[-1] for counts in enrolment.values() if counts)
    if plan.next_year and plan.next_year.enrolment is None and not in_last_month:
        yield Fault("next_year.enrolment", "it is needed: nobody is covered in the last month")


def _of_coverage(plan: PlanYear) -> Faults:
    known: dict[str, list[tuple[int, Coverage]]] = {}
    for number, cover in enumerate(plan.coverage):
        path = f"coverage[{number}]"
        if cover.tier is not None and cover.tier not in plan.tiers:
            yield Fault(f"{path}.tier", f"{cover.tier!r} is not one of {one_of(plan.tiers)}")
        yield from _of_names(path, cover)
        if cover.start is None:
            continue
        if cover.end is not None and cover.end < cover.start:
            yield Fault(f"{path}.end", f"{cover.end} is before the start, {cover.start}")
        known.setdefault(cover.employee, []).append((number, cover))
    for covers in known.values():
        ordered = sorted(covers, key=lambda each: each[1].start)
        for (_, earlier), (number, later) in pairwise(ordered):
            if earlier.end is None or earlier.end >= later.start:
                message = f"{later.employee} is covered already on {later.start}"
                yield Fault(f"coverage[{number}].start", message)


def _of_names(path: str, cover: Coverage) -> Faults:
    names = [("employee", cover.employee)]
    names += [(f"dependents[{n}]", name) for n, name in enumerate(cover.dependents)]
    for field, name in names:
        if name is not None and (not name or "/" in name or name == RESERVED):
            yield Fault(
                f"{path}.{field}", f"{name!r} is no name: '/' and {RESERVED!r} are not used"
            )
    for name, times in Counter(cover.dependents).items():
        if times > 1:
            yield Fault(f"{path}.dependents", f"{name!r} is given {times} times")


def _of_funding(plan: PlanYear) -> Faults:
    funding = plan.funding
    if funding.method == "rates":
        yield from _each_tier("funding.rates", funding.rates, plan)
        for name, tier in plan.tiers.items():
            if name in funding.rates and tier.employee_contribution > funding.rates[name]:
                path = f"tiers.{name}.employee_contribution"
                more = f"more than the tier's rate of {as_text(funding.rates[name])}"
                yield Fault(path, f"{as_text(tier.employee_contribution)} is {more}")
    aggregate = plan.stop_loss.aggregate if plan.stop_loss else None
    if funding.method == "maximum" and aggregate is None:
        yield Fault(
            "funding.method", "the maximum is that of stop_loss.aggregate, which is missing"
        )
    if funding.method == "level" and not funding.claims_fund:
        yield Fault("funding.claims_fund", "it is needed for level funding")
    if funding.method == "level" and plan.stop_loss is None:
        yield Fault("stop_loss", "it is needed for level funding: it bears what exceeds the fund")


def _of_stop_loss(plan: PlanYear) -> Faults:
    stop_loss = plan.stop_loss
    if stop_loss is None:
        return
    if stop_loss.basis is not None and plan.start is not None:
        try:
            contract_period(stop_loss.basis, plan.start)
        except ValueError as error:
            yield Fault("stop_loss.basis", str(error))
    if stop_loss.basis == "paid" and stop_loss.first_effective is None:
        yield Fault("stop_loss.first_effective", "it is needed for the basis 'paid'")
    yield from _of_lasers(plan)
    for number, benefit in enumerate(stop_loss.benefits):
        yield from _unknown_benefit(f"stop_loss.benefits[{number}]", benefit, plan)
    if stop_loss.aggregate is not None:
        aggregate = stop_loss.aggregate
        path = "stop_loss.aggregate.factors"
        if aggregate.factors:
            yield from _each_tier(path, aggregate.factors, plan)
        elif not aggregate.expected:
            yield Fault(path, "factors by tier are needed, or expected claims")


def _benefits(plan: PlanYear) -> list[str]:
    """The names of the plan's benefits, and of those that claims were reported for."""
    names = [*plan.benefits, *(claim.benefit for claim in plan.paid_claims)]
    if plan.short_term_disability:
        names.append(DISABILITY)
    return list(dict.fromkeys(names))


def _unknown_benefit(path: str, name: str | None, plan: PlanYear) -> Faults:
    if name is not None and name not in _benefits(plan):
        known = one_of(_benefits(plan)) or "none"
        yield Fault(path, f"{name!r} is no benefit of the plan: there is {known}")


def _people(plan: PlanYear) -> set[str]:
    """Everybody who is covered, and whom claims were reported for."""
    covered = {
        person(cover.employee, member)
        for cover in plan.coverage
        for member in ("", *cover.dependents)
        if cover.employee is not None and member is not None
    }
    return covered | {claim.person for claim in plan.paid_claims}


def _of_lasers(plan: PlanYear) -> Faults:
    specific = plan.stop_loss.specific if plan.stop_loss else None
    if specific is None or not plan.coverage:
        return
    for name in sorted(specific.lasers.keys() - _people(plan)):
        yield Fault(f"stop_loss.specific.lasers.{name}", "there is no such person")


def _of_benefits(plan: PlanYear) -> Faults:
    for name, benefit in plan.benefits.items():
        path = f"benefits.{name}"
        if benefit.embedded is False and benefit.family_deductible is None:
            yield Fault(f"{path}.family_deductible", "it is needed where embedded is false")
        for key, service in benefit.services.items():
            months = f"{path}.services.{key}.waiting_months"
            yield from _months(months, service.waiting_months)
    terms = plan.short_term_disability
    if terms:
        yield from _whole("short_term_disability.elimination_days", terms.elimination_days)
        yield from _whole("short_term_disability.weeks", terms.weeks)


def _whole(path: str, number: int | None) -> Faults:
    if number is not None and number < 0:
        yield Fault(path, f"{number} is below zero")


def _months(path: str, number: int | None) -> Faults:
    if number is not None and not 0 <= number <= MOST_MONTHS:
        yield Fault(path, f"{number} is not from 0 to {MOST_MONTHS} months")


def _of_accumulators(plan: PlanYear) -> Faults:
    """Each is named by a benefit, a person or a family of the plan, and what is counted."""
    people = _people(plan)
    people |= {f"{cover.employee}/{RESERVED}" for cover in plan.coverage}
    for name in plan.accumulators:
        benefit, _, rest = name.partition("/")
        whose, _, counted = rest.rpartition("/")
        kinds = {"deductible", "out of pocket", "paid"}
        if benefit in plan.benefits:
            kinds |= {f"lifetime {service}" for service in plan.benefits[benefit].services}
        if benefit not in plan.benefits or whose not in people or counted not in kinds:
            known = "a benefit, a person and what is counted, such as medical/E-1/deductible"
            yield Fault(f"accumulators.{name}", f"it is not named by {known}")


def _of_shares(plan: PlanYear) -> Faults:
    shares = {"funding.refund_share": plan.funding.refund_share}
    for name, benefit in plan.benefits.items():
        shares[f"benefits.{name}.coinsurance"] = benefit.coinsurance
        for key, service in benefit.services.items():
            path = f"benefits.{name}.services.{key}.coinsurance"
            shares[path] = service.coinsurance or 0
    if plan.short_term_disability:
        shares["short_term_disability.share"] = plan.short_term_disability.share
    if plan.alternatives and plan.alternatives.level:
        shares["alternatives.level.refund_share"] = plan.alternatives.level.refund_share
    for path, share in shares.items():
        if not 0 <= share <= ONE:
            yield Fault(path, "it is not from 0 to 1")
    for name, tier in plan.tiers.items():
        if tier.factor <= 0:
            yield Fault(f"tiers.{name}.factor", "it is not above zero")
    if plan.alternatives and plan.alternatives.insured is not None:
        yield from _each_tier("alternatives.insured", plan.alternatives.insured, plan)


def _of_reserves(plan: PlanYear) -> Faults:
    reserves = plan.reserves
    if reserves.triangle and reserves.method == "chain_ladder":
        try:
            develop(reserves.triangle)
        except InvalidRequest as error:
            yield from (Fault(f"reserves.{f.path}", f.message) for f in error.faults)
    if reserves.method == "months_of_claims" and not reserves.months:
        yield Fault("reserves.months", "it is needed for months of claims")
    yield from _months("reserves.run_out_months", reserves.run_out_months)
    if reserves.tail <= 0:
        yield Fault("reserves.tail", "it is not above zero")


def _of_next_year(plan: PlanYear) -> Faults:
    asked = plan.next_year
    if asked is None:
        return
    yield from _months("next_year.months", asked.months)
    if asked.enrolment is not None:
        for tier, count in asked.enrolment.items():
            yield from _whole(f"next_year.enrolment.{tier}", count)
        yield from _unknown_tiers("next_year.enrolment", asked.enrolment, plan)
        if not any(asked.enrolment.values()):
            yield Fault("next_year.enrolment", "nobody is covered")
    if asked.full_credibility is not None and asked.full_credibility < 1:
        yield Fault("next_year.full_credibility", f"{asked.full_credibility} is not above zero")
