"""What taxes of places within a state promise: who owes which, and on what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from asopay import Rulebook, TaxTables, documents
from asopay.cli import main
from asopay.tables import registers
from support import faults, request, taxes

REGULAR = {"kind": "regular", "amount": "2000.00"}


def paid(home: list[str], work: list[str] | None = None, **changes: Any) -> dict[str, Any]:
    """A request of somebody who lives at one place and works at another, or at home."""
    earning = {**REGULAR, **({"work": work} if work else {}), **changes.pop("earning", {})}
    employee = {"residence": home, "insured_in": home[0], **changes.pop("employee", {})}
    return request(employee=employee, earnings=[earning], **changes)


def local(document: dict[str, Any], rulebook: Rulebook | None = None) -> dict[str, str]:
    """The local taxes of the paycheck by id."""
    result = documents.paycheck(document, rulebook)
    return {tax["id"]: tax["amount"] for tax in result["taxes"] if tax["id"].count("-") > 1}


class TestWhoOwes:
    """Residents, those who only work there, and both."""

    def test_new_york_city(self) -> None:
        """The city taxes its residents wherever they work, and nobody else: NYS-50-T-NYC."""
        at_home, city = ["US-NY"], ["US-NY", "US-NY-NYC"]

        assert {"US-NY-NYC/income_tax"} == local(paid(city, ["US-NJ"])).keys()
        assert {} == local(paid(at_home, city))

    def test_yonkers(self) -> None:
        """Residents pay the surcharge, others the earnings tax, nobody both: NYS-50-T-Y."""
        yonkers = ["US-NY", "US-NY-YONKERS"]
        state = taxes(paid(yonkers))["US-NY/income_tax"]

        assert "86.28" == state
        assert {"US-NY-YONKERS/income_tax": "14.45"} == local(paid(yonkers))  # 16.75 percent
        assert {"US-NY-YONKERS/income_tax": "10.00"} == local(paid(["US-NY"], yonkers))

    def test_exempt_from_the_state(self) -> None:
        """Who is exempt from the state's tax pays no surcharge on it."""
        exempt = {"certificates": {"US-NY": {"exempt": True}}}

        assert {"US-NY-YONKERS/income_tax": "0.00"} == local(
            paid(["US-NY", "US-NY-YONKERS"], employee=exempt)
        )

    def test_boxes_of_the_place(self) -> None:
        """Line 2 and line 4 of Form IT-2104 are the city's, line 1 and line 3 the state's."""
        city = ["US-NY", "US-NY-NYC"]
        answers = {"nyc_allowances": 2, "extra_nyc_withholding": "5.00"}
        plain = taxes(paid(city))
        told = taxes(paid(city, employee={"certificates": {"US-NY": answers}}))

        assert plain["US-NY/income_tax"] == told["US-NY/income_tax"]
        assert "65.22" == plain["US-NY-NYC/income_tax"]
        # 2,000 less 192.30 and 77: 768.70 above 962 at 4.15 percent, 30.12, and 5.00 on top.
        assert "67.02" == told["US-NY-NYC/income_tax"]

    @pytest.mark.parametrize(
        ("home", "work", "expected"),
        [
            (["US-IN", "US-IN-MARION"], ["US-IN", "US-IN-LAKE"], {"US-IN-MARION": "40.40"}),
            (["US-OH"], ["US-IN", "US-IN-LAKE"], {"US-IN-LAKE": "30.00"}),
            (["US-IN", "US-IN-LAKE"], ["US-IL"], {"US-IN-LAKE": "30.00"}),
        ],
    )
    def test_indiana(self, home: list[str], work: list[str], expected: dict[str, str]) -> None:
        """The county of residence, else that of work: Departmental Notice #1."""
        found = local(paid(home, work))

        assert {f"{place}/income_tax": amount for place, amount in expected.items()} == found

    def test_reciprocity_leaves_the_county(self) -> None:
        """A resident of a reciprocal state owes the county of work its tax all the same."""
        employee = {"reciprocity_certificates": ["US-IN"]}
        found = taxes(paid(["US-OH"], ["US-IN", "US-IN-LAKE"], employee=employee))

        assert "30.00" == found["US-IN-LAKE/income_tax"]
        assert "US-IN/income_tax" not in found

    def test_bonus_in_a_county(self) -> None:
        """A bonus taxed apart bears the county's rate without exemptions."""
        bonus = {"kind": "bonus", "amount": "1000.00", "supplemental_method": "flat"}
        document = paid(["US-IN", "US-IN-LAKE"])
        document["earnings"].append(bonus)

        assert "15.00" == local(document)["US-IN-LAKE/supplemental_income_tax"]

    def test_two_cities_of_michigan(self) -> None:
        """The home city's tax is reduced by what the other city withholds."""
        found = local(paid(["US-MI", "US-MI-LANSING"], ["US-MI", "US-MI-DETROIT"]))

        assert {"US-MI-DETROIT/income_tax": "24.00", "US-MI-LANSING/income_tax": "0.00"} == found

    def test_city_exemptions(self) -> None:
        """A city of Michigan has exemptions of its own, of 600 dollars a year in Detroit."""
        answers = {"certificates": {"US-MI": {"city_exemptions": 1}}}
        found = local(paid(["US-MI", "US-MI-DETROIT"], employee=answers))

        assert {"US-MI-DETROIT/income_tax": "47.45"} == found  # 2.4 percent of 1,976.92

    @pytest.mark.parametrize(("district", "expected"), [("0303", "24.06"), ("0302", "25.00")])
    def test_school_districts(self, district: str, expected: str) -> None:
        """A district taxes its residents, on the state's base or on earned income."""
        answers = {"certificates": {"US-OH": {"exemptions": 3}}}
        place = f"US-OH-SD-{district}"
        document = paid(["US-OH", place], employee=answers, pay_date="2026-09-04")

        assert {f"{place}/income_tax": expected} == local(document)
        assert {} == local(paid(["US-OH"], ["US-OH", place]))

    def test_municipalities_of_ohio(self) -> None:
        """The place of work taxes Medicare wages; a known visitor of up to 20 days is spared."""
        columbus = ["US-OH", "US-OH-COLUMBUS"]
        deferral = [{"kind": "401k", "amount": "100.00"}]
        visit = {"work_days": 10}
        before = {"work_days": {"US-OH-COLUMBUS": 11}}

        assert {"US-OH-COLUMBUS/income_tax": "50.00"} == (
            local(paid(["US-OH"], columbus, deductions=deferral))
        )
        assert {} == local(paid(["US-OH"], columbus, earning=visit))
        assert {"US-OH-COLUMBUS/income_tax": "50.00"} == (
            local(paid(["US-OH"], columbus, earning=visit, year_to_date=before))
        )
        assert {} == local(paid(columbus, ["US-OH"]))

    def test_philadelphia(self) -> None:
        """The rate goes by the pay date and by residence, on all pay."""
        city = ["US-PA", "US-PA-PHILADELPHIA"]
        deferral = [{"kind": "401k", "amount": "100.00"}]

        assert {"US-PA-PHILADELPHIA/income_tax": "74.80"} == (
            local(paid(city, pay_date="2026-06-30", deductions=deferral))
        )
        assert {"US-PA-PHILADELPHIA/income_tax": "74.70"} == local(
            paid(city, pay_date="2026-07-01")
        )
        assert {"US-PA-PHILADELPHIA/income_tax": "68.50"} == (
            local(paid(["US-NJ"], city, pay_date="2026-07-01"))
        )

    def test_local_services_tax(self) -> None:
        """52 dollars a year in equal parts, and no more than that."""
        pittsburgh = ["US-PA", "US-PA-PITTSBURGH"]
        tax = "US-PA-PITTSBURGH/local_services"

        assert "2.00" == local(paid(["US-PA"], pittsburgh))[tax]
        monthly = paid(["US-PA"], pittsburgh, pay_frequency="monthly")
        assert "4.33" == local(monthly)[tax]
        monthly["year_to_date"] = {"taxes": {tax: "49.00"}}
        assert "3.00" == local(monthly)[tax]

    def test_transit(self) -> None:
        """Oregon's transit tax is on residents anywhere and on work there; districts tax pay."""
        found = taxes(paid(["US-OR"], ["US-WA"]))
        trimet = taxes(paid(["US-WA"], ["US-OR", "US-OR-TRIMET"]))

        assert "2.00" == found["US-OR/transit"] == trimet["US-OR/transit"]
        assert "16.47" == trimet["US-OR-TRIMET/transit (employer)"]

    def test_county_of_maryland(self) -> None:
        """The residence fills in the county of the certificate, and must not contradict it."""
        home = ["US-MD", "US-MD-ANNE-ARUNDEL"]
        named = {"certificates": {"US-MD": {"county": "anne_arundel"}}}
        other = {"certificates": {"US-MD": {"county": "howard"}}}

        assert taxes(paid(["US-MD"], employee=named)) == taxes(paid(home))
        assert "140.57" == taxes(paid(["US-MD"]))["US-MD/income_tax"]  # 8.05 percent of 1,746.16
        (found,) = faults(paid(home, employee=other))
        expected = "'howard' is not the residence, US-MD-ANNE-ARUNDEL"

        assert f"employee.certificates.US-MD.county: {expected}" == found

    def test_nonresident_of_maryland(self) -> None:
        """Who lives in another state bears the special nonresident rate, of 2.25 percent."""
        found = taxes(paid(["US-DE"], ["US-MD"]))

        # 2,000 less 130.76 and one exemption of 123.08, at 7 percent.
        assert "122.23" == found["US-MD/income_tax"]


