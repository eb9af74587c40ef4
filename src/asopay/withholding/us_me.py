"""Maine: the percentage method of the Withholding Tables for Individual Income Tax.

https://www.maine.gov/revenue/taxes/income-estate-tax/employer-withholding

The standard deduction falls with the annual wages, from its maximum to nothing. The deduction, the
annual tax and the tax of the period are whole dollars, as the worked examples have them.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, at_least_zero, at_most, to_dollars, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count


@frozen
class SlidingDeduction:
    """A deduction in cents: the maximum through one annual wage, none from another, a line between.

    >>> SlidingDeduction(2_775_000, 20_455_000, 35_455_000).at(23_400_000)
    2230200
    """

    maximum: Cents
    full_through: Cents
    none_from: Cents

    def at(self, annual_wages: Cents) -> Cents:
        """The deduction at the annual wages, to the dollar."""
        span = self.none_from - self.full_through
        left = at_least_zero(at_most(self.none_from - annual_wages, span))
        kept = Fraction(self.maximum, span)
        return to_dollars(unrounded(left * kept.numerator), divided_by=kept.denominator)


@frozen
class Figures:
    """An allowance in cents; deductions and annual schedules by marital status.

    `surcharge` is a second schedule, on high incomes, from the edition of August 2026.
    """

    allowance: Cents
    standard_deduction: dict[str, SlidingDeduction]
    schedule: dict[str, Brackets]
    surcharge: dict[str, Brackets] = field(factory=dict)


PERCENTAGE_METHOD = Form(
    "Percentage method",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(periods)": count("Pay periods in the year"),
        "1": "Wages times periods: annual wages",
        "2": "Allowances times the amount of one",
        "3": "Standard deduction at the annual wages, to the dollar",
        "4": "Line 1 less lines 2 and 3: annual income",
        "5": "Annual withholding, to the dollar",
        "6": "Line 5 divided by periods, to the dollar",
        "(extra)": "Form W-4ME, line 5: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, w4me: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, a whole dollar."""
    figures = table.figures
    line = Worksheet(PERCENTAGE_METHOD, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["1"] = line["(wages)"] * line["(periods)"]
    line["2"] = w4me["allowances"] * figures.allowance
    line["3"] = figures.standard_deduction[w4me.status].at(line["1"])
    line["4"] = at_least_zero(line["1"] - line["2"] - line["3"])
    tax = figures.schedule[w4me.status].tax(line["4"])
    if figures.surcharge:
        tax = tax + figures.surcharge[w4me.status].tax(line["4"])
    line["5"] = to_dollars(tax)
    line["6"] = to_dollars(unrounded(line["5"]), divided_by=line["(periods)"])
    line["(extra)"] = w4me["extra_withholding"]
    line["(withholding)"] = line["6"] + line["(extra)"]
    return line
