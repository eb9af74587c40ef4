"""The commands ``asopay payroll`` and ``asopay sample``, for real: files in, files out."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet
import pytest

from asopay.cli import main
from asopay.columns import documents, spark
from asopay.columns.command import Bar
from asopay.columns.files import Done, _compute_part, _rows_of_parts, compute_file
from asopay.columns.inputs import Part, parts_of
from asopay.columns.results import PLAIN, RESULT
from asopay.columns.sample import sample
from asopay.errors import InvalidRequest
from asopay.rulebook import standard_rulebook
from payrolls import alone, rows_of, table_of


def people(count: int, **options: Any) -> pa.Table:
    """A sampled payroll."""
    return pa.Table.from_batches(list(sample(count, standard_rulebook(), **options)))


def plain(table: pa.Table) -> pa.Table:
    """The table with strings in place of dictionaries, as Arrow files have it."""
    return pa.Table.from_pylist(table.to_pylist(), PLAIN)


@pytest.fixture
def payroll(tmp_path: Path) -> Path:
    """A Parquet file of five row groups, the last row of which is wrong."""
    table = people(50, state="US-CA")
    wrong = table.slice(49).set_column(1, "pay_frequency", [["weekley"]])
    table = pa.concat_tables([table.slice(0, 49), wrong.cast(table.schema)])
    path = tmp_path / "payroll.parquet"
    pyarrow.parquet.write_table(table, path, row_group_size=10)
    return path


def expected(path: Path) -> list[dict[str, Any]]:
    """What the rows of a Parquet file are one by one."""
    return [alone(each) for each in documents(pyarrow.parquet.read_table(path))]


def test_the_command(payroll: Path, tmp_path: Path) -> None:
    """A process computes a file on two cores, says what it did, and that rows were wrong."""
    out = tmp_path / "results.parquet"
    run = [sys.executable, "-m", "asopay.cli", "payroll", str(payroll), str(out), "--jobs", "2"]
    done = subprocess.run(run, capture_output=True, check=False, text=True)

    assert (1, "") == (done.returncode, done.stdout)
    assert "[########################] 50 of 50 rows, 1 with errors, " in done.stderr
    assert expected(payroll) == rows_of(pyarrow.parquet.read_table(out))
    assert not (tmp_path / "results.parquet.parts").exists()


def test_a_part_of_several_windows(
    payroll: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each window has texts of its own; the one file of all of them can be read."""
    monkeypatch.setattr("asopay.columns.WINDOW", 7)
    whole = tmp_path / "whole.parquet"
    pyarrow.parquet.write_table(pyarrow.parquet.read_table(payroll), whole)
    out = tmp_path / "results.parquet"
    compute_file(whole, out)

    assert expected(payroll) == rows_of(pyarrow.parquet.read_table(out))


