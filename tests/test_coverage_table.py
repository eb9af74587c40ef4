"""What the coverage promises: each tax by year, and never more than the tables say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from asopay import Rulebook, TaxTables
from asopay.coverage import as_markdown, covered, years_covered
from asopay.jurisdictions import name, state_part
from asopay.rulebook import COMPUTING
from asopay.tables import folders, shipped_folder
from support import HEAD, RATE, write_table

TABLES = TaxTables()
RULEBOOK = Rulebook(TABLES)
YEARS = years_covered(TABLES)
GAPS = 'rule = "gaps"\nfigures.not_computed = []'


def row(text: str, tax: str) -> list[str]:
    """The cells of a tax, by year."""
    (found,) = (line for line in text.splitlines() if line.startswith(f"| {tax} |"))
    return found.removeprefix(f"| {tax} | ").removesuffix(" |").split(" | ")


def test_every_tax_is_listed() -> None:
    """Every tax of every jurisdiction has a row, the federal ones first, then by state."""
    rows = [(entry.jurisdiction, entry.tax) for entry in covered(RULEBOOK, YEARS)]
    places = list(dict.fromkeys(place for place, _ in rows))

    assert "US" == places[0]
    states = list(dict.fromkeys(map(state_part, places[1:])))
    assert states == sorted(states, key=name)
    assert set(TABLES.jurisdictions()) == set(places)
    assert sorted(rows) == sorted(
        (place, tax)
        for place in TABLES.jurisdictions()
        for tax in TABLES.taxes(place)
        if TABLES.editions(place, tax)[-1].head.rule.startswith(COMPUTING)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("through = 2024-12-31", ["yes", "–", "–"]),
        ("through = 2025-12-30", ["yes", "–", "–"]),
        ("through = 2026-12-31", ["yes", "yes", "yes"]),
        ('through = 2025-12-31\nunverified = ["all of it"]', ["partly", "partly", "–"]),
    ],
)
def test_cells(tmp_path: Path, text: str, expected: list[str]) -> None:
    """A year counts if its last day is covered; unverified parts make it partly covered."""
    write_table(tmp_path, "us-wy/transit/2024-01-01", f"{text}\n{RATE}", HEAD)
    table = as_markdown(Rulebook(TaxTables(tmp_path)))

    assert expected == row(table, "Wyoming | transit")[:3]


def test_a_paycheck_needs_more_than_its_tax(tmp_path: Path) -> None:
    """A year counts only if the other tables that a paycheck needs are there as well."""
    write_table(tmp_path, "us-wy/transit/2024-01-01", f"through = 2026-12-31\n{RATE}", HEAD)
    write_table(tmp_path, "us-wy/coverage/2026-01-01", f"through = 2026-06-30\n{GAPS}", HEAD)
    table = as_markdown(Rulebook(TaxTables(tmp_path)))

    assert ["yes", "yes", "–"] == row(table, "Wyoming | transit")[:3]


def test_markdown() -> None:
    """The table has a head with a column for each year, and says where no tax is due."""
    text = as_markdown(RULEBOOK)
    head, rule, *rows = text.splitlines()

    assert f"| Jurisdiction | Tax | {' | '.join(map(str, YEARS))} |" == head
    assert "|---|---|" + "---|" * len(YEARS) == rule
    assert {head.count("|")} == {line.count("|") for line in rows}
    assert ["none due"] * len(YEARS) == row(text, "Texas | income tax")


def test_states_without_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A state without any table has no row."""
    shutil.copytree(Path(shipped_folder()) / "us", tmp_path / "us")
    monkeypatch.setattr(folders, "shipped_folder", lambda: str(tmp_path))

    assert {"US"} == {entry.jurisdiction for entry in covered(Rulebook(TaxTables()), YEARS)}


def test_years() -> None:
    """The years are those for which federal income tax is covered."""
    assert range(2024, YEARS.stop) == YEARS
    assert YEARS.stop > 2026
