"""What is in force for a paycheck: the tables of its places and day, joined with their rules."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from attrs import field, frozen

from asopay import certificates, residence, taxability
from asopay.exempt_employment import Employment
from asopay.jurisdictions import state_part
from asopay.tables import LeviedOn, Places, Table

OF_NONRESIDENTS = "/nonresidents"
"""What ends the id of a place's tax on those who do not live there, for an employee who did both
within one paycheck: the result has them as one tax."""

NO_TAX = "withholding.none"
"""The rule of an income tax that there is not."""

STATED = "withholding.stated"
"""The rule of an income tax that the request states."""


@frozen
class Rule:
    """One edition of one table, ready for use: the table, and the functions of its methods.

    `default` is the function of the publication's own method. A table that no tax is computed from
    has no functions.
    """

    table: Table[Any]
    module: ModuleType
    functions: dict[str, Callable[..., Any]]
    default: Callable[..., Any] = field(init=False)

    @default.default
    def _first_function(self) -> Any:
        return next(iter(self.functions.values()), None)

    @property
    def figures(self) -> Any:
        """The figures of the table."""
        return self.table.figures


@frozen
class TaxInForce:
    """A tax that a paycheck can owe.

    `wages_of` is the id of the tax whose wages to date count for this one, and `basis` what its
    wages are made of. `payers` owe a share each; an income tax has none.
    With `needs_own_rate` the state assigns each employer a rate of its own, and `by_the_hour` ones
    for an hour. With `counts_other_states`, wages on which other states had unemployment
    contributions count toward its base. `private_plan` is the law by which a plan of the employer's
    own takes its place. With `by_month` the wages of the calendar month count, with `by_home` the
    rate at home.

    `levied_on` says whose wages it is on. A local tax has its `places`; `series` is the table that
    it shares with the taxes of other places, and `resident` says whether it is for those who live
    in the place or for those who only work there; None, that it is for both. `state` is that of the
    jurisdiction, ``US`` for a federal tax, and `is_local` says whether it is the tax of a place
    within a state. A result has the tax under the id `reported_as`.
    """

    id: str
    jurisdiction: str
    name: str
    rule: Rule
    wages_of: str
    basis: taxability.Basis
    payers: tuple[str, ...]
    needs_own_rate: bool
    by_the_hour: bool
    by_month: bool
    by_home: bool
    counts_other_states: bool
    private_plan: str
    levied_on: LeviedOn
    series: str
    resident: bool | None
    places: Places

    state: str = field(init=False)
    is_local: bool = field(init=False)
    reported_as: str = field(init=False)

    @property
    def place_name(self) -> str:
        """The name of the place that levies it; of a state, its code."""
        return self.places.name or self.jurisdiction

    @state.default
    def _state(self) -> str:
        return state_part(self.jurisdiction)

    @reported_as.default
    def _in_results(self) -> str:
        return f"{self.jurisdiction}/{self.name}"

    @is_local.default
    def _is_local(self) -> bool:
        return self.jurisdiction != self.state


@frozen
class InForce:
    """What is in force for a paycheck: all that the law's tables say of it.

    `taxes` are those that can be due, by id and in fixed order, `certificates` the forms by
    jurisdiction, `limits` those of the year on deductions, `employments` the kinds of employment
    that taxes do not cover, as each jurisdiction has them, `residence` what each state does with
    wages of those who live elsewhere or work elsewhere, `gaps` taxes that are known not to be
    computed, and `digest` a digest of all the tables, of their ids and their files' contents.
    `limited_frequencies` are the taxes whose publication does not cover every pay frequency,
    `taxing` the states that tax wages, `in_two` the taxes of places that are computed apart for the
    time of living there and the time before or after it, `stated` the income taxes that a request
    has to state, and `instead_of_federal` the territories whose residents owe no federal income tax
    on work there, with the law that says so. By
    `of_earnings` kinds of earnings are computed, or divided by what is taxed.
    """

    taxes: dict[str, TaxInForce]
    certificates: dict[str, certificates.Figures]
    kinds: taxability.Figures
    limits: dict[str, Table[Any]]
    employments: dict[str, list[Employment]]
    residence: dict[str, residence.Figures]
    gaps: tuple[str, ...]
    digest: str
    of_earnings: dict[str, Table[Any]] = field(factory=dict)
    limited_frequencies: tuple[TaxInForce, ...] = field(init=False)
    taxing: frozenset[str] = field(init=False)
    in_two: frozenset[str] = field(init=False)
    stated: tuple[TaxInForce, ...] = field(init=False)
    instead_of_federal: dict[str, str] = field(init=False)

    @limited_frequencies.default
    def _with_limited_frequencies(self) -> tuple[TaxInForce, ...]:
        return tuple(tax for tax in self.taxes.values() if tax.rule.table.head.frequencies)

    @in_two.default
    def _that_are_in_two(self) -> frozenset[str]:
        return frozenset(t.reported_as for t in self.taxes.values() if t.id != t.reported_as)

    @taxing.default
    def _that_tax_wages(self) -> frozenset[str]:
        return frozenset(
            tax.jurisdiction
            for tax in self.taxes.values()
            if tax.name == "income_tax" and not tax.is_local and tax.rule.table.head.rule != NO_TAX
        )

    @stated.default
    def _not_computed(self) -> tuple[TaxInForce, ...]:
        return tuple(tax for tax in self.taxes.values() if tax.rule.table.head.rule == STATED)

    @instead_of_federal.default
    def _laws_of_territories(self) -> dict[str, str]:
        laws = {tax.jurisdiction: tax.rule.figures.instead_of_federal for tax in self.stated}
        return {place: law for place, law in laws.items() if law}
