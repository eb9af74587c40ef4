"""The weekly benefit of a programme: shares of the average weekly wage, up to a maximum.

An estimate for planning. The agency decides on a claim, by wages that it knows better.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import frozen

from asopay.money import ONE, Cents, Rate, Unrounded, at_least, at_most, share, to_cents, unrounded
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count

Average = Literal[
    "year",
    "two highest quarters",
    "two highest of more than two quarters",
    "highest quarter",
    "weeks worked",
]
"""What the average weekly wage is made of: divided by 52, by 26, by 13, or by the weeks worked.

With wages in no more than two quarters, ``two highest of more than two quarters`` is the highest.
"""

Rounding = Literal["cent", "dollar below", "dollar above"]
"""To what an amount is rounded: half a cent up, down to the dollar, or up to the dollar."""

WEEKS_OF_QUARTER = 13
QUARTERS = 4
HALF_A_YEAR = 2
DOLLAR = 100 * ONE


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

    `eligible_from` are the wages of the base period from which a benefit is paid, and
    `quarter_from` those of its highest quarter. With `minimum_within_wage`, who earns less than the
    minimum gets no more than the average weekly wage. The average is rounded as `average_to` says,
    if the law does, the sum of the shares as `shares_to`, and before it each share as
    `each_share_to`.

    `waiting_days` are not paid; with `waiting_within_weeks` they count as leave. `weeks` is the
    longest duration in a year.
    """

    average: Average
    tiers: tuple[Tier, ...]
    maximum: Cents
    waiting_days: int
    weeks: int
    minimum: Cents = 0
    minimum_within_wage: bool = False
    waiting_within_weeks: bool = False
    eligible_from: Cents = 0
    quarter_from: Cents = 0
    average_to: Rounding | None = None
    shares_to: Rounding = "cent"
    each_share_to: Rounding | None = None
    dependents: Dependents | None = None


WEEKLY_BENEFIT = Form(
    "Weekly benefit (an estimate for planning)",
    result="(weekly benefit)",
    lines={
        "(wages)": "Wages of the base period",
        "(eligible from)": "Wages from which a benefit is paid",
        "(quarter)": "Wages of the highest quarter",
        "(quarter from)": "Wages of it from which a benefit is paid",
        "(averaged)": "Those of them that the average is made of",
        "(weeks)": count("Weeks that they are divided by"),
        "(average)": "Average weekly wage, to the cent",
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
    line["(quarter)"], line["(quarter from)"] = max(quarters), figures.quarter_from
    line["(averaged)"], line["(weeks)"] = _averaged(quarters, weeks_worked, figures.average)
    averaged = unrounded(line["(averaged)"])
    line["(average)"] = _rounded(averaged, figures.average_to or "cent", line["(weeks)"])
    if figures.average_to:
        line["(shares)"] = _shares(line["(average)"], 1, figures)
    else:
        line["(shares)"] = _shares(line["(averaged)"], line["(weeks)"], figures)
    line["(minimum)"], line["(maximum)"] = _minimum(line["(average)"], figures), figures.maximum
    line["(own)"] = at_most(at_least(line["(shares)"], line["(minimum)"]), line["(maximum)"])
    line["(dependents)"] = _of_dependents(line["(own)"], dependents, figures.dependents)
    enough = line["(quarter)"] >= line["(quarter from)"]
    eligible = enough and 0 < line["(wages)"] >= line["(eligible from)"]
    line["(weekly benefit)"] = line["(own)"] + line["(dependents)"] if eligible else 0
    return line


def _averaged(quarters: Sequence[Cents], weeks: int, average: Average) -> tuple[Cents, int]:
    """The wages that are averaged, and the weeks that they are divided by."""
    if average == "weeks worked":
        return sum(quarters), weeks
    if average == "two highest of more than two quarters":
        number = 2 if sum(wages > 0 for wages in quarters) > HALF_A_YEAR else 1
    else:
        number = {"year": QUARTERS, "two highest quarters": 2, "highest quarter": 1}[average]
    return sum(sorted(quarters)[-number:]), number * WEEKS_OF_QUARTER


def _shares(wages: Cents, weeks: int, figures: Figures) -> Cents:
    """The shares of what the wages are in a week; it is divided by the weeks at the end."""
    total = 0
    above = wages
    for tier in reversed(figures.tiers):
        part = max(above - tier.over * weeks, 0)
        of_part = share(part, tier.rate)
        if figures.each_share_to:
            of_part = unrounded(_rounded(of_part, figures.each_share_to, weeks)) * weeks
        total += of_part
        above -= part
    return _rounded(total, figures.shares_to, weeks)


def _rounded(amount: Unrounded, to: Rounding, divided_by: int = 1) -> Cents:
    dollar = DOLLAR * divided_by
    if to == "dollar below":
        return amount // dollar * 100
    if to == "dollar above":
        return -(-amount // dollar) * 100
    return to_cents(amount, divided_by)


def _minimum(wage: Cents, figures: Figures) -> Cents:
    return at_most(figures.minimum, wage) if figures.minimum_within_wage else figures.minimum


def _of_dependents(benefit: Cents, number: int, dependents: Dependents | None) -> Cents:
    if dependents is None:
        return 0
    each = at_least(to_cents(share(benefit, dependents.rate)), dependents.at_least)
    return each * min(number, dependents.most)
