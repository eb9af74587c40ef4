"""Who is the employer of record: what carries over when that changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import Earning, Employee, PaycheckRequest, TableError, YearToDate, gross_to_net
from asopay.arrangements import account_with_state, accounts_under, carried_over
from asopay.tables import Days

TODAY = Days.on(date(2026, 7, 1))

KEYS = ["US/social_security", "US/unemployment", "US-TX/unemployment", "US-NY/income_tax"]
KEYS += ["US-NJ/family_leave", "US-CO-DENVER/occupational_privilege/2026-06"]
AMOUNTS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["1.00", "9000.00"]))
BEFORE = st.builds(
    YearToDate, AMOUNTS, AMOUNTS, AMOUNTS, st.just({"401k": "5.00"}), st.just({"US-NY": 3})
)
ACCOUNTS: dict[str, Any] = {"US-TX": "organization", "US-NJ": "client"}


@given(BEFORE)
def test_client_stays(before: YearToDate) -> None:
    """From one administrator to another, the client's year goes on."""
    assert before == carried_over(before, leaving="aso", joining="aso")


@given(BEFORE, st.sampled_from(["aso", "peo", "cpeo"]), st.booleans())
def test_certified(before: YearToDate, other: Any, joins: bool) -> None:
    """A certified organization succeeds to the federal bases, and is succeeded."""
    certified: Any = "cpeo"
    leaving, joining = (other, certified) if joins else (certified, other)
    after = carried_over(before, leaving=leaving, joining=joining, accounts=ACCOUNTS)

    assert before.wages.keys() - after.wages.keys() <= {"US-TX/unemployment"}
    assert "US-TX/unemployment" not in after.wages
    assert (before.deductions, before.work_days) == (after.deductions, after.work_days)


@given(BEFORE, st.sampled_from(["aso", "peo"]))
def test_not_certified(before: YearToDate, leaving: Any) -> None:
    """Another organization starts the federal bases again, and its own accounts."""
    after = carried_over(before, leaving=leaving, joining="peo", accounts=ACCOUNTS)
    gone = {"US/social_security", "US/unemployment", "US-TX/unemployment"}

    for part in ("wages", "taxes", "employer_taxes"):
        kept, had = getattr(after, part), getattr(before, part)
        assert kept == {key: amount for key, amount in had.items() if key not in gone}


@pytest.mark.parametrize(
    ("joining", "expected"), [("aso", "3999.00"), ("cpeo", "3999.00"), ("peo", "6200.00")]
)
def test_social_security(joining: Any, expected: str) -> None:
    """120,000 dollars to June and 100,000 after it, in 2026: the example of the docs.

    Up to 184,500 dollars are 64,500 left, at 6.2 percent 3,999.00; all of it is 6,200.00.
    """
    before = YearToDate(wages={"US/social_security": "120000.00"})
    after = carried_over(before, leaving="aso", joining=joining)
    request = PaycheckRequest(
        pay_date=date(2026, 12, 31),
        pay_frequency="annual",
        employee=Employee(["US-TX"]),
        earnings=[Earning("regular", amount="100000.00")],
        year_to_date=after,
    )

    assert expected == str(gross_to_net(request).tax("US/social_security").amount)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"leaving": "eor"}, "leaving: 'eor' is not one of aso, peo, cpeo"),
        ({"joining": ""}, "joining: '' is not one of aso, peo, cpeo"),
        ({"accounts": {}}, "accounts: say whose account it is in US-TX"),
        (
            {"accounts": {"US-TX": "client", "Texas": "client"}},
            "accounts: Texas is not a state such as 'US-CA'",
        ),
    ],
)
def test_faults(changes: dict[str, Any], expected: str) -> None:
    """What is not known, or missing, is an error that names it."""
    before = YearToDate(wages={"US-TX/unemployment": "1.00", "US-NY/income_tax": "1.00"})
    told: dict[str, Any] = {"leaving": "aso", "joining": "peo", "accounts": ACCOUNTS, **changes}

    with pytest.raises(ValueError, match=f"^{expected}$"):
        carried_over(before, **told)


def test_accounts_under() -> None:
    """The client's under an administrator; the organization's number under the others."""
    assert {"US": "client", "US-CA": "client"} == accounts_under("aso", ["US-CA"], TODAY)
    for arrangement in ("peo", "cpeo"):
        found = accounts_under(arrangement, ["US-TX", "US-OH", "US-CA"], TODAY)
        states = {"US-TX": "organization", "US-OH": "client", "US-CA": None}
        assert {"US": "organization", **states} == found
    with pytest.raises(ValueError, match=r"^arrangement: 'eor' is not one of aso, peo"):
        accounts_under("eor", [], TODAY)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"^states: Texas is not a state"):
        accounts_under("peo", ["Texas"], TODAY)


def test_accounts_of_states() -> None:
    """What the lists agree on is known; what they do not, is not; other years are refused."""
    assert "organization" == account_with_state("US-TX", TODAY)
    assert "client" == account_with_state("US-OH", TODAY)
    assert account_with_state("US-CA", TODAY) is None
    with pytest.raises(TableError):
        account_with_state("US-TX", Days.on(date(2020, 1, 1)))
