"""A share of the federal income tax on the same supplemental wages: Vermont (GB-1210)."""

from __future__ import annotations

from attrs import frozen

from asopay.money import Rate, share, to_cents
from asopay.tables import Table
from asopay.withholding.pay import Supplement
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Figures:
    """The share of the federal tax."""

    share_of_federal: Rate


SHARE = Form(
    "Supplemental wages, share of the federal tax",
    result="(tax)",
    lines={
        "(wages)": "Supplemental wages of this payment",
        "(federal)": "Federal income tax withheld from them",
        "(share)": rate_line("Share of the federal tax"),
        "(tax)": "Federal tax times the share",
    },
)


def withhold(supplement: Supplement, table: Table[Figures]) -> Worksheet:
    """The share of the federal tax on the supplemental wages, in cents."""
    line = Worksheet(SHARE, table)
    line["(wages)"] = supplement.wages
    line["(federal)"] = 0 if supplement.exempt else supplement.federal_tax
    line["(share)"] = table.figures.share_of_federal
    line["(tax)"] = to_cents(share(line["(federal)"], line["(share)"]))
    return line
