"""Which hours of a workweek are overtime, and by which rule each of them became it.

The hours of a week are taken in order. An hour that is paid at a premium by the day is not counted
again toward the week, so no hour is paid twice; where several rules name an hour, the highest
multiplier counts, and of equal ones the rule that the table names first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from attrs import evolve, field, frozen

from asopay.money import ONE, Rate
from asopay.overtime.rules import Figures, Measure, Threshold
from asopay.timekeeping.units import HOUR
from asopay.timekeeping.workdays import Stretch

DAYS_OF_WEEK = 7


class Hours(NamedTuple):
    """Part of a stretch of work: so many seconds at a multiplier, and the law that says so."""

    stretch: Stretch
    seconds: int
    multiplier: Rate = ONE
    law: str = ""


class Step(NamedTuple):
    """From so many seconds on, the multiplier of a law counts."""

    over: int
    multiplier: Rate
    law: str


Steps = tuple[Step, ...]
"""Steps in ascending order."""


def _over(step: Step) -> int:
    return step.over


def _steps(thresholds: Iterable[Threshold]) -> Steps:
    steps = (Step(each.over * HOUR, each.multiplier, each.law) for each in thresholds)
    return tuple(sorted(steps, key=_over))


@frozen
class Schedule:
    """An alternative workweek: the hours of a scheduled day, and its weekdays, 0 for Monday."""

    hours: int
    weekdays: Collection[int]


@frozen
class OvertimeRules:
    """The thresholds of one law, by what they count, in seconds."""

    workweek: Steps
    workday: Steps
    shift: Steps
    seventh_day: Steps
    scheduled: Steps = ()
    off_schedule: Steps = ()
    weekdays: Collection[int] = field(default=())
    seventh_day_above: int = 0

    def of_day(self, day: int, *, seventh: bool) -> Steps:
        """The steps of a workday, the highest multiplier of each moment counting."""
        steps = self.workday
        if self.weekdays:
            steps = self.scheduled if (day - 1) % 7 in self.weekdays else self.off_schedule
        return tuple(sorted((*steps, *self.seventh_day), key=_over)) if seventh else steps


def rules_of(
    figures: Figures, schedule: Schedule | None = None, *, daily: bool = True, industry: str = ""
) -> OvertimeRules:
    """The thresholds of a table for an industry, without those of the workday if they don't apply.

    Raises `ValueError` if the law knows no alternative schedule, or none of such long days.

    >>> from asopay.overtime.rules import Threshold
    >>> law = Figures((Threshold("workday", 8, 150_000_000, "over 8 in the workday"),))
    >>> rules_of(law).workday[0].over // HOUR, rules_of(law, daily=False).workday
    (8, ())
    """

    def steps(measure: Measure) -> Steps:
        return _steps(figures.of(measure, industry))

    rules = OvertimeRules(
        steps("workweek"), steps("workday") if daily else (), steps("shift"), steps("seventh day")
    )
    rules = evolve(rules, seventh_day_above=figures.seventh_day_above * HOUR)
    if schedule is None or not daily:
        return rules
    alternative = figures.alternative
    if alternative is None:
        raise ValueError("the law of the place knows no alternative schedule")
    if not 0 < schedule.hours <= alternative.most_hours:
        most = alternative.most_hours
        raise ValueError(f"{schedule.hours} hours are not from 1 to {most} ({alternative.law})")
    first, *others = rules.workday
    longer = first._replace(over=schedule.hours * HOUR, law=alternative.law)
    off_schedule = tuple(sorted((*rules.workday, *_steps(alternative.off_schedule)), key=_over))
    return evolve(
        rules,
        scheduled=(longer, *others),
        off_schedule=off_schedule,
        weekdays=tuple(schedule.weekdays),
    )


def classify(
    stretches: Sequence[Stretch],
    rules: OvertimeRules,
    elsewhere: Mapping[str, OvertimeRules] | None = None,
) -> list[Hours]:
    """The hours of one workweek (or other work period), in order, each with its multiplier.

    Work in another state goes by the rules that are named for it `elsewhere`; all hours count.

    >>> from asopay.overtime.rules import Threshold
    >>> law = [Threshold("workweek", 40, 150_000_000, "over 40 in the workweek")]
    >>> week = [Stretch(day, 9 * HOUR, "", (), day) for day in range(1, 6)]
    >>> [(h.seconds / HOUR, h.law) for h in classify(week, rules_of(Figures(tuple(law))))][-2:]
    [(4.0, ''), (5.0, 'over 40 in the workweek')]
    """
    found: list[Hours] = []
    straight = of_shift = 0
    shift = -1
    for worked_days, (day, of_day) in enumerate(groupby(stretches, key=_day), 1):
        seventh = worked_days == DAYS_OF_WEEK
        total = sum(each.seconds for each in stretches) if seventh else 0
        law, steps = rules, rules.of_day(day, seventh=seventh and total > rules.seventh_day_above)
        position = 0
        for stretch in of_day:
            if elsewhere:
                law = elsewhere.get(stretch.work[0], rules) if stretch.work else rules
                steps = law.of_day(day, seventh=seventh and total > law.seventh_day_above)
            if stretch.shift != shift or shift < 0:
                of_shift, shift = 0, stretch.shift
            left = stretch.seconds
            while left:
                multiplier, rule, until = _highest(
                    ((steps, position), (law.workweek, straight), (law.shift, of_shift)), left
                )
                part = min(left, until)
                found.append(Hours(stretch, part, multiplier, rule))
                position += part
                of_shift += part
                left -= part
                if multiplier == ONE:
                    straight += part
    return found


def _day(stretch: Stretch) -> int:
    return stretch.workday


def _highest(counted: tuple[tuple[Steps, int], ...], left: int) -> tuple[Rate, str, int]:
    """The highest multiplier at these positions, its law, and the seconds to the next step.

    Steps ascend, so that most time ends before the first of them.
    """
    multiplier, law, until = ONE, "", left
    for steps, position in counted:
        for step in steps:
            if step.over > position:
                until = min(until, step.over - position)
                break
            if step.multiplier > multiplier:
                multiplier, law = step.multiplier, step.law
    return multiplier, law, until
