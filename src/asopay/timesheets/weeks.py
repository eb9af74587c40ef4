"""One workweek of a timesheet: its hours by rule, its premium, and what is missing to the minimum.

The premium is what the state's law asks for, or federal law if that is more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import define, frozen

from asopay.faults import Faults
from asopay.money import ONE, Cents, Rate, as_text, cents, to_cents, unrounded
from asopay.overtime.hours import Hours, classify
from asopay.overtime.law import FEDERAL
from asopay.overtime.minimum_wage import MinimumWage, make_up
from asopay.overtime.regular_rate import (
    Rounding,
    WeekPay,
    overtime_premium,
    premium_in_effect,
    rounded_cents,
)
from asopay.overtime.rules import Figures
from asopay.overtime.work_periods import is_retail_exempt
from asopay.tables import Table
from asopay.timekeeping.units import HOUR
from asopay.timekeeping.workdays import Stretch
from asopay.timesheets.reading import Sheet
from asopay.worksheet import Worksheet

PER_CENT = 100
"""Ten-thousandths of a dollar in a cent."""

UNROUNDED = ONE // PER_CENT
"""A ten-thousandth of a dollar in hundred-millionths of a cent."""


@frozen
class WeekOther:
    """Other pay of a week that counts for the regular rate, and tips, in cents."""

    production: Cents = 0
    flat_sum: Cents = 0
    tips: Cents = 0


@define
class Week:
    """A workweek, or work period, worked out. It `closes` if it ends within the pay period.

    `premium` is owed on top of straight time, `required_premium` the part of it that federal law
    asks for. `plain_rate` is the one rate of all its hours, where nothing else is in the regular
    rate. `beyond` is straight time for hours beyond those that the salary is for, and `make_up`
    what is missing to the minimum wage.
    """

    first: int
    closes: bool
    hours: list[Hours]
    seconds: int
    pay: WeekPaid | None = None
    premium: Cents = 0
    required_premium: Cents = 0
    plain_rate: int | None = None
    make_up: Cents = 0
    beyond: Cents = 0

    def worksheets(self) -> dict[str, Worksheet]:
        """The worksheets of its premium and its minimum wage; those of plain weeks are made now."""
        if self.pay is None:
            return {}
        overtime = _by_multiplier(self.hours) if self.closes else []
        if overtime and "overtime" not in self.pay.sheets:
            self.pay.premiums(self.hours, overtime)
        return self.pay.sheets


def week_of_sheet(
    sheet: Sheet, first: int, stretches: Sequence[Stretch], other: WeekOther, faults: Faults
) -> Week:
    """The workweek that begins on the day, with its stretches in order."""
    seconds = sum(stretch.seconds for stretch in stretches)
    closes = first + sheet.days_of_week - 1 <= sheet.last
    salary = sheet.timesheet.salary
    if salary is not None and salary.exempt:
        return Week(first, closes, [Hours(each, each.seconds) for each in stretches], seconds)
    pay = WeekPaid(sheet, stretches, seconds, other)
    pay.top_up(first, faults)
    hours = pay.classified(first)
    week = Week(first, closes, hours, seconds, pay)
    week.plain_rate, week.make_up = pay.plain_rate, pay.make_up
    if closes:
        week.beyond = 0 if salary is None else rounded_cents(pay.beyond_salary(hours))
        pay.add_premium(week)
    return week


class WeekPaid:
    """The pay of a week before any premium, and what is computed from it."""

    def __init__(
        self, sheet: Sheet, stretches: Sequence[Stretch], seconds: int, other: WeekOther
    ) -> None:
        self.sheet = sheet
        self.stretches = stretches
        self.seconds = seconds
        self.other = other
        self.make_up: Cents = 0
        self.sheets: dict[str, Worksheet] = {}
        by_job: dict[str, int] = {}
        for stretch in stretches:
            by_job[stretch.job] = by_job.get(stretch.job, 0) + stretch.seconds
        self.by_job = [(sheet.jobs[job], worked) for job, worked in by_job.items()]
        self.home = sheet.states.get(sheet.home)

    @property
    def plain_rate(self) -> int | None:
        """The rate of all hours in ten-thousandths of a dollar, if that is the regular rate."""
        rates = {job.hourly + job.tip_credit for job, _ in self.by_job}
        more = self.other.production or self.other.flat_sum or self.make_up
        tipped = any(job.tip_credit for job, _ in self.by_job)
        chosen = self.sheet.timesheet.rounding != "exact" or self.sheet.timesheet.salary
        return rates.pop() if len(rates) == 1 and not (more or tipped or chosen) else None

    def straight(self, hours: Sequence[Hours] = ()) -> Fraction:
        """Pay for all hours at their rates, tip credits included, or the salary's part."""
        hourly = sum(worked * (job.hourly + job.tip_credit) for job, worked in self.by_job)
        total = Fraction(hourly * UNROUNDED, HOUR)
        if self.sheet.timesheet.salary is not None:
            total += self.sheet.weekly_salary + self.beyond_salary(hours)
        return total

    def beyond_salary(self, hours: Sequence[Hours]) -> Fraction:
        """Straight time for the hours beyond those that the salary is for."""
        beyond = self.seconds - self.covered(hours)
        return Fraction(beyond, HOUR) * (self.salary_rate or 0)

    @property
    def salary_rate(self) -> Fraction | None:
        """The regular rate of a salary that is for a number of hours."""
        seconds = self.sheet.salary_seconds
        if seconds is None:
            return None
        return self.sheet.weekly_salary * HOUR / self.salary_hours(seconds)

    def salary_hours(self, seconds: int) -> int:
        """The hours of a salary, in seconds, as many as the state's law lets it be for."""
        most = self.home.table.figures.salary_hours if self.home else None
        return seconds if most is None else min(seconds, most * HOUR)

    def covered(self, hours: Sequence[Hours]) -> int:
        """The seconds that the salary pays for at straight time."""
        stated = self.sheet.salary_seconds
        if self.sheet.timesheet.salary is None:
            return 0
        if stated is None:
            return self.seconds
        of_salary = self.salary_hours(stated)
        if self.home and self.home.table.figures.salary_hours is not None:
            overtime = sum(each.seconds for each in hours if each.multiplier > ONE)
            return min(self.seconds - overtime, of_salary)
        return min(self.seconds, of_salary)

    # Which hours

    def classified(self, first: int) -> list[Hours]:
        """The hours by rule: of the state of work, or of federal law where it has none."""
        sheet = self.sheet
        if sheet.timesheet.work_period is not None or not sheet.states:
            return classify(self.stretches, sheet.federal)
        daily = {
            state: law.without_daily if self.is_above(state, first) else law.rules
            for state, law in sheet.states.items()
        }
        rules = daily.get(sheet.home, sheet.federal)
        return classify(self.stretches, rules, daily if len(daily) > 1 or not self.home else None)

    def is_above(self, state: str, first: int) -> bool:
        """Whether the rate is high enough for the state's daily thresholds not to count."""
        times = self.sheet.states[state].table.figures.daily_below
        if times is None or not self.seconds:
            return False
        wage = self.wage((state,), min(first + self.sheet.days_of_week - 1, self.sheet.last))
        rate = self.salary_rate
        if rate is None:
            rate = self.straight() * HOUR / self.seconds
        return rate >= Fraction(wage.hourly * times)

    def wage(self, places: Sequence[str], day: int) -> MinimumWage:
        """The minimum wage of the places on the day."""
        wanted = (*places, *self.sheet.timesheet.minimum_wage_places)
        return self.sheet.law.minimum_wage(wanted, date.fromordinal(day))

    # Minimum wage

    def top_up(self, first: int, faults: Faults) -> None:
        """Adds what is missing to the minimum wage, if the rates are so low that it may be."""
        lowest = min(job.hourly for job, _ in self.by_job)
        places = {stretch.work for stretch in self.stretches}
        last = min(first + self.sheet.days_of_week - 1, self.sheet.last)
        if all(self.wage(place, last).hourly * PER_CENT <= lowest for place in places):
            return
        required, each_hour, credit = self._required(faults)
        hourly = sum(worked * job.hourly for job, worked in self.by_job)
        paid = Fraction(hourly * UNROUNDED, HOUR) + self.sheet.weekly_salary
        paid += unrounded(self.other.production + self.other.flat_sum)
        paid += self.beyond_salary(())
        tips = min(Fraction(unrounded(self.other.tips)), credit)
        wage = self.wage(next(iter(places)), last)
        sheet = make_up(self.seconds, required, paid, tips, wage.table, single_hours=each_hour)
        self.make_up = sheet.result
        if self.make_up:
            self.sheets["minimum_wage"] = sheet

    def _required(self, faults: Faults) -> tuple[Fraction, Fraction, Fraction]:
        """What the minimum wage asks for, what single hours lack, and the tip credit taken."""
        required = lacking = credit = 0
        for stretch in self.stretches:
            wage = self.wage(stretch.work, stretch.day)
            job = self.sheet.jobs[stretch.job]
            required += stretch.seconds * wage.hourly
            credit += stretch.seconds * job.tip_credit
            law = self.sheet.states.get(stretch.work[0])
            hourly_only = job.hourly and law and law.table.figures.minimum_wage_each_hour
            if hourly_only:
                lacking += stretch.seconds * max(wage.hourly * PER_CENT - job.hourly, 0)
            most = (wage.hourly - wage.tipped_cash) * PER_CENT
            if job.tip_credit > most:
                message = f"the most that {wage.place} allows is {as_text(most // PER_CENT)}"
                faults.add(f"jobs.{stretch.job}.tip_credit", message)
        return (
            Fraction(unrounded(required), HOUR),
            Fraction(lacking * UNROUNDED, HOUR),
            Fraction(credit * UNROUNDED, HOUR),
        )

    # Premium

    def add_premium(self, week: Week) -> None:
        """The premium for the overtime hours of the week, with its worksheets."""
        overtime = _by_multiplier(week.hours)
        if not overtime:
            return
        if self.is_retail_exempt():
            week.hours = [each._replace(multiplier=ONE, law="") for each in week.hours]
        elif week.plain_rate is not None:
            week.premium = _plain_premium(overtime, week.plain_rate)
            week.required_premium = _plain_premium(self.required(overtime), week.plain_rate)
        else:
            week.premium, week.required_premium = self.premiums(week.hours, overtime)

    def premiums(
        self, hours: Sequence[Hours], overtime: list[tuple[int, Rate]]
    ) -> tuple[Cents, Cents]:
        """The premium that is owed, and the one that federal law asks for."""
        sheet = self.sheet
        own = self.home is not None and sheet.timesheet.work_period is None
        table = self.home.table if self.home and own else sheet.federal_table
        if sheet.timesheet.overtime_rate == "rate_in_effect":
            found = self.in_effect(hours, table)
            federal = self.in_effect(classify(self.stretches, sheet.federal), sheet.federal_table)
        else:
            required = self.required(overtime)
            found = overtime_premium(self.week_pay(hours, overtime), table, self.rounding)
            federal = found
            if (required, table) != (overtime, sheet.federal_table):
                pay = self.week_pay(hours, required)
                federal = overtime_premium(pay, sheet.federal_table, self.rounding)
        self.sheets["overtime"] = max(found, federal, key=lambda each: int(each.result))
        if federal.result and table is not sheet.federal_table:
            self.sheets["federal_overtime"] = federal
        return self.sheets["overtime"].result, federal.result

    @property
    def rounding(self) -> Rounding:
        """How the regular rate is rounded."""
        return self.sheet.timesheet.rounding

    def required(self, overtime: list[tuple[int, Rate]]) -> list[tuple[int, Rate]]:
        """The overtime hours of federal law."""
        if self.sheet.timesheet.work_period is not None:
            return overtime
        (step,) = self.sheet.federal.workweek
        beyond = self.seconds - step.over
        return [(beyond, step.multiplier)] if beyond > 0 else []

    def week_pay(self, hours: Sequence[Hours], overtime: list[tuple[int, Rate]]) -> WeekPay:
        """The week for the worksheet of its premium."""
        other = self.other.production + self.make_up
        straight, flat_sum = self.straight(hours), self.other.flat_sum
        return WeekPay(self.seconds, straight, other, overtime, flat_sum, self.salary_rate)

    def in_effect(self, hours: Sequence[Hours], table: Table[Figures]) -> Worksheet:
        """The premium at the rates of the jobs worked in overtime."""
        overtime = []
        for each in hours:
            if each.multiplier > ONE:
                job = self.sheet.jobs[each.stretch.job]
                overtime.append((each.seconds, job.hourly + job.tip_credit, each.multiplier))
        return premium_in_effect(overtime, table)

    def is_retail_exempt(self) -> bool:
        """Whether section 7(i) frees the week from overtime; no state's own law does."""
        stated = self.sheet.timesheet.retail_commissions
        if stated is None or self.sheet.states:
            return False
        day = date.fromordinal(self.sheet.last)
        table = self.sheet.law.table(FEDERAL, "work_periods", day)
        minimum = self.sheet.law.minimum_wage((), day).hourly
        total = self.straight() + unrounded(self.other.production + self.other.flat_sum)
        rate = int(total * HOUR / self.seconds) // ONE
        return is_retail_exempt(
            rate, minimum, cents(stated.commissions), cents(stated.total), table
        )


def _plain_premium(overtime: Sequence[tuple[int, Rate]], rate: int) -> Cents:
    """The premium of hours that all have one rate, in ten-thousandths of a dollar."""
    parts = sum(seconds * (multiplier - ONE) for seconds, multiplier in overtime)
    return to_cents(parts * rate, divided_by=HOUR * PER_CENT)


def _by_multiplier(hours: Sequence[Hours]) -> list[tuple[int, Rate]]:
    """The seconds of overtime by multiplier."""
    found: dict[Rate, int] = {}
    for each in hours:
        if each.multiplier > ONE:
            found[each.multiplier] = found.get(each.multiplier, 0) + each.seconds
    return [(seconds, multiplier) for multiplier, seconds in found.items()]
