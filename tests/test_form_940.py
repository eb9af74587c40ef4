"""The year's federal unemployment tax: what its return promises."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import InvalidRequest, Rulebook, TableError
from asopay.compliance.form_940 import tax_of_wages
from asopay.money import as_text
from asopay.tables import TaxTables
from support import write_table

STATES = st.sampled_from(["US-TX", "US-CA", "US-NY"])
WAGES = st.dictionaries(STATES, st.integers(0, 70_000_000).map(lambda c: Decimal(c) / 100))


def lines(wages: dict[str, str], year: int, **more: Any) -> dict[str, str]:
    return {label: as_text(amount) for label, amount in tax_of_wages(wages, year, **more).items()}


@pytest.mark.parametrize(
    ("state", "year", "expected"),
    [
        # The Department of Labor's final list of 2025: 0.6 and 1.2 percent of 7,000.
        ("US-CA", 2025, "126.00"),
        # That of 2024: 0.6 and 0.9 percent.
        ("US-CA", 2024, "105.00"),
        ("US-NY", 2024, "105.00"),
        ("US-NY", 2025, "42.00"),
        ("US-TX", 2025, "42.00"),
    ],
)
def test_official_figures(state: str, year: int, expected: str) -> None:
    """The tax of one employee with 7,000 dollars, by the official credit reductions."""
    assert expected == lines({state: "7000.00"}, year)["12"]


def test_excluded_wages() -> None:
    """Where no wages bear a state's tax, line 9 takes the credit back, and nothing reduces it."""
    found = lines({"US-CA": "7000.00"}, 2025, excluded={"US-CA": "7000.00"})

    assert ("42.00", "378.00", "0.00", "420.00") == tuple(found[n] for n in ("8", "9", "11", "12"))


def test_some_excluded() -> None:
    """Some excluded wages need the amount of the worksheet; Schedule A leaves them out."""
    wages, excluded = {"US-CA": "14000.00"}, {"US-CA": "7000.00"}
    with pytest.raises(InvalidRequest, match="state line 7 of the worksheet for line 10"):
        tax_of_wages(wages, 2025, excluded=excluded)
    found = lines(wages, 2025, excluded=excluded, line_10="378.00")

    assert ("84.00", "378.00", "84.00", "546.00") == (
        tuple(found[n] for n in ("8", "10", "11", "12"))
    )


@pytest.mark.parametrize(
    ("deposited", "expected"), [("42.00", ("0.00", "0.00")), ("50.00", ("0.00", "8.00"))]
)
def test_deposits(deposited: str, expected: tuple[str, str]) -> None:
    """What was deposited is settled: a balance is due, or too much was paid."""
    found = lines({"US-TX": "7000.00"}, 2025, deposited=deposited)

    assert expected == (found["14"], found["15"])


@given(WAGES, st.sampled_from([2024, 2025]))
def test_all_credited_or_none(wages: dict[str, Decimal], year: int) -> None:
    """With every credit lost the tax is 6 percent; with all of it, between that and 0.6 percent."""
    total = sum(wages.values(), Decimal(0))
    credited = tax_of_wages(wages, year)["12"]
    lost = tax_of_wages(wages, year, excluded=wages)["12"]

    assert abs(lost - total * 6) <= 1
    assert total * Decimal("0.6") - 1 <= credited <= lost + 1


def test_not_known_yet() -> None:
    """Before the year's list is in the tables, the return is refused."""
    with pytest.raises(TableError, match="credit reductions of the year are not in the table yet"):
        tax_of_wages({"US-CA": "7000.00"}, 2026)


def test_list_of_an_overlay(tmp_path: Path) -> None:
    """A table of one's own brings the list."""
    figures = (
        'rule = "contributions.federal_unemployment"\nthrough = 2026-12-31\n\n'
        "[figures]\nrate = 0.060\ncredit = 0.054\nwage_base = 7_000\n"
        "[figures.credit_reductions]\nUS-CA = 0.015\n"
    )
    write_table(tmp_path, "us/unemployment/2026-01-01", figures)
    book = Rulebook(TaxTables(tmp_path))

    assert 14_700 == tax_of_wages({"US-CA": "7000.00"}, 2026, rulebook=book).result


def test_faults() -> None:
    """Everything that is wrong is reported together."""
    with pytest.raises(InvalidRequest) as refused:
        tax_of_wages(
            {"US-XX": "1.00", "US-TX": "-1"},
            2025,
            excluded={"US-CA": "1.00"},
            line_10="x",
            deposited="y",
        )

    assert ["wages.US-TX", "line_10", "deposited", "wages.US-XX", "excluded.US-CA"] == (
        [fault.path for fault in refused.value.faults]
    )
