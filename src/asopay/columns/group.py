"""A group of rows of one structure: one case whose amounts are columns."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import define, evolve, frozen

from asopay.case import Case
from asopay.columns.certificates import Profiles
from asopay.columns.column import Rows, column
from asopay.columns.leaf import Entry, Numbers
from asopay.columns.listed import Item
from asopay.columns.recorded import Programs
from asopay.columns.rules import Methods, several
from asopay.columns.told import Filed, Periods
from asopay.columns.window import LARGEST_PAY, Window
from asopay.cross_checks import Together
from asopay.deductions import Election, Standing
from asopay.deductions.reading import HUNDRED_PERCENT
from asopay.earlier import Before
from asopay.earnings.hours import TEN_THOUSAND, pay_for_hours
from asopay.earnings.reading import PaidEarning
from asopay.elections import stand_of
from asopay.faults import Faults
from asopay.gross_to_net import pay
from asopay.money import ONE
from asopay.paycheck import Paycheck, PaycheckRequest

TO_DATE = ("wages", "taxes", "employer_taxes", "deductions", "employer_amounts")


class OneByOne(Exception):
    """The rows of a block have to be computed one by one."""


@define(eq=False)
class Group:
    """Rows of one structure, and what their case is made of."""

    window: Window
    rows: Rows
    request: PaycheckRequest
    case: Case
    elected: list[Item]
    earned: list[Item]
    to_date: dict[str, dict[str, Entry]]
    periods: Periods
    profiles: dict[str, Profiles]
    programs: Programs

    def paycheck(self, part: Rows) -> tuple[Paycheck, dict[str, dict[str, Any]]]:
        """The paycheck of some of the rows, by their places in the group; amounts are columns.

        Then the year to date before it. Raises `Split` where the rows have to be computed apart.
        """
        case = self.case_of(part)
        if sum(paid.amount for paid in case.earnings) > LARGEST_PAY:
            raise OneByOne
        faults = Faults()
        together = Together(self.request, case.earnings, faults)
        together.check_supplemental(case.in_force, case.before.supplemental_wages)
        together.check_bounds(0, case.periods)
        if faults.found:
            raise OneByOne
        before = {name: dict(getattr(case.before, name)) for name in TO_DATE}
        return pay(case), before

    def case_of(self, part: Rows) -> Case:
        """The case of some of the rows."""
        places: Any = slice(None) if len(part) == len(self.rows) else part
        rows = self.rows[places]
        before = Before(
            **{
                name: self.window.read(("year_to_date", name), entries, rows)
                for name, entries in self.to_date.items()
            }
        )
        periods = Periods(self.periods.codes[places], self.periods.kinds)
        filed = {place: _filed(each, places, rows) for place, each in self.profiles.items()}
        elections = [
            _election(election, given)
            for election, given in zip(
                self.case.elections,
                self.window.elections.read(self.elected, rows, "employer_amount"),
                strict=True,
            )
        ]
        earned = self.window.earnings.read(self.earned, rows)
        of_kind = np.array([number for _, number in periods.kinds])
        case, kinds = self.case, self.case.in_force.kinds.earnings
        return evolve(
            case,
            periods=case.periods if len(periods.kinds) == 1 else column(of_kind[periods.codes]),
            frequency=case.frequency if len(periods.kinds) == 1 else several(),
            methods=Methods(case.methods, filed, periods, self.programs),
            certificates={place: each.together for place, each in filed.items()},
            earnings=[
                _earning(paid, kinds[paid.kind].work, earned[paid.number]) for paid in case.earnings
            ],
            elections=elections,
            standing=lambda: self._standing(elections, before, rows),
            before=before,
        )

    def _standing(self, elections: list[Election], before: Before, rows: Rows) -> Standing:
        born: Any = _Born(column(self.window.born[rows]))
        employee = evolve(self.request.employee, birth_date=born)
        request = evolve(self.request, employee=employee)
        prior = _prior_year_wages(self.window, rows)
        return stand_of(elections, request, self.case.in_force, before, prior)


def _earning(paid: PaidEarning, work: bool, numbers: dict[str, Rows]) -> PaidEarning:
    given: dict[str, Any] = {name: column(values) for name, values in numbers.items()}
    hours = given.get("hours_worked", given.get("hours") if work else None)
    if "amount" in given:
        amount = given["amount"]
    else:
        times = given.get("multiplier", TEN_THOUSAND)
        amount = pay_for_hours(given["hours"], given["rate"], times)
    return evolve(paid, amount=amount, hours=paid.hours if hours is None else hours)


def _filed(profiles: Profiles, places: Any, rows: Rows) -> Filed:
    codes, columns = profiles.codes[places], profiles.columns(rows)
    return Filed(profiles, codes, profiles.together(codes, columns), columns)


def _election(election: Election, numbers: dict[str, Rows]) -> Election:
    given: dict[str, Any] = {
        name: column(values) if values.any() else 0 for name, values in numbers.items()
    }
    if "percent" in given:
        given["percent"] = given["percent"] * ONE // HUNDRED_PERCENT
    return evolve(election, **given)


@frozen
class _Born:
    """Stands for the dates of birth of rows, of which only the year counts."""

    year: Any


def _prior_year_wages(window: Window, rows: Rows) -> Any:
    leaf = window.leaves.get(("employee", "prior_year_wages"))
    return column(leaf.at(rows)) if isinstance(leaf, Numbers) else 0
