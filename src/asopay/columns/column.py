"""A column of amounts on which the whole engine runs, an `if` on amounts included.

Asked whether it is true, a column answers if all its rows agree. If they do not, it raises `Split`,
and whoever runs the engine runs it once for the rows that agree and once for the others.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[Any]
Mask = NDArray[np.bool_]

LARGEST_INT64 = 2**63 - 1


class Split(Exception):
    """The rows of a block differ in a condition; `mask` says for which it holds."""

    def __init__(self, mask: Mask) -> None:
        super().__init__("the rows differ")
        self.mask = mask

    def among(self, rows: Rows | None, count: int) -> Split:
        """The same for all the rows of a block, of which these are some; None are all of them."""
        if rows is None:
            return self
        mask = np.zeros(count, bool)
        mask[rows[self.mask]] = True
        return Split(mask)


class Column(np.ndarray[Any, Any]):
    """Amounts in cents or other whole numbers, one element a paycheck.

    >>> wages = column([100, 200])
    >>> bool(wages > 50)
    True
    >>> bool(wages > 150)
    Traceback (most recent call last):
    asopay.columns.column.Split: the rows differ
    """

    def __mul__(self, other: Any) -> Any:
        return product(self, other).view(Column)

    def __rmul__(self, other: Any) -> Any:
        return product(self, other).view(Column)

    def __radd__(self, other: Any) -> Any:
        """The sum; nothing is added where `sum` begins."""
        return self if type(other) is int and other == 0 else super().__radd__(other)

    def __iadd__(self, other: Any) -> Any:  # type: ignore[misc] # no amount changes in its place
        return self + other

    def __isub__(self, other: Any) -> Any:  # type: ignore[misc]
        return self - other

    def __ifloordiv__(self, other: Any) -> Any:  # type: ignore[misc]
        return self // other

    def __bool__(self) -> bool:
        holds = np.asarray(self, dtype=np.bool_)
        first = bool(holds[0])
        if (holds == first).all():
            return first
        raise Split(holds)


def product(one: Any, other: Any) -> Any:
    """The product of an array with an array or a number.

    An int64 that is too small for a product would wrap, without a word: instead there is a `Split`
    for the rows in which it is, or an `OverflowError` if it is in all.
    """
    one = one.view(np.ndarray)
    other = other.view(np.ndarray) if isinstance(other, np.ndarray) else other
    if _size(one) * _size(other) > LARGEST_INT64:
        too_large = np.abs(one * np.asarray(other, np.float64)) >= LARGEST_INT64
        if too_large.all():
            raise OverflowError("the product is too large for a column")
        if too_large.any():
            raise Split(too_large)
    return one * other


def _size(value: Any) -> int:
    """What no amount is larger than, without its sign."""
    if not isinstance(value, np.ndarray):
        return abs(int(value))
    bits = int(np.bitwise_or.reduce(value))  # one look at the amounts, if none is below zero
    return bits if bits >= 0 else max(abs(int(value.max())), abs(int(value.min())))


def column(values: Any) -> Any:
    """The whole numbers as a column."""
    return np.asarray(values, dtype=np.int64).view(Column)
