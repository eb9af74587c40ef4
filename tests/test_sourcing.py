"""What living in one state and working in another promises: each dollar is taxed by the rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asopay import documents
from asopay.explain import why
from asopay.jurisdictions import STATES
from asopay.rulebook import standard_rulebook
from asopay.tables import Days
from support import faults, request, taxes

LAW = standard_rulebook().in_force(list(STATES), Days.on(date(2026, 3, 13)))
UNTAXED = {t.state for t in LAW.taxes.values() if t.rule.table.head.rule == "withholding.none"}
TAXING = sorted(STATES.keys() - UNTAXED)
AGREEMENTS = [
    (work, home) for work, rules in LAW.residence.items() for home in sorted(rules.reciprocity)
]
MUTUAL = [(work, home) for work, home in AGREEMENTS if (home, work) in AGREEMENTS]
ONE_SIDED = {"US-AZ"}
"""States that exempt residents of states which do not exempt theirs."""

NEIGHBOURS = {
    "US-AL": "FL GA MS TN", "US-AZ": "CA CO NV NM UT", "US-AR": "LA MS MO OK TN TX",
    "US-CA": "NV OR", "US-CO": "KS NE NM OK UT WY", "US-CT": "MA NY RI", "US-DE": "MD NJ PA",
    "US-DC": "MD VA", "US-FL": "GA", "US-GA": "NC SC TN", "US-ID": "MT NV OR UT WA WY",
    "US-IL": "IN IA KY MO WI", "US-IN": "KY MI OH", "US-IA": "MN MO NE SD WI",
    "US-KS": "MO NE OK", "US-KY": "MO OH TN VA WV", "US-LA": "MS TX", "US-ME": "NH",
    "US-MD": "PA VA WV", "US-MA": "NH NY RI VT", "US-MI": "OH WI", "US-MN": "ND SD WI",
    "US-MS": "TN", "US-MO": "NE OK TN", "US-MT": "ND SD WY", "US-NE": "SD WY", "US-NV": "OR UT",
    "US-NH": "VT", "US-NJ": "NY PA", "US-NM": "OK TX UT", "US-NY": "PA VT", "US-NC": "SC TN VA",
    "US-ND": "SD", "US-OH": "PA WV", "US-OK": "TX", "US-OR": "WA", "US-PA": "WV", "US-SD": "WY",
    "US-TN": "VA", "US-UT": "WY", "US-VA": "WV",
}  # fmt: skip
PAIRS = [
    pair
    for one, others in NEIGHBOURS.items()
    for other in others.split()
    for pair in ((one, f"US-{other}"), (f"US-{other}", one))
]


def earned(work: str, amount: str = "16000.00", **more: Any) -> dict[str, Any]:
    return {"kind": "regular", "amount": amount, "work": [work], **more}


def lives(home: str, *earnings: dict[str, Any], **employee: Any) -> dict[str, Any]:
    """A request of somebody who lives there; insured at home unless it is said."""
    told = {"residence": [home], "insured_in": home, **employee}
    return request(employee=told, earnings=list(earnings))


def income_taxes(document: dict[str, Any], part: str = "amount") -> dict[str, str]:
    """The income taxes of the states that take something, by state."""
    found = taxes(document, part)
    return {
        tax.partition("/")[0]: amount
        for tax, amount in found.items()
        if tax.endswith("/income_tax") and tax != "US/income_tax" and Decimal(amount)
    }


def takes(state: str, *, resident: bool = True) -> Decimal:
    """What the state takes from somebody who lives and works there, or only works there.

    Maryland has a rate of its own for those who live elsewhere; of no other state is that known.
    """
    answers = {} if resident or state != "US-MD" else {"US-MD": {"county": "nonresident"}}
    found = income_taxes(lives(state, earned(state), certificates=answers))
    return Decimal(found.get(state, 0))


def left(home: str, alone: dict[str, Decimal], work: str) -> Decimal:
    """What the state of residence withholds beside the state of work."""
    match LAW.residence[home].resident.withhold if home in LAW.residence else "nothing":
        case "less_other_tax":
            return max(alone[home] - alone[work], Decimal(0))
        case "all":
            return alone[home]
    return Decimal(0)


class TestAgreements:
    """Reciprocity, with its certificate and without."""

    @pytest.mark.parametrize(("work", "home"), AGREEMENTS)
    def test_with_the_certificate(self, work: str, home: str) -> None:
        """The state of work takes nothing, the state of residence what it takes at home."""
        asked = lives(home, earned(work), reciprocity_certificates=[work])

        assert income_taxes(lives(home, earned(home))) == income_taxes(asked)

    @pytest.mark.parametrize(("work", "home"), AGREEMENTS)
    def test_without_the_certificate(self, work: str, home: str) -> None:
        """The state of work withholds as from its residents; the other what is left."""
        found = income_taxes(lives(home, earned(work)))
        alone = {home: takes(home), work: takes(work, resident=False)}

        if work == "US-MN":  # whose threshold is above one paycheck
            assert found.keys() <= {home, work}
        else:
            assert alone[work] == Decimal(found[work])
            assert left(home, alone, work) == Decimal(found.get(home, 0))

    def test_agreements_are_mutual(self) -> None:
        """Two states agree with each other, but where one gives a credit for the other's tax."""
        assert ONE_SIDED == {work for work, home in AGREEMENTS if (work, home) not in MUTUAL} - {
            # The District does not tax nonresidents at all.
            "US-MD", "US-VA",
        }  # fmt: skip

    def test_no_agreement(self) -> None:
        """A certificate of an agreement that does not exist is refused."""
        path = "employee.reciprocity_certificates[0]"
        asked = lives("US-CT", earned("US-NY"), reciprocity_certificates=["US-NY"])
        wrong = lives("US-CT", earned("US-NY"), reciprocity_certificates=["NY"])

        expected = "New York has no agreement with the state of residence: it has one with no state"

        assert [f"{path}: {expected}"] == faults(asked)
        assert [f"{path}: 'NY' is not a state such as \"US-CA\""] == faults(wrong)


