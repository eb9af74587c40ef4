"""The columns of a payroll: what type each may have, checked before anything is computed.

They follow from the classes of `asopay.paycheck`, as the JSON documents do: a class is a struct, a
sequence a list, a mapping a map or a struct. A column can also stand for a part of a field; its
name is then the path that errors name, such as ``earnings[0].amount``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

import pyarrow as pa
from attrs import NOTHING, fields, frozen, has
from pyarrow import types as arrow

from asopay.errors import Fault, InvalidRequest, one_of
from asopay.paycheck import PaycheckRequest

Path = tuple[str | int, ...]

NUMBER = frozenset({Decimal, int, str})
"""What amounts, hours, rates and percentages may be in a request."""

AMOUNTS = frozenset(
    (
        "amount",
        "arrears",
        "arrears_limit",
        "deductions",
        "employer_amount",
        "employer_amounts",
        "employer_taxes",
        "overrides",
        "payroll",
        "prior_year_wages",
        "taxes",
        "wage_base",
        "wages",
        "year_limit",
    )
)
"""The fields of amounts in dollars; whole numbers in their columns are cents."""

NOT_MONEY = frozenset({"hours", "hours_worked", "multiplier", "percent"})
"""The fields of numbers that are no amounts; whole numbers in their columns are as they are."""

_PART = re.compile(r"\[(\d+)\]|([^.\[\]]+)")


@frozen
class Kind:
    """What a field holds: the type of the class's field, and the name of the nearest one."""

    type: Any
    name: str = ""

    @property
    def present(self) -> Any:
        """The type where a value is given: one of an optional field is that of the value."""
        if get_origin(self.type) not in (Union, UnionType):
            return self.type
        given = frozenset(get_args(self.type)) - {NoneType}
        return NUMBER if given == NUMBER else next(iter(given))

    @property
    def is_amount(self) -> bool:
        """Whether it holds dollars."""
        return self.present == NUMBER and self.name in AMOUNTS


REQUEST = Kind(PaycheckRequest)

LENGTH = "(length)"
"""The last part of the path of a leaf that says how long a list is."""

GIVEN = "(given)"
"""The last part of the path of a leaf that says whether a struct is there at all."""

ENTRY = "(entry)"
"""The part before the last of the path of a leaf that says which of its entries a map has."""

CERTIFICATES = ("employee", "certificates")


@cache
def members(cls: type) -> dict[str, Kind]:
    """The fields of a class."""
    hints = get_type_hints(cls)
    return {each.name: Kind(hints[each.name], each.name) for each in fields(cls) if each.init}


@cache
def required(cls: type) -> tuple[str, ...]:
    """The names of the fields that have no default."""
    return tuple(each.name for each in fields(cls) if each.default is NOTHING)


def path_of(column: str) -> Path:
    """The path that a column's name states.

    >>> path_of("earnings[0].amount"), path_of("year_to_date.wages.US/medicare")
    (('earnings', 0, 'amount'), ('year_to_date', 'wages', 'US/medicare'))
    """
    return tuple(int(n) if n else name for n, name in _PART.findall(column))


def below(kind: Kind, part: str | int) -> Kind | None:
    """What a part of a field holds: a member, an entry or an element; None if there is none."""
    held = kind.present
    if isinstance(part, int):
        return Kind(get_args(held)[0], kind.name) if get_origin(held) is Sequence else None
    if held is not NUMBER and has(held):
        return members(held).get(part)
    return Kind(get_args(held)[1], kind.name) if get_origin(held) is Mapping else None


def inside_of(kind: Kind, part: str | int) -> Kind:
    """What a part of a field holds that was found to be there."""
    return cast("Kind", below(kind, part))


def known_kind(path: Path) -> Kind:
    """What the path of a column holds that was checked."""
    found = REQUEST
    for part in path:
        found = inside_of(found, part)
    return found


def kind_at(path: Path) -> Kind | None:
    """What the path holds; None if there is no such field."""
    found: Kind | None = REQUEST
    for part in path:
        found = below(found, part) if found else None
    return found


def check_columns(schema: pa.Schema) -> None:
    """Raises `InvalidRequest` with all that is wrong with the types of the columns."""
    faults = list(_faults(schema))
    if faults:
        raise InvalidRequest(faults)


def check_table(table: pa.Table) -> None:
    """Raises `InvalidRequest` with all that is wrong with the types, and nulls that can't be."""
    check_columns(table.schema)
    faults = []
    for name in required(PaycheckRequest):
        if name in table.column_names and table.column(name).null_count:
            wanted = wanted_type(members(PaycheckRequest)[name])
            row = table.column(name).is_null().index(True).as_py()
            faults.append(Fault(name, f"row {row} is null: every row needs {wanted}"))
    if faults:
        raise InvalidRequest(faults)


