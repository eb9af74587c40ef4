"""What a retirement plan computes: match, limits, vesting, loans, and its tests."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import TableError
from asopay.retirement import (
    BASIC,
    CLIFF,
    ENHANCED,
    GRADED,
    QACA,
    AutomaticEnrolment,
    MatchFormula,
    Participant,
    Tier,
    VestingSchedule,
    allocable_income,
    correct,
    cure_by,
    deemed_distribution,
    highest_average,
    highly_compensated,
    key_employees,
    largest_loan,
    limits,
    loan_payments,
    match,
    needed_average,
    plan_test,
    top_heavy_minimum,
    top_heavy_test,
    true_up,
    vested,
)

PAY = st.integers(0, 50_000_000)


class TestMatch:
    """Section 401(k)(12) and (13), and plan formulas."""

    @pytest.mark.parametrize(
        ("formula", "expected"),
        [
            (BASIC, ["0", "1", "2", "3", "3.5", "4", "4", "4"]),
            (ENHANCED, ["0", "1", "2", "3", "4", "4", "4", "4"]),
            (QACA, ["0", "1", "1.5", "2", "2.5", "3", "3.5", "3.5"]),
        ],
    )
    def test_safe_harbors(self, formula: MatchFormula, expected: list[str]) -> None:
        """The match in percent of pay, for deferrals of 0 to 6 and of 10 percent."""
        matched = [match(pct * 1000, 100_000, formula) for pct in (0, 1, 2, 3, 4, 5, 6, 10)]

        assert [int(Fraction(pct) * 1000) for pct in expected] == matched

    def test_true_up(self) -> None:
        """120,000 dollars in 24 pays at 30 percent: the limit is reached in the 17th."""
        deferrals = [150_000] * 16 + [50_000] + [0] * 7
        matched = sum(match(each, 500_000, ENHANCED) for each in deferrals)

        assert 340_000 == matched
        assert 480_000 == match(sum(deferrals), 12_000_000, ENHANCED)
        assert 140_000 == true_up(matched, sum(deferrals), 12_000_000, ENHANCED)

    @given(st.lists(st.tuples(PAY, st.integers(0, 100)), min_size=1, max_size=26))
    def test_true_up_makes_both_equal(self, pays: list[tuple[int, int]]) -> None:
        """Matches of the pay periods and the true-up are the match of the year, or more."""
        deferrals = [pay * percent // 100 for pay, percent in pays]
        total = sum(pay for pay, _ in pays)
        matched = sum(match(d, pay, BASIC) for d, (pay, _) in zip(deferrals, pays, strict=True))
        whole = match(sum(deferrals), total, BASIC)

        assert max(whole, matched) == matched + true_up(matched, sum(deferrals), total, BASIC)
        assert whole >= matched - len(pays)  # half a cent of rounding for each

    def test_annual_additions(self) -> None:
        """400,000 dollars of pay: half of 6 percent of 360,000, and what 415(c) leaves."""
        of_year = limits(2026)
        half_of_six = MatchFormula((Tier(6, 50),))
        matched = match(2_450_000, of_year.counted(40_000_000), half_of_six)

        assert 1_080_000 == matched
        assert 3_670_000 == of_year.room(40_000_000, 2_450_000 + matched)
        assert 0 == of_year.room(1_000_000, 2_450_000)

    @pytest.mark.parametrize(
        ("tiers", "expected"),
        [
            (((5, 50), (3, 100)), "tiers: they are not in ascending order of up_to"),
            (((3, 50), (3, 100)), "tiers: they are not in ascending order of up_to"),
            (((-1, 50),), "-1 percent is below zero"),
        ],
    )
    def test_wrong_formulas(self, tiers: tuple[tuple[int, int], ...], expected: str) -> None:
        """A formula has ascending tiers of no negative percentages."""
        with pytest.raises(ValueError, match=expected):
            MatchFormula(tuple(Tier(up_to, percent) for up_to, percent in tiers))

    def test_other_years(self) -> None:
        """Limits of a year without a table are an error that names those covered."""
        with pytest.raises(TableError, match="2024-01-01 to 2024-12-31"):
            limits(2030)


class TestVesting:
    """Section 411(a)(2)(B)."""

    def test_schedules(self) -> None:
        """Nothing and all after three years; 20 to 100 percent from two to six."""
        assert [0, 0, 0, 100, 100] == [vested(100, years, CLIFF) for years in range(5)]
        assert [0, 0, 20, 40, 60, 80, 100, 100] == [vested(100, n, GRADED) for n in range(8)]
        assert 100 == vested(100, 0, VestingSchedule((100,)))
        assert 33 == vested(67, 2, VestingSchedule((0, 25, 50, 75, 100)))

    @pytest.mark.parametrize(
        "percents",
        [(0, 0, 0, 0, 100), (0, 0, 20, 40, 60, 80), (50, 40, 100), (), (0, 0, 10, 90, 100)],
    )
    def test_wrong_schedules(self, percents: tuple[int, ...]) -> None:
        """A schedule rises to 100 and is no slower than the law allows."""
        with pytest.raises(ValueError, match="percents: "):
            VestingSchedule(percents)

    def test_below_zero(self) -> None:
        """Nobody has served for less than no years."""
        with pytest.raises(ValueError, match="neither is below zero"):
            vested(100, -1, CLIFF)


class TestLoans:
    """Section 72(p)."""

    @pytest.mark.parametrize(
        ("balance", "owed", "highest", "expected"),
        [
            (12_000_000, 0, 0, 5_000_000),
            (5_000_000, 0, 0, 2_500_000),
            (1_500_000, 0, 0, 1_000_000),
            (800_000, 0, 0, 800_000),
            (12_000_000, 0, 2_000_000, 3_000_000),
            (12_000_000, 1_000_000, 2_000_000, 3_000_000),
            (1_000_000, 900_000, 900_000, 100_000),
            (1_000_000, 2_000_000, 2_000_000, 0),
        ],
    )
    def test_largest(self, balance: int, owed: int, highest: int, expected: int) -> None:
        """Half of what is vested, at least 10,000, at most 50,000 less what was paid back."""
        assert expected == largest_loan(balance, owed, highest, limits(2026))

    def test_by_hand(self) -> None:
        """1,200 dollars at 12 percent in three months: 408.03, and the last one settles."""
        payments = [
            (each.payment, each.interest, each.balance)
            for each in loan_payments(120_000, "0.12", 3, 12)
        ]

        assert [(40_803, 1_200, 80_397), (40_803, 804, 40_398), (40_802, 404, 0)] == payments

    @given(st.integers(0, 5_000_000), st.integers(0, 2_000), st.integers(1, 130))
    def test_settles(self, amount: int, basis_points: int, periods: int) -> None:
        """Principal adds up to the loan, and the last balance is zero."""
        text = f"{basis_points // 10_000}.{basis_points % 10_000:04d}"
        payments = list(loan_payments(amount, text, periods, 26))

        assert amount == sum(each.principal for each in payments)
        assert (periods, 0) == (payments[-1].number, payments[-1].balance)
        assert all(each.payment == each.interest + each.principal for each in payments)

    @pytest.mark.parametrize(("rate", "periods"), [("-0.01", 12), ("0.05", 0)])
    def test_wrong(self, rate: str, periods: int) -> None:
        """A loan has a rate and periods."""
        with pytest.raises(ValueError, match="are not below zero, periods are at least 1"):
            list(loan_payments(100, rate, periods, 12))


class TestNondiscrimination:
    """Section 401(k)(3) and (8), and 416."""

    OTHERS: tuple[tuple[int, int], ...] = (
        (100_000, 2_500_000),
        (250_000, 3_400_000),
        (0, 2_200_000),
    )
    OTHERS += ((175_000, 2_800_000), (150_000, 3_250_000))
    HIGHLY: tuple[tuple[int, int], ...] = ((2_000_000, 20_000_000), (1_440_000, 18_000_000))
    HIGHLY += ((1_700_000, 25_000_000), (680_000, 17_000_000))

    def census(self) -> tuple[list[int], list[int], list[bool]]:
        amounts, pay = zip(*self.OTHERS, *self.HIGHLY, strict=True)
        return list(amounts), list(pay), [False] * 5 + [True] * 4

    def test_ratios(self) -> None:
        """JD Edwards EnterpriseOne 9.2, Sample ADP Calculation: an average of 4.44 percent."""
        test = plan_test(*self.census())

        assert (400, 735, 0, 625, 462) == test.ratios[:5]
        assert (444, 720, 644) == (test.average_of_others, test.average_of_highly, test.limit)
        assert not test.passes

    def test_limits(self) -> None:
        """The larger of 1.25 times, and the smaller of twice and two points more."""
        averages = [100, 200, 444, 800, 900]

        assert [200, 400, 644, 1000, 1125] == [highest_average(each) for each in averages]

    def test_correction(self) -> None:
        """Ratios are levelled to 7.48, and the 5,976 dollars apportioned by amounts."""
        amounts, pay, highly = self.census()
        correction = correct(plan_test(amounts, pay, highly), amounts, pay)

        assert (748, 748, 680, 400) == correction.ratios[5:]
        assert 597_600 == correction.excess
        assert (0, 0, 0, 0, 0, 448_800, 0, 148_800, 0) == correction.refunds

    def test_catch_up_first(self) -> None:
        """What can be catch-up is not refunded."""
        amounts, pay, highly = self.census()
        left = [0, 0, 0, 0, 0, 800_000, 0, 100_000, 0]
        correction = correct(plan_test(amounts, pay, highly), amounts, pay, left)

        assert (448_800, 100_000) == (correction.to_catch_up[5], correction.to_catch_up[7])
        assert (0, 48_800) == (correction.refunds[5], correction.refunds[7])

    def test_prior_year(self) -> None:
        """With an average of the year before, the present one does not matter."""
        test = plan_test(*self.census(), average_of_others=600)

        assert (600, 800) == (test.average_of_others, test.limit)
        assert test.passes
        assert 0 == correct(test, *self.census()[:2]).excess

    @given(
        st.lists(
            st.tuples(st.integers(0, 100), st.integers(100, 40_000_000), st.booleans()),
            min_size=1,
            max_size=30,
        )
    )
    def test_correction_suffices(self, people: list[tuple[int, int, bool]]) -> None:
        """After the correction the test passes; refunds add up, and none exceeds the amount."""
        amounts = [pay * percent // 100 for percent, pay, _ in people]
        pay, highly = [p for _, p, _ in people], [h for _, _, h in people]
        test = plan_test(amounts, pay, highly)
        correction = correct(test, amounts, pay)
        left = [ratio for ratio, h in zip(correction.ratios, highly, strict=True) if h]

        assert not left or test.passes or sum(left) <= test.limit * len(left)
        assert correction.excess == sum(correction.refunds)
        assert all(r <= a for r, a in zip(correction.refunds, amounts, strict=True))
        assert all(not r for r, h in zip(correction.refunds, highly, strict=True) if not h)

    def test_top_heavy(self) -> None:
        """3 percent, or the highest ratio of a key employee."""
        assert 120_000 == top_heavy_minimum(4_000_000, highest_key_ratio=900)
        assert 100_000 == top_heavy_minimum(4_000_000, highest_key_ratio=250)

    def test_wrong(self) -> None:
        """All that is wrong with a census is reported together."""
        with pytest.raises(ValueError, match="are not as many") as refused:
            plan_test([-1], [0, 5], [True])

        assert [
            "amounts, compensations and highly_compensated: 1, 2 and 1 are not as many",
            "amounts[0]: -1 is below zero",
            "compensations[0]: 0 is not above zero",
        ] == str(refused.value).splitlines()


class TestCure:
    """What follows a loan payment that was missed: 26 CFR 1.72(p)-1, Q&A-10."""

    @pytest.mark.parametrize(
        ("missed", "expected"),
        [
            (date(2019, 3, 31), date(2019, 6, 30)),  # Chief Counsel Advice 201736022
            (date(2019, 4, 30), date(2019, 9, 30)),
            (date(2026, 9, 30), date(2026, 12, 31)),
            (date(2026, 10, 1), date(2027, 3, 31)),
        ],
    )
    def test_cure_by(self, missed: date, expected: date) -> None:
        """It can be made up for until the end of the following calendar quarter."""
        assert expected == cure_by(missed)

    def test_deemed_distribution(self) -> None:
        """The balance with its interest: 8 percent of 10,000 for 137 days, or for none."""
        missed = date(2026, 2, 13)

        assert 1_030_027 == deemed_distribution(1_000_000, "0.08", missed)
        assert 1_000_000 == deemed_distribution(1_000_000, "0.08", missed, cured_by=missed)

    def test_terms(self) -> None:
        """Payments at least every quarter, within five years unless the loan buys a home."""
        assert 360 == len(list(loan_payments(100, "0.05", 360, 12, buys_home=True)))
        for periods, a_year, message in ((61, 12, "more than 5 years"), (10, 2, "every quarter")):
            with pytest.raises(ValueError, match=message):
                loan_payments(100, "0.05", periods, a_year)


class TestEnrolment:
    """Who makes no election defers by the plan's schedule."""

    def test_schedule(self) -> None:
        """3 percent until the end of the year after enrolment, then one more each year."""
        plan = AutomaticEnrolment(first=3, each_year=1, most=10, law="414A")
        days = [date(year, 1, 1) for year in (2026, 2027, 2028, 2040)]

        assert [3, 4, 5, 10] == [plan.percent_on(date(2025, 5, 2), day) for day in days]
        assert 3 == plan.percent_on(date(2025, 5, 2), date(2025, 5, 2))

    @pytest.mark.parametrize(
        ("first", "each_year", "most", "law", "expected"),
        [
            (2, 1, 10, "qaca", "first: 2 is not 3 to 10"),
            (3, 0, 3, "qaca", "first, each_year: 3 after 1 years is below 4"),
            (3, 1, 16, "qaca", "most: 16 is above 15"),
            (3, 1, 9, "414A", "each_year, most: one more each year to at least 10 is needed"),
            (5, 1, 4, None, "most: 4 is below first, 5, or one is below zero"),
        ],
    )
    def test_against_the_law(
        self, first: int, each_year: int, most: int, law: Any, expected: str
    ) -> None:
        """A schedule that has to follow a law does, or is refused with all that is wrong."""
        with pytest.raises(ValueError, match=expected):
            AutomaticEnrolment(first, each_year, most, law)

    def test_a_level_of_six(self) -> None:
        """6 percent from the start is a qualified arrangement without escalation."""
        assert 6 == AutomaticEnrolment(6, 0, 6, "qaca").percent(20)


