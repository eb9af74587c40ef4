"""Forms 941, 940, W-2 and W-3 from the ledger, and that a year reconciles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from attrs import evolve

from asopay import (
    Deduction,
    Earning,
    Employee,
    Employer,
    InvalidRequest,
    PaycheckRequest,
    TableError,
    TaxTables,
    UnemploymentAccount,
    WorkedPeriod,
    YearToDate,
)
from asopay.compliance import form_940, form_941, form_w2
from asopay.compliance.annual_returns import form_943, form_944
from asopay.compliance.deposits import deposits, unemployment_deposits
from asopay.compliance.form_940 import liability_by_quarter
from asopay.compliance.form_941 import liability_by_month, schedule_b
from asopay.compliance.form_941x import corrections
from asopay.compliance.form_w2 import form_w3, forms_w2, states_of
from asopay.compliance.reconcile import reconcile
from asopay.compliance.returns import Return
from asopay.compliance.state_wages import state_wages
from asopay.contributions import above_threshold, rate_on_wages
from asopay.ledger import Entry, Ledger, Quarter, balances, overpayment, retro_pay, totals
from asopay.money import cents
from asopay.pay_periods import PayPeriod, pay_calendar
from asopay.tables import Days

EIN = "12-3456789"
FIRST = Quarter(2026, 1)


def bonus_and_tips(day: date, state: str = "US-NY", **changes: Any) -> PaycheckRequest:
    """A biweekly paycheck of 3,000.03 with tips of 500, a bonus of 1,000, and two deductions."""
    worker = Employee(residence=[state], id="E-1")
    pay = [
        Earning("regular", amount="1500.03"),
        Earning("tips", amount="500.00"),
        Earning("bonus", amount="1000.00", supplemental_method="flat"),
    ]
    elected = [Deduction("401k", amount="150.00"), Deduction("dependent_care", amount="100.00")]
    employer = Employer(ein=EIN, unemployment={state: UnemploymentAccount(rate="0.02")})
    period = WorkedPeriod(day - timedelta(13), day)
    request = PaycheckRequest(
        day, "biweekly", worker, pay, employer, deductions=elected, pay_period=period
    )
    return evolve(request, **changes)


def two_paychecks() -> Ledger:
    """A ledger with the paychecks of February 20 and March 20."""
    ledger = Ledger()
    ledger.pay(bonus_and_tips(date(2026, 2, 20)))
    ledger.pay(bonus_and_tips(date(2026, 3, 20)))
    return ledger


class TestForm941:
    """The quarterly return."""

    def test_lines(self) -> None:
        """Worked by hand: two paychecks with wages, tips and a flat bonus."""
        filed = form_941.form_941(two_paychecks(), FIRST, EIN, deposited=100_00)

        assert 1 == filed["1"]
        assert 2 * 2750_03 == filed["2"]
        assert 2 * 2400_03 == filed["5a(1)"]
        assert 2 * 500_00 == filed["5b(1)"]
        assert 2 * 2900_03 == filed["5c(1)"]
        assert 595_21 == filed["5a(2)"]
        assert 124_00 == filed["5b(2)"]
        assert 168_20 == filed["5c(2)"]
        assert 0 == filed["5d(2)"]
        assert 2 * (179_80 + 42_05) == filed["(withheld)"]
        assert filed["3"] + filed["5e"] + filed["7"] == filed["12"]
        assert filed["12"] - 100_00 == filed["14"]

    def test_fractions(self) -> None:
        """Line 7 is what was withheld less the employees' share, as the publication has it."""
        filed = form_941.form_941(two_paychecks(), FIRST, EIN)
        exact = Fraction(filed["5c(1)"] * (620 + 145), 10_000)

        assert Fraction(44_370_459, 1000) == exact
        assert 44_370 == filed["(withheld)"]
        assert 0 == filed["7"]

    def test_adjustments(self) -> None:
        """What a third party withheld, or nobody did, leaves the employer's part of the tax."""
        ledger = two_paychecks()
        filed = form_941.form_941(
            ledger,
            FIRST,
            EIN,
            adjustments=form_941.Adjustments(10_00, 2_00, 5_00),
        )
        plain = form_941.form_941(ledger, FIRST, EIN)

        assert (-10_00, -2_00) == (filed["8"], filed["9"])
        assert plain["7"] + 12_00 == filed["7"]
        assert plain["12"] - 5_00 == filed["12"]

    def test_behind(self) -> None:
        """Each line that adds up the ledger names the entries behind it."""
        filed = form_941.form_941(two_paychecks(), FIRST, EIN)
        behind = list(filed.behind("5c(1)"))

        assert [1, 2] == [each.entry.number for each in behind]
        assert filed["5c(1)"] == sum(each.cents for each in behind)
        assert [] == list(filed.behind("5e"))
        with pytest.raises(KeyError):
            filed["99"]

    def test_record_of_liability(self) -> None:
        """Schedule B and line 16 add up to line 12."""
        filed = form_941.form_941(two_paychecks(), FIRST, EIN)
        by_day = schedule_b(filed)

        assert [date(2026, 2, 20), date(2026, 3, 20)] == list(by_day)
        assert filed["12"] == sum(by_day.values()) == sum(liability_by_month(filed, FIRST))
        assert 0 == liability_by_month(filed, FIRST)[0]
        assert {} == schedule_b(form_941.form_941(Ledger(), FIRST))

    def test_counted_day(self) -> None:
        """Only those paid for a period with the 12th of the last month are counted."""
        ledger = two_paychecks()
        ledger.pay(bonus_and_tips(date(2026, 3, 6), employee=Employee(["US-NY"], id="E-2")))

        assert 1 == form_941.form_941(ledger, FIRST, EIN)["1"]
        ledger.void(2)
        assert 0 == form_941.form_941(ledger, FIRST, EIN)["1"]

    def test_corrections(self) -> None:
        """What a closed quarter should have said is the difference of two returns."""
        ledger = two_paychecks()
        ledger.void(2, "never cashed")
        filed = form_941.form_941(ledger.upto(2), FIRST, EIN)
        now = form_941.form_941(ledger, FIRST, EIN)
        by_line = {each.line: each for each in corrections(filed, now)}

        assert -2900_03 == by_line["5c(1)"].difference
        assert (filed["12"], now["12"]) == (by_line["12"].reported, by_line["12"].corrected)
        assert "8" not in by_line
        assert [] == list(corrections(filed, filed))

    @pytest.mark.parametrize("year", [2024, 2025, 2026])
    def test_rates(self, year: int) -> None:
        """The rates of the form are those of both shares in the tables of the taxes."""
        tables, days = TaxTables(), Days.on(date(year, 12, 31))
        rates = tables.in_force("US", "form_941", days).table(form_941.Figures).figures

        def both(tax: str, shape: Any) -> int:
            figures = tables.in_force("US", tax, days).table(shape).figures
            return sum(getattr(figures, payer, 0) or 0 for payer in ("employee", "employer"))

        assert both("social_security", rate_on_wages.Figures) == rates.social_security
        assert both("medicare", rate_on_wages.Figures) == rates.medicare
        assert both("additional_medicare", above_threshold.Figures) == rates.additional_medicare


