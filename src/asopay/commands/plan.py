"""``asopay plan``: the year of a self-funded benefit plan."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from asopay.commands.common import command, need, read


def add_to(commands: Any) -> None:
    """Declares the command."""
    plan = command(commands, "plan", "settle the year of a self-funded benefit plan")
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


def _settle(options: argparse.Namespace) -> int:
    from asopay.documents import parse
    from asopay.plans.documents import read_plan_year, settle_plan_year, settlement_document
    from asopay.plans.report import settlement_report, why

    settled = settle_plan_year(read_plan_year(parse(read(options.file))))
    if options.why:
        print(why(options.why, settled), end="")
    elif options.json:
        print(json.dumps(settlement_document(settled), indent=2))
    else:
        print(settlement_report(settled), end="")
    return 0


def _simulate(options: argparse.Namespace) -> int:
    need("columns", "numpy")
    from asopay.documents import parse
    from asopay.plans import scenarios

    scenario = scenarios.read_scenario(parse(read(options.file)))
    ways = scenarios.outcomes(scenario)
    if options.chart:
        Path(options.chart).write_text(scenarios.outcome_chart(ways), encoding="utf-8")
    if options.json:
        print(json.dumps(scenarios.outcome_document(scenario, ways), indent=2))
    else:
        print(scenarios.outcome_report(scenario, ways), end="")
    return 0
