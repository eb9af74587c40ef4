"""What settling a plan year promises: that money adds up, and that every fault is named."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from asopay import InvalidRequest
from asopay.cli import main
from asopay.money import ONE
from asopay.plans.claims import Claim
from asopay.plans.documents import (
    plan_year_schema,
    read_plan_year,
    settle_plan_year,
    settlement,
    settlement_document,
)
from asopay.plans.plan_year import PlanYear, Reserves, StopLoss
from asopay.plans.report import settlement_report, why
from asopay.plans.scenarios import scenario_schema
from asopay.plans.settlement import settle
from plans import EXAMPLE, FEWER, PLAN, claims, document

SCHEMA = Draft202012Validator(
    plan_year_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER
)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The example with something else at a path such as ``claims.0.billed``; None takes it away."""
    changed_document = deepcopy(document())
    *parents, last = (int(part) if part.isdecimal() else part for part in path.split("."))
    place: Any = changed_document
    for part in parents:
        place = place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return changed_document


def faults(of: dict[str, Any]) -> list[str]:
    """The faults of a document; it must have some."""
    with pytest.raises(InvalidRequest) as refused:
        settlement(of)
    return [str(fault) for fault in refused.value.faults]


class TestMoney:
    """Everything adds up."""

    @FEWER
    @given(claims())
    def test_surplus_paid_and_reserves_are_funding(self, drawn: list[Claim]) -> None:
        """What came in is what was paid, what reserves grew by, and the surplus."""
        year = settle(evolve(PLAN, claims=drawn))
        line = year.settlement
        grown = line["(reserve at end)"] - line["(reserve at start)"]
        returned = line["(reimbursements)"] + line["(rebates)"] + line["(interest)"]

        assert line["(contributions)"] + returned == line["(outgo)"] + grown + line["(result)"]
        left = line["(retained)"] + line["(released)"] + line["(kept by others)"]
        assert line["(result)"] + line["(stabilisation)"] == left - line["(owed)"]
        assert 0 in {left, line["(owed)"]}
        assert line["(cash result)"] == year.months[-1].closing

    @FEWER
    @given(claims())
    def test_claims_of_the_year(self, drawn: list[Claim]) -> None:
        """Member, other plan, plan and stop-loss carrier pay what is allowed in the year."""
        year = settle(evolve(PLAN, claims=drawn))
        allowed = sum(done.allowed for done in year.adjudicated)
        others = sum(done.member + done.other for done in year.adjudicated)
        aggregate = year.aggregate.result if year.aggregate else 0
        net = sum(p.amount for p in year.payments) - year.specific - aggregate

        assert allowed == others + net + year.specific + aggregate
        in_run_out = year.run_out["(reimbursements)"]
        assert year.specific + aggregate == year.settlement["(reimbursements)"] + in_run_out

    @FEWER
    @given(claims())
    def test_aggregate_counts_no_specific(self, drawn: list[Claim]) -> None:
        """What counts toward the aggregate is below each person's specific deductible."""
        year = settle(evolve(PLAN, claims=drawn))
        counted = sum(each.counted for each in year.shared)

        assert counted == (year.aggregate["(eligible)"] if year.aggregate else 0)
        paid = sum(each.payment.amount for each in year.shared)
        assert counted + year.specific <= paid

    def test_level_funding(self) -> None:
        """A level-funded surplus is shared; a deficit of the claims fund is the carrier's."""
        funding = evolve(PLAN.funding, method="level", claims_fund=400_00, refund_share=ONE // 2)
        level = evolve(
            PLAN, funding=funding, stop_loss=StopLoss(90_00), reserves=Reserves(), rebates=0
        )
        day = date(2026, 5, 4)
        small = Claim("C-1", "E-2", day, day, 2_000_00)
        surplus = settle(evolve(level, claims=[small], interest=0)).settlement
        assert (8_800_00, 4_400_00, 4_400_00) == (
            surplus["(result)"],
            surplus["(released)"],
            surplus["(kept by others)"],
        )
        large = evolve(small, billed=50_000_00)
        deficit = settle(evolve(level, claims=[large], interest=0)).settlement
        assert (37_400_00, 0) == (deficit["(reimbursements)"], deficit["(result)"])

    def test_maximum_funding(self) -> None:
        """With funding at the maximum each month brings its fixed costs and its attachment."""
        funding = evolve(PLAN.funding, method="maximum")
        months = settle(evolve(PLAN, funding=funding)).months

        assert {2 * (40_00 + 90_00 + 5_00) + 300_00 + 700_00} == {m.contributions for m in months}

    def test_without_stop_loss(self) -> None:
        """A plan without stop-loss has no premium and no reimbursement."""
        day = date(2026, 5, 4)
        claim = Claim("C-1", "E-2", day, day, 50_000_00)
        year = settle(evolve(PLAN, claims=[claim], stop_loss=None))

        assert (0, 0) == (year.settlement["(reimbursements)"], year.settlement["(stop-loss)"])
        assert (None, ()) == (year.aggregate, year.shared)

    def test_aggregate_alone(self) -> None:
        """Without a specific deductible all claims count toward the aggregate."""
        day = date(2026, 5, 4)
        claim = Claim("C-1", "E-2", day, day, 50_000_00)
        stop_loss = evolve(PLAN.stop_loss, specific=None) if PLAN.stop_loss else None
        year = settle(evolve(PLAN, claims=[claim], stop_loss=stop_loss))

        assert 47_000_00 == sum(each.counted for each in year.shared)
        assert 35_000_00 == year.settlement["(reimbursements)"]
        assert year.settlement["(reimbursements)"] == sum(m.reimbursements for m in year.months)

    def test_chain_ladder(self) -> None:
        """A reserve by the chain ladder, from a triangle or from the payments of the year."""
        reserves = {"method": "chain_ladder", "triangle": [["100.00", "150.00"], ["200.00"]]}
        result = settlement(changed("reserves", {**reserves, "margin": "0.10"}))
        assert ("110.00", ["1.500000"]) == (
            result["reserve"]["at_end"],
            result["reserve"]["age_to_age"],
        )
        paid = [
            {
                "id": f"P-{n}",
                "person": "E-1",
                "incurred": f"2026-{n:02d}-01",
                "paid": f"2026-{n:02d}-15",
                "amount": "300.00",
            }
            for n in range(1, 13)
        ]
        own = changed("paid_claims", paid)
        own |= {"claims": [], "disability_claims": [], "recoveries": []}
        own["reserves"] = {"method": "chain_ladder"}
        assert "0.00" == settlement(own)["reserve"]["at_end"]

    def test_reversed_payments(self) -> None:
        """Reported and disability claims that are reversed come back."""
        one = changed("disability_claims.0.reversed", "2026-11-02")
        one["paid_claims"] = [
            {
                "id": "P-1",
                "person": "E-8",
                "incurred": "2025-12-20",
                "paid": "2026-01-09",
                "amount": "700.00",
                "reversed": "2026-02-02",
            }
        ]
        result = settlement(one)
        amounts = {
            name: [p["amount"] for p in result["payments"] if p["claim"] == name]
            for name in ("D-1", "P-1")
        }

        assert {
            "D-1": ["4350.00", "-4350.00"],
            "P-1": ["700.00", "-700.00"],
        } == amounts
        assert "D-1" not in {claim["id"] for claim in result["claims"]}


class TestExample:
    """The example of the repository, checked by hand."""

    def test_settlement(self) -> None:
        """Contributions, claims, fixed costs and reserves, added up apart from asopay."""
        result = settlement(document())

        # EE: 12 + 6 + 8 + 12 + 12, ES: 6 + 12, FAM: 12 + 12
        contributions = 50 * 640 + 18 * 1344 + 24 * 1856
        assert f"{contributions}.00" == result["settlement"]["contributions"]
        # 42.00 by employee; 6.00 more in the four months with 7, whose least is 300.00
        assert f"{92 * 42 + 4 * 6}.00" == result["settlement"]["administration"]
        assert "16820.00" == result["stop_loss"]["specific"]
        assert "74418.00" == result["settlement"]["claims"]
        assert "11477.00" == result["settlement"]["stop_loss"]  # 92 x 124.75
        assert "9767.36" == result["settlement"]["reserve_at_end"]  # 74,418 / 12 x 1.5 x 1.05

    def test_round_trip(self) -> None:
        """Equal documents give equal bytes, and the schema takes the example."""
        one, other = (json.dumps(settlement(document())) for _ in range(2))

        assert one == other
        assert [] == list(SCHEMA.iter_errors(document()))

    def test_next_year(self) -> None:
        """The next year's rates rest on the claims of this one, by tier."""
        ahead = settlement(document())["next_year"]

        assert {"EE", "ES", "FAM"} == ahead["rates"].keys()
        own = changed("next_year", {"trend": "0", "enrolment": {"EE": 10}})
        own["next_year"] |= {"stop_loss_premium": "100.00"}
        line = settlement(own)
        net = 74_418_00 - 16_820_00 - 1_150_00 + 9_767_36 - 5_200_00
        assert "663.21" == line["next_year"]["expected_cost"]
        assert 663_21 == (2 * net + 92) // (2 * 92)

    def test_most(self) -> None:
        """Fixed costs, attachment point, what the laser adds, and the aggregating deductible."""
        most = 3_888 + 11_477 + 437 + 69_000 + (30_000 - 20_000) + 1_000

        assert f"{most}.00" == settlement(document())["stop_loss"]["maximum_cost"]
        assert "maximum_cost" not in settlement(changed("stop_loss.specific", None))["stop_loss"]

    def test_comparison(self) -> None:
        """The same year otherwise: insured premiums, and level payments less a refund."""
        assert {
            "self_funded": "76733.16",
            "level_funded": f"{92 * 1010 - (92 * 800 - 74418 + 16820) // 2}.00",
            "insured": f"{50 * 720 + 18 * 1510 + 24 * 2085}.00",
        } == settlement(document())["comparison"]
        assert ["self_funded"] == list(settlement(changed("alternatives", {}))["comparison"])


FAULTS: list[tuple[str, Any, str]] = [
    ("claims.0.billed", "-5.00", "claims[0].billed: '-5.00' is not an amount in dollars"),
    ("claims.0.billed", 5.5, "claims[0].billed: 5.5 is not exact"),
    ("claims.0.service_date", "2025-12-31", "claims[0].service_date: 2025-12-31 is not in the pl"),
    ("coverage.0.start", "2026-02-01", "claims[0].service_date: E-1 has no cover on 2026-01-20"),
    ("claims.4.member", "Zoe", "claims[4].service_date: E-2/Zoe has no cover on 2026-02-11"),
    ("claims.0.employee", "E-9", "claims[0].employee: 'E-9' is not in coverage"),
    ("claims.0.paid", "2026-01-19", "claims[0].paid: 2026-01-19 is not from 2026-01-20 to 2027-0"),
    ("claims.0.paid", "2027-04-01", "claims[0].paid: 2027-04-01 is not from 2026-01-20 to 2027-0"),
    ("claims.9.reversed", "2026-08-31", "claims[9].reversed: 2026-08-31 is before it was paid"),
    ("claims.0.benefit", "vision", "claims[0].benefit: 'vision' is not one of medical, dental"),
    ("claims.5.benefit", 5, "claims[5].benefit: 5 is not a string"),
    ("claims.0.service", "pcp", "claims[0].service: 'pcp' is not one of primary_care, preventive"),
    ("claims.7.other_plan.paid", "1500.00", "claims[7].other_plan.paid: 1500.00 is more than"),
    ("claims.1.id", "C-01", "claims[1].id: 'C-01' is the id of another claim"),
    ("coverage.0.tier", "EO", "coverage[0].tier: 'EO' is not one of EE, ES, FAM"),
    ("coverage.0.employee", "E/1", "coverage[0].employee: 'E/1' is no name: '/' and 'family' are"),
    ("coverage.1.dependents", ["Ann", "Ann"], "coverage[1].dependents: 'Ann' is given 2 times"),
    ("coverage.0.end", "2024-04-30", "coverage[0].end: 2024-04-30 is before the start, 2024-05-01"),
    ("coverage.2.end", "2026-07-01", "coverage[3].start: E-3 is covered already on 2026-07-01"),
    ("coverage", [], "coverage or enrolment: neither is given, one is needed"),
    ("enrolment", {"EE": [1] * 12}, "coverage or enrolment: both are given, one is needed"),
    ("enrolment", {"EO": [1] * 12}, "enrolment.EO: there is no such tier: there is EE, ES, FAM"),
    ("enrolment", {"EE": [1] * 11}, "enrolment.EE: it has 11 months, not 12"),
    ("enrolment", {"EE": [-1] * 12}, "enrolment.EE[0]: -1 is below zero"),
    ("enrolment", {"EE": [0] * 12}, "enrolment: nobody is covered on the first day of a month"),
    (
        "coverage",
        [{"employee": "E-1", "tier": "EE", "start": "2026-12-02"}],
        "coverage: nobody is covered on the first day of a month",
    ),
    (
        "coverage",
        [{"employee": "E-1", "tier": "EE", "start": "2026-01-01", "end": "2026-11-30"}],
        "next_year.enrolment: it is needed: nobody is covered in the last month",
    ),
    ("start", "2026-01-15", "start: 2026-01-15 is not the first day of a month"),
    ("tiers", {}, "tiers: there is no tier"),
    ("tiers.EE.factor", "0", "tiers.EE.factor: it is not above zero"),
    ("tiers.EE.employee_contribution", "640.01", "tiers.EE.employee_contribution: 640.01 is more"),
    ("funding.rates.EO", "5.00", "funding.rates.EO: there is no such tier: there is EE, ES, FAM"),
    ("funding.rates.EE", None, "funding.rates: the tier EE has no amount"),
    ("funding.method", "monthly", "funding.method: 'monthly' is not one of rates, maximum, level"),
    ("funding.method", "level", "funding.claims_fund: it is needed for level funding"),
    ("funding.refund_share", "1.5", "funding.refund_share: it is not from 0 to 1"),
    ("stop_loss.basis", "12/9", "stop_loss.basis: '12/9' is not months incurred and paid of 12"),
    ("stop_loss.basis", 12, "stop_loss.basis: 12 is not a string"),
    ("stop_loss.basis", "paid", "stop_loss.first_effective: it is needed for the basis 'paid'"),
    ("stop_loss.benefits", ["drugs"], "stop_loss.benefits[0]: 'drugs' is no benefit of the plan"),
    ("stop_loss.aggregate", {}, "stop_loss.aggregate.factors: factors by tier are needed, or exp"),
    (
        "stop_loss.aggregate",
        {"factors": {"EE": "5.00"}},
        "stop_loss.aggregate.factors: the tier ES has no amount",
    ),
    ("benefits.medical.coinsurance", "20", "benefits.medical.coinsurance: it is not from 0 to 1"),
    (
        "benefits.dental.services.major.coinsurance",
        "50",
        "benefits.dental.services.major.coinsurance: it is not from 0 to 1",
    ),
    ("short_term_disability.share", "60", "short_term_disability.share: it is not from 0 to 1"),
    ("short_term_disability", None, "short_term_disability: there are claims for it, and it has"),
    (
        "disability_claims.0.disabled_through",
        "2026-09-06",
        "disability_claims[0].disabled_through: 2026-09-06 is before the first day, 2026-09-07",
    ),
    (
        "disability_claims.0.disabled_from",
        "2025-09-06",
        "disability_claims[0].disabled_from: 2025-09-06 is not in the plan year",
    ),
    (
        "reserves",
        {"method": "chain_ladder", "triangle": [["5.00", None], ["5.00"]]},
        "reserves.triangle[0][1]: a hole: an amount is needed",
    ),
    (
        "reserves",
        {"method": "chain_ladder", "triangle": [["5.00"], ["5.00", "6.00"]]},
        "reserves.triangle[1]: it has 2 amounts, more than the 1 of the row above",
    ),
    ("stop_loss.specific.lasers.E-9", "5.00", "stop_loss.specific.lasers.E-9: there is no such"),
    ("accumulators", {"dental/E-9/paid": "5.00"}, "accumulators.dental/E-9/paid: it is not named"),
    ("accumulators", {"vision/E-1/paid": "5.00"}, "accumulators.vision/E-1/paid: it is not named"),
    ("accumulators", {"dental/E-1/used": "5.00"}, "accumulators.dental/E-1/used: it is not named"),
    (
        "benefits.dental.services.major.waiting_months",
        -1,
        "benefits.dental.services.major.waiting_months: -1 is not from 0 to 120 months",
    ),
    ("short_term_disability.weeks", -1, "short_term_disability.weeks: -1 is below zero"),
    ("reserves.months", None, "reserves.months: it is needed for months of claims"),
    ("reserves.run_out_months", 10**9, "reserves.run_out_months: 1000000000 is not from 0 to 120"),
    ("reserves.tail", "0", "reserves.tail: it is not above zero"),
    ("next_year.months", -1, "next_year.months: -1 is not from 0 to 120 months"),
    ("next_year.enrolment", {"EE": -1}, "next_year.enrolment.EE: -1 is below zero"),
    ("start", "9999-12-01", "start: 9999-12-01 is not in the years 1950 to 2199"),
    ("start", "0001-01-01", "start: 0001-01-01 is not in the years 1950 to 2199"),
    ("stop_loss.basis", "12/99999", "stop_loss.basis: '12/99999' is not months incurred and paid"),
    ("reserves.run_out_months", -1, "reserves.run_out_months: -1 is not from 0 to 120"),
    ("next_year.trend", "-0.02", "next_year.trend: '-0.02' is not a rate of at most eight"),
    ("next_year.trend", "1e-2", "next_year.trend: '1e-2' is not a rate of at most eight"),
    ("next_year.enrolment", {"EO": 5}, "next_year.enrolment.EO: there is no such tier"),
    ("next_year.enrolment", {"EE": 0}, "next_year.enrolment: nobody is covered"),
    ("next_year.full_credibility", 0, "next_year.full_credibility: 0 is not above zero"),
    ("alternatives.insured.EE", None, "alternatives.insured: the tier EE has no amount"),
    ("alternatives.level.refund_share", "2", "alternatives.level.refund_share: it is not from 0"),
    ("recoveries.0.claim", "C-99", "recoveries[0].claim: there is no claim 'C-99'"),
    ("recoveries.0.received", "2025-11-30", "recoveries[0].received: 2025-11-30 is not from 202"),
    ("recoveries.0.amount", "2080.01", "recoveries[0].amount: 2080.01 is more than the 2080.00 t"),
    ("accumulator", {}, "accumulator: there is no such field"),
    ("stop_loss.premiums", "5.00", "stop_loss.premiums: there is no such field"),
]


class TestFaults:
    """Every fault is named, and all of them together."""

    @pytest.mark.parametrize(("path", "value", "expected"), FAULTS)
    def test_each(self, path: str, value: Any, expected: str) -> None:
        """A fault names its field, what was given, and what would be accepted."""
        found = faults(changed(path, value))

        assert any(fault.startswith(expected) for fault in found), found

    def test_what_else_is_needed(self) -> None:
        """Level funding needs stop-loss, and families without own deductibles a common one."""
        asked = changed("funding", {"method": "level", "claims_fund": "400.00"})
        del asked["stop_loss"]
        expected = "stop_loss: it is needed for level funding: it bears what exceeds the fund"
        assert [expected] == faults(asked)
        asked = changed("benefits.medical.embedded", value=False)
        del asked["benefits"]["medical"]["family_deductible"]
        expected = "benefits.medical.family_deductible: it is needed where embedded is false"
        assert [expected] == faults(asked)

    def test_own_triangle(self) -> None:
        """Payments of the year that do not develop are a fault of the reserve."""
        asked = changed("reserves", {"method": "chain_ladder"})
        asked |= {"claims": asked["claims"][:1], "disability_claims": [], "recoveries": []}

        (fault,) = faults(asked)
        assert fault.startswith("reserves.triangle: age 0: nothing was paid up to it")

    def test_accumulators_of_a_family(self) -> None:
        """What a family used before counts."""
        used = {"medical/E-2/family/deductible": "3000.00", "medical/E-2/Ann/out of pocket": 0}
        result = settlement(changed("accumulators", used))

        (ann,) = (claim for claim in result["claims"] if claim["id"] == "C-05")
        assert "820.00" == ann["member"]

    def test_maximum_needs_aggregate(self) -> None:
        """Funding at the maximum needs aggregate stop-loss."""
        asked = changed("funding.method", "maximum")
        del asked["stop_loss"]["aggregate"]

        expected = "funding.method: the maximum is that of stop_loss.aggregate, which is missing"
        assert [expected] == faults(asked)

    def test_reported_claims(self) -> None:
        """A claim that is reported as paid is of the year or before, and not below zero."""
        paid = {"id": "P-1", "person": "E-1", "incurred": "2027-01-02", "paid": "2027-01-09"}
        asked = changed("paid_claims", [{**paid, "amount": "5.00"}])
        assert ["paid_claims[0].incurred: 2027-01-02 is after the year, 2026-12-31"] == faults(
            asked
        )
        asked["paid_claims"][0]["incurred"] = "January"
        assert ["paid_claims[0].incurred: 'January' is not a date such as 2026-03-13"] == faults(
            asked
        )

    def test_all_at_once(self) -> None:
        """What can't be read and what does not fit are reported together."""
        asked = changed("claims.0.billed", "-5.00")
        asked["claims"][1]["service_date"] = "2027-01-01"
        asked["coverage"][0]["tier"] = "EO"
        asked["reserves"] = {"method": "chain_ladder", "triangle": [["1.00", None], ["1.00"]]}

        assert {
            "claims[0].billed",
            "claims[1].service_date",
            "coverage[0].tier",
            "reserves.triangle[0][1]",
        } <= {fault.partition(":")[0] for fault in faults(asked)}

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(sorted(a.name for a in PlanYear.__attrs_attrs__)), inner
                )
            ),
            max_leaves=20,
        )
    )
    def test_nothing_crashes(self, anything: Any) -> None:
        """A document of whatever shape is settled or refused with its faults."""
        with pytest.raises(InvalidRequest):
            settlement(anything)

    @pytest.mark.parametrize("key", sorted(document()))
    @pytest.mark.parametrize("value", [None, 5, "x", [], {}, [{}], {"x": {}}, [None]])
    def test_wrong_parts(self, key: str, value: Any) -> None:
        """A part of whatever shape is refused or settled, and never crashes."""
        asked = {**document(), key: value}
        with suppress(InvalidRequest):
            assert settlement(asked)["settlement"]

    def test_python_objects(self) -> None:
        """A plan year of Python objects is checked as a document is."""
        day = date(2026, 5, 4)
        bad = evolve(PLAN, claims=[Claim("C-1", "E-1", day, day, -5)])

        with pytest.raises(InvalidRequest, match=r"claims\[0\].billed: -0.05 is below zero"):
            settle_plan_year(bad)