def _faults(schema: pa.Schema) -> Iterator[Fault]:
    begun = set()
    for column in schema:
        path = path_of(column.name)
        begun.add(path[:1])
        kind = kind_at(path) if path else None
        if kind is None:
            known = one_of(members(PaycheckRequest))
            yield Fault(column.name, f"there is no such field: the columns are {known}")
        else:
            yield from _faults_of(column.name, column.type, kind)
    for name in required(PaycheckRequest):
        if (name,) not in begun:
            wanted = wanted_type(members(PaycheckRequest)[name])
            yield Fault(name, f"this column is missing: {wanted} is wanted")
    names = [column.name for column in schema]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Fault(name, "there are two columns of this name")


def _faults_of(path: str, given: pa.DataType, kind: Kind) -> Iterator[Fault]:
    if arrow.is_dictionary(given):
        given = given.value_type
    if arrow.is_null(given):
        return
    held = kind.present
    if held is not NUMBER and has(held) and arrow.is_struct(given):
        yield from _faults_of_class(path, given, held)
    elif get_origin(held) is Sequence and _is_list(given):
        yield from _faults_of(f"{path}[]", given.value_type, Kind(get_args(held)[0], kind.name))
    elif get_origin(held) is Mapping and arrow.is_map(given):
        if not _is_text(given.key_type):
            yield Fault(path, f"its keys are {given.key_type}: string is wanted")
        yield from _faults_of(f"{path}{{}}", given.item_type, Kind(get_args(held)[1], kind.name))
    elif get_origin(held) is Mapping and arrow.is_struct(given):
        for field in given:
            entry = Kind(get_args(held)[1], kind.name)
            yield from _faults_of(f"{path}.{field.name}", field.type, entry)
    elif not _is_leaf_of(given, kind):
        lost = ", which loses cents" if arrow.is_floating(given) and kind.is_amount else ""
        yield Fault(path, f"the type is {given}{lost}: {wanted_type(kind)} is wanted")


def _faults_of_class(path: str, given: pa.DataType, cls: type) -> Iterator[Fault]:
    known = members(cls)
    for field in given:
        if field.name in known:
            yield from _faults_of(f"{path}.{field.name}", field.type, known[field.name])
        else:
            message = f"there is no such field: the fields are {one_of(known)}"
            yield Fault(f"{path}.{field.name}", message)
    have = {field.name for field in given}
    for name in required(cls):
        if name not in have:
            wanted = wanted_type(known[name])
            yield Fault(f"{path}.{name}", f"this field is missing: {wanted} is wanted")


def _is_list(given: pa.DataType) -> bool:
    return bool(arrow.is_list(given) or arrow.is_large_list(given))


def _is_text(given: pa.DataType) -> bool:
    if arrow.is_dictionary(given):
        given = given.value_type
    return bool(arrow.is_string(given) or arrow.is_large_string(given))


def _is_leaf_of(given: pa.DataType, kind: Kind) -> bool:
    held = kind.present
    if held is not NUMBER and (has(held) or get_origin(held) in (Sequence, Mapping)):
        return False
    if _is_text(given):
        return True
    if held is NUMBER:
        whole = kind.name in AMOUNTS or kind.name in NOT_MONEY
        scale = 2 if kind.is_amount else 8
        return bool(
            (arrow.is_decimal(given) and 0 <= given.scale <= scale)
            or (arrow.is_integer(given) and whole)
        )
    if held is Any:
        return bool(
            arrow.is_boolean(given)
            or arrow.is_integer(given)
            or (arrow.is_decimal(given) and 0 <= given.scale)
        )
    accepted = {bool: arrow.is_boolean, int: arrow.is_integer, date: arrow.is_date}
    return held in accepted and bool(accepted[held](given))


def wanted_type(kind: Kind) -> str:
    """The type of a column in words, such as ``decimal128(18, 2)``.

    >>> wanted_type(kind_at(("pay_date",))), wanted_type(kind_at(("deductions", 0, "amount")))
    ('date32', 'decimal128(18, 2) or int64 (cents)')
    """
    held = kind.present
    if held is NUMBER:
        found = "decimal128(18, 2) or int64 (cents)" if kind.is_amount else _EXACT
    elif has(held):
        known = members(held)
        found = f"struct<{_listed((n, known[n]) for n in required(held))}…>"
    elif get_origin(held) is Sequence:
        found = f"list<{wanted_type(inside_of(kind, 0))}>"
    elif get_origin(held) is Mapping:
        found = f"map<string, {wanted_type(inside_of(kind, ''))}>"
    else:
        found = _WANTED.get(held, "string")
    return found


_EXACT = "decimal128(18, 4) or string"

_WANTED = {
    Any: "string, bool, int64 or decimal128(18, 2)",
    bool: "bool",
    int: "int64",
    date: "date32",
}


def _listed(named: Iterable[tuple[str, Kind]]) -> str:
    return "".join(f"{name}: {wanted_type(kind)}, " for name, kind in named)
