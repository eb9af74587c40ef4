"""What result documents promise: all figures as text, in a fixed order, ready for the next one."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from asopay import (
    Deduction,
    Earning,
    Employee,
    Employer,
    Paycheck,
    PaycheckRequest,
    Rulebook,
    TaxTables,
    UnemploymentAccount,
    YearToDate,
    __version__,
    documents,
    gross_to_net,
)
from asopay.jurisdictions import STATES
from asopay.rulebook import ORDER
from support import request, taxes

STATES_COVERED = list(STATES)

REQUEST = PaycheckRequest(
    pay_date=date(2026, 3, 13),
    pay_frequency="biweekly",
    employee=Employee(["US-CA"], {"US-CA": {"allowances": 1}}, birth_date=date(1984, 5, 1)),
    earnings=[
        Earning("regular", hours=80, rate=Decimal("30.00")),
        Earning("bonus", 1000, supplemental_method="flat"),
    ],
    employer=Employer(unemployment={"US-CA": UnemploymentAccount("0.034")}),
    deductions=[Deduction("401k", percent=6), Deduction("section_125_health", 120, None, 480)],
    year_to_date=YearToDate({"US/medicare": "1000.00"}, {"US/medicare": "14.50"}),
)
DOCUMENT = {
    "pay_date": "2026-03-13",
    "pay_frequency": "biweekly",
    "employee": {
        "residence": ["US-CA"],
        "certificates": {"US-CA": {"allowances": 1}},
        "birth_date": "1984-05-01",
    },
    "earnings": [
        {"kind": "regular", "hours": "80", "rate": "30.00"},
        {"kind": "bonus", "amount": "1000.00", "supplemental_method": "flat"},
    ],
    "employer": {"unemployment": {"US-CA": {"rate": "0.034"}}},
    "deductions": [
        {"kind": "401k", "percent": "6"},
        {"kind": "section_125_health", "amount": "120.00", "employer_amount": "480.00"},
    ],
    "year_to_date": {"wages": {"US/medicare": "1000.00"}, "taxes": {"US/medicare": "14.50"}},
}


def everything(state: str) -> dict[str, Any]:
    """A request in which every part of a paycheck has an amount."""
    return request(
        state,
        earnings=[
            {"kind": "regular", "amount": "3000.00"},
            {"kind": "bonus", "amount": "500.00", "supplemental_method": "flat"},
            {"kind": "commission", "amount": "250.00", "supplemental_method": "aggregate"},
        ],
        deductions=[{"kind": "401k", "percent": "5"}, {"kind": "roth_401k", "amount": "10.00"}],
    )


def place_in_order(entry: tuple[str, str, str]) -> tuple[Any, ...]:
    jurisdiction, tax, payer = entry
    number = ORDER.index(tax) if tax in ORDER else len(ORDER)
    return jurisdiction != "US", number, tax, payer


def total(amounts: Any) -> Decimal:
    return sum((Decimal(amount) for amount in amounts), Decimal(0))


class TestResult:
    """The result document."""

    def test_document_and_objects_agree(self) -> None:
        """A document and the objects that it stands for have the same result."""
        assert documents.result_document(gross_to_net(REQUEST)) == documents.paycheck(DOCUMENT)

    @pytest.mark.parametrize("state", STATES_COVERED)
    def test_parts_add_up(self, state: str) -> None:
        """Net pay and the employer's cost are gross pay less and plus what stands beside them."""
        result = documents.paycheck(everything(state))
        withheld, paid = (
            total(tax["amount"] for tax in result["taxes"] if tax["payer"] == payer)
            for payer in ("employee", "employer")
        )
        deducted = total(entry["amount"] for entry in result["deductions"])

        assert Decimal(result["net_pay"]) == Decimal("3750.00") - withheld - deducted
        assert Decimal(result["employer_cost"]) == Decimal("3750.00") + paid

    @pytest.mark.parametrize("state", STATES_COVERED)
    def test_order(self, state: str) -> None:
        """Federal taxes come first, each jurisdiction's in a fixed order, the employee's share."""
        entries = documents.paycheck(everything(state))["taxes"]
        places = [(*tax["id"].split("/"), tax["payer"]) for tax in entries]

        assert places == sorted(places, key=place_in_order)

    def test_equal_requests_give_equal_bytes(self) -> None:
        """The order of a request's fields, and who computes it, change no byte of the result."""
        turned = json.loads(json.dumps(DOCUMENT), object_pairs_hook=lambda ps: dict(ps[::-1]))
        first, second = (
            json.dumps(documents.paycheck(document, Rulebook(TaxTables())))
            for document in (DOCUMENT, turned)
        )

        assert list(DOCUMENT) != list(turned)
        assert first == second

    @pytest.mark.parametrize("state", STATES_COVERED)
    def test_every_figure_has_its_reason(self, state: str) -> None:
        """Each tax names worksheets of the document, whose last lines make its amount."""
        result = documents.paycheck(everything(state))
        sheets = {sheet["id"]: sheet for sheet in result["worksheets"]}
        used = [name for tax in result["taxes"] for name in tax["worksheets"]]
        used += [name for entry in result["deductions"] for name in entry["worksheets"]]

        assert sorted(used) == sorted(sheets)
        for tax in result["taxes"]:
            assert tax["amount"] == sheets[tax["worksheets"][-1]]["lines"][-1]["amount"]
        for sheet in sheets.values():
            assert sheet["source"].startswith("http")
            assert all(line["label"] for line in sheet["lines"])

    def test_names_of_worksheets(self) -> None:
        """A worksheet has the name of its tax, and of the payer where two owe a share."""
        names = {
            (tax["id"], tax["payer"]): tax["worksheets"]
            for tax in documents.paycheck(request())["taxes"]
        }

        assert ["US/income_tax"] == names["US/income_tax", "employee"]
        assert ["US/additional_medicare"] == names["US/additional_medicare", "employee"]
        assert ["US/medicare/employer"] == names["US/medicare", "employer"]

    def test_tables(self) -> None:
        """The result names the release and a digest of the tables that were used."""
        tables = documents.paycheck(request())["tables"]

        assert __version__ == tables["release"]
        assert tables["digest"].startswith("sha256:")
        assert tables == documents.paycheck(request(pay_date="2026-03-14"))["tables"]
        assert tables != documents.paycheck(request(pay_date="2025-03-14"))["tables"]


