"""Federal income tax, Social Security and Medicare: asopay's rules against python-taxes 0.7.

Both get the same wages and wages to date, of 2025, the last year that python-taxes knows, one by
one; asopay also gets them as columns. The cents are compared. The wages are such that two faults of
python-taxes do not show: on a payment that takes the year's wages above 200,000 dollars it takes
the Additional Medicare Tax from the whole payment, and it rounds half a cent to the even cent.
"""

from __future__ import annotations

import argparse
import json
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from asopay.contributions import Contribution, above_threshold, rate_on_wages
from asopay.withholding import Pay, federal
from benchmarks import workload
from benchmarks.timing import Figure, fastest, show

PAY_DATE = date(2025, 9, 5)
STATUSES = {"single": "single", "married": "married", "head_of_household": "hoh"}
"""Filing statuses of asopay, and what python-taxes calls them."""

LAW = workload.in_force(None, PAY_DATE)
TABLES = {tax.name: tax.rule.table for tax in LAW.taxes.values()}
W4 = {status: workload.certificates(LAW, filing_status=status)["US"] for status in STATUSES}


def wages_to_date() -> list[int]:
    """In cents, up to 192,000 dollars: past the wage base of Social Security, and all odd."""
    return [1 + 2 * (number * 104_729 % 9_600_000) for number in range(workload.ROWS)]


def taxes(status: str, wages: Any, to_date: Any) -> tuple[Any, Any, Any]:
    """The employee's three taxes, by the rules' own functions, with their worksheets."""
    pay = Pay(wages, workload.FREQUENCY, workload.PERIODS)
    due = Contribution(wages, to_date, "employee")
    income_tax = federal.withhold(pay, W4[status], TABLES["income_tax"])
    social_security = rate_on_wages.contribute(due, TABLES["social_security"])
    medicare = rate_on_wages.contribute(due, TABLES["medicare"])
    additional = above_threshold.contribute(due, TABLES["additional_medicare"])
    return income_tax.result, social_security.result, medicare.result + additional.result


def measure(python: Path) -> Iterator[Figure]:
    """The seconds for a paycheck's three taxes, their ratios, and how many cents are equal.

    `python` is an interpreter that has python-taxes.
    """
    wages, to_date = workload.wages(), wages_to_date()
    columns = np.array(wages, dtype=np.int64), np.array(to_date, dtype=np.int64)

    def one_by_one() -> list[list[tuple[int, int, int]]]:
        pairs = list(zip(wages, to_date, strict=True))
        return [[taxes(status, paid, before) for paid, before in pairs] for status in STATUSES]

    def on_columns() -> list[tuple[Any, Any, Any]]:
        return [taxes(status, *columns) for status in STATUSES]

    paychecks = workload.ROWS * len(STATUSES)
    single, column = fastest(one_by_one, on_columns)
    theirs, their_cents = _python_taxes(python, wages, to_date)
    our_cents = [[list(row) for row in rows] for rows in one_by_one()]
    column_cents = [np.column_stack(each).tolist() for each in on_columns()]

    yield Figure("python-taxes, a paycheck", f"{theirs / paychecks * 1e6:.2f} µs")
    yield Figure("asopay one by one, with worksheets", f"{single / paychecks * 1e6:.2f} µs")
    yield Figure("asopay on columns", f"{column / paychecks * 1e6:.3f} µs")
    yield Figure("python-taxes / asopay one by one", f"{theirs / single:.1f}", "at least 1")
    yield Figure("python-taxes / asopay on columns", f"{theirs / column:.0f}", "at least 100")
    yield Figure("equal cents, python-taxes", _equal(our_cents, their_cents), "all")
    yield Figure("equal cents, columns", _equal(our_cents, column_cents), "all")


def _python_taxes(python: Path, wages: list[int], to_date: list[int]) -> tuple[float, Any]:
    """Seconds and cents of the same taxes, computed where python-taxes is installed."""
    case = {"frequency": workload.FREQUENCY, "wages": wages, "to_date": to_date}
    cases = [case | {"status": status} for status in STATUSES.values()]
    script = Path(__file__).with_name("python_taxes_alone.py")
    answer = subprocess.run(
        [python, script], input=json.dumps(cases), stdout=subprocess.PIPE, check=True, text=True
    )
    result = json.loads(answer.stdout)
    return result["seconds"], result["cents"]


def _equal(ours: list[list[list[int]]], others: list[list[list[int]]]) -> str:
    pairs = np.array(ours) == np.array(others)
    return f"{pairs.sum():,} of {pairs.size:,}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python", type=Path, help="an interpreter that has python-taxes 0.7")
    show("Against python-taxes 0.7", measure(parser.parse_args().python))


if __name__ == "__main__":
    main()
