"""The ledger: what adding, voiding and correcting does to the sums, and its file."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from asopay import (
    Deduction,
    Earning,
    Employee,
    Employer,
    GarnishmentOrder,
    InvalidRequest,
    PaycheckRequest,
    Reimbursement,
    UnemploymentAccount,
    WorkedPeriod,
    YearToDate,
    documents,
    gross_to_net,
)
from asopay.ledger import (
    DamagedLedger,
    Entry,
    Ledger,
    Quarter,
    append,
    balances,
    dump,
    load,
    overpayment,
    recompute,
    retro_pay,
    totals,
)
from asopay.reading import reader_of
from support import exactly

EIN = "12-3456789"
COLORADO = Employer(ein=EIN, unemployment={"US-CO": UnemploymentAccount(rate="0.017")})


def asked(
    day: date = date(2026, 3, 13), amount: str = "2000.00", employee: str = "E-1", **changes: Any
) -> PaycheckRequest:
    """A request for two weeks' pay in Denver, with a 401(k) deferral."""
    worker = Employee(residence=["US-CO", "US-CO-DENVER"], id=employee)
    period = WorkedPeriod(day - timedelta(19), day - timedelta(6))
    pay = [Earning("regular", amount=amount)]
    deferral = [Deduction("401k", percent="5")]
    request = PaycheckRequest(
        day, "biweekly", worker, pay, COLORADO, deductions=deferral, pay_period=period
    )
    return evolve(request, **changes)


def paid(*amounts: str, employee: str = "E-1") -> Ledger:
    """A ledger with a paycheck of each amount, two weeks apart."""
    ledger = Ledger()
    for number, amount in enumerate(amounts):
        ledger.pay(asked(date(2026, 1, 16) + number * timedelta(14), amount, employee))
    return ledger


AMOUNTS = st.lists(
    st.sampled_from(["0.01", "900.00", "2000.00", "7000.00"]), min_size=1, max_size=6
)


class TestYearToDate:
    """The year to date that the ledger knows."""

    @settings(max_examples=10, deadline=None)
    @given(AMOUNTS)
    def test_as_handed_on(self, amounts: list[str]) -> None:
        """It computes the paychecks that handing on each result's year to date computes."""
        ledger, before = Ledger(), YearToDate()
        for number, amount in enumerate(amounts):
            request = asked(date(2026, 1, 16) + number * timedelta(14), amount)
            mine = ledger.pay(request)
            expected = gross_to_net(evolve(request, year_to_date=before))
            before = handed_on(expected)
            assert (expected.taxes, expected.net_cents) == (mine.taxes, mine.net_cents)

    def test_new_year(self) -> None:
        """It begins anew with the year, and is apart for each employee and each EIN."""
        ledger = paid("2000.00", "2000.00")
        day = date(2026, 2, 13)

        assert ledger.year_to_date("E-1", day, EIN).wages
        assert YearToDate() == ledger.year_to_date("E-1", date(2027, 1, 2), EIN)
        assert YearToDate() == ledger.year_to_date("E-2", day, EIN)
        assert YearToDate() == ledger.year_to_date("E-1", day, "98-7654321")

    def test_of_a_day(self) -> None:
        """Paychecks of later days do not count in one of an earlier day."""
        ledger = paid("2000.00", "3000.00")
        wages = ledger.year_to_date("E-1", date(2026, 1, 20), EIN).wages

        assert "2000.00" == str(wages["US/medicare"])

    def test_months(self) -> None:
        """Wages of a calendar month count in that month only, also after a void."""
        ledger = paid("2000.00", "2000.00", "2000.00")
        ledger.void(1)
        january = ledger.year_to_date("E-1", date(2026, 1, 31), EIN).wages
        march = ledger.year_to_date("E-1", date(2026, 3, 2), EIN).wages
        key = "US-CO-DENVER/occupational_privilege"

        assert "2000.00" == str(january[f"{key}/2026-01"])
        assert not [name for name in march if name.startswith(f"{key}/")]

    def test_not_twice(self) -> None:
        """A request for the ledger states no year to date of its own."""
        request = asked(year_to_date=YearToDate(wages={"US/medicare": "1.00"}))
        with pytest.raises(InvalidRequest, match="year_to_date: leave it out: the ledger knows"):
            Ledger().pay(request)

    def test_whom_it_is_for(self) -> None:
        """A paycheck without an employee's id can't be entered."""
        message = "employee.id: the ledger needs to know whom it is for"
        with pytest.raises(InvalidRequest, match=exactly(message)):
            Ledger().pay(asked(employee=""))


