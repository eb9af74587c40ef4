"""From a timesheet to the earnings of a paycheck request."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from asopay import Employee, InvalidRequest, PaycheckRequest, gross_to_net
from asopay.schema import schema_of
from asopay.timesheets import (
    AlternativeWorkweek,
    DayTotal,
    GrossPay,
    Job,
    LeaveTaken,
    OtherPay,
    Punch,
    RetailCommissions,
    Salary,
    TimeClock,
    Timesheet,
    WorkedPeriod,
    WorkPeriod,
    gross_pay,
)
from asopay.timesheets.document import compute, result_document
from asopay.timesheets.statement import gross_pay_statement, why_overtime

SUNDAY = date(2026, 3, 1)
WEEK = WorkedPeriod(SUNDAY, date(2026, 3, 7))
FRIDAY = date(2026, 3, 6)


def days(*hours: Any, job: str = "", start: date = SUNDAY, **more: Any) -> list[DayTotal]:
    """Totals of the days from Sunday on; a day of no hours is left out."""
    return [
        DayTotal(start + timedelta(number), each, job, **more)
        for number, each in enumerate(hours)
        if each
    ]


def sheet(*hours: Any, **more: Any) -> Timesheet:
    """A week in Texas at 20 dollars an hour, unless it says otherwise."""
    fields: dict[str, Any] = {"work": ["US-TX"], "rate": "20.00", "days": days(*hours)}
    return Timesheet(WEEK, **{**fields, **more})


def lines(found: GrossPay) -> list[tuple[str, int]]:
    """Kind and cents of each earning."""
    kinds = (earning.kind for earning in found.earnings)
    return list(zip(kinds, found.amounts_cents, strict=True))


def faults(timesheet: Timesheet) -> dict[str, str]:
    """The faults by path."""
    with pytest.raises(InvalidRequest) as refused:
        gross_pay(timesheet)
    return {fault.path: fault.message for fault in refused.value.faults}


class TestPay:
    def test_plain(self) -> None:
        """Hours at one rate are lines with their hours, rate and multiplier."""
        found = gross_pay(sheet(0, 9, 9, 9, 9, 9))
        regular, overtime = found.earnings

        assert ("40", "20.00", None) == (regular.hours, regular.rate, regular.multiplier)
        assert ("5", "20.00", "1.5") == (overtime.hours, overtime.rate, overtime.multiplier)
        assert (95_000, 5_000) == (found.gross_cents, found.qualified_overtime_cents)

    def test_thirds_of_hours(self) -> None:
        """Where hours have more than four decimals, the amount is exact and they are shown."""
        (earning,) = gross_pay(sheet("7:20", rate="29.99")).earnings

        assert ("219.93", "7.3333", None) == (earning.amount, earning.hours_worked, earning.hours)

    def test_bonus(self) -> None:
        """29 CFR 778.110(b): 46 hours at 12 dollars and a bonus of 46 are 637."""
        bonus = OtherPay("bonus", "46.00", FRIDAY)
        found = gross_pay(sheet(0, 9, 9, 9, 9, 10, rate="12.00", other_pay=[bonus]))

        assert (63_700, 3_900) == (found.gross_cents, found.qualified_overtime_cents)
        assert [("regular", 48_000), ("overtime", 11_100), ("bonus", 4_600)] == lines(found)

    def test_excluded(self) -> None:
        """Fact Sheet 56C, example C: a discretionary bonus does not count for the rate."""
        bonuses = [
            OtherPay("bonus", "50.00", FRIDAY),
            OtherPay("bonus", "25.00", FRIDAY, None, True),
        ]
        found = sheet(0, 9, 9, 9, 9, 7, rate="10.00", other_pay=bonuses)

        assert 52_174 == gross_pay(found).gross_cents
        assert 52_174 == gross_pay(evolve(found, rounding="dol_cent")).gross_cents

    @pytest.mark.parametrize(("rate", "expected"), [("exact", 82_514), ("dol_cent", 82_520)])
    def test_bonus_of_two_weeks(self, rate: Any, expected: int) -> None:
        """Fact Sheet 54: 100 dollars for two weeks of 56 hours; half of it counts in each."""
        period = WorkedPeriod(SUNDAY, SUNDAY + timedelta(13))
        totals = days(*[8] * 14)
        bonus = OtherPay("bonus", "100.00", SUNDAY, period.end)
        found = sheet(rate="12.00", days=totals, other_pay=[bonus], rounding=rate)

        assert 2 * expected == gross_pay(evolve(found, pay_period=period)).gross_cents

    def test_two_rates(self) -> None:
        """29 CFR 778.115 and 778.419: the average of two rates, or the rate in effect."""
        jobs = {"cook": Job("15.00"), "chef": Job("18.00")}
        totals = [*days(0, 10, 10, 10, job="cook"), *days(0, 0, 0, 0, 10, 10, job="chef")]
        found = sheet(jobs=jobs, days=totals)
        in_effect = evolve(found, overtime_rate="rate_in_effect")

        assert (89_100, 8_100) == (
            gross_pay(found).gross_cents,
            gross_pay(found).qualified_overtime_cents,
        )
        assert 90_000 == gross_pay(in_effect).gross_cents
        assert ["2026-03-01/overtime"] == list(gross_pay(in_effect).worksheets)
        # Alaska's hours over eight a day are 6 at 15 and 4 at 18 dollars; federal law's, 10 at 18.
        in_alaska = gross_pay(evolve(in_effect, work=["US-AK"]))
        assert (90_000, 9_000) == (in_alaska.gross_cents, in_alaska.qualified_overtime_cents)

    def test_differential(self) -> None:
        """A shift differential is pay for the hours, and raises the regular rate."""
        jobs = {"night": Job("20.00", differential="2.50")}
        found = gross_pay(sheet(jobs=jobs, days=days(0, 10, 10, 10, 10, 10, job="night")))

        assert [("regular", 90_000), ("overtime", 33_750)] == lines(found)

    def test_piece_rates(self) -> None:
        """Handy Reference Guide: 405 dollars at piece rates for 45 hours, and 22.50 more."""
        pieces = OtherPay("regular", "405.00", FRIDAY)
        found = gross_pay(sheet(0, 9, 9, 9, 9, 9, rate=None, other_pay=[pieces]))

        assert 42_750 == found.gross_cents

    def test_flat_sum_in_california(self) -> None:
        """Alvarado v. Dart: 1,182.50, of which federal law asks for 106.00 on top."""
        bonus = OtherPay("bonus", "60.00", FRIDAY, flat_sum=True)
        found = sheet(0, 10, 10, 10, 10, 10, work=["US-CA"], other_pay=[bonus])

        assert (118_250, 10_600) == (
            gross_pay(found).gross_cents,
            gross_pay(found).qualified_overtime_cents,
        )
        assert 116_600 == gross_pay(evolve(found, work=["US-TX"])).gross_cents
        assert {"2026-03-01/overtime", "2026-03-01/federal_overtime"} == gross_pay(
            found
        ).worksheets.keys()

    def test_federal_law_asks_for_more(self) -> None:
        """Where federal law asks for more than the state's, it is paid."""
        found = sheet(0, 9, 9, 9, 9, 9, work=["US-CA"], rate="20.00")
        bonus = OtherPay("bonus", "100.00", FRIDAY, flat_sum=True)
        paid = gross_pay(evolve(found, other_pay=[bonus]))

        assert paid.qualified_overtime_cents <= paid.gross_cents - 90_000 - 10_000

    def test_seven_days_in_california(self) -> None:
        """Seven days of eight hours at 20 dollars: 40 hours, and 16 at time and a half."""
        found = gross_pay(sheet(8, 8, 8, 8, 8, 8, 8, work=["US-CA"]))

        assert 128_000 == found.gross_cents
        assert [date(2026, 3, 6), date(2026, 3, 7)] == [each.day for each in found.overtime]

    def test_leave_is_no_time_worked(self) -> None:
        """Leave enters with its kind and does not make overtime."""
        leave = [LeaveTaken("vacation", "8", "20.00"), LeaveTaken("holiday", 8, "20.00")]
        found = gross_pay(sheet(0, 9, 9, 9, 9, leave=leave))

        assert [("regular", 72_000), ("vacation", 16_000), ("holiday", 16_000)] == lines(found)

    def test_bonus_beyond_the_records(self) -> None:
        """A bonus for weeks without records counts by its share, and the rest is named."""
        bonus = OtherPay("bonus", "500.00", SUNDAY - timedelta(28), FRIDAY)
        found = gross_pay(sheet(0, 10, 10, 10, 10, 10, other_pay=[bonus]))

        assert found.not_computed[0].startswith("overtime on other pay of workweeks that are not")
        assert 2_200 * 100 // 20 == found.qualified_overtime_cents


