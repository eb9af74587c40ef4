"""How many paychecks net to gross tries, for pays and bonuses in every state.

Half of the targets are bonuses beside a salary; some are across wage bases, thresholds and the
limits of a plan that matches and goes on after tax.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random
from statistics import median

from asopay import (
    Deduction,
    Earning,
    Employee,
    Employer,
    PaycheckRequest,
    YearToDate,
    gross_up,
)
from asopay.jurisdictions import STATES
from asopay.parties import RetirementPlan
from benchmarks.timing import Figure, show

TARGETS = 500
PLAN = RetirementPlan(safe_harbor="basic", at_limit="after_tax")
NEAR_LIMITS = YearToDate(
    wages={"US/social_security": "180000.00", "US/medicare": "195000.00"},
    deductions={"401k": "24000.00"},
)


def measure() -> Iterator[Figure]:
    """The most and the median of the paychecks that are tried."""
    random = Random(2026)  # noqa: S311 - the same targets each time
    tried = [_tried(random) for _ in range(TARGETS)]
    yield Figure("paychecks tried for a net pay, at most", str(max(tried)), "at most 40")
    yield Figure("the median of them", f"{median(tried):.0f}")


def _tried(random: Random) -> int:
    earnings = [Earning("regular", amount="3000.00")]
    is_bonus = random.choice([False, True])
    if is_bonus:
        earnings.append(Earning("bonus", amount="0.00", supplemental_method="flat"))
    deductions = [Deduction("section_125_health", amount=random.randint(0, 500))]
    deductions.append(Deduction("401k", percent=random.randint(0, 40)))
    request = PaycheckRequest(
        pay_date=date(2026, 3, 13),
        pay_frequency="biweekly",
        employee=Employee([random.choice(list(STATES))], birth_date=date(1970, 7, 1)),
        earnings=earnings,
        employer=Employer(retirement_plan=random.choice([None, PLAN])),
        deductions=deductions,
        year_to_date=random.choice([YearToDate(), NEAR_LIMITS]),
    )
    net = f"{random.uniform(0.01, 10 ** random.randint(1, 5)):.2f}"
    return gross_up(request, net, earning=len(earnings) - 1, alone=is_bonus).tried


def main() -> None:
    show("Net to gross", measure())


if __name__ == "__main__":
    main()
