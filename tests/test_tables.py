"""What loading tax tables promises: the right edition, and errors that name file and key."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asopay import Rulebook, TableError, TaxTables
from asopay.tables.compare import Change, compare
from support import HEAD, RATE, exactly, request, taxes, write_table

BRACKETS = """rule = "withholding.annualised_brackets"

[figures]
standard_deduction = { any = 0 }
allowances = {}
schedule.any = """
DEFERRALS = 'rule = "deductions.elective_deferrals"\n\n[figures]\nlimit = 1\n'
NOT_A_RATE = "a rate of at most eight decimals, such as 0.062"
NOT_AN_AMOUNT = 'an amount in dollars with at most two decimals, such as "2400.00"'


def messages(folder: Path) -> list[str]:
    """What `check` says of the folder's tables, the folder left out."""
    return [m.replace(f"{folder}/", "") for m in Rulebook(TaxTables(folder)).check()]


class TestFiles:
    """Faults of a file: the message names the file, and the place of the key in it."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ('rule = "contributions.rate_on_wages"', []),
            ('rule = "gaps"\nthru = 2026-12-31', ["extra fields found (thru) @ $"]),
            ("through = 2026-12-31", ["required field missing @ $.rule"]),
            ("rule = 5", ["5 is not of type str @ $.rule"]),
            (
                'rule = "gaps"\nthrough = 2026-12-31T00:00:00',
                ["datetime.datetime(2026, 12, 31, 0, 0) is not of type date @ $.through"],
            ),
            ('rule = "gaps"\nfigures = 5', ["expected a mapping @ $.figures"]),
            ('rule = "withholding.us_zz"', ["there is no rule 'withholding.us_zz'"]),
            ('rule = "money"', ["there is no rule 'money'"]),
            (
                'rule = "contributions.rate_on_wages"\nmethods = { a = "pay", b = "contribute" }',
                ["asopay.contributions.rate_on_wages has no pay"],
            ),
            (f"{RATE}[figures]\nemploye = 1", ["figures: extra fields found (employe) @ $"]),
            (
                f"{RATE}[figures]\nemployee = nan\nassigned = 1",
                [
                    f"figures: NaN is not {NOT_A_RATE} @ $.employee",
                    "figures: 1 is not of type bool @ $.assigned",
                ],
            ),
            (
                f"{RATE}[figures]\nwage_base = 0.005",
                [f"figures: 0.005 is not {NOT_AN_AMOUNT} @ $.wage_base"],
            ),
            (
                'rule = "legal_holidays"\n\n[figures]\nholiday = [{ name = "May Day", month = 5 }]',
                ["figures: May Day: give a day, or a weekday and its ordinal @ $.holiday[0]"],
            ),
            (
                DEFERRALS + "catch_up = [{ from_age = 50, thru_age = 200, amount = 1 }]",
                [
                    "figures: required field missing @ $.catch_up[0].through_age",
                    "figures: extra fields found (thru_age) @ $.catch_up[0]",
                ],
            ),
        ],
    )
    def test_keys(self, tmp_path: Path, text: str, expected: list[str]) -> None:
        """A key that is missing, misspelt, or of another type is named with its path."""
        write_table(tmp_path, "us-wy/stub/2026-01-01", text)

        assert [f"us-wy/stub/2026-01-01.toml: {message}" for message in expected] == messages(
            tmp_path
        )

    def test_source(self, tmp_path: Path) -> None:
        """A misspelt key of a source is named with the source's place."""
        head = HEAD.replace("read =", "red =")
        write_table(tmp_path, "us-wy/stub/2026-01-01", RATE, head)

        assert [
            "us-wy/stub/2026-01-01.toml: required field missing @ $.source[0].read",
            "us-wy/stub/2026-01-01.toml: extra fields found (red) @ $.source[0]",
        ] == messages(tmp_path)

    def test_no_source(self, tmp_path: Path) -> None:
        """A table without any source is refused."""
        write_table(tmp_path, "us-wy/stub/2026-01-01", RATE, "checked = []\nsource = []\n")

        assert ["us-wy/stub/2026-01-01.toml: Length of 'source' must be >= 1: 0 @ $"] == messages(
            tmp_path
        )

    def test_name_and_date_disagree(self, tmp_path: Path) -> None:
        """The file's name is its effective date."""
        write_table(tmp_path, "us-wy/stub/2026-01-01", RATE).rename(
            tmp_path / "us-wy/stub/2026-07-01.toml"
        )

        assert [
            "us-wy/stub/2026-07-01.toml: effective is 2026-01-01, the file's name says 2026-07-01"
        ] == messages(tmp_path)

    @pytest.mark.parametrize(
        ("content", "expected"),
        [(b"[figures\n", "Expected ']' at the end of a table"), (b"\xff", "'utf-8' codec can't")],
    )
    def test_not_toml(self, tmp_path: Path, content: bytes, expected: str) -> None:
        """A file that is not TOML in UTF-8 is named, with the place of the error."""
        write_table(tmp_path, "us-wy/stub/2026-01-01", RATE).write_bytes(content)
        (message,) = messages(tmp_path)

        assert message.startswith(f"us-wy/stub/2026-01-01.toml: {expected}")


