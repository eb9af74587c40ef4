"""What the programmes of the states promise: rates, bases and shares, through a whole year."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from asopay import documents
from asopay.jurisdictions import STATES
from asopay.rulebook import standard_rulebook
from asopay.tables import Days
from support import request, taxes

DAY = date(2026, 3, 13)
MISSING = (
    "US-AK/unemployment: the employer's rate is not given: it stands on the rate notice"
    " of the agency, for employer.unemployment.US-AK.rate"
)


def paid(state: str, amount: str = "2000.00", **changes: Any) -> dict[str, Any]:
    return request(state, earnings=[{"kind": "regular", "amount": amount}], **changes)


@pytest.mark.parametrize("state", STATES)
def test_year_of_paychecks(state: str) -> None:
    """Through 26 paychecks no tax passes its base, and the year to date adds up to the cent."""
    account = {state: {"rate": "0.0123"}}
    before: dict[str, Any] = {}
    total: dict[str, Decimal] = {}
    for number in range(26):
        asked = paid(state, "9000.00", employer={"unemployment": account}, year_to_date=before)
        asked["pay_date"] = str(date(2026, 1, 2) + timedelta(14 * number))
        result = documents.paycheck(asked)
        for tax in result["taxes"]:
            key = f"{tax['payer']} {tax['id']}"
            total[key] = total.get(key, Decimal(0)) + Decimal(tax["amount"])
        before = result["year_to_date"]

    law = standard_rulebook().in_force([state], Days.on(DAY))
    for identity, tax in law.taxes.items():
        base = getattr(tax.rule.figures, "wage_base", None)
        if base is not None and identity in before["wages"]:
            assert Decimal(before["wages"][identity]) * 100 == min(base, 26 * 900_000)
    for key, amount in total.items():
        payer, _, identity = key.partition(" ")
        kept = before["taxes" if payer == "employee" else "employer_taxes"]
        assert amount == Decimal(kept[identity])


class TestShares:
    """Who pays how much."""

    @pytest.mark.parametrize(
        ("state", "tax", "count", "employee", "employer"),
        [
            ("US-CO", "paid_leave", None, "8.80", "8.80"),
            ("US-CO", "paid_leave", 10, "8.80", "8.80"),
            ("US-CO", "paid_leave", 9, "8.80", "0.00"),
            ("US-DE", "paid_leave", 25, "8.00", "8.00"),
            ("US-DE", "paid_leave", 24, "3.20", "3.20"),
            ("US-DE", "paid_leave", 9, "0.00", "0.00"),
            ("US-MA", "medical_leave", 24, "5.60", "0.00"),
            ("US-ME", "paid_leave", 14, "10.00", "0.00"),
            ("US-OR", "paid_leave", 24, "12.00", "0.00"),
            ("US-WA", "paid_leave", 49, "16.14", "0.00"),
        ],
    )
    def test_small_employers(
        self, state: str, tax: str, count: int | None, employee: str, employer: str
    ) -> None:
        """Below a number of employees the employer pays less; an unknown number is not below."""
        found = taxes(paid(state, employer={"employee_count": count}))

        assert employee == found[f"{state}/{tax}"]
        assert employer == found[f"{state}/{tax} (employer)"]

    def test_small_by_notice(self) -> None:
        """Minnesota's premium rate notice says whether an employer is small: 0.66 percent."""
        employer = {"methods": {"US-MN/paid_leave": "small_employer"}}
        found = taxes(paid("US-MN", employer=employer))

        assert "8.80" == found["US-MN/paid_leave"]
        assert "4.40" == found["US-MN/paid_leave (employer)"]

    def test_several_programmes(self) -> None:
        """Totals that another engine has as one: New Jersey's four, the two of Massachusetts."""
        jersey = paid("US-NJ", "10000.00", pay_date="2026-12-31", pay_frequency="annual")
        health = [
            {"kind": "401k", "amount": "2000.00"},
            {"kind": "section_125_health", "amount": "1000.00"},
            {"kind": "hsa", "amount": "500.00"},
        ]
        massachusetts = paid("US-MA", "200000.00", pay_frequency="annual")
        both = ("family_leave", "medical_leave")
        four = ("unemployment", "workforce_development", "disability_insurance", "family_leave")

        for asked in (jersey, {**jersey, "deductions": health}):
            found = taxes(asked)
            assert Decimal("84.50") == sum(Decimal(found[f"US-NJ/{tax}"]) for tax in four)
        found = taxes(massachusetts)
        assert Decimal("848.70") == sum(Decimal(found[f"US-MA/{tax}"]) for tax in both)

    def test_without_the_employer_s_rate(self) -> None:
        """The employee's share is withheld whether the employer's rate is known or not."""
        without = documents.paycheck(paid("US-AK"))
        account = {"unemployment": {"US-AK": {"rate": "0.02"}}}

        assert MISSING in without["not_computed"]
        assert "10.00" == taxes(paid("US-AK"))["US-AK/unemployment"]
        assert "40.00" == taxes(paid("US-AK", employer=account))["US-AK/unemployment (employer)"]

    def test_tips(self) -> None:
        """Washington's premiums are on wages without tips."""
        asked = paid("US-WA")
        asked["earnings"].append({"kind": "tips", "amount": "500.00"})

        assert "2000.00" == taxes(asked, "wages")["US-WA/paid_leave"]
        assert "2500.00" == taxes(asked, "wages")["US/social_security"]

    @pytest.mark.parametrize(
        ("frequency", "expected"),
        [("weekly", "0.60"), ("biweekly", "1.20"), ("semimonthly", "1.30"), ("monthly", "2.60")],
    )
    def test_weekly_limit(self, frequency: str, expected: str) -> None:
        """New York's disability benefits cost the employee no more than 60 cents a week."""
        found = taxes(paid("US-NY", pay_frequency=frequency))

        assert expected == found["US-NY/disability_insurance"]


class TestBegin:
    """Programmes and tables that begin later."""

    def test_not_begun(self) -> None:
        """Minnesota's paid leave begins in 2026: before that nothing is due."""
        before = documents.paycheck(paid("US-MN", pay_date="2025-12-31"))

        assert not any(tax["id"] == "US-MN/paid_leave" for tax in before["taxes"])
        assert not any("paid_leave" in gap for gap in before["not_computed"])
        assert "8.80" == taxes(paid("US-MN", pay_date="2026-01-01"))["US-MN/paid_leave"]

    def test_maryland(self) -> None:
        """Maryland's contributions begin in 2027: before that nothing is due or missing."""
        result = documents.paycheck(paid("US-MD", pay_date="2026-12-31"))

        assert not any("paid_leave" in tax["id"] for tax in result["taxes"])
        assert not any("paid_leave" in gap for gap in result["not_computed"])

    def test_no_table_yet(self) -> None:
        """A contribution whose tables begin later is named as not computed, never left out."""
        result = documents.paycheck(paid("US-TX", pay_date="2024-06-14"))

        assert "US-TX/unemployment: no table before 2025-01-01" in result["not_computed"]
