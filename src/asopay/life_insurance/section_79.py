"""The table of section 79 that is in force."""

from __future__ import annotations

from datetime import date

from asopay.earnings.group_term_life import Figures
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days, Table


def section_79(day: date, rulebook: Rulebook | None = None) -> Table[Figures]:
    """The table of section 79 that is in force on the day; `TableError` if none is.

    >>> section_79(date(2026, 12, 31)).figures.exclusion
    5000000
    """
    table: Table[Figures] = (
        (rulebook or standard_rulebook()).rule("US", "group_term_life", Days.on(day)).table
    )
    return table
