"""What elective deferrals promise: the limit of the year, with catch-up by age, is never passed."""

from __future__ import annotations

from typing import Any

import pytest

from asopay import documents
from support import faults, request, taxes


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
        "(additions room)": "48000.00",
        "(deferral)": "500.00",
    } == lines
    assert "24500.00" == result["year_to_date"]["deductions"]["401k"]


class TestPlans:
    """Plans beside a 401(k), each with its limit of the year."""

    @pytest.mark.parametrize(
        ("kind", "year", "birth_date", "expected"),
        [
            ("403b", 2026, None, "24500.00"),
            ("457b", 2026, None, "24500.00"),
            ("457b", 2026, "1965-07-01", "35750.00"),  # 61: 11,250 more
            ("simple", 2025, None, "16500.00"),
            ("simple", 2026, "1970-07-01", "21000.00"),  # 56: 4,000 more
            ("simple", 2026, "1965-07-01", "22250.00"),
            ("simple", 2024, "1970-07-01", "19500.00"),
        ],
    )
    def test_limits(self, kind: str, year: int, birth_date: str | None, expected: str) -> None:
        """The limit, with the catch-up amount of the age."""
        elected = {"kind": kind, "amount": "60000.00"}

        assert [(expected, "60000.00")] == taken(elected, birth_date=birth_date, year=year)

    def test_one_limit_for_401k_and_403b(self) -> None:
        """Deferrals to both count together; those to a 457(b) plan have a limit of their own."""
        before = {"401k": "20000.00", "roth_403b": "4000.00", "457b": "24000.00"}
        elected = [{"kind": kind, "amount": "1000.00"} for kind in ("403b", "457b", "roth_457b")]
        amounts = [amount for amount, _ in taken(*elected, before=before)]

        assert ["500.00", "500.00", "0.00"] == amounts

    def test_states_that_tax_them(self) -> None:
        """New Jersey leaves only a 401(k) out of wages, Pennsylvania none."""
        for state, kind, expected in (
            ("US-NJ", "403b", "2000.00"),
            ("US-NJ", "401k", "1900.00"),
            ("US-PA", "457b", "2000.00"),
            ("US-NY", "457b", "1900.00"),
        ):
            wages = taxes(request(state, deductions=[{"kind": kind, "amount": "100.00"}]), "wages")

            assert expected == wages[f"{state}/income_tax"]


class TestRothCatchUp:
    """From 2026 on, catch-up contributions of high earners are Roth: section 414(v)(7)."""

    def of_high_earner(self, wages: str, *deductions: dict[str, Any], **more: Any) -> list[str]:
        document = asked(*deductions, birth_date="1970-07-01", **more)
        document["employee"]["prior_year_wages"] = wages
        return [entry["amount"] for entry in documents.paycheck(document)["deductions"]]

    def test_pre_tax_stops_at_the_limit(self) -> None:
        """24,500 pre-tax, and 8,000 more as Roth."""
        amounts = self.of_high_earner("150000.01", traditional("30000.00"), roth("30000.00"))

        assert ["24500.00", "8000.00"] == amounts

    def test_not_above(self) -> None:
        """At 150,000 dollars, or in 2025, the catch-up may be pre-tax."""
        assert ["32500.00"] == self.of_high_earner("150000.00", traditional("40000.00"))
        assert ["31000.00"] == self.of_high_earner("900000.00", traditional("40000.00"), year=2025)

    def test_roth_before(self) -> None:
        """Roth deferrals of earlier in the year count as the catch-up."""
        before = {"roth_401k": "8000.00", "401k": "20000.00"}

        assert ["4500.00"] == self.of_high_earner(
            "200000.00", traditional("9000.00"), before=before
        )

    def test_fault(self) -> None:
        """Wages of the year before are an amount."""
        document = asked(traditional("1.00"))
        document["employee"]["prior_year_wages"] = "-1"

        assert faults(document)[0].startswith("employee.prior_year_wages: ")
