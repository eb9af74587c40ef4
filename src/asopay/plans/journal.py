"""The plan year in the employer's books: double entry, and every entry balances.

The employer has an account for the plan's cash. What employees contribute is owed to the plan until
it is paid in, and lowers the cost of benefits; claims incurred and not paid are a liability.
Amounts are whole cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from attrs import frozen

from asopay.errors import Fault, InvalidRequest
from asopay.money import Cents, as_text
from asopay.plans.fund import FundMonth
from asopay.plans.months import add_months
from asopay.plans.settlement import Settlement

CASH = "Cash"
PLAN_CASH = "Benefit plan cash"
WITHHELD = "Employee benefit contributions payable"
BENEFITS = "Benefits expense"
ADMINISTRATION = "Benefit administration expense"
PREMIUMS = "Stop-loss premium expense"
UNPAID = "Claims incurred and not paid"


@frozen
class Posting:
    """An amount on one side of an account, in cents."""

    account: str
    debit: Cents = 0
    credit: Cents = 0


@frozen
class JournalEntry:
    """A journal entry; `InvalidRequest` if debits and credits are not the same.

    >>> postings = (Posting(BENEFITS, debit=5), Posting(CASH, credit=4))
    >>> JournalEntry(date(2026, 1, 31), "Claims", postings)
    Traceback (most recent call last):
    asopay.errors.InvalidRequest: Claims: debits of 0.05 and credits of 0.04 differ
    """

    day: date
    text: str
    postings: tuple[Posting, ...]

    def __attrs_post_init__(self) -> None:
        debit, credit = (
            sum(posting.debit for posting in self.postings),
            sum(posting.credit for posting in self.postings),
        )
        if debit != credit:
            message = f"debits of {as_text(debit)} and credits of {as_text(credit)} differ"
            raise InvalidRequest([Fault(self.text, message)])


def journal(settled: Settlement) -> list[JournalEntry]:
    """The entries of a plan year: each month's, and the change of the reserve at its end.

    In a month: contributions of employees and employer into the plan's account, claims, fees and
    premiums out of it, reimbursements and other income into it.
    """
    entries = [entry for month in settled.months for entry in _of_month(month)]
    line = settled.settlement
    grown = line["(reserve at end)"] - line["(reserve at start)"]
    end = _last_of(settled.months[-1].month)
    entries += _moved(end, "Change of the reserve for unpaid claims", BENEFITS, UNPAID, grown)
    return entries


def balances(entries: Iterable[JournalEntry]) -> dict[str, Cents]:
    """What each account comes to, debits less credits; all together are zero."""
    totals: dict[str, Cents] = {}
    for entry in entries:
        for posting in entry.postings:
            moved = posting.debit - posting.credit
            totals[posting.account] = totals.get(posting.account, 0) + moved
    return totals


def _of_month(month: FundMonth) -> Iterator[JournalEntry]:
    end = _last_of(month.month)
    yield from _moved(end, "Contributions of employees", PLAN_CASH, WITHHELD, month.employees)
    yield from _moved(end, "Their part of the cost", WITHHELD, BENEFITS, month.employees)
    yield from _moved(end, "Contributions of the employer", PLAN_CASH, CASH, month.employer)
    yield from _moved(end, "Claims", BENEFITS, PLAN_CASH, month.claims)
    fees = month.administration + month.fixed
    yield from _moved(end, "Administration", ADMINISTRATION, PLAN_CASH, fees)
    yield from _moved(end, "Stop-loss premium", PREMIUMS, PLAN_CASH, month.stop_loss)
    returned = month.reimbursements + month.income
    yield from _moved(end, "Stop-loss, rebates and interest", PLAN_CASH, BENEFITS, returned)


def _moved(day: date, text: str, debit: str, credit: str, amount: Cents) -> Iterator[JournalEntry]:
    """An entry of two postings; below zero the sides are exchanged, and nothing is no entry."""
    if amount < 0:
        debit, credit, amount = credit, debit, -amount
    if amount:
        yield JournalEntry(
            day, text, (Posting(debit, debit=amount), Posting(credit, credit=amount))
        )


def _last_of(month: date) -> date:
    return add_months(month, 1) - timedelta(1)
