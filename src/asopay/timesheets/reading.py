"""Reading a timesheet: its faults, all at once, and its work as stretches of time in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import define, frozen

from asopay.earnings.hours import ten_thousandths
from asopay.errors import TableError, one_of, shown
from asopay.faults import Faults
from asopay.frequencies import FREQUENCIES, periods_per_year
from asopay.jurisdictions import STATES
from asopay.money import Cents, unrounded
from asopay.overtime.hours import OvertimeRules, Schedule, rules_of
from asopay.overtime.law import FEDERAL, WageAndHourLaw
from asopay.overtime.rules import Figures
from asopay.overtime.work_periods import hospital_rules, public_safety_rules
from asopay.tables import Table
from asopay.timekeeping import WEEKDAYS, Stretch, week_of
from asopay.timesheets.request import Job, Timesheet
from asopay.timesheets.time_worked import seconds_of_hours, time_worked

DAYS_OF_WEEK = 7
WEEKS_OF_YEAR = 52


@frozen
class JobPay:
    """A job's rate with its differential, and its tip credit, in ten-thousandths of a dollar."""

    hourly: int
    tip_credit: int = 0


@frozen
class StateLaw:
    """The overtime rules of a state, without and with those that go by the day."""

    table: Table[Figures]
    rules: OvertimeRules
    without_daily: OvertimeRules


@define
class Sheet:
    """A timesheet made ready: days as numbers, times in seconds, amounts in cents.

    `federal` are the thresholds of federal law. `salary` is that of the pay period, and
    `weekly_salary` its share of a workweek in hundred-millionths of a cent.
    """

    timesheet: Timesheet
    law: WageAndHourLaw
    first: int
    last: int
    begins: int
    days_of_week: int
    stretches: list[Stretch]
    jobs: Mapping[str, JobPay]
    home: str
    states: Mapping[str, StateLaw]
    federal_table: Table[Figures]
    federal: OvertimeRules
    salary: Cents
    weekly_salary: Fraction
    salary_seconds: int | None

    def week_of(self, day: int) -> int:
        """The first day of the workweek, or the work period, of the day."""
        if self.timesheet.work_period is None:
            return week_of(day, self.begins)
        return day - (day - self.begins) % self.days_of_week


def read(timesheet: Timesheet, law: WageAndHourLaw, faults: Faults) -> Sheet | None:
    """The timesheet made ready, or None if there are faults."""
    reader = _Reader(timesheet, law, faults)
    sheet = reader.sheet()
    return None if faults.found else sheet


