"""The weekly benefit of a programme: shares of the average weekly wage, up to a maximum.

An estimate for planning. The agency decides on a claim, by wages that it knows better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import frozen

from asopay.money import Cents, Rate, Unrounded, at_least, at_most, share, to_cents, unrounded
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count

Average = Literal["year", "two highest quarters", "highest quarter", "weeks worked"]
"""What the average weekly wage is made of: divided by 52, by 26, by 13, or by the weeks worked."""

WEEKS_OF_QUARTER = 13
QUARTERS = 4


@frozen
class Tier:
    """The share of the part of the average weekly wage above `over`, in cents, to the next tier."""

    over: Cents
    rate: Rate


@frozen
class Dependents:
    """What is added for each dependent: a share of the benefit, at least an amount in cents."""

    rate: Rate
    at_least: Cents
    most: int


@frozen
class Figures:
    """The formula of the programme; amounts in cents.

    `eligible_from` are the wages of the base period from which a benefit is paid. `waiting_days`
    are not paid, and `weeks` is the longest duration in a year.
    """

    average: Average
    tiers: tuple[Tier, ...]
    maximum: Cents
    waiting_days: int
    weeks: int
    minimum: Cents = 0
    eligible_from: Cents = 0
    dependents: Dependents | None = None


WEEKLY_BENEFIT = Form(
    "Weekly benefit (an estimate for planning)",
    result="(weekly benefit)",
    lines={
        "(wages)": "Wages of the base period",
        "(eligible from)": "Wages from which a benefit is paid",
        "(averaged)": "Those of them that the average is made of",
        "(weeks)": count("Weeks that they are divided by"),
        "(average)": "Average weekly wage",
        "(shares)": "Shares of the average weekly wage",
        "(minimum)": "Least weekly benefit",
        "(maximum)": "Largest weekly benefit",
        "(own)": "Shares within both",
        "(dependents)": "Added for dependents",
        "(weekly benefit)": "Weekly benefit",
    },
)


def weekly_benefit(
    quarters: Sequence[Cents], weeks_worked: int, dependents: int, table: Table[Figures]
) -> Worksheet:
    """The weekly benefit in cents, 0 below the wages of eligibility."""
    figures = table.figures
    line = Worksheet(WEEKLY_BENEFIT, table)
    line["(wages)"] = sum(quarters)
    line["(eligible from)"] = figures.eligible_from
    line["(averaged)"], line["(weeks)"] = _averaged(quarters, weeks_worked, figures.average)
    line["(average)"] = to_cents(unrounded(line["(averaged)"]), divided_by=line["(weeks)"])
    line["(shares)"] = to_cents(_shares(line["(average)"], figures.tiers))
    line["(minimum)"], line["(maximum)"] = figures.minimum, figures.maximum
    line["(own)"] = at_most(at_least(line["(shares)"], line["(minimum)"]), line["(maximum)"])
    line["(dependents)"] = _of_dependents(line["(own)"], dependents, figures.dependents)
    eligible = 0 < line["(wages)"] >= line["(eligible from)"]
    line["(weekly benefit)"] = line["(own)"] + line["(dependents)"] if eligible else 0
    return line


def _averaged(quarters: Sequence[Cents], weeks: int, average: Average) -> tuple[Cents, int]:
    """The wages that are averaged, and the weeks that they are divided by."""
    if average == "weeks worked":
        return sum(quarters), weeks
    number = {"year": QUARTERS, "two highest quarters": 2, "highest quarter": 1}[average]
    return sum(sorted(quarters)[-number:]), number * WEEKS_OF_QUARTER


def _shares(wage: Cents, tiers: Sequence[Tier]) -> Unrounded:
    total = 0
    above = wage
    for tier in reversed(tiers):
        part = max(above - tier.over, 0)
        total += share(part, tier.rate)
        above -= part
    return total


def _of_dependents(benefit: Cents, number: int, dependents: Dependents | None) -> Cents:
    if dependents is None:
        return 0
    each = at_least(to_cents(share(benefit, dependents.rate)), dependents.at_least)
    return each * min(number, dependents.most)
