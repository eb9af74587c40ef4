"""Helpers for tests of whole payrolls: request documents as Arrow tables, results compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import pyarrow as pa
from attrs import has

from asopay import documents
from asopay.columns import Payroll
from asopay.columns.results import TO_DATE
from asopay.columns.shape import NUMBER, REQUEST, Kind, inside_of, members
from asopay.errors import InvalidRequest
from asopay.rulebook import Rulebook, standard_rulebook

OF_ORDERS = ("kind", "amount", "fee", "taken_to_date")

MONEY = pa.decimal128(18, 2)


def arrow_type(kind: Kind) -> pa.DataType:
    """The type that holds any value of a field, the nested way."""
    held = kind.present
    if held is NUMBER:
        return MONEY if kind.is_amount else pa.string()
    if has(held):
        return pa.struct({n: arrow_type(k) for n, k in members(held).items()})
    origin = get_origin(held)
    if origin is Mapping:
        return pa.map_(pa.string(), arrow_type(inside_of(kind, "")))
    if origin is Sequence:
        return pa.list_(arrow_type(inside_of(kind, 0)))
    return {bool: pa.bool_(), int: pa.int64(), date: pa.date32()}.get(held, pa.string())


SCHEMA = pa.schema({n: arrow_type(k) for n, k in members(REQUEST.type).items()})


def value(kind: Kind, plain: Any) -> Any:
    """The plain value of a document as pyarrow takes it for the type of the field."""
    held = kind.present
    if plain is None:
        return None
    if held is NUMBER:
        return Decimal(str(plain)) if kind.is_amount else str(plain)
    if has(held):
        return {n: value(k, plain.get(n)) for n, k in members(held).items()}
    if held is Any:
        return str(plain).lower() if isinstance(plain, bool) else str(plain)
    if get_origin(held) not in (None, Literal) and len(get_args(held)) == 2:
        return [(key, value(inside_of(kind, ""), each)) for key, each in plain.items()]
    if get_origin(held) not in (None, Literal):
        return [value(inside_of(kind, 0), each) for each in plain]
    return date.fromisoformat(plain) if held is date else plain


def table_of(requested: Sequence[dict[str, Any]]) -> pa.Table:
    """The table whose rows are the request documents."""
    kinds = members(REQUEST.type)
    columns = {
        name: pa.array(
            [value(kinds[name], each.get(name)) for each in requested], SCHEMA.field(name).type
        )
        for name in kinds
    }
    return pa.table(columns, schema=SCHEMA)


def alone(document: dict[str, Any], rulebook: Rulebook | None = None) -> dict[str, Any]:
    """What a row should be: the result document's figures, or the error's text."""
    try:
        found = documents.paycheck(document, rulebook or standard_rulebook())
    except InvalidRequest as error:
        return {"error": str(error)}
    keys = ("id", "payer", "wages", "amount", "table")
    exempt = found.get("exempt_from", [])
    return {
        "error": None,
        "gross_pay": found["gross_pay"],
        "imputed_income": found.get("imputed_income", "0.00"),
        "net_pay": found["net_pay"],
        "employer_cost": found["employer_cost"],
        "taxes": [
            {**{k: tax[k] for k in keys}, "overridden": "overridden" in tax}
            for tax in found["taxes"]
        ],
        "deductions": [
            {
                **{k: each[k] for k in ("kind", "amount", "employer_amount", "elected_amount")},
                "unpaid_amount": each.get("unpaid_amount", "0.00"),
                "arrears": each.get("arrears", "0.00"),
            }
            for each in found["deductions"]
        ],
        "garnishments": [
            {"id": each.get("id", ""), **{k: each[k] for k in OF_ORDERS}}
            for each in found.get("garnishments", [])
        ],
        "year_to_date": {part: found["year_to_date"].get(part, {}) for part in TO_DATE},
        "not_computed": "\n".join(found["not_computed"]),
        "exempt_from": "\n".join(f"{each['id']}: {each['reason']}" for each in exempt),
        "tables": found["tables"]["digest"],
    }


def computed_by(payroll: Payroll, table: pa.Table) -> pa.Table:
    """The results of the table's rows."""
    return pa.Table.from_batches(payroll.compute(table), payroll.schema)


def rows_of(results: pa.Table) -> list[dict[str, Any]]:
    """The rows of a result in the same form."""
    return [
        {"error": row["error"]} if row["error"] is not None else _row(row)
        for row in results.to_pylist()
    ]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    to_date = {part: _plain(dict(found)) for part, found in row["year_to_date"].items()}
    found = {**_plain(row), "year_to_date": to_date}
    del found["employee_id"]
    return found


def _plain(found: Any) -> Any:
    if isinstance(found, dict):
        return {key: _plain(part) for key, part in found.items()}
    if isinstance(found, list):
        return [_plain(part) for part in found]
    return str(found) if isinstance(found, Decimal) else found
