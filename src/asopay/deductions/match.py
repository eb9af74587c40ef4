"""The employer's match on deferrals: tiers of percentages of compensation.

Internal Revenue Code section 401(k)(12) and (13) for the safe harbors. Amounts are whole cents; the
match is rounded once, half a cent up.

>>> match(deferral=20_000, compensation=500_000, formula=BASIC)  # 4 percent of 5,000.00
17500
"""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from asopay.money import ONE, Cents, Rate, at_least_zero, at_most, rate, share, to_cents, unrounded


def _percent(value: Decimal | int | str) -> Rate:
    of_hundred = rate(value)
    if of_hundred < 0:
        raise ValueError(f"{value} percent is below zero")
    return of_hundred // 100


@frozen
class Tier:
    """The `rate` in percent of deferrals up to a percentage of compensation, from the last tier."""

    up_to: Rate = field(converter=_percent)
    rate: Rate = field(converter=_percent)


@frozen
class MatchFormula:
    """Tiers in ascending order; `ValueError` if they are not."""

    tiers: tuple[Tier, ...]

    def __attrs_post_init__(self) -> None:
        bounds = [tier.up_to for tier in self.tiers]
        if bounds != sorted(set(bounds)):
            raise ValueError("tiers: they are not in ascending order of up_to")


BASIC = MatchFormula((Tier(3, 100), Tier(5, 50)))
"""The basic safe harbor match: all of 3 percent, half of the next 2."""

ENHANCED = MatchFormula((Tier(4, 100),))
"""An enhanced safe harbor match: all of 4 percent."""

QACA = MatchFormula((Tier(1, 100), Tier(6, 50)))
"""The match of a qualified automatic contribution arrangement: all of 1 percent, half of 5."""


def match(deferral: Cents, compensation: Cents, formula: MatchFormula) -> Cents:
    """The match on a deferral, for a pay period or a year, in cents.

    The compensation of a year counts up to the limit of section 401(a)(17): see `Figures.counted`.
    """
    total = below = 0
    for tier in formula.tiers:
        upto = share(compensation, tier.up_to)
        part = at_most(at_least_zero(unrounded(deferral) - below), upto - below)
        total += part * tier.rate
        below = upto
    return to_cents(total, divided_by=ONE)


def true_up(matched: Cents, deferral: Cents, compensation: Cents, formula: MatchFormula) -> Cents:
    """What is missing to the match of the year, when each pay period was matched by itself."""
    return at_least_zero(match(deferral, compensation, formula) - matched)