def handed_on(paycheck: Any) -> YearToDate:
    """The year to date of a result, as the next request states it."""
    document = documents.result_document(paycheck)["year_to_date"]
    read: YearToDate = reader_of(YearToDate)(document, "", [])
    return read


class TestBalances:
    """What was paid before the ledger began."""

    BEFORE = YearToDate(
        wages={"US/social_security": "184000.00"},
        taxes={"US/social_security": "11408.00"},
        employer_taxes={"US/social_security": "11408.00"},
        deductions={"401k": "24000.00"},
        work_days={"US-CO": 40},
    )

    def test_other_system(self) -> None:
        """Another system's balances count toward limits, and in reports."""
        ledger = Ledger()
        ledger.add(balances("E-1", date(2026, 3, 31), self.BEFORE, ein=EIN, gross="190000.00"))
        paycheck = ledger.pay(asked(date(2026, 4, 10), "20000.00"))
        quarter = totals(ledger.of(quarter=Quarter(2026, 1)))

        assert 500_00 == paycheck.tax("US/social_security").wages_cents
        assert 500_00 == paycheck.deductions[0].amount_cents
        assert 184_000_00 == quarter["employee_wages/US/social_security"]
        assert 190_000_00 - 11_408_00 - 24_000_00 == quarter["net"]
        assert {"US-CO": 40} == ledger.year_to_date("E-1", date(2026, 4, 1), EIN).work_days

    def test_predecessor(self) -> None:
        """A predecessor's wages count toward limits and in no report."""
        ledger = Ledger()
        ledger.add(
            balances("E-1", date(2026, 3, 31), self.BEFORE, ein=EIN, predecessor="98-7654321")
        )

        assert 500_00 == ledger.pay(asked(date(2026, 4, 10), "20000.00")).taxes[1].wages_cents
        assert {} == totals(ledger.of(quarter=Quarter(2026, 1)))

    def test_nonsense(self) -> None:
        """Amounts that are none are refused, all together."""
        with pytest.raises(InvalidRequest) as refused:
            balances("E-1", date(2026, 3, 31), YearToDate(wages={"US/medicare": "x"}), gross="y")

        assert ["wages.US/medicare", "gross"] == [fault.path for fault in refused.value.faults]


