"""Premiums of group health coverage: the parts of employee and employer, and what goes by pay.

How an employer divides a premium, and which part of a month it charges, is its plan's rule and no
law. Amounts are whole cents.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from asopay.money import ONE, Cents, at_least_zero, at_most, rate, share, to_cents

MONTHS = 12
MIDDLE = 15


def premium_parts(
    premium: Cents, *, employer: Cents | None = None, employer_rate: Decimal | str | None = None
) -> tuple[Cents, Cents]:
    """The employee's and the employer's part of a premium in cents.

    The employer pays an amount (a defined contribution), or a rate of the premium. Raises
    `ValueError` unless one of them is given, within the premium's sign.

    >>> premium_parts(145_000, employer=70_000), premium_parts(145_000, employer_rate="0.8")
    ((75000, 70000), (29000, 116000))
    """
    if (employer is None) == (employer_rate is None):
        raise ValueError("employer or employer_rate: one of them is needed")
    if employer is None:
        part = rate(str(employer_rate))
        if not 0 <= part <= ONE:
            raise ValueError(f"employer_rate: {employer_rate} is not from 0 to 1")
        employer = to_cents(share(premium, part))
    if premium < 0 or employer < 0:
        raise ValueError(f"premium {premium} and employer {employer}: neither is below zero")
    pays = at_most(employer, premium)
    return premium - pays, pays


def schedule(monthly: Cents, paychecks: int, *, settle: bool = True) -> list[Cents]:
    """The deduction of each paycheck of a year, from the cost of a month, in cents.

    Each is rounded down and the last one has the rest; all are rounded half a cent up if nothing
    is to be settled. Take 24 paychecks for a biweekly payroll that leaves out the third paycheck of
    a month. `ValueError` without a paycheck.

    >>> schedule(25_000, 26)[0], schedule(25_000, 26)[-1], schedule(25_000, 24)[0]
    (11538, 11550, 12500)
    """
    if paychecks < 1 or monthly < 0:
        raise ValueError("paychecks are at least 1, and monthly is not below zero")
    if not settle:
        return [(2 * MONTHS * monthly + paychecks) // (2 * paychecks)] * paychecks
    each = MONTHS * monthly // paychecks
    return [each] * (paychecks - 1) + [MONTHS * monthly - each * (paychecks - 1)]


def _full_month(day: int, days: int) -> Fraction:  # noqa: ARG001 - the methods share their arguments
    return Fraction(1)


def _daily(day: int, days: int) -> Fraction:
    return Fraction(days - day + 1, days)


def _wash(day: int, days: int) -> Fraction:  # noqa: ARG001
    return Fraction(day <= MIDDLE)


def _first_of_following(day: int, days: int) -> Fraction:  # noqa: ARG001
    return Fraction(day == 1)


MID_MONTH: dict[str, Callable[[int, int], Fraction]] = {
    "full_month": _full_month,
    "daily": _daily,
    "wash": _wash,
    "first_of_following": _first_of_following,
}
"""What is charged of a month in which coverage begins, by the method of the plan."""


def coverage_share(premium: Cents, begins: date, method: str) -> Cents:
    """The premium of the month in which coverage begins, in cents, half a cent up.

    ``full_month``; ``daily`` by the calendar days that are left; ``wash``, all if it begins by the
    15th and else nothing; ``first_of_following``, nothing unless it begins on the first. Raises
    `ValueError` for another method.

    >>> [coverage_share(60_000, date(2026, 6, 16), method) for method in MID_MONTH]
    [60000, 30000, 0, 0]
    """
    if method not in MID_MONTH:
        raise ValueError(f"{method!r} is not one of {', '.join(MID_MONTH)}")
    days = monthrange(begins.year, begins.month)[1]
    return int(premium * MID_MONTH[method](begins.day, days) + Fraction(1, 2))


def imputed_income(value: Cents, paid_after_tax: Cents = 0) -> Cents:
    """Income from coverage of a domestic partner who is no dependent, in cents.

    `value` is the fair value of the partner's coverage by the employer's policy: what coverage
    costs more with the partner, or the premium of one person. Internal Revenue Code sections 61,
    105(b) and 106.

    >>> imputed_income(145_000 - 70_000, paid_after_tax=40_000 - 14_000)
    49000
    """
    return at_least_zero(value - paid_after_tax)
