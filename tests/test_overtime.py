"""Overtime: which hours are paid more, and at which regular rate."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from asopay import TableError
from asopay.money import ONE, Cents, cents, unrounded
from asopay.overtime import (
    Hours,
    OvertimeRules,
    Rounding,
    Schedule,
    WeekPay,
    bonus_overtime,
    classify,
    overtime_premium,
    pay_of,
    rounded_cents,
    rules_of,
)
from asopay.overtime.law import standard_law
from asopay.overtime.regular_rate import straight_at_regular_rate
from asopay.overtime.work_periods import hospital_rules, public_safety_hours, public_safety_rules
from asopay.rulebook import standard_rulebook
from asopay.tables import Days, Edition
from asopay.timekeeping import Stretch
from asopay.timekeeping.units import HOUR

DAY = date(2026, 3, 2)
LAW = standard_law()
HALF = ONE + ONE // 2
FEDERAL = LAW.table("US", "wage_and_hour", DAY)
CALIFORNIA = LAW.table("US-CA", "wage_and_hour", DAY)
PERIODS = standard_rulebook().rule("US", "work_periods", Days.on(DAY)).table
STATES = ("US-AK", "US-CA", "US-CO", "US-KY", "US-NM", "US-NV", "US-OR", "US-PA")


def rules(state: str, schedule: Schedule | None = None, *, daily: bool = True) -> OvertimeRules:
    return rules_of(LAW.table(state, "wage_and_hour", DAY).figures, schedule, daily=daily)


def week(*hours: float) -> list[Stretch]:
    """The hours of Monday, the first day of the calendar, and of the days after it."""
    return [
        Stretch(day, int(worked * HOUR), "", (), day)
        for day, worked in enumerate(hours, 1)
        if worked
    ]


def by_multiplier(found: list[Hours]) -> dict[float, Fraction]:
    total: dict[float, Fraction] = {}
    for each in found:
        times = each.multiplier / ONE
        total[times] = total.get(times, Fraction(0)) + Fraction(each.seconds, HOUR)
    return total


def pay(hours: float, rate: str, other: str = "0", overtime: float | None = None) -> WeekPay:
    """A week at one rate, by default with the hours over 40 as overtime."""
    seconds = int(hours * HOUR)
    beyond = max(seconds - 40 * HOUR, 0) if overtime is None else int(overtime * HOUR)
    straight = pay_of(seconds, cents(rate) * 100)
    return WeekPay(seconds, straight, cents(other), [(beyond, HALF)])


def total(found: WeekPay, rounding: Rounding = "exact") -> Cents:
    premium: Cents = overtime_premium(found, FEDERAL, rounding).result
    return rounded_cents(found.straight) + found.other + premium


class TestRegularRate:
    """Printed examples of the regulation and of the Labor Department's fact sheets."""

    def test_hourly(self) -> None:
        """29 CFR 778.110(a): 46 hours at 12 dollars."""
        assert 58_800 == total(pay(46, "12.00"))

    def test_hourly_and_bonus(self) -> None:
        """29 CFR 778.110(b): a bonus of 46 dollars makes the rate 13, and the pay 637."""
        found = pay(46, "12.00", "46.00")

        assert unrounded(1_300) == overtime_premium(found, FEDERAL)["(regular rate)"]
        assert 63_700 == total(found)

    def test_piece_rates(self) -> None:
        """29 CFR 778.111(a): 491 at piece rates and 4 hours at 8 dollars come to 575.30."""
        found = WeekPay(50 * HOUR, Fraction(unrounded(52_300)), 0, [(10 * HOUR, HALF)])
        sheet = overtime_premium(found, FEDERAL)

        assert (unrounded(1_046), 5_230) == (sheet["(regular rate)"], sheet.result)

    def test_pieceworker(self) -> None:
        """Handy Reference Guide: 405 dollars in 45 hours, 9.00 an hour and 22.50 more."""
        found = WeekPay(45 * HOUR, Fraction(unrounded(40_500)), 0, [(5 * HOUR, HALF)])
        sheet = overtime_premium(found, FEDERAL)

        assert (unrounded(900), 2_250) == (sheet["(regular rate)"], sheet.result)

    def test_salary_for_all_hours(self) -> None:
        """Handy Reference Guide: 480 dollars for whatever hours, 50 in the week: 528."""
        found = WeekPay(50 * HOUR, Fraction(unrounded(48_000)), 0, [(10 * HOUR, HALF)])
        sheet = overtime_premium(found, FEDERAL)

        assert (unrounded(960), 52_800) == (sheet["(regular rate)"], 48_000 + sheet.result)

    @pytest.mark.parametrize(
        ("hours", "expected"), [(40, 60_000), (37.5, 60_000), (50, 66_000), (48, 65_000)]
    )
    def test_fluctuating(self, hours: float, expected: int) -> None:
        """29 CFR 778.114 and Fact Sheet 82: 600 dollars for 37.5 to 50 hours."""
        seconds = int(hours * HOUR)
        beyond = max(seconds - 40 * HOUR, 0)
        found = WeekPay(seconds, Fraction(unrounded(60_000)), 0, [(beyond, HALF)])

        assert expected == 60_000 + overtime_premium(found, FEDERAL).result

    def test_two_rates(self) -> None:
        """29 CFR 778.115: 30 hours at 15 and 20 at 18 dollars average 16.20."""
        straight = pay_of(30 * HOUR, 150_000) + pay_of(20 * HOUR, 180_000)
        sheet = overtime_premium(WeekPay(50 * HOUR, straight, 0, [(10 * HOUR, HALF)]), FEDERAL)

        assert (unrounded(1_620), 8_100) == (sheet["(regular rate)"], sheet.result)

    def test_fact_sheet_56c(self) -> None:
        """Fact Sheet 56C, examples A and C: the rate and its half are rounded to the cent."""
        found = pay(43, "10.00", "50.00")
        sheet = overtime_premium(found, FEDERAL, "dol_cent")

        assert (unrounded(1_116), 1_674) == (sheet["(regular rate)"], sheet.result)
        assert 49_674 == total(found, "dol_cent")
        assert 52_174 == total(found, "dol_cent") + 2_500  # C: and a discretionary bonus

    def test_fact_sheet_54(self) -> None:
        """Fact Sheet 54: an attendance bonus of 100 dollars for two weeks of 56 hours."""
        found = pay(56, "12.00", "50.00")
        sheet = overtime_premium(found, FEDERAL, "dol_cent_all_hours")
        of_week = straight_at_regular_rate(found, sheet) + sheet.result

        assert unrounded(1_289) == sheet["(regular rate)"]
        assert (82_504, 165_008) == (of_week, 2 * of_week)

    def test_fact_sheet_54_by_the_day(self) -> None:
        """Fact Sheet 54: the same in 14 days of a hospital, of which 32 hours are overtime."""
        found = pay(112, "12.00", "100.00", overtime=32)
        sheet = overtime_premium(found, FEDERAL, "dol_cent_all_hours")

        assert 165_008 == straight_at_regular_rate(found, sheet) + sheet.result

    def test_exact_differs(self) -> None:
        """The exact amount of the same week is ten cents more."""
        assert 82_514 == total(pay(56, "12.00", "50.00"))

    def test_retention_bonus(self) -> None:
        """Fact Sheet 54: 2,000 dollars for 26 weeks add 7.70 to a week with ten hours more."""
        of_week = (50 * HOUR, 10 * HOUR)

        assert 770 == bonus_overtime(7_692, [of_week], "dol_cent")
        assert 770 * 26 == bonus_overtime(200_000, [of_week] * 26, "dol_cent")
        assert 20_000 == bonus_overtime(200_000, [of_week] * 26)
        assert 0 == bonus_overtime(10_000, [(0, 0)])

    def test_retention_bonus_of_a_hospital(self) -> None:
        """Fact Sheet 54: twice 76.92 for 95 hours, of which 17 are overtime: 13.77."""
        assert 1_377 == bonus_overtime(15_384, [(95 * HOUR, 17 * HOUR)], "dol_cent")

    def test_flat_sum_in_california(self) -> None:
        """Alvarado v. Dart: 60 dollars, 40 other hours and 10 of overtime are 22.50 more."""
        straight = pay_of(50 * HOUR, 200_000)
        found = WeekPay(50 * HOUR, straight, 0, [(10 * HOUR, HALF)], flat_sum=6_000)
        state, federal = overtime_premium(found, CALIFORNIA), overtime_premium(found, FEDERAL)

        assert 2_250 == state["(on flat sum)"]
        assert 118_250 == 100_000 + 6_000 + state.result
        assert 116_600 == 100_000 + 6_000 + federal.result

    def test_no_hours(self) -> None:
        """A week without hours has no regular rate and no premium."""
        assert 0 == overtime_premium(WeekPay(0, Fraction(0), 0, []), FEDERAL).result


