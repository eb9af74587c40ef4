"""Exempt salaries: thresholds, permissible deductions, and final pay."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from asopay import InvalidRequest, TableError
from asopay.overtime.law import standard_law
from asopay.salaries import (
    Absence,
    exempt_threshold,
    final_pay,
    salary_after_absences,
    shortfall,
)

DAY = date(2026, 3, 2)
TABLE = standard_law().table("US", "exempt_deductions", DAY)


class TestThresholds:
    @pytest.mark.parametrize(
        ("places", "day", "employees", "expected"),
        [
            (["US-TX"], DAY, None, 68_400),
            (["US-CA"], date(2025, 7, 1), None, 132_000),
            (["US-CA"], DAY, None, 135_200),
            (["US-AK"], date(2026, 7, 1), None, 112_000),
            (["US-NY"], DAY, None, 119_910),
            (["US-NY", "US-NY-NYC"], DAY, None, 127_500),
            (["US-WA"], date(2025, 7, 1), None, 149_940),
            (["US-WA"], date(2025, 7, 1), 50, 133_280),
            (["US-WA"], date(2025, 7, 1), 51, 149_940),
            (["US-WA"], DAY, 10, 154_170),
            (["US-ME"], DAY, None, 87_116),
        ],
    )
    def test_by_state(
        self, places: list[str], day: date, employees: int | None, expected: int
    ) -> None:
        """The highest of the federal and the state's, as two law firms list them."""
        assert expected == exempt_threshold(places, day, employees)

    def test_shortfall(self) -> None:
        """What a salary lacks, and nothing if it lacks nothing."""
        assert (1, 0) == tuple(shortfall(each, ["US-TX"], DAY) for each in (68_399, 68_400))

    def test_not_covered(self) -> None:
        """A day without a threshold is an error."""
        with pytest.raises(TableError, match="covered is 2025-01-01 to 2026-12-31"):
            exempt_threshold(["US-TX"], date(2027, 1, 1))


class TestDeductions:
    @pytest.mark.parametrize(
        ("absences", "expected"),
        [
            ([], 200_000),
            ([Absence("personal", 1)], 180_000),
            ([Absence("sickness", 2), Absence("discipline", 1)], 140_000),
            ([Absence("first_or_last_week", "7.5")], 50_000),
            ([Absence("family_leave", "0.25")], 195_000),
            ([Absence("personal", 10)], 0),
        ],
    )
    def test_by_hand(self, absences: list[Absence], expected: int) -> None:
        """Days of ten that may be deducted; parts of days where the regulation allows them."""
        sheet = salary_after_absences(200_000, 10, absences, TABLE)

        assert expected == sheet.result
        assert expected == 200_000 - sheet["(deducted)"]

    def test_wrong(self) -> None:
        """All faults at once: a reason that there is none of, half days, too many of them."""
        wrong: list[Any] = [
            Absence("holiday", 1),
            Absence("personal", "0.5"),
            Absence("safety", "x"),
        ]
        with pytest.raises(InvalidRequest) as refused:
            salary_after_absences(200_000, 0, wrong, TABLE)
        with pytest.raises(InvalidRequest, match="more than the 10 workdays"):
            salary_after_absences(200_000, 10, [Absence("personal", 11)], TABLE)

        assert ["workdays", "absences[0].reason", "absences[1].days", "absences[2].days"] == [
            fault.path for fault in refused.value.faults
        ]


class TestFinalPay:
    PAYDAY = date(2026, 3, 13)

    @pytest.mark.parametrize(
        ("state", "discharged", "due", "owed"),
        [
            ("US-CA", True, DAY, True),
            ("US-CA", False, date(2026, 3, 5), True),
            ("US-CO", True, DAY, True),
            ("US-CO", False, PAYDAY, True),
            ("US-MA", True, DAY, True),
            ("US-AZ", True, date(2026, 3, 9), False),
            ("US-AL", True, PAYDAY, False),
            ("US-AK", True, date(2026, 3, 5), False),
        ],
    )
    def test_by_state(self, state: str, discharged: bool, due: date, owed: bool) -> None:
        """When pay is due, and whether unused vacation is owed without a policy for it."""
        found = final_pay(state, DAY, self.PAYDAY, "24.5", "30.00", discharged=discharged)

        assert (due, owed) == (found.due, found.payout is not None)

    def test_policy(self) -> None:
        """Where the law leaves it to the employer, its policy decides."""
        found = final_pay(
            "US-AL", DAY, self.PAYDAY, "8", "30.00", discharged=False, policy_pays=True
        )

        assert found.payout is not None
        assert ("vacation_payout", "8", "30.00") == (
            found.payout.kind,
            found.payout.hours,
            found.payout.rate,
        )

    def test_nothing_unused(self) -> None:
        """Without unused vacation there is no payout."""
        assert final_pay("US-CA", DAY, self.PAYDAY, discharged=True).payout is None

    def test_not_covered(self) -> None:
        """A state whose rule was not sourced is an error, not a guess."""
        with pytest.raises(TableError, match="Texas: its rules of final pay are not in the tables"):
            final_pay("US-TX", DAY, self.PAYDAY, discharged=True)
