"""What taxes of places within a state promise: who owes which, and on what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from asopay import Rulebook, TaxTables, documents
from asopay.cli import main
from asopay.explain import why
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

    def test_limit_of_the_year(self) -> None:
        """Florence in Kentucky taxes wages up to the wage base of Social Security."""
        florence = ["US-KY", "US-KY-FLORENCE"]
        before = {"wages": {"US-KY-FLORENCE/income_tax": "184000.00"}}

        assert {"US-KY-FLORENCE/income_tax": "40.00"} == local(paid(["US-KY"], florence))
        assert {"US-KY-FLORENCE/income_tax": "10.00"} == (
            local(paid(["US-KY"], florence, year_to_date=before))
        )

    def test_high_earners_around_portland(self) -> None:
        """1 percent above 200,000 dollars a year; 1.5 percent, and 3 above 400,000."""
        home = ["US-OR", "US-OR-METRO", "US-OR-MULTNOMAH"]
        high = {"amount": "20000.00"}  # 520,000 dollars a year

        assert {"US-OR-METRO/income_tax": "0.00", "US-OR-MULTNOMAH/income_tax": "0.00"} == (
            local(paid(home))
        )
        # 3,200 and 3,000 + 3,600 dollars a year, in 26 parts.
        assert {"US-OR-METRO/income_tax": "123.08", "US-OR-MULTNOMAH/income_tax": "253.85"} == (
            local(paid(home, earning=high))
        )

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


class TestPennsylvania:
    """Philadelphia's wage tax, the earned income tax of Act 32, and the local services tax."""

    PHILADELPHIA = ("US-PA", "US-PA-PHILADELPHIA")
    PITTSBURGH = ("US-PA", "US-PA-PITTSBURGH")
    SCRANTON = ("US-PA", "US-PA-SCRANTON")

    def test_residents_of_philadelphia(self) -> None:
        """The city's wage tax goes with its residents, and Act 32 leaves them out."""
        found = local(paid([*self.PHILADELPHIA], [*self.PITTSBURGH]))

        assert {
            "US-PA-PHILADELPHIA/income_tax": "74.80",
            "US-PA-PITTSBURGH/local_services": "2.00",
            "US-PA-PITTSBURGH/payroll_expense": "11.00",
        } == found

    def test_work_in_philadelphia(self) -> None:
        """Work in the city bears its wage tax, and no earned income tax of the residence."""
        found = local(paid([*self.PITTSBURGH], [*self.PHILADELPHIA]))

        assert {"US-PA-PHILADELPHIA/income_tax": "68.60"} == found

    @pytest.mark.parametrize(
        ("work", "employer", "expected"),
        [
            ("US-PA", {}, {"US-PA-PITTSBURGH/income_tax": "60.00"}),
            ("US-DE", {}, {}),
            (
                "US-DE",
                {"courtesy_withholding": ["US-PA-PITTSBURGH"]},
                {"US-PA-PITTSBURGH/income_tax": "60.00"},
            ),
        ],
    )
    def test_work_elsewhere(
        self, work: str, employer: dict[str, Any], expected: dict[str, str]
    ) -> None:
        """Where no place of work levies it, it is withheld at the rate of residents.

        Outside of Pennsylvania that is the employer's choice.
        """
        assert expected == local(paid([*self.PITTSBURGH], [work], employer=employer))

    def test_one_local_services_tax(self) -> None:
        """Of two places of work, that of most of the pay takes it; what others took counts."""
        document = paid(["US-PA"], [*self.PITTSBURGH])
        more = {"kind": "regular", "amount": "2000.01", "work": [*self.SCRANTON]}
        document["earnings"].append(more)
        tax, other = "US-PA-PITTSBURGH/local_services", "US-PA-SCRANTON/local_services"

        assert {other: "6.00"} == {k: v for k, v in local(document).items() if "services" in k}
        shown = why(other, documents.compute(document)[1])
        assert shown.startswith("2000.01 of Pennsylvania, US-PA-SCRANTON: works in Scranton\n\n")
        moved = paid(["US-PA"], [*self.PITTSBURGH])
        moved["year_to_date"] = {"taxes": {other: "51.00"}}
        assert "1.00" == local(moved)[tax]

    def test_low_income(self) -> None:
        """Who filed the certificate of exemption for low income owes nothing."""
        tax = "US-PA-PITTSBURGH/local_services"
        exempt = {"exemptions": {tax: "certificate for low income"}}
        document = paid(["US-PA"], [*self.PITTSBURGH], employee=exempt)

        assert tax not in local(document)
        assert [tax] == [each["id"] for each in documents.paycheck(document)["exempt_from"]]

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("510101", {"US-PA-PHILADELPHIA/income_tax": "74.80"}),
            (
                "700102",
                {
                    "US-PA-PITTSBURGH/income_tax": "60.00",
                    "US-PA-PITTSBURGH/local_services": "2.00",
                    "US-PA-PITTSBURGH/payroll_expense": "11.00",
                },
            ),
        ],
    )
    def test_cities_by_code(self, code: str, expected: dict[str, str]) -> None:
        """Philadelphia and Pittsburgh are known by their PSD codes, too."""
        assert expected == local(paid(["US-PA", f"US-PA-PSD-{code}"]))

    def test_unknown_code(self) -> None:
        """A PSD code that is not in the register is refused by name."""
        (found,) = faults(paid(["US-PA"], ["US-PA", "US-PA-PSD-999999"]))

        assert found.startswith("earnings[0].work: US-PA-PSD-999999 is not in the tables of local")


