"""What an employer's retirement plan says, inside the paycheck: match, limits, what comes after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asopay import (
    Deduction,
    Earning,
    Employee,
    Employer,
    InvalidRequest,
    PaycheckRequest,
    YearToDate,
    documents,
    gross_to_net,
)
from asopay.deductions.match import BASIC, ENHANCED, QACA, match
from asopay.parties import MatchTier, RetirementPlan
from asopay.paycheck import Paycheck
from support import faults, request, taxes

HALF_OF_SIX = (MatchTier(up_to=6, rate=50),)
OLD_ENOUGH = date(1970, 7, 1)  # 56 in 2026


def year(
    pays: list[int],
    deductions: list[Deduction],
    plan: RetirementPlan | None = None,
    *,
    last: RetirementPlan | None = None,
    kind: str = "regular",
    **employee: Any,
) -> list[Paycheck]:
    """The paychecks of 2026 for pays in cents, spread over the year; `last` is the last one's plan.

    They are monthly ones whatever their number, which only the income tax depends on.
    """
    before, found = YearToDate(), []
    for number, pay in enumerate(pays):
        ends = last is not None and number == len(pays) - 1
        paycheck = gross_to_net(
            PaycheckRequest(
                pay_date=date(2026, 1 + number * 12 // len(pays), 28),
                pay_frequency="monthly",
                employee=Employee(["US-TX"], **employee),
                earnings=[Earning(kind, amount=dollars(pay))],
                employer=Employer(retirement_plan=last if ends else plan),
                deductions=deductions,
                year_to_date=before,
            )
        )
        before = paycheck.year_to_date
        found.append(paycheck)
    return found


def dollars(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def amounts(paychecks: list[Paycheck], kind: str, part: str = "amount_cents") -> list[int]:
    """The amount (or the employer's) of a kind of deduction in each paycheck."""
    return [sum(getattr(d, part) for d in p.deductions if d.kind == kind) for p in paychecks]


def added(paychecks: list[Paycheck], kind: str = "401k") -> list[int]:
    return amounts(paychecks, kind, "employer_amount_cents")


class TestMatch:
    """The match follows from the plan's formula and stands at the first deferral."""

    @pytest.mark.parametrize(
        ("plan", "percent", "expected"),
        [
            (RetirementPlan(safe_harbor="basic"), "10", 40_000),
            (RetirementPlan(safe_harbor="basic"), "4", 35_000),
            (RetirementPlan(safe_harbor="enhanced"), "10", 40_000),
            (RetirementPlan(safe_harbor="qaca"), "6", 35_000),
            (RetirementPlan(match=HALF_OF_SIX), "4", 20_000),
            (RetirementPlan(match=HALF_OF_SIX), "8", 30_000),
            (RetirementPlan(), "8", 0),
        ],
    )
    def test_formulas(self, plan: RetirementPlan, percent: str, expected: int) -> None:
        """10,000 dollars of pay, by each formula: section 401(k)(12) and (13)."""
        (paycheck,) = year([1_000_000], [Deduction("401k", percent=percent)], plan)

        assert expected == paycheck.deductions[0].employer_amount_cents
        assert paycheck.employer_cost_cents >= paycheck.gross_cents + expected

    def test_simple_plan(self) -> None:
        """A SIMPLE IRA is matched as well: all of 3 percent; annual additions do not limit it."""
        plan = RetirementPlan(match=(MatchTier(up_to=3, rate=100),))
        (paid,) = year([1_000_000], [Deduction("simple", percent="5")], plan)

        assert (50_000, 30_000) == (
            paid.deductions[0].amount_cents,
            paid.deductions[0].employer_amount_cents,
        )

    def test_roth_and_traditional_are_matched_together(self) -> None:
        """3 percent each are matched as 6; the match is explained at the first."""
        elections = [Deduction("roth_401k", percent="3"), Deduction("401k", percent="3")]
        (paycheck,) = year([1_000_000], elections, RetirementPlan(match=HALF_OF_SIX))
        sheet = paycheck.worksheets["deductions[0]/match"]

        assert [30_000, 0] == [each.employer_amount_cents for each in paycheck.deductions]
        assert ("deductions[0]/match", "deductions[0]") == paycheck.deductions[0].worksheets
        assert (60_000, 1_000_000) == (sheet["(deferrals)"], sheet["(compensation)"])

    def test_by_pay_and_by_year(self) -> None:
        """120,000 dollars in 24 pays, 30 percent deferred: 3,400 by pay, 4,800 by year."""
        elections = [Deduction("401k", percent="30")]
        by_pay = year([500_000] * 24, elections, RetirementPlan(safe_harbor="enhanced"))
        plan = RetirementPlan(safe_harbor="enhanced", match_by="year")

        assert 2_450_000 == sum(amounts(by_pay, "401k"))
        assert 17 == sum(amount > 0 for amount in amounts(by_pay, "401k"))
        assert 340_000 == sum(added(by_pay))
        assert [20_000] * 24 == added(year([500_000] * 24, elections, plan))
        true_up = year([500_000] * 24, elections, RetirementPlan(safe_harbor="enhanced"), last=plan)
        assert 140_000 == added(true_up)[-1]

    def test_compensation_limit(self) -> None:
        """400,000 dollars: half of 6 percent of the 360,000 that section 401(a)(17) counts."""
        elections = [Deduction("401k", percent="10")]
        paid = year([4_000_000] * 10, elections, RetirementPlan(match=HALF_OF_SIX))
        by_year = RetirementPlan(match=HALF_OF_SIX, match_by="year")

        assert [120_000] * 6 + [25_000] == added(paid)[:7]  # half of the 500 dollars that are left
        assert 1_080_000 == sum(added(year([4_000_000] * 10, elections, by_year)))

    def test_catch_up_is_not_matched(self) -> None:
        """By the plan's rule, what goes beyond the ordinary limit is not matched."""
        all_of_it = (MatchTier(up_to=100, rate=10),)
        elections = [Deduction("401k", amount="16250")]
        for matched, expected in ((True, 325_000), (False, 245_000)):
            plan = RetirementPlan(match=all_of_it, match_catch_up=matched)
            paid = year([3_000_000] * 3, elections, plan, birth_date=OLD_ENOUGH)

            assert 3_250_000 == sum(amounts(paid, "401k"))
            assert expected == sum(added(paid))

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.integers(0, 400), min_size=1, max_size=8),
        st.integers(0, 40),
        st.sampled_from(["basic", "enhanced", "qaca"]),
    )
    def test_true_up_makes_both_equal(self, hundreds: list[int], percent: int, name: Any) -> None:
        """The match by pay with a true-up, by year, and of the whole year are the same."""
        pays = [each * 10_000 for each in hundreds]
        elections = [Deduction("401k", percent=percent)]
        by_pay = RetirementPlan(safe_harbor=name)
        by_year = RetirementPlan(safe_harbor=name, match_by="year")
        formulas = {"basic": BASIC, "enhanced": ENHANCED, "qaca": QACA}
        trued_up = year(pays, elections, by_pay, last=by_year)
        deferred = sum(amounts(trued_up, "401k"))
        expected = match(deferred, min(sum(pays), 36_000_000), formulas[name])

        assert expected == sum(added(trued_up))
        assert expected == sum(added(year(pays, elections, by_year)))


