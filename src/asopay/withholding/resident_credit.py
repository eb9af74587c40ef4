"""What another place withholds from a resident's wages reduces the tax of the place of residence.

The reduction is no more than the other tax, and no more than the own tax on the same wages.
"""

from __future__ import annotations

from typing import Any

from asopay.money import Cents, at_most, to_cents, unrounded
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet

RESIDENT_CREDIT = Form(
    "Tax of a resident, reduced by the tax of the place of work",
    result="(withholding)",
    lines={
        "(tax)": "Tax of the place of residence",
        "(wages)": "Wages that it is on",
        "(elsewhere)": "Those of them that the place of work taxes too",
        "(limit)": "The tax's part for those wages",
        "(other tax)": "What the place of work withholds from them",
        "(credit)": "Reduction: the smaller of both",
        "(withholding)": "Tax of the place of residence, reduced",
    },
)


def reduce(
    tax: Cents, wages: Cents, elsewhere: Cents, other_tax: Cents, table: Table[Any]
) -> Worksheet:
    """The tax less the other, in cents; `wages` of more than zero bear the tax."""
    line = Worksheet(RESIDENT_CREDIT, table)
    line["(tax)"] = tax
    line["(wages)"] = wages
    line["(elsewhere)"] = elsewhere
    line["(limit)"] = to_cents(unrounded(tax * elsewhere), divided_by=line["(wages)"])
    line["(other tax)"] = other_tax
    line["(credit)"] = at_most(line["(other tax)"], line["(limit)"])
    line["(withholding)"] = line["(tax)"] - line["(credit)"]
    return line
