"""Making groups: rows of one structure with the case that they share, checked without amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, field

from asopay.case import Case
from asopay.columns.certificates import Certificates
from asopay.columns.column import Rows
from asopay.columns.facts import distinct
from asopay.columns.group import TO_DATE, Group
from asopay.columns.leaf import Entry
from asopay.columns.listed import Item
from asopay.columns.recorded import Programs
from asopay.columns.told import Periods
from asopay.columns.window import Window
from asopay.earlier import BELOW_THRESHOLD
from asopay.errors import InvalidRequest
from asopay.frequencies import periods_per_year
from asopay.paycheck import PaycheckRequest
from asopay.preparing import prepare
from asopay.reading import reader_of
from asopay.rulebook import Rulebook

ToDate = Mapping[str, dict[str, Entry]]

MOST_KEPT = 2_000
"""So many structures are kept before it is begun anew."""

PLACEHOLDERS = ("amount", "hours", "hours_worked", "multiplier", "rate")
"""What of an earning stands as 1 in the document of a structure."""

OF_THE_ROW = ("id", "birth_date", "prior_year_wages")
"""What of an employee does not belong to a structure."""


@define(eq=False)
class Prepared:
    """A request of a structure with its case; amounts stand in it as placeholders."""

    request: PaycheckRequest
    case: Case
    by_amounts: bool


@define(eq=False)
class Attempt:
    """What came of the document of a structure: nothing if rows of it have to be computed alone.

    `unknown` are the entries of the year to date, by part and key, that no tax has.
    """

    prepared: Prepared | None = None
    unknown: list[tuple[str, str]] = field(factory=list)


@define(eq=False)
class Structure:
    """What rows of a window share, of which `row` is the first."""

    window: Window
    row: int
    elected: Sequence[Item]
    earned: Sequence[Item]
    to_date: ToDate

    def key(self) -> tuple[Any, ...]:
        """All of it."""
        return (
            self.window.schema,
            self.window.facts(self.row),
            tuple(each.slot for each in self.elected),
            tuple(each.slot for each in self.earned),
            tuple(map(tuple, self.to_date.values())),
        )

    def document(self) -> dict[str, Any]:
        """Its document, with placeholders for all that varies within it."""
        document = self.window.document(self.row)
        document.pop("periods_per_year", None)
        employee, employer = dict(document.get("employee", {})), dict(document.get("employer", {}))
        for name in OF_THE_ROW:
            employee.pop(name, None)
        employer.pop("legal_name", None)
        employee["certificates"] = {place: {} for place in self.window.filed.places(self.row)}
        earnings = document.get("earnings", [])
        return {
            **document,
            "employee": employee,
            "employer": employer,
            "earnings": [self._earning(each, earnings) for each in self.earned],
            "deductions": [
                {"kind": each.slot.kind, **dict.fromkeys(each.slot.given, "0")}
                for each in self.elected
            ],
            "year_to_date": {name: dict.fromkeys(self.to_date[name], "0") for name in TO_DATE},
        }

    def _earning(self, item: Item, earnings: Sequence[Any]) -> dict[str, Any]:
        """An earning as the first row has it; one that a row may lack has a kind and no facts."""
        number = self.window.earnings.number(item, self.row)
        if number < 0:
            return {"kind": item.slot.kind, **dict.fromkeys(item.slot.given, "1")}
        return {
            name: "1" if name in PLACEHOLDERS else value
            for name, value in (earnings[number] or {}).items()
        }


@define(eq=False)
class Maker:
    """Makes groups by a rulebook, and keeps what it prepared: structures come again."""

    rulebook: Rulebook
    _certificates: Certificates = field(factory=Certificates)
    _programs: Programs = field(factory=Programs)
    _kept: dict[Any, dict[Any, Attempt]] = field(factory=dict)

    def group(self, window: Window, rows: Rows) -> Group | None:
        """The group of rows of one structure, without those that have to be computed alone.

        None if no row is left; rows that are not in it are marked as `alone` in the window.
        """
        if not len(rows):
            return None
        to_date = {name: window.amounts(("year_to_date", name), rows) for name in TO_DATE}
        for key, entry in to_date["wages"].items():
            if key.endswith(f"/{BELOW_THRESHOLD}"):
                window.alone[rows[entry.valid]] = True
        elected, earned = window.elections.of(rows), window.earnings.of(rows)
        codes = window.periods.codes.take(rows)
        structure = Structure(window, int(rows[0]), elected, earned, to_date)
        found = self.prepared_for(structure, rows, codes)
        if found is None or found.by_amounts:
            window.alone[rows] = True
            return None
        boxes, alone = window.known.boxes, window.alone
        filed = self._certificates.profiles(found.case, window.answers, boxes, rows, alone)
        mine = alone[rows]
        if mine.any():
            return self.group(window, rows[~mine])
        periods = _periods(window, codes)
        return Group(
            window,
            rows,
            found.request,
            found.case,
            elected,
            earned,
            to_date,
            periods,
            filed,
            self._programs,
        )

    def prepared_for(self, structure: Structure, rows: Rows, codes: Rows) -> Prepared | None:
        """The request of the structure with its case, tried with every pay period of the rows."""
        kept = self._structure(structure.key())
        window, to_date = structure.window, structure.to_date
        document, found = None, None
        for code in distinct(codes):
            stated = window.stated(code)
            period = tuple(stated.items())
            if period not in kept:
                document = document or structure.document()
                kept[period] = self.attempt({**document, **stated})
            attempt = kept[period]
            if attempt.prepared is None:
                window.alone[rows[codes == code]] = True
            for name, unknown in attempt.unknown:
                window.alone[rows[to_date[name][unknown].valid]] = True
            found = found or attempt.prepared
        return found

    def _structure(self, key: Any) -> dict[Any, Attempt]:
        """What was kept of a structure, by pay period."""
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            found = self._kept[key] = {}
        return found

    def attempt(self, document: dict[str, Any]) -> Attempt:
        """The request with its case, without the taxes in the year to date that are not known."""
        found = self.prepare(document)
        if isinstance(found, Prepared):
            return Attempt(found)
        unknown = [fault.path.split(".", 2) for fault in found.faults]
        if any(path[0] != "year_to_date" for path in unknown):
            return Attempt()
        left_out = [(name, key) for _, name, key in unknown]
        to_date = {
            name: {key: amount for key, amount in amounts.items() if (name, key) not in left_out}
            for name, amounts in document["year_to_date"].items()
        }
        rest = self.attempt({**document, "year_to_date": to_date})
        return Attempt(rest.prepared, [*left_out, *rest.unknown])

    def prepare(self, document: Mapping[str, Any]) -> Prepared | InvalidRequest:
        """The document's request and case, or its faults."""
        faults: list[Any] = []
        request = reader_of(PaycheckRequest)(document, "", faults)
        try:
            case = prepare(request, self.rulebook)
        except InvalidRequest as error:
            return InvalidRequest([*faults, *error.faults])
        return InvalidRequest(faults) if faults else Prepared(request, case, _decided(case))


def _decided(case: Case) -> bool:
    """Whether amounts decide something before: a limit of assistance, a nonresidents' threshold."""
    if any(paid.kind in case.in_force.kinds.exempt for paid in case.earnings):
        return True
    of_work = {paid.work[0] for paid in case.earnings if paid.work[0] != paid.residence[0]}
    rules = (case.in_force.residence.get(state) for state in of_work)
    return any(each is not None and each.threshold is not None for each in rules)


def _periods(window: Window, codes: Rows) -> Periods:
    present = distinct(codes)
    renamed = np.zeros(window.periods.number, np.int64)
    renamed[present] = np.arange(len(present))
    kinds = []
    for code in present:
        stated = window.stated(code)
        frequency, number = stated["pay_frequency"], stated.get("periods_per_year")
        kinds.append((frequency, periods_per_year(frequency, number)))
    return Periods(renamed.take(codes), kinds)
