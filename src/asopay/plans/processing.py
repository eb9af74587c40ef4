"""Claims as they come in, in time: payments, reversals, re-adjudication, and recoveries.

A claim counts toward accumulators in the order of service, not of arrival; claims of one day go by
their ids. When one comes in late or is reversed, those after it are adjudicated again, and what
changes is paid or taken back on that day.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import define, field, frozen

from asopay.errors import Fault, InvalidRequest
from asopay.money import Cents, as_text
from asopay.plans.benefits import Benefit, DisabilityBenefit
from asopay.plans.claims import Adjudicated, Claim, adjudicate
from asopay.plans.enrolment import Coverage, cover_on, covered_since
from asopay.plans.short_term_disability import DisabilityClaim, adjudicate_disability

Reason = Literal["claim", "reversal", "adjustment", "recovery", "reported"]


@frozen
class Recovery:
    """Money that a third party paid back for a claim: subrogation, in cents."""

    claim: str
    received: date
    amount: Cents


@frozen
class Payment:
    """What the plan paid for a claim on a day, in cents; what it got back is below zero."""

    claim: str
    person: str
    benefit: str
    incurred: date
    paid: date
    amount: Cents
    reason: Reason = "claim"


@define
class Family:
    """The claims of an employee and dependents, adjudicated in order of service.

    `used` are the accumulators, by names such as ``medical/E-1/deductible``. `reversed` are the
    claims that were taken out, as they stood until then.
    """

    benefits: Mapping[str, Benefit]
    coverage: Sequence[Coverage]
    used: dict[str, Cents] = field(factory=dict)
    claims: list[Claim] = field(factory=list, init=False)
    done: list[Adjudicated] = field(factory=list, init=False)
    reversed: list[Adjudicated] = field(factory=list, init=False)

    def enter(self, claim: Claim) -> None:
        """Adjudicates a claim, and those of later service again."""
        place = bisect_left(self.claims, _in_order(claim), key=_in_order)
        self._redo(place, [claim, *self.claims[place:]])

    def reverse(self, claim: Claim) -> None:
        """Takes a claim out, and adjudicates those of later service again."""
        place = self.claims.index(claim)
        self.reversed.append(self.done[place])
        self._redo(place, self.claims[place + 1 :])

    def paid(self) -> dict[str, Cents]:
        """What the plan pays of each claim."""
        return {each.claim: each.plan for each in self.done}

    def _redo(self, place: int, claims: list[Claim]) -> None:
        for undone in self.done[place:]:
            self._count(undone, -1)
        del self.done[place:], self.claims[place:]
        for claim in claims:
            self._adjudicate(claim)

    def _adjudicate(self, claim: Claim) -> None:
        cover = cover_on(self.coverage, claim.employee, claim.member, claim.service_date)
        if cover is None:
            raise ValueError(f"{claim.id}: {claim.person} has no cover on {claim.service_date}")
        adjudicated = adjudicate(
            claim,
            self.benefits[claim.benefit],
            self.used,
            covered_since=covered_since(self.coverage, cover),
            in_family=bool(cover.dependents),
        )
        self.claims.append(claim)
        self.done.append(adjudicated)
        self._count(adjudicated, 1)

    def _count(self, adjudicated: Adjudicated, sign: int) -> None:
        for name, amount in adjudicated.counted.items():
            self.used[name] = self.used.get(name, 0) + sign * amount


def _in_order(claim: Claim) -> tuple[date, str]:
    return claim.service_date, claim.id


@frozen
class Processed:
    """All claims of a plan year: their payments in order of time, and how they stand in the end.

    `used` are the accumulators after all claims. A claim that was reversed is not among the
    `adjudicated`, but among the `reversed`, as it stood until then.
    """

    payments: tuple[Payment, ...]
    adjudicated: tuple[Adjudicated, ...]
    reversed: tuple[Adjudicated, ...]
    used: Mapping[str, Cents]


def process(
    claims: Iterable[Claim],
    benefits: Mapping[str, Benefit],
    coverage: Sequence[Coverage],
    used: Mapping[str, Cents] | None = None,
) -> Processed:
    """The claims in time; `used` are accumulators from before, such as lifetime maxima.

    Raises `ValueError` for a claim of somebody who is not covered on the day of service.
    """
    by_employee: dict[str, list[Claim]] = {}
    for claim in claims:
        by_employee.setdefault(claim.employee, []).append(claim)
    payments: list[Payment] = []
    adjudicated: list[Adjudicated] = []
    gone: list[Adjudicated] = []
    totals: dict[str, Cents] = dict(used or {})
    for employee, own in by_employee.items():
        before = {key: amount for key, amount in totals.items() if _is_of(key, employee)}
        covers = [cover for cover in coverage if cover.employee == employee]
        family = Family(benefits, covers, before)
        payments += _in_time(family, own)
        adjudicated += family.done
        gone += family.reversed
        totals.update(family.used)
    payments.sort(key=_in_time_order)
    return Processed(tuple(payments), tuple(adjudicated), tuple(gone), totals)


def _is_of(key: str, employee: str) -> bool:
    return key.partition("/")[2].startswith(f"{employee}/")


def _in_time_order(payment: Payment) -> tuple[date, str]:
    return payment.paid, payment.claim


def _in_time(family: Family, claims: Sequence[Claim]) -> Iterable[Payment]:
    """Enters and reverses the claims day by day, and pays what changes."""
    events = [(claim.paid, 0, claim.id, claim) for claim in claims]
    events += [(c.reversed, 1, c.id, c) for c in claims if c.reversed is not None]
    by_id = {claim.id: claim for claim in claims}
    for day, is_reversal, identity, claim in sorted(events, key=lambda event: event[:3]):
        before = family.paid()
        if is_reversal:
            family.reverse(claim)
        else:
            family.enter(claim)
        after = family.paid()
        for changed in sorted(before.keys() | after.keys()):
            amount = after.get(changed, 0) - before.get(changed, 0)
            if amount:
                about = by_id[changed]
                reason: Reason = "adjustment"
                if changed == identity:
                    reason = "reversal" if is_reversal else "claim"
                yield Payment(
                    changed, about.person, about.benefit, about.incurred, day, amount, reason
                )


def process_disability(claims: Iterable[DisabilityClaim], terms: DisabilityBenefit) -> Processed:
    """The claims for disability; nothing accumulates."""
    payments: list[Payment] = []
    adjudicated: list[Adjudicated] = []
    gone: list[Adjudicated] = []
    for claim in claims:
        done = adjudicate_disability(claim, terms)
        paid = Payment(claim.id, claim.person, claim.benefit, claim.incurred, claim.paid, done.plan)
        payments.append(paid)
        if claim.reversed is None:
            adjudicated.append(done)
        else:
            gone.append(done)
            payments.append(_taken_back(paid, claim.reversed, done.plan, "reversal"))
    return Processed(tuple(payments), tuple(adjudicated), tuple(gone), {})


def recovered(recoveries: Sequence[Recovery], payments: Sequence[Payment]) -> list[Payment]:
    """What recoveries take off the plan's payments.

    Raises `InvalidRequest` where more comes back than the plan paid for a claim.
    """
    about = {payment.claim: payment for payment in payments}
    left: dict[str, Cents] = {}
    for payment in payments:
        left[payment.claim] = left.get(payment.claim, 0) + payment.amount
    faults, taken_back = [], []
    for number, one in enumerate(recoveries):
        paid = left.get(one.claim, 0)
        if one.amount > paid:
            message = f"{as_text(one.amount)} is more than the {as_text(paid)} that the plan paid"
            faults.append(Fault(f"recoveries[{number}].amount", message))
            continue
        left[one.claim] = paid - one.amount
        taken_back.append(_taken_back(about[one.claim], one.received, one.amount, "recovery"))
    if faults:
        raise InvalidRequest(faults)
    return taken_back


def _taken_back(payment: Payment, day: date, amount: Cents, reason: Reason) -> Payment:
    return Payment(
        payment.claim, payment.person, payment.benefit, payment.incurred, day, -amount, reason
    )
