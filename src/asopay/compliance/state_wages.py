"""Wage detail of a quarter for a state's unemployment fund: what each employee was paid there."""

from __future__ import annotations

from attrs import frozen

from asopay.errors import one_of
from asopay.jurisdictions import STATES
from asopay.ledger import Entry, Ledger, Quarter, totals
from asopay.money import Cents


@frozen
class StateWages:
    """An employee's wages of a quarter in a state, and the employer's contribution; in cents.

    `excess_cents` are those of the wages that are above the wage base of the year.
    """

    employee: str
    wages_cents: Cents
    taxable_cents: Cents
    contribution_cents: Cents

    @property
    def excess_cents(self) -> Cents:
        """Wages above the wage base."""
        return self.wages_cents - self.taxable_cents


def state_wages(ledger: Ledger, state: str, quarter: Quarter, ein: str = "") -> list[StateWages]:
    """The employees insured against unemployment in a state, who were paid in a quarter, by id.

    What a state asks for beside wages (hours, weeks, names) is not in the ledger. Raises
    `ValueError` for a state that is none.

    >>> state_wages(Ledger(), "US-TX", Quarter(2026, 1))
    []
    """
    if state not in STATES:
        raise ValueError(f"state: {state!r} is not one of {one_of(STATES)}")
    tax = f"{state}/unemployment"
    by_employee: dict[str, list[Entry]] = {}
    for entry in ledger.of(quarter=quarter, ein=ein):
        by_employee.setdefault(entry.employee, []).append(entry)
    rows = []
    for employee, entries in sorted(by_employee.items()):
        sums = totals(entries)
        wages = sums.get(f"subject_wages/{tax}", 0)
        if wages:
            taxable = sums.get(f"employer_wages/{tax}", 0)
            rows.append(StateWages(employee, wages, taxable, sums.get(f"employer_tax/{tax}", 0)))
    return rows
