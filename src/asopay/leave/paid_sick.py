"""The least paid sick leave by the law of a state, and whether a plan gives it.

Only states whose rule was sourced are in the list; places may ask for more.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import frozen

from asopay.leave.accrual import LeavePlan, hundredths
from asopay.overtime.law import WageAndHourLaw, standard_law


@frozen
class Figures:
    """One hour for so many worked, and the most hours of a year that have to accrue.

    Employers of up to `small_employees` owe `small_yearly_hours` (0 if they owe none that is paid).
    """

    per_hours: int
    yearly_hours: int
    small_yearly_hours: int | None = None
    small_employees: int = 0


def least_sick_leave(
    state: str, day: date, employees: int | None = None, law: WageAndHourLaw | None = None
) -> LeavePlan | None:
    """The least plan that the state asks for; None if the list has no law of it.

    Raises `TableError` for a day that the list does not cover.

    >>> plan = least_sick_leave("US-CO", date(2026, 3, 2))
    >>> plan.per_hours, plan.yearly_cap
    (30, 4800)
    """
    law = law or standard_law()
    table = law.row("paid_sick_leave", state, day)
    if table is None:
        return None
    figures: Figures = table.figures
    hours = figures.yearly_hours
    if figures.small_yearly_hours is not None and employees is not None:
        small = employees <= figures.small_employees
        hours = figures.small_yearly_hours if small else hours
    return LeavePlan(per_hours=figures.per_hours, yearly_cap=hundredths(hours))


def short_of_law(plan: LeavePlan, state: str, day: date, employees: int | None = None) -> list[str]:
    """What the plan lacks to the state's least paid sick leave, in words; nothing if it is enough.

    >>> short_of_law(LeavePlan(per_hours=40, yearly_cap=4800), "US-CO", date(2026, 3, 2))
    ['an hour for 40 worked: US-CO asks for one for 30']
    """
    least = least_sick_leave(state, day, employees)
    if least is None or not least.yearly_cap:
        return []
    lacks = []
    enough_at_once = plan.front_loaded >= least.yearly_cap
    if not enough_at_once and _is_slower(plan, least):
        pace = plan.per_hours if plan.per_hours is not None else "no number of hours"
        lacks.append(f"an hour for {pace} worked: {state} asks for one for {least.per_hours}")
    if plan.yearly_cap is not None and plan.yearly_cap + plan.front_loaded < least.yearly_cap:
        hours = Decimal(least.yearly_cap).scaleb(-2).normalize()
        lacks.append(
            f"{Decimal(plan.yearly_cap).scaleb(-2)} hours a year: {state} asks for {hours:f}"
        )
    return lacks


def _is_slower(plan: LeavePlan, least: LeavePlan) -> bool:
    return plan.per_hours is None or Decimal(plan.per_hours) > Decimal(least.per_hours or 0)