class TestTwentyDays:
    """Ohio's rule of 20 days: R.C. 718.011."""

    CLEVELAND = ("US-OH", "US-OH-CLEVELAND")
    COLUMBUS = ("US-OH", "US-OH-COLUMBUS")

    def visit(self, days: int, before: int = 0, **earning: Any) -> dict[str, str]:
        earning = {"work_days": days, "office": [*self.COLUMBUS], **earning}
        document = paid(["US-OH"], [*self.CLEVELAND], earning=earning)
        document["year_to_date"] = {"work_days": {"US-OH-CLEVELAND": before}}
        return local(document)

    def test_principal_place(self) -> None:
        """Up to 20 days, the principal place of work takes its tax; then the place visited."""
        assert {"US-OH-COLUMBUS/income_tax": "50.00"} == self.visit(5, 15)
        assert {"US-OH-CLEVELAND/income_tax": "50.00"} == self.visit(5, 16)

    def test_resident(self) -> None:
        """A resident is no visitor: by choice the tax is withheld from the first day."""
        document = paid([*self.CLEVELAND], [*self.CLEVELAND], earning={"work_days": 1})

        assert {"US-OH-CLEVELAND/income_tax": "50.00"} == local(document)

    def test_why(self) -> None:
        """The result says why it is the other place's tax."""
        document = paid(["US-OH"], [*self.CLEVELAND])
        document["earnings"][0] |= {"work_days": 1, "office": [*self.COLUMBUS]}
        (part,) = documents.paycheck(document)["sourcing"]

        assert {
            "US-OH-COLUMBUS/income_tax": "works from Columbus, elsewhere on no more days of the "
            "year than are free of tax there"
        } == part["places"]


