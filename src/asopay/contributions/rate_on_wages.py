"""A rate on wages, up to a wage base for the year: Social Security, Medicare, state programmes.

The tax of each payment is the rate times the wages of that payment, to the cent.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution, tax_up_to
from asopay.errors import NotStated, TableError
from asopay.money import Cents, Rate, share, to_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Shares:
    """The rates of both payers."""

    employee: Rate
    employer: Rate


@frozen
class Small(Shares):
    """The rates where the employer has fewer employees than a number."""

    fewer_than: int


@frozen
class Figures:
    """The rate of each payer who owes a share, and the wage base in cents, if there is one.

    With `assigned` the state assigns each employer a rate of its own, as for unemployment; those of
    a `new_employer` are used where that is asked for. `employer_wage_base` is that of the employer
    where it is another one than the employee's. Rates of `small` employers come in ascending order;
    an employer whose number is not known is not small. Those of `small_by_notice` hold for
    employers whom the agency's notice calls small.

    With `counts_other_states`, wages of the year on which unemployment contributions were due in
    another state count toward the base, as they do for unemployment itself.
    """

    employee: Rate | None = None
    employer: Rate | None = None
    wage_base: Cents | None = None
    assigned: bool = False
    new_employer: Rate | None = None
    employer_wage_base: Cents | None = None
    small: tuple[Small, ...] = ()
    small_by_notice: Shares | None = None
    counts_other_states: bool = False


RATE_ON_WAGES = Form(
    "Rate on wages",
    result="(tax)",
    lines={
        "(wages)": "Wages of this payment that are subject to the tax",
        "(paid before)": "Such wages paid earlier in the year",
        "(base left)": "What is left of the year's wage base",
        "(taxable)": "Wages taxed now",
        "(rate)": rate_line("Rate"),
        "(new employer)": count("1 where the rate is that of new employers, as was asked for"),
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
    return _fill_in(due, table, _rate(due, table))


def contribute_as_small(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The payer's share for one paycheck of an employer that is small by its notice, in cents."""
    shares = table.figures.small_by_notice
    if shares is None:
        raise TableError(f"{table.id}: there are no rates of small employers")
    return _fill_in(due, table, _of_payer(shares, due))


def _fill_in(due: Contribution, table: Table[Figures], rate: Rate) -> Worksheet:
    line = Worksheet(RATE_ON_WAGES, table)
    base = _wage_base(due, table.figures)
    if base is None:
        line["(wages)"] = line["(taxable)"] = due.wages
    else:
        tax_up_to(line, due, base)
    line["(rate)"] = rate
    if due.new_employer and due.payer == "employer":
        line["(new employer)"] = 1
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    return line


def _wage_base(due: Contribution, figures: Figures) -> Cents | None:
    if due.payer == "employee":
        return figures.wage_base
    if due.wage_base is not None:
        return due.wage_base
    return figures.employer_wage_base or figures.wage_base


def _of_payer(rates: Shares, due: Contribution) -> Rate:
    return rates.employee if due.payer == "employee" else rates.employer


def _rate(due: Contribution, table: Table[Figures]) -> Rate:
    figures = table.figures
    for small in figures.small:
        if due.employee_count is not None and due.employee_count < small.fewer_than:
            return _of_payer(small, due)
    if due.payer == "employee":
        rate = figures.employee
    elif due.new_employer:
        rate = figures.new_employer
    elif figures.assigned:
        if due.own_rate is None:
            raise NotStated("the employer's rate is not given: it stands on the rate notice")
        rate = due.own_rate
    else:
        rate = figures.employer
    if rate is None:
        raise TableError(f"{table.id}: there is no rate for the {due.payer}")
    return rate
