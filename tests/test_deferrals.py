"""What elective deferrals promise: the limit of the year, with catch-up by age, is never passed."""

from __future__ import annotations

from typing import Any

import pytest

from asopay import documents
from support import request


def taken(
    *deductions: dict[str, Any],
    before: dict[str, str] | None = None,
    birth_date: str | None = None,
    year: int = 2026,
) -> list[tuple[str, str]]:
    """The amounts taken and elected, of pay of 100,000.00 a month."""
    result = documents.paycheck(asked(*deductions, before=before, birth_date=birth_date, year=year))
    return [(entry["amount"], entry["elected_amount"]) for entry in result["deductions"]]


def asked(
    *deductions: dict[str, Any],
    before: dict[str, str] | None = None,
    birth_date: str | None = None,
    year: int = 2026,
) -> dict[str, Any]:
    return request(
        pay_date=f"{year}-03-13",
        pay_frequency="monthly",
        employee={"residence": ["US-TX"], "birth_date": birth_date},
        earnings=[{"kind": "regular", "amount": "100000.00"}],
        deductions=list(deductions),
        year_to_date={"deductions": before or {}},
    )


def traditional(amount: str) -> dict[str, Any]:
    return {"kind": "401k", "amount": amount}


def roth(amount: str) -> dict[str, Any]:
    return {"kind": "roth_401k", "amount": amount}


@pytest.mark.parametrize(
    ("year", "age", "expected"),
    [
        # Notices 2023-75, 2024-80 and 2025-67: the limit, and the limit with the catch-up amount
        (2024, 49, "23000.00"),
        (2024, 50, "30500.00"),
        (2024, 60, "30500.00"),
        (2025, 49, "23500.00"),
        (2025, 50, "31000.00"),
        (2025, 59, "31000.00"),
        (2025, 60, "34750.00"),
        (2025, 63, "34750.00"),
        (2025, 64, "31000.00"),
        (2026, 49, "24500.00"),
        (2026, 50, "32500.00"),
        (2026, 59, "32500.00"),
        (2026, 60, "35750.00"),
        (2026, 63, "35750.00"),
        (2026, 64, "32500.00"),
        (2026, 99, "32500.00"),
        (2026, 0, "24500.00"),
    ],
)
def test_limit(year: int, age: int, expected: str) -> None:
    """The age that is reached by the last day of the year decides."""
    born = f"{year - age}-12-31"

    assert [(expected, "50000.00")] == taken(traditional("50000.00"), birth_date=born, year=year)


def test_without_a_birth_date() -> None:
    """An employee whose birth date is not known can't catch up."""
    assert [("24500.00", "30000.00")] == taken(traditional("30000.00"))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ({"401k": "24000.00"}, "500.00"),
        ({"roth_401k": "24000.00"}, "500.00"),
        ({"401k": "12000.00", "roth_401k": "12000.00"}, "500.00"),
        ({"401k": "24500.00"}, "0.00"),
        ({"401k": "30000.00"}, "0.00"),
        ({"401k": "23500.00"}, "1000.00"),
        ({"section_125_health": "24000.00"}, "1000.00"),
    ],
)
def test_deferred_before(before: dict[str, str], expected: str) -> None:
    """Traditional and Roth deferrals of the year count together, other deductions do not."""
    for elect in (traditional, roth):
        assert [(expected, "1000.00")] == taken(elect("1000.00"), before=before)


def test_traditional_and_roth_in_one_paycheck() -> None:
    """The room that the first one leaves is the second one's, in the order of the request."""
    before = {"401k": "23500.00"}

    assert [("700.00", "700.00"), ("300.00", "700.00")] == taken(
        traditional("700.00"), roth("700.00"), before=before
    )
    assert [("1000.00", "2000.00"), ("0.00", "700.00")] == taken(
        roth("2000.00"), traditional("700.00"), before=before
    )


def test_percentage() -> None:
    """A percentage is limited as an amount is, and only what is taken lowers the wages."""
    percentage = {"kind": "401k", "percent": "50"}
    result = documents.paycheck(asked(percentage))
    (federal,) = (tax for tax in result["taxes"] if tax["id"] == "US/income_tax")

    assert [("24500.00", "50000.00")] == taken(percentage)
    assert "75500.00" == federal["wages"]


def test_other_deductions_have_no_limit() -> None:
    """A premium is taken as it was elected."""
    health = {"kind": "section_125_health", "amount": "30000.00"}

    assert [("30000.00", "30000.00")] == taken(health)


def test_explained() -> None:
    """A deferral has a worksheet of its own, named by its place; another deduction has none."""
    health = {"kind": "section_125_health", "amount": "1.00"}
    result = documents.paycheck(asked(health, traditional("1000.00"), before={"401k": "24000.00"}))
    sheets = {sheet["id"]: sheet for sheet in result["worksheets"]}
    lines = {line["line"]: line["amount"] for line in sheets["deductions[1]"]["lines"]}

    assert [[], ["deductions[1]"]] == [entry["worksheets"] for entry in result["deductions"]]
    assert {
        "(elected)": "1000.00",
        "(limit)": "24500.00",
        "(catch-up)": "0.00",
        "(deferred before)": "24000.00",
        "(room)": "500.00",
        "(deferral)": "500.00",
    } == lines
    assert "24500.00" == result["year_to_date"]["deductions"]["401k"]
