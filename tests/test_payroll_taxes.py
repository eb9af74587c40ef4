"""What employers' own terms promise: rates of notices, plans, payroll, hours, fees, exemptions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import documents
from asopay.employer_terms import RATE_NOTICE
from asopay.invariants import all_hold
from asopay.rulebook import rule_of, standard_rulebook
from support import faults, request, taxes


def paid(state: str, amount: str = "2000.00", **changes: Any) -> dict[str, Any]:
    return request(state, earnings=[{"kind": "regular", "amount": amount}], **changes)


def at(place: str, **changes: Any) -> dict[str, Any]:
    """2,000 dollars earned by somebody who lives in the state and works in the place."""
    state = "-".join(place.split("-")[:2])
    earning = {"kind": "regular", "amount": "2000.00", "work": [state, place]}
    return request(state, earnings=[{**earning, **changes.pop("earning", {})}], **changes)


def account(state: str, **terms: Any) -> dict[str, Any]:
    return {"unemployment": {state: terms}}


class TestUnemployment:
    """The employer's account with the state of insurance."""

    def test_new_employer(self) -> None:
        """The rate of new employers is used only where it is asked for, and the result says so."""
        asked = paid("US-IL", employer=account("US-IL", new_employer=True))
        sheets = documents.compute(asked)[1].worksheets

        assert "67.00" == taxes(asked)["US-IL/unemployment (employer)"]  # 3.35 percent
        assert 1 == sheets["US-IL/unemployment"]["(new employer)"]

    def test_no_rate_of_new_employers(self) -> None:
        """Where it goes by industry, the rate notice is asked for."""
        (found,) = faults(paid("US-AK", employer=account("US-AK", new_employer=True)))

        expected = "the rate of new employers in Alaska is not in the tables"
        assert f"employer.unemployment.US-AK.new_employer: {expected}" in found
        assert found.endswith("the rate notice of the state's unemployment agency, state that one")

    def test_wage_base_of_the_notice(self) -> None:
        """Some employers have another wage base than most: Rhode Island's at the highest rate."""
        told = account("US-RI", rate="0.01", wage_base="32300.00")
        before = {"wages": {"US-RI/unemployment": "31000.00"}}
        asked = paid("US-RI", employer=told, year_to_date=before)
        ordinary = paid("US-RI", employer=account("US-RI", rate="0.01"), year_to_date=before)

        assert "1300.00" == taxes(asked, "wages")["US-RI/unemployment (employer)"]
        assert "0.00" == taxes(ordinary, "wages")["US-RI/unemployment (employer)"]

    def test_reimbursing(self) -> None:
        """Who reimburses the fund owes no contributions; employees owe theirs all the same."""
        asked = paid("US-AK", employer=account("US-AK", reimbursing=True))
        result = documents.paycheck(asked)
        expected = "the employer reimburses the fund for benefits and owes no contributions"

        assert "US-AK/unemployment (employer)" not in taxes(asked)
        assert "10.00" == taxes(asked)["US-AK/unemployment"]
        assert [{"id": "US-AK/unemployment", "reason": expected, "source": ""}] == (
            result["exempt_from"]
        )

    def test_other_states_count(self) -> None:
        """Wages on which contributions were owed in another state this year count."""
        before = {"wages": {"US-NV/unemployment": "6000.00", "US/unemployment": "6000.00"}}
        told = account("US-CA", rate="0.03")
        found = taxes(paid("US-CA", employer=told, year_to_date=before), "wages")

        assert "1000.00" == found["US-CA/unemployment (employer)"]
        assert "1000.00" == found["US-CA/employment_training (employer)"]
        assert "2000.00" == found["US-CA/disability_insurance"]

    @pytest.mark.parametrize(
        ("terms", "expected"),
        [
            (
                {},
                f": a rate, new_employer or reimbursing: one is needed, none given; {RATE_NOTICE}",
            ),
            (
                {"rate": "0.01", "reimbursing": True},
                ": a rate, new_employer or reimbursing: one is needed, 2 given",
            ),
            ({"rate": "0.01", "wage_base": "-1"}, ".wage_base: "),
        ],
    )
    def test_faults(self, terms: dict[str, Any], expected: str) -> None:
        """An account has one way to pay."""
        (found,) = faults(paid("US-CA", employer=account("US-CA", **terms)))

        assert found.startswith(f"employer.unemployment.US-CA{expected}")

    def test_employers_of_pennsylvania(self) -> None:
        """The employer's base is 10,000 dollars, the employee's share has none."""
        before = {"wages": {"US-PA/unemployment": "9000.00"}}
        asked = paid("US-PA", employer=account("US-PA", rate="0.04"), year_to_date=before)
        found, wages = taxes(asked), taxes(asked, "wages")

        assert ("1.40", "2000.00") == tuple(t["US-PA/unemployment"] for t in (found, wages))
        assert "40.00" == found["US-PA/unemployment (employer)"]

    def test_employers_of_new_jersey(self) -> None:
        """Disability insurance has a rate and a base of the employer's own."""
        rates = {"assigned_rates": {"US-NJ/disability_insurance": "0.005"}}
        before = {"wages": {"US-NJ/disability_insurance": "44000.00"}}
        asked = paid("US-NJ", employer=rates, year_to_date=before)
        found = taxes(asked)
        missing = "US-NJ/disability_insurance: the employer's rate is not given"

        assert "3.80" == found["US-NJ/disability_insurance"]
        assert "4.00" == found["US-NJ/disability_insurance (employer)"]  # 0.5 percent of 800
        assert "2.35" == found["US-NJ/workforce_development (employer)"]
        assert any(
            gap.startswith(missing) for gap in documents.paycheck(paid("US-NJ"))["not_computed"]
        )


