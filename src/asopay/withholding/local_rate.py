"""A place's flat rate on wages, less its own exemptions.

Cities of Michigan, Ohio's municipalities, Kansas City and St. Louis, Philadelphia, Wilmington, and
occupational taxes of Alabama and Kentucky. The tax of each payment is rounded to the cent.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import ONE, Cents, Rate, at_least_zero, share, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Figures:
    """The rate, and the annual amount in cents of one exemption of the box `exemptions`.

    Of what a place of work withholds, the place of residence credits the share `credit_factor`, up
    to the rate `credit_limit` of the wages if there is one; a place that has no credit, nothing.
    """

    rate: Rate
    exemption: Cents = 0
    credit_factor: Rate = ONE
    credit_limit: Rate | None = None


LOCAL_RATE = Form(
    "Flat rate of a place",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(exemptions)": "Exemptions for the period",
        "(taxable)": "Wages less exemptions",
        "(rate)": rate_line("Rate"),
        "(tax)": "Tax of the period",
        "(extra)": "Extra withholding of the certificate",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, certificate: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents."""
    figures = table.figures
    line = Worksheet(LOCAL_RATE, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    annual = certificate.get("exemptions", 0) * figures.exemption
    line["(exemptions)"] = to_cents(unrounded(annual), divided_by=line["(periods)"])
    line["(taxable)"] = at_least_zero(line["(wages)"] - line["(exemptions)"])
    line["(rate)"] = figures.rate
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    line["(extra)"] = certificate.get("extra_withholding", 0)
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
