"""Federal unemployment tax (FUTA): Form 940 and its Schedule A.

Each payment bears the tax at the rate less the full credit for state contributions, as deposits do;
wages on which the state has no unemployment tax get no credit. In a credit-reduction state the
employer owes more with the year's return; the method ``with_credit_reduction`` accrues it with each
payment.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution, tax_up_to
from asopay.errors import TableError
from asopay.money import Cents, Rate, share, to_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Figures:
    """Rates, the wage base in cents, and the credit reduction of each state that has one.

    `credit_reductions` is None while the year's list is not known.
    """

    rate: Rate
    credit: Rate
    wage_base: Cents
    credit_reductions: dict[str, Rate] | None = None


FUTA = Form(
    "Federal unemployment tax",
    result="(tax)",
    lines={
        "(wages)": "Wages of this payment that are subject to the tax",
        "(paid before)": "Such wages paid earlier in the year",
        "(base left)": "What is left of the year's wage base",
        "(taxable)": "Wages taxed now",
        "(rate)": rate_line("Rate"),
        "(credit)": rate_line("Credit for state contributions, where there are any"),
        "(reduction)": rate_line("Credit reduction of the state (Form 940, Schedule A)"),
        "(net rate)": rate_line("Rate less credit plus reduction"),
        "(tax)": "Wages taxed now times the net rate",
    },
)


def payers(_: Table[Figures]) -> list[str]:
    """Only the employer owes the tax."""
    return ["employer"]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The tax of one paycheck with the full credit, in cents."""
    return _futa(due, table, 0)


def with_credit_reduction(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The tax of one paycheck with the state's credit reduction of the year, in cents.

    Raises `TableError` while the list of credit-reduction states is not known for the year.
    """
    return _futa(due, table, reductions_of(table).get(due.state, 0))


def reductions_of(table: Table[Figures]) -> dict[str, Rate]:
    """The year's credit reductions by state; `TableError` while they are not known."""
    reductions = table.figures.credit_reductions
    if reductions is None:
        raise TableError(f"{table.id}: the credit reductions of the year are not in the table yet")
    return reductions


def _futa(due: Contribution, table: Table[Figures], reduction: Rate) -> Worksheet:
    figures = table.figures
    line = Worksheet(FUTA, table)
    tax_up_to(line, due, figures.wage_base)
    line["(rate)"] = figures.rate
    line["(credit)"] = figures.credit if due.credited else 0
    line["(reduction)"] = reduction if due.credited else 0
    line["(net rate)"] = line["(rate)"] - line["(credit)"] + line["(reduction)"]
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(net rate)"]))
    return line
