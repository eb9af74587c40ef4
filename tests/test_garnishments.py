"""Garnishments: worked examples of the publications, and what the orders of a request promise."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from asopay import (
    Earning,
    Employee,
    GarnishmentOrder,
    PaycheckRequest,
    documents,
    gross_to_net,
)
from asopay.explain import why
from asopay.faults import Faults
from asopay.frequencies import FREQUENCIES
from asopay.garnishments import garnish, read_orders
from asopay.garnishments.federal_tax_levy import exempt_amount
from asopay.garnishments.pay import Pay
from asopay.invariants import all_hold
from asopay.money import as_text, cents
from asopay.reading import reader_of
from asopay.rulebook import standard_rulebook
from asopay.statements import pay_statement
from asopay.tables import Days, Table
from support import faults, request

EXAMPLES = tomllib.loads(
    (Path(__file__).parent / "worked_examples" / "us" / "garnishments.toml").read_text("utf-8")
)
DAY = date(2026, 10, 2)


def table(jurisdiction: str, name: str, day: date) -> Table[Any]:
    """The table that is in force on a day."""
    return standard_rulebook().rule(jurisdiction, name, Days.on(day)).table


def levy_table(year: int) -> Table[Any]:
    return table("US", "federal_tax_levy", date(year, 6, 15))


def given(orders: list[dict[str, Any]], pay: Pay, state: str = "US-AL") -> list[str]:
    """What each order is given of the pay; without dates they are in order."""
    found = Faults()
    read = [
        reader_of(GarnishmentOrder)({"dated": f"2026-01-{n:02}", **order}, "", found.found)
        for n, order in enumerate(orders, 1)
    ]
    ready = read_orders(
        read,
        pay_date=DAY,
        frequency=pay.frequency,
        state_of_work=state,
        table=table,
        deduction_kinds=("401k", "roth_401k"),
        faults=found,
    )
    assert [] == found.found
    assert ready
    return [as_text(entry.amount_cents) for entry in garnish(ready, pay).entries]


class TestPublications:
    """What publications print."""

    @pytest.mark.parametrize("printed", EXAMPLES["levy_table"], ids=lambda each: str(each["year"]))
    def test_levy_tables(self, printed: dict[str, Any]) -> None:
        """Every amount of the printed tables of Publication 1494 comes out to the cent."""
        law = levy_table(printed["year"])
        statuses = law.figures.standard_deduction

        for status, frequency in product(statuses, ["daily", *list(FREQUENCIES)[1:5]]):
            amounts = [
                as_text(exempt_amount(status, dependents, 0, frequency, law).result)
                for dependents in range(6)
            ]

            assert printed[status][frequency] == amounts

    @pytest.mark.parametrize("printed", EXAMPLES["levy_table"], ids=lambda each: str(each["year"]))
    def test_additional_deductions(self, printed: dict[str, Any]) -> None:
        """So does every printed amount for those who are 65 or blind."""
        law = levy_table(printed["year"])
        alike = {"head_of_household": "single", "married_filing_separately": "married"}

        for status, frequency in product(law.figures.standard_deduction, printed["single"]):
            for number, amount in enumerate(
                printed["additional"][alike.get(status, status)][frequency], 1
            ):
                sheet = exempt_amount(status, 0, number, frequency, law)

                assert amount == as_text(sheet["(additional)"])

    @pytest.mark.parametrize("example", EXAMPLES["exempt_amount"], ids=lambda each: each["id"])
    def test_exempt_amount(self, example: dict[str, Any]) -> None:
        """The examples of Publication 1494."""
        sheet = exempt_amount(
            example["filing_status"],
            example["dependents"],
            example["additional"],
            example["frequency"],
            levy_table(example["year"]),
        )

        assert example["expected"] == as_text(sheet.result)

    @pytest.mark.parametrize("example", EXAMPLES["garnishment"], ids=lambda each: each["id"])
    def test_garnishment(self, example: dict[str, Any]) -> None:
        """The examples of the Labor Department, of states, and own ones by the words of laws."""
        pay = Pay(example["frequency"], {"regular": cents(example["disposable"])})

        assert example["expected"] == given(example["orders"], pay, example.get("state", "US-AL"))


SUPPORT = {"kind": "support", "supports_second_family": False}
LEVY = {"kind": "federal_tax_levy", "dated": "2025-06-01"}


def weekly(amount: str, **changes: Any) -> Pay:
    return Pay("weekly", {"regular": cents(amount)}, **changes)


class TestSupport:
    """How much support may be withheld, and who gets it."""

    @pytest.mark.parametrize(
        ("second_family", "old_arrears", "state", "expected"),
        [
            (True, False, "US-AL", "500.00"),
            (False, False, "US-AL", "600.00"),
            (True, True, "US-AL", "550.00"),
            (False, True, "US-AL", "650.00"),
            (False, True, "US-TX", "500.00"),
            (False, True, "US-AK", "400.00"),
            (True, True, "US-WV", "450.00"),
            (False, False, "US-NC", "400.00"),
        ],
    )
    def test_limit(self, second_family: bool, old_arrears: bool, state: str, expected: str) -> None:
        """50, 60, 55 or 65 percent, or what the state of work allows less."""
        order = {
            "kind": "support",
            "amount": "900.00",
            "arrears": "100.00",
            "supports_second_family": second_family,
            "arrears_over_12_weeks": old_arrears,
        }

        assert [expected] == given([order], weekly("1000.00"), state)

    def test_several_orders(self) -> None:
        """North Carolina allows more where there are several orders."""
        orders = [{**SUPPORT, "amount": "400.00"}, {**SUPPORT, "amount": "400.00"}]

        assert ["250.00", "250.00"] == given(orders, weekly("1000.00"), "US-NC")

    def test_current_support_first(self) -> None:
        """Current support of all orders comes before medical support, and arrears come last."""
        orders = [
            {**SUPPORT, "amount": "300.00", "arrears": "200.00"},
            {**SUPPORT, "amount": "200.00", "medical": "60.00", "arrears": "100.00"},
        ]

        assert ["326.66", "273.34"] == given(orders, weekly("1000.00"))

    def test_premiums(self) -> None:
        """Health premiums are part of disposable earnings, but not where a state subtracts them."""
        pay = weekly("1000.00", voluntary={"section_125_health": 10_000})
        order = {**SUPPORT, "amount": "900.00"}

        assert ["600.00"] == given([order], pay, "US-AL")
        assert ["540.00"] == given([order], pay, "US-CT")

    def test_tips_and_required_deductions(self) -> None:
        """Tips are no earnings, and what law requires to be deducted is not disposable."""
        pay = Pay("weekly", {"regular": 80_000, "tips": 20_000}, 10_000, required=10_000)

        assert ["360.00"] == given([{**SUPPORT, "amount": "900.00"}], pay)


class TestLevy:
    """Federal tax levies take take-home pay above the exempt amount."""

    def test_without_a_statement(self) -> None:
        """Without a statement it is that of a married employee who files separately."""
        assert ["711.54"] == given([LEVY], weekly("1000.00"))

    def test_year_of_the_statement(self) -> None:
        """The exempt amount stays that of the statement's year, until there is a new statement."""
        levy = {**LEVY, "dated": "2023-06-01", "filing_status": "single"}

        assert ["733.65"] == given([levy], weekly("1000.00"))
        assert ["690.38"] == given([{**levy, "statement_dated": "2026-01-05"}], weekly("1000.00"))

    def test_deductions(self) -> None:
        """Deductions reduce take-home pay, but not those that began after the levy."""
        pay = weekly("1000.00", voluntary={"401k": 10_000, "roth_401k": 5_000}, required=1_000)

        assert ["551.54"] == given([LEVY], pay)
        assert ["601.54"] == given([{**LEVY, "deductions_since": ["roth_401k"]}], pay)

    def test_stated_exempt_amount(self) -> None:
        """The Internal Revenue Service can state the exempt amount itself."""
        assert ["900.00"] == given([{**LEVY, "exempt_amount": "100.00"}], weekly("1000.00"))

    def test_older_than_support(self) -> None:
        """A levy comes before support only if it is older than the support order."""
        order = {**SUPPORT, "amount": "400.00"}

        assert ["711.54", "288.46"] == given(
            [LEVY, {**order, "dated": "2025-06-02"}], weekly("1000")
        )
        assert ["311.54", "400.00"] == given(
            [LEVY, {**order, "dated": "2025-06-01"}], weekly("1000")
        )

    def test_creditors_get_what_is_left(self) -> None:
        """What a levy takes counts toward the limit on creditors."""
        levy = {**LEVY, "balance": "100.00"}

        assert ["100.00", "150.00"] == given([levy, {"kind": "creditor"}], weekly("1000.00"))
        assert ["711.54", "0.00"] == given([LEVY, {"kind": "creditor"}], weekly("1000.00"))


