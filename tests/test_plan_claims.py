"""What adjudicating claims promises: who pays what, and that accumulators keep their limits."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from asopay import InvalidRequest
from asopay.money import ONE
from asopay.plans.benefits import Benefit, Coordination, DisabilityBenefit, Service
from asopay.plans.claims import Adjudicated, Claim, adjudicate
from asopay.plans.coordination import OtherPlan, coordinate
from asopay.plans.processing import Family, Payment, Recovery, process, recovered
from asopay.plans.short_term_disability import DisabilityClaim, adjudicate_disability
from plans import (
    AMOUNTS,
    BENEFITS,
    COORDINATIONS,
    COVERAGE,
    DENTAL,
    FEWER,
    MEDICAL,
    OTHER_PLANS,
    claims,
    days,
)

DAY = date(2026, 3, 2)


def adjudicated(
    terms: Benefit, billed: int, used: dict[str, int] | None = None, **of_claim: Any
) -> Adjudicated:
    """A claim of E-1 on the day, under a benefit that has covered him since 2025."""
    claim = evolve(Claim("C-1", "E-1", DAY, DAY, billed), **of_claim)
    return adjudicate(claim, terms, used or {}, covered_since=date(2025, 1, 1), in_family=True)


class TestAdjudication:
    """One claim, by hand."""

    @pytest.mark.parametrize(
        ("service", "billed", "used", "member"),
        [
            ("", 500_00, {}, 500_00),
            ("", 1_500_00, {}, 1_100_00),
            ("", 1_500_00, {"deductible": 400_00}, 780_00),
            ("", 1_500_00, {"deductible": 1_000_00, "out of pocket": 2_900_00}, 100_00),
            ("visit", 20_00, {}, 20_00),
            ("visit", 120_00, {"deductible": 1_000_00, "out of pocket": 3_000_00}, 0),
            ("emergency", 1_000_00, {"deductible": 900_00}, 480_00),
            ("cosmetic", 1_000_00, {}, 1_000_00),
        ],
    )
    def test_cost_sharing(
        self, service: str, billed: int, used: dict[str, int], member: int
    ) -> None:
        """Copay, deductible, coinsurance, and the out-of-pocket maximum, in this order."""
        before = {f"medical/E-1/{name}": amount for name, amount in used.items()}
        done = adjudicated(MEDICAL, billed, before, service=service)

        assert (billed, member, billed - member) == (done.allowed, done.member, done.plan)

    def test_family(self) -> None:
        """A member has met the deductible when the family has, or by itself."""
        of_family = {"medical/E-1/family/deductible": 1_400_00}

        assert 100_00 == adjudicated(MEDICAL, 500_00, of_family).worksheet["(deductible)"]
        without = evolve(MEDICAL, embedded=False)
        assert 1_200_00 == adjudicated(without, 1_200_00).worksheet["(deductible)"]

    def test_prices(self) -> None:
        """The contract price counts, at most what is billed; above an alternative, all is own."""
        assert 800_00 == adjudicated(MEDICAL, 900_00, allowed=800_00).allowed
        assert 900_00 == adjudicated(MEDICAL, 900_00, allowed=950_00).allowed
        crown = adjudicated(
            Benefit(coinsurance=ONE // 2), 900_00, allowed=800_00, alternative=200_00
        )
        assert (100_00, 700_00, 800_00) == (crown.plan, crown.member, crown.allowed)

    def test_maxima(self) -> None:
        """The annual maximum and that of a lifetime bound what the plan pays."""
        dental: dict[str, Any] = {"benefit": "dental"}
        before = {"dental/E-1/paid": 1_400_00, "dental/E-1/deductible": 50_00}
        done = adjudicated(DENTAL, 500_00, before, **dental)
        assert (100_00, 400_00) == (done.plan, done.member)
        before |= {"dental/E-1/lifetime orthodontics": 950_00}
        done = adjudicated(DENTAL, 500_00, before, service="orthodontics", **dental)
        assert {"dental/E-1/lifetime orthodontics": 50_00} == {
            name: amount for name, amount in done.counted.items() if "lifetime" in name
        }
        assert 50_00 == done.plan

    def test_waiting(self) -> None:
        """A service is covered after its months of waiting, and not on the day before."""
        claim = Claim("C-1", "E-1", DAY, DAY, 900_00, "dental", "major")
        for since, plan in ((date(2025, 3, 2), 425_00), (date(2025, 3, 3), 0)):
            assert plan == adjudicate(claim, DENTAL, {}, covered_since=since).plan

    def test_maintenance_of_benefits(self) -> None:
        """What the other plan paid is taken off before deductible and coinsurance."""
        terms = Benefit(100_00, 20_000_000, coordination="maintenance_of_benefits")
        other = OtherPlan(600_00)
        done = adjudicated(terms, 1_000_00, other_plan=other)

        assert 240_00 == done.plan  # 80 percent of 1,000 - 600 - 100
        assert 160_00 == done.member
        carved = adjudicated(evolve(terms, coordination="carve_out"), 1_000_00, other_plan=other)
        assert 120_00 == carved.plan  # 80 percent of 1,000 - 100, less 600

    def test_explained(self) -> None:
        """Every claim is explained line by line, in the form's order."""
        done = adjudicated(MEDICAL, 1_500_00)
        lines = {line.line: line.amount for line in done.worksheet.explain()}

        assert lines["(coinsurance rate)"] == "0.2"
        assert lines["(member)"] == "1100.00"
        assert list(lines) == [label for label in done.worksheet.form.lines if label in lines]


