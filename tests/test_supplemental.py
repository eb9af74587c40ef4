"""What supplemental wages promise: Publication 15, section 7, flat or added to other wages."""

from __future__ import annotations

from typing import Any

import pytest

from asopay import documents
from support import faults, request, taxes

REGULAR = {"kind": "regular", "amount": "2000.00"}
BONUS = {"kind": "bonus", "amount": "1000.00"}
FLAT = {**BONUS, "supplemental_method": "flat"}
WHOLE_DOLLARS = {"methods": {"US/income_tax": "whole_dollars"}}
SUPPLEMENTAL = "US/supplemental_income_tax"


def monthly(*earnings: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A single employee without entries on Form W-4 who is paid every month of 2025."""
    fields: dict[str, Any] = {"pay_date": "2025-05-14", "pay_frequency": "monthly", **changes}
    return request(earnings=list(earnings), **fields)


def preceding(wages: str, withheld: str) -> dict[str, Any]:
    return {"wages": wages, "taxes": {"US/income_tax": withheld, "US-TX/income_tax": "0.00"}}


def million(amount: str, paid_before: str, **changes: Any) -> dict[str, str]:
    """The taxes of a flat-taxed bonus after supplemental wages earlier in the year."""
    bonus = {**FLAT, "amount": amount}
    year_to_date = {"wages": {SUPPLEMENTAL: paid_before}}
    return taxes(request(earnings=[bonus], year_to_date=year_to_date, **changes))


class TestAdded:
    """Publication 15 (2025), section 7: monthly 2,000.00, then a bonus of 1,000.00.

    The publication reads its wage-bracket tables: 77 of 2,000.00, 190 of 3,000.00, so 113 of the
    bonus; then 427 of 5,000.00, so 237 of a second bonus. They print the percentage method at the
    middle of a row, 2,020.00 and 4,975.00; by the percentage method itself 2,000.00 is taxed 75.00
    (900.00 a year), 3,000.00 190.125 (2,281.50 a year) and 5,000.00 430.125 (5,161.50 a year).
    """

    @pytest.mark.parametrize(
        ("bonus", "before", "withheld", "cents", "whole_dollars"),
        [
            ("1000.00", "2000.00", "77.00", "113.13", "113.00"),
            ("1000.00", "2000.00", "75.00", "115.13", "115.00"),
            ("2000.00", "3000.00", "190.00", "240.13", "240.00"),
            ("2000.00", "3000.00", "190.13", "240.00", "239.87"),
            ("1000.00", "2000.00", "190.13", "0.00", "0.00"),
            ("1000.00", "2000.00", "500.00", "0.00", "0.00"),
            ("0.00", "2000.00", "75.00", "0.00", "0.00"),
        ],
    )
    def test_to_preceding_pay(
        self, bonus: str, before: str, withheld: str, cents: str, whole_dollars: str
    ) -> None:
        """The tax on the sum, less what has been withheld from the earlier part, never negative."""
        asked = monthly({**BONUS, "amount": bonus}, preceding_pay=preceding(before, withheld))

        assert cents == taxes(asked)["US/income_tax"]
        assert whole_dollars == taxes({**asked, "employer": WHOLE_DOLLARS})["US/income_tax"]

    def test_worksheets(self) -> None:
        """The tax is explained by the worksheet of the sum, and by the difference."""
        asked = monthly(BONUS, preceding_pay=preceding("2000.00", "75.00"))
        result = documents.paycheck(asked)
        (tax,) = (tax for tax in result["taxes"] if tax["id"] == "US/income_tax")
        sheets = {sheet["id"]: sheet["lines"] for sheet in result["worksheets"]}

        assert ["US/income_tax/on_the_sum", "US/income_tax"] == tax["worksheets"]
        assert "3000.00" == sheets["US/income_tax/on_the_sum"][0]["amount"]
        assert ["190.13", "75.00", "115.13"] == [line["amount"] for line in sheets["US/income_tax"]]
        assert "1000.00" == tax["wages"]

    def test_only_the_income_tax(self) -> None:
        """What is added to the wages for income tax is not taxed again by the others."""
        asked = monthly(BONUS, preceding_pay=preceding("2000.00", "75.00"))

        assert "62.00" == taxes(asked)["US/social_security"]
        assert "1000.00" == documents.paycheck(asked)["gross_pay"]

    def test_in_one_payment(self) -> None:
        """Paid with regular wages and not taxed apart, a bonus is taxed as a part of them."""
        aggregate = {**BONUS, "supplemental_method": "aggregate"}

        assert "190.13" == taxes(monthly(REGULAR, BONUS))["US/income_tax"]
        assert "190.13" == taxes(monthly(REGULAR, aggregate))["US/income_tax"]
        assert SUPPLEMENTAL not in taxes(monthly(REGULAR, BONUS))

    def test_without_what_was_withheld(self) -> None:
        """What was withheld from the preceding pay must be stated, be it nothing."""
        asked = monthly(BONUS, preceding_pay={"wages": "2000.00"})

        assert (
            "preceding_pay.taxes.US/income_tax: state what was withheld from the preceding pay,"
            " which may be 0.00"
        ) in faults(asked)

    @pytest.mark.parametrize("earnings", [[], [REGULAR], [FLAT]])
    def test_nothing_to_add(self, earnings: list[dict[str, Any]]) -> None:
        """Without supplemental wages that are not taxed apart, preceding pay is a mistake."""
        asked = monthly(*earnings, preceding_pay=preceding("2000.00", "75.00"))
        expected = "there are no supplemental wages that could be added to it"

        assert [f"preceding_pay: {expected}"] == faults(asked)

    def test_exempt(self) -> None:
        """An employee who claims exemption is not taxed on the sum either."""
        asked = monthly(BONUS, preceding_pay=preceding("2000.00", "0.00"))
        asked["employee"]["certificates"] = {"US": {"exempt": True}}

        assert "0.00" == taxes(asked)["US/income_tax"]


class TestFlat:
    """26 CFR 31.3402(g)-1: 22 percent, and 37 percent of what exceeds a million in the year."""

    def test_rate(self) -> None:
        """Publication 15 (2025), section 7: 22 percent of a bonus of 1,000.00."""
        found = taxes(monthly(REGULAR, FLAT))

        assert ("75.00", "220.00") == (found["US/income_tax"], found[SUPPLEMENTAL])

    @pytest.mark.parametrize(
        ("amount", "paid_before", "expected"),
        [
            ("600000.00", "500000.00", "147000.00"),
            ("1000.00", "1000000.00", "370.00"),
            ("1000.00", "500000.00", "220.00"),
            ("1000000.00", "0.00", "220000.00"),
            ("1000000.01", "0.00", "220000.00"),
            ("0.05", "999999.98", "0.01"),  # 0.0044 and 0.0111
            ("2000000.00", "0.00", "590000.00"),
        ],
    )
    def test_above_a_million(self, amount: str, paid_before: str, expected: str) -> None:
        """The part of the year's supplemental wages above a million is taxed at 37 percent."""
        assert expected == million(amount, paid_before)[SUPPLEMENTAL]

    def test_aggregated_wages_count(self) -> None:
        """Supplemental wages that were taxed together with regular ones count too."""
        aggregated = {"US/aggregated_supplemental_wages": "999900.00"}
        asked = request(earnings=[FLAT], year_to_date={"wages": aggregated})

        assert "355.00" == taxes(asked)[SUPPLEMENTAL]  # 22.00 and 333.00

    @pytest.mark.parametrize(
        ("paid_before", "expected"), [("0.00", "0.00"), ("999900.00", "333.00")]
    )
    def test_exempt(self, paid_before: str, expected: str) -> None:
        """A claim of exemption frees the part up to a million, and no other."""
        employee = {"residence": ["US-TX"], "certificates": {"US": {"exempt": True}}}

        assert expected == million("1000.00", paid_before, employee=employee)[SUPPLEMENTAL]

    @pytest.mark.parametrize("method", [{}, {"supplemental_method": "aggregate"}])
    def test_aggregate_above_a_million(self, method: dict[str, str]) -> None:
        """Past the million, a supplement can't be taxed together with other wages."""
        asked = request(
            earnings=[REGULAR, {**BONUS, **method}],
            year_to_date={"wages": {SUPPLEMENTAL: "999000.01"}},
        )
        expected = "supplemental wages of the year pass 1000000.00: it must be flat"

        assert [f"earnings[1].supplemental_method: {expected}"] == faults(asked)
        asked["year_to_date"] = {"wages": {SUPPLEMENTAL: "999000.00"}}
        assert "US/income_tax" in taxes(asked)

    def test_year_to_date(self) -> None:
        """The year to date keeps flat and aggregated supplemental wages apart."""
        commission = {"kind": "commission", "amount": "300.00"}
        overtime = {"kind": "overtime", "amount": "50.00", "supplemental_method": "aggregate"}
        plain_overtime = {"kind": "overtime", "amount": "7.00"}
        earnings = [REGULAR, FLAT, commission, overtime, plain_overtime]
        found = documents.paycheck(request(earnings=earnings))["year_to_date"]["wages"]

        assert "1000.00" == found[SUPPLEMENTAL]
        assert "350.00" == found["US/aggregated_supplemental_wages"]
        assert "2357.00" == found["US/income_tax"]


class TestStates:
    """A state's rates on supplemental wages."""

    def test_california(self) -> None:
        """California: 10.23 percent of bonuses and stock options, 6.6 percent of others."""
        commission = {"kind": "commission", "amount": "500.00", "supplemental_method": "flat"}

        assert "102.30" == taxes(request("US-CA", earnings=[FLAT]))["US-CA/supplemental_income_tax"]
        found = taxes(request("US-CA", earnings=[FLAT, commission]))
        assert "135.30" == found["US-CA/supplemental_income_tax"]

    def test_exempt_in_the_state(self) -> None:
        """A state's claim of exemption frees its supplemental wages, not the federal ones."""
        asked = request("US-CA", earnings=[FLAT])
        asked["employee"]["certificates"] = {"US-CA": {"exempt": True}}

        assert "0.00" == taxes(asked)["US-CA/supplemental_income_tax"]
        assert "220.00" == taxes(asked)[SUPPLEMENTAL]

    def test_whole_dollars(self) -> None:
        """North Carolina's tax on supplemental wages is a whole dollar."""
        odd = {**FLAT, "amount": "1010.00"}
        asked = request("US-NC", earnings=[odd])

        assert "41.00" == taxes(asked)["US-NC/supplemental_income_tax"]  # 4.09 percent: 41.309