class TestSchedules:
    """Schedules of rows (over, base, rate)."""

    @pytest.mark.parametrize(
        ("schedule", "expected"),
        [
            ("[[0, 0, 0.1], [100, 10, 0.2]]", None),
            ('{ rows = [[0, 0, 0.1], [9, 1, 0.2]], bases = "whole dollars", within = 0.10 }', None),
            ("[[1, 0, 0.1]]", "the first row of a schedule must start at 0"),
            ("[]", "the first row of a schedule must start at 0"),
            ("[[0, 0, 0.1], [9, 0.90, 0.2], [9, 0.90, 0.3]]", "rows must ascend: 9 follows 9"),
            ("[[0, 0, 0.1], [100, 10]]", "[100, 10] is not a row of over, base and rate"),
            (
                "[[0, 0, 0.1], [100, 10.01, 0.2]]",
                "the base over 100 is printed as 1001 cents, and the row above gives 1000",
            ),
            (
                '{ rows = [[0, 0, 0.1], [9, 1, 0.2]], bases = "whole dollars", within = 0.09 }',
                "the base over 9 is printed as 100 cents, and the row above gives 90",
            ),
            (
                '{ rows = [[0, 0, 0.1]], base = "whole dollars", within = 1 }',
                "a schedule has rows, bases and within, not rows, base, within",
            ),
            ("[[0, 0, 10e-10]]", f"1.0E-9 is not {NOT_A_RATE}"),
        ],
    )
    def test_rows(self, tmp_path: Path, schedule: str, expected: str | None) -> None:
        """Rows start at zero and ascend, and printed bases follow or the schedule says why not."""
        write_table(tmp_path, "us-wy/stub/2026-01-01", BRACKETS + schedule)
        path = "us-wy/stub/2026-01-01.toml: figures"
        found = messages(tmp_path)

        assert ([f"{path}: {expected} @ $.schedule['any']"] if expected else []) == found


