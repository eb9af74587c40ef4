"""Every income-tax rule on a column of wages, in blocks: rows a second."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from asopay.rulebook import standard_rulebook
from asopay.withholding import Pay
from benchmarks import workload
from benchmarks.timing import Figure, fastest, show

PAY_DATE = date(2026, 8, 14)
BLOCKS = 20


def measure() -> Iterator[Figure]:
    """The rule in force of each jurisdiction, by the method of its publication."""
    column = np.array(workload.wages(), dtype=np.int64)
    for place in standard_rulebook().tables.jurisdictions():
        law = workload.in_force(None if place == "US" else place, PAY_DATE)
        tax = law.taxes.get(f"{place}/income_tax")
        if tax is not None and tax.rule.functions:
            ...