class _Reader:
    def __init__(self, timesheet: Timesheet, law: WageAndHourLaw, faults: Faults) -> None:
        self.timesheet = timesheet
        self.law = law
        self.faults = faults

    def sheet(self) -> Sheet | None:
        timesheet = self.timesheet
        period = timesheet.pay_period
        if period.end < period.start:
            message = f"{period.end} is before the start, {period.start}"
            self.faults.add("pay_period.end", message)
            return None
        home = self.state("work", timesheet.work)
        begins = self.workweek()
        if home is None or begins is None:
            return None
        jobs = self.jobs()
        try:
            states = self.states(home)
            federal_table = self.law.table(FEDERAL, "wage_and_hour", period.end)
            federal, days = self.federal(federal_table, states)
            own = states.get(home)
            figures = own.table.figures if own else None
            worked = time_worked(timesheet, self.law, figures, self.faults)
        except TableError as error:
            self.faults.add("pay_period", error)
            return None
        salary, weekly, seconds = self.salary(states)
        sheet = Sheet(
            timesheet,
            self.law,
            period.start.toordinal(),
            period.end.toordinal(),
            begins,
            days,
            worked,
            jobs,
            home,
            states,
            federal_table,
            federal,
            salary,
            weekly,
            seconds,
        )
        self.check_days(sheet)
        self.check_pay()
        return sheet

    def state(self, path: str, work: Any) -> str | None:
        if work and work[0] in STATES:
            return str(work[0])
        self.faults.add(path, f"{shown(list(work))} does not begin with a state such as US-CA")
        return None

    def workweek(self) -> int | None:
        timesheet = self.timesheet
        if timesheet.work_period is not None:
            return timesheet.work_period.begins.toordinal()
        if timesheet.workweek_begins not in WEEKDAYS:
            self.faults.unknown("workweek_begins", timesheet.workweek_begins, WEEKDAYS)
            return None
        return WEEKDAYS.index(timesheet.workweek_begins)

    # Pay

    def jobs(self) -> dict[str, JobPay]:
        named = {name: self.job(f"jobs.{name}", job) for name, job in self.timesheet.jobs.items()}
        rate = self.timesheet.rate
        if rate is not None:
            named[""] = JobPay(self.hourly("rate", rate))
        elif self.timesheet.salary is not None or self.timesheet.other_pay:
            named[""] = JobPay(0)
        return named

    def job(self, path: str, job: Job) -> JobPay:
        hourly = self.hourly(f"{path}.rate", job.rate)
        more = self.hourly(f"{path}.differential", job.differential)
        return JobPay(hourly + more, self.hourly(f"{path}.tip_credit", job.tip_credit))

    def hourly(self, path: str, rate: Any) -> int:
        return self.faults.attempt(path, ten_thousandths, rate) or 0

    def salary(self, states: Mapping[str, StateLaw]) -> tuple[Cents, Fraction, int | None]:
        salary = self.timesheet.salary
        if salary is None:
            return 0, Fraction(0), None
        amount = self.faults.cents("salary.amount", salary.amount)
        frequency = self.timesheet.pay_frequency
        if frequency not in FREQUENCIES:
            self.faults.unknown("pay_frequency", frequency, FREQUENCIES)
            return 0, Fraction(0), None
        weekly = Fraction(unrounded(amount) * periods_per_year(frequency), WEEKS_OF_YEAR)
        if salary.exempt:
            return amount, weekly, None
        if salary.fluctuating:
            for state, law in states.items():
                if not law.table.figures.fluctuating_workweek:
                    message = f"{state} does not allow a fluctuating workweek"
                    self.faults.add("salary.fluctuating", message)
            return amount, weekly, None
        if salary.hours is None:
            self.faults.add("salary.hours", "state the hours of a workweek that the salary is for")
            return amount, weekly, None
        seconds = self.faults.attempt("salary.hours", seconds_of_hours, salary.hours)
        if seconds == 0:
            self.faults.add("salary.hours", "a salary is for more than no hours")
        return amount, weekly, seconds

    def check_pay(self) -> None:
        timesheet = self.timesheet
        if timesheet.overtime_rate == "rate_in_effect" and (
            timesheet.salary or any(not pay.excluded for pay in timesheet.other_pay)
        ):
            message = "rate_in_effect is for hourly rates alone, without other pay that counts"
            self.faults.add("overtime_rate", message)
        retail = timesheet.retail_commissions
        if retail is not None:
            self.faults.cents("retail_commissions.commissions", retail.commissions)
            self.faults.cents("retail_commissions.total", retail.total)

    # Law

    def states(self, home: str) -> dict[str, StateLaw]:
        """The own law of the states of work, as far as there are tables."""
        timesheet = self.timesheet
        places = {home: None}
        works = [(f"punches[{n}].work", punch.work) for n, punch in enumerate(timesheet.punches)]
        works += [(f"days[{n}].work", total.work) for n, total in enumerate(timesheet.days)]
        for path, work in works:
            if work:
                places.setdefault(self.state(path, work) or home)
        found = {}
        for state in places:
            table = self.law.overtime(state, timesheet.pay_period.end)
            if table is not None and (law := self.state_law(table, at_home=state == home)):
                found[state] = law
        known = [name for law in found.values() for name in law.table.figures.industries]
        if timesheet.industry and timesheet.industry not in known:
            message = f"the overtime rules of {one_of(places)} know no such industry"
            self.faults.add("industry", f"{message}: there is {one_of(known) or 'none'}")
        if (
            timesheet.alternative_workweek
            and self.law.overtime(home, timesheet.pay_period.end) is None
        ):
            self.faults.add("alternative_workweek", f"the law of {home} has none in the tables")
        return found

    def state_law(self, table: Table[Figures], *, at_home: bool) -> StateLaw | None:
        figures = table.figures
        schedule = self.schedule() if at_home else None
        industry = self.timesheet.industry
        rules: OvertimeRules | None = self.law.rules(table, industry=industry)
        if schedule is not None:
            path = "alternative_workweek.hours"
            rules = self.faults.attempt(path, rules_of, figures, schedule)
        if rules is None:
            return None
        weekly = self.law.rules(table, daily=False, industry=industry)
        return StateLaw(table, rules, weekly)

    def schedule(self) -> Schedule | None:
        alternative = self.timesheet.alternative_workweek
        if alternative is None:
            return None
        for number, day in enumerate(alternative.days):
            if day not in WEEKDAYS:
                self.faults.unknown(f"alternative_workweek.days[{number}]", day, WEEKDAYS)
                return None
        return Schedule(alternative.hours, [WEEKDAYS.index(day) for day in alternative.days])

    def federal(
        self, table: Table[Figures], states: Mapping[str, StateLaw]
    ) -> tuple[OvertimeRules, int]:
        """The thresholds of federal law, and the days that they are counted by."""
        period = self.timesheet.work_period
        if period is None:
            return self.law.rules(table), DAYS_OF_WEEK
        periods = self.law.table(FEDERAL, "work_periods", self.timesheet.pay_period.end)
        if period.kind == "hospital":
            days = periods.figures.hospital.days
            if states:
                message = f"the law of {one_of(states)} counts by the day and the workweek"
                self.faults.add("work_period", message)
            if period.days != days:
                self.faults.add("work_period.days", f"a hospital's period has {days} days")
            return hospital_rules(periods), days
        rules = self.faults.attempt(
            "work_period.days", public_safety_rules, period.days, period.kind, periods
        )
        return rules or self.law.rules(table), period.days if rules else DAYS_OF_WEEK

    def check_days(self, sheet: Sheet) -> None:
        """Records are of the period, or of the workweek in which it begins; jobs have a rate."""
        earliest = sheet.week_of(sheet.first)
        for day in dict.fromkeys(stretch.day for stretch in sheet.stretches):
            if not earliest <= day <= sheet.last:
                first, last = (date.fromordinal(each) for each in (earliest, sheet.last))
                message = f"work on {date.fromordinal(day)} is not from {first} to {last}"
                self.faults.add("pay_period", message)
        for job in {stretch.job for stretch in sheet.stretches} - sheet.jobs.keys():
            known = one_of(sorted(sheet.jobs)) or "none"
            message = (
                f"the job {job!r} has no rate: there is {known}"
                if job
                else "work without the name of a job needs a rate"
            )
            self.faults.add("jobs" if job else "rate", message)
