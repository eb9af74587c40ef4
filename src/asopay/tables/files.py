"""Reading a table's file. It is imported when the first table is read, with all that this takes."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

from asopay.errors import TableError
from asopay.tables.shapes import structure
from asopay.tables.table import Edition, Head


def read_edition(path: str, identity: str) -> Edition:
    """The file as an edition; `TableError` names the file and each key that does not fit."""
    content = Path(path).read_bytes()
    try:
        values: dict[str, Any] = tomllib.loads(content.decode(), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: {error}") from None
    head = structure(values, Head, path)
    if str(head.effective) != Path(path).stem:
        stem = Path(path).stem
        raise TableError(f"{path}: effective is {head.effective}, the file's name says {stem}")
    return Edition(identity, path, head, sha256(content).hexdigest())