class TestCompensation:
    """Percentages and the match are of the compensation that the plan defines."""

    def test_kinds_that_count(self) -> None:
        """A bonus beside the definition is neither deferred from nor matched."""
        document = request(
            earnings=[
                {"kind": "regular", "amount": "2000.00"},
                {"kind": "bonus", "amount": "1000.00"},
            ],
            deductions=[
                {"kind": "401k", "percent": "10"},
                {"kind": "section_125_health", "percent": "1"},
            ],
            employer={"retirement_plan": {"compensation": ["regular"], "safe_harbor": "basic"}},
        )
        result = documents.paycheck(document)
        deferral, premium = result["deductions"]

        assert ("200.00", "80.00") == (deferral["amount"], deferral["employer_amount"])
        assert "30.00" == premium["amount"]
        kept = result["year_to_date"]["wages"]["US/retirement_plan/compensation"]
        assert "2000.00" == kept

    def test_percent_stops(self) -> None:
        """By the plan's rule a percentage is of no more than the limit on compensation."""
        elections = [Deduction("401k", percent="5")]
        pays = [10_000_000] * 4
        stops = year(pays, elections, RetirementPlan(percent_stops=True))

        assert [500_000] * 3 + [300_000] == amounts(stops, "401k")
        assert [500_000] * 4 == amounts(year(pays, elections, RetirementPlan()), "401k")


