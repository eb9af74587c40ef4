"""Every income-tax rule on a column of wages: rows a second, in blocks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from asopay.certificates import Certificate
from asopay.in_force import TaxInForce
from asopay.jurisdictions import STATES, name
from asopay.withholding import Pay
from benchmarks import workload
from benchmarks.timing import Figure, fastest, show

PAY_DATE = date(2026, 8, 14)
TITLE = f"Income-tax rules on columns of {workload.ROWS:,} rows (wanted: 1 million a second)"


def measure() -> Iterator[Figure]:
    """Each jurisdiction's rule by the method of its publication, where there is an income tax."""
    for place in ("US", *STATES):
        law = workload.in_force(None if place == "US" else place, PAY_DATE)
        tax = law.taxes[f"{place}/income_tax"]
        if tax.rule.table.head.rule != "withholding.none":
            rows = _rows_a_second(tax, workload.certificates(law)[place])
            yield Figure(name(place), f"{rows / 1e6:.0f} million a second")


def _rows_a_second(tax: TaxInForce, certificate: Certificate) -> float:
    column = np.array(workload.wages(), dtype=np.int64)
    pay = Pay(column, workload.FREQUENCY, workload.PERIODS)  # type: ignore[arg-type]
    [seconds] = fastest(lambda: tax.rule.default(pay, certificate, tax.rule.table), turns=100)
    return workload.ROWS / seconds


def main() -> None:
    show(TITLE, measure())


if __name__ == "__main__":
    main()
