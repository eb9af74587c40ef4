"""What the command promises, as a process: its documents, its exit codes, and its streams."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from asopay import __version__, documents
from asopay.cli import main
from asopay.schema import paycheck_schema
from support import HEAD, RATE, request, taxes, write_table

ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "ASOPAY_TAX_TABLES"}


def asopay(*arguments: str, stdin: str = "", **environment: str) -> tuple[int, str, str]:
    """The exit code, output and errors of the command, run as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "asopay.cli", *arguments],
        input=stdin.encode(),
        capture_output=True,
        check=False,
        env=ENVIRONMENT | environment,
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.fixture
def file(tmp_path: Path) -> str:
    """A file with a request."""
    return written(tmp_path, request())


def written(folder: Path, document: Any) -> str:
    path = folder / "request.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


class TestPaycheck:
    """asopay paycheck FILE."""

    def test_json(self, file: str) -> None:
        """With --json it prints the result document."""
        code, output, errors = asopay("paycheck", file, "--json")

        assert (0, "") == (code, errors)
        assert documents.paycheck(request()) == json.loads(output)

    def test_statement(self, file: str, capsys: pytest.CaptureFixture[str]) -> None:
        """By itself it prints a pay statement, in the words of a locale."""
        assert 0 == main(["paycheck", file])
        assert "Paid March 13, 2026, biweekly payroll\n" in capsys.readouterr().out
        assert 0 == main(["paycheck", file, "--locale", "de_DE"])
        assert "Paid 13. März 2026, biweekly payroll\n" in capsys.readouterr().out

    @pytest.mark.parametrize("locale", ["nonsense", "de-DE", "xx_YY", "1"])
    def test_unknown_locale(
        self, file: str, locale: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A locale that is not known is a fault like others, and not a traceback."""
        assert 2 == main(["paycheck", file, "--locale", locale])
        (fault,) = json.loads(capsys.readouterr().out)["errors"]

        expected = f"{locale!r} is not a locale that is known, such as en_US or de_DE"
        assert {"path": "--locale", "message": expected} == fault

    def test_why(self, file: str, capsys: pytest.CaptureFixture[str]) -> None:
        """With --why it explains one figure."""
        assert 0 == main(["paycheck", file, "--why", "US/income_tax"])
        assert capsys.readouterr().out.startswith("Publication 15-T (2026): Worksheet 1A\n")

    def test_why_of_sick_pay(self) -> None:
        """With --why it explains what of sick pay is wages."""
        sick = {"kind": "sick_pay", "amount": "800.00", "last_day_worked": "2026-03-06"}
        document = request(earnings=[{**sick, "taxable_percent": "70"}])
        code, output, errors = asopay(
            "paycheck", "-", "--why", "earnings[0]", stdin=json.dumps(document)
        )

        assert (0, "") == (code, errors)
        assert "(not taxable)" in output
        assert "240.00" in output

    def test_unknown_figure(self, file: str) -> None:
        """A figure that the paycheck does not have is a fault of the option."""
        code, output, errors = asopay("paycheck", file, "--why", "US/fica")
        (fault,) = json.loads(output)["errors"]

        assert (2, "", "--why") == (code, errors, fault["path"])

    def test_standard_input(self) -> None:
        """A dash reads the request from standard input."""
        code, output, errors = asopay("paycheck", "-", "--json", stdin=json.dumps(request()))

        assert (0, "") == (code, errors)
        assert documents.paycheck(request()) == json.loads(output)

    def test_refused(self, tmp_path: Path) -> None:
        """A request with faults exits with 2 and prints one document of errors, no figures."""
        asked = request(pay_frequency="fortnightly", earnings=[{"kind": "salary", "amount": 0.5}])
        code, output, errors = asopay("paycheck", written(tmp_path, asked))
        document = json.loads(output)

        assert (2, "") == (code, errors)
        assert ["errors"] == list(document)
        assert {"pay_frequency", "earnings[0].amount", "earnings[0].kind"} == {
            fault["path"] for fault in document["errors"]
        }

    @pytest.mark.parametrize(
        ("stdin", "expected"),
        [
            ("", "this is not a JSON document: Expecting value"),
            ('{"a": 1, "a": 2}', "this is not a JSON document: the field 'a' is given twice in on"),
            ("[]", "[] is not an object with the fields pay_date"),
        ],
    )
    def test_not_a_request(self, stdin: str, expected: str) -> None:
        """What is not a document is refused as a whole."""
        code, output, _ = asopay("paycheck", "-", stdin=stdin)
        (fault,) = json.loads(output)["errors"]

        assert (2, "", expected) == (code, fault["path"], fault["message"][: len(expected)])

    def test_missing_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file that can't be read is a fault, with the reason."""
        assert 2 == main(["paycheck", str(tmp_path / "none.json")])
        (fault,) = json.loads(capsys.readouterr().out)["errors"]

        expected = f"{tmp_path / 'none.json'} can't be read: No such file or directory"
        assert {"path": "", "message": expected} == fault

    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (["paycheck"], "a FILE is needed, or --lines"),
            (["paycheck", "--lines", "x.json"], "--lines reads standard input and explains noth"),
            (["paycheck", "--lines", "--why", "401k"], "--lines reads standard input and explain"),
            (["paycheck", "x.json", "--xml"], "unrecognized arguments: --xml"),
            ([], "the following arguments are required: COMMAND"),
            (["tables", "compare", "us", "2025-13-01", "2026-01-01"], "argument DATE: "),
            (["schema", "result"], "argument document: invalid choice: 'result'"),
        ],
    )
    def test_usage(
        self, arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Wrong arguments exit with 2 and say what is wrong on the error stream."""
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        printed = capsys.readouterr()

        assert (2, "") == (stopped.value.code, printed.out)
        assert f"error: {expected}" in printed.err


class TestLines:
    """asopay paycheck --lines."""

    def test_bad_lines_between_good_ones(self) -> None:
        """Each line is answered in its place, the good ones as if alone; the exit code is 1."""
        other = request(earnings=[{"kind": "regular", "amount": "1000.00"}])
        futa = {"methods": {"US/unemployment": "with_credit_reduction"}}
        lines = [request(), request(pay_frequency="x"), "{", request(employer=futa), "", other]
        texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        code, output, errors = asopay("paycheck", "--lines", stdin="\n".join(texts))
        answers = [json.loads(line) for line in output.splitlines()]

        assert (1, "") == (code, errors)
        assert [False, True, True, True, True, False] == ["errors" in answer for answer in answers]
        assert documents.paycheck(request()) == answers[0]
        assert documents.paycheck(other) == answers[-1]

    def test_all_good(self) -> None:
        """When no line is refused, the exit code is 0."""
        code, output, _ = asopay("paycheck", "--lines", stdin=f"{json.dumps(request())}\n" * 3)

        assert (0, 3) == (code, len(set(output.splitlines())) * len(output.splitlines()))

    def test_nothing(self) -> None:
        """No lines have no answers."""
        assert (0, "", "") == asopay("paycheck", "--lines")

    def test_answers_at_once(self) -> None:
        """A line is answered before the next one is asked, so that a process can be kept."""
        with subprocess.Popen(
            [sys.executable, "-m", "asopay.cli", "paycheck", "--lines"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=ENVIRONMENT,
        ) as process:
            assert process.stdin
            assert process.stdout
            for _ in range(2):
                process.stdin.write(json.dumps(request()) + "\n")
                process.stdin.flush()
                assert documents.paycheck(request()) == json.loads(process.stdout.readline())
            process.stdin.close()

            assert 0 == process.wait()


class TestProcess:
    """What only a process can show."""

    def test_broken_pipe(self) -> None:
        """When nobody reads on, the command stops with 1 and says nothing."""
        with subprocess.Popen(
            [sys.executable, "-m", "asopay.cli", "tables"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
        ) as process:
            assert process.stdout
            assert process.stderr
            process.stdout.close()

            assert (b"", 1) == (process.stderr.read(), process.wait())

    def test_version(self) -> None:
        """--version prints the name and the version."""
        assert (0, f"asopay {__version__}\n", "") == asopay("--version")

    def test_schema(self) -> None:
        """The schema is printed as JSON."""
        code, output, errors = asopay("schema", "paycheck")

        assert (0, "") == (code, errors)
        assert paycheck_schema() == json.loads(output)

    def test_script(self) -> None:
        """The installed script is the same command."""
        script = Path(sys.executable).with_name("asopay")
        done = subprocess.run([script, "--version"], capture_output=True, check=True)

        assert f"asopay {__version__}\n".encode() == done.stdout

    @pytest.mark.parametrize("by", ["option", "environment"])
    def test_overlay(self, tmp_path: Path, file: str, by: str) -> None:
        """A folder is laid over the tables by an option or by the environment."""
        folder = tmp_path / "tables"
        table = RATE + "[figures]\nemployee = 0.10\nemployer = 0.20"
        write_table(folder, "us/social_security/2026-01-01", table, HEAD)
        option = ["--tables", str(folder)] if by == "option" else []
        environment = {"ASOPAY_TAX_TABLES": str(folder)} if by == "environment" else {}
        code, output, errors = asopay("paycheck", file, "--json", *option, **environment)
        amounts = {tax["amount"] for tax in json.loads(output)["taxes"]}

        assert (0, "") == (code, errors)
        assert amounts >= {"200.00", "400.00"}
        assert not {"200.00", "400.00"} & set(taxes(request()).values())

    def test_no_folder(self, file: str) -> None:
        """A folder that is not there is said on the error stream."""
        code, output, errors = asopay("paycheck", file, "--tables", "/nowhere")

        assert (2, "", "/nowhere is not a folder of tax tables\n") == (code, output, errors)


@pytest.mark.parametrize(
    ("arguments", "missing", "extra"),
    [
        (["payroll", "in.parquet", "out.parquet"], "numpy, pyarrow", "columns"),
        (["sample", "1", "--out", "x.parquet"], "numpy, pyarrow", "columns"),
        (["plan", "simulate", "scenario.json"], "numpy", "columns"),
        (["calendar", "2026", "--schedule", "monthly", "--ics"], "icalendar", "calendar"),
    ],
)
def test_without_an_extra(
    arguments: list[str],
    missing: str,
    extra: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A command that needs an extra says what to install."""
    monkeypatch.setattr("asopay.commands.common.find_spec", lambda _: None)
    assert 2 == main(arguments)
    (error,) = json.loads(capsys.readouterr().out)["errors"]

    assert f"not installed: {missing}; `pip install 'asopay[{extra}]'` does it" == error["message"]
