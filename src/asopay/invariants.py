"""What holds for every paycheck, as functions for tests of your own.

Each raises `AssertionError` with what is wrong, and returns nothing. They go well with the requests
that `asopay.strategies` draws, and with requests from your own records:

>>> from datetime import date
>>> from asopay import Earning, Employee, gross_to_net
>>> pay = [Earning("regular", amount="2000.00")]
>>> request = PaycheckRequest(date(2026, 3, 13), "weekly", Employee(["US-TX"]), pay)
>>> paycheck = gross_to_net(request)
>>> all_hold(request, paycheck)
>>> from attrs import evolve
>>> adds_up(evolve(paycheck, net_cents=200_000))
Traceback (most recent call last):
AssertionError: net pay, taxes and deductions: expected 2000.00 (gross pay), got 2478.84
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from asopay.earlier import AGGREGATED, is_kept_beside
from asopay.money import Cents, as_text, cents
from asopay.paycheck import Paycheck, PaycheckRequest

_OF_MONTH = re.compile(r".*/\d{4}-\d{2}")


def all_hold(request: PaycheckRequest, paycheck: Paycheck) -> None:
    """Everything below holds for the paycheck that the request led to."""
    adds_up(paycheck)
    no_negative(paycheck)
    within_gross(paycheck)
    explains(paycheck)
    year_to_date_carries(request, paycheck)


def adds_up(paycheck: Paycheck) -> None:
    """Net pay, what the employee pays and what is garnished are gross pay, as are the earnings.

    Expenses that are paid back are in net pay alone. The employer's cost is gross pay, its taxes,
    and what it adds to deductions.
    """
    gross = paycheck.gross_cents
    taxes = {"employee": 0, "employer": 0}
    for tax in paycheck.taxes:
        taxes[tax.payer] += tax.amount_cents
    deducted = sum(deduction.amount_cents for deduction in paycheck.deductions)
    added = sum(deduction.employer_amount_cents for deduction in paycheck.deductions)
    garnished = sum(entry.amount_cents + entry.fee_cents for entry in paycheck.garnishments)
    reimbursed = sum(each.amount_cents for each in paycheck.reimbursements)
    spent = paycheck.net_cents - reimbursed + taxes["employee"] + deducted + garnished
    _equal("earnings", gross, "gross pay", sum(paycheck.earnings_cents) - paycheck.imputed_cents)
    _equal("net pay, taxes and deductions", gross, "gross pay", spent)
    cost = paycheck.employer_cost_cents
    _equal("employer cost", gross + taxes["employer"] + added, "the sum", cost)


def no_negative(paycheck: Paycheck) -> None:
    """No amount is below zero, neither of the paycheck nor of the year to date."""
    for name, amount in _amounts(paycheck):
        if amount < 0:
            raise AssertionError(f"{name}: {as_text(amount)} is below zero")


def within_gross(paycheck: Paycheck) -> None:
    """No tax is computed on more than the employee gets, and no deduction exceeds the election.

    An employee gets gross pay, imputed income, and what the employer adds to deductions.
    """
    added = sum(entry.employer_amount_cents for entry in paycheck.deductions)
    received = paycheck.gross_cents + paycheck.imputed_cents + added
    for tax in paycheck.taxes:
        _at_most(f"wages of {tax.id}", received, "all that is received", tax.wages_cents)
    for entry in paycheck.deductions:
        _at_most(f"deduction {entry.kind}", entry.elected_cents, "elected", entry.amount_cents)


def explains(paycheck: Paycheck) -> None:
    """Each figure is the result of its last worksheet; only an overridden tax has none."""
    for tax in paycheck.taxes:
        if tax.overridden == bool(tax.worksheets):
            raise AssertionError(f"{tax.id}: a tax has worksheets or is overridden, and not both")
        if tax.worksheets:
            result = paycheck.worksheets[tax.worksheets[-1]].result
            _equal(f"{tax.payer} {tax.id}", result, "its worksheet", tax.amount_cents)
    for entry in paycheck.deductions:
        for name in entry.worksheets[-1:]:
            result = paycheck.worksheets[name].result
            due = entry.amount_cents + entry.unpaid_cents
            _equal(f"deduction {entry.kind}", result, "its worksheet", due)
    for order in paycheck.garnishments:
        for name in order.worksheets[-1:]:
            result = paycheck.worksheets[name].result
            _equal(f"garnishment {order.kind}", result, "its worksheet", order.amount_cents)


def year_to_date_carries(request: PaycheckRequest, paycheck: Paycheck) -> None:
    """The year to date is that of the request with this paycheck added, and nothing else.

    The wages of a tax that both employee and employer pay count once. Supplemental wages that are
    taxed together with regular ones count beside the taxes; they are within what is earned.
    """
    now = _of_this_paycheck(paycheck)
    for part, after in paycheck.year_to_date_cents.items():
        given = getattr(request.year_to_date, part)
        before = {key: cents(amount) for key, amount in given.items()}
        for key in filter(_is_of_a_tax, sorted({*before, *now[part], *after})):
            expected = before.get(key, 0) + now[part][key]
            _equal(f"year to date, {part} of {key}", expected, "the sum", after.get(key, 0))
        added = after.get(AGGREGATED, 0) - before.get(AGGREGATED, 0)
        earned = paycheck.gross_cents + paycheck.imputed_cents
        if not 0 <= added <= earned:
            amounts = f"{as_text(added)} is added, of {as_text(earned)} earned"
            raise AssertionError(f"year to date, {part} of {AGGREGATED}: {amounts}")


def _is_of_a_tax(key: str) -> bool:
    """Whether the key is that of a tax or a deduction, and not of wages that are kept beside."""
    return not is_kept_beside(key) and not _OF_MONTH.fullmatch(key)


def _of_this_paycheck(paycheck: Paycheck) -> dict[str, Counter[str]]:
    wages: Counter[str] = Counter()
    taxes: dict[str, Counter[str]] = {"employee": Counter(), "employer": Counter()}
    for tax in paycheck.taxes:
        wages[tax.id] = max(wages[tax.id], tax.wages_cents)
        taxes[tax.payer][tax.id] += tax.amount_cents
    deducted: Counter[str] = Counter()
    added: Counter[str] = Counter()
    for entry in paycheck.deductions:
        deducted[entry.kind] += entry.amount_cents
        added[entry.kind] += entry.employer_amount_cents
    return {
        "wages": wages,
        "taxes": taxes["employee"],
        "employer_taxes": taxes["employer"],
        "deductions": deducted,
        "employer_amounts": added,
    }


def _amounts(paycheck: Paycheck) -> Iterator[tuple[str, Cents]]:
    yield from ((f"earnings[{n}]", amount) for n, amount in enumerate(paycheck.earnings_cents))
    yield "net pay", paycheck.net_cents
    for tax in paycheck.taxes:
        yield f"wages of {tax.payer} {tax.id}", tax.wages_cents
        yield f"{tax.payer} {tax.id}", tax.amount_cents
    for entry in paycheck.deductions:
        yield f"deduction {entry.kind}", entry.amount_cents
        yield f"what the employer adds to {entry.kind}", entry.employer_amount_cents
    for order in paycheck.garnishments:
        yield f"garnishment {order.kind}", order.amount_cents
        yield f"fee of garnishment {order.kind}", order.fee_cents
        yield f"balance of garnishment {order.kind}", order.balance_cents or 0
        yield f"arrears of garnishment {order.kind}", order.arrears_balance_cents or 0
    for part, amounts in paycheck.year_to_date_cents.items():
        yield from ((f"year to date, {part} of {key}", amount) for key, amount in amounts.items())


def _equal(what: str, expected: Cents, named: str, actual: Cents) -> None:
    if actual != expected:
        raise AssertionError(
            f"{what}: expected {as_text(expected)} ({named}), got {as_text(actual)}"
        )


def _at_most(what: str, limit: Cents, named: str, actual: Cents) -> None:
    if actual > limit:
        raise AssertionError(f"{what}: {as_text(actual)} is above {as_text(limit)} ({named})")
