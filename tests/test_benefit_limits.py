"""Limits on health savings, flexible spending, dependent care, commuting, and assistance."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asopay import (
    Deduction,
    Earning,
    Employee,
    InvalidRequest,
    PaycheckRequest,
    YearToDate,
    documents,
    gross_to_net,
)
from asopay.parties import HealthCoverage
from support import faults, request, taxes


def taken(
    kind: str, amount: str = "20000", *, on: str = "2026-03-13", employer: str = "0", **asked: Any
) -> tuple[str, str]:
    """What is taken from the employee, and what the employer adds, of 50,000 dollars of pay."""
    employee = {"residence": ["US-TX"], **asked.pop("employee", {})}
    deduction = {"kind": kind, "amount": amount, "employer_amount": employer}
    pay = [{"kind": "regular", "amount": "50000.00"}]
    document = request(
        pay_date=on, employee=employee, earnings=pay, deductions=[deduction], **asked
    )
    (entry,) = documents.paycheck(document)["deductions"]
    return entry["amount"], entry["employer_amount"]


class TestLimits:
    """The limits of each year, as the revenue procedures have them."""

    @pytest.mark.parametrize(
        ("kind", "year", "expected"),
        [
            ("hsa", 2024, "8300.00"),
            ("hsa", 2025, "8550.00"),
            ("hsa", 2026, "8750.00"),
            ("health_fsa", 2024, "3200.00"),
            ("health_fsa", 2025, "3300.00"),
            ("limited_fsa", 2026, "3400.00"),
            ("dependent_care", 2025, "5000.00"),
            ("dependent_care", 2026, "7500.00"),
            ("transit", 2024, "315.00"),
            ("transit", 2025, "325.00"),
            ("parking", 2026, "340.00"),
        ],
    )
    def test_limit(self, kind: str, year: int, expected: str) -> None:
        """No more than the limit is taken, and only that reduces the wages."""
        assert (expected, "0.00") == taken(kind, on=f"{year}-03-13")

    def test_filing_separately(self) -> None:
        """A married employee who files a return apart has half the limit on dependent care."""
        separately = {"files_separately": True}

        assert "3750.00" == taken("dependent_care", employee=separately)[0]
        assert "2500.00" == taken("dependent_care", employee=separately, on="2025-03-13")[0]
        assert "3400.00" == taken("health_fsa", employee=separately)[0]

    def test_general_and_limited_fsa_share_a_limit(self) -> None:
        """Salary reductions to both are under one limit; the employer's are beside it."""
        before = {"deductions": {"health_fsa": "3000.00"}, "employer_amounts": {"health_fsa": 500}}

        assert ("400.00", "900.00") == taken("limited_fsa", employer="900", year_to_date=before)

    def test_what_the_employer_adds_counts(self) -> None:
        """It comes first, and is itself within the limit."""
        assert ("7750.00", "1000.00") == taken("hsa", employer="1000")
        assert ("0.00", "8750.00") == taken("hsa", employer="9000")
        before = {"deductions": {"hsa": "8000.00"}, "employer_amounts": {"hsa": "500.00"}}
        assert ("150.00", "100.00") == taken("hsa", employer="100", year_to_date=before)

    def test_by_month(self) -> None:
        """Commuting has a limit of the calendar month; earlier months do not count."""
        before = {"deductions": {"transit": "640.00", "transit/2026-03": "300.00"}}
        document = request(
            deductions=[{"kind": "transit", "amount": "100.00"}], year_to_date=before
        )
        result = documents.paycheck(document)
        carried = result["year_to_date"]["deductions"]

        assert "40.00" == result["deductions"][0]["amount"]
        assert {"transit": "680.00", "transit/2026-03": "340.00"} == carried
        document["pay_date"], document["year_to_date"] = "2026-04-10", {"deductions": carried}
        april = documents.paycheck(document)
        assert "100.00" == april["deductions"][0]["amount"]
        expected = {"transit": "780.00", "transit/2026-04": "100.00"}
        assert expected == april["year_to_date"]["deductions"]

    def test_explained(self) -> None:
        """The worksheet has the limit and what is left of it."""
        before = {"deductions": {"hsa": "8000.00"}}
        document = request(
            deductions=[{"kind": "hsa", "amount": "900.00", "employer_amount": "50.00"}],
            year_to_date=before,
        )
        (sheet,) = (s for s in documents.paycheck(document)["worksheets"] if "(room)" in str(s))
        lines = {line["line"]: line["amount"] for line in sheet["lines"]}

        assert "deductions[0]" == sheet["id"]
        assert {
            "(elected)": "900.00",
            "(limit)": "8750.00",
            "(before)": "8000.00",
            "(employer)": "50.00",
            "(room)": "700.00",
            "(contribution)": "700.00",
        } == lines