class TestHours:
    """Thresholds of federal law and of states, by hand."""

    @pytest.mark.parametrize(
        ("state", "hours", "expected"),
        [
            ("US", (10, 10, 10, 10, 10), {1: 40, 1.5: 10}),
            ("US-CA", (10, 10, 10, 10, 10), {1: 40, 1.5: 10}),
            ("US-CA", (13, 8, 8, 0, 0), {1: 24, 1.5: 4, 2: 1}),
            # Nine hours on six days: six by the day, and eight over 40.
            ("US-CA", (9, 9, 9, 9, 9, 9), {1: 40, 1.5: 14}),
            # Seven days of eight hours: the sixth is over 40, the seventh a seventh day.
            ("US-CA", (8, 8, 8, 8, 8, 8, 8), {1: 40, 1.5: 16}),
            # Four hours on six days, and ten on the seventh.
            ("US-CA", (4, 4, 4, 4, 4, 4, 10), {1: 24, 1.5: 8, 2: 2}),
            ("US-CA", (8, 8, 8, 8, 8, 0, 10), {1: 40, 1.5: 10}),
            ("US-AK", (10, 10, 10, 10), {1: 32, 1.5: 8}),
            ("US-NV", (10, 10, 10, 10), {1: 32, 1.5: 8}),
            ("US-CO", (13, 10, 10, 10), {1: 40, 1.5: 3}),
            ("US-CO", (13, 8, 8), {1: 28, 1.5: 1}),
            ("US-PA", (10, 10, 10, 10, 5), {1: 40, 1.5: 5}),
            # Kentucky's seventh day counts in a week of more than 40 hours, and toward those.
            ("US-KY", (7, 7, 7, 7, 7, 3, 2), {1: 40}),
            ("US-KY", (7, 7, 7, 7, 5, 3, 5), {1: 36, 1.5: 5}),
            ("US-KY", (8, 8, 8, 8, 8, 8, 4), {1: 40, 1.5: 12}),
            ("US-OR", (11, 11, 11), {1: 33}),
        ],
    )
    def test_thresholds(
        self, state: str, hours: tuple[float, ...], expected: dict[float, float]
    ) -> None:
        """Each state's thresholds, without paying an hour twice."""
        assert expected == by_multiplier(classify(week(*hours), rules(state)))

    def test_every_hour_names_its_law(self) -> None:
        """An overtime hour has the law that made it one, another hour has none."""
        found = classify(week(13, 9, 9, 9, 9), rules("US-CA"))

        assert all(bool(each.law) == (each.multiplier > ONE) for each in found)
        assert "Cal. Lab. Code 510(a): over 12 hours in a workday" == found[2].law
        assert "Cal. Lab. Code 510(a): over 8 hours in a workday" == found[1].law

    def test_consecutive_hours(self) -> None:
        """Colorado: 14 hours from one day into the next are over 12, on neither day."""
        night = [Stretch(1, 6 * HOUR, "", (), 1, 0), Stretch(2, 8 * HOUR, "", (), 2, 0)]

        assert {1: 12, 1.5: 2} == by_multiplier(classify(night, rules("US-CO")))
        assert {1: 14} == by_multiplier(classify(night, rules("US")))

    def test_alternative_workweek(self) -> None:
        """Four days of ten hours are no overtime; more is, and a fifth day is paid double late."""
        schedule = Schedule(10, [0, 1, 2, 3])
        california = rules("US-CA", schedule)

        assert {1: 40} == by_multiplier(classify(week(10, 10, 10, 10), california))
        assert {1: 40, 1.5: 3, 2: 1} == by_multiplier(classify(week(13, 11, 10, 10), california))
        fifth = by_multiplier(classify(week(10, 10, 10, 0, 9), california))
        assert {1: 38, 2: 1} == fifth
        assert {1: 40} == by_multiplier(classify(week(10, 10, 10, 10), rules("US-NV", schedule)))

    def test_no_alternative(self) -> None:
        """Where the law knows none, or none of such days, it is refused."""
        with pytest.raises(ValueError, match="knows no alternative schedule"):
            rules("US-CO", Schedule(10, [0]))
        with pytest.raises(ValueError, match="12 hours are not from 1 to 10"):
            rules("US-CA", Schedule(12, [0]))

    def test_industry(self) -> None:
        """Oregon's manufacturing: over 10 hours a day or over 40, whichever is more."""
        table = LAW.table("US-OR", "wage_and_hour", DAY)
        factory = LAW.rules(table, industry="manufacturing")

        assert {1: 30, 1.5: 3} == by_multiplier(classify(week(11, 11, 11), factory))
        assert {1: 40, 1.5: 12} == by_multiplier(classify(week(12, 10, 10, 10, 10), factory))

    def test_without_daily(self) -> None:
        """Nevada's daily threshold does not count for higher rates."""
        high = rules("US-NV", Schedule(10, [0]), daily=False)

        assert {1: 40} == by_multiplier(classify(week(10, 10, 10, 10), high))

    def test_elsewhere(self) -> None:
        """Work in another state goes by its thresholds, and all hours count toward the week."""
        days = [*week(10, 10, 10, 10), Stretch(5, 10 * HOUR, "", ("US-CA",), 5)]
        found = classify(days, rules("US"), {"US-CA": rules("US-CA")})

        assert {1: 40, 1.5: 10} == by_multiplier(found)
        laws = [each.law.partition(": ")[2] for each in found[-2:]]
        assert ["over 40 hours in a workweek", "over 8 hours in a workday"] == laws

    def test_hospital(self) -> None:
        """Fact Sheet 54: 112 hours in 14 days with days of more than eight hours."""
        days = week(*[8] * 10, 0, 0, 16, 16)

        assert {1: 80, 1.5: 32} == by_multiplier(classify(days, hospital_rules(PERIODS)))
        days = week(12, 12, 0, 0, 0, 0, 0, 12)
        assert {1: 24, 1.5: 12} == by_multiplier(classify(days, hospital_rules(PERIODS)))

    def test_public_safety(self) -> None:
        """29 CFR 553.230(c): the hours of work periods of 7 to 28 days."""
        fire = [53, 61, 68, 76, 83, 91, 98, 106, 114, 121, 129, 136, 144, 151]
        law = [43, 49, 55, 61, 67, 73, 79, 86, 92, 98, 104, 110, 116, 122]
        days = range(7, 21)

        assert fire == [public_safety_hours(each, "fire", PERIODS) for each in days]
        assert law == [public_safety_hours(each, "law enforcement", PERIODS) for each in days]
        assert 171 == public_safety_hours(28, "law enforcement", PERIODS)
        with pytest.raises(ValueError, match="29 is not a number of days from 7 to 28"):
            public_safety_rules(29, "fire", PERIODS)


