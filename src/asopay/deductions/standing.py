"""Where the employee stands against the limits on deductions, before and during a paycheck."""

from __future__ import annotations

from attrs import define, field

from asopay.deductions import benefit_limits, elective_deferrals, plan_limits
from asopay.deductions.match import MatchFormula, match
from asopay.money import Cents, at_least_zero, at_most
from asopay.tables import Table
from asopay.taxability import Wages
from asopay.worksheet import Worksheet


@define
class Deferrals:
    """A limit of the year on deferrals, and where the employee stands, in cents.

    `pre_tax` are those of the `deferred` that were not Roth; with `roth_catch_up` the catch-up
    amount is only for Roth deferrals. `before` were deferred in earlier paychecks.
    """

    table: Table[elective_deferrals.Figures]
    catch_up: Cents
    deferred: Cents = 0
    pre_tax: Cents = 0
    roth_catch_up: bool = False
    before: Cents = 0

    def limited(
        self, amount: Cents, *, roth: bool, catch_up: bool, additions: Additions | None
    ) -> Worksheet:
        """The amount as far as the limits leave room for it."""
        pre_tax = self.pre_tax if self.roth_catch_up and not roth else None
        most = self.catch_up if catch_up else 0
        room = additions.room_for_deferrals(most) if additions else None
        return elective_deferrals.limited(
            amount,
            self.deferred,
            most,
            self.table,
            pre_tax_before=pre_tax,
            additions_room=room,
        )

    def count(self, amount: Cents, *, roth: bool) -> None:
        """Adds a deferral that was taken."""
        self.deferred += amount
        self.pre_tax += 0 if roth else amount

    def count_earlier(self, amount: Cents, *, roth: bool) -> None:
        """Adds deferrals of earlier paychecks."""
        self.count(amount, roth=roth)
        self.before += amount

    def matched(self, *, with_catch_up: bool) -> tuple[Cents, Cents]:
        """The deferrals that a match can count: all of the year, and those of this paycheck."""
        if with_catch_up:
            return self.deferred, self.deferred - self.before
        limit = self.table.figures.limit
        of_year = at_most(self.deferred, limit)
        return of_year, of_year - at_most(self.before, limit)


@define
class Additions:
    """The annual additions of the year to one plan, in cents: section 415(c).

    `deferred` holds catch-up contributions, which are no additions; the others are no more than the
    `ordinary_limit`. `compensation` is that of the year with this paycheck, or None where it is not
    known; `employer` and `after_tax` are what was contributed so far.
    """

    table: Table[plan_limits.Figures]
    ordinary_limit: Cents
    compensation: Cents | None = None
    deferred: Cents = 0
    employer: Cents = 0
    after_tax: Cents = 0

    @property
    def most(self) -> Cents:
        """The limit of the year."""
        limit = self.table.figures.annual_additions
        return limit if self.compensation is None else at_most(limit, self.compensation)

    @property
    def so_far(self) -> Cents:
        """The additions so far. What is deferred beyond the room for it is a catch-up."""
        others = self.employer + self.after_tax
        ordinary = at_most(self.deferred, at_least_zero(self.most - others))
        return at_most(ordinary, self.ordinary_limit) + others

    @property
    def room(self) -> Cents:
        """What the employer may still add."""
        return at_least_zero(self.most - self.so_far)

    def count(self, amount: Cents, employer: Cents, *, deferral: bool) -> None:
        """Adds what was contributed: a deferral or after tax, and the employer's part."""
        self.deferred += amount if deferral else 0
        self.after_tax += 0 if deferral else amount
        self.employer += employer

    def room_for_deferrals(self, catch_up: Cents) -> Cents:
        """What may still be deferred, with the catch-up amount on top of the limit."""
        others = self.employer + self.after_tax
        return at_least_zero(self.most - others - self.deferred + catch_up)


@define
class Contributions:
    """A limit on a benefit, and where the employee stands, in cents.

    `allowed` is the limit for the employee's circumstances, `catch_up` the part of it that goes by
    age, and `before` what was contributed, with what of the employer's counts.
    """

    table: Table[benefit_limits.Figures]
    limit: benefit_limits.BenefitLimit
    allowed: Cents
    catch_up: Cents = 0
    before: Cents = 0

    def of(self, *, catch_up: bool) -> Cents:
        """The limit, with or without the part that goes by age."""
        return self.allowed if catch_up else self.allowed - self.catch_up

    def employer_part(self, amount: Cents, *, catch_up: bool) -> Cents:
        """What the employer can add, where it counts."""
        if not self.limit.with_employer:
            return amount
        return at_most(amount, at_least_zero(self.of(catch_up=catch_up) - self.before))

    def limited(self, amount: Cents, employer: Cents, *, catch_up: bool) -> Worksheet:
        """The amount as far as the limit leaves room for it, beside what the employer adds."""
        counted = employer if self.limit.with_employer else 0
        allowed = self.of(catch_up=catch_up)
        return benefit_limits.contribution(amount, allowed, self.before, counted, self.table)

    def count(self, amount: Cents, employer: Cents) -> None:
        """Adds a contribution that was taken, and what the employer added."""
        self.before += amount + (employer if self.limit.with_employer else 0)


@define
class Plan:
    """The employer's retirement plan, for this paycheck.

    `compensation` is what counts of the pay, and `before` what did earlier in the year. The match
    goes by the `formula`, of each pay period or of the year so far. With `percent_stops`,
    percentages are of no more than what section 401(a)(17) counts in a year. A `defined`
    compensation is not all pay.
    """

    compensation: Wages
    before: Cents = 0
    formula: MatchFormula | None = None
    by_year: bool = False
    match_catch_up: bool = True
    percent_stops: bool = False
    defined: bool = False

    def percent_of(self, limits: plan_limits.Figures) -> Wages:
        """What percentages are of."""
        pay = self.compensation
        if not self.percent_stops:
            return pay
        left = at_least_zero(limits.compensation - self.before)
        flat = at_most(pay.flat, left)
        return Wages(at_most(pay.regular, left - flat), flat)

    def match(
        self,
        deferrals: list[Deferrals],
        additions: Additions | None,
        employer_before: Cents,
        table: Table[plan_limits.Figures],
    ) -> Worksheet | None:
        """The match on the deferrals of this paycheck, or of the year; None without a formula."""
        if self.formula is None:
            return None
        counted = table.figures.counted
        year = counted(self.before + self.compensation.gross)
        matched = [each.matched(with_catch_up=self.match_catch_up) for each in deferrals]
        if self.by_year:
            deferred, compensation, before = sum(m[0] for m in matched), year, employer_before
        else:
            deferred, before = sum(m[1] for m in matched), 0
            compensation = year - counted(self.before)
        by_formula = match(deferred, compensation, self.formula)
        room = by_formula if additions is None else additions.room
        return plan_limits.employer_match(
            deferred, compensation, by_formula, before, table, room=room
        )


@define
class Standing:
    """All limits that the deductions of a paycheck are under, by their names.

    `additions` are by plan. `taken` was deducted earlier in the year, by kind, and `matched_before`
    is what the employer added to deferrals, in cents.
    """

    limits: Table[plan_limits.Figures]
    deferrals: dict[str, Deferrals] = field(factory=dict)
    additions: dict[str, Additions] = field(factory=dict)
    contributions: dict[str, Contributions] = field(factory=dict)
    taken: dict[str, Cents] = field(factory=dict)
    matched_before: Cents = 0
    plan: Plan | None = None
