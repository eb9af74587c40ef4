"""A state's flat rate on supplemental wages, and its rate for bonuses where it has one."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.money import Rate, share, to_cents, to_dollars
from asopay.tables import Table
from asopay.withholding.pay import Supplement
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Figures:
    """The rate, and the rate of bonuses and stock options where it differs."""

    rate: Rate
    bonus_rate: Rate | None = None


FLAT = Form(
    "Supplemental wages, flat rate",
    result="(tax)",
    lines={
        "(bonuses)": "Bonuses and stock options",
        "(bonus rate)": rate_line("Rate of bonuses and stock options"),
        "(other)": "Other supplemental wages",
        "(rate)": rate_line("Rate"),
        "(tax)": "Tax on the supplemental wages",
    },
)


def withhold(supplement: Supplement, table: Table[Figures]) -> Worksheet:
    """The flat tax on the supplemental wages, in cents, rounded to the cent."""
    return _flat(supplement, table, to_cents)


def withhold_whole_dollars(supplement: Supplement, table: Table[Figures]) -> Worksheet:
    """The flat tax on the supplemental wages, in cents, rounded to the nearest dollar."""
    return _flat(supplement, table, to_dollars)


def _flat(supplement: Supplement, table: Table[Figures], rounded: Any) -> Worksheet:
    figures = table.figures
    line = Worksheet(FLAT, table)
    bonus_rate = figures.rate if figures.bonus_rate is None else figures.bonus_rate
    line["(bonuses)"] = supplement.bonuses
    line["(bonus rate)"] = bonus_rate
    line["(other)"] = supplement.wages - supplement.bonuses
    line["(rate)"] = figures.rate
    on_bonuses = 0 if supplement.exempt else share(line["(bonuses)"], bonus_rate)
    on_others = 0 if supplement.exempt else share(line["(other)"], figures.rate)
    line["(tax)"] = rounded(on_bonuses + on_others)
    return line
