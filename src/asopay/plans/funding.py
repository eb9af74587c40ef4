"""What the plan has to be funded with: fees, rates by tier, the most that a year can cost.

Amounts are whole cents, rounded half a cent up where a line says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import frozen

from asopay.money import ONE, Cents, Rate, at_least, at_least_zero, rounded, share, to_cents
from asopay.worksheet import Calculation, Form, rate_line


@frozen
class AdministrationFee:
    """The administrator's fee: by employee and month, as a share of claims paid, by claim.

    What is stated adds up, to at least `monthly_minimum`.
    """

    per_employee: Cents = 0
    of_paid_claims: Rate = 0
    per_claim: Cents = 0
    monthly_minimum: Cents = 0


def administration_fee(
    fee: AdministrationFee, *, employees: int = 0, paid: Cents = 0, claims: int = 0
) -> Cents:
    """The administrator's fee of a month. What was taken back lowers a share of claims paid.

    >>> administration_fee(AdministrationFee(per_employee=4200), employees=150)
    630000
    >>> of_claims = AdministrationFee(of_paid_claims=10_000_000, monthly_minimum=50_000)
    >>> administration_fee(of_claims, paid=423_457), administration_fee(of_claims, paid=700_000)
    (50000, 70000)
    """
    due = fee.per_employee * employees + fee.per_claim * claims
    return at_least(due + to_cents(share(paid, fee.of_paid_claims)), fee.monthly_minimum)


def funding_rates(
    cost: Cents, enrolment: Mapping[str, int], factors: Mapping[str, Rate]
) -> dict[str, Cents]:
    """The monthly rate of each tier: its factor times the cost of a month by weighted employee.

    `cost` is by employee and month, `enrolment` the employees of each tier. What tiers pay comes to
    the cost but for the rounding of the rates. Raises `ValueError` without employees.

    >>> factors = {"EE": ONE, "FAM": 290_000_000}
    >>> funding_rates(100_000, {"EE": 90, "FAM": 10}, factors)
    {'EE': 84034, 'FAM': 243697}
    """
    employees = sum(enrolment.values())
    weighted = sum(count * factors[tier] for tier, count in enrolment.items())
    if not weighted:
        raise ValueError("enrolment: there are no employees, so there is no rate")
    base = Fraction(cost * employees, weighted)
    return {tier: rounded(base * factor) for tier, factor in factors.items()}


@frozen
class MonthlyCost:
    """The costs by employee and month: expected claims with a margin, and what is fixed."""

    claims: Cents
    administration: Cents = 0
    stop_loss: Cents = 0
    other: Cents = 0
    margin: Rate = 0


FUNDING_COST = Form(
    "Cost by employee and month, from which rates are made",
    result="(funded)",
    lines={
        "(claims)": "Expected claims",
        "(administration)": "Administration",
        "(stop-loss)": "Stop-loss premium",
        "(other)": "Other fixed costs",
        "(cost)": "Cost without margin, on which the premium of COBRA rests",
        "(margin rate)": rate_line("Margin on the claims"),
        "(margin)": "Margin",
        "(funded)": "Cost with margin",
    },
)


def funding_cost(cost: MonthlyCost) -> Calculation:
    """The cost by employee and month without and with the margin, which is rounded by itself.

    >>> line = funding_cost(MonthlyCost(71_421, 4_200, 12_475, 475, margin=3_000_000))
    >>> line["(cost)"], line["(margin)"], line["(funded)"]
    (88571, 2143, 90714)
    """
    line = Calculation(FUNDING_COST)
    line["(claims)"], line["(administration)"] = cost.claims, cost.administration
    line["(stop-loss)"], line["(other)"] = cost.stop_loss, cost.other
    line["(cost)"] = sum(line.values())
    line["(margin rate)"] = cost.margin
    line["(margin)"] = to_cents(share(cost.claims, cost.margin))
    line["(funded)"] = line["(cost)"] + line["(margin)"]
    return line


@frozen
class MaximumCost:
    """The most that the employer pays for the claims of a year, and of what it is made."""

    fixed: Cents
    attachment: Cents
    lasers: Cents
    aggregating: Cents

    @property
    def maximum(self) -> Cents:
        """All of it."""
        return self.fixed + self.attachment + self.lasers + self.aggregating


def maximum_cost(
    fixed: Cents,
    attachment: Cents,
    specific_deductible: Cents,
    lasers: Sequence[Cents] = (),
    aggregating: Cents = 0,
) -> MaximumCost:
    """Fixed costs, the aggregate attachment, and what a laser adds to the specific deductible.

    >>> maximum_cost(308_700_00, 1_606_972_50, 75_000_00, lasers=[200_000_00]).maximum
    204067250
    """
    exposed = sum(at_least_zero(laser - specific_deductible) for laser in lasers)
    return MaximumCost(fixed, attachment, exposed, aggregating)


@frozen
class LevelFunded:
    """How a level-funded year ends: the claims fund, and who gets or bears what is left."""

    claims_fund: Cents
    claims: Cents
    surplus: Cents
    refund: Cents
    stop_loss: Cents


def level_funded(claims_fund: Cents, claims: Cents, refund_share: Rate = ONE) -> LevelFunded:
    """The end of a level-funded year: a surplus is shared, a deficit is the stop-loss carrier's.

    `claims` are those net of specific stop-loss; the aggregate attaches at the claims fund.

    >>> level_funded(192_000_00, 150_000_00, refund_share=50_000_000).refund
    2100000
    >>> level_funded(192_000_00, 230_000_00).stop_loss
    3800000
    """
    surplus = at_least_zero(claims_fund - claims)
    refund = to_cents(share(surplus, refund_share))
    return LevelFunded(claims_fund, claims, surplus, refund, at_least_zero(claims - claims_fund))