class TestCommuters:
    """One commuter of every pair of neighbouring states, in both directions."""

    @pytest.mark.parametrize(("home", "work"), PAIRS)
    def test_no_state_is_forgotten(self, home: str, work: str) -> None:
        """Each takes what the rules of both leave it, and each claim says why."""
        asked = lives(home, earned(work))
        found = income_taxes(asked)
        alone = {home: takes(home), work: takes(work, resident=False)}
        rules = LAW.residence.get(home)
        required = rules is None or rules.resident.withhold != "not_required"
        if work in UNTAXED or work == "US-DC":
            expected = alone[home] if required else Decimal(0)
        else:
            expected = alone[work] + left(home, alone, work)
        claims = documents.paycheck(asked)["sourcing"][0]["taxed_by"]

        assert expected == sum(map(Decimal, found.values()))
        assert found.keys() <= {claim["state"] for claim in claims}
        assert all(claim["reason"] for claim in claims)

    @pytest.mark.parametrize(("home", "work"), PAIRS)
    def test_order_of_earnings(self, home: str, work: str) -> None:
        """It makes no difference which state's earnings are stated first."""
        here, there = earned(home, "900.00"), earned(work, "1100.00")

        assert taxes(lives(home, here, there)) == taxes(lives(home, there, here))

    @settings(max_examples=60, deadline=None)
    @given(
        st.sampled_from(TAXING),
        st.sampled_from(TAXING),
        st.integers(1, 300_000),
        st.integers(0, 300_000),
        st.integers(0, 20_000),
    )
    def test_wages_add_up(self, home: str, work: str, here: int, there: int, saved: int) -> None:
        """The wages of the state of work and those earned at home are those of one state."""
        deduction = {"kind": "section_125_health", "amount": str(Decimal(min(saved, here)) / 100)}
        parts = [earned(home, str(Decimal(here) / 100)), earned(work, str(Decimal(there) / 100))]
        whole = earned(home, str(Decimal(here + there) / 100))
        split = documents.compute({**lives(home, *parts), "deductions": [deduction]})[1]
        single = documents.compute({**lives(home, whole), "deductions": [deduction]})[1]

        assert single.tax(f"{home}/income_tax").wages >= split.tax(f"{home}/income_tax").wages
        assert single.gross_pay == split.gross_pay
        assert single.tax("US/income_tax").amount == split.tax("US/income_tax").amount


