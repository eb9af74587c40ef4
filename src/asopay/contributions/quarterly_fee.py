"""A fee for each quarter: the workers' compensation fee of New Mexico.

It is due for employees on the last working day of the quarter, from the paycheck whose period has
that day.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.money import Cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count


@frozen
class Figures:
    """The fee of each payer in cents."""

    employee: Cents
    employer: Cents


QUARTERLY_FEE = Form(
    "Fee of the quarter",
    result="(fee)",
    lines={
        "(wages)": "Wages of this payment",
        "(taxable)": "Wages that the fee goes by: all of them",
        "(amount)": "Fee of the quarter",
        "(last day)": count("1 if the period has the last working day of a quarter, else 0"),
        "(fee)": "Fee of this payment",
    },
)


def payers(_: Table[Figures]) -> list[str]:
    """Employee and employer owe a fee each."""
    return ["employee", "employer"]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The fee of one paycheck, in cents."""
    line = Worksheet(QUARTERLY_FEE, table)
    line["(wages)"] = line["(taxable)"] = due.wages
    line["(amount)"] = getattr(table.figures, due.payer)
    line["(last day)"] = int(due.ends_quarter)
    line["(fee)"] = line["(amount)"] * line["(last day)"]
    return line
