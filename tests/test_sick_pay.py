"""What sick pay promises: six months of FICA and FUTA, income tax by its payer, and its forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from asopay import InvalidRequest, TaxTables, documents, gross_to_net
from asopay.disability import SickPayOfYear, duties, sick_pay_of_year, w4s_withholding
from asopay.earnings.sick_pay import taxed_through
from asopay.explain import why
from asopay.parties import Employee
from asopay.paycheck import Earning, Paycheck, PaycheckRequest
from asopay.rulebook import rule_of
from asopay.taxability import EarningDeparture, basis_of
from support import faults, request, taxes

FICA = ("US/social_security", "US/medicare", "US/unemployment (employer)")


def sick(kind: str = "sick_pay", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "amount": "1000.00", "last_day_worked": "2025-09-15", **more}


def wages(earning: dict[str, Any], state: str = "US-TX", **more: Any) -> dict[str, str]:
    return taxes(request(state, earnings=[earning], **more), "wages")


class TestPaycheck:
    """Sick pay in a paycheck."""

    @pytest.mark.parametrize(
        ("kind", "income_tax"), [("sick_pay", "1000.00"), ("third_party_sick_pay", "0.00")]
    )
    @pytest.mark.parametrize(
        ("pay_date", "expected"), [("2026-03-31", "1000.00"), ("2026-04-01", "0.00")]
    )
    def test_six_months(self, kind: str, income_tax: str, pay_date: str, expected: str) -> None:
        """FICA and FUTA end after the sixth calendar month, income tax does not: 3121(a)(4)."""
        found = wages(sick(kind), pay_date=pay_date)

        assert income_tax == found["US/income_tax"]
        for tax in FICA:
            assert expected == found[tax]

    @pytest.mark.parametrize(
        ("worked", "through"),
        [
            # Publication 15-A, section 6, examples 1 and 2.
            (date(2019, 12, 11), date(2020, 6, 30)),
            (date(2020, 2, 11), date(2020, 8, 31)),
            (date(2025, 6, 30), date(2025, 12, 31)),
            (date(2025, 8, 1), date(2026, 2, 28)),
        ],
    )
    def test_through(self, worked: date, through: date) -> None:
        """Six calendar months after the one in which the employee last worked."""
        assert through == taxed_through(worked, 6)

    def test_bought_after_tax(self) -> None:
        """The part that after-tax premiums bought is no wages of any tax: 104(a)(3)."""
        earning = sick(taxable_percent="70")
        found = wages(earning, "US-PA")
        paid = documents.paycheck(request("US-PA", earnings=[earning]))

        for tax in ("US/income_tax", "US-PA/income_tax", "US-PA/unemployment", *FICA):
            assert "700.00" == found[tax]
        assert "1000.00" == paid["gross_pay"]
        assert {"0.00"} == set(wages(sick(taxable_percent=0)).values())

    @pytest.mark.parametrize(
        ("kind", "worked"),
        [
            ("third_party_sick_pay", "2025-12-01"),
            ("third_party_sick_pay", "2025-01-01"),
            ("sick_pay", "2025-01-01"),
        ],
    )
    def test_not_settled(self, kind: str, worked: str) -> None:
        """A state's tax on all pay is named as not computed where no source says if it counts."""
        document = request("US-PA", earnings=[sick(kind, last_day_worked=worked)])
        unsettled = [
            each for each in documents.paycheck(document)["not_computed"] if "know" in each
        ]

        assert 1 == len(unsettled)
        assert unsettled[0].startswith("US-PA/unemployment: whether it is on ")
        assert "US-PA/unemployment" not in taxes(document)
        document["overrides"] = {"US-PA/unemployment": "0.70"}
        assert "0.70" == taxes(document)["US-PA/unemployment"]

    def test_settled_by_a_departure(self) -> None:
        """A state's departure for the kind of earning settles it."""
        tables = TaxTables()
        federal, state = (
            rule_of(tables.editions(p, "taxability")[-1]).table for p in ("US", "US-PA")
        )
        departure = EarningDeparture(
            "unemployment", "later_sick_pay", counts=False, source="a test"
        )
        figures = evolve(state.figures, earning_departures=(departure,))
        found = basis_of("unemployment", federal, evolve(state, figures=figures))

        assert {"third_party_sick_pay", "later_third_party_sick_pay"} == found.unsettled
        assert "later_sick_pay" in found.left_out

    def test_supplemental(self) -> None:
        """An agent may treat it as supplemental wages at the flat rate: Publication 15-A."""
        earning = sick(supplemental_method="flat", taxable_percent="70")
        found = taxes(request(earnings=[earning]))

        assert "154.00" == found["US/supplemental_income_tax"]
        assert "US/income_tax" not in found

    def test_in_two_places(self) -> None:
        """Sick pay that is divided among places adds up in each part."""
        shares = [{"work": ["US-OR"], "days": 1}, {"work": ["US-CA"], "days": 2}]
        earning = sick(taxable_percent="70", work_shares=shares)
        document = request("US-OR", earnings=[earning])
        document["employee"]["insured_in"] = "US-OR"
        paid = documents.paycheck(document)

        assert ["333.33", "666.67"] == [part["gross_pay"] for part in paid["sourcing"]]
        assert "466.67" == taxes(document, "wages")["US-CA/income_tax"]

    def test_form_w4s(self) -> None:
        """What Form W-4S asks an insurer to withhold is stated."""
        asked = {"US/income_tax": "88.00"}
        found = taxes(request(earnings=[sick("third_party_sick_pay")], overrides=asked))

        assert "88.00" == found["US/income_tax"]

    def test_why(self) -> None:
        """The result says which part of an earning is taxed, and until when."""
        _, paycheck = documents.compute(request(earnings=[sick(taxable_percent="70")]))
        text = why("earnings[0]", paycheck)

        assert "(not taxable)" in text
        assert "2026-03-31" in text
        with pytest.raises(InvalidRequest, match=r"there is .*, earnings\[0\]"):
            why("earnings[1]", paycheck)

    def test_wrong(self) -> None:
        """Sick pay needs the last day of work, which is none after the pay date."""
        earnings = [
            sick(last_day_worked=None),
            sick(last_day_worked="2026-03-14", taxable_percent="100.000001"),
            sick(taxable_percent="-1"),
            {"kind": "regular", "amount": "1", "last_day_worked": "2026-01-01"},
            {"kind": "bonus", "amount": "1", "taxable_percent": "50"},
            sick(taxable_percent="0.0000001"),
        ]
        is_for = "it is for sick pay, of the kinds sick_pay, third_party_sick_pay"

        assert [
            (
                "earnings[0].last_day_worked: sick_pay needs the last day of work: "
                "Social Security, Medicare and FUTA go by it"
            ),
            "earnings[1].taxable_percent: 100.000001 is not a percentage from 0 to 100",
            "earnings[1].last_day_worked: 2026-03-14 is after the pay date, 2026-03-13",
            "earnings[2].taxable_percent: -1 is not a percentage from 0 to 100",
            f"earnings[3].last_day_worked: regular is not sick pay: {is_for}",
            f"earnings[4].taxable_percent: bonus is not sick pay: {is_for}",
            (
                "earnings[5].taxable_percent: 0.0000001 is not a percentage of at most six "
                "decimals, such as 66.6667"
            ),
        ] == faults(request(earnings=earnings))

    def test_wrong_type(self) -> None:
        """A last day of work that is no date is named; without a pay date it is not checked."""
        earning = Earning("sick_pay", amount="1", last_day_worked="2026-01-01")  # type: ignore[arg-type]
        asked = PaycheckRequest(date(2026, 3, 13), "weekly", Employee(["US-TX"]), [earning])
        with pytest.raises(InvalidRequest, match=r"last_day_worked: '2026-01-01' is not a date"):
            gross_to_net(asked)
        assert ["pay_date: 'x' is not a date such as 2026-03-13"] == faults(
            request(pay_date="x", earnings=[sick(last_day_worked=None)])
        )

    @given(
        st.integers(0, 2_000_000),
        st.decimals(0, 100, places=6),
        st.dates(date(2025, 1, 1), date(2026, 3, 13)),
    )
    def test_adds_up(self, cents: int, percent: Decimal, worked: date) -> None:
        """What is paid is what was earned, whatever is taxable, and wages never exceed it."""
        earning = Earning(
            "sick_pay",
            amount=Decimal(cents) / 100,
            last_day_worked=worked,
            taxable_percent=percent,
        )
        paid = gross_to_net(
            PaycheckRequest(date(2026, 3, 13), "weekly", Employee(["US-TX"]), [earning])
        )
        fica = paid.tax("US/social_security").wages_cents

        assert (cents,) == paid.earnings_cents
        assert fica in {0, paid.tax("US/income_tax").wages_cents}
        assert (fica > 0) <= (date(2026, 3, 13) <= taxed_through(worked, 6))


