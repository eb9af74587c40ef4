"""Limits of the year on compensation and contributions, and who is highly compensated or key.

Internal Revenue Code sections 401(a)(17), 415(c), 414(q), 416(i) and 72(p).
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from asopay.money import Cents, at_least_zero, at_most
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days


@frozen
class Figures:
    """The limits of a year, in cents.

    `compensation` counts up to its limit, `annual_additions` are employee and employer together.
    Pay above `highly_compensated` in the year makes an employee highly compensated in the next one,
    and pay above `key_officer` an officer a key employee. A loan is at most `loan`, less what was
    owed before, and half the vested balance, of which `loan_floor` counts in any case.
    """

    compensation: Cents
    annual_additions: Cents
    highly_compensated: Cents
    key_officer: Cents
    loan: Cents
    loan_floor: Cents

    def counted(self, compensation: Cents) -> Cents:
        """The compensation as far as it counts: section 401(a)(17)."""
        return at_most(compensation, self.compensation)

    def room(self, compensation: Cents, additions: Cents) -> Cents:
        """What may still be added to the year's additions, without catch-up: section 415(c)."""
        return at_least_zero(at_most(self.annual_additions, compensation) - additions)


def limits(year: int, rulebook: Rulebook | None = None) -> Figures:
    """The limits of a calendar year; `TableError` names the years that are covered."""
    rulebook = rulebook or standard_rulebook()
    figures: Figures = rulebook.rule("US", "retirement_limits", Days.on(date(year, 12, 31))).figures
    return figures
