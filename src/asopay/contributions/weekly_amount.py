"""A fixed amount for each week of work: the service fees of cities in West Virginia.

Other payroll periods bear the amount of their weeks, 52 in a year, rounded to the cent.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.money import Cents, to_cents, unrounded
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count


@frozen
class Figures:
    """The amount of a week in cents, and the weeks of the year."""

    amount: Cents
    weeks: int


WEEKLY_AMOUNT = Form(
    "Amount of each week",
    result="(fee)",
    lines={
        "(wages)": "Wages of this payment",
        "(taxable)": "Wages that the fee goes by: all of them",
        "(amount)": "Amount of a week",
        "(weeks)": count("Weeks of the year"),
        "(periods)": count("Pay periods in the year"),
        "(fee)": "Amount of the weeks of this period",
    },
)


def payers(_: Table[Figures]) -> list[str]:
    """Only the employee owes the fee."""
    return ["employee"]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The fee of one paycheck, in cents."""
    line = Worksheet(WEEKLY_AMOUNT, table)
    line["(wages)"] = line["(taxable)"] = due.wages
    line["(amount)"] = table.figures.amount
    line["(weeks)"] = table.figures.weeks
    line["(periods)"] = due.periods
    of_year = unrounded(line["(amount)"] * line["(weeks)"])
    line["(fee)"] = to_cents(of_year, divided_by=line["(periods)"])
    return line
