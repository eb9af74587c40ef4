"""``asopay payroll`` and ``asopay sample``: whole payrolls in files."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from asopay.commands.common import command, need, tables_of
from asopay.rulebook import Rulebook


def add_to(commands: Any) -> None:
    """Declares the commands."""
    payroll = command(commands, "payroll", "compute a payroll: a file of rows into a file of rows")
    payroll.add_argument("input", metavar="IN", help="a .parquet, .arrow or .csv file")
    payroll.add_argument("output", metavar="OUT", help="such a file, or a folder for its parts")
    payroll.add_argument("--jobs", type=int, default=1, help="how many cores to use (1)")
    payroll.set_defaults(run=_payroll)
    sample = command(commands, "sample", "write a payroll of invented people, to try and measure")
    sample.add_argument("count", type=int, metavar="N", help="how many people")
    sample.add_argument("--out", required=True, metavar="FILE", help="a .parquet or .arrow file")
    sample.add_argument("--state", help="all of them live in it, such as US-CA")
    sample.add_argument("--pay-date", type=date.fromisoformat, metavar="DATE", help="2026-06-12")
    sample.add_argument("--seed", type=int, default=1, help="another one makes other people (1)")
    sample.set_defaults(run=_sample)


def _payroll(options: argparse.Namespace) -> int:
    need("columns", "numpy", "pyarrow")
    from asopay.columns.command import compute

    return compute(options.input, options.output, options.jobs, options.tables)


def _sample(options: argparse.Namespace) -> int:
    need("columns", "numpy", "pyarrow")
    from asopay.columns.command import write_sample

    write_sample(
        options.count,
        options.out,
        Rulebook(tables_of(options)),
        state=options.state,
        pay_date=options.pay_date,
        seed=options.seed,
    )
    return 0
