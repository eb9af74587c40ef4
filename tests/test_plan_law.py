"""What the law asks of self-funded plans: premiums, fees, tests, reports; and their books."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from asopay import InvalidRequest, TableError
from asopay.money import ONE
from asopay.plans.annual_report import annual_report, annual_report_table
from asopay.plans.benefits import Benefit
from asopay.plans.claims import Claim
from asopay.plans.continuation import continuation_premium, continuation_table, past_cost_premium
from asopay.plans.cost_sharing_limits import above_limits, cost_sharing_limits
from asopay.plans.documents import read_plan_year
from asopay.plans.journal import (
    BENEFITS,
    CASH,
    PLAN_CASH,
    UNPAID,
    WITHHELD,
    JournalEntry,
    Posting,
    balances,
    journal,
)
from asopay.plans.nondiscrimination import (
    Person,
    counted,
    eligibility_test,
    excess_reimbursement,
    highly_compensated,
    nondiscrimination_table,
)
from asopay.plans.research_fee import (
    actual_count,
    due_date,
    form_5500_count,
    research_fee,
    research_fee_table,
)
from asopay.plans.settlement import settle
from asopay.statements import explanation
from plans import FEWER, PLAN, claims, document

DAY = date(2026, 1, 1)
FIGURES = nondiscrimination_table(DAY).figures


class TestContinuation:
    """Section 4980B."""

    def test_parts(self) -> None:
        """102 percent; with a disability extension 150 from the nineteenth month on."""
        table = continuation_table(DAY)
        charged = [
            continuation_premium(100_000, table, month=month, disability=True).result
            for month in (1, 18, 19, 29)
        ]

        assert [102_000, 102_000, 150_000, 150_000] == charged
        assert 102_000 == continuation_premium(100_000, table, month=36).result

    @pytest.mark.parametrize(("month", "disability"), [(0, False), (37, False), (30, True)])
    def test_months(self, month: int, disability: bool) -> None:
        """There is no cover before the first month and after the last."""
        with pytest.raises(ValueError, match=f"month: {month} is not from 1 to"):
            continuation_premium(1, continuation_table(DAY), month=month, disability=disability)

    def test_deflator(self) -> None:
        """A deflator is above zero, and may fall."""
        assert 500_00 == past_cost_premium(600_00, "120", "100")
        with pytest.raises(ValueError, match="deflator_before, deflator_after"):
            past_cost_premium(600_00, "0", "100")

    def test_explained(self) -> None:
        """The worksheet names the statute."""
        text = explanation(continuation_premium(100_000, continuation_table(DAY)))

        assert "26 U.S.C. 4980B: Continuation coverage" in text
        assert "Source: 26 U.S.C. 4980B" in text


class TestResearchFee:
    """Section 4376."""

    @pytest.mark.parametrize(
        ("end", "fee"),
        [
            ("2023-12-31", 322_00),
            ("2024-09-30", 322_00),
            ("2024-10-31", 347_00),
            ("2025-09-30", 347_00),
            ("2025-12-31", 384_00),
            ("2026-09-30", 384_00),
        ],
    )
    def test_by_the_end_of_the_year(self, end: str, fee: int) -> None:
        """The fee goes by the last day of the plan year."""
        table = research_fee_table(date.fromisoformat(end))

        assert fee == research_fee(Fraction(100), table).result

    def test_not_covered(self) -> None:
        """A plan year without a table is an error that names those covered."""
        with pytest.raises(TableError, match="2025-10-01 to 2026-09-30"):
            research_fee_table(date(2026, 12, 31))

    def test_counts(self) -> None:
        """Lives of every day, or the participants of Form 5500."""
        assert Fraction(21, 2) == actual_count([10, 11])
        assert Fraction(185, 2) == form_5500_count(90, 95, self_only=True)

    def test_due(self) -> None:
        """The fee is due on July 31 of the year after."""
        figures = research_fee_table(date(2026, 6, 30)).figures

        assert date(2027, 7, 31) == due_date(date(2026, 6, 30), figures)


class TestCostSharing:
    """The most that members may bear."""

    def test_limits(self) -> None:
        """A maximum at the limit is within it; one that is missing is named."""
        for year, limit in ((2024, 9_450_00), (2025, 9_200_00), (2026, 10_600_00)):
            limits = cost_sharing_limits(date(year, 7, 1))
            at_limit = Benefit(out_of_pocket_maximum=limit, family_out_of_pocket_maximum=2 * limit)
            assert [] == above_limits(at_limit, limits)
        missing = above_limits(Benefit(), cost_sharing_limits(date(2027, 1, 1)))
        assert [
            "out_of_pocket_maximum: there is none, and the limit is 12000.00",
            "family_out_of_pocket_maximum: there is none, and the limit is 24000.00",
        ] == missing


class TestNondiscrimination:
    """Section 105(h)."""

    def test_highly_compensated(self) -> None:
        """The highest paid quarter, rounded up; five officers; holders of more than a tenth."""
        people = [Person(compensation=pay) for pay in range(1_000, 0, -100)]
        officers = {
            number: Person(pay, officer=True)
            for number, pay in zip(range(4, 10), range(600, 0, -100), strict=True)
        }
        people = [officers.get(number, one) for number, one in enumerate(people)]
        assert [0, 1, 2, 4, 5, 6, 7, 8] == highly_compensated(people, FIGURES)
        people[9] = Person(1, stock=10_000_001)
        assert 9 in highly_compensated(people, FIGURES)
        people[9] = Person(1, stock=10_000_000)
        assert 9 not in highly_compensated(people, FIGURES)

    def test_left_out(self) -> None:
        """Who may be left out counts only where he is in the plan."""
        outside = Person(1, eligible=False, benefiting=False)
        people = [
            outside,
            evolve(outside, years_of_service=2),
            evolve(outside, age=24),
            evolve(outside, excluded_otherwise=True),
            Person(1, age=24),
        ]

        assert [0, 4] == counted(people, FIGURES)

    @pytest.mark.parametrize(
        ("benefiting", "only_eligible", "others", "passes"),
        [
            (70, 0, 30, True),
            (69, 0, 31, False),
            (56, 14, 30, True),
            (55, 15, 30, False),
            (55, 14, 31, False),
            (0, 0, 0, True),
        ],
    )
    def test_eligibility(
        self, benefiting: int, only_eligible: int, others: int, passes: bool
    ) -> None:
        """70 percent of all benefit; or 70 percent are eligible, and 80 percent of them benefit."""
        people = [Person(1)] * benefiting + [Person(1, benefiting=False)] * only_eligible
        people += [Person(1, eligible=False, benefiting=False)] * others
        test = eligibility_test(people, FIGURES)

        assert passes == test.passes
        assert (benefiting, len(people)) == (test.benefiting, test.counted)

    def test_excess(self) -> None:
        """Without a failure of eligibility only discriminatory benefits are taxable."""
        table = nondiscrimination_table(DAY)

        assert 5_000_00 == excess_reimbursement(0, 0, 0, table, 5_000_00).result


class TestAnnualReport:
    """Form 5500."""

    def test_example(self) -> None:
        """The example has seven participants, who file only if there is a trust."""
        year = settle(read_plan_year(document()))
        figures = annual_report_table(DAY).figures
        providers = {"Administrator": 5_000_00, "Broker": 4_999_99}
        report = annual_report(year, figures, providers=providers)

        assert (7, 7, False) == (
            report.participants_at_start,
            report.participants_at_end,
            report.must_file,
        )
        assert annual_report(year, figures, in_trust=True).must_file
        assert {"Administrator": 5_000_00} == report.service_providers
        assert (date(2027, 7, 31), date(2027, 10, 15)) == (report.due, report.extended)
        paid = report.benefits_paid + report.administrative_expenses
        assert year.settlement["(outgo)"] == paid
        came_in = report.contributions_of_employer + report.contributions_of_participants
        assert year.settlement["(income)"] == came_in + report.other_income

    def test_large_plan(self) -> None:
        """A plan with 100 participants at the start files."""
        plan = read_plan_year(document())
        counts = {"EE": [100, *[1] * 11], "ES": [0] * 12, "FAM": [0] * 12}
        bare = evolve(
            plan, coverage=[], enrolment=counts, claims=[], disability_claims=[], recoveries=[]
        )

        assert annual_report(settle(bare), annual_report_table(DAY).figures).must_file


class TestJournal:
    """The employer's books."""

    @FEWER
    @given(claims())
    def test_balances(self, drawn: list[Claim]) -> None:
        """All accounts together are zero; the plan's cash and liability are those of the year."""
        year = settle(evolve(PLAN, claims=drawn))
        accounts = balances(journal(year))
        line = year.settlement

        assert 0 == sum(accounts.values())
        assert line["(cash result)"] == accounts.get(PLAN_CASH, 0)
        grown = line["(reserve at end)"] - line["(reserve at start)"]
        assert grown == -accounts.get(UNPAID, 0)
        assert (0, -line["(employer)"]) == (accounts[WITHHELD], accounts[CASH])

    def test_example(self) -> None:
        """The cost of benefits is claims and reserve, less what came back and employees paid."""
        year = settle(read_plan_year(document()))
        entries = journal(year)

        expected = 74_418_00 + 4_567_36 - 16_820_00 - 1_150_00 - 84_20 - 15_240_00
        assert expected == balances(entries)[BENEFITS]
        assert sorted(entry.day for entry in entries) == [entry.day for entry in entries]

    def test_unbalanced(self) -> None:
        """An entry that does not balance is refused."""
        with pytest.raises(InvalidRequest, match=r"x: debits of 0.01 and credits of 0.00 differ"):
            JournalEntry(DAY, "x", (Posting(CASH, debit=1),))

    @given(st.integers(0, 10**9))
    def test_balanced(self, amount: int) -> None:
        """An entry of equal sides is taken."""
        assert JournalEntry(DAY, "x", (Posting(CASH, amount), Posting(UNPAID, 0, amount)))


def test_rates_of_the_tables() -> None:
    """The tables hold what the statute says, in parts of one."""
    assert (70 * ONE, 80 * ONE) == (100 * FIGURES.benefiting, 100 * FIGURES.of_eligible)
