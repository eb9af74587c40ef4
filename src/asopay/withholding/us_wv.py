"""West Virginia: IT-100.2A, the percentage method, rounded to the dollar.

https://tax.wv.gov/Documents/Withholding/it100.2a.pdf

The tables for two earners or two jobs serve everybody who does not elect those for one earner with
one job on line 5 of Form WV/IT-104.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, at_least_zero, to_dollars
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, unrounded_line


@frozen
class Figures:
    """By frequency, in cents: one exemption, and the schedules for two earners and for one."""

    exemption: dict[str, Cents]
    two_earners: dict[str, Brackets]
    one_earner: dict[str, Brackets]


PERCENTAGE_METHOD = Form(
    "Percentage method",
    result="(withholding)",
    lines={
        "(wages)": "Gross wages of this period",
        "(exemptions)": "IT-104, line 4: exemptions, for the period",
        "(taxable)": "Wages less exemptions",
        "(computed tax)": unrounded_line("Tax on the taxable wages"),
        "(tax)": "Tax of the period, in whole dollars",
        "(extra)": "IT-104, line 6: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, it_104: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the nearest dollar."""
    figures = table.figures
    schedules = figures.one_earner if it_104["one_earner"] else figures.two_earners
    line = Worksheet(PERCENTAGE_METHOD, table)
    line["(wages)"] = pay.wages
    line["(exemptions)"] = it_104["exemptions"] * figures.exemption[pay.frequency]
    line["(taxable)"] = at_least_zero(line["(wages)"] - line["(exemptions)"])
    line["(computed tax)"] = schedules[pay.frequency].tax(line["(taxable)"])
    line["(tax)"] = to_dollars(line["(computed tax)"])
    line["(extra)"] = it_104["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
