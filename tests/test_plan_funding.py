"""What funding, reserves and stop-loss of a self-funded plan promise."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import accumulate, zip_longest

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from asopay import InvalidRequest
from asopay.money import ONE
from asopay.plans.aggregate import (
    Aggregate,
    accommodation,
    aggregate_stop_loss,
    attachment_by_month,
)
from asopay.plans.enrolment import (
    Coverage,
    Tier,
    amount_by_month,
    contribution_deduction,
    cover_on,
    covered_since,
    enrolment_by_month,
    lives_on,
)
from asopay.plans.expected_claims import (
    Experience,
    Projection,
    credibility,
    expected_claims,
    trended,
)
from asopay.plans.funding import (
    AdministrationFee,
    administration_fee,
    funding_rates,
    level_funded,
    maximum_cost,
)
from asopay.plans.processing import Payment
from asopay.plans.stop_loss import (
    Specific,
    contract_period,
    in_layer,
    share_payments,
    specific_stop_loss,
)
from asopay.plans.triangles import (
    RecentMonths,
    develop,
    incurred,
    triangle_of,
    with_margin,
    with_recent_months,
)
from plans import START, payments

CENTS = st.integers(0, 1_000_000_00)


def of_month(month: str) -> date:
    return date.fromisoformat(f"{month}-10")


class TestEnrolment:
    """Who is covered."""

    SINGLE = Coverage("E-1", "EE", START, date(2026, 6, 30))
    FAMILY = Coverage("E-1", "FAM", date(2026, 7, 1), dependents=["Ann", "Bob"])

    def test_by_month(self) -> None:
        """A month counts those who are covered on its first day."""
        late = Coverage("E-2", "EE", date(2026, 2, 2), date(2026, 4, 1))
        expected = {"EE": (1, 1, 2, 2, 1, 1, *[0] * 6), "FAM": (*[0] * 6, *[1] * 6)}

        assert expected == enrolment_by_month([self.SINGLE, self.FAMILY, late], expected, START)

    def test_lives(self) -> None:
        """Lives are employees and their dependents."""
        covers = [self.SINGLE, self.FAMILY]

        assert [0, 1, 3] == [
            lives_on(covers, day) for day in (date(2025, 12, 31), START, date(2026, 7, 1))
        ]

    def test_cover_on(self) -> None:
        """A dependent has cover while the employee's cover names him."""
        covers = [self.SINGLE, self.FAMILY]
        last, first = date(2026, 6, 30), date(2026, 7, 1)

        assert self.SINGLE == cover_on(covers, "E-1", "", last)
        assert cover_on(covers, "E-1", "Ann", last) is None
        assert self.FAMILY == cover_on(covers, "E-1", "Ann", first)
        assert cover_on(covers, "E-2", "", first) is None

    def test_covered_since(self) -> None:
        """A change of tier is no break; a day without cover is one."""
        assert START == covered_since([self.SINGLE, self.FAMILY], self.FAMILY)
        ended = evolve(self.SINGLE, end=date(2026, 6, 29))
        assert self.FAMILY.start == covered_since([ended, self.FAMILY], self.FAMILY)
        open_ended = evolve(self.SINGLE, end=None)
        assert self.FAMILY.start == covered_since([open_ended, self.FAMILY], self.FAMILY)

    @given(CENTS, CENTS, st.sampled_from([12, 24, 26, 52]))
    def test_deductions_add_up(self, one: int, two: int, periods: int) -> None:
        """The deductions of a year come to twelve monthly contributions of each payer."""
        employee, rate = sorted((one, two))
        tier = Tier(employee_contribution=employee)
        taken = [contribution_deduction(tier, rate, periods, n + 1) for n in range(periods)]
        own = [int(str(each.amount).replace(".", "")) for each in taken]
        others = [int(str(each.employer_amount).replace(".", "")) for each in taken]

        assert (12 * employee, 12 * (rate - employee)) == (sum(own), sum(others))
        assert all(each == own[0] for each in own[:-1])
        assert 0 <= own[-1] - own[0] < periods

    def test_wrong_deductions(self) -> None:
        """There is no paycheck 0, and an employee pays no more than the rate."""
        with pytest.raises(ValueError, match="number: 0 is not from 1 to 26"):
            contribution_deduction(Tier(), 100, 26, 0)
        with pytest.raises(ValueError, match="employee_contribution: it is more than the rate"):
            contribution_deduction(Tier(employee_contribution=101), 100, 26, 1)


