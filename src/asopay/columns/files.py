"""Payrolls in files: Parquet, Arrow and CSV in and out, part by part, on several cores.

Each part of the input, of about a window of rows, becomes a file of results beside the output. A
run that was interrupted goes on with the parts that are missing; at the end they become one file.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import closing
from functools import cache
from multiprocessing import get_context
from pathlib import Path

from attrs import astuple, frozen

from asopay._version import __version__
from asopay.columns import computed
from asopay.columns.driver import WINDOW, Payroll
from asopay.columns.inputs import ARROW, CSV, Part, check_ending, parts_of, rows_in, schema_of
from asopay.columns.outputs import STREAM, assemble, writer
from asopay.columns.shape import check_columns
from asopay.errors import Fault, InvalidRequest
from asopay.rulebook import Rulebook
from asopay.tables import TaxTables

RUN = "_run.json"

OURS = re.compile(r"_run\.json|_?part-\d{6}\.(parquet|arrows|json)")
"""Names in a folder of parts: those that begin with a line below are no parts to any engine."""

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
    check_ending("OUT", wanted, folder=True)
    check_columns(schema_of(given))
    folder = wanted if not wanted.suffix else wanted.with_name(f"{wanted.name}.parts")
    rows = _open_folder(folder, given, tables, _rows_of_parts(given, jobs))
    ending = STREAM if wanted.suffix else ".parquet"
    total = Done(0, 0, 0)
    with closing(parts_of(given, rows)) as parts:
        task = Task(tables, wanted.suffix in (*ARROW, *CSV))
        named = ((part, folder / f"part-{at:06}{ending}") for at, part in enumerate(parts))
        for done in _each(named, jobs, task):
            progress(done)
            total += done
    _payroll.cache_clear()
    if wanted.suffix:
        assemble(sorted(folder.glob(f"part-*{STREAM}")), wanted)
        shutil.rmtree(folder)
    return total


def _rows_of_parts(given: Path, jobs: int) -> int:
    """A window for each part, less if there would be too few parts for the cores."""
    rows = rows_in(given)
    return min(WINDOW, -(-rows // jobs)) if rows else WINDOW


# Results by part


def _open_folder(folder: Path, given: Path, tables: str | None, rows: int) -> int:
    """Makes the folder of parts of so many rows; returns how many it is for a run that goes on.

    Parts of another input, release or tables are thrown away.
    """
    now = given.stat()
    run = {
        "input": str(given.resolve()),
        "bytes": now.st_size,
        "changed": now.st_mtime_ns,
        "release": __version__,
        "tables": _state_of(_rulebook(tables).tables),
    }
    note = folder / RUN
    if note.exists():
        noted = json.loads(note.read_text(encoding="utf-8"))
        begun = int(noted.pop("rows"))
        if noted == json.loads(json.dumps(run)):
            return begun
    if folder.exists():
        if not all(OURS.fullmatch(path.name) for path in folder.iterdir()):
            message = f"{folder} has other files than the results of a payroll"
            raise InvalidRequest([Fault("OUT", message)])
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    note.write_text(json.dumps({**run, "rows": rows}), encoding="utf-8")
    return rows


def _state_of(tables: TaxTables) -> list[tuple[str, int, int]]:
    """What shows that tax tables have changed: of each folder the files, and the latest change."""
    found = []
    for folder in tables.folders:
        changes = [path.stat().st_mtime_ns for path in Path(folder).rglob("*.*")]
        found.append((folder, len(changes), max(changes, default=0)))
    return found


def _each(wanted: Iterator[tuple[Part, Path]], jobs: int, task: Task) -> Iterator[Done]:
    """The parts as they are finished; those of an earlier run are not computed again."""
    finished = []

    def missing() -> Iterator[tuple[Part, Path]]:
        for part, path in wanted:
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
        yield Done(*json.loads(_note_of(path).read_text(encoding="utf-8")))


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


@cache
def _payroll(task: Task) -> Payroll:
    """One for all parts: it keeps what it prepared, and memory that was asked for."""
    return Payroll(_rulebook(task.tables), task.plain)


def _compute_part(part: Part, path: Path, task: Task) -> Done:
    """Writes the results of a part; the file has its name only when it is complete."""
    payroll = _payroll(task)
    errors, one_by_one, rows = payroll.errors, payroll.one_by_one, 0
    unfinished = path.with_name(f"_{path.name}")
    with writer(unfinished, path.suffix, plain=task.plain) as file:
        for batch in computed(part.read(), payroll):
            file.write_batch(batch)
            rows += batch.num_rows
    done = Done(rows, payroll.errors - errors, payroll.one_by_one - one_by_one)
    _note_of(path).write_text(json.dumps(astuple(done)), encoding="utf-8")
    unfinished.rename(path)
    return done


def _note_of(part: Path) -> Path:
    """Where it stands what was done in a part."""
    return part.with_name(f"_{part.stem}.json")
