"""Leave under the Family and Medical Leave Act as a share of the week: Fact Sheet 28I."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from asopay.earnings.hours import ten_thousandths


def share_of_week(normal: Decimal | int | str, worked: Decimal | int | str) -> Fraction:
    """The weeks of leave used in a week of so many normal hours, of which some were worked.

    Raises `ValueError` if no hours are normal, or more were worked.

    >>> share_of_week("30", "20")
    Fraction(1, 3)
    """
    whole, part = ten_thousandths(normal), ten_thousandths(worked)
    if not whole or part > whole:
        raise ValueError(f"{worked} is not from 0 to the normal hours of the week, {normal}")
    return Fraction(whole - part, whole)
