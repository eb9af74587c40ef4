"""Alabama: the formula of the withholding tax tables and instructions for employers.

https://www.revenue.alabama.gov/forms/withholding-tax-tables-and-instructions-for-employers-and-withholding-agents-2/

The federal income tax that is withheld from the same payment is a deduction, without a limit.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import (
    Brackets,
    Cents,
    at_least,
    at_least_zero,
    pick,
    to_cents,
    to_dollars,
)
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, shown, unrounded_line


@frozen
class StandardDeduction:
    """The schedule of standard deductions of one exemption, in cents.

    It is `most` on a gross income below `reduced_from`, less `each` in the first `step` from there,
    less `each` again in every further one, and never below `least`.
    """

    most: Cents
    reduced_from: Cents
    step: Cents
    each: Cents
    least: Cents

    def amount(self, income: Cents) -> Cents:
        """The deduction on a gross income."""
        steps = at_least_zero((income - self.reduced_from) // self.step + 1)
        return at_least(self.most - steps * self.each, self.least)


@frozen
class Figures:
    """Annual figures in cents, by the exemption that Form A-4 claims.

    `dependent` is the amount of one dependent where the gross income is more than the bound.
    """

    standard_deduction: dict[str, StandardDeduction]
    personal_exemption: dict[str, Cents]
    dependent: tuple[tuple[Cents, Cents], ...]
    schedule: dict[str, Brackets]


FORMULA = Form(
    "Formula for computing Alabama withholding tax",
    result="(withholding)",
    lines={
        "(wages)": "Gross wages of this period",
        "(periods)": count("Pay periods in the year"),
        "GI": "Wages times periods: gross income",
        "A": "Standard deduction",
        "(federal tax)": "Federal income tax withheld from this payment",
        "B": "Federal income tax times periods",
        "C": "Personal exemption",
        "(dependent)": "Amount of one dependent",
        "D": "Amount of the dependents",
        "(taxable)": "Gross income less A to D",
        "(annual tax)": unrounded_line("Tax on the taxable amount"),
        "(quotient)": shown("Annual tax divided by periods", "(annual tax)", "(periods)"),
        "(tax)": "Tax of the period",
        "(extra)": "Form A-4, line 5: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, a4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the cent, as in the booklet's example."""
    return _formula(pay, a4, table, to_cents)


def withhold_whole_dollars(pay: Pay, a4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the nearest dollar, as the booklet allows."""
    return _formula(pay, a4, table, to_dollars)


def _formula(pay: Pay, a4: Certificate, table: Table[Figures], rounded: Any) -> Worksheet:
    figures = table.figures
    line = Worksheet(FORMULA, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["GI"] = line["(wages)"] * line["(periods)"]
    line["A"] = figures.standard_deduction[a4.status].amount(line["GI"])
    line["(federal tax)"] = pay.federal_tax
    line["B"] = line["(federal tax)"] * line["(periods)"]
    line["C"] = figures.personal_exemption[a4.status]
    line["(dependent)"] = 0
    for bound, amount in figures.dependent:
        line["(dependent)"] = pick(line["GI"] > bound, amount, line["(dependent)"])
    line["D"] = a4["dependents"] * line["(dependent)"]
    deductions = line["A"] + line["B"] + line["C"] + line["D"]
    line["(taxable)"] = at_least_zero(line["GI"] - deductions)
    line["(annual tax)"] = figures.schedule[a4.status].tax(line["(taxable)"])
    line["(tax)"] = rounded(line["(annual tax)"], divided_by=line["(periods)"])
    line["(extra)"] = a4["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
