"""Leave: accrual, caps, the least that states ask for, and holiday pay."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from asopay import TableError
from asopay.leave import (
    Accrued,
    LeavePlan,
    accrue,
    holiday_hours,
    least_sick_leave,
    may_be_used,
    new_year,
    share_of_week,
    short_of_law,
)
from asopay.leave.accrual import hundredths

DAY = date(2026, 3, 2)
SICK = LeavePlan(per_hours=30, balance_cap=4_800)


class TestAccrual:
    def test_capped(self) -> None:
        """An hour for 30, 86 worked with 46.50 in hand and a cap of 48: 2.87, of which 1.50."""
        found = accrue(SICK, hundredths("46.50"), hundredths("86"))

        assert (Accrued(287, 150, 4_800), 137) == (found, found.lost)

    def test_kinds_of_plans(self) -> None:
        """Leave accrues by the period as well, and within the year's cap."""
        plan = LeavePlan(per_period=308, yearly_cap=8_000)

        assert Accrued(308, 308, 408) == accrue(plan, 100, 8_000)
        assert Accrued(308, 100, 200) == accrue(plan, 100, 8_000, accrued_this_year=7_900)
        assert Accrued(308, 0, 100) == accrue(plan, 100, 8_000, accrued_this_year=9_000)

    def test_above_the_cap(self) -> None:
        """A balance above the cap stays, and nothing is added."""
        assert Accrued(100, 0, 5_000) == accrue(SICK, 5_000, 3_000)

    def test_new_year(self) -> None:
        """What carries over is bounded, and front-loaded leave is added."""
        assert 5_000 == new_year(LeavePlan(), 5_000)
        assert 4_000 == new_year(LeavePlan(carry_over=4_000), 5_000)
        assert 4_500 == new_year(LeavePlan(carry_over=500, front_loaded=4_000), 5_000)

    def test_waiting(self) -> None:
        """Leave may be used after the waiting period."""
        plan = LeavePlan(waiting_days=90)

        assert not may_be_used(plan, date(2026, 1, 1), date(2026, 3, 31))
        assert may_be_used(plan, date(2026, 1, 1), date(2026, 4, 1))

    @given(st.lists(st.integers(0, 9_000), max_size=30), st.integers(1, 60))
    def test_sum(self, worked: list[int], per_hours: int) -> None:
        """Over the year accrual stays within half a hundredth a period of the exact share."""
        plan = LeavePlan(per_hours=per_hours)
        balance = 0
        for hours in worked:
            balance = accrue(plan, balance, hours).balance

        assert abs(Fraction(sum(worked), per_hours) - balance) * 2 <= len(worked)

    @pytest.mark.parametrize("hours", ["1.005", "x", -1])
    def test_wrong_hours(self, hours: Any) -> None:
        """Hours of leave have at most two decimals."""
        with pytest.raises(ValueError, match="is not a number"):
            hundredths(hours)

    def test_wrong_plan(self) -> None:
        """An hour can't accrue for none."""
        with pytest.raises(ValueError, match="not 0"):
            accrue(LeavePlan(per_hours=0), 0, 100)


class TestLaw:
    @pytest.mark.parametrize(
        ("state", "employees", "expected"),
        [
            ("US-CA", None, (30, 4_000)),
            ("US-AK", 14, (30, 4_000)),
            ("US-AK", 15, (30, 5_600)),
            ("US-IL", None, (40, 4_000)),
            ("US-CT", 10, (30, 0)),
        ],
    )
    def test_least(self, state: str, employees: int | None, expected: tuple[int, int]) -> None:
        """The hours for one, and the most of a year, by the number of employees."""
        plan = least_sick_leave(state, DAY, employees)

        assert plan is not None
        assert expected == (plan.per_hours, plan.yearly_cap)

    def test_no_law(self) -> None:
        """A state that is not in the list has none here; a day outside of it is an error."""
        assert least_sick_leave("US-TX", DAY) is None
        assert least_sick_leave("US-AK", date(2025, 6, 30)) is None
        with pytest.raises(TableError, match="covered is 2025-01-01 to 2026-12-31"):
            least_sick_leave("US-CA", date(2027, 1, 1))

    @pytest.mark.parametrize(
        ("plan", "lacks"),
        [
            (LeavePlan(per_hours=30), []),
            (LeavePlan(front_loaded=4_800), []),
            (LeavePlan(per_hours=25, yearly_cap=4_800), []),
            (
                LeavePlan(per_hours=40),
                ["an hour for 40 worked: US-CO asks for one for 30"],
            ),
            (
                LeavePlan(per_period=200),
                ["an hour for no number of hours worked: US-CO asks for one for 30"],
            ),
            (
                LeavePlan(per_hours=30, yearly_cap=4_000),
                ["40.00 hours a year: US-CO asks for 48"],
            ),
        ],
    )
    def test_short(self, plan: LeavePlan, lacks: list[str]) -> None:
        """What a plan lacks is named; one that gives the hours at once lacks nothing."""
        assert lacks == short_of_law(plan, "US-CO", DAY)
        assert [] == short_of_law(plan, "US-TX", DAY)
        assert [] == short_of_law(plan, "US-CT", DAY, employees=5)


def test_family_leave() -> None:
    """Fact Sheet 28I: 20 of 30 hours worked are a third of a week of leave."""
    assert Fraction(1, 3) == share_of_week("30", "20")
    for normal, worked in (("0", "0"), ("30", "31")):
        with pytest.raises(ValueError, match="normal hours of the week"):
            share_of_week(normal, worked)


def test_holidays() -> None:
    """Each holiday of the period is an earning; the employer may name its own."""
    thanksgiving = holiday_hours(date(2026, 11, 22), date(2026, 12, 5), 8, "20.00")
    own = holiday_hours(date(2026, 11, 22), date(2026, 12, 5), 8, "20.00", [date(2026, 11, 27)] * 2)

    assert ["holiday"] == [each.kind for each in thanksgiving] == [each.kind for each in own]
    assert 2 == len(holiday_hours(date(2026, 12, 20), date(2027, 1, 2), 8, "20.00"))
    assert evolve(thanksgiving[0]) == own[0]
