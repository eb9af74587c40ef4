"""Taking deductions from gross pay, in the order in which they were elected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field

from asopay.deductions.elective_deferrals import Figures, limited
from asopay.money import Cents, Rate, at_most, share, to_cents
from asopay.tables import Table
from asopay.taxability import Taken, Wages
from asopay.worksheet import Worksheet


@define
class Election:
    """A deduction as elected: an amount in cents, or a rate of gross pay.

    `limited` ones are elective deferrals under the limit of the year.
    """

    kind: str
    amount: Cents
    percent: Rate | None
    employer_amount: Cents
    limited: bool


@define
class Deferrals:
    """The year's limit on elective deferrals, and where the employee stands, in cents."""

    table: Table[Figures]
    catch_up: Cents
    deferred_before: Cents


@define
class Deductions:
    """Deductions as taken, each with its election, and the worksheets of those under a limit."""

    elections: list[Election] = field(factory=list)
    elected: list[Cents] = field(factory=list)
    taken: list[Taken] = field(factory=list)
    worksheets: dict[int, Worksheet] = field(factory=dict)


def take_deductions(
    elections: Iterable[Election],
    gross: Wages,
    deferrals: Deferrals,
    taken_before: Mapping[str, Cents],
) -> Deductions:
    """The deductions taken from gross pay; `taken_before` earlier in the year, by kind."""
    deductions = Deductions()
    deferred = deferrals.deferred_before
    before = dict(taken_before)
    for number, election in enumerate(elections):
        amount, from_flat = _elected(election, gross)
        deductions.elections.append(election)
        deductions.elected.append(amount)
        if election.limited:
            line = limited(amount, deferred, deferrals.catch_up, deferrals.table)
            deductions.worksheets[number] = line
            amount = line.result
            deferred += amount
        kind = election.kind
        taken = Taken(kind, amount, at_most(from_flat, amount), election.employer_amount)
        taken.before = before.get(kind, 0)
        before[kind] = taken.before + amount
        deductions.taken.append(taken)
    return deductions


def _elected(election: Election, gross: Wages) -> tuple[Cents, Cents]:
    """The elected amount, and the part of it that a percentage takes from flat-taxed wages."""
    if election.percent is None:
        return election.amount, 0
    amount = to_cents(share(gross.gross, election.percent))
    return amount, to_cents(share(gross.flat, election.percent))
