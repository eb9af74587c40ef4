"""What statutory programmes would pay: estimates for planning."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import InvalidRequest, TableError
from asopay.statutory_benefits import BasePeriod, estimate, programmes

DAY = date(2026, 6, 15)
COVERED = [programme for programme in programmes() if programme != "US-CO/paid_leave"]


def weekly(programme: str, quarters: list[str], **more: Any) -> str:
    return str(estimate(programme, BasePeriod(quarters, **more), DAY).weekly)


@pytest.mark.parametrize(
    ("programme", "quarters", "expected"),
    [
        # A published example: 115,000 a year is 2,211.54 a week, and the maximum is reached.
        ("US-MN/paid_leave", ["28750.00"] * 4, "1423.00"),
        # 90 percent of 711.50, and 66 percent of 288.50.
        ("US-MN/paid_leave", ["13000.00"] * 4, "830.76"),
        ("US-NJ/family_leave", ["13000.00"] * 4, "850.00"),
        ("US-NJ/family_leave", ["26000.00"] * 4, "1119.00"),
        ("US-NJ/family_leave", ["3875.00"] * 4, "253.37"),  # 85 percent of 298.08
        ("US-NJ/family_leave", ["3875.00"] * 3 + ["3874.99"], "0.00"),
        ("US-NY/disability_insurance", ["13000.00"] * 4, "170.00"),
        ("US-NY/family_leave", ["13000.00"] * 4, "670.00"),
        ("US-RI/disability_insurance", ["10000.00", "13000.00", "0", "0"], "600.60"),
        # 80 percent of 961.24, and half of 38.76: by the two highest quarters.
        ("US-MA/medical_leave", ["0", "13000.00", "13000.00", "5.00"], "788.37"),
        ("US-CT/family_leave", ["13000.00"] * 4, "837.16"),  # 643.72 and 193.44
        ("US-OR/paid_leave", ["13000.00"] * 4, "943.24"),  # 886.47, and half of 113.53
        ("US-OR/paid_leave", ["100.00"] * 4, "68.19"),
        ("US-DE/paid_leave", ["13000.00"] * 4, "800.00"),
        ("US-ME/paid_leave", ["13000.00"] * 4, "803.86"),  # 539.48 and 264.38
        ("US-WA/paid_leave", ["13000.00"] * 4, "866.00"),  # 823.50 and 42.50
        ("US-HI/disability_insurance", ["13000.00"] * 4, "580.00"),
    ],
)
def test_by_hand(programme: str, quarters: list[str], expected: str) -> None:
    """The formula of each programme, computed by hand."""
    assert expected == weekly(programme, quarters)


def test_weeks_worked() -> None:
    """Where the average is of the weeks worked, fewer weeks make it larger."""
    assert "850.00" == weekly("US-NJ/family_leave", ["5000.00"] * 4, weeks_worked=20)


def test_dependents() -> None:
    """Rhode Island adds 7 percent for each of up to five dependents, at least 10 dollars."""
    of_one = weekly("US-RI/disability_insurance", ["13000.00", "0", "0", "0"], dependents=1)

    assert "642.64" == of_one
    assert "1489.05" == weekly("US-RI/disability_insurance", ["90000.00"] * 4, dependents=9)
    assert "56.20" == weekly("US-RI/disability_insurance", ["1000.00", "0", "0", "0"], dependents=1)


@pytest.mark.parametrize("programme", COVERED)
@given(st.lists(st.integers(0, 9_000_000), min_size=4, max_size=4), st.integers(1, 52))
def test_between_minimum_and_maximum(programme: str, cents: list[int], raised: int) -> None:
    """The benefit lies between its bounds, and does not fall when wages rise."""
    found, more = (
        estimate(programme, BasePeriod([f"{c // 100}.{c % 100:02d}" for c in wages]), DAY)
        for wages in (cents, [each + raised for each in cents])
    )
    sheet = found.worksheet

    assert found.weekly_cents <= more.weekly_cents
    assert not found.weekly_cents or (
        sheet["(minimum)"] <= found.weekly_cents <= sheet["(maximum)"]
    )
    assert found.most == found.weekly * found.weeks


def test_wrong() -> None:
    """Everything that is wrong is reported together."""
    base = BasePeriod(["x", "-1"], weeks_worked=0, dependents=-1)
    with pytest.raises(InvalidRequest) as refused:
        estimate("US-TX/paid_leave", base, DAY)

    assert [
        "programme",
        "quarters",
        "quarters[0]",
        "quarters[1]",
        "weeks_worked",
        "dependents",
    ] == [fault.path for fault in refused.value.faults]
    assert "US-CT/family_leave, US-DE/paid_leave" in str(refused.value)


def test_outside_of_the_dates() -> None:
    """A day that no table covers is an error that names those covered."""
    base = BasePeriod(["1.00"] * 4)
    with pytest.raises(TableError, match="covered is 2025-07-01 to 2026-06-30"):
        estimate("US-CO/paid_leave", base, date(2026, 7, 1))
