"""What another place withholds from a resident's wages reduces the tax of the place of residence.

The reduction is no more than the other tax, and no more than the own tax on the same wages.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.money import ONE, Cents, Rate, at_most, in_ratio, share, to_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Credit:
    """What the place of residence credits: a share `factor` of the other tax.

    The other tax counts up to the rate `limit` of the wages, if there is one.
    """

    factor: Rate = ONE
    limit: Rate | None = None


WHOLE = Credit()

RESIDENT_CREDIT = Form(
    "Tax of a resident, reduced by the tax of the place of work",
    result="(withholding)",
    lines={
        "(tax)": "Tax of the place of residence",
        "(wages)": "Wages that it is on",
        "(elsewhere)": "Those of them that the place of work taxes too",
        "(limit)": "The tax's part for those wages",
        "(other tax)": "What the place of work withholds from them",
        "(credit limit)": rate_line("Rate up to which it is credited"),
        "(counted)": "What of it counts",
        "(factor)": rate_line("Share of that which is credited"),
        "(credited)": "What counts times the share",
        "(credit)": "Reduction: the smaller of both",
        "(withholding)": "Tax of the place of residence, reduced",
    },
)


def reduce(
    tax: Cents,
    wages: Cents,
    elsewhere: Cents,
    other_tax: Cents,
    table: Table[Any],
    *,
    terms: Credit = WHOLE,
) -> Worksheet:
    """The tax less the other, in cents; `wages` of more than zero bear the tax."""
    line = Worksheet(RESIDENT_CREDIT, table)
    line["(tax)"] = tax
    line["(wages)"] = wages
    line["(elsewhere)"] = elsewhere
    line["(limit)"] = in_ratio(tax, elsewhere, line["(wages)"])
    line["(other tax)"] = other_tax
    credited = line["(other tax)"]
    if terms.limit is not None:
        line["(credit limit)"] = terms.limit
        line["(counted)"] = at_most(credited, to_cents(share(elsewhere, terms.limit)))
        credited = line["(counted)"]
    if terms.factor != ONE:
        line["(factor)"] = terms.factor
        line["(credited)"] = to_cents(share(credited, terms.factor))
        credited = line["(credited)"]
    line["(credit)"] = at_most(credited, line["(limit)"])
    line["(withholding)"] = line["(tax)"] - line["(credit)"]
    return line
