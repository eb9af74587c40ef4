"""How the percentage method relates to the wage-bracket tables of Publication 15-T.

A wage-bracket table prints, for each row of wages, the tax of the percentage method at the middle
of the row, rounded to the nearest dollar. asopay computes the percentage method, so it gives the
printed amount for wages in the middle of a row (`whole_dollars`), and for other wages in the row an
amount that lies between those for the wages half a row below and half a row above.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from asopay import documents
from asopay.money import as_text, cents

FILE = Path(__file__).parent / "worked_examples" / "us" / "wage_brackets.toml"
TABLES = tomllib.loads(FILE.read_text(encoding="utf-8"))


def _whole_dollars(row: dict[str, Any], wages: int) -> int:
    request = {
        "pay_date": str(row["pay_date"]),
        "pay_frequency": row["frequency"],
        "employer": {"methods": {"US/income_tax": "whole_dollars"}},
        "employee": {"residence": ["US-TX"], "certificates": {"US": row["certificate"]}},
        "earnings": [{"kind": "regular", "amount": as_text(wages)}],
    }
    result = documents.paycheck(request)
    return cents(result["taxes"][0]["amount"]) // 100


@pytest.mark.parametrize("row", TABLES["row"], ids=lambda row: row["document"])
def test_rows_are_the_percentage_method_at_their_middle(row: dict[str, Any]) -> None:
    """Every printed row is the percentage method at the row's middle, in whole dollars."""
    first, width = row["first"] * 100, row["width"] * 100
    middles = [first + number * width + width // 2 for number in range(len(row["amounts"]))]

    assert row["amounts"] == [_whole_dollars(row, middle) for middle in middles]


@pytest.mark.parametrize("reading", TABLES["reading"], ids=lambda reading: reading["document"])
def test_readings_lie_within_half_a_row(reading: dict[str, Any]) -> None:
    """A printed reading lies between the tax half a row below and the tax half a row above."""
    wages, half = cents(reading["wages"]), reading["widest"] * 50
    lowest, highest = (_whole_dollars(reading, wages + way * half) for way in (-1, 1))

    assert lowest <= reading["amount"] <= highest
