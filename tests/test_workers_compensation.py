"""Workers' compensation: payroll, premium, modification, audit."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import Earning, InvalidRequest, TableError
from asopay.money import rate_as_text
from asopay.workers_compensation import (
    ClassPayroll,
    Losses,
    PolicyTerms,
    WorkerPay,
    audit,
    experience_modification,
    hourly_premium,
    officer_payroll,
    policy_premium,
    premium_payroll,
)
from asopay.workers_compensation.premium import DiscountBand

DAY = date(2026, 3, 2)


class TestPayroll:
    EARNINGS = (
        Earning("regular", hours=40, rate="20.00"),
        Earning("overtime", hours=6, rate="20.00", multiplier="1.5"),
        Earning("overtime", hours=2, rate="20.00", multiplier="2"),
        Earning("tips", amount="50.00"),
        Earning("severance", amount="500.00"),
        Earning("bonus", amount="100.00"),
    )

    @pytest.mark.parametrize(
        ("state", "expected"), [("US-TX", 106_000), ("US-DE", 116_000), ("US-PA", 116_000)]
    )
    def test_overtime(self, state: str, expected: int) -> None:
        """A third of time and a half and half of double time are left out, but in two states."""
        sheet = premium_payroll(WorkerPay(self.EARNINGS), state, DAY)

        assert expected == sheet.result
        assert 55_000 == sheet["(left out)"]

    def test_stated_premium(self) -> None:
        """For overtime as an amount, its premium part is stated."""
        mixed = [Earning("regular", amount="800.00"), Earning("overtime", amount="180.00")]

        assert 92_000 == premium_payroll(WorkerPay(mixed, 6_000), "US-TX", DAY).result
        with pytest.raises(InvalidRequest, match=r"earnings\[1\]: overtime without a multiplier"):
            premium_payroll(WorkerPay(mixed), "US-TX", DAY)

    def test_wrong(self) -> None:
        """Earnings that can't be read are faults."""
        wrong = Earning("overtime", hours=1, rate="1", multiplier="x")
        with pytest.raises(InvalidRequest, match=r"earnings\[0\].multiplier"):
            premium_payroll(WorkerPay([wrong]), "US-TX", DAY)

    @pytest.mark.parametrize(
        ("pay", "year", "expected"),
        [
            (4_000_000, 2025, 5_200_000),
            (10_000_000, 2025, 10_000_000),
            (30_000_000, 2025, 23_920_000),
            (4_000_000, 2026, 5_460_000),
            (30_000_000, 2026, 25_480_000),
        ],
    )
    def test_officers(self, pay: int, year: int, expected: int) -> None:
        """Indiana Compensation Rating Bureau: 54,600 to 254,800 in 2026, and the year before."""
        assert expected == officer_payroll(pay, 52, "US-IN", date(year, 1, 1))

    def test_not_covered(self) -> None:
        """Bounds that were not sourced are an error, and so is another year."""
        with pytest.raises(TableError, match="officers' pay in US-CA are not in the tables"):
            officer_payroll(1, 52, "US-CA", DAY)
        with pytest.raises(TableError, match="covered is 2025-01-01 to 2026-12-31"):
            officer_payroll(1, 52, "US-IN", date(2027, 1, 1))