class TestAnnualAdditions:
    """Section 415(c): employee and employer together, without catch-up amounts."""

    def test_after_tax_gets_what_is_left(self) -> None:
        """Deferrals and the match come first: 72,000 less 24,500 and 10,800."""
        elections = [Deduction("after_tax_401k", percent="30"), Deduction("401k", percent="10")]
        (paid,) = year([40_000_000], elections, RetirementPlan(match=HALF_OF_SIX))
        after_tax, deferral = paid.deductions

        assert (2_450_000, 1_080_000) == (deferral.amount_cents, deferral.employer_amount_cents)
        assert 3_670_000 == after_tax.amount_cents

    def test_employer_money_is_limited(self) -> None:
        """36,700 is what is left for the employer beside 24,500 and 10,800; catch-up is on top."""
        elections = [
            Deduction("401k", amount="32500", employer_amount="10800"),
            Deduction("after_tax_401k", amount="0", employer_amount="40000"),
        ]
        (paid,) = year([40_000_000], elections, birth_date=OLD_ENOUGH)

        assert 3_250_000 == paid.deductions[0].amount_cents
        assert [1_080_000, 3_670_000] == [d.employer_amount_cents for d in paid.deductions]

    def test_deferrals_give_way_to_what_was_added(self) -> None:
        """With 70,000 added before, 2,000 may be deferred, or 10,000 with a catch-up."""
        for birth_date, expected in ((None, "2000.00"), ("1970-07-01", "10000.00")):
            document = request(
                employee={"residence": ["US-TX"], "birth_date": birth_date},
                earnings=[{"kind": "regular", "amount": "50000.00"}],
                deductions=[{"kind": "roth_401k", "amount": "20000.00"}],
                year_to_date={"employer_amounts": {"401k": "70000.00"}},
            )
            assert expected == documents.paycheck(document)["deductions"][0]["amount"]

    def test_compensation_of_the_year(self) -> None:
        """The additions are no more than the compensation, where the plan counts all pay."""
        elections = [Deduction("401k", percent="60")]
        plan = RetirementPlan(match=(MatchTier(up_to=100, rate=100),))
        (paid,) = year([100_000], elections, plan)

        assert (60_000, 40_000) == (
            paid.deductions[0].amount_cents,
            paid.deductions[0].employer_amount_cents,
        )


