"""Payrolls beside other engines, each a real one: Spark, Dask, DuckDB and Polars.

They are no dependencies of asopay, and are tested in a session of their own: `nox -s distributed`.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet
import pytest

from asopay.columns import paychecks, spark, stream
from asopay.columns.sample import sample
from asopay.rulebook import standard_rulebook

PEOPLE = 3_000
SUMS = ["employee_id", "gross_pay", "net_pay", "employer_cost", "error"]


@pytest.fixture(scope="module")
def payroll(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sampled payroll of some parts, in a folder."""
    folder = tmp_path_factory.mktemp("payroll")
    table = pa.Table.from_batches(list(sample(PEOPLE, standard_rulebook())))
    for number, start in enumerate(range(0, PEOPLE, 1_000)):
        pyarrow.parquet.write_table(table.slice(start, 1_000), folder / f"{number}.parquet")
    return folder


@pytest.fixture(scope="module")
def expected(payroll: Path) -> list[dict[str, Any]]:
    """What asopay alone makes of it, by employee."""
    results = paychecks(pyarrow.parquet.read_table(payroll), plain=True)
    rows: list[dict[str, Any]] = results.sort_by("employee_id").to_pylist()
    return rows


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A Spark of two cores on this machine."""
    if shutil.which("java") is None:
        pytest.skip("there is no Java, which Spark needs: install a JRE of version 17")
    from pyspark.sql import SparkSession  # noqa: PLC0415

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    spark_session = builder.getOrCreate()
    yield spark_session
    spark_session.stop()


def test_spark(session: Any, payroll: Path, expected: list[dict[str, Any]]) -> None:
    """A data frame in partitions gives what asopay alone does, to the letter."""
    frame = session.read.parquet(str(payroll)).repartition(4)
    rows = [row.asDict(recursive=True) for row in spark.paychecks(frame).collect()]

    assert expected == sorted((as_arrow(row) for row in rows), key=lambda row: row["employee_id"])


def as_arrow(row: dict[str, Any]) -> dict[str, Any]:
    """The row with maps as Arrow has them: pairs in order."""
    to_date = {part: sorted(amounts.items()) for part, amounts in row["year_to_date"].items()}
    return {**row, "year_to_date": to_date}


def test_spark_says_what_is_wrong_with_a_column(session: Any) -> None:
    """A bad column of a data frame fails with the error that names it."""
    frame = session.createDataFrame([(1.5,)], "pay_date double")

    with pytest.raises(Exception, match="pay_date: the type is double: date32 is wanted"):
        spark.paychecks(frame).collect()


def test_dask(payroll: Path, expected: list[dict[str, Any]]) -> None:
    """Each file of a folder is a task of Dask's."""
    from dask import compute, delayed  # noqa: PLC0415

    def one(path: str) -> pa.Table:
        return paychecks(pyarrow.parquet.read_table(path), plain=True)

    tasks = [delayed(one)(str(path)) for path in sorted(payroll.iterdir())]
    tables = compute(*tasks, scheduler="processes")

    assert expected == pa.concat_tables(tables).sort_by("employee_id").to_pylist()


def test_duckdb(payroll: Path, expected: list[dict[str, Any]]) -> None:
    """DuckDB's rows go in as a stream, and it asks what comes out."""
    import duckdb  # noqa: PLC0415

    connection = duckdb.connect()
    rows = connection.sql(f"select * from '{payroll}/*.parquet'")  # noqa: S608 - a folder of ours
    other = duckdb.connect()
    other.register("results", stream(rows, plain=True))
    asked = other.sql("select count(*), sum(net_pay), count(error) from results").fetchall()

    assert [(PEOPLE, sum(row["net_pay"] for row in expected), 0)] == asked


def test_polars(payroll: Path, expected: list[dict[str, Any]]) -> None:
    """Results go into a data frame of Polars by the Arrow C stream interface."""
    import polars as pl  # noqa: PLC0415

    with pyarrow.parquet.ParquetFile(payroll / "0.parquet") as file:
        given = pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches())
        frame = pl.DataFrame(stream(given, plain=True).read_all().select(SUMS))

    first = {row["employee_id"]: row["net_pay"] for row in expected}
    assert 1_000 == frame.height
    assert [first[each] for each in frame["employee_id"]] == frame["net_pay"].to_list()
