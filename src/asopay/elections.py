"""The deductions of a request made ready: elections, the plan's rules, and where limits stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from attrs import define

from asopay.deductions import Election, Standing
from asopay.deductions.elective_deferrals import catch_up_amount
from asopay.deductions.reading import (
    check_elections,
    check_plan,
    continued,
    read_election,
    read_plan,
)
from asopay.deductions.standing import Additions, Contributions, Deferrals, Plan
from asopay.earlier import PLAN_COMPENSATION, Before
from asopay.earnings.reading import PaidEarning
from asopay.faults import Faults
from asopay.in_force import InForce
from asopay.money import Cents
from asopay.paycheck import PaycheckRequest


@define
class Elected:
    """The elections, with those that follow from the plan's rules, and the limits they are under.

    `standing` makes the limits anew, as they stand before the paycheck, so that they can be counted
    on each time that deductions are tried.
    """

    elections: list[Election]
    plan: Plan | None
    standing: Callable[[], Standing]


def read_deductions(
    request: PaycheckRequest,
    in_force: InForce | None,
    earnings: Sequence[PaidEarning],
    before: Before,
    faults: Faults,
) -> Elected | None:
    """What the employee elected; None without what is in force (the pay date is at fault)."""
    kinds = in_force.kinds.deductions if in_force else None
    elections = [
        read_election(deduction, kinds, f"deductions[{number}]", faults)
        for number, deduction in enumerate(request.deductions)
    ]
    check_elections(request.deductions, elections, request.employee, faults)
    stated = request.employee.prior_year_wages
    earned = 0 if stated is None else faults.cents("employee.prior_year_wages", stated)
    if in_force is None:
        return None
    reader = _Reader(request, in_force, before, earned)
    asked = request.employer.retirement_plan
    if asked is None:
        return Elected(elections, None, lambda: reader.standing(elections))
    check_plan(asked, elections, in_force.kinds.deductions, faults)
    every = continued(elections, asked, in_force.kinds.deductions, reader.has_to_be_roth)
    counted = before.wages.get(PLAN_COMPENSATION, 0)
    plan = read_plan(asked, in_force.kinds.earnings, earnings, counted, faults)
    return Elected(every, plan, lambda: reader.standing(every, plan))


def stand_of(
    elections: Iterable[Election],
    request: PaycheckRequest,
    in_force: InForce,
    before: Before,
    prior_year_wages: Cents,
) -> Standing:
    """The limits that elections are under, as they stand before the paycheck of a request."""
    return _Reader(request, in_force, before, prior_year_wages).standing(elections)


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

    def standing(self, elections: Iterable[Election], plan: Plan | None = None) -> Standing:
        """The limits that the elections are under, with what was contributed before."""
        standing = Standing(self.in_force.limits["retirement_limits"], plan=plan)
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
        for key, amount in self.before.deductions.items():
            self.count(key, amount, 0, standing)
        for key, amount in self.before.employer_amounts.items():
            self.count(key, 0, amount, standing)
        if plan and not plan.defined:
            for additions in standing.additions.values():
                if PLAN_COMPENSATION in self.before.wages or not additions.so_far:
                    additions.compensation = plan.before + plan.compensation.gross
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

    def count(self, key: str, taken: Cents, added: Cents, standing: Standing) -> None:
        """Counts what was deducted, and what the employer added, earlier in the year or month."""
        name, _, month = key.partition("/")
        kind = self.in_force.kinds.deductions[name]
        contributions = standing.contributions.get(kind.benefit or "")
        by_month = contributions is not None and contributions.limit.by_month
        if month != (f"{self.pay_date:%Y-%m}" if by_month else ""):
            return
        if contributions:
            contributions.count(taken, added)
        if kind.limit in standing.deferrals:
            standing.deferrals[kind.limit].count_earlier(taken, roth=kind.roth)
            standing.matched_before += added
        if kind.additions in standing.additions:
            standing.additions[kind.additions].count(taken, added, deferral=kind.limit is not None)
