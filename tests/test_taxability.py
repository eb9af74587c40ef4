"""What taxable wages promise: each tax is on the wages that its law counts."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from asopay import TableError, TaxTables, documents
from asopay.rulebook import rule_of
from asopay.taxability import Basis, EarningDeparture, Taken, Wages, basis_of, taxable
from support import request, taxes

REGULAR = {"kind": "regular", "amount": "2000.00"}
FLAT_BONUS = {"kind": "bonus", "amount": "1000.00", "supplemental_method": "flat"}
DEFERRAL = {"kind": "401k", "amount": "200.00"}
ROTH = {"kind": "roth_401k", "amount": "200.00"}
HEALTH = {"kind": "section_125_health", "amount": "100.00"}
INSURANCE = {"kind": "group_term_life", "amount": "46.00"}
BOTH = Basis(reducing=frozenset({"a", "b"}))


def wages(state: str, *deductions: dict[str, Any], **changes: Any) -> dict[str, str]:
    return taxes(request(state, deductions=list(deductions), **changes), "wages")


class TestLaw:
    """Which deductions reduce the wages of which tax."""

    @pytest.mark.parametrize(
        ("deduction", "income_tax", "fica"),
        [
            (DEFERRAL, "1800.00", "2000.00"),  # 26 U.S.C. 402(e)(3), 3121(v)(1)(A)
            (ROTH, "2000.00", "2000.00"),  # 26 U.S.C. 402A
            (HEALTH, "1900.00", "1900.00"),  # 26 U.S.C. 125, 3121(a)(5)(G)
        ],
    )
    def test_federal(self, deduction: dict[str, Any], income_tax: str, fica: str) -> None:
        """Income tax is on wages less deferrals and premiums, FICA and FUTA less premiums only."""
        found = wages("US-TX", deduction)

        assert income_tax == found["US/income_tax"]
        for tax in ("US/social_security", "US/medicare", "US/unemployment (employer)"):
            assert fica == found[tax]

    @pytest.mark.parametrize("kind", ["hsa", "health_fsa", "dependent_care", "transit", "parking"])
    def test_salary_reductions(self, kind: str) -> None:
        """They are wages of no federal tax: 26 U.S.C. 106, 125, 129, 132, 3121(a), 3306(b)."""
        found = wages("US-TX", {"kind": kind, "amount": "100.00"})

        for tax in ("income_tax", "social_security", "medicare", "unemployment (employer)"):
            assert "1900.00" == found[f"US/{tax}"]

    def test_group_term_life(self) -> None:
        """It bears Social Security and Medicare only, and is not paid out: 26 U.S.C. 3121(a)(2)."""
        asked = request("US-CA", earnings=[REGULAR, INSURANCE])
        found, paid = taxes(asked, "wages"), documents.paycheck(asked)

        assert "2046.00" == found["US/social_security"] == found["US/medicare"]
        for tax in ("US/income_tax", "US/unemployment (employer)", "US-CA/income_tax"):
            assert "2000.00" == found[tax]
        assert ("2000.00", "46.00") == (paid["gross_pay"], paid["imputed_income"])

    @pytest.mark.parametrize(
        ("deduction", "expected"),
        [(DEFERRAL, "2000.00"), (ROTH, "2000.00"), (HEALTH, "1900.00")],
    )
    def test_pennsylvania(self, deduction: dict[str, Any], expected: str) -> None:
        """Pennsylvania taxes deferrals to a 401(k) plan as they are earned: REV-415."""
        assert expected == wages("US-PA", deduction)["US-PA/income_tax"]

    @pytest.mark.parametrize(
        ("deduction", "income_tax", "insurance"),
        [
            (DEFERRAL, "1800.00", "2000.00"),
            (ROTH, "2000.00", "2000.00"),
            (HEALTH, "1900.00", "1900.00"),
        ],
    )
    def test_california(self, deduction: dict[str, Any], income_tax: str, insurance: str) -> None:
        """California's disability insurance is on deferrals too, not on premiums: DE 231EB."""
        found = wages("US-CA", deduction)

        assert income_tax == found["US-CA/income_tax"]
        assert insurance == found["US-CA/disability_insurance"]
        assert insurance == found["US-CA/employment_training (employer)"]

    @pytest.mark.parametrize(
        ("state", "kind", "before", "expected"),
        [
            ("US-NJ", "hsa", 0, "2040.00"),  # N.J.S.A. 54A:6-24
            ("US-NJ", "health_fsa", 0, "2000.00"),  # TB-39(R)
            ("US-NJ", "transit", 0, "2000.00"),  # N.J.S.A. 54A:6-23(c)
            ("US-CA", "hsa", 0, "2040.00"),
            ("US-CA", "health_fsa", 0, "1900.00"),
            ("US-PA", "health_fsa", 0, "1900.00"),
            ("US-PA", "dependent_care", 0, "1900.00"),  # Act 34 of 2023
            ("US-PA", "dependent_care", 4970, "1970.00"),
            ("US-PA", "dependent_care", 5000, "2000.00"),
            ("US-NY", "dependent_care", 5000, "1900.00"),
        ],
    )
    def test_departures(self, state: str, kind: str, before: int, expected: str) -> None:
        """Few states depart from the federal treatment; two tax what the employer contributes."""
        deduction = {"kind": kind, "amount": "100.00", "employer_amount": "40.00"}
        found = wages(state, deduction, year_to_date={"deductions": {kind: before}})

        assert expected == found[f"{state}/income_tax"]

    @pytest.mark.parametrize(
        ("pay_date", "expected"), [("2025-06-30", "2000.00"), ("2025-07-01", "2300.00")]
    )
    def test_alabama_overtime(self, pay_date: str, expected: str) -> None:
        """Overtime pay received through June 30, 2025, was free of Alabama's tax: Act 2023-421."""
        overtime = {"kind": "overtime", "amount": "300.00"}
        found = wages("US-AL", earnings=[REGULAR, overtime], pay_date=pay_date)

        assert expected == found["US-AL/income_tax"]
        assert "2300.00" == found["US/income_tax"]

    @pytest.mark.parametrize(
        ("deduction", "regular", "flat"),
        [
            ({"kind": "401k", "percent": "10"}, "1800.00", "900.00"),
            ({"kind": "401k", "amount": "300.00"}, "1700.00", "1000.00"),
            ({"kind": "401k", "amount": "2100.00"}, "0.00", "900.00"),
            ({"kind": "roth_401k", "percent": "10"}, "2000.00", "1000.00"),
        ],
    )
    def test_flat_taxed_bonus(self, deduction: dict[str, Any], regular: str, flat: str) -> None:
        """A percentage lowers bonus and wages alike, an amount the bonus only when wages end."""
        found = wages("US-CA", deduction, earnings=[REGULAR, FLAT_BONUS])

        for place in ("US", "US-CA"):
            assert regular == found[f"{place}/income_tax"]
            assert flat == found[f"{place}/supplemental_income_tax"]
        assert "3000.00" == found["US/social_security"]

    def test_state_without_a_flat_rate(self) -> None:
        """Where a state taxes bonuses as wages, a flat federal rate changes nothing there."""
        found = wages("US-PA", HEALTH, earnings=[REGULAR, FLAT_BONUS])

        assert "2900.00" == found["US-PA/income_tax"]
        assert ("1900.00", "1000.00") == (
            found["US/income_tax"],
            found["US/supplemental_income_tax"],
        )

    def test_bonus_alone(self) -> None:
        """With nothing but flat-taxed wages, there is no entry of tax on regular wages."""
        found = wages("US-CA", earnings=[FLAT_BONUS])

        assert not {"US/income_tax", "US-CA/income_tax"} & found.keys()
        assert "1000.00" == found["US/supplemental_income_tax"]