class TestSalaries:
    def salaried(self, worked: tuple[Any, ...], state: str = "US-TX", **salary: Any) -> Timesheet:
        return sheet(
            *worked, work=[state], rate=None, pay_frequency="weekly", salary=Salary(**salary)
        )

    @pytest.mark.parametrize(
        ("hours", "expected"),
        [((8, 8, 8, 8, 8), 60_000), ((10, 10, 10, 10, 10), 66_000), ((10, 10, 10, 10, 8), 65_000)],
    )
    def test_fluctuating(self, hours: tuple[int, ...], expected: int) -> None:
        """29 CFR 778.114 and Fact Sheet 82: 600 dollars for whatever hours."""
        timesheet = self.salaried((0, *hours), amount="600.00", fluctuating=True)

        assert expected == gross_pay(timesheet).gross_cents
        in_colorado = evolve(timesheet, work=["US-CO"])
        assert expected <= gross_pay(in_colorado).gross_cents

    @pytest.mark.parametrize("state", ["US-CA", "US-PA", "US-AK", "US-NM"])
    def test_refused(self, state: str) -> None:
        """Some states refuse the fluctuating workweek."""
        timesheet = self.salaried((8,), state, amount="1200.00", fluctuating=True)

        assert {"salary.fluctuating": f"{state} does not allow a fluctuating workweek"} == faults(
            timesheet
        )

    def test_for_45_hours(self) -> None:
        """Fact Sheet 23: 405 dollars for 45 hours are 9 an hour, and 22.50 more."""
        timesheet = self.salaried((0, 9, 9, 9, 9, 9), amount="405.00", hours=45)

        assert 42_750 == gross_pay(timesheet).gross_cents

    def test_for_40_hours(self) -> None:
        """Hours beyond those of the salary are paid at its rate, and at half of it on top."""
        found = gross_pay(self.salaried((0, 9, 9, 9, 9, 9), amount="800.00", hours=40))

        assert [("regular", 80_000), ("overtime", 5_000), ("regular", 10_000)] == lines(found)

    def test_in_california(self) -> None:
        """A salary is for 40 hours at most, and none of them is overtime."""
        found = self.salaried((0, 10, 10, 10, 10), "US-CA", amount="1000.00", hours=50)

        assert 100_000 + 8 * 3_750 == gross_pay(found).gross_cents

    def test_bonus_raises_the_rate(self) -> None:
        """Other pay is divided by the hours worked, and added to the rate of the salary."""
        timesheet = self.salaried((0, 10, 10, 10, 10, 10), amount="800.00", hours=40)
        bonus = OtherPay("bonus", "100.00", FRIDAY)

        assert (
            80_000 + 10_000 + 20_000 + 11_000
            == gross_pay(evolve(timesheet, other_pay=[bonus])).gross_cents
        )

    def test_monthly(self) -> None:
        """29 CFR 778.113(b): 1,560 dollars a month are 360 a week and 9 an hour for 40 hours."""
        timesheet = Timesheet(
            WorkedPeriod(date(2026, 2, 1), date(2026, 2, 28)),
            ["US-TX"],
            days=days(0, 10, 10, 10, 10, 4, start=date(2026, 2, 1)),
            salary=Salary("1560.00", hours=40),
            pay_frequency="monthly",
        )

        assert 156_000 + 4 * 1_350 == gross_pay(timesheet).gross_cents

    def test_exempt(self) -> None:
        """An exempt salary is paid without overtime."""
        found = gross_pay(self.salaried((0, 12, 12, 12, 12, 12), amount="1500.00", exempt=True))

        assert [("regular", 150_000)] == lines(found)
        assert ((), {}) == (found.overtime, found.worksheets)
        assert not [each for each in found.not_computed if each.startswith("overtime")]

    def test_exempt_below_the_threshold(self) -> None:
        """A salary below the threshold of the state is named: it may not free from overtime."""
        found = gross_pay(self.salaried((0, 12), "US-CA", amount="1300.00", exempt=True))

        assert "the salary of 1300.00 a week is below 1352.00" in found.not_computed[0]

    def test_exempt_outside_of_the_thresholds(self) -> None:
        """A period for which there is no threshold is refused."""
        timesheet = self.salaried((), amount="1300.00", exempt=True)
        late = WorkedPeriod(date(2027, 1, 3), date(2027, 1, 9))

        assert "US/exempt_salary" in faults(evolve(timesheet, pay_period=late))["pay_period"]

    def test_wrong(self) -> None:
        """A salary needs its hours and the frequency of pay."""
        no_hours = self.salaried((8,), amount="800.00")
        none = self.salaried((8,), amount="800.00", hours=0)

        assert {"salary.hours"} == faults(no_hours).keys() == faults(none).keys()
        assert {"pay_frequency"} == faults(evolve(no_hours, pay_frequency="often")).keys()
        in_effect = evolve(none, overtime_rate="rate_in_effect", salary=Salary("800.00", hours=40))
        assert {"overtime_rate"} == faults(in_effect).keys()


