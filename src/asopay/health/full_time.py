"""Who is a full-time employee, by the look-back measurement method, and who is a large employer.

Internal Revenue Code section 4980H(c) and 26 CFR 54.4980H-3(d). An employee whose hours of service
average at least 130 a month over the measurement period is full-time for the stability period.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import frozen
from dateutil.relativedelta import relativedelta

from asopay.health.responsibility import Figures

MONTHS = 12
DAYS_A_WEEK = 7


@frozen
class LookBack:
    """The periods of an employer for ongoing employees, with the figures of the law.

    A measurement period of so many `months` begins on `start`; the stability period follows after
    an administrative period. Raises `ValueError` where they are not as the law has them.
    """

    start: date
    months: int
    stability_start: date
    stability_months: int
    figures: Figures

    def __attrs_post_init__(self) -> None:
        least, most = self.figures.measurement_months
        faults = []
        if not least <= self.months <= most:
            faults.append(f"months: {self.months} are not {least} to {most}")
        at_least = max(self.figures.stability_months, self.months)
        if self.stability_months < at_least:
            faults.append(f"stability_months: {self.stability_months} are below {at_least}")
        between = (self.stability_start - self.end).days - 1
        if not 0 <= between <= self.figures.administrative_days:
            days = f"{between} days after the measurement period"
            faults.append(f"stability_start: {days} is not 0 to {self.figures.administrative_days}")
        if faults:
            raise ValueError("\n".join(faults))

    @property
    def end(self) -> date:
        """The last day of the measurement period."""
        return self.start + relativedelta(months=self.months) - timedelta(1)

    @property
    def stability_end(self) -> date:
        """The last day of the stability period."""
        return self.stability_start + relativedelta(months=self.stability_months) - timedelta(1)

    def is_full_time(self, hours: Decimal | int, leave_weeks: int = 0) -> bool:
        """Whether the hours of service in the measurement period make the employee full-time.

        `leave_weeks` are those of special unpaid leave, such as jury duty, which are left out of
        the average.
        """
        average = average_monthly_hours(hours, self.start, self.months, leave_weeks)
        return average >= self.figures.hours_a_month


def average_monthly_hours(
    hours: Decimal | int, start: date, months: int, leave_weeks: int = 0
) -> Fraction:
    """The average of the hours of service, without weeks of special unpaid leave.

    Raises `ValueError` if nothing but leave is left.

    >>> float(average_monthly_hours(1578, date(2025, 10, 15), 12))
    131.5
    """
    days = (start + relativedelta(months=months) - start).days
    left = days - DAYS_A_WEEK * leave_weeks
    if left <= 0:
        raise ValueError(f"leave_weeks: {leave_weeks} are the whole measurement period")
    return Fraction(hours) * days / left / months


def full_time_equivalents(
    full_time: Sequence[int], hours_of_others: Sequence[Decimal | int], figures: Figures
) -> int:
    """The employees that decide who is a large employer: full-time ones and equivalents.

    For each month of the year before, the full-time employees, and the hours of all others, of
    which up to 120 count for each of them. The average is rounded down; 50 make a large employer.
    Raises `ValueError` unless there are 12 months.

    >>> from asopay.health import responsibility
    >>> full_time_equivalents([40] * 12, [1_200] * 12, responsibility(2026))
    50
    """
    if not len(full_time) == len(hours_of_others) == MONTHS:
        raise ValueError("full_time and hours_of_others: each is a list of 12 months")
    hours = sum((Fraction(each) for each in hours_of_others), Fraction(0))
    return int((sum(full_time) + hours / figures.equivalent_hours) / MONTHS)