class TestCommand:
    """asopay plan settle FILE."""

    def test_text(self, capsys: pytest.CaptureFixture[str]) -> None:
        """By itself it prints the settlement as text."""
        assert 0 == main(["plan", "settle", str(EXAMPLE)])
        printed = capsys.readouterr().out

        assert settlement_report(settle_plan_year(read_plan_year(document()))) == printed
        assert "Cash surplus, or deficit below zero" in printed

    def test_json_as_a_process(self) -> None:
        """With --json it prints the settlement document, also from standard input."""
        command = [sys.executable, "-m", "asopay.cli", "plan", "settle", "-", "--json"]
        done = subprocess.run(command, input=EXAMPLE.read_bytes(), capture_output=True, check=True)

        assert settlement(document()) == json.loads(done.stdout)

    @pytest.mark.parametrize(
        "name",
        [
            *(
                "settlement",
                "run_out",
                "reserve",
                "specific",
                "aggregate",
                "expected_claims",
                "funding_cost",
            ),
            *("C-03", "C-10", "D-1"),
        ],
    )
    def test_why(self, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """With --why it explains a worksheet, or a claim."""
        assert 0 == main(["plan", "settle", str(EXAMPLE), "--why", name])
        printed = capsys.readouterr().out

        assert why(name, settle_plan_year(read_plan_year(document()))) == printed
        assert all(len(line) <= 102 for line in printed.splitlines())

    def test_unknown_worksheet(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A worksheet that there is not is a fault of the option."""
        assert 2 == main(["plan", "settle", str(EXAMPLE), "--why", "profit"])
        (fault,) = json.loads(capsys.readouterr().out)["errors"]

        known = "settlement, run_out, reserve, specific, aggregate, expected_claims, funding_cost"
        known += ", and each claim"
        assert f"'profit' is no worksheet of this settlement: there is {known}" == fault["message"]

    def test_schema(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The schema of a plan year is printed, and is one."""
        assert 0 == main(["schema", "plan_year"])
        printed = json.loads(capsys.readouterr().out)

        Draft202012Validator.check_schema(printed)
        assert plan_year_schema() == printed

    def test_small_report(self) -> None:
        """A plan year without stop-loss, next year and alternatives has no such parts."""
        bare = evolve(PLAN, stop_loss=None)
        settled = settle_plan_year(bare)
        report = settlement_report(settled)

        assert not any(part in report for part in ("Stop-loss, run-out", "Next year", "otherwise"))
        assert settlement_document(settled)["next_year"] is None
        day = date(2026, 5, 4)
        claim = Claim("C-1", "E-2", day, day, 2_000_00)
        without = settle_plan_year(evolve(PLAN, stop_loss=StopLoss(), claims=[claim]))
        assert not {"aggregate", "specific"} & without.worksheets.keys()
        assert "Most that the year" not in settlement_report(without)


def test_every_field_is_documented() -> None:
    """The reference names every field of the documents."""
    page = (EXAMPLE.parents[2] / "docs" / "reference" / "plan_year.md").read_text("utf-8")
    schemas = (plan_year_schema(), scenario_schema())
    fields = {
        name for each in schemas for part in each["$defs"].values() for name in part["properties"]
    }

    assert set() == {name for name in fields if f"`{name}`" not in page and f'"{name}"' not in page}