def test_arrow_and_csv(payroll: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Formats go by the names' endings: Arrow holds the same, CSV has JSON where it is nested."""
    monkeypatch.setattr("asopay.columns.files.WINDOW", 20)
    given = pyarrow.parquet.read_table(payroll)
    arrow = tmp_path / "payroll.arrow"
    with pa.ipc.new_file(str(arrow), given.schema) as writer:
        writer.write_table(given.unify_dictionaries(), max_chunksize=8)
    compute_file(arrow, tmp_path / "results.arrow")
    compute_file(arrow, tmp_path / "results.csv")

    with pa.ipc.open_file(str(tmp_path / "results.arrow")) as file:
        results = file.read_all()
    assert PLAIN == results.schema
    assert expected(payroll) == rows_of(results)
    with (tmp_path / "results.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert [str(net or "") for net in results["net_pay"].to_pylist()] == [
        r["net_pay"] for r in rows
    ]
    first = json.loads(rows[0]["taxes"])
    assert [str(tax["amount"]) for tax in results["taxes"][0].as_py()] == [
        t["amount"] for t in first
    ]
    assert "" == rows[49]["year_to_date"]


@pytest.mark.parametrize("window", [2, 20])
def test_csv_in(window: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns of CSV are texts with the names of their paths; an empty cell is left out."""
    monkeypatch.setattr("asopay.columns.inputs.OF_CSV", window)
    path = tmp_path / "payroll.csv"
    names = "pay_date,pay_frequency,employee.residence[0],earnings[0].kind,earnings[0].amount"
    rows = [f"2026-03-13,weekly,US-TX,regular,{amount}.50" for amount in (800, 900, 0)]
    path.write_text("\n".join([names, *rows, "2026-03-13,weekly,US-TX,regular,"]), encoding="utf-8")
    done = compute_file(path, tmp_path / "results.parquet")
    results = pyarrow.parquet.read_table(tmp_path / "results.parquet")

    assert (4, 1) == (done.rows, done.errors)
    assert [Decimal("800.50"), Decimal("900.50"), Decimal("0.50"), None] == results[
        "gross_pay"
    ].to_pylist()


def test_an_interrupted_run_goes_on(
    payroll: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was finished is not computed again, unless the input has changed."""
    folder = tmp_path / "results"
    computed: list[tuple[int, int]] = []

    def interrupted(part: Part, *rest: Any) -> Done:
        computed.append((part.first, part.following))
        if len(computed) == 2:
            raise KeyboardInterrupt
        return _compute_part(part, *rest)

    monkeypatch.setattr("asopay.columns.files._compute_part", interrupted)
    monkeypatch.setattr("asopay.columns.files.WINDOW", 25)
    with pytest.raises(KeyboardInterrupt):
        compute_file(payroll, folder)
    monkeypatch.setattr("asopay.columns.files.WINDOW", 1_000)
    done = compute_file(payroll, folder)

    assert [(0, 2), (2, 4), (2, 4), (4, 5)] == computed
    assert (50, 1) == (done.rows, done.errors)
    assert expected(payroll) == rows_of(pyarrow.parquet.read_table(folder))
    first = pyarrow.parquet.read_table(folder / "part-000000.parquet")
    assert RESULT == first.schema.remove_metadata()

    pyarrow.parquet.write_table(pyarrow.parquet.read_table(payroll).slice(0, 5), payroll)
    assert 5 == compute_file(payroll, folder).rows


def test_parts(payroll: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A part is as many row groups as have a window's rows together, but one for each core."""

    def parts(window: int, jobs: int) -> list[tuple[int, int]]:
        monkeypatch.setattr("asopay.columns.files.WINDOW", window)
        found = parts_of(payroll, _rows_of_parts(payroll, jobs))
        return [(each.first, each.following) for each in found]

    assert [(0, 5)] == parts(window=50, jobs=1)
    assert [(0, 3), (3, 5)] == parts(window=39, jobs=1)
    assert [(0, 2), (2, 4), (4, 5)] == parts(window=50, jobs=2)
    assert [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5)] == parts(window=5, jobs=1)


def test_no_rows(payroll: Path, tmp_path: Path) -> None:
    """A file without rows has results without rows."""
    table = pyarrow.parquet.read_table(payroll).slice(0, 0)
    pyarrow.parquet.write_table(table, tmp_path / "none.parquet")
    with pa.ipc.new_file(str(tmp_path / "none.arrow"), table.schema):
        pass
    for name in ("none.parquet", "none.arrow"):
        out = tmp_path / f"{name}.results.parquet"

        assert 0 == compute_file(tmp_path / name, out).rows
        assert 0 == len(pyarrow.parquet.read_table(out))
        assert RESULT.names == pyarrow.parquet.read_schema(out).names


def test_on_cores_parts_are_waited_for(
    payroll: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With more parts than cores the finished ones make place for others."""
    monkeypatch.setattr("asopay.columns.files.WINDOW", 1)
    path = tmp_path / "small.parquet"
    pyarrow.parquet.write_table(
        pyarrow.parquet.read_table(payroll).slice(0, 8), path, row_group_size=1
    )

    assert 8 == compute_file(path, tmp_path / "results.parquet", jobs=2).rows


def test_files_that_cannot_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that can't be read, or is of no known format, is one clear error; nothing is left."""
    monkeypatch.chdir(tmp_path)
    broken, text = tmp_path / "broken.parquet", tmp_path / "payroll.txt"
    broken.write_text("nothing")
    text.write_text("nothing")
    other = tmp_path / "folder"
    other.mkdir()
    (other / "letter.txt").write_text("dear")
    good = tmp_path / "good.parquet"
    pyarrow.parquet.write_table(people(2), good)
    empty = tmp_path / "empty.csv"
    empty.write_text("")
    runs = [
        (["payroll", str(tmp_path / "none.parquet"), "out.csv"], "there is no such file"),
        (["payroll", str(broken), "out.csv"], "can't be read: "),
        (["payroll", str(empty), "out.csv"], "can't be read: "),
        (["payroll", str(text), "out.csv"], "does not end in one of .parquet, .arrow"),
        (["payroll", str(good), "out.txt"], "or no ending for a folder of parts"),
        (["payroll", str(good), str(other)], "has other files than the results of a payroll"),
        (["payroll", str(good), "out.csv", "--jobs", "0"], "0 is not at least 1"),
        (["sample", "0", "--out", "x.parquet"], "0 is not at least 1"),
        (["sample", "1", "--out", "x.csv"], "ends neither in .parquet nor in .arrow"),
        (["sample", "1", "--out", str(tmp_path / "no" / "x.parquet")], "can't be written: "),
        (["sample", "1", "--out", "x.parquet", "--state", "US-XX"], "'US-XX' is not one of US-AL"),
        (["sample", "1", "--out", "x.parquet", "--pay-date", "2019-01-01"], "2019-01-01"),
    ]
    there = sorted(tmp_path.iterdir())
    for arguments, message in runs:
        assert 2 == main(arguments)
        assert message in json.loads(capsys.readouterr().out)["errors"][0]["message"]
    assert there == sorted(tmp_path.iterdir())


def test_the_bar(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a person looks on, the line is written over while parts are finished."""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    Bar(100).add(Done(50, 2, 3))
    Bar(None).add(Done(50, 0, 0))

    begun, unknown = capsys.readouterr().err.split("\r")[1:]
    assert begun.startswith("[############............] 50 of 100 rows, 2 with errors, 3 computed")
    assert unknown.startswith("50 rows, 0 with errors, ")


def test_results_end_with_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without errors the command ends with 0."""
    good = tmp_path / "good.arrow"
    assert 0 == main(["sample", "30", "--out", str(good), "--state", "US-TX", "--seed", "5"])
    tables = Path(__file__).parent.parent / "tax_tables"
    assert 0 == main(["payroll", str(good), str(tmp_path / "r.parquet"), "--tables", str(tables)])
    assert "30 rows, 0 with errors" in capsys.readouterr().err


def test_samples(tmp_path: Path) -> None:
    """A seed gives the same people again, another one others; they live where they should."""
    path = tmp_path / "sample.parquet"

    assert people(40) == people(40)
    assert people(40) != people(40, seed=2)
    assert 0 == main(["sample", "40", "--out", str(path)])
    assert people(40).to_pylist() == pyarrow.parquet.read_table(path).to_pylist()
    homes = {each["residence"][0] for each in people(40, state="US-OH")["employee"].to_pylist()}
    assert {"US-OH"} == homes


def test_a_partition_of_spark() -> None:
    """A partition is a stream of batches; the data frame is told the types of what comes out."""
    table = plain_input(people(30, state="US-TX"))
    asked: dict[str, Any] = {}

    class DataFrame:
        def mapInArrow(self, function: Any, schema: str) -> Any:  # noqa: N802 - Spark's name
            asked["schema"] = schema
            return list(function(iter(table.to_batches(max_chunksize=7))))

    batches = spark.paychecks(DataFrame())

    assert [alone(each) for each in documents(table)] == rows_of(pa.Table.from_batches(batches))
    assert asked["schema"].startswith("employee_id string, gross_pay decimal(18, 2), ")
    assert "year_to_date struct<wages: map<string, decimal(18, 2)>, " in asked["schema"]


def plain_input(table: pa.Table) -> pa.Table:
    """The payroll as Spark has it, whose texts are strings."""
    from asopay.columns.builders import plain_schema  # noqa: PLC0415

    return pa.Table.from_pylist(table.to_pylist(), plain_schema(table.schema))


def test_unreadable_columns(tmp_path: Path) -> None:
    """Bad columns of a file are an error before anything is computed."""
    path = tmp_path / "bad.parquet"
    pyarrow.parquet.write_table(table_of([]).drop_columns(["earnings"]), path)

    with pytest.raises(InvalidRequest, match="earnings: this column is missing"):
        compute_file(path, tmp_path / "results.parquet")
    assert not (tmp_path / "results.parquet.parts").exists()
