"""Taking deductions from gross pay, in the order in which they were elected.

Contributions after tax to a plan come last, because the employer's match comes before them in the
annual additions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import define, field

from asopay.deductions.plan_limits import after_tax
from asopay.deductions.standing import Additions, Standing
from asopay.money import Cents, Rate, at_least_zero, at_most, share, to_cents
from asopay.taxability import DeductionKind, Taken, Wages
from asopay.worksheet import Worksheet

UNLIMITED = DeductionKind(meaning="", reduces=())
"""What stands for a kind that is not known."""


@define
class Election:
    """A deduction as elected: an amount in cents, or a rate of the pay that counts for it.

    `arrears` are what earlier paychecks could not pay, of which up to `arrears_limit` is taken on
    top. No more is taken in the year than the `year_limit`, and no more than the `cap` where pay
    does not suffice. `catch_up` says whether the employee wants amounts that go by age. Those
    `required_by_law` are no part of disposable earnings.

    One that `continues` another, by its number, takes what a limit of the law left of that.
    """

    kind: str
    amount: Cents
    percent: Rate | None
    employer_amount: Cents
    of_kind: DeductionKind = UNLIMITED
    arrears: Cents = 0
    arrears_limit: Cents | None = None
    year_limit: Cents | None = None
    catch_up: bool = True
    continues: int | None = None
    cap: Cents | None = None
    required_by_law: bool = False

    @property
    def after_tax(self) -> bool:
        """Whether it is a contribution after tax, under no limit but that of annual additions."""
        return self.of_kind.additions is not None and self.of_kind.limit is None

    @property
    def of_plan(self) -> bool:
        """Whether it is a contribution to a retirement plan."""
        return self.of_kind.limit is not None or self.of_kind.additions is not None


@define
class Deducted:
    """A deduction as taken, in cents, and what was elected.

    `beyond` is what a limit of the law did not leave room for, with the part of it that came out of
    flat-taxed wages. `unpaid` is what pay did not suffice for, and `arrears` what is owed after
    this paycheck. `worksheets` are those of its figures, the last one that of the amount.
    """

    election: Election
    elected: Cents
    taken: Taken
    beyond: Cents = 0
    beyond_flat: Cents = 0
    unpaid: Cents = 0
    arrears: Cents = 0
    worksheets: dict[str, Worksheet] = field(factory=dict)


def take_deductions(
    elections: Sequence[Election], gross: Wages, standing: Callable[[], Standing]
) -> list[Deducted]:
    """The deductions taken from gross pay, each with what the employer adds.

    `standing` makes the limits as they stand before the paycheck.
    """
    taking = _Taking(gross, standing())
    numbered = list(enumerate(elections))
    for number, election in numbered:
        if not election.after_tax:
            taking.take(number, election)
    taking.match()
    for number, election in numbered:
        if election.after_tax:
            taking.take(number, election)
    return [taking.taken[number] for number, _ in numbered]


class _Taking:
    def __init__(self, gross: Wages, standing: Standing) -> None:
        self.gross = gross
        self.standing = standing
        self.taken: dict[int, Deducted] = {}

    def take(self, number: int, election: Election) -> None:
        elected, from_flat = self.elected(election)
        elected += _caught_up(election)
        wanted = self.within_year(elected, election)
        employer = self.employer_part(election)
        line = self.limited(wanted, employer, election)
        due = wanted if line is None else line.result
        amount = due if election.cap is None else at_most(due, election.cap)
        before = self.standing.taken.get(election.kind, 0)
        self.standing.taken[election.kind] = before + amount
        self.count(amount, employer, election)
        additions = self.additions(election)
        if additions:
            employer = at_most(employer, additions.room)
            additions.employer += employer
        from_flat_now = at_most(from_flat, amount)
        self.taken[number] = Deducted(
            election,
            elected,
            Taken(election.kind, amount, from_flat_now, employer, before),
            beyond=wanted - due,
            beyond_flat=at_most(from_flat - from_flat_now, wanted - due),
            unpaid=due - amount,
            arrears=_owed(election, due, amount),
            worksheets={} if line is None else {"": line},
        )

    def elected(self, election: Election) -> tuple[Cents, Cents]:
        """The elected amount, and the part of it that a percentage takes from flat-taxed wages."""
        if election.continues is not None:
            continued = self.taken[election.continues]
            return continued.beyond, continued.beyond_flat
        if election.percent is None:
            return election.amount, 0
        pay, plan = self.gross, self.standing.plan
        if plan and election.of_plan:
            pay = plan.percent_of(self.standing.limits.figures)
        amount = to_cents(share(pay.gross, election.percent))
        return amount, to_cents(share(pay.flat, election.percent))

    def within_year(self, amount: Cents, election: Election) -> Cents:
        """The amount as far as the election's own limit of the year leaves room for it."""
        if election.year_limit is None:
            return amount
        before = self.standing.taken.get(election.kind, 0)
        return at_most(amount, at_least_zero(election.year_limit - before))

    def employer_part(self, election: Election) -> Cents:
        """What the employer adds; what it adds to a plan is limited once deferrals are counted."""
        benefit = election.of_kind.benefit
        if benefit is None:
            return election.employer_amount
        contributions = self.standing.contributions[benefit]
        return contributions.employer_part(election.employer_amount, catch_up=election.catch_up)

    def limited(self, amount: Cents, employer: Cents, election: Election) -> Worksheet | None:
        """The amount within the limit of its kind; None if the kind has none."""
        kind, additions = election.of_kind, self.additions(election)
        if kind.limit:
            deferrals = self.standing.deferrals[kind.limit]
            return deferrals.limited(
                amount, roth=kind.roth, catch_up=election.catch_up, additions=additions
            )
        if kind.benefit:
            contributions = self.standing.contributions[kind.benefit]
            return contributions.limited(amount, employer, catch_up=election.catch_up)
        if additions:
            return after_tax(amount, additions.most, additions.so_far, self.standing.limits)
        return None

    def count(self, amount: Cents, employer: Cents, election: Election) -> None:
        """Counts the amount against every limit that it is under."""
        kind, additions = election.of_kind, self.additions(election)
        if kind.limit:
            self.standing.deferrals[kind.limit].count(amount, roth=kind.roth)
        if kind.benefit:
            self.standing.contributions[kind.benefit].count(amount, employer)
        if additions:
            additions.count(amount, 0, deferral=kind.limit is not None)

    def additions(self, election: Election) -> Additions | None:
        plan = election.of_kind.additions
        return self.standing.additions[plan] if plan else None

    def match(self) -> None:
        """Adds the plan's match to the first deferral."""
        plan = self.standing.plan
        first = next((each for each in self.taken.values() if each.election.of_kind.limit), None)
        if plan is None or first is None:
            return
        additions = self.additions(first.election)
        standing = self.standing
        deferrals = list(standing.deferrals.values())
        line = plan.match(deferrals, additions, standing.matched_before, standing.limits)
        if line is None:
            return
        first.taken.employer_amount = line.result
        first.worksheets = {"/match": line, **first.worksheets}
        if additions:
            additions.employer += line.result


def _caught_up(election: Election) -> Cents:
    """What is taken of earlier arrears."""
    limit = election.arrears_limit
    return election.arrears if limit is None else at_most(election.arrears, limit)


def _owed(election: Election, due: Cents, taken: Cents) -> Cents:
    """The arrears after this paycheck; a contribution that could not be made is not owed."""
    if election.of_plan:
        return 0
    return election.arrears - _caught_up(election) + due - taken
