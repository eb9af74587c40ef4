"""A rate on wages that goes by the employer's payroll: New York's commuter mobility tax.

https://www.tax.ny.gov/bus/mctmt/

The rate of a place goes by the payroll there; none is owed where the payroll of all the places
together does not pass an amount.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.errors import NotStated
from asopay.money import Cents, Rate, share, to_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Row:
    """The rate of employers whose payroll is more than `over`, in cents."""

    over: Cents
    rate: Rate


@frozen
class Figures:
    """The payroll in cents up to which nothing is owed, and the rates in ascending order."""

    exempt_up_to: Cents
    rates: tuple[Row, ...]


BY_PAYROLL = Form(
    "Rate that goes by the payroll",
    result="(tax)",
    lines={
        "(wages)": "Wages of this payment",
        "(taxable)": "Wages that the tax is on: all of them",
        "(payroll)": "The employer's payroll of the period, in the place",
        "(together)": "That of all places of the tax",
        "(exempt up to)": "Payroll of all places up to which nothing is owed",
        "(rate)": rate_line("Rate"),
        "(tax)": "Wages times the rate",
    },
)


def payers(_: Table[Figures]) -> list[str]:
    """Only the employer owes the tax."""
    return ["employer"]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The tax of one paycheck, in cents; `NotStated` if the payroll was not stated."""
    figures = table.figures
    if due.payroll is None:
        raise NotStated("the employer's payroll of the period is not given: state employer.payroll")
    line = Worksheet(BY_PAYROLL, table)
    line["(wages)"] = line["(taxable)"] = due.wages
    line["(payroll)"] = due.payroll
    line["(together)"] = due.payroll_of_all_places
    line["(exempt up to)"] = figures.exempt_up_to
    owed = line["(together)"] > line["(exempt up to)"]
    reached = [row.rate for row in figures.rates if line["(payroll)"] > row.over]
    line["(rate)"] = reached[-1] if owed and reached else 0
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    return line