class TestMinimumWage:
    def test_make_up(self) -> None:
        """What piece rates lack to the minimum wage is added, and raises the regular rate."""
        pieces = OtherPay("regular", "200.00", FRIDAY)
        found = gross_pay(sheet(0, 10, 10, 10, 10, 10, rate=None, other_pay=[pieces]))

        # 50 hours at 7.25 are 362.50; ten hours at half of it on top.
        assert 36_250 + 3_625 == found.gross_cents
        assert {"2026-03-01/minimum_wage", "2026-03-01/overtime"} == found.worksheets.keys()

    def test_state_and_place(self) -> None:
        """The highest minimum wage counts, day by day."""
        found = sheet(0, 8, work=["US-CA"], rate="16.90")
        in_city = evolve(found, minimum_wage_places=["US-CA-SAN-FRANCISCO"])

        assert 13_520 == gross_pay(found).gross_cents
        assert 15_344 == gross_pay(in_city).gross_cents

    @pytest.mark.parametrize(("state", "expected"), [("US-TX", 0), ("US-CA", 8 * 690)])
    def test_each_hour(self, state: str, expected: int) -> None:
        """In California, a high rate does not make up for an hour below the minimum."""
        jobs = {"low": Job("10.00"), "high": Job("40.00")}
        totals = [*days(0, 8, job="low"), *days(0, 0, 8, job="high")]
        found = gross_pay(sheet(jobs=jobs, days=totals, work=[state]))

        assert 40_000 + expected == found.gross_cents

    def tipped(self, tips: str, credit: str = "5.12", hours: int = 8) -> Timesheet:
        jobs = {"server": Job("2.13", tip_credit=credit)}
        received = OtherPay("tips", tips, FRIDAY)
        return sheet(jobs=jobs, days=days(0, *[hours] * 5, job="server"), other_pay=[received])

    def test_tips(self) -> None:
        """Tips count up to the credit; what they lack is made up."""
        enough, few = gross_pay(self.tipped("300.00")), gross_pay(self.tipped("100.00"))

        assert 8_520 + 30_000 == enough.gross_cents
        assert 40 * 725 == few.gross_cents
        assert ("300.00", 10_000) == (str(enough.tips), few.tips_cents)

    def test_overtime_of_tipped(self) -> None:
        """Overtime is one and a half of the whole minimum wage, less the credit."""
        found = gross_pay(self.tipped("400.00", hours=9))

        # 40 hours at 2.13, five at 10.875 less 5.12
        assert 8_520 + 2_878 + 40_000 == found.gross_cents

    def test_credit_too_high(self) -> None:
        """A tip credit above that of the law is a fault that names the most."""
        path, message = next(iter(faults(self.tipped("300.00", credit="6.00")).items()))

        assert ("jobs.server.tip_credit", True) == (path, "allows is 5.12" in message)


