"""Deductions that pay does not suffice for: they are cut, reported, and made up for later."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import documents
from asopay.invariants import all_hold
from support import faults, request

HEALTH = "section_125_health"


def asked(*deductions: dict[str, Any], amount: str = "100.00", state: str = "US-TX") -> Any:
    earnings = [{"kind": "regular", "amount": amount}]
    return request(state, earnings=earnings, deductions=list(deductions))


def taken(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """The amount, what is unpaid and what is owed after it, of each deduction."""
    result = documents.paycheck(document)
    return [
        (d["amount"], d.get("unpaid_amount", "0.00"), d.get("arrears", "0.00"))
        for d in result["deductions"]
    ]


class TestCut:
    """Which deductions are cut, and by how much."""

    def test_the_last_is_cut_first(self) -> None:
        """The order is the employer's priority: the first is taken whole."""
        first = {"kind": HEALTH, "amount": "60.00"}
        second = {"kind": "roth_401k", "amount": "50.00"}
        document = asked(first, second)

        # 40 dollars of Social Security and Medicare wages bear 2.48 and 0.58.
        assert [("60.00", "0.00", "0.00"), ("36.94", "13.06", "0.00")] == taken(document)
        assert "0.00" == documents.paycheck(document)["net_pay"]

    def test_several(self) -> None:
        """Deductions are cut to nothing before the one above them is cut."""
        document = asked(
            {"kind": HEALTH, "amount": "150.00"},
            {"kind": "roth_401k", "amount": "50.00"},
        )

        assert [("100.00", "50.00", "50.00"), ("0.00", "50.00", "0.00")] == taken(document)

    def test_taxes_follow(self) -> None:
        """A cent more of a cut deduction would take net pay below zero, with its taxes."""
        document = asked({"kind": "roth_401k", "percent": "99"}, state="US-CA")
        result = documents.paycheck(document)
        (deduction,) = result["deductions"]

        assert "0.00" == result["net_pay"]
        assert "91.05" == deduction["amount"]  # less 6.20, 1.45 and 1.30
        assert "99.00" == deduction["elected_amount"]

    def test_taxes_alone_exceed_the_pay(self) -> None:
        """Where even the taxes exceed the pay, the request is refused with the difference."""
        document = asked({"kind": HEALTH, "amount": "5.00"}, amount="1.00")
        document["earnings"].append({"kind": "group_term_life", "amount": "900.00"})

        assert ["deductions: taxes exceed gross pay by 67.92"] == faults(document)

    @given(
        st.lists(
            st.tuples(
                st.sampled_from([HEALTH, "hsa", "401k", "roth_401k"]), st.integers(0, 90_000)
            ),
            max_size=4,
        ),
        st.integers(0, 90_000),
        st.sampled_from(["US-CA", "US-OR", "US-PA", "US-TX"]),
    )
    def test_never_negative(self, elected: list[tuple[str, int]], pay: int, state: str) -> None:
        """Net pay is never below zero, and everything unpaid is reported."""
        deductions = [
            {"kind": kind, "amount": f"{amount // 100}.{amount % 100:02d}"}
            for kind, amount in elected
        ]
        document = asked(*deductions, amount=f"{pay // 100}.{pay % 100:02d}", state=state)
        told, paycheck = documents.compute(document)

        all_hold(told, paycheck)
        assert paycheck.net_cents >= 0
        for entry, (_, amount) in zip(paycheck.deductions, elected, strict=True):
            assert amount == entry.amount_cents + entry.unpaid_cents


class TestArrears:
    """What earlier paychecks could not pay."""

    @pytest.mark.parametrize(
        ("limit", "expected"),
        [
            ({}, ("75.00", "0.00", "0.00")),
            ({"arrears_limit": "10.00"}, ("60.00", "0.00", "15.00")),
            ({"arrears_limit": "90.00"}, ("75.00", "0.00", "0.00")),
        ],
    )
    def test_made_up_for(self, limit: dict[str, str], expected: tuple[str, str, str]) -> None:
        """Arrears are taken on top, no more in a paycheck than the limit."""
        document = asked(
            {"kind": HEALTH, "amount": "50.00", "arrears": "25.00", **limit}, amount="900.00"
        )

        assert [expected] == taken(document)

    def test_through_paychecks(self) -> None:
        """Passed on from paycheck to paycheck, every dollar elected is paid in the end."""
        arrears, paid = "0.00", 0.0
        for amount in ("20.00", "20.00", "900.00"):
            document = asked({"kind": HEALTH, "amount": "50.00", "arrears": arrears}, amount=amount)
            ((took, _, arrears),) = taken(document)
            paid += float(took)

        assert (150.0, "0.00") == (paid, arrears)

    def test_deferrals_are_not_made_up_for(self) -> None:
        """A deferral that was not made can't be owed."""
        document = asked(
            {"kind": "401k", "amount": "5.00", "arrears": "1.00", "arrears_limit": "x"}
        )
        found = faults(document)

        assert "deductions[0].arrears: a deferral that was not made is not made up for" in found
        assert any(fault.startswith("deductions[0].arrears_limit: ") for fault in found)
