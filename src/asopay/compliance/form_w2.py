"""Forms W-2 and W-3, the year's statements, from the ledger.

- General Instructions for Forms W-2 and W-3: https://www.irs.gov/pub/irs-pdf/iw2w3.pdf
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import field, frozen

from asopay import taxability
from asopay.compliance.form_941 import ADDITIONAL, INCOME_TAXES, MEDICARE, SOCIAL_SECURITY
from asopay.compliance.returns import Behind, behind
from asopay.jurisdictions import STATES, state_part
from asopay.ledger import Entry, Ledger, totals
from asopay.money import Cents
from asopay.tables import Days, TaxTables

FEDERAL = {
    "1": tuple(f"employee_wages/{tax}" for tax in INCOME_TAXES),
    "2": tuple(f"employee_tax/{tax}" for tax in INCOME_TAXES),
    "3": (f"employee_wages/{SOCIAL_SECURITY}",),
    "4": (f"employee_tax/{SOCIAL_SECURITY}",),
    "5": (f"employee_wages/{MEDICARE}",),
    "6": (f"employee_tax/{MEDICARE}", f"employee_tax/{ADDITIONAL}"),
    "7": (f"tips/{SOCIAL_SECURITY}",),
}
"""The accounts behind each box; box 3 is less what box 7 has."""

STATE_INCOME_TAXES = ("income_tax", "supplemental_income_tax")
DEFERRED = "12a"
"""The box of Form W-3 that adds up the deferrals."""


@frozen
class Figures:
    """How the form of a year is laid out.

    `other` is the box for other amounts, `deferrals` the codes of box 12 that Form W-3 adds up,
    `local_income_taxes` the names of taxes of places that are income taxes, and `earnings` the
    boxes of kinds of earnings that this form has beside those of the taxability table.
    """

    other: str
    deferrals: tuple[str, ...]
    local_income_taxes: tuple[str, ...]
    earnings: dict[str, str] = field(factory=dict)


@frozen
class PlaceWages:
    """The wages that a state or place taxes, and the tax withheld for it, in cents."""

    place: str
    wages_cents: Cents
    tax_cents: Cents


@frozen
class WageStatement:
    """The Form W-2 of an employee: cents by box, such as ``1`` or ``12 D``.

    `states` are boxes 15 to 17, `localities` boxes 18 to 20, and `accounts` names what of the
    ledger each box adds up.
    """

    employee: str
    year: int
    ein: str
    boxes: Mapping[str, Cents]
    states: tuple[PlaceWages, ...]
    localities: tuple[PlaceWages, ...]
    accounts: Mapping[str, tuple[str, ...]]
    entries: tuple[Entry, ...]

    def behind(self, box: str) -> Iterator[Behind]:
        """The entries of the ledger behind a box."""
        return behind(self.entries, self.accounts.get(box, ()))


def form_w2(
    ledger: Ledger,
    employee: str,
    year: int,
    ein: str = "",
    *,
    also: Mapping[str, Cents] | None = None,
    tables: TaxTables | None = None,
) -> WageStatement:
    """The statement of an employee for a year under an EIN; amounts in cents.

    `also` are amounts that no paycheck shows, by box, such as ``12 DD`` or ``12 TT``. Raises
    `TableError` if no table covers the year.

    >>> form_w2(Ledger(), "E-1", 2026).boxes
    {}
    """
    entries = ledger.of(year=year, employee=employee, ein=ein)
    return _statement(entries, _Layout.of(year, tables), also or {}, employee=employee, ein=ein)


def forms_w2(
    ledger: Ledger, year: int, ein: str = "", *, tables: TaxTables | None = None
) -> list[WageStatement]:
    """The statements of all employees who were paid in a year under an EIN, by employee."""
    layout = _Layout.of(year, tables)
    by_employee: dict[str, list[Entry]] = {}
    for entry in ledger.of(year=year, ein=ein):
        by_employee.setdefault(entry.employee, []).append(entry)
    return [
        _statement(entries, layout, {}, employee=employee, ein=ein)
        for employee, entries in sorted(by_employee.items())
        if totals(entries)
    ]


@frozen
class _Layout:
    year: int
    figures: Figures
    kinds: taxability.Figures

    @classmethod
    def of(cls, year: int, tables: TaxTables | None) -> _Layout:
        tables = tables or TaxTables.from_environment()
        days = Days.on(date(year, 12, 31))
        figures = tables.in_force("US", "form_w2", days).table(Figures).figures
        kinds = tables.in_force("US", "taxability", days).table(taxability.Figures).figures
        return cls(year, figures, kinds)

    def boxes(self, accounts: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The boxes that accounts belong to, each with all of its accounts."""
        boxes: dict[str, tuple[str, ...]] = {}
        for account in accounts:
            box = self.box(*account.split("/", 1))
            if box:
                boxes[box] = (*boxes.get(box, ()), account)
        return FEDERAL | boxes

    def box(self, account: str, of: str = "") -> str:
        """The box of an account beside the federal ones; empty for one that no box shows."""
        if account == "earnings":
            own = self.figures.earnings.get(of, "")
            return own or getattr(self.kinds.earnings.get(of), "w2", "")
        if account in ("deduction", "employer_deduction"):
            kind = self.kinds.deductions.get(of)
            shows = account == "deduction" or getattr(kind, "w2_employer", False)
            return getattr(kind, "w2", "") if shows else ""
        if account == "employee_tax" and not self.is_income_tax(of) and not of.startswith("US/"):
            return f"{self.figures.other} {of}"
        return ""

    def is_income_tax(self, tax: str) -> bool:
        """Whether boxes 15 to 20 show the tax."""
        place, _, name = tax.partition("/")
        names = STATE_INCOME_TAXES if place in STATES else self.figures.local_income_taxes
        return name in names


