"""Payrolls in files that are read: Parquet, Arrow and CSV, in parts of some rows."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet
from attrs import frozen

from asopay.errors import Fault, InvalidRequest, one_of

PARQUET, ARROW, CSV = (".parquet",), (".arrow", ".feather", ".ipc"), (".csv",)

OF_PARQUET = 32_768
"""Rows of a batch of Parquet: while more of a row group is read, it takes memory beside them."""

OF_CSV = 65_536
"""Rows of a part of CSV, which stands in memory as texts while it waits for a core."""


@frozen
class Part:
    """A part of a file: row groups of Parquet or batches of Arrow, from the `first` on.

    Of CSV it is the `batches` themselves: its rows can't be found without reading all before.
    """

    path: str
    first: int = 0
    following: int = 0
    batches: tuple[pa.RecordBatch, ...] = ()

    def read(self) -> Iterator[pa.RecordBatch]:
        """The rows of the part."""
        if self.batches:
            yield from self.batches
        elif self.path.endswith(PARQUET):
            # batches across row groups, each with words of its own, can't be read
            with pyarrow.parquet.ParquetFile(self.path, pre_buffer=False) as file:
                for number in range(self.first, self.following):
                    yield from file.iter_batches(OF_PARQUET, [number], use_threads=False)
        else:
            with pa.memory_map(self.path) as source, pa.ipc.open_file(source) as file:
                for number in range(self.first, self.following):
                    yield file.get_batch(number)


def check_ending(which: str, path: Path, *, folder: bool = False) -> None:
    """Raises `InvalidRequest` if the path's ending is none of the known formats."""
    known = (*PARQUET, *ARROW, *CSV)
    if path.suffix not in known and not (folder and not path.suffix):
        hint = ", or no ending for a folder of parts" if folder else ""
        message = f"{path} does not end in one of {one_of(known)}{hint}"
        raise InvalidRequest([Fault(which, message)])


def rows_in(given: Path) -> int | None:
    """The number of rows of a file, as far as it says so without being read."""
    if given.suffix not in PARQUET:
        return None
    with _readable(given), pyarrow.parquet.ParquetFile(given) as file:
        return int(file.metadata.num_rows)


def schema_of(given: Path) -> pa.Schema:
    """The columns of a file. Raises `InvalidRequest` if it can't be read."""
    check_ending("IN", given)
    with _readable(given):
        if given.suffix in PARQUET:
            return pyarrow.parquet.read_schema(given)
        if given.suffix in ARROW:
            with pa.memory_map(str(given)) as source, pa.ipc.open_file(source) as file:
                return file.schema
        with pyarrow.csv.open_csv(given) as reader:
            return pa.schema(dict.fromkeys(reader.schema.names, pa.string()))


def parts_of(given: Path, rows: int) -> Generator[Part]:
    """The parts of a file, of at most so many rows if its row groups and batches are no larger."""
    with _readable(given):
        if given.suffix in PARQUET:
            metadata = pyarrow.parquet.read_metadata(given)
            groups = range(metadata.num_row_groups)
            yield from _runs(given, (metadata.row_group(at).num_rows for at in groups), rows)
        elif given.suffix in ARROW:
            with pa.memory_map(str(given)) as source, pa.ipc.open_file(source) as file:
                batches = range(file.num_record_batches)
                yield from _runs(given, (file.get_batch(at).num_rows for at in batches), rows)
        else:
            yield from _of_csv(given)


@contextmanager
def _readable(given: Path) -> Iterator[None]:
    """Says it of the file if what is done in the block finds that it can't be read."""
    try:
        yield
    except (OSError, pa.ArrowInvalid) as error:
        raise InvalidRequest([Fault("IN", f"{given} can't be read: {error}")]) from None


def _runs(given: Path, lengths: Iterable[int], most: int) -> Iterator[Part]:
    """Parts of as many pieces of the file, one after the other, as have at most so many rows."""
    first = rows = end = 0
    for end, length in enumerate(lengths, 1):
        if rows and rows + length > most:
            yield Part(str(given), first, end - 1)
            first, rows = end - 1, 0
        rows += length
    if end:
        yield Part(str(given), first, end)


def _of_csv(given: Path) -> Iterator[Part]:
    """CSV is text: nothing is guessed from its looks, and an empty cell is a null."""
    texts = pyarrow.csv.ConvertOptions(
        column_types={each.name: each.type for each in schema_of(given)},
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
    )
    with pyarrow.csv.open_csv(given, convert_options=texts) as reader:
        kept: list[pa.RecordBatch] = []
        for batch in reader:
            kept.append(batch)
            if sum(each.num_rows for each in kept) >= OF_CSV:
                yield Part(str(given), batches=tuple(kept))
                kept = []
        if kept:
            yield Part(str(given), batches=tuple(kept))
