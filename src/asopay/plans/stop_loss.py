"""Specific stop-loss: what the carrier pays back of a person's claims, and of each payment.

Which claims count is a matter of the contract's basis, months incurred and months paid: 12/12,
12/15 (run-out of three months), 15/12 (run-in of three months), 24/12, or ``paid`` (incurred since
the first contract) and ``incurred`` (paid whenever). Amounts are whole cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import field, frozen

from asopay.money import Cents, as_text, at_most
from asopay.plans.months import MONTHS, MOST_MONTHS, add_months, last_day
from asopay.plans.processing import Payment
from asopay.worksheet import Calculation, Form

NEVER = date.max


@frozen
class ContractPeriod:
    """The days on which a claim has to be incurred, and those on which it has to be paid."""

    incurred_from: date
    incurred_through: date
    paid_from: date
    paid_through: date

    def covers(self, payment: Payment) -> bool:
        """Whether the payment counts."""
        is_incurred = self.incurred_from <= payment.incurred <= self.incurred_through
        return is_incurred and self.paid_from <= payment.paid <= self.paid_through


def contract_period(basis: str, start: date, first: date | None = None) -> ContractPeriod:
    """The period of a contract that starts with the plan year.

    `basis` is months incurred, a slash, and months paid; or ``paid``, for which `first` is the day
    from which the carrier has covered the plan; or ``incurred``. Raises `ValueError` for others.

    >>> period = contract_period("15/12", date(2026, 1, 1))
    >>> print(period.incurred_from, period.incurred_through, period.paid_through)
    2025-10-01 2026-12-31 2026-12-31
    """
    end = last_day(start)
    if basis == "paid":
        return ContractPeriod(first or start, end, start, end)
    if basis == "incurred":
        return ContractPeriod(start, end, start, NEVER)
    incurred, _, paid = basis.partition("/")
    if not (_are_months(incurred) and _are_months(paid)):
        accepted = f"of {MONTHS} to {MOST_MONTHS}, such as 12/15, and not paid or incurred"
        raise ValueError(f"{basis!r} is not months incurred and paid {accepted}")
    return ContractPeriod(
        add_months(start, MONTHS - int(incurred)), end, start, last_day(start, int(paid))
    )


def _are_months(text: str) -> bool:
    return text.isdecimal() and len(text) < len("1000") and MONTHS <= int(text) <= MOST_MONTHS


@frozen
class Specific:
    """Specific stop-loss: above a `deductible` for each person, the carrier pays.

    `lasers` are the higher deductibles of single persons. The first excess of all persons, up to
    `aggregating`, stays with the plan, and `maximum` is the most that is paid back for a person.
    """

    deductible: Cents
    lasers: Mapping[str, Cents] = field(factory=dict)
    aggregating: Cents = 0
    maximum: Cents | None = None

    def deductible_of(self, person: str) -> Cents:
        """The deductible of a person: the laser, if there is one."""
        return self.lasers.get(person, self.deductible)


@frozen
class Shared:
    """A payment divided: the carrier's part, what counts toward the aggregate, and the rest.

    `reimbursed` is the specific reimbursement, and `counted` the part below the deductible. What is
    neither stays with the plan and counts for nothing: the part between deductible and laser, what
    falls under the aggregating deductible, and what exceeds the maximum.
    """

    payment: Payment
    reimbursed: Cents
    counted: Cents


def in_layer(amounts: Iterable[Cents], over: Cents, most: Cents | None = None) -> list[Cents]:
    """What of each amount lies where their running total is over an amount, `most` at most.

    >>> in_layer([60, 50, 30, -20], over=100), in_layer([60, 50, 30], over=100, most=25)
    ([0, 10, 30, -20], [0, 10, 15])
    """
    parts = []
    total = reached = 0
    for amount in amounts:
        total += amount
        above = max(0, total - over)
        upto = above if most is None else min(above, most)
        parts.append(upto - reached)
        reached = upto
    return parts


def specific_stop_loss(shared: Sequence[Shared], specific: Specific) -> Calculation:
    """The specific reimbursement of a contract period, person by person, in order of names.

    >>> day = date(2026, 5, 1)
    >>> paid = [Payment("C-1", "E-1", "medical", day, day, 120_000_00)]
    >>> terms = Specific(100_000_00, aggregating=5_000_00)
    >>> dict(specific_stop_loss(share_payments(paid, terms), terms))
    {'(E-1)': 2000000, '(excess)': 2000000, '(aggregating)': 500000, '(reimbursement)': 1500000}
    """
    totals: dict[str, Cents] = {}
    for each in shared:
        person = each.payment.person
        totals[person] = totals.get(person, 0) + each.payment.amount
    meanings, excess = {}, {}
    for person, total in sorted(totals.items()):
        deductible = specific.deductible_of(person)
        (above,) = in_layer([total], deductible, specific.maximum)
        if above:
            meanings[f"({person})"] = f"Claims of {person} above {as_text(deductible)}"
            excess[f"({person})"] = above
    meanings["(excess)"] = "Excess of all persons"
    meanings["(aggregating)"] = "Stays with the plan: the aggregating deductible"
    meanings["(reimbursement)"] = "Specific reimbursement"
    line = Calculation(Form("Specific stop-loss", "(reimbursement)", meanings))
    line.update(excess)
    line["(excess)"] = sum(excess.values())
    line["(aggregating)"] = at_most(specific.aggregating, line["(excess)"])
    line["(reimbursement)"] = line["(excess)"] - line["(aggregating)"]
    return line


def share_payments(payments: Sequence[Payment], specific: Specific) -> list[Shared]:
    """Each payment of a contract period with the carrier's part, in order of time.

    The parts of a person add up to the specific reimbursement; what is paid back to the plan for a
    claim lowers it.

    >>> day = date(2026, 5, 1)
    >>> paid = [Payment("C-1", "E-1", "medical", day, day, 120_000_00)]
    >>> (shared,) = share_payments(paid, Specific(100_000_00, aggregating=5_000_00))
    >>> shared.reimbursed, shared.counted
    (1500000, 10000000)
    """
    ordered = sorted(payments, key=lambda payment: (payment.paid, payment.claim))
    numbers: dict[str, list[int]] = {}
    for number, payment in enumerate(ordered):
        numbers.setdefault(payment.person, []).append(number)
    excess, below = [0] * len(ordered), [0] * len(ordered)
    for person, own in numbers.items():
        amounts = [ordered[number].amount for number in own]
        deductible = specific.deductible_of(person)
        above = in_layer(amounts, min(deductible, specific.deductible))
        carried = in_layer(amounts, deductible, specific.maximum)
        for number, amount, over, carrier in zip(own, amounts, above, carried, strict=True):
            below[number], excess[number] = amount - over, carrier
    reimbursed = in_layer(excess, specific.aggregating)
    return [Shared(*parts) for parts in zip(ordered, reimbursed, below, strict=True)]
