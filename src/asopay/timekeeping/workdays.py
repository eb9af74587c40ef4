"""From spans of time to workdays: a shift over the end of a workday is divided there.

A workday is any fixed 24 hours, a workweek seven of them (29 CFR 778.105); both begin at the
employer's time of day, on the local clock, and time is counted as it elapses. Days are counted as
`datetime.date.toordinal` does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from asopay.timekeeping.clock import Clock
from asopay.timekeeping.punches import Span
from asopay.timekeeping.rules import Figures
from asopay.timekeeping.units import DAY, HOUR

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Stretch(NamedTuple):
    """Time worked within one day, in seconds, at one job and place.

    `workday` is the workday whose hours are counted together: the day, unless the law has it begin
    when work begins. `shift` is the number of the shift, or below zero if nothing but the total of
    a day is known.
    """

    day: int
    seconds: int
    job: str
    work: tuple[str, ...]
    workday: int
    shift: int = -1
    activity: str = "work"


def stretches_of(
    spans: Iterable[Span], clock: Clock, begins: int, *, from_start: bool = False
) -> Iterator[Stretch]:
    """The spans by day, which begins so many seconds after midnight.

    With `from_start`, as in Nevada, a workday begins when work begins, and lasts 24 hours; it is
    named by the day on which it began.

    >>> from asopay.timekeeping.clock import clock_of
    >>> clock = clock_of("America/Chicago")
    >>> (start, local), (end, _) = (clock.read(f"2026-03-0{t}") for t in ("2T20:00", "3T04:30"))
    >>> night = Span(start, end, local, 0, "", (), "work")
    >>> [stretch.seconds / 3600 for stretch in stretches_of([night], clock, begins=0)]
    [4.0, 4.5]
    >>> both = stretches_of([night], clock, begins=0, from_start=True)
    >>> len({stretch.workday for stretch in both})
    1
    """
    workday = workday_ends = 0
    for start, end, local, shift, job, work, activity in spans:
        day = (local - begins) // DAY
        next_day = clock.of_local((day + 1) * DAY + begins)
        while start < end:
            if start >= next_day:
                day += 1
                next_day = clock.of_local((day + 1) * DAY + begins)
            until = min(end, next_day)
            if from_start:
                if start >= workday_ends:
                    workday, workday_ends = day, start + DAY
                until = min(until, workday_ends)
            else:
                workday = day
            yield Stretch(day, until - start, job, work, workday, shift, activity)
            start = until  # noqa: PLW2901


def week_of(day: int, first_weekday: int) -> int:
    """The first day of the workweek of a day; `first_weekday` is 0 for Monday, 6 for Sunday.

    >>> from datetime import date
    >>> date.fromordinal(week_of(date(2026, 3, 4).toordinal(), first_weekday=6))
    datetime.date(2026, 3, 1)
    """
    return day - (day - 1 - first_weekday) % 7


def without_sleep(
    stretches: Iterable[Stretch], figures: Figures, *, public_safety: bool = False
) -> list[Stretch]:
    """The stretches without the sleep that is not work: 29 CFR 785.21 and 785.22.

    On duty of 24 hours or more, by agreement, sleep of up to eight hours is left out, unless the
    employee slept less than five; on shorter duty it is work. In fire protection and law
    enforcement by section 7(k), the duty has to be longer than 24 hours (29 CFR 553.222).

    >>> duty = [Stretch(1, 15 * 3600, "", (), 1), Stretch(1, 9 * 3600, "", (), 1, -1, "sleep")]
    >>> [s.seconds / 3600 for s in without_sleep(duty, Figures(20, 30, 24, 8, 5))]
    [15.0, 1.0]
    """
    found: list[Stretch] = []
    for _, of_shift in groupby(stretches, key=lambda stretch: stretch.shift):
        shift = list(of_shift)
        slept = sum(s.seconds for s in shift if s.activity == "sleep")
        duty = sum(s.seconds for s in shift) - int(public_safety)
        counts = (
            duty >= figures.sleep_duty_hours * HOUR and slept >= figures.sleep_least_hours * HOUR
        )
        left_out = min(slept, figures.sleep_most_hours * HOUR) if counts else 0
        for stretch in shift:
            less = min(left_out, stretch.seconds) if stretch.activity == "sleep" else 0
            left_out -= less
            if stretch.seconds > less:
                found.append(stretch._replace(seconds=stretch.seconds - less))
    return found
