"""What a folder of one's own, laid over the shipped tables, promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asopay import Rulebook, TableError, TaxTables, documents
from asopay.rulebook import standard_rulebook
from asopay.tables.folders import OVERLAY_VARIABLE
from support import RATE, exactly, faults, request, taxes, write_table

SOCIAL_SECURITY = RATE + "[figures]\nemployee = 0.10\nemployer = 0.20"
STUB = RATE + "[figures]\nemployee = 0.01"
FOLLOWS = 'income_tax = "income_tax"\nunemployment = "unemployment"\n'
TAXABILITY = f'rule = "taxability"\n\n[figures.follows]\n{FOLLOWS}'


@pytest.fixture
def _fresh_standard_rulebook() -> Iterator[None]:
    standard_rulebook.cache_clear()
    yield
    standard_rulebook.cache_clear()


def paycheck(folder: Path, **changes: Any) -> dict[str, str]:
    result = documents.paycheck(request(**changes), Rulebook(TaxTables(folder)))
    return {f"{tax['id']}/{tax['payer']}": tax["amount"] for tax in result["taxes"]}


def test_replaces_an_edition(tmp_path: Path) -> None:
    """A file of the same name stands for the shipped one."""
    write_table(tmp_path, "us/social_security/2026-01-01", SOCIAL_SECURITY)
    found = paycheck(tmp_path)

    assert "200.00" == found["US/social_security/employee"]
    assert "400.00" == found["US/social_security/employer"]
    assert "29.00" == found["US/medicare/employee"]


def test_adds_an_edition(tmp_path: Path) -> None:
    """A file of another date is one edition more; the shipped ones stay."""
    write_table(tmp_path, "us/social_security/2026-03-13", SOCIAL_SECURITY)

    assert "200.00" == paycheck(tmp_path)["US/social_security/employee"]
    before = paycheck(tmp_path, pay_date="2026-03-12")
    assert "124.00" == before["US/social_security/employee"]


def test_adds_a_tax(tmp_path: Path) -> None:
    """A tax that a state has not had is computed once its wages are known."""
    taxability = TaxTables().in_force("US-TX", "taxability", date(2026, 3, 13)).id
    missing = f"pay_date: {taxability}: it does not say which wages count for stub_tax"
    write_table(tmp_path, "us-tx/stub_tax/2026-01-01", STUB)

    assert [missing] == faults(request(), Rulebook(TaxTables(tmp_path)))
    write_table(tmp_path, taxability, TAXABILITY + 'stub_tax = "unemployment"')
    assert "20.00" == paycheck(tmp_path)["US-TX/stub_tax/employee"]
    health = [{"kind": "section_125_health", "amount": "100.00"}]
    assert "19.00" == paycheck(tmp_path, deductions=health)["US-TX/stub_tax/employee"]


@pytest.mark.usefixtures("_fresh_standard_rulebook")
def test_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment variable names a folder for all who ask for no rulebook of their own."""
    write_table(tmp_path, "us/social_security/2026-01-01", SOCIAL_SECURITY)
    monkeypatch.setenv(OVERLAY_VARIABLE, str(tmp_path))

    assert "200.00" == taxes(request())["US/social_security"]
    monkeypatch.delenv(OVERLAY_VARIABLE)
    assert TaxTables().folders == TaxTables.from_environment().folders


def test_later_folders_lie_over_earlier_ones(tmp_path: Path) -> None:
    """Of several folders the last one counts."""
    write_table(tmp_path / "a", "us/social_security/2026-01-01", STUB)
    write_table(tmp_path / "b", "us/social_security/2026-01-01", SOCIAL_SECURITY)
    editions = TaxTables(tmp_path / "a", tmp_path / "b").editions("US", "social_security")

    assert tmp_path / "b/us/social_security/2026-01-01.toml" == Path(editions[-1].path)
    assert 3 == len(editions)


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """A folder may hold notes beside its tables."""
    table = write_table(tmp_path, "us/social_security/2026-01-01", SOCIAL_SECURITY)
    (table.parent / "README.md").write_text("Our own rates", encoding="utf-8")

    assert "200.00" == paycheck(tmp_path)["US/social_security/employee"]


def test_no_folder(tmp_path: Path) -> None:
    """What is not a folder is refused at once."""
    expected = f"{tmp_path / 'tables'} is not a folder of tax tables"

    with pytest.raises(TableError, match=exactly(expected)):
        TaxTables(tmp_path / "tables")


def test_digest(tmp_path: Path) -> None:
    """The digest of a result changes with a table that it used, and with no other."""
    shipped = documents.paycheck(request())["tables"]["digest"]
    write_table(tmp_path, "us-ca/income_tax/2026-01-01", RATE)
    other_state = documents.paycheck(request(), Rulebook(TaxTables(tmp_path)))
    write_table(tmp_path, "us/social_security/2026-01-01", SOCIAL_SECURITY)
    changed = documents.paycheck(request(), Rulebook(TaxTables(tmp_path)))

    assert shipped == other_state["tables"]["digest"]
    assert shipped != changed["tables"]["digest"]
    assert len("sha256:") + 64 == len(shipped)
