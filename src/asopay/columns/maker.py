"""Making groups: rows of one structure with the case that they share, checked without amounts."""

from __future__ import annotations

import json
from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

import numpy as np
from attrs import define, field

from asopay.case import Case
from asopay.columns.certificates import profiles
from asopay.columns.column import Rows
from asopay.columns.elections import Elected
from asopay.columns.group import TO_DATE, Group
from asopay.columns.leaves import Numbers
from asopay.columns.rules import Periods
from asopay.columns.window import Window
from asopay.earlier import BELOW_THRESHOLD
from asopay.errors import InvalidRequest
from asopay.frequencies import periods_per_year
from asopay.paycheck import PaycheckRequest
from asopay.preparing import prepare
from asopay.reading import reader_of
from asopay.rulebook import Rulebook

ToDate = Mapping[str, dict[str, Numbers]]

PLACEHOLDERS = ("amount", "hours", "hours_worked", "multiplier", "rate")
"""What of an earning stands as 1 in the document of a structure."""

OF_THE_ROW = ("id", "birth_date", "prior_year_wages")
"""What of an employee does not belong to a structure."""


@define(eq=False)
class Prepared:
    """A request of a structure with its case; amounts stand in it as placeholders."""

    request: PaycheckRequest
    case: Case


@define(eq=False)
class Maker:
    """Makes groups by a rulebook, and keeps what it prepared: structures come again."""

    rulebook: Rulebook
    _prepared: MutableMapping[str, Prepared | InvalidRequest] = field(factory=dict)

    def group(self, window: Window, rows: Rows) -> Group | None:
        """The group of rows of one structure, without those that have to be computed alone.

        None if no row is left; rows that are not in it are marked as `alone` in the window.
        """
        if not len(rows):
            return None
        to_date = {name: window.numbers(("year_to_date", name), rows) for name in TO_DATE}
        for key, numbers in to_date["wages"].items():
            if key.endswith(f"/{BELOW_THRESHOLD}"):
                window.alone[rows[numbers.valid]] = True
        elected = window.elections.of(rows)
        found = self.prepared_for(window, rows, elected, to_date)
        if found is None or _decided_by_amounts(found.case):
            window.alone[rows] = True
            return None
        case = found.case
        homes = {*case.residence, *(home for paid in case.earnings for home in paid.residence)}
        forms = case.in_force.certificates
        boxes, alone = window.known.boxes, window.alone
        filed = profiles(forms, window.answers, boxes, homes=homes, rows=rows, alone=alone)
        if alone[rows].any():
            return self.group(window, rows[~alone[rows]])
        periods = _periods(window, rows)
        return Group(window, rows, found.request, case, elected, to_date, periods, filed)

    def prepared_for(
        self, window: Window, rows: Rows, elected: Sequence[Elected], to_date: ToDate
    ) -> Prepared | None:
        """The request of the structure with its case, tried with every pay period of the rows."""
        found = None
        document = _structure(window, rows[0], elected, to_date)
        codes = window.periods.codes[rows]
        for code, first in zip(*np.unique(codes, return_index=True), strict=True):
            tried = {**document, **window.period(int(rows[first]))}
            each = self.attempt(window, rows, tried, to_date)
            if each is None:
                window.alone[rows[codes == code]] = True
            found = found or each
        return found

    def attempt(
        self, window: Window, rows: Rows, document: dict[str, Any], to_date: ToDate
    ) -> Prepared | None:
        """The request with its case; rows with an unknown tax in the year to date are left out."""
        found = self.prepare(document)
        if isinstance(found, Prepared):
            return found
        unknown = [fault.path.split(".", 2) for fault in found.faults]
        if any(path[0] != "year_to_date" for path in unknown):
            return None
        for _, name, key in unknown:
            window.alone[rows[to_date[name][key].valid]] = True
            del document["year_to_date"][name][key]
        return self.attempt(window, rows, document, to_date)

    def prepare(self, document: Mapping[str, Any]) -> Prepared | InvalidRequest:
        """The document's request and case, or its faults."""
        key = json.dumps(document)
        if key not in self._prepared:
            faults: list[Any] = []
            request = reader_of(PaycheckRequest)(document, "", faults)
            try:
                self._prepared[key] = Prepared(request, prepare(request, self.rulebook))
            except InvalidRequest as error:
                self._prepared[key] = InvalidRequest([*faults, *error.faults])
            if faults:
                self._prepared[key] = InvalidRequest(faults)
        return self._prepared[key]


def _decided_by_amounts(case: Case) -> bool:
    """Whether amounts decide something before: a limit of assistance, a nonresidents' threshold."""
    if any(paid.kind in case.in_force.kinds.exempt for paid in case.earnings):
        return True
    of_work = {paid.work[0] for paid in case.earnings if paid.work[0] != paid.residence[0]}
    rules = (case.in_force.residence.get(state) for state in of_work)
    return any(each is not None and each.threshold is not None for each in rules)


def _structure(
    window: Window, row: int, elected: Sequence[Elected], to_date: ToDate
) -> dict[str, Any]:
    """The document of a structure, with placeholders for all that varies within it."""
    document = window.document(int(row))
    document.pop("periods_per_year", None)
    employee, employer = dict(document.get("employee", {})), dict(document.get("employer", {}))
    for name in OF_THE_ROW:
        employee.pop(name, None)
    employer.pop("legal_name", None)
    filed = employee.get("certificates", {})
    employee["certificates"] = {place: {} for place in sorted(filed) if place != "US"}
    earnings = [
        {name: "1" if name in PLACEHOLDERS else value for name, value in (earning or {}).items()}
        for earning in document.get("earnings", [])
    ]
    deductions = [{"kind": each.kind, **dict.fromkeys(each.given, "0")} for each in elected]
    return {
        **document,
        "employee": employee,
        "employer": employer,
        "earnings": earnings,
        "deductions": deductions,
        "year_to_date": {name: dict.fromkeys(to_date[name], "0") for name in TO_DATE},
    }


def _periods(window: Window, rows: Rows) -> Periods:
    codes = window.periods.codes[rows]
    _, firsts, numbers = np.unique(codes, return_index=True, return_inverse=True)
    kinds = []
    for first in firsts:
        stated = window.period(int(rows[first]))
        frequency, number = stated["pay_frequency"], stated.get("periods_per_year")
        kinds.append((frequency, periods_per_year(frequency, number)))
    return Periods(numbers.astype(np.int64), kinds)
