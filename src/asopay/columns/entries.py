"""Lists of entries, one list a row: kept as they are added, given out in the rows' order."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from attrs import define, field
from numpy.typing import NDArray

from asopay.columns.column import Mask, Rows

Codes = NDArray[np.int32]

Everywhere = Mask | bool

Entry = tuple[Hashable, Everywhere, Sequence[Any]]
"""A label of facts, which of the rows have the entry, and its amounts."""

LARGEST_UINT16, LARGEST_UINT32 = 2**16 - 1, 2**32 - 1


@define(eq=False)
class Entries:
    """Lists of entries of so many rows, each entry with a label and some `amounts`.

    Entries lie side by side as they were added, row by row: the lists of any rows are found by
    where each begins, however many structures the rows have. Amounts take four bytes as long as
    that is enough for all. `begin` starts anew with the memory that is there, for fresh memory
    takes longer than what is written into it.

    >>> entries = Entries(1)
    >>> entries.begin(3)
    >>> entries.add(np.array([2, 0]), [("a", True, (np.array([5, 7]),)), ("b", True, (1,))])
    >>> offsets, codes, [amounts] = entries.of(0, 3)
    >>> offsets.tolist(), codes.tolist(), amounts.tolist()
    ([0, 2, 2, 4], [0, 1, 0, 1], [7, 1, 5, 1])
    """

    amounts: int
    count: int = 0
    _labels: dict[Hashable, int] = field(factory=dict)
    _starts: Rows = field(factory=lambda: np.empty(0, np.int64))
    _lengths: Codes = field(factory=lambda: np.empty(0, np.int32))
    _codes: NDArray[Any] = field(factory=lambda: np.empty(0, np.uint16))
    _values: list[NDArray[Any]] = field(init=False)
    _used: int = 0
    _rows: int = 0

    def __attrs_post_init__(self) -> None:
        self._values = [np.empty(0, np.uint32) for _ in range(self.amounts)]

    @property
    def labels(self) -> list[Any]:
        """The labels, in the order of their codes."""
        return list(self._labels)

    def begin(self, count: int) -> None:
        """Starts with so many rows that have no entries."""
        self._labels, self.count, self._used, self._rows = {}, count, 0, 0
        self._starts = with_room(self._starts, count)
        self._lengths = with_room(self._lengths, count)
        self._lengths[:count] = 0

    def add(self, rows: Rows, entries: Sequence[Entry]) -> None:
        """Adds the lists of some rows, in the place of those that they had."""
        self._rows += len(rows)
        if not entries:
            self._lengths[rows] = 0
            return
        labels = self._labels
        codes = [labels.setdefault(label, len(labels)) for label, _, _ in entries]
        if len(labels) > LARGEST_UINT16:
            self._codes = self._codes.astype(np.int32, copy=False)
        for number, values in enumerate(self._values):
            if values.dtype != np.int64 and not _within_uint32(entries, number):
                self._values[number] = values.astype(np.int64)
        if all(here is True for _, here, _ in entries):
            self._add_to_all(rows, entries, codes)
        else:
            self._add_where(rows, entries, codes)

    def _add_to_all(self, rows: Rows, entries: Sequence[Entry], codes: list[int]) -> None:
        """Every row has every entry: they are the columns of a table."""
        shape = len(rows), len(codes)
        start = self._room_for(len(rows) * len(codes))
        self._starts[rows] = np.arange(start, self._used, len(codes))
        self._lengths[rows] = len(codes)
        self._codes[start : self._used].reshape(shape)[:] = codes
        for number, values in enumerate(self._values):
            table = values[start : self._used].reshape(shape)
            for at, (_, _, amounts) in enumerate(entries):
                table[:, at] = amounts[number]

    def _add_where(self, rows: Rows, entries: Sequence[Entry], codes: list[int]) -> None:
        """Each entry goes to the next place of those rows that have it."""
        lengths = np.zeros(len(rows), np.int64)
        for _, here, _ in entries:
            lengths += here
        ends = np.cumsum(lengths)
        start = self._room_for(int(ends[-1]))
        places = start + ends - lengths
        self._starts[rows] = places
        self._lengths[rows] = lengths
        for code, (_, here, amounts) in zip(codes, entries, strict=True):
            having = slice(None) if here is True else np.flatnonzero(here)
            into = places[having]
            if not len(into):
                continue
            self._codes[into] = code
            for values, value in zip(self._values, amounts, strict=True):
                values[into] = value[having] if isinstance(value, np.ndarray) else value
            places[having] += 1

    def _room_for(self, more: int) -> int:
        """Makes room for so many further entries; returns where they begin."""
        start, self._used = self._used, self._used + more
        if self._used > len(self._codes):
            expected = self._used * max(self.count, self._rows) // self._rows
            size = expected + expected // 32
            self._codes = with_room(self._codes, size, start)
            self._values = [with_room(values, size, start) for values in self._values]
        return start

    def of(self, first: int, end: int) -> tuple[Codes, Codes, list[Rows]]:
        """Of the rows from `first` to before `end`: offsets, and of each entry code and amounts."""
        lengths = self._lengths[first:end]
        offsets = np.zeros(end - first + 1, np.int32)
        np.cumsum(lengths, out=offsets[1:])
        places = np.repeat(self._starts[first:end] - offsets[:-1], lengths)
        places += np.arange(len(places))
        codes = self._codes[places].astype(np.int32, copy=False)
        return offsets, codes, [values[places] for values in self._values]


def _within_uint32(entries: Sequence[Entry], number: int) -> bool:
    """Whether four bytes are enough for an amount of the entries: their bits together say so."""
    bits = 0
    for _, _, amounts in entries:
        cents = amounts[number]
        bits |= int(_together(np.asarray(cents)) if isinstance(cents, np.ndarray) else cents)
    return 0 <= bits <= LARGEST_UINT32


_together = np.bitwise_or.reduce


def with_room(values: Any, size: int, used: int = 0) -> Any:
    """The array, or a larger one with what is used of it, in which so many values have room."""
    if len(values) >= size:
        return values
    found = np.empty(size, values.dtype)
    found[:used] = values[:used]
    return found