class TestAnnualReturns:
    """Forms 943 and 944."""

    def test_lines(self) -> None:
        """They have the amounts of the quarter's return under their own numbers."""
        ledger = two_paychecks()
        quarterly = form_941.form_941(ledger, FIRST, EIN, deposited=1_00)
        farm = form_943(ledger, 2026, EIN, deposited=1_00)
        small = form_944(ledger, 2026, EIN, deposited=1_00)

        assert quarterly["12"] == farm["13"] == small["9"]
        assert quarterly["14"] == farm["(balance)"] == small["(balance)"]
        assert quarterly["5c(1)"] == farm["4"] == small["4c(1)"]
        assert quarterly["3"] == farm["8"] == small["2"]
        assert [1, 2] == [each.entry.number for each in small.behind("4c(1)")]
        assert ["1", "2", "4a(1)"] == [line.line for line in small.worksheet.explain()][:3]


class TestForm940:
    """The annual return of federal unemployment tax."""

    def test_lines(self) -> None:
        """Worked by hand: three paychecks with exempt dependent care, past the wage base."""
        ledger = Ledger()
        for month in (2, 5, 8):
            ledger.pay(bonus_and_tips(date(2025, month, 20)))
        filed = form_940.form_940(ledger, 2025, EIN, deposited=1_00)

        assert 3 * 3000_03 == filed["3"]
        assert 3 * 100_00 == filed["4"]
        assert 3 * 2900_03 - 7000_00 == filed["5"]
        assert 7000_00 == filed["7"]
        assert 42_00 == filed["8"] == filed["12"]
        assert 41_00 == filed["14"]
        assert (17_40, 17_40, 7_20, 0) == tuple(filed[f"16{q}"] for q in "abcd")
        assert filed["12"] == filed["17"]

    def test_credit_reduction(self) -> None:
        """Wages of California in 2025 owe 1.2 percent more, in the fourth quarter."""
        ledger = Ledger()
        ledger.pay(bonus_and_tips(date(2025, 2, 20), "US-CA"))
        ledger.pay(bonus_and_tips(date(2025, 3, 20), employee=Employee(["US-NY"], id="E-2")))
        filed = form_940.form_940(ledger, 2025, EIN)

        assert 34_80 == filed["11"] == filed["16d"]
        quarters = liability_by_quarter(filed, 2025)
        assert [filed["12"]] == [each.cents for each in unemployment_deposits(quarters)]

    def test_excluded(self) -> None:
        """Line 10 comes from the worksheet of the instructions."""
        filed = form_940.form_940(Ledger(), 2025, line_10=3_00)

        assert (3_00, 3_00) == (filed["12"], filed["17"])

    def test_excluded_from_state(self) -> None:
        """Wages that the state exempts get no credit: all of them in line 9, some in line 10."""
        ledger = Ledger()
        exempt = {"US-NY/unemployment": "an officer"}
        worker = Employee(["US-NY"], id="E-2", exemptions=exempt)
        ledger.pay(bonus_and_tips(date(2025, 2, 20), employee=worker))

        assert 156_60 == form_940.form_940(ledger, 2025, EIN)["9"]
        ledger.pay(bonus_and_tips(date(2025, 3, 20)))
        with pytest.raises(InvalidRequest, match="state line 7 of the worksheet for line 10"):
            form_940.form_940(ledger, 2025, EIN)
        filed = form_940.form_940(ledger, 2025, EIN, line_10=156_60)
        assert 2 * 17_40 + 156_60 == filed["12"] == filed["17"]

    def test_list_not_known(self) -> None:
        """While the year's list of credit reductions is not known, there is no return."""
        with pytest.raises(TableError, match="credit reductions of the year are not in the table"):
            form_940.form_940(Ledger(), 2026)


