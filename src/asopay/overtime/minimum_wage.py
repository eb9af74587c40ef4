"""The minimum wage of a place and a day, and what is missing to it.

29 U.S.C. 206 for federal law; the highest of the federal, the state's and the locality's counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from asopay.money import Cents, at_least_zero
from asopay.overtime.regular_rate import hours_text, rounded_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count, unrounded_line


@frozen
class Figures:
    """The minimum of an hour, and the least cash wage of an hour that is tipped, in cents."""

    hourly: Cents
    tipped_cash: Cents


MAKE_UP = Form(
    "Minimum wage of a workweek",
    result="(shortfall)",
    lines={
        "(hours)": count("Hours worked"),
        "(required)": unrounded_line("Minimum wage for the hours"),
        "(paid)": unrounded_line("Pay for the hours, without premiums"),
        "(tips)": unrounded_line("Tips that count toward the minimum wage"),
        "(single hours)": unrounded_line("What single hours lack, where none makes up for another"),
        "(shortfall)": "What is missing to the minimum wage",
    },
)


def make_up(
    seconds: int,
    required: Fraction,
    paid: Fraction,
    tips: Fraction,
    table: Table[Figures],
    *,
    single_hours: Fraction = Fraction(0),
) -> Worksheet:
    """What is missing to the minimum wage of a workweek, in cents, 0 if nothing is.

    All amounts are in hundred-millionths of a cent. `tips` are those received, as far as they may
    be credited, `single_hours` what hours below the minimum lack by themselves.

    >>> from datetime import date
    >>> from asopay.money import unrounded
    >>> from asopay.overtime.law import standard_law
    >>> table = standard_law().minimum_wage(["US"], date(2026, 3, 2)).table
    >>> week = 40 * 3600
    >>> required, paid = (Fraction(unrounded(each * 40)) for each in (725, 700))
    >>> make_up(week, required, paid, Fraction(0), table).result
    1000
    """
    line = Worksheet(MAKE_UP, table)
    line["(hours)"] = hours_text(seconds)
    line["(required)"], line["(paid)"], line["(tips)"] = required, paid, tips
    line["(single hours)"] = single_hours
    missing = max(required - paid - tips, single_hours)
    line["(shortfall)"] = at_least_zero(-rounded_cents(-missing))
    return line


@frozen
class MinimumWage:
    """The minimum wage that counts: its place, its figures, and the table that they are from."""

    place: str
    hourly: Cents
    tipped_cash: Cents
    table: Table[Figures]


def highest(found: Mapping[str, Table[Figures]]) -> MinimumWage:
    """The one that counts, of the minimum wages of nested places; the tipped one likewise."""
    place = max(found, key=lambda each: found[each].figures.hourly)
    tipped = max(table.figures.tipped_cash for table in found.values())
    return MinimumWage(place, found[place].figures.hourly, tipped, found[place])
