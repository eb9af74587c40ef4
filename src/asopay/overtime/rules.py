"""The figures of a jurisdiction's law of working hours: from when on hours are overtime.

29 U.S.C. 207 for federal law; a state has a table of its own where its law asks for more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from attrs import frozen

from asopay.money import Rate

Measure = Literal["workweek", "workday", "shift", "seventh day"]
"""What hours are counted by: a shift may cross into another workday, and the seventh day is that of
a workweek in which all seven are worked."""


@frozen
class Threshold:
    """Hours `over` a number are paid at the rate times the multiplier, by the named law.

    One for an `industry` counts for no other.
    """

    measure: Measure
    over: int
    multiplier: Rate
    law: str
    industry: str = ""


@frozen
class AlternativeSchedule:
    """A schedule of longer days that takes the place of the first daily threshold.

    A scheduled day may have `most_hours`. On a day that is not scheduled, the thresholds of
    `off_schedule` count beside the ordinary ones.
    """

    most_hours: int
    law: str
    off_schedule: tuple[Threshold, ...] = ()


@frozen
class Figures:
    """When hours are overtime, and how the regular rate is found.

    Thresholds by the workday count only for a rate below so many times the minimum wage, where
    `daily_below` is given. The `workday` is fixed, or begins when work begins. The regular rate of
    a salary is found by `salary_hours` at most. The seventh day of work counts in a workweek of
    more than `seventh_day_above` hours. A flat-sum bonus may be divided by the hours that are not
    overtime. With `minimum_wage_each_hour`, no average over the week makes up for an hour
    below the minimum wage. `not_computed` names what else the law has.
    """

    thresholds: tuple[Threshold, ...]
    daily_below: Rate | None = None
    workday: Literal["fixed", "from the start of work"] = "fixed"
    fluctuating_workweek: bool = True
    salary_hours: int | None = None
    seventh_day_above: int = 0
    flat_bonus_by_other_hours: bool = False
    minimum_wage_each_hour: bool = False
    rounds_meal_punches: bool = True
    alternative: AlternativeSchedule | None = None
    not_computed: tuple[str, ...] = ()

    def of(self, measure: Measure, industry: str = "") -> Iterator[Threshold]:
        """The thresholds that count by the measure, those of the industry among them."""
        return (
            each
            for each in self.thresholds
            if each.measure == measure and each.industry in ("", industry)
        )

    @property
    def industries(self) -> list[str]:
        """The industries that have thresholds of their own."""
        return sorted({each.industry for each in self.thresholds} - {""})
