"""Expenses: what is reimbursed, what becomes wages, and how both stand on a paycheck."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from asopay import (
    Earning,
    Employee,
    InvalidRequest,
    PaycheckRequest,
    Reimbursement,
    TableError,
    gross_to_net,
    invariants,
)
from asopay.documents import result_document
from asopay.expenses import (
    ExpenseReport,
    Locality,
    Receipt,
    Travel,
    Trip,
    account_for,
    mileage,
    per_diem,
    settle,
)
from asopay.statements import pay_statement

JUNE = date(2026, 6, 15)


class TestAllowances:
    def test_mileage(self) -> None:
        """Notice 2026-10: of 80 cents for 1,000 miles, 72.5 cents are no wages."""
        sheet = mileage("1000", "0.80", JUNE)
        amounts = [sheet[each] for each in ("(paid)", "(excluded)", "(wages)", "(box 12 L)")]

        assert [80_000, 72_500, 7_500, 72_500] == amounts

    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (date(2025, 12, 31), 7_000),
            (date(2026, 1, 1), 7_250),
            (date(2026, 6, 30), 7_250),
            (date(2026, 7, 1), 7_600),
        ],
    )
    def test_rate_by_day(self, day: date, expected: int) -> None:
        """The rate is that of the day of the drive."""
        assert expected == mileage(100, "0.90", day)["(excluded)"]

    def test_below_the_rate(self) -> None:
        """Without an excess nothing is wages, and nothing goes to box 12."""
        sheet = mileage(100, "0.50", JUNE)

        assert (5_000, 0, 0) == (sheet["(excluded)"], sheet.result, sheet["(box 12 L)"])

    def test_per_diem(self) -> None:
        """Notice 2025-54: three days at 350 dollars in a high-cost locality."""
        sheet = per_diem(3, 35_000, "high", date(2026, 3, 10))
        amounts = [sheet[each] for each in ("(excluded)", "(wages)", "(box 12 L)")]

        assert [95_700, 9_300, 95_700] == amounts

    def test_partial_days(self) -> None:
        """On a first and a last day a quarter of the part for meals does not count."""
        assert (
            67_500 - 2 * 1_850
            == per_diem(3, 30_000, "low", date(2026, 3, 10), partial_days=2)["(excluded)"]
        )

    def test_locality_and_meals(self) -> None:
        """A locality's own rates can be given, and the part for meals alone."""
        boston = Locality(daily=40_000, meals=9_200)
        day = date(2026, 3, 10)

        assert 40_000 == per_diem(1, 50_000, boston, day)["(excluded)"]
        assert 9_200 == per_diem(1, 10_000, boston, day, meals_only=True)["(excluded)"]

    def test_wrong(self) -> None:
        """What does not fit is refused, and so is a day without rates."""
        with pytest.raises(ValueError, match="'middle' is neither high nor low"):
            per_diem(1, 100, "middle", JUNE)
        with pytest.raises(ValueError, match="2 of 1 days can't be partial"):
            per_diem(1, 100, "low", JUNE, partial_days=2)
        with pytest.raises(TableError, match="no table of US/per_diem"):
            per_diem(1, 100, "low", date(2026, 10, 1))


class TestAccountablePlan:
    def test_advance(self) -> None:
        """26 CFR 1.62-2(g)(2)(i): of 180 dollars too much, 80 are neither spent nor returned."""
        found = account_for(
            100_000,
            date(2026, 3, 1),
            82_000,
            10_000,
            advance_date=date(2026, 2, 10),
            substantiated_on=date(2026, 4, 25),
            returned_on=date(2026, 6, 20),
        )

        assert not found.in_advance_too_early
        assert (date(2026, 4, 30), date(2026, 6, 29)) == (found.substantiate_by, found.return_by)
        assert (18_000, 8_000) == (found.worksheet["(excess)"], found.wages_cents)

    @pytest.mark.parametrize(
        ("late", "wages"),
        [
            ({"substantiated_on": date(2026, 5, 1)}, 90_000),
            ({"returned_on": date(2026, 6, 30)}, 18_000),
            ({"advance_date": date(2026, 1, 29)}, 90_000),
            ({"advance_date": date(2026, 1, 30)}, 8_000),
        ],
    )
    def test_too_late(self, late: dict[str, Any], wages: int) -> None:
        """What is not accounted for in time, or not returned in time, is wages."""
        assert wages == account_for(100_000, date(2026, 3, 1), 82_000, 10_000, **late).wages_cents

    @given(*[st.integers(0, 1_000_000)] * 3)
    def test_parts(self, advance: int, spent: int, returned: int) -> None:
        """What was spent, returned and is wages makes up the advance."""
        sheet = account_for(advance, JUNE, spent, returned).worksheet

        assert advance == sum(sheet[each] for each in ("(substantiated)", "(returned)", "(wages)"))


def report(**fields: Any) -> ExpenseReport:
    return ExpenseReport(**{"submitted": date(2026, 6, 30), **fields})


