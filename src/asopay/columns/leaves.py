"""The columns of a window of rows taken apart: one leaf for each path of the documents.

Lists become a leaf for each place in them. Maps of amounts stay maps until a group of rows asks
for its own keys: over a whole nation there are hundreds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, get_origin

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, evolve, has
from pyarrow import types as arrow

from asopay.columns.column import Mask, Rows
from asopay.columns.facts import Combined, runs, stable_order
from asopay.columns.paths import role
from asopay.columns.shape import (
    CERTIFICATES,
    ENTRY,
    GIVEN,
    LENGTH,
    NUMBER,
    Kind,
    Path,
    inside_of,
    known_kind,
    path_of,
)

TEN_THOUSANDTHS = 4
CENTS = 2


@define(eq=False)
class Coded:
    """A leaf of values that are facts: `codes` count from 1 within `values`, and 0 is none."""

    codes: Rows
    values: list[Any]

    def take(self, rows: Any) -> Coded:
        """The leaf of these rows; -1 is a row without a value."""
        return Coded(_take(self.codes, rows), self.values)

    def at(self, rows: Rows) -> Rows:
        """The codes of rows that are there."""
        return self.codes[rows]


@define(eq=False)
class Sparse:
    """A leaf of facts that few rows have: the `codes` of some `rows`, in order, of so many."""

    rows: Rows
    codes: Rows
    values: list[Any]
    count: int

    def at(self, rows: Rows) -> Rows:
        """The codes of rows that are there."""
        if len(self.rows) == self.count:
            return self.codes[rows]
        places = np.minimum(self.rows.searchsorted(rows), len(self.rows) - 1)
        return np.where(self.rows[places] == rows, self.codes[places], 0)


@define(eq=False)
class Numbers:
    """A leaf of numbers: cents, or ten-thousandths of what is not money.

    What can't be held exactly is not `valid` and is `odd`: the row is computed one by one.
    """

    values: Rows
    valid: Mask
    odd: Mask | None = None

    def at(self, rows: Rows) -> Numbers:
        """The leaf of rows that are there."""
        return Numbers(self.values[rows], self.valid[rows])

    def take(self, rows: Any) -> Numbers:
        """The leaf of these rows; -1 is a row without a value."""
        odd = None if self.odd is None else _take(self.odd, rows)
        return Numbers(_take(self.values, rows), _take(self.valid, rows), odd)


@define(eq=False)
class Amounts:
    """A map of amounts: the entries of row n stand from `starts[n]`, `lengths[n]` of them."""

    starts: Rows
    lengths: Rows
    keys: Coded
    numbers: Numbers


Leaf = Coded | Sparse | Numbers | Amounts
Leaves = dict[Path, Leaf]


def _take(values: Any, rows: Any) -> Any:
    taken = values[rows]
    taken[rows < 0] = 0
    return taken


def leaves_of(table: pa.Table) -> Leaves:
    """The leaves of all the columns."""
    found: Leaves = {}
    for column in table.schema:
        path = path_of(column.name)
        array = _one_chunk(table.column(column.name))
        reader = _Reader(facts_only=path[0] == "employer")
        found.update(reader.leaves(path, known_kind(path), array))
    return found


def _one_chunk(array: pa.ChunkedArray) -> pa.Array:
    if array.num_chunks == 1:
        return array.chunk(0)
    return array.combine_chunks() if array.num_chunks else pa.array([], array.type)


@define
class _Reader:
    """Reads leaves; with `facts_only` numbers are facts too, as an employer's rates are."""

    facts_only: bool
    by_key: bool = False

    def leaves(self, path: Path, kind: Kind, array: pa.Array) -> Iterator[tuple[Path, Leaf]]:
        if arrow.is_null(array.type):
            return
        if arrow.is_struct(array.type):
            if kind.present is not NUMBER and has(kind.present):
                yield (*path, GIVEN), Coded(np.asarray(array.is_valid()).astype(np.int64), [True])
            for field, part in zip(array.type, array.flatten(), strict=True):
                yield from self.leaves((*path, field.name), inside_of(kind, field.name), part)
        elif arrow.is_map(array.type):
            yield from self.of_map(path, kind, array)
        elif get_origin(kind.present) is Sequence:
            yield from self.of_list(path, kind, array)
        elif kind.present is NUMBER and not self.facts_only:
            yield path, numbers(array, CENTS if kind.is_amount else TEN_THOUSANDTHS)
        else:
            yield path, coded(array)

    def of_list(self, path: Path, kind: Kind, array: pa.Array) -> Iterator[tuple[Path, Leaf]]:
        starts, lengths, inside = _extents(array)
        given = np.asarray(array.is_valid())
        most = int(lengths.max(initial=0))
        yield (*path, LENGTH), Coded(np.where(given, lengths + 1, 0), list(range(most + 1)))
        inner = inside_of(kind, 0)
        flat = list(self.leaves((), inner, array.values.slice(*inside)))
        kept = [(path, leaf) for path, leaf in flat if isinstance(leaf, Coded | Numbers)]
        for number in range(most):
            rows = np.where(lengths > number, starts + number, -1)
            for below_it, leaf in kept:
                yield (*path, number, *below_it), leaf.take(rows)

    def of_map(self, path: Path, kind: Kind, array: pa.Array) -> Iterator[tuple[Path, Leaf]]:
        starts, lengths, inside = _extents(array)
        keys, items = coded(array.keys.slice(*inside)), array.items.slice(*inside)
        inner = inside_of(kind, "")
        if inner.is_amount and not self.facts_only:
            yield path, Amounts(starts, lengths, keys, numbers(items, CENTS))
            return
        reader = evolve(self, by_key=path == CERTIFICATES)
        flat = dict(reader.leaves((), inner, items))
        if path == CERTIFICATES:
            yield from _answers(path, starts, lengths, keys, flat)
        elif self.by_key:
            yield from _by_key(starts, lengths, keys, flat)
        else:
            yield from self.of_entries(path, starts, lengths, keys, flat)

    def of_entries(
        self, path: Path, starts: Rows, lengths: Rows, keys: Coded, flat: Mapping[Path, Leaf]
    ) -> Iterator[tuple[Path, Leaf]]:
        """A leaf for each place in the maps, of whole entries."""
        combined = Combined(len(keys.codes))
        combined.add(keys.codes, len(keys.values) + 1)
        for leaf in _facts(flat).values():
            combined.add(leaf.codes, len(leaf.values) + 1)
        for below_it in flat:
            if role((*path, "", *below_it)) == "unknown":
                yield (*path, "", *below_it), Coded(lengths, [True])
        entries = Coded(combined.squeeze().codes + 1, list(range(combined.number)))
        for number in range(int(lengths.max(initial=0))):
            rows = np.where(lengths > number, starts + number, -1)
            yield (*path, ENTRY, number), entries.take(rows)


