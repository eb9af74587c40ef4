"""Health plans beside the paycheck: premiums, accounts, affordability, full-time status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import TableError
from asopay.health import (
    MID_MONTH,
    BenefitsTest,
    LookBack,
    average_benefits_test,
    average_monthly_hours,
    by_poverty_line,
    by_rate_of_pay,
    by_wages,
    carry_over,
    coverage_share,
    full_time_equivalents,
    hsa_limit,
    imputed_income,
    key_employee_test,
    payments,
    premium_parts,
    qsehra_limit,
    responsibility,
    schedule,
)
from asopay.parties import HealthCoverage


class TestPremiums:
    """What a plan charges, and whom."""

    def test_schedule(self) -> None:
        """250 dollars a month in 26, 24 and 52 paychecks; the last settles what rounding left."""
        assert [11_538] * 25 + [11_550] == schedule(25_000, 26)
        assert [12_500] * 24 == schedule(25_000, 24)
        assert [5_769] * 52 == schedule(25_000, 52, settle=False)

    @given(st.integers(0, 1_000_000), st.integers(1, 53))
    def test_schedule_adds_up(self, monthly: int, paychecks: int) -> None:
        """The deductions of a year are twelve months, and none is below the first."""
        deductions = schedule(monthly, paychecks)

        assert 12 * monthly == sum(deductions)
        assert 0 <= min(deductions) == deductions[0]

    @pytest.mark.parametrize(
        ("method", "first", "middle", "sixteenth"),
        [
            ("full_month", 60_000, 60_000, 60_000),
            ("daily", 60_000, 32_000, 30_000),
            ("wash", 60_000, 60_000, 0),
            ("first_of_following", 60_000, 0, 0),
        ],
    )
    def test_mid_month(self, method: str, first: int, middle: int, sixteenth: int) -> None:
        """What is charged of June for coverage from the 1st, the 15th and the 16th."""
        days = [date(2026, 6, day) for day in (1, 15, 16)]

        assert [first, middle, sixteenth] == [coverage_share(60_000, d, method) for d in days]
        assert method in MID_MONTH

    def test_parts(self) -> None:
        """The employer pays an amount, up to the premium, or a rate of it."""
        assert (0, 30_000) == premium_parts(30_000, employer=50_000)
        assert (7_500, 22_500) == premium_parts(30_000, employer_rate="0.75")

    def test_domestic_partner(self) -> None:
        """750 dollars more a month, of which 260 are paid after tax, are 490 of income."""
        assert 49_000 == imputed_income(145_000 - 70_000, 40_000 - 14_000)
        assert 0 == imputed_income(10_000, 20_000)

    def test_errors(self) -> None:
        """Each says what would be accepted."""
        wrongs: dict[str, Callable[[], object]] = {
            "one of them is needed": lambda: premium_parts(1),
            "neither is below zero": lambda: premium_parts(-1, employer=0),
            "employer_rate: 2 is not from 0 to 1": lambda: premium_parts(1, employer_rate="2"),
            "paychecks are at least 1": lambda: schedule(1, 0),
            "'hourly' is not one of": lambda: coverage_share(1, date(2026, 1, 1), "hourly"),
        }
        for message, wrong in wrongs.items():
            with pytest.raises(ValueError, match=message):
                wrong()


class TestAccounts:
    """The limits that a paycheck applies, by themselves."""

    def test_limits(self) -> None:
        """Months of coverage, and what goes by age."""
        assert 440_000 == hsa_limit(2026, HealthCoverage(self_only_months=12))
        assert 930_000 == hsa_limit(2024, HealthCoverage(family_months=12), date(1960, 1, 1))
        assert 645_000 == qsehra_limit(2026, HealthCoverage(self_only_months=12))

    def test_carry_over(self) -> None:
        """A fifth of the limit may be kept of what is not spent."""
        assert [64_000, 66_000, 68_000] == [carry_over(99_999, y) for y in (2024, 2025, 2026)]

    def test_other_years(self) -> None:
        """A year without a table is an error that names those covered."""
        with pytest.raises(TableError, match="2024-01-01 to 2024-12-31"):
            carry_over(1, 2030)


class TestAffordability:
    """What self-only coverage may cost a month: rounded down, because no more is affordable."""

    def test_poverty_line(self) -> None:
        """Published: 129.89 for calendar year 2026, 132.46 from February, 113.20 for 2025."""
        assert 12_989 == by_poverty_line(2026, guidelines=2025)
        assert 13_246 == by_poverty_line(2026, guidelines=2026)
        assert 11_320 == by_poverty_line(2025, guidelines=2024)

    def test_rate_of_pay(self) -> None:
        """16.50 dollars an hour for 130 hours, and a monthly salary."""
        assert 21_364 == by_rate_of_pay(2026, hourly=1_650)
        assert 29_880 == by_rate_of_pay(2026, monthly=300_000)
        with pytest.raises(ValueError, match="hourly or monthly"):
            by_rate_of_pay(2026)

    def test_wages(self) -> None:
        """Box 1 of Form W-2, over the months of coverage."""
        assert 24_900 == by_wages(3_000_000, 12, 2026)
        assert 49_800 == by_wages(3_000_000, 6, 2026)
        with pytest.raises(ValueError, match="months: 13"):
            by_wages(1, 13, 2026)

    def test_payments(self) -> None:
        """120 full-time employees, five of them with a credit for eight months."""
        owed = payments(120, 12, 40, 2026)

        assert (30_060_000, 1_670_000) == (owed.not_offered, owed.not_affordable)
        capped = payments(31, 12, 31 * 12, 2026)
        assert capped.not_offered == capped.not_affordable == 334_000


class TestFullTime:
    """The look-back measurement method."""

    def test_ongoing_employee(self) -> None:
        """1,578 hours from October 15, 2025 on: 131.5 a month, full-time in 2027."""
        figures = responsibility(2026)
        periods = LookBack(date(2025, 10, 15), 12, date(2027, 1, 1), 12, figures)

        assert 131.5 == float(average_monthly_hours(1_578, periods.start, 12))
        assert date(2026, 10, 14) == periods.end
        assert date(2027, 12, 31) == periods.stability_end
        assert periods.is_full_time(1_578)
        assert not periods.is_full_time(1_559)
        assert periods.is_full_time(1_560)

    def test_special_unpaid_leave(self) -> None:
        """Weeks of special unpaid leave are left out of the average."""
        periods = LookBack(date(2026, 1, 1), 12, date(2027, 1, 1), 12, responsibility(2026))

        assert not periods.is_full_time(1_400)
        assert periods.is_full_time(1_400, leave_weeks=6)
        with pytest.raises(ValueError, match="leave_weeks: 60"):
            periods.is_full_time(1, leave_weeks=60)

    def test_periods_of_the_law(self) -> None:
        """3 to 12 months, a stability period as long and at least 6, at most 90 days between."""
        with pytest.raises(ValueError, match="months: 2 are not 3 to 12") as refused:
            LookBack(date(2026, 1, 1), 2, date(2026, 7, 1), 5, responsibility(2026))

        faults = str(refused.value).splitlines()
        assert "stability_months: 5 are below 6" in faults
        assert "stability_start: 122 days after the measurement period is not 0 to 90" in faults

    def test_large_employer(self) -> None:
        """Full-time employees, and the hours of others by 120; the average is rounded down."""
        assert 50 == full_time_equivalents([40] * 12, [1_200] * 12, responsibility(2026))
        assert 49 == full_time_equivalents([40] * 12, [1_199] * 12, responsibility(2026))
        with pytest.raises(ValueError, match="a list of 12 months"):
            full_time_equivalents([40], [1_200], responsibility(2026))


class TestNondiscrimination:
    """Sections 125(b)(2) and 129(d)(8)."""

    def test_key_employees(self) -> None:
        """30,000 of 110,000 dollars are more than a quarter."""
        assert BenefitsTest(27_272_727, passes=False) == key_employee_test(3_000_000, 11_000_000)
        assert key_employee_test(25, 100).passes
        assert key_employee_test(0, 0).passes

    def test_average_benefits(self) -> None:
        """300 dollars are a third of 900."""
        found = average_benefits_test(1_200_000, 40, 900_000, 10)

        assert BenefitsTest(33_333_333, passes=False) == found
        assert average_benefits_test(55, 1, 100, 1).passes
        assert average_benefits_test(0, 1, 0, 1).passes
        with pytest.raises(ValueError, match="each is at least 1"):
            average_benefits_test(1, 0, 1, 1)
