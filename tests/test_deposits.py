"""Federal tax deposits: the examples of Publication 15 (2025), and what always holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay.compliance.business_days import is_business_day, on_or_after
from asopay.compliance.deposits import (
    Deposit,
    deposits,
    late_deposit_penalty,
    lookback_period,
    return_due,
    schedule_of,
    shortfall_allowed,
    shortfall_due,
    unemployment_deposits,
)
from asopay.ledger import Quarter
from asopay.legal_holidays import district_holidays
from support import exactly

LARGE = 100_000_00
ABOVE_SMALL = 5_000_00


def due(found: list[Deposit]) -> list[tuple[int, date]]:
    """Amounts in cents and due dates."""
    return [(deposit.cents, deposit.due) for deposit in found]


class TestPublication15:
    """Examples of Publication 15 (2025), section 11, as printed (pages 30 to 34)."""

    def test_lookback(self) -> None:
        """Rose Co.: 48,000 in the lookback period is monthly, 51,000 semiweekly."""
        quarters = [12_000_00, 12_000_00, 12_000_00]

        assert "monthly" == schedule_of(2024, [*quarters, 12_000_00])
        assert "semiweekly" == schedule_of(2025, [*quarters, 15_000_00])
        assert "2023Q3 2023Q4 2024Q1 2024Q2" == " ".join(map(str, lookback_period(2025)))

    def test_farm(self) -> None:
        """Red Co.: 48,000 in a calendar year is monthly, 60,000 semiweekly."""
        assert "monthly" == schedule_of(2025, [48_000_00])
        assert "semiweekly" == schedule_of(2026, [60_000_00])

    def test_monthly(self) -> None:
        """Spruce Co.: the paydays of March by April 15; nothing for April, without wages."""
        fridays = [date(2025, 3, day) for day in (7, 14, 21, 28)]
        found = deposits(dict.fromkeys(fridays, 1_000_00), "monthly")

        assert [(4_000_00, date(2025, 4, 15))] == due(found)

    def test_semiweekly(self) -> None:
        """Green, Inc.: the payday of Friday, May 30, by Wednesday, June 4."""
        found = deposits({date(2025, 5, 30): ABOVE_SMALL}, "semiweekly")

        assert [(ABOVE_SMALL, date(2025, 6, 4))] == due(found)

    def test_two_quarters(self) -> None:
        """Paydays of March 29 and April 1 are in one semiweekly period: two deposits, one day."""
        paid = {date(2025, 3, 29): 7_000_00, date(2025, 4, 1): 8_000_00}
        friday = date(2025, 4, 4)

        assert [(7_000_00, friday), (8_000_00, friday)] == due(deposits(paid, "semiweekly"))

    def test_holiday(self) -> None:
        """A Friday payday before a holiday on Monday: Thursday, three business days later."""
        found = deposits({date(2025, 5, 23): ABOVE_SMALL}, "semiweekly")

        assert [(ABOVE_SMALL, date(2025, 5, 29))] == due(found)
        assert found[0].reason.endswith("a day more for each legal holiday")

    def test_accumulation_ends_with_the_period(self) -> None:
        """95,000 on a Tuesday and 10,000 on Wednesday: no next-day deposit."""
        paid = {date(2025, 7, 8): 95_000_00, date(2025, 7, 9): 10_000_00}
        found = deposits(paid, "semiweekly")

        assert [(95_000_00, date(2025, 7, 11)), (10_000_00, date(2025, 7, 16))] == due(found)

    def test_next_day(self) -> None:
        """Fir Co.: 110,000 on Monday by Tuesday; Tuesday's 30,000 begins anew, by Friday."""
        paid = {date(2025, 7, 7): 110_000_00, date(2025, 7, 8): 30_000_00}
        found = deposits(paid, "semiweekly")

        assert [(110_000_00, date(2025, 7, 8)), (30_000_00, date(2025, 7, 11))] == due(found)

    def test_becomes_semiweekly(self) -> None:
        """Elm, Inc.: 40,000 and 60,000 in May by Monday, May 12, and semiweekly from then on."""
        paid = {date(2025, 5, 7): 40_000_00, date(2025, 5, 9): 60_000_00}
        found = deposits(paid | {date(2025, 5, 16): 3_000_00}, "monthly")

        assert [(LARGE, date(2025, 5, 12)), (3_000_00, date(2025, 5, 21))] == due(found)
        assert "semiweekly from the next day to the end of 2026" in found[0].reason

    def test_shortfall(self) -> None:
        """A shortfall in July by August 15; one of October 1 with the return of October 31."""
        july, october = date(2025, 7, 9), date(2025, 10, 1)

        assert date(2025, 8, 15) == shortfall_due(july, date(2025, 7, 3), "semiweekly")
        assert date(2025, 10, 31) == shortfall_due(october, date(2025, 9, 26), "semiweekly")
        assert date(2025, 10, 31) == shortfall_due(july, date(2025, 7, 3), "monthly")

    def test_holidays(self) -> None:
        """The legal holidays that the publication lists for 2025."""
        listed = "0101 0120 0217 0416 0526 0619 0704 0901 1013 1111 1127 1225"

        assert listed.split() == sorted({f"{day:%m%d}" for day, _ in district_holidays(2025)})