def payment(month: int, **more: Any) -> Paycheck:
    """A monthly payment of the example in Publication 15-A, a year that the tables cover."""
    earning = Earning(
        "third_party_sick_pay",
        amount="2000.00",
        last_day_worked=date(2024, 12, 31),
        taxable_percent="70",
        **more,
    )
    asked = PaycheckRequest(
        date(2025, month, 28),
        "monthly",
        Employee(["US-TX"]),
        [earning],
        overrides={"US/income_tax": "210.00"},
    )
    return gross_to_net(asked)


class TestForms:
    """The figures of a year, and who has to do with them."""

    def test_example_of_the_publication(self) -> None:
        """Publication 15-A: 2,000 a month for ten months, 70 percent by the employer, 210 withheld.

        The accident is on January 1; sick pay bears Social Security and Medicare through June.
        """
        found = sick_pay_of_year([payment(month) for month in range(1, 11)])

        assert {
            "1": "14000.00",
            "2": "2100.00",
            "3": "8400.00",
            "4": "520.80",
            "5": "8400.00",
            "6": "121.80",
            "12J": "6000.00",
        } == {box: str(amount) for box, amount in found.form_w2.items()}
        assert 840_000 == found.futa_wages

    def test_recap(self) -> None:
        """Form 8922 holds the sums of all employees."""
        one = sick_pay_of_year([payment(1)])
        both = one + one

        assert ["1", "2", "3", "4", "5", "6"] == list(both.form_8922)
        assert {box: amount * 2 for box, amount in one.form_8922.items()} == both.form_8922
        assert SickPayOfYear() == sick_pay_of_year([])

    def test_other_pay(self) -> None:
        """Paychecks with other pay, or of two years, are refused."""
        employee = Employee(["US-TX"], birth_date=date(1981, 3, 1))
        paid = [Earning("regular", amount="5"), Earning("group_term_life", cover="50100")]
        other = gross_to_net(PaycheckRequest(date(2026, 1, 2), "annual", employee, paid))
        with pytest.raises(InvalidRequest) as refused:
            sick_pay_of_year([payment(1), other])

        assert [
            "paychecks[1]: 2026-01-02 is not in 2025",
            "paychecks[1]: it holds 5.18 that is not sick pay: pay that apart",
        ] == [str(fault) for fault in refused.value.faults]

    def test_duties(self) -> None:
        """Who withholds and reports depends on who pays, and on the notice to the employer."""
        day = date(2026, 1, 1)

        assert "the employer" == duties("employer", day).employee_fica
        assert "Form W-4S" in duties("insurer", day).income_tax
        assert "the insurer" == duties("insurer", day).futa
        assert "the employer" == duties("insurer_that_notifies_the_employer", day).futa
        assert "flat rate" in duties("agent", day).income_tax
        with pytest.raises(InvalidRequest, match="payer: 'union' is not one of employer, agent"):
            duties("union", day)