class TestStatements:
    """Forms W-2 and W-3."""

    def test_boxes(self) -> None:
        """Worked by hand: the boxes of two paychecks."""
        statement = form_w2.form_w2(two_paychecks(), "E-1", 2026, EIN, also={"12 DD": 4000_00})
        boxes = statement.boxes

        assert 2 * 2750_03 == boxes["1"]
        assert 2 * 2400_03 == boxes["3"]
        assert 2 * 500_00 == boxes["7"] == boxes["12 TP"]
        assert 2 * 179_80 == boxes["4"]
        assert 2 * 2900_03 == boxes["5"]
        assert 2 * 42_05 == boxes["6"]
        assert 200_00 == boxes["10"]
        assert 300_00 == boxes["12 D"]
        assert 4000_00 == boxes["12 DD"]
        assert {"14a US-NY/disability_insurance", "14a US-NY/family_leave"} <= boxes.keys()
        [state] = statement.states
        assert ("US-NY", 2 * 2750_03) == (state.place, state.wages_cents)
        assert {"US-NY"} == states_of(statement)
        assert boxes["1"] == sum(each.cents for each in statement.behind("1"))
        assert [] == list(statement.behind("12 DD"))

    def test_localities(self) -> None:
        """The tax of a city on residents stands in boxes 18 to 20, another one in box 14."""
        ledger = Ledger()
        place = ["US-NY", "US-NY-NYC"]
        ledger.pay(bonus_and_tips(date(2026, 2, 20), employee=Employee(place, id="E-1")))
        ledger.pay(
            bonus_and_tips(
                date(2026, 2, 20),
                employee=Employee(["US-CO", "US-CO-DENVER"], id="E-2"),
                employer=Employer(
                    ein=EIN, unemployment={"US-CO": UnemploymentAccount(rate="0.01")}
                ),
            )
        )
        new_york, denver = forms_w2(ledger, 2026, EIN)
        [city] = new_york.localities

        assert "US-NY-NYC" == city.place
        assert 0 < city.tax_cents
        assert () == denver.localities
        assert 5_75 == denver.boxes["14a US-CO-DENVER/occupational_privilege"]

    def test_w3(self) -> None:
        """Form W-3 adds up the statements, and the deferrals of box 12."""
        ledger = two_paychecks()
        ledger.pay(bonus_and_tips(date(2026, 3, 6), employee=Employee(["US-NY"], id="E-2")))
        statements = forms_w2(ledger, 2026, EIN)
        w3 = form_w3(statements)

        assert 3 * 2750_03 == w3["1"] == w3["16"]
        assert 450_00 == w3["12a"]
        assert sum(s.states[0].tax_cents for s in statements) == w3["17"]

    def test_nobody(self) -> None:
        """Who was paid nothing in the end gets no statement."""
        ledger = two_paychecks()
        ledger.void(1)
        ledger.void(2)

        assert [] == forms_w2(ledger, 2026, EIN)


