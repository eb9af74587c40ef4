"""What a territory promises: its programmes, the federal ones, and an income tax of its own."""

from __future__ import annotations

from typing import Any

import pytest

from asopay import documents
from asopay.errors import NotStated
from asopay.rulebook import rule_of
from asopay.tables import TaxTables
from asopay.withholding import stated
from support import faults, request, taxes

OWN_TAX = {"US-PR/income_tax": "150.00"}


def paid(**changes: Any) -> dict[str, Any]:
    return request("US-PR", **{"overrides": OWN_TAX, **changes})


def test_taxes() -> None:
    """Puerto Rico's income tax stands in the place of the federal one; insurance is both."""
    accounts = {"unemployment": {"US-PR": {"rate": "0.034"}}}

    assert {
        "US/social_security": "124.00",
        "US/social_security (employer)": "124.00",
        "US/medicare": "29.00",
        "US/medicare (employer)": "29.00",
        "US/additional_medicare": "0.00",
        "US/unemployment (employer)": "12.00",
        "US-PR/income_tax": "150.00",
        "US-PR/disability_insurance": "6.00",
        "US-PR/disability_insurance (employer)": "6.00",
        "US-PR/unemployment (employer)": "68.00",
    } == taxes(paid(employer=accounts))


def test_why_no_federal_income_tax() -> None:
    """The result says by which law the federal income tax is left out."""
    (left_out, _) = documents.paycheck(paid())["exempt_from"]

    assert "US/income_tax" == left_out["id"]
    assert "work in Puerto Rico of its resident" == left_out["reason"]
    assert left_out["source"].startswith("26 U.S.C. 3401(a)(8)(C)")


def test_work_in_a_state() -> None:
    """What a resident of Puerto Rico earns in a state bears the federal income tax."""
    earnings = [
        {"kind": "regular", "amount": "2000.00"},
        {"kind": "regular", "amount": "3000.00", "work": ["US-TX"]},
    ]
    found = taxes(paid(earnings=earnings), "wages")

    assert "3000.00" == found["US/income_tax"]
    assert "5000.00" == found["US/social_security"]


def test_not_stated() -> None:
    """Without an amount the paycheck is refused, and the message says where it is found."""
    (found,) = faults(request("US-PR"))

    assert found.startswith("overrides.US-PR/income_tax: it is not computed: state what is")
    assert found.endswith("tables of the Department of the Treasury of Puerto Rico")


def test_exempt() -> None:
    """Who is exempt from the tax has nothing to state."""
    employee = {"residence": ["US-PR"], "exemptions": {"US-PR/income_tax": "a certificate"}}

    assert "US-PR/income_tax" not in taxes(request("US-PR", employee=employee))


def test_rule() -> None:
    """The rule has no answer of its own."""
    rule = rule_of(TaxTables().editions("US-PR", "income_tax")[-1])
    no_pay: Any = None

    with pytest.raises(NotStated, match="state what the withholding tables of the"):
        stated.withhold(no_pay, no_pay, rule.table)


def test_nonresident() -> None:
    """What Puerto Rico asks of those who live elsewhere is not known, and refused."""
    earnings = [{"kind": "regular", "amount": "2000.00", "work": ["US-PR"]}]
    found = faults(request("US-TX", earnings=earnings, overrides=OWN_TAX))

    assert "what Puerto Rico does with wages of those who live or work elsewhere" in found[0]
