"""Reading the deductions that the employee elected, and the employer's retirement plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from asopay.deductions.match import BASIC, ENHANCED, QACA, MatchFormula, Tier
from asopay.deductions.standing import Plan
from asopay.deductions.taking import UNLIMITED, Election
from asopay.earnings.hours import TEN_THOUSAND, ten_thousandths
from asopay.earnings.reading import PaidEarning
from asopay.errors import one_of
from asopay.faults import Faults
from asopay.money import ONE, Cents, Rate
from asopay.parties import Employee, RetirementPlan
from asopay.paycheck import Deduction
from asopay.sourcing import add_up
from asopay.taxability import DeductionKind, EarningKind

NONQUALIFIED = "nonqualified"
"""The kind of a plan beside the one that the employer's rules are of."""

HUNDRED_PERCENT = 100 * TEN_THOUSAND
SAFE_HARBORS = {"basic": BASIC, "enhanced": ENHANCED, "qaca": QACA}
_CHOICES = {
    "safe_harbor": (None, *SAFE_HARBORS),
    "match_by": ("pay", "year"),
    "at_limit": ("stop", "after_tax", "nonqualified"),
    "roth_catch_up": ("stop", "deemed"),
}


def read_election(
    deduction: Deduction, kinds: Mapping[str, DeductionKind] | None, path: str, faults: Faults
) -> Election:
    """The deduction in cents; without kinds (the pay date is at fault) its kind is not checked."""
    if (deduction.amount is None) == (deduction.percent is None):
        given = "neither is" if deduction.amount is None else "both are"
        faults.add(path, f"amount or percent: {given} given, one is needed")
    amount = _optional(deduction.amount, f"{path}.amount", faults)
    percent = None
    if deduction.percent is not None:
        percent = read_percent(deduction.percent, f"{path}.percent", faults)
    employer = faults.cents(f"{path}.employer_amount", deduction.employer_amount)
    of_kind = UNLIMITED
    if kinds is not None:
        of_kind = kinds.get(deduction.kind, UNLIMITED)
        if of_kind is UNLIMITED:
            faults.unknown(f"{path}.kind", deduction.kind, kinds)
    election = Election(deduction.kind, amount or 0, percent, employer, of_kind)
    election.required_by_law = deduction.required_by_law
    election.arrears = faults.cents(f"{path}.arrears", deduction.arrears)
    election.arrears_limit = _optional(deduction.arrears_limit, f"{path}.arrears_limit", faults)
    election.year_limit = _optional(deduction.year_limit, f"{path}.year_limit", faults)
    election.catch_up = deduction.catch_up is not False
    if election.of_plan and election.arrears:
        faults.add(f"{path}.arrears", "a deferral that was not made is not made up for")
    return election


def _optional(value: Any, path: str, faults: Faults) -> Cents | None:
    return None if value is None else faults.cents(path, value)


def read_percent(value: Any, path: str, faults: Faults) -> Rate:
    """The rate of a percentage from 0 to 100, with at most four decimals."""
    percent = faults.attempt(path, ten_thousandths, value)
    if percent is None:
        return 0
    if percent > HUNDRED_PERCENT:
        faults.add(path, f"{value} is above 100")
    return percent * ONE // HUNDRED_PERCENT


# What only several deductions, or the employee, together can show


def check_elections(
    deductions: Sequence[Deduction],
    elections: Sequence[Election],
    employee: Employee,
    faults: Faults,
) -> None:
    """Enters what contradicts the employee's circumstances, or another deduction."""
    kinds = [deduction.kind for deduction in deductions]
    for number, (deduction, election) in enumerate(zip(deductions, elections, strict=True)):
        path = f"deductions[{number}]"
        if deduction.catch_up and employee.birth_date is None:
            message = "catch-up amounts go by age: employee.birth_date is needed"
            faults.add(f"{path}.catch_up", message)
        if deduction.catch_up is not None and not _goes_by_age(election.of_kind):
            message = f"no amounts of {deduction.kind} go by age: leave it out"
            faults.add(f"{path}.catch_up", message)
        if employee.s_corporation_shareholder and election.of_kind.cafeteria:
            message = "no cafeteria plan is open to a more-than-2-percent shareholder"
            faults.add(f"{path}.kind", f"{message}: use after_tax_health, or s_corporation_health")
        if deduction.kind == "hsa" and "health_fsa" in kinds:
            other = f"deductions[{kinds.index('health_fsa')}]"
            message = f"nobody may contribute to it beside a general health FSA ({other})"
            faults.add(f"{path}.kind", f"{message}: a limited_fsa goes with it")
    _check_coverage(employee, faults)


def _goes_by_age(kind: DeductionKind) -> bool:
    """Whether a limit of the kind is higher from an age; so it may be of one that is not known."""
    return kind is UNLIMITED or kind.limit is not None or kind.benefit == "hsa"


