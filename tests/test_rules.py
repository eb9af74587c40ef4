"""What single rules promise beyond the worked examples of their publications."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from asopay import Rulebook, TableError, TaxTables, documents, rulebook
from asopay.certificates import Certificate
from asopay.contributions import federal_unemployment, rate_on_wages
from asopay.contributions.contribution import Contribution
from asopay.money import rate
from asopay.tables import Days, Table
from asopay.withholding import Pay, federal
from support import exactly, request, taxes

RULEBOOK = Rulebook(TaxTables())
DAY = date(2026, 3, 13)


def table(jurisdiction: str, tax: str, day: date = DAY) -> Table[Any]:
    return RULEBOOK.rule(jurisdiction, tax, Days.on(day)).table


class TestComputationalBridge:
    """Publication 15-T: a form of 2019 or earlier, read as one of 2020 or later."""

    @pytest.mark.parametrize("status", ["single", "married"])
    @pytest.mark.parametrize("allowances", [0, 1, 7])
    @pytest.mark.parametrize("wages", [0, 50_000, 123_456, 999_999])
    def test_same_withholding(self, status: str, allowances: int, wages: int) -> None:
        """The bridge and lines 1j to 1l withhold the same."""
        earlier = Certificate(
            "Form W-4 (2019 or earlier)",
            {
                "filing_status": status,
                "allowances": allowances,
                "extra_withholding": 1_000,
                "exempt": False,
                "nonresident_alien": False,
            },
        )
        figures = table("US", "income_tax")
        bridged = Certificate("bridge", federal.computational_bridge(earlier, figures))
        pay = Pay(wages, "weekly", 52)

        assert federal.withhold(pay, earlier, figures).result == (
            federal.withhold(pay, bridged, figures).result
        )


class TestFederalUnemployment:
    """Form 940 and its Schedule A."""

    def due(self, state: str) -> Contribution:
        return Contribution(700_000, 0, "employer", None, state)

    def test_credit_reduction(self) -> None:
        """In a credit-reduction state the employer owes more: California, 2024, 0.9 percent."""
        figures = table("US", "unemployment", date(2024, 12, 31))
        compute = federal_unemployment.with_credit_reduction

        assert 4_200 == compute(self.due("US-TX"), figures).result
        assert 4_200 + 6_300 == compute(self.due("US-CA"), figures).result
        assert 4_200 == federal_unemployment.contribute(self.due("US-CA"), figures).result

    def test_not_known_yet(self) -> None:
        """Until the year's list is known, the method is an error that names the table."""
        figures = table("US", "unemployment")
        expected = f"{figures.id}: the credit reductions of the year are not in the table yet"

        with pytest.raises(TableError, match=exactly(expected)):
            federal_unemployment.with_credit_reduction(self.due("US-CA"), figures)


class TestRateOnWages:
    """A rate on wages up to a base."""

    @pytest.mark.parametrize(
        ("before", "taxed"), [(0, 200_000), (600_000, 100_000), (700_000, 0), (900_000, 0)]
    )
    def test_base(self, before: int, taxed: int) -> None:
        """Wages are taxed as far as the year's base leaves room for them."""
        due = Contribution(200_000, before, "employer", rate("0.034"), "US-CA")
        line = rate_on_wages.contribute(due, table("US-CA", "unemployment"))

        assert (taxed, taxed * 34 // 1_000) == (line["(taxable)"], line.result)

    def test_payer_without_a_rate(self) -> None:
        """A payer who owes no share has no rate: asking for it names the table and the payer."""
        figures = table("US-CA", "disability_insurance")
        expected = f"{figures.id}: there is no rate for the employer"

        assert ["employee"] == rate_on_wages.payers(figures)
        with pytest.raises(TableError, match=exactly(expected)):
            rate_on_wages.contribute(Contribution(100, 0, "employer"), figures)

    def test_no_rates_of_small_employers(self) -> None:
        """A tax whose small employers are not named by a notice has no rates for them."""
        figures = table("US-CO", "paid_leave")
        expected = f"{figures.id}: there are no rates of small employers"

        with pytest.raises(TableError, match=exactly(expected)):
            rate_on_wages.contribute_as_small(Contribution(100, 0, "employee"), figures)


class TestAdditionalMedicare:
    """Publication 15, section 9: 0.9 percent of wages above 200,000.00 in the year."""

    @pytest.mark.parametrize(
        ("before", "wages", "taxed", "expected"),
        [
            ("198000.00", "2000.00", "0.00", "0.00"),
            ("198000.00", "2000.01", "0.01", "0.00"),
            ("199000.00", "2000.00", "1000.00", "9.00"),
            ("200000.00", "2000.00", "2000.00", "18.00"),
            ("500000.00", "2000.00", "2000.00", "18.00"),
        ],
    )
    def test_threshold(self, before: str, wages: str, taxed: str, expected: str) -> None:
        """The part of a payment that takes the year's wages above the threshold is taxed."""
        asked = request(
            earnings=[{"kind": "regular", "amount": wages}],
            year_to_date={"wages": {"US/medicare": before}},
        )

        assert taxed == taxes(asked, "wages")["US/additional_medicare"]
        assert expected == taxes(asked)["US/additional_medicare"]


class TestDailyPayroll:
    """States that divide a daily payroll by 365."""

    @pytest.mark.parametrize("stated", [{}, {"periods_per_year": 261}])
    def test_own_number_of_days(self, stated: dict[str, int]) -> None:
        """Illinois spreads exemptions over 365 days, whatever the number of pay dates."""
        asked = request("US-IL", pay_frequency="daily", **stated)
        result = documents.paycheck(asked)
        periods = {
            sheet["id"]: line["amount"]
            for sheet in result["worksheets"]
            for line in sheet["lines"]
            if line["line"] in {"(periods)", "1b"}
        }

        assert {
            "US-IL/income_tax": "365",
            "US/income_tax": str(stated.get("periods_per_year", 260)),
        } == periods


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rulebook forgets what was in force for other days rather than growing without end."""
    monkeypatch.setattr(rulebook, "MOST_KEPT", 2)
    own = Rulebook(TaxTables())
    first, *others = (Days.on(date(2026, 3, day)) for day in (1, 2, 3))
    kept = own.in_force(["US-TX"], first)

    assert own.in_force(["US-TX"], first) is kept
    for day in others:
        own.in_force(["US-TX"], day)
    assert own.in_force(["US-TX"], first) is not kept
    assert own.in_force(["US-TX"], first).digest == kept.digest
