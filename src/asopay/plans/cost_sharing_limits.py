"""The most that members may bear of essential health benefits in a plan year.

Public Health Service Act section 2707(b), 45 CFR 156.130: the limit on self-only cover, also for
each member of a family, and that on other cover. It does not hold for grandfathered plans.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from asopay.money import Cents, as_text
from asopay.plans.benefits import Benefit
from asopay.plans.law import table_of
from asopay.rulebook import Rulebook


@frozen
class Figures:
    """The limits of a plan year that begins in the calendar year, in cents."""

    self_only: Cents
    other: Cents


def cost_sharing_limits(plan_year_start: date, rulebook: Rulebook | None = None) -> Figures:
    """The limits of a plan year that starts on the day; `TableError` names the days covered."""
    figures: Figures = table_of("cost_sharing_limits", plan_year_start, rulebook).figures
    return figures


def above_limits(benefit: Benefit, limits: Figures) -> list[str]:
    """What of a medical benefit's out-of-pocket maxima is above the limits, or missing.

    >>> dear = Benefit(out_of_pocket_maximum=11_000_00, family_out_of_pocket_maximum=20_000_00)
    >>> above_limits(dear, cost_sharing_limits(date(2026, 1, 1)))
    ['out_of_pocket_maximum: 11000.00 is above the limit of 10600.00']
    """
    found = []
    for name, limit in (
        ("out_of_pocket_maximum", limits.self_only),
        ("family_out_of_pocket_maximum", limits.other),
    ):
        amount: Cents | None = getattr(benefit, name)
        if amount is None:
            found.append(f"{name}: there is none, and the limit is {as_text(limit)}")
        elif amount > limit:
            found.append(f"{name}: {as_text(amount)} is above the limit of {as_text(limit)}")
    return found
