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
LAST_DAYS = {"US-CA": date(2025, 12, 31)}


def weekly(programme: str, quarters: list[str], day: date = DAY, **more: Any) -> str:
    return str(estimate(programme, BasePeriod(quarters, **more), day).weekly)


@pytest.mark.parametrize(
    ("programme", "quarters", "expected"),
    [
        # A published example: 115,000 a year is 2,211.54 a week, and the maximum is reached.
        ("US-MN/paid_leave", ["28750.00"] * 4, "1423.00"),
        # 90 percent of 711.50, and 66 percent of 288.50.
        ("US-MN/paid_leave", ["13000.00"] * 4, "830.76"),
        ("US-NJ/family_leave", ["13000.00"] * 4, "850.00"),
        ("US-NJ/family_leave", ["26000.00"] * 4, "1119.00"),
        ("US-NJ/family_leave", ["3875.00"] * 4, "253.00"),  # 85 percent of 298.08, less 37 cents
        ("US-NJ/family_leave", ["3875.00"] * 3 + ["3874.99"], "0.00"),
        ("US-NY/disability_insurance", ["13000.00"] * 4, "170.00"),
        ("US-NY/family_leave", ["13000.00"] * 4, "670.00"),
        ("US-RI/disability_insurance", ["10000.00", "13000.00", "0", "0"], "600.60"),
        # 80 percent of 961.24, and half of 38.76: by the two highest quarters.
        ("US-MA/medical_leave", ["0", "13000.00", "13000.00", "5.00"], "788.37"),
        # Two examples of a legal service: averages of 539 and 1,093, up to the dollar.
        ("US-MA/medical_leave", ["0", "5000.00", "6000.00", "8000.00"], "431.20"),
        ("US-MA/medical_leave", ["0", "0", "10000.00", "14200.00"], "834.87"),
        ("US-DC/paid_leave", ["13000.00"] * 4, "900.00"),
        ("US-DC/paid_leave", ["16900.00"] * 4, "1080.80"),  # 969.30, and half of 223.00
        ("US-PR/disability_insurance", ["1300.00"] * 4, "65.00"),
        ("US-PR/disability_insurance", ["20.00"] * 4, "0.00"),
        ("US-PR/disability_insurance", ["40.00"] * 4, "12.00"),
        ("US-PR/disability_insurance", ["9000.00"] * 4, "113.00"),
        ("US-CT/family_leave", ["2324.99"] * 4, "0.00"),
        ("US-CT/family_leave", ["13000.00"] * 4, "837.16"),  # 643.72 and 193.44
        ("US-OR/paid_leave", ["13000.00"] * 4, "943.24"),  # 886.47, and half of 113.53
        ("US-OR/paid_leave", ["249.99"] * 4, "0.00"),
        ("US-OR/paid_leave", ["250.00"] * 4, "68.19"),
        ("US-DE/paid_leave", ["13000.00"] * 4, "800.00"),
        ("US-ME/paid_leave", ["13000.00"] * 4, "804.00"),  # 540, and 66 percent of 400
        ("US-ME/paid_leave", ["13001.00"] * 4, "805.00"),  # 264.05 is 265
        ("US-WA/paid_leave", ["13000.00"] * 4, "866.00"),  # 823.50 and 42.50
        ("US-HI/disability_insurance", ["13000.00"] * 4, "580.00"),
        ("US-HI/disability_insurance", ["13001.00"] * 4, "581.00"),
        ("US-NY/family_leave", ["1040.00"] * 4, "80.00"),
        ("US-NY/family_leave", ["1430.00"] * 4, "100.00"),
    ],
)
def test_by_hand(programme: str, quarters: list[str], expected: str) -> None:
    """The formula of each programme, computed by hand."""
    assert expected == weekly(programme, quarters)