class TestPlans:
    """Plans of the employer's own in place of a state's programme."""

    CAN_HAVE_ONE = "of the taxes of this paycheck, US-RI/unemployment can have it"
    NO_RATE = f"the employer has no rate of its own; {CAN_HAVE_ONE}"
    NO_NUMBER = "'x' is not a rate of at most eight decimals, such as 0.062"

    @pytest.mark.parametrize(
        ("rate", "expected"), [("0", "0.00"), ("0.002", "4.00"), ("0.01", "8.80")]
    )
    def test_no_more_than_the_state(self, rate: str, expected: str) -> None:
        """The employee pays what the plan says, up to the share of the programme."""
        plan = {"private_plans": {"US-CO/paid_leave": {"employee_rate": rate}}}
        found = taxes(paid("US-CO", employer=plan))

        assert expected == found["US-CO/paid_leave"]
        assert "US-CO/paid_leave (employer)" not in found

    def test_assessment_of_california(self) -> None:
        """A voluntary plan owes an assessment, and only a voluntary plan."""
        plan: dict[str, Any] = {"private_plans": {"US-CA/disability_insurance": {}}}
        found = taxes(paid("US-CA", employer=plan))

        assert "0.00" == found["US-CA/disability_insurance"]
        assert "3.64" == found["US-CA/voluntary_plan_assessment (employer)"]
        assert "US-CA/voluntary_plan_assessment (employer)" not in taxes(paid("US-CA"))

    def test_faults(self) -> None:
        """A plan for a programme that has none, and a rate for a tax that has none."""
        employer = {
            "private_plans": {
                "US-RI/disability_insurance": {},
                "US-CO/paid_leave": {"employee_rate": "2"},
            },
            "assigned_rates": {"US-RI/disability_insurance": "0.01", "US-RI/unemployment": "x"},
            "hourly_rates": {"US-RI/unemployment": {"employee": "-1"}},
        }
        found = faults(paid("US-RI", employer=employer))

        assert [fault.removeprefix("employer.") for fault in found] == [
            f"assigned_rates.US-RI/disability_insurance: {self.NO_RATE}",
            f"assigned_rates.US-RI/unemployment: {self.NO_NUMBER}",
            "private_plans.US-RI/disability_insurance: no private plan takes its place",
            "hourly_rates.US-RI/unemployment: it does not go by hours at an own rate",
        ]