class TestMove:
    """Living in a place for a part of the pay, or of the year."""

    DETROIT = ("US-MI", "US-MI-DETROIT")
    LANSING = ("US-MI", "US-MI-LANSING")

    def moved(self, **changes: Any) -> dict[str, Any]:
        """1,000 dollars earned in Detroit while living in Lansing, then 2,000 living there."""
        document = paid([*self.DETROIT], [*self.DETROIT], **changes)
        before = {**REGULAR, "amount": "1000.00", "residence": [*self.LANSING]}
        document["earnings"].append({**before, "work": [*self.DETROIT]})
        return document

    def test_within_the_pay(self) -> None:
        """Each part bears the rate of its own time; the result has one tax of the place."""
        paycheck = documents.compute(self.moved())[1]
        tax = paycheck.tax("US-MI-DETROIT/income_tax")

        assert 48_00 + 12_00 == tax.amount_cents  # 2.4 percent of 2,000, 1.2 percent of 1,000
        assert 300_000 == tax.wages_cents
        assert 2 == len(tax.worksheets)
        assert 0 == paycheck.tax("US-MI-LANSING/income_tax").amount_cents  # 10.00, less 12.00
        shown = why("US-MI-DETROIT/income_tax", paycheck)
        assert "2000.00 of Michigan, US-MI-DETROIT: lives in Detroit\n" in shown
        assert "1000.00 of Michigan, US-MI-DETROIT: works in Detroit\n" in shown

    def test_two_homes(self) -> None:
        """The higher rate of home and work is that of the home of each part: Act 32."""
        work = ["US-PA", "US-PA-PSD-390101"]  # 1.28 percent of nonresidents
        document = paid(["US-PA", "US-PA-PITTSBURGH"], work)  # 3 percent of residents
        before = {**REGULAR, "residence": ["US-PA", "US-PA-PSD-480202"], "work": work}  # 1 percent
        document["earnings"].append(before)
        stated = {**document, "overrides": {"US-PA-PSD-390101/income_tax": "1.00"}}

        assert "85.60" == local(document)["US-PA-PSD-390101/income_tax"]  # 60.00 and 25.60
        assert "1.00" == local(stated)["US-PA-PSD-390101/income_tax"]

    def test_nothing_that_differs(self) -> None:
        """A tax that is the same for residents and others is one tax, on all of it."""
        city = ["US-MO", "US-MO-KANSAS-CITY"]
        document = paid(city, city)
        document["earnings"].append({**REGULAR, "work": city, "residence": ["US-MO"]})

        assert {"US-MO-KANSAS-CITY/income_tax": "40.00"} == local(document)

    def test_only_nonresidents(self) -> None:
        """Of a tax on nonresidents alone, there is one part."""
        yonkers = ["US-NY", "US-NY-YONKERS"]
        document = paid(yonkers, yonkers)
        document["earnings"].append({**REGULAR, "work": yonkers, "residence": ["US-NJ"]})
        paycheck = documents.compute(document)[1]
        found = paycheck.tax("US-NY-YONKERS/income_tax")
        surcharge = paycheck.worksheets["US-NY-YONKERS/income_tax"]
        of_state = paycheck.tax("US-NY/income_tax").amount_cents

        assert of_state in (2 * surcharge["(state tax)"] - 1, 2 * surcharge["(state tax)"])
        assert ("US-NY-YONKERS/income_tax", "US-NY-YONKERS/income_tax/nonresidents") == (
            found.worksheets
        )

    def test_exemptions_and_overrides(self) -> None:
        """An exemption holds for both parts; an amount for both can't be stated."""
        tax = "US-MI-DETROIT/income_tax"
        exempt = self.moved(employee={"exemptions": {tax: "a ruling"}})
        stated = self.moved(overrides={tax: "1.00"})

        assert [tax] == [each["id"] for each in documents.paycheck(exempt)["exempt_from"]]
        assert {"US-MI-LANSING/income_tax": "10.00"} == local(exempt)
        assert faults(stated)[0].startswith(f"overrides.{tax}: it is none of them")

    def test_exemptions_once(self) -> None:
        """The exemptions and extra amounts of the certificate count once."""
        answers = {"city_exemptions": 1, "extra_city_withholding": "5.00"}
        found = self.moved(employee={"certificates": {"US-MI": answers}})

        # 2,000 less 23.08 at 2.4 percent and 5.00, and 1,000 at 1.2 percent.
        assert "64.45" == local(found)["US-MI-DETROIT/income_tax"]

    def test_within_the_year(self) -> None:
        """After a move the new places tax the pay, and the year to date keeps the old ones."""
        first = documents.paycheck(paid(["US-MI", "US-MI-LANSING"]))
        second = documents.paycheck(
            paid(["US-OR", "US-OR-TRIMET"], year_to_date=first["year_to_date"])
        )
        taken = second["year_to_date"]["taxes"]

        assert "20.00" == taken["US-MI-LANSING/income_tax"]
        assert not any(tax["id"].startswith("US-MI") for tax in second["taxes"])
        assert "2.00" == taken["US-OR/transit"]


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

    def test_other_codes(self, tmp_path: Path) -> None:
        """A place may have another code: the result has the code of the table."""
        rulebook = self.overlay(
            tmp_path,
            "us-oh/municipal_income_tax/2025-01-01.csv",
            "code,name,kind,also,resident_rate,nonresident_rate\n"
            "US-OH-HERE,Here,village,US-OH-1,0.01,0.01\n",
        )
        found = local(paid(["US-OH"], ["US-OH", "US-OH-1"]), rulebook)
        chosen = {"courtesy_withholding": ["US-OH-1"]}
        at_home = paid(["US-OH", "US-OH-1"], ["US-IN"], employer=chosen)

        assert {"US-OH-HERE/income_tax": "20.00"} == found == local(at_home, rulebook)
        assert "village" == rulebook.tables.places("US-OH")["US-OH-HERE"].kind

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
        asked = paid(["US-OH", "US-OH-SD-2514"], pay_date="2025-03-14")
        ended = paid(["US-OH", "US-OH-SD-1505"])
        town = paid(["US-OH"], ["US-OH", "US-OH-BOWLING-GREEN"], pay_date="2025-12-31")
        no_row = "US-OH/school_district_income_tax has no row for it on"
        no_rate = "US-OH-BOWLING-GREEN: US-OH/municipal_income_tax has no row for it on 2025-12-31"

        assert {} == local(asked) == local(ended)
        for district, document in (("2514", asked), ("1505", ended)):
            missing = f"US-OH-SD-{district}: {no_row} {document['pay_date']}"
            assert missing in documents.paycheck(document)["not_computed"]
        assert {"US-OH-SD-1505/income_tax": "10.00"} == local({**ended, "pay_date": "2025-03-14"})
        assert no_rate in documents.paycheck(town)["not_computed"]
        assert {"US-OH-BOWLING-GREEN/income_tax": "43.00"} == local(
            {**town, "pay_date": "2026-01-02"}
        )

    def test_before_the_first_table(self) -> None:
        """A place on a day before the first table of its tax is named as not computed."""
        asked = paid(["US-OH", "US-OH-COLUMBUS"], pay_date="2024-10-04")
        missing = "US-OH-COLUMBUS: US-OH/municipal_income_tax has no row for it on 2024-10-04"

        assert {} == local(asked)
        assert missing in documents.paycheck(asked)["not_computed"]


