"""A fee for each calendar month: occupational privilege taxes of cities in Colorado.

It is due from the paycheck that takes the wages earned in the city in the month to the amount from
which it is owed.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.money import Cents, pick
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet

BY_MONTH = True
"""The year to date keeps the wages of the calendar month, too."""


@frozen
class Figures:
    """The fee of each payer, and the wages of the month from which it is owed, in cents."""

    employee: Cents
    employer: Cents
    from_wages: Cents


MONTHLY_FEE = Form(
    "Fee of the month",
    result="(fee)",
    lines={
        "(wages)": "Wages of this payment",
        "(taxable)": "Wages that the fee goes by: all of them",
        "(month before)": "Wages paid earlier in the month",
        "(month)": "Wages of the month so far",
        "(from)": "Wages of a month from which the fee is owed",
        "(amount)": "Fee of the month",
        "(fee)": "Fee of this payment, which takes the month's wages there",
    },
)


def payers(_: Table[Figures]) -> list[str]:
    """Employee and employer owe a fee each."""
    return ["employee", "employer"]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The fee of one paycheck, in cents."""
    figures = table.figures
    line = Worksheet(MONTHLY_FEE, table)
    line["(wages)"] = line["(taxable)"] = due.wages
    line["(month before)"] = due.month_to_date
    line["(month)"] = line["(month before)"] + line["(wages)"]
    line["(from)"] = figures.from_wages
    line["(amount)"] = getattr(figures, due.payer)
    owed_now = pick(line["(month)"] >= line["(from)"], line["(amount)"], 0)
    line["(fee)"] = pick(line["(month before)"] >= line["(from)"], 0, owed_now)
    return line
