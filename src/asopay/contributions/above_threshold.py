"""A rate on wages above a threshold for the year: Additional Medicare Tax, excess compensation.

Publication 15, section 9: withheld from the part of a payment that takes the wages paid in the
calendar year above the threshold, whatever the filing status; the employer owes no share. Seattle's
social housing tax is the employer's, above its own threshold.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.money import Cents, Rate, at_least_zero, at_most, share, to_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Figures:
    """The rate of whoever owes it, and the threshold in cents."""

    threshold: Cents
    employee: Rate | None = None
    employer: Rate | None = None


ABOVE_THRESHOLD = Form(
    "Rate on wages above a threshold",
    result="(tax)",
    lines={
        "(wages)": "Wages of this payment that are subject to the tax",
        "(paid before)": "Such wages paid earlier in the year",
        "(above)": "What the wages of the year exceed the threshold by",
        "(taxable)": "The part of this payment above the threshold",
        "(rate)": rate_line("Rate"),
        "(tax)": "That part times the rate",
    },
)


def payers(table: Table[Figures]) -> list[str]:
    """Who owes the tax: those who have a rate."""
    figures = table.figures
    rates = {"employee": figures.employee, "employer": figures.employer}
    return [payer for payer, rate in rates.items() if rate is not None]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The tax on the part of the payment above the threshold, in cents."""
    figures = table.figures
    line = Worksheet(ABOVE_THRESHOLD, table)
    line["(wages)"] = due.wages
    line["(paid before)"] = due.year_to_date
    line["(above)"] = at_least_zero(line["(paid before)"] + line["(wages)"] - figures.threshold)
    line["(taxable)"] = at_most(line["(wages)"], line["(above)"])
    line["(rate)"] = getattr(figures, due.payer)
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    return line
