"""The command line: ``asopay`` and a command, such as paycheck, gross-up or tables."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from asopay._version import __version__
from asopay.errors import Fault, InvalidRequest, TableError, one_of
from asopay.jurisdictions import JURISDICTIONS, name
from asopay.paycheck import Paycheck, PaycheckRequest
from asopay.rulebook import Rulebook
from asopay.tables import Edition, TaxTables
from asopay.tables.folders import OVERLAY_VARIABLE

REFUSED = 2
SOME_REFUSED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns its exit code: 0, 1 if lines were refused, 2 if the request was."""
    options = _parser().parse_args(arguments)
    with suppress(AttributeError):  # a stream that stands in for standard output may lack it
        sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_REFUSED
    except TableError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except InvalidRequest as error:
        _print_errors(error)
        return REFUSED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="asopay", description="US payroll, exact and explained.")
    parser.add_argument("--version", action="version", version=f"asopay {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_paycheck(commands)
    _add_gross_up(commands)
    _add_plan(commands)
    _add_earnings(commands)
    _add_payroll(commands)
    _add_tables(commands)
    certificates = _command(commands, "certificates", "print a withholding certificate's fields")
    certificates.add_argument("jurisdiction", nargs="?", help="such as US-CA; all if left out")
    certificates.set_defaults(run=_certificates)
    localities = _command(commands, "localities", "list the places of a state with local taxes")
    localities.add_argument("state", help="such as US-OH")
    localities.add_argument("--find", default="", metavar="TEXT", help="part of a code or name")
    localities.set_defaults(run=_localities)
    schema = _command(commands, "schema", "print the JSON Schema of a document")
    schema.add_argument("document", choices=["paycheck", "timesheet", "plan_year", "plan_scenario"])
    schema.set_defaults(run=_schema)
    return parser


def _command(commands: Any, command: str, purpose: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        command, help=purpose, description=purpose.capitalize() + "."
    )
    parser.add_argument(
        "--tables",
        metavar="FOLDER",
        help=f"tax tables to lay over the shipped ones (or the variable {OVERLAY_VARIABLE})",
    )
    return parser


def _add_paycheck(commands: Any) -> None:
    paycheck = _command(commands, "paycheck", "compute a paycheck from a request document")
    paycheck.add_argument("file", nargs="?", help="the request, a JSON file; - is standard input")
    paycheck.add_argument("--json", action="store_true", help="print the result document")
    paycheck.add_argument("--why", metavar="TAX", help="explain a tax, such as US/income_tax")
    paycheck.add_argument("--locale", default="en_US", help="for amounts and dates (en_US)")
    paycheck.add_argument(
        "--lines", action="store_true", help="one request a line in, one result a line out"
    )
    paycheck.set_defaults(run=_paycheck, parser=paycheck)


def _add_gross_up(commands: Any) -> None:
    command = _command(commands, "gross-up", "find the earning for which net pay is an amount")
    command.add_argument("file", help="the request, a JSON file; - is standard input")
    command.add_argument("--net", required=True, metavar="DOLLARS", help="net pay to be reached")
    command.add_argument("--earning", type=int, default=0, help="its number, counted from 0")
    command.add_argument("--alone", action="store_true", help="what the earning adds to net pay")
    command.add_argument(
        "--net-of-social-insurance",
        action="store_true",
        help="the employer bears the employee's Social Security and Medicare, and no other tax",
    )
    command.add_argument("--json", action="store_true", help="print the result document")
    command.add_argument("--locale", default="en_US", help="for amounts and dates (en_US)")
    command.set_defaults(run=_gross_up)


def _add_plan(commands: Any) -> None:
    plan = _command(commands, "plan", "settle the year of a self-funded benefit plan")
    actions = plan.add_subparsers(required=True, metavar="ACTION")
    settle = actions.add_parser("settle", help="print the settlement of a plan year")
    settle.add_argument("file", help="the plan year, a JSON file; - is standard input")
    settle.add_argument("--json", action="store_true", help="print the settlement document")
    settle.add_argument("--why", metavar="NAME", help="explain a worksheet or a claim by its id")
    settle.set_defaults(run=_settle)
    simulate = actions.add_parser("simulate", help="simulate what a year may cost")
    simulate.add_argument("file", help="the scenario, a JSON file; - is standard input")
    simulate.add_argument("--json", action="store_true", help="print the outcomes as a document")
    simulate.add_argument("--chart", metavar="FILE", help="write the distribution, an SVG image")
    simulate.set_defaults(run=_simulate)


def _add_earnings(commands: Any) -> None:
    command = _command(commands, "earnings", "compute gross pay from a timesheet document")
    command.add_argument("file", help="the timesheet, a JSON file; - is standard input")
    command.add_argument("--json", action="store_true", help="print the result document")
    command.add_argument("--why", action="store_true", help="say why each overtime hour is one")
    command.set_defaults(run=_earnings)


def _add_payroll(commands: Any) -> None:
    payroll = _command(commands, "payroll", "compute a payroll: a file of rows into a file of rows")
    payroll.add_argument("input", metavar="IN", help="a .parquet, .arrow or .csv file")
    payroll.add_argument("output", metavar="OUT", help="such a file, or a folder for its parts")
    payroll.add_argument("--jobs", type=int, default=1, help="how many cores to use (1)")
    payroll.set_defaults(run=_payroll)
    sample = _command(commands, "sample", "write a payroll of invented people, to try and measure")
    sample.add_argument("count", type=int, metavar="N", help="how many people")
    sample.add_argument("--out", required=True, metavar="FILE", help="a .parquet or .arrow file")
    sample.add_argument("--state", help="all of them live in it, such as US-CA")
    sample.add_argument("--pay-date", type=date.fromisoformat, metavar="DATE", help="2026-06-12")
    sample.add_argument("--seed", type=int, default=1, help="another one makes other people (1)")
    sample.set_defaults(run=_sample)


def _add_tables(commands: Any) -> None:
    tables = _command(commands, "tables", "list, show, check and compare tax tables")
    tables.set_defaults(run=_list)
    actions = tables.add_subparsers(metavar="ACTION")
    actions.add_parser("check", help="read every table with its rule").set_defaults(run=_check)
    coverage = actions.add_parser("coverage", help="print what is covered, as Markdown")
    coverage.set_defaults(run=_coverage)
    show = actions.add_parser("show", help="print one table")
    show.add_argument("table", help="such as us/income_tax/2026-01-01")
    show.set_defaults(run=_show)
    compare = actions.add_parser("compare", help="print what changed between two dates")
    compare.add_argument("jurisdiction", help="such as us or us-ca")
    compare.add_argument("before", type=date.fromisoformat, metavar="DATE")
    compare.add_argument("after", type=date.fromisoformat, metavar="DATE")
    compare.set_defaults(run=_compare)


def _tables(options: argparse.Namespace) -> TaxTables:
    return TaxTables(options.tables) if options.tables else TaxTables.from_environment()


# asopay paycheck


def _paycheck(options: argparse.Namespace) -> int:
    rulebook = Rulebook(_tables(options))
    if options.lines:
        if options.file or options.why:
            options.parser.error("--lines reads standard input and explains nothing")
        return _answer_lines(rulebook)
    if not options.file:
        options.parser.error("a FILE is needed, or --lines")
    return _answer_file(options, rulebook)


def _answer_file(options: argparse.Namespace, rulebook: Rulebook) -> int:
    from asopay import documents

    request, paycheck = documents.compute(documents.parse(_read(options.file)), rulebook)
    if options.why:
        from asopay.explain import why

        print(why(options.why, paycheck), end="")
    else:
        _print_paycheck(options, request, paycheck)
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


# asopay gross-up


def _gross_up(options: argparse.Namespace) -> int:
    from asopay import documents
    from asopay.gross_up import gross_up

    rulebook = Rulebook(_tables(options))
    request, _ = documents.compute(documents.parse(_read(options.file)), rulebook)
    net_of = "social_insurance" if options.net_of_social_insurance else "all"
    how: Any = {"earning": options.earning, "alone": options.alone, "net_of": net_of}
    found = gross_up(request, options.net, rulebook=rulebook, **how)
    _print_paycheck(options, found.request, found.paycheck)
    return 0


# asopay earnings


def _earnings(options: argparse.Namespace) -> int:
    from asopay.documents import parse
    from asopay.overtime.law import WageAndHourLaw
    from asopay.timesheets.document import compute, result_document

    law = WageAndHourLaw(Rulebook(_tables(options)))
    found = compute(parse(_read(options.file)), law)
    if options.json:
        print(json.dumps(result_document(found), indent=2))
        return 0
    from asopay.timesheets.statement import gross_pay_statement, why_overtime

    print((why_overtime if options.why else gross_pay_statement)(found), end="")
    return 0


# asopay payroll, asopay sample


def _payroll(options: argparse.Namespace) -> int:
    _need_columns()
    from asopay.columns.command import compute

    return compute(options.input, options.output, options.jobs, options.tables)


def _sample(options: argparse.Namespace) -> int:
    _need_columns()
    from asopay.columns.command import write_sample

    write_sample(
        options.count,
        options.out,
        Rulebook(_tables(options)),
        state=options.state,
        pay_date=options.pay_date,
        seed=options.seed,
    )
    return 0


def _need_columns() -> None:
    from importlib.util import find_spec

    if not (find_spec("numpy") and find_spec("pyarrow")):
        message = "numpy and pyarrow are needed: `pip install 'asopay[columns]'`"
        raise InvalidRequest([Fault("", message)])


def _check_locale(locale: str) -> None:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        message = f"{locale!r} is not a locale that is known, such as en_US or de_DE"
        raise InvalidRequest([Fault("--locale", message)]) from None


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise InvalidRequest([Fault("", f"{file} can't be read: {error.strerror}")]) from None


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


def _print_errors(error: InvalidRequest) -> None:
    from asopay.documents import errors_document

    print(json.dumps(errors_document(error), indent=2))


# asopay plan


def _settle(options: argparse.Namespace) -> int:
    from asopay.documents import parse
    from asopay.plans.documents import read_plan_year, settle_plan_year, settlement_document
    from asopay.plans.report import settlement_report, why

    settled = settle_plan_year(read_plan_year(parse(_read(options.file))))
    if options.why:
        print(why(options.why, settled), end="")
    elif options.json:
        print(json.dumps(settlement_document(settled), indent=2))
    else:
        print(settlement_report(settled), end="")
    return 0


def _simulate(options: argparse.Namespace) -> int:
    from asopay.documents import parse

    try:
        from asopay.plans import scenarios
    except ModuleNotFoundError:
        message = "numpy is needed: install asopay[columns]"
        raise InvalidRequest([Fault("", message)]) from None
    scenario = scenarios.read_scenario(parse(_read(options.file)))
    ways = scenarios.outcomes(scenario)
    if options.chart:
        Path(options.chart).write_text(scenarios.outcome_chart(ways), encoding="utf-8")
    if options.json:
        print(json.dumps(scenarios.outcome_document(scenario, ways), indent=2))
    else:
        print(scenarios.outcome_report(scenario, ways), end="")
    return 0


# asopay certificates, asopay schema


def _certificates(options: argparse.Namespace) -> int:
    from asopay.explain import certificate_forms

    tables = _tables(options)
    wanted = options.jurisdiction
    known = tables.jurisdictions()
    for place in [wanted.upper()] if wanted else known:
        if place not in known:
            raise TableError(f"{place}: there are no tables; there are for {one_of(known)}")
        print(certificate_forms(place, tables), end="")
    return 0


def _localities(options: argparse.Namespace) -> int:
    from asopay.explain import places

    state = options.state.upper()
    if state not in JURISDICTIONS:
        raise TableError(f"{options.state} is not a state such as US-OH")
    print(places(state, _tables(options), options.find), end="")
    return 0


def _schema(options: argparse.Namespace) -> int:
    if options.document == "plan_year":
        from asopay.plans.documents import plan_year_schema as schema
    elif options.document == "plan_scenario":
        from asopay.plans.scenarios import scenario_schema as schema
    elif options.document == "timesheet":
        from asopay.timesheets.document import timesheet_schema as schema
    else:
        from asopay.schema import paycheck_schema as schema

    print(json.dumps(schema(), indent=2))
    return 0


# asopay tables


def _every(tables: TaxTables) -> list[Edition]:
    """All tables, with those whose figures stand in a register, in order."""
    return sorted((*tables.all(), *tables.registers()), key=lambda edition: edition.id.split("/"))


def _list(options: argparse.Namespace) -> int:
    for edition in _every(_tables(options)):
        unverified = len(edition.head.unverified)
        note = f"  {unverified} unverified" if unverified else ""
        print(f"{edition.id:<48} {edition.dates:<26} {edition.head.source[0].title}{note}")
    return 0


def _show(options: argparse.Namespace) -> int:
    for edition in _every(_tables(options)):
        if edition.id == options.table.lower():
            print(f"# {edition.path}\n# sha256:{edition.digest}")
            print(Path(edition.path).read_text(encoding="utf-8"), end="")
            return 0
    print(f"there is no table {options.table}: `asopay tables` lists them", file=sys.stderr)
    return REFUSED


def _check(options: argparse.Namespace) -> int:
    tables = _tables(options)
    messages = Rulebook(tables).check()
    print("\n".join(messages) or f"{len(_every(tables))} tables are in order")
    return REFUSED if messages else 0


def _coverage(options: argparse.Namespace) -> int:
    from asopay.coverage import as_markdown

    print(as_markdown(Rulebook(_tables(options))), end="")
    return 0


def _compare(options: argparse.Namespace) -> int:
    from asopay.tables.compare import compare

    jurisdiction = options.jurisdiction.upper()
    tables = _tables(options)
    if jurisdiction not in tables.jurisdictions():
        raise TableError(f"{jurisdiction}: there are no tables for it")
    changes = compare(tables, jurisdiction, options.before, options.after)
    print(f"{name(jurisdiction)}: {options.before} to {options.after}")
    for change in changes:
        before, after = change.before or "(none)", change.after or "(none)"
        print(f"{change.tax}  {change.figure}: {before} -> {after}")
    if not changes:
        print("nothing changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
