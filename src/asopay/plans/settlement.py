"""The settlement of a plan year: what it cost, what stays with the plan, and what is owed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from attrs import evolve, frozen

from asopay.money import ONE, Cents, at_least_zero, at_most, rounded, share, to_cents
from asopay.plans.aggregate import Aggregate
from asopay.plans.claims import Adjudicated
from asopay.plans.enrolment import enrolment_by_month
from asopay.plans.fund import FundMonth, aggregate_at, fund_by_month, within_year
from asopay.plans.months import last_day
from asopay.plans.plan_year import PlanYear
from asopay.plans.processing import Payment, Processed, process, process_disability, recovered
from asopay.plans.reserves import development_of, reserve_at_end
from asopay.plans.stop_loss import Shared, Specific, contract_period, share_payments
from asopay.plans.triangles import Development
from asopay.worksheet import Calculation, Form

SETTLEMENT = Form(
    "Settlement of the plan year",
    result="(result)",
    lines={
        "(employees)": "Contributions of employees",
        "(employer)": "Contributions of the employer",
        "(contributions)": "Contributions",
        "(reimbursements)": "Stop-loss reimbursements for what was paid in the year",
        "(rebates)": "Rebates",
        "(interest)": "Interest",
        "(income)": "Everything that came in",
        "(claims)": "Claims paid, less what came back",
        "(administration)": "Administration",
        "(stop-loss)": "Stop-loss premium",
        "(other fixed)": "Other fixed costs",
        "(outgo)": "Everything that was paid",
        "(cash result)": "Cash surplus, or deficit below zero",
        "(reserve at start)": "Reserve for unpaid claims at the start",
        "(reserve at end)": "Reserve for unpaid claims at the end",
        "(result)": "Surplus, or deficit below zero, unpaid claims included",
        "(stabilisation)": "Stabilisation reserve at the start",
        "(available)": "Available, or lacking below zero",
        "(retained)": "Retained in the stabilisation reserve, up to its target",
        "(kept by others)": "Part of a level-funded surplus that is not refunded",
        "(released)": "Surplus for the employer: a refund, or lower funding",
        "(owed)": "Owed by the employer",
        "(participants)": "Employees' part of a cash surplus, by contributions",
    },
)

RUN_OUT = Form(
    "Run-out: claims of the year that were paid after it",
    result="(released)",
    lines={
        "(reserve)": "Reserve for unpaid claims at the end of the year",
        "(paid)": "Paid in the run-out, less what came back",
        "(reimbursements)": "Stop-loss reimbursements for it",
        "(net)": "Borne by the plan",
        "(released)": "Left of the reserve; below zero it did not suffice",
    },
)


@frozen
class Money:
    """What a year's fund took in and paid, in cents; `fixed` costs are those of all kinds."""

    employees: Cents
    employer: Cents
    reimbursements: Cents
    claims: Cents
    administration: Cents = 0
    stop_loss: Cents = 0
    other_fixed: Cents = 0
    rebates: Cents = 0
    interest: Cents = 0


@frozen
class Held:
    """Reserves in cents: for unpaid claims at start and end, and for bad years with its target."""

    at_start: Cents = 0
    at_end: Cents = 0
    stabilisation: Cents = 0
    target: Cents = 0


def settlement(money: Money, held: Held, refund_share: int = ONE) -> Calculation:
    """The settlement of a year's money: a surplus stays, a deficit is the employer's.

    >>> year = Money(375_000_00, 1_125_000_00, 40_000_00, 1_310_000_00, 285_000_00)
    >>> line = settlement(year, Held(at_start=140_000_00, at_end=158_000_00))
    >>> line["(cash result)"], line["(result)"], line["(owed)"]
    (-5500000, -7300000, 7300000)
    """
    line = Calculation(SETTLEMENT)
    line["(employees)"], line["(employer)"] = money.employees, money.employer
    line["(contributions)"] = money.employees + money.employer
    line["(reimbursements)"] = money.reimbursements
    line["(rebates)"], line["(interest)"] = money.rebates, money.interest
    returned = money.reimbursements + money.rebates + money.interest
    line["(income)"] = line["(contributions)"] + returned
    line["(claims)"] = money.claims
    line["(administration)"], line["(stop-loss)"] = money.administration, money.stop_loss
    line["(other fixed)"] = money.other_fixed
    fixed = money.administration + money.stop_loss + money.other_fixed
    line["(outgo)"] = line["(claims)"] + fixed
    line["(cash result)"] = line["(income)"] - line["(outgo)"]
    line["(reserve at start)"], line["(reserve at end)"] = held.at_start, held.at_end
    line["(result)"] = line["(cash result)"] + held.at_start - held.at_end
    line["(stabilisation)"] = held.stabilisation
    line["(available)"] = line["(result)"] + held.stabilisation
    left = at_least_zero(line["(available)"])
    line["(retained)"] = at_most(left, held.target)
    left -= line["(retained)"]
    line["(kept by others)"] = left - to_cents(share(left, refund_share))
    line["(released)"] = left - line["(kept by others)"]
    line["(owed)"] = at_least_zero(-line["(available)"])
    surplus = at_least_zero(line["(cash result)"])
    of_employees = Fraction(money.employees, line["(contributions)"] or 1)
    line["(participants)"] = rounded(surplus * of_employees)
    return line