class TestYearToDate:
    """The year to date of a result."""

    @pytest.mark.parametrize("state", STATES_COVERED)
    def test_passes_on(self, state: str) -> None:
        """It can be passed on as it is, and counts the next paycheck on top."""
        asked = everything(state)
        first = documents.paycheck(asked)["year_to_date"]
        second = documents.paycheck({**asked, "year_to_date": first})["year_to_date"]
        entries = documents.paycheck(asked)["taxes"]
        ids = {tax["id"] for tax in entries} | {"US/aggregated_supplemental_wages"}

        assert ids == first["wages"].keys() == second["wages"].keys()
        for part in ("wages", "taxes", "employer_taxes", "deductions"):
            assert list(first[part]) == sorted(first[part])
        assert Decimal(second["wages"]["US/medicare"]) == 2 * Decimal(first["wages"]["US/medicare"])
        assert {key: 2 * Decimal(amount) for key, amount in first["deductions"].items()} == {
            key: Decimal(amount) for key, amount in second["deductions"].items()
        }

    def test_objects_pass_on(self) -> None:
        """The same holds for the objects, in dollars."""
        paycheck = gross_to_net(REQUEST)

        assert Decimal("4280.00") == paycheck.year_to_date.wages["US/medicare"]
        assert Decimal("62.06") == paycheck.year_to_date.taxes["US/medicare"]
        assert paycheck.year_to_date.wages == {
            key: Decimal(amount)
            for key, amount in documents.paycheck(DOCUMENT)["year_to_date"]["wages"].items()
        }

    def test_wage_base(self) -> None:
        """Wages above the year's base are not taxed, whatever the number of paychecks."""
        earnings = [{"kind": "regular", "amount": "10000.00"}]
        before = {"wages": {"US/social_security": "180000.00"}}
        asked = request(earnings=earnings, year_to_date=before)

        assert "4500.00" == taxes(asked, "wages")["US/social_security"]
        assert "279.00" == taxes(asked)["US/social_security (employer)"]
        after = documents.paycheck(asked)["year_to_date"]
        assert "184500.00" == after["wages"]["US/social_security"]
        assert "0.00" == taxes({**asked, "year_to_date": after})["US/social_security"]

    def test_shares_are_kept_apart(self) -> None:
        """The employer's share is in the year to date of the employer's taxes."""
        found = documents.paycheck(request())["year_to_date"]

        assert "124.00" == found["taxes"]["US/social_security"]
        assert "124.00" == found["employer_taxes"]["US/social_security"]
        assert "2000.00" == found["wages"]["US/social_security"]
        assert "US/unemployment" not in found["taxes"]
        assert "US/income_tax" not in found["employer_taxes"]


class TestPaycheck:
    """The result as an object."""

    PAYCHECK: Paycheck = gross_to_net(REQUEST)

    def test_dollars(self) -> None:
        """Amounts can be read as dollars."""
        result = documents.paycheck(DOCUMENT)
        tax = self.PAYCHECK.tax("US/medicare", "employer")
        deferral, health = self.PAYCHECK.deductions

        assert Decimal("3400.00") == self.PAYCHECK.gross_pay
        assert Decimal(result["net_pay"]) == self.PAYCHECK.net_pay
        assert Decimal(result["employer_cost"]) == self.PAYCHECK.employer_cost
        assert (Decimal("3280.00"), Decimal("47.56")) == (tax.wages, tax.amount)
        assert (Decimal("204.00"), Decimal("480.00")) == (deferral.amount, health.employer_amount)
        assert (240_000, 100_000) == self.PAYCHECK.earnings_cents

    def test_tax_that_there_is_not(self) -> None:
        """Asking for a tax that is not due names those that are."""
        with pytest.raises(KeyError, match="there is no employer US/income_tax: there is US/incom"):
            self.PAYCHECK.tax("US/income_tax", "employer")