def _by_key(
    starts: Rows, lengths: Rows, keys: Coded, flat: Mapping[Path, Leaf]
) -> Iterator[tuple[Path, Leaf]]:
    """A leaf for each key."""
    rows_of, inside = _entries(starts, lengths)
    of_row = keys.codes[inside]
    for code, key in enumerate(keys.values, 1):
        chosen = np.flatnonzero(of_row == code)
        for below_it, leaf in _facts(flat).items():
            codes = np.zeros(len(starts), np.int64)
            codes[rows_of[chosen]] = leaf.codes[inside[chosen]]
            yield (key, *below_it), Coded(codes, leaf.values)


def _facts(flat: Mapping[Path, Leaf]) -> dict[Path, Coded]:
    return {path: leaf for path, leaf in flat.items() if isinstance(leaf, Coded)}


def _entries(starts: Rows, lengths: Rows) -> tuple[Rows, Rows]:
    """The row of each entry, and where the entry stands, in the order of the rows."""
    rows_of = np.repeat(np.arange(len(starts)), lengths)
    before = np.cumsum(lengths) - lengths
    return rows_of, np.repeat(starts - before, lengths) + np.arange(len(rows_of))


def _answers(
    path: Path, starts: Rows, lengths: Rows, keys: Coded, flat: Mapping[Path, Leaf]
) -> Iterator[tuple[Path, Leaf]]:
    """The answers on certificates: only rows that have one of a jurisdiction are kept for it."""
    rows_of, inside = _entries(starts, lengths)
    of_row = keys.codes[inside]
    order = stable_order(of_row, len(keys.values) + 1)
    for first, end in runs(of_row[order]):
        chosen = order[first:end]
        key = keys.values[int(of_row[chosen[0]]) - 1]
        rows, entries = rows_of[chosen], inside[chosen]
        if len(rows) > 1 and (np.diff(rows) == 0).any():  # a key twice: the last one counts
            last = np.append(np.diff(rows) != 0, True)
            rows, entries = rows[last], entries[last]
        for below_it, leaf in _facts(flat).items():
            if (codes := leaf.codes[entries]).any():
                yield (*path, key, *below_it), Sparse(rows, codes, leaf.values, len(starts))


