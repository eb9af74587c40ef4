"""asopay ledger and asopay calendar."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from asopay.cli import main
from support import request


@pytest.fixture
def ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """A ledger file with two paychecks, in Florida and New York City."""
    file = str(tmp_path / "ledger.jsonl")
    for number, (state, residence) in enumerate(
        [("US-FL", ["US-FL"]), ("US-NY", ["US-NY", "US-NY-NYC"])], start=1
    ):
        document = request(
            state,
            employee={"id": f"E-{number}", "residence": residence},
            employer={"ein": "12-3456789", "unemployment": {state: {"rate": "0.02"}}},
        )
        path = tmp_path / "request.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        assert 0 == main(["ledger", "--ledger", file, "add", str(path)])
    assert "Entry 2 of " in capsys.readouterr().out
    return file


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints; it succeeds."""
    code = main(list(arguments))
    output = capsys.readouterr().out
    assert 0 == code, output
    return output


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[Any]:
    """The errors that the command prints; it exits with 2."""
    assert 2 == main(list(arguments))
    errors: list[Any] = json.loads(capsys.readouterr().out)["errors"]
    return errors


class TestReports:
    """asopay ledger report."""

    def test_941(self, ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
        """The return, as text, as a document, and the entries behind a line."""
        report = ["ledger", "--ledger", ledger, "report", "941", "2026Q1"]
        lines = {
            each["line"]: each["amount"] for each in json.loads(run(capsys, *report, "--json"))
        }

        assert "Form 941: Employer's quarterly federal tax return\n" in run(capsys, *report)
        assert ("4000.00", "496.00") == (lines["5a(1)"], lines["5a(2)"])
        behind = run(capsys, *report, "--line", "5a(1)").splitlines()
        assert ["E-1", "E-2"] == [line.split()[2] for line in behind]
        assert "Line 5e follows from other lines.\n" == run(capsys, *report, "--line", "5e")
        assert "--line" == refused(capsys, *report, "--line", "7b")[0]["path"]

    def test_schedule_b(self, ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Liabilities by day, which add up."""
        report = ["ledger", "--ledger", ledger, "report", "schedule-b", "2026Q1"]
        by_day = json.loads(run(capsys, *report, "--json"))
        text = run(capsys, *report).splitlines()

        assert ["2026-03-13"] == list(by_day)
        assert text[0].split()[1] == text[1].split()[1] == by_day["2026-03-13"]

    def test_w2_and_w3(self, ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Statements with states and places, and their totals."""
        report = ["ledger", "--ledger", ledger, "report"]
        document = json.loads(run(capsys, *report, "w2", "2026", "--json"))
        text = run(capsys, *report, "w2", "2026")
        totals = json.loads(run(capsys, *report, "w3", "2026", "--json"))

        assert ["E-1", "E-2"] == [each["employee"] for each in document]
        assert "US-NY-NYC" == document[1]["localities"][0]["place"]
        assert "Boxes 18 to 20, US-NY-NYC" in text
        assert "Box 14a, New York family leave" in text
        assert "4000.00" == totals["1"]
        assert "Box 1 " in run(capsys, *report, "w3", "2026")

    def test_940(self, ledger: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """The annual return of a year whose credit reductions are known."""
        path = tmp_path / "request.json"
        document = request(
            "US-FL", pay_date="2025-03-14", employee={"id": "E-1", "residence": ["US-FL"]}
        )
        path.write_text(json.dumps(document), encoding="utf-8")
        file = str(tmp_path / "other.jsonl")
        run(capsys, "ledger", "--ledger", file, "add", str(path))

        assert "12.00" in run(capsys, "ledger", "--ledger", file, "report", "940", "2025")
        assert ledger != file

    def test_state_wages(self, ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Wage detail of a state."""
        report = ["ledger", "--ledger", ledger, "report", "state-wages", "2026Q1", "--state"]
        [row] = json.loads(run(capsys, *report, "us-fl", "--json"))

        assert ("E-1", "2000.00", "40.00") == (row["employee"], row["wages"], row["contribution"])
        assert "Employee" in run(capsys, *report, "US-FL")
        assert "'FL' is not a state such as US-TX" == refused(capsys, *report, "FL")[0]["message"]

    @pytest.mark.parametrize(
        ("arguments", "path"),
        [
            (["942", "2026Q1"], "report"),
            (["941", "2026"], "period"),
            (["w2", "2026Q1"], "period"),
            (["941", "2026Q1", "--ein", "1"], "--ein"),
        ],
    )
    def test_refused(
        self, ledger: str, capsys: pytest.CaptureFixture[str], arguments: list[str], path: str
    ) -> None:
        """What there is not is refused by the argument's name."""
        errors = refused(capsys, "ledger", "--ledger", ledger, "report", *arguments)

        assert [path] == [error["path"] for error in errors]


class TestLedgerFile:
    """asopay ledger add, void and check."""

    def test_void(self, ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
        """A void is a line of its own; a second one is refused."""
        base = ["ledger", "--ledger", ledger]

        assert "Entry 3 of " in run(capsys, *base, "void", "1", "--memo", "never cashed")
        assert "3 entries are as they were written" in run(capsys, *base, "check")
        assert "number" == refused(capsys, *base, "void", "1")[0]["path"]

    def test_check(self, ledger: str, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that was changed, cut or never there is named with the line."""
        base = ["ledger", "--ledger", ledger]
        digest = run(capsys, *base, "check").split()[-1]
        text = Path(ledger).read_text(encoding="utf-8")

        assert digest in run(capsys, *base, "check", "--head", digest)
        Path(ledger).write_text(text.replace("2000.00", "3000.00", 1), encoding="utf-8")
        assert "line 1: " in refused(capsys, *base, "check")[0]["message"]
        Path(ledger).write_text(text.splitlines(keepends=True)[0], encoding="utf-8")
        assert "line 2: " in refused(capsys, *base, "check", "--head", digest)[0]["message"]
        missing = refused(capsys, "ledger", "--ledger", f"{ledger}.not", "check")
        assert missing[0]["message"].endswith("can't be read: No such file or directory")
        Path(ledger).write_bytes(b"\xff")
        assert "UTF-8" in refused(capsys, *base, "check")[0]["message"]

    def test_add(self, ledger: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """The ledger knows what was paid before; a request that is none is not entered."""
        path = tmp_path / "request.json"
        path.write_text('{"pay_date": "2026-03-13"}', encoding="utf-8")
        before = Path(ledger).read_bytes()
        errors = refused(capsys, "ledger", "--ledger", ledger, "add", str(path))

        assert {"earnings", "employee", "pay_frequency"} == {error["path"] for error in errors}
        assert before == Path(ledger).read_bytes()

    def test_several_employers(
        self, ledger: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
    ) -> None:
        """With several EINs in a ledger, a report is on the one that is named."""
        path = tmp_path / "request.json"
        employee = {"id": "E-9", "residence": ["US-TX"]}
        path.write_text(json.dumps(request(employee=employee)), encoding="utf-8")
        run(capsys, "ledger", "--ledger", ledger, "add", str(path))
        report = ["ledger", "--ledger", ledger, "report", "w3", "2026"]

        message = "give one: there is '', '12-3456789'"
        assert [{"path": "--ein", "message": message}] == refused(capsys, *report)
        assert "4000.00" in run(capsys, *report, "--ein", "12-3456789")


class TestCalendar:
    """asopay calendar."""

    def test_formats(self, capsys: pytest.CaptureFixture[str]) -> None:
        """As text, as a document, and as an iCalendar file."""
        base = ["calendar", "2026", "--schedule", "monthly", "--state", "us-tx"]
        document = json.loads(run(capsys, *base, "--json"))

        assert "2026-01-15" == document["dates"][0]["day"]
        assert ["US-TX"] == document["not_known"]
        assert run(capsys, *base).startswith("2026-01-15  Federal tax deposit")
        assert run(capsys, *base, "--ics").startswith("BEGIN:VCALENDAR")

    def test_refused(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A trait that no rule needs is refused."""
        base = ["calendar", "2026", "--schedule", "monthly", "--with", "pension"]

        assert "traits: pension is not one of" in refused(capsys, *base)[0]["message"]
