"""Reading plain values (of a JSON document) into attrs classes, collecting every fault on the way.

A part that can't be read is None or empty in what comes out, so that the rest can still be checked;
what was wrong with it is in the list of faults.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from asopay.errors import Fault, one_of, shown
from asopay.money import Cents, Rate, cents, rate

Reader = Callable[[Any, str, list[Fault]], Any]

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)
_NUMBERS = frozenset({Decimal, int, str})


@cache
def reader_of(kind: Any) -> Reader:
    """The reader of a type: called with a value, its path, and the list that takes faults."""
    origin, arguments = get_origin(kind), get_args(kind)
    if has(kind):
        return _class_reader(kind)
    if origin in (Union, UnionType):
        return _union_reader(frozenset(arguments))
    if origin is Literal:
        return _literal_reader(arguments)
    if origin is Mapping:
        return _mapping_reader(arguments[1])
    if origin is Sequence:
        return _sequence_reader(arguments[0])
    return _LEAVES[kind]


def _class_reader(cls: Any) -> Reader:
    hints = get_type_hints(cls, include_extras=True)
    members = {
        f.name: (reader_of(hints[f.name]), f.default is NOTHING) for f in fields(cls) if f.init
    }

    def read(value: Any, path: str, faults: list[Fault]) -> Any:
        is_object = isinstance(value, dict)
        if not is_object:
            _refuse(value, path, faults, f"an object with the fields {one_of(members)}")
            value = {}
        below = f"{path}." if path else ""
        for name in sorted(value.keys() - members.keys()):
            accepted = f"there is no such field: the fields are {one_of(members)}"
            faults.append(Fault(f"{below}{name}", accepted))
        values = {}
        for name, (read_member, required) in members.items():
            if name in value:
                values[name] = read_member(value[name], below + name, faults)
            elif required:
                if is_object:
                    faults.append(Fault(below + name, "this field is required"))
                values[name] = read_member(None, below + name, [])
        return cls(**values)

    return read


def _union_reader(kinds: frozenset[Any]) -> Reader:
    present = kinds - {NoneType}
    read = _read_number if present == _NUMBERS else reader_of(*present)
    if NoneType not in kinds:
        return read
    return lambda value, path, faults: None if value is None else read(value, path, faults)


def _literal_reader(accepted: tuple[Any, ...]) -> Reader:
    def read(value: Any, path: str, faults: list[Fault]) -> Any:
        if isinstance(value, str) and value in accepted:
            return value
        return _refuse(value, path, faults, f"one of {one_of(accepted)}")

    return read


def _mapping_reader(kind: Any) -> Reader:
    read_one = reader_of(kind)

    def read(value: Any, path: str, faults: list[Fault]) -> Any:
        if not isinstance(value, dict):
            _refuse(value, path, faults, "an object")
            return {}
        return {name: read_one(one, f"{path}.{name}", faults) for name, one in value.items()}

    return read


def _sequence_reader(kind: Any) -> Reader:
    read_one = reader_of(kind)

    def read(value: Any, path: str, faults: list[Fault]) -> Any:
        if not isinstance(value, list):
            _refuse(value, path, faults, "a list")
            return []
        return [read_one(one, f"{path}[{n}]", faults) for n, one in enumerate(value)]

    return read


def _refuse(value: Any, path: str, faults: list[Fault], accepted: str) -> None:
    faults.append(Fault(path, f"{shown(value)} is not {accepted}"))


def _read_number(value: Any, path: str, faults: list[Fault]) -> Any:
    if isinstance(value, Decimal | int | str) and not isinstance(value, bool):
        return value
    if isinstance(value, float):
        return _refuse(value, path, faults, 'exact: write it as a string, such as "12.50"')
    return _refuse(value, path, faults, 'a number written as a string, such as "12.50"')


def _read_date(value: Any, path: str, faults: list[Fault]) -> Any:
    if isinstance(value, str) and _ISO_DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    return _refuse(value, path, faults, "a date such as 2026-03-13")


def _measured(measure: Callable[[Any], int]) -> Reader:
    """A reader of numbers that are kept as whole units, such as cents; 0 where there is a fault."""

    def read(value: Any, path: str, faults: list[Fault]) -> int:
        number = _read_number(value, path, faults)
        try:
            return 0 if number is None else measure(number)
        except ValueError as error:
            faults.append(Fault(path, str(error)))
            return 0

    return read


def _rate_not_below_zero(value: Any) -> Rate:
    if not _PLAIN_NUMBER.fullmatch(str(value)):
        raise ValueError(f"{shown(value)} is not a rate of at most eight decimals, such as 0.062")
    return rate(value)


def _exactly(kind: type, accepted: str) -> Reader:
    def read(value: Any, path: str, faults: list[Fault]) -> Any:
        return value if type(value) is kind else _refuse(value, path, faults, accepted)

    return read


def _as_it_is(value: Any, *_: Any) -> Any:
    return value


_LEAVES: dict[Any, Reader] = {
    str: _exactly(str, "a string"),
    int: _exactly(int, "a whole number"),
    bool: _exactly(bool, "true or false"),
    date: _read_date,
    Any: _as_it_is,
    Cents: _measured(cents),
    Rate: _measured(_rate_not_below_zero),
}