class TestPremium:
    def test_manual(self) -> None:
        """A published example: 50,000 dollars of payroll at 4.50 are 2,250."""
        assert 225_000 == policy_premium([ClassPayroll("5606", "50000", "4.50")]).result

    def test_classes(self) -> None:
        """A published table: 625.00, 630.00 and 3,720.00 by class."""
        classes = [
            ClassPayroll("8810", 250_000, "0.25"),
            ClassPayroll("8742", 180_000, "0.35"),
            ClassPayroll("5606", 120_000, "3.10"),
        ]

        assert 497_500 == policy_premium(classes)["(manual)"]

    def test_all_steps(self) -> None:
        """Every step by hand: 25,000 manual, 1.10, 0.95, two discounts, and what is added."""
        terms = PolicyTerms(
            experience_modification="1.10",
            schedule_rating="0.95",
            discounts=[DiscountBand(5_000, "0.05"), DiscountBand(10_000, "0.10")],
            expense_constant=160,
            terrorism_rate="0.01",
            catastrophe_rate="0.02",
            assessments="0.04",
        )
        sheet = policy_premium([ClassPayroll("5606", 1_000_000, "2.50")], terms)

        assert 2_750_000 == sheet["(modified)"]
        assert 2_612_500 == sheet["(standard)"]
        assert 186_300 == sheet["(discount)"]  # 250.00 and 1,612.50
        assert 30_000 == sheet["(terrorism)"]
        assert 2_472_200 == sheet["(before assessments)"]
        assert 98_900 == sheet["(assessments)"]
        assert 2_571_100 == sheet.result
        assert ("(modification)", "1.1") in {(each.line, each.amount) for each in sheet.explain()}

    def test_minimum(self) -> None:
        """The premium is not below the minimum of the policy."""
        terms = PolicyTerms(minimum_premium=500)

        assert 50_000 == policy_premium([ClassPayroll("8810", 1_000, "0.25")], terms).result

    def test_by_the_hour(self) -> None:
        """Washington: 160 hours at 0.6035 dollars."""
        assert 9_656 == hourly_premium("160", "0.6035")

    def test_wrong(self) -> None:
        """All that is wrong with a policy at once."""
        terms = PolicyTerms(
            experience_modification="x",
            discounts=[DiscountBand(10, "0.1"), DiscountBand(5, "-0.1")],
            expense_constant="-1",
        )
        with pytest.raises(InvalidRequest) as refused:
            policy_premium([ClassPayroll("8810", "x", "y")], terms)

        assert [
            "experience_modification",
            "expense_constant",
            "discounts[1].rate",
            "discounts",
            "classes[0].payroll",
            "classes[0].rate",
        ] == [fault.path for fault in refused.value.faults]

    @given(st.integers(0, 900_000), st.integers(0, 900_000), st.integers(50, 200))
    def test_audit(self, estimated: int, actual: int, modification: int) -> None:
        """The audit asks for more where payroll was more, and what is paid is the final premium."""
        terms = PolicyTerms(
            experience_modification=f"{modification // 100}.{modification % 100:02d}"
        )
        found = audit(
            [ClassPayroll("5606", estimated, "4.50")], [ClassPayroll("5606", actual, "4.50")], terms
        )

        assert found.final.result == found.estimated.result + found.due_cents
        assert (actual - estimated) * found.due_cents >= 0


class TestModification:
    @pytest.mark.parametrize(
        ("actual", "weight", "expected"),
        [
            # (40,000 + 0.2 x 30,000 + 0.8 x 25,000 + 20,000) / (60,000 + 20,000)
            (Losses(4_000_000, 3_000_000), "0.20", "1.08"),
            (Losses(3_500_000, 2_500_000), "0.20", "1"),
            (Losses(0, 0), "0.20", "0.5"),
            (Losses(0, 0), "1", "0.25"),
        ],
    )
    def test_by_hand(self, actual: Losses, weight: str, expected: str) -> None:
        """The formula by hand; losses as expected give 1."""
        expected_losses = Losses(3_500_000, 2_500_000)
        found = experience_modification(actual, expected_losses, weight, 2_000_000)

        assert expected == rate_as_text(found)

    @pytest.mark.parametrize(
        ("weight", "expected", "message"),
        [("1.5", Losses(1, 1), "from 0 to 1"), ("0.5", Losses(0, 0), "there is no modification")],
    )
    def test_wrong(self, weight: Any, expected: Losses, message: str) -> None:
        """A weight is a share, and something has to be expected."""
        with pytest.raises(ValueError, match=message):
            experience_modification(Losses(0, 0), expected, weight, 0)
