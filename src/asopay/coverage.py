"""What asopay computes: the taxes by jurisdiction and year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from attrs import frozen

from asopay.errors import TableError
from asopay.in_force import NO_TAX, STATED
from asopay.jurisdictions import JURISDICTIONS, name, state_part
from asopay.rulebook import COMPUTING, RESIDENCE, SUPPORT, Rulebook
from asopay.tables import Edition, TaxTables


@frozen
class Covered:
    """One tax of one jurisdiction, and by year how many parts of its table are unverified.

    The table is the one in force at the year's end; None where there is none, or where another
    one is missing that every paycheck of the jurisdiction needs.
    """

    jurisdiction: str
    tax: str
    unverified: dict[int, int | None]


SAID = {NO_TAX: "none due", STATED: "stated"}
"""What is said of an income tax that is not computed, by its rule."""


def years_covered(tables: TaxTables) -> range:
    """The years for which there are tables of the federal income tax."""
    editions = tables.editions("US", "income_tax")
    last = editions[-1].head.through or editions[-1].head.effective
    return range(editions[0].head.effective.year, last.year + 1)


def covered(rulebook: Rulebook, years: range) -> Iterator[Covered]:
    """The coverage of every tax, the federal ones first."""
    tables = rulebook.tables
    present = set(tables.jurisdictions())
    for state in ("US", *JURISDICTIONS):
        places = sorted(place for place in present if state_part(place) == state)
        for place in places:
            for tax in (*rulebook.tax_names(place), *_registers(tables, place)):
                by_year = {year: _unverified(tables, place, tax, year) for year in years}
                yield Covered(place, tax, by_year)


def _registers(tables: TaxTables, jurisdiction: str) -> list[str]:
    """The tables of taxes of a state that have a register of places."""
    names = tables.taxes(jurisdiction)
    return [n for n in names if any(map(_is_local_tax, tables.editions(jurisdiction, n)))]


def _is_local_tax(edition: Edition) -> bool:
    return edition.has_register and edition.head.rule.startswith(COMPUTING)


def _unverified(tables: TaxTables, jurisdiction: str, tax: str, year: int) -> int | None:
    day = date(year, 12, 31)
    needed = (t for t in SUPPORT if t != RESIDENCE and tables.editions(jurisdiction, t))
    try:
        for table in needed:
            tables.in_force(jurisdiction, table, day)
        return len(tables.in_force(jurisdiction, tax, day).head.unverified)
    except TableError:
        return None


def as_markdown(rulebook: Rulebook) -> str:
    """The coverage as a Markdown table, a row for each tax.

    ``yes`` is a table whose figures were all checked as it says, ``partly`` one with parts that are
    marked unverified, ``none due`` a state without the tax, ``stated`` one that the request has to
    state, and ``–`` a year that is not covered.
    """
    years = years_covered(rulebook.tables)
    lines = [
        f"| Jurisdiction | Tax | {' | '.join(map(str, years))} |",
        f"|---|---|{'---|' * len(years)}",
    ]
    for row in covered(rulebook, years):
        cells = (_cell(rulebook.tables, row, year) for year in years)
        title = f"{_where(rulebook.tables, row)} | {_title(rulebook.tables, row)}"
        lines.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _where(tables: TaxTables, row: Covered) -> str:
    """The jurisdiction by name; a place within a state after the state."""
    state = state_part(row.jurisdiction)
    if row.jurisdiction == state:
        return name(state)
    places = tables.editions(row.jurisdiction, row.tax)[-1].head.places
    return f"{name(state)}: {places.name or row.jurisdiction}"


def _title(tables: TaxTables, row: Covered) -> str:
    """The tax in words, with the number of places that have it."""
    title = row.tax.replace("_", " ")
    newest = tables.editions(row.jurisdiction, row.tax)[-1]
    if not newest.has_register:
        return title
    number = len(tables.register(newest).rows)
    return f"{title}: {number} place{'s' if number > 1 else ''}"


def _cell(tables: TaxTables, row: Covered, year: int) -> str:
    unverified = row.unverified[year]
    if unverified is None:
        return "–"
    edition = tables.in_force(row.jurisdiction, row.tax, date(year, 12, 31))
    if edition.head.rule in SAID:
        return SAID[edition.head.rule]
    return "partly" if unverified else "yes"
