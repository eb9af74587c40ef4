"""The census of a plan: who is highly compensated, who is key, and whether the plan is top-heavy.

Internal Revenue Code sections 414(q) and 416. Amounts are whole cents.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from asopay.deductions.plan_limits import Figures
from asopay.money import Cents, at_least_zero
from asopay.retirement.nondiscrimination import (
    HUNDRED_PERCENT,
    PlanTest,
    plan_test,
    top_heavy_minimum,
)

FIVE_PERCENT = 5
ONE_PERCENT = 1
TOP_HEAVY = 60
TOP_PAID = 5
"""The top-paid group is one of so many employees."""

MOST_OFFICERS = 50
LEAST_OFFICERS = 3
OFFICERS = 10
"""No more than one of so many employees count as officers, and no fewer than three."""


@frozen
class Participant:
    """An employee of the census: pay of the year and of the year before, and contributions.

    `matched` are matching and after-tax contributions, and `employer` is all that the employer
    contributed. `balance` is the account on the determination date. `owns` is the percentage of the
    employer, with what is attributed to the employee.
    """

    compensation: Cents
    prior_compensation: Cents = 0
    deferral: Cents = 0
    matched: Cents = 0
    employer: Cents = 0
    balance: Cents = 0
    owns: Decimal | int = 0
    officer: bool = False


def highly_compensated(
    census: Sequence[Participant], prior_year: Figures, *, top_paid: bool = False
) -> list[bool]:
    """Who owns more than 5 percent, or had more than the limit of the year before, that year.

    `prior_year` are the limits of the year before. With `top_paid`, the plan counts only the
    top-paid fifth of the employees for their pay.
    """
    pays = sorted((each.prior_compensation for each in census), reverse=True)
    fifth = pays[: -(-len(pays) // TOP_PAID)]
    least = fifth[-1] if top_paid and fifth else 0
    limit = prior_year.highly_compensated
    return [
        each.owns > FIVE_PERCENT or (limit < each.prior_compensation >= least) for each in census
    ]


def key_employees(census: Sequence[Participant], year: Figures) -> list[bool]:
    """Who owns more than 5 percent, or 1 percent and is paid more than the limit, or is an officer.

    Of the officers that are paid more than theirs, as many as the law counts, the highest paid.
    """
    most = min(MOST_OFFICERS, max(LEAST_OFFICERS, -(-len(census) // OFFICERS)))
    officers = [n for n, each in enumerate(census) if each.officer]
    officers = [n for n in officers if census[n].compensation > year.key_officer]
    officers.sort(key=lambda n: census[n].compensation, reverse=True)
    counted = {*officers[:most]}
    return [
        each.owns > FIVE_PERCENT
        or (each.owns > ONE_PERCENT and each.compensation > year.key_owner)
        or number in counted
        for number, each in enumerate(census)
    ]


def adp_test(
    census: Sequence[Participant], highly: Sequence[bool], average_of_others: int | None = None
) -> PlanTest:
    """The test of the deferrals of a census; `correct` takes its lists as `plan_test` does.

    `average_of_others` is that of the year before, where the plan tests by it.

    >>> census = [Participant(20_000_000, deferral=2_000_000), Participant(2_500_000)]
    >>> adp_test(census, [True, False]).passes
    False
    """
    amounts = [each.deferral for each in census]
    return plan_test(amounts, [each.compensation for each in census], highly, average_of_others)


def acp_test(
    census: Sequence[Participant], highly: Sequence[bool], average_of_others: int | None = None
) -> PlanTest:
    """The test of the matching and after-tax contributions of a census.

    >>> census = [Participant(20_000_000, matched=800_000), Participant(2_500_000, matched=50_000)]
    >>> test = acp_test(census, [True, False])
    >>> test.average_of_highly, test.limit
    (400, 400)
    """
    amounts = [each.matched for each in census]
    return plan_test(amounts, [each.compensation for each in census], highly, average_of_others)


@frozen
class TopHeavyTest:
    """The share of the key employees in all balances, in hundredths of a percent.

    `missing` is what the employer still has to contribute for each participant, in cents; nothing
    if the plan is not top-heavy, and nothing for key employees.
    """

    ratio: int
    top_heavy: bool
    missing: tuple[Cents, ...]


def top_heavy_test(census: Sequence[Participant], key: Sequence[bool]) -> TopHeavyTest:
    """Whether key employees have more than 60 percent of the balances, and the correction.

    The minimum is 3 percent of compensation, or the highest ratio of a key employee's employer
    contributions and deferrals if that is less. Raises `ValueError` unless `key` is as long.

    >>> boss = Participant(compensation=20_000_000, deferral=500_000, balance=6_400_000)
    >>> worker = Participant(compensation=4_000_000, balance=3_600_000)
    >>> top_heavy_test([boss, worker], [True, False])
    TopHeavyTest(ratio=6400, top_heavy=True, missing=(0, 100000))
    """
    if len(census) != len(key):
        raise ValueError(f"census and key: {len(census)} and {len(key)} are not as many")
    both = list(zip(census, key, strict=True))
    total = sum(each.balance for each in census)
    of_key = sum(each.balance for each, is_key in both if is_key)
    ratio = of_key * HUNDRED_PERCENT // total if total else 0
    top_heavy = of_key * 100 > total * TOP_HEAVY
    highest = max((_ratio(each) for each, is_key in both if is_key), default=0)
    missing = tuple(
        at_least_zero(top_heavy_minimum(each.compensation, highest) - each.employer)
        if top_heavy and not is_key
        else 0
        for each, is_key in both
    )
    return TopHeavyTest(ratio, top_heavy, missing)


def _ratio(participant: Participant) -> int:
    contributed = participant.employer + participant.deferral
    pay = participant.compensation
    return (2 * HUNDRED_PERCENT * contributed + pay) // (2 * pay) if pay else 0