class TestVoid:
    """A void takes an entry back without changing it."""

    @settings(max_examples=10, deadline=None)
    @given(AMOUNTS, st.data())
    def test_void_is_the_identity(self, amounts: list[str], data: st.DataObject) -> None:
        """Adding and voiding changes no total and no year to date."""
        ledger = paid(*amounts)
        before, day = totals(ledger), date(2026, 12, 31)
        so_far = ledger.year_to_date("E-1", day, EIN)
        ledger.pay(asked(data.draw(st.sampled_from([date(2026, 4, 3), date(2026, 7, 10)]))))
        ledger.void(len(ledger), "printed twice")

        assert before == totals(ledger)
        assert so_far == ledger.year_to_date("E-1", day, EIN)
        assert ledger.is_void(len(ledger) - 1)
        assert not ledger.is_void(len(ledger))

    @pytest.mark.parametrize(
        ("number", "message"),
        [
            (1, "entry 1 was voided by entry 2 before"),
            (2, "entry 2 is a void itself: make the paycheck anew instead"),
            (3, "there is no entry 3: they are numbered from 1 to 2"),
            (0, "there is no entry 0: they are numbered from 1 to 2"),
        ],
    )
    def test_refused(self, number: int, message: str) -> None:
        """No entry is voided twice, nor is a void, nor what is not there."""
        ledger = paid("2000.00")
        ledger.void(1)
        with pytest.raises(ValueError, match=exactly(message)):
            ledger.void(number)

    def test_replaced(self) -> None:
        """The paycheck that replaces a voided one is computed as if that had never been."""
        ledger = paid("2000.00")
        wrong = ledger.pay(asked(amount="9000.00"))
        ledger.void(2)
        right = ledger.pay(asked(amount="2500.00"), corrects=2, memo="raise entered wrongly")
        fresh = paid("2000.00").pay(asked(amount="2500.00"))

        assert fresh.taxes == right.taxes != wrong.taxes
        assert (2, "raise entered wrongly") == (ledger[4].corrects, ledger[4].memo)

    def test_balance(self) -> None:
        """An entry whose parts do not add up is refused."""
        entry = evolve(paid("2000.00")[1], amounts={"gross": 100_00, "net": 99_99})
        with pytest.raises(ValueError, match=r"differs from net pay by 0\.01"):
            Ledger().add(entry)


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(4)))
def test_order_within_a_day(order: list[int]) -> None:
    """In which order the employees of one day are entered changes no total."""
    day = date(2026, 5, 8)
    requests = [asked(day, f"{n + 1}000.00", f"E-{n}") for n in range(4)]
    first, second = Ledger(), Ledger()
    for n in range(4):
        first.pay(requests[n])
        second.pay(requests[order[n]])

    assert totals(first) == totals(second)
    for n in range(4):
        assert first.year_to_date(f"E-{n}", day, EIN) == second.year_to_date(f"E-{n}", day, EIN)


