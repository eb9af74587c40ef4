"""Who is covered: tiers, employees and lives by month, and what they contribute.

A month counts those who are covered on its first day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from asopay.health.premiums import schedule
from asopay.money import ONE, Cents, Rate, dollars
from asopay.paycheck import Deduction
from asopay.plans.months import plan_months


@frozen
class Tier:
    """A tier of cover: its cost as a multiple of the first tier's, and the employee's part.

    `employee_contribution` is that of a month. `self_only` tiers cover nobody but the employee.
    """

    factor: Rate = ONE
    employee_contribution: Cents = 0
    self_only: bool = False


@frozen
class Coverage:
    """The cover of an employee, and of dependents by their names, from a day to a day.

    A change of tier is a second one, from the day after the first.
    """

    employee: str
    tier: str
    start: date
    end: date | None = None
    dependents: Sequence[str] = ()

    def on(self, day: date) -> bool:
        """Whether the employee is covered on the day."""
        return self.start <= day and (self.end is None or day <= self.end)


def person(employee: str, member: str = "") -> str:
    """The name under which amounts of a person are kept.

    >>> person("E-1"), person("E-1", "Ann")
    ('E-1', 'E-1/Ann')
    """
    return f"{employee}/{member}" if member else employee


def cover_on(
    coverage: Iterable[Coverage], employee: str, member: str, day: date
) -> Coverage | None:
    """The cover that the employee or dependent has on the day, if any."""
    for cover in coverage:
        if cover.employee == employee and cover.on(day):
            return cover if not member or member in cover.dependents else None
    return None


def covered_since(coverage: Iterable[Coverage], cover: Coverage) -> date:
    """The first day of cover without a break: a change of tier is none.

    >>> single = Coverage("E-1", "EE", date(2026, 1, 1), date(2026, 6, 30))
    >>> family = Coverage("E-1", "FAM", date(2026, 7, 1), dependents=["Ann"])
    >>> covered_since([single, family], family)
    datetime.date(2026, 1, 1)
    """
    since = cover.start
    earlier = [c for c in coverage if c.employee == cover.employee and c.start < cover.start]
    for before in sorted(earlier, key=lambda c: c.start, reverse=True):
        if before.end is not None and (since - before.end).days == 1:
            since = before.start
    return since


def lives_on(coverage: Iterable[Coverage], day: date) -> int:
    """The lives covered on a day: employees and their dependents."""
    return sum(1 + len(cover.dependents) for cover in coverage if cover.on(day))


def enrolment_by_month(
    coverage: Sequence[Coverage], tiers: Iterable[str], start: date
) -> dict[str, tuple[int, ...]]:
    """The employees of each tier in each month of the plan year."""
    months = plan_months(start)
    return {
        tier: tuple(sum(c.tier == tier and c.on(day) for c in coverage) for day in months)
        for tier in tiers
    }


def employees_by_month(enrolment: Mapping[str, Sequence[int]]) -> list[int]:
    """The employees of all tiers in each month.

    >>> employees_by_month({"EE": [70, 71], "FAM": [35, 34]})
    [105, 105]
    """
    return [sum(month) for month in zip(*enrolment.values(), strict=True)]


def amount_by_month(
    enrolment: Mapping[str, Sequence[int]], amounts: Mapping[str, Cents]
) -> list[Cents]:
    """What all employees of a month come to, at an amount for each tier.

    >>> amount_by_month({"EE": [2, 1], "FAM": [1, 1]}, {"EE": 100, "FAM": 250})
    [450, 350]
    """
    by_tier = ([count * amounts[tier] for count in counts] for tier, counts in enrolment.items())
    return [sum(month) for month in zip(*by_tier, strict=True)]


def contribution_deduction(
    tier: Tier, rate: Cents, periods: int, number: int, kind: str = "section_125_health"
) -> Deduction:
    """The contributions of a paycheck: the employee's as a deduction, the employer's beside it.

    `rate` is the funding rate of the tier for a month in cents, which both pay together. A year's
    contributions are spread over the `periods` in which they are taken, as
    `asopay.health.premiums.schedule` does it: the last one settles the rest. `number` is that of
    the paycheck among them, counted from 1. Raises `ValueError` if there is no
    such paycheck, or if the employee's part is more than the rate.

    >>> family = Tier(employee_contribution=25000)
    >>> last = contribution_deduction(family, 151190, periods=26, number=26)
    >>> print(last.amount, last.employer_amount)
    115.50 582.55
    """
    if not 1 <= number <= periods:
        raise ValueError(f"number: {number} is not from 1 to {periods}")
    if tier.employee_contribution > rate:
        raise ValueError("employee_contribution: it is more than the rate of the tier")
    employee, employer = (
        schedule(amount, periods)[number - 1]
        for amount in (tier.employee_contribution, rate - tier.employee_contribution)
    )
    return Deduction(kind, amount=dollars(employee), employer_amount=dollars(employer))