class TestWeeksAndPeriods:
    def test_week_over_two_periods(self) -> None:
        """Straight time is paid with the day, the premium when the week ends."""
        all_days = days(0, 10, 10, 10, 10, 10)
        first = WorkedPeriod(date(2026, 2, 16), date(2026, 3, 3))
        second = WorkedPeriod(date(2026, 3, 4), date(2026, 3, 19))
        early = gross_pay(Timesheet(first, ["US-TX"], days=all_days[:2], rate="20.00"))
        late = gross_pay(Timesheet(second, ["US-TX"], days=all_days, rate="20.00"))

        assert [("regular", 40_000)] == lines(early)
        assert [("regular", 40_000), ("overtime", 30_000)] == lines(late)

    def test_premium_for_days_of_the_period_before(self) -> None:
        """Overtime of days that were paid before gets its premium alone."""
        all_days = days(0, 12, 12, 8, work=["US-CA"])
        second = WorkedPeriod(date(2026, 3, 4), date(2026, 3, 19))
        late = Timesheet(second, ["US-CA"], days=all_days, rate="20.00")
        with_bonus = evolve(late, other_pay=[OtherPay("bonus", "32.00", date(2026, 3, 4))])

        assert [("regular", 16_000), ("overtime", 8_000)] == lines(gross_pay(late))
        # The regular rate is 21 dollars.
        assert [("regular", 16_000), ("overtime", 8_400), ("bonus", 3_200)] == lines(
            gross_pay(with_bonus)
        )

    def test_bonus_over_two_periods(self) -> None:
        """A bonus paid when the week began counts for its overtime when the week ends."""
        bonus = OtherPay("bonus", "50.00", date(2026, 3, 2), date(2026, 3, 6))
        first = WorkedPeriod(date(2026, 2, 16), date(2026, 3, 3))
        second = WorkedPeriod(date(2026, 3, 4), date(2026, 3, 19))
        totals = days(0, 10, 10, 10, 10, 10)
        early = Timesheet(first, ["US-TX"], days=totals[:2], rate="20.00", other_pay=[bonus])
        paid = evolve(bonus, paid_before=True)
        late = Timesheet(second, ["US-TX"], days=totals, rate="20.00", other_pay=[paid])

        assert gross_pay(early).not_computed[0].startswith("overtime on other pay of workweeks")
        assert [("regular", 40_000), ("bonus", 5_000)] == lines(gross_pay(early))
        assert [("regular", 40_000), ("overtime", 30_500)] == lines(gross_pay(late))

    @given(st.lists(st.integers(0, 14), min_size=14, max_size=14), st.integers(1, 12))
    def test_two_periods_are_one(self, hours: list[int], cut: int) -> None:
        """However the weeks are cut into periods, pay is the same to a cent a line."""
        totals = days(*hours)
        whole = WorkedPeriod(SUNDAY, SUNDAY + timedelta(13))
        border = SUNDAY + timedelta(cut)

        def paid(start: date, end: date) -> int:
            known = [each for each in totals if each.day <= end]
            first = start - timedelta((start - SUNDAY).days % 7)
            known = [each for each in known if each.day >= first]
            sheet = Timesheet(WorkedPeriod(start, end), ["US-CA"], days=known, rate="20.00")
            return gross_pay(sheet).gross_cents

        parts = paid(SUNDAY, border - timedelta(1)) + paid(border, whole.end)
        assert paid(SUNDAY, whole.end) == parts

    def test_records_of_other_weeks(self) -> None:
        """Records of another week, or after the period, are faults."""
        early = sheet(days=[DayTotal(SUNDAY - timedelta(1), 8)])
        late = sheet(days=[DayTotal(SUNDAY + timedelta(7), 8)])

        assert "is not from 2026-03-01 to 2026-03-07" in faults(early)["pay_period"]
        assert {"pay_period"} == faults(late).keys()

    def test_hospital(self) -> None:
        """Fact Sheet 54: the bonus of two weeks by 8 and 80, exact."""
        period = WorkedPeriod(SUNDAY, SUNDAY + timedelta(13))
        found = Timesheet(
            period,
            ["US-TX"],
            days=days(*[8] * 14),
            rate="12.00",
            other_pay=[OtherPay("bonus", "100.00", SUNDAY, period.end)],
            work_period=WorkPeriod("hospital", SUNDAY),
        )

        # 112 hours at 12 dollars, 100, and 32 halves of 12.8929
        assert 134_400 + 10_000 + 20_629 == gross_pay(found).gross_cents
        in_california = evolve(found, work=["US-CA"])
        assert {"work_period"} == faults(in_california).keys()
        seven = evolve(found, work_period=WorkPeriod("hospital", SUNDAY, 7))
        assert {"work_period.days"} == faults(seven).keys()

    def test_public_safety(self) -> None:
        """29 CFR 553.230: 106 hours in 14 days are no overtime for fire protection."""
        period = WorkedPeriod(SUNDAY, SUNDAY + timedelta(13))
        totals = days(24, 0, 0, 24, 0, 0, 24, 0, 0, 24, 0, 0, 16)
        found = Timesheet(
            period, ["US-TX"], days=totals, rate="20.00", work_period=WorkPeriod("fire", SUNDAY)
        )

        assert 112 * 2_000 + 6 * 1_000 == gross_pay(found).gross_cents
        long = evolve(found, work_period=WorkPeriod("fire", SUNDAY, 30))
        assert {"work_period.days"} == faults(long).keys()

    def test_retail(self) -> None:
        """Section 7(i): commissions of more than half, and a rate above one and a half times."""
        commission = OtherPay("commission", "600.00", FRIDAY)
        half = RetailCommissions("3000.00", "5000.00")
        few = RetailCommissions("2000.00", "5000.00")
        found = sheet(0, 10, 10, 10, 10, 10, rate="5.00", other_pay=[commission])

        assert 85_000 == gross_pay(evolve(found, retail_commissions=half)).gross_cents
        assert 85_000 < gross_pay(evolve(found, retail_commissions=few)).gross_cents
        assert () == gross_pay(evolve(found, retail_commissions=half)).overtime
        wrong = evolve(found, retail_commissions=RetailCommissions("x", "5000.00"))
        assert {"retail_commissions.commissions"} == faults(wrong).keys()

    def test_alternative_workweek(self) -> None:
        """Four days of ten hours by an agreed schedule are no overtime in California."""
        schedule = AlternativeWorkweek(10, ["monday", "tuesday", "wednesday", "thursday"])
        found = sheet(0, 10, 10, 10, 10, work=["US-CA"], alternative_workweek=schedule)

        assert [("regular", 80_000)] == lines(gross_pay(found))
        assert {"alternative_workweek"} == faults(evolve(found, work=["US-TX"])).keys()
        wrong = evolve(found, alternative_workweek=AlternativeWorkweek(10, ["mo"]))
        assert {"alternative_workweek.days[0]"} == faults(wrong).keys()
        long = evolve(found, alternative_workweek=AlternativeWorkweek(12, ["monday"]))
        assert {"alternative_workweek.hours"} == faults(long).keys()

    @pytest.mark.parametrize(("rate", "overtime"), [("17.99", 4), ("18.00", 0)])
    def test_nevada(self, rate: str, overtime: int) -> None:
        """Daily overtime is for rates below one and a half times the minimum wage of 12.00."""
        found = gross_pay(sheet(0, 10, 10, work=["US-NV"], rate=rate))

        assert overtime * 3600 == sum(each.seconds for each in found.overtime)

    def test_nevada_salary(self) -> None:
        """A salary is compared by its rate of an hour."""
        salary = Salary("800.00", hours=40)
        found = sheet(0, 10, 10, work=["US-NV"], rate=None, salary=salary, pay_frequency="weekly")

        assert () == gross_pay(found).overtime

    def test_industry(self) -> None:
        """An industry with rules of its own is named; another is a fault."""
        found = sheet(0, 11, work=["US-OR"], industry="manufacturing")

        assert 22_000 + 1_000 == gross_pay(found).gross_cents
        message = faults(evolve(found, work=["US-TX"]))["industry"]
        assert "the overtime rules of US-TX know no such industry: there is none" == message

    def test_two_states(self) -> None:
        """Work in another state goes by its own law, and stands on lines of its own."""
        totals = [*days(0, 10, 10, 10), *days(0, 0, 0, 0, 10, 10, work=["US-CA"])]
        found = gross_pay(sheet(days=totals))
        laws = {each.law[:3] for each in found.overtime}

        assert {"Cal"} == laws
        assert {("US-TX",), ("US-CA",)} == {tuple(each.work) for each in found.earnings}
        wrong = sheet(days=days(0, 8, work=["CA"]))
        assert {"days[0].work"} == faults(wrong).keys()


