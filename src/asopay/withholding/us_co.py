"""Colorado: DR 1098, the withholding worksheet for employers.

https://tax.colorado.gov/DR1098
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Cents, Rate, at_least_zero, share, to_cents, to_dollars
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line, shown, unrounded_line


@frozen
class Figures:
    """The rate, and the annual allowance in cents by filing status where DR 0004 states none."""

    rate: Rate
    default_allowance: dict[str, Cents]


DR_1098 = Form(
    "DR 1098",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(allowance)": "DR 0004, line 2, or the amount for the filing status",
        "(taxable)": "Annual wages less the allowance",
        "(rate)": rate_line("Rate"),
        "(annual tax)": unrounded_line("Taxable amount times the rate"),
        "(quotient)": shown("Annual tax divided by periods", "(annual tax)", "(periods)"),
        "(tax)": "Tax of the period",
        "(extra)": "DR 0004, line 3: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, dr_0004: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the cent."""
    return _dr_1098(pay, dr_0004, table, to_cents)


def withhold_whole_dollars(pay: Pay, dr_0004: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the nearest dollar."""
    return _dr_1098(pay, dr_0004, table, to_dollars)


def _dr_1098(pay: Pay, dr_0004: Certificate, table: Table[Figures], rounded: Any) -> Worksheet:
    stated = dr_0004["annual_allowance"]
    default = table.figures.default_allowance[dr_0004.status]
    line = Worksheet(DR_1098, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    line["(allowance)"] = default if stated is None else stated
    line["(taxable)"] = at_least_zero(line["(annual wages)"] - line["(allowance)"])
    line["(rate)"] = table.figures.rate
    line["(annual tax)"] = share(line["(taxable)"], line["(rate)"])
    line["(tax)"] = rounded(line["(annual tax)"], divided_by=line["(periods)"])
    line["(extra)"] = dr_0004["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
