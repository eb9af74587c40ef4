"""Flat rate on the period's wages, less exemptions spread over the periods of the year.

Illinois (Booklet IL-700-T), Indiana (Departmental Notice #1), Pennsylvania (REV-415) and states
like them: each annual exemption is divided by the number of periods and rounded to the cent, and
so is the tax.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Cents, Rate, at_least_zero, share, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Figures:
    """The rate, and groups of annual exemptions in cents by box of the certificate.

    The boxes of one group are added before the division, each group is rounded by itself.
    """

    rate: Rate
    exemptions: tuple[dict[str, Cents], ...] = ()


FLAT_RATE = Form(
    "Flat rate after exemptions",
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
    """The tax of one period in cents: the rate times wages less exemptions."""
    figures = table.figures
    line = Worksheet(FLAT_RATE, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(exemptions)"] = 0
    for group in figures.exemptions:
        annual = sum(certificate[box] * amount for box, amount in group.items())
        line["(exemptions)"] += to_cents(unrounded(annual), divided_by=line["(periods)"])
    line["(taxable)"] = at_least_zero(line["(wages)"] - line["(exemptions)"])
    line["(rate)"] = figures.rate
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    line["(extra)"] = certificate.get("extra_withholding", 0)
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
