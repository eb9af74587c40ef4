"""Finding tax tables: the shipped folder, a user's own folders over it, and editions by date."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from attrs import frozen

from asopay.errors import TableError, one_of
from asopay.tables.shapes import structure
from asopay.tables.table import Head, Table

T = TypeVar("T")

OVERLAY_VARIABLE = "ASOPAY_TAX_TABLES"
"""The environment variable that names a folder to lay over the shipped tables."""


def shipped_folder() -> Path:
    """The folder of tables that comes with the package: in the wheel, or beside ``src``."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "tax_tables"
    return installed if installed.is_dir() else package.parents[1] / "tax_tables"


@frozen
class Edition:
    """A table file as found: its id, its path, its head, and the digest of its bytes."""

    id: str
    path: Path
    head: Head
    digest: str

    def table(self, shape: type[T]) -> Table[T]:
        """The table, its figures in the given shape."""
        figures = structure(self.head.figures, shape, f"{self.path}: figures")
        return Table(self.id, self.head, figures, self.digest)

    @property
    def dates(self) -> str:
        """The days on which the edition is in force, in words."""
        end = f"to {self.head.through}" if self.head.through else "on"
        return f"{self.head.effective} {end}"


class TaxTables:
    """The tables of the shipped folder, with folders of the user's own laid over them.

    A file of an overlay replaces the shipped one of the same jurisdiction, tax and date, and adds
    an edition or a tax where there is none. Files are read when first asked for, and kept.
    """

    def __init__(self, *overlays: Path | str) -> None:
        self.folders = (shipped_folder(), *map(Path, overlays))
        for folder in self.folders:
            if not folder.is_dir():
                raise TableError(f"{folder} is not a folder of tax tables")
        self._editions: dict[tuple[str, str], tuple[Edition, ...]] = {}

    @classmethod
    def from_environment(cls) -> TaxTables:
        """The shipped tables with the folder that the environment variable names, if it is set."""
        overlay = os.environ.get(OVERLAY_VARIABLE)
        return cls(overlay) if overlay else cls()

    def jurisdictions(self) -> list[str]:
        """Codes of the jurisdictions that have tables, such as ``US-CA``, in order."""
        return sorted({name.upper() for name in self._folders_below("")})

    def taxes(self, jurisdiction: str) -> list[str]:
        """Names of the taxes (and other tables) of a jurisdiction, in order."""
        return sorted(self._folders_below(jurisdiction.lower()))

    def _folders_below(self, place: str) -> set[str]:
        below = (folder / place for folder in self.folders)
        return {d.name for top in below if top.is_dir() for d in top.iterdir() if d.is_dir()}

    def editions(self, jurisdiction: str, tax: str) -> tuple[Edition, ...]:
        """All editions of a tax, oldest first; none if there is no table for it."""
        key = (jurisdiction, tax)
        if key not in self._editions:
            self._editions[key] = tuple(self._read(f"{jurisdiction.lower()}/{tax}"))
        return self._editions[key]

    def _read(self, place: str) -> Iterator[Edition]:
        paths = {p.name: p for folder in self.folders for p in (folder / place).glob("*.toml")}
        for name in sorted(paths):
            yield read_edition(paths[name], f"{place}/{Path(name).stem}")

    def in_force(self, jurisdiction: str, tax: str, day: date) -> Edition:
        """The edition in force on the day.

        Raises `TableError` with the dates that are covered if there is none.
        """
        editions = self.editions(jurisdiction, tax)
        begun = [edition for edition in editions if edition.head.effective <= day]
        if begun and (begun[-1].head.through is None or day <= begun[-1].head.through):
            return begun[-1]
        covered = one_of(edition.dates for edition in editions) or "no date at all"
        raise TableError(f"no table of {jurisdiction}/{tax} for {day}: covered is {covered}")

    def all(self) -> Iterable[Edition]:
        """Every edition of every tax."""
        for jurisdiction in self.jurisdictions():
            for tax in self.taxes(jurisdiction):
                yield from self.editions(jurisdiction, tax)


def read_edition(path: Path, identity: str) -> Edition:
    """The file as an edition; `TableError` names the file and each key that does not fit."""
    content = path.read_bytes()
    try:
        values: dict[str, Any] = tomllib.loads(content.decode(), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TableError(f"{path}: {error}") from None
    head = structure(values, Head, str(path))
    if str(head.effective) != path.stem:
        raise TableError(f"{path}: effective is {head.effective}, the file's name says {path.stem}")
    return Edition(identity, path, head, sha256(content).hexdigest())
