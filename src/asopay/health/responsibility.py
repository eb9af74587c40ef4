"""Employer shared responsibility: what coverage may cost an employee, and what is owed otherwise.

Internal Revenue Code sections 36B(c)(2)(C) and 4980H, and 26 CFR 54.4980H-5(e)(2) for the safe
harbors. A contribution is affordable if it does not exceed the percentage, so that the largest one
is rounded down to the cent.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from asopay.money import ONE, Cents, Rate, at_least_zero, at_most, share
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days

MONTHS = 12


@frozen
class Figures:
    """The figures of a year: rates, amounts of a year in cents, hours and employees.

    `affordability` is the part of income that self-only coverage may cost, and `poverty_line` that
    of one person by the guidelines of the year. `not_offered` is owed for each full-time employee
    but the `free_employees` where coverage is not offered to the part `offered_to` of them, and
    `not_affordable` for each with a premium tax credit.
    """

    affordability: Rate
    poverty_line: Cents
    not_offered: Cents
    not_affordable: Cents
    offered_to: Rate
    free_employees: int
    large_from: int
    equivalent_hours: int
    hours_a_month: int
    hours_a_week: int
    measurement_months: tuple[int, int]
    stability_months: int
    administrative_days: int


def responsibility(year: int, rulebook: Rulebook | None = None) -> Figures:
    """The figures of a calendar year; `TableError` names the years that are covered.

    >>> responsibility(2026).not_offered
    334000
    """
    rulebook = rulebook or standard_rulebook()
    days = Days.on(date(year, 12, 31))
    figures: Figures = rulebook.rule("US", "employer_responsibility", days).figures
    return figures


def by_poverty_line(plan_year: int, guidelines: int, rulebook: Rulebook | None = None) -> Cents:
    """The most that self-only coverage may cost a month in cents, by the federal poverty line.

    `guidelines` is the year of the guidelines, which may be any in force within the six months
    before the plan year begins: those of 2025 for a plan of the calendar year 2026.

    >>> by_poverty_line(2026, guidelines=2025)
    12989
    """
    line = responsibility(guidelines, rulebook).poverty_line
    return _affordable(line, MONTHS, plan_year, rulebook)


def by_rate_of_pay(
    plan_year: int,
    *,
    hourly: Cents | None = None,
    monthly: Cents | None = None,
    rulebook: Rulebook | None = None,
) -> Cents:
    """The same by the rate of pay: 130 hours at the lowest hourly rate, or a monthly salary.

    Raises `ValueError` unless one of them is given.

    >>> by_rate_of_pay(2026, hourly=1650)
    21364
    """
    if (hourly is None) == (monthly is None):
        raise ValueError("hourly or monthly: one of them is needed")
    if monthly is None:
        monthly = (hourly or 0) * responsibility(plan_year, rulebook).hours_a_month
    return _affordable(monthly, 1, plan_year, rulebook)


def by_wages(wages: Cents, months: int, plan_year: int, rulebook: Rulebook | None = None) -> Cents:
    """The same by the wages of Form W-2, box 1, of the year, over the months of coverage.

    Raises `ValueError` unless the months are 1 to 12.

    >>> by_wages(3_000_000, 12, 2026)
    24900
    """
    if not 1 <= months <= MONTHS:
        raise ValueError(f"months: {months} are not 1 to 12")
    return _affordable(wages, months, plan_year, rulebook)


def _affordable(income: Cents, months: int, year: int, rulebook: Rulebook | None) -> Cents:
    return share(income, responsibility(year, rulebook).affordability) // (ONE * months)


@frozen
class Payments:
    """What is owed for a number of months, in cents: by (a), or by (b), which is at most (a)."""

    not_offered: Cents
    not_affordable: Cents


def payments(
    full_time: int,
    months: int,
    with_credit_months: int,
    year: int,
    rulebook: Rulebook | None = None,
) -> Payments:
    """The payments of section 4980H in cents.

    By (a), if coverage is not offered to 95 percent of the `full_time` employees and one has a
    premium tax credit; by (b) otherwise, for `with_credit_months`, the months in which employees
    had a credit, added up.

    >>> payments(120, 12, 5 * 8, 2026)
    Payments(not_offered=30060000, not_affordable=1670000)
    """
    figures = responsibility(year, rulebook)
    counted = at_least_zero(full_time - figures.free_employees)
    not_offered = counted * months * figures.not_offered // MONTHS
    not_affordable = with_credit_months * figures.not_affordable // MONTHS
    return Payments(not_offered, at_most(not_affordable, not_offered))
