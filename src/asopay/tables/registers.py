"""Registers: tables of local taxes that have a row of figures for each place.

A register is a CSV file beside a table's TOML file. Its columns are ``code`` and ``name`` of the
place, if need be its ``kind``, another code of it (``also``), ``effective`` and ``through``, and
figures by the names under which the table's rule reads them. ``resident_rate`` and
``nonresident_rate`` are the figure ``rate`` for those who live there and for those who only work
there; an empty cell is a tax that is not levied. A column ``wages`` names the tax whose wages
count, where it is not the same for all places.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from attrs import evolve, field, frozen

from asopay.errors import TableError
from asopay.tables.table import Days, Edition, Places

OWN_COLUMNS = {"code", "name", "kind", "also", "effective", "through", "wages"}
"""Columns that are not figures."""

RATES = {True: "resident_rate", False: "nonresident_rate"}
"""The columns of the rate for those who live in the place, and for those who only work there."""

Row = Mapping[str, str]


@frozen
class Register:
    """The rows of one edition, and the file that they stand in, by the code of their place.

    `codes` are those of places by the other codes that they have.
    """

    rows: Mapping[str, tuple[Row, ...]]
    paths: Mapping[str, str]
    codes: Mapping[str, str] = field(init=False)

    @codes.default
    def _by_other_codes(self) -> dict[str, str]:
        return {rows[-1]["also"]: code for code, rows in self.rows.items() if rows[-1].get("also")}

    def places(self, edition: Edition) -> dict[str, Places]:
        """What is known of the places by code."""
        of_table = edition.head.places
        return {code: _places(of_table, rows[-1]) for code, rows in self.rows.items()}

    def editions(self, edition: Edition) -> Iterator[Edition]:
        """Every row as an edition, for those who live in the place and for those who work there."""
        for rows in self.rows.values():
            for row in rows:
                for resident in RATES:
                    found = self._with_figures(edition, row, resident=resident)
                    if found:
                        yield found

    def edition(self, edition: Edition, code: str, days: Days, *, resident: bool) -> Edition | None:
        """The edition with the figures of the place; None if the place does not levy the tax."""
        row = self.row(edition, code, days)
        return self._with_figures(edition, row, resident=resident) if row else None

    def row(self, edition: Edition, code: str, days: Days) -> Row | None:
        """The row of the place that is in force."""
        day = edition.governing(days)
        for row in reversed(self.rows.get(code, ())):
            first = _date(row, "effective", edition.head.effective)
            if first <= day <= _date(row, "through", edition.head.through or date.max):
                return row
        return None

    def _with_figures(self, edition: Edition, row: Row, *, resident: bool) -> Edition | None:
        figures = dict(edition.head.figures)
        for column, cell in row.items():
            if cell and column not in OWN_COLUMNS and column not in RATES.values():
                figures[column] = _figure(cell)
        if RATES.values() & row.keys():
            rate = row.get(RATES[resident])
            if not rate:
                return None
            figures["rate"] = _figure(rate)
        head = evolve(
            edition.head,
            figures=figures,
            effective=_date(row, "effective", edition.head.effective),
            through=_date(row, "through", edition.head.through),
            places=_places(edition.head.places, row),
        )
        written = f"{edition.digest} {resident} {sorted(row.items())}"
        identity = f"{edition.id}/{row['code'].lower()}"
        path = f"{self.paths[row['code']]} ({row['code']})"
        return Edition(identity, path, head, sha256(written.encode()).hexdigest())


def read_register(paths: Iterable[str]) -> Register:
    """The rows of the files; a place in a later file replaces that of an earlier one.

    Raises `TableError` if a row has no code or name, or more cells than there are columns.
    """
    rows: dict[str, tuple[Row, ...]] = {}
    places: dict[str, str] = {}
    for path in paths:
        found = _rows(path)
        rows.update(found)
        places.update(dict.fromkeys(found, path))
    return Register(rows, places)


def _rows(path: str) -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, restval="", strict=True):
            code = row.get("code")
            if not code or not row.get("name") or None in row:
                raise TableError(f"{path}: {code or 'a row'} needs a code, a name and its columns")
            found[code] = (*found.get(code, ()), row)
    return found


def _places(of_table: Places, row: Row) -> Places:
    """What the table says of its places, with what the row says of its own."""
    kind = row.get("kind") or of_table.kind
    wages = row.get("wages") or of_table.wages
    return evolve(of_table, name=row["name"], kind=kind, wages=wages)


def _figure(cell: str) -> Any:
    if cell.isdecimal():
        return int(cell)
    try:
        return Decimal(cell)
    except InvalidOperation:
        return cell


def _date(row: Row, column: str, default: Any) -> Any:
    cell = row.get(column)
    return date.fromisoformat(cell) if cell else default
