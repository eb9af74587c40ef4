"""Money and rates as exact integers, and the verbs that rules are written in.

Three units, all integers:

- `Cents`: an amount of money in whole cents;
- `Rate`: a rate in hundred-millionths (0.062 is 6_200_000);
- `Unrounded`: the product of the two, in hundred-millionths of a cent.

Only the rounding verbs `to_cents`, `to_dollars` and `whole_cents` turn an `Unrounded` amount into
cents, so each rounding of a rule can be seen where it happens. The verbs work on three carriers:
`int` (one paycheck), numpy `int64` arrays (one element a paycheck) and `fractions.Fraction`, for
which the rounding verbs do not round, so that the same rule gives the exact result.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, NamedTuple

from attrs import field, frozen

from asopay.errors import shown

Cents = Annotated[int, "cents"]
Rate = Annotated[int, "rate"]
Unrounded = int

Side = Literal["left", "right"]
"""Whether the row of an amount that is a row's threshold is the one before, or that row."""

ONE = 100_000_000
"""The rate 1, that is 100 percent."""

HUNDRED = 100

LARGEST = 90_000_000_000
"""The largest amount in cents, a year's wages included: int64 still holds it unrounded."""

_SCALARS = (int, Fraction)
_DOLLARS = re.compile(r"\d{1,12}(\.\d{1,2})?")
_ACCEPTED = 'an amount in dollars with at most two decimals, such as "2400.00"'


def cents(dollars: Decimal | int | str) -> Cents:
    """Whole cents of an amount in dollars.

    A string or `Decimal` with at most two decimals, or a whole number of dollars. Raises
    `ValueError` for anything else: negative or not finite, a part of a cent, a binary float, or an
    amount above `LARGEST`.

    >>> cents("2400.5"), cents(Decimal("0.07")), cents(12)
    (240050, 7, 1200)
    >>> cents("1.005")
    Traceback (most recent call last):
    ValueError: '1.005' is not an amount in dollars with at most two decimals, such as "2400.00"
    """
    amount = dollars * 100 if type(dollars) is int else _cents_of_text(dollars)
    if not 0 <= amount <= LARGEST:
        bounds = f"from 0.00 to {as_text(LARGEST)}"
        raise ValueError(f"{shown(dollars)} is out of range: accepted is {_ACCEPTED}, {bounds}")
    return amount


def _cents_of_text(dollars: object) -> int:
    text = str(dollars) if isinstance(dollars, Decimal) else dollars
    if isinstance(text, str) and text.isascii() and _DOLLARS.fullmatch(text):
        whole, _, fraction = text.partition(".")
        return int(whole) * 100 + int((fraction + "00")[:2])
    if isinstance(dollars, float):
        raise ValueError(f"{dollars!r} is a binary float, which loses cents: write {_ACCEPTED}")
    raise ValueError(f"{shown(dollars)} is not {_ACCEPTED}")


def dollars(amount: Cents) -> Decimal:
    """The amount of cents as `Decimal` dollars with two decimals.

    >>> dollars(240050)
    Decimal('2400.50')
    """
    return Decimal(amount).scaleb(-2)


def as_text(amount: Cents) -> str:
    """The amount of cents as documents write it.

    >>> as_text(240050), as_text(-7)
    ('2400.50', '-0.07')
    """
    sign, amount = ("-", -amount) if amount < 0 else ("", amount)
    return f"{sign}{amount // 100}.{amount % 100:02d}"


def rate(value: Decimal | int | str) -> Rate:
    """The rate as an integer of hundred-millionths; `ValueError` if it needs more decimals.

    >>> rate("0.062"), rate(Decimal("0.0057"))
    (6200000, 570000)
    """
    try:
        scaled = Decimal(value) * ONE
        if not isinstance(value, bool | float) and scaled == int(scaled):
            return int(scaled)
    except (ArithmeticError, TypeError, ValueError):
        pass
    raise ValueError(f"{shown(value)} is not a rate of at most eight decimals, such as 0.062")


def percent(value: Decimal | int | str) -> Rate:
    """A percentage from 0 to 100, as a rate; `ValueError` if it needs more than six decimals.

    >>> percent("66.6667")
    66666700
    """
    of_hundred = rate(value)
    if not 0 <= of_hundred <= HUNDRED * ONE:
        raise ValueError(f"{value} is not a percentage from 0 to 100")
    if of_hundred % HUNDRED:
        raise ValueError(f"{value} is not a percentage of at most six decimals, such as 66.6667")
    return of_hundred // HUNDRED


def rate_as_text(value: Rate) -> str:
    """The rate as a decimal fraction, without trailing zeros.

    >>> rate_as_text(6_200_000)
    '0.062'
    """
    return f"{Decimal(value) / ONE:f}"


def share(amount: Cents, of_rate: Rate) -> Unrounded:
    """The rate's share of the amount, unrounded.

    >>> to_cents(share(100_000, rate("0.0307")))
    3070
    """
    return amount * of_rate


def unrounded(amount: Cents) -> Unrounded:
    """The amount as an unrounded one, to be added to or taken from a `share`."""
    return amount * ONE


