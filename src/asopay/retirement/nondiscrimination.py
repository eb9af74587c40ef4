"""Nondiscrimination tests of a plan: ADP and ACP with their correction, and top-heavy minimum.

Internal Revenue Code sections 401(k)(3) and (8), 401(m) and 416. Ratios are whole hundredths of a
percent, rounded half up, as the regulations have it; amounts are whole cents.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from attrs import frozen

from asopay.money import Cents, in_proportion

HUNDRED_PERCENT = 10_000
TWO_POINTS = 200


@frozen
class PlanTest:
    """The averages of both groups and the limit on that of the highly compensated."""

    ratios: tuple[int, ...]
    highly_compensated: tuple[bool, ...]
    average_of_highly: int
    average_of_others: int
    limit: int

    @property
    def passes(self) -> bool:
        """Whether the average of the highly compensated is within the limit."""
        return self.average_of_highly <= self.limit


@frozen
class Correction:
    """What brings a test to its limit: the levelled ratios, the excess in all, and the refunds.

    `to_catch_up` are amounts that become catch-up contributions instead of being refunded.
    """

    ratios: tuple[int, ...]
    excess: Cents
    refunds: tuple[Cents, ...]
    to_catch_up: tuple[Cents, ...]


def highest_average(of_others: int) -> int:
    """The most that the average of the highly compensated may be.

    >>> [highest_average(average) for average in (100, 444, 900)]
    [200, 644, 1125]
    """
    return max(of_others * 5 // 4, min(of_others * 2, of_others + TWO_POINTS))


def plan_test(
    amounts: Sequence[Cents],
    compensations: Sequence[Cents],
    highly_compensated: Sequence[bool],
    average_of_others: int | None = None,
) -> PlanTest:
    """The ADP test of deferrals, or the ACP test of match and after-tax contributions.

    A participant who could have contributed counts also with nothing. `average_of_others` is that
    of the year before, where the plan tests by it. Raises `ValueError` with all that is wrong.
    """
    _check(amounts, compensations, highly_compensated)
    ratios = [
        (2 * HUNDRED_PERCENT * amount + pay) // (2 * pay)
        for amount, pay in zip(amounts, compensations, strict=True)
    ]
    highly = tuple(bool(each) for each in highly_compensated)
    groups: dict[bool, list[int]] = {True: [], False: []}
    for ratio, belongs in zip(ratios, highly, strict=True):
        groups[belongs].append(ratio)
    others = _average(groups[False]) if average_of_others is None else average_of_others
    return PlanTest(tuple(ratios), highly, _average(groups[True]), others, highest_average(others))


def correct(
    test: PlanTest,
    amounts: Sequence[Cents],
    compensations: Sequence[Cents],
    catch_up_left: Sequence[Cents] | None = None,
) -> Correction:
    """The correction of a test that fails: section 401(k)(8)(B) and (C).

    The highest ratios are levelled until the average is within the limit; what that takes away in
    dollars is apportioned by levelling the highest amounts. `catch_up_left` is what each may still
    contribute as catch-up: it is used before anything is refunded.
    """
    numbers = [n for n, highly in enumerate(test.highly_compensated) if highly]
    ratios = [test.ratios[n] for n in numbers]
    too_much = 0 if test.passes else sum(ratios) - test.limit * len(ratios)
    cuts = _levelled(ratios, too_much, whole=True)
    excess = sum(
        min((2 * cut * compensations[n] + HUNDRED_PERCENT) // (2 * HUNDRED_PERCENT), amounts[n])
        for n, cut in zip(numbers, cuts, strict=True)
    )
    by_amount = _levelled([amounts[n] for n in numbers], excess, whole=False)
    refunds, to_catch_up = [0] * len(amounts), [0] * len(amounts)
    levelled = list(test.ratios)
    for n, cut, amount in zip(numbers, cuts, by_amount, strict=True):
        levelled[n] -= cut
        to_catch_up[n] = min(amount, catch_up_left[n]) if catch_up_left else 0
        refunds[n] = amount - to_catch_up[n]
    return Correction(tuple(levelled), excess, tuple(refunds), tuple(to_catch_up))


def top_heavy_minimum(compensation: Cents, highest_key_ratio: int) -> Cents:
    """The least contribution for a non-key employee of a top-heavy plan: section 416(c)(2).

    3 percent of compensation, or the highest ratio of a key employee if that is less.

    >>> top_heavy_minimum(4_000_000, highest_key_ratio=250)
    100000
    """
    ratio = min(3 * HUNDRED_PERCENT // 100, highest_key_ratio)
    return (2 * compensation * ratio + HUNDRED_PERCENT) // (2 * HUNDRED_PERCENT)


def needed_average(of_highly: int) -> int:
    """The least average of the others with which that of the highly compensated passes.

    Qualified nonelective contributions for the others can bring it there, in place of refunds.

    >>> needed_average(720), highest_average(520)
    (520, 720)
    """
    return bisect_left(range(of_highly + 1), of_highly, key=highest_average)


def allocable_income(
    refund: Cents, income: Cents, opening_balance: Cents, contributions: Cents
) -> Cents:
    """The income on a refund in cents, which is refunded with it: 26 CFR 1.401(k)-2(b)(2)(iv).

    The income of the year in proportion to the refund, of the balance at its beginning and the
    contributions of the year. Income can be below zero. Raises `ValueError` without a balance.

    >>> allocable_income(448_800, 220_000, opening_balance=2_400_000, contributions=2_000_000)
    22440
    """
    whole = opening_balance + contributions
    if whole <= 0:
        raise ValueError(f"opening_balance and contributions: {whole} is not above zero")
    return (2 * income * refund + whole) // (2 * whole)


def _average(ratios: Sequence[int]) -> int:
    return (2 * sum(ratios) + len(ratios)) // (2 * len(ratios)) if ratios else 0


def _levelled(values: Sequence[int], cut: int, *, whole: bool) -> list[int]:
    """What each value loses when the highest are brought down to one level, `cut` in all.

    With `whole`, values that are levelled stay equal, so that a little more is cut.
    """
    if not cut:
        return [0] * len(values)
    order = sorted(range(len(values)), key=values.__getitem__, reverse=True)
    highest = [values[number] for number in order]
    together = list(accumulate(highest))
    levels = zip(together, [*highest[1:], 0], strict=True)
    number = next(n for n, (sum_, below) in enumerate(levels, 1) if sum_ - n * below >= cut)
    left = together[number - 1] - cut
    kept = [left // number] * number if whole else in_proportion(left, [1] * number)
    losses = [0] * len(values)
    for one, keeps in zip(order[:number], kept, strict=True):
        losses[one] = values[one] - keeps
    return losses


def _check(
    amounts: Sequence[Cents], compensations: Sequence[Cents], highly: Sequence[bool]
) -> None:
    faults = []
    if not len(amounts) == len(compensations) == len(highly):
        lengths = f"{len(amounts)}, {len(compensations)} and {len(highly)}"
        faults.append(f"amounts, compensations and highly_compensated: {lengths} are not as many")
    faults += [f"amounts[{n}]: {a} is below zero" for n, a in enumerate(amounts) if a < 0]
    faults += [
        f"compensations[{n}]: {pay} is not above zero"
        for n, pay in enumerate(compensations)
        if pay <= 0
    ]
    if faults:
        raise ValueError("\n".join(faults))
