"""What the employer chooses or determines, what goes by January 1, and shares of work."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay import Rulebook, TaxTables, documents
from support import faults, request, taxes

OHIO = ["US-OH", "US-OH-COLUMBUS"]
DAYTON = ["US-OH", "US-OH-DAYTON"]


def commuter(home: list[str], work: list[str], **changes: Any) -> dict[str, Any]:
    """2,000 dollars of somebody who lives at one place and works at another."""
    earning = {"kind": "regular", "amount": "2000.00", "work": work}
    employee = {"residence": home, "insured_in": home[0], **changes.pop("employee", {})}
    return request(employee=employee, earnings=[earning], **changes)


def by_courtesy(*places: str) -> dict[str, Any]:
    return {"employer": {"courtesy_withholding": list(places)}}


class TestCourtesy:
    """Withholding for the place of residence, where the law leaves it to the employer."""

    def test_a_state_that_asks_for_nothing(self) -> None:
        """Georgia asks for nothing where South Carolina withholds; by choice its rest is taken."""
        home, work = ["US-GA"], ["US-SC"]
        asked, chosen = commuter(home, work), commuter(home, work, **by_courtesy("US-GA"))
        alone = taxes(request("US-GA"))["US-GA/income_tax"]
        found = taxes(chosen)

        assert "US-GA/income_tax" not in taxes(asked)
        assert float(found["US-GA/income_tax"]) == pytest.approx(
            max(float(alone) - float(found["US-SC/income_tax"]), 0)
        )
        reasons = [by["reason"] for by in documents.paycheck(chosen)["sourcing"][0]["taxed_by"]]
        assert "lives in Georgia, whose tax the employer withholds by choice" in reasons[1]

    def test_a_state_that_never_asks(self) -> None:
        """Arizona asks for nothing, also where the state of work has no income tax."""
        home, work = ["US-AZ"], ["US-TX"]

        assert "US-AZ/income_tax" not in taxes(commuter(home, work))
        assert "US-AZ/income_tax" in taxes(commuter(home, work, **by_courtesy("US-AZ")))

    def test_a_municipality(self) -> None:
        """A municipality of Ohio credits its resident the tax of the place of work."""
        asked = taxes(commuter(DAYTON, OHIO))
        chosen = taxes(commuter(DAYTON, OHIO, **by_courtesy("US-OH-DAYTON")))

        assert "US-OH-DAYTON/income_tax" not in asked
        assert "50.00" == chosen["US-OH-COLUMBUS/income_tax"]
        assert "0.00" == chosen["US-OH-DAYTON/income_tax"]

    @pytest.mark.parametrize(
        ("terms", "expected"),
        [
            ("0.02,1,", "0.00"),  # no limit: 40 dollars, less all of 50
            ("0.03,1,", "10.00"),
            ("0.03,0.5,", "35.00"),  # half of 50
            ("0.03,1,0.01", "40.00"),  # no more than 1 percent
            ("0.03,0.5,0.02", "40.00"),  # half of 40
            ("0.03,0,", "60.00"),
        ],
    )
    def test_terms_of_the_credit(self, tmp_path: Path, terms: str, expected: str) -> None:
        """A place may credit a share of the tax, or count it up to a rate."""
        path = tmp_path / "us-oh" / "municipal_income_tax" / "2025-01-01.csv"
        path.parent.mkdir(parents=True)
        columns = "code,name,resident_rate,credit_factor,credit_limit"
        path.write_text(f"{columns}\nUS-OH-HOME,Home,{terms}\n", encoding="utf-8")
        asked = commuter(["US-OH", "US-OH-HOME"], OHIO, **by_courtesy("US-OH-HOME"))
        result = documents.paycheck(asked, Rulebook(TaxTables(tmp_path)))
        (tax,) = [t for t in result["taxes"] if t["id"] == "US-OH-HOME/income_tax"]

        assert expected == tax["amount"]

    def test_unknown_places(self) -> None:
        """A place that is not in the tables is one fault, which names it."""
        found = faults(request(**by_courtesy("US-OH-ATLANTIS", "US-XX")))

        assert [f.partition(":")[0] for f in found] == [
            "employer.courtesy_withholding[0]",
            "employer.courtesy_withholding[1]",
        ]


class TestThresholds:
    """Thresholds for nonresidents that the employer determines."""

    def test_below(self) -> None:
        """Oklahoma goes by the wages of a quarter: the employer says that they are below."""
        below = {"employee": {"below_thresholds": ["US-OK"]}}
        asked = commuter(["US-TX"], ["US-OK"])
        told = commuter(["US-TX"], ["US-OK"], **below)
        result = documents.paycheck(told)

        assert "US-OK/income_tax" in taxes(asked)
        assert "US-OK/income_tax" not in taxes(told)
        assert "2000.00" == result["year_to_date"]["wages"]["US-OK/below_threshold"]

    def test_caught_up(self) -> None:
        """Once it is passed, the wages before are taxed too."""
        before = {"year_to_date": {"wages": {"US-OK/below_threshold": "500.00"}}}
        found = taxes(commuter(["US-TX"], ["US-OK"], **before), "wages")

        assert "2500.00" == found["US-OK/income_tax"]

    @pytest.mark.parametrize(
        ("state", "expected"),
        [
            ("US-XX", "'US-XX' is not a state such as \"US-CA\""),
            ("US-NY", "New York has no threshold that the employer determines: leave it out"),
        ],
    )
    def test_faults(self, state: str, expected: str) -> None:
        """A state whose threshold the tables decide can't be declared below it."""
        below = {"employee": {"below_thresholds": [state]}}
        (found,) = faults(commuter(["US-TX"], ["US-NY"], **below))

        assert f"employee.below_thresholds[0]: {expected}" == found


