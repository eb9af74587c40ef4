"""South Carolina: WH-1603F, the formula for computing withholding tax.

https://dor.sc.gov/sites/dor/files/forms/WH1603F_2026.pdf

The standard deduction is a part of the wages and counts only with one or more allowances.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, Rate, at_least_zero, at_most, pick, share, to_cents
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, shown, unrounded_line


@frozen
class Figures:
    """An allowance in cents, the standard deduction's rate and maximum, and the annual schedule."""

    allowance: Cents
    standard_deduction_rate: Rate
    standard_deduction_maximum: Cents
    schedule: Brackets


WH_1603F = Form(
    "WH-1603F, addition method",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(allowances)": "Personal allowances of SC W-4, line 5",
        "(standard deduction)": "Part of the annual wages, or none without an allowance",
        "(taxable)": "Annual wages less allowances and standard deduction",
        "(annual tax)": unrounded_line("Tax of the year on the taxable amount"),
        "(quotient)": shown("Annual tax divided by periods", "(annual tax)", "(periods)"),
        "(tax)": "Tax of the period",
        "(extra)": "SC W-4, line 6: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, sc_w4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents."""
    figures = table.figures
    line = Worksheet(WH_1603F, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    line["(allowances)"] = sc_w4["allowances"] * figures.allowance
    part = to_cents(share(line["(annual wages)"], figures.standard_deduction_rate))
    deduction = at_most(part, figures.standard_deduction_maximum)
    line["(standard deduction)"] = pick(sc_w4["allowances"] > 0, deduction, 0)
    deductions = line["(allowances)"] + line["(standard deduction)"]
    line["(taxable)"] = at_least_zero(line["(annual wages)"] - deductions)
    line["(annual tax)"] = figures.schedule.tax(line["(taxable)"])
    line["(tax)"] = to_cents(line["(annual tax)"], divided_by=line["(periods)"])
    line["(extra)"] = sc_w4["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
