"""A rate on wages, up to a wage base for the year: Social Security, Medicare, state programmes.

The tax of each payment is the rate times the wages of that payment, to the cent.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution, tax_up_to
from asopay.errors import TableError
from asopay.money import Cents, Rate, share, to_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Small:
    """The rates where the employer has fewer employees than a number."""

    fewer_than: int
    employee: Rate
    employer: Rate


@frozen
class Figures:
    """The rate of each payer who owes a share, and the wage base in cents, if there is one.

    With `assigned` the state assigns each employer a rate of its own, as for unemployment. Rates of
    `small` employers come in ascending order; an employer whose number is not known is not small.
    """

    employee: Rate | None = None
    employer: Rate | None = None
    wage_base: Cents | None = None
    assigned: bool = False
    small: tuple[Small, ...] = ()


RATE_ON_WAGES = Form(
    "Rate on wages",
    result="(tax)",
    lines={
        "(wages)": "Wages of this payment that are subject to the tax",
        "(paid before)": "Such wages paid earlier in the year",
        "(base left)": "What is left of the year's wage base",
        "(taxable)": "Wages taxed now",
        "(rate)": rate_line("Rate"),
        "(tax)": "Wages taxed now times the rate",
    },
)


def payers(table: Table[Figures]) -> list[str]:
    """Who owes a share."""
    figures = table.figures
    shares: list[str] = []
    if figures.employee is not None:
        shares.append("employee")
    if figures.employer is not None or figures.assigned:
        shares.append("employer")
    return shares


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The payer's share for one paycheck, in cents."""
    figures = table.figures
    line = Worksheet(RATE_ON_WAGES, table)
    if figures.wage_base is None:
        line["(wages)"] = line["(taxable)"] = due.wages
    else:
        tax_up_to(line, due, figures.wage_base)
    line["(rate)"] = _rate(due, table)
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    return line


def _rate(due: Contribution, table: Table[Figures]) -> Rate:
    figures = table.figures
    for small in figures.small:
        if due.employee_count is not None and due.employee_count < small.fewer_than:
            return small.employee if due.payer == "employee" else small.employer
    if due.payer == "employee":
        rate = figures.employee
    else:
        rate = due.own_rate if figures.assigned else figures.employer
    if rate is None:
        raise TableError(f"{table.id}: there is no rate for the {due.payer}")
    return rate
