"""The least weekly salary of executive, administrative and professional employees.

29 CFR 541.600, and the thresholds of states, some of which go by the number of employees. The
duties decide as well: no salary alone frees from overtime.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from attrs import frozen

from asopay.money import Cents, at_least_zero
from asopay.overtime.law import WageAndHourLaw, standard_law


@frozen
class Figures:
    """The weekly threshold in cents, and that of employers of up to a number of employees."""

    weekly: Cents
    small_weekly: Cents | None = None
    small_employees: int = 0


def exempt_threshold(
    places: Sequence[str],
    day: date,
    employees: int | None = None,
    law: WageAndHourLaw | None = None,
) -> Cents:
    """The highest threshold of the places and of federal law, in cents a week.

    Without a number of employees, that of larger employers counts. Raises `TableError` for a day
    that the list does not cover.

    >>> exempt_threshold(["US-CA"], date(2026, 3, 2)), exempt_threshold(["US-TX"], date(2026, 3, 2))
    (135200, 68400)
    """
    rows = (law or standard_law()).rows("exempt_salary", places, day)
    return max(_weekly(table.figures, employees) for table in rows.values())


def _weekly(figures: Figures, employees: int | None) -> Cents:
    """The threshold for an employer of this size, of a larger one if that is not known."""
    small = figures.small_weekly
    is_small = employees is not None and employees <= figures.small_employees
    return small if is_small and small is not None else figures.weekly


def shortfall(
    weekly: Cents, places: Sequence[str], day: date, employees: int | None = None
) -> Cents:
    """What a weekly salary lacks to the threshold, in cents; 0 if nothing.

    >>> shortfall(130_000, ["US-CA"], date(2026, 3, 2))
    5200
    """
    return at_least_zero(exempt_threshold(places, day, employees) - weekly)
