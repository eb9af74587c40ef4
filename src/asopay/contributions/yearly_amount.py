"""A fixed amount a year, in equal parts: the local services tax of Pennsylvania.

https://dced.pa.gov/

The amount is divided by the number of payroll periods and rounded down to the cent; an amount of
ten dollars or less is taken at once. No more than the amount of the year is taken.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.money import Cents, at_least_zero, at_most
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count


@frozen
class Figures:
    """The amount of the year in cents, and the most of it that is taken at once."""

    amount: Cents
    at_once: Cents


YEARLY_AMOUNT = Form(
    "Amount of the year in equal parts",
    result="(tax)",
    lines={
        "(wages)": "Wages of this payment",
        "(taxable)": "Wages that the tax goes by: all of them",
        "(amount)": "Amount of the year",
        "(periods)": count("Pay periods in the year"),
        "(part)": "The amount divided by the periods, rounded down to the cent",
        "(taken before)": "Taken earlier in the year",
        "(left)": "What is left of the amount",
        "(tax)": "Tax of this payment: no more than what is left",
    },
)


def payers(_: Table[Figures]) -> list[str]:
    """Only the employee owes the tax."""
    return ["employee"]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The part of one paycheck, in cents."""
    figures = table.figures
    line = Worksheet(YEARLY_AMOUNT, table)
    line["(wages)"] = line["(taxable)"] = due.wages
    line["(amount)"] = figures.amount
    line["(periods)"] = due.periods
    at_once = figures.amount <= figures.at_once
    line["(part)"] = figures.amount if at_once else figures.amount // due.periods
    line["(taken before)"] = due.taken_before
    line["(left)"] = at_least_zero(line["(amount)"] - line["(taken before)"])
    line["(tax)"] = at_most(line["(part)"], line["(left)"])
    return line