def _statement(
    entries: list[Entry], layout: _Layout, also: Mapping[str, Cents], *, employee: str, ein: str
) -> WageStatement:
    sums = totals(entries)
    accounts = layout.boxes(sums)
    boxes = {box: sum(sums.get(name, 0) for name in names) for box, names in accounts.items()}
    boxes["3"] -= boxes["7"]
    for box, amount in also.items():
        boxes[box] = boxes.get(box, 0) + amount
    places = list(_places(sums, layout))
    return WageStatement(
        employee=employee,
        year=layout.year,
        ein=ein,
        boxes={box: amount for box, amount in boxes.items() if amount},
        states=tuple(place for place in places if place.place in STATES),
        localities=tuple(place for place in places if place.place not in STATES),
        accounts=accounts,
        entries=tuple(entries),
    )


def _places(sums: Mapping[str, Cents], layout: _Layout) -> Iterator[PlaceWages]:
    taxes = {name.split("/", 1)[1] for name in sums if name.startswith("employee_wages/US-")}
    by_place: dict[str, list[str]] = {}
    for tax in sorted(taxes):
        if layout.is_income_tax(tax):
            by_place.setdefault(tax.partition("/")[0], []).append(tax)
    for place, ids in by_place.items():
        wages = sum(sums.get(f"employee_wages/{tax}", 0) for tax in ids)
        yield PlaceWages(place, wages, sum(sums.get(f"employee_tax/{tax}", 0) for tax in ids))


def form_w3(
    statements: Iterable[WageStatement], *, tables: TaxTables | None = None
) -> dict[str, Cents]:
    """The boxes of Form W-3: those of all statements of a year added up, in cents.

    Box ``12a`` adds up the deferrals of box 12; ``16`` to ``19`` those of all states and places.

    >>> form_w3([])
    {}
    """
    sums: dict[str, Cents] = {}

    def add(box: str, amount: Cents) -> None:
        sums[box] = sums.get(box, 0) + amount

    layout: _Layout | None = None
    for statement in statements:
        layout = layout or _Layout.of(statement.year, tables)
        for box, amount in statement.boxes.items():
            number, _, code = box.partition(" ")
            if number != "12":
                add(number, amount)
            elif code in layout.figures.deferrals:
                add(DEFERRED, amount)
        for box, places in (("16", statement.states), ("18", statement.localities)):
            for place in places:
                add(box, place.wages_cents)
                add(str(int(box) + 1), place.tax_cents)
    return sums


def states_of(statement: WageStatement) -> set[str]:
    """The states to which the statement has to be sent."""
    return {state_part(place.place) for place in (*statement.states, *statement.localities)}
