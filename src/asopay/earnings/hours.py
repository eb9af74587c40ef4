"""Pay for hours at a rate."""

from __future__ import annotations

import re
from decimal import Decimal

from asopay.errors import shown
from asopay.money import Cents, in_ratio

TEN_THOUSAND = 10_000

_NUMBER = re.compile(r"\d{1,7}(\.\d{1,4})?")


def ten_thousandths(value: Decimal | int | str) -> int:
    """A number of hours, a pay rate or a percentage, as a whole number of ten-thousandths.

    Raises `ValueError` for anything but a number from 0 with at most four decimals.

    >>> ten_thousandths("7.5"), ten_thousandths(40)
    (75000, 400000)
    """
    accepted = 'a number of at most four decimals, such as "37.5"'
    if isinstance(value, bool | float) or not isinstance(value, Decimal | int | str):
        raise ValueError(f"{value!r} is not {accepted}, written as a string or a whole number")
    text = str(value)
    if not (text.isascii() and _NUMBER.fullmatch(text)):
        raise ValueError(f"{shown(text)} is not {accepted}")
    whole, _, fraction = text.partition(".")
    return int(whole) * TEN_THOUSAND + int((fraction + "0000")[:4])


def pay_for_hours(hours: int, rate: int, multiplier: int = TEN_THOUSAND) -> Cents:
    """Hours times the rate in dollars times the multiplier, in cents; all in ten-thousandths.

    Rounded once, half a cent up.

    >>> pay_for_hours(ten_thousandths(4), ten_thousandths("30.00"), ten_thousandths("1.5"))
    18000
    """
    return in_ratio(hours * rate, multiplier, TEN_THOUSAND**3 // 100)