class TestTriangle:
    """Claims incurred and not paid."""

    @given(st.lists(st.lists(CENTS, min_size=4, max_size=4), min_size=1, max_size=6))
    def test_complete(self, rows: list[list[int]]) -> None:
        """A complete triangle has nothing unpaid, whatever is in it."""
        development = develop([list(accumulate(row)) for row in rows])

        assert 0 == development.total
        assert all(part == 1 for part in development.completion)

    @given(st.integers(2, 8), st.lists(st.integers(1, 50), min_size=8, max_size=8))
    def test_same_pattern(self, size: int, paid: list[int]) -> None:
        """Months that are paid by one pattern come to what they would have come to."""
        whole = [list(accumulate(each * (n + 1) for each in paid[:size])) for n in range(size)]
        cut = [row[: size - n] for n, row in enumerate(whole)]

        assert [row[-1] for row in whole] == list(develop(cut).ultimate)

    def test_options(self) -> None:
        """The newest months alone, and a tail."""
        rows = [[100, 200, 210], [100, 150], [100]]

        assert (Fraction(3, 2), Fraction(21, 20)) == develop(rows, last=1).factors
        assert Fraction(21, 10) == develop([[100, 200]], tail=Fraction(21, 20)).ultimate[0] / 100

    def test_holes(self) -> None:
        """Every hole of a triangle is named."""
        with pytest.raises(InvalidRequest) as refused:
            develop([[100, None, 210], [], [100, 150, 160, 170], [-1]])

        assert [
            "triangle[0][1]: a hole: an amount is needed",
            "triangle[1]: it has no amount",
            "triangle[3][0]: -0.01 is below zero",
        ] == str(refused.value).splitlines()
        with pytest.raises(InvalidRequest, match="it has 2 amounts, more than the 1 of the row"):
            develop([[100], [100, 150]])
        with pytest.raises(InvalidRequest, match="triangle: it has no rows"):
            develop([])
        with pytest.raises(InvalidRequest, match="tail: 0 is not above zero"):
            develop([[100]], tail=Fraction(0))

    def test_nothing_paid(self) -> None:
        """A month can't develop from an age up to which nothing was paid."""
        with pytest.raises(InvalidRequest, match="triangle: age 0: nothing was paid up to it"):
            develop([[0, 100], [0]])
        with pytest.raises(InvalidRequest, match="triangle: age 0: nothing was paid up to it"):
            develop([[100, 0], [100]])

    def test_of_payments(self) -> None:
        """Payments stand by month of service and lag; those outside are left out."""
        days = ["2026-01", "2026-01", "2026-02", "2026-03", "2025-12", "2026-03"]
        lags = ["2026-01", "2026-03", "2026-02", "2026-03", "2026-01", "2026-04"]
        paid = [
            Payment(f"{n}", "A", "medical", of_month(day), of_month(lag), 100)
            for n, (day, lag) in enumerate(zip(days, lags, strict=True))
        ]

        assert [[100, 100, 200], [100, 100], [100]] == triangle_of(paid, START, 3)

    def test_recent_months(self) -> None:
        """The newest months by their cost, and no less than what is paid."""
        rows = [[100, 150], [120], [500]]
        recent = with_recent_months(develop(rows), rows, RecentMonths([10, 10], 20))

        assert (0, 80, 0) == recent.unpaid_cents
        assert 84 == with_margin(recent.total, ONE // 20)

    @given(CENTS, CENTS, CENTS)
    def test_incurred(self, paid: int, end: int, begin: int) -> None:
        """Incurred is paid plus the growth of the reserve: over two periods they add up."""
        assert incurred(paid, end, begin) + incurred(paid, begin, end) == 2 * paid


class TestExpectedClaims:
    """The next year's claims."""

    def test_trend(self) -> None:
        """Half a year twice is a year; a year and a half is both."""
        half, trend = trended(8_000_000, 6), Fraction(108, 100)

        assert abs(half**2 - trend) < Fraction(1, 10**30)
        assert abs(trended(8_000_000, 18) - half * trend) < Fraction(1, 10**30)

    @given(st.integers(0, 3_000), st.integers(1, 3_000))
    def test_credibility(self, exposure: int, full: int) -> None:
        """The square of the weight is the part of full credibility, at most 1."""
        weight, part = credibility(exposure, full), Fraction(min(exposure, full), full)

        assert abs(weight**2 - part) < Fraction(1, 10**30)

    def test_manual(self) -> None:
        """Without credibility the manual counts, with all of it the experience."""
        year = Experience(paid=600_000_00, employee_months=1000)
        costs = [
            expected_claims(year, Projection(0, weight=Fraction(z), manual=700_00), 100)
            for z in (0, 1)
        ]

        assert [700_00, 600_00] == [line["(expected cost)"] for line in costs]
        with pytest.raises(ValueError, match="there is no experience without employees"):
            expected_claims(evolve(year, employee_months=0), Projection(0), 100)


class TestFunding:
    """Fees and rates."""

    def test_fees(self) -> None:
        """A fee by employee, by claim and by paid claims adds up, to a minimum."""
        fee = AdministrationFee(40_00, 5_000_000, 2_00, 500_00)

        assert 40_00 * 20 + 50_00 + 8_00 == administration_fee(
            fee, employees=20, paid=1_000_00, claims=4
        )
        assert 500_00 == administration_fee(fee, employees=1, paid=-100_00)

    @given(CENTS, st.lists(st.integers(1, 200), min_size=3, max_size=3))
    def test_rates_bring_the_cost(self, cost: int, counts: list[int]) -> None:
        """What all tiers pay is the cost but for half a cent an employee."""
        factors = {"EE": ONE, "ES": 210_000_000, "FAM": 290_000_000}
        enrolment = dict(zip(factors, counts, strict=True))
        rates = funding_rates(cost, enrolment, factors)
        brought = sum(rates[tier] * count for tier, count in enrolment.items())

        assert abs(brought - cost * sum(counts)) <= Fraction(sum(counts), 2)

    def test_nobody(self) -> None:
        """There is no rate without employees."""
        with pytest.raises(ValueError, match="there are no employees, so there is no rate"):
            funding_rates(100, {"EE": 0}, {"EE": ONE})

    @given(CENTS, CENTS, st.integers(0, ONE))
    def test_level(self, fund: int, claims: int, share: int) -> None:
        """The fund pays claims up to itself; of what is left a share is refunded."""
        ended = level_funded(fund, claims, share)

        assert ended.claims_fund + ended.stop_loss == claims + ended.surplus
        assert 0 <= ended.refund <= ended.surplus
        assert 0 in {ended.surplus, ended.stop_loss}

    def test_maximum(self) -> None:
        """A laser below the deductible exposes to nothing more."""
        assert 165 == maximum_cost(100, 50, 20, [10, 25], aggregating=10).maximum


class TestSpecific:
    """Stop-loss by person."""

    SPECIFIC = Specific(100_000_00, {"A": 150_000_00, "B": 80_000_00}, 20_000_00, 500_000_00)

    @given(payments())
    def test_parts(self, paid: list[Payment]) -> None:
        """The carrier's parts come to each person's excess, less the aggregating deductible."""
        shared = share_payments(paid, self.SPECIFIC)
        totals = dict.fromkeys("ABC", 0)
        for payment in paid:
            totals[payment.person] += payment.amount
        excess = sum(max(0, t - self.SPECIFIC.deductible_of(p)) for p, t in totals.items())

        assert max(0, excess - 20_000_00) == sum(each.reimbursed for each in shared)
        assert max(0, excess - 20_000_00) == specific_stop_loss(shared, self.SPECIFIC).result
        assert len(paid) == len(shared)

    @given(payments())
    def test_reimbursed_never_counts(self, paid: list[Payment]) -> None:
        """What the carrier pays back does not count toward the aggregate, for no person."""
        shared = share_payments(paid, self.SPECIFIC)
        for person in "ABC":
            own = [each for each in shared if each.payment.person == person]
            amount = sum(each.payment.amount for each in own)
            deductible = min(100_000_00, self.SPECIFIC.deductible_of(person))

            assert min(amount, deductible) == sum(each.counted for each in own)
        counted, reimbursed = (
            sum(getattr(each, part) for each in shared) for part in ("counted", "reimbursed")
        )
        assert counted + reimbursed <= sum(payment.amount for payment in paid)

    @given(st.lists(st.integers(-100, 200)), st.integers(0, 300), st.none() | st.integers(0, 300))
    def test_layer(self, amounts: list[int], over: int, most: int | None) -> None:
        """The parts in a layer come to what the total has in it."""
        above = max(0, sum(amounts) - over)

        assert (above if most is None else min(above, most)) == sum(in_layer(amounts, over, most))


class TestContract:
    """Which claims a contract covers."""

    @pytest.mark.parametrize(
        ("basis", "days"),
        [
            ("12/12", ("2026-01-01", "2026-12-31", "2026-01-01", "2026-12-31")),
            ("12/15", ("2026-01-01", "2026-12-31", "2026-01-01", "2027-03-31")),
            ("12/18", ("2026-01-01", "2026-12-31", "2026-01-01", "2027-06-30")),
            ("15/12", ("2025-10-01", "2026-12-31", "2026-01-01", "2026-12-31")),
            ("24/12", ("2025-01-01", "2026-12-31", "2026-01-01", "2026-12-31")),
            ("paid", ("2023-07-01", "2026-12-31", "2026-01-01", "2026-12-31")),
            ("incurred", ("2026-01-01", "2026-12-31", "2026-01-01", "9999-12-31")),
        ],
    )
    def test_periods(self, basis: str, days: tuple[str, ...]) -> None:
        """The days of service and of payment of each basis."""
        period = contract_period(basis, START, date(2023, 7, 1))
        found = period.incurred_from, period.incurred_through, period.paid_from

        assert days == tuple(map(str, (*found, period.paid_through)))

    @pytest.mark.parametrize("basis", ["12", "12/9", "9/12", "a/12", "", "12/12/12", "-12/12"])
    def test_unknown(self, basis: str) -> None:
        """A basis that is none is refused by name."""
        with pytest.raises(ValueError, match="is not months incurred and paid of 12 to 120"):
            contract_period(basis, START)


class TestAggregate:
    """Stop-loss of the year."""

    def test_minimum_and_maximum(self) -> None:
        """The minimum attachment holds when people leave, and the maximum bounds what is paid."""
        terms = Aggregate({"EE": 500_00}, minimum=90_000_000, maximum=10_000_00)
        leaving = {"EE": [100, *[50] * 11]}
        line = aggregate_stop_loss(leaving, 565_000_00, terms)

        assert (325_000_00, 540_000_00) == (line["(accumulated)"], line["(attachment point)"])
        assert (25_000_00, 10_000_00) == (line["(excess)"], line.result)

    def test_by_tier(self) -> None:
        """Each tier has its factor."""
        terms = Aggregate({"EE": 400_00, "FAM": 900_00})

        assert [1_700_00, 1_300_00] == attachment_by_month({"EE": [2, 1], "FAM": [1, 1]}, terms)
        assert [3, 5] == amount_by_month({"EE": [1, 0], "FAM": [0, 1]}, {"EE": 3, "FAM": 5})

    @given(st.lists(st.tuples(CENTS, CENTS), max_size=12))
    def test_accommodation(self, months: list[tuple[int, int]]) -> None:
        """After each month the advances are what claims exceed the attachment by, so far."""
        claims, attachments = [one for one, _ in months], [two for _, two in months]
        advances = accommodation(attachments, claims)
        so_far = zip_longest(accumulate(claims), accumulate(attachments))

        assert [max(0, one - two) for one, two in so_far] == list(accumulate(advances))
