"""North Dakota: Income Tax Withholding Rates and Instructions, the percentage methods.

https://www.tax.nd.gov/

Section 2 annualises the wages of employees with a Form W-4 of 2020 or later, or without one; only
the filing status of that form counts. Section 1, for forms of 2019 or earlier, prints a schedule
and the value of an allowance for every payroll period. Both round to the nearest dollar.
"""

from __future__ import annotations

from attrs import field, frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, at_least_zero, to_dollars
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, unrounded_line


@frozen
class Figures:
    """The schedules: of Section 2 by filing status, of Section 1 by status and frequency.

    `allowance` is the value of an allowance in cents by frequency. An edition without Section 1
    has a certificate without its form.
    """

    section_2: dict[str, Brackets]
    section_1: dict[str, dict[str, Brackets]] = field(factory=dict)
    allowance: dict[str, Cents] = field(factory=dict)


_END = {
    "(extra)": "Additional amount for North Dakota",
    "(withholding)": "Withholding of this period",
}

SECTION_2 = Form(
    "Section 2: percentage method worksheet",
    result="(withholding)",
    lines={
        "1": "Taxable wages of this period",
        "2": count("Pay periods in the year"),
        "3": "Line 1 times line 2: annual wages",
        "4": unrounded_line("Annual withholding for the filing status"),
        "5": "Line 4 divided by line 2, to the dollar",
        **_END,
    },
)

SECTION_1 = Form(
    "Section 1: percentage method, Form W-4 of 2019 or earlier",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(allowances)": "Allowances times the value of one for the period",
        "(taxable)": "Wages less allowances",
        "(computed tax)": unrounded_line("Tax on the taxable amount"),
        "(tax)": "Tax of the period, to the dollar",
        **_END,
    },
)


def withhold(pay: Pay, w4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, a whole dollar, by the section for the form."""
    if "allowances" in w4.answers:
        return _section_1(pay, w4, table)
    return _section_2(pay, w4, table)


def _section_2(pay: Pay, w4: Certificate, table: Table[Figures]) -> Worksheet:
    line = Worksheet(SECTION_2, table)
    line["1"] = pay.wages
    line["2"] = pay.periods
    line["3"] = line["1"] * line["2"]
    line["4"] = table.figures.section_2[w4.status].tax(line["3"])
    line["5"] = to_dollars(line["4"], divided_by=line["2"])
    return _with_extra(line, line["5"], w4)


def _section_1(pay: Pay, w4: Certificate, table: Table[Figures]) -> Worksheet:
    figures = table.figures
    line = Worksheet(SECTION_1, table)
    line["(wages)"] = pay.wages
    line["(allowances)"] = w4["allowances"] * figures.allowance[pay.frequency]
    line["(taxable)"] = at_least_zero(line["(wages)"] - line["(allowances)"])
    schedule = figures.section_1[w4.status][pay.frequency]
    line["(computed tax)"] = schedule.tax(line["(taxable)"])
    line["(tax)"] = to_dollars(line["(computed tax)"])
    return _with_extra(line, line["(tax)"], w4)


def _with_extra(line: Worksheet, tax: Cents, w4: Certificate) -> Worksheet:
    line["(extra)"] = w4["extra_withholding"]
    line["(withholding)"] = tax + line["(extra)"]
    return line
