"""The law of working hours that is in force at a place, read from the tables once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from asopay.errors import TableError
from asopay.jurisdictions import state_part
from asopay.overtime.hours import OvertimeRules, rules_of
from asopay.overtime.minimum_wage import MinimumWage, highest
from asopay.overtime.rules import Figures
from asopay.rulebook import Rulebook, rule_of, standard_rulebook
from asopay.tables import Days, Table

FEDERAL = "US"


class WageAndHourLaw:
    """Minimum wages, overtime rules and the like, by place and day, from a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._wages: dict[tuple[tuple[str, ...], date], MinimumWage] = {}
        self._rows: dict[tuple[str, str], Table[Any]] = {}
        self._tables: dict[tuple[str, str, date], Table[Any]] = {}
        self._rules: dict[tuple[str, str, bool, str], OvertimeRules] = {}

    def table(self, jurisdiction: str, name: str, day: date) -> Table[Any]:
        """The table of the jurisdiction that is in force; `TableError` if there is none."""
        key = (jurisdiction, name, day)
        if key not in self._tables:
            self._tables[key] = self.rulebook.rule(jurisdiction, name, Days.on(day)).table
        return self._tables[key]

    def overtime(self, place: str, day: date) -> Table[Figures] | None:
        """The overtime rules of a state's own law, or of federal law; None if there is no table."""
        if not self.rulebook.tables.editions(place, "wage_and_hour"):
            return None
        return self.table(place, "wage_and_hour", day)

    def rules(
        self, table: Table[Figures], *, daily: bool = True, industry: str = ""
    ) -> OvertimeRules:
        """The thresholds of a table for an industry, kept: see `rules_of`.

        >>> law = standard_law()
        >>> len(law.rules(law.overtime("US-CA", date(2026, 3, 2))).workday)
        2
        """
        key = (table.id, table.digest, daily, industry)
        if key not in self._rules:
            self._rules[key] = rules_of(table.figures, daily=daily, industry=industry)
        return self._rules[key]

    def row(self, name: str, code: str, day: date) -> Table[Any] | None:
        """The row of a place in one of the lists for all states; None if it has none that day.

        Raises `TableError` with the dates that are covered if the list does not cover the day.

        >>> standard_law().row("exempt_salary", "US-CA", date(2026, 3, 2)).figures.weekly
        135200
        """
        tables = self.rulebook.tables
        edition = tables.in_force(FEDERAL, name, day)
        row = tables.register(edition).edition(edition, code, Days.on(day), resident=True)
        if row is None:
            return None
        key = (row.id, row.digest)
        if key not in self._rows:
            self._rows[key] = rule_of(row).table
        return self._rows[key]

    def minimum_wage(self, places: Sequence[str], day: date) -> MinimumWage:
        """The highest minimum wage of the places and of federal law on the day.

        Raises `TableError` if a state is not covered then; a locality without a row has none.

        >>> wage = standard_law().minimum_wage(["US-CA"], date(2026, 3, 2))
        >>> wage.place, wage.hourly
        ('US-CA', 1690)
        """
        key = (tuple(places), day)
        if key not in self._wages:
            found = self.rows("minimum_wage", places, day)
            for place in places:
                if place == state_part(place) and place not in found:
                    raise TableError(f"no minimum wage of {place} for {day}")
            self._wages[key] = highest(found)
        return self._wages[key]

    def rows(self, name: str, places: Sequence[str], day: date) -> dict[str, Table[Any]]:
        """The rows of federal law and of those of the places that are in a list, in this order.

        >>> list(standard_law().rows("exempt_salary", ["US-TX", "US-CA"], date(2026, 3, 2)))
        ['US', 'US-CA']
        """
        found = {place: self.row(name, place, day) for place in (FEDERAL, *places)}
        return {place: table for place, table in found.items() if table is not None}


@cache
def standard_law() -> WageAndHourLaw:
    """The law of the shipped tables, with the overlay that the environment names.

    >>> standard_law().overtime("US-TX", date(2026, 3, 2)) is None
    True
    """
    return WageAndHourLaw(standard_rulebook())
