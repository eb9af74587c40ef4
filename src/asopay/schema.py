"""JSON Schemas of the documents, generated from the classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, fields, has

from asopay.money import Cents, Rate
from asopay.paycheck import PaycheckRequest

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_NUMBER = {"type": ["string", "integer"], "pattern": r"^\d+(\.\d+)?$", "minimum": 0}
_LEAVES: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    Any: {},
    Cents: _NUMBER,
    Rate: _NUMBER,
}


def paycheck_schema() -> dict[str, Any]:
    """The JSON Schema of a paycheck request document.

    It describes the fields and their types. What may stand in them (kinds, statuses, dates with
    tables) depends on the tax tables and is checked when the paycheck is computed.
    """
    return schema_of(PaycheckRequest, "Paycheck request")


def schema_of(document: type, title: str) -> dict[str, Any]:
    """The JSON Schema of a document that a class describes.

    >>> schema_of(PaycheckRequest, "A request")["title"]
    'A request'
    """
    definitions: dict[str, Any] = {}
    reference = _schema(document, definitions)
    return {"$schema": DRAFT, "title": title, **reference, "$defs": definitions}


def _schema(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(kind), get_args(kind)
    if has(kind):
        return _reference(kind, definitions)
    if origin in (Union, UnionType):
        return _union(arguments, definitions)
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is Mapping:
        return {"type": "object", "additionalProperties": _schema(arguments[1], definitions)}
    if origin is Sequence:
        return {"type": "array", "items": _schema(arguments[0], definitions)}
    return _LEAVES[kind]


def _union(kinds: tuple[Any, ...], definitions: dict[str, Any]) -> dict[str, Any]:
    present = [kind for kind in kinds if kind is not NoneType]
    schema = _schema(present[0], definitions) if len(present) == 1 else _NUMBER
    return {"anyOf": [schema, {"type": "null"}]} if NoneType in kinds else schema


def _reference(cls: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    members = [member for member in fields(cls) if member.init]
    definitions[cls.__name__] = {
        "description": (cls.__doc__ or "").split("\n\n")[0],
        "type": "object",
        "properties": {m.name: _schema(hints[m.name], definitions) for m in members},
        "required": [m.name for m in members if m.default is NOTHING],
        "additionalProperties": False,
    }
    return {"$ref": f"#/$defs/{cls.__name__}"}