class TestPunches:
    def punched(self, *moments: str, **more: Any) -> Timesheet:
        pairs = [Punch(at, "out" if n % 2 else "in") for n, at in enumerate(moments)]
        fields = {"days": [], "punches": pairs, "time_zone": "America/Los_Angeles"}
        return sheet(**{**fields, **more})

    def test_over_midnight(self) -> None:
        """A shift over midnight counts in both days, and as one for consecutive hours."""
        found = self.punched("2026-03-02T18:00", "2026-03-03T08:00")

        assert 28_000 == gross_pay(found).gross_cents
        assert 30_000 == gross_pay(evolve(found, work=["US-CO"])).gross_cents

    def test_workday_of_nevada(self) -> None:
        """In Nevada a workday is 24 hours from the start of work."""
        found = self.punched(
            "2026-03-02T09:00", "2026-03-02T17:00", "2026-03-03T07:00", "2026-03-03T15:00",
            work=["US-NV"], rate="14.00",
        )  # fmt: skip

        assert 2 * 3600 == sum(each.seconds for each in gross_pay(found).overtime)
        assert () == gross_pay(evolve(found, work=["US-AK"])).overtime

    def test_week_of_nevada(self) -> None:
        """A published example (ascentis.com): on five days of eight hours, half hours on two."""
        starts = ("08:00", "07:30", "07:00", "08:00", "08:00")
        ends = ("16:00", "15:30", "15:00", "16:00", "16:00")
        moments = [
            f"2026-03-0{day}T{at}"
            for day, both in enumerate(zip(starts, ends, strict=True), 2)
            for at in both
        ]
        found = gross_pay(self.punched(*moments, work=["US-NV"], rate="14.00"))

        assert [(3, "0.5"), (4, "0.5")] == [(each.day.day, each.hours) for each in found.overtime]

    def test_clock_rules(self) -> None:
        """Rounding and meals are the employer's; short breaks are paid in any case."""
        moments = ["2026-03-02T08:53", "2026-03-02T12:00", "2026-03-02T12:25", "2026-03-02T17:07"]
        quarter = TimeClock("quarter_hour", unpaid_break_minutes=25)
        found = self.punched(*moments, clock=quarter)

        assert 7.5 * 3600 == gross_pay(found).seconds_worked  # 12:25 is 12:30
        short = evolve(found, clock=TimeClock(unpaid_break_minutes=20))
        assert {"clock.unpaid_break_minutes"} == faults(short).keys()
        below = evolve(found, clock=TimeClock(automatic_meal_minutes=-1))
        assert {"clock.automatic_meal_minutes"} == faults(below).keys()
        wrong: Any = TimeClock("half_hour")  # type: ignore[arg-type]
        assert {"clock.rounding"} == faults(evolve(found, clock=wrong)).keys()

    def test_meals_in_california(self) -> None:
        """Donohue v. AMN: punches for meals are not rounded in California."""
        moments = ["2026-03-02T08:00", "2026-03-02T12:00", "2026-03-02T12:37", "2026-03-02T17:00"]
        found = self.punched(*moments, clock=TimeClock("quarter_hour"))

        assert 8.5 * 3600 == gross_pay(found).seconds_worked
        assert 503 * 60 == gross_pay(evolve(found, work=["US-CA"])).seconds_worked

    def test_sleep(self) -> None:
        """On duty of 24 hours, eight hours of sleep are left out."""
        pairs = [
            Punch("2026-03-02T08:00", "in"),
            Punch("2026-03-02T22:00", "out"),
            Punch("2026-03-02T22:00", "in", activity="sleep"),
            Punch("2026-03-03T06:00", "out"),
            Punch("2026-03-03T06:00", "in"),
            Punch("2026-03-03T08:00", "out"),
        ]

        assert 16 * 3600 == gross_pay(self.punched(punches=pairs)).seconds_worked

    def test_travel(self) -> None:
        """Travel counts as time worked, and is told apart."""
        pairs = [
            Punch("2026-03-02T08:00", "in", activity="travel"),
            Punch("2026-03-02T10:00", "out"),
        ]
        travelled = gross_pay(self.punched(punches=pairs))

        assert ({"travel": 7200}, 4_000) == (travelled.other_activities, travelled.gross_cents)
        assert {"travel": "2"} == result_document(travelled)["other_activities"]

    def test_wrong(self) -> None:
        """Every fault is reported at once: the zone, the workday, the punches."""
        moments = ("2026-03-02T08:00", "2026-03-02T12:00")
        assert {"time_zone", "workday_begins"} == faults(
            self.punched(*moments, time_zone="Texas", workday_begins="noon")
        ).keys()
        assert {"punches[0]"} == faults(self.punched("2026-03-02T08:00")).keys()
        away = [Punch("2026-03-02T08:00", "in", work=["TX"]), Punch("2026-03-02T12:00", "out")]
        assert {"punches[0].work"} == faults(self.punched(punches=away)).keys()


