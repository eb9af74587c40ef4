"""Pay frequencies, and the number of pay periods a year.

Publication 15-T, Worksheet 1A (https://www.irs.gov/pub/irs-pdf/p15t.pdf).
"""

from __future__ import annotations

from asopay.errors import one_of

FREQUENCIES = {
    "daily": 260,
    "weekly": 52,
    "biweekly": 26,
    "semimonthly": 24,
    "monthly": 12,
    "quarterly": 4,
    "semiannual": 2,
    "annual": 1,
}
"""The ordinary number of pay periods a year: Publication 15-T, Worksheet 1A, Table 3, and 1 for
an annual payroll, which the table leaves out."""

_LONG_YEARS = {"daily": (261, 262), "weekly": (53,), "biweekly": (27,)}


def periods_per_year(frequency: str, stated: int | None = None) -> int:
    """The number of pay periods a year: the ordinary one, or the one the employer states.

    Publication 15-T prints the ordinary numbers only. A year can hold 53 weekly, 27 biweekly, or
    261 or 262 daily pay dates; an employer that spreads annual figures over them states so.

    Raises ValueError for an unknown frequency, or a number no year of that frequency has.

    >>> periods_per_year("biweekly"), periods_per_year("biweekly", stated=27)
    (26, 27)
    >>> periods_per_year("weekly", stated=54)
    Traceback (most recent call last):
    ValueError: stated: 54 is not accepted; give 52 or 53 for weekly
    """
    if frequency not in FREQUENCIES:
        raise ValueError(f"frequency: {frequency!r} is not one of {one_of(FREQUENCIES)}")
    ordinary = FREQUENCIES[frequency]
    possible = (ordinary, *_LONG_YEARS.get(frequency, ()))
    if stated is not None and stated not in possible:
        accepted = f"{' or '.join(map(str, possible))} for {frequency}"
        raise ValueError(f"stated: {stated!r} is not accepted; give {accepted}")
    return ordinary if stated is None else stated
