"""Vesting: which part of the employer's contributions is the employee's own.

Internal Revenue Code section 411(a)(2)(B), for contributions to a defined contribution plan: after
three years all of it, or from two to six years 20 percent more each year, or faster than one of
them.

>>> vested(100_000, years=4, schedule=GRADED)
60000
"""

from __future__ import annotations

from attrs import frozen

from asopay.money import Cents

WHOLE = 100
MOST_YEARS = 6


@frozen
class VestingSchedule:
    """The vested percent by years of service, from 0 on; the last one holds for all more.

    Raises `ValueError` if it falls, does not reach 100, or is slower than the law's slowest.
    """

    percents: tuple[int, ...]

    def __attrs_post_init__(self) -> None:
        percents = self.percents
        if list(percents) != sorted(percents) or not percents or percents[-1] != WHOLE:
            raise ValueError(f"percents: {percents} do not rise to 100")
        slow = [_slower(self, years, legal) for legal in _LEGAL for years in range(MOST_YEARS + 1)]
        by_schedule = [slow[: MOST_YEARS + 1], slow[MOST_YEARS + 1 :]]
        if all(any(each) for each in by_schedule):
            accepted = "all after 3 years, or 20 more each year from 2 to 6"
            raise ValueError(f"percents: {percents} are slower than {accepted}")

    def percent(self, years: int) -> int:
        """The vested percent after so many years of service."""
        return self.percents[min(years, len(self.percents) - 1)]


_LEGAL = ((0, 0, 0, 100), (0, 0, 20, 40, 60, 80, 100))


def _slower(schedule: VestingSchedule, years: int, legal: tuple[int, ...]) -> bool:
    return schedule.percent(years) < legal[min(years, len(legal) - 1)]


CLIFF = VestingSchedule(_LEGAL[0])
GRADED = VestingSchedule(_LEGAL[1])


def vested(balance: Cents, years: int, schedule: VestingSchedule) -> Cents:
    """The vested part of a balance in whole cents, rounded down; `ValueError` for less than 0."""
    if balance < 0 or years < 0:
        raise ValueError(f"balance {balance} and years {years}: neither is below zero")
    return balance * schedule.percent(years) // WHOLE
