"""The boxes of all certificates, by type: what a column's value means as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from attrs import frozen

from asopay import taxability
from asopay.certificates import Box, Figures
from asopay.money import as_text
from asopay.rulebook import Rulebook
from asopay.tables import TaxTables

BoxTypes = dict[tuple[str, str], str]
"""The type of a box (count, amount, flag …) by jurisdiction and name."""

Defaults = dict[tuple[str, str], int | None]
"""What counts if a box of numbers is left out, by jurisdiction and name; None if forms differ."""

NUMERIC = ("amount", "count")
"""The types of boxes whose answers can differ within a column of numbers."""


@frozen
class Known:
    """What any tax table knows: the boxes of certificates, and the kinds of deductions.

    `plain` are the kinds of earnings of which an amount of nothing changes nothing, and whether
    their hours are those of work.
    """

    boxes: BoxTypes
    defaults: Defaults
    deductions: frozenset[str]
    plain: dict[str, bool]


def known_to(rulebook: Rulebook) -> Known:
    """What the tables of the rulebook know."""
    tables = rulebook.tables
    kinds: set[str] = set()
    plain: dict[str, bool] = {}
    for edition in tables.editions("US", "taxability"):
        figures = edition.table(taxability.Figures).figures
        kinds.update(figures.deductions)
        plain |= {name: kind.work for name, kind in figures.earnings.items() if _is_plain(kind)}
    types: BoxTypes = {}
    defaults: Defaults = {}
    for place, box in _boxes(tables):
        named = place, box.name
        types[named] = "choice" if box.choices else box.type
        if box.type in NUMERIC:
            same = defaults.setdefault(named, box.empty) == box.empty
            defaults[named] = box.empty if same else None
    return Known(types, defaults, frozenset(kinds), plain)


def _is_plain(kind: taxability.EarningKind) -> bool:
    """Whether pay of the kind is taxed as any pay is, by every tax of which it is known."""
    special = kind.bonus or kind.imputed or kind.military or kind.exempt is not None
    for_all = kind.counts_for is None and kind.on_all_pay == "yes"
    return not special and for_all and (kind.work or kind.supplemental == "never")


def _boxes(tables: TaxTables) -> Iterator[tuple[str, Box]]:
    """The boxes of all forms that any table of certificates has, with the jurisdiction."""
    for place in tables.jurisdictions():
        for edition in tables.editions(place, "certificate"):
            for form in edition.table(Figures).figures.form:
                yield from ((place, box) for box in form.box)


def answer(value: Any, box_type: str | None) -> Any:
    """The answer of a document that a column's value states.

    Whole numbers in boxes of amounts are cents, texts in boxes of counts and flags are read.

    >>> answer(150_000, "amount"), answer("2", "count"), answer("true", "flag")
    ('1500.00', 2, True)
    """
    if isinstance(value, Decimal):
        return f"{value:f}"
    if box_type == "amount" and type(value) is int:
        return as_text(value)
    if isinstance(value, str):
        if box_type == "count" and value.isascii() and value.isdecimal():
            return int(value)
        if box_type == "flag":
            return {"true": True, "false": False}.get(value, value)
    return value
