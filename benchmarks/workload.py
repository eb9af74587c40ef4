"""Wages and rules that more than one benchmark uses."""

from __future__ import annotations

from datetime import date

from asopay.certificates import Certificate, fill_in
from asopay.faults import Faults
from asopay.in_force import InForce
from asopay.rulebook import standard_rulebook
from asopay.tables import Days

ROWS = 16_384
"""A block of columns: large enough to spread the cost of a step, small enough for the cache."""

PERIODS = 26
FREQUENCY = "biweekly"


def wages() -> list[int]:
    """As many biweekly wages as there are rows, in cents: from 400 to 7,400 dollars, mixed.

    All different, and all odd.
    """
    return [40_001 + 2 * (number * 7_919 % 350_000) for number in range(ROWS)]


def in_force(state: str | None, day: date) -> InForce:
    """The law on a pay date."""
    return standard_rulebook().in_force([state] if state else [], Days(day, day, day))


def certificates(law: InForce, **federal: str) -> dict[str, Certificate]:
    """Every certificate with the defaults of its form, and the answers on the federal one."""
    filled: dict[str, Certificate] = {}
    for place, forms in law.certificates.items():
        answers = federal if place == "US" else {}
        filled[place] = fill_in(forms, answers, place, Faults(), filled.get("US"))
    return filled
