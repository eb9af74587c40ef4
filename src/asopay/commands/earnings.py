"""``asopay earnings``: gross pay from a timesheet."""

from __future__ import annotations

import argparse
import json
from typing import Any

from asopay.commands.common import command, read, tables_of
from asopay.rulebook import Rulebook


def add_to(commands: Any) -> None:
    """Declares the command."""
    earnings = command(commands, "earnings", "compute gross pay from a timesheet document")
    earnings.add_argument("file", help="the timesheet, a JSON file; - is standard input")
    earnings.add_argument("--json", action="store_true", help="print the result document")
    earnings.add_argument("--why", action="store_true", help="say why each overtime hour is one")
    earnings.set_defaults(run=_earnings)


def _earnings(options: argparse.Namespace) -> int:
    from asopay.documents import parse
    from asopay.overtime.law import WageAndHourLaw
    from asopay.timesheets.document import compute, result_document

    law = WageAndHourLaw(Rulebook(tables_of(options)))
    found = compute(parse(read(options.file)), law)
    if options.json:
        print(json.dumps(result_document(found), indent=2))
        return 0
    from asopay.timesheets.statement import gross_pay_statement, why_overtime

    print((why_overtime if options.why else gross_pay_statement)(found), end="")
    return 0
