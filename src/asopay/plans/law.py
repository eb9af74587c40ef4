"""The tables of the law that plans go by."""

from __future__ import annotations

from datetime import date
from typing import Any

from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days, Table


def table_of(name: str, day: date, rulebook: Rulebook | None = None) -> Table[Any]:
    """The federal table with the name that is in force on the day.

    `TableError` names the days that are covered.
    """
    return (rulebook or standard_rulebook()).rule("US", name, Days.on(day)).table
