"""Payrolls in files: Parquet, Arrow and CSV in and out, part by part, on several cores.

Each part of the input (a row group of Parquet) becomes a file of results beside the output. A run
that was interrupted goes on with the parts that are missing; at the end they become one file.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import closing, contextmanager
from decimal import Decimal
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet
from attrs import astuple, frozen

from asopay._version import __version__
from asopay.columns import computed
from asopay.columns.driver import WINDOW, Payroll
from asopay.columns.results import PLAIN, RESULT
from asopay.columns.shape import check_columns
from asopay.errors import Fault, InvalidRequest, one_of
from asopay.rulebook import Rulebook
from asopay.tables import TaxTables

PARQUET, ARROW, CSV = (".parquet",), (".arrow", ".feather", ".ipc"), (".csv",)

Progress = Callable[["Done"], None]


@frozen
class Done:
    """A part that is finished: its rows, those that were wrong, and those computed one by one."""

    rows: int
    errors: int
    one_by_one: int

    def __add__(self, other: Done) -> Done:
        """Both together."""
        return Done(*(own + more for own, more in zip(astuple(self), astuple(other), strict=True)))


@frozen
class Task:
    """How parts are computed: by which tax tables, and whether texts are plain strings."""

    tables: str | None
    plain: bool


@frozen
class Part:
    """A part of a file: a row group of Parquet, or batches of Arrow from the `first` on.

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
            with pyarrow.parquet.ParquetFile(self.path) as file:
                yield from file.iter_batches(WINDOW, row_groups=[self.first])
        else:
            with pa.memory_map(self.path) as source, pa.ipc.open_file(source) as file:
                for number in range(self.first, self.following):
                    yield file.get_batch(number)


def compute_file(
    given: Path,
    wanted: Path,
    *,
    jobs: int = 1,
    tables: str | None = None,
    progress: Progress = lambda _: None,
) -> Done:
    """Computes the payroll of a file into another; the formats go by the names' endings.

    An output without an ending is a folder, in which the parts stay as they are. `tables` is a
    folder of tax tables over the shipped ones. Raises `InvalidRequest` if a file can't be used, or
    a column.
    """
    _check_ending("OUT", wanted, folder=True)
    with closing(_parts(given)) as parts:
        schema = next(parts)
        check_columns(schema)
        folder = wanted if not wanted.suffix else wanted.with_name(f"{wanted.name}.parts")
        _open_folder(folder, given, tables)
        total = Done(0, 0, 0)
        plain = wanted.suffix in (*ARROW, *CSV)
        for done in _each(parts, folder, jobs, Task(tables, plain)):
            progress(done)
            total += done
    if wanted.suffix:
        _assemble(folder, wanted)
        shutil.rmtree(folder)
    return total


def rows_in(given: Path) -> int | None:
    """The number of rows of a file, as far as it says so without being read."""
    if given.suffix not in PARQUET:
        return None
    with _readable(given), pyarrow.parquet.ParquetFile(given) as file:
        return int(file.metadata.num_rows)


@contextmanager
def _readable(given: Path) -> Iterator[None]:
    """Says it of the file if what is done in the block finds that it can't be read."""
    try:
        yield
    except (OSError, pa.ArrowInvalid) as error:
        raise InvalidRequest([Fault("IN", f"{given} can't be read: {error}")]) from None


def _check_ending(which: str, path: Path, *, folder: bool = False) -> None:
    known = (*PARQUET, *ARROW, *CSV)
    if path.suffix not in known and not (folder and not path.suffix):
        hint = ", or no ending for a folder of parts" if folder else ""
        message = f"{path} does not end in one of {one_of(known)}{hint}"
        raise InvalidRequest([Fault(which, message)])


def _parts(given: Path) -> Generator[Any]:
    """The schema of the file, and then its parts."""
    _check_ending("IN", given)
    with _readable(given):
        if given.suffix in PARQUET:
            yield from _row_groups(given)
        elif given.suffix in ARROW:
            yield from _runs_of_batches(given)
        else:
            yield from _of_csv(given)


def _row_groups(given: Path) -> Iterator[Any]:
    with pyarrow.parquet.ParquetFile(given) as file:
        yield file.schema_arrow
        for number in range(file.num_row_groups):
            yield Part(str(given), number)


def _runs_of_batches(given: Path) -> Iterator[Any]:
    with pa.memory_map(str(given)) as source, pa.ipc.open_file(source) as file:
        yield file.schema
        first = rows = 0
        for number in range(file.num_record_batches):
            rows += file.get_batch(number).num_rows
            if rows >= WINDOW or number == file.num_record_batches - 1:
                yield Part(str(given), first, number + 1)
                first, rows = number + 1, 0


