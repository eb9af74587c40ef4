"""Whole payrolls: an Arrow table in, an Arrow table out, one row a paycheck.

It needs the extra ``asopay[columns]``, which is numpy and pyarrow. The columns are those of the
request document: a struct for an object, a list for a list, a map or a struct for a mapping; a
column of its own, named by the path, may stand for a part of it.

>>> import pyarrow as pa
>>> from datetime import date
>>> from decimal import Decimal
>>> payroll = pa.table({
...     "pay_date": [date(2026, 3, 13)] * 2,
...     "pay_frequency": ["biweekly"] * 2,
...     "employee.residence[0]": ["US-TX", "US-CA"],
...     "earnings[0].kind": ["regular"] * 2,
...     "earnings[0].amount": [Decimal("3000.00"), Decimal("3000.00")],
... })
>>> [str(net) for net in paychecks(payroll)["net_pay"].to_pylist()]
['2450.12', '2277.06']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import pyarrow as pa

from asopay.columns.boxes import known_to
from asopay.columns.driver import WINDOW, Payroll
from asopay.columns.results import PLAIN, RESULT
from asopay.columns.rows import documents as _documents
from asopay.columns.shape import check_columns, check_table
from asopay.rulebook import Rulebook, standard_rulebook

__all__ = ["PLAIN", "RESULT", "Payroll", "documents", "paychecks", "stream"]


def paychecks(
    table: pa.Table, rulebook: Rulebook | None = None, *, plain: bool = False
) -> pa.Table:
    """The paycheck of each row, in the order of the rows; amounts are dollars, decimal128(18, 2).

    A row that is wrong has nulls, and in the column ``error`` the text of its faults. Texts are
    dictionaries, or strings if they are to be `plain`. Raises `InvalidRequest` if a column is
    missing, has a type that can't be used, or a null where every row needs a value.
    """
    check_table(table)
    batches = stream(table.to_reader(), rulebook, plain=plain)
    return pa.Table.from_batches(batches, batches.schema)


def stream(
    reader: Any, rulebook: Rulebook | None = None, *, plain: bool = False
) -> pa.RecordBatchReader:
    """The paychecks of a stream of rows, as a stream, a window of rows at a time.

    `reader` is a `pyarrow.RecordBatchReader`, or anything with the Arrow C stream interface, such
    as a DuckDB relation or a Polars data frame. Raises `InvalidRequest` as `paychecks` does; a null
    where every row needs a value is an error of its row.
    """
    reader = pa.RecordBatchReader.from_stream(reader)
    check_columns(reader.schema)
    payroll = Payroll(rulebook or standard_rulebook(), plain)
    return pa.RecordBatchReader.from_batches(PLAIN if plain else RESULT, computed(reader, payroll))


def computed(batches: Iterable[pa.RecordBatch], payroll: Payroll) -> Iterator[pa.RecordBatch]:
    """The results of the batches, whose columns were checked, a window of rows at a time."""
    return chain.from_iterable(map(payroll.compute, _windows(batches)))


def _windows(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """The rows in windows, of which nothing is kept once they are given out."""
    kept: list[pa.RecordBatch] = []
    rows = 0
    for batch in batches:
        start = 0
        while start < batch.num_rows:
            if rows == WINDOW:
                yield _together(kept)
                rows = 0
                _release()
            kept.append(batch.slice(start, WINDOW - rows))
            start += kept[-1].num_rows
            rows += kept[-1].num_rows
    if kept:
        yield _together(kept)


def _together(kept: list[pa.RecordBatch]) -> pa.Table:
    """The batches as a table of one piece; of each column there are hardly ever two copies."""
    if len(kept) == 1:
        return pa.Table.from_batches([kept.pop()])
    columns, schema = pa.Table.from_batches(kept).columns, kept[0].schema
    kept.clear()
    for _ in schema:
        columns.append(columns.pop(0).combine_chunks())
        _release()
    return pa.Table.from_arrays(columns, schema=schema)


def _release() -> None:
    """Gives back what Arrow holds of freed memory, lest it adds to what is needed next."""
    pa.default_memory_pool().release_unused()


def documents(table: pa.Table, rulebook: Rulebook | None = None) -> Iterator[dict[str, Any]]:
    """The request document of each row: what a single paycheck, with its worksheets, comes from.

    Raises `InvalidRequest` as `paychecks` does.
    """
    check_table(table)
    known = (rulebook or standard_rulebook()).keep(known_to)
    return _documents(table, known.boxes)
