"""A place's flat rate on wages, less its own exemptions or up to its own limit of the year.

Cities of Michigan, Ohio's municipalities, Kansas City and St. Louis, Philadelphia, Wilmington, and
occupational taxes of Alabama and Kentucky. The tax of each payment is rounded to the cent.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import ONE, Cents, Rate, at_least_zero, at_most, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.after_exemptions import LINES, tax_after_exemptions
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet


@frozen
class Figures:
    """The rate, and the annual amount in cents of one exemption of the box `exemptions`.

    `wage_base` is the most of a year's wages that is taxed, in cents, if there is a limit.
    Of what a place of work withholds, the place of residence credits the share `credit_factor`, up
    to the rate `credit_limit` of the wages if there is one; a place that has no credit, nothing.
    """

    rate: Rate
    exemption: Cents = 0
    wage_base: Cents | None = None
    credit_factor: Rate = ONE
    credit_limit: Rate | None = None


LOCAL_RATE = Form(
    "Flat rate of a place",
    result="(withholding)",
    lines={
        "(paid)": "Wages of this period",
        "(paid before)": "Wages that the place taxed earlier in the year",
        "(base left)": "What is left of the most that it taxes in a year",
        **LINES,
    },
)


def withhold(pay: Pay, certificate: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents."""
    figures = table.figures
    line = Worksheet(LOCAL_RATE, table)
    wages = pay.wages
    if figures.wage_base is not None:
        line["(paid)"] = wages
        line["(paid before)"] = pay.paid_before
        line["(base left)"] = at_least_zero(figures.wage_base - line["(paid before)"])
        wages = at_most(line["(paid)"], line["(base left)"])
    line["(wages)"] = wages
    line["(periods)"] = pay.periods
    annual = certificate.get("exemptions", 0) * figures.exemption
    line["(exemptions)"] = to_cents(unrounded(annual), divided_by=line["(periods)"])
    return tax_after_exemptions(line, figures.rate, certificate)