class TestHours:
    """Taxes that go by hours of work."""

    def test_workers_benefit_fund(self) -> None:
        """Oregon's assessment is 1.8 cents an hour in 2026, half of it the employee's."""
        hours = {"hours": "80", "rate": "25.00", "amount": None}
        asked = paid("US-OR")
        asked["earnings"] = [{"kind": "regular", **hours}, {"kind": "vacation", **hours}]
        asked["earnings"][0].pop("amount")
        asked["earnings"][1].pop("amount")
        found = taxes(asked)

        assert "0.72" == found["US-OR/workers_benefit_fund"]
        assert "0.72" == found["US-OR/workers_benefit_fund (employer)"]

    def test_salary(self) -> None:
        """The hours of a salary have to be stated; until then the tax is named."""
        asked = paid("US-OR")
        told = paid("US-OR")
        told["earnings"][0]["hours_worked"] = "76.5"
        missing = "US-OR/workers_benefit_fund: the hours of work are not given"

        assert any(gap.startswith(missing) for gap in documents.paycheck(asked)["not_computed"])
        assert "0.69" == taxes(told)["US-OR/workers_benefit_fund"]

    def test_own_rates(self) -> None:
        """Washington's rates of an hour are those of the employer's notice."""
        rates = {"US-WA/workers_compensation": {"employee": "0.1513", "employer": "0.4522"}}
        asked = paid("US-WA", employer={"hourly_rates": rates})
        asked["earnings"][0]["hours_worked"] = "80"
        without = paid("US-WA")
        without["earnings"][0]["hours_worked"] = "80"
        missing = "US-WA/workers_compensation: the rates of an hour are not given"

        assert "12.10" == taxes(asked)["US-WA/workers_compensation"]
        assert "36.18" == taxes(asked)["US-WA/workers_compensation (employer)"]
        assert any(gap.startswith(missing) for gap in documents.paycheck(without)["not_computed"])

    def test_faults(self) -> None:
        """Hours that are no hours, of work or paid, are one fault each."""
        asked = paid("US-OR")
        asked["earnings"] = [
            {"kind": "regular", "amount": "1.00", "hours_worked": "x"},
            {"kind": "regular", "hours": "x", "rate": "1.00"},
        ]
        rates = {"US-OR/workers_benefit_fund": {"employee": "1"}}
        negative = {"hourly_rates": {"US-WA/workers_compensation": {"employee": "-1"}}}

        assert ["earnings[0].hours_worked", "earnings[1].hours"] == [
            fault.partition(":")[0] for fault in faults(asked)
        ]
        assert faults(paid("US-OR", employer={"hourly_rates": rates}))
        assert ["employer.hourly_rates.US-WA/workers_compensation.employee: -1 is below zero"] == (
            faults(paid("US-WA", employer=negative))
        )


