"""What pay_periods promises: calendars that tile time, pay dates that are business days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay.frequencies import FREQUENCIES, periods_per_year
from asopay.legal_holidays import federal_holidays
from asopay.pay_periods import (
    PayPeriod,
    pay_calendar,
    prorate_salary,
    tax_year,
)

FREQUENCY = st.sampled_from(list(FREQUENCIES))
YEAR = st.integers(2022, 2090)
ANCHOR = st.dates(date(1990, 1, 1), date(2060, 12, 31))
LAG = st.integers(-366, 366)
MOVE = st.sampled_from(["none", "earlier", "later"])
TWO_DAYS = st.integers(1, 27).flatmap(
    lambda first: st.tuples(st.just(first), st.integers(first + 1, 31)).flatmap(st.permutations)
)
SCHEDULE = st.fixed_dictionaries(
    {
        "frequency": FREQUENCY,
        "anchor": ANCHOR,
        "semimonthly_days": TWO_DAYS.map(tuple),
        "pay_date_lag": LAG,
        "move": MOVE,
    }
)


def ends(*calendar_args: Any, **options: Any) -> list[str]:
    return [f"{period.end:%m-%d}" for period in pay_calendar(*calendar_args, **options)]


def is_business_day(day: date) -> bool:
    return day.weekday() < 5 and day not in {holiday for holiday, _ in federal_holidays(day.year)}


def nearest_business_day(day: date, step: int) -> date:
    while not is_business_day(day):
        day += timedelta(step)
    return day


class TestFrequencies:
    """Publication 15-T, Worksheet 1A, Table 3."""

    def test_ordinary(self) -> None:
        """Without a stated number, the ordinary one holds."""
        assert FREQUENCIES == {name: periods_per_year(name) for name in FREQUENCIES}
        assert [260, 52, 26, 24, 12, 4, 2, 1] == list(FREQUENCIES.values())

    @pytest.mark.parametrize(
        ("frequency", "stated"),
        [("weekly", 53), ("biweekly", 27), ("daily", 261), ("daily", 262), ("biweekly", 26)],
    )
    def test_stated(self, frequency: str, stated: int) -> None:
        """A number that a year of the frequency can have is taken."""
        assert stated == periods_per_year(frequency, stated)

    @pytest.mark.parametrize(
        ("frequency", "stated", "message"),
        [
            ("fortnightly", None, "frequency: 'fortnightly' is not one of daily, "),
            ("daily", 263, "stated: 263 is not accepted; give 260 or 261 or 262 for daily"),
            ("biweekly", 25, "stated: 25 is not accepted; give 26 or 27 for biweekly"),
            ("monthly", 13, "stated: 13 is not accepted; give 12 for monthly"),
        ],
    )
    def test_refused(self, frequency: str, stated: int | None, message: str) -> None:
        """The message names the argument, the value and what would be accepted."""
        with pytest.raises(ValueError, match=message):
            periods_per_year(frequency, stated)


class TestPayPeriod:
    """One period and its pay date."""

    def test_days(self) -> None:
        """Both ends are counted."""
        assert 1 == PayPeriod(date(2026, 3, 7), date(2026, 3, 7), date(2026, 3, 7)).days

    def test_end_before_start(self) -> None:
        """A period does not end before it starts."""
        with pytest.raises(ValueError, match=r"end: 2026-03-06 is not accepted; .*2026-03-07"):
            PayPeriod(date(2026, 3, 7), date(2026, 3, 6), date(2026, 3, 7))

    @pytest.mark.parametrize("wrong", ["2026-03-07", datetime(2026, 3, 7), None, 20260307])
    def test_not_a_date(self, wrong: Any) -> None:
        """A text, a moment, nothing and a number are not dates."""
        with pytest.raises(ValueError, match=r"pay_date: .* is not accepted; give a date"):
            PayPeriod(date(2026, 3, 7), date(2026, 3, 7), wrong)
        with pytest.raises(ValueError, match=r"pay_date: .* is not accepted; give a date"):
            tax_year(wrong)


class TestFederalHolidays:
    """5 U.S.C. 6103 against lists that others published."""

    @pytest.mark.parametrize(
        ("year", "observed"),
        [
            # Office of Personnel Management: three days off their weekend
            (2023, "01-02 01-16 02-20 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
            # Publication 15 (2025), section 11, without Emancipation Day
            (2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25"),
            # Court of Appeals for the Eleventh Circuit
            (2026, "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"),
            # Richmond Fed's dates of 2027, moved; holidays 0.109. Dec 31 is New Year's Day of 2028
            (2027, "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31"),
            (2028, "01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-23 12-25"),
        ],
    )
    def test_published(self, year: int, observed: str) -> None:
        """The days are those of the published list."""
        assert observed == " ".join(f"{day:%m-%d}" for day, _ in federal_holidays(year))

    def test_first_juneteenth(self) -> None:
        """The first Juneteenth was observed on Friday, June 18, 2021, the day after it was law."""
        assert (date(2021, 6, 18), "Juneteenth National Independence Day") in federal_holidays(2021)

    @given(YEAR)
    def test_observed_on_weekdays(self, year: int) -> None:
        """Over two years there are 22 holidays, give or take a New Year, and no weekend."""
        days = [day for each in (year, year + 1) for day, _ in federal_holidays(each)]

        assert days == sorted(set(days))
        assert all(day.weekday() < 5 for day in days)
        assert len(days) in {21, 22, 23}

    @pytest.mark.parametrize("year", [2020, 3001, "2026"])
    def test_not_covered(self, year: Any) -> None:
        """A year that the table does not cover is an error, never a guess."""
        with pytest.raises(ValueError, match=r"year: .* give a whole number from 2021 to 3000"):
            federal_holidays(year)


class TestPayCalendar:
    """Calendars of known years."""

    def test_biweekly_with_27_pay_dates(self) -> None:
        """Fridays from January 2, 2026: the 27th, New Year's Day 2027, is paid in 2026."""
        schedule: dict[str, Any] = {"frequency": "biweekly", "anchor": date(2026, 1, 2)}
        paid_early = pay_calendar(2026, **schedule, move="earlier")

        assert (27, date(2026, 12, 31)) == (len(paid_early), paid_early[-1].pay_date)
        assert 26 == len(pay_calendar(2026, **schedule))
        assert 26 == len(pay_calendar(2026, **schedule, move="later"))
        assert 27 == len(pay_calendar(2027, **schedule))
        assert 26 == len(pay_calendar(2027, **schedule, move="earlier"))

    def test_biweekly_thursdays_of_2026(self) -> None:
        """Thursdays from January 1, 2026 give 27 pay dates without any move."""
        assert 27 == len(pay_calendar(2026, "biweekly", date(2026, 1, 1)))

    @pytest.mark.parametrize("year", range(2000, 2061))
    def test_weekly_with_53_pay_dates(self, year: int) -> None:
        """A year has 53 of the weekday it starts on, a leap year of the next one too."""
        start = date(year, 1, 1)
        paydays = [start + timedelta(number) for number in range(7)]
        counts = [len(pay_calendar(year, "weekly", day)) for day in paydays]

        leap = date(year, 12, 31) - start == timedelta(365)
        assert [53, 53 if leap else 52, 52, 52, 52, 52, 52] == counts

    def test_semimonthly(self) -> None:
        """The 15th and the month's end, 28, 29, 30 or 31."""
        assert ["01-15", "01-31", "02-15", "02-28"] == ends(2026, "semimonthly")[:4]
        assert "02-29" == ends(2028, "semimonthly")[3]

    def test_semimonthly_days_in_any_order(self) -> None:
        """The 5th and the 20th, whichever is named first."""
        days = ends(2026, "semimonthly", semimonthly_days=(20, 5))

        assert (24, ["01-05", "01-20"]) == (len(days), days[:2])

    def test_semimonthly_clipped(self) -> None:
        """The 30th is the last of February and the 30th of every other month."""
        days = ends(2026, "semimonthly", semimonthly_days=(14, 30))

        assert ["01-30", "02-14", "02-28", "03-14", "03-30"] == days[1:6]

    @pytest.mark.parametrize(
        ("frequency", "anchor", "expected"),
        [
            ("monthly", date(2026, 2, 28), "01-31 02-28 03-31 04-30"),
            ("monthly", date(2028, 2, 28), "01-28 02-28 03-28 04-28"),
            ("monthly", date(2019, 1, 30), "01-30 02-28 03-30 04-30"),
            ("quarterly", date(2030, 9, 30), "03-31 06-30 09-30 12-31"),
            ("quarterly", date(2026, 1, 15), "01-15 04-15 07-15 10-15"),
            ("semiannual", date(2026, 6, 30), "06-30 12-31"),
            ("annual", date(2026, 11, 30), "11-30"),
            ("annual", date(2028, 2, 29), "02-28"),
        ],
    )
    def test_months(self, frequency: str, anchor: date, expected: str) -> None:
        """The anchor's day of the month, clipped; a month's last day stays one."""
        assert expected.split() == ends(2026, frequency, anchor)[:4]

    def test_daily(self) -> None:
        """Every Monday to Friday ends a period; Monday's begins on Saturday."""
        _, friday, monday, *_ = pay_calendar(2026, "daily")

        assert PayPeriod(date(2026, 1, 2), date(2026, 1, 2), date(2026, 1, 2)) == friday
        assert PayPeriod(date(2026, 1, 3), date(2026, 1, 5), date(2026, 1, 5)) == monday
        assert [260, 261, 262] == [len(pay_calendar(year, "daily")) for year in (2022, 2026, 2024)]

    def test_lag_across_new_year(self) -> None:
        """December's wages, paid five days later, stand in the next year's calendar."""
        december = pay_calendar(2027, "monthly", date(2026, 12, 31), pay_date_lag=5)[0]

        assert PayPeriod(date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 5)) == december

    @pytest.mark.parametrize(("lag", "worked"), [(366, 2024), (-366, 2027)])
    def test_longest_lags(self, lag: int, worked: int) -> None:
        """A year's pay, a year late or a year ahead, is found all the same."""
        (period,) = pay_calendar(2026, "annual", date(2000, 12, 31), pay_date_lag=lag)

        assert (date(worked, 1, 1), date(worked, 12, 31)) == (period.start, period.end)

    def test_own_holidays(self) -> None:
        """Holidays that are given replace the federal ones: banks open on July 3, 2026."""
        july = pay_calendar(2026, "monthly", date(2026, 1, 4), move="earlier", holidays=())[6]

        assert date(2026, 7, 3) == july.pay_date

    def test_year_before_the_holidays(self) -> None:
        """Calendars before the federal table are had without moves or with own holidays."""
        assert 12 == len(pay_calendar(1999, "monthly", date(1999, 1, 31)))
        assert 12 == len(
            pay_calendar(1999, "monthly", date(1999, 1, 31), move="later", holidays=())
        )

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"year": 1899}, "year: 1899 is not accepted; give a whole number from 1900 to 2999"),
            ({"year": 2026.0}, "year: 2026.0"),
            ({"frequency": "bimonthly"}, "frequency: 'bimonthly'"),
            ({"anchor": None}, "anchor: None is not accepted; give a date"),
            ({"pay_date_lag": 367}, "pay_date_lag: 367"),
            ({"move": "nearest"}, "move: 'nearest' is not accepted; give one of none, earlier"),
            ({"move": "later", "holidays": federal_holidays(2026)}, r"holidays: \(datetime.date"),
            ({"move": "later", "year": 2021}, "year: 2020"),
        ],
    )
    def test_refused(self, arguments: dict[str, Any], message: str) -> None:
        """The message names the argument and the value."""
        valid: dict[str, Any] = {"year": 2026, "frequency": "weekly", "anchor": date(2026, 1, 2)}

        with pytest.raises(ValueError, match=message):
            pay_calendar(**(valid | arguments))

    @pytest.mark.parametrize("days", [(28, 31), (15, 15), (0, 15), (15, 32), (15,), (1, 2, 3)])
    def test_semimonthly_days_refused(self, days: Any) -> None:
        """Days that are not two, not of a month, or would meet in February are refused."""
        with pytest.raises(ValueError, match=r"semimonthly_days: .* a day of 1 to 27 and a later"):
            pay_calendar(2026, "semimonthly", semimonthly_days=days)

    def test_no_business_day(self) -> None:
        """Holidays without end are an error, not a pay date a month away."""
        closed = {date(2026, 6, 1) + timedelta(number) for number in range(60)}

        with pytest.raises(ValueError, match="holidays: 60 dates leave no business day within 31"):
            pay_calendar(2026, "weekly", date(2026, 1, 2), move="later", holidays=closed)


