"""Taking deductions from gross pay, in the order in which they were elected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, evolve, field

from asopay.deductions.elective_deferrals import Figures, limited
from asopay.money import Cents, Rate, at_most, share, to_cents
from asopay.tables import Table
from asopay.taxability import Taken, Wages
from asopay.worksheet import Worksheet


@define
class Election:
    """A deduction as elected: an amount in cents, or a rate of gross pay.

    `limit` names the limit of the year that a deferral is under, and `roth` ones are taken after
    tax. `arrears` are what earlier
    paychecks could not pay, of which up to `arrears_limit` is taken on top. No more than the `cap`
    is taken where pay does not suffice.
    """

    kind: str
    amount: Cents
    percent: Rate | None
    employer_amount: Cents
    limit: str = ""
    roth: bool = False
    arrears: Cents = 0
    arrears_limit: Cents | None = None
    cap: Cents | None = None


@define
class Deferrals:
    """A limit of the year on deferrals, and where the employee stands, in cents.

    `pre_tax` are those of the `deferred` that were not Roth; with `roth_catch_up` the catch-up
    amount is only for Roth deferrals.
    """

    table: Table[Figures]
    catch_up: Cents
    deferred: Cents
    pre_tax: Cents = 0
    roth_catch_up: bool = False

    def limited(self, amount: Cents, election: Election) -> Worksheet:
        """The amount as far as the limit leaves room for it."""
        pre_tax = self.pre_tax if self.roth_catch_up and not election.roth else None
        return limited(amount, self.deferred, self.catch_up, self.table, pre_tax)

    def count(self, amount: Cents, election: Election) -> None:
        """Adds a deferral that was taken."""
        self.deferred += amount
        self.pre_tax += 0 if election.roth else amount


@define
class Deductions:
    """Deductions as taken, each with its election, and the worksheets of those under a limit.

    `unpaid` is what pay did not suffice for, and `arrears` what is owed after this paycheck.
    """

    elections: list[Election] = field(factory=list)
    elected: list[Cents] = field(factory=list)
    taken: list[Taken] = field(factory=list)
    worksheets: dict[int, Worksheet] = field(factory=dict)
    unpaid: list[Cents] = field(factory=list)
    arrears: list[Cents] = field(factory=list)


def take_deductions(
    elections: Iterable[Election],
    gross: Wages,
    deferrals: Mapping[str, Deferrals],
    taken_before: Mapping[str, Cents],
) -> Deductions:
    """The deductions taken from gross pay; `taken_before` earlier in the year, by kind."""
    deductions = Deductions()
    standing = {limit: evolve(each) for limit, each in deferrals.items()}
    before = dict(taken_before)
    for number, election in enumerate(elections):
        amount, from_flat = _elected(election, gross)
        amount += _caught_up(election)
        deductions.elections.append(election)
        deductions.elected.append(amount)
        limit = standing.get(election.limit)
        if limit:
            line = limit.limited(amount, election)
            deductions.worksheets[number] = line
            amount = line.result
        due = amount
        amount = amount if election.cap is None else at_most(amount, election.cap)
        deductions.unpaid.append(due - amount)
        deductions.arrears.append(_owed(election, due, amount))
        if limit:
            limit.count(amount, election)
        kind = election.kind
        taken = Taken(kind, amount, at_most(from_flat, amount), election.employer_amount)
        taken.before = before.get(kind, 0)
        before[kind] = taken.before + amount
        deductions.taken.append(taken)
    return deductions


def _caught_up(election: Election) -> Cents:
    """What is taken of earlier arrears."""
    limit = election.arrears_limit
    return election.arrears if limit is None else at_most(election.arrears, limit)


def _owed(election: Election, due: Cents, taken: Cents) -> Cents:
    """The arrears after this paycheck; a deferral that could not be made is not owed."""
    if election.limit:
        return 0
    return election.arrears - _caught_up(election) + due - taken


def _elected(election: Election, gross: Wages) -> tuple[Cents, Cents]:
    """The elected amount, and the part of it that a percentage takes from flat-taxed wages."""
    if election.percent is None:
        return election.amount, 0
    amount = to_cents(share(gross.gross, election.percent))
    return amount, to_cents(share(gross.flat, election.percent))
