"""Iowa: the withholding formula, a flat rate after a deduction, less an allowance credit.

https://revenue.iowa.gov/taxes/tax-guidance/withholding-tax
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Cents, Rate, at_least_zero, share, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Figures:
    """The rate, and annual amounts in cents.

    Standard deductions by filing status, and the credit for one allowance of a form of 2023 or
    earlier.
    """

    rate: Rate
    standard_deduction: dict[str, Cents]
    allowance: Cents


FORMULA = Form(
    "Withholding formula",
    result="T4",
    lines={
        "(wages)": "Taxable wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(standard deduction)": "Standard deduction of the period",
        "T1": "Wages less the standard deduction",
        "(rate)": rate_line("Rate"),
        "T2": "T1 times the rate",
        "(allowance)": "IA W-4, line 6: allowance amount, for the period",
        "T3": "T2 less the allowance amount",
        "(extra)": "IA W-4: additional amount",
        "T4": "T3 plus the additional amount: withholding of this period",
    },
)


def withhold(pay: Pay, ia_w4: Certificate, table: Table[Figures]) -> Worksheet:
    """The formula's T4: the tax of one period in cents.

    The additional amount is withheld in full, also where the allowance exceeds the tax.
    """
    figures = table.figures
    line = Worksheet(FORMULA, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    deduction = unrounded(figures.standard_deduction[ia_w4.status])
    line["(standard deduction)"] = to_cents(deduction, divided_by=line["(periods)"])
    line["T1"] = at_least_zero(line["(wages)"] - line["(standard deduction)"])
    line["(rate)"] = figures.rate
    line["T2"] = to_cents(share(line["T1"], line["(rate)"]))
    allowance = unrounded(_annual_allowance(ia_w4, figures))
    line["(allowance)"] = to_cents(allowance, divided_by=line["(periods)"])
    line["T3"] = at_least_zero(line["T2"] - line["(allowance)"])
    line["(extra)"] = ia_w4["extra_withholding"]
    line["T4"] = line["T3"] + line["(extra)"]
    return line


def _annual_allowance(ia_w4: Certificate, figures: Figures) -> Cents:
    """Dollars of line 6 on a form of 2024 or later, a count of allowances on an earlier one."""
    if "allowance_amount" in ia_w4.answers:
        return ia_w4["allowance_amount"]  # type: ignore[no-any-return]
    return ia_w4["allowances"] * figures.allowance  # type: ignore[no-any-return]
