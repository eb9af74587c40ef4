"""Limits of health accounts for an employee's circumstances, as a paycheck applies them.

Internal Revenue Code sections 223(b), 125(i) with Notice 2020-33, and 9831(d).
"""

from __future__ import annotations

from datetime import date

from asopay.deductions.benefit_limits import BenefitLimit
from asopay.money import Cents, at_most
from asopay.parties import HealthCoverage
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days


def hsa_limit(
    year: int,
    coverage: HealthCoverage,
    birth_date: date | None = None,
    rulebook: Rulebook | None = None,
) -> Cents:
    """What employee and employer may contribute to a health savings account in the year, in cents.

    >>> hsa_limit(2026, HealthCoverage(self_only_months=7))
    256667
    >>> hsa_limit(2026, HealthCoverage(family_months=12), date(1970, 7, 1))
    975000
    """
    limit = _limit("hsa", year, rulebook)
    return limit.of_coverage(coverage, limit.catch_up_amount(birth_date, year))


def qsehra_limit(year: int, coverage: HealthCoverage, rulebook: Rulebook | None = None) -> Cents:
    """What a small employer's arrangement may reimburse in the year, in cents.

    >>> qsehra_limit(2026, HealthCoverage(family_months=3))
    327500
    """
    return _limit("qsehra", year, rulebook).of_coverage(coverage)


def carry_over(unspent: Cents, year: int, rulebook: Rulebook | None = None) -> Cents:
    """What of a health FSA of the year goes on to the next one, where the plan has it, in cents.

    The rest is forfeited. A plan has a carry-over or a grace period, not both.

    >>> carry_over(100_000, 2026), carry_over(20_000, 2026)
    (68000, 20000)
    """
    return at_most(unspent, _limit("health_fsa", year, rulebook).carry_over)


def _limit(name: str, year: int, rulebook: Rulebook | None) -> BenefitLimit:
    """The limit of a calendar year; `TableError` names the years that are covered."""
    rulebook = rulebook or standard_rulebook()
    figures = rulebook.rule("US", "benefit_limits", Days.on(date(year, 12, 31))).figures
    limit: BenefitLimit = figures.limits[name]
    return limit