class TestCreditors:
    """Limits on creditors, by federal law and by states."""

    @pytest.mark.parametrize(
        ("state", "more", "expected"),
        [
            ("US-AL", {}, "225.00"),
            ("US-AZ", {}, "0.00"),
            ("US-DE", {}, "135.00"),
            ("US-IL", {}, "135.00"),
            ("US-MN", {}, "135.00"),
            ("US-NV", {}, "225.00"),
            ("US-ND", {"dependents": 2}, "185.00"),
            ("US-MO", {"head_of_family": True}, "90.00"),
            ("US-OR", {}, "225.00"),
            ("US-NY", {"local_minimum_wage": "28.00"}, "60.00"),
            ("US-AL", {"local_minimum_wage": "40.00"}, "225.00"),
            ("US-IL", {"local_minimum_wage": "20.00"}, "135.00"),
            ("US-IA", {"limit_percent": "10"}, "90.00"),
            ("US-IA", {"exempt_amount": "850.00"}, "50.00"),
            ("US-AK", {}, "225.00"),
            ("US-DC", {}, "41.00"),
            ("US-SD", {"dependents": 1}, "180.00"),
            ("US-SD", {"dependents": 16}, "26.00"),
            ("US-HI", {}, "174.23"),
            ("US-VT", {}, "135.00"),
            ("US-VT", {"consumer_credit": False}, "225.00"),
        ],
    )
    def test_states(self, state: str, more: dict[str, Any], expected: str) -> None:
        """The share, the floor, or what the order states of 900 dollars a week."""
        assert [expected] == given([{"kind": "creditor", "state": state, **more}], weekly("900.00"))

    def test_tiers(self) -> None:
        """A week's earnings decide on the share: in Nevada gross, in Minnesota disposable ones."""
        low = Pay("biweekly", {"regular": 150_000})

        assert ["270.00"] == given([{"kind": "creditor", "state": "US-NV"}], low)
        assert ["225.00"] == given([{"kind": "creditor", "state": "US-MN"}], low)
        assert ["0.00"] == given([{"kind": "creditor", "state": "US-MN"}], weekly("456.40"))

    def test_printed_floors(self) -> None:
        """Oregon prints a floor for each pay period; without one, the order states its limit."""
        order = {"kind": "creditor", "state": "US-OR"}

        assert ["168.00"] == given([order], Pay("biweekly", {"regular": 100_000}))
        (fault,) = faults(asked(order, pay_frequency="monthly"))
        assert "no limit of Oregon on creditors is known" in fault

    def test_what_counts_toward_a_share(self) -> None:
        """Support counts toward New York's 25 percent, and not toward its 10 percent."""
        creditors = [{"kind": "creditor", "state": "US-NY"}] * 2

        for support, expected in (("100.00", "90.00"), ("200.00", "25.00")):
            orders: list[dict[str, Any]] = [{**SUPPORT, "amount": support}, *creditors]

            assert [support, expected, "0.00"] == given(orders, weekly("900.00"))

    def test_by_date(self) -> None:
        """Of several, the one that was served first comes first, whatever its kind."""
        orders = [
            {"kind": "creditor", "dated": "2026-03-01"},
            {"kind": "federal_agency", "dated": "2026-02-01", "percent": "10"},
            {"kind": "student_loan", "dated": "2026-02-02"},
        ]

        assert ["0.00", "100.00", "150.00"] == given(orders, weekly("1000.00"))

    def test_one_kind_together(self) -> None:
        """Several student loans take no more than fifteen percent together."""
        loans = [{"kind": "student_loan", "amount": "100.00"}, {"kind": "student_loan"}]

        assert ["100.00", "50.00"] == given(loans, weekly("1000.00"))