class TestStateWages:
    """Wage detail of a state."""

    def test_rows(self) -> None:
        """Wages, those above the wage base, and the contribution, by employee."""
        ledger = two_paychecks()
        for day in (date(2026, 1, 9), date(2026, 1, 23), date(2026, 3, 6)):
            worker = Employee(["US-FL"], id="E-2")
            employer = Employer(ein=EIN, unemployment={"US-FL": UnemploymentAccount(rate="0.027")})
            ledger.pay(bonus_and_tips(day, employee=worker, employer=employer))
        [row] = state_wages(ledger, "US-FL", FIRST, EIN)

        assert ("E-2", 3 * 2900_03, 7000_00) == (row.employee, row.wages_cents, row.taxable_cents)
        assert 3 * 2900_03 - 7000_00 == row.excess_cents
        assert 189_00 == row.contribution_cents
        assert ["E-1"] == [each.employee for each in state_wages(ledger, "US-NY", FIRST, EIN)]

    def test_refused(self) -> None:
        """A state that is none is refused."""
        with pytest.raises(ValueError, match="state: 'NY' is not one of US-AL, US-AK"):
            state_wages(Ledger(), "NY", FIRST)


STATES = ["CA", "NY", "TX", "FL", "PA", "IL", "OH", "NJ", "WA", "CO", "GA", "MA"]
PEOPLE = 300
SEED = 20261126
EMPLOYER = Employer(
    ein=EIN,
    legal_name="A Company",
    employee_count=PEOPLE,
    unemployment={f"US-{state}": UnemploymentAccount(rate="0.02") for state in STATES},
)


