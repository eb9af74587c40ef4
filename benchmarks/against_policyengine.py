"""A year in California: asopay on columns beside PolicyEngine US.

The two do not compute the same thing: PolicyEngine US simulates a household's taxes of the year,
asopay the paychecks of an annual payroll with all payroll taxes. Only the time is compared.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.payrolls import rows_a_second
from benchmarks.timing import Figure

PEOPLE = 10_000


def wages_of_a_year(people: int) -> pa.Table:
    cents = np.linspace(2_000_000, 20_000_000, people).astype(np.int64)
    return pa.table(
        {
            "pay_date": pa.array(["2025-12-31"] * people),
            "pay_frequency": pa.array(["annual"] * people).dictionary_encode(),
            "employee.residence[0]": pa.array(["US-CA"] * people).dictionary_encode(),
            "earnings[0].kind": pa.array(["regular"] * people).dictionary_encode(),
            "earnings[0].amount": cents,
        }
    )


def measure(python: Path) -> Iterator[Figure]:
    """`python` is an interpreter that has policyengine-us."""
    script = Path(__file__).with_name("policyengine_alone.py")
    run = [str(python), str(script), str(PEOPLE)]
    told = subprocess.run(run, stdout=subprocess.PIPE, check=True, text=True).stdout
    theirs = float(told.split()[-1]) / PEOPLE
    ours = 1 / rows_a_second(wages_of_a_year(PEOPLE))
    yield Figure("PolicyEngine US, a person", f"{theirs * 1e6:,.0f} µs")
    yield Figure("asopay on columns, a paycheck", f"{ours * 1e6:.1f} µs")
    yield Figure("PolicyEngine US / asopay", f"{theirs / ours:,.0f}", "at least 100")
