"""``asopay tables``: the tax tables themselves."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from asopay.commands.common import REFUSED, command, tables_of
from asopay.errors import TableError
from asopay.jurisdictions import name
from asopay.rulebook import Rulebook
from asopay.tables import Edition, TaxTables


def add_to(commands: Any) -> None:
    """Declares the command."""
    tables = command(commands, "tables", "list, show, check and compare tax tables")
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


def _every(tables: TaxTables) -> list[Edition]:
    """All tables, with those whose figures stand in a register, in order."""
    return sorted((*tables.all(), *tables.registers()), key=lambda edition: edition.id.split("/"))


def _list(options: argparse.Namespace) -> int:
    for edition in _every(tables_of(options)):
        unverified = len(edition.head.unverified)
        note = f"  {unverified} unverified" if unverified else ""
        print(f"{edition.id:<48} {edition.dates:<26} {edition.head.source[0].title}{note}")
    return 0


def _show(options: argparse.Namespace) -> int:
    for edition in _every(tables_of(options)):
        if edition.id == options.table.lower():
            print(f"# {edition.path}\n# sha256:{edition.digest}")
            print(Path(edition.path).read_text(encoding="utf-8"), end="")
            return 0
    print(f"there is no table {options.table}: `asopay tables` lists them", file=sys.stderr)
    return REFUSED


def _check(options: argparse.Namespace) -> int:
    tables = tables_of(options)
    messages = Rulebook(tables).check()
    print("\n".join(messages) or f"{len(_every(tables))} tables are in order")
    return REFUSED if messages else 0


def _coverage(options: argparse.Namespace) -> int:
    from asopay.coverage import as_markdown

    print(as_markdown(Rulebook(tables_of(options))), end="")
    return 0


def _compare(options: argparse.Namespace) -> int:
    from asopay.tables.compare import compare

    jurisdiction = options.jurisdiction.upper()
    tables = tables_of(options)
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
