"""``asopay ledger`` and ``asopay calendar``: paychecks in a file, and what is due of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from typing import Any

from asopay.commands.common import command, need, read, tables_of
from asopay.errors import Fault, InvalidRequest, one_of
from asopay.rulebook import Rulebook


def add_to(commands: Any) -> None:
    """Declares the commands."""
    _add_ledger(commands)
    _add_calendar(commands)


def _add_ledger(commands: Any) -> None:
    ledger = command(commands, "ledger", "keep paychecks, and report what follows from them")
    ledger.add_argument(
        "--ledger", default="ledger.jsonl", metavar="FILE", help="the file (ledger.jsonl)"
    )
    actions = ledger.add_subparsers(required=True, metavar="ACTION")
    add = actions.add_parser("add", help="compute a paycheck and enter it")
    add.add_argument("file", help="the request without a year to date; - is standard input")
    add.set_defaults(run=_ledger_add)
    void = actions.add_parser("void", help="take an entry back by its exact negative")
    void.add_argument("number", type=int, help="the number of the entry")
    void.add_argument("--memo", default="", metavar="TEXT", help="why")
    void.set_defaults(run=_ledger_void)
    check = actions.add_parser("check", help="see whether the file is as it was written")
    check.add_argument("--head", metavar="DIGEST", help="the digest its last line should have")
    check.set_defaults(run=_ledger_check)
    report = actions.add_parser("report", help="print a return or statement")
    report.add_argument("report", help="941, schedule-b, 940, w2, w3 or state-wages")
    report.add_argument("period", help="a quarter such as 2026Q1, or a year such as 2026")
    report.add_argument("--ein", help="the employer's EIN, if there are several")
    report.add_argument("--state", default="", help="for state-wages, such as US-TX")
    report.add_argument("--line", metavar="LINE", help="list the entries behind a line")
    report.add_argument("--json", action="store_true", help="print a document")
    report.set_defaults(run=_ledger_report)


def _add_calendar(commands: Any) -> None:
    calendar = command(commands, "calendar", "list what an employer has to do by when")
    calendar.add_argument("year", type=int)
    calendar.add_argument("--schedule", choices=["monthly", "semiweekly"], required=True)
    calendar.add_argument("--state", action="append", default=[], help="such as US-CT; repeatable")
    calendar.add_argument("--employees", type=int, default=0, help="how many employees there are")
    calendar.add_argument(
        "--payday", action="append", default=[], type=date.fromisoformat, metavar="DATE"
    )
    calendar.add_argument("--with", action="append", default=[], dest="traits", metavar="TRAIT")
    calendar.add_argument("--json", action="store_true", help="print a document")
    calendar.add_argument("--ics", action="store_true", help="print an iCalendar file")
    calendar.set_defaults(run=_calendar)


def _ledger_add(options: argparse.Namespace) -> int:
    from asopay import documents
    from asopay.commands import ledger_reports as ledger

    request = documents.request(documents.parse(read(options.file)))
    return _print(ledger.add(options, Rulebook(tables_of(options)), request))


def _ledger_void(options: argparse.Namespace) -> int:
    from asopay.commands import ledger_reports as ledger

    return _print(ledger.void(options))


def _ledger_check(options: argparse.Namespace) -> int:
    from asopay.commands import ledger_reports as ledger

    return _print(ledger.check(options))


def _ledger_report(options: argparse.Namespace) -> int:
    from asopay.commands import ledger_reports as ledger

    if options.report not in ledger.REPORTS:
        raise InvalidRequest([Fault("report", f"it is not one of {one_of(ledger.REPORTS)}")])
    return _print(ledger.report(options, tables_of(options)))


def _calendar(options: argparse.Namespace) -> int:
    from asopay.commands.due_dates import compliance_calendar

    if options.ics:
        need("calendar", "icalendar")
    return _print([compliance_calendar(options, tables_of(options))])


def _print(parts: Iterable[str]) -> int:
    for part in parts:
        print(part, end="")
    return 0