class TestCommand:
    """asopay localities."""

    def test_find(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Places are found by a part of their code or name, in any case of letters."""
        district = "School District school district"
        assert 0 == main(["localities", "us-oh", "--find", "COLUMB"])
        assert [
            "US-OH-COLUMBIANA                 Columbiana                       municipality",
            "US-OH-COLUMBUS                   Columbus                         municipality",
            "US-OH-COLUMBUS-GROVE             Columbus Grove                   municipality",
            f"US-OH-SD-1502                    Columbiana Exempted Village {district}",
            f"US-OH-SD-6901                    Columbus Grove Local {district}",
        ] == capsys.readouterr().out.splitlines()

    def test_own_folders(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Places with a folder of their own are listed too."""
        assert 0 == main(["localities", "US-NY", "--find", "y"])
        shown = capsys.readouterr().out.splitlines()

        assert "US-NY-NYC                        New York City                    city" in shown
        assert 4 == len(shown)

    def test_none(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A state without such places says so."""
        assert 0 == main(["localities", "US-TX"])
        assert "Texas: no such place is in the tables\n" == capsys.readouterr().out

    def test_no_state(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What is not a state is refused."""
        assert 2 == main(["localities", "Ohio"])
        assert "Ohio is not a state such as US-OH\n" == capsys.readouterr().err
