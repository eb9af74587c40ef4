"""The reserve of a plan year for claims that are incurred and not paid."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from asopay.errors import Fault, InvalidRequest
from asopay.money import ONE, at_least_zero
from asopay.plans.fund import FundMonth
from asopay.plans.months import MONTHS
from asopay.plans.plan_year import PlanYear
from asopay.plans.processing import Payment
from asopay.plans.triangles import Development, develop, months_of_claims, triangle_of, with_margin
from asopay.worksheet import Calculation, Form, rate_line


def development_of(plan: PlanYear, payments: Sequence[Payment]) -> Development | None:
    """The development of the plan year's triangle, where the reserve rests on one.

    Raises `InvalidRequest` if it does not develop.
    """
    reserves = plan.reserves
    if reserves.method != "chain_ladder":
        return None
    rows = reserves.triangle or triangle_of(payments, plan.start, MONTHS)
    try:
        return develop(rows, tail=Fraction(reserves.tail, ONE))
    except InvalidRequest as error:
        faults = [Fault(f"reserves.{fault.path}", fault.message) for fault in error.faults]
        raise InvalidRequest(faults) from None


RESERVE = Form(
    "Reserve for unpaid claims at the end of the year",
    result="(reserve)",
    lines={
        "(paid)": "Claims paid in the year",
        "(months)": rate_line("Months of them that are unpaid"),
        "(unpaid)": "Estimate of the unpaid claims",
        "(margin rate)": rate_line("Margin on it"),
        "(reserve)": "Reserve",
    },
)


def reserve_at_end(
    plan: PlanYear, months: Sequence[FundMonth], development: Development | None
) -> Calculation:
    """The reserve for unpaid claims at the end of the plan year, by its method."""
    reserves = plan.reserves
    line = Calculation(RESERVE)
    if reserves.method == "stated":
        line["(reserve)"] = reserves.at_end
        return line
    if development:
        line["(unpaid)"] = development.total
    else:
        line["(paid)"] = at_least_zero(sum(month.claims for month in months))
        line["(months)"] = reserves.months
        unpaid = Fraction(reserves.months, ONE)
        line["(unpaid)"] = months_of_claims(line["(paid)"], MONTHS, unpaid)
    line["(margin rate)"] = reserves.margin
    line["(reserve)"] = with_margin(line["(unpaid)"], reserves.margin)
    return line
