"""Loans from a plan: how much, and the payments by payroll deduction.

Internal Revenue Code section 72(p) and 26 CFR 1.72(p)-1: at most 50,000 dollars less what the
highest balance of the last twelve months exceeds the present one by, and half of what is vested, or
10,000 if that is more; paid in level payments, at least every quarter, within five years unless it
buys a home.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen
from dateutil.relativedelta import relativedelta

from asopay.deductions.plan_limits import Figures
from asopay.money import ONE, Cents, at_least, at_least_zero, at_most, rate, rounded

QUARTERS = 4
MONTHS_OF_QUARTER = 3
YEARS = 5


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
    amount: Cents,
    annual_rate: Decimal | str,
    periods: int,
    periods_per_year: int,
    *,
    buys_home: bool = False,
) -> Iterator[LoanPayment]:
    """The level payments of a loan in cents; the last one settles what rounding left.

    Raises `ValueError` if an argument is below zero, there is no period, or the loan is not paid
    every quarter, within five years unless it buys the principal residence.
    """
    yearly = Fraction(rate(annual_rate), ONE)
    if amount < 0 or yearly < 0 or periods < 1:
        raise ValueError("amount and annual_rate are not below zero, periods are at least 1")
    if periods_per_year < QUARTERS:
        raise ValueError(f"periods_per_year: {periods_per_year} are less than one every quarter")
    if periods > YEARS * periods_per_year and not buys_home:
        raise ValueError(f"periods: {periods} are more than {YEARS} years")
    return _payments(amount, yearly / periods_per_year, periods)


def _payments(amount: Cents, each: Fraction, periods: int) -> Iterator[LoanPayment]:
    level = _level(amount, each, periods)
    balance = amount
    for number in range(1, periods + 1):
        interest = rounded(balance * each)
        payment = balance + interest if number == periods else min(level, balance + interest)
        balance -= payment - interest
        yield LoanPayment(number, payment, interest, payment - interest, balance)


def _level(amount: Cents, each: Fraction, periods: int) -> Cents:
    if not each:
        return rounded(Fraction(amount, periods))
    growth = (1 + each) ** periods
    return rounded(amount * each * growth / (growth - 1))


def cure_by(missed: date) -> date:
    """The last day on which a missed payment can be made up for, where the plan has a cure period.

    That is the end of the calendar quarter after the one in which it was due. Then the balance with
    its interest is a deemed distribution.

    >>> cure_by(date(2026, 2, 13)), cure_by(date(2026, 12, 31))
    (datetime.date(2026, 6, 30), datetime.date(2027, 3, 31))
    """
    left_of_quarter = -missed.month % MONTHS_OF_QUARTER
    return missed + relativedelta(months=left_of_quarter + MONTHS_OF_QUARTER, day=31)


def deemed_distribution(
    balance: Cents, annual_rate: Decimal | str, missed: date, cured_by: date | None = None
) -> Cents:
    """What is deemed to be distributed when a payment stays missed, in cents: balance and interest.

    Simple interest by days of 365 counts from the missed payment to the end of the cure period, or
    to the day `cured_by` of a shorter one. Reported on Form 1099-R, code L.

    >>> deemed_distribution(1_000_000, "0.08", date(2026, 2, 13))
    1030027
    """
    days = ((cured_by or cure_by(missed)) - missed).days
    return balance + rounded(balance * Fraction(rate(annual_rate), ONE) * days / 365)