class Company:
    """A company of 300 employees in 12 states, half of them paid every two weeks.

    People are hired and leave, get raises and bonuses; paychecks are voided and replaced, and
    raises paid for earlier periods. All of it follows from the seed.
    """

    def __init__(self) -> None:
        self.random = Random(SEED)  # noqa: S311
        self.ledger = Ledger()
        self.salaries = {f"E-{n:03}": self.random.randrange(1_200, 9_000) for n in range(PEOPLE)}
        self.hired = {e: self.some_day(2024, 2025) for e in self.salaries}
        self.left = {e: self.some_day(2026, 2028) for e in self.salaries}
        self.filed: dict[Quarter, tuple[int, Return]] = {}
        self.unpaid_raise: dict[str, PayPeriod] = {}

    def some_day(self, first: int, last: int) -> date:
        days = (date(last, 12, 31) - date(first, 1, 1)).days
        return date(first, 1, 1) + timedelta(self.random.randrange(days))

    def run(self) -> None:
        """Two years, payday by payday, with a return after each quarter."""
        runs = sorted(self.runs(), key=lambda run: run[0].pay_date)
        quarter = Quarter.of(runs[0][0].pay_date)
        for period, frequency, employees in runs:
            if period.pay_date not in quarter:
                self.file(quarter)
                quarter = quarter.next
            for employee in employees:
                if self.hired[employee] <= period.start and period.end < self.left[employee]:
                    self.pay(employee, period, frequency)
        self.file(quarter)

    def runs(self) -> Iterator[tuple[PayPeriod, str, list[str]]]:
        employees = list(self.salaries)
        for year in (2025, 2026):
            every_two_weeks = pay_calendar(year, "biweekly", date(2024, 12, 28), pay_date_lag=6)
            twice_a_month = pay_calendar(year, "semimonthly", pay_date_lag=5, move="earlier")
            yield from ((each, "biweekly", employees[::2]) for each in every_two_weeks)
            yield from ((each, "semimonthly", employees[1::2]) for each in twice_a_month)

    def request(self, employee: str, period: PayPeriod, frequency: str) -> PaycheckRequest:
        number = int(employee[2:])
        state = f"US-{STATES[number % len(STATES)]}"
        pay = [Earning("regular", amount=f"{self.salaries[employee]}.{number % 100:02}")]
        elected = [Deduction("401k", percent=number % 8)] if number % 3 else []
        return PaycheckRequest(
            period.pay_date,
            frequency,
            Employee([state], id=employee),
            pay,
            EMPLOYER,
            deductions=elected,
            pay_period=WorkedPeriod(period.start, period.end),
        )

    def pay(self, employee: str, period: PayPeriod, frequency: str) -> None:
        request = self.request(employee, period, frequency)
        what = self.random.random()
        if employee in self.unpaid_raise:
            self.pay_raise(request, self.unpaid_raise.pop(employee), frequency)
        elif what < 0.01:
            bonus = Earning("bonus", amount=self.random.randrange(100, 40_000))
            self.ledger.pay(evolve(request, earnings=[*request.earnings, bonus]))
        elif what < 0.015:
            self.ledger.pay(evolve(request, earnings=[Earning("regular", amount="9999.99")]))
            self.ledger.void(len(self.ledger), "typed wrongly")
            self.ledger.pay(request, corrects=len(self.ledger) - 1)
        elif what < 0.02:
            self.unpaid_raise[employee] = period
            self.ledger.pay(request)
        else:
            self.ledger.pay(request)

    def pay_raise(self, request: PaycheckRequest, since: PayPeriod, frequency: str) -> None:
        """A raise that was agreed with effect from the period before."""
        employee = request.employee.id
        before = self.request(employee, since, frequency)
        self.salaries[employee] += self.random.randrange(10, 300)
        due = retro_pay(before, self.request(employee, since, frequency))
        request = self.request(employee, _period_of(request), frequency)
        request = evolve(request, earnings=[*request.earnings, due.earning])
        self.ledger.pay(request, earned_before=due.earned_before)

    def file(self, quarter: Quarter) -> None:
        """Files the return; one in two quarters, a paycheck turns out wrong a little later."""
        self.filed[quarter] = (len(self.ledger), form_941.form_941(self.ledger, quarter, EIN))
        if quarter.number % 2:
            entries = self.ledger.of(quarter=quarter, ein=EIN)
            wrong = next(e for e in reversed(entries) if self.counts(e))
            self.ledger.void(wrong.number, "not cashed")

    def counts(self, entry: Entry) -> bool:
        """Whether the entry is a paycheck that was not taken back."""
        return entry.kind == "paycheck" and not self.ledger.is_void(entry.number)


def _period_of(request: PaycheckRequest) -> PayPeriod:
    worked = request.pay_period
    assert worked is not None
    return PayPeriod(worked.start, worked.end, request.pay_date)


@pytest.fixture(scope="module")
def company() -> Company:
    """Two years of the company."""
    company = Company()
    company.run()
    return company


