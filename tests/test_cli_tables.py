"""What the command promises of tax tables and certificates: to list, show, check and compare."""

from __future__ import annotations

from pathlib import Path

import pytest

from asopay import Rulebook, TaxTables
from asopay.cli import main
from asopay.coverage import as_markdown
from asopay.explain import certificate_forms
from support import HEAD, RATE, write_table

TABLES = TaxTables()


class Command:
    """The command in this process: its exit code, its output, its errors."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        return code, *self.capsys.readouterr()


@pytest.fixture
def asopay(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.delenv("ASOPAY_TAX_TABLES", raising=False)
    return Command(capsys)


class TestTables:
    """asopay tables."""

    def test_list(self, asopay: Command) -> None:
        """Every table is listed with its dates, its first source, and what is unverified."""
        code, output, errors = asopay("tables")
        every = (*TABLES.all(), *TABLES.registers())
        editions = sorted(every, key=lambda edition: edition.id.split("/"))

        assert (0, "") == (code, errors)
        assert len(editions) == len(output.splitlines())
        for edition, line in zip(editions, output.splitlines(), strict=True):
            head = edition.head
            note = f"  {len(head.unverified)} unverified" if head.unverified else ""

            assert [edition.id, edition.dates] == [line[:48].rstrip(), line[49:75].rstrip()]
            assert head.source[0].title + note == line[76:]

    def test_show(self, asopay: Command) -> None:
        """A table is shown as its file is, below its path and digest, in any case of letters."""
        edition = TABLES.editions("US-PA", "income_tax")[0]
        content = Path(edition.path).read_text(encoding="utf-8")
        expected = f"# {edition.path}\n# sha256:{edition.digest}\n{content}"

        assert (0, expected, "") == asopay("tables", "show", edition.id)
        assert (0, expected, "") == asopay("tables", "show", edition.id.upper())

    def test_show_what_there_is_not(self, asopay: Command) -> None:
        """A table that does not exist is an error that says how to list them."""
        expected = "there is no table us/income_tax/1913-01-01: `asopay tables` lists them\n"

        assert (2, "", expected) == asopay("tables", "show", "us/income_tax/1913-01-01")

    def test_check(self, asopay: Command) -> None:
        """The shipped tables are in order."""
        expected = f"{len([*TABLES.all(), *TABLES.registers()])} tables are in order\n"

        assert (0, expected, "") == asopay("tables", "check")

    def test_check_finds(self, asopay: Command, tmp_path: Path) -> None:
        """Every table that is not in order is named, and the exit code is 2."""
        write_table(tmp_path, "us-wy/a/2026-01-01", RATE + "[figures]\nemploye = 1", HEAD)
        write_table(tmp_path, "us-wy/b/2025-01-01", 'rule = "none"', HEAD)
        write_table(tmp_path, "us-wy/b/2026-01-01", 'rule = "nought"', HEAD)
        code, output, errors = asopay("tables", "--tables", str(tmp_path), "check")

        assert (2, "") == (code, errors)
        assert [
            f"{tmp_path}/us-wy/a/2026-01-01.toml: figures: extra fields found (employe) @ $",
            f"{tmp_path}/us-wy/b/2025-01-01.toml: there is no rule 'none'",
            f"{tmp_path}/us-wy/b/2026-01-01.toml: there is no rule 'nought'",
        ] == output.splitlines()

    def test_compare(self, asopay: Command) -> None:
        """What changed between two dates is listed by tax and figure."""
        code, output, errors = asopay("tables", "compare", "us", "2025-06-01", "2026-06-01")
        title, *changes = output.splitlines()

        assert (0, "") == (code, errors)
        assert "United States: 2025-06-01 to 2026-06-01" == title
        assert "US/elective_deferral  limit: 23500 -> 24500" in changes
        assert "US/social_security  wage_base: 176100 -> 184500" in changes
        assert not any(change.startswith("US/medicare") for change in changes)

    def test_compare_with_nothing(self, asopay: Command) -> None:
        """A figure that is only there on one of the dates is compared with none."""
        _, output, _ = asopay("tables", "compare", "us-az", "2023-01-01", "2026-01-01")

        assert "US-AZ/taxability  follows.income_tax: (none) -> income_tax" in output.splitlines()

    def test_compare_equal_dates(self, asopay: Command) -> None:
        """When nothing changed, it says so."""
        expected = "United States: 2026-02-01 to 2026-03-01\nnothing changed\n"

        assert (0, expected, "") == asopay("tables", "compare", "us", "2026-02-01", "2026-03-01")

    def test_compare_unknown(self, asopay: Command) -> None:
        """A jurisdiction without tables is an error."""
        assert (2, "", "US-XX: there are no tables for it\n") == (
            asopay("tables", "compare", "us-xx", "2026-01-01", "2026-06-01")
        )

    def test_coverage(self, asopay: Command) -> None:
        """The coverage is printed as Markdown."""
        assert (0, as_markdown(Rulebook(TABLES)), "") == asopay("tables", "coverage")


class TestCertificates:
    """asopay certificates."""

    def test_one(self, asopay: Command) -> None:
        """A jurisdiction's forms are printed, in whatever case it is named."""
        expected = certificate_forms("US-CA", TABLES)

        assert (0, expected, "") == asopay("certificates", "us-ca")
        assert (0, expected, "") == asopay("certificates", "US-CA")

    def test_all(self, asopay: Command) -> None:
        """Without a jurisdiction, those of all are printed."""
        expected = [certificate_forms(place, TABLES) for place in TABLES.jurisdictions()]

        assert (0, "".join(expected), "") == asopay("certificates")

    def test_locality(self, asopay: Command, tmp_path: Path) -> None:
        """A place without a name, of an overlay's tables, goes by its code."""
        write_table(tmp_path, "us-ny-nyc/stub/2026-01-01", RATE, HEAD)
        overlay = ["--tables", str(tmp_path)]
        dates = ["2026-01-01", "2026-06-01"]
        expected = "US-NY-NYC: there is no withholding certificate.\n"

        assert (0, expected, "") == asopay("certificates", *overlay, "us-ny-nyc")
        _, output, _ = asopay("tables", *overlay, "compare", "us-ny-nyc", *dates)
        assert "US-NY-NYC: 2026-01-01 to 2026-06-01\nnothing changed\n" == output

    def test_unknown(self, asopay: Command) -> None:
        """A jurisdiction without tables is an error that names those with tables."""
        code, output, errors = asopay("certificates", "us-xx")

        assert (2, "") == (code, output)
        assert errors.startswith("US-XX: there are no tables; there are for US, US-A")