class TestRegisters:
    """Registers of the shipped tables and of a folder of one's own."""

    def overlay(self, folder: Path, table: str, text: str) -> Rulebook:
        path = folder / table
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return Rulebook(TaxTables(folder))

    @pytest.mark.parametrize(
        ("home", "work", "expected"),
        [
            ("0.01", "0.0128", "25.60"),  # examples of the Department, DCED
            ("0.016", "0.013", "32.00"),
        ],
    )
    def test_own_places(self, tmp_path: Path, home: str, work: str, expected: str) -> None:
        """A row of one's own adds a place; the higher of both rates is withheld: Act 32."""
        rows = f"US-PA-PSD-1,Home,{home},0\nUS-PA-PSD-2,Work,0,{work}\n"
        rulebook = self.overlay(
            tmp_path,
            "us-pa/earned_income_tax/2025-01-01.csv",
            f"code,name,resident_rate,nonresident_rate\n{rows}",
        )
        document = paid(["US-PA", "US-PA-PSD-1"], ["US-PA", "US-PA-PSD-2"])

        assert {"US-PA-PSD-2/income_tax": expected} == local(document, rulebook)
        pittsburgh = local(paid(["US-PA", "US-PA-PITTSBURGH"]), rulebook)
        assert "60.00" == pittsburgh["US-PA-PITTSBURGH/income_tax"]

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("code,name,amount\n,Nowhere,5\n", "a row needs a code, a name and its columns"),
            ("code,name,amount\nUS-PA-X,,5\n", "US-PA-X needs a code, a name and its columns"),
            ("code,name,amount\nUS-PA-X,X,5,6\n", "US-PA-X needs a code, a name and its columns"),
            ("code,name,amount\nUS-PA-X,X,five\n", "(US-PA-X): figures: 'five' is not an amount"),
        ],
    )
    def test_wrong_rows(self, tmp_path: Path, text: str, expected: str) -> None:
        """A row that is not complete, or not of numbers, is an error that names it."""
        rulebook = self.overlay(tmp_path, "us-pa/local_services_tax/2025-01-01.csv", text)

        assert any(expected in message for message in rulebook.check())

    def test_nothing_is_read_without_places(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """For an employee without localities no register is read."""

        def refuse(_: Any) -> None:
            raise AssertionError

        monkeypatch.setattr(registers, "read_register", refuse)

        assert taxes(paid(["US-IN"]))["US-IN/income_tax"]
        with pytest.raises(AssertionError):
            documents.paycheck(paid(["US-IN", "US-IN-LAKE"]), Rulebook(TaxTables()))

    def test_outside_of_the_dates(self) -> None:
        """A place that no table covers on the day is known, and named as not computed."""
        asked = paid(["US-OH", "US-OH-SD-0303"], pay_date="2025-03-14")
        town = paid(["US-OH"], ["US-OH", "US-OH-BOWLING-GREEN"], pay_date="2025-12-31")
        missing = "US-OH-SD-0303: US-OH/school_district_income_tax has no row for it on 2025-03-14"
        no_rate = "US-OH-BOWLING-GREEN: US-OH/municipal_income_tax has no row for it on 2025-12-31"

        assert "US-OH-SD-0303" in TaxTables().places("US-OH")
        assert {} == local(asked)
        assert missing in documents.paycheck(asked)["not_computed"]
        assert no_rate in documents.paycheck(town)["not_computed"]
        assert {"US-OH-BOWLING-GREEN/income_tax": "43.00"} == local(
            {**town, "pay_date": "2026-01-02"}
        )


class TestCommand:
    """asopay localities."""

    def test_find(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Places are found by a part of their code or name, in any case of letters."""
        assert 0 == main(["localities", "us-oh", "--find", "COLUMB"])
        assert [
            "US-OH-COLUMBIANA                 Columbiana",
            "US-OH-COLUMBUS                   Columbus",
            "US-OH-COLUMBUS-GROVE             Columbus Grove",
            "US-OH-SD-1502                    Columbiana Exempted Village School District",
            "US-OH-SD-6901                    Columbus Grove Local School District",
        ] == capsys.readouterr().out.splitlines()

    def test_own_folders(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Places with a folder of their own are listed too."""
        assert 0 == main(["localities", "US-NY"])
        zones = ["US-NY-MCTMT-Z1", "US-NY-MCTMT-Z2"]

        assert [*zones, "US-NY-NYC", "US-NY-YONKERS"] == capsys.readouterr().out.split()

    def test_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A state without such places says so."""
        assert 0 == main(["localities", "US-TX"])
        assert "Texas: no such place is in the tables\n" == capsys.readouterr().out

    def test_no_state(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What is not a state is refused."""
        assert 2 == main(["localities", "Ohio"])
        assert "Ohio is not a state such as US-OH\n" == capsys.readouterr().err
