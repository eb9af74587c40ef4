"""Finding tax tables: the shipped folder, a user's own folders over it, and editions by date."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from os.path import abspath, dirname, isdir, join, splitext

from asopay.errors import TableError, one_of
from asopay.tables.table import Days, Edition

OVERLAY_VARIABLE = "ASOPAY_TAX_TABLES"
"""The environment variable that names a folder to lay over the shipped tables."""


def shipped_folder() -> str:
    """The folder of tables that comes with the package: in the wheel, or beside ``src``."""
    package = dirname(dirname(abspath(__file__)))
    installed = join(package, "tax_tables")
    return installed if isdir(installed) else join(dirname(dirname(package)), "tax_tables")


class TaxTables:
    """The tables of the shipped folder, with folders of the user's own laid over them.

    A file of an overlay replaces the shipped one of the same jurisdiction, tax and date, and adds
    an edition or a tax where there is none. Files are read when first asked for, and kept.
    """

    def __init__(self, *overlays: str | os.PathLike[str]) -> None:
        self.folders = (shipped_folder(), *(os.fspath(folder) for folder in overlays))
        for folder in self.folders:
            if not isdir(folder):
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
        return {
            entry.name
            for folder in self.folders
            if isdir(join(folder, place))
            for entry in os.scandir(join(folder, place))
            if entry.is_dir()
        }

    def editions(self, jurisdiction: str, tax: str) -> tuple[Edition, ...]:
        """All editions of a tax, oldest first; none if there is no table for it."""
        key = (jurisdiction, tax)
        if key not in self._editions:
            self._editions[key] = tuple(self._read(f"{jurisdiction.lower()}/{tax}"))
        return self._editions[key]

    def _read(self, place: str) -> Iterator[Edition]:
        from asopay.tables.files import read_edition

        paths = {}
        for folder in self.folders:
            if isdir(join(folder, place)):
                paths.update({e.name: e.path for e in os.scandir(join(folder, place))})
        for name in sorted(paths):
            stem, ending = splitext(name)
            if ending == ".toml":
                yield read_edition(paths[name], f"{place}/{stem}")

    def in_force(self, jurisdiction: str, tax: str, on: Days | date) -> Edition:
        """The edition in force on a date, or on the days of a paycheck.

        Each edition says which of the days governs it. Raises `TableError` with the dates that are
        covered if there is none.
        """
        days = Days.on(on) if isinstance(on, date) else on
        editions = self.editions(jurisdiction, tax)
        begun = [edition for edition in editions if edition.has_begun(days)]
        if begun and not begun[-1].has_ended(days):
            return begun[-1]
        day = (begun or editions)[-1].governing(days) if editions else days.pay_date
        covered = one_of(edition.dates for edition in editions) or "no date at all"
        raise TableError(f"no table of {jurisdiction}/{tax} for {day}: covered is {covered}")

    def all(self) -> Iterable[Edition]:
        """Every edition of every tax."""
        for jurisdiction in self.jurisdictions():
            for tax in self.taxes(jurisdiction):
                yield from self.editions(jurisdiction, tax)