@pytest.mark.parametrize(
    ("average", "expected"),
    [
        *((500, "450.00"), (914, "822.00"), (915, "823.00"), (1500, "1116.00")),
        *((3000, "1647.00"), (80, "80.00"), (0, "0.00")),
    ],
)
def test_another_engine(average: int, expected: str) -> None:
    """Washington, 2026: the examples of policyengine-us, by the average weekly wage."""
    assert expected == weekly("US-WA/paid_leave", [f"{average * 13}.00"] * 4)


@pytest.mark.parametrize(
    ("quarter", "expected"),
    [
        ("74.99", "0.00"),
        ("722.22", "50.00"),
        ("722.50", "51.00"),
        ("15506.40", "1074.00"),  # 90 percent of 1,192.80 is 1,073.52
        ("19936.80", "1074.00"),
        ("26000.00", "1400.00"),  # 70 percent of 2,000
        ("90000.00", "1681.00"),
    ],
)
def test_california(quarter: str, expected: str) -> None:
    """California, 2025: 90 percent up to 15,506.40 in the highest quarter, at least 50 dollars."""
    quarters, day = [quarter, "300.00", "0", "0"], date(2025, 3, 3)
    if expected == "0.00":
        quarters = ["74.99"] * 4

    assert expected == weekly("US-CA/disability_insurance", quarters, day)
    assert expected == weekly("US-CA/family_leave", quarters, day)


def test_colorado() -> None:
    """The example of a guide of July 2024: 1,000 dollars a week are 794.27."""
    assert "794.27" == weekly("US-CO/paid_leave", ["13000.00"] * 4, date(2025, 6, 30))


@pytest.mark.parametrize(
    ("programme", "paid_weeks"),
    [("US-MA/family_leave", 11), ("US-ME/paid_leave", 11), ("US-WA/paid_leave", 12)],
)
def test_waiting_days(programme: str, paid_weeks: int) -> None:
    """In Massachusetts and Maine waiting days count as leave: eleven of twelve weeks are paid."""
    found = estimate(programme, BasePeriod(["13000.00"] * 4), DAY)

    assert (7, 12, paid_weeks) == (found.waiting_days, found.weeks, found.paid_weeks)
    assert found.most == found.weekly * paid_weeks


def test_weeks_worked() -> None:
    """Where the average is of the weeks worked, fewer weeks make it larger."""
    assert "850.00" == weekly("US-NJ/family_leave", ["5000.00"] * 4, weeks_worked=20)


def test_dependents() -> None:
    """Rhode Island adds 7 percent for each of up to five dependents, at least 20 dollars."""
    of_one = weekly("US-RI/disability_insurance", ["13000.00", "0", "0", "0"], dependents=1)

    assert "642.64" == of_one
    assert "1489.05" == weekly("US-RI/disability_insurance", ["90000.00"] * 4, dependents=9)
    assert "159.00" == weekly("US-RI/family_leave", ["1000.00", "0", "0", "0"], dependents=1)


@pytest.mark.parametrize("programme", programmes())
@given(st.lists(st.integers(0, 9_000_000), min_size=4, max_size=4), st.integers(1, 52))
def test_between_minimum_and_maximum(programme: str, cents: list[int], raised: int) -> None:
    """The benefit lies between its bounds, and does not fall when wages rise."""
    day = LAST_DAYS.get(programme[:5], DAY)
    found, more = (
        estimate(programme, BasePeriod([f"{c // 100}.{c % 100:02d}" for c in wages]), day)
        for wages in (cents, [each and each + raised for each in cents])
    )
    sheet = found.worksheet

    assert found.weekly_cents <= more.weekly_cents
    assert not found.weekly_cents or (
        sheet["(minimum)"] <= found.weekly_cents <= sheet["(maximum)"]
    )
    assert found.most == found.weekly * found.paid_weeks


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
    assert "US-CT/family_leave, US-DC/paid_leave" in str(refused.value)


def test_outside_of_the_dates() -> None:
    """A day that no table covers is an error that names those covered."""
    base = BasePeriod(["1.00"] * 4)
    with pytest.raises(TableError, match="covered is 2025-01-01 to 2025-06-30, 2025-07-01 to"):
        estimate("US-CO/paid_leave", base, date(2026, 7, 1))
