"""The command line: ``asopay`` and a command, such as paycheck, gross-up or tables."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from asopay._version import __version__
from asopay.commands import earnings, ledger, look_up, paycheck, payroll, plan, tables
from asopay.commands.common import REFUSED, SOME_REFUSED
from asopay.errors import InvalidRequest, TableError

COMMANDS = (paycheck, earnings, payroll, ledger, plan, tables, look_up)
"""The modules of the commands, in the order of the help."""


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
    for module in COMMANDS:
        module.add_to(commands)
    return parser


def _print_errors(error: InvalidRequest) -> None:
    from asopay.documents import errors_document

    print(json.dumps(errors_document(error), indent=2))


if __name__ == "__main__":
    sys.exit(main())
