"""Coordination of benefits: what a plan pays after another plan that pays first.

`standard`
: the plan's own benefit, at most what the other plan leaves to the patient.

`basic`
: the plan's own benefit, at most its own allowed amount less what the other plan paid.

`carve_out`
: the plan's own benefit less what the other plan paid (non-duplication).

`maintenance_of_benefits`
: the other plan's payment is taken off the allowed amount before deductible and coinsurance.

With the last two the plan pays no more than the patient still owes.
"""

from __future__ import annotations

from attrs import frozen

from asopay.money import Cents
from asopay.plans.benefits import Coordination


@frozen
class OtherPlan:
    """What a plan that pays first has paid of a claim; `allowed` by it, if that is known."""

    paid: Cents
    allowed: Cents | None = None


@frozen
class Coordinated:
    """The amount that all pay together, and what the plan pays of it, in cents."""

    allowed: Cents
    plan: Cents


def coordinate(
    coordination: Coordination, own: Cents, allowed: Cents, other: OtherPlan
) -> Coordinated:
    """What the plan pays in second place; `own` is what it would pay alone, of its own `allowed`.

    >>> coordinate("standard", own=8800, allowed=11000, other=OtherPlan(8000, allowed=10000))
    Coordinated(allowed=10000, plan=2000)
    >>> coordinate("basic", own=8800, allowed=11000, other=OtherPlan(8000, allowed=10000))
    Coordinated(allowed=11000, plan=3000)
    """
    if coordination == "basic":
        return Coordinated(max(allowed, other.paid), min(own, max(0, allowed - other.paid)))
    together = max(allowed if other.allowed is None else other.allowed, other.paid)
    if coordination == "carve_out":
        own = max(0, own - other.paid)
    return Coordinated(together, min(own, together - other.paid))
