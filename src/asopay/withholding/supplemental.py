"""Supplemental wages: the federal flat rates, and tax on wages that are added to those of a period.

Publication 15, section 7; 26 CFR 31.3402(g)-1.
"""

from __future__ import annotations

from attrs import frozen

from asopay.money import Cents, Rate, at_least_zero, at_most, share, to_cents
from asopay.tables import Table
from asopay.withholding.pay import Supplement
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Figures:
    """The optional flat rate, and the mandatory one on what exceeds the year's limit in cents."""

    rate: Rate
    limit: Cents
    rate_above: Rate


FLAT = Form(
    "Supplemental wages, flat rates",
    result="(tax)",
    lines={
        "(wages)": "Supplemental wages of this payment",
        "(paid before)": "Supplemental wages paid earlier in the year",
        "(room)": "What is left of the limit for the year",
        "(within)": "Wages within the limit",
        "(rate)": rate_line("Rate within the limit"),
        "(tax within)": "Tax within the limit",
        "(above)": "Wages above the limit",
        "(rate above)": rate_line("Rate above the limit"),
        "(tax above)": "Tax above the limit",
        "(tax)": "Tax on the supplemental wages",
    },
)


def withhold(supplement: Supplement, table: Table[Figures]) -> Worksheet:
    """The flat rate up to the limit and the mandatory rate above it; the tax in cents.

    A claim of exemption frees the part within the limit only.
    """
    figures = table.figures
    line = Worksheet(FLAT, table)
    line["(wages)"] = supplement.wages
    line["(paid before)"] = supplement.year_to_date
    line["(room)"] = at_least_zero(figures.limit - line["(paid before)"])
    line["(within)"] = at_most(line["(wages)"], line["(room)"])
    line["(rate)"] = 0 if supplement.exempt else figures.rate
    line["(tax within)"] = to_cents(share(line["(within)"], line["(rate)"]))
    line["(above)"] = line["(wages)"] - line["(within)"]
    line["(rate above)"] = figures.rate_above
    line["(tax above)"] = to_cents(share(line["(above)"], line["(rate above)"]))
    line["(tax)"] = line["(tax within)"] + line["(tax above)"]
    return line


AGGREGATE = Form(
    "Supplemental wages added to wages that were paid before",
    result="(tax)",
    lines={
        "(tax on the sum)": "Tax on these wages and those paid before, as one payment",
        "(withheld before)": "Tax already withheld from the wages paid before",
        "(tax)": "Tax on the supplemental wages",
    },
)


def aggregate(on_the_sum: Cents, withheld_before: Cents, table: Table[object]) -> Worksheet:
    """The aggregate procedure: tax on the sum less what has been withheld from the earlier part.

    All amounts in cents; never below zero.
    """
    line = Worksheet(AGGREGATE, table)
    line["(tax on the sum)"] = on_the_sum
    line["(withheld before)"] = withheld_before
    line["(tax)"] = at_least_zero(line["(tax on the sum)"] - line["(withheld before)"])
    return line
