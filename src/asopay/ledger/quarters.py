"""Calendar quarters."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

MONTHS = 3

_TEXT = re.compile(r"(\d{4})Q([1-4])")


class Quarter(NamedTuple):
    """A quarter of a calendar year, numbered from 1 to 4.

    >>> quarter = Quarter.of(date(2026, 5, 9))
    >>> print(quarter, quarter.first_day, quarter.last_day, quarter.next)
    2026Q2 2026-04-01 2026-06-30 2026Q3
    """

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter in which the day lies."""
        return cls(day.year, (day.month + MONTHS - 1) // MONTHS)

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """The quarter that a text such as ``2026Q1`` names; `ValueError` for any other text."""
        found = _TEXT.fullmatch(text)
        if not found:
            raise ValueError(f"{text!r} is not a quarter such as 2026Q1")
        return cls(int(found[1]), int(found[2]))

    @property
    def months(self) -> tuple[int, ...]:
        """The numbers of its three months."""
        last = self.number * MONTHS
        return (last - 2, last - 1, last)

    @property
    def first_day(self) -> date:
        """The first day of its first month."""
        return date(self.year, self.months[0], 1)

    @property
    def last_day(self) -> date:
        """The last day of its last month."""
        return date(self.year, self.months[-1], 1) + relativedelta(day=31)

    @property
    def month_after(self) -> date:
        """The last day of the month after it."""
        return self.next.first_day + relativedelta(day=31)

    @property
    def next(self) -> Quarter:
        """The quarter after it."""
        year, number = divmod(self.year * 4 + self.number, 4)
        return Quarter(year, number + 1)

    @property
    def previous(self) -> Quarter:
        """The quarter before it."""
        year, number = divmod(self.year * 4 + self.number - 2, 4)
        return Quarter(year, number + 1)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and Quarter.of(day) == self

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"
