"""Per diem allowances: up to the federal rate of the locality they are no wages.

Revenue Procedure 2019-48. The high-low method has two rates for all localities; the rates of the
General Services Administration by locality and month can be given by the caller. On the first and
last day of travel, three quarters of the part for meals count.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import frozen

from asopay.expenses.forms import ALLOWANCE, fill_in
from asopay.money import Cents, Rate, share, to_cents, unrounded
from asopay.overtime.law import FEDERAL, WageAndHourLaw, standard_law
from asopay.worksheet import Worksheet


@frozen
class Locality:
    """The federal rate of a day in cents: lodging with meals, and the part for meals."""

    daily: Cents
    meals: Cents


@frozen
class Figures:
    """The rates of the high-low method, and what counts of meals on a first or last day."""

    high: Cents
    low: Cents
    meals_high: Cents
    meals_low: Cents
    partial_day: Rate

    def locality(self, name: str) -> Locality:
        """The rates of a ``high`` or ``low`` locality; `ValueError` for another name."""
        rates = {
            "high": Locality(self.high, self.meals_high),
            "low": Locality(self.low, self.meals_low),
        }
        if name not in rates:
            raise ValueError(f"{name!r} is neither high nor low")
        return rates[name]


def per_diem(
    days: int,
    paid_per_day: Cents,
    locality: str | Locality,
    first_day: date,
    *,
    partial_days: int = 0,
    meals_only: bool = False,
    law: WageAndHourLaw | None = None,
) -> Worksheet:
    """What is paid for days of travel that began on a day, and which part of it is wages, in cents.

    `partial_days` are those of the `days` that are a first or last day of travel. Raises
    `ValueError` for days that don't fit, and `TableError` for a day without rates.

    >>> sheet = per_diem(3, 35_000, "high", date(2026, 3, 10))
    >>> sheet["(excluded)"], sheet.result
    (95700, 9300)
    """
    law = law or standard_law()
    table = law.table(FEDERAL, "per_diem", first_day)
    if not 0 <= partial_days <= days:
        raise ValueError(f"{partial_days} of {days} days can't be partial")
    rates = table.figures.locality(locality) if isinstance(locality, str) else locality
    daily = rates.meals if meals_only else rates.daily
    return fill_in(
        Worksheet(ALLOWANCE, table),
        days * paid_per_day,
        days * daily - _reduction(rates, partial_days, table.figures),
    )


def _reduction(rates: Locality, partial_days: int, figures: Any) -> Cents:
    """What does not count of the meals of partial days."""
    part = unrounded(rates.meals) - share(rates.meals, figures.partial_day)
    return to_cents(partial_days * part)
