"""What checking a request promises: all that is wrong with it, together, and nothing computed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

from asopay import (
    Earning,
    Employee,
    InvalidRequest,
    PaycheckRequest,
    PrecedingPay,
    Rulebook,
    TaxTables,
    WorkedPeriod,
    documents,
    gross_to_net,
)
from support import RATE, exactly, faults, request, taxes, write_table

FREQUENCIES = "daily, weekly, biweekly, semimonthly, monthly, quarterly, semiannual, annual"


class TestPeriod:
    """Dates and frequencies."""

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"pay_frequency": "fortnightly"}, f"'fortnightly' is not one of {FREQUENCIES}"),
            ({"pay_frequency": ""}, f"'' is not one of {FREQUENCIES}"),
        ],
    )
    def test_frequency(self, changes: dict[str, Any], expected: str) -> None:
        """A frequency that is not known is refused with those that are."""
        assert [f"pay_frequency: {expected}"] == faults(request(**changes))

    def test_periods_per_year(self) -> None:
        """A year can have 26 or 27 biweekly pay dates, and no other number."""
        assert ["periods_per_year: stated: 25 is not accepted; give 26 or 27 for biweekly"] == (
            faults(request(periods_per_year=25))
        )
        # 45,400.00 a year are taxed 4,300.00: Publication 15-T (2026), annual table, single
        assert "159.26" == taxes(request(periods_per_year=27))["US/income_tax"]
        assert "156.15" == taxes(request(periods_per_year=26))["US/income_tax"]
        assert "156.15" == taxes(request())["US/income_tax"]

    def test_period_that_ends_before_it_starts(self) -> None:
        """The last day of a period is not before its first."""
        period = {"start": "2026-03-07", "end": "2026-03-06"}

        assert ["pay_period.end: 2026-03-06 is before the start, 2026-03-07"] == (
            faults(request(pay_period=period))
        )

    def test_period_of_a_day(self) -> None:
        """A period may begin and end on the same day."""
        period = {"start": "2026-03-07", "end": "2026-03-07"}

        assert taxes(request()) == taxes(request(pay_period=period))

    def test_frequency_that_a_publication_lacks(self) -> None:
        """The fault names the publication, the tax, the method, and the frequencies it has."""
        message = (
            "has no daily payroll for US-NC/income_tax by its percentage method:"
            " it has weekly, biweekly, semimonthly, monthly"
        )
        (fault,) = faults(request("US-NC", pay_frequency="daily"))

        assert fault.startswith("pay_frequency: NC-30 (2026)")
        assert fault.endswith(message)
        other = {"methods": {"US-NC/income_tax": "annualised"}}
        assert "US-NC/income_tax" in taxes(request("US-NC", pay_frequency="daily", employer=other))

    def test_date_without_tables(self) -> None:
        """Each table that does not cover the date is named, with the dates that are covered."""
        found = faults(request("US-PA", pay_date="2023-06-01"))

        assert (
            "pay_date: no table of US/medicare for 2023-06-01: covered is 2024-01-01 to 2026-12-31"
        ) in found
        assert (
            "pay_date: no table of US-PA/income_tax for 2023-06-01:"
            " covered is 2025-01-01 to 2026-12-31"
        ) in found
        assert {"pay_date"} == {fault.partition(":")[0] for fault in found}

    def test_date_after_the_last_table(self) -> None:
        """A table is never used past the day it is known for."""
        found = faults(request(pay_date="2099-01-01"))

        assert any("no table of US/income_tax for 2099-01-01" in fault for fault in found)

    @pytest.mark.parametrize("wrong", [None, "2026-03-13", 20260313])
    def test_objects_without_dates(self, wrong: Any) -> None:
        """Python objects with something else than a date get a fault, and not a traceback."""
        good = PaycheckRequest(
            date(2026, 3, 13), "weekly", Employee(["US-TX"]), [Earning("regular", 1000)]
        )

        with pytest.raises(InvalidRequest, match=exactly(f"pay_date: {wrong!r} is not a date")):
            gross_to_net(evolve(good, pay_date=wrong))
        with pytest.raises(InvalidRequest, match="pay_period: start and end must be dates"):
            gross_to_net(evolve(good, pay_period=WorkedPeriod(date(2026, 3, 1), wrong)))


class TestTogether:
    """Faults of several parts, and of their sum."""

    def test_several_faults(self) -> None:
        """All faults are reported together, in the order of the request's parts."""
        asked = request(
            pay_frequency="x",
            employee={"residence": ["US-TX"], "certificates": {"US": {"filing_status": "x"}}},
            earnings=[{"kind": "x", "amount": "1.005"}],
            deductions=[{"kind": "x"}],
            overrides={"US/x": "x"},
        )

        assert [
            "pay_frequency",
            "earnings[0].amount",
            "earnings[0].kind",
            "deductions[0]",
            "deductions[0].kind",
            "employee.certificates.US.filing_status",
            "overrides.US/x",
            "overrides.US/x",
        ] == [fault.partition(":")[0] for fault in faults(asked)]

    def test_date_at_fault(self) -> None:
        """A wrong date does not hide other faults, and is not blamed for what can't be checked."""
        asked = request(
            pay_date="2099-01-01",
            earnings=[{"kind": "bonus", "amount": "1.005", "supplemental_method": "aggregate"}],
            deductions=[{"kind": "unknowable", "percent": "101"}],
            preceding_pay={"wages": "1.00", "taxes": {}},
            year_to_date={"deductions": {"unknowable": "1.00"}},
        )
        found = [fault.partition(":")[0] for fault in faults(asked)]

        assert {"pay_date", "earnings[0].amount", "deductions[0].percent"} == set(found)

    def test_bound(self) -> None:
        """Pay that is above the bound when it is annualised is refused."""
        most = {"kind": "regular", "amount": "900000000.00"}

        annual = "1800000000.00 times 1 periods is above 900000000.00 a year"

        assert [f"earnings: {annual}, the most that is computed"] == (
            faults(request(earnings=[most, most], pay_frequency="annual"))
        )
        assert (
            "900000000.00"
            == documents.paycheck(request(earnings=[most], pay_frequency="annual"))["gross_pay"]
        )

    def test_bound_with_preceding_pay(self) -> None:
        """Pay that is added to the pay counts toward the bound."""
        good = PaycheckRequest(
            date(2026, 3, 13),
            "annual",
            Employee(["US-TX"]),
            [Earning("bonus", 1, supplemental_method="aggregate")],
            preceding_pay=PrecedingPay(900_000_000, {"US/income_tax": 0, "US-TX/income_tax": 0}),
        )

        with pytest.raises(InvalidRequest, match=r"earnings: 900000001\.00 times 1 periods is abo"):
            gross_to_net(good)

    def test_employee_count(self) -> None:
        """An employer has no employees, or some."""
        assert ["employer.employee_count: -1 is below zero"] == (
            faults(request(employer={"employee_count": -1}))
        )
        assert taxes(request()) == taxes(request(employer={"employee_count": 0}))

    def test_table_that_cannot_compute(self) -> None:
        """A method whose figures are not known yet is a fault of the request that chose it."""
        employer = {"methods": {"US/unemployment": "with_credit_reduction"}}
        (found,) = faults(request(employer=employer))

        assert found.startswith("employer.methods.US/unemployment: us/unemployment/2026-01-01: ")

    def test_broken_table(self, tmp_path: Any) -> None:
        """Tables that can't be read are reported at the date that asks for them."""
        write_table(tmp_path, "us/medicare/2026-01-01", RATE + "[figures]\nemploye = 0.01")
        (found,) = faults(request(), Rulebook(TaxTables(tmp_path)))

        assert found.startswith("pay_date: ")
        assert found.endswith("2026-01-01.toml: figures: extra fields found (employe) @ $")