class TestFaults:
    @pytest.mark.parametrize(
        ("changed", "paths"),
        [
            ({"pay_period": WorkedPeriod(WEEK.end, WEEK.start)}, {"pay_period.end"}),
            ({"work": ["TX"]}, {"work"}),
            ({"work": []}, {"work"}),
            ({"workweek_begins": "sun"}, {"workweek_begins"}),
            ({"rate": None}, {"rate"}),
            ({"rate": "-1"}, {"rate"}),
            ({"days": days(0, 8, job="cook")}, {"jobs"}),
            ({"days": days(0, "25")}, {"days[0].hours"}),
            ({"days": days(0, "8.125")}, {"days[0].hours"}),
            ({"other_pay": [OtherPay("bonus", "x", FRIDAY)]}, {"other_pay[0].amount"}),
            ({"other_pay": [OtherPay("bonus", "1", FRIDAY, SUNDAY)]}, {"other_pay[0].earned_to"}),
            ({"leave": [LeaveTaken("sick", "x", "20.00")]}, {"leave[0].hours"}),
            ({"pay_period": WorkedPeriod(date(2030, 1, 6), date(2030, 1, 12))}, {"pay_period"}),
            ({"pay_period": WorkedPeriod(date(2024, 1, 7), date(2024, 1, 13))}, {"pay_period"}),
        ],
    )
    def test_paths(self, changed: dict[str, Any], paths: set[str]) -> None:
        """A fault names its field."""
        assert paths == faults(evolve(sheet(0, 8), **changed)).keys()

    def test_together(self) -> None:
        """All faults are reported together."""
        pay = [OtherPay("bonus", "x", FRIDAY)]
        wrong = sheet(0, "x", rate="y", other_pay=pay, leave=[LeaveTaken("sick", "z", "1")])

        assert {"rate", "days[0].hours", "other_pay[0].amount", "leave[0].hours"} == faults(
            wrong
        ).keys()

    def test_outside_of_the_minimum_wages(self) -> None:
        """A period without a minimum wage is refused, with the dates that are covered."""
        period = WorkedPeriod(date(2027, 1, 3), date(2027, 1, 9))
        late = evolve(sheet(), pay_period=period, days=[DayTotal(date(2027, 1, 4), 8)])

        assert "covered is 2025-01-01 to 2026-12-31" in faults(late)["pay_period"]


