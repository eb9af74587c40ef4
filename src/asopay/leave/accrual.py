"""Accrual of paid leave: by the hour worked, by the pay period, or all at once.

Hours are in hundredths. What accrues in a period is rounded once, half a hundredth up.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from asopay.earnings.hours import ten_thousandths
from asopay.errors import shown

HUNDREDTH = 100
"""Ten-thousandths in a hundredth."""


def hundredths(hours: Decimal | int | str) -> int:
    """Hours as a whole number of hundredths; `ValueError` for more than two decimals.

    >>> hundredths("46.5")
    4650
    """
    parts = ten_thousandths(hours)
    if parts % HUNDREDTH:
        raise ValueError(f"{shown(hours)} is not a number of hours of at most two decimals")
    return parts // HUNDREDTH


@frozen
class LeavePlan:
    """How leave accrues: one hour `per_hours` worked, hours `per_period`, or `front_loaded` a year.

    Accrual stops at the `balance_cap` and at the `yearly_cap`; `carry_over` is the most that is
    kept at the end of the year (None is all). Leave may be used from `waiting_days` after the hire
    on. All hours are in hundredths.
    """

    per_hours: Decimal | int | str | None = None
    per_period: int = 0
    front_loaded: int = 0
    balance_cap: int | None = None
    yearly_cap: int | None = None
    carry_over: int | None = None
    waiting_days: int = 0


@frozen
class Accrued:
    """What a pay period adds: by the plan's formula, within its caps, and the balance after it.

    `lost` is what a cap kept from accruing.
    """

    formula: int
    added: int
    balance: int

    @property
    def lost(self) -> int:
        """Hundredths of an hour that a cap kept from accruing."""
        return self.formula - self.added


def accrue(plan: LeavePlan, balance: int, hours_worked: int, accrued_this_year: int = 0) -> Accrued:
    """The accrual of a pay period with so many hundredths of hours worked.

    A balance above the cap stays as it is.

    >>> plan = LeavePlan(per_hours=30, balance_cap=4800)
    >>> accrue(plan, balance=4650, hours_worked=8600)
    Accrued(formula=287, added=150, balance=4800)
    """
    formula = plan.per_period
    if plan.per_hours is not None:
        hours = Fraction(ten_thousandths(plan.per_hours), HUNDREDTH**2)
        if not hours:
            raise ValueError("per_hours is the number of hours worked for one of leave, not 0")
        share = Fraction(hours_worked) / hours
        formula += (2 * share.numerator + share.denominator) // (2 * share.denominator)
    added = formula
    if plan.balance_cap is not None:
        added = min(added, max(plan.balance_cap - balance, 0))
    if plan.yearly_cap is not None:
        added = min(added, max(plan.yearly_cap - accrued_this_year, 0))
    return Accrued(formula, added, balance + added)


def new_year(plan: LeavePlan, balance: int) -> int:
    """The balance on the first day of a new year: what carries over, and what is front-loaded.

    >>> new_year(LeavePlan(front_loaded=4000, carry_over=0), balance=1200)
    4000
    """
    kept = balance if plan.carry_over is None else min(balance, plan.carry_over)
    return kept + plan.front_loaded


def may_be_used(plan: LeavePlan, hired: date, day: date) -> bool:
    """Whether the waiting period of the plan is over on the day.

    >>> may_be_used(LeavePlan(waiting_days=90), date(2026, 1, 1), date(2026, 4, 1))
    True
    """
    return day >= hired + timedelta(plan.waiting_days)