class TestCredit:
    """The state of residence reduces its tax by what the state of work withholds."""

    def test_credit(self) -> None:
        """New Jersey withholds the difference: NJ-WT, page 8."""
        alone = income_taxes(lives("US-NJ", earned("US-NJ", "4000.00")))
        found = income_taxes(lives("US-NJ", earned("US-PA", "4000.00")))

        assert "191.05" == alone["US-NJ"]  # 113.00 and 7 percent of 4,000 less 2,885
        assert {"US-PA": "122.80", "US-NJ": "68.25"} == found

    def test_no_more_than_the_tax_on_those_wages(self) -> None:
        """What New York takes above New Jersey's tax does not reduce that on other wages."""
        asked = lives("US-NJ", earned("US-NY", "9000.00"), earned("US-NJ", "1000.00"))
        paycheck = documents.compute(asked)[1]
        sheet = paycheck.worksheets["US-NJ/income_tax/less_US-NY_income_tax"]

        assert sheet["(other tax)"] > sheet["(limit)"] == sheet["(credit)"]
        assert sheet["(withholding)"] * 9 in range(sheet["(limit)"] - 9, sheet["(limit)"] + 10)

    def test_why(self) -> None:
        """The explanation names the wages, the states and the source."""
        asked = lives("US-NJ", earned("US-NY", "800.00"), earned("US-NJ", "1000.00"))
        shown = why("US-NJ/income_tax", documents.compute(asked)[1])

        assert shown.startswith("800.00 of New York: lives in New Jersey; its tax is reduced by")
        assert "1000.00 of New Jersey: lives and works in New Jersey\n" in shown
        assert "Reduction: the smaller of both" in shown

    def test_supplemental_wages(self) -> None:
        """Flat-taxed wages reduce the flat tax of the state of residence."""
        bonus = {"kind": "bonus", "amount": "1000.00", "supplemental_method": "flat"}
        asked = lives("US-CA", earned("US-NY"), {**bonus, "work": ["US-NY"]})
        found = taxes(asked)

        assert "117.00" == found["US-NY/supplemental_income_tax"]
        assert "0.00" == found["US-CA/supplemental_income_tax"]  # 10.23 percent is less

    def test_flat_in_one_state_only(self) -> None:
        """New Jersey, which has no flat rate, gives back the flat tax of New York."""
        bonus = {"kind": "bonus", "amount": "1000.00", "supplemental_method": "flat"}
        asked = lives("US-NJ", {**bonus, "work": ["US-NY"]})
        alone = taxes(lives("US-NJ", {**bonus, "work": ["US-NJ"]}))
        found = taxes(asked)

        assert "117.00" == found["US-NY/supplemental_income_tax"]
        assert Decimal(117) > Decimal(alone["US-NJ/income_tax"])
        assert "0.00" == found["US-NJ/income_tax"]