class TestTaxable:
    """Taking deductions out of wages, in cents."""

    @pytest.mark.parametrize(
        ("taken", "expected"),
        [
            ([], Wages(100, 60, 30)),
            ([Taken("other", 50)], Wages(100, 60, 30)),
            ([Taken("a", 40)], Wages(60, 60, 30)),
            ([Taken("a", 100)], Wages(0, 60, 30)),
            ([Taken("a", 110)], Wages(0, 50, 25)),
            ([Taken("a", 30, 10)], Wages(80, 50, 25)),
            ([Taken("a", 30, 10), Taken("b", 90, 0)], Wages(0, 40, 20)),
            ([Taken("a", 60, 60)], Wages(100, 0, 0)),
            ([Taken("a", 160)], Wages(0, 0, 0)),
            ([Taken("a", 999)], Wages(0, 0, 0)),
            ([Taken("a", 61, 1)], Wages(40, 59, 30)),  # 29.5
        ],
    )
    def test_amounts(self, taken: list[Taken], expected: Wages) -> None:
        """A deduction comes out of the wages that it was taken from; the rest out of the others."""
        assert expected == taxable(Wages(100, 60, 30), taken, BOTH)

    @pytest.mark.parametrize(
        ("before", "expected"), [(0, 60), (10, 60), (50, 90), (60, 100), (70, 100)]
    )
    def test_up_to(self, before: int, expected: int) -> None:
        """What reduces wages up to an amount a year does so no further."""
        basis = Basis(reducing=frozenset("a"), limits=frozenset({("a", 60)}))

        assert Wages(expected) == taxable(Wages(100), [Taken("a", 40, before=before)], basis)

    def test_employer_part(self) -> None:
        """What the employer adds can be wages, whether the deduction is or not."""
        basis = Basis(employer_parts=frozenset("a"))

        assert Wages(125) == taxable(Wages(100), [Taken("a", 40, employer_amount=25)], basis)

    def test_nothing_reduces(self) -> None:
        """A tax that no deduction reduces is on gross wages."""
        gross = Wages(100, 60, 30)

        assert gross == taxable(gross, [Taken("a", 40)], Basis())
        assert 160 == gross.gross

    def test_no_wages(self) -> None:
        """Without any wages, none are taxed."""
        assert Wages(0) == taxable(Wages(0), [Taken("a", 40)], BOTH)


def test_earning_departures() -> None:
    """A departure for a kind of earning holds for its tax only, and can go either way."""
    tables = TaxTables()
    federal, state = (rule_of(tables.editions(p, "taxability")[-1]).table for p in ("US", "US-CA"))
    counted = EarningDeparture("income_tax", "group_term_life", counts=True, source="a test")
    not_counted = EarningDeparture("unemployment", "bonus", counts=False, source="a test")
    departing = evolve(
        state, figures=evolve(state.figures, earning_departures=(counted, not_counted))
    )

    assert "group_term_life" in basis_of("income_tax", federal).left_out
    assert "group_term_life" not in basis_of("income_tax", federal, departing).left_out
    found = basis_of("unemployment", federal, departing).left_out
    assert {"bonus"} == found - basis_of("unemployment", federal).left_out


def test_tax_without_a_row() -> None:
    """A state's tax of which the table does not say what counts is an error that names both."""
    tables = TaxTables()
    federal, state = (rule_of(tables.editions(p, "taxability")[-1]).table for p in ("US", "US-CA"))

    with pytest.raises(TableError, match=f"{state.id}: it does not say which wages count for tip"):
        basis_of("tips_tax", federal, state)