class TestCoverage:
    """The limit of a health savings account goes by months of coverage: section 223(b)."""

    @pytest.mark.parametrize(
        ("coverage", "born", "expected"),
        [
            ({"self_only_months": 12}, None, "4400.00"),
            ({"family_months": 12}, None, "8750.00"),
            ({"family_months": 12}, "1971-12-31", "9750.00"),
            ({"family_months": 12}, "1972-01-01", "8750.00"),
            ({"self_only_months": 7}, None, "2566.67"),
            ({"self_only_months": 6, "family_months": 3}, None, "4387.50"),
            ({"self_only_months": 6}, "1970-01-01", "2700.00"),
            ({"self_only_months": 1, "last_month": "self_only"}, None, "4400.00"),
            ({"family_months": 2, "last_month": "family"}, "1970-01-01", "9750.00"),
            (
                {"family_months": 10, "self_only_months": 2, "last_month": "self_only"},
                None,
                "8025.00",
            ),
            ({}, None, "0.00"),
            (None, None, "8750.00"),
            (None, "1970-01-01", "9750.00"),
        ],
    )
    def test_months(self, coverage: Any, born: str | None, expected: str) -> None:
        """A twelfth a month; coverage on December 1 counts for the year where that is more."""
        employee = {"health_coverage": coverage, "birth_date": born}

        assert expected == taken("hsa", employee=employee)[0]

    def test_declined_catch_up(self) -> None:
        """Who does not want the amount that goes by age stays within the ordinary limit."""
        document = request(
            employee={"residence": ["US-TX"], "birth_date": "1960-01-01"},
            earnings=[{"kind": "regular", "amount": "50000.00"}],
            deductions=[{"kind": "hsa", "amount": "20000", "catch_up": False}],
        )

        assert "8750.00" == documents.paycheck(document)["deductions"][0]["amount"]
        document["deductions"][0]["employer_amount"] = "9000"
        assert "8750.00" == documents.paycheck(document)["deductions"][0]["employer_amount"]


class TestContradictions:
    """What can't be at once is refused."""

    def test_all_at_once(self) -> None:
        """Each fault names its field."""
        document = request(
            employee={
                "residence": ["US-TX"],
                "s_corporation_shareholder": True,
                "health_coverage": {"self_only_months": 9, "family_months": 4},
            },
            deductions=[
                {"kind": "hsa", "amount": "10.00", "catch_up": True},
                {"kind": "health_fsa", "amount": "10.00"},
                {"kind": "after_tax_health", "amount": "10.00", "catch_up": False},
            ],
        )
        found = faults(document)

        assert [
            "deductions[0].catch_up",
            "deductions[0].kind",
            "deductions[0].kind",
            "deductions[1].kind",
            "deductions[2].catch_up",
            "employee.health_coverage",
        ] == sorted(fault.partition(": ")[0] for fault in found)
        assert any(
            "general health FSA (deductions[1]): a limited_fsa goes with it" in f for f in found
        )

    def test_last_month(self) -> None:
        """A program that states an unknown coverage is told the accepted ones."""
        coverage = HealthCoverage(family_months=1, last_month="couple")  # type: ignore[arg-type]
        pay = [Earning("regular", amount=100)]
        employee = Employee(["US-TX"], health_coverage=coverage)
        with pytest.raises(
            InvalidRequest, match=r"last_month: 'couple' is not one of self_only, family"
        ):
            gross_to_net(PaycheckRequest(date(2026, 1, 2), "weekly", employee, pay))

    def test_no_such_month(self) -> None:
        """A key of the year to date is a kind, or a kind and a month."""
        document = request(
            year_to_date={"deductions": {"transit/3": 1}, "employer_amounts": {"x": 1}}
        )

        assert [
            "year_to_date.deductions.transit/3",
            "year_to_date.employer_amounts.x",
        ] == [fault.partition(": ")[0] for fault in faults(document)]


