"""Finding tax tables: the shipped folder, a user's own folders over it, and editions by date."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from os.path import abspath, dirname, isdir, isfile, join, splitext
from typing import TYPE_CHECKING

from asopay.errors import TableError, one_of
from asopay.jurisdictions import state_part
from asopay.tables.table import Days, Edition, Places

if TYPE_CHECKING:
    from asopay.tables.registers import Register

OVERLAY_VARIABLE = "ASOPAY_TAX_TABLES"
"""The environment variable that names a folder to lay over the shipped tables."""

_OTHERS = {True: "nonresidents", False: "residents"}
"""Those to whom a tax for residents, or for nonresidents, does not apply."""


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
        self._registers: dict[str, Register] = {}
        self.known_places: dict[tuple[str, ...], tuple[str, ...]] = {}
        """Nested places that were found to be known, by the codes that the tables have for them:
        a memory for those who ask again."""

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

    def register(self, edition: Edition) -> Register:
        """The register of a table of local taxes, with the rows of all folders."""
        if edition.id not in self._registers:
            from asopay.tables.registers import read_register

            name = join(dirname(edition.id), edition.head.places.register)
            paths = [join(folder, name) for folder in self.folders]
            self._registers[edition.id] = read_register(path for path in paths if isfile(path))
        return self._registers[edition.id]

    def places(self, state: str) -> dict[str, Places]:
        """The places of a state that its newest registers have, by code."""
        found: dict[str, Places] = {}
        newest = {edition.id.rpartition("/")[0]: edition for edition in self._registers_of(state)}
        for edition in newest.values():
            found.update(self.register(edition).places(edition))
        return dict(sorted(found.items()))

    def code(self, state: str, place: str) -> str:
        """The code that the registers have for a place of the state, which may have another one."""
        for edition in self._registers_of(state):
            place = self.register(edition).codes.get(place, place)
        return place

    def has_row(self, state: str, place: str) -> bool:
        """Whether one of the registers of the state has the place."""
        registers = self._registers_of(state)
        return any(place in self.register(edition).rows for edition in registers)

    def _registers_of(self, state: str) -> Iterator[Edition]:
        """The editions of the state that have a register, those of a tax from the oldest on."""
        for tax in self.taxes(state):
            for edition in self.editions(state, tax):
                if edition.has_register:
                    yield edition

    def local(self, place: str, days: Days, *, resident: bool) -> dict[str, Edition]:
        """The taxes that a place levies on those who live there, or only work there, by table.

        They stand in the registers of its state, or in a folder of its own.
        """
        found = {}
        state = state_part(place)
        for tax in self.taxes(state):
            if any(edition.has_register for edition in self.editions(state, tax)):
                edition = self._in_force(state, tax, days)
                row = edition and self.register(edition).edition(
                    edition, place, days, resident=resident
                )
                if row:
                    found[f"{state}/{tax}"] = row
        for tax in self.taxes(place):
            edition = self.in_force(place, tax, days)
            if edition.head.places.only != _OTHERS[resident]:
                found[f"{place}/{tax}"] = edition
        return found

    def not_covered(self, place: str, days: Days) -> list[str]:
        """The tables of local taxes that know the place, and have nothing of it for the day."""
        state = state_part(place)
        found: dict[str, None] = {}
        for known in self._registers_of(state):
            if place in self.register(known).rows:
                tax = known.id.split("/")[1]
                edition = self._in_force(state, tax, days)
                if not edition or not self.register(edition).row(edition, place, days):
                    found[f"{state}/{tax}"] = None
        return list(found)

    def _in_force(self, jurisdiction: str, tax: str, days: Days) -> Edition | None:
        try:
            return self.in_force(jurisdiction, tax, days)
        except TableError:
            return None

    def all(self) -> Iterable[Edition]:
        """Every edition of every tax, but registers."""
        for jurisdiction in self.jurisdictions():
            for tax in self.taxes(jurisdiction):
                for edition in self.editions(jurisdiction, tax):
                    if not edition.has_register:
                        yield edition

    def registers(self) -> Iterable[Edition]:
        """Every edition that has a register."""
        for jurisdiction in self.jurisdictions():
            for tax in self.taxes(jurisdiction):
                for edition in self.editions(jurisdiction, tax):
                    if edition.has_register:
                        yield edition
