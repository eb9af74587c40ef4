"""Which rows share their facts: combined codes, counted from 0."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from asopay.columns.column import Rows

MOST = 2**62


class Combined:
    """Rows by the combination of facts that were added: the same `codes`, the same facts."""

    def __init__(self, count: int) -> None:
        self.codes: Rows = np.zeros(count, np.int64)
        self.number = 1

    def add(self, codes: Rows, number: int) -> None:
        """Tells rows apart by further codes, of which there are so many, counted from 0."""
        if not len(codes) or (number <= 1):
            return
        if (codes == codes[0]).all():
            return
        if self.number * number > MOST:
            self.squeeze()
        self.codes = self.codes * number + codes
        self.number *= number

    def add_all(self, several: Iterable[tuple[Rows, int]]) -> None:
        """Adds several."""
        for codes, number in several:
            self.add(codes, number)

    def squeeze(self) -> Combined:
        """The codes without gaps."""
        if self.number > 1:
            found = pc.dictionary_encode(pa.array(self.codes))
            self.codes = np.asarray(found.indices).astype(np.int64)
            self.number = len(found.dictionary)
        return self


def stable_order(codes: Rows, number: int) -> Rows:
    """The rows in the order of their codes; those of the same code stay in order."""
    narrow = codes.astype(np.uint16) if number <= np.iinfo(np.uint16).max else codes
    return np.argsort(narrow, kind="stable")


def runs(ordered: Rows) -> list[tuple[int, int]]:
    """Where the runs of equal codes begin and end."""
    if not len(ordered):
        return []
    edges = np.flatnonzero(np.diff(ordered)) + 1
    return list(zip([0, *edges.tolist()], [*edges.tolist(), len(ordered)], strict=True))