class TestCompany:
    """Two years of 300 employees in 12 states reconcile to the cent."""

    def test_is_a_company(self, company: Company) -> None:
        """What the reconciliation rests on is there: many paychecks, voids, raises, people."""
        entries = list(company.ledger)
        by_kind = {kind: sum(e.kind == kind for e in entries) for kind in ("paycheck", "void")}

        assert 9_000 < by_kind["paycheck"] < 15_000
        assert 30 < by_kind["void"]
        assert 30 < sum(len(entry.earned) > 1 for entry in entries)
        assert set(company.salaries) >= {entry.employee for entry in entries}
        assert 280 < len({entry.employee for entry in entries})

    @pytest.mark.parametrize("quarter", [Quarter(y, n) for y in (2025, 2026) for n in (1, 2, 3, 4)])
    def test_quarter(self, company: Company, quarter: Quarter) -> None:
        """The return's lines are the ledger's sums, by employee and by state as well."""
        entries = company.ledger.of(quarter=quarter, ein=EIN)
        sums = totals(entries)
        now = form_941.form_941(company.ledger, quarter, EIN)
        by_employee: dict[str, list[Entry]] = {}
        for entry in entries:
            by_employee.setdefault(entry.employee, []).append(entry)
        parts = [totals(of_employee) for of_employee in by_employee.values()]

        for account, amount in sums.items():
            assert amount == sum(part.get(account, 0) for part in parts)
        income_taxes = ("US/income_tax", "US/supplemental_income_tax")
        assert sum(sums.get(f"employee_tax/{tax}", 0) for tax in income_taxes) == now["3"]
        assert sums["employee_wages/US/medicare"] == now["5c(1)"]
        by_state = [state_wages(company.ledger, f"US-{s}", quarter, EIN) for s in STATES]
        rows = [row for of_state in by_state for row in of_state]
        contributions = [
            name
            for name in sums
            if name.startswith("employer_tax/US-") and name.endswith("/unemployment")
        ]
        assert sum(sums[name] for name in contributions) == sum(r.contribution_cents for r in rows)
        found = deposits(schedule_b(now), "semiweekly")
        assert now["12"] == sum(deposit.cents for deposit in found)

    @pytest.mark.parametrize("year", [2025, 2026])
    def test_year(self, company: Company, year: int) -> None:
        """Four returns, the statements and the ledger agree; cents of rounding are shown apart."""
        ledger = company.ledger
        quarters = [Quarter(year, n) for n in (1, 2, 3, 4)]
        returns = [form_941.form_941(ledger, quarter, EIN) for quarter in quarters]
        w3 = form_w3(forms_w2(ledger, year, EIN))
        *amounts, total = reconcile(returns, w3, ledger, year, EIN)

        assert [] == [each for each in amounts if not each.agrees]
        assert abs(total.difference) <= len(ledger.of(year=year))
        assert 0 < sum(each.ledger for each in amounts)

    def test_corrected_quarter(self, company: Company) -> None:
        """A quarter that was corrected after its return shows what to correct; the others none."""
        for quarter, (_, filed) in company.filed.items():
            now = form_941.form_941(company.ledger, quarter, EIN)
            changed = {each.line for each in corrections(filed, now)}
            assert ("5c(1)" in changed) == bool(quarter.number % 2)

    def test_filed_again(self, company: Company) -> None:
        """The ledger as it was when the return was filed gives the same return."""
        quarter, (number, filed) = next(iter(company.filed.items()))

        assert filed == form_941.form_941(company.ledger.upto(number), quarter, EIN)

    def test_unemployment_tax(self, company: Company) -> None:
        """The year's tax is the rate on the taxable wages; the accrual differs by cents."""
        filed = form_940.form_940(company.ledger, 2025, EIN)

        assert abs(filed["8"] - filed["(accrued)"]) <= len(filed.entries)
        assert filed["17"] == filed["12"]
        assert filed["3"] - filed["6"] == filed["7"]
        assert 0 < filed["11"]


def test_repaid_in_the_same_year() -> None:
    """A void and the corrected paycheck give the returns without what was overpaid."""
    day = date(2026, 2, 20)
    wrong = bonus_and_tips(day, earnings=[Earning("regular", amount="9000.00")])
    right = bonus_and_tips(day, earnings=[Earning("regular", amount="900.00")])
    ledger, clean = Ledger(), Ledger()
    ledger.pay(wrong)
    ledger.void(1)
    ledger.pay(right, corrects=1)
    clean.pay(right)
    net = ledger[1].amounts["net"] - ledger[3].amounts["net"]

    assert net == overpayment(wrong, right, date(2026, 5, 1)).to_repay_cents
    filed = form_941.form_941(ledger, FIRST, EIN)
    assert form_941.form_941(clean, FIRST, EIN).worksheet == filed.worksheet


def test_balances_of_another_system() -> None:
    """Balances brought in are in the return of their quarter, and in the statement."""
    before = YearToDate(
        wages={
            "US/medicare": "1000.00",
            "US/social_security": "1000.00",
            "US/income_tax": "1000.00",
        },
        taxes={"US/medicare": "14.50", "US/social_security": "62.00", "US/income_tax": "100.00"},
    )
    ledger = Ledger()
    ledger.add(balances("E-1", date(2026, 1, 31), before, ein=EIN, gross="1000.00"))

    filed = form_941.form_941(ledger, FIRST, EIN)
    assert (1000_00, 100_00, 76_50) == (filed["2"], filed["3"], filed["(withheld)"])
    assert cents("100.00") == form_w2.form_w2(ledger, "E-1", 2026, EIN).boxes["2"]


def test_message_of_a_year_without_table() -> None:
    """A year that no table covers is refused by its name."""
    with pytest.raises(TableError, match="form_941"):
        form_941.form_941(Ledger(), Quarter(2019, 1))
