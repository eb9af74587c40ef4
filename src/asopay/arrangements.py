"""Who is the employer of record, and what of the year to date carries over when that changes.

Under an administrative services arrangement (``aso``) the client stays the employer: its employer
identification number (EIN), its accounts with the states. A professional employer organization
(``peo``) pays under its own EIN. A certified one (``cpeo``) does too, and is by 26 U.S.C. 3511(b)
the client's successor, as the client is its successor at the end.

A wage base belongs to an employer, so a new one starts it again, unless the law takes the wages of
the predecessor over. Moving to a PEO in the middle of the year:

>>> before = YearToDate(wages={"US/social_security": "120000.00", "US-TN/unemployment": "7000.00"})
>>> accounts = {"US-TN": "client"}
>>> carried_over(before, leaving="aso", joining="peo", accounts=accounts).wages
{'US-TN/unemployment': '7000.00'}
>>> carried_over(before, leaving="aso", joining="cpeo", accounts=accounts).wages == before.wages
True
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, TypeVar, get_args

from attrs import evolve, frozen

from asopay.errors import one_of
from asopay.jurisdictions import JURISDICTIONS, state_part
from asopay.parties import Arrangement
from asopay.paycheck import YearToDate
from asopay.tables import Days, TaxTables

T = TypeVar("T")

Account = Literal["client", "organization"]
"""Whose account with a state's unemployment fund it is under a PEO: the client's or the PEO's."""

NOT_CONTRIBUTIONS = {"income_tax", "supplemental_income_tax", "below_threshold"}


@frozen
class Figures:
    """The states whose law asks for an account of the client, or of the organization."""

    account: dict[str, Account]
    source: str


def account_with_state(state: str, days: Days, tables: TaxTables | None = None) -> Account | None:
    """Whose account contributions go to under a PEO; None where no table says.

    Raises `TableError` with the dates that are covered if no table is in force.
    """
    tables = tables or TaxTables.from_environment()
    table = tables.in_force("US", "professional_employers", days).table(Figures)
    return table.figures.account.get(state)


def accounts_under(
    arrangement: Arrangement, states: Iterable[str], days: Days, tables: TaxTables | None = None
) -> dict[str, Account | None]:
    """Whose identification number (``US``) and whose accounts with the states taxes go to.

    Under an ``aso`` they are the client's. Else the number is the organization's, and of a state it
    is what `account_with_state` says. Raises what that does, and `ValueError` if an arrangement or
    a state is not known.

    >>> from datetime import date
    >>> july = Days.on(date(2026, 7, 1))
    >>> accounts_under("aso", ["US-TX", "US-OH"], july)
    {'US': 'client', 'US-TX': 'client', 'US-OH': 'client'}
    >>> accounts_under("cpeo", ["US-TX", "US-OH"], july)
    {'US': 'organization', 'US-TX': 'organization', 'US-OH': 'client'}
    """
    _check_arrangement("arrangement", arrangement)
    asked = list(states)
    _check_states("states", asked)
    if arrangement == "aso":
        return dict.fromkeys(("US", *asked), "client")
    found = {state: account_with_state(state, days, tables) for state in asked}
    return {"US": "organization", **found}


def carried_over(
    before: YearToDate,
    *,
    leaving: Arrangement,
    joining: Arrangement,
    accounts: Mapping[str, Account] | None = None,
) -> YearToDate:
    """The year to date with which the employee goes on under another arrangement.

    `accounts` says for each state in the year to date whose unemployment account it is under the
    PEO, which `account_with_state` or the contract says; a state's other programmes follow it.
    Income taxes, taxes of places, deductions and days of work have no base of the employer and
    carry over. Raises `ValueError` if an arrangement is not known or an account is missing.
    """
    _check_arrangement("leaving", leaving)
    _check_arrangement("joining", joining)
    accounts = accounts or {}
    needed = _states_with_bases(before) if {leaving, joining} != {"aso"} else set()
    missing = sorted(needed - accounts.keys())
    if missing:
        raise ValueError(f"accounts: say whose account it is in {one_of(missing)}")
    _check_states("accounts", accounts)

    def continues(key: str) -> bool:
        return _continues(key, leaving, joining, accounts)

    return evolve(
        before,
        wages=_kept(before.wages, continues),
        taxes=_kept(before.taxes, continues),
        employer_taxes=_kept(before.employer_taxes, continues),
    )


def _check_arrangement(name: str, value: str) -> None:
    if value not in get_args(Arrangement):
        raise ValueError(f"{name}: {value!r} is not one of {one_of(get_args(Arrangement))}")


def _check_states(name: str, states: Iterable[str]) -> None:
    unknown = sorted(set(states) - JURISDICTIONS.keys())
    if unknown:
        raise ValueError(f"{name}: {one_of(unknown)} is not a state such as 'US-CA'")


def _continues(
    key: str, leaving: Arrangement, joining: Arrangement, accounts: Mapping[str, Account]
) -> bool:
    """Whether the employer of the tax stays the same, or takes over the predecessor's wages."""
    jurisdiction, tax = key.split("/")[:2]
    if leaving == joining == "aso":
        return True
    if jurisdiction == "US":
        return "cpeo" in (leaving, joining)
    if jurisdiction != state_part(jurisdiction) or tax in NOT_CONTRIBUTIONS:
        return True
    return accounts[jurisdiction] == "client"


def _states_with_bases(before: YearToDate) -> set[str]:
    keys = {*before.wages, *before.taxes, *before.employer_taxes}
    pairs = (key.split("/")[:2] for key in keys)
    return {
        place for place, tax in pairs if place in JURISDICTIONS and tax not in NOT_CONTRIBUTIONS
    }


def _kept(amounts: Mapping[str, T], continues: Callable[[str], bool]) -> dict[str, T]:
    return {key: amount for key, amount in amounts.items() if continues(key)}
