"""Which rows share their facts: combined codes, counted from 0."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asopay.columns.column import Rows

MOST = 2**62

MOST_COUNTED = 2**16
"""Up to so many combinations, those that there are are found by a list of all."""


class Combined:
    """Rows by the combination of facts that were added: the same `codes`, the same facts."""

    def __init__(self, count: int) -> None:
        self.codes: Rows = np.zeros(count, np.int64)
        self.number = 1

    def add(self, codes: Any, number: int) -> None:
        """Tells rows apart by further codes, of which there are so many, counted from 0."""
        if number <= 1 or not len(codes) or all_equal(codes):
            return
        if self.number == 1:
            self.codes, self.number = codes, number
            return
        if self.number * number > MOST:
            self.squeeze()
        combined = np.multiply(self.codes, number, dtype=np.int64)
        combined += codes
        self.codes = combined
        self.number *= number

    def add_all(self, several: Iterable[tuple[Rows, int]]) -> None:
        """Adds several."""
        for codes, number in several:
            self.add(codes, number)

    def squeeze(self) -> Combined:
        """The codes without gaps."""
        if self.number <= 1:
            return self
        if self.number <= min(MOST_COUNTED, 16 + 4 * len(self.codes)):
            there = distinct(self.codes)
            renamed = np.zeros(self.number, np.int32)
            renamed[there] = np.arange(len(there))
            self.codes = renamed.take(self.codes)
            self.number = len(there)
        else:
            found = pc.dictionary_encode(pa.array(self.codes))
            self.codes = np.asarray(found.indices)
            self.number = len(found.dictionary)
        return self


def all_equal(codes: Rows) -> bool:
    """Whether there is but one code."""
    return codes.strides == (0,) or bool((codes == codes[0]).all())


def narrow(codes: Rows, most: int) -> Rows:
    """The codes, up to `most`, in the narrowest type that holds them."""
    return codes.astype(np.min_scalar_type(most), copy=False)


def distinct(codes: Rows) -> list[int]:
    """The codes that there are, in order."""
    found: list[int] = np.bincount(codes).nonzero()[0].tolist()
    return found


def examples(codes: Rows, number: int) -> Rows:
    """A row of each code, of so many, all of which there are."""
    found = np.zeros(number if len(codes) else 0, np.intp)
    found[codes.astype(np.intp, copy=False)] = np.arange(len(codes))
    return found


def stable_order(codes: Rows, number: int) -> Rows:
    """The rows in the order of their codes; those of the same code stay in order."""
    return np.argsort(narrow(codes, number), kind="stable")


def runs(ordered: Rows) -> list[tuple[int, int]]:
    """Where the runs of equal codes begin and end."""
    if not len(ordered):
        return []
    edges = np.flatnonzero(ordered[1:] != ordered[:-1]) + 1
    return list(zip([0, *edges.tolist()], [*edges.tolist(), len(ordered)], strict=True))
