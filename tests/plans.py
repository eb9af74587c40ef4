"""What tests of self-funded plans share: a small group, its benefits, and strategies for claims."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from asopay.money import ONE
from asopay.plans.aggregate import Aggregate
from asopay.plans.benefits import Benefit, Coordination, Service
from asopay.plans.claims import Claim
from asopay.plans.coordination import OtherPlan
from asopay.plans.enrolment import Coverage, Tier
from asopay.plans.funding import AdministrationFee
from asopay.plans.plan_year import Funding, PlanYear, Reserves, StopLoss
from asopay.plans.processing import Payment
from asopay.plans.stop_loss import Specific

START = date(2026, 1, 1)
EXAMPLE = Path(__file__).parents[1] / "examples" / "self_funded" / "plan_year.json"

COVERAGE = [
    Coverage("E-1", "FAM", date(2024, 1, 1), dependents=["Ann", "Bob"]),
    Coverage("E-2", "EE", date(2026, 1, 1)),
]
PEOPLE = [("E-1", ""), ("E-1", "Ann"), ("E-1", "Bob"), ("E-2", "")]
MEDICAL = Benefit(
    deductible=1_000_00,
    coinsurance=20_000_000,
    family_deductible=1_500_00,
    out_of_pocket_maximum=3_000_00,
    family_out_of_pocket_maximum=5_000_00,
    services={
        "visit": Service(copay=30_00, deductible=False, coinsurance=0),
        "emergency": Service(copay=250_00),
        "cosmetic": Service(covered=False),
    },
)
DENTAL = Benefit(
    deductible=50_00,
    coinsurance=20_000_000,
    annual_maximum=1_500_00,
    coordination="maintenance_of_benefits",
    services={
        "major": Service(coinsurance=ONE // 2, waiting_months=12),
        "orthodontics": Service(annual_maximum=False, lifetime_maximum=1_000_00),
    },
)
BENEFITS = {"medical": MEDICAL, "dental": DENTAL}
FEWER = settings(max_examples=40)
"""For properties of whole plan years, which take longer."""

COORDINATIONS: list[Coordination] = ["standard", "basic", "carve_out", "maintenance_of_benefits"]

PLAN = PlanYear(
    "Example",
    START,
    tiers={"EE": Tier(employee_contribution=50_00), "FAM": Tier(290_000_000, 150_00)},
    funding=Funding(
        rates={"EE": 500_00, "FAM": 1_450_00},
        administration=AdministrationFee(40_00, of_paid_claims=2_000_000, per_claim=3_00),
        other_fixed=5_00,
    ),
    coverage=COVERAGE,
    benefits=BENEFITS,
    stop_loss=StopLoss(
        premium=90_00,
        basis="12/15",
        benefits=["medical", "dental"],
        specific=Specific(12_000_00, {"E-2": 15_000_00}, aggregating=500_00),
        aggregate=Aggregate({"EE": 300_00, "FAM": 700_00}, accommodation=True),
    ),
    reserves=Reserves(
        at_start=900_00,
        method="months_of_claims",
        months=ONE,
        stabilisation_at_start=300_00,
        stabilisation_target=1_000_00,
        run_out_months=6,
    ),
    rebates=120_00,
    interest=7_00,
)
"""A plan year of the small group with everything but claims."""


def document() -> dict[str, Any]:
    """The example of the repository, to be changed."""
    loaded: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return loaded


def days(first: date = START, number: int = 365) -> st.SearchStrategy[date]:
    """Days from the first on."""
    return st.integers(0, number - 1).map(lambda n: first + timedelta(n))


AMOUNTS = st.integers(0, 20_000_00)
OTHER_PLANS = st.tuples(AMOUNTS, AMOUNTS).map(lambda two: OtherPlan(min(two), max(two)))


@st.composite
def claims(draw: st.DrawFn, most: int = 12) -> list[Claim]:
    """Claims of the small group in its plan year, some reversed, some with another plan."""
    drawn = []
    for number in range(draw(st.integers(0, most))):
        employee, member = draw(st.sampled_from(PEOPLE))
        benefit = draw(st.sampled_from(sorted(BENEFITS)))
        service = draw(st.sampled_from(["", *BENEFITS[benefit].services]))
        day = draw(days(number=360))
        paid = day + timedelta(draw(st.integers(0, 60)))
        gone = draw(st.none() | st.integers(0, 60))
        drawn.append(
            Claim(
                f"C-{number:02d}",
                employee,
                day,
                paid,
                draw(AMOUNTS),
                benefit,
                service,
                member,
                allowed=draw(st.none() | AMOUNTS),
                alternative=draw(st.none() | AMOUNTS),
                other_plan=draw(st.none() | OTHER_PLANS),
                reversed=None if gone is None else paid + timedelta(gone),
            )
        )
    return drawn


@st.composite
def payments(draw: st.DrawFn) -> list[Payment]:
    """Payments to three persons, some of them taken back in part."""
    drawn = []
    for number in range(draw(st.integers(0, 15))):
        day = draw(days())
        person = draw(st.sampled_from(["A", "B", "C"]))
        amount = draw(st.integers(0, 200_000_00))
        paid = Payment(f"P-{number:02d}", person, "medical", day, day, amount)
        drawn.append(paid)
        if draw(st.booleans()):
            back = draw(st.integers(0, amount))
            later = day + timedelta(draw(st.integers(0, 90)))
            drawn.append(Payment(paid.claim, person, "medical", day, later, -back, "recovery"))
    return drawn
