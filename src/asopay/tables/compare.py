"""What changed in the tables of a jurisdiction between two dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from asopay.errors import TableError
from asopay.tables.folders import TaxTables

OF_THE_HEAD = ("rule", "methods", "frequencies", "daily_periods", "wages_of")
"""The keys of a head that decide how a tax is computed, and are compared like figures."""


@frozen
class Change:
    """What differs: its tax, its place in the table, and its value on either date.

    `figure` is a place below ``[figures]`` or a key of the table's head, such as `daily_periods`.
    A value is None on a date on which the figure, or the table, does not exist.
    """

    tax: str
    figure: str
    before: str | None
    after: str | None


def compare(tables: TaxTables, jurisdiction: str, before: date, after: date) -> list[Change]:
    """What differs in the tables of the jurisdiction between the two dates, in their order."""
    changes: list[Change] = []
    for tax in tables.taxes(jurisdiction):
        old, new = (_figures(tables, jurisdiction, tax, day) for day in (before, after))
        changes += [
            Change(f"{jurisdiction}/{tax}", figure, old.get(figure), new.get(figure))
            for figure in dict.fromkeys((*old, *new))
            if old.get(figure) != new.get(figure)
        ]
    return changes


def _figures(tables: TaxTables, jurisdiction: str, tax: str, day: date) -> dict[str, str]:
    try:
        edition = tables.in_force(jurisdiction, tax, day)
    except TableError:
        return {}
    head = {key: value for key in OF_THE_HEAD if (value := getattr(edition.head, key))}
    return dict(_flat({**head, **edition.head.figures}, ""))


def _flat(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """The figures below a place; a row of a schedule is one figure."""
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _flat(below, f"{place}.{key}" if place else key)
    elif isinstance(value, list) and any(isinstance(one, list | dict) for one in value):
        for number, below in enumerate(value):
            yield from _flat(below, f"{place}[{number}]")
    elif isinstance(value, list):
        yield place, " | ".join(map(str, value))
    else:
        yield place, str(value)