class TestOtherOrders:
    """State levies, chapter 13, and orders that are not in force."""

    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            ({"state": "US-NC"}, "100.00"),
            ({"state": "US-CA"}, "210.00"),
            ({"state": "US-OH", "limit_percent": "25"}, "210.00"),
            ({"state": "US-OH", "exempt_amount": "700.00"}, "140.00"),
            ({"state": "US-PA", "amount": "50.00"}, "50.00"),
        ],
    )
    def test_state_levies(self, order: dict[str, Any], expected: str) -> None:
        """A state's share where it is known, or the limit that the levy states."""
        pay = weekly("1000.00", taxes=10_000, required=6_000)
        levy = {"kind": "state_tax_levy", **order}

        assert [expected] == given([levy], pay)

    def test_earlier_orders(self) -> None:
        """Earlier orders count toward California's share, and not toward North Carolina's."""
        support = {**SUPPORT, "amount": "240.00"}

        for state, expected in (("US-CA", "10.00"), ("US-NC", "100.00")):
            levy: dict[str, Any] = {"kind": "state_tax_levy", "state": state}

            assert ["240.00", expected] == given([support, levy], weekly("1000.00"))

    def test_chapter_13(self) -> None:
        """It comes after support, has no limit but the pay, and stays all others."""
        orders: list[dict[str, Any]] = [
            {"kind": "bankruptcy", "amount": "700.00"},
            {**SUPPORT, "amount": "400.00"},
            LEVY,
            {"kind": "creditor"},
        ]

        assert ["600.00", "400.00", "0.00", "0.00"] == given(orders, weekly("1000.00"))

    def test_chapter_13_is_paid(self) -> None:
        """An order whose plan is paid takes nothing, and stays nothing."""
        paid = {"kind": "bankruptcy", "amount": "700.00", "balance": "0.00"}

        assert ["0.00", "250.00"] == given([paid, {"kind": "creditor"}], weekly("1000.00"))

    @pytest.mark.parametrize("dates", [{"start": "2026-10-03"}, {"end": "2026-10-01"}])
    def test_not_in_force(self, dates: dict[str, str]) -> None:
        """Nothing is taken before an order begins, or after it ends."""
        late = {"kind": "bankruptcy", "amount": "1.00", **dates}

        assert ["0.00", "250.00"] == given([late, {"kind": "creditor"}], weekly("1000.00"))
        kept = {"kind": "creditor", "start": "2026-10-02", "end": "2026-10-02"}

        assert ["250.00"] == given([kept], weekly("1000.00"))


