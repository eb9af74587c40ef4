"""Automatic enrolment and escalation: the percentage of who has made no election.

Internal Revenue Code sections 401(k)(13)(C) for a qualified automatic contribution arrangement
(QACA) and 414A for plans that have to enrol automatically.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

QACA_LEAST = (3, 4, 5, 6)
"""The least percentage by the years that have passed; the last one holds for all more."""

FIRST_MOST = 10
MOST = 15
FIRST_LEAST = 3
REACHES = 10
"""What escalation under section 414A has to reach, one more each year."""


@frozen
class AutomaticEnrolment:
    """The `first` percentage of compensation, what is added each year, and the `most`.

    Raises `ValueError` with all that is not as the law has it, for a `law` that it has to follow.
    """

    first: int
    each_year: int
    most: int
    law: Literal["qaca", "414A"] | None = None

    def __attrs_post_init__(self) -> None:
        faults = []
        if min(self.first, self.each_year) < 0 or self.most < self.first:
            faults.append(f"most: {self.most} is below first, {self.first}, or one is below zero")
        if self.law is not None:
            faults += self._of_law()
        if self.law == "qaca":
            faults += [
                f"first, each_year: {self.percent(years)} after {years} years is below {least}"
                for years, least in enumerate(QACA_LEAST)
                if self.percent(years) < least
            ]
        if self.law == "414A" and (self.each_year != 1 or self.most < REACHES):
            faults.append(f"each_year, most: one more each year to at least {REACHES} is needed")
        if faults:
            raise ValueError("\n".join(faults))

    def _of_law(self) -> list[str]:
        faults = []
        if not FIRST_LEAST <= self.first <= FIRST_MOST:
            faults.append(f"first: {self.first} is not {FIRST_LEAST} to {FIRST_MOST}")
        if self.most > MOST:
            faults.append(f"most: {self.most} is above {MOST}")
        return faults

    def percent(self, years: int) -> int:
        """The percentage when so many escalations have taken place.

        >>> plan = AutomaticEnrolment(first=3, each_year=1, most=10, law="qaca")
        >>> [plan.percent(years) for years in (0, 1, 9)]
        [3, 4, 10]
        """
        return min(self.first + self.each_year * years, max(self.most, self.first))

    def percent_on(self, first_deferral: date, on: date) -> int:
        """The percentage on a day, for a plan whose year is the calendar year.

        The first one holds until the end of the plan year that begins after the first deferral.

        >>> plan = AutomaticEnrolment(first=3, each_year=1, most=10)
        >>> plan.percent_on(date(2025, 5, 2), date(2026, 12, 31))
        3
        >>> plan.percent_on(date(2025, 5, 2), date(2027, 1, 1))
        4
        """
        return self.percent(max(on.year - first_deferral.year - 1, 0))
