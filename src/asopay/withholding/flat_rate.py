"""Flat rate on the period's wages, less exemptions spread over the periods of the year.

Illinois (Booklet IL-700-T), Indiana (Departmental Notice #1), Pennsylvania (REV-415) and states
like them: each annual exemption is divided by the number of periods and rounded to the cent, and
so is the tax.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Cents, Rate, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.after_exemptions import LINES, tax_after_exemptions
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet


@frozen
class Figures:
    """The rate, and groups of annual exemptions in cents by box of the certificate.

    The boxes of one group are added before the division, each group is rounded by itself.
    """

    rate: Rate
    exemptions: tuple[dict[str, Cents], ...] = ()


FLAT_RATE = Form("Flat rate after exemptions", result="(withholding)", lines=LINES)


def withhold(pay: Pay, certificate: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents: the rate times wages less exemptions."""
    line = Worksheet(FLAT_RATE, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(exemptions)"] = 0
    for group in table.figures.exemptions:
        annual = sum(certificate[box] * amount for box, amount in group.items())
        line["(exemptions)"] += to_cents(unrounded(annual), divided_by=line["(periods)"])
    return tax_after_exemptions(line, table.figures.rate, certificate)
