"""From a timesheet to the earnings of a paycheck request.

>>> from datetime import date
>>> from asopay.timesheets import DayTotal, Timesheet, WorkedPeriod, gross_pay
>>> week = WorkedPeriod(date(2026, 3, 1), date(2026, 3, 7))
>>> days = [DayTotal(date(2026, 3, day), "10") for day in range(2, 7)]
>>> found = gross_pay(Timesheet(week, ["US-CA"], days=days, rate="20.00"))
>>> print(found.gross, found.qualified_overtime)
1100.00 100.00
>>> [(each.kind, each.hours, each.multiplier) for each in found.earnings]
[('regular', '40', None), ('overtime', '10', '1.5')]
>>> found.overtime[0].day, found.overtime[0].law
(datetime.date(2026, 3, 2), 'Cal. Lab. Code 510(a): over 8 hours in a workday')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from attrs import field, frozen

from asopay.earnings.reading import read_earning
from asopay.errors import InvalidRequest, TableError
from asopay.faults import Faults
from asopay.money import ONE, Cents, Rate, as_text, dollars, in_proportion
from asopay.overtime.law import WageAndHourLaw, standard_law
from asopay.overtime.regular_rate import hours_text, rounded_cents
from asopay.paycheck import Earning
from asopay.salaries import exempt_threshold
from asopay.timesheets.lines import Lines, amount_earning
from asopay.timesheets.reading import Sheet, read
from asopay.timesheets.request import Timesheet
from asopay.timesheets.weeks import Week, WeekOther, week_of_sheet
from asopay.worksheet import Worksheet

TIPS = "tips"


@frozen
class OvertimeHours:
    """Hours of a day at a multiplier, and the law by which they are overtime."""

    day: date
    job: str
    seconds: int
    multiplier: Rate
    law: str

    @property
    def hours(self) -> str:
        """The hours as text."""
        return hours_text(self.seconds)


@frozen
class GrossPay:
    """The gross pay of a period: the earnings of a paycheck request, and how they came about.

    `seconds_worked` are those of the period, `other_activities` what of them was travel or standby
    (and sleep that counts). `qualified_overtime_cents` is the part of overtime pay
    that section 7 of the Fair Labor Standards Act asks for on top of the regular rate (code TT of
    Form W-2), and `tips_cents` the tips that were stated (code TP); both are paid as before.
    """

    earnings: tuple[Earning, ...]
    gross_cents: Cents
    seconds_worked: int
    qualified_overtime_cents: Cents
    tips_cents: Cents
    weeks: tuple[Week, ...] = ()
    other_activities: Mapping[str, int] = field(factory=dict)
    not_computed: tuple[str, ...] = ()

    @property
    def amounts_cents(self) -> tuple[Cents, ...]:
        """The amounts of the earnings, in their order."""
        return amounts_of(self.earnings)

    @property
    def overtime(self) -> tuple[OvertimeHours, ...]:
        """Every overtime hour of the workweeks, also of days before the period, in order."""
        return tuple(_overtime(self.weeks))

    @property
    def worksheets(self) -> dict[str, Worksheet]:
        """The worksheets, by the first day of the workweek and what they compute."""
        return {
            f"{date.fromordinal(week.first)}/{name}": sheet
            for week in self.weeks
            for name, sheet in week.worksheets().items()
        }

    @property
    def gross(self) -> Decimal:
        """Dollars of all earnings."""
        return dollars(self.gross_cents)

    @property
    def qualified_overtime(self) -> Decimal:
        """Dollars of qualified overtime."""
        return dollars(self.qualified_overtime_cents)

    @property
    def tips(self) -> Decimal:
        """Dollars of tips."""
        return dollars(self.tips_cents)


def gross_pay(timesheet: Timesheet, law: WageAndHourLaw | None = None) -> GrossPay:
    """The earnings that a timesheet comes to, exact to the cent.

    Raises `InvalidRequest` with all the faults of the timesheet; a punch that is missing, or was
    made twice, is one of them. Without a law, that of the shipped tables counts.
    """
    law = law or standard_law()
    faults = Faults()
    sheet = read(timesheet, law, faults)
    other = _other_pay(timesheet, sheet, faults)
    leave = _leave(timesheet, faults)
    if faults.found or sheet is None:
        raise InvalidRequest(faults.found)
    try:
        weeks = list(_weeks(sheet, other.by_week, faults))
        not_computed = tuple(_not_computed(sheet, other.outside))
    except TableError as error:
        faults.add("pay_period", error)
    if faults.found:
        raise InvalidRequest(faults.found)
    lines = Lines(sheet)
    for week in weeks:
        lines.add(week)
    paid = [*_salary(sheet, weeks), *lines.earnings(), *other.earnings, *leave]
    return GrossPay(
        earnings=tuple(earning for earning, _ in paid),
        gross_cents=sum(amount for _, amount in paid),
        seconds_worked=sum(s.seconds for s in sheet.stretches if s.day >= sheet.first),
        qualified_overtime_cents=sum(week.required_premium for week in weeks),
        tips_cents=other.tips,
        weeks=tuple(weeks),
        other_activities=_other_activities(sheet),
        not_computed=not_computed,
    )


@frozen
class _Other:
    """Other pay as earnings, by week, and what of it was earned in weeks without records."""

    earnings: tuple[tuple[Earning, Cents], ...]
    by_week: Mapping[int, WeekOther]
    tips: Cents
    outside: bool


def _other_pay(timesheet: Timesheet, sheet: Sheet | None, faults: Faults) -> _Other:
    earnings = []
    by_week: dict[int, list[Cents]] = {}
    tips, outside = 0, False
    for number, pay in enumerate(timesheet.other_pay):
        path = f"other_pay[{number}]"
        amount = faults.cents(f"{path}.amount", pay.amount)
        until = pay.earned_to or pay.earned_from
        if until < pay.earned_from:
            faults.add(f"{path}.earned_to", f"{until} is before {pay.earned_from}")
            continue
        if not pay.paid_before:
            earning = Earning(pay.kind, amount=as_text(amount), work=tuple(timesheet.work))
            earnings.append((earning, amount))
        tips += amount if pay.kind == TIPS and not pay.paid_before else 0
        if sheet is None or pay.excluded:
            continue
        weeks = _weeks_of(sheet, pay.earned_from.toordinal(), until.toordinal())
        place = 2 if pay.kind == TIPS else int(pay.flat_sum)
        for week, share in zip(weeks, in_proportion(amount, [1] * len(weeks)), strict=True):
            by_week.setdefault(week, [0, 0, 0])[place] += share
        first, after = sheet.week_of(sheet.first), sheet.last + 1 - sheet.days_of_week
        outside = outside or any(not first <= week <= after for week in weeks)
    found = {week: WeekOther(*amounts) for week, amounts in by_week.items()}
    return _Other(tuple(earnings), found, tips, outside)


def _weeks_of(sheet: Sheet, first: int, last: int) -> list[int]:
    return list(range(sheet.week_of(first), last + 1, sheet.days_of_week))


def _leave(timesheet: Timesheet, faults: Faults) -> list[tuple[Earning, Cents]]:
    earnings = []
    for number, leave in enumerate(timesheet.leave):
        work = tuple(timesheet.work)
        earning = Earning(leave.kind, hours=leave.hours, rate=leave.rate, work=work)
        amount = read_earning(earning, None, f"leave[{number}]", faults).amount
        earnings.append((earning, amount))
    return earnings


def _weeks(sheet: Sheet, other: Mapping[int, WeekOther], faults: Faults) -> Iterator[Week]:
    for first, of_week in groupby(sheet.stretches, key=lambda each: sheet.week_of(each.day)):
        yield week_of_sheet(sheet, first, list(of_week), other.get(first, WeekOther()), faults)


def _salary(sheet: Sheet, weeks: Sequence[Week]) -> Iterator[tuple[Earning, Cents]]:
    """The salary of the period, for all the hours that are not overtime."""
    if sheet.timesheet.salary is not None:
        seconds = sum(_straight_seconds(sheet, week) for week in weeks)
        yield amount_earning("regular", sheet.salary, seconds, tuple(sheet.timesheet.work))


def _straight_seconds(sheet: Sheet, week: Week) -> int:
    straight = (each for each in week.hours if each.multiplier == ONE or not week.closes)
    return sum(each.seconds for each in straight if sheet.first <= each.stretch.day <= sheet.last)


def _overtime(weeks: Sequence[Week]) -> Iterator[OvertimeHours]:
    for week in weeks:
        for each in week.hours:
            if each.law:
                day = date.fromordinal(each.stretch.day)
                yield OvertimeHours(day, each.stretch.job, each.seconds, each.multiplier, each.law)


def amounts_of(earnings: Sequence[Earning]) -> tuple[Cents, ...]:
    """The amounts of earnings in cents, as a paycheck reads them.

    >>> amounts_of([Earning("regular", hours="2.5", rate="20.00")])
    (5000,)
    """
    faults = Faults()
    return tuple(read_earning(earning, None, "", faults).amount for earning in earnings)


def _other_activities(sheet: Sheet) -> dict[str, int]:
    seconds: dict[str, int] = {}
    for stretch in sheet.stretches:
        if stretch.activity != "work" and stretch.day >= sheet.first:
            seconds[stretch.activity] = seconds.get(stretch.activity, 0) + stretch.seconds
    return seconds


def _below_threshold(sheet: Sheet) -> Iterator[str]:
    """A salary that is too low to free from overtime, by the law of the place of work."""
    weekly = rounded_cents(sheet.weekly_salary)
    places = (*sheet.timesheet.work, *sheet.timesheet.minimum_wage_places)
    least = exempt_threshold(places, sheet.timesheet.pay_period.end, law=sheet.law)
    if weekly < least:
        amounts = f"{as_text(weekly)} a week is below {as_text(least)}"
        yield f"overtime: the salary of {amounts}, the threshold for exempt employees"


def _not_computed(sheet: Sheet, outside: bool) -> Iterator[str]:
    salary = sheet.timesheet.salary
    if salary is not None and salary.exempt:
        yield from _below_threshold(sheet)
    if outside:
        yield "overtime on other pay of workweeks that are not in the timesheet, or end after it"
    for state, law in sheet.states.items():
        yield from (f"{state}: {each}" for each in law.table.figures.not_computed)
    worked_in = {sheet.home, *(stretch.work[0] for stretch in sheet.stretches)}
    for state in sorted(worked_in - sheet.states.keys()):
        yield f"{state}: overtime rules of its own, if it has any; federal law was applied"
