"""``asopay certificates``, ``asopay localities`` and ``asopay schema``: what can be asked for."""

from __future__ import annotations

import argparse
import json
from typing import Any

from asopay.commands.common import command, tables_of
from asopay.errors import TableError, one_of
from asopay.jurisdictions import JURISDICTIONS


def add_to(commands: Any) -> None:
    """Declares the commands."""
    certificates = command(commands, "certificates", "print a withholding certificate's fields")
    certificates.add_argument("jurisdiction", nargs="?", help="such as US-CA; all if left out")
    certificates.set_defaults(run=_certificates)
    localities = command(commands, "localities", "list the places of a state with local taxes")
    localities.add_argument("state", help="such as US-OH")
    localities.add_argument("--find", default="", metavar="TEXT", help="part of a code or name")
    localities.set_defaults(run=_localities)
    schema = command(commands, "schema", "print the JSON Schema of a document")
    schema.add_argument("document", choices=["paycheck", "timesheet", "plan_year", "plan_scenario"])
    schema.set_defaults(run=_schema)


def _certificates(options: argparse.Namespace) -> int:
    from asopay.explain import certificate_forms

    tables = tables_of(options)
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
    print(places(state, tables_of(options), options.find), end="")
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