DAYS_OF_WEEK = st.lists(st.integers(0, 16 * 60), min_size=7, max_size=7)
RATES = st.integers(1_700, 4_500)


def stretches(minutes: list[int]) -> list[Stretch]:
    return [Stretch(day, each * 60, "", (), day) for day, each in enumerate(minutes, 1) if each]


def gross(minutes: list[int], rate: int, state: str) -> Cents:
    """Pay for a week at one rate."""
    found = classify(stretches(minutes), rules(state))
    parts = (pay_of(each.seconds, rate * 100) * each.multiplier / ONE for each in found)
    return rounded_cents(sum(parts, Fraction(0)))


@pytest.mark.parametrize("state", ["US", *STATES])
class TestProperties:
    @given(DAYS_OF_WEEK)
    def test_hours_in_hours_out(self, state: str, minutes: list[int]) -> None:
        """No hour is lost or made: what is classified is what was worked, in its order."""
        days = stretches(minutes)
        found = classify(days, rules(state))

        assert sum(day.seconds for day in days) == sum(each.seconds for each in found)
        assert all(each.seconds > 0 for each in found)
        assert [day.day for day in days] == list(dict.fromkeys(each.stretch.day for each in found))

    @given(DAYS_OF_WEEK, RATES)
    def test_overtime_never_lowers_pay(self, state: str, minutes: list[int], rate: int) -> None:
        """Pay is at least straight time, and at least what federal law asks for."""
        straight = rounded_cents(pay_of(sum(minutes) * 60, rate * 100))

        assert straight <= gross(minutes, rate, "US") <= gross(minutes, rate, state)

    @given(DAYS_OF_WEEK, RATES, st.integers(0, 6))
    def test_a_minute_more(self, state: str, minutes: list[int], rate: int, day: int) -> None:
        """Adding a minute of work never lowers pay."""
        more = [each + (number == day) for number, each in enumerate(minutes)]

        assert gross(minutes, rate, state) < gross(more, rate, state)

    @given(DAYS_OF_WEEK, st.integers(0, 6), st.integers(1, 959))
    def test_split(self, state: str, minutes: list[int], day: int, at: int) -> None:
        """Two stretches that make up one come to the same."""
        whole = stretches(minutes)
        assume(minutes[day] > at)
        halves = [
            part
            for each in whole
            for part in (
                (each._replace(seconds=at * 60), each._replace(seconds=each.seconds - at * 60))
                if each.day == day + 1
                else (each,)
            )
        ]

        once, twice = (by_multiplier(classify(days, rules(state))) for days in (whole, halves))
        assert once == twice


