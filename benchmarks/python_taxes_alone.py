"""The other side of `against_python_taxes`: it runs where python-taxes is installed, not asopay.

Reads cases as JSON on standard input: frequency, wages and wages to date in cents, by filing
status. Writes the seconds of the fastest turn and the cents of each tax.
"""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from time import perf_counter
from typing import Any

from python_taxes.federal import medicare, social_security  # type: ignore[import-not-found]
from python_taxes.federal.income.payroll import automated  # type: ignore[import-not-found]

YEAR = 2025


def compute(case: dict[str, Any]) -> tuple[float, list[list[Decimal]]]:
    """Seconds, and three taxes for each of the wages."""
    frequency, status = case["frequency"], case["status"]
    wages = [Decimal(cents).scaleb(-2) for cents in case["wages"]]
    to_date = [Decimal(cents).scaleb(-2) for cents in case["to_date"]]
    start = perf_counter()
    taxes = [
        [
            automated.employer_withholding(paid, frequency, status, tax_year=YEAR),
            social_security.withholding(paid, before, tax_year=YEAR),
            medicare.required_withholding(paid, before),
        ]
        for paid, before in zip(wages, to_date, strict=True)
    ]
    return perf_counter() - start, taxes


def main() -> None:
    cases = json.load(sys.stdin)
    turns = [[compute(case) for case in cases] for _ in range(5)]
    seconds = min(sum(seconds for seconds, _ in turn) for turn in turns)
    cents = [[[int(tax * 100) for tax in row] for row in taxes] for _, taxes in turns[0]]
    json.dump({"seconds": seconds, "cents": cents}, sys.stdout)


if __name__ == "__main__":
    main()
