"""Results in files that are written: parts, and one file of all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet

from asopay.columns.inputs import ARROW, CSV, PARQUET
from asopay.columns.results import PLAIN, RESULT

STREAM = ".arrows"
"""Of parts that become one file: Arrow's stream is written and read in a fourth of the time."""


def writer(path: Path, ending: str, *, plain: bool = False) -> Any:
    """What writes batches of results to a file of the format that has the ending.

    Streams and Parquet have dictionaries unless texts are `plain`; Arrow files and CSV never do.
    """
    if ending == STREAM:
        options = pa.ipc.IpcWriteOptions(compression="lz4")
        return pa.ipc.new_stream(str(path), PLAIN if plain else RESULT, options=options)
    if ending in PARQUET:
        return _parquet(path)
    if ending in ARROW:
        return pa.ipc.new_file(str(path), PLAIN)
    flat = [pa.field(each.name, _flat_type(each.type)) for each in PLAIN]
    return pyarrow.csv.CSVWriter(path, pa.schema(flat))


def _parquet(path: Path) -> pyarrow.parquet.ParquetWriter:
    """Amounts are whole numbers of cents in the file; what is nested has no least and greatest."""
    return pyarrow.parquet.ParquetWriter(
        path,
        RESULT,
        compression="lz4",
        store_decimal_as_integer=True,
        use_dictionary=TEXTS,
        write_statistics=[each.name for each in PLAIN if not pa.types.is_nested(each.type)],
    )


def assemble(parts: list[Path], wanted: Path) -> None:
    """Makes one file of parts that are streams, in their order."""
    unfinished = wanted.with_name(f"{wanted.name}.unfinished")
    with writer(unfinished, wanted.suffix) as file:
        for path in parts:
            for batch in _batches_in(path):
                file.write_batch(_flat(batch) if wanted.suffix in CSV else batch)
    unfinished.rename(wanted)


def _batches_in(path: Path) -> Iterator[pa.RecordBatch]:
    with pa.memory_map(str(path)) as source, pa.ipc.open_stream(source) as stream:
        yield from stream


def _texts(given: pa.DataType, path: str) -> Iterator[str]:
    """The paths, as Parquet has them, of the texts in a column of the type."""
    if pa.types.is_map(given):
        yield from _texts(given.key_type, f"{path}.key_value.key")
    elif pa.types.is_list(given):
        yield from _texts(given.value_type, f"{path}.list.element")
    elif pa.types.is_struct(given):
        for each in given:
            yield from _texts(each.type, f"{path}.{each.name}")
    elif pa.types.is_string(given):
        yield path


TEXTS = [path for each in PLAIN for path in _texts(each.type, each.name)]


def _flat_type(given: pa.DataType) -> pa.DataType:
    return pa.string() if pa.types.is_nested(given) else given


def _flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch for CSV, in which what is nested is a JSON text."""
    columns = [
        pa.array([_json(value, column.type) for value in column.to_pylist()], pa.string())
        if pa.types.is_nested(column.type)
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _json(value: Any, given: pa.DataType) -> str | None:
    return None if value is None else json.dumps(_plain(value, given))


def _plain(value: Any, given: pa.DataType) -> Any:
    if pa.types.is_map(given):
        return {key: _plain(each, given.item_type) for key, each in value}
    if pa.types.is_list(given):
        return [_plain(each, given.value_type) for each in value]
    if pa.types.is_struct(given):
        return {each.name: _plain(value[each.name], each.type) for each in given}
    return str(value) if isinstance(value, Decimal) else value