class TestEditions:
    """Which edition is in force."""

    @pytest.fixture
    def tables(self, tmp_path: Path) -> TaxTables:
        write_table(tmp_path, "us-wy/stub/2025-01-01", f"through = 2025-06-30\n{RATE}")
        write_table(tmp_path, "us-wy/stub/2025-07-01", f"through = 2025-12-31\n{RATE}")
        write_table(tmp_path, "us-wy/stub/2026-02-01", RATE)
        return TaxTables(tmp_path)

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2025, 1, 1), "2025-01-01"),
            (date(2025, 6, 30), "2025-01-01"),
            (date(2025, 7, 1), "2025-07-01"),
            (date(2025, 12, 31), "2025-07-01"),
            (date(2026, 2, 1), "2026-02-01"),
            (date(2099, 1, 1), "2026-02-01"),
        ],
    )
    def test_in_force(self, tables: TaxTables, day: date, expected: str) -> None:
        """The latest edition that has begun is in force through its last day."""
        assert f"us-wy/stub/{expected}" == tables.in_force("US-WY", "stub", day).id

    @pytest.mark.parametrize("day", [date(2024, 12, 31), date(2026, 1, 1), date(2026, 1, 31)])
    def test_not_covered(self, tables: TaxTables, day: date) -> None:
        """Before, between and after the editions, the error names what is covered."""
        covered = "2025-01-01 to 2025-06-30, 2025-07-01 to 2025-12-31, 2026-02-01 on"
        expected = f"no table of US-WY/stub for {day}: covered is {covered}"

        with pytest.raises(TableError, match=exactly(expected)):
            tables.in_force("US-WY", "stub", day)

    def test_no_table_at_all(self, tables: TaxTables) -> None:
        """A tax without tables covers no date."""
        expected = "no table of US-WY/stubs for 2026-03-13: covered is no date at all"

        with pytest.raises(TableError, match=exactly(expected)):
            tables.in_force("US-WY", "stubs", date(2026, 3, 13))

    def test_table(self, tables: TaxTables) -> None:
        """A table knows its id, its dates and its sources."""
        rulebook = Rulebook(tables)
        table = rulebook.tables.in_force("US-WY", "stub", date(2025, 1, 1)).table(dict[str, Any])

        assert "us-wy/stub/2025-01-01" == table.id
        assert (date(2025, 1, 1), date(2025, 6, 30)) == (table.effective, table.through)
        assert ["A made-up publication"] == [source.title for source in table.sources]

    def test_period_governs(self) -> None:
        """Where the period's first day decides, Utah, a later pay date changes nothing."""
        pay = {"pay_date": "2026-06-12"}
        before = {"pay_period": {"start": "2026-05-31", "end": "2026-06-06"}, **pay}
        after = {"pay_period": {"start": "2026-06-01", "end": "2026-06-06"}, **pay}

        assert "us-ut/income_tax/2025-06-01" == used(before)["US-UT/income_tax"]
        assert "us-ut/income_tax/2026-06-01" == used(after)["US-UT/income_tax"]
        assert "us-ut/income_tax/2026-06-01" == used(pay)["US-UT/income_tax"]


def used(changes: dict[str, Any]) -> dict[str, str]:
    """The table of each tax of a paycheck in Utah."""
    return taxes(request("US-UT", **changes), "table")


class TestCompare:
    """What changed between two dates."""

    def test_changes(self, tmp_path: Path) -> None:
        """Figures that differ, came or went are listed; rows of a schedule are one figure each."""
        write_table(
            tmp_path,
            "us-wy/stub/2025-01-01",
            f"through = 2026-12-31\n{BRACKETS}[[0, 0, 0.1], [100, 10, 0.2]]",
        )
        write_table(
            tmp_path,
            "us-wy/stub/2026-01-01",
            f"through = 2026-12-31\n{BRACKETS}[[0, 0, 0.1], [200, 20, 0.2], [300, 40, 0.3]]",
        )
        tables = TaxTables(tmp_path)

        found = compare(tables, "US-WY", date(2025, 6, 1), date(2026, 6, 1))

        assert [
            Change("US-WY/stub", "schedule.any[1]", "100 | 10 | 0.2", "200 | 20 | 0.2"),
            Change("US-WY/stub", "schedule.any[2]", None, "300 | 40 | 0.3"),
        ] == [change for change in found if change.tax == "US-WY/stub"]
        assert [] == compare(tables, "US-WY", date(2026, 6, 1), date(2026, 6, 1))

    def test_how_it_is_computed(self) -> None:
        """What decides how a tax is computed is compared as well, though it is no figure."""
        changes = compare(TaxTables(), "US-MI", date(2024, 12, 31), date(2025, 1, 1))

        assert Change("US-MI/income_tax", "daily_periods", "366", "365") in changes

    def test_date_without_tables(self) -> None:
        """On a date without tables there are no figures."""
        changes = compare(TaxTables(), "US-AZ", date(1990, 1, 1), date(1990, 2, 1))

        assert [] == changes
