"""Time records: what punches come to, and what is wrong with them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay.faults import Faults
from asopay.timekeeping import (
    Punch,
    PunchRules,
    Stretch,
    clock_of,
    rounded,
    spans_of,
    stretches_of,
    time_of_day,
    without_sleep,
)
from asopay.timekeeping.rules import Figures
from asopay.timekeeping.units import HOUR, MINUTE

EASTERN = "America/New_York"


def punches(*moments: str) -> list[Punch]:
    """In and out by turns."""
    return [Punch(at, "out" if number % 2 else "in") for number, at in enumerate(moments)]


def hours(moments: list[Punch], zone: str = EASTERN, **rules: Any) -> list[tuple[int, float]]:
    """The day of the month and the hours of each stretch."""
    faults = Faults()
    clock = clock_of(zone)
    spans = spans_of(moments, clock, PunchRules(**rules), "punches", faults)
    assert [] == faults.found
    first = clock.read("2026-03-01T00:00")[1] // (24 * HOUR)
    return [(s.day - first + 1, s.seconds / HOUR) for s in stretches_of(spans, clock, 0)]


def faults_of(*given_punches: tuple[str, str]) -> list[str]:
    """What is wrong with the punches."""
    faults = Faults()
    found = [Punch(at, direction) for at, direction in given_punches]  # type: ignore[arg-type]
    spans_of(found, clock_of(EASTERN), PunchRules(), "punches", faults)
    return [str(fault) for fault in faults.found]


class TestClock:
    def test_clocks_go_forward(self) -> None:
        """A night shift over the change in March is an hour shorter than the clock says."""
        night = punches("2026-03-07T22:00", "2026-03-08T06:00")

        assert [(7, 2.0), (8, 5.0)] == hours(night)

    def test_clocks_go_back(self) -> None:
        """A night shift over the change in November is an hour longer."""
        night = punches("2026-10-31T22:00", "2026-11-01T06:00")

        assert 9.0 == sum(worked for _, worked in hours(night))

    def test_offset(self) -> None:
        """An offset says which of two times is meant."""
        clock = clock_of(EASTERN)
        early, late = (clock.read(f"2026-11-01T01:30-0{hour}:00")[0] for hour in (4, 5))

        assert HOUR == late - early

    @pytest.mark.parametrize(
        ("moment", "message"),
        [
            ("2026-11-01T01:30", "show 2026-11-01T01:30 twice"),
            ("2026-03-08T02:30", "show 2026-03-08T02:30 never"),
            ("2026-03-08", "is not a local time"),
            ("2026-W10-1", "is not a local time"),
            ("noon", "is not a local time"),
            (None, "is not a local time"),
        ],
    )
    def test_unclear(self, moment: Any, message: str) -> None:
        """A time that the clock shows twice or never is refused, and so is what is no time."""
        with pytest.raises(ValueError, match=message):
            clock_of(EASTERN).read(moment)

    def test_a_clear_time_on_a_day_of_change(self) -> None:
        """Other times of such a day are clear, and local midnights are found."""
        clock = clock_of(EASTERN)
        midnight = clock.read("2026-11-02T00:00")[1]

        assert 25 * HOUR == clock.read("2026-11-02T00:00")[0] - clock.read("2026-11-01T00:00")[0]
        assert clock.read("2026-11-02T00:00")[0] == clock.of_local(midnight)

    @pytest.mark.parametrize("zone", ["Mars/Olympus", "", None, "../etc"])
    def test_no_zone(self, zone: Any) -> None:
        """What is no time zone is refused."""
        with pytest.raises(ValueError, match="is not a time zone such as America/New_York"):
            clock_of(zone)

    @pytest.mark.parametrize("text", ["24:00", "6:30", "06:60", None])
    def test_no_time_of_day(self, text: Any) -> None:
        """What is no time of day is refused."""
        with pytest.raises(ValueError, match="is not a time of day such as 06:30"):
            time_of_day(text)


class TestRounding:
    def test_fact_sheet_53(self) -> None:
        """Fact Sheet 53, example 2: five days from 6:50 to 15:37, less meals, are 41.25 hours."""
        week = []
        for day in range(2, 7):
            at = f"2026-03-0{day}T"
            week += punches(f"{at}06:50", f"{at}11:00", f"{at}11:30", f"{at}15:37")

        assert 41.25 == sum(worked for _, worked in hours(week, rounding=15))

    def test_without_meals(self) -> None:
        """Where meal punches are not rounded, the first and the last of the shift are."""
        day = punches("2026-03-02T06:53", "2026-03-02T11:04")
        day += punches("2026-03-02T11:34", "2026-03-02T15:08")
        worked = hours(day, rounding=15, round_meals=False)

        assert [244, 221] == [round(each * 60) for _, each in worked]
        assert [4.0, 3.75] == [each for _, each in hours(day, rounding=15)]

    @pytest.mark.parametrize("minutes", [5, 6, 15])
    def test_neutral(self, minutes: int) -> None:
        """Over all minutes to come and to go, rounding neither gives nor takes time."""
        every = range(0, HOUR, MINUTE)
        given_and_taken = sum(
            (rounded(left, minutes) - rounded(came, minutes)) - (left - came)
            for came in every
            for left in every
        )

        assert 0 == given_and_taken

    @given(st.integers(0, 86_399), st.integers(0, 86_399), st.sampled_from([0, 5, 6, 15]))
    def test_within_the_rule(self, came: int, left: int, minutes: int) -> None:
        """No time moves by more than half of the unit, and no order is turned around."""
        for time in (came, left):
            assert abs(rounded(time, minutes) - time) <= (minutes // 2) * MINUTE + 59
        assert (rounded(came, minutes) <= rounded(left, minutes)) or came > left


class TestPunches:
    @pytest.mark.parametrize(
        ("given_punches", "message"),
        [
            ([("2026-03-02T08:00", "in")], "in: no out follows"),
            ([("2026-03-02T16:00", "out")], "out: the in before it is missing"),
            (
                [
                    ("2026-03-02T08:00", "in"),
                    ("2026-03-02T12:00", "in"),
                    ("2026-03-02T16:00", "out"),
                ],
                "in: the out before it is missing",
            ),
            (
                [
                    ("2026-03-02T08:00", "in"),
                    ("2026-03-02T08:01", "in"),
                    ("2026-03-02T16:00", "out"),
                ],
                "in: this punch was made twice",
            ),
            (
                [("2026-03-02T08:00", "in"), ("2026-03-03T08:01", "out")],
                "more than 24 hours after the in",
            ),
            (
                [("2026-03-02T08:00", "in"), ("2026-03-02T07:00", "out")],
                "is before the punch above",
            ),
            ([("2026-03-02T08:00", "break")], "is neither in nor out: 'break'"),
        ],
    )
    def test_faults(self, given_punches: list[tuple[str, str]], message: str) -> None:
        """A punch that is missing, was made twice or is out of order is reported, not guessed."""
        assert any(message in fault for fault in faults_of(*given_punches))

    def test_unclear_time(self) -> None:
        """The path of a time that is not clear is named."""
        (fault,) = faults_of(("2026-03-08T02:30", "in"))

        assert fault.startswith("punches[0].at: the clocks of America/New_York show")

    def test_breaks(self) -> None:
        """A short break is paid, a meal is not; the employer may draw the line earlier."""
        day = punches(
            "2026-03-02T08:00", "2026-03-02T10:00", "2026-03-02T10:15", "2026-03-02T12:00"
        )
        day += punches("2026-03-02T12:30", "2026-03-02T16:00")

        assert 7.5 == sum(worked for _, worked in hours(day))
        assert 7.5 == sum(worked for _, worked in hours(day, unpaid_from=21 * MINUTE))

    def test_automatic_meal(self) -> None:
        """A meal is taken from the middle of a long shift without one, and from no other."""
        long = punches("2026-03-02T08:00", "2026-03-02T16:30")
        rule: dict[str, Any] = {"automatic_meal": 30 * MINUTE, "meal_after": 6 * HOUR}
        short = punches("2026-03-02T08:00", "2026-03-02T14:00")
        with_meal = punches("2026-03-02T08:00", "2026-03-02T12:00")
        with_meal += punches("2026-03-02T12:30", "2026-03-02T16:30")

        assert [(2, 4.0), (2, 4.0)] == hours(long, **rule)
        assert [(2, 6.0)] == hours(short, **rule)
        assert [(2, 4.0), (2, 4.0)] == hours(with_meal, **rule)
        through = clock_of(EASTERN).read("2026-03-02T08:00")[1] // (24 * HOUR)
        assert [(2, 8.5)] == hours(long, **rule, worked_through=[through])
        assert [] == hours(short, automatic_meal=7 * HOUR, meal_after=HOUR)

    def test_rounded_away(self) -> None:
        """A shift of a few minutes may round to nothing."""
        assert [] == hours(punches("2026-03-02T08:01", "2026-03-02T08:05"), rounding=15)

    @given(st.integers(0, 23 * 60), st.integers(1, 23 * 60), st.integers(0, 60))
    def test_split_at_midnight(self, start: int, minutes: int, day: int) -> None:
        """Two records that meet at midnight come to the same as one over it."""
        clock = clock_of("UTC")
        first = clock.read("2026-01-01T00:00")[1] + day * 24 * HOUR + start * MINUTE

        def at(local: int) -> str:
            whole, seconds = divmod(local, 24 * HOUR)
            ordinal = whole - clock.read("2026-01-01T00:00")[1] // (24 * HOUR)
            month, of_month = divmod(ordinal, 28)
            date = f"2026-{month + 1:02d}-{of_month + 1:02d}"
            return f"{date}T{seconds // HOUR:02d}:{seconds % HOUR // MINUTE:02d}"

        end = first + minutes * MINUTE
        midnight = (first // (24 * HOUR) + 1) * 24 * HOUR
        whole = punches(at(first), at(end))
        if at(midnight)[8:10] == "01" or not first < midnight < end:
            return
        halves = punches(at(first), at(midnight), at(midnight), at(end))

        assert hours(whole, "UTC") == hours(halves, "UTC")


class TestSleep:
    RULE = Figures(rest_minutes=20, meal_minutes=30, sleep_duty_hours=24, sleep_most_hours=8,
                   sleep_least_hours=5)  # fmt: skip

    @pytest.mark.parametrize(
        ("awake", "slept", "expected"),
        [(16, 8, 16), (15, 9, 16), (20, 4, 24), (14, 8, 22)],
    )
    def test_duty(self, awake: int, slept: int, expected: int) -> None:
        """Of 24 hours of duty up to eight of sleep are left out, of a shorter one none."""
        duty = [
            Stretch(1, awake * HOUR, "", (), 1, 0),
            Stretch(1, slept * HOUR, "", (), 1, 0, "sleep"),
        ]
        found = without_sleep(duty, self.RULE)

        assert expected * HOUR == sum(stretch.seconds for stretch in found)

    @pytest.mark.parametrize(("awake", "expected"), [(16, 24), (17, 17)])
    def test_public_safety(self, awake: int, expected: int) -> None:
        """29 CFR 553.222: in fire protection the duty has to be longer than 24 hours."""
        duty = [
            Stretch(1, awake * HOUR, "", (), 1, 0),
            Stretch(1, 8 * HOUR, "", (), 1, 0, "sleep"),
        ]
        found = without_sleep(duty, self.RULE, public_safety=True)

        assert expected * HOUR == sum(stretch.seconds for stretch in found)
