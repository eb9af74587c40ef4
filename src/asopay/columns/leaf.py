"""Leaves: what all the rows of a window have in one field of the request.

Codes have the narrowest type that holds them, and numbers stay where Arrow has them: a group of
rows reads its own, a block at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any

import numpy as np
from attrs import define, field

from asopay.columns.column import Mask, Rows
from asopay.columns.facts import Combined, distinct, examples, narrow
from asopay.columns.shape import Path


@define(eq=False)
class Place:
    """One place in the lists of rows, whose elements begin at `starts`: that of this number."""

    starts: Rows
    lengths: Rows
    number: int
    everywhere: bool

    def of(self, values: Any) -> Any:
        """What stands in the place, by row; 0 in rows with fewer elements."""
        return self.spread()(values)

    def spread(self) -> Callable[[Any], Any]:
        """What gives of the elements those in the place, by row."""
        starts, count = self.starts, len(self.starts)
        if self.everywhere:
            step = int(starts[-1] - starts[0]) // max(count - 1, 1)
            if step and (np.diff(starts) == step).all():
                first = int(starts[0]) + self.number
                return lambda values: values[first : first + step * count : step]
            places = starts.astype(np.intp) + self.number
            return lambda values: values[places]
        rows = np.flatnonzero(self.lengths > self.number)
        places = starts[rows] + self.number

        def scatter(values: Any) -> Any:
            found = np.zeros(count, values.dtype)
            found[rows] = values[places]
            return found

        return scatter

    def at(self, values: Any, rows: Rows) -> Any:
        """What stands in the place in these rows."""
        places = self.starts.take(rows).astype(np.intp) + self.number
        if self.everywhere:
            return values[places]
        here = self.lengths.take(rows) > self.number
        return values[places * here] * here


def places(starts: Rows, lengths: Rows) -> Iterator[Place]:
    """All the places that lists have."""
    least = int(lengths.min()) if len(lengths) else 0
    for number in range(int(lengths.max(initial=0))):
        yield Place(starts, lengths, number, number < least)


@define(eq=False)
class Coded:
    """A leaf of values that are facts: `codes` count from 1 within `values`, and 0 is none."""

    codes: Rows
    values: list[Any]

    def at(self, rows: Rows) -> Rows:
        """The codes of rows."""
        return self.codes[rows]

    def places(self, rows: Rows) -> tuple[Rows, bool]:
        """Where the codes of rows stand, and which of the rows have one: all."""
        return rows, True


@define(eq=False)
class Sparse:
    """A leaf of facts that few rows have: the `codes` of some `rows`, at least one, in order."""

    rows: Rows
    codes: Rows
    values: list[Any]

    def at(self, rows: Rows) -> Rows:
        """The codes of rows."""
        places, here = self.places(rows)
        return self.codes[places] * here

    def places(self, rows: Rows) -> tuple[Rows, Mask]:
        """Where the codes of rows stand, and which of the rows have one."""
        places = self.rows.searchsorted(rows)
        places[places == len(self.rows)] = 0
        return places, self.rows[places] == rows


@define(eq=False)
class Numbers:
    """A leaf of numbers: cents, or ten-thousandths of what is not money.

    What can't be held exactly is not `valid` and is `odd`: the row is computed one by one. With a
    `place` the values are those of all elements of lists, of which the leaf has one place.
    """

    values: Rows
    valid: Mask
    odd: Mask | None = None
    place: Place | None = None
    largest: int = field(init=False)

    @largest.default
    def _largest_without_a_sign(self) -> int:
        """A number below zero counts as a very large one."""
        return int(np.maximum.reduce(self.values.view(np.uint64), initial=0))

    def in_place(self, place: Place) -> Numbers:
        """The leaf of one place of the lists whose elements have these numbers."""
        if self.place:
            return Numbers(self.all(), self.given(), self.strange(), place)
        found = copy(self)
        found.place = place
        return found

    def at(self, rows: Rows) -> Rows:
        """The numbers of rows, 0 where none is given."""
        return self.place.at(self.values, rows) if self.place else self.values[rows]

    def all(self) -> Rows:
        """The numbers by row."""
        found: Rows = self._by_row(self.values)
        return found

    def given(self) -> Mask:
        """The rows in which a number is given."""
        found: Mask = self._by_row(self.valid)
        return found

    def is_given(self, row: int) -> bool:
        """Whether a number is given in the row."""
        rows = np.array([row])
        return bool((self.place.at(self.valid, rows) if self.place else self.valid[rows])[0])

    def strange(self) -> Mask | None:
        """The rows in which what is given can't be held."""
        return None if self.odd is None else self._by_row(self.odd)

    def within(self, most: int) -> bool:
        """Whether no number is below zero or above `most`."""
        return self.largest <= most

    def _by_row(self, values: Any) -> Any:
        return self.place.of(values) if self.place else values


@define(eq=False)
class Entry:
    """The amounts of one key in a group of rows, of which the `valid` ones have it.

    In a map it stands at the `offset`: one for all of the rows, or one for each order of keys.
    """

    valid: Mask
    offset: int | Rows = 0


@define(eq=False)
class Amounts:
    """A map of amounts: the entries of row n stand from `starts[n]`, `lengths[n]` of them.

    Rows whose maps have the same keys in the same order share their code among the `orders`; for
    each code there is what stands where.
    """

    starts: Rows
    lengths: Rows
    keys: Coded
    numbers: Numbers
    _orders: list[tuple[Rows, list[dict[str, int]]]] = field(factory=list)

    def orders(self) -> tuple[Rows, list[dict[str, int]]]:
        """The code of each row, and for each code the keys with their places."""
        if not self._orders:
            combined = Combined(len(self.starts))
            for place in places(self.starts, self.lengths):
                combined.add(place.of(self.keys.codes), len(self.keys.values) + 1)
            combined.squeeze()
            self._orders.append((narrow(combined.codes, combined.number), self._listed(combined)))
        return self._orders[0]

    def _listed(self, combined: Combined) -> list[dict[str, int]]:
        found = []
        for row in examples(combined.codes, combined.number).tolist():
            start, length = int(self.starts[row]), int(self.lengths[row])
            codes = self.keys.codes[start : start + length].tolist()
            found.append({self.keys.values[code - 1]: at for at, code in enumerate(codes)})
        return found

    def entries(self, rows: Rows) -> dict[str, Entry]:
        """The amounts of a group of rows by key."""
        codes, orders = self.orders()
        mine = codes.take(rows)
        present = distinct(mine)
        everywhere = np.ones(len(rows), bool)
        found = {}
        for key in sorted({key for code in present for key in orders[code]}):
            offsets = [orders[code].get(key, -1) for code in present]
            if offsets.count(offsets[0]) == len(offsets):
                found[key] = Entry(everywhere, offsets[0])
            else:
                of_code = np.full(len(orders), -1)
                of_code[present] = offsets
                found[key] = Entry((of_code >= 0).take(mine), of_code)
        return found

    def read(self, entries: Mapping[str, Entry], rows: Rows) -> dict[str, Rows]:
        """The amounts of some rows of a group by key, 0 where there is none."""
        starts, values = self.starts.take(rows).astype(np.intp), self.numbers.values
        codes = self.orders()[0].take(rows)
        found = {}
        for key, entry in entries.items():
            if isinstance(entry.offset, int):
                found[key] = values[starts + entry.offset]
            else:
                offsets = entry.offset.take(codes)
                here = offsets >= 0
                found[key] = values[(starts + offsets) * here] * here
        return found


Leaf = Coded | Sparse | Numbers | Amounts
Leaves = dict[Path, Leaf]
