"""The earnings of a paycheck from the workweeks of a timesheet.

Straight time is paid with the period in which the day lies, the premium with the period in which
the workweek ends (29 CFR 778.106). Hours at one rate are one line, which is rounded once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from attrs import define, field

from asopay.money import ONE, Cents, Rate, as_text, in_proportion, rate_as_text, to_cents
from asopay.overtime.hours import Hours
from asopay.overtime.regular_rate import hours_text, rounded_cents
from asopay.paycheck import Earning
from asopay.timekeeping.units import HOUR
from asopay.timesheets.reading import Sheet
from asopay.timesheets.weeks import PER_CENT, UNROUNDED, Week

Work = tuple[str, ...]
EXACT_PART = HOUR // 400
"""Seconds in four ten-thousandths of an hour: hours in multiples of it have four decimals."""


@define
class Lines:
    """Time that is paid, gathered over the weeks of the period, in seconds.

    `regular` by job rate and place, `overtime` also by multiplier; `premium` is owed for time of an
    earlier period. `mixed` are overtime amounts with their time, by place, in order of the weeks.
    `beside` is pay without hours of its own: beyond a salary's hours, or up to the minimum wage.
    """

    sheet: Sheet
    regular: Counter[tuple[int, Work]] = field(factory=Counter)
    overtime: Counter[tuple[int, Rate, Work]] = field(factory=Counter)
    premium: Counter[tuple[int, Rate, Work]] = field(factory=Counter)
    mixed: list[tuple[Cents, int, Work]] = field(factory=list)
    beside: list[Cents] = field(factory=list)

    def add(self, week: Week) -> None:
        """Adds the time of a workweek."""
        if week.closes:
            self.beside += [amount for amount in (week.beyond, week.make_up) if amount]
        first, last, jobs = self.sheet.first, self.sheet.last, self.sheet.jobs
        apart: list[Hours] = []
        for each in week.hours:
            stretch = each.stretch
            rate = jobs[stretch.job].hourly
            paid = first <= stretch.day <= last
            if each.multiplier == ONE or not week.closes:
                if paid:
                    self.regular[rate, stretch.work] += each.seconds
            elif week.plain_rate is not None:
                lines = self.overtime if paid else self.premium
                lines[rate, each.multiplier, stretch.work] += each.seconds
            else:
                apart.append(each)
        if apart:
            self.mixed += self._mixed(week, apart)

    def _mixed(self, week: Week, overtime: list[Hours]) -> Iterator[tuple[Cents, int, Work]]:
        """Overtime of a week whose regular rate is not the one rate of all hours, by place."""
        by_place: dict[Work, list[int]] = {}
        straight: Counter[Work] = Counter()
        for each in overtime:
            stretch = each.stretch
            place = by_place.setdefault(stretch.work, [0, 0])
            place[0] += each.seconds
            if self.sheet.first <= stretch.day <= self.sheet.last:
                place[1] += each.seconds
                rate = self.sheet.jobs[stretch.job].hourly
                straight[stretch.work] += each.seconds * rate
        premiums = in_proportion(week.premium, [seconds for seconds, _ in by_place.values()])
        for (work, (_, paid)), premium in zip(by_place.items(), premiums, strict=True):
            earned = rounded_cents(Fraction(straight[work] * UNROUNDED, HOUR))
            yield earned + premium, paid, work

    def earnings(self) -> Iterator[tuple[Earning, Cents]]:
        """The lines as earnings of a paycheck request, with their amounts."""
        for (rate, work), seconds in self.regular.items():
            if rate:
                yield _earning("regular", seconds, rate, ONE, work)
        for (rate, multiplier, work), seconds in self.overtime.items():
            yield _earning("overtime", seconds, rate, multiplier, work)
        for (rate, multiplier, work), seconds in self.premium.items():
            owed = _pay(seconds, rate, multiplier - ONE)
            yield amount_earning("overtime", owed, 0, work)
        for amount, seconds, work in self.mixed:
            yield amount_earning("overtime", amount, seconds, work)
        for amount in self.beside:
            yield amount_earning("regular", amount, 0, tuple(self.sheet.timesheet.work))


def _pay(seconds: int, rate: int, multiplier: Rate) -> Cents:
    return to_cents(seconds * rate * multiplier, divided_by=HOUR * PER_CENT)


def _earning(
    kind: str, seconds: int, rate: int, multiplier: Rate, work: Work
) -> tuple[Earning, Cents]:
    """Hours at a rate, or where hours have more than four decimals, their amount."""
    amount = _pay(seconds, rate, multiplier)
    if seconds % EXACT_PART == 0:
        times = None if multiplier == ONE else rate_as_text(multiplier)
        hours, hourly = hours_text(seconds), rate_text(rate)
        return Earning(kind, hours=hours, rate=hourly, multiplier=times, work=work), amount
    return amount_earning(kind, amount, seconds, work)


def amount_earning(kind: str, amount: Cents, seconds: int, work: Work) -> tuple[Earning, Cents]:
    """An amount with its time, of a paycheck request.

    >>> amount_earning("regular", 100, 3600, ())[0].hours_worked
    '1'
    """
    hours = hours_text(seconds)
    return Earning(kind, amount=as_text(amount), hours_worked=hours, work=work), amount


def rate_text(rate: int) -> str:
    """An hourly rate in ten-thousandths of a dollar as text, with at least two decimals.

    >>> rate_text(301_250), rate_text(200_000)
    ('30.125', '20.00')
    """
    whole, fraction = divmod(rate, 10_000)
    text = f"{fraction:04d}"
    return f"{whole}.{text[:2]}{text[2:].rstrip('0')}"
