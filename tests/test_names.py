"""What naming things in a request promises: places, taxes, kinds, methods and accounts."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from asopay import Rulebook, TaxTables, documents
from asopay.errors import one_of
from asopay.rulebook import standard_rulebook
from asopay.tables import Days, folders, shipped_folder
from support import faults, request, taxes

REGULAR = {"kind": "regular", "amount": "2000.00"}
BONUS = {"kind": "bonus", "amount": "1000.00"}
NO_PLACE = (
    "is not in the tables of local taxes: `asopay localities US-CA` lists the places that are,"
    " and a folder of your own can add it"
)
NO_STATE = 'is not a state: write its ISO 3166-2 code, such as "US-CA", first'


def resident(*places: str, **changes: Any) -> dict[str, Any]:
    return request(employee={"residence": list(places), **changes})


class TestPlaces:
    """Residence and work."""

    @pytest.mark.parametrize(
        ("places", "expected"),
        [
            ([], f"an empty list {NO_STATE}"),
            (["US"], f"'US' {NO_STATE}"),
            (["CA"], f"'CA' {NO_STATE}"),
            (["US-CA-LA", "US-CA"], f"'US-CA-LA' {NO_STATE}"),
            (["US-CA", "US-TX-DALLAS"], "'US-TX-DALLAS' does not lie in US-CA"),
            (
                ["US-CA", "US-CA-LA"],
                f"US-CA-LA {NO_PLACE}",
            ),
        ],
    )
    def test_residence(self, places: list[str], expected: str) -> None:
        """A place is a state, and what lies in it and is in the tables."""
        assert [f"employee.residence: {expected}"] == faults(resident(*places))

    def test_state_that_is_not_covered(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A state without tables is refused by its name."""
        shutil.copytree(Path(shipped_folder()) / "us", tmp_path / "us")
        monkeypatch.setattr(folders, "shipped_folder", lambda: str(tmp_path))
        rulebook = Rulebook(TaxTables())
        expected = "Texas (US-TX) is not covered yet: its income tax is missing"

        assert [f"employee.residence: {expected}"] == faults(resident("US-TX"), rulebook)

    def test_work_at_home(self) -> None:
        """Work at the residence may be stated or left out."""
        assert documents.paycheck(request()) == documents.paycheck(
            request(earnings=[{**REGULAR, "work": ["US-TX"]}])
        )

    def test_work_nowhere(self) -> None:
        """A place of work is checked as the residence is, and named by its own path."""
        earnings = [{**REGULAR, "work": ["US-XX"]}]

        assert [f"earnings[0].work: 'US-XX' {NO_STATE}"] == faults(request(earnings=earnings))


class TestNames:
    """Tax ids and kinds that are not known."""

    @pytest.mark.parametrize(
        ("tax", "expected"),
        [
            ("income_tax", """'income_tax' is not a tax id such as "US/social_security\""""),
            ("US", """'US' is not a tax id such as "US/social_security\""""),
            ("US/", """'US/' is not a tax id such as "US/social_security\""""),
            (
                "US-XX/income_tax",
                "'US-XX/income_tax' is not a tax id such as \"US/social_security\"",
            ),
            (
                "US/fica",
                "United States has no such tax here: there is income_tax, supplemental_inc",
            ),
            ("US-PA/tax", "Pennsylvania has no such tax here: there is income_tax"),
        ],
    )
    @pytest.mark.parametrize(
        "path",
        [
            "year_to_date.wages",
            "year_to_date.taxes",
            "year_to_date.employer_taxes",
            "preceding_pay.taxes",
            "employer.methods",
        ],
    )
    def test_tax_id(self, path: str, tax: str, expected: str) -> None:
        """Wherever taxes are named, an id that can't be one is refused."""
        part, _, field = path.partition(".")
        named = {tax: "standard" if field == "methods" else "1.00"}
        required = {"US/income_tax": "0.00", "US-TX/income_tax": "0.00"}
        before = {"wages": "1.00", "taxes": {**required, **named}}
        given = before if part == "preceding_pay" else {field: named}
        changes: dict[str, Any] = {part: given}
        (found,) = faults(request(earnings=[BONUS], **changes))

        assert found.startswith(f"{path}.{tax}: {expected}")

    @pytest.mark.parametrize(
        "tax", ["US-NY/income_tax", "US-NY-NYC/income_tax", "US-PA/income_tax"]
    )
    def test_taxes_of_other_places(self, tax: str) -> None:
        """What was paid under the law of another state, covered or not, is no fault."""
        result = documents.paycheck(request(year_to_date={"wages": {tax: "5.00"}}))

        assert "5.00" == result["year_to_date"]["wages"][tax]

    def test_deductions_to_date(self) -> None:
        """A kind of deduction that is not known is refused in the year to date too."""
        (found,) = faults(request(year_to_date={"deductions": {"401(k)": "1.00"}}))
        kinds = standard_rulebook().in_force([], Days.on(date(2026, 3, 13))).kinds.deductions
        expected = f"there is no such deduction: there is {one_of(kinds)}"

        assert f"year_to_date.deductions.401(k): {expected}" == found

    def test_method(self) -> None:
        """A method that the publication does not have is refused with those it has."""
        expected = "'exact' is not known: the methods of US/income_tax are cents, whole_dollars"

        assert [f"employer.methods.US/income_tax: {expected}"] == faults(
            request(employer={"methods": {"US/income_tax": "exact"}})
        )


class TestUnemployment:
    """The employer's accounts with the states."""

    @pytest.mark.parametrize(
        ("place", "rate", "expected"),
        [
            ("US-CA", "1.01", ".rate: 1.01 is not a rate from 0 to 1, such as 0.034"),
            ("US-CA", "-0.01", ".rate: -0.01 is not a rate from 0 to 1, such as 0.034"),
            ("US-CA", "3,4", ".rate: '3,4' is not a rate of at most eight decimals, such as 0.062"),
            ("CA", "0.034", ': that is not a state such as "US-CA"'),
        ],
    )
    def test_account(self, place: str, rate: str, expected: str) -> None:
        """An account is one with a state, at a rate from 0 to 1, wherever the work is done."""
        found = faults(request(employer={"unemployment": {place: {"rate": rate}}}))

        assert [f"employer.unemployment.{place}{expected}"] == found

    @pytest.mark.parametrize(
        ("rate", "expected"), [("0", "0.00"), ("0.034", "68.00"), ("1", "2000.00")]
    )
    def test_rate(self, rate: str, expected: str) -> None:
        """The employer's rate is the rate of its contribution."""
        asked = request("US-CA", employer={"unemployment": {"US-CA": {"rate": rate}}})

        assert expected == taxes(asked)["US-CA/unemployment (employer)"]

    def test_other_state(self) -> None:
        """An account in another state changes nothing."""
        employer = {"unemployment": {"US-CA": {"rate": "0.034"}}}

        assert taxes(request()) == taxes(request(employer=employer))

    def test_no_rate(self) -> None:
        """Without the employer's rate, the contribution is named as not computed."""
        asked = request("US-CA")
        rated = {**asked, "employer": {"unemployment": {"US-CA": {"rate": "0.034"}}}}
        missing = (
            "US-CA/unemployment: the employer's rate is not given: it stands on the rate notice"
            " of the agency, for employer.unemployment.US-CA.rate"
        )

        assert missing in documents.paycheck(asked)["not_computed"]
        assert missing not in documents.paycheck(rated)["not_computed"]