class TestSmallQuarters:
    """Less than 2,500 in the quarter, or in the one before, may be paid with the return."""

    def test_this_quarter(self) -> None:
        """A small quarter is one payment, when the return is due."""
        paid = {date(2025, 1, 31): 1_000_00, date(2025, 2, 28): 1_499_99}

        assert [(2_499_99, date(2025, 4, 30))] == due(deposits(paid, "monthly"))

    def test_quarter_before(self) -> None:
        """After a small quarter the next one can wait as well; the one after it can't."""
        paid = {date(2025, month, 28): amount for month, amount in ((2, 5), (5, 9_000_00), (8, 9))}
        later = paid | {date(2025, 11, 28): ABOVE_SMALL, date(2025, 8, 28): ABOVE_SMALL}

        assert date(2025, 7, 31) == deposits(paid, "semiweekly")[1].due
        assert date(2025, 9, 4) == deposits(later, "semiweekly")[2].due
        [first] = deposits({date(2025, 2, 28): ABOVE_SMALL}, "monthly", prior_quarter=2_499_99)
        assert date(2025, 4, 30) == first.due

    def test_nothing(self) -> None:
        """No liability needs no deposit."""
        assert [] == deposits({}, "monthly")
        assert [] == deposits({date(2025, 2, 28): 0}, "monthly")

    def test_not_after_a_large_day(self) -> None:
        """A quarter with a next-day deposit is deposited, whatever the one before was."""
        found = deposits({date(2025, 2, 28): LARGE}, "monthly", prior_quarter=0)

        assert [(LARGE, date(2025, 3, 3))] == due(found)


class TestRefusals:
    """What is no liability is refused."""

    @pytest.mark.parametrize(
        ("liabilities", "schedule", "message"),
        [
            ({}, "weekly", "schedule: 'weekly' is not one of monthly, semiweekly"),
            (
                {date(2025, 1, 3): -1},
                "monthly",
                "liabilities: 2025-01-03: below zero; correct the day that was overpaid",
            ),
            (
                {date(2025, 1, 3): 1, date(2026, 1, 2): 1},
                "monthly",
                "liabilities: give one year at a time, not 2025, 2026",
            ),
        ],
    )
    def test_refused(self, liabilities: Any, schedule: Any, message: str) -> None:
        """Each with a message that names the argument."""
        with pytest.raises(ValueError, match=exactly(message)):
            deposits(liabilities, schedule)


class TestUnemployment:
    """Federal unemployment tax: Publication 15 (2025), section 14."""

    def test_carried_forward(self) -> None:
        """Up to 500 waits; more is due at the end of the next month; the rest with Form 940."""
        amounts = {1: 500_00, 2: 1, 3: 40_00, 4: 10_00}
        found = unemployment_deposits({Quarter(2025, n): a for n, a in amounts.items()})

        assert [(500_01, date(2025, 7, 31)), (50_00, date(2026, 2, 2))] == due(found)
        assert "with Form 940" in found[1].reason

    def test_nothing_left(self) -> None:
        """A year that ends without liability ends without deposit."""
        assert [] == unemployment_deposits({Quarter(2025, 4): 0})


class TestPenalties:
    """What a late deposit costs, and what may be missing."""

    @pytest.mark.parametrize(
        ("days", "cents"), [(0, 0), (1, 20), (5, 20), (6, 50), (15, 50), (16, 100)]
    )
    def test_by_days(self, days: int, cents: int) -> None:
        """2, 5 and 10 percent, by calendar days late."""
        day = date(2025, 6, 4)

        assert cents == late_deposit_penalty(10_00, day, day + timedelta(days))

    def test_shortfall(self) -> None:
        """The larger of 100 dollars and 2 percent may be missing."""
        assert 100_00 == shortfall_allowed(4_000_00, date(2025, 1, 1))
        assert 200_00 == shortfall_allowed(10_000_00, date(2025, 1, 1))


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
AMOUNTS = st.integers(0, 150_000_00)
YEARS = st.sampled_from([2024, 2025, 2026]).flatmap(
    lambda year: st.dictionaries(
        st.dates(date(year, 1, 1), date(year, 12, 31)), AMOUNTS, max_size=60
    )
)
SCHEDULES: Any = st.sampled_from(["monthly", "semiweekly"])


@given(YEARS, SCHEDULES)
def test_every_cent_is_deposited_once(liabilities: dict[date, int], schedule: Any) -> None:
    """Deposits add up to the liabilities, and each is due after its days, on a business day."""
    found = deposits(liabilities, schedule)

    assert sum(liabilities.values()) == sum(deposit.cents for deposit in found)
    for deposit in found:
        assert deposit.last_day < deposit.due
        assert is_business_day(deposit.due)
        inside = [a for d, a in liabilities.items() if deposit.first_day <= d <= deposit.last_day]
        assert sum(inside) == deposit.cents


@given(DAYS)
def test_due_dates_are_business_days(day: date) -> None:
    """No due date falls on a weekend or a holiday, and none moves by more than four days."""
    moved = on_or_after(day)

    assert is_business_day(moved)
    assert timedelta(0) <= moved - day <= timedelta(4)
    assert is_business_day(return_due(Quarter.of(day)))