def to_cents(amount: Unrounded, divided_by: int = 1) -> Cents:
    """Whole cents of an unrounded amount, half a cent up; divides by `divided_by` on the way.

    >>> to_cents(unrounded(1000), divided_by=3), to_cents(unrounded(5), divided_by=2)
    (333, 3)
    """
    unit = ONE * divided_by
    if type(amount) is not int and isinstance(amount, Fraction):
        return amount / unit
    return (amount + unit // 2) // unit


def to_dollars(amount: Unrounded, divided_by: int = 1) -> Cents:
    """Cents of an unrounded amount rounded to the whole dollar, 50 cents up.

    >>> to_dollars(unrounded(250)), to_dollars(unrounded(249))
    (300, 200)
    """
    return to_cents(amount, divided_by * 100) * 100


def whole_cents(amount: Unrounded, divided_by: int = 1) -> Cents:
    """Whole cents of an unrounded amount, the rest dropped: for what may not be more than it.

    >>> whole_cents(share(25_001, rate("0.25"))), whole_cents(unrounded(5), divided_by=3)
    (6250, 1)
    """
    return amount // (ONE * divided_by)


def rounded(amount: Fraction) -> int:
    """The whole number next to an exact amount, half up, also below zero.

    >>> rounded(Fraction(5, 2)), rounded(Fraction(-5, 2))
    (3, -2)
    """
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def in_ratio(amount: int, part: int, whole: int) -> int:
    """The part of the whole of an amount, half a unit up; the whole is more than zero.

    On columns the amount times the part stays below 4 * 10**18.

    >>> in_ratio(1000, 1, 3), in_ratio(1, 1, 2)
    (333, 1)
    """
    return (2 * amount * part + whole) // (2 * whole)


def in_proportion(amount: Cents, weights: Sequence[int]) -> list[Cents]:
    """The amount in parts that go by the weights and add up; without any weight, all in the first.

    >>> in_proportion(1000, [1, 1, 1]), in_proportion(1000, [0, 0])
    ([333, 333, 334], [1000, 0])
    """
    total = sum(weights)
    parts = []
    reached = given = 0
    for weight in weights:
        reached += weight
        upto = amount * reached // total if total else amount
        parts.append(upto - given)
        given = upto
    return parts


def at_least_zero(amount: int) -> int:
    """The amount, or zero if it is below zero."""
    if isinstance(amount, _SCALARS):
        return max(0, amount)
    return _numpy().maximum(amount, 0)


def at_most(amount: int, limit: int) -> int:
    """The smaller of the amount and the limit."""
    if isinstance(amount, _SCALARS) and isinstance(limit, _SCALARS):
        return min(limit, amount)
    return _numpy().minimum(amount, limit)


def at_least(amount: int, limit: int) -> int:
    """The larger of the amount and the limit."""
    if isinstance(amount, _SCALARS) and isinstance(limit, _SCALARS):
        return max(limit, amount)
    return _numpy().maximum(amount, limit)


def pick(condition: bool, if_true: int, if_false: int) -> int:
    """One amount or the other. Both are evaluated beforehand: the last resort of the verbs."""
    if isinstance(condition, bool):
        return if_true if condition else if_false
    return _numpy().where(condition, if_true, if_false)


def printed(amounts: tuple[int, ...], number: int) -> int:
    """The amount that stands at place `number`, counted from 0, in a printed row of amounts."""
    if isinstance(number, _SCALARS):
        return amounts[int(number)]
    if isinstance(number, StandIn):
        return number.printed_in(amounts)
    return _numpy().asarray(amounts)[number]


def _numpy() -> Any:
    import numpy as np

    return np


class StandIn(ABC):
    """Stands for an amount while the steps of a rule are recorded, and looks up in its own way."""

    __slots__ = ()

    @abstractmethod
    def row_of(self, brackets: Brackets, side: Side) -> Bracket:
        """The row of a schedule."""

    @abstractmethod
    def printed_in(self, amounts: tuple[int, ...]) -> Any:
        """The amount that stands at this place, counted from 0, in a printed row of amounts."""


class Bracket(NamedTuple):
    """One row of a schedule: on an amount of `over` or more, `base` and `rate` of the excess."""

    over: Cents
    base: Cents
    rate: Rate


@frozen
class Brackets:
    """A printed tax schedule: rows in ascending order, the first one from zero."""

    rows: tuple[Bracket, ...]
    _over: list[int] = field(init=False, eq=False, repr=False)
    _columns: list[Any] = field(init=False, factory=list, eq=False, repr=False)

    @_over.default
    def _thresholds(self) -> list[int]:
        return [row.over for row in self.rows]

    def row(self, amount: Cents) -> Bracket:
        """The row of an amount of at least its `over`; for a column, a row of columns.

        The amount is not below zero.
        """
        if isinstance(amount, _SCALARS):
            return self.rows[bisect_right(self._over, amount) - 1]
        return self._row_of(amount, "right")

    def row_above(self, amount: Cents) -> Bracket:
        """The row of an amount of more than its `over`: rows include their upper end."""
        if isinstance(amount, _SCALARS):
            return self.rows[max(bisect_left(self._over, amount) - 1, 0)]
        return self._row_of(amount, "left")

    def _row_of(self, amounts: Any, side: Side) -> Bracket:
        if isinstance(amounts, StandIn):
            return amounts.row_of(self, side)
        places = self.locate(amounts, side)
        return Bracket(*(figures[places] for figures in self.columns))

    @property
    def columns(self) -> list[Any]:
        """The rows as three arrays: from where they count, base amounts, and rates."""
        if not self._columns:
            self._columns.extend(_numpy().array(self.rows).T.copy())
        return self._columns

    def locate(self, amounts: Any, side: Side) -> Any:
        """The places of the rows of an array of amounts."""
        return _numpy().maximum(self.columns[0].searchsorted(amounts, side=side) - 1, 0)

    def tax(self, amount: Cents) -> Unrounded:
        """The tax on the amount (not below zero), unrounded."""
        row = self.row(amount)
        return unrounded(row.base) + share(amount - row.over, row.rate)