class TestAssistance:
    """Assistance is no wages up to its limit, and what exceeds it is."""

    def wages(self, kind: str, amount: str, before: str = "0", **asked: Any) -> dict[str, str]:
        earnings = [{"kind": "regular", "amount": "2000.00"}, {"kind": kind, "amount": amount}]
        kept = {f"US/exempt/{kind}": before}
        return taxes(request(earnings=earnings, year_to_date={"wages": kept}, **asked), "wages")

    def test_educational_assistance(self) -> None:
        """5,250 dollars a year are no wages of any tax: section 127."""
        inside = self.wages("educational_assistance", "5250.00")
        beyond = self.wages("educational_assistance", "1000.00", before="5000.00")

        for tax in ("US/income_tax", "US/social_security", "US/unemployment (employer)"):
            assert ("2000.00", "2750.00") == (inside[tax], beyond[tax])

    def test_twice_in_a_paycheck(self) -> None:
        """Several payments are under one limit."""
        earnings = [{"kind": "educational_assistance", "amount": "3000.00"}] * 2
        found = taxes(request(earnings=earnings), "wages")

        assert "750.00" == found["US/income_tax"] == found["US/medicare"]

    def test_adoption_assistance(self) -> None:
        """It is wages for Social Security, Medicare and FUTA; income tax is on the excess."""
        found = self.wages("adoption_assistance", "17770.00")

        assert "2100.00" == found["US/income_tax"]
        assert "19770.00" == found["US/social_security"] == found["US/medicare"]

    def test_reimbursements_of_health_costs(self) -> None:
        """QSEHRA reimbursements have a limit by coverage and months, ICHRA ones none."""
        coverage = {"health_coverage": {"self_only_months": 6}}
        employee = {"residence": ["US-TX"], **coverage}

        assert "2100.00" == self.wages("qsehra", "3325.00", employee=employee)["US/medicare"]
        assert "2000.00" == self.wages("ichra", "30000.00")["US/medicare"]

    def test_carried(self) -> None:
        """What was left out is carried in the year to date, and all of it is gross pay."""
        earnings = [{"kind": "educational_assistance", "amount": "6000.00"}]
        result = documents.paycheck(request(earnings=earnings))

        assert "6000.00" == result["gross_pay"]
        assert "5250.00" == result["year_to_date"]["wages"]["US/exempt/educational_assistance"]

    @pytest.mark.parametrize(
        ("kind", "income_tax", "medicare", "gross"),
        [
            ("wellness_reward", "2100.00", "2100.00", "2100.00"),
            ("taxable_reimbursement", "2100.00", "2100.00", "2100.00"),
            ("domestic_partner_coverage", "2100.00", "2100.00", "2000.00"),
            ("fringe_benefit", "2100.00", "2100.00", "2000.00"),
            ("s_corporation_health", "2100.00", "2000.00", "2000.00"),
        ],
    )
    def test_other_kinds(self, kind: str, income_tax: str, medicare: str, gross: str) -> None:
        """Cash is wages; imputed income is wages that are not paid out."""
        earnings = [{"kind": "regular", "amount": "2000.00"}, {"kind": kind, "amount": "100.00"}]
        document = request(earnings=earnings)
        found = taxes(document, "wages")

        assert (income_tax, medicare) == (found["US/income_tax"], found["US/medicare"])
        assert gross == documents.paycheck(document)["gross_pay"]


MOST = {"hsa": 975_000, "health_fsa": 340_000, "dependent_care": 750_000}
MONTHLY = {"transit": 34_000, "parking": 34_000}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 27),
            st.dictionaries(
                st.sampled_from(["hsa", "limited_fsa", "dependent_care", "transit", "parking"]),
                st.tuples(st.integers(0, 5_000), st.integers(0, 5_000)),
                min_size=1,
            ),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_limit_is_ever_passed(checks: list[tuple[int, dict[str, tuple[int, int]]]]) -> None:
    """In any sequence of paychecks, each limit of the year and of the month holds after each."""
    before = YearToDate()
    of_month: dict[tuple[str, int], int] = {}
    for number, (day, elected) in enumerate(checks):
        paycheck = gross_to_net(
            PaycheckRequest(
                pay_date=date(2026, number // 2 + 1, max(day, 1)),
                pay_frequency="biweekly",
                employee=Employee(["US-TX"], birth_date=date(1960, 1, 1)),
                earnings=[Earning("regular", amount=20_000)],
                deductions=[
                    Deduction(kind, amount=amount, employer_amount=employer)
                    for kind, (amount, employer) in elected.items()
                ],
                year_to_date=before,
            )
        )
        before = paycheck.year_to_date
        deducted = paycheck.year_to_date_cents["deductions"]
        added = paycheck.year_to_date_cents["employer_amounts"]
        for each in paycheck.deductions:
            key = (each.kind, number // 2)
            total = each.amount_cents + each.employer_amount_cents
            of_month[key] = of_month.get(key, 0) + total

        for kind in ("hsa", "dependent_care"):
            assert deducted.get(kind, 0) + added.get(kind, 0) <= MOST[kind]
        assert deducted.get("limited_fsa", 0) <= MOST["health_fsa"]
        for (kind, _), total in of_month.items():
            assert total <= MONTHLY.get(kind, total)
