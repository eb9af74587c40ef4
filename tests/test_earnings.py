"""What earnings and elections promise: exact gross pay, and a fault for what can't be read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from asopay import documents
from asopay.earnings.hours import pay_for_hours, ten_thousandths
from support import exactly, faults, request

NUMBER = 'a number of at most four decimals, such as "37.5"'
AMOUNT = 'an amount in dollars with at most two decimals, such as "2400.00"'
BOUNDS = "from 0.00 to 900000000.00"
INCOMPLETE = "give an amount, or hours and a rate"


def earning(**fields: Any) -> dict[str, Any]:
    return request(earnings=[{"kind": "regular", **fields}])


def deduction(**fields: Any) -> dict[str, Any]:
    return request(deductions=[{"kind": "401k", **fields}])


class TestHours:
    """Hours, rates and percentages in ten-thousandths."""

    @pytest.mark.parametrize(
        ("given", "expected"),
        [("7.5", 75_000), (40, 400_000), (Decimal("0.0001"), 1), ("0", 0), ("86.6667", 866_667)],
    )
    def test_exact(self, given: Any, expected: int) -> None:
        """Up to four decimals are read exactly."""
        assert expected == ten_thousandths(given)

    @pytest.mark.parametrize(
        "given",
        ["0.00001", "-1", "", "x", "1,5", "NaN", "sNaN", "Infinity", "1e999999", "9000000000000"],
    )
    def test_refused(self, given: str) -> None:
        """More decimals, negative, huge and infinite numbers and other texts are refused."""
        with pytest.raises(ValueError, match=exactly(f"{given!r} is not {NUMBER}")):
            ten_thousandths(given)

    @pytest.mark.parametrize("given", [7.5, True, None, []])
    def test_other_types(self, given: Any) -> None:
        """A float, a boolean or nothing is no number of hours."""
        expected = f"{given!r} is not {NUMBER}, written as a string or a whole number"

        with pytest.raises(ValueError, match=exactly(expected)):
            ten_thousandths(given)

    @pytest.mark.parametrize(
        ("hours", "rate", "multiplier", "expected"),
        [
            ("80", "30.00", "1", 240_000),
            ("4", "30.00", "1.5", 18_000),
            ("0.25", "33.33", "1", 833),  # 8.3325
            ("0.5", "0.01", "1", 1),  # half a cent
            ("0.4999", "0.01", "1", 0),
            ("7.5", "21.3333", "1.5", 24_000),  # 239.999625
            ("0", "30.00", "1", 0),
        ],
    )
    def test_pay(self, hours: str, rate: str, multiplier: str, expected: int) -> None:
        """Hours times rate times multiplier, rounded once, half a cent up."""
        factors = (ten_thousandths(factor) for factor in (hours, rate, multiplier))

        assert expected == pay_for_hours(*factors)


class TestEarnings:
    """The earnings of a request."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"amount": "0.00"}, "0.00"),
            ({"amount": 12}, "12.00"),
            ({"hours": "80", "rate": "30.00"}, "2400.00"),
            ({"hours": 80, "rate": 30, "multiplier": "1.5"}, "3600.00"),
            ({"hours": "8", "rate": "30.00", "multiplier": "0"}, "0.00"),
        ],
    )
    def test_gross(self, fields: dict[str, Any], expected: str) -> None:
        """An amount, or hours at a rate, times a multiplier if there is one."""
        assert expected == documents.paycheck(earning(**fields))["gross_pay"]

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, f": it is not complete: {INCOMPLETE}"),
            ({"hours": "8"}, f": it is not complete: {INCOMPLETE}"),
            ({"rate": "8"}, f": it is not complete: {INCOMPLETE}"),
            ({"multiplier": "2"}, f": it is not complete: {INCOMPLETE}"),
            (
                {"amount": "1.00", "hours": "8"},
                f": amount and hours are both given: {INCOMPLETE}",
            ),
            (
                {"amount": "1.00", "multiplier": "2"},
                f": amount and hours are both given: {INCOMPLETE}",
            ),
            ({"amount": "1.005"}, f".amount: '1.005' is not {AMOUNT}"),
            ({"amount": "-1.00"}, f".amount: '-1.00' is not {AMOUNT}"),
            ({"hours": "x", "rate": "8"}, f".hours: 'x' is not {NUMBER}"),
            ({"hours": "8", "rate": "-8"}, f".rate: '-8' is not {NUMBER}"),
            ({"hours": "8", "rate": "8", "multiplier": ""}, f".multiplier: '' is not {NUMBER}"),
            (
                {"hours": "100000", "rate": "10000"},
                f": '1000000000.00' is out of range: accepted is {AMOUNT}, {BOUNDS}",
            ),
            (
                {"amount": "1.00", "supplemental_method": "both"},
                ".supplemental_method: 'both' is not one of flat, aggregate",
            ),
            (
                {"amount": "1.00", "supplemental_method": "flat"},
                ".supplemental_method: regular is not supplemental wages: leave the method out",
            ),
        ],
    )
    def test_faults(self, fields: dict[str, Any], expected: str) -> None:
        """Each fault of an earning is found at the earning's path."""
        assert f"earnings[0]{expected}" in faults(earning(**fields))

    def test_all_faults(self) -> None:
        """Hours, rate and multiplier are all checked."""
        found = faults(earning(hours="x", rate="y", multiplier="z"))

        assert [
            f"earnings[0].{field}: {value!r} is not {NUMBER}"
            for field, value in [("hours", "x"), ("rate", "y"), ("multiplier", "z")]
        ] == found

    def test_kind(self) -> None:
        """A kind that is not known is refused with those that are."""
        (found,) = faults(earning(amount="1.00", kind="salary"))

        assert found.startswith("earnings[0].kind: 'salary' is not one of regular, overtime, tips")

    def test_nothing_earned(self) -> None:
        """A paycheck without earnings is one of zero."""
        result = documents.paycheck(request(earnings=[]))

        assert ("0.00", "0.00") == (result["gross_pay"], result["net_pay"])
        assert {"0.00"} == {tax["amount"] for tax in result["taxes"]}


