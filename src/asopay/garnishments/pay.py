"""The pay of a paycheck as garnishments meet it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from asopay.deductions import Deducted
from asopay.earnings.reading import PaidEarning
from asopay.money import Cents, at_least_zero
from asopay.paycheck import Tax


@frozen
class Pay:
    """What is paid out by kind of earnings, the employee's taxes, and what is deducted, in cents.

    `required` are the deductions that law requires, and `voluntary` all others, by kind.
    """

    frequency: str
    earnings: Mapping[str, Cents]
    taxes: Cents = 0
    voluntary: Mapping[str, Cents] = field(factory=dict)
    required: Cents = 0

    @property
    def gross(self) -> Cents:
        """All that is paid."""
        return sum(self.earnings.values())

    @property
    def left(self) -> Cents:
        """What is left after taxes and deductions that law requires: others can be cut."""
        return at_least_zero(self.gross - self.taxes - self.required)


def pay_of(
    frequency: str,
    earnings: Iterable[PaidEarning],
    deductions: Iterable[Deducted],
    taxes: Iterable[Tax],
) -> Pay:
    """The pay of a paycheck with the taxes and deductions that were taken."""
    paid: dict[str, Cents] = {}
    for earning in earnings:
        if not earning.imputed:
            paid[earning.kind] = paid.get(earning.kind, 0) + earning.amount
    voluntary: dict[str, Cents] = {}
    required = 0
    for deducted in deductions:
        kind, amount = deducted.taken.kind, deducted.taken.amount
        if deducted.election.required_by_law:
            required += amount
        else:
            voluntary[kind] = voluntary.get(kind, 0) + amount
    withheld = sum(tax.amount_cents for tax in taxes if tax.payer == "employee")
    return Pay(frequency, paid, withheld, voluntary, required)