def asked(*orders: dict[str, Any], state: str = "US-TX", **changes: Any) -> dict[str, Any]:
    """A request document with orders."""
    return request(state, garnishments=[{"dated": "2026-01-05", **o} for o in orders], **changes)


class TestPaycheck:
    """Garnishments of a paycheck, in its documents and texts."""

    def test_passed_on(self) -> None:
        """What remains is passed on to the next request, until nothing is owed."""
        order = {"kind": "creditor", "state": "US-AL", "id": "CV-7", "balance": "500.00"}
        entries: list[dict[str, Any]] = []
        while not entries or entries[-1]["balance"] != "0.00":
            document = asked(order)
            (entry,) = documents.paycheck(document)["garnishments"]
            all_hold(*documents.compute(document))
            order |= {name: entry[name] for name in ("balance", "taken_to_date")}
            entries.append(entry)

        # 25 percent of 1,690.85: 2,000.00 less 156.15 of income tax and 153.00 of FICA.
        assert ["422.71", "77.29"] == [entry["amount"] for entry in entries]
        assert ["422.71", "500.00"] == [entry["taken_to_date"] for entry in entries]
        assert "25 percent of disposable earnings" == entries[0]["limited_by"]
        assert "what is owed" == entries[1]["limited_by"]
        assert ["Alabama has the federal limit, and none of its own"] == entries[0]["notes"]

    def test_support(self) -> None:
        """The parts of support stand by themselves, with the arrears that remain, and the fee."""
        order = {
            **SUPPORT,
            "amount": "300.00",
            "arrears": "50.00",
            "arrears_balance": "20.00",
            "fee": "4.60",
        }
        document = asked(order)
        (entry,) = documents.paycheck(document)["garnishments"]
        all_hold(*documents.compute(document))

        assert ("320.00", "300.00", "20.00") == (
            entry["amount"],
            entry["current"],
            entry["arrears"],
        )
        assert ("4.60", "0.00", 7) == (
            entry["fee"],
            entry["arrears_balance"],
            entry["remit_within_business_days"],
        )
        assert "what is owed" == entry["limited_by"]

    def test_in_python(self) -> None:
        """In Python amounts are dollars; what is not known is None."""
        order = GarnishmentOrder(
            "support", date(2026, 1, 5), amount="9.00", arrears=1, supports_second_family=True
        )
        paycheck = gross_to_net(
            PaycheckRequest(
                date(2026, 3, 13),
                "weekly",
                Employee(["US-TX"]),
                [Earning("regular", amount="900.00")],
                garnishments=[evolve(order, arrears_balance="3.00"), order],
            )
        )
        first, second = paycheck.garnishments
        ten, nothing = Decimal("10.00"), Decimal("0.00")

        assert (ten, nothing, ten) == (first.amount, first.fee, first.taken_to_date)
        assert (None, Decimal("2.00")) == (first.balance, first.arrears_balance)
        assert (None, None) == (second.balance, second.arrears_balance)

    def test_fee_within_the_limit(self) -> None:
        """Support and fee together stay within the limit; the fee gives way."""
        first = {**SUPPORT, "amount": "844.00", "fee": "2.00"}
        (entry,) = documents.paycheck(asked(first))["garnishments"]

        # Half of 1,690.85.
        assert ("844.00", "1.42") == (entry["amount"], entry["fee"])

    def test_deductions_give_way(self) -> None:
        """Voluntary deductions are cut where pay does not suffice for them and garnishments."""
        document = asked(
            {"kind": "bankruptcy", "amount": "1500.00"},
            deductions=[
                {"kind": "roth_401k", "amount": "100.00", "required_by_law": True},
                {"kind": "roth_401k", "amount": "300.00"},
            ],
        )
        result = documents.paycheck(document)
        all_hold(*documents.compute(document))

        assert ["100.00", "90.85"] == [d["amount"] for d in result["deductions"]]
        assert ("1500.00", "0.00") == (result["garnishments"][0]["amount"], result["net_pay"])

    def test_imputed_income(self) -> None:
        """Income that is not paid out is not garnished."""
        earnings = [
            {"kind": "regular", "amount": "100.00"},
            {"kind": "group_term_life", "amount": "900.00"},
        ]
        document = asked({"kind": "bankruptcy", "amount": "500.00"}, earnings=earnings)
        result = documents.paycheck(document)

        assert "0.00" == result["net_pay"]
        assert result["garnishments"][0]["limited_by"].startswith("the pay that is left")

    def test_reimbursements(self) -> None:
        """What is reimbursed is paid out whole: it is no part of the pay that orders take."""
        order = {"kind": "bankruptcy", "amount": "5000.00"}
        plain = documents.paycheck(asked(order))
        spent = [{"description": "Travel", "amount": "80.00"}]
        result = documents.paycheck(asked(order, reimbursements=spent))

        assert plain["garnishments"] == result["garnishments"]
        assert ("0.00", "80.00") == (plain["net_pay"], result["net_pay"])

    def test_digest(self) -> None:
        """The digest names the tables of garnishments as well."""
        plain = documents.paycheck(request("US-TX"))["tables"]["digest"]
        alabama = documents.paycheck(asked({"kind": "creditor", "state": "US-AL"}))
        arizona = documents.paycheck(asked({"kind": "creditor", "state": "US-AZ"}))
        digests = {plain, alabama["tables"]["digest"], arizona["tables"]["digest"]}

        assert 3 == len(digests)

    def test_statement(self) -> None:
        """The statement has each order, the employer's fee, and what is owed."""
        support = {**SUPPORT, "amount": "100.00", "id": "FC-1", "fee": "2.00"}
        support |= {"arrears": "5.00", "arrears_balance": "80.00"}
        loan = {"kind": "student_loan", "balance": "900.00"}
        lines = pay_statement(*documents.compute(asked(support, loan))).splitlines()
        start = lines.index("Garnishments")
        shown = [tuple(line.rsplit(maxsplit=1)) for line in lines[start + 1 : start + 6]]

        assert [
            ("  Support FC-1", "105.00"),
            ("    fee of the employer", "2.00"),
            ("    support owed from before", "75.00"),
            ("  Student loan", "253.62"),
            ("    owed after this paycheck", "646.38"),
        ] == [(text.rstrip(), amount) for text, amount in shown]

    def test_why(self) -> None:
        """The explanation says which limit decided, and shows the worksheets."""
        late = {"kind": "creditor", "start": "2027-01-01", "limit_percent": "5"}
        _, paycheck = documents.compute(asked({"kind": "creditor", "state": "US-CA"}, late))

        first = why("garnishments[0]", paycheck).splitlines()

        assert "27.38 is taken: 40 percent of the disposable earnings above 1622.40" in first[0]
        assert "(Code of Civil Procedure 706.050)" in first[0]
        assert any(line.startswith("garnishments[0]/state_limit") for line in first)
        assert why("garnishments[1]", paycheck).startswith("0.00 is taken: not in force before")


