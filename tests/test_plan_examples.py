"""Every worked example of self-funded plans comes out to the cent.

The cases stand in ``worked_examples/plans``; each says where it comes from, and was computed
without asopay. A calculation reads the inputs of its cases and says what asopay makes of them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from asopay.money import as_text, cents, rate, rounded
from asopay.plans.aggregate import Aggregate, accommodation, aggregate_stop_loss
from asopay.plans.benefits import Benefit, Coordination, Service
from asopay.plans.claims import Adjudicated, Claim, adjudicate
from asopay.plans.continuation import (
    actuarial_premium,
    continuation_premium,
    continuation_table,
    past_cost_premium,
)
from asopay.plans.coordination import OtherPlan
from asopay.plans.expected_claims import Experience, Projection, credibility, expected_claims
from asopay.plans.funding import (
    MonthlyCost,
    funding_cost,
    funding_rates,
    level_funded,
    maximum_cost,
)
from asopay.plans.nondiscrimination import excess_reimbursement, nondiscrimination_table
from asopay.plans.processing import Payment
from asopay.plans.research_fee import (
    form_5500_count,
    research_fee,
    research_fee_table,
    snapshot_count,
    snapshot_factor,
)
from asopay.plans.settlement import Held, Money, settlement
from asopay.plans.stop_loss import Specific, contract_period, share_payments
from asopay.plans.triangles import develop, months_of_claims

FOLDER = Path(__file__).parent / "worked_examples" / "plans"
DAY = date(2026, 3, 2)
KINDS = {"computed by others", "own computation"}
KEYS = {"id", "kind", "calculation", "document", "read_in", "note", "inputs", "expected", "lines"}


def money(value: Any) -> int:
    return cents(str(value))


def text(amounts: dict[str, int]) -> dict[str, str]:
    return {name: as_text(amount) for name, amount in amounts.items()}


def ibnr(triangle_cumulative: list[list[int]]) -> dict[str, Any]:
    development = develop([[money(each) for each in row] for row in triangle_cumulative])
    factors = [f"{Decimal(rounded(f * 1_000_000)).scaleb(-6)}" for f in development.factors]
    return {
        "ibnr_total": as_text(development.total),
        "ibnr_by_origin": [as_text(each) for each in development.unpaid_cents],
        "age_to_age": factors,
    }


def of_funding_rates(
    pepm: dict[str, str],
    margin_on_claims: str,
    enrolment: dict[str, int],
    tier_factors: dict[str, str],
) -> dict[str, Any]:
    stop_loss = money(pepm["specific"]) + money(pepm["aggregate"])
    claims, admin, other = (money(pepm[name]) for name in ("claims", "admin", "other"))
    cost = funding_cost(MonthlyCost(claims, admin, stop_loss, other, rate(margin_on_claims)))
    factors = {tier: rate(factor) for tier, factor in tier_factors.items()}
    applicable = actuarial_premium(cost["(cost)"], enrolment, factors)
    table = continuation_table(DAY)
    charged = {
        month: {
            tier: continuation_premium(premium, table, month=month, disability=True).result
            for tier, premium in applicable.items()
        }
        for month in (1, 19)
    }
    units = sum(Decimal(tier_factors[tier]) * count for tier, count in enrolment.items())
    return {
        "funding_rate": text(funding_rates(cost.result, enrolment, factors)),
        "applicable_premium": text(applicable),
        "cobra_102": text(charged[1]),
        "cobra_150": text(charged[19]),
        "cost_pepm": as_text(cost["(cost)"]),
        "margin_pepm": as_text(cost["(margin)"]),
        "weighted_units": str(units),
    }


def of_aggregate(
    expected_pepm: str,
    corridor: str,
    enrolment_by_month: list[int],
    minimum_pct_of_first_month_annualised: str,
    eligible_claims_net_of_specific: str,
) -> dict[str, Any]:
    minimum = rate(minimum_pct_of_first_month_annualised)
    terms = Aggregate(expected=money(expected_pepm), corridor=rate(corridor), minimum=minimum)
    eligible = money(eligible_claims_net_of_specific)
    line = aggregate_stop_loss({"all": enrolment_by_month}, eligible, terms)
    return text(
        {
            "monthly_factor": terms.factor("all"),
            "accumulated_attachment": line["(accumulated)"],
            "minimum_attachment": line["(minimum)"],
            "attachment_point": line["(attachment point)"],
            "reimbursement": line.result,
        }
    )


def of_accommodation(
    monthly_factor: str, enrolment: list[int], claims: list[int]
) -> dict[str, Any]:
    attachments = [count * money(monthly_factor) for count in enrolment]
    paid = [money(each) for each in claims]
    advances = accommodation(attachments, paid)
    columns = zip(
        accumulate(paid), accumulate(attachments), accumulate(advances), advances, strict=True
    )
    names = ("cum_claims", "cum_attachment", "advance_outstanding", "advance_this_month")
    months = [text(dict(zip(names, row, strict=True))) for row in columns]
    return {"months": [{"month": n, **month} for n, month in enumerate(months, 1)]}


def of_settlement(**inputs: str) -> dict[str, Any]:
    given = {name: money(value) for name, value in inputs.items()}
    of_employees = given["employee_contributions"]
    line = settlement(
        Money(
            of_employees,
            given["contributions"] - of_employees,
            given["stop_loss_reimbursements"],
            given["paid_claims"],
            given["fixed_costs"],
        ),
        Held(given["ibnr_begin"], given["ibnr_end"]),
    )
    return text(
        {
            "cash_result": line["(cash result)"],
            "incurred_basis_result": line["(result)"],
            "participant_share_of_surplus": line["(participants)"],
        }
    )


def of_level_funded(
    pepm: dict[str, str],
    employees: int,
    months: int,
    actual_claims: int,
    surplus_refund_share: str,
) -> dict[str, Any]:
    fund = money(pepm["claims_fund"]) * employees * months
    ended = level_funded(fund, money(actual_claims), rate(surplus_refund_share))
    return text(
        {
            "claims_fund": ended.claims_fund,
            "surplus": ended.surplus,
            "refund_to_employer": ended.refund,
            "stop_loss_pays": ended.stop_loss,
            "employer_additional_due": ended.claims
            - ended.stop_loss
            - min(ended.claims, ended.claims_fund),
            "employer_total_paid": sum(map(money, pepm.values())) * employees * months,
        }
    )


def of_maximum_cost(
    fixed_pepm: str,
    employees: int,
    aggregate_attachment: str,
    lasers: list[list[str]],
    specific_deductible: str,
) -> dict[str, Any]:
    fixed = money(fixed_pepm) * employees * 12
    above = [money(laser) for _, laser in lasers]
    most = maximum_cost(fixed, money(aggregate_attachment), money(specific_deductible), above)
    amounts = {"fixed": most.fixed, "laser_exposure": most.lasers, "maximum": most.maximum}
    return text(amounts)


def fee_of(lives: Fraction, fee_per_life: str, day: str) -> str:
    line = research_fee(lives, research_fee_table(date.fromisoformat(day)))
    assert money(fee_per_life) == line["(rate)"]
    return as_text(line.result)


def of_snapshot_count(
    plan_year_end: str, fee_per_life: str, lives_on_quarter_dates: list[int]
) -> dict[str, Any]:
    lives = snapshot_count(lives_on_quarter_dates)
    fee = fee_of(lives, fee_per_life, plan_year_end)
    return {"average_lives": f"{Decimal(int(lives)):.2f}", "fee": fee}


def of_snapshot_factor(
    fee_per_life: str, self_only: list[int], other_than_self_only: list[int], factor: str
) -> dict[str, Any]:
    figures = research_fee_table(date(2025, 12, 31)).figures
    assert rate(factor) == figures.other_than_self_only
    each = [
        snapshot_factor([own], [other], figures)
        for own, other in zip(self_only, other_than_self_only, strict=True)
    ]
    average = snapshot_factor(self_only, other_than_self_only, figures)
    return {
        "lives": [f"{Decimal(rounded(one * 100)).scaleb(-2)}" for one in each],
        "average_lives": f"{Decimal(rounded(average * 10_000)).scaleb(-4)}",
        "fee": fee_of(average, fee_per_life, "2025-12-31"),
    }


def of_form_5500(at_start: int, at_end: int) -> dict[str, Any]:
    return {"lives": f"{Decimal(int(form_5500_count(at_start, at_end))):.2f}"}


def of_excess(
    hci_reimbursed_total: str,
    plan_reimbursed_total: str,
    this_hci_reimbursed: str,
    benefit_only_for_hcis_reimbursed_to_this_hci: str,
) -> dict[str, Any]:
    line = excess_reimbursement(
        money(this_hci_reimbursed),
        money(hci_reimbursed_total),
        money(plan_reimbursed_total),
        nondiscrimination_table(DAY),
        money(benefit_only_for_hcis_reimbursed_to_this_hci),
    )
    return text(
        {
            "excess_general": line["(by eligibility)"],
            "excess_discriminatory_benefit": line["(discriminatory)"],
            "taxable_total": line.result,
        }
    )


def of_past_cost(cost: str, deflator_before: str, deflator_after: str) -> dict[str, Any]:
    applicable = past_cost_premium(money(cost), deflator_before, deflator_after)
    table = continuation_table(DAY)
    extended = continuation_premium(applicable, table, month=19, disability=True)
    return text(
        {
            "applicable_premium": applicable,
            "ordinary": continuation_premium(applicable, table).result,
            "extended": extended.result,
        }
    )


def one_after_the_other(claims: list[list[str]], benefit: Benefit, name: str) -> list[Adjudicated]:
    """The claims of an employee in their order."""
    used: dict[str, int] = {}
    done = []
    for number, (service, billed) in enumerate(claims):
        claim = Claim(str(number), "E-1", DAY, DAY, money(billed), name, service)
        done.append(adjudicate(claim, benefit, used, covered_since=date(2020, 1, 1)))
        for key, amount in done[-1].counted.items():
            used[key] = used.get(key, 0) + amount
    return done


def of_medical_claims(
    deductible: str,
    coinsurance: str,
    out_of_pocket_maximum: str,
    copay: str,
    claims: list[list[str]],
) -> dict[str, Any]:
    services = {name: Service() for name, _ in claims}
    services["pcp"] = Service(copay=money(copay), deductible=False, coinsurance=0)
    benefit = Benefit(
        deductible=money(deductible),
        coinsurance=rate(coinsurance),
        out_of_pocket_maximum=money(out_of_pocket_maximum),
        services=services,
    )
    done = one_after_the_other(claims, benefit, "medical")
    return {
        "member": [as_text(each.member) for each in done],
        "plan": [as_text(each.plan) for each in done],
        "member_total": as_text(sum(each.member for each in done)),
    }


def of_dental_claims(
    deductible: str, annual_maximum: str, claims: list[list[str]]
) -> dict[str, Any]:
    benefit = Benefit(
        deductible=money(deductible),
        coinsurance=rate("0.2"),
        annual_maximum=money(annual_maximum),
        services={
            "preventive": Service(deductible=False, coinsurance=0, annual_maximum=False),
            "basic": Service(),
            "major": Service(coinsurance=rate("0.5"), waiting_months=12),
        },
    )
    done = one_after_the_other(claims, benefit, "dental")
    return {
        "plan": [as_text(each.plan) for each in done],
        "member": [as_text(each.member) for each in done],
    }


def of_coordination(
    *,
    fee: str,
    primary_allowed: str,
    primary_pct: str,
    secondary_allowed: str,
    secondary_pct: str,
    method: Coordination,
) -> dict[str, Any]:
    def member_rate(plan_pays: str) -> int:
        return rate("1") - rate(plan_pays)

    first = Benefit(coinsurance=member_rate(primary_pct))
    own = Benefit(coinsurance=member_rate(secondary_pct), coordination=method)
    billed = money(max(Decimal(fee), Decimal(secondary_allowed)))
    claim = Claim("1", "E-1", DAY, DAY, billed, allowed=money(primary_allowed))
    primary = adjudicate(claim, first, {}, covered_since=DAY).plan
    other = OtherPlan(primary, money(primary_allowed))
    second = Claim("1", "E-1", DAY, DAY, billed, allowed=money(secondary_allowed), other_plan=other)
    paid = adjudicate(second, own, {}, covered_since=DAY).plan
    return text({"primary_pays": primary, "secondary_pays": paid})


def of_specific(
    deductible: str, lasers: dict[str, str], aggregating: str, claims: dict[str, str]
) -> dict[str, Any]:
    payments = [
        Payment(f"C-{name}", name, "medical", DAY, DAY, money(amount))
        for name, amount in claims.items()
    ]
    of_persons = {name: money(laser) for name, laser in lasers.items()}
    shared = share_payments(payments, Specific(money(deductible), of_persons, money(aggregating)))
    return text(
        {
            "reimbursement": sum(each.reimbursed for each in shared),
            "counted": sum(each.counted for each in shared),
        }
    )


def of_months_of_claims(paid: str, months_paid: int, months: str) -> dict[str, Any]:
    return {"ibnr": as_text(months_of_claims(money(paid), months_paid, Fraction(months)))}


def of_expected_claims(
    *,
    paid: str,
    above_specific: str,
    rebates: str,
    reserve_change: str,
    employee_months: int,
    trend: str,
    weight: str,
    manual: str,
    employees: int,
) -> dict[str, Any]:
    amounts = (money(each) for each in (above_specific, rebates, reserve_change))
    experience = Experience(money(paid), employee_months, *amounts)
    projection = Projection(rate(trend), weight=Fraction(weight), manual=money(manual))
    line = expected_claims(experience, projection, employees)
    return text({"pepm": line["(expected cost)"], "annual": line.result})


def of_credibility(exposure: int, full: int) -> dict[str, Any]:
    return {"weight": str(float(credibility(exposure, full)))}


def of_contract(basis: str, start: str, claims: list[list[str]]) -> dict[str, Any]:
    period = contract_period(basis, date.fromisoformat(start))
    payments = (
        Payment("C", "E-1", "medical", date.fromisoformat(day), date.fromisoformat(paid), 1)
        for day, paid in claims
    )
    return {"covered": [period.covers(payment) for payment in payments]}


CALCULATIONS: dict[str, Callable[..., dict[str, Any]]] = {
    "ibnr": ibnr,
    "funding_rates": of_funding_rates,
    "aggregate": of_aggregate,
    "accommodation": of_accommodation,
    "settlement": of_settlement,
    "level_funded": of_level_funded,
    "maximum_cost": of_maximum_cost,
    "snapshot_count": of_snapshot_count,
    "snapshot_factor": of_snapshot_factor,
    "form_5500": of_form_5500,
    "excess_reimbursement": of_excess,
    "past_cost": of_past_cost,
    "medical_claims": of_medical_claims,
    "dental_claims": of_dental_claims,
    "coordination": of_coordination,
    "specific": of_specific,
    "months_of_claims": of_months_of_claims,
    "expected_claims": of_expected_claims,
    "credibility": of_credibility,
    "contract": of_contract,
}


def cases() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        listed = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
        found += [pytest.param(case, id=case["id"]) for case in listed]
    return found


@pytest.mark.parametrize("case", cases())
def test_case_comes_out_to_the_cent(case: dict[str, Any]) -> None:
    """What is expected, and each line that the case states, comes out as written."""
    expected = case["expected"] | case.get("lines", {})
    result = CALCULATIONS[case["calculation"]](**case["inputs"])

    assert expected == {name: result[name] for name in expected}


@pytest.mark.parametrize("case", cases())
def test_case_says_where_it_comes_from(case: dict[str, Any]) -> None:
    """A case cites its document, says where it was read, and has no key that nothing reads."""
    assert case.keys() - {"lines"} == KEYS - {"lines"}
    assert case["kind"] in KINDS
    assert all(case[key] for key in ("document", "read_in", "note"))


def test_ids_are_unique() -> None:
    """No two cases have the same id."""
    ids = [parameter.id for parameter in cases()]

    assert sorted(set(ids)) == sorted(ids)