HOURS = st.lists(st.integers(0, 64), min_size=7, max_size=7)
QUARTER = {0: "", 1: ".25", 2: ".5", 3: ".75"}


class TestProperties:
    @given(
        HOURS,
        HOURS,
        st.sampled_from(["US-TX", "US-CA", "US-AK", "US-CO"]),
        st.integers(0, 6),
        st.booleans(),
    )
    def test_a_minute_more(
        self, quarters: list[int], others: list[int], state: str, day: int, second: bool
    ) -> None:
        """At two rates, a quarter of an hour more at either raises gross pay."""

        def pay(one: list[int], two: list[int]) -> GrossPay:
            jobs = {"one": Job("17.00"), "two": Job("25.00")}
            both = zip((one, two), jobs, strict=True)
            totals = [
                total
                for amounts, job in both
                for total in days(
                    *(f"{q // 4}{QUARTER[q % 4]}" if q else 0 for q in amounts), job=job
                )
            ]
            return gross_pay(sheet(work=[state], jobs=jobs, days=totals))

        more = [list(quarters), list(others)]
        more[second][day] += 1
        before, after = pay(quarters, others), pay(*more)
        straight = sum(quarters) * 425 + sum(others) * 625

        assert sum(before.amounts_cents) == before.gross_cents

        assert straight <= before.gross_cents < after.gross_cents
        assert sum(quarters) + sum(others) == before.seconds_worked // 900
        assert before.qualified_overtime_cents <= before.gross_cents - straight + 1

    @given(HOURS, st.sampled_from(["US-TX", "US-CA", "US-AK", "US-CO", "US-KY", "US-NV"]))
    def test_explained(self, quarters: list[int], state: str) -> None:
        """What a week is paid for overtime is the result of its worksheet."""
        totals = days(*(f"{q // 4}{QUARTER[q % 4]}" if q else 0 for q in quarters))
        found = gross_pay(sheet(days=totals, work=[state], rate="17.37"))
        premium = sum(week.premium for week in found.weeks)
        sheets = found.worksheets

        assert premium == sum(s.result for name, s in sheets.items() if name.endswith("/overtime"))
        assert bool(found.overtime) == bool(sheets)

    @given(HOURS)
    def test_hours_of_the_lines(self, quarters: list[int]) -> None:
        """The hours of the lines are those that were worked."""
        totals = days(*(f"{q // 4}{QUARTER[q % 4]}" if q else 0 for q in quarters))
        found = gross_pay(sheet(days=totals, work=["US-CA"]))
        hours = sum(float(str(each.hours)) for each in found.earnings)

        assert sum(quarters) / 4 == hours
        assert found.gross_cents == sum(found.amounts_cents)


