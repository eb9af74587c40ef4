"""A tax table: what makes it trustworthy, and the figures as its publication prints them."""

from __future__ import annotations

from datetime import date
from typing import Any, Generic, Literal, TypeVar

from attrs import field, frozen
from attrs.validators import min_len

Figures = TypeVar("Figures")

T = TypeVar("T")

GovernedBy = Literal["pay_date", "period_start", "period_end"]

LeviedOn = Literal[
    "insured",
    "residence",
    "work",
    "residence and work",
    "residence, else work",
    "work, or residence by courtesy",
    "work, else residence in the state",
]
"""Whose wages a tax is on: of those insured in the state, of residents, or for work there.

By courtesy, the employer withholds what a resident who works elsewhere owes the place. Where the
tax is on work, else on residence in the state, a resident owes it for work in the state where no
place levies an income tax, and by courtesy for work in another state.
"""


@frozen
class Source:
    """A publication that a table was taken from or compared with, and what was read of it."""

    title: str
    publisher: str
    url: str
    read: str
    form: str = ""
    revision: str = ""


@frozen
class Places:
    """What a table of local taxes says beside its figures.

    `register` is a CSV file beside the table that has a row of figures for each place; without one,
    the table is in the folder of its place. `wages` is the tax whose wages count, such as
    ``US-OH/income_tax``, or ``gross``. `tax` names the tax, if it is not the table. `name` is that
    of the place and `kind` what it is, such as a county. `only` limits the tax to residents of the
    place or to others. `boxes` are boxes of the state's certificate by the names under which the
    rule reads them. With `credit`, what other places of the same table withhold from a resident's
    wages reduces the resident's tax. `days` is the number of days of work there in the year that a
    nonresident has to pass. With `january_first`, the tax goes by the
    place of residence or work on January 1, where that is stated. With `once`, one place of the
    table takes the tax from a paycheck, that of most of the pay, and what others took in the year
    counts. Residents of a place that levies the tax of the table `not_beside` do not owe this one.
    """

    wages: str = ""
    register: str = ""
    tax: str = ""
    name: str = ""
    kind: str = ""
    only: Literal["", "residents", "nonresidents"] = ""
    boxes: dict[str, str] = field(factory=dict)
    credit: bool = False
    days: int | None = None
    january_first: bool = False
    once: bool = False
    not_beside: str = ""


@frozen
class Head:
    """The keys of a table's file.

    `governed_by` is the date that decides which edition is in force. `methods` maps the names of
    the publication's methods, the default first, to functions of the rule's module. `frequencies`
    lists, by method, the pay frequencies that it covers, where it does not cover all, and
    `daily_periods` is the number it divides a daily payroll by, where that is not 260. `wages_of`
    names the tax of the same jurisdiction whose wages this one is computed on.
    `private_plan` is the law by which a plan of the employer's own takes the tax's place, and
    `with_private_plan` names the tax of the jurisdiction with whose private plan this one is owed.
    `levied_on` says whose wages are taxed; left out, an income tax is on those of residents and of
    work in the place, and a contribution on those of employees insured in the state. `places` makes
    it a table of local taxes.
    """

    effective: date
    source: tuple[Source, ...] = field(validator=min_len(1))
    checked: tuple[str, ...]
    rule: str
    through: date | None = None
    unverified: tuple[str, ...] = ()
    governed_by: GovernedBy = "pay_date"
    methods: dict[str, str] = field(factory=dict)
    frequencies: dict[str, tuple[str, ...]] = field(factory=dict)
    daily_periods: int | None = None
    wages_of: str = ""
    private_plan: str = ""
    with_private_plan: str = ""
    levied_on: LeviedOn | None = None
    places: Places = field(factory=Places)
    figures: dict[str, Any] = field(factory=dict)


@frozen
class Days:
    """The dates of a paycheck, one of which decides which edition of a table is in force.

    The pay date stands for the period's dates where they are not given.
    """

    pay_date: date
    period_start: date
    period_end: date

    @classmethod
    def on(cls, day: date) -> Days:
        """One day for all of them."""
        return cls(day, day, day)


@frozen
class Table(Generic[Figures]):
    """One edition of one tax: its head, its figures in the shape that its rule reads, its digest.

    `id` is the path of the file without its ending, such as ``us/income_tax/2026-01-01``, and
    `digest` the SHA-256 of the file.
    """

    id: str
    head: Head
    figures: Figures
    digest: str

    @property
    def sources(self) -> tuple[Source, ...]:
        """The publications, the one that was followed first."""
        return self.head.source

    @property
    def effective(self) -> date:
        """The first day on which the table is in force."""
        return self.head.effective

    @property
    def through(self) -> date | None:
        """The last day on which the table may be used; None while no end is known."""
        return self.head.through


@frozen
class Edition:
    """A table file as found: its id, its path, its head, and the digest of its bytes."""

    id: str
    path: str
    head: Head
    digest: str

    def table(self, shape: type[T]) -> Table[T]:
        """The table, its figures in the given shape."""
        from asopay.tables.shapes import structure

        figures = structure(self.head.figures, shape, f"{self.path}: figures")
        return Table(self.id, self.head, figures, self.digest)

    @property
    def dates(self) -> str:
        """The days on which the edition is in force, in words."""
        end = f"to {self.head.through}" if self.head.through else "on"
        return f"{self.head.effective} {end}"

    @property
    def has_register(self) -> bool:
        """Whether its figures stand in a register, by place."""
        return bool(self.head.places.register)

    def has_begun(self, days: Days) -> bool:
        """Whether the edition is in force on the day that governs it, or was before it ended."""
        return self.governing(days) >= self.head.effective

    def has_ended(self, days: Days) -> bool:
        """Whether the day that governs the edition is past its last."""
        return self.head.through is not None and self.governing(days) > self.head.through

    def governing(self, days: Days) -> date:
        """The one of a paycheck's days that governs the edition."""
        day: date = getattr(days, self.head.governed_by)
        return day