class TestFees:
    """Fees of a month and of a quarter."""

    def fees(self, amounts: list[str], place: str = "US-CO-DENVER") -> list[str]:
        """The fees of paychecks a week apart, from March 6 on."""
        before: dict[str, Any] = {}
        found = []
        for number, amount in enumerate(amounts):
            asked = at(place, earning={"amount": amount}, year_to_date=before)
            asked["pay_date"] = str(date(2026, 3, 6) + timedelta(7 * number))
            result = documents.paycheck(asked)
            before = result["year_to_date"]
            found += [
                tax["amount"]
                for tax in result["taxes"]
                if tax["id"].endswith("privilege") and tax["payer"] == "employee"
            ]
        return found

    def test_once_a_month(self) -> None:
        """The fee is owed once, from the paycheck that takes the month to 500 dollars."""
        assert ["0.00", "5.75", "0.00", "0.00"] == self.fees(["449.99", "50.01", "900.00", "9.00"])
        assert ["5.75", "0.00", "0.00", "0.00", "5.75"] == self.fees(["600.00"] * 5)

    def test_other_cities(self) -> None:
        """Glendale's is owed above 750 dollars."""
        assert ["0.00", "0.00", "5.00"] == self.fees(["700.00", "50.00", "50.00"], "US-CO-GLENDALE")

    def test_only_this_month_is_kept(self) -> None:
        """The year to date keeps the wages of the last month, and they can be passed on."""
        key = "US-CO-DENVER/occupational_privilege"
        before = {"wages": {f"{key}/2026-02": "900.00", key: "900.00"}}
        result = documents.paycheck(at("US-CO-DENVER", year_to_date=before))
        wages = result["year_to_date"]["wages"]

        assert "2000.00" == wages[f"{key}/2026-03"]
        assert "2900.00" == wages[key]
        assert f"{key}/2026-02" not in wages
        assert "4.00" == taxes(at("US-CO-DENVER"))[f"{key} (employer)"]

    @pytest.mark.parametrize(
        ("start", "end", "expected"),
        [
            ("2025-06-16", "2025-06-29", "0.00"),
            ("2025-06-16", "2025-06-30", "2.00"),
            ("2025-09-21", "2025-10-04", "2.25"),
            ("2026-05-20", "2026-07-31", "2.25"),
        ],
    )
    def test_new_mexico(self, start: str, end: str, expected: str) -> None:
        """The fee is owed for the last working day of the quarter."""
        asked = paid("US-NM", pay_date=end, pay_period={"start": start, "end": end})

        assert expected == taxes(asked)["US-NM/workers_compensation_fee"]


def test_kept_beside_the_taxes() -> None:
    """Wages of a month, and below a threshold, are kept beside those of taxes."""
    oklahoma = request("US-TX", earnings=[{"kind": "regular", "amount": "9.00", "work": ["US-OK"]}])
    oklahoma["employee"] |= {"insured_in": "US-TX", "below_thresholds": ["US-OK"]}

    for document in (at("US-CO-DENVER"), oklahoma):
        all_hold(*documents.compute(document))


class TestPayroll:
    """Taxes of employers that go by place and payroll."""

    ZONE_1, ZONE_2 = "US-NY-MCTMT-Z1", "US-NY-MCTMT-Z2"

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            ("312500.00", "0.00", "0.00"),
            ("312500.00", "0.01", "1.10"),
            ("375000.00", "0.00", "1.10"),
            ("375000.01", "0.00", "2.30"),
            ("437500.01", "0.00", "12.00"),
            ("2500000.01", "0.00", "17.90"),
        ],
    )
    def test_commuter_tax(self, first: str, second: str, expected: str) -> None:
        """The rate goes by the payroll of the zone, and both zones decide whether it is owed."""
        payroll = {f"{self.ZONE_1}/transit": first, f"{self.ZONE_2}/transit": second}
        found = taxes(at(self.ZONE_1, employer={"payroll": payroll}))

        assert expected == found[f"{self.ZONE_1}/transit (employer)"]

    def test_another_engine(self) -> None:
        """Three millions in a quarter: 26,850.00 in zone 1 and 19,050.00 in zone 2."""
        for zone, expected in ((self.ZONE_1, "26850.00"), (self.ZONE_2, "19050.00")):
            asked = at(
                zone,
                earning={"amount": "3000000.00"},
                pay_date="2026-09-30",
                pay_frequency="quarterly",
                employer={"payroll": {f"{zone}/transit": "3000000.00"}},
            )

            assert expected == taxes(asked)[f"{zone}/transit (employer)"]

    def test_unknown_payroll(self) -> None:
        """Without the payroll, the tax is named as not computed."""
        missing = f"{self.ZONE_1}/transit: the employer's payroll of the period is not given"
        gaps = documents.paycheck(at(self.ZONE_1))["not_computed"]

        assert any(gap.startswith(missing) for gap in gaps)

    def test_payroll_expense(self) -> None:
        """St. Louis and Newark tax work in the city; Jersey City not that of its residents."""
        louis = taxes(at("US-MO-ST-LOUIS"))
        resident = at("US-NJ-JERSEY-CITY")
        resident["employee"]["residence"] = ["US-NJ", "US-NJ-JERSEY-CITY"]

        assert "10.00" == louis["US-MO-ST-LOUIS/payroll_expense (employer)"]
        assert "20.00" == taxes(at("US-NJ-NEWARK"))["US-NJ-NEWARK/payroll_tax (employer)"]
        assert "US-NJ-JERSEY-CITY/payroll_tax (employer)" in taxes(at("US-NJ-JERSEY-CITY"))
        assert "US-NJ-JERSEY-CITY/payroll_tax (employer)" not in taxes(resident)