DOCUMENT: dict[str, Any] = {
    "pay_period": {"start": "2026-03-01", "end": "2026-03-07"},
    "work": ["US-CA"],
    "time_zone": "America/Los_Angeles",
    "punches": [
        {"at": "2026-03-02T08:00", "direction": "in"},
        {"at": "2026-03-02T12:00", "direction": "out"},
        {"at": "2026-03-02T12:30", "direction": "in"},
        {"at": "2026-03-02T18:30", "direction": "out"},
    ],
    "rate": "30.00",
}


class TestDocuments:
    def test_result(self) -> None:
        """The result has earnings for a paycheck request, and the rule of every overtime hour."""
        result = result_document(compute(DOCUMENT))

        assert "330.00" == result["gross_pay"]
        assert "10" == result["hours_worked"]
        assert [
            {
                "day": "2026-03-02",
                "job": "",
                "hours": "2",
                "multiplier": "1.5",
                "rule": "Cal. Lab. Code 510(a): over 8 hours in a workday",
            }
        ] == result["overtime"]
        assert ["2026-03-01/overtime"] == [sheet["id"] for sheet in result["worksheets"]]

    def test_paycheck(self) -> None:
        """The earnings are accepted by a paycheck, which comes to the same gross pay."""
        found = compute({**DOCUMENT, "leave": [{"kind": "sick", "hours": "4", "rate": "30.00"}]})
        request = PaycheckRequest(
            date(2026, 3, 13), "weekly", Employee(["US-CA"]), list(found.earnings)
        )

        assert found.gross_cents == gross_to_net(request).gross_cents

    def test_schema(self) -> None:
        """A timesheet document fits its schema."""
        jsonschema.validate(DOCUMENT, schema_of(Timesheet, "Timesheet"))

    def test_faults(self) -> None:
        """An unknown field is a fault of the document."""
        with pytest.raises(InvalidRequest, match="rates: there is no such field"):
            compute({**DOCUMENT, "rates": "30.00"})

    def test_texts(self) -> None:
        """The statement has a line for each earning, and says what is within it."""
        jobs = {"server": Job("2.13", tip_credit="5.12")}
        tips = OtherPay("tips", "400.00", FRIDAY)
        totals = days(0, *[9] * 5, job="server")
        found = gross_pay(sheet(jobs=jobs, days=totals, other_pay=[tips]))
        text = gross_pay_statement(found)

        assert "  Regular, 40 hours at 2.13" in text
        assert "  Overtime, 5 hours" in text
        assert "  Tips   " in text
        assert "Tips, within it: 400.00" in text
        assert "5 hours x 1.5  29 U.S.C. 207(a)(1): over 40 hours in a workweek (server)" in (
            why_overtime(found)
        )
        assert "No hour is overtime." in why_overtime(gross_pay(sheet(0, 8)))


class TestCommand:
    def run(self, document: Any, *options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "asopay.cli", "earnings", "-", *options]
        return subprocess.run(
            command, input=json.dumps(document), capture_output=True, check=False, text=True
        )

    def test_statement(self) -> None:
        """The command prints the earnings; with --why the rules, with --json the document."""
        assert "Gross pay" in self.run(DOCUMENT).stdout
        assert "over 8 hours in a workday" in self.run(DOCUMENT, "--why").stdout
        assert result_document(compute(DOCUMENT)) == json.loads(self.run(DOCUMENT, "--json").stdout)

    def test_refused(self) -> None:
        """A missing punch is refused with its path, and exit code 2."""
        document = {**DOCUMENT, "punches": DOCUMENT["punches"][:1]}
        answer = self.run(document)

        assert 2 == answer.returncode
        assert "punches[0]" == json.loads(answer.stdout)["errors"][0]["path"]

    def test_schema(self) -> None:
        """The schema of a timesheet is printed."""
        command = [sys.executable, "-m", "asopay.cli", "schema", "timesheet"]
        printed = subprocess.run(command, capture_output=True, check=True, text=True).stdout

        assert "Timesheet" == json.loads(printed)["title"]


def test_example() -> None:
    """The example of the documentation is a timesheet."""
    path = Path(__file__).parent.parent / "examples" / "timesheets" / "california.json"

    assert compute(json.loads(path.read_text(encoding="utf-8"))).gross_cents