class TestElections:
    """The deductions of a request."""

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"amount": "100.00"}, "100.00"),
            ({"percent": "6"}, "120.00"),
            ({"percent": "33.3333"}, "666.67"),
            ({"percent": "0.0001"}, "0.00"),
            ({"percent": 0}, "0.00"),
        ],
    )
    def test_elected(self, fields: dict[str, Any], expected: str) -> None:
        """An amount, or a percentage of gross pay, to the cent."""
        (taken,) = documents.paycheck(deduction(**fields))["deductions"]

        assert (expected, expected) == (taken["amount"], taken["elected_amount"])

    def test_whole_pay(self) -> None:
        """All of the pay may be elected, where there are no taxes to take from it."""
        nothing = [{"kind": "regular", "amount": "0.00"}]
        asked = {**deduction(percent="100"), "earnings": nothing}

        assert "0.00" == documents.paycheck(asked)["deductions"][0]["amount"]

    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({}, ": amount or percent: neither is given, one is needed"),
            (
                {"amount": "1.00", "percent": "6"},
                ": amount or percent: both are given, one is needed",
            ),
            ({"amount": "1.005"}, f".amount: '1.005' is not {AMOUNT}"),
            ({"percent": "100.0001"}, ".percent: 100.0001 is above 100"),
            ({"percent": "six"}, f".percent: 'six' is not {NUMBER}"),
            ({"percent": "-6"}, f".percent: '-6' is not {NUMBER}"),
            (
                {"percent": "6", "employer_amount": "x"},
                f".employer_amount: 'x' is not {AMOUNT}",
            ),
        ],
    )
    def test_faults(self, fields: dict[str, Any], expected: str) -> None:
        """Each fault of a deduction is found at the deduction's path."""
        assert [f"deductions[0]{expected}"] == faults(deduction(**fields))

    def test_kind(self) -> None:
        """A kind that is not known is refused with those that are."""
        (found,) = faults(deduction(amount="1.00", kind="pension"))

        assert found.startswith(
            "deductions[0].kind: 'pension' is not one of 401k, roth_401k, after_tax_401k"
        )

    def test_employer_amount(self) -> None:
        """What the employer adds is a cost of the employer, and nothing else."""
        without = documents.paycheck(deduction(amount="100.00"))
        with_it = documents.paycheck(deduction(amount="100.00", employer_amount="50.00"))
        cost = Decimal(with_it["employer_cost"]) - Decimal(without["employer_cost"])

        assert Decimal("50.00") == cost
        assert without["net_pay"] == with_it["net_pay"]
        assert without["taxes"] == with_it["taxes"]
