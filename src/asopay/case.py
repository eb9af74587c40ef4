"""A case: a paycheck request that can be computed, as the engine needs it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from attrs import define

from asopay.certificates import Certificate
from asopay.earlier import Before
from asopay.earnings.reading import PaidEarning
from asopay.employer_terms import EmployerTerms
from asopay.in_force import InForce
from asopay.money import Cents
from asopay.paycheck import ExemptFrom, Reimbursed
from asopay.sourcing import Law
from asopay.worksheet import Worksheet

if TYPE_CHECKING:
    from asopay.deductions import Election, Plan, Standing
    from asopay.garnishments import Garnishing


@define
class Preceding:
    """Wages paid before, to which supplemental wages are added, and the tax withheld, in cents."""

    wages: Cents
    taxes: dict[str, Cents]


@define
class Case:
    """A request that can be computed. Amounts are whole cents.

    `methods` are the functions that the employer chose, by tax id; `overrides` amounts of taxes
    that the caller states; `terms` are the employer's own, and `exempt_from` the taxes left out.
    `insured_in` is the state of unemployment insurance, and `law` decides which states tax what.
    `work_days` are those of the year by place, and `below_threshold` the wages of nonresidents that
    a state has not taxed yet. `courtesy` are the places whose tax is withheld from residents by the
    employer's choice, and `january_first` is where the employee was on January 1, if it is stated.
    `ends_quarter` says whether the pay period has the last working day of a quarter. `worksheets`
    are those of earnings of which a part is taxed otherwise. `garnishing` are the orders to
    withhold, if there are any.
    """

    pay_date: date
    residence: tuple[str, ...]
    insured_in: str
    law: Law
    work_days: dict[str, int]
    below_threshold: dict[str, Cents]
    courtesy: Collection[str]
    january_first: str | None
    frequency: str
    periods: int
    in_force: InForce
    methods: dict[str, Callable[..., Any]]
    certificates: dict[str, Certificate]
    earnings: list[PaidEarning]
    elections: list[Election]
    plan: Plan | None
    standing: Callable[[], Standing]
    before: Before
    preceding: Preceding | None
    overrides: dict[str, Cents]
    terms: EmployerTerms
    exempt_from: dict[str, ExemptFrom]
    ends_quarter: bool
    worksheets: dict[str, Worksheet]
    reimbursements: tuple[Reimbursed, ...]
    garnishing: Garnishing | None = None

    def month_key(self, name: str) -> str:
        """The year-to-date key of a tax, or a deduction, for the calendar month of the pay date."""
        return f"{name}/{self.pay_date:%Y-%m}"

    @property
    def spared(self) -> Collection[str]:
        """The states whose threshold for nonresidents is not passed."""
        return self.law.spared