class TestCoordination:
    """After another plan."""

    @given(st.sampled_from(COORDINATIONS), AMOUNTS, AMOUNTS, OTHER_PLANS)
    def test_bounds(self, how: Coordination, one: int, two: int, other: OtherPlan) -> None:
        """The plan pays no more than alone, and all of them no more than what is allowed."""
        own, allowed = sorted((one, two))
        together = coordinate(how, own, allowed, other)

        assert 0 <= together.plan <= own
        assert other.paid + together.plan <= together.allowed

    def test_unknown_allowed(self) -> None:
        """Where the other plan's allowed amount is not known, the own one counts."""
        assert 200_00 == coordinate("standard", 800_00, 1_000_00, OtherPlan(800_00)).plan


class TestInTime:
    """Claims as they come in."""

    @FEWER
    @given(claims())
    def test_everything_is_paid_by_somebody(self, drawn: list[Claim]) -> None:
        """Member, plan and other plan pay what is allowed, and nobody pays less than nothing."""
        processed = process(drawn, BENEFITS, COVERAGE)

        for done in processed.adjudicated:
            assert done.allowed == done.plan + done.member + done.other
            assert min(done.plan, done.member, done.other) >= 0

    @FEWER
    @given(claims())
    def test_accumulators_keep_their_maxima(self, drawn: list[Claim]) -> None:
        """No accumulator passes its limit, that of a person or of the family."""
        used = process(drawn, BENEFITS, COVERAGE).used
        limits = {
            "deductible": (1_000_00, 1_500_00),
            "out of pocket": (3_000_00, 5_000_00),
        }
        for name, amount in used.items():
            benefit, _, rest = name.partition("/")
            assert amount >= 0
            if benefit == "medical" and not rest.endswith("paid"):
                kind = rest.rpartition("/")[2]
                assert amount <= limits[kind]["/family/" in rest]
            if benefit == "dental" and rest.endswith("paid"):
                assert amount <= 1_500_00
            if "lifetime" in rest:
                assert amount <= 1_000_00

    @FEWER
    @given(claims(), st.randoms(use_true_random=False))
    def test_order_of_arrival(self, drawn: list[Claim], random: Random) -> None:
        """How claims stand in the end, and the accumulators, do not depend on their order."""
        shuffled = list(drawn)
        random.shuffle(shuffled)
        one, other = (process(each, BENEFITS, COVERAGE) for each in (drawn, shuffled))

        assert {k: v for k, v in one.used.items() if v} == {
            k: v for k, v in other.used.items() if v
        }
        assert {d.claim: d.plan for d in one.adjudicated} == {
            d.claim: d.plan for d in other.adjudicated
        }

    @FEWER
    @given(claims(), st.permutations(range(12)))
    def test_claims_of_one_day(self, drawn: list[Claim], order: list[int]) -> None:
        """Accumulators do not depend on which of the claims of one day comes in first."""
        of_day = [
            evolve(claim, service_date=DAY, paid=DAY + timedelta(n), reversed=None)
            for n, claim in zip(order, drawn, strict=False)
        ]
        at_once = [evolve(claim, paid=DAY) for claim in of_day]
        one, other = (process(each, BENEFITS, COVERAGE).used for each in (of_day, at_once))

        assert {k: v for k, v in one.items() if v} == {k: v for k, v in other.items() if v}

    @FEWER
    @given(claims())
    def test_payments_add_up(self, drawn: list[Claim]) -> None:
        """The payments of a claim come to what the plan pays of it, and to nothing if reversed."""
        processed = process(drawn, BENEFITS, COVERAGE)
        plan = {done.claim: done.plan for done in processed.adjudicated}
        paid = dict.fromkeys((claim.id for claim in drawn), 0)
        for payment in processed.payments:
            paid[payment.claim] += payment.amount

        assert paid == {claim.id: plan.get(claim.id, 0) for claim in drawn}
        assert {c.id for c in drawn if c.reversed is None} == plan.keys()

    @FEWER
    @given(claims(most=8), AMOUNTS, days(number=360))
    def test_reversal_restores(self, drawn: list[Claim], billed: int, day: date) -> None:
        """A claim that is entered and reversed leaves everything as it was."""
        family = Family(BENEFITS, COVERAGE)
        for claim in drawn:
            if claim.employee == "E-1":
                family.enter(claim)
        used, paid = {k: v for k, v in family.used.items() if v}, family.paid()
        extra = Claim("X", "E-1", day, day, billed)
        family.enter(extra)
        family.reverse(extra)

        assert used == {k: v for k, v in family.used.items() if v}
        assert paid == family.paid()

    def test_readjudication(self) -> None:
        """A claim that comes in late takes the deductible, and the later one is paid more."""
        later = Claim("C-2", "E-2", date(2026, 3, 9), date(2026, 3, 20), 1_500_00)
        late = Claim("C-1", "E-2", DAY, date(2026, 4, 1), 800_00)
        paid = process([late, later], BENEFITS, COVERAGE).payments

        assert [
            ("C-2", date(2026, 3, 20), 400_00, "claim"),
            ("C-2", date(2026, 4, 1), 640_00, "adjustment"),
        ] == [(p.claim, p.paid, p.amount, p.reason) for p in paid]
        gone = evolve(late, reversed=date(2026, 5, 1))
        last = process([gone, later], BENEFITS, COVERAGE).payments[-1]
        assert ("C-2", -640_00, "adjustment") == (last.claim, last.amount, last.reason)

    def test_no_cover(self) -> None:
        """A claim of somebody without cover on that day is refused."""
        with pytest.raises(ValueError, match="C-1: E-2 has no cover on 2025-03-02"):
            process([Claim("C-1", "E-2", date(2025, 3, 2), DAY, 1)], BENEFITS, COVERAGE)
        with pytest.raises(ValueError, match="C-1: E-1/Eve has no cover on 2026-03-02"):
            process([Claim("C-1", "E-1", DAY, DAY, 1, member="Eve")], BENEFITS, COVERAGE)

    def test_recoveries(self) -> None:
        """What a third party pays back lowers the payment, and is never more than it."""
        paid = Payment("C-1", "E-1", "medical", DAY, DAY, 100_00)
        back = recovered([Recovery("C-1", DAY, 40_00), Recovery("C-1", DAY, 60_00)], [paid])

        assert [-40_00, -60_00] == [payment.amount for payment in back]
        with pytest.raises(InvalidRequest) as refused:
            recovered([Recovery("C-1", DAY, 40_00), Recovery("C-1", DAY, 61_00)], [paid])
        expected = "recoveries[1].amount: 61.00 is more than the 60.00 that the plan paid"
        assert expected == str(refused.value)