class TestExceptions:
    """Thresholds, convenience, military spouses, a move."""

    def test_days(self) -> None:
        """New York does not withhold from a nonresident up to 14 days; then for all of them."""
        days: dict[str, Any] = {"work_days": 7}
        first = lives("US-NJ", earned("US-NY", **days), earned("US-NJ", "100.00"))
        spared = documents.paycheck(first)
        before = spared["year_to_date"]
        second = documents.paycheck({**first, "year_to_date": before})
        third = documents.compute({**first, "year_to_date": second["year_to_date"]})[1]

        assert not any(tax["id"] == "US-NY/income_tax" for tax in spared["taxes"])
        assert "32000.00" == second["year_to_date"]["wages"]["US-NY/below_threshold"]
        assert {"US-NJ": 0, "US-NY": 14} == {"US-NJ": 0, **second["year_to_date"]["work_days"]}
        assert 48000 == third.tax("US-NY/income_tax").wages
        assert "US-NY/below_threshold" not in third.year_to_date.wages

    def test_wages(self) -> None:
        """Wisconsin does not withhold from a nonresident below 2,000 dollars of the year."""
        below = lives("US-MN", earned("US-WI", "1999.99"))
        at = lives("US-MN", earned("US-WI", "2000.00"))

        assert {"US-MN"} == income_taxes(below).keys()
        assert "US-WI" in income_taxes(at)

    def test_unknown_days(self) -> None:
        """Days that are not stated spare nobody."""
        assert "US-NY" in income_taxes(lives("US-NJ", earned("US-NY")))

    @pytest.mark.parametrize(
        ("home", "office", "expected"),
        [
            ("US-FL", "US-NY", {"US-NY"}),
            ("US-NJ", "US-NY", {"US-NY"}),
            ("US-NC", "US-NJ", {"US-NC"}),  # New Jersey does so in return only
            ("US-PA", "US-CT", {"US-CT"}),
            ("US-NC", "US-VA", {"US-NC"}),
        ],
    )
    def test_convenience(self, home: str, office: str, expected: set[str]) -> None:
        """Work at home by choice for an office in New York is taxed as work in New York."""
        asked = lives(home, {**earned(home, "9000.00"), "office": [office]})

        assert expected <= income_taxes(asked).keys()
        assert (office in expected) == (office in income_taxes(asked))

    def test_military_spouse(self) -> None:
        """A servicemember's spouse pays tax to the domicile alone: 50 U.S.C. 4001(c)."""
        texan = lives("US-VA", earned("US-VA"), military_spouse_domicile="US-TX")
        ohioan = lives("US-VA", earned("US-VA"), military_spouse_domicile="US-OH")

        assert {} == income_taxes(texan)
        assert income_taxes(lives("US-OH", earned("US-OH"))) == income_taxes(ohioan)

    def test_spouse_in_a_city(self) -> None:
        """Places of another state than the domicile leave the spouse's wages alone, too."""
        home = ["US-OH", "US-OH-COLUMBUS"]
        earning = {**earned("US-OH"), "work": home}
        texan = lives("US-OH", earning, residence=home, military_spouse_domicile="US-TX")
        ohioan = lives("US-OH", earning, residence=home, military_spouse_domicile="US-OH")

        assert {} == income_taxes(texan)
        assert {"US-OH", "US-OH-COLUMBUS"} == income_taxes(ohioan).keys()

    def test_military_pay(self) -> None:
        """Pay for military service is taxed by the domicile alone: 50 U.S.C. 4001(b)."""
        base = ["US-OH", "US-OH-COLUMBUS"]
        service = {"kind": "military", "amount": "3000.00", "work": base}
        texan = lives("US-TX", service)
        with_a_job = lives("US-TX", service, {**earned("US-OH", "1000.00"), "work": base})
        hoosier = lives("US-IN", {**service, "work": ["US-OH"]})

        assert {} == income_taxes(texan)
        assert {"US-OH", "US-OH-COLUMBUS"} == income_taxes(with_a_job).keys()
        assert "1000.00" == income_taxes(with_a_job, "wages")["US-OH-COLUMBUS"]
        assert income_taxes(lives("US-IN", earned("US-IN", "3000.00"))) == income_taxes(hoosier)
        assert "0.00" == taxes(texan, "wages")["US/unemployment (employer)"]
        (claim,) = documents.paycheck(hoosier)["sourcing"][0]["taxed_by"]
        reason = "pay for military service is taxed by the domicile, Indiana, alone"
        assert {"state": "US-IN", "reason": reason, "source": "50 U.S.C. 4001(b)"} == claim

    def test_military_pay_at_home(self) -> None:
        """A local tax on work is not on military pay; one on residents is."""
        philadelphia = ["US-PA", "US-PA-PHILADELPHIA"]
        service = {"kind": "military", "amount": "2000.00", "work": philadelphia}
        at_home = lives("US-PA", service, residence=philadelphia)
        pittsburgh = ["US-PA", "US-PA-PITTSBURGH"]
        elsewhere = lives("US-PA", {**service, "work": ["US-PA"]}, residence=pittsburgh)

        assert "US-PA-PHILADELPHIA" in income_taxes(at_home)
        assert "US-PA-PITTSBURGH" not in income_taxes(elsewhere)

    def test_move_inside_a_period(self) -> None:
        """Each state taxes what was earned while the employee lived and worked there."""
        before = earned("US-IL", "800.00", residence=["US-IL"])
        found = income_taxes(lives("US-CO", before, earned("US-CO", "1200.00")), "wages")

        assert {"US-IL": "800.00", "US-CO": "1200.00"} == found

    def test_share_of_tax(self) -> None:
        """Delaware takes its share of the tax on all wages: Form W-4NR."""
        on_all = Decimal(income_taxes(lives("US-DE", earned("US-DE", "8000.00")))["US-DE"])
        found = income_taxes(lives("US-NJ", earned("US-DE", "2000.00"), earned("US-NJ", "6000.00")))

        assert (on_all / 4).quantize(Decimal("0.01")) == Decimal(found["US-DE"])

    def test_mutual_threshold(self) -> None:
        """Alabama spares visitors from states that do the same, as those without a tax do."""
        visit = earned("US-AL", work_days=10)

        assert {} == income_taxes(lives("US-FL", visit))
        assert "US-AL" in income_taxes(lives("US-CA", visit))

    def test_nothing_is_required(self) -> None:
        """Arizona asks for nothing on wages earned elsewhere, even if nobody taxes them."""
        assert {} == income_taxes(lives("US-AZ", earned("US-NV")))
        agreed = lives("US-MT", earned("US-ND"), reciprocity_certificates=["US-ND"])
        assert {"US-MT"} == income_taxes(agreed).keys()

    def test_insurance_in_one_state(self) -> None:
        """Social insurance is owed in one state: of all the work, of residence, or as stated."""
        two = [earned("US-CA", "1000.00"), earned("US-PA", "500.00")]
        stated = request(employee={"residence": ["US-NJ"], "insured_in": "US-CA"}, earnings=two)
        silent = request(employee={"residence": ["US-NJ"]}, earnings=two)
        at_home = request(employee={"residence": ["US-PA"]}, earnings=two)

        assert "1500.00" == taxes(stated, "wages")["US-CA/disability_insurance"]
        assert "US-PA/unemployment" not in taxes(stated)
        assert "1500.00" == taxes(at_home, "wages")["US-PA/unemployment"]
        expected = "work in US-CA, US-PA and not in New Jersey, the state of residence"

        assert [f"employee.insured_in: {expected}: state where the employee is insured"] == faults(
            silent
        )