def w4s(requested: str, paid: str, full: str, frequency: str = "weekly", day: int = 31) -> int:
    """What is withheld on a day in January 2026, of a request received on the 5th."""
    received, pay_date = date(2026, 1, 5), date(2026, 1, day)
    line = w4s_withholding(requested, paid, full, frequency, received=received, pay_date=pay_date)
    withheld: int = line.result
    return withheld


class TestFormW4S:
    """What an insurer withholds on request."""

    @pytest.mark.parametrize(
        ("requested", "paid", "expected"),
        [("210", "2000", 21_000), ("210", "1000", 10_500), ("200", "105", 1_050), ("0", "2000", 0)],
    )
    def test_amount(self, requested: str, paid: str, expected: int) -> None:
        """The request, or a part in proportion of it for a part of a payment."""
        assert expected == w4s(requested, paid, "2000", "monthly")

    def test_least_net(self) -> None:
        """Ten dollars of a payment remain, and a payment of nothing bears nothing."""
        assert 500 == w4s("20", "15", "15")
        assert 0 == w4s("20", "0", "0")

    @pytest.mark.parametrize(("day", "expected"), [(12, 0), (13, 2_000)])
    def test_takes_effect(self, day: int, expected: int) -> None:
        """A request counts for payments more than seven days after it was received."""
        assert expected == w4s("20", "500", "500", day=day)

    def test_wrong(self) -> None:
        """Whole dollars, at least so many for the frequency, and no more than a full payment."""
        with pytest.raises(InvalidRequest) as refused:
            w4s("19.50", "600", "500")
        with pytest.raises(InvalidRequest, match="frequency: 'annual' is not one of daily"):
            w4s("20", "1", "1", "annual")

        assert [
            "requested: 19.50 is less than 20.00, the least for weekly pay",
            "requested: 19.50 is not in whole dollars",
            "payment: 600 is more than a full one, 500",
        ] == [str(fault) for fault in refused.value.faults]
