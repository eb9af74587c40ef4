"""Pennsylvania: the local earned income tax of Act 32, withheld for the place of work.

https://dced.pa.gov/

The rate is the higher of the total rate of residents at home and the rate of nonresidents at work.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Rate, share, to_cents
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, rate_line

BY_HOME = True
"""The rate at home counts: pay of before a move is computed apart."""


@frozen
class Figures:
    """The rate of the place of work for the employee, who lives there or does not."""

    rate: Rate


EARNED_INCOME_TAX = Form(
    "Earned income tax",
    result="(tax)",
    lines={
        "(wages)": "Compensation of this period",
        "(rate at home)": rate_line("Total rate of residents where the employee lives"),
        "(rate at work)": rate_line("Rate of the place of work"),
        "(rate)": rate_line("The higher of both"),
        "(tax)": "Tax of the period",
    },
)


def withhold(pay: Pay, _: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents."""
    line = Worksheet(EARNED_INCOME_TAX, table)
    line["(wages)"] = pay.wages
    line["(rate at home)"] = pay.rate_at_home
    line["(rate at work)"] = table.figures.rate
    line["(rate)"] = max(line["(rate at home)"], line["(rate at work)"])
    line["(tax)"] = to_cents(share(line["(wages)"], line["(rate)"]))
    return line