class TestReport:
    def test_settled(self) -> None:
        """Receipts, mileage and a per diem: what is no wages, what is, and why."""
        found = settle(
            report(
                receipts=[
                    Receipt(JUNE, "Dinner", "60.00"),
                    Receipt(JUNE, "Hotel", "200.00", True, True),
                ],
                trips=[Trip(JUNE, 1_000, "0.80")],
                travels=[Travel(JUNE, 3, "350.00", "high")],
            )
        )

        assert (26_000 + 72_500 + 95_700, 16_800) == (found.reimbursed_cents, found.wages_cents)
        assert ["1942.00", "168.00", "1682.00"] == [
            str(each) for each in (found.reimbursed, found.wages, found.box_12_l)
        ]
        assert {"Mileage 2026-06-15", "Per diem 2026-06-15"} == found.worksheets.keys()
        assert 2 == len(found.reasons)

    @pytest.mark.parametrize(
        ("changed", "reason"),
        [
            ({"amount": "75.00"}, "the receipt is missing"),
            ({"lodging": True}, "the receipt is missing"),
            ({"business": False}, "it has no business reason"),
            ({"day": date(2026, 4, 30)}, "accounted for after more than 60 days"),
        ],
    )
    def test_not_accounted(self, changed: dict[str, Any], reason: str) -> None:
        """An expense that is not accounted for is wages as a whole."""
        receipt = evolve(Receipt(JUNE, "Lunch", "40.00"), **changed)
        found = settle(report(receipts=[receipt]))

        assert ((), 1) == (found.reimbursements, len(found.earnings))
        assert (f"Lunch: {reason}, so that it is wages",) == found.reasons

    def test_not_accountable(self) -> None:
        """Under a plan that is not accountable all is wages, allowances too."""
        found = settle(report(trips=[Trip(JUNE, 100, "0.50")], accountable=False))

        assert (5_000, 0) == (found.wages_cents, found.reimbursed_cents)
        assert ("Mileage 2026-06-15: the plan is not accountable",) == found.reasons

    def test_within_the_rate(self) -> None:
        """An allowance within the federal rate needs no reason."""
        found = settle(report(trips=[Trip(JUNE, 100, "0.50")]))

        assert (5_000, (), ()) == (found.reimbursed_cents, found.earnings, found.reasons)

    def test_wrong(self) -> None:
        """All the faults of a report at once."""
        wrong = report(
            receipts=[Receipt(JUNE, "Lunch", "x"), Receipt(date(2026, 7, 1), "Early", "1")],
            trips=[Trip(JUNE, "far", "0.50"), Trip(date(2023, 1, 1), 1, "0.50")],
            travels=[Travel(JUNE, 1, "1.00", "middle")],
        )
        with pytest.raises(InvalidRequest) as refused:
            settle(wrong)

        assert [
            "receipts[0].amount",
            "receipts[1]",
            "trips[0]",
            "trips[1]",
            "trips[1]",
            "travels[0]",
        ] == [fault.path for fault in refused.value.faults]

    def test_before_the_tables(self) -> None:
        """An expense of a day before the rules that are known is a fault."""
        old = Receipt(date(2023, 6, 1), "Lunch", "1.00")
        with pytest.raises(InvalidRequest, match="no table of US/accountable_plan"):
            settle(report(receipts=[old], submitted=date(2023, 6, 2)))


class TestPaycheck:
    def request(self, *reimbursements: Reimbursement) -> PaycheckRequest:
        return PaycheckRequest(
            date(2026, 6, 26),
            "weekly",
            Employee(["US-CA"]),
            [Earning("regular", amount="1000.00")],
            reimbursements=reimbursements,
        )

    def test_net_pay_alone(self) -> None:
        """A reimbursement adds to net pay, and to nothing else."""
        without = gross_to_net(self.request())
        request = self.request(Reimbursement("Mileage", "72.50"), Reimbursement("Hotel", "200"))
        paid = gross_to_net(request)

        assert 27_250 == paid.net_cents - without.net_cents
        assert without == evolve(paid, net_cents=without.net_cents, reimbursements=()) or (
            without.taxes == paid.taxes
        )
        assert "72.50" == str(paid.reimbursements[0].amount)
        invariants.all_hold(request, paid)

    def test_document_and_statement(self) -> None:
        """The result names each, and so does the statement."""
        request = self.request(Reimbursement("Mileage", "72.50"))
        paid = gross_to_net(request)

        assert [{"description": "Mileage", "amount": "72.50"}] == (
            result_document(paid)["reimbursements"]
        )
        assert "Reimbursements, which are not wages\n  Mileage" in pay_statement(request, paid)

    def test_fault(self) -> None:
        """An amount that is none is a fault with its path."""
        with pytest.raises(InvalidRequest, match=r"reimbursements\[0\].amount"):
            gross_to_net(self.request(Reimbursement("Mileage", "x")))

    def test_excess_is_wages(self) -> None:
        """What is above the federal rate is taxed with the paycheck."""
        found = settle(report(trips=[Trip(JUNE, 1_000, "0.80")]))
        request = self.request(*found.reimbursements)
        paid = gross_to_net(evolve(request, earnings=[*request.earnings, *found.earnings]))

        assert 107_500 == paid.tax("US/social_security").wages_cents
        assert JUNE + timedelta(60) > date(2026, 6, 30)
