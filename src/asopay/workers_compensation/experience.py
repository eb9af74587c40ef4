"""Experience modification: an employer's own losses against those that are expected.

The formula of the National Council on Compensation Insurance (NCCI): actual primary losses count in
full, excess losses by a weight, and a ballast keeps it near 1. The values of a rating (expected
losses, weight, ballast) come from the bureau's rating sheet.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from asopay.money import ONE, Cents, Rate, rate


@frozen
class Losses:
    """Primary and excess losses in cents."""

    primary: Cents
    excess: Cents


def experience_modification(actual: Losses, expected: Losses, weight: str, ballast: Cents) -> Rate:
    """The modification, to two decimals, half a hundredth up.

    (actual primary + weight x actual excess + (1 - weight) x expected excess + ballast) divided by
    (expected losses + ballast). Raises `ValueError` for a weight outside of 0 to 1, or if nothing
    is expected.

    >>> from asopay.money import rate_as_text
    >>> actual, expected = Losses(4_000_000, 3_000_000), Losses(3_500_000, 2_500_000)
    >>> rate_as_text(experience_modification(actual, expected, "0.20", 2_000_000))
    '1.08'
    """
    weighted = Fraction(rate(weight), ONE)
    if not 0 <= weighted <= 1:
        raise ValueError(f"{weight!r} is not a weight from 0 to 1")
    divisor = expected.primary + expected.excess + ballast
    if divisor <= 0:
        raise ValueError("expected losses and ballast are nothing: there is no modification")
    dividend = (
        actual.primary + weighted * actual.excess + (1 - weighted) * expected.excess + ballast
    )
    hundredths = Fraction(dividend * 100, divisor)
    whole = (2 * hundredths.numerator + hundredths.denominator) // (2 * hundredths.denominator)
    return int(whole) * (ONE // 100)