class TestAtTheLimit:
    """What a limit leaves over stops, or goes on by the plan's rule."""

    def totals(self, plan: RetirementPlan, **employee: Any) -> dict[str, int]:
        paid = year([2_000_000] * 12, [Deduction("401k", percent="20")], plan, **employee)
        found: dict[str, int] = {}
        for paycheck in paid:
            for each in paycheck.deductions:
                found[each.kind] = found.get(each.kind, 0) + each.amount_cents
        return found

    def test_stops(self) -> None:
        """240,000 dollars, 20 percent deferred, up to 24,500."""
        assert {"401k": 2_450_000} == self.totals(RetirementPlan())

    def test_goes_on_after_tax(self) -> None:
        """The other 23,500 are after tax: all that was elected is contributed."""
        expected = {"401k": 2_450_000, "after_tax_401k": 2_350_000}

        assert expected == self.totals(RetirementPlan(at_limit="after_tax"))

    def test_goes_on_to_a_nonqualified_plan(self) -> None:
        """Or they are deferred to a nonqualified plan."""
        expected = {"401k": 2_450_000, "nonqualified": 2_350_000}

        assert expected == self.totals(RetirementPlan(at_limit="nonqualified"))

    def test_deemed_roth_election(self) -> None:
        """The catch-up of a high earner goes on as Roth, and the rest after tax."""
        high = {"birth_date": OLD_ENOUGH, "prior_year_wages": "150000.01"}
        deemed = RetirementPlan(roth_catch_up="deemed", at_limit="after_tax")
        lower = {"birth_date": OLD_ENOUGH, "prior_year_wages": "150000.00"}

        expected = {"401k": 2_450_000, "roth_401k": 800_000, "after_tax_401k": 1_550_000}
        assert expected == self.totals(deemed, **high)
        assert {"401k": 3_250_000, "after_tax_401k": 1_550_000} == self.totals(deemed, **lower)
        assert {"401k": 2_450_000} == self.totals(RetirementPlan(), **high)

    def test_a_plan_without_roth(self) -> None:
        """Without Roth in the plan a high earner can't catch up."""
        plan = RetirementPlan(kinds=["401k"], roth_catch_up="deemed", at_limit="after_tax")
        high = {"birth_date": OLD_ENOUGH, "prior_year_wages": "200000"}

        assert {"401k": 2_450_000} == self.totals(plan, **high)

    def test_said_in_the_result(self) -> None:
        """An entry that the request does not have says what it continues; it has its worksheet."""
        document = request(
            deductions=[
                {"kind": "section_125_health", "amount": "10.00"},
                {"kind": "401k", "percent": "10"},
            ],
            employer={"retirement_plan": {"at_limit": "after_tax"}},
            year_to_date={"deductions": {"401k": "24400.00"}},
        )
        _, deferral, after_tax = documents.paycheck(document)["deductions"]

        assert ("100.00", "200.00") == (deferral["amount"], deferral["elected_amount"])
        assert ("after_tax_401k", "100.00") == (after_tax["kind"], after_tax["amount"])
        assert "deductions[1]" == after_tax["continues"]
        assert ["deductions[2]"] == after_tax["worksheets"]

    def test_of_a_flat_bonus(self) -> None:
        """What goes on to a nonqualified plan comes out of the bonus that it was elected from."""
        document = request(
            earnings=[{"kind": "bonus", "amount": "1000.00", "supplemental_method": "flat"}],
            deductions=[{"kind": "401k", "percent": "50"}],
            employer={"retirement_plan": {"at_limit": "nonqualified"}},
            year_to_date={"deductions": {"401k": "24400.00"}},
        )

        assert "110.00" == taxes(document)["US/supplemental_income_tax"]  # 22 percent of 500


class TestCatchUpElection:
    """Who does not want catch-up amounts stays within the ordinary limit."""

    def test_declined(self) -> None:
        """With `catch_up` false, 24,500 is all; left out or true, 32,500."""
        for wanted, expected in ((False, 2_450_000), (None, 3_250_000), (True, 3_250_000)):
            elections = [Deduction("401k", amount="40000", catch_up=wanted)]
            (paid,) = year([10_000_000], elections, birth_date=OLD_ENOUGH)

            assert expected == paid.deductions[0].amount_cents

    def test_year_limit(self) -> None:
        """A limit of the plan or of the election itself counts beside that of the law."""
        elections = [Deduction("401k", amount="4000", year_limit="10000")]

        assert [400_000, 400_000, 200_000, 0] == amounts(year([1_000_000] * 4, elections), "401k")


class TestFaults:
    """Contradictions are refused, all in one document."""

    def test_all_at_once(self) -> None:
        """Each names its field and says what would be accepted."""
        document = request(
            deductions=[
                {"kind": "401k", "amount": "1.00", "percent": "1", "catch_up": True},
                {"kind": "403b", "amount": "1.00", "employer_amount": "5.00"},
            ],
            employer={
                "retirement_plan": {
                    "kinds": ["401k", "501k"],
                    "compensation": ["wage"],
                    "safe_harbor": "basic",
                    "match": [{"up_to": "6", "rate": "50"}],
                    "match_by": "week",
                }
            },
        )
        plan = "employer.retirement_plan"
        found = faults(document)

        assert f"{plan}.match: the safe_harbor is a formula: give one of them" in found
        assert "deductions[0]: amount or percent: both are given, one is needed" in found
        assert "deductions[1].kind: the plan has no 403b: it has 401k, 501k" in found
        for path in ("kinds", "compensation", "match_by"):
            assert any(fault.startswith(f"{plan}.{path}: ") for fault in found)
        assert any("employer.birth_date" not in f and "birth_date is needed" in f for f in found)
        assert any(fault.startswith("deductions[1].employer_amount: ") for fault in found)
        assert 8 == len(found)

    def test_wrong_tiers(self) -> None:
        """Tiers that do not ascend are a fault of the formula."""
        tiers = [{"up_to": "6", "rate": "50"}, {"up_to": "3", "rate": "100"}]
        document = request(employer={"retirement_plan": {"match": tiers}})

        assert faults(document) == [
            "employer.retirement_plan.match: tiers: they are not in ascending order of up_to"
        ]

    def test_choices_of_a_program(self) -> None:
        """A program that states an unknown choice is told the accepted ones."""
        plan = RetirementPlan(at_limit="spill")  # type: ignore[arg-type]
        with pytest.raises(InvalidRequest, match=r"at_limit: 'spill' is not one of"):
            year([100_000], [], plan)