def _extents(array: pa.Array) -> tuple[Rows, Rows, tuple[int, int]]:
    """Where the elements of each row begin in those of all rows, and how many there are.

    Then where those of all rows begin, and how many they are. Of a row that is null there are none.
    """
    offsets = np.asarray(array.offsets, dtype=np.int64)
    lengths = np.diff(offsets)
    if array.null_count:
        lengths = np.where(np.asarray(array.is_valid()), lengths, 0)
    return offsets[:-1] - offsets[0], lengths, (int(offsets[0]), int(offsets[-1] - offsets[0]))


def coded(array: pa.Array) -> Coded:
    """The leaf of facts that an array holds."""
    if not arrow.is_dictionary(array.type):
        array = pc.dictionary_encode(array)
    codes = array.indices
    if codes.null_count:
        codes = pc.fill_null(codes, -1)
    return Coded(np.asarray(codes).astype(np.int64) + 1, array.dictionary.to_pylist())


def numbers(array: pa.Array, scale: int) -> Numbers:
    """The leaf of numbers with so many decimals that an array holds."""
    if arrow.is_dictionary(array.type):
        array = array.dictionary_decode()
    given = np.asarray(array.is_valid()) if array.null_count else np.ones(len(array), dtype=bool)
    if arrow.is_integer(array.type):
        filled = pc.fill_null(array, 0) if array.null_count else array
        values = np.asarray(filled).astype(np.int64)
        return Numbers(values * (1 if scale == CENTS else 10**scale), given)
    try:
        values, odd = _of_decimals(pc.cast(array, pa.decimal128(38, scale)))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        values, odd = _one_by_one(array, scale)
    if odd is None:
        return Numbers(values if given.all() else np.where(given, values, 0), given)
    return Numbers(np.where(given & ~odd, values, 0), given & ~odd, given & odd)


def _one_by_one(array: pa.Array, scale: int) -> tuple[Rows, Mask]:
    """The unscaled values of an array in which some are not numbers of so many decimals."""
    values, odd = np.zeros(len(array), np.int64), np.zeros(len(array), bool)
    for number, value in enumerate(array.to_pylist()):
        try:
            scaled = Decimal(value or 0).scaleb(scale)
            values[number] = int(scaled)
            odd[number] = scaled != int(scaled)
        except (ArithmeticError, ValueError):
            odd[number] = True
    return values, odd


def _of_decimals(array: pa.Array) -> tuple[Rows, Mask | None]:
    """The unscaled values, and those that an int64 can't hold."""
    buffer = array.buffers()[1]
    words = np.frombuffer(buffer, np.int64, 2 * len(array), offset=16 * array.offset)
    low, high = words[::2], words[1::2]
    odd = high != low >> 63
    return low, (odd if odd.any() else None)


def entries_of(leaf: Amounts, rows: Rows) -> Mapping[str, Numbers]:
    """The amounts by key of these rows; a row without a key has none valid."""
    starts, lengths = leaf.starts[rows], leaf.lengths[rows]
    count = len(rows)
    if not count or not lengths.any():
        return {}
    if (lengths == lengths[0]).all():
        entries = starts[:, None] + np.arange(lengths[0])
        codes = leaf.keys.codes[entries]
        if (codes == codes[0]).all() and len(set(codes[0].tolist())) == lengths[0]:
            names = [leaf.keys.values[code - 1] for code in codes[0]]
            return {key: leaf.numbers.at(entries[:, n]) for n, key in enumerate(names)}
    row_of, entries = _entries(starts, lengths)
    codes = leaf.keys.codes[entries]
    found = {}
    for code in np.unique(codes):
        of_key = codes == code
        where = np.full(count, -1)
        where[row_of[of_key]] = entries[of_key]
        found[leaf.keys.values[code - 1]] = leaf.numbers.take(where)
    return found
