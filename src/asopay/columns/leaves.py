"""The columns of a window of rows taken apart: one leaf for each path of the documents.

Lists become a leaf for each place in them. Maps of amounts stay maps until a group of rows asks
for its own keys: over a whole nation there are hundreds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_origin

import numpy as np
import pyarrow as pa
from attrs import define, evolve, has
from pyarrow import types as arrow

from asopay.columns.arrays import CENTS, TEN_THOUSANDTHS, coded, given_in, numbers, years
from asopay.columns.column import Rows
from asopay.columns.facts import Combined, all_equal, examples, narrow, runs, stable_order
from asopay.columns.leaf import Amounts, Coded, Leaf, Leaves, Numbers, Sparse, places
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

BIRTH_DATE = ("employee", "birth_date")


def leaves_of(table: pa.Table) -> Leaves:
    """The leaves of all the columns, without those that no figure depends on."""
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
                yield (*path, GIVEN), Coded(given_in(array).view(np.uint8), [True])
            for field, part in zip(array.type, array.flatten(), strict=True):
                yield from self.leaves((*path, field.name), inside_of(kind, field.name), part)
        elif arrow.is_map(array.type):
            yield from self.of_map(path, kind, array)
        elif get_origin(kind.present) is Sequence:
            yield from self.of_list(path, kind, array)
        elif kind.present is NUMBER and not self.facts_only:
            yield path, numbers(array, CENTS if kind.is_amount else TEN_THOUSANDTHS)
        elif path == BIRTH_DATE:
            yield path, years(array)
        elif path not in TEXTS:
            yield path, coded(array)

    def of_list(self, path: Path, kind: Kind, array: pa.Array) -> Iterator[tuple[Path, Leaf]]:
        starts, lengths, inside = _extents(array)
        most = int(lengths.max(initial=0))
        codes = narrow(lengths + 1, most + 1)
        if array.null_count:
            codes = codes * given_in(array)
        yield (*path, LENGTH), Coded(codes, list(range(most + 1)))
        flat = self.leaves((), inside_of(kind, 0), array.values.slice(*inside))
        kept = [(path, leaf) for path, leaf in flat if isinstance(leaf, Coded | Numbers)]
        for place in places(starts, lengths):
            spread = place.spread()
            for below_it, leaf in kept:
                there = (*path, place.number, *below_it)
                if isinstance(leaf, Coded):
                    yield there, Coded(spread(leaf.codes), leaf.values)
                else:
                    yield there, leaf.in_place(place)

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
        for below_it in flat:
            if role((*path, "", *below_it)) == "unknown":
                yield (*path, "", *below_it), Coded(lengths, [True])
        entries = _whole_entries(keys, _facts(flat))
        for place in places(starts, lengths):
            yield (*path, ENTRY, place.number), Coded(place.of(entries.codes), entries.values)


TEXTS = (("employee", "id"), ("employer", "legal_name"))
"""What nothing depends on."""


def _whole_entries(keys: Coded, facts: Mapping[Path, Coded]) -> Coded:
    """The entries of maps: each a key, and what is given below it."""
    combined = Combined(len(keys.codes))
    combined.add(keys.codes, len(keys.values) + 1)
    for leaf in facts.values():
        combined.add(leaf.codes, len(leaf.values) + 1)
    combined.squeeze()
    values = []
    for at in examples(combined.codes, combined.number).tolist():
        given = [
            (below_it, leaf.values[code - 1])
            for below_it, leaf in facts.items()
            if (code := int(leaf.codes[at]))
        ]
        values.append((keys.values[int(keys.codes[at]) - 1], *given))
    return Coded(narrow(combined.codes + 1, combined.number), values)


def _by_key(
    starts: Rows, lengths: Rows, keys: Coded, flat: Mapping[Path, Leaf]
) -> Iterator[tuple[Path, Leaf]]:
    """A leaf for each key."""
    for key, rows, entries in _of_each_key(starts, lengths, keys):
        for below_it, leaf in _facts(flat).items():
            yield (key, *below_it), Sparse(rows, leaf.codes[entries], leaf.values)


def _facts(flat: Mapping[Path, Leaf]) -> dict[Path, Coded]:
    return {path: leaf for path, leaf in flat.items() if isinstance(leaf, Coded)}


def _of_each_key(starts: Rows, lengths: Rows, keys: Coded) -> Iterator[tuple[str, Rows, Rows]]:
    """Each key with the rows that have it, and where their entries stand; the last one counts."""
    rows_of, inside = _entries(starts, lengths, len(keys.codes))
    order = stable_order(keys.codes[inside], len(keys.values))
    entries = order if isinstance(inside, slice) else inside[order]
    rows, codes = rows_of[order], keys.codes[entries]
    twice = (rows[1:] == rows[:-1]) & (codes[1:] == codes[:-1])
    if twice.any():
        last = np.append(~twice, True)
        rows, codes, entries = rows[last], codes[last], entries[last]
    for first, end in runs(codes):
        yield keys.values[int(codes[first]) - 1], rows[first:end], entries[first:end]


def _entries(starts: Rows, lengths: Rows, number: int) -> tuple[Rows, Any]:
    """The row of each of so many entries, and where it stands, in the order of the rows."""
    rows_of = np.repeat(np.arange(len(starts)), lengths)
    if len(rows_of) == number:
        return rows_of, slice(None)
    before = np.cumsum(lengths, dtype=np.int64) - lengths
    return rows_of, np.repeat(starts - before, lengths) + np.arange(len(rows_of))


def _answers(
    path: Path, starts: Rows, lengths: Rows, keys: Coded, flat: Mapping[Path, Leaf]
) -> Iterator[tuple[Path, Leaf]]:
    """The answers on certificates: of a jurisdiction, few rows with one are kept by themselves."""
    count, number = len(starts), len(keys.codes)
    forms: list[tuple[str, Rows, bool]] = []
    form = np.zeros(number, np.min_scalar_type(len(keys.values)))
    within = np.zeros(number, np.intp)
    for key, rows, entries in _of_each_key(starts, lengths, keys):
        few = 2 * len(rows) < count
        forms.append((key, rows, few))
        form[entries] = len(forms)
        within[entries] = np.arange(len(rows)) if few else rows
    boxes = [(path, leaf) for path, leaf in flat.items() if isinstance(leaf, Coded | Sparse)]
    for below_it, leaf in boxes:
        filled = leaf.rows if isinstance(leaf, Sparse) else np.arange(number)
        for code, chosen in _parts(form[filled], len(forms)):
            if not code:
                continue
            key, rows, few = forms[code - 1]
            codes = np.zeros(len(rows) if few else count, leaf.codes.dtype)
            codes[within[filled[chosen]]] = leaf.codes[chosen]
            if codes.any():
                kept = Sparse(rows, codes, leaf.values) if few else Coded(codes, leaf.values)
                yield (*path, key, *below_it), kept


def _parts(codes: Rows, number: int) -> Iterator[tuple[int, Any]]:
    """Each code, and where it is."""
    if len(codes) and all_equal(codes):
        yield int(codes[0]), slice(None)
        return
    order = stable_order(codes, number)
    for first, end in runs(codes[order]):
        yield int(codes[order[first]]), order[first:end]


def _extents(array: pa.Array) -> tuple[Rows, Rows, tuple[int, int]]:
    """Where the elements of each row begin in those of all rows, and how many there are.

    Then where those of all rows begin, and how many they are. Of a row that is null there are none.
    """
    offsets = np.asarray(array.offsets)
    first, end = int(offsets[0]), int(offsets[-1])
    lengths = np.diff(offsets)
    if array.null_count:
        lengths *= given_in(array)
    starts = offsets[:-1] - first if first else offsets[:-1]
    return starts, narrow(lengths, int(lengths.max(initial=0)) + 1), (first, end - first)