class TestJanuary:
    """Indiana's county taxes go by the place on January 1."""

    LAKE, MARION = ["US-IN", "US-IN-LAKE"], ["US-IN", "US-IN-MARION"]

    def local(self, home: list[str], work: list[str], county: str) -> dict[str, str]:
        found = taxes(commuter(home, work, employee={"county_on_january_1": county}))
        return {tax: amount for tax, amount in found.items() if tax.count("-") > 1}

    def test_moved_within(self) -> None:
        """Who moved pays the county of January 1 for the whole year."""
        assert {"US-IN-LAKE/income_tax": "30.00"} == self.local(
            self.MARION, self.MARION, "US-IN-LAKE"
        )

    def test_moved_in(self) -> None:
        """Who lived and worked in another state then pays no county tax this year."""
        assert {} == self.local(self.LAKE, self.LAKE, "US-OH")

    def test_moved_out(self) -> None:
        """Wages that Indiana has nothing to do with bear no county tax."""
        assert {} == self.local(["US-OH"], ["US-OH"], "US-IN-LAKE")
        assert {"US-IN-LAKE/income_tax": "30.00"} == self.local(
            ["US-OH"], self.MARION, "US-IN-LAKE"
        )

    def test_unknown_county(self) -> None:
        """An unknown county is a fault."""
        asked = commuter(self.LAKE, self.LAKE, employee={"county_on_january_1": "US-IN-X"})

        assert faults(asked)[0].startswith("employee.county_on_january_1: US-IN-X is not in")


class TestWorkShares:
    """One earning for work in several places."""

    def divided(self, *shares: dict[str, Any], **more: Any) -> dict[str, Any]:
        earning = {"kind": "regular", "amount": "2000.01", "work_shares": list(shares), **more}
        employee = {"residence": ["US-NJ"], "insured_in": "US-NJ"}
        return request(employee=employee, earnings=[earning])

    @pytest.mark.parametrize("measure", ["days", "hours", "amount"])
    def test_same_as_several_earnings(self, measure: str) -> None:
        """Shares by days, hours or amounts divide the earning."""
        of = {"days": (1, 3), "hours": ("8.5", "25.5"), "amount": ("500.00", "1500.00")}[measure]
        shared = documents.paycheck(
            self.divided({"work": ["US-CT"], measure: of[0]}, {"work": ["US-NJ"], measure: of[1]})
        )
        apart = self.divided()
        apart["earnings"] = [
            {"kind": "regular", "amount": "500.00", "work": ["US-CT"]},
            {"kind": "regular", "amount": "1500.01", "work": ["US-NJ"]},
        ]
        if measure == "days":
            apart["earnings"][0]["work_days"], apart["earnings"][1]["work_days"] = of

        assert documents.paycheck(apart)["taxes"] == shared["taxes"]

    @given(st.lists(st.integers(0, 20), min_size=1, max_size=4).filter(any))
    def test_adds_up(self, days: list[int]) -> None:
        """The pieces add up to the earning, which stays one in the result."""
        states = ["US-NJ", "US-CT", "US-TX", "US-OH"]
        shares = [{"work": [s], "days": d} for s, d in zip(states, days, strict=False)]
        paycheck = documents.compute(self.divided(*shares))[1]

        assert 200_001 == sum(part.gross_cents for part in paycheck.sourcing)
        assert (200_001,) == paycheck.earnings_cents

    def test_days_count(self) -> None:
        """Days of work count toward the days of the year by place."""
        result = documents.paycheck(
            self.divided({"work": ["US-NY"], "days": 2}, {"work": ["US-NJ"], "days": 8})
        )

        assert {"US-NJ": 8, "US-NY": 2} == result["year_to_date"]["work_days"]

    def test_supplemental_fault_once(self) -> None:
        """A fault of the earning is reported once, not for each share."""
        shares = [{"work": ["US-NY"], "days": 2}, {"work": ["US-NJ"], "days": 8}]
        asked = self.divided(*shares, kind="bonus", amount="1200000.00")

        assert 1 == len(faults(asked))

    def test_faults(self) -> None:
        """Everything that is wrong with shares is reported."""
        (mixed,) = faults(
            self.divided({"work": ["US-NY"], "days": 2}, {"work": ["US-NJ"], "hours": "8"})
        )
        found = faults(
            self.divided(
                {"work": ["US-XX"], "days": -1},
                {"work": ["US-NJ"], "days": 0},
                work=["US-NJ"],
                work_days=3,
            )
        )

        assert "earnings[0].work_shares: each share needs days, or each hours" in mixed
        assert [f.partition(": ")[0] for f in found] == [
            "earnings[0].work",
            "earnings[0].work_days",
            "earnings[0].work_shares[0].days",
            "earnings[0].work_shares",
            "earnings[0].work_shares[0].work",
        ]
