"""Massachusetts: Circular M, the percentage method.

https://www.mass.gov/lists/massachusetts-dor-withholding-tax-forms

What is withheld for Social Security and Medicare is subtracted from the wages, until what was
subtracted in the year reaches a limit. The wage-bracket tables of the circular know neither the
stop nor the higher rate on large wages.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, at_least_zero, at_most, pick, to_cents
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, shown, unrounded_line


@frozen
class ExemptionFactor:
    """The value of exemptions in cents: `each` times their number, and `plus`."""

    each: Cents
    plus: Cents


@frozen
class Figures:
    """The limit of step 1 and the schedule are annual, the other amounts by frequency, in cents.

    Below `no_withholding_below` nothing is withheld from employees who claim an exemption.
    """

    retirement_limit: Cents
    exemption_factor: dict[str, ExemptionFactor]
    schedule: Brackets
    head_of_household: dict[str, Cents]
    blindness: dict[str, Cents]
    no_withholding_below: dict[str, Cents]


PERCENTAGE_METHOD = Form(
    "Percentage method",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(subtracted before)": "Social Security and Medicare withheld earlier in the year",
        "(room)": "What is left of the limit for the year",
        "1": "Social Security and Medicare of this payment, within the limit",
        "2": "Exemption factors",
        "(taxable)": "Wages less steps 1 and 2",
        "3": "Taxable amount times periods",
        "4": unrounded_line("Tax of the year"),
        "(quotient)": shown("Step 4 divided by periods", "4", "(periods)"),
        "5": "Step 4 divided by periods: tax of the period",
        "6": "Head of household",
        "7": "Blindness",
        "(tax)": "Step 5 less steps 6 and 7, or none below the least wages",
        "(extra)": "M-4, line 5: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, m4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents."""
    figures = table.figures
    exemptions = m4["exemptions"]
    line = Worksheet(PERCENTAGE_METHOD, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(subtracted before)"] = pay.social_insurance_before
    line["(room)"] = at_least_zero(figures.retirement_limit - line["(subtracted before)"])
    line["1"] = at_most(pay.social_insurance, line["(room)"])
    factor = figures.exemption_factor[pay.frequency]
    line["2"] = pick(exemptions == 0, 0, exemptions * factor.each + factor.plus)
    line["(taxable)"] = at_least_zero(line["(wages)"] - line["1"] - line["2"])
    line["3"] = line["(taxable)"] * line["(periods)"]
    line["4"] = figures.schedule.tax(line["3"])
    line["5"] = to_cents(line["4"], divided_by=line["(periods)"])
    line["6"] = figures.head_of_household[pay.frequency] if m4["head_of_household"] else 0
    line["7"] = m4["blind"] * figures.blindness[pay.frequency]
    tax = at_least_zero(line["5"] - line["6"] - line["7"])
    with_exemptions = pick(pay.wages < figures.no_withholding_below[pay.frequency], 0, tax)
    line["(tax)"] = pick(exemptions == 0, tax, with_exemptions)
    line["(extra)"] = m4["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
