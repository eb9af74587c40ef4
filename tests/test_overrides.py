"""What overrides promise: an amount that the caller states stands in the result as it is given."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from asopay import documents
from support import faults, request, taxes

REGULAR = {"kind": "regular", "amount": "3000.00"}
FLAT_BONUS = {"kind": "bonus", "amount": "500.00", "supplemental_method": "flat"}


def california() -> dict[str, Any]:
    return request("US-CA", earnings=[REGULAR, FLAT_BONUS])


@pytest.mark.parametrize(
    "tax", ["US/income_tax", "US/supplemental_income_tax", "US-CA/disability_insurance"]
)
def test_stands_as_given(tax: str) -> None:
    """A stated amount stands in the result, marked, without a worksheet, and is withheld."""
    asked = california()
    plain, stated = (
        documents.paycheck(document) for document in (asked, {**asked, "overrides": {tax: 1}})
    )
    (computed,), (entry,) = (
        [entry for entry in result["taxes"] if entry["id"] == tax] for result in (plain, stated)
    )

    assert ("1.00", True, []) == (entry["amount"], entry["overridden"], entry["worksheets"])
    assert (computed["wages"], computed["table"]) == (entry["wages"], entry["table"])
    assert "overridden" not in computed
    difference = Decimal(computed["amount"]) - Decimal("1.00")
    assert Decimal(stated["net_pay"]) == Decimal(plain["net_pay"]) + difference
    assert tax not in {sheet["id"] for sheet in stated["worksheets"]}


def test_employer_share_is_not_overridden() -> None:
    """Of a tax with two shares, the employee's is the one that is stated."""
    found = taxes(request(overrides={"US/medicare": "1.00"}))

    assert ("1.00", "29.00") == (found["US/medicare"], found["US/medicare (employer)"])


@pytest.mark.parametrize(
    "tax",
    [
        "US/unemployment",  # the employer's
        "US/supplemental_income_tax",  # there are no such wages
        "US-CA/income_tax",  # of another state
        "US/fica",
    ],
)
def test_tax_that_is_not_withheld(tax: str) -> None:
    """An amount that can't stand in the result is refused, with those that can."""
    own = "US/income_tax, US/social_security, US/medicare, US/additional_medicare, US-TX/income_tax"
    expected = f"it is none of them: the employee's taxes of this paycheck are {own}"

    assert [f"overrides.{tax}: {expected}"] == faults(request(overrides={tax: "1.00"}))


def test_tax_on_regular_wages_that_there_are_not() -> None:
    """Where all wages are taxed apart, an amount of tax on the others is refused too."""
    (found,) = faults(request(earnings=[FLAT_BONUS], overrides={"US/income_tax": "1.00"}))

    assert found.startswith("overrides.US/income_tax: ")