class TestFaults:
    """What can't be meant is refused."""

    def test_no_rules_for_the_date(self) -> None:
        """Between two states the rules of both must be in the tables."""
        asked = lives("US-OH", earned("US-WI"))
        asked["pay_date"] = "2024-12-27"
        expected = "does with wages of those who live or work elsewhere is not in the tables"

        assert [
            f"earnings[0].work: what {state} {expected} for this date"
            for state in ("Ohio", "Wisconsin")
        ] == faults(asked)

    @pytest.mark.parametrize(
        ("changes", "expected"),
        [
            ({"military_spouse_domicile": "TX"}, "military_spouse_domicile: 'TX' is not a state"),
            ({"insured_in": "US-XX"}, "insured_in: 'US-XX' is not a state"),
        ],
    )
    def test_states(self, changes: dict[str, str], expected: str) -> None:
        """A state is named by its code."""
        (found,) = faults(lives("US-NJ", earned("US-NJ"), **changes))

        assert found.startswith(f"employee.{expected}")

    def test_days(self) -> None:
        """Days are whole numbers, not below zero."""
        asked = lives("US-NJ", earned("US-NY", work_days=-1))
        asked["year_to_date"] = {"work_days": {"US-NY": -2}}

        assert [
            "year_to_date.work_days.US-NY: -2 is not a whole number of days",
            "earnings[0].work_days: -1 is not a whole number of days",
        ] == faults(asked)

    def test_preceding_pay(self) -> None:
        """Pay of before can be added only where all is earned in one place."""
        bonus = {"kind": "bonus", "amount": "10.00", "work": ["US-TX"]}
        asked = lives("US-FL", earned("US-FL"), bonus)
        asked["preceding_pay"] = {"wages": "1.00", "taxes": {"US/income_tax": "0.00"}}

        assert [
            "preceding_pay: it can only be added where all is earned in one place: leave it out"
        ] == faults(asked)