def _of_csv(given: Path) -> Iterator[Any]:
    """CSV is text: nothing is guessed from its looks, and an empty cell is a null."""
    with pyarrow.csv.open_csv(given) as reader:
        names = reader.schema.names
    texts = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=True,
    )
    with pyarrow.csv.open_csv(given, convert_options=texts) as reader:
        yield reader.schema
        kept: list[pa.RecordBatch] = []
        for batch in reader:
            kept.append(batch)
            if sum(each.num_rows for each in kept) >= WINDOW:
                yield Part(str(given), batches=tuple(kept))
                kept = []
        if kept:
            yield Part(str(given), batches=tuple(kept))


# Results by part


def _open_folder(folder: Path, given: Path, tables: str | None) -> None:
    """Makes the folder of parts; parts of another input, release or tables are thrown away."""
    now = given.stat()
    run = {
        "input": str(given.resolve()),
        "bytes": now.st_size,
        "changed": now.st_mtime_ns,
        "release": __version__,
        "tables": _state_of(_rulebook(tables).tables),
    }
    note = folder / "run.json"
    if folder.exists() and (
        not note.exists() or json.loads(note.read_text()) != json.loads(json.dumps(run))
    ):
        if any(path.name != "run.json" and path.suffix != ".parquet" for path in folder.iterdir()):
            message = f"{folder} has other files than the results of a payroll"
            raise InvalidRequest([Fault("OUT", message)])
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps(run), encoding="utf-8")


def _state_of(tables: TaxTables) -> list[tuple[str, int, int]]:
    """What shows that tax tables have changed: of each folder the files, and the latest change."""
    found = []
    for folder in tables.folders:
        changes = [path.stat().st_mtime_ns for path in Path(folder).rglob("*.*")]
        found.append((folder, len(changes), max(changes, default=0)))
    return found


def _each(parts: Iterator[Part], folder: Path, jobs: int, task: Task) -> Iterator[Done]:
    """The parts as they are finished; those of an earlier run are not computed again."""
    finished = []

    def missing() -> Iterator[tuple[Part, Path]]:
        for number, part in enumerate(parts):
            path = folder / f"part-{number:06}.parquet"
            if path.exists():
                finished.append(path)
            else:
                yield part, path

    if jobs == 1:
        for part, path in missing():
            yield _compute_part(part, path, task)
    else:
        yield from _on_cores(missing(), jobs, task)
    for path in finished:
        yield _done(path)


def _on_cores(wanted: Iterator[tuple[Part, Path]], jobs: int, task: Task) -> Iterator[Done]:
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: set[Future[Done]] = set()
        for part, path in wanted:
            waiting.add(pool.submit(_compute_part, part, path, task))
            if len(waiting) > 2 * jobs:
                finished = next(as_completed(waiting))
                waiting.remove(finished)
                yield finished.result()
        for each in as_completed(waiting):
            yield each.result()


@cache
def _rulebook(tables: str | None) -> Rulebook:
    return Rulebook(TaxTables(tables) if tables else TaxTables.from_environment())


def _compute_part(part: Part, path: Path, task: Task) -> Done:
    """Writes the results of a part; the file has its name only when it is complete."""
    payroll = Payroll(_rulebook(task.tables), task.plain)
    unfinished = path.with_suffix(".unfinished.parquet")
    rows = 0
    with pyarrow.parquet.ParquetWriter(unfinished, payroll.schema, compression="lz4") as writer:
        for batch in computed(part.read(), payroll):
            writer.write_batch(batch)
            rows += batch.num_rows
        done = Done(rows, payroll.errors, payroll.one_by_one)
        writer.add_key_value_metadata({"asopay": json.dumps(astuple(done))})
    unfinished.rename(path)
    return done


def _done(path: Path) -> Done:
    with pyarrow.parquet.ParquetFile(path) as file:
        return Done(*json.loads(file.metadata.metadata[b"asopay"]))


def _assemble(folder: Path, wanted: Path) -> None:
    """One file of all the parts, in order."""
    parts = sorted(folder.glob("part-??????.parquet"))
    unfinished = wanted.with_name(f"{wanted.name}.unfinished")
    with _writer(unfinished, wanted.suffix) as writer:
        for path in parts:
            for batch in _results_in(path):
                writer.write_batch(_flat(batch) if wanted.suffix in CSV else batch)
    unfinished.rename(wanted)


def _results_in(path: Path) -> Iterator[pa.RecordBatch]:
    """The rows of a part; batches across row groups, each with words of its own, can't be read."""
    with pyarrow.parquet.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            yield from file.iter_batches(WINDOW, row_groups=[number])


def _writer(path: Path, ending: str) -> Any:
    if ending in PARQUET:
        return pyarrow.parquet.ParquetWriter(path, RESULT, compression="lz4")
    if ending in ARROW:
        return pa.ipc.new_file(str(path), PLAIN)
    flat = [pa.field(each.name, _flat_type(each.type)) for each in PLAIN]
    return pyarrow.csv.CSVWriter(path, pa.schema(flat))


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
