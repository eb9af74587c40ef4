"""After the settlement: the next year's funding, and what the year would have cost otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import frozen

from asopay.money import Cents, rounded
from asopay.plans.enrolment import amount_by_month
from asopay.plans.expected_claims import Experience, Projection, credibility, expected_claims
from asopay.plans.funding import (
    MaximumCost,
    MonthlyCost,
    funding_cost,
    funding_rates,
    level_funded,
    maximum_cost,
)
from asopay.plans.months import MONTHS
from asopay.plans.plan_year import LevelFunding, NextYear
from asopay.plans.settlement import Settlement
from asopay.worksheet import Calculation


@frozen
class NextFunding:
    """The expected claims, the cost by employee and month, and the rate of each tier in cents."""

    expected: Calculation
    cost: Calculation
    rates: Mapping[str, Cents]


def next_funding(settled: Settlement, asked: NextYear) -> NextFunding:
    """The next year's funding from the claims that this year paid."""
    plan, line = settled.plan, settled.settlement
    enrolment = asked.enrolment or {tier: counts[-1] for tier, counts in settled.enrolment.items()}
    weight = Fraction(1)
    if asked.full_credibility is not None:
        weight = credibility(settled.employee_months // MONTHS, asked.full_credibility)
    experience = Experience(
        paid=line["(claims)"],
        employee_months=settled.employee_months,
        above_specific=settled.specific_in_year,
        rebates=plan.rebates,
        reserve_change=line["(reserve at end)"] - line["(reserve at start)"],
    )
    projection = Projection(asked.trend, asked.months, asked.factor, weight, asked.manual)
    employees = sum(enrolment.values())
    expected = expected_claims(experience, projection, employees)
    premium = plan.stop_loss.premium if plan.stop_loss else 0
    if asked.stop_loss_premium is not None:
        premium = asked.stop_loss_premium
    cost = funding_cost(
        MonthlyCost(
            expected["(expected cost)"],
            _administration(settled),
            premium,
            plan.funding.other_fixed,
            asked.margin,
        )
    )
    factors = {name: tier.factor for name, tier in plan.tiers.items()}
    return NextFunding(expected, cost, funding_rates(cost["(funded)"], enrolment, factors))


def _administration(settled: Settlement) -> Cents:
    """Administration of the year by employee and month, half a cent up."""
    return rounded(Fraction(settled.settlement["(administration)"], settled.employee_months))


def most_of_the_year(settled: Settlement) -> MaximumCost | None:
    """The most that the year could have cost, where the aggregate and the specific bound it."""
    stop_loss, line = settled.plan.stop_loss, settled.settlement
    if stop_loss is None or stop_loss.specific is None or settled.aggregate is None:
        return None
    specific = stop_loss.specific
    return maximum_cost(
        line["(administration)"] + line["(stop-loss)"] + line["(other fixed)"],
        settled.aggregate["(attachment point)"],
        specific.deductible,
        tuple(specific.lasers.values()),
        specific.aggregating,
    )


@frozen
class Comparison:
    """What the year's benefits cost the employer and employees together, in cents, by way.

    Ways that the plan year says nothing of are None. `self_funded` is on the incurred basis: paid
    claims and fixed costs, with the change of the reserve, less what came back.
    """

    self_funded: Cents
    insured: Cents | None
    level_funded: Cents | None


def compare(settled: Settlement) -> Comparison:
    """The year's cost self-funded, and by the alternatives that the plan year states."""
    line, alternatives = settled.settlement, settled.plan.alternatives
    insured = level = None
    if alternatives and alternatives.insured is not None:
        insured = sum(amount_by_month(settled.enrolment, alternatives.insured))
    if alternatives and alternatives.level is not None:
        level = _level_cost(settled, alternatives.level)
    return Comparison(line["(contributions)"] - line["(result)"], insured, level)


def _level_cost(settled: Settlement, offer: LevelFunding) -> Cents:
    """The level payments of the year less the refund; the claims are those net of the specific."""
    months = settled.employee_months
    net = settled.settlement["(claims)"] - settled.specific_in_year
    ended = level_funded(months * offer.claims_fund, net, offer.refund_share)
    monthly = offer.administration + offer.stop_loss + offer.claims_fund
    return months * monthly - ended.refund