class TestEveryCalendar:
    """What holds for all schedules."""

    @given(YEAR, SCHEDULE)
    def test_tiles_time(self, year: int, schedule: dict[str, Any]) -> None:
        """Three years in a row: each period starts the day after the one before it ended."""
        calendars = [pay_calendar(each, **schedule) for each in (year, year + 1, year + 2)]
        periods = [period for calendar in calendars for period in calendar]

        assert [period.start for period in periods[1:]] == [
            period.end + timedelta(1) for period in periods[:-1]
        ]

    @given(YEAR, SCHEDULE)
    def test_pay_dates(self, year: int, schedule: dict[str, Any]) -> None:
        """Pay dates are in the year and in order, and moved no further than needed."""
        pay_dates = [period.pay_date for period in pay_calendar(year, **schedule)]
        lag = timedelta(schedule["pay_date_lag"])
        step = {"none": 0, "earlier": -1, "later": 1}[schedule["move"]]

        assert pay_dates == sorted(pay_dates)
        assert {year} >= {tax_year(day) for day in pay_dates}
        for period in pay_calendar(year, **schedule):
            due = period.end + lag
            assert period.pay_date == (nearest_business_day(due, step) if step else due)

    @given(YEAR, SCHEDULE)
    def test_number_of_periods(self, year: int, schedule: dict[str, Any]) -> None:
        """A year has the ordinary or a long year's number, a period less or more if moved."""
        frequency, number = schedule["frequency"], len(pay_calendar(year, **schedule))
        long_years = {"daily": 262, "weekly": 53, "biweekly": 27}
        lowest, highest = FREQUENCIES[frequency], long_years.get(frequency, FREQUENCIES[frequency])
        if schedule["move"] != "none" and frequency not in {"weekly", "biweekly"}:
            lowest, highest = lowest - 2, highest + 2

        assert lowest <= number <= highest

    @given(YEAR, SCHEDULE, st.integers(-40, 40))
    def test_any_period_end_is_an_anchor(
        self, year: int, schedule: dict[str, Any], number: int
    ) -> None:
        """The calendar is the same from any weekly, biweekly or month-end anchor."""
        calendar = pay_calendar(year, **schedule)
        if schedule["frequency"] in {"weekly", "biweekly"}:
            other = calendar[number % len(calendar)].end

            assert calendar == pay_calendar(year, **(schedule | {"anchor": other}))


