"""What disability insurance promises: premiums, benefits, claims, and what of them is taxable."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import InvalidRequest, gross_to_net
from asopay.disability import (
    Absence,
    DisabilityPlan,
    Offset,
    PolicyYear,
    PremiumTerms,
    Work,
    benefit,
    benefits_begin,
    cost_of_living,
    is_recurrent,
    overpayment,
    payments,
    premium,
    share_by_election,
    split_premium,
    statutory_offset,
    taxable_share,
)
from asopay.money import as_text
from asopay.parties import Employee
from asopay.paycheck import Earning, PaycheckRequest
from asopay.statutory_benefits import BasePeriod, estimate

WEEKLY = DisabilityPlan("weekly", percent=60, maximum="1000")
MONTHLY = DisabilityPlan("monthly", percent=60, maximum="6000")
INCENTIVE = DisabilityPlan("monthly", percent=60, maximum="26000", work_incentive_months=12)
DAY = date(2026, 3, 9)


def refused(function: Callable[..., Any], *values: Any, **named: Any) -> list[str]:
    """The faults of a call, as text; it must have some."""
    with pytest.raises(InvalidRequest) as found:
        function(*values, **named)
    return [str(fault) for fault in found.value.faults]


class TestPremium:
    """Premiums by the week, by the month, by benefit and by covered pay."""

    @pytest.mark.parametrize(
        ("plan", "rate", "pay", "frequency", "expected"),
        [
            # CBIA, instructions for calculating monthly STD and LTD premiums.
            (DisabilityPlan("weekly", 60, "500"), "0.25", "100000", "annual", "12.50"),
            (
                DisabilityPlan("monthly", 60, "5000", rated_on="covered pay"),
                "0.35",
                "75000",
                "annual",
                "21.88",
            ),
            # A rate on monthly benefit: 60 percent of 4,000 is 24 hundreds at 1.00.
            (DisabilityPlan("monthly", 60, "5000"), "1.00", "4000", "monthly", "24.00"),
            # Covered pay ends where the benefit reaches its maximum: 5,000 of 60 percent.
            (
                DisabilityPlan("monthly", 60, "3000", rated_on="covered pay"),
                "0.40",
                "120000",
                "annual",
                "20.00",
            ),
            # To the dollar: 60 percent of 700.50 is 420.30, of which 420 counts.
            (
                DisabilityPlan("weekly", 60, "1000", round_to=1),
                "0.50",
                "700.50",
                "weekly",
                "21.00",
            ),
        ],
    )
    def test_by_hand(
        self, plan: DisabilityPlan, rate: str, pay: str, frequency: str, expected: str
    ) -> None:
        """Published examples, and others computed by hand."""
        assert expected == as_text(premium(plan, rate, pay, frequency).result)

    def test_by_age(self) -> None:
        """Rates may go by age: the band that the age is in counts."""
        bands = {0: "0.20", 40: "0.30"}

        assert 960 == premium(WEEKLY, bands, "800", "weekly", age=39).result
        assert 1440 == premium(WEEKLY, bands, "800", "weekly", age=40).result

    def test_wrong(self) -> None:
        """Everything that is wrong with plan, rates and pay is reported together."""
        plan = DisabilityPlan(
            "daily",
            percent=101,
            maximum="-1",
            minimum="x",
            minimum_percent=-1,
            days=0,
            work_incentive_months=-1,
            rated_on="pay",  # type: ignore[arg-type]
            round_to=0,
        )
        found = refused(premium, plan, {30: "-0.1"}, "1.005", "fortnightly")

        assert [
            "plan.period",
            "plan.rated_on",
            "plan.percent",
            "plan.days",
            "plan.work_incentive_months",
            "plan.maximum",
            "plan.minimum",
            "plan.round_to",
            "plan.minimum_percent",
            "pay",
            "pay_frequency",
            "rates.30",
            "age",
        ] == [text.partition(":")[0] for text in found]
        assert "plan.percent: 101 is not a percentage from 0 to 100" in found

    def test_wrong_ages(self) -> None:
        """An age below the first band has no rate, and there has to be a band."""
        none = "rates: there is no band: give the rate by the age from which it holds"
        below = "age: there is no rate for 25: the first is from 30"

        assert [none] == refused(premium, WEEKLY, {}, "800", "weekly", age=25)
        assert [below] == refused(premium, WEEKLY, {30: "0.1"}, "800", "weekly", age=25)

    def test_no_percentage(self) -> None:
        """A plan of 0 percent and a minimum above the maximum are refused."""
        plan = DisabilityPlan("weekly", percent=0, maximum="100", minimum="200")

        assert [
            "plan.percent: 0 is not above 0 and up to 100",
            "plan.minimum: 200 is above the maximum, 100",
        ] == refused(premium, plan, "0.25", "800")


class TestSplit:
    """Who pays a premium, and what that makes of it in a paycheck."""

    def test_imputed(self) -> None:
        """A gross-up plan: 6,250 of covered pay at 0.40 are 25.00 a month of income."""
        plan = DisabilityPlan("monthly", 60, "6000", rated_on="covered pay")
        parts = split_premium(
            as_text(premium(plan, "0.40", "6250", "monthly").result), PremiumTerms(imputed=True)
        )
        request = PaycheckRequest(
            date(2026, 3, 31),
            "monthly",
            Employee(["US-TX"]),
            [Earning("regular", amount="6250"), parts.earning or Earning("")],
        )
        paycheck = gross_to_net(request)

        assert ("25.00", 0) == (as_text(parts.employer_cents), parts.taxed_benefit_cents)
        assert (625_000, 2_500) == (paycheck.gross_cents, paycheck.imputed_cents)
        for tax in ("US/income_tax", "US/social_security", "US/medicare"):
            assert 627_500 == paycheck.tax(tax).wages_cents
        assert 627_500 == paycheck.tax("US/unemployment", "employer").wages_cents

    @pytest.mark.parametrize(("before_tax", "wages"), [(False, 625_000), (True, 624_250)])
    def test_shared(self, before_tax: bool, wages: int) -> None:
        """The employee's part is taken before or after tax, and the employer's is its cost."""
        terms = PremiumTerms(employer_percent=70, before_tax=before_tax)
        parts = split_premium("25.00", terms)
        assert parts.deduction is not None
        request = PaycheckRequest(
            date(2026, 3, 31),
            "monthly",
            Employee(["US-TX"]),
            [Earning("regular", amount="6250")],
            deductions=[parts.deduction],
        )

        assert wages == gross_to_net(request).tax("US/income_tax").wages_cents
        assert 1_750 == gross_to_net(request).deductions[0].employer_amount_cents
        assert parts.earning is None
        assert (2_500 if before_tax else 1_750) == parts.taxed_benefit_cents

    @given(st.integers(0, 1_000_000), st.integers(0, 100))
    def test_adds_up(self, cents: int, percent: int) -> None:
        """The parts add up to the premium."""
        parts = split_premium(as_text(cents), PremiumTerms(employer_percent=percent))

        assert cents == parts.employer_cents + parts.employee_cents
        assert (parts.deduction is None) == (parts.employee_cents == 0)

    def test_contradictions(self) -> None:
        """A part that nobody pays is not taxed in any way."""
        paid_by_employer = PremiumTerms(employer_percent=100, before_tax=True)
        paid_by_employee = PremiumTerms(employer_percent=0, imputed=True)

        assert ["before_tax: the employee pays nothing that could be paid before tax"] == refused(
            split_premium, "25.00", paid_by_employer
        )
        assert [
            (
                "premium: '-1' is not an amount in dollars with at most two decimals, "
                'such as "2400.00"'
            ),
            "imputed: the employer pays nothing that could be income",
        ] == refused(split_premium, "-1", paid_by_employee)


class TestBenefit:
    """The benefit of a week or month."""

    @pytest.mark.parametrize(
        ("plan", "pay", "offset", "work", "expected"),
        [
            # erisalegalfirm.com: 60 percent of 2,000 a month is 1,200; 900 of Social Security.
            (MONTHLY, "2000", "0", None, "1200.00"),
            (MONTHLY, "2000", "900", None, "300.00"),
            # MMC Benefits Handbook: 10,000 a month, 4,400 of part-time work: 10,000 in all.
            (INCENTIVE, "10000", "0", Work("4400"), "5600.00"),
            # After the incentive, 56 percent of 6,000: what is lost of pay.
            (INCENTIVE, "10000", "0", Work("4400", months=12), "3360.00"),
            (INCENTIVE, "10000", "0", Work("10000", months=12), "0.00"),
            (INCENTIVE, "10000", "7000", Work("10000", months=0), "0.00"),
        ],
    )
    def test_published(
        self, plan: DisabilityPlan, pay: str, offset: str, work: Work | None, expected: str
    ) -> None:
        """Published examples, and what follows from their rules."""
        sheet = benefit(plan, pay, "monthly", offsets={"SSDI": offset}, work=work)

        assert expected == as_text(sheet.result)

    def test_minimum(self) -> None:
        """At least 100 dollars or 10 percent of the gross benefit remain."""
        plan = DisabilityPlan("monthly", 60, "6000", minimum="100", minimum_percent=10)

        assert 10_000 == benefit(plan, "1500", "monthly", offsets={"a": "2000"}).result
        assert 12_000 == benefit(plan, "2000", "monthly", offsets={"a": "2000"}).result
        assert 9_000 == benefit(plan, "150", "monthly", offsets={"a": "2000"}).result

    def test_days(self) -> None:
        """Days are sevenths of a week, or fifths, or thirtieths of a month."""
        workdays = DisabilityPlan("weekly", 60, "1000", days=5)

        assert 25_714 == benefit(WEEKLY, "1000", "weekly", days=3).result
        assert 36_000 == benefit(workdays, "1000", "weekly", days=3).result
        assert 12_000 == benefit(MONTHLY, "2000", "monthly", days=3).result

    def test_residual(self) -> None:
        """A loss of less than the least one gives no residual benefit."""
        plan = DisabilityPlan("monthly", 60, "6000", least_loss_percent=20)

        assert 60_000 == benefit(plan, "5000", "monthly", work=Work("4000")).result
        assert 0 == benefit(plan, "5000", "monthly", work=Work("4000.01")).result

    @given(
        pay=st.integers(0, 3_000_000),
        maximum=st.integers(0, 1_000_000),
        minimum_percent=st.integers(0, 20),
        offset=st.integers(0, 1_000_000),
        work=st.none() | st.integers(0, 3_000_000),
        months=st.integers(0, 30),
        days=st.none() | st.integers(0, 30),
    )
    def test_never_above_the_maximum(
        self,
        *,
        pay: int,
        maximum: int,
        minimum_percent: int,
        offset: int,
        work: int | None,
        months: int,
        days: int | None,
    ) -> None:
        """Benefit and offsets stay within the maximum, and what is taken off adds up.

        Only the least benefit is paid on top of offsets that are larger than the gross benefit.
        """
        plan = DisabilityPlan(
            "monthly",
            60,
            as_text(maximum),
            minimum_percent=minimum_percent,
            work_incentive_months=12,
        )
        working = None if work is None else Work(as_text(work), months)
        offsets = {"a": as_text(offset)}
        found = benefit(plan, as_text(pay), "monthly", offsets=offsets, work=working, days=days)
        gross = found["(gross)"] if days is None else found["(gross of the days)"]

        assert 0 <= found.result <= gross <= found["(gross)"] <= maximum
        assert gross == found.result + found["(taken off)"]
        assert found.result + offset <= maximum or found.result <= found["(minimum)"]
        if working is not None and months < 12 and found.result:
            paid = found.result + found["(work earnings)"] + min(offset, gross)
            assert paid <= max(found["(of earnings)"], gross) + found["(minimum)"]

    @given(st.integers(0, 900_000), st.integers(0, 100_000))
    def test_monotone(self, pay: int, more: int) -> None:
        """Higher earnings never give a lower benefit, nor higher offsets a larger one."""
        offsets = {"a": as_text(more)}
        lower = benefit(MONTHLY, as_text(pay), "monthly", offsets=offsets).result

        assert lower <= benefit(MONTHLY, as_text(pay + more), "monthly", offsets=offsets).result
        assert lower <= benefit(MONTHLY, as_text(pay), "monthly").result

    def test_wrong(self) -> None:
        """Everything that is wrong with pay, offsets, work and days is reported together."""
        offsets, work = {"SSDI": "-1"}, Work("-1", months=-1)
        found = refused(benefit, WEEKLY, "-1", "daily", offsets=offsets, work=work, days=8)

        assert ["pay", "offsets.SSDI", "days", "work.earnings", "work.months"] == [
            text.partition(":")[0] for text in found
        ]

    def test_overpayment(self) -> None:
        """24 months without the award of Social Security: erisalegalfirm.com, and too little."""
        assert "21600.00" == as_text(overpayment(["1200"] * 24, ["300"] * 24).result)
        assert 500 == overpayment(["1"], ["6"])["(underpaid)"]
        assert ["due: 1 are given, and 2 were paid"] == refused(overpayment, ["1", "1"], ["1"])
        assert ["paid[0]"] == [t.partition(":")[0] for t in refused(overpayment, ["x"], ["1"])]

    def test_cost_of_living(self) -> None:
        """The index counts up to the rider's percentage, compound or simple."""
        index = ["2", "9", "0"]
        simple = cost_of_living("1000", index, at_most_percent=3, compound=False)

        assert [102_000, 105_060, 105_060] == [
            each.result for each in cost_of_living("1000", index, at_most_percent=3)
        ]
        assert [102_000, 105_000, 105_000] == [each.result for each in simple]
        assert ["amount", "at_most_percent", "index[0]"] == [
            text.partition(":")[0]
            for text in refused(cost_of_living, "x", [101], at_most_percent="x")
        ]


