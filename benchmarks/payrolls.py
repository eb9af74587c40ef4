"""Whole payrolls, Arrow in and Arrow out: rows a second, memory, start-up, and equality.

The payrolls are sampled ones, of one state and of the nation.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pyarrow as pa

from asopay import documents
from asopay.columns import Payroll, column, stream
from asopay.columns import documents as documents_of
from asopay.columns.column import Column
from asopay.columns.driver import BLOCK, WINDOW
from asopay.columns.recorded import Program
from asopay.columns.sample import sample
from asopay.jurisdictions import STATES
from asopay.rulebook import standard_rulebook
from benchmarks.timing import Figure, fastest, show

ROWS = 1_048_576
COMPARED = 200_000
SMALLER = (1_000, 10_000, 100_000)
STATES_IN_TURN = (1, 5, 20, 51)


def payroll(count: int, state: str | None = None) -> pa.Table:
    return pa.Table.from_batches(list(sample(count, standard_rulebook(), state=state)))


def run(table: pa.Table) -> Payroll:
    """Computes the rows and lets go of the results."""
    counted = Payroll()
    for start in range(0, table.num_rows, WINDOW):
        for _ in counted.compute(table.slice(start, WINDOW)):
            pass
    return counted


def rows_a_second(table: pa.Table) -> float:
    def once() -> None:
        for _ in stream(table.to_reader()):
            pass

    [seconds] = fastest(once, turns=3)
    return table.num_rows / seconds


def measure(*, full: bool = False) -> Iterator[Figure]:
    one, nation = payroll(ROWS, "US-CA"), payroll(ROWS)
    yield Figure("one state, one core", _rate(rows_a_second(one)), "1,000,000 a second")
    alone = rows_a_second(nation)
    yield Figure("the nation, one core", _rate(alone), "400,000 a second")
    yield Figure("… of it as columns", f"{_share_on_columns(nation):.2%}")
    yield Figure("the nation, two cores / one core", f"{_on_two(alone):.2f}", "1.8")
    yield from _growth(nation)
    yield Figure("one state: share of numpy's own floor", f"{_share_of_floor(one):.0%}")
    yield Figure("equal to single paychecks", _equal(payroll(COMPARED)), "all")
    yield from _files(10_000_000 if full else 1_000_000)


def _growth(nation: pa.Table) -> Iterator[Figure]:
    """What a row takes in fewer rows, and in a window of rows of fewer states."""
    for rows in SMALLER:
        rate = rows_a_second(nation.slice(0, rows))
        yield Figure(f"… {rows:,} rows of it", f"{1e6 / rate:.1f} µs a row")
    for count in STATES_IN_TURN:
        each = WINDOW // count
        table = pa.concat_tables([payroll(each, state) for state in list(STATES)[:count]])
        yield Figure(f"rows of {count} states", f"{1e6 / rows_a_second(table):.1f} µs a row")


def _share_on_columns(table: pa.Table) -> float:
    return 1 - run(table).one_by_one / table.num_rows


def _nation(_: int) -> tuple[float, float]:
    """When a process began and ended to compute the nation's payroll, once it was warm."""
    table = payroll(ROWS)
    run(table)
    begun = time.time()
    for _ in range(2):
        for _ in stream(table.to_reader()):
            pass
    return begun, time.time()


def _on_two(alone: float) -> float:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        spans = list(pool.map(_nation, range(2)))
    seconds = max(end for _, end in spans) - min(begun for begun, _ in spans)
    return 4 * ROWS / seconds / alone


def _share_of_floor(table: pa.Table) -> float:
    """The time of as many additions of blocks as there are operations on columns, of the whole."""
    small = table.slice(0, 4 * BLOCK)
    run(small)
    counted = _operations(small)
    first, second = np.arange(BLOCK), np.arange(BLOCK)

    def floor() -> None:
        for _ in range(counted):
            first + second

    floor_seconds, seconds = fastest(floor, lambda: run(small), turns=3)
    return floor_seconds / seconds


def _operations(table: pa.Table) -> int:
    """How many operations on columns there are: those of the engine, and steps of programs."""
    counted = [0]
    program_run, product = Program.run, column.product

    def count(_: Any, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        counted[0] += 1
        plain = [np.asarray(each) if isinstance(each, Column) else each for each in inputs]
        found = getattr(ufunc, method)(*plain, **options)
        return found.view(Column) if isinstance(found, np.ndarray) else found

    def count_steps(program: Program, label: str, inputs: Any, which: Any) -> Any:
        counted[0] += sum(not isinstance(first, str) for first, *_ in program.nodes)
        return program_run(program, label, inputs, which)

    def count_product(one: Any, other: Any) -> Any:
        counted[0] += 1
        return product(one, other)

    column.product = count_product
    Column.__array_ufunc__ = count  # type: ignore[method-assign, assignment]
    Program.run = count_steps  # type: ignore[method-assign]
    try:
        run(table)
    finally:
        del Column.__array_ufunc__
        Program.run, column.product = program_run, product  # type: ignore[method-assign]
    return counted[0]


def _equal(table: pa.Table) -> str:
    """How many rows have the net pay, the employer's cost and the taxes of single paychecks."""
    same = 0
    results = stream(table.to_reader(), plain=True)
    requested = documents_of(table)
    for batch in results:
        for row, document in zip(batch.to_pylist(), requested, strict=False):
            _, paycheck = documents.compute(document)
            taxes = [(t.id, t.payer, t.wages, t.amount) for t in paycheck.taxes]
            sums = (paycheck.net_pay, paycheck.employer_cost)
            given = [(t["id"], t["payer"], t["wages"], t["amount"]) for t in row["taxes"]]
            same += (row["net_pay"], row["employer_cost"]) == sums and given == taxes
    return f"{same:,} of {table.num_rows:,}"


def _files(rows: int) -> Iterator[Figure]:
    """A file of so many rows through the command, and one of a single row."""
    with TemporaryDirectory() as folder:
        many, one, out = (str(Path(folder, name)) for name in ("n.parquet", "1.parquet", "out"))
        _asopay("sample", "1", "--out", one)
        begun = time.perf_counter()
        _asopay("payroll", one, f"{out}.parquet")
        yield Figure("asopay payroll, one row", f"{time.perf_counter() - begun:.2f} s", "1.5 s")
        _asopay("sample", str(rows), "--out", many)
        for jobs in ("1", "2"):
            begun = time.perf_counter()
            peak = _asopay("payroll", many, f"{out}{jobs}", "--jobs", jobs)
            rate = rows / (time.perf_counter() - begun)
            yield Figure(f"Parquet to Parquet, {rows:,} rows, {jobs} job(s)", _rate(rate))
            if jobs == "1":
                yield Figure("… its peak memory", f"{peak / 1024:,.0f} MiB", "600")


WATCH = """
import os, sys
_, status, used = os.wait4(os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ), 0)
print(used.ru_maxrss)
sys.exit(status != 0)
"""


def _asopay(*arguments: str) -> int:
    """Runs the command; returns the most memory that its process had, in kibibytes on Linux.

    A small process starts it: what that has before it is the command counts as well.
    """
    watched = [sys.executable, "-c", WATCH, sys.executable, "-m", "asopay.cli", *arguments]
    told = subprocess.run(watched, stdout=subprocess.PIPE, check=True, text=True).stdout
    return int(told.split()[-1])


def _rate(rate: float) -> str:
    return f"{rate:,.0f} a second"


if __name__ == "__main__":
    show("Whole payrolls", measure())
