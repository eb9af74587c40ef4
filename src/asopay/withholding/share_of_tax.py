"""A nonresident's tax as a share of the tax on all wages, by the wages earned in the state."""

from __future__ import annotations

from typing import Any

from asopay.money import Cents, in_ratio
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet

SHARE_OF_TAX = Form(
    "Nonresident's share of the tax",
    result="(withholding)",
    lines={
        "(tax)": "Tax on all wages",
        "(wages)": "All wages",
        "(in the state)": "Those of them that were earned in the state",
        "(withholding)": "The tax's part for those wages",
    },
)


def share_of(tax: Cents, wages: Cents, in_the_state: Cents, table: Table[Any]) -> Worksheet:
    """The part of the tax in cents; `wages` are more than zero."""
    line = Worksheet(SHARE_OF_TAX, table)
    line["(tax)"] = tax
    line["(wages)"] = wages
    line["(in the state)"] = in_the_state
    line["(withholding)"] = in_ratio(line["(tax)"], line["(in the state)"], line["(wages)"])
    return line
