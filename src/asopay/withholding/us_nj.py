"""New Jersey: NJ-WT, the percentage method with Rate Tables A to E.

https://www.nj.gov/treasury/taxation/pdf/current/njwt.pdf
https://www.nj.gov/treasury/taxation/pdf/withholdingtables.pdf

The tables are printed for every payroll period, and a row includes its upper bound; some have bases
in whole dollars, so that the tax is not continuous where one row ends. An annualised variant uses
the annual tables and divides the annual tax; the two differ by up to half a dollar.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, Unrounded, at_least_zero, share, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Line, Worksheet, count, rate_line, shown, unrounded_line


@frozen
class Figures:
    """Amounts in cents.

    `rate_of_status` is the letter of the rate table for a filing status of Form NJ-W4 without a
    letter on line 3. An allowance is printed by frequency, the tables by letter and frequency.
    """

    rate_of_status: dict[str, str]
    allowance: dict[str, Cents]
    rate_tables: dict[str, dict[str, Brackets]]


_ROW: dict[str, str | Line] = {
    "(over)": "Row of the rate table: over",
    "(base)": "Amount of the row",
    "(rate)": rate_line("Rate of the excess"),
}
_END = {
    "(extra)": "NJ-W4, line 5: additional amount",
    "(withholding)": "Withholding of this period",
}

PERIOD = Form(
    "Percentage method",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "1": "Withholding allowances for the period",
        "2": "Wages subject to withholding",
        **_ROW,
        "3": "Withholding by the rate table",
        **_END,
    },
)

ANNUALISED = Form(
    "Percentage method on annualised wages",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "1": "Withholding allowances for the year",
        "2": "Annual wages subject to withholding",
        **_ROW,
        "(annual tax)": unrounded_line("Tax of the year by the rate table"),
        "(quotient)": shown("Tax of the year divided by periods", "(annual tax)", "(periods)"),
        "3": "Withholding of the period",
        **_END,
    },
)


def withhold(pay: Pay, nj_w4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax by the rate table of the payroll period, in cents."""
    line = Worksheet(PERIOD, table)
    line["(wages)"] = pay.wages
    line["3"] = to_cents(_tax(line, line["(wages)"], pay.frequency, nj_w4))
    return _with_extra(line, nj_w4)


def withhold_annual(pay: Pay, nj_w4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax by the annual rate table, divided by the periods, in cents."""
    line = Worksheet(ANNUALISED, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    line["(annual tax)"] = _tax(line, line["(annual wages)"], "annual", nj_w4)
    line["3"] = to_cents(line["(annual tax)"], divided_by=line["(periods)"])
    return _with_extra(line, nj_w4)


def _tax(line: Worksheet, wages: Cents, frequency: str, nj_w4: Certificate) -> Unrounded:
    figures: Figures = line.table.figures
    line["1"] = nj_w4["allowances"] * figures.allowance[frequency]
    line["2"] = at_least_zero(wages - line["1"])
    letter = nj_w4["rate_table"] or figures.rate_of_status[nj_w4.status]
    row = figures.rate_tables[letter][frequency].row_above(line["2"])
    line["(over)"], line["(base)"], line["(rate)"] = row
    return unrounded(line["(base)"]) + share(line["2"] - line["(over)"], line["(rate)"])


def _with_extra(line: Worksheet, nj_w4: Certificate) -> Worksheet:
    line["(extra)"] = nj_w4["extra_withholding"]
    line["(withholding)"] = line["3"] + line["(extra)"]
    return line
