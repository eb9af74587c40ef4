"""The time of a timesheet: its punches and totals of days as stretches of work, in order."""

from __future__ import annotations

import re
from typing import Any

from asopay.earnings.hours import ten_thousandths
from asopay.errors import shown
from asopay.faults import Faults
from asopay.overtime.law import FEDERAL, WageAndHourLaw
from asopay.overtime.rules import Figures
from asopay.timekeeping import (
    ROUNDING,
    PunchRules,
    Stretch,
    clock_of,
    spans_of,
    stretches_of,
    time_of_day,
    without_sleep,
)
from asopay.timekeeping.units import DAY, HOUR, MINUTE
from asopay.timesheets.request import Timesheet

SECONDS_OF_HUNDREDTH = 36
_CLOCKED = re.compile(r"(\d{1,2}):([0-5]\d)")


def seconds_of_hours(value: Any) -> int:
    """Seconds of a day's hours: a number of at most two decimals, or as the clock has it.

    >>> seconds_of_hours("7.25"), seconds_of_hours("7:20")
    (26100, 26400)
    """
    clocked = _CLOCKED.fullmatch(value) if isinstance(value, str) else None
    if clocked:
        return int(clocked[1]) * HOUR + int(clocked[2]) * MINUTE
    parts = ten_thousandths(value)
    if parts % 100:
        accepted = "hours of at most two decimals, or hours and minutes such as 7:20"
        raise ValueError(f"{shown(value)} is not {accepted}")
    return parts // 100 * SECONDS_OF_HUNDREDTH


def time_worked(
    timesheet: Timesheet, law: WageAndHourLaw, own: Figures | None, faults: Faults
) -> list[Stretch]:
    """The stretches of work in order, by the state's own law if it has one."""
    found = _punched(timesheet, law, own, faults) if timesheet.punches else []
    found += _of_days(timesheet, faults)
    if timesheet.days:
        found.sort(key=lambda stretch: stretch.day)
    if any(stretch.activity == "sleep" for stretch in found):
        figures = law.table(FEDERAL, "hours_worked", timesheet.pay_period.end).figures
        period = timesheet.work_period
        public_safety = period is not None and period.kind != "hospital"
        found = without_sleep(found, figures, public_safety=public_safety)
    return found


def _of_days(timesheet: Timesheet, faults: Faults) -> list[Stretch]:
    found = []
    for number, total in enumerate(timesheet.days):
        path = f"days[{number}].hours"
        seconds = faults.attempt(path, seconds_of_hours, total.hours) or 0
        day = total.day.toordinal()
        if seconds > DAY:
            faults.add(path, f"{shown(total.hours)} is more than 24 hours")
        if seconds:
            work = tuple(total.work) or tuple(timesheet.work)
            found.append(Stretch(day, seconds, total.job, work, day, -1, total.activity))
    return found


def _punched(
    timesheet: Timesheet, law: WageAndHourLaw, own: Figures | None, faults: Faults
) -> list[Stretch]:
    clock = faults.attempt("time_zone", clock_of, timesheet.time_zone)
    begins = faults.attempt("workday_begins", time_of_day, timesheet.workday_begins)
    rules = _punch_rules(
        timesheet, law, round_meals=own is None or own.rounds_meal_punches, faults=faults
    )
    if clock is None or begins is None:
        return []
    spans = spans_of(timesheet.punches, clock, rules, "punches", faults)
    from_start = own is not None and own.workday == "from the start of work"
    return list(stretches_of(spans, clock, begins, from_start=from_start))


def _punch_rules(
    timesheet: Timesheet, law: WageAndHourLaw, *, round_meals: bool, faults: Faults
) -> PunchRules:
    figures = law.table(FEDERAL, "hours_worked", timesheet.pay_period.end).figures
    chosen = timesheet.clock
    if chosen.rounding not in ROUNDING:
        faults.unknown("clock.rounding", chosen.rounding, ROUNDING)
    unpaid = chosen.unpaid_break_minutes
    if unpaid is None:
        unpaid = figures.meal_minutes
    elif unpaid <= figures.rest_minutes:
        message = f"breaks of up to {figures.rest_minutes} minutes are paid (29 CFR 785.18)"
        faults.add("clock.unpaid_break_minutes", message)
    for name in ("automatic_meal_minutes", "automatic_meal_after_hours"):
        if getattr(chosen, name) < 0:
            faults.add(f"clock.{name}", f"{getattr(chosen, name)} is below zero")
    return PunchRules(
        rounding=ROUNDING.get(chosen.rounding, 0),
        round_meals=round_meals,
        unpaid_from=unpaid * MINUTE,
        automatic_meal=chosen.automatic_meal_minutes * MINUTE,
        meal_after=chosen.automatic_meal_after_hours * HOUR,
        work=tuple(timesheet.work),
        worked_through={day.toordinal() for day in chosen.worked_through},
    )
