"""Ohio: the income tax of a school district, withheld from those who live in it.

Employer Withholding, School District Income Tax: https://tax.ohio.gov/

A district taxes the state's base, wages less exemptions, or earned income without any exemption.
The tax of the annualised base is rounded to the cent, and so is the part of the period.
"""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Cents, Rate, at_least_zero, share, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Figures:
    """The rate and the base of the district, and one exemption of the year in cents."""

    rate: Rate
    base: Literal["traditional", "earned"]
    exemption: Cents


SCHOOL_DISTRICT = Form(
    "School district income tax",
    result="(tax)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(exemptions)": "IT 4, line 4: exemptions of the year; none on earned income",
        "(taxable)": "Annual wages less exemptions",
        "(rate)": rate_line("Rate of the district"),
        "(annual tax)": "Tax of the year",
        "(tax)": "Tax of the period",
    },
)


def withhold(pay: Pay, it_4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents."""
    figures = table.figures
    line = Worksheet(SCHOOL_DISTRICT, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    allowed = it_4["exemptions"] if figures.base == "traditional" else 0
    line["(exemptions)"] = allowed * figures.exemption
    line["(taxable)"] = at_least_zero(line["(annual wages)"] - line["(exemptions)"])
    line["(rate)"] = figures.rate
    line["(annual tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    line["(tax)"] = to_cents(unrounded(line["(annual tax)"]), divided_by=line["(periods)"])
    return line
