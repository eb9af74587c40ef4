"""Rows as request documents: what is computed one by one is computed from these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any, get_origin

import pyarrow as pa
from attrs import has

from asopay.columns.boxes import BoxTypes, answer
from asopay.columns.shape import CERTIFICATES, NUMBER, Kind, Path, inside_of, known_kind, path_of
from asopay.money import as_text

Plain = Callable[[Any], Any]


def documents(table: pa.Table, boxes: BoxTypes) -> Iterator[dict[str, Any]]:
    """The request document of each row, in order."""
    columns = []
    for column in table.schema:
        path = path_of(column.name)
        to_plain = plain(path, known_kind(path), boxes)
        columns.append((path, to_plain, table.column(column.name).to_pylist()))
    for row in range(table.num_rows):
        document: dict[str, Any] = {}
        for path, to_plain, values in columns:
            if values[row] is not None:
                place(document, path, to_plain(values[row]))
        yield document


def place(document: dict[str, Any], path: Path, value: Any) -> None:
    """Puts the value where the path says."""
    inside: Any = document
    for part, following in pairwise(path):
        if isinstance(part, int):
            inside += [None] * (part + 1 - len(inside))
            inside[part] = inside[part] or ([] if isinstance(following, int) else {})
            inside = inside[part]
        else:
            inside = inside.setdefault(part, [] if isinstance(following, int) else {})
    last = path[-1]
    if isinstance(last, int):
        inside += [None] * (last + 1 - len(inside))
    inside[last] = value


def plain(path: Path, kind: Kind, boxes: BoxTypes) -> Plain:
    """What makes the plain value of a document from an Arrow value of this kind."""
    held = kind.present
    if held is NUMBER:
        return _amount if kind.is_amount else _number
    if held is Any:
        box_type = boxes.get((str(path[-2]), str(path[-1])))
        return lambda value: answer(value, box_type)
    if get_origin(held) is Sequence:
        return _list_reader((*path, 0), kind, boxes)
    if has(held) or get_origin(held) is Mapping:
        return _object_reader(path, kind, boxes)
    return _LEAVES.get(held, _as_it_is)


def _list_reader(path: Path, kind: Kind, boxes: BoxTypes) -> Plain:
    element = inside_of(kind, 0)
    to_plain = plain(path, element, boxes)
    return lambda values: [None if value is None else to_plain(value) for value in values]


def _object_reader(path: Path, kind: Kind, boxes: BoxTypes) -> Plain:
    readers: dict[str, Plain] = {}

    def read(value: Any) -> dict[str, Any]:
        found = {}
        for name, part in value.items() if isinstance(value, dict) else value:
            if part is None:
                continue
            if name not in readers:
                inner = inside_of(kind, name)
                readers[name] = plain((*path, name), inner, boxes)
            found[name] = readers[name](part)
        if path == CERTIFICATES:  # one without any answer is left out
            return {place: answers for place, answers in found.items() if answers}
        return found

    return read


def _amount(value: Any) -> Any:
    return as_text(value) if type(value) is int else _number(value)


def _number(value: Any) -> Any:
    return f"{value:f}" if isinstance(value, Decimal) else value


def _date(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _whole(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value


def _flag(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value)


def _as_it_is(value: Any) -> Any:
    return value


_LEAVES: dict[Any, Plain] = {date: _date, int: _whole, bool: _flag}
