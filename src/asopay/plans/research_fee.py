"""The fee for the Patient-Centered Outcomes Research Institute (PCORI): lives times a rate.

Internal Revenue Code section 4376 and 26 CFR 46.4376-1: a plan year's average number of lives, by
one of four methods. The fee is reported on Form 720 for the second quarter, line 133.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from asopay.money import ONE, Cents, Rate, rounded
from asopay.plans.enrolment import Tier
from asopay.plans.law import table_of
from asopay.rulebook import Rulebook
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Figures:
    """The fee for a life in cents, and the lives that other than self-only cover counts as.

    The fee is due on a month and day of the year after that in which the plan year ends.
    """

    fee: Cents
    other_than_self_only: Rate
    due_month: int
    due_day: int


RESEARCH_FEE = Form(
    "Fee for a plan year",
    result="(fee)",
    lines={
        "(lives)": rate_line("Average number of lives"),
        "(rate)": "Fee for a life",
        "(fee)": "Fee",
    },
)


def actual_count(lives_by_day: Sequence[int]) -> Fraction:
    """The average of the lives of each day of the plan year."""
    return Fraction(sum(lives_by_day), len(lives_by_day))


def snapshot_count(lives_on_dates: Sequence[int]) -> Fraction:
    """The average of the lives on a date of each quarter, or on equally many dates of each.

    >>> snapshot_count([310, 320, 316, 330])
    Fraction(319, 1)
    """
    return Fraction(sum(lives_on_dates), len(lives_on_dates))


def by_cover(
    enrolment: Mapping[str, Sequence[int]],
    tiers: Mapping[str, Tier],
    months: Sequence[int] = (0, 3, 6, 9),
) -> tuple[list[int], list[int]]:
    """The employees with self-only and with other cover in these months, for the snapshot factor.

    >>> by_cover({"EE": [60] * 12, "FAM": [100] * 12}, {"EE": Tier(self_only=True), "FAM": Tier()})
    ([60, 60, 60, 60], [100, 100, 100, 100])
    """
    self_only, others = (
        [
            sum(counts[month] for tier, counts in enrolment.items() if tiers[tier].self_only is own)
            for month in months
        ]
        for own in (True, False)
    )
    return self_only, others


def snapshot_factor(self_only: Sequence[int], others: Sequence[int], figures: Figures) -> Fraction:
    """The average on such dates of self-only cover, and of other cover times its factor."""
    weight = Fraction(figures.other_than_self_only, ONE)
    lives = [each + weight * other for each, other in zip(self_only, others, strict=True)]
    return sum(lives, Fraction(0)) / len(lives)


def form_5500_count(at_start: int, at_end: int, *, self_only: bool = False) -> Fraction:
    """The participants of Form 5500 at the start and end, added; half if cover is self-only.

    >>> form_5500_count(5000, 5000), form_5500_count(90, 95, self_only=True)
    (Fraction(10000, 1), Fraction(185, 2))
    """
    both = Fraction(at_start + at_end)
    return both / 2 if self_only else both


def research_fee(lives: Fraction, table: Table[Figures]) -> Worksheet:
    """The fee for the average number of lives, rounded half a cent up.

    >>> research_fee(Fraction(319), research_fee_table(date(2025, 12, 31))).result
    122496
    """
    line = Worksheet(RESEARCH_FEE, table)
    line["(lives)"] = rounded(lives * ONE)
    line["(rate)"] = table.figures.fee
    line["(fee)"] = rounded(lives * table.figures.fee)
    return line


def research_fee_table(plan_year_end: date, rulebook: Rulebook | None = None) -> Table[Figures]:
    """The table for a plan year that ends on the day; `TableError` names the days covered."""
    return table_of("research_fee", plan_year_end, rulebook)


def due_date(plan_year_end: date, figures: Figures) -> date:
    """The day on which the fee is due; one on a weekend or holiday moves to the next workday.

    >>> due_date(date(2025, 12, 31), research_fee_table(date(2025, 12, 31)).figures)
    datetime.date(2026, 7, 31)
    """
    return date(plan_year_end.year + 1, figures.due_month, figures.due_day)
