"""Arkansas: the withholding tax formula method, on the middle of each range of 100 dollars.

https://www.dfa.arkansas.gov/office/taxes/income-tax-administration/withholding-tax-branch/
"""

from __future__ import annotations

from attrs import field, frozen

from asopay.certificates import Certificate
from asopay.money import (
    Bracket,
    Brackets,
    Cents,
    Rate,
    at_least_zero,
    pick,
    share,
    to_cents,
    to_dollars,
    unrounded,
)
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Figures:
    """Annual amounts in cents, and the rows of the tax table: from, percentage, minus adjustment.

    A net taxable income below `exact_from` is replaced by the middle of its range.
    """

    standard_deduction: Cents
    range: Cents
    exact_from: Cents
    tax_table: tuple[tuple[Cents, Rate, Cents], ...]
    credit: Cents
    rows: Brackets = field(init=False)

    @rows.default
    def _rows_that_can_be_looked_up(self) -> Brackets:
        """The adjustment stands in the place of a bracket's base."""
        return Brackets(tuple(Bracket(over, less, rate) for over, rate, less in self.tax_table))


FORMULA_METHOD = Form(
    "Formula method",
    result="(withholding)",
    lines={
        "(wages)": "Gross pay of this period",
        "(periods)": count("Pay periods in the year"),
        "1": "Wages times periods: annual gross pay",
        "(standard deduction)": "Standard deduction",
        "2": "Annual gross pay less the standard deduction: net taxable income",
        "(look-up)": "Net taxable income, or the middle of its range",
        "(percentage)": rate_line("Percentage"),
        "(adjustment)": "Minus adjustment",
        "3": "Percentage of the look-up less the adjustment: annual gross tax",
        "4": "AR4EC: personal tax credits of the exemptions",
        "5": "Line 3 less line 4: annual net tax",
        "6": "Line 5 divided by periods: tax of the period",
        "(extra)": "AR4EC, line 4: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, ar4ec: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents; line 3 is rounded to the nearest dollar."""
    figures = table.figures
    line = Worksheet(FORMULA_METHOD, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["1"] = line["(wages)"] * line["(periods)"]
    line["(standard deduction)"] = figures.standard_deduction
    line["2"] = at_least_zero(line["1"] - line["(standard deduction)"])
    middle = line["2"] // figures.range * figures.range + figures.range // 2
    line["(look-up)"] = pick(line["2"] < figures.exact_from, middle, line["2"])
    _, line["(adjustment)"], line["(percentage)"] = figures.rows.row(line["(look-up)"])
    gross = share(line["(look-up)"], line["(percentage)"]) - unrounded(line["(adjustment)"])
    line["3"] = to_dollars(gross)
    line["4"] = ar4ec["exemptions"] * figures.credit
    line["5"] = at_least_zero(line["3"] - line["4"])
    line["6"] = to_cents(unrounded(line["5"]), divided_by=line["(periods)"])
    line["(extra)"] = ar4ec["extra_withholding"]
    line["(withholding)"] = line["6"] + line["(extra)"]
    return line
