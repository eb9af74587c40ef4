"""What life insurance promises: the cost that is income, and what plans pay and cost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import InvalidRequest, TableError, documents
from asopay.age_bands import AgeBand, rate_at
from asopay.life_insurance import (
    Cover,
    LifePlan,
    accidental_death,
    benefit,
    dependent_life,
    eligibility_test,
    former_employee,
    group_term_life,
    premium,
    straddle,
)
from asopay.money import as_text
from support import faults, request, taxes

DAY = date(2026, 1, 1)
PAY = {"kind": "regular", "amount": "2000.00"}


def refused(function: Callable[..., Any], *values: Any, **named: Any) -> list[str]:
    """The faults of a call, as text; it must have some."""
    with pytest.raises(InvalidRequest) as found:
        function(*values, **named)
    return [str(fault) for fault in found.value.faults]


def born(age: int) -> date:
    """A birth date that makes so many years at the end of 2026."""
    return date(2026 - age, 12, 31)


class TestTableI:
    """The cost of group-term life insurance that is income."""

    @pytest.mark.parametrize(
        ("age", "covers", "paid", "expected"),
        [
            (45, ["200000"], "100", "170.00"),  # Publication 15-B, Tom
            (51, ["35000", "45000"], "50", "32.80"),  # Publication 525
            (42, ["100000"], "0", "60.00"),  # clincobchiapas.com
            (50, ["175000"], "0", "345.00"),  # newfront.com
            (46, ["200000"], "100", "170.00"),  # Transaction Risk Professionals
            (66, ["60000"], "0", "152.40"),
            (70, ["51049"], "0", "24.72"),  # to the nearest 100: 1,000
            (70, ["51050"], "0", "27.19"),  # 1,100
            (24, ["50049.99"], "0", "0.00"),
            (90, ["50000"], "0", "0.00"),
            (45, ["200000"], "300", "0.00"),  # paid more than it costs
        ],
    )
    def test_year(self, age: int, covers: list[str], paid: str, expected: str) -> None:
        """Published examples, and edges of Table I computed by hand."""
        found = group_term_life(
            2026, [Cover(amount) for amount in covers], born(age), contributions=paid
        )

        assert expected == str(found.amount)

    @pytest.mark.parametrize(
        ("age", "cents"),
        [
            (24, 500), (25, 600), (29, 600), (30, 800), (35, 900), (40, 1000), (45, 1500),
            (50, 2300), (55, 4300), (60, 6600), (65, 12700), (69, 12700), (70, 20600), (99, 20600),
        ],
    )  # fmt: skip
    def test_brackets(self, age: int, cents: int) -> None:
        """Each bracket of five years, for 100,000 dollars above the exclusion in one month."""
        june = Cover("150000", date(2026, 6, 1), date(2026, 6, 30))

        assert cents == group_term_life(2026, [june], born(age)).cents

    def test_change_within_a_month(self) -> None:
        """Parts of a month are by days: ten of 30 at 100,000, and then 200,000."""
        first = Cover("100000", date(2026, 6, 1), date(2026, 6, 10))
        second = Cover("200000", date(2026, 6, 11), date(2026, 6, 30))
        found = group_term_life(2026, [first, second], born(40))

        assert ["2026-06-01", "2026-06-11"] == list(found.months)
        assert "11.67" == str(found.amount)  # 5.00 / 3 and 15.00 * 2 / 3

    def test_key_employee(self) -> None:
        """In a plan that discriminates, all the cost counts: the higher of actual and Table I."""
        low, high = (
            group_term_life(
                2026,
                [Cover("40000")],
                born(52),
                status="key_employee",
                actual_cost=actual,
                contributions="10",
            )
            for actual in ("100", "200")
        )

        assert ("100.40", "190.00") == (str(low.amount), str(high.amount))
        assert 11_040 == low.worksheet["(higher)"]

    def test_shareholder(self) -> None:
        """For a shareholder of more than 2 percent, nothing is excluded: Publication 15-B."""
        found = group_term_life(2026, [Cover("40000")], born(52), status="two_percent_shareholder")

        assert "110.40" == str(found.amount)

    @pytest.mark.parametrize(
        "exception", ["disabled_former_employee", "employer_is_beneficiary", "charity"]
    )
    def test_exceptions(self, exception: Any) -> None:
        """Section 79(b): then there is no cost at all, and no birth date is needed."""
        found = group_term_life(2026, [Cover("900000")], None, exception=exception)

        assert 0 == found.cents

    @given(st.integers(0, 5_000_000), st.integers(18, 100))
    def test_zero_within_the_exclusion(self, cover: int, age: int) -> None:
        """Up to 50,000 dollars of cover cost nothing, with or without a birth date."""
        covers = [Cover(as_text(cover))]

        assert 0 == group_term_life(2026, covers, born(age)).cents
        assert 0 == group_term_life(2026, covers, None).cents

    @given(
        st.integers(0, 100_000_000),
        st.integers(0, 10_000_000),
        st.integers(18, 90),
        st.integers(0, 15),
        st.integers(0, 364),
    )
    def test_monotone(self, cover: int, more: int, age: int, older: int, lost: int) -> None:
        """More cover, a higher age or more days never cost less; contributions never add."""
        until = date(2026, 12, 31) - timedelta(lost)

        def cost(amount: int, of_age: int, last: date | None = None, paid: int = 0) -> int:
            covers = [Cover(as_text(amount), last=last)]
            return group_term_life(2026, covers, born(of_age), contributions=as_text(paid)).cents

        least = cost(cover, age)
        assert least <= cost(cover + more, age)
        assert least <= cost(cover, age + older)
        assert cost(cover, age, until) <= least
        assert cost(cover, age, paid=more) == max(0, least - more)

    @given(st.integers(0, 100_000_000), st.integers(18, 90))
    def test_months_add_up(self, cover: int, age: int) -> None:
        """The year is the sum of its months, rounded once."""
        found = group_term_life(2026, [Cover(as_text(cover))], born(age))
        of_months = sum(month.result for month in found.months.values())

        assert 12 == len(found.months)
        assert abs(found.cents * 10**8 - of_months) <= 10**8 // 2

    def test_in_a_paycheck(self) -> None:
        """It bears Social Security and Medicare, and is not paid out."""
        june = Cover("150000", date(2026, 6, 1), date(2026, 6, 30))
        cost = str(group_term_life(2026, [june], date(1974, 5, 5)).amount)
        pay = [
            {"kind": "regular", "amount": "2000.00"},
            {"kind": "group_term_life", "amount": cost},
        ]
        asked = request(earnings=pay)

        assert "2023.00" == taxes(asked, "wages")["US/social_security"]
        assert "23.00" == documents.paycheck(asked)["imputed_income"]

    @pytest.mark.parametrize(
        ("frequency", "expected"),
        [("monthly", "22.50"), ("biweekly", "10.38"), ("annual", "270.00")],
    )
    def test_cover_in_a_paycheck(self, frequency: str, expected: str) -> None:
        """The cost of twelve months is divided by the pay periods, less what is paid after tax."""
        paid = {"kind": "group_term_life", "cover": "200000", "contribution": "3.00"}
        asked = request(earnings=[PAY, {**paid, "contribution": "0"}], pay_frequency=frequency)
        asked["employee"]["birth_date"] = "1981-03-01"
        less = {**asked, "earnings": [PAY, paid]}

        assert expected == documents.paycheck(asked)["imputed_income"]
        imputed = documents.paycheck(less)["imputed_income"]
        assert Decimal(expected) - 3 == Decimal(imputed)

    def test_cover_up_to_the_exclusion(self) -> None:
        """It costs nothing, and needs no birth date."""
        asked = request(earnings=[PAY, {"kind": "group_term_life", "cover": "50000"}])

        assert "imputed_income" not in documents.paycheck(asked)

    def test_wrong_cover(self) -> None:
        """A missing birth date is named, and what contradicts a cover, all together."""
        life = {"kind": "group_term_life", "cover": "200000"}
        earnings = [
            life,
            {**life, "amount": "5", "contribution": "x"},
            {**life, "cover": "-1"},
            {"kind": "regular", "amount": "1", "cover": "5", "contribution": "1"},
            {"kind": "group_term_life", "amount": "1", "contribution": "1"},
            {"kind": "sick_pay", "amount": "1", "cover": "5"},
        ]
        why = "Table I goes by the age on the last day of the year"
        amount = 'is not an amount in dollars with at most two decimals, such as "2400.00"'
        other = "it is for group_term_life with a cover, not for"
        needs = "sick_pay needs the last day of work: Social Security, Medicare and FUTA go by it"

        assert [
            f"employee.birth_date: it is missing: {why}",
            f"earnings[1].contribution: 'x' {amount}",
            "earnings[1]: cover and an amount or hours are both given: give one of them",
            f"earnings[2].cover: '-1' {amount}",
            f"earnings[3].cover: {other} regular",
            f"earnings[3].contribution: {other} regular",
            f"earnings[4].contribution: {other} group_term_life",
            f"earnings[5].cover: {other} sick_pay",
            f"earnings[5].last_day_worked: {needs}",
        ] == faults(request(earnings=earnings))
        asked = request(earnings=[life])
        asked["employee"]["birth_date"] = "2026-03-14"
        assert ["employee.birth_date: 2026-03-14 is after the pay date, 2026-03-13"] == faults(
            asked
        )

    def test_wrong(self) -> None:
        """Everything that is wrong is reported together, a missing birth date by its name."""
        covers = [
            Cover("200000"),
            Cover("-1", date(2025, 12, 31), date(2027, 1, 1)),
            Cover("1", date(2026, 5, 2), date(2026, 5, 1)),
        ]
        found = refused(
            group_term_life, 2026, covers, None, contributions="x", status="boss", exception="none"
        )

        assert [
            "covers[1].amount",
            "covers[1].first",
            "covers[1].last",
            "covers[2].last",
            "contributions",
            "status",
            "exception",
        ] == [text.partition(":")[0] for text in found]
        assert [
            "birth_date: it is missing: Table I goes by the age on the last day of the year"
        ] == refused(group_term_life, 2026, covers[:1], None)
        assert ["birth_date: 2027-01-01 is after the year 2026"] == refused(
            group_term_life, 2026, covers[:1], date(2027, 1, 1)
        )

    def test_actual_cost(self) -> None:
        """It counts for key employees, who need it, and for nobody else."""
        covers = [Cover("200000")]

        assert [
            "actual_cost: a key employee needs it: the higher of it and Table I counts"
        ] == refused(group_term_life, 2026, covers, born(50), status="key_employee")
        assert [
            "actual_cost: it does not count for the status 'employee': leave it out"
        ] == refused(group_term_life, 2026, covers, born(50), actual_cost="5")

    def test_outside_of_the_dates(self) -> None:
        """A year that no table covers is an error that names those covered."""
        with pytest.raises(TableError, match="covered is 2024-01-01 to 2026-12-31"):
            group_term_life(2030, [], None)


def test_age_without_a_rate() -> None:
    """An age below the first band is an error that names both."""
    with pytest.raises(ValueError, match="no rate for the age 17: the first is for 18"):
        rate_at(17, [AgeBand(18, 1)])


class TestDependents:
    """Cover on a spouse or dependent."""

    @pytest.mark.parametrize(
        ("cover", "paid", "expected"),
        [
            ("2000", "0", "0.00"),
            ("2001", "0", "2.40"),
            ("10000", "0", "12.00"),
            ("10000", "20", "0.00"),
        ],
    )
    def test_cost(self, cover: str, paid: str, expected: str) -> None:
        """Above 2,000 dollars all of it counts, less what was paid after tax."""
        found = dependent_life(2026, [Cover(cover)], born(42), contributions=paid)

        assert expected == str(found.amount)

    def test_in_a_paycheck(self) -> None:
        """It is wages of income tax, Social Security and Medicare, and not of FUTA."""
        pay = [
            {"kind": "regular", "amount": "2000.00"},
            {"kind": "dependent_life", "amount": "1.00"},
        ]
        found = taxes(request(earnings=pay), "wages")

        for tax in ("US/income_tax", "US/social_security", "US/medicare"):
            assert "2001.00" == found[tax]
        assert "2000.00" == found["US/unemployment (employer)"]

    def test_wrong(self) -> None:
        """A birth date is needed above the small benefit."""
        assert ["contributions", "birth_date"] == [
            text.partition(":")[0]
            for text in refused(dependent_life, 2026, [Cover("5000")], None, contributions="x")
        ]


class TestFormerEmployees:
    """Taxes that nobody withholds."""

    def test_codes(self) -> None:
        """6.2 and 1.45 percent of the cost are not collected, and the employer owes its share."""
        found = former_employee("1000.00", date(2026, 12, 31))

        assert {"C": "1000.00", "M": "62.00", "N": "14.50"} == {
            code: str(amount) for code, amount in found.box_12.items()
        }
        assert "76.50" == str(found.employer)

    def test_wage_base(self) -> None:
        """Social Security ends at the wage base of the year, Medicare does not."""
        found = former_employee("1000.00", date(2026, 12, 31), wages_before="184000.00")

        assert {"M": "31.00", "N": "14.50"} == {c: str(found.box_12[c]) for c in ("M", "N")}

    def test_wrong(self) -> None:
        """Amounts are dollars from zero."""
        assert ["cost", "wages_before"] == [
            text.partition(":")[0] for text in refused(former_employee, "-1", DAY, "x")
        ]


class TestCarried:
    """Whether section 79 has to do with a plan."""

    EQUAL = {0: "0.05", 25: "0.06", 30: "0.08", 35: "0.09", 40: "0.10"}  # noqa: RUF012

    def test_straddle(self) -> None:
        """One employee who pays less than Table I and one who pays more make it carried."""
        ages = range(20, 45)

        assert not straddle([self.EQUAL], DAY, ages=ages).carried
        assert not straddle([{0: "0.04"}], DAY, ages=ages).carried
        assert not straddle([{0: "0.11"}], DAY, ages=ages).carried
        assert straddle([{0: "0.06"}], DAY, ages=ages).carried
        assert straddle([{0: "0.06"}], DAY).carried
        assert not straddle([{18: "0.06"}], DAY, ages=[]).carried

    def test_no_rate_below_the_first_band(self) -> None:
        """Where a policy has no rate, nobody is insured."""
        found = straddle([{30: "0.09"}], DAY, ages=[20, 31, 36])

        assert ((), (31,)) == (found.charged_less, found.charged_more)

    def test_employer_pays(self) -> None:
        """A policy to which the employer contributes is carried by it, whatever the rates."""
        assert straddle([self.EQUAL], DAY, ages=[30], employer_pays=True).carried

    def test_eligibility(self) -> None:
        """70 percent of employees, or 85 percent of participants who are no key employees."""

        def test(benefiting: int, key: int) -> bool:
            return eligibility_test(
                DAY, employees=100, benefiting=benefiting, participants=40, key_participants=key
            ).passes

        assert [True, False, True] == [test(70, 40), test(69, 7), test(0, 6)]

    def test_wrong(self) -> None:
        """Rates and numbers that can't be are named."""
        assert ["rates", "ages"] == [
            t.partition(":")[0] for t in refused(straddle, [], DAY, ages=[-1])
        ]
        assert ["rates[0].0", "rates[1]"] == [
            t.partition(":")[0] for t in refused(straddle, [{0: "x"}, {}], DAY)
        ]
        assert [
            "benefiting: 11 is not a number from 0 to the 10 employees",
            "key_participants: -1 is not a number from 0 to the 5 participants",
        ] == refused(
            eligibility_test, DAY, employees=10, benefiting=11, participants=5, key_participants=-1
        )