class TestDisability:
    """Short-term disability."""

    TERMS = DisabilityBenefit(60_000_000, 1_000_00, 25_00, elimination_days=7, weeks=2)

    def spell(self, through: date, pay: int = 1_000_00, other: int = 0) -> Adjudicated:
        claim = DisabilityClaim("D-1", "E-1", DAY, through, pay, DAY, other)
        return adjudicate_disability(claim, self.TERMS)

    @pytest.mark.parametrize(
        ("last", "pay", "other", "plan"),
        [
            (8, 1_000_00, 0, 0),
            (9, 1_000_00, 0, 85_71),
            (15, 1_000_00, 0, 600_00),
            (31, 1_000_00, 0, 1_200_00),
            (15, 2_000_00, 0, 1_000_00),
            (15, 1_000_00, 200_00, 400_00),
            (15, 1_000_00, 599_00, 25_00),
            (15, 30_00, 100_00, 18_00),
        ],
    )
    def test_by_hand(self, last: int, pay: int, other: int, plan: int) -> None:
        """From the eighth day of March 2 on, 60 percent of pay, within the limits of a week."""
        done = self.spell(date(2026, 3, last), pay, other)

        assert plan == done.plan
        assert done.allowed == done.plan + done.other


def test_service_of_the_benefit() -> None:
    """A service without terms of its own has those of the benefit."""
    same = evolve(MEDICAL, services={"laboratory": Service()})

    assert adjudicated(same, 700_00, service="laboratory").plan == adjudicated(same, 700_00).plan