class TestExemptions:
    """Employees whom a tax does not cover."""

    def told(self, state: str = "US-TX", **employee: Any) -> dict[str, Any]:
        return paid(state, employee={"residence": [state], **employee})

    def test_employment(self) -> None:
        """A kind of employment turns off the taxes of its row, and the result says why."""
        result = documents.paycheck(self.told(employment=["nonresident_student_f1_j1"]))

        assert ["US/income_tax"] == [t["id"] for t in result["taxes"] if t["id"].startswith("US/")]
        assert "26 U.S.C. 3121(b)(19), 3306(c)(19)" == result["exempt_from"][0]["source"]
        assert ["US/social_security", "US/medicare", "US/additional_medicare"] == [
            exempt["id"] for exempt in result["exempt_from"][:3]
        ]

    @pytest.mark.parametrize(
        ("state", "kind", "left"),
        [
            ("US-PA", "spouse_of_owner", []),
            ("US-PA", "child_18_to_20_of_owner", ["US-PA/unemployment"]),
            ("US-CA", "parent_of_owner", []),
            (
                "US-CA",
                "household_without_disability",
                ["US-CA/unemployment", "US-CA/employment_training"],
            ),
            ("US-CA", "household_without_unemployment", ["US-CA/disability_insurance"]),
            ("US-MA", "church", []),
            ("US-TX", "church", []),
            (
                "US-WA",
                "corporate_officer_not_covered",
                ["US-WA/paid_leave", "US-WA/long_term_care"],
            ),
            ("US-NJ", "minister", ["US-NJ/unemployment", "US-NJ/family_leave"]),
            ("US-AZ", "household", ["US-AZ/unemployment"]),
            ("US-GA", "child_18_to_20_of_owner", []),
            ("US-MI", "child_18_to_20_of_owner", ["US-MI/unemployment"]),
            ("US-NC", "farm_without_unemployment", []),
            ("US-VA", "h2a", []),
        ],
    )
    def test_taxes_of_states(self, state: str, kind: str, left: list[str]) -> None:
        """A kind turns off the taxes of the state's own row, and only those."""
        employer = account(state, rate="0.02")
        asked = {**self.told(state, employment=[kind]), "employer": employer}
        found = {tax.partition(" ")[0] for tax in taxes(asked)}
        insurance = {tax for tax in found if tax.startswith(state) and "income_tax" not in tax}

        assert set(left) <= insurance
        assert bool(left) == bool(insurance)

    def test_farm_work_in_california(self) -> None:
        """California withholds no income tax from farm work; its insurance counts it."""
        asked = {
            **self.told("US-CA", employment=["farm"]),
            "employer": account("US-CA", rate="0.02"),
        }
        found = taxes(asked)

        assert "US-CA/income_tax" not in found
        assert "26.00" == found["US-CA/disability_insurance"]
        assert "US/income_tax" in found

    def test_household_work_in_arizona(self) -> None:
        """Arizona withholds no income tax from domestic service, whose wages it taxes."""
        result = documents.paycheck(self.told("US-AZ", employment=["household"]))
        source = "A.R.S. 43-403 and R15-2B-102"

        assert source in {row["source"] for row in result["exempt_from"]}
        assert "US-AZ/income_tax" not in {tax["id"] for tax in result["taxes"]}

    def test_no_credit(self) -> None:
        """Wages without a state's unemployment tax bear the federal one of 6 percent."""
        officer = self.told("US-WA", employment=["corporate_officer_not_covered"])
        other = self.told("US-WA")

        assert "120.00" == taxes(officer)["US/unemployment (employer)"]
        assert "12.00" == taxes(other)["US/unemployment (employer)"]

    def test_every_tax_exists(self) -> None:
        """What a kind turns off are taxes that the tables have."""
        tables, book = standard_rulebook().tables, standard_rulebook()
        for place in tables.jurisdictions():
            for edition in tables.editions(place, "exempt_employment"):
                kinds = rule_of(edition).figures.employments.values()
                named = {tax for kind in kinds for tax in kind.turns_off}
                assert named <= {f"{place}/{tax}" for tax in book.tax_names(place)}

    def test_two_kinds(self) -> None:
        """Several kinds turn off the taxes of all of them, each once."""
        result = documents.paycheck(self.told(employment=["household", "h2a"]))
        ids = [exempt["id"] for exempt in result["exempt_from"]]

        assert sorted(set(ids)) == sorted(ids)
        assert ["US-TX/income_tax"] == [tax["id"] for tax in result["taxes"]]
        assert "2000.00" == result["net_pay"]

    def test_approval(self) -> None:
        """WA Cares: an approved exemption, with its reason."""
        reason = "approved by the Employment Security Department on 2022-01-15"
        asked = self.told("US-WA", exemptions={"US-WA/long_term_care": reason})
        result = documents.paycheck(asked)

        assert "US-WA/long_term_care" not in taxes(asked)
        assert [{"id": "US-WA/long_term_care", "reason": reason, "source": ""}] == (
            result["exempt_from"]
        )

    def test_faults(self) -> None:
        """What is not known, has no reason, or contradicts an override, is a fault."""
        asked = self.told(
            employment=["astronaut"],
            exemptions={"US/medicare": "", "US-CA/unemployment": "yes", "US/income_tax": "yes"},
        )
        asked["overrides"] = {"US/income_tax": "5.00"}
        found = faults(asked)

        assert (
            "employee.employment[0]: 'astronaut' is not one of child_under_18_of_owner"
            in (found[0])
        )
        assert [fault.partition(": ")[0] for fault in found[1:]] == [
            "employee.exemptions.US/medicare",
            "employee.exemptions.US-CA/unemployment",
            "overrides.US/income_tax",
        ]