class TestClaim:
    """A claim in time."""

    def test_elimination(self) -> None:
        """Days of disability count, those of a return do not, and a long return begins anew."""
        first = Absence(date(2026, 1, 1), date(2026, 1, 10))
        again = Absence(date(2026, 1, 15), date(2026, 1, 30))

        assert date(2026, 1, 8) == benefits_begin([first], 7)
        assert date(2026, 1, 19) == benefits_begin([first, again], 14, days_of_return=4)
        assert date(2026, 1, 29) == benefits_begin([first, again], 14, days_of_return=3)
        assert benefits_begin([first, again], 30) is None

    def test_recurrent(self) -> None:
        """A related disability within the time after a return continues the one before."""
        returned = date(2026, 8, 31)

        assert is_recurrent(returned, date(2027, 2, 27), months=6)
        assert not is_recurrent(returned, date(2027, 2, 28), months=6)
        assert is_recurrent(returned, date(2026, 9, 13), days=14)
        assert not is_recurrent(returned, date(2026, 9, 14), days=14)
        assert not is_recurrent(returned, returned, days=14, same_cause=False)

    def test_wrong_absences(self) -> None:
        """Absences are in order, end after they begin, and periods are not below zero."""
        absences = [
            Absence(date(2026, 1, 9), date(2026, 1, 1)),
            Absence(date(2026, 1, 1)),
            Absence(date(2026, 2, 1)),
        ]

        assert [
            "elimination_days",
            "days_of_return",
            "absences[0].last",
            "absences[1].first",
            "absences[2].first",
        ] == [t.partition(":")[0] for t in refused(benefits_begin, absences, -1, -1)]

    def test_months(self) -> None:
        """Months go from day to day, the last of a month where there is no such day."""
        plan = DisabilityPlan("monthly", 60, "6000")
        paid = list(payments(plan, "60000", begins=date(2026, 1, 31), last=date(2026, 4, 2)))

        assert [
            (date(2026, 1, 31), date(2026, 2, 27), 300_000),
            (date(2026, 2, 28), date(2026, 3, 30), 300_000),
            (date(2026, 3, 31), date(2026, 4, 2), 30_000),
        ] == [(each.first, each.last, each.worksheet.result) for each in paid]

    def test_workdays(self) -> None:
        """Of a week of five days, Monday to Friday count."""
        plan = DisabilityPlan("weekly", 60, "1000", days=5)
        begins, last = date(2026, 1, 5), date(2026, 1, 18)  # a Monday, a Sunday
        offset = Offset("a", "50", last=date(2026, 1, 13))

        assert [60_000, 60_000] == [
            each.worksheet.result
            for each in payments(plan, "1000", "weekly", begins=begins, last=last)
        ]
        assert [55_000, 22_000] == [
            each.worksheet.result
            for each in payments(
                plan, "1000", "weekly", begins=begins, last=date(2026, 1, 13), offsets=[offset]
            )
        ]

    def test_longest(self) -> None:
        """No more is paid than the plan's number of weeks."""
        begins = date(2026, 1, 5)
        paid = list(
            payments(WEEKLY, "52000", begins=begins, last=begins + timedelta(365), longest=26)
        )

        assert 26 == len(paid)
        assert date(2026, 7, 5) == paid[-1].last

    def test_statutory(self) -> None:
        """A statutory benefit is taken off from the end of its waiting period, for its duration."""
        base = BasePeriod(["13000.00"] * 4)
        found = estimate("US-NY/disability_insurance", base, DAY)
        offset = statutory_offset(found, DAY, "weekly")
        paid = list(
            payments(
                WEEKLY, "52000", begins=date(2026, 3, 9), last=date(2026, 4, 5), offsets=[offset]
            )
        )

        assert (date(2026, 3, 16), date(2026, 9, 13)) == (offset.first, offset.last)
        assert [60_000, 43_000, 43_000, 43_000] == [each.worksheet.result for each in paid]
        assert "736.67" == str(statutory_offset(found, DAY, "monthly").amount)

    @given(
        days=st.integers(1, 200),
        offset=st.integers(0, 90_000),
        starts=st.integers(0, 100),
        lasts=st.integers(0, 100),
        period=st.sampled_from(["weekly", "monthly"]),
    )
    def test_every_day_once(
        self, days: int, offset: int, starts: int, lasts: int, period: str
    ) -> None:
        """Payments follow each other without a gap, and none passes the maximum with the offset."""
        plan = DisabilityPlan(period, 60, "800")
        last = DAY + timedelta(days - 1)
        first = DAY + timedelta(starts)
        offsets = [Offset("a", as_text(offset), first, first + timedelta(lasts))]
        paid = list(payments(plan, "120000", begins=DAY, last=last, offsets=offsets))
        covered = [each.first + timedelta(n) for each in paid for n in range(_days(each))]

        assert [DAY + timedelta(n) for n in range(days)] == covered
        for each in paid:
            sheet = each.worksheet
            assert sheet.result == 0 or sheet.result + sheet["(offsets)"] <= 80_000

    def test_wrong(self) -> None:
        """Everything that is wrong with a claim is reported together, when it is asked for."""
        plan = DisabilityPlan("weekly", 60, "1000", days=6)
        offsets = [Offset("a", "-1", date(2026, 4, 2), date(2026, 4, 1))]
        found = refused(
            payments,
            plan,
            "x",
            begins=DAY,
            last=date(2026, 1, 1),
            offsets=offsets,
            longest=-1,
        )

        assert ["pay", "offsets[0].last", "offsets[0].amount", "last", "longest", "plan.days"] == [
            text.partition(":")[0] for text in found
        ]
        base = BasePeriod(["13000.00"] * 4)
        program = estimate("US-NY/disability_insurance", base, DAY)
        assert ["period: 'daily' is not one of weekly, monthly"] == refused(
            statutory_offset, program, DAY, "daily"
        )
        assert ["plan.period: 'yearly' is not one of weekly, monthly"] == refused(
            benefit, DisabilityPlan("yearly", 60, "1"), "1"
        )


