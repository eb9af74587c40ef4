"""The commands ``asopay payroll`` and ``asopay sample``: files, and a bar that shows progress."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import monotonic

import pyarrow as pa
import pyarrow.parquet
from attrs import define, field

from asopay.columns.builders import plain_schema
from asopay.columns.files import Done, compute_file
from asopay.columns.inputs import ARROW, PARQUET, rows_in
from asopay.columns.sample import PAY_DATE, SCHEMA, sample
from asopay.errors import Fault, InvalidRequest
from asopay.rulebook import Rulebook

SOME_REFUSED = 1
WIDTH = 24


@define
class Bar:
    """Progress on standard error: a line that is written over, if a person sees it."""

    total: int | None
    begun: float = field(factory=monotonic)
    done: Done = field(factory=lambda: Done(0, 0, 0))

    def add(self, part: Done) -> None:
        """Counts a part that is finished."""
        self.done += part
        if sys.stderr.isatty():
            print(f"\r{self.line()}", end="", file=sys.stderr, flush=True)  # noqa: T201

    def line(self) -> str:
        """The bar, and in words what was done."""
        seconds = max(monotonic() - self.begun, 0.001)
        done, of_all, bar = self.done, "", ""
        if self.total:
            filled = WIDTH * done.rows // self.total
            bar, of_all = f"[{'#' * filled}{'.' * (WIDTH - filled)}] ", f" of {self.total:,}"
        return (
            f"{bar}{done.rows:,}{of_all} rows, {done.errors:,} with errors, "
            f"{done.one_by_one:,} computed one by one, {done.rows / seconds:,.0f} a second"
        )


def compute(given: str, wanted: str, jobs: int, tables: str | None) -> int:
    """Computes a file into another; 1 if there are rows with errors, else 0."""
    if jobs < 1:
        raise InvalidRequest([Fault("--jobs", f"{jobs} is not at least 1")])
    if not Path(given).is_file():
        raise InvalidRequest([Fault("IN", f"{given} can't be read: there is no such file")])
    bar = Bar(rows_in(Path(given)))
    done = compute_file(Path(given), Path(wanted), jobs=jobs, tables=tables, progress=bar.add)
    end = "\r" if sys.stderr.isatty() else ""
    print(f"{end}{bar.line()}", file=sys.stderr)  # noqa: T201
    return SOME_REFUSED if done.errors else 0


def write_sample(
    count: int,
    out: str,
    rulebook: Rulebook,
    *,
    state: str | None,
    pay_date: date | None,
    seed: int,
) -> None:
    """Writes a sampled payroll of so many people."""
    path = Path(out)
    if count < 1:
        raise InvalidRequest([Fault("N", f"{count} is not at least 1")])
    if path.suffix not in (*PARQUET, *ARROW):
        message = f"{path} ends neither in .parquet nor in .arrow"
        raise InvalidRequest([Fault("--out", message)])
    batches = sample(count, rulebook, state=state, pay_date=pay_date or PAY_DATE, seed=seed)
    try:
        if path.suffix in PARQUET:
            _write_parquet(path, batches)
        else:
            _write_arrow(path, batches)
    except OSError as error:
        raise InvalidRequest([Fault("--out", f"{path} can't be written: {error}")]) from None


def _write_parquet(path: Path, batches: Iterator[pa.RecordBatch]) -> None:
    with pyarrow.parquet.ParquetWriter(path, SCHEMA, compression="lz4") as writer:
        for batch in batches:
            writer.write_batch(batch)


def _write_arrow(path: Path, batches: Iterator[pa.RecordBatch]) -> None:
    """Arrow's file format has no second dictionary for a column: texts are strings there."""
    schema = plain_schema(SCHEMA)
    with pa.ipc.new_file(str(path), schema) as writer:
        for batch in batches:
            writer.write_batch(_plain_batch(batch, schema))


def _plain_batch(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(batch.to_pylist(), schema)