class TestCensus:
    """Who is highly compensated or key, and what a top-heavy plan owes: sections 414(q), 416."""

    def test_highly_compensated(self) -> None:
        """By pay of the year before above its limit, or by more than 5 percent of the employer."""
        census = [
            Participant(compensation=1, prior_compensation=16_000_001),
            Participant(compensation=1, prior_compensation=16_000_000),
            Participant(compensation=1, owns=6),
            Participant(compensation=1, owns=5),
        ]

        assert [True, False, True, False] == highly_compensated(census, limits(2025))

    def test_top_paid(self) -> None:
        """By the plan's election, only those of them in the top-paid fifth."""
        pays = [30_000_000, 29_000_000, 28_000_000, *[5_000_000] * 7]
        census = [Participant(compensation=1, prior_compensation=pay) for pay in pays]
        found = highly_compensated(census, limits(2025), top_paid=True)

        assert [True, True, False] == found[:3]
        assert 3 == sum(highly_compensated(census, limits(2025)))
        assert [] == highly_compensated([], limits(2025), top_paid=True)

    def test_key_employees(self) -> None:
        """Owners, and of the officers above their limit the best paid, three at least."""
        officers = [Participant(compensation=30_000_000 + n, officer=True) for n in range(4)]
        census = [
            *officers,
            Participant(compensation=23_500_000, officer=True),
            Participant(compensation=15_000_001, owns=2),
            Participant(compensation=15_000_000, owns=2),
            Participant(compensation=1, owns=6),
        ]
        expected = [False, True, True, True, False, True, False, True]

        assert expected == key_employees(census, limits(2026))

    def test_top_heavy(self) -> None:
        """64 percent is more than 60: 2.5 percent of 40,000 are owed, less what was contributed."""
        key = Participant(compensation=20_000_000, deferral=500_000, balance=6_400_000)
        other = Participant(compensation=4_000_000, employer=30_000, balance=3_600_000)
        found = top_heavy_test([key, other], [True, False])

        assert (6_400, True, (0, 70_000)) == (found.ratio, found.top_heavy, found.missing)

    def test_not_top_heavy(self) -> None:
        """At 60 percent nothing is owed, nor in a plan without balances."""
        key, other = Participant(compensation=0, balance=60), Participant(1, balance=40)

        assert (0, 0) == top_heavy_test([key, other], [True, False]).missing
        assert 0 == top_heavy_test([Participant(0)], [True]).ratio
        with pytest.raises(ValueError, match="1 and 0 are not as many"):
            top_heavy_test([key], [])


class TestCorrections:
    """Refunds have their income; contributions for the others can take their place."""

    def test_allocable_income(self) -> None:
        """A loss is refunded with the excess, too."""
        assert 22_440 == allocable_income(448_800, 220_000, 2_400_000, 2_000_000)
        assert -22_440 == allocable_income(448_800, -220_000, 2_400_000, 2_000_000)
        with pytest.raises(ValueError, match="0 is not above zero"):
            allocable_income(1, 1, 0, 0)

    @given(st.integers(0, 3_000))
    def test_needed_average(self, of_highly: int) -> None:
        """With the average that is needed the test passes; with less it fails."""
        needed = needed_average(of_highly)

        assert highest_average(needed) >= of_highly
        assert needed == 0 or highest_average(needed - 1) < of_highly