def _days(payment: Any) -> int:
    days: int = (payment.last - payment.first).days + 1
    return days


def year(number: int, premiums: str, **paid: Any) -> PolicyYear:
    return PolicyYear(date(number, 1, 1), date(number, 12, 31), premiums, **paid)


class TestTaxableShare:
    """Which share of a benefit is taxable, by who paid the premiums."""

    YEARS = (
        year(2023, "10000", employer="7000"),
        year(2024, "11000", employer="7700"),
        year(2025, "12000", employer="7000", before_tax="1400"),
        year(2022, "90000"),
    )

    def test_look_back(self) -> None:
        """70 percent of three years' premiums: 560.00 of 800.00 are taxable, and bear FICA."""
        found = taxable_share("group policy", DAY, self.YEARS)
        request = PaycheckRequest(
            date(2026, 3, 13),
            "weekly",
            Employee(["US-TX"]),
            [
                Earning(
                    "third_party_sick_pay",
                    amount="800",
                    last_day_worked=date(2026, 3, 6),
                    taxable_percent=found.percent,
                )
            ],
        )
        paycheck = gross_to_net(request)
        sheet = paycheck.worksheets["earnings[0]"]

        assert "70.000000" == str(found.percent)
        assert (56_000, 24_000) == (sheet["(taxable)"], sheet["(not taxable)"])
        assert "34.72" == str(paycheck.tax("US/social_security").amount)
        assert "8.12" == str(paycheck.tax("US/medicare").amount)
        assert (2023, 2024, 2025) == tuple(sorted(each.first.year for each in found.years))

    def test_imputed(self) -> None:
        """Premiums that were included in income buy a benefit that is not taxed."""
        years = [year(n, "300", employer="300", imputed="300") for n in (2023, 2024, 2025)]

        assert 0 == taxable_share("group policy", DAY, years).rate

    def test_not_known(self) -> None:
        """A year whose net premiums were not known on January 1 does not count."""
        late = year(2025, "12000", employer="12000", known_on=date(2026, 2, 1))
        found = taxable_share("group policy", DAY, [self.YEARS[0], late])

        assert "70.000000" == str(found.percent)

    def test_new(self) -> None:
        """Of a new plan, the present year is the estimate."""
        found = taxable_share("group policy", DAY, [year(2026, "400", employer="100")])

        assert ("25.000000", 1) == (str(found.percent), found.worksheet["(estimate)"])

    def test_other_plans(self) -> None:
        """An individual policy goes by its year, a plan without insurance by three years before."""
        individual = taxable_share(
            "individual policy", DAY, [*self.YEARS, year(2026, "9", employer="3")]
        )
        not_insured = taxable_share("not insured", DAY, self.YEARS)

        assert "33.333333" == str(individual.percent)
        assert "(estimate)" not in individual.worksheet
        assert "70.000000" == str(not_insured.percent)

    def test_elections(self) -> None:
        """With irrevocable elections, all of it is taxable or nothing: Rev. Rul. 2004-55."""
        assert "100.000000" == str(share_by_election("before tax").percent)
        assert "0.000000" == str(share_by_election("after tax").percent)
        assert ["election: 'half' is not one of before tax, after tax"] == refused(
            share_by_election, "half"
        )

    @given(st.integers(0, 10_000_000), st.integers(0, 5_000), st.integers(0, 5_000))
    def test_parts_add_up(self, cents: int, employer: int, employee: int) -> None:
        """The taxable and the other part of a benefit add up to it."""
        years = [year(2025, as_text(employer + employee + 1), employer=as_text(employer))]
        percent = taxable_share("group policy", DAY, years).percent
        request = PaycheckRequest(
            date(2026, 3, 13),
            "monthly",
            Employee(["US-TX"]),
            [
                Earning(
                    "sick_pay", amount=as_text(cents), last_day_worked=DAY, taxable_percent=percent
                )
            ],
        )
        paycheck = gross_to_net(request)
        sheet = paycheck.worksheets["earnings[0]"]

        assert cents == sheet["(taxable)"] + sheet["(not taxable)"] == paycheck.gross_cents
        assert sheet["(taxable)"] == paycheck.tax("US/income_tax").wages_cents

    def test_wrong(self) -> None:
        """Premiums that contradict each other are refused, each by its name."""
        years = [
            year(2025, "100", employer="80", before_tax="30", imputed="90"),
            PolicyYear(date(2025, 2, 1), date(2025, 1, 1), "-1"),
        ]
        found = refused(taxable_share, "group", DAY, years)

        assert ["kind", "years[0].employer", "years[0].imputed", "years[1].net_premiums"] == [
            text.partition(":")[0] for text in found[:4]
        ]
        assert "80 of the employer and 30 before tax are more than all, 100" in found[1]
        assert "years[1].last" == found[4].partition(":")[0]

    def test_no_year(self) -> None:
        """Without a year that counts, or without a premium, there is no share."""
        message = "years: there is none that counts: none ended before 2026 or has 2026-03-09 in it"

        assert [message] == refused(taxable_share, "group policy", DAY, [])
        assert ["years: no premium was paid in those that count"] == refused(
            taxable_share, "group policy", DAY, [year(2025, "0")]
        )