def periods(longest: int = 370) -> st.SearchStrategy[PayPeriod]:
    """Periods of up to `longest` days, a week at least, so that all have working days."""
    return st.builds(
        lambda start, days: PayPeriod(start, start + timedelta(days), start),
        st.dates(date(2000, 1, 1), date(2090, 1, 1)),
        st.integers(6, longest),
    )


SALARY = st.integers(0, 10**9)
BY_DAYS = st.sampled_from(["calendar_days", "working_days"])


class TestProrateSalary:
    """Parts of a salary."""

    FEBRUARY = PayPeriod(date(2026, 2, 1), date(2026, 2, 28), date(2026, 2, 27))

    @pytest.mark.parametrize(
        ("salary", "first", "last", "by", "expected"),
        [
            (280000, 1, 28, "calendar_days", 280000),
            (280000, 15, 28, "calendar_days", 140000),
            (500000, 20, 28, "calendar_days", 160714),  # 9/28: 1,607.142857
            (500000, 20, 28, "working_days", 150000),  # 6/20; Presidents' Day counts
            (500000, 7, 8, "working_days", 0),
            (14, 1, 1, "calendar_days", 1),  # exactly half a cent
            (13, 1, 1, "calendar_days", 0),
        ],
    )
    def test_days(self, salary: int, first: int, last: int, by: Any, expected: int) -> None:
        """Worked by hand for February 2026, which has 28 days and 20 working days."""
        worked = date(2026, 2, first), date(2026, 2, last)

        assert expected == prorate_salary(salary, self.FEBRUARY, *worked, by=by)

    @pytest.mark.parametrize(
        ("hours", "whole", "expected"),
        [
            (80, 160, 250000),
            (Decimal("7.5"), 40, 93750),
            (0, Decimal("86.67"), 0),
            (Decimal("86.67"), Decimal("86.67"), 500000),
            (Decimal("10.25"), Decimal("86.67"), 59132),  # 591.3234106
        ],
    )
    def test_hours(self, hours: Decimal, whole: Decimal, expected: int) -> None:
        """Hours over hours, of a salary of $5,000.00."""
        assert expected == self.by_hours(500000, hours, whole)

    def by_hours(self, salary: int, worked: Any, in_period: Any) -> int:
        return prorate_salary(
            salary,
            self.FEBRUARY,
            self.FEBRUARY.start,
            self.FEBRUARY.end,
            by="hours",
            hours_worked=worked,
            hours_in_period=in_period,
        )

    @pytest.mark.parametrize(
        ("worked", "in_period", "message"),
        [
            (None, 160, "hours_worked: None is not accepted; give hours as an int or Decimal"),
            (80, None, "hours_in_period: None"),
            (7.5, 160, "hours_worked: 7.5"),
            (8, Decimal("NaN"), r"hours_in_period: Decimal\('NaN'\)"),
            (161, 160, "hours_worked: 161 is not accepted; give hours from 0 to those in the"),
            (-1, 160, "hours_worked: -1"),
            (0, 0, "hours_worked: 0"),
            (-2, -1, "hours_worked: -2"),
        ],
    )
    def test_hours_refused(self, worked: Any, in_period: Any, message: str) -> None:
        """Hours that are missing, inexact, out of bounds or of nothing are refused."""
        with pytest.raises(ValueError, match=message):
            self.by_hours(500000, worked, in_period)

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ({"salary_cents": -1}, "salary_cents: -1 is not accepted; give a whole number from 0"),
            ({"salary_cents": 1000.0}, "salary_cents: 1000.0"),
            ({"worked_from": date(2026, 1, 31)}, "worked_from: 2026-01-31 .* 2026-02-01 to 2026-0"),
            ({"worked_to": date(2026, 3, 1)}, "worked_to: 2026-03-01"),
            ({"worked_to": date(2026, 2, 9)}, "worked_to: 2026-02-09 .* 2026-02-10 to 2026-02-28"),
            ({"worked_to": datetime(2026, 2, 20)}, "worked_to: 2026-02-20 00:00:00"),
            ({"by": "weeks"}, "by: 'weeks' is not accepted; give one of calendar_days, working_d"),
            ({"hours_worked": 8}, "by: 'calendar_days' is not accepted; give 'hours' where"),
        ],
    )
    def test_refused(self, arguments: dict[str, Any], message: str) -> None:
        """The message names the argument, the value and what would be accepted."""
        valid: dict[str, Any] = {
            "salary_cents": 500000,
            "period": self.FEBRUARY,
            "worked_from": date(2026, 2, 10),
            "worked_to": date(2026, 2, 28),
        }

        with pytest.raises(ValueError, match=message):
            prorate_salary(**(valid | arguments))

    def test_weekend_has_no_working_days(self) -> None:
        """A period of a weekend can't be counted in working days."""
        weekend = PayPeriod(date(2026, 2, 7), date(2026, 2, 8), date(2026, 2, 9))

        with pytest.raises(ValueError, match="period: 2026-02-07 to 2026-02-08, paid 2026-02-09"):
            prorate_salary(1, weekend, weekend.start, weekend.end, by="working_days")

    @given(SALARY, periods(), BY_DAYS)
    def test_full_period(self, salary: int, period: PayPeriod, by: Any) -> None:
        """A period worked in full earns the full salary."""
        assert salary == prorate_salary(salary, period, period.start, period.end, by=by)

    @given(SALARY, periods(), BY_DAYS, st.data())
    def test_parts_add_up(
        self, salary: int, period: PayPeriod, by: Any, data: st.DataObject
    ) -> None:
        """The two parts of a split period differ from the salary by a cent at most."""
        until = data.draw(st.dates(period.start, period.end - timedelta(1)))
        before = prorate_salary(salary, period, period.start, until, by=by)
        after = prorate_salary(salary, period, until + timedelta(1), period.end, by=by)

        assert salary <= before + after <= salary + 1

    @given(SALARY, periods(), BY_DAYS, st.data())
    def test_monotone(self, salary: int, period: PayPeriod, by: Any, data: st.DataObject) -> None:
        """More days or more salary never earn less; nothing earns more than the salary."""
        days = st.dates(period.start, period.end)
        first, second, third = sorted(data.draw(st.tuples(days, days, days)))
        less = prorate_salary(salary, period, first, second, by=by)

        assert 0 <= less <= prorate_salary(salary, period, first, third, by=by) <= salary
        assert less <= prorate_salary(salary + 1, period, first, second, by=by)

    @given(SALARY, st.integers(1, 10**5), st.integers(0, 10**5))
    def test_hours_add_up(self, salary: int, hundredths: int, worked: int) -> None:
        """Hours worked and hours missed share the salary, to the cent."""
        worked = min(worked, hundredths)
        whole, part = Decimal(hundredths) / 100, Decimal(worked) / 100
        halves = self.by_hours(salary, part, whole) + self.by_hours(salary, whole - part, whole)

        assert salary <= halves <= salary + 1
