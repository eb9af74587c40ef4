"""Loans from a plan: how much, and the payments by payroll deduction.

Internal Revenue Code section 72(p): at most 50,000 dollars less what the highest balance of the
last twelve months exceeds the present one by, and half of what is vested, or 10,000 if that is
more; paid in level payments, at least every quarter, within five years unless it buys a home.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from asopay.deductions.plan_limits import Figures
from asopay.money import ONE, Cents, at_least, at_least_zero, at_most, rate


def largest_loan(vested: Cents, owed: Cents, highest: Cents, limits: Figures) -> Cents:
    """The largest new loan in cents.

    `owed` is the balance of other loans now, and `highest` their highest of the last twelve months.
    """
    of_plan = limits.loan - at_least_zero(highest - owed)
    of_balance = at_least(vested // 2, at_most(limits.loan_floor, vested))
    return at_least_zero(at_most(of_plan, of_balance) - owed)


@frozen
class LoanPayment:
    """One payment in cents: its interest, its principal, and the balance after it."""

    number: int
    payment: Cents
    interest: Cents
    principal: Cents
    balance: Cents


def loan_payments(
    amount: Cents, annual_rate: Decimal | str, periods: int, periods_per_year: int
) -> Iterator[LoanPayment]:
    """The level payments of a loan; the last one settles what rounding left.

    Raises `ValueError` if an argument is below zero, or there is no period.
    """
    yearly = Fraction(rate(annual_rate), ONE)
    if amount < 0 or yearly < 0 or min(periods, periods_per_year) < 1:
        raise ValueError("amount and annual_rate are not below zero, periods are at least 1")
    each = yearly / periods_per_year
    level = _level(amount, each, periods)
    balance = amount
    for number in range(1, periods + 1):
        interest = _rounded(balance * each)
        payment = balance + interest if number == periods else min(level, balance + interest)
        balance -= payment - interest
        yield LoanPayment(number, payment, interest, payment - interest, balance)


def _level(amount: Cents, each: Fraction, periods: int) -> Cents:
    if not each:
        return _rounded(Fraction(amount, periods))
    growth = (1 + each) ** periods
    return _rounded(amount * each * growth / (growth - 1))


def _rounded(amount: Fraction) -> Cents:
    return int(amount + Fraction(1, 2))
