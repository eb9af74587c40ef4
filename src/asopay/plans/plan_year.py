"""A plan year as a document states it: who is covered, how it is funded, and what was claimed.

Amounts are whole cents here and dollars in a document; monthly ones are for one employee. Every
list may be left out where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import field, frozen

from asopay.money import ONE, Cents, Rate
from asopay.plans.aggregate import Aggregate
from asopay.plans.benefits import Benefit, DisabilityBenefit
from asopay.plans.claims import Claim
from asopay.plans.enrolment import Coverage, Tier
from asopay.plans.funding import AdministrationFee
from asopay.plans.months import MONTHS
from asopay.plans.processing import Recovery
from asopay.plans.short_term_disability import DisabilityClaim
from asopay.plans.stop_loss import Specific

FundingMethod = Literal["rates", "maximum", "level"]
ReserveMethod = Literal["stated", "chain_ladder", "months_of_claims"]


@frozen
class PaidClaim:
    """A claim that the administrator reports as paid: it is not adjudicated again.

    `person` is an employee, or an employee, a slash and a dependent.
    """

    id: str
    person: str
    incurred: date
    paid: date
    amount: Cents
    benefit: str = "medical"
    reversed: date | None = None


@frozen
class Funding:
    """How the plan is funded each month, and its fixed costs.

    By ``rates`` each tier has a monthly rate. With ``maximum`` the fixed costs and the aggregate
    attachment of the month are paid in, with ``level`` the fixed costs and a `claims_fund` for each
    employee, at which aggregate stop-loss attaches; of a surplus the employer then gets the
    `refund_share`. `other_fixed` are further monthly costs by employee, such as a network's.
    """

    method: FundingMethod = "rates"
    rates: Mapping[str, Cents] = field(factory=dict)
    claims_fund: Cents = 0
    refund_share: Rate = ONE
    administration: AdministrationFee = field(factory=AdministrationFee)
    other_fixed: Cents = 0


@frozen
class StopLoss:
    """Stop-loss insurance: its premium by employee and month, its contract's basis, its terms.

    `benefits` are those whose claims count. `first_effective` is the day from which the carrier has
    covered the plan, for the basis ``paid``.
    """

    premium: Cents = 0
    basis: str = "12/12"
    benefits: Sequence[str] = ("medical",)
    first_effective: date | None = None
    specific: Specific | None = None
    aggregate: Aggregate | None = None


@frozen
class Reserves:
    """Reserves for unpaid claims and for bad years.

    The reserve at the end is ``stated``, by ``chain_ladder`` from a `triangle` (left out: that of
    the year's own payments), or by ``months_of_claims``: `months` of the year's average. A `margin`
    is added to what is computed. What is in the stabilisation reserve up to its target is kept when
    the year ends. Claims of the year are paid for so many `run_out_months` after it.
    """

    at_start: Cents = 0
    method: ReserveMethod = "stated"
    at_end: Cents = 0
    triangle: Sequence[Sequence[Cents | None]] = ()
    tail: Rate = ONE
    months: Rate = 0
    margin: Rate = 0
    stabilisation_at_start: Cents = 0
    stabilisation_target: Cents = 0
    run_out_months: int = 3


@frozen
class NextYear:
    """How the next year's funding follows from this year's claims.

    `full_credibility` is the number of employees' years at which the experience is fully credible;
    left out, it is. `enrolment` and the costs left out are those of this year's end.
    """

    trend: Rate
    months: int = MONTHS
    factor: Rate = ONE
    manual: Cents = 0
    full_credibility: int | None = None
    margin: Rate = 0
    stop_loss_premium: Cents | None = None
    enrolment: Mapping[str, int] | None = None


@frozen
class LevelFunding:
    """An offer of level funding: what is paid by employee and month, and the share of a surplus."""

    administration: Cents
    stop_loss: Cents
    claims_fund: Cents
    refund_share: Rate = ONE


@frozen
class Alternatives:
    """What the same year would have cost otherwise: insured premiums by tier, level funding."""

    insured: Mapping[str, Cents] | None = None
    level: LevelFunding | None = None


@frozen
class PlanYear:
    """A plan year of a self-funded plan, from enrolment to settlement.

    Who is covered stands in `coverage`, employee by employee, or as the number of employees of each
    month and tier in `enrolment`. `accumulators` are what counted before the first claim, such as
    ``dental/E-1/lifetime orthodontics``. `rebates` and `interest` are those of the year.
    """

    name: str
    start: date
    tiers: Mapping[str, Tier]
    funding: Funding
    coverage: Sequence[Coverage] = ()
    enrolment: Mapping[str, Sequence[int]] = field(factory=dict)
    benefits: Mapping[str, Benefit] = field(factory=dict)
    short_term_disability: DisabilityBenefit | None = None
    accumulators: Mapping[str, Cents] = field(factory=dict)
    claims: Sequence[Claim] = ()
    disability_claims: Sequence[DisabilityClaim] = ()
    paid_claims: Sequence[PaidClaim] = ()
    recoveries: Sequence[Recovery] = ()
    stop_loss: StopLoss | None = None
    reserves: Reserves = field(factory=Reserves)
    rebates: Cents = 0
    interest: Cents = 0
    next_year: NextYear | None = None
    alternatives: Alternatives | None = None