class TestPlan:
    """What a plan pays, and what it costs."""

    PLAN = LifePlan(
        multiple="1.5", maximum="150000", reductions={65: 65, 70: 50}, round_after_reduction=True
    )

    @pytest.mark.parametrize(
        ("age", "cents"), [(64, 9_200_000), (65, 6_000_000), (66, 6_000_000), (71, 4_600_000)]
    )
    def test_reductions(self, age: int, cents: int) -> None:
        """1.5 times 61,300, up to the next 1,000, and reduced from 65 and from 70 on."""
        assert cents == benefit("61300", self.PLAN, age).result

    def test_rounding(self) -> None:
        """Up, down or to the nearest, and after the reduction only if the plan says so."""
        assert [9_200_000, 9_100_000, 9_200_000] == [
            benefit("61300", LifePlan(multiple="1.5", rounding=way), 40).result
            for way in ("up", "down", "nearest")
        ]
        assert (
            5_980_000 == benefit("61300", LifePlan(multiple="1.5", reductions={65: 65}), 66).result
        )

    def test_limits(self) -> None:
        """No more than the maximum, nor than was issued or approved."""
        plan = LifePlan(multiple=3, maximum="250000", guaranteed_issue="100000")

        assert 10_000_000 == benefit("70000", plan, 40).result
        assert 21_000_000 == benefit("70000", plan, 40, approved="250000").result
        assert 25_000_000 == benefit("99000", plan, 40, approved="300000").result
        assert 10_000_000 == benefit("70000", plan, 40, approved="50000").result
        assert 5_000_000 == benefit("70000", LifePlan(flat="50000"), 40).result

    @given(st.integers(0, 100_000_000), st.integers(0, 1_000_000), st.integers(18, 90))
    def test_monotone(self, pay: int, more: int, age: int) -> None:
        """Higher pay never gives less cover, and none passes the maximum."""
        lower = benefit(as_text(pay), self.PLAN, age).result

        assert lower <= benefit(as_text(pay + more), self.PLAN, age).result <= 15_000_000

    def test_wrong_plan(self) -> None:
        """Everything that is wrong with a plan is reported together."""
        plan = LifePlan(
            multiple="-1",
            flat="-2",
            round_to="x",
            rounding="half",  # type: ignore[arg-type]
            maximum="x",
            reductions={65: 101},
        )

        assert [
            "plan",
            "plan.multiple",
            "plan.round_to",
            "plan.rounding",
            "plan.flat",
            "plan.maximum",
            "plan.reductions.65",
            "pay",
            "approved",
            "age",
        ] == [text.partition(":")[0] for text in refused(benefit, "-1", plan, -1, approved="5")]
        assert [
            "plan: multiple or flat: neither is given, one is needed",
            "plan.round_to: 0 is not above 0",
        ] == refused(benefit, "1", LifePlan(round_to=0), 40)
        assert ["plan.multiple: 'x' is not a rate of at most eight decimals, such as 0.062"] == (
            refused(benefit, "1", LifePlan(multiple="x"), 40)
        )

    @pytest.mark.parametrize(
        ("volume", "birth_date", "cents"),
        [
            ("150000", date(1984, 6, 1), 1_800),
            ("150000", date(1986, 1, 2), 1_200),
            ("1000", date(1999, 1, 1), 5),
        ],
    )
    def test_premium(self, volume: str, birth_date: date, cents: int) -> None:
        """Volume by thousands, times the rate of the age on the day."""
        bands = {0: "0.05", 30: "0.08", 40: "0.12"}

        assert cents == premium(volume, bands, birth_date, DAY).result

    def test_wrong_premium(self) -> None:
        """Rates by age need a birth date, which is not after the day, and a band for the age."""
        assert ["birth_date: it is missing: the rates go by age"] == refused(
            premium, "1", {0: "1", 5: "2"}, None, DAY
        )
        assert ["birth_date: 2026-01-02 is after the day, 2026-01-01"] == refused(
            premium, "1", {0: "1"}, date(2026, 1, 2), DAY
        )
        assert ["rates: there is none for the age 20: the first is from 30"] == refused(
            premium, "1", {30: "1"}, date(2006, 1, 1), DAY
        )
        assert ["volume", "rates.0", "rates"] == [
            text.partition(":")[0]
            for text in (
                *refused(premium, "x", {0: "-1"}, None, DAY),
                *refused(premium, "1", {}, born(30), DAY),
            )
        ]

    def test_accidental_death(self) -> None:
        """Losses of one accident add up, to no more than the principal sum."""
        both = ["one_hand_or_one_foot", "sight_of_one_eye", "thumb_and_index_finger"]

        assert [4_600_000, 9_200_000, 9_200_000, 0] == [
            accidental_death("92000", losses).result for losses in (both[:1], both, ["life"], [])
        ]
        assert ["principal_sum", "losses[0]"] == [
            text.partition(":")[0] for text in refused(accidental_death, "-1", ["hair"])
        ]