class TestMinimumWage:
    @pytest.mark.parametrize(
        ("places", "day", "expected"),
        [
            (["US-TX"], date(2026, 3, 2), 725),
            (["US-CA"], date(2025, 12, 31), 1650),
            (["US-CA"], date(2026, 1, 1), 1690),
            (["US-CA", "US-CA-SAN-FRANCISCO"], date(2026, 6, 30), 1918),
            (["US-AK"], date(2026, 6, 30), 1300),
            (["US-AK"], date(2026, 7, 1), 1400),
            (["US-FL"], date(2025, 9, 29), 1300),
            (["US-FL"], date(2025, 9, 30), 1400),
            (["US-NY", "US-NY-NYC"], date(2026, 3, 2), 1700),
            (["US-CA", "US-CA-NOWHERE"], date(2026, 3, 2), 1690),
        ],
    )
    def test_highest(self, places: list[str], day: date, expected: int) -> None:
        """The highest of the federal, the state's and the place's on the day."""
        assert expected == LAW.minimum_wage(places, day).hourly

    def test_every_state(self) -> None:
        """Every state has one on every day of both years, not below the federal one."""
        rows = {edition.id.rpartition("/")[2] for edition in _rows()}

        assert 52 <= len({code for code in rows if code.count("-") < 2})

    def test_not_covered(self) -> None:
        """A day or a state that is not covered is an error."""
        with pytest.raises(TableError, match="covered is 2025-01-01 to 2026-12-31"):
            LAW.minimum_wage(["US-CA"], date(2027, 1, 1))
        with pytest.raises(TableError, match="no minimum wage of US-PR"):
            LAW.minimum_wage(["US-PR"], DAY)


def _rows() -> list[Edition]:
    tables = LAW.rulebook.tables
    edition = tables.in_force("US", "minimum_wage", DAY)
    return list(tables.register(edition).editions(edition))
