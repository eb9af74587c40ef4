"""Form 1095-C: codes that say month by month what health coverage an employee was offered.

- Instructions for Forms 1094-C and 1095-C: https://www.irs.gov/pub/irs-pdf/i109495c.pdf

Lines 14 (the offer), 15 (what the cheapest self-only coverage costs the employee a month) and 16
(why no payment under section 4980H may be due). Only offers by the employer itself are coded, not
those of individual coverage arrangements (1L to 1U) or of several employers together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from attrs import frozen

from asopay.money import Cents

SafeHarbor = Literal["", "w2", "poverty_line", "rate_of_pay"]
OfferedTo = Literal["nobody", "employee", "children", "spouse", "family"]
MONTHS = 12

OFFERS = {"nobody": "1H", "employee": "1B", "children": "1C", "spouse": "1D", "family": "1E"}
QUALIFYING = "1A"
NO_MINIMUM_VALUE = "1F"
HARBORS = {"w2": "2F", "poverty_line": "2G", "rate_of_pay": "2H"}


@frozen
class Month:
    """What was so in one month.

    `offered_to` says who beside the employee was offered coverage that gives minimum value, or with
    `minimum_value` False coverage that does not. `cost` is the employee's share of the cheapest
    self-only coverage, in cents a month, and `safe_harbor` by which measure that is affordable.
    `waiting` is a limited non-assessment period.
    """

    employed: bool = True
    full_time: bool = True
    offered_to: OfferedTo = "nobody"
    minimum_value: bool = True
    enrolled: bool = False
    waiting: bool = False
    cost: Cents = 0
    safe_harbor: SafeHarbor = ""


@frozen
class Codes:
    """The entries of a month in lines 14 to 16; line 15 is None where it stays blank."""

    line_14: str
    line_15: Cents | None
    line_16: str


def codes(month: Month) -> Codes:
    """The codes of a month.

    A qualifying offer (1A) is one to the family at a cost that the poverty-line safe harbor finds
    affordable. Line 16 has one code, in this order: enrolled, not employed, waiting, not full-time,
    a safe harbor.

    >>> codes(Month(offered_to="family", enrolled=True, cost=120_00, safe_harbor="w2"))
    Codes(line_14='1E', line_15=12000, line_16='2C')
    >>> codes(Month(offered_to="family", cost=100_00, safe_harbor="poverty_line"))
    Codes(line_14='1A', line_15=None, line_16='')
    """
    offer = _offer(month)
    has_cost = offer not in (QUALIFYING, NO_MINIMUM_VALUE, OFFERS["nobody"])
    return Codes(offer, month.cost if has_cost else None, _line_16(month, offer))


def _offer(month: Month) -> str:
    if not month.employed or month.offered_to == "nobody":
        return OFFERS["nobody"]
    if not month.minimum_value:
        return NO_MINIMUM_VALUE
    if month.offered_to == "family" and month.full_time and month.safe_harbor == "poverty_line":
        return QUALIFYING
    return OFFERS[month.offered_to]


def _line_16(month: Month, offer: str) -> str:
    if not month.employed:
        return "2A"
    if month.enrolled and offer != OFFERS["nobody"]:
        return "2C"
    if month.waiting:
        return "2D"
    if not month.full_time:
        return "2B"
    offered = offer not in (OFFERS["nobody"], QUALIFYING)
    return HARBORS.get(month.safe_harbor, "") if offered else ""


def year_of_codes(months: Sequence[Month]) -> tuple[Codes, ...]:
    """The codes of the twelve months; `ValueError` if there are not twelve.

    >>> {each.line_16 for each in year_of_codes([Month(employed=False)] * 12)}
    {'2A'}
    """
    if len(months) != MONTHS:
        raise ValueError(f"months: there are {len(months)}; give all {MONTHS} of the year")
    return tuple(codes(month) for month in months)
