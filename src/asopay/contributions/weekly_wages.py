"""A rate on wages up to a weekly limit: disability benefits of New York and Hawaii.

A payroll period has the limit of its weeks, 52 in a year.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.money import Cents, Rate, at_most, share, to_cents, unrounded
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Figures:
    """The employee's rate, the weekly limit of the wages in cents, and the weeks of the year."""

    employee: Rate
    weekly_wages: Cents
    weeks: int


WEEKLY_WAGES = Form(
    "Rate on wages up to a weekly limit",
    result="(tax)",
    lines={
        "(wages)": "Wages of this payment that are subject to the tax",
        "(weekly limit)": "Limit of the wages of a week",
        "(weeks)": count("Weeks of the year"),
        "(periods)": count("Pay periods in the year"),
        "(limit)": "Limit of the wages of this period",
        "(taxable)": "Wages taxed now",
        "(rate)": rate_line("Rate"),
        "(tax)": "Wages taxed now times the rate",
    },
)


def payers(_: Table[Figures]) -> list[str]:
    """Only the employee's share is a part of the wages; the employer pays the rest of the cost."""
    return ["employee"]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The employee's share for one paycheck, in cents."""
    figures = table.figures
    line = Worksheet(WEEKLY_WAGES, table)
    line["(wages)"] = due.wages
    line["(weekly limit)"] = figures.weekly_wages
    line["(weeks)"] = figures.weeks
    line["(periods)"] = due.periods
    of_year = unrounded(line["(weekly limit)"] * line["(weeks)"])
    line["(limit)"] = to_cents(of_year, divided_by=line["(periods)"])
    line["(taxable)"] = at_most(line["(wages)"], line["(limit)"])
    line["(rate)"] = figures.employee
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    return line
