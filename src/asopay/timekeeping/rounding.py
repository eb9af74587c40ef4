"""Rounding of punches: 29 CFR 785.48(b), and the examples of Fact Sheet 53.

Both punches of a shift are rounded by the same rule, so that over all minutes at which one can
come and go the hours are the same as without rounding.
"""

from __future__ import annotations

from asopay.timekeeping.units import MINUTE

ROUNDING = {"none": 0, "five_minutes": 5, "tenth_hour": 6, "quarter_hour": 15}
"""The minutes to which punches are rounded, by the name of the rule."""


def rounded(seconds: int, minutes: int) -> int:
    """The time in seconds rounded to the nearest multiple of minutes; seconds are dropped first.

    For a quarter hour, 1 to 7 minutes go down and 8 to 14 up: Fact Sheet 53. Zero minutes do not
    round at all.

    >>> clock = 6 * 3600 + 50 * 60
    >>> rounded(clock, 15) == 6 * 3600 + 45 * 60, rounded(clock, 0) == clock
    (True, True)
    >>> rounded(15 * 3600 + 37 * 60 + 59, 15) == 15 * 3600 + 30 * 60
    True
    """
    if not minutes:
        return seconds
    return (seconds // MINUTE + minutes // 2) // minutes * minutes * MINUTE
