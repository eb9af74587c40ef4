"""The limits of a calendar year that a plan goes by."""

from __future__ import annotations

from datetime import date

from asopay.deductions.plan_limits import Figures
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days


def limits(year: int, rulebook: Rulebook | None = None) -> Figures:
    """The limits of a calendar year; `TableError` names the years that are covered.

    >>> limits(2026).compensation
    36000000
    """
    rulebook = rulebook or standard_rulebook()
    figures: Figures = rulebook.rule("US", "retirement_limits", Days.on(date(year, 12, 31))).figures
    return figures