@frozen
class Settlement:
    """A plan year, settled: its claims, its stop-loss, its fund, its reserves and what is left.

    `reversed` are the claims that were taken back, as they stood until then, and `shared` the
    payments that the stop-loss contract covers, each with the carrier's part.
    """

    plan: PlanYear
    enrolment: Mapping[str, Sequence[int]]
    payments: tuple[Payment, ...]
    adjudicated: tuple[Adjudicated, ...]
    reversed: tuple[Adjudicated, ...]
    accumulators: Mapping[str, Cents]
    shared: tuple[Shared, ...]
    aggregate: Calculation | None
    months: tuple[FundMonth, ...]
    development: Development | None
    reserve: Calculation
    settlement: Calculation
    run_out: Calculation

    @property
    def employee_months(self) -> int:
        """The employees of all months together."""
        return sum(map(sum, self.enrolment.values()))

    @property
    def specific(self) -> Cents:
        """The specific reimbursements, those in the run-out included."""
        return sum(each.reimbursed for each in self.shared)

    @property
    def specific_in_year(self) -> Cents:
        """The specific reimbursements for what was paid by the last day of the plan year."""
        return sum(each.reimbursed for each in within_year(self.shared, self.plan.start))


def settle(plan: PlanYear) -> Settlement:
    """The settlement of a plan year that has no faults.

    Raises `InvalidRequest` for what only the computation shows: a recovery of more than was paid,
    or a triangle of its own payments that does not develop.
    """
    enrolment = plan.enrolment or enrolment_by_month(plan.coverage, plan.tiers, plan.start)
    processed = process(plan.claims, plan.benefits, plan.coverage, plan.accumulators)
    spells = Processed((), (), (), {})
    if plan.short_term_disability:
        spells = process_disability(plan.disability_claims, plan.short_term_disability)
    payments = [*processed.payments, *spells.payments, *_reported(plan)]
    payments += recovered(plan.recoveries, payments)
    payments.sort(key=lambda payment: (payment.paid, payment.claim))
    shared = _shared(plan, payments)
    terms = aggregate_terms(plan)
    months = fund_by_month(plan, enrolment, payments, shared, terms)
    development = development_of(plan, payments)
    reserve = reserve_at_end(plan, months, development)
    held = Held(
        plan.reserves.at_start,
        reserve.result,
        plan.reserves.stabilisation_at_start,
        plan.reserves.stabilisation_target,
    )
    refund_share = plan.funding.refund_share if plan.funding.method == "level" else ONE
    line = settlement(_money(plan, months), held, refund_share)
    return Settlement(
        plan,
        enrolment,
        tuple(payments),
        (*processed.adjudicated, *spells.adjudicated),
        (*processed.reversed, *spells.reversed),
        processed.used,
        tuple(shared),
        aggregate_at(enrolment, shared, terms) if terms else None,
        months,
        development,
        reserve,
        line,
        _run_out(plan, enrolment, payments, shared, held.at_end),
    )


def _reported(plan: PlanYear) -> list[Payment]:
    payments = []
    for claim in plan.paid_claims:
        paid = Payment(
            claim.id,
            claim.person,
            claim.benefit,
            claim.incurred,
            claim.paid,
            claim.amount,
            "reported",
        )
        payments.append(paid)
        if claim.reversed is not None:
            payments.append(
                evolve(paid, paid=claim.reversed, amount=-claim.amount, reason="reversal")
            )
    return payments


def _shared(plan: PlanYear, payments: Sequence[Payment]) -> list[Shared]:
    stop_loss = plan.stop_loss
    if stop_loss is None:
        return []
    period = contract_period(stop_loss.basis, plan.start, stop_loss.first_effective)
    covered = [p for p in payments if p.benefit in stop_loss.benefits and period.covers(p)]
    return share_payments(covered, stop_loss.specific or UNLIMITED)


UNLIMITED = Specific(deductible=10**15)
"""A specific deductible that no claim exceeds, where there is only aggregate stop-loss."""


def aggregate_terms(plan: PlanYear) -> Aggregate | None:
    """The aggregate stop-loss; that of level funding attaches at the claims fund by itself."""
    if plan.stop_loss is None:
        return None
    if plan.funding.method == "level" and plan.stop_loss.aggregate is None:
        return Aggregate(dict.fromkeys(plan.tiers, plan.funding.claims_fund))
    return plan.stop_loss.aggregate


def _money(plan: PlanYear, months: Sequence[FundMonth]) -> Money:
    return Money(
        employees=sum(month.employees for month in months),
        employer=sum(month.employer for month in months),
        reimbursements=sum(month.reimbursements for month in months),
        claims=sum(month.claims for month in months),
        administration=sum(month.administration for month in months),
        stop_loss=sum(month.stop_loss for month in months),
        other_fixed=sum(month.fixed for month in months),
        rebates=plan.rebates,
        interest=plan.interest,
    )


def _run_out(
    plan: PlanYear,
    enrolment: Mapping[str, Sequence[int]],
    payments: Sequence[Payment],
    shared: Sequence[Shared],
    reserve: Cents,
) -> Calculation:
    end = last_day(plan.start)
    in_year = within_year(shared, plan.start)
    line = Calculation(RUN_OUT)
    line["(reserve)"] = reserve
    line["(paid)"] = sum(payment.amount for payment in payments if payment.paid > end)
    reimbursed = sum(s.reimbursed for s in shared) - sum(s.reimbursed for s in in_year)
    terms = aggregate_terms(plan)
    if terms:
        now, before = (aggregate_at(enrolment, part, terms) for part in (shared, in_year))
        reimbursed += now.result - before.result
    line["(reimbursements)"] = reimbursed
    line["(net)"] = line["(paid)"] - line["(reimbursements)"]
    line["(released)"] = line["(reserve)"] - line["(net)"]
    return line
