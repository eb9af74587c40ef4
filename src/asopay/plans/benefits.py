"""The terms of benefits: what members pay of a service, and how much at most.

Amounts are whole cents, and `coinsurance` is the member's share of what is left after copay and
deductible. Limits are those of a plan year for a person; with `family_` for the employee and
dependents together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

from asopay.money import Cents, Rate

Coordination = Literal["standard", "basic", "carve_out", "maintenance_of_benefits"]
"""How a benefit pays after another plan: see `asopay.plans.coordination`."""


@frozen
class Service:
    """A service with terms of its own, such as a visit with a copay or a class of dental work.

    With `deductible` false the deductible does not apply; `coinsurance` left out is that of the
    benefit. What a service with `annual_maximum` false costs the plan does not count toward the
    benefit's annual maximum. `lifetime_maximum` is the most that the plan ever pays of it for a
    person, and `waiting_months` of cover have to pass before it is covered.
    """

    copay: Cents = 0
    deductible: bool = True
    coinsurance: Rate | None = None
    covered: bool = True
    annual_maximum: bool = True
    lifetime_maximum: Cents | None = None
    waiting_months: int = 0


@frozen
class Benefit:
    """A benefit that shares costs with its members, such as medical, dental or vision.

    `services` are those with terms of their own. With `embedded` false, a family's members have no
    deductible of their own, only that of the family. `annual_maximum` is the most that the plan
    pays for a person.
    """

    deductible: Cents = 0
    coinsurance: Rate = 0
    family_deductible: Cents | None = None
    out_of_pocket_maximum: Cents | None = None
    family_out_of_pocket_maximum: Cents | None = None
    annual_maximum: Cents | None = None
    embedded: bool = True
    coordination: Coordination = "standard"
    services: Mapping[str, Service] = field(factory=dict)


@frozen
class DisabilityBenefit:
    """Short-term disability: a `share` of weekly pay, from a day on, for so many weeks.

    Benefits start after `elimination_days`. Other income reduces them, down to `weekly_minimum`.
    """

    share: Rate
    weekly_maximum: Cents
    weekly_minimum: Cents = 0
    elimination_days: int = 7
    weeks: int = 26
