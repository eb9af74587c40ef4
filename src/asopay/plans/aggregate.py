"""Aggregate stop-loss: what the carrier pays back when a year's claims exceed the attachment point.

The attachment point adds up monthly: employees of each tier times a factor, the expected claims
times a corridor. It is no less than a part of the first month's amount for a year. Claims above the
specific deductible do not count. Amounts are whole cents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from attrs import field, frozen

from asopay.money import ONE, Cents, Rate, at_least, at_least_zero, at_most, share, to_cents
from asopay.plans.enrolment import amount_by_month
from asopay.plans.months import MONTHS
from asopay.worksheet import Calculation, Form, rate_line


@frozen
class Aggregate:
    """Aggregate stop-loss: monthly `factors` by tier, or expected claims times a corridor.

    `expected` are the claims by employee and month, the same for each tier, and `corridor` is
    usually 1.25. `minimum` is the part of the first month's attachment for a year that the
    attachment point is at least, `maximum` the most that is paid back. With `accommodation` the
    carrier advances during the year what claims exceed the attachment of the months by.
    """

    factors: Mapping[str, Cents] = field(factory=dict)
    expected: Cents = 0
    corridor: Rate = ONE + ONE // 4
    minimum: Rate = 0
    maximum: Cents | None = None
    accommodation: bool = False

    def factor(self, tier: str) -> Cents:
        """The monthly factor of a tier, rounded half a cent up."""
        return self.factors.get(tier, to_cents(share(self.expected, self.corridor)))


AGGREGATE = Form(
    "Aggregate stop-loss",
    result="(reimbursement)",
    lines={
        "(accumulated)": "Employees of each month and tier times their factors",
        "(first month)": "Attachment of the first month, for a year",
        "(minimum share)": rate_line("Part of it that the attachment point is at least"),
        "(minimum)": "Minimum attachment point",
        "(attachment point)": "Attachment point",
        "(eligible)": "Claims that count: below each person's specific deductible",
        "(excess)": "Claims above the attachment point",
        "(maximum)": "Most that is paid back",
        "(reimbursement)": "Aggregate reimbursement",
    },
)


def attachment_by_month(
    enrolment: Mapping[str, Sequence[int]], aggregate: Aggregate
) -> list[Cents]:
    """What each month adds to the attachment point."""
    return amount_by_month(enrolment, {tier: aggregate.factor(tier) for tier in enrolment})


def aggregate_stop_loss(
    enrolment: Mapping[str, Sequence[int]], eligible: Cents, aggregate: Aggregate
) -> Calculation:
    """The aggregate reimbursement of a year whose `eligible` claims are net of the specific.

    >>> terms = Aggregate(expected=600_00, minimum=95_000_000)
    >>> line = aggregate_stop_loss({"EE": [100] * 12}, 905_000_00, terms)
    >>> line["(attachment point)"], line.result
    (90000000, 500000)
    """
    months = attachment_by_month(enrolment, aggregate)
    line = Calculation(AGGREGATE)
    line["(accumulated)"] = sum(months)
    line["(first month)"] = months[0] * MONTHS
    line["(minimum share)"] = aggregate.minimum
    line["(minimum)"] = to_cents(share(line["(first month)"], line["(minimum share)"]))
    line["(attachment point)"] = at_least(line["(accumulated)"], line["(minimum)"])
    line["(eligible)"] = eligible
    line["(excess)"] = at_least_zero(line["(eligible)"] - line["(attachment point)"])
    line["(reimbursement)"] = line["(excess)"]
    if aggregate.maximum is not None:
        line["(maximum)"] = aggregate.maximum
        line["(reimbursement)"] = at_most(line["(excess)"], line["(maximum)"])
    return line


def accommodation(attachments: Sequence[Cents], claims: Sequence[Cents]) -> list[Cents]:
    """What the carrier advances each month, below zero where the plan pays back.

    After each month the advances are what the claims so far exceed the attachment so far by.

    >>> accommodation([75_000, 75_000, 74_250], [60_000, 95_000, 70_000])
    [0, 5000, -4250]
    """
    so_far = zip(accumulate(claims), accumulate(attachments), strict=True)
    outstanding = [at_least_zero(claimed - attached) for claimed, attached in so_far]
    return [now - before for before, now in zip([0, *outstanding], outstanding, strict=False)]