def _check_coverage(employee: Employee, faults: Faults) -> None:
    coverage, path = employee.health_coverage, "employee.health_coverage"
    if coverage is None:
        return
    months = (coverage.self_only_months, coverage.family_months)
    if min(months) < 0 or sum(months) > 12:  # noqa: PLR2004 - the months of a year
        faults.add(path, f"{months[0]} and {months[1]} months are not within a year")
    if coverage.last_month not in (None, "self_only", "family"):
        faults.unknown(f"{path}.last_month", coverage.last_month, ("self_only", "family"))


# The retirement plan


def read_plan(
    plan: RetirementPlan,
    kinds: Mapping[str, EarningKind],
    earnings: Iterable[PaidEarning],
    before: Cents,
    faults: Faults,
) -> Plan:
    """The employer's plan, with the pay of this paycheck that counts for it."""
    path = "employer.retirement_plan"
    for name, accepted in _CHOICES.items():
        value = getattr(plan, name)
        if value not in accepted:
            faults.unknown(f"{path}.{name}", value, accepted)
    for kind in plan.compensation:
        if kind not in kinds:
            faults.unknown(f"{path}.compensation", kind, kinds)
    counted = (e for e in earnings if not e.imputed and _counts(e, plan, kinds))
    return Plan(
        compensation=add_up(counted),
        before=before,
        formula=_formula(plan, path, faults),
        by_year=plan.match_by == "year",
        match_catch_up=plan.match_catch_up,
        percent_stops=plan.percent_stops,
        defined=bool(plan.compensation),
    )


def _counts(earning: PaidEarning, plan: RetirementPlan, kinds: Mapping[str, EarningKind]) -> bool:
    """Whether an earning is compensation; without a definition, all pay but tax-free assistance."""
    if plan.compensation:
        return earning.kind in plan.compensation
    return earning.kind not in kinds or kinds[earning.kind].exempt is None


def _formula(plan: RetirementPlan, path: str, faults: Faults) -> MatchFormula | None:
    if plan.safe_harbor is not None:
        if plan.match:
            faults.add(f"{path}.match", "the safe_harbor is a formula: give one of them")
        return SAFE_HARBORS.get(plan.safe_harbor)
    if not plan.match:
        return None
    return faults.attempt(f"{path}.match", _tiers, plan)


def _tiers(plan: RetirementPlan) -> MatchFormula:
    return MatchFormula(tuple(Tier(tier.up_to, tier.rate) for tier in plan.match))


def check_plan(
    plan: RetirementPlan,
    elections: Sequence[Election],
    kinds: Mapping[str, DeductionKind],
    faults: Faults,
) -> None:
    """Enters what the deductions ask for and the plan does not have."""
    path = "employer.retirement_plan"
    for kind in plan.kinds:
        if kind not in kinds:
            faults.unknown(f"{path}.kinds", kind, kinds)
    matches = plan.safe_harbor is not None or bool(plan.match)
    for number, election in enumerate(elections):
        if plan.kinds and election.of_plan and election.kind not in plan.kinds:
            message = f"the plan has no {election.kind}: it has {one_of(plan.kinds)}"
            faults.add(f"deductions[{number}].kind", message)
        if matches and election.of_kind.limit and election.employer_amount:
            message = "the plan's formula says what the employer adds: leave it out"
            faults.add(f"deductions[{number}].employer_amount", message)


def continued(
    elections: Sequence[Election],
    plan: RetirementPlan,
    kinds: Mapping[str, DeductionKind],
    has_to_be_roth: Callable[[str], bool],
) -> list[Election]:
    """The elections, each followed by those that the plan has for what its limits leave over.

    With a deemed election, the catch-up of an employee whose catch-up has to be Roth goes on as
    Roth. What is left then stops, or goes on after tax or to a nonqualified plan.
    """
    found: list[Election] = []
    for election in elections:
        found.append(election)
        roth = election.of_kind.limit is not None and has_to_be_roth(election.of_kind.limit)
        for kind in _kinds_after(election, plan, roth_catch_up=roth):
            if kind == NONQUALIFIED or kind in (plan.kinds or kinds):
                more = Election(kind, 0, None, 0, kinds[kind], catch_up=election.catch_up)
                more.continues = len(found) - 1
                found.append(more)
    return found


def _kinds_after(election: Election, plan: RetirementPlan, *, roth_catch_up: bool) -> Iterator[str]:
    kind = election.of_kind
    if kind.roth_as and roth_catch_up and plan.roth_catch_up == "deemed":
        yield kind.roth_as
    if kind.after_tax_as and plan.at_limit == "after_tax":
        yield kind.after_tax_as
    if kind.limit and plan.at_limit == "nonqualified":
        yield NONQUALIFIED
