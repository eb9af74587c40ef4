"""What commands share: how they are declared, and how they read what they are given."""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from asopay.errors import Fault, InvalidRequest
from asopay.tables import TaxTables
from asopay.tables.folders import OVERLAY_VARIABLE

REFUSED = 2
SOME_REFUSED = 1
"""Exit codes: the request was refused, or some lines or rows were."""


def command(commands: Any, name: str, purpose: str) -> argparse.ArgumentParser:
    """A command with the option that all have."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=purpose, description=purpose.capitalize() + "."
    )
    parser.add_argument(
        "--tables",
        metavar="FOLDER",
        help=f"tax tables to lay over the shipped ones (or the variable {OVERLAY_VARIABLE})",
    )
    return parser


def tables_of(options: argparse.Namespace) -> TaxTables:
    """The tax tables that the options name, or the environment."""
    return TaxTables(options.tables) if options.tables else TaxTables.from_environment()


def read(file: str) -> bytes:
    """What a file holds; - is standard input. `InvalidRequest` if it can't be read."""
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise InvalidRequest([Fault("", f"{file} can't be read: {error.strerror}")]) from None


def need(extra: str, *modules: str) -> None:
    """`InvalidRequest` where a module of an extra is not installed."""
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        message = f"not installed: {', '.join(missing)}; `pip install 'asopay[{extra}]'` does it"
        raise InvalidRequest([Fault("", message)])
