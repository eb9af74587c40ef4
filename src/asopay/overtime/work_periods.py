"""Work periods other than the workweek: sections 7(i), 7(j) and 7(k) of the federal law.

- 7(j): hospitals, 8 hours a day and 80 in 14 days (29 CFR 778.601, Fact Sheet 54)
- 7(k): fire protection and law enforcement of public agencies, 7 to 28 days (29 CFR 553.230)
- 7(i): commissions of retail and service establishments (29 CFR 779.410 to 779.421)
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from asopay.money import ONE, Cents, Rate, share, unrounded
from asopay.overtime.hours import OvertimeRules, Step
from asopay.tables import Table
from asopay.timekeeping.units import HOUR

Service = Literal["fire", "law enforcement"]


@frozen
class Hospital:
    """A period of `days` in which hours over those of the day or of the period are overtime."""

    days: int
    daily: int
    total: int
    multiplier: Rate
    law: str


@frozen
class PublicSafety:
    """The most hours of a period of `days`; shorter periods in proportion, to the whole hour."""

    days: int
    least_days: int
    fire: int
    law_enforcement: int
    multiplier: Rate
    law: str


@frozen
class Retail:
    """A regular rate above so many times the minimum wage, and commissions of a share of pay."""

    times_minimum_wage: Rate
    share: Rate
    law: str


@frozen
class Figures:
    """The figures of the three sections."""

    hospital: Hospital
    public_safety: PublicSafety
    retail: Retail


def hospital_rules(table: Table[Figures]) -> OvertimeRules:
    """The thresholds of a hospital's 14 days: 8 hours a day, or 80 in all.

    >>> from datetime import date
    >>> from asopay.rulebook import standard_rulebook
    >>> from asopay.tables import Days
    >>> rule = standard_rulebook().rule("US", "work_periods", Days.on(date(2026, 6, 1)))
    >>> [step.over // HOUR for step in hospital_rules(rule.table).workday]
    [8]
    """
    figures = table.figures.hospital
    day = Step(figures.daily * HOUR, figures.multiplier, f"{figures.law}, by the day")
    period = Step(figures.total * HOUR, figures.multiplier, f"{figures.law}, by the period")
    return OvertimeRules((period,), (day,), (), ())


def public_safety_hours(days: int, service: Service, table: Table[Figures]) -> int:
    """The hours of a work period of 7 to 28 days from which on there is overtime.

    Raises `ValueError` for a period of another length.

    >>> from datetime import date
    >>> from asopay.rulebook import standard_rulebook
    >>> from asopay.tables import Days
    >>> rule = standard_rulebook().rule("US", "work_periods", Days.on(date(2026, 6, 1)))
    >>> [public_safety_hours(days, "fire", rule.table) for days in (7, 14, 27, 28)]
    [53, 106, 204, 212]
    """
    figures = table.figures.public_safety
    if not figures.least_days <= days <= figures.days:
        accepted = f"from {figures.least_days} to {figures.days}"
        raise ValueError(f"{days} is not a number of days {accepted}")
    hours = figures.fire if service == "fire" else figures.law_enforcement
    return (2 * hours * days + figures.days) // (2 * figures.days)


def public_safety_rules(days: int, service: Service, table: Table[Figures]) -> OvertimeRules:
    """The one threshold of such a work period; `ValueError` for a period of another length.

    >>> from datetime import date
    >>> from asopay.rulebook import standard_rulebook
    >>> from asopay.tables import Days
    >>> rule = standard_rulebook().rule("US", "work_periods", Days.on(date(2026, 6, 1)))
    >>> public_safety_rules(14, "law enforcement", rule.table).workweek[0].over // HOUR
    86
    """
    figures = table.figures.public_safety
    over = public_safety_hours(days, service, table) * HOUR
    return OvertimeRules((Step(over, figures.multiplier, figures.law),), (), (), ())


def is_retail_exempt(
    regular_rate: Cents,
    minimum_wage: Cents,
    commissions: Cents,
    total: Cents,
    table: Table[Figures],
) -> bool:
    """Whether section 7(i) frees the week from overtime; all in cents, rates by the hour.

    `commissions` and `total` are those of the representative period of a month or more.

    >>> from datetime import date
    >>> from asopay.rulebook import standard_rulebook
    >>> from asopay.tables import Days
    >>> rule = standard_rulebook().rule("US", "work_periods", Days.on(date(2026, 6, 1)))
    >>> is_retail_exempt(1_100, 725, 300_000, 500_000, rule.table)
    True
    >>> is_retail_exempt(1_087, 725, 300_000, 500_000, rule.table)
    False
    """
    figures = table.figures.retail
    high_enough = unrounded(regular_rate) > share(minimum_wage, figures.times_minimum_wage)
    return high_enough and commissions * ONE > total * figures.share
