"""A rate on the whole year's pay of employees who earn much: Seattle's payroll expense tax.

https://www.seattle.gov/city-finance/business-taxes-and-licenses/seattle-taxes/payroll-expense-tax

Only employers owe it whose payroll in the city reached an amount in the year before. The paycheck
that takes the employee's pay of the year into a band bears the tax on all of it.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.errors import NotStated
from asopay.money import Cents, Rate, pick, share, to_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Row:
    """The rate of employers whose payroll of the year is at least `payroll_from`, in cents."""

    payroll_from: Cents
    rate: Rate


@frozen
class Band:
    """The rates on employees whose pay of the year is at least `pay_from`, in cents."""

    pay_from: Cents
    rates: tuple[Row, ...]


@frozen
class Figures:
    """The payroll of the year before from which the tax is owed, in cents, and the bands.

    Bands and rates come in ascending order.
    """

    owed_from: Cents
    bands: tuple[Band, ...]


BY_PAY_OF_YEAR = Form(
    "Rate that goes by the pay of the year",
    result="(tax)",
    lines={
        "(wages)": "Wages of this payment",
        "(taxable)": "Wages that count: all of them",
        "(paid before)": "Wages paid earlier in the year",
        "(year)": "Wages of the year so far",
        "(payroll before)": "The employer's payroll of the year before, in the place",
        "(owed from)": "Payroll of the year before from which the tax is owed",
        "(payroll)": "The employer's payroll of this year, in the place",
        "(rate)": rate_line("Rate of the band that the wages of the year have reached"),
        "(tax of the year)": "Wages of the year so far times the rate",
        "(taken before)": "Tax on earlier payments",
        "(tax)": "Tax on this payment: what is missing of the year's",
    },
)


def payers(_: Table[Figures]) -> list[str]:
    """Only the employer owes the tax."""
    return ["employer"]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The tax of one paycheck, in cents; `NotStated` if a payroll was not stated."""
    figures = table.figures
    if due.payroll is None or due.payroll_last_year is None:
        wanted = "employer.payroll and employer.payroll_last_year"
        raise NotStated(f"the employer's payroll of a year is not given: state {wanted}")
    line = Worksheet(BY_PAY_OF_YEAR, table)
    line["(wages)"] = line["(taxable)"] = due.wages
    line["(paid before)"] = due.year_to_date
    line["(year)"] = line["(paid before)"] + line["(wages)"]
    line["(payroll before)"] = due.payroll_last_year
    line["(owed from)"] = figures.owed_from
    line["(payroll)"] = due.payroll
    line["(rate)"] = 0
    if line["(payroll before)"] >= line["(owed from)"]:
        for band in figures.bands:
            rate = [row.rate for row in band.rates if line["(payroll)"] >= row.payroll_from][-1]
            line["(rate)"] = pick(line["(year)"] >= band.pay_from, rate, line["(rate)"])
    line["(tax of the year)"] = to_cents(share(line["(year)"], line["(rate)"]))
    line["(taken before)"] = due.taken_before
    line["(tax)"] = line["(tax of the year)"] - line["(taken before)"]
    return line
