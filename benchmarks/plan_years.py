"""Self-funded plans: many simulated years of a group, and a year of claims settled one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from asopay.money import ONE
from asopay.plans.benefits import Benefit
from asopay.plans.claims import Claim
from asopay.plans.enrolment import Coverage, Tier
from asopay.plans.plan_year import Funding, PlanYear, StopLoss
from asopay.plans.settlement import settle
from asopay.plans.simulation import Protection, Risk, simulate
from asopay.plans.stop_loss import Specific
from benchmarks.timing import Figure, fastest, show

LIVES = 500
YEARS = 10_000
EMPLOYEES = 500
CLAIMS = 20_000
START = date(2026, 1, 1)
MEDICAL = Risk(frequency=6 * ONE, mean=900_00, variation=5 * ONE, dispersion=3 * ONE)


def measure() -> Iterator[Figure]:
    """Seconds of the simulation, and of settling a year with its claims explained."""
    protection = Protection(specific=100_000_00, attachment=3_500_000_00)

    def simulated() -> None:
        simulate({"medical": MEDICAL}, LIVES, years=YEARS, protection=protection)

    plan = plan_year()

    def settled() -> None:
        settle(plan)

    seconds, of_settling = fastest(simulated, settled, turns=3)
    what = f"{YEARS:,} years of {LIVES} lives, six claims a life"
    yield Figure(what, f"{seconds:,.1f} s", "under 30 s")
    yield Figure(f"a year with {CLAIMS:,} claims, adjudicated and settled", f"{of_settling:,.1f} s")


def plan_year() -> PlanYear:
    """A group whose claims come in one to sixty days after the service."""
    names = [f"E-{number}" for number in range(EMPLOYEES)]
    benefit = Benefit(1_000_00, 20_000_000, out_of_pocket_maximum=4_000_00)
    claims = []
    for number in range(CLAIMS):
        day = START + timedelta(number * 7_919 % 365)
        paid = day + timedelta(1 + number * 31 % 60)
        billed = 50_00 + number * 6_971 % 2_000_00
        claims.append(Claim(f"C-{number}", names[number % EMPLOYEES], day, paid, billed))
    return PlanYear(
        "Benchmark",
        START,
        tiers={"EE": Tier()},
        funding=Funding(rates={"EE": 700_00}),
        coverage=[Coverage(name, "EE", START) for name in names],
        benefits={"medical": benefit},
        claims=claims,
        stop_loss=StopLoss(premium=90_00, specific=Specific(50_000_00)),
    )


def main() -> None:
    show("Self-funded plans", measure())


if __name__ == "__main__":
    main()
