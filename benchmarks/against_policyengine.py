"""A year in California: asopay on columns beside PolicyEngine US.

The two do not compute the same thing: PolicyEngine US simulates a household's taxes of the year,
asopay the paychecks of an annual payroll with all payroll taxes. Only the time is compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.payrolls import rows_a_second
from benchmarks.timing import Figure

PEOPLE = 10_000

KEPT = {"MALLOC_TRIM_THRESHOLD_": "100000000", "MALLOC_MMAP_THRESHOLD_": "10000000"}
"""With these in the environment glibc does not give freed memory back at once, and ask again."""


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
    theirs = str(Path(__file__).with_name("policyengine_alone.py"))
    for how, kept in ((", as it comes", {}), (", freed memory kept", KEPT)):
        their_seconds = _seconds(str(python), theirs, str(PEOPLE), kept=kept)
        our_seconds = _seconds(sys.executable, "-m", "benchmarks.against_policyengine", kept=kept)
        yield Figure(f"PolicyEngine US, a person{how}", f"{their_seconds * 1e6:,.0f} µs")
        yield Figure(f"asopay on columns, a paycheck{how}", f"{our_seconds * 1e6:.2f} µs")
        ratio = f"{their_seconds / our_seconds:,.0f}"
        yield Figure(f"PolicyEngine US / asopay{how}", ratio, "at least 100")


def _seconds(*command: str, kept: dict[str, str]) -> float:
    """What a person, or a paycheck, takes in a process of its own."""
    environment = {**os.environ, **kept}
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environment)
    return float(told.stdout.split()[-1]) / PEOPLE


if __name__ == "__main__":
    print(PEOPLE / rows_a_second(wages_of_a_year(PEOPLE)))