class TestFile:
    """The ledger as JSON Lines."""

    def test_round_trip(self) -> None:
        """What is written is read again, to the byte."""
        ledger = paid("2000.00", "3000.00")
        ledger.void(1, "no show")
        ledger.add(balances("E-2", date(2026, 1, 1), TestBalances.BEFORE, predecessor="1"))
        text = dump(ledger)
        again, digest = load(text)

        assert list(ledger) == list(again)
        assert text == dump(again)
        assert digest == json.loads(text.splitlines()[-1])["digest"]
        assert (again, digest)[1] == load(text, head=digest)[1]

    def test_appended(self) -> None:
        """A ledger grows by a line an entry, chained to the last."""
        ledger = paid("2000.00")
        text = dump(ledger)
        _, digest = load(text)
        ledger.pay(asked())

        assert dump(ledger) == text + append(ledger[2], digest)[0]

    def test_computed_again(self) -> None:
        """An entry holds the request from which its paycheck can be computed again."""
        ledger, _ = load(dump(paid("2000.00", "3000.00")))
        _, paycheck = documents.compute(ledger[2].request)

        assert ledger[2].amounts["net"] == paycheck.net_cents

    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_any_change_is_found(self, data: st.DataObject) -> None:
        """A changed character is found in its line, and what stands before is read."""
        text = THREE
        place = data.draw(st.integers(0, len(text) - 1))
        other = data.draw(st.sampled_from("0 9ax\n{"))
        changed = text[:place] + other + text[place + 1 :]
        assume(other != text[place])
        with pytest.raises(DamagedLedger) as damaged:
            load(changed)

        before = text[:place].count("\n")
        assert (before, before + 1) == (len(damaged.value.before), damaged.value.line)

    @pytest.mark.parametrize(
        ("lines", "line", "reason"),
        [
            ([0, 2], 2, "the entry or one before it was changed, moved or left out"),
            ([0, 2, 1], 2, "the entry or one before it was changed, moved or left out"),
            ([0, 1, 1], 3, "the entry or one before it was changed, moved or left out"),
            ([0, 1, "{"], 3, "the line is cut off"),
            ([0, 1, "{}\n"], 3, "this is not an entry of a ledger"),
            ([0, 1, "7\n"], 3, "this is not an entry of a ledger"),
            ([0, 1, "\n"], 3, "this is not an entry of a ledger"),
        ],
    )
    def test_damaged(self, lines: list[Any], line: int, reason: str) -> None:
        """The message says where the chain breaks; the entries before are there."""
        whole = THREE.splitlines(keepends=True)
        text = "".join(whole[each] if isinstance(each, int) else each for each in lines)
        with pytest.raises(DamagedLedger) as damaged:
            load(text)

        assert (line, reason) == (damaged.value.line, damaged.value.reason)
        assert line - 1 == len(damaged.value.before)

    def test_cut_between_lines(self) -> None:
        """A file that ends early after a whole line is found by the digest of its last line."""
        _, head = load(THREE)
        short = "".join(THREE.splitlines(keepends=True)[:2])
        message = (
            "line 3: the ledger ends here, and its last digest is not the one expected; "
            "the 2 entries before it are whole"
        )
        with pytest.raises(DamagedLedger, match=exactly(message)):
            load(short, head=head)

    def test_rewritten(self) -> None:
        """A line whose digest was made anew, but not its number or its form, is refused."""
        entry = next(iter(paid("2000.00")))
        line, _ = append(evolve(entry, number=2))
        with pytest.raises(DamagedLedger, match="the entry should have the number 1"):
            load(line)
        wrong: Any = 1
        line, _ = append(evolve(entry, kind=wrong))
        with pytest.raises(DamagedLedger, match=r"entry\.kind: 1 is not a string"):
            load(line)
        line, _ = append(evolve(entry, corrects=7, kind="void"))
        with pytest.raises(DamagedLedger, match="there is no entry 7"):
            load(line)


THREE = dump(paid("2000.00", "3000.00", "4000.00"))


class TestQuarter:
    """Quarters of a year."""

    def test_parts(self) -> None:
        """A quarter knows its days and its neighbours."""
        quarter = Quarter.parse("2026Q4")

        assert (date(2026, 10, 1), date(2026, 12, 31)) == (quarter.first_day, quarter.last_day)
        assert Quarter(2027, 1) == quarter.next
        assert quarter == quarter.next.previous
        assert Quarter(2026, 3) == quarter.previous
        no_day: Any = "2026-12-31"
        assert no_day not in quarter

    @pytest.mark.parametrize("text", ["2026", "2026Q5", "26Q1", "2026q1", ""])
    def test_refused(self, text: str) -> None:
        """What is no quarter is refused."""
        with pytest.raises(ValueError, match="is not a quarter such as 2026Q1"):
            Quarter.parse(text)