LIMITS = {"402g": 2_450_000, "catch_up": 800_000, "additions": 7_200_000}
KINDS = ("401k", "roth_401k", "403b", "after_tax_401k")


@st.composite
def elections(draw: st.DrawFn) -> list[Deduction]:
    """Elections by amount or percent, with money of the employer's."""
    found = []
    for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True)):
        how = draw(st.sampled_from(["amount", "percent"]))
        value = draw(st.integers(0, 30_000 if how == "amount" else 60))
        given: dict[str, Any] = {how: value}
        found.append(Deduction(kind, **given))
    return found


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60_000), elections()), min_size=1, max_size=6),
    st.sampled_from(["stop", "after_tax", "nonqualified"]),
    st.sampled_from(["stop", "deemed"]),
    st.sampled_from([None, OLD_ENOUGH]),
    st.sampled_from(["0", "200000"]),
)
def test_no_limit_is_ever_passed(
    checks: list[tuple[int, list[Deduction]]],
    at_limit: Any,
    roth_catch_up: Any,
    birth_date: date | None,
    prior_year_wages: str,
) -> None:
    """In any sequence of paychecks and elections, each limit of the year holds after each one."""
    plan = RetirementPlan(
        safe_harbor="basic", match_by="year", at_limit=at_limit, roth_catch_up=roth_catch_up
    )
    catch_up = LIMITS["catch_up"] if birth_date else 0
    before = YearToDate()
    for number, (pay, elected) in enumerate(checks):
        paycheck = gross_to_net(
            PaycheckRequest(
                pay_date=date(2026, number + 1, 28),
                pay_frequency="monthly",
                employee=Employee(
                    ["US-TX"], birth_date=birth_date, prior_year_wages=prior_year_wages
                ),
                earnings=[Earning("regular", amount=pay)],
                employer=Employer(retirement_plan=plan),
                deductions=elected,
                year_to_date=before,
            )
        )
        before = paycheck.year_to_date
        taken = paycheck.year_to_date_cents["deductions"]
        employer = paycheck.year_to_date_cents["employer_amounts"]
        pre_tax = taken.get("401k", 0) + taken.get("403b", 0)
        roth = taken.get("roth_401k", 0) + taken.get("roth_403b", 0)
        deferred = taken.get("401k", 0) + taken.get("roth_401k", 0)
        others = taken.get("after_tax_401k", 0) + employer.get("401k", 0)
        others += employer.get("roth_401k", 0)

        assert pre_tax + roth <= LIMITS["402g"] + catch_up
        if prior_year_wages == "200000":
            assert pre_tax <= LIMITS["402g"]
        assert deferred + others - catch_up <= LIMITS["additions"]
        assert others <= LIMITS["additions"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 2_000), min_size=1, max_size=10), st.integers(0, 30))
def test_the_cut_of_the_year_does_not_matter(tens: list[int], percent: int) -> None:
    """Deferrals, the match of the year and Social Security are the same in one check or in many."""
    plan = RetirementPlan(match=HALF_OF_SIX, match_by="year")
    pays = [each * 10_000 for each in tens]
    elected = [Deduction("401k", percent=percent), Deduction("hsa", percent=1)]
    many, (one,) = year(pays, elected, plan), year([sum(pays)], elected, plan)
    last = many[-1].year_to_date_cents

    assert one.year_to_date_cents["deductions"] == last["deductions"]
    assert one.year_to_date_cents["employer_amounts"] == last["employer_amounts"]
    for tax in ("US/social_security", "US/medicare"):
        assert one.year_to_date_cents["wages"][tax] == last["wages"][tax]
