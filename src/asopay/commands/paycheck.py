"""``asopay paycheck`` and ``asopay gross-up``: one paycheck, or many by line."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from asopay.commands.common import SOME_REFUSED, command, read, tables_of
from asopay.errors import Fault, InvalidRequest
from asopay.paycheck import Paycheck, PaycheckRequest
from asopay.rulebook import Rulebook


def add_to(commands: Any) -> None:
    """Declares the commands."""
    _add_paycheck(commands)
    _add_gross_up(commands)


def _add_paycheck(commands: Any) -> None:
    paycheck = command(commands, "paycheck", "compute a paycheck from a request document")
    paycheck.add_argument("file", nargs="?", help="the request, a JSON file; - is standard input")
    paycheck.add_argument("--json", action="store_true", help="print the result document")
    paycheck.add_argument("--why", metavar="TAX", help="explain a tax, such as US/income_tax")
    paycheck.add_argument("--locale", default="en_US", help="for amounts and dates (en_US)")
    paycheck.add_argument(
        "--lines", action="store_true", help="one request a line in, one result a line out"
    )
    paycheck.set_defaults(run=_paycheck, parser=paycheck)


def _add_gross_up(commands: Any) -> None:
    gross_up = command(commands, "gross-up", "find the earning for which net pay is an amount")
    gross_up.add_argument("file", help="the request, a JSON file; - is standard input")
    gross_up.add_argument("--net", required=True, metavar="DOLLARS", help="net pay to be reached")
    gross_up.add_argument("--earning", type=int, default=0, help="its number, counted from 0")
    gross_up.add_argument("--alone", action="store_true", help="what the earning adds to net pay")
    gross_up.add_argument(
        "--net-of-social-insurance",
        action="store_true",
        help="the employer bears the employee's Social Security and Medicare, and no other tax",
    )
    gross_up.add_argument("--json", action="store_true", help="print the result document")
    gross_up.add_argument("--locale", default="en_US", help="for amounts and dates (en_US)")
    gross_up.set_defaults(run=_gross_up)


def _paycheck(options: argparse.Namespace) -> int:
    rulebook = Rulebook(tables_of(options))
    if options.lines:
        if options.file or options.why:
            options.parser.error("--lines reads standard input and explains nothing")
        return _answer_lines(rulebook)
    if not options.file:
        options.parser.error("a FILE is needed, or --lines")
    return _answer_file(options, rulebook)


def _answer_file(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from asopay import documents

    request, paycheck = documents.compute(documents.parse(read(options.file)), rulebook)
    if options.why:
        from asopay.explain import why

        print(why(options.why, paycheck), end="")
    else:
        _print_paycheck(options, request, paycheck)
    return 0


def _answer_lines(rulebook: Rulebook) -> int:
    from asopay import documents

    code = 0
    for line in sys.stdin.buffer:
        try:
            answer = documents.paycheck(documents.parse(line), rulebook)
        except InvalidRequest as error:
            answer = documents.errors_document(error)
            code = SOME_REFUSED
        print(json.dumps(answer), flush=True)
    return code


def _gross_up(options: argparse.Namespace) -> int:
    from asopay import documents
    from asopay.gross_up import gross_up

    rulebook = Rulebook(tables_of(options))
    request, _ = documents.compute(documents.parse(read(options.file)), rulebook)
    net_of = "social_insurance" if options.net_of_social_insurance else "all"
    how: Any = {"earning": options.earning, "alone": options.alone, "net_of": net_of}
    found = gross_up(request, options.net, rulebook=rulebook, **how)
    _print_paycheck(options, found.request, found.paycheck)
    return 0


def _print_paycheck(
    options: argparse.Namespace, request: PaycheckRequest, paycheck: Paycheck
) -> None:
    """The result document, or the statement of the paycheck."""
    if options.json:
        from asopay.documents import result_document

        print(json.dumps(result_document(paycheck), indent=2))
    else:
        from asopay.statements import pay_statement

        _check_locale(options.locale)
        print(pay_statement(request, paycheck, options.locale), end="")


def _check_locale(locale: str) -> None:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        message = f"{locale!r} is not a locale that is known, such as en_US or de_DE"
        raise InvalidRequest([Fault("--locale", message)]) from None
