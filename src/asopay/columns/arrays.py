"""Arrow arrays as leaves, whose memory they share where they can."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import types as arrow

from asopay.columns.column import Mask, Rows
from asopay.columns.facts import narrow
from asopay.columns.leaf import Coded, Numbers
from asopay.errors import Fault
from asopay.reading import reader_of

TEN_THOUSANDTHS = 4
CENTS = 2

MOST_WHOLE = 10**14
"""The largest whole number that is read as it is: an int64 holds its ten-thousandths."""


def given_in(array: pa.Array) -> Mask:
    """The elements that are not null."""
    if not array.null_count:
        return np.broadcast_to(np.True_, len(array))
    return np.asarray(array.is_valid())


def coded(array: pa.Array) -> Coded:
    """The leaf of facts that an array holds."""
    if not arrow.is_dictionary(array.type):
        array = pc.dictionary_encode(array)
    indices, values = array.indices, array.dictionary.to_pylist()
    missing = indices.null_count
    codes = narrow(np.asarray(pc.fill_null(indices, 0) if missing else indices), len(values))
    codes = codes + codes.dtype.type(1)
    if missing:
        codes *= given_in(indices)
    return Coded(codes, values)


def years(array: pa.Array) -> Coded:
    """The leaf of the years of days, or of texts that say days; -1 is that of one that says none.

    >>> years(pa.array([date(1990, 5, 1), None])).values
    [1990]
    """
    if arrow.is_date(array.type):
        return coded(pc.cast(pc.year(array), pa.int32()))
    leaf = coded(array)
    read, faults = reader_of(date), list[Fault]()
    days = [v if isinstance(v, date) else read(v, "", faults) for v in leaf.values]
    return Coded(leaf.codes, [day.year if day else -1 for day in days])


def numbers(array: pa.Array, scale: int) -> Numbers:
    """The leaf of numbers with so many decimals that an array holds."""
    if arrow.is_dictionary(array.type):
        array = array.dictionary_decode()
    given = given_in(array)
    values, odd = _values(array, scale)
    if odd is not None:
        return Numbers(np.where(given & ~odd, values, 0), given & ~odd, given & odd)
    return Numbers(np.where(given, values, 0) if array.null_count else values, given)


def _values(array: pa.Array, scale: int) -> tuple[Rows, Mask | None]:
    """The unscaled values, and those that an int64 can't hold; of a null it may be anything."""
    if arrow.is_integer(array.type):
        whole = np.asarray(pc.fill_null(array, 0) if array.null_count else array)
        return _of_integers(whole, 1 if scale == CENTS else 10**scale)
    try:
        if not arrow.is_decimal128(array.type) or array.type.scale != scale:
            array = pc.cast(array, pa.decimal128(38, scale))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return _one_by_one(array, scale)
    return _of_decimals(array)


def _of_integers(whole: Any, factor: int) -> tuple[Rows, Mask | None]:
    values = whole.astype(np.int64, copy=False)
    odd = (values > MOST_WHOLE) | (values < -MOST_WHOLE)
    return (values if factor == 1 else values * factor), (odd if odd.any() else None)


def _of_decimals(array: pa.Array) -> tuple[Rows, Mask | None]:
    buffer = array.buffers()[1]
    words = np.frombuffer(buffer, np.int64, 2 * len(array), offset=16 * array.offset)
    low, high = words[::2], words[1::2]
    if not np.bitwise_or.reduce(high) and low.min(initial=0) >= 0:
        return low, None
    odd = high != low >> 63
    return low, (odd if odd.any() else None)


def _one_by_one(array: pa.Array, scale: int) -> tuple[Rows, Mask]:
    """Of an array in which some are not numbers of so many decimals."""
    values, odd = np.zeros(len(array), np.int64), np.zeros(len(array), bool)
    for number, value in enumerate(array.to_pylist()):
        try:
            scaled = Decimal(value or 0).scaleb(scale)
            values[number] = int(scaled)
            odd[number] = scaled != int(scaled)
        except (ArithmeticError, ValueError):
            odd[number] = True
    return values, odd
