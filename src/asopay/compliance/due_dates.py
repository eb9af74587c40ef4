"""What an employer has to do by when: deposits, returns, statements, notices.

The dates are rules of the tax tables, computed for a year; what falls on a weekend or a legal
holiday of the District of Columbia moves to the next business day (26 U.S.C. 7503,
https://uscode.house.gov/), where the law lets it.

>>> employer = Filer(schedule="monthly")
>>> for due in calendar(2026, employer).dates[:2]:
...     print(due.day, due.what)
2026-01-15 Federal tax deposit for wages paid in December 2025
2026-02-02 Deposit of federal unemployment tax, if it has come to more than 500 dollars
"""

from __future__ import annotations

from calendar import month_name, monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Literal

from attrs import field, frozen

from asopay.compliance.business_days import ONE_DAY, is_business_day, on_or_after
from asopay.compliance.deposits import Schedule, due_of_payday
from asopay.errors import one_of
from asopay.jurisdictions import STATES, name
from asopay.ledger import Quarter
from asopay.tables import Days, TaxTables

Moves = Literal["later", "earlier", "no"]
MONTHS = range(1, 13)


@frozen
class DueRule:
    """What is due every quarter, at the end of the month after it, or on a day of every year.

    A yearly one is due `years_after` the year that it is for. It applies to employers with all that
    it `needs`, and none of `unless`. What falls on no business day `moves` later, earlier, or not.
    """

    what: str
    every: Literal["quarter", "year"]
    month: int = 0
    day: int = 0
    years_after: int = 1
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    moves: Moves = "later"

    def days(self, year: int) -> Iterator[tuple[date, str]]:
        """The days of a year on which it is due before any move, and what it is for."""
        if self.every == "year":
            last = monthrange(year, self.month)[1]
            yield date(year, self.month, min(self.day, last)), str(year - self.years_after)
            return
        for number in (4, 1, 2, 3):
            quarter = Quarter(year - (number == 4), number)  # noqa: PLR2004
            yield quarter.month_after, str(quarter)


@frozen
class Figures:
    """The rules, and the number of employees from which an employer is a large one."""

    rule: tuple[DueRule, ...]
    large_employer: int | None = None


@frozen
class Filer:
    """What decides which dates an employer has.

    `schedule` is that of federal tax deposits, and `paydays` are needed for semiweekly ones.
    `traits` are others that rules need, such as ``retirement_plan``, ``safe_harbor_plan``,
    ``self_funded_health_plan``, ``third_party_sick_pay``, ``farmworkers``, ``files_annually``,
    ``reports_injuries``.
    """

    schedule: Schedule
    states: Sequence[str] = ()
    employee_count: int = 0
    paydays: Sequence[date] = ()
    traits: Sequence[str] = ()


@frozen(order=True)
class Due:
    """Something that is due: the day, what, for which period or year, and by which source."""

    day: date
    what: str
    period: str
    source: str = field(order=False)


@frozen
class ComplianceCalendar:
    """What is due in a year, in order, and the states whose dates are not in the tables."""

    year: int
    dates: tuple[Due, ...]
    not_known: tuple[str, ...] = ()

    def as_text(self) -> str:
        """A line for each date, and one for the states whose dates are not known."""
        lines = [f"{due.day}  {due.what}" + _of(due.period) for due in self.dates]
        lines += [f"Not known: what {name(state)} asks for" for state in self.not_known]
        return "\n".join(lines) + "\n"

    def as_icalendar(self, made: datetime) -> bytes:
        """The dates as an iCalendar file (RFC 5545) of whole days; `made` is its time stamp.

        Needs the extra ``calendar``: ``pip install asopay[calendar]``.
        """
        from icalendar import Calendar, Event

        file = Calendar()
        file.add("prodid", "-//asopay//compliance calendar//EN")
        file.add("version", "2.0")
        for due in self.dates:
            event = Event()
            event.add("uid", f"{_identity(due)}@asopay")
            event.add("dtstamp", made)
            event.add("dtstart", due.day)
            event.add("summary", due.what + _of(due.period))
            event.add("description", due.source)
            file.add_component(event)
        data: bytes = file.to_ical()
        return data


def _of(period: str) -> str:
    return f" ({period})" if period else ""


def _identity(due: Due) -> str:
    return sha256(f"{due.day} {due.what} {due.period}".encode()).hexdigest()[:32]


def calendar(year: int, employer: Filer, tables: TaxTables | None = None) -> ComplianceCalendar:
    """What the employer has to do in a calendar year, for that year or for the one before.

    Raises `ValueError` for a state or a trait that is not known, and `TableError` if no table
    covers the year.
    """
    tables = tables or TaxTables.from_environment()
    wrong = [state for state in employer.states if state not in STATES]
    if wrong:
        raise ValueError(f"states: {one_of(wrong)} is not a state such as US-CA")
    federal, source = _figures("US", year, tables)
    traits = _traits(employer, federal)
    dates = list(_deposits(year, employer))
    dates += _applied(federal, source, year, traits)
    not_known = []
    for state in sorted(set(employer.states)):
        if tables.editions(state, "due_dates"):
            figures, source = _figures(state, year, tables)
            dates += _applied(figures, source, year, traits, f"{name(state)}: ")
        else:
            not_known.append(state)
    return ComplianceCalendar(year, tuple(sorted(dates)), tuple(not_known))


def _figures(jurisdiction: str, year: int, tables: TaxTables) -> tuple[Figures, str]:
    edition = tables.in_force(jurisdiction, "due_dates", Days.on(date(year, 1, 1)))
    table = edition.table(Figures)
    return table.figures, table.sources[0].title


def _traits(employer: Filer, federal: Figures) -> set[str]:
    known = {trait for rule in federal.rule for trait in (*rule.needs, *rule.unless)}
    wrong = [trait for trait in employer.traits if trait not in known]
    if wrong:
        raise ValueError(f"traits: {one_of(wrong)} is not one of {one_of(sorted(known))}")
    is_large = federal.large_employer and employer.employee_count >= federal.large_employer
    return {*employer.traits, *(["large_employer"] if is_large else [])}


def _applied(
    figures: Figures, source: str, year: int, traits: set[str], heading: str = ""
) -> Iterator[Due]:
    for rule in figures.rule:
        if traits.issuperset(rule.needs) and traits.isdisjoint(rule.unless):
            for day, period in rule.days(year):
                yield Due(_moved(day, rule.moves), heading + rule.what, period, source)


def _moved(day: date, moves: Moves) -> date:
    if moves == "later":
        return on_or_after(day)
    while moves == "earlier" and not is_business_day(day):
        day -= ONE_DAY
    return day


def _deposits(year: int, employer: Filer) -> Iterator[Due]:
    """Deposits of what is withheld and matched: of each month, or of each payday."""
    source = "Publication 15, section 11"
    if employer.schedule == "monthly":
        for month in MONTHS:
            before = date(year, month, 1) - ONE_DAY
            what = f"Federal tax deposit for wages paid in {month_name[before.month]} {before.year}"
            yield Due(due_of_payday(before, "monthly"), what, "", source)
        return
    for payday in sorted(set(employer.paydays)):
        due = due_of_payday(payday, "semiweekly")
        if due.year == year:
            yield Due(due, f"Federal tax deposit for the payday of {payday}", "", source)
