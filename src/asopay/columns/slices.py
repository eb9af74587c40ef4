"""Complete results as Arrow record batches, some rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa
from attrs import define, field, frozen

from asopay.columns.builders import MONEY, Flags, Words, money, words
from asopay.columns.entries import Entries
from asopay.columns.results import NOTES, PLAIN, RESULT, SUMS, Results

SLICE = 32_768
"""Rows of a batch: of so many only do the results stand in memory the way Arrow has them."""


def batches(results: Results, ids: pa.Array, *, plain: bool) -> Iterator[pa.RecordBatch]:
    """The results in the order of the rows, each batch made when it is asked for.

    Rows begin with the employees' `ids`; texts are dictionaries, or strings if `plain`.
    """
    slices = _Slices(results, ids, PLAIN if plain else RESULT)
    for first in range(0, results.count, SLICE):
        yield slices.batch(first, min(first + SLICE, results.count))


@frozen(eq=False)
class _Listed:
    """Entries, the fields that Arrow has of each, and what their labels say."""

    entries: Entries
    fields: Sequence[pa.Field]
    told: Sequence[Words | Flags]

    def arrays(self, first: int, end: int) -> tuple[pa.Array, list[pa.Array]]:
        """The offsets of the rows' lists, and each field of their entries."""
        offsets, codes, amounts = self.entries.of(first, end)
        told, cents = iter(self.told), iter(amounts)
        return pa.array(offsets), [
            money(next(cents)) if each.type == MONEY else next(told).array(codes)
            for each in self.fields
        ]

    def structs(self, first: int, end: int, missing: pa.Array | None) -> pa.Array:
        """The lists of the rows."""
        offsets, arrays = self.arrays(first, end)
        entries = pa.StructArray.from_arrays(arrays, fields=self.fields)
        return pa.ListArray.from_arrays(offsets, entries, mask=missing)

    def maps(self, first: int, end: int) -> pa.Array:
        """The lists of the rows as maps from the one text to the one amount."""
        offsets, (keys, values) = self.arrays(first, end)
        return pa.MapArray.from_arrays(offsets, keys, values)


def _listed(entries: Entries, fields: Sequence[pa.Field]) -> _Listed:
    others = [each for each in fields if each.type != MONEY]
    return _Listed(entries, fields, _told(entries.labels, others))


def _told(labels: Iterable[Any], fields: Sequence[pa.Field]) -> list[Any]:
    """What labels say by their codes: in their order they have what the fields hold."""
    parts = list(zip(*labels, strict=True)) or [()] * len(fields)
    return [
        Flags(part) if each.type == pa.bool_() else words(part, plain=each.type == pa.string())
        for part, each in zip(parts, fields, strict=True)
    ]


@define(eq=False)
class _Slices:
    """Results with the texts of their codes, which all batches share."""

    results: Results
    ids: pa.Array
    schema: pa.Schema
    lists: list[_Listed] = field(init=False)
    to_date: list[_Listed] = field(init=False)
    notes: list[Words] = field(init=False)

    def __attrs_post_init__(self) -> None:
        results, typed = self.results, self.schema.field
        self.lists = [
            _listed(entries, list(typed(name).type.value_type))
            for name, entries in results.lists.items()
        ]
        self.to_date = [
            _listed(results.to_date[each.name], [each.type.key_field, each.type.item_field])
            for each in typed("year_to_date").type
        ]
        self.notes = _told(results.told, [typed(name) for name in NOTES])

    def batch(self, first: int, end: int) -> pa.RecordBatch:
        """The rows from `first` to before `end`."""
        results = self.results
        failed = ~results.computed[first:end]
        missing = failed if failed.any() else None
        masked = None if missing is None else pa.array(missing)
        notes = results.notes[first:end].copy()  # what they stand in is used again
        to_date = pa.StructArray.from_arrays(
            [each.maps(first, end) for each in self.to_date],
            fields=list(self.schema.field("year_to_date").type),
            mask=masked,
        )
        columns = [
            self.ids[first:end],
            *(money(results.sums[name][first:end], missing) for name in SUMS),
            *(each.structs(first, end, masked) for each in self.lists),
            to_date,
            *(each.array(notes, missing) for each in self.notes),
            pa.nulls(end - first, pa.string()) if missing is None else self._errors(first, end),
        ]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _errors(self, first: int, end: int) -> pa.Array:
        return pa.array([self.results.errors.get(row) for row in range(first, end)], pa.string())