@given(st.lists(st.integers(1, 900_000), min_size=1, max_size=12))
def test_cut_of_a_year(cents: list[int]) -> None:
    """However the wages of a year are cut, each tax's wages stop at its base."""
    told = {
        **account("US-NJ", rate="0.03"),
        "assigned_rates": {"US-NJ/disability_insurance": "0.01"},
    }
    before: dict[str, Any] = {}
    for amount in cents:
        result = documents.paycheck(
            paid("US-NJ", f"{Decimal(amount) / 100:.2f}", employer=told, year_to_date=before)
        )
        before = result["year_to_date"]
    once = documents.paycheck(
        paid("US-NJ", f"{Decimal(sum(cents)) / 100:.2f}", employer=told, pay_frequency="annual")
    )

    for tax in ("unemployment", "family_leave", "disability_insurance", "workforce_development"):
        key = f"US-NJ/{tax}"
        assert once["year_to_date"]["wages"][key] == before["wages"][key]
        for part in ("taxes", "employer_taxes"):
            one, many = once["year_to_date"][part].get(key), before[part].get(key)
            apart = abs(Decimal(one or 0) - Decimal(many or 0)) * 100
            assert apart <= Decimal(len(cents) + 1) / 2


class TestSeattle:
    """Taxes of employers on the pay of employees who earn much."""

    TAX, HOUSING = "US-WA-SEATTLE/payroll_expense", "US-WA-SEATTLE/social_housing"

    def asked(self, amount: str, payroll: str = "20000000.00", **changes: Any) -> dict[str, Any]:
        told = {
            "payroll": {self.TAX: payroll},
            "payroll_last_year": {self.TAX: "10000000.00"},
            **changes.pop("employer", {}),
        }
        return at("US-WA-SEATTLE", earning={"amount": amount}, employer=told, **changes)

    @pytest.mark.parametrize(
        ("amount", "payroll", "expected"),
        [
            ("194451.99", "20000000.00", "0.00"),
            ("194452.00", "20000000.00", "1450.61"),
            # Another engine has 16,515.00 of a million in the lower band and a half in the upper.
            ("250000.00", "20000000.00", "1865.00"),
            ("518538.00", "20000000.00", "9390.72"),
            ("1000000.00", "20000000.00", "18110.00"),
            ("1000000.00", "129634412.99", "18110.00"),
            ("1000000.00", "129634413.00", "20240.00"),
        ],
    )
    def test_bands(self, amount: str, payroll: str, expected: str) -> None:
        """The band goes by the pay of the year, its rate by the employer's payroll."""
        found = taxes(self.asked(amount, payroll, pay_frequency="annual"))

        assert expected == found[f"{self.TAX} (employer)"]

    def test_another_engine(self) -> None:
        """A million in the lower band and half a million in the upper are 16,515.00."""
        lower = [taxes(self.asked("250000.00", pay_frequency="annual"))] * 4
        upper = taxes(self.asked("1000000.00", pay_frequency="annual"))
        of_lower = sum(Decimal(found[f"{self.TAX} (employer)"]) for found in lower)

        assert Decimal("16515.00") == of_lower + Decimal(upper[f"{self.TAX} (employer)"]) / 2

    def test_small_last_year(self) -> None:
        """Who paid less than 9,074,409 dollars in the year before owes nothing."""
        last_year = {"payroll_last_year": {self.TAX: "9000000.00"}}
        asked = self.asked("600000.00", employer=last_year, pay_frequency="annual")

        assert "0.00" == taxes(asked)[f"{self.TAX} (employer)"]

    def test_not_stated(self) -> None:
        """Without the payrolls the tax is named as not computed."""
        gaps = documents.paycheck(at("US-WA-SEATTLE"))["not_computed"]
        missing = f"{self.TAX}: the employer's payroll of a year is not given"

        assert any(gap.startswith(missing) for gap in gaps)

    @given(st.lists(st.integers(1, 40_000_000), min_size=1, max_size=12))
    def test_cut_of_a_year(self, cents: list[int]) -> None:
        """However the pay of a year is cut, its tax is the same to the cent."""
        before: dict[str, Any] = {}
        for amount in cents:
            pay = f"{amount // 100}.{amount % 100:02d}"
            result = documents.paycheck(self.asked(pay, year_to_date=before))
            before = result["year_to_date"]
        total = f"{sum(cents) // 100}.{sum(cents) % 100:02d}"
        once = documents.paycheck(self.asked(total, pay_frequency="annual"))["year_to_date"]

        assert once["employer_taxes"][self.TAX] == before["employer_taxes"][self.TAX]
        assert once["wages"][self.TAX] == before["wages"][self.TAX]

    def test_social_housing(self) -> None:
        """Five percent of what passes a million in the year, whatever the payroll."""
        before = {"wages": {self.HOUSING: "900000.00"}}
        asked = at("US-WA-SEATTLE", earning={"amount": "250000.00"}, year_to_date=before)

        assert "7500.00" == taxes(asked)[f"{self.HOUSING} (employer)"]
        assert "0.00" == taxes(at("US-WA-SEATTLE"))[f"{self.HOUSING} (employer)"]


def test_pittsburgh() -> None:
    """The employer owes 0.55 percent of pay for work in the city."""
    assert "11.00" == taxes(at("US-PA-PITTSBURGH"))["US-PA-PITTSBURGH/payroll_expense (employer)"]
