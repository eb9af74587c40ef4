"""The deductions of a request made ready: elections, the plan's rules, and where limits stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from asopay.deductions import Election, Standing
from asopay.deductions.elective_deferrals import catch_up_amount
from asopay.deductions.reading import (
    check_elections,
    check_plan,
    continued,
    read_election,
    read_plan,
)
from asopay.deductions.standing import Additions, Contributions, Deferrals
from asopay.earlier import PLAN_COMPENSATION, Before
from asopay.earnings.reading import PaidEarning
from asopay.faults import Faults
from asopay.in_force import InForce
from asopay.money import Cents
from asopay.paycheck import PaycheckRequest
from asopay.taxability import DeductionKind


def read_deductions(
    request: PaycheckRequest,
    in_force: InForce | None,
    earnings: Sequence[PaidEarning],
    before: Before,
    faults: Faults,
) -> tuple[list[Election], Standing | None]:
    """The elections, with those that follow from the plan's rules, and the limits they are under.

    Without what is in force (the pay date is at fault) there are no limits.
    """
    kinds = in_force.kinds.deductions if in_force else None
    elections = [
        read_election(deduction, kinds, f"deductions[{number}]", faults)
        for number, deduction in enumerate(request.deductions)
    ]
    check_elections(request.deductions, elections, request.employee, faults)
    stated = request.employee.prior_year_wages
    earned = 0 if stated is None else faults.cents("employee.prior_year_wages", stated)
    if in_force is None:
        return elections, None
    reader = _Reader(request, in_force, before, earned)
    plan = request.employer.retirement_plan
    if plan is None:
        return elections, reader.standing(elections)
    check_plan(plan, request.deductions, elections, in_force.kinds.deductions, faults)
    elections = continued(elections, plan, in_force.kinds.deductions, reader.has_to_be_roth)
    standing = reader.standing(elections)
    counted = before.wages.get(PLAN_COMPENSATION, 0)
    standing.plan = read_plan(plan, in_force.kinds.earnings, earnings, counted, faults)
    for additions in standing.additions.values():
        is_known = PLAN_COMPENSATION in before.wages or not additions.so_far
        if is_known and not plan.compensation:
            additions.compensation = counted + standing.plan.compensation.gross
    return elections, standing


class _Reader:
    def __init__(
        self, request: PaycheckRequest, in_force: InForce, before: Before, earned: Cents
    ) -> None:
        self.employee = request.employee
        self.pay_date = request.pay_date
        self.in_force = in_force
        self.before = before
        self.earned = earned

    def has_to_be_roth(self, limit: str) -> bool:
        """Whether catch-up amounts under a limit on deferrals have to be Roth."""
        above = self.in_force.limits[limit].figures.roth_catch_up_above
        return above is not None and self.earned > above

    def standing(self, elections: Iterable[Election]) -> Standing:
        """The limits that the elections are under, with what was contributed before."""
        standing = Standing(self.in_force.limits["retirement_limits"])
        standing.taken.update(self.before.deductions)
        for election in elections:
            kind = election.of_kind
            if kind.limit and kind.limit not in standing.deferrals:
                standing.deferrals[kind.limit] = self.deferrals(kind.limit)
            if kind.additions and kind.additions not in standing.additions:
                ordinary = self.in_force.limits["elective_deferral"].figures.limit
                standing.additions[kind.additions] = Additions(standing.limits, ordinary)
            if kind.benefit and kind.benefit not in standing.contributions:
                standing.contributions[kind.benefit] = self.contributions(kind.benefit)
        if standing.deferrals or standing.additions or standing.contributions:
            self.count_earlier(standing)
        return standing

    def deferrals(self, limit: str) -> Deferrals:
        table = self.in_force.limits[limit]
        catch_up = catch_up_amount(self.employee.birth_date, self.pay_date.year, table)
        return Deferrals(table, catch_up, roth_catch_up=self.has_to_be_roth(limit))

    def contributions(self, benefit: str) -> Contributions:
        table = self.in_force.limits["benefit_limits"]
        limit = table.figures.limits[benefit]
        if self.employee.files_separately and limit.filing_separately is not None:
            return Contributions(table, limit, limit.filing_separately)
        coverage = self.employee.health_coverage
        catch_up = limit.catch_up_amount(self.employee.birth_date, self.pay_date.year)
        allowed = limit.of_coverage(coverage, catch_up)
        return Contributions(table, limit, allowed, allowed - limit.of_coverage(coverage))

    def count_earlier(self, standing: Standing) -> None:
        """Counts what was deducted earlier in the year or month, and what the employer added."""
        month = f"/{self.pay_date:%Y-%m}"
        for name, kind in self.in_force.kinds.deductions.items():
            contributions = standing.contributions.get(kind.benefit or "")
            key = name + month if contributions and contributions.limit.by_month else name
            taken = self.before.deductions.get(key, 0)
            added = self.before.employer_amounts.get(key, 0)
            if contributions and (taken or added):
                contributions.count(taken, added)
            elif taken or added:
                _count(kind, taken, added, standing)


def _count(kind: DeductionKind, taken: Cents, added: Cents, standing: Standing) -> None:
    """Counts contributions to a retirement plan of earlier in the year."""
    deferrals = standing.deferrals.get(kind.limit or "")
    if deferrals:
        deferrals.count(taken, roth=kind.roth)
        deferrals.before += taken
        standing.matched_before += added
    additions = standing.additions.get(kind.additions or "")
    if additions:
        additions.employer += added
        if kind.limit:
            additions.deferred += taken
        else:
            additions.after_tax += taken
