"""From punches to shifts: pairs of in and out, with what is wrong reported and nothing guessed.

A missed punch is a fault, and so is one that was made twice: somebody who knows has to correct it.
Each shift is rounded by the employer's rule, breaks that are too short to be unpaid are paid, and
a meal that is deducted automatically is left out unless the day is marked as worked through.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from attrs import define, frozen

from asopay.errors import shown
from asopay.faults import Faults
from asopay.timekeeping.clock import Clock
from asopay.timekeeping.rounding import rounded
from asopay.timekeeping.units import DAY, HOUR, MINUTE

Activity = Literal["work", "travel", "standby", "sleep"]
"""What was done: travel and standby that are stated count as work; sleep by the rule for it."""

LONGEST_SHIFT = 24 * HOUR
"""Between two punches; more is a sign that punches are missing."""

DUPLICATE = 2 * MINUTE
"""Two punches of the same kind within this time are reported as one that was made twice."""


@frozen
class Punch:
    """One punch: the local time, and whether it is in or out.

    The job, the place of work and the activity are those that begin, so an out needs none.
    """

    at: str
    direction: Literal["in", "out"]
    job: str = ""
    work: Sequence[str] = ()
    activity: Activity = "work"


class Span(NamedTuple):
    """Uninterrupted time on duty, in elapsed and in local seconds.

    `shift` counts the shifts. An end is elapsed time too.
    """

    start: int
    end: int
    local: int
    shift: int
    job: str
    work: tuple[str, ...]
    activity: str


@define
class PunchRules:
    """How the employer reads punches: all in seconds, but `rounding` in minutes.

    A break below `unpaid_from` is paid. Without `round_meals`, only the first and the last punch of
    a shift are rounded. `automatic_meal` is left out of a shift of more than `meal_after` in which
    no meal was punched. A gap of `shift_gap` or more ends a shift. `work` is the place of work of a
    punch that names none, and `worked_through` are days of the calendar on which no meal was taken.
    """

    rounding: int = 0
    round_meals: bool = True
    unpaid_from: int = 30 * MINUTE
    automatic_meal: int = 0
    meal_after: int = 6 * HOUR
    shift_gap: int = 2 * HOUR
    work: tuple[str, ...] = ()
    worked_through: Collection[int] = ()


def spans_of(
    punches: Sequence[Punch], clock: Clock, rules: PunchRules, path: str, faults: Faults
) -> list[Span]:
    """The spans of time on duty, in order; whatever is not a pair of in and out is a fault.

    >>> from asopay.timekeeping.clock import clock_of
    >>> came, left = Punch("2026-03-02T08:00", "in"), Punch("2026-03-02T12:30", "out")
    >>> clock, faults = clock_of("America/Denver"), Faults()
    >>> [(s.end - s.start) / HOUR for s in spans_of([came, left], clock, PunchRules(), "", faults)]
    [4.5]
    """
    pairs: list[tuple[int, int, int, int, Punch]] = []
    opened: tuple[int, int, Punch, int] | None = None
    before: tuple[int, str] | None = None
    for number, punch in enumerate(punches):
        try:
            elapsed, local = clock.read(punch.at)
        except ValueError as error:
            faults.add(f"{path}[{number}].at", error)
            return []
        direction = punch.direction
        wrong = _wrong(elapsed, direction, before, opened is not None)
        if wrong:
            faults.add(f"{path}[{number}]", f"{shown(punch.at)} {wrong}")
        elif opened is None:
            opened = (elapsed, local, punch, number)
        else:
            start, local_start, begun, _ = opened
            pairs.append((start, elapsed, local_start, local, begun))
            opened = None
        before = (elapsed, direction)
    if opened is not None:
        faults.add(f"{path}[{opened[3]}]", f"{shown(opened[2].at)} in: no out follows")
    return list(_shifts(pairs, rules))


def _wrong(
    elapsed: int, direction: str, before: tuple[int, str] | None, is_open: bool
) -> str | None:
    """What is wrong with the punch after the one before, in words."""
    if before is not None and elapsed < before[0]:
        return "is before the punch above it: punches stand in order of time"
    if before is not None and before[1] == direction and elapsed - before[0] <= DUPLICATE:
        return f"{direction}: this punch was made twice"
    if direction not in ("in", "out"):
        return f"is neither in nor out: {direction!r}"
    if direction == "in":
        return "in: the out before it is missing" if is_open else None
    if is_open and before is not None:
        too_long = elapsed - before[0] > LONGEST_SHIFT
        return (
            "out: it is more than 24 hours after the in, punches are missing" if too_long else None
        )
    return "out: the in before it is missing"


def _shifts(pairs: list[tuple[int, int, int, int, Punch]], rules: PunchRules) -> Iterator[Span]:
    """The pairs rounded, with paid breaks filled, as spans that are numbered by shift."""
    shift = 0
    group: list[tuple[int, int, int, int, Punch]] = []
    for pair in pairs:
        if group and pair[0] - group[-1][1] >= rules.shift_gap:
            yield from _shift(group, shift, rules)
            shift += 1
            group = []
        group.append(pair)
    if group:
        yield from _shift(group, shift, rules)


def _shift(
    group: list[tuple[int, int, int, int, Punch]], number: int, rules: PunchRules
) -> Iterator[Span]:
    unit, last = rules.rounding, len(group) - 1
    spans = []
    for place, (start, end, local_start, local_end, punch) in enumerate(group):
        if unit and (rules.round_meals or place == 0):
            moved = rounded(local_start, unit) - local_start
            start, local_start = start + moved, local_start + moved  # noqa: PLW2901
        if unit and (rules.round_meals or place == last):
            end += rounded(local_end, unit) - local_end  # noqa: PLW2901
        work = tuple(punch.work) or rules.work
        spans.append(Span(start, end, local_start, number, punch.job, work, punch.activity))
    if last:
        spans = list(_with_paid_breaks(spans, rules.unpaid_from))
    if rules.automatic_meal:
        spans = _without_meal(spans, rules)
    return (span for span in spans if span.end > span.start)


def _with_paid_breaks(spans: list[Span], unpaid_from: int) -> Iterator[Span]:
    """The spans, each prolonged to the next one if the break between them is too short."""
    for span, after in pairwise(spans):
        short = 0 < after.start - span.end < unpaid_from
        yield span._replace(end=after.start) if short else span
    yield spans[-1]


def _without_meal(spans: list[Span], rules: PunchRules) -> list[Span]:
    """The shift without the automatic meal, which is taken from its longest span."""
    worked = sum(span.end - span.start for span in spans)
    has_meal = any(b.start - a.end >= rules.unpaid_from for a, b in pairwise(spans))
    through = spans[0].local // DAY in rules.worked_through
    if has_meal or through or worked <= rules.meal_after:
        return spans
    longest = max(range(len(spans)), key=lambda number: spans[number].end - spans[number].start)
    span = spans[longest]
    return [*spans[:longest], *_halves(span, rules.automatic_meal), *spans[longest + 1 :]]


def _halves(span: Span, meal: int) -> Iterable[Span]:
    meal = min(meal, span.end - span.start)
    middle = (span.start + span.end - meal) // 2
    yield span._replace(end=middle)
    after = middle + meal - span.start
    yield span._replace(start=span.start + after, local=span.local + after)