class TestCorrections:
    """The past computed again."""

    def test_retro_pay(self) -> None:
        """A raise of January, paid in March, is taxed by the table of March, apart by period."""
        january = asked(date(2026, 1, 16))
        due = retro_pay(january, asked(date(2026, 1, 16), "2200.00"))
        ledger = paid("2000.00")
        pay = [*asked().earnings, due.earning]
        ledger.pay(asked(earnings=pay), earned_before=due.earned_before)

        assert "back_pay" == due.earning.kind
        assert {"2025-12-28/2026-01-10": 200_00, "2026-02-22/2026-03-07": 2000_00} == ledger[
            2
        ].earned
        assert 200_00 == ledger[2].amounts["earnings/back_pay"]

    def test_retro_pay_of_another_year(self) -> None:
        """A past period is computed with its own year's tables."""
        day = date(2025, 12, 19)
        due = retro_pay(asked(day), asked(day, "2100.00", pay_period=None))

        assert (100_00, WorkedPeriod(date(2025, 11, 30), date(2025, 12, 13))) == (
            due.cents,
            due.earned,
        )
        bare = retro_pay(asked(day, pay_period=None), asked(day, "2100.00", pay_period=None))
        assert WorkedPeriod(day, day) == bare.earned

    def test_certificate(self) -> None:
        """A certificate of back then shows by tax what should have been withheld."""
        married = {"US": {"filing_status": "married"}}
        worker = evolve(asked().employee, certificates=married)
        found = recompute(asked(), evolve(asked(), employee=worker))

        assert found.taxes["US/income_tax", "employee"] < 0
        assert found.net_cents == -sum(found.taxes.values())
        assert 0 == found.gross_cents

    def test_overpaid_this_year(self) -> None:
        """Repaid in the same year: the net amount, and all taxes come back."""
        found = overpayment(asked(amount="2500.00"), asked(), date(2026, 8, 1))
        wrong, right = gross_to_net(asked(amount="2500.00")), gross_to_net(asked())

        assert found.same_year
        assert 500_00 == found.gross_cents
        assert wrong.net_cents - right.net_cents == found.to_repay_cents
        assert 31_00 == found.taxes_back["US/social_security", "employer"]
        assert ("US/income_tax", "employee") in found.taxes_back

    def test_overpaid_last_year(self) -> None:
        """Repaid in a later year: the gross amount less Social Security and Medicare."""
        found = overpayment(asked(amount="2500.00"), asked(), date(2027, 2, 1))
        back = {
            ("US/social_security", "employee"): 31_00,
            ("US/social_security", "employer"): 31_00,
            ("US/medicare", "employee"): 7_25,
            ("US/medicare", "employer"): 7_25,
        }

        assert back == found.taxes_back
        assert "461.75" == str(found.to_repay)
        assert not found.same_year

    def test_refused(self) -> None:
        """Each correction says when it is the other one, or nothing to correct."""
        first, higher = asked(), asked(amount="2100.00")
        other = asked(date(2026, 3, 27), employee="E-2")
        for make, message in (
            (
                lambda: retro_pay(higher, first),
                "gross pay should not have been higher, but by -100.00",
            ),
            (lambda: overpayment(first, higher, date(2026, 4, 1)), "by 100.00: it is retro pay"),
            (
                lambda: overpayment(higher, first, date(2026, 3, 1)),
                "is before the day of the payment",
            ),
            (lambda: recompute(first, other), "employee.id: E-2 is not that of the original, E-1"),
            (lambda: recompute(first, other), "pay_date: 2026-03-27 is not that of the original"),
        ):
            with pytest.raises(InvalidRequest, match=message):
                make()


def test_what_is_no_wages() -> None:
    """A garnishment and a reimbursement are accounts of their own, and the entry adds up."""
    order = GarnishmentOrder("creditor", dated=date(2026, 1, 5), amount="50.00", balance="900.00")
    expense = Reimbursement("Train to Boulder", "12.50")
    ledger = Ledger()
    ledger.pay(asked(garnishments=[order], reimbursements=[expense]))
    entry = ledger[1]

    assert (50_00, 12_50) == (entry.amounts["garnishment/creditor"], entry.amounts["reimbursement"])
    assert 0 == entry.out_of_balance
    assert entry == load(dump(ledger))[0][1]
    _, again = documents.compute(entry.request)
    assert entry.amounts["net"] == again.net_cents


def test_entries_are_plain() -> None:
    """An entry of a paycheck accounts for gross pay, taxes by payer, deductions and net pay."""
    entry: Entry = paid("2000.00")[1]

    assert 0 == entry.out_of_balance
    assert 100_00 == entry.amounts["deduction/401k"]
    assert 2000_00 == entry.amounts["subject_wages/US-CO/unemployment"]
    assert 34_00 == entry.amounts["employer_tax/US-CO/unemployment"]
    assert 2026 == entry.year
