"""Whole payrolls on a Spark cluster, through Arrow.

Each partition of a data frame is a stream of Arrow batches, and is computed by the same engine as
on one machine. Needed on the driver and on every worker: ``asopay[columns]``, and on the driver
PySpark.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from asopay.columns import stream
from asopay.columns.results import PLAIN


def paychecks(df: Any) -> Any:
    """The paychecks of a data frame of PySpark, as a data frame.

    Columns are as those of `asopay.columns.paychecks`, results with plain strings. Rows keep their
    order within a partition; `employee_id` says whose they are.
    """
    return df.mapInArrow(of_partition, SCHEMA)


def of_partition(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The paychecks of one partition's batches.

    >>> list(of_partition(iter([])))
    []
    """
    first = next(batches, None)
    if first is None:
        return

    def all_of_them() -> Iterator[pa.RecordBatch]:
        yield first
        yield from batches

    reader = pa.RecordBatchReader.from_batches(first.schema, all_of_them())
    yield from stream(reader, plain=True)


def _sql(given: pa.DataType) -> str:
    """The type as Spark's SQL writes it."""
    if pa.types.is_struct(given):
        return f"struct<{', '.join(f'{each.name}: {_sql(each.type)}' for each in given)}>"
    if pa.types.is_map(given):
        return f"map<string, {_sql(given.item_type)}>"
    if pa.types.is_list(given):
        return f"array<{_sql(given.value_type)}>"
    if pa.types.is_decimal(given):
        return f"decimal({given.precision}, {given.scale})"
    return "boolean" if pa.types.is_boolean(given) else "string"


SCHEMA = ", ".join(f"{each.name} {_sql(each.type)}" for each in PLAIN)
"""The columns of a result, as Spark's SQL writes them."""
