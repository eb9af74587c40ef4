"""The plan's fund, month by month: what comes in, what is paid, and what is left.

A month's contributions go by who is covered on its first day. Reimbursements of stop-loss stand in
the month of the claim that they are for, and what the aggregate owes at the end in the last one.
Amounts are whole cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import frozen

from asopay.money import Cents
from asopay.plans.aggregate import (
    Aggregate,
    accommodation,
    aggregate_stop_loss,
    attachment_by_month,
)
from asopay.plans.enrolment import amount_by_month, employees_by_month
from asopay.plans.funding import administration_fee
from asopay.plans.months import MONTHS, last_day, month_number, plan_months
from asopay.plans.plan_year import PlanYear
from asopay.plans.processing import Payment
from asopay.plans.stop_loss import Shared
from asopay.worksheet import Calculation

Enrolment = Mapping[str, Sequence[int]]


@frozen
class FundMonth:
    """One month of the fund. `income` are rebates and interest, `fixed` costs other than these."""

    month: date
    opening: Cents
    employees: Cents
    employer: Cents
    reimbursements: Cents
    income: Cents
    claims: Cents
    administration: Cents
    stop_loss: Cents
    fixed: Cents

    @property
    def contributions(self) -> Cents:
        """What employees and employer paid in."""
        return self.employees + self.employer

    @property
    def closing(self) -> Cents:
        """What is left at the end of the month; below zero the employer has advanced it."""
        received = self.contributions + self.reimbursements + self.income
        spent = self.claims + self.administration + self.stop_loss + self.fixed
        return self.opening + received - spent


def fund_by_month(
    plan: PlanYear,
    enrolment: Enrolment,
    payments: Sequence[Payment],
    shared: Sequence[Shared],
    aggregate: Aggregate | None,
) -> tuple[FundMonth, ...]:
    """The fund of the plan year, from its payments and the carrier's parts in those of the year."""
    claims, numbers = _claims_by_month(payments, plan.start)
    fixed = [
        _fixed_costs(plan, employees, paid, number)
        for employees, paid, number in zip(
            employees_by_month(enrolment), claims, numbers, strict=True
        )
    ]
    contributions = _contributions(plan, enrolment, list(map(sum, fixed)), aggregate)
    of_employees = amount_by_month(
        enrolment, {name: tier.employee_contribution for name, tier in plan.tiers.items()}
    )
    reimbursements = _reimbursements(plan, enrolment, shared, aggregate)
    income = [0] * (MONTHS - 1) + [plan.rebates + plan.interest]
    months: list[FundMonth] = []
    for number, month in enumerate(plan_months(plan.start)):
        months.append(
            FundMonth(
                month,
                months[-1].closing if months else 0,
                of_employees[number],
                contributions[number] - of_employees[number],
                reimbursements[number],
                income[number],
                claims[number],
                *fixed[number],
            )
        )
    return tuple(months)


def _claims_by_month(payments: Iterable[Payment], start: date) -> tuple[list[Cents], list[int]]:
    """What was paid in each month of the plan year, and how many claims were new."""
    amounts, numbers = [0] * MONTHS, [0] * MONTHS
    for payment in payments:
        month = month_number(payment.paid, start)
        if 0 <= month < MONTHS:
            amounts[month] += payment.amount
            numbers[month] += payment.reason in {"claim", "reported"}
    return amounts, numbers


def _fixed_costs(
    plan: PlanYear, employees: int, paid: Cents, claims: int
) -> tuple[Cents, Cents, Cents]:
    """Administration, stop-loss premium and the other fixed costs of a month."""
    funding = plan.funding
    fee = administration_fee(funding.administration, employees=employees, paid=paid, claims=claims)
    premium = plan.stop_loss.premium if plan.stop_loss else 0
    return fee, employees * premium, employees * funding.other_fixed


def _contributions(
    plan: PlanYear, enrolment: Enrolment, fixed: list[Cents], aggregate: Aggregate | None
) -> list[Cents]:
    """What has to be paid in each month, by the method of funding."""
    if plan.funding.method == "rates":
        return amount_by_month(enrolment, plan.funding.rates)
    claims = [count * plan.funding.claims_fund for count in employees_by_month(enrolment)]
    if plan.funding.method == "maximum" and aggregate:
        claims = attachment_by_month(enrolment, aggregate)
    return [cost + fund for cost, fund in zip(fixed, claims, strict=True)]


def _reimbursements(
    plan: PlanYear, enrolment: Enrolment, shared: Sequence[Shared], aggregate: Aggregate | None
) -> list[Cents]:
    """What the stop-loss carrier owes each month for what was paid in the year."""
    amounts, counted = [0] * MONTHS, [0] * MONTHS
    for each in within_year(shared, plan.start):
        number = month_number(each.payment.paid, plan.start)
        amounts[number] += each.reimbursed
        counted[number] += each.counted
    if aggregate:
        due = aggregate_at(enrolment, within_year(shared, plan.start), aggregate).result
        advances = [0] * MONTHS
        if aggregate.accommodation:
            advances = accommodation(attachment_by_month(enrolment, aggregate), counted)
        advances[-1] += due - sum(advances)
        amounts = [amount + more for amount, more in zip(amounts, advances, strict=True)]
    return amounts


def within_year(shared: Iterable[Shared], start: date) -> list[Shared]:
    """Those that were paid by the last day of the plan year."""
    end = last_day(start)
    return [each for each in shared if each.payment.paid <= end]


def aggregate_at(
    enrolment: Enrolment, shared: Iterable[Shared], aggregate: Aggregate
) -> Calculation:
    """The aggregate stop-loss on what these payments count."""
    return aggregate_stop_loss(enrolment, sum(each.counted for each in shared), aggregate)