class TestRefused:
    """Orders that can't be followed are refused by name, all at once."""

    def test_all_at_once(self) -> None:
        """An order without a kind, one without a date, and whatever else is wrong."""
        document = request(
            garnishments=[
                {"dated": "2026-01-05"},
                {"kind": "creditor", "state": "US-AL"},
                {"kind": "creditor", "dated": "2026-01-05", "state": "US-AL", "percent": "101"},
                {"kind": "creditor", "dated": "2026-01-05", "state": "US-AL", "amount": "-5.00"},
            ]
        )

        assert [
            "garnishments[0].kind: this field is required",
            "garnishments[1].dated: this field is required",
            "garnishments[2].percent: 101 is above 100",
            "garnishments[3].amount: '-5.00' is not an amount in dollars",
        ] == [fault.partition(" with at most")[0] for fault in faults(document)]

    @pytest.mark.parametrize(
        ("order", "expected"),
        [
            (
                {"kind": "loan"},
                "kind: 'loan' is not one of support, bankruptcy, federal_tax_levy, ",
            ),
            (
                {"kind": "creditor", "state": "US-AL", "amount": "5", "percent": "5"},
                "garnishments[0]: amount or percent: both are given",
            ),
            (
                {"kind": "creditor", "state": "US-AL", "medical": "5"},
                "medical: an order of the kind creditor has no such field",
            ),
            (
                {"kind": "creditor", "state": "US-AL", "start": "2026-02-01", "end": "2026-01-01"},
                "end: 2026-01-01 is before the start, 2026-02-01",
            ),
            ({"kind": "creditor", "state": "CA"}, "state: 'CA' is not a state such as"),
            (
                {"kind": "creditor", "state": "US-IA"},
                "no limit of Iowa on creditors is known for 2026-03-13",
            ),
            ({"kind": "creditor", "state": "US-AK"}, "no limit of Alaska on creditors is known"),
            ({"kind": "creditor", "state": "US-AL", "fee": "1"}, "fee: no fee is known that"),
            ({"kind": "creditor", "state": "US-CA", "fee": "2"}, "fee: 1.50 is the most that"),
            ({"kind": "state_tax_levy", "state": "US-OH"}, "no limit of Ohio on levies for taxes"),
            ({"kind": "bankruptcy"}, "amount: state what the chapter 13 order asks for"),
            ({**SUPPORT}, "garnishments[0]: amount, arrears or medical: a support order asks"),
            ({"kind": "support", "amount": "5"}, "supports_second_family: say whether"),
            (
                {**SUPPORT, "amount": "5", "arrears_over_12_weeks": True},
                "arrears_over_12_weeks: the order asks for no arrears",
            ),
            (
                {**SUPPORT, "amount": "5", "fee": "4.62"},
                "fee: 4.62 is above 4.61 a payment: Texas allows 10.00 a month",
            ),
            (
                {"kind": "federal_tax_levy", "filing_status": "married_jointly"},
                "filing_status: 'married_jointly' is not one of single, married, ",
            ),
            (
                {"kind": "federal_tax_levy", "filing_status": "single", "exempt_amount_used": True},
                "filing_status, exempt_amount_used: each says what is exempt",
            ),
            (
                {**LEVY, "filing_status": "single", "statement_dated": "2025-05-31"},
                "statement_dated: it is before the levy, 2025-06-01",
            ),
            (
                {**LEVY, "deductions_since": ["gym"]},
                "deductions_since: 'gym' is not one of 401k, roth_401k, ",
            ),
            (
                {"kind": "federal_tax_levy", "dependents": 2},
                "dependents: without a filing_status there is no statement",
            ),
            (
                {"kind": "federal_tax_levy", "filing_status": "single", "dependents": 100},
                "dependents: 100 is not a number from 0 to 99",
            ),
        ],
    )
    def test_one_by_one(self, order: dict[str, Any], expected: str) -> None:
        """Each fault says which field it is about, and what would be accepted."""
        (fault,) = faults(asked(order))

        assert fault.startswith("garnishments[0]")
        assert expected in fault

    def test_contradicting_support_orders(self) -> None:
        """Support orders say the same of the employee, because the limit is one for all."""
        one, other = {**SUPPORT, "amount": "5"}, {**SUPPORT, "amount": "5"}
        other["supports_second_family"] = True

        (fault,) = faults(asked(one, one, other))
        path = "garnishments[2].supports_second_family"

        assert f"{path}: garnishments[0] says otherwise, and the limit is one for all" == fault
        ended = asked(one, {**other, "end": "2026-02-28"})
        assert "5.00" == documents.paycheck(ended)["garnishments"][0]["amount"]

    @pytest.mark.parametrize(
        ("state", "count", "expected"),
        [
            ("US-AR", 2, "garnishments[1]: how Arkansas shares among several support orders"),
            (
                "US-DC",
                1,
                "garnishments[0]: no rule is known for support orders of work in District",
            ),
        ],
    )
    def test_states_without_a_rule(self, state: str, count: int, expected: str) -> None:
        """Where a state's rule is not known, the orders that need it are refused."""
        (fault,) = faults(asked(*[{**SUPPORT, "amount": "5"}] * count, state=state))

        assert fault.startswith(expected)

    def test_fee_without_a_rule(self) -> None:
        """No fee is taken where none is known to be allowed."""
        (fault,) = faults(asked({**SUPPORT, "amount": "5", "fee": "1"}, state="US-MI"))

        assert "garnishments[0].fee: no fee is known that Michigan allows" == fault

    @pytest.mark.parametrize("kind", ["support", "federal_tax_levy", "bankruptcy", "creditor"])
    def test_no_date_in_a_document(self, kind: str) -> None:
        """Whatever its kind, an order without a date is refused by name."""
        found = faults(request(garnishments=[{"kind": kind, "amount": "x", "fee": [], "end": 1}]))

        assert "garnishments[0].dated: this field is required" in found

    def test_pay_date_at_fault(self) -> None:
        """Faults that need no table are found even if the pay date is at fault."""
        orders = [{"kind": "creditor", "dated": "2026-01-05", "amount": "x"}, {**LEVY}]
        found = faults(request("US-TX", pay_date="2019-01-01", garnishments=orders))

        assert any(fault.startswith("garnishments[0].amount") for fault in found)
        assert all(fault.startswith(("pay_date", "garnishments[0].amount")) for fault in found)

    def test_no_date(self) -> None:
        """In Python, too, a date that is none is refused by name."""
        found = Faults()
        order = GarnishmentOrder("creditor", None, state="US-AL")  # type: ignore[arg-type]
        options: dict[str, Any] = {"frequency": "weekly", "state_of_work": "US-AL"}
        options["deduction_kinds"] = ()
        ready = read_orders([order], pay_date=DAY, table=table, faults=found, **options)

        assert ready is None
        assert ["garnishments[0].dated: None is not a date"] == [str(f) for f in found.found]

    def test_no_table(self) -> None:
        """A year without tables of a levy is refused."""
        found = Faults()
        options: dict[str, Any] = {"frequency": "weekly", "state_of_work": "US-AL"}
        options["deduction_kinds"] = ()
        levy = GarnishmentOrder("federal_tax_levy", date(2020, 1, 1))
        read_orders(
            [levy],
            pay_date=date(2023, 1, 6),
            table=table,
            faults=found,
            **options,
        )

        assert str(found.found[0]).startswith("garnishments[0]: no table of US/federal_tax_levy")
        assert str(found.found[0]).endswith("or the statement_dated of a newer statement")
