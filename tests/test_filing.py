"""Files of fixed layout: EFW2 for Forms W-2, NACHA for direct deposit."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from asopay import Earning, Employee, Employer, InvalidRequest, PaycheckRequest, TableError
from asopay.compliance.direct_deposit import (
    Account,
    Originator,
    Payee,
    nacha,
    read_nacha,
    split,
)
from asopay.compliance.efw2 import Submission, efw2, read_efw2
from asopay.compliance.fixed_width import FixedField, RecordLayout, masked
from asopay.compliance.form_w2 import WageStatement, forms_w2
from asopay.compliance.people import Address, Business, Contact, Person
from asopay.ledger import Ledger
from support import exactly

ADDRESS = Address("1 Main Street", "Denver", "CO", "80202")
COMPANY = Business("Example Co", "12-3456789", ADDRESS, Contact("Pat Doe", "3035550100", "p@x.org"))
SUBMISSION = Submission(COMPANY, "ABCD1234")
PEOPLE = {
    "E-1": Person("Ann", "Lee", "123-45-6789", ADDRESS),
    "E-2": Person("Bo", "Ray", "234567890", ADDRESS, suffix="Jr"),
}


def statements(*wages: str) -> list[WageStatement]:
    """The statements of 2025 of employees with a paycheck each."""
    ledger = Ledger()
    for number, amount in enumerate(wages, start=1):
        worker = Employee(["US-TX"], id=f"E-{number}")
        pay = [Earning("regular", amount=amount)]
        employer = Employer(ein="12-3456789")
        ledger.pay(PaycheckRequest(date(2025, 3, 14), "biweekly", worker, pay, employer))
    return forms_w2(ledger, 2025, "12-3456789")


def faults_of(make: Any, *arguments: Any, **named: Any) -> list[str]:
    """The faults, as text, that a call is refused for."""
    with pytest.raises(InvalidRequest) as refused:
        make(*arguments, **named)
    return [str(fault) for fault in refused.value.faults]


class TestEfw2:
    """EFW2 files."""

    def test_records(self) -> None:
        """Fields stand at the positions that the publication prints."""
        lines = efw2(SUBMISSION, COMPANY, PEOPLE, statements("2000.00", "3000.00")).splitlines()
        employee = lines[2]

        assert ["RA", "RE", "RW", "RW", "RT", "RF"] == [line[:2] for line in lines]
        assert {512} == {len(line) for line in lines}
        assert "RE2025 123456789" == lines[1][:16]
        assert "EXAMPLE CO" == lines[1][39:96].strip()
        assert "NR " == lines[1][173] + lines[1][218] + lines[1][219]
        assert "RW123456789ANN" == employee[:14]
        assert "LEE" == employee[41:61].strip()
        assert "00000200000" == employee[187:198] == employee[209:220] == employee[231:242]
        assert "00000012400" == employee[220:231]
        assert "RT0000002" == lines[4][:9]
        assert "000000000500000" == lines[4][9:24]
        assert "RF     000000002" == lines[5][:16]

    def test_round_trip(self) -> None:
        """What is written is read again."""
        made = statements("2000.00", "3000.00")
        records = read_efw2(efw2(SUBMISSION, COMPANY, PEOPLE, made), 2025)
        employees = [values for code, values in records if code == "RW"]

        assert ["123456789", "234567890"] == [values["ssn"] for values in employees]
        assert [each.boxes["1"] for each in made] == [values["1"] for values in employees]
        assert 5000_00 == records[-2][1]["1"]

    def test_refused(self) -> None:
        """What the administration rejects is refused, all at once."""
        [statement] = statements("2000.00")
        wrong = evolve(
            statement, boxes={"1": 1, "3": 100, "4": 1, "5": 50, "12 S": 5, "14 US-X/y": 1}
        )
        people = {"E-1": Person(" ", "Lee", "666-45-6789", ADDRESS)}
        company = evolve(COMPANY, ein="123")

        assert [
            "submission.submitter.ein: '123' is not an EIN such as 12-3456789",
            "employer.ein: '123' is not an EIN such as 12-3456789",
            "statements[0].boxes.12 S: the layout has no field for this box",
            "statements[0].boxes.5: Medicare wages are below those of Social Security and tips",
            "people.E-1.first_name: it is required",
            "people.E-1.ssn: ***-**-6789 is not a Social Security number such as 123-45-6789",
        ] == faults_of(efw2, Submission(company, "A"), company, people, [wrong])[:6]

    def test_too_long(self) -> None:
        """A name that does not fit, or has other letters than ASCII's, is refused, not cut."""
        company = evolve(COMPANY, name="X" * 58)
        accepted = "is not at most 57 letters, digits and marks of ASCII"
        found = faults_of(efw2, SUBMISSION, company, PEOPLE, statements("2000.00"))

        assert 1 == len(found)
        assert found[0].startswith("employer.employer_name: 'XXX")
        assert found[0].endswith(accepted)
        people = {"E-1": evolve(PEOPLE["E-1"], last_name="Lée")}
        [message] = faults_of(efw2, SUBMISSION, COMPANY, people, statements("2000.00"))
        assert message.startswith("statements[0].last_name: 'Lée' is not at most 20")

    def test_taxes_without_wages(self) -> None:
        """A tax without wages is refused; so is an employee who is nobody."""
        [statement] = statements("2000.00")
        no_wages = evolve(statement, boxes={"4": 1, "6": 1})
        found = faults_of(efw2, SUBMISSION, COMPANY, {}, [no_wages])

        assert "statements[0].boxes.4: there is a tax, and no wages that it is on" == found[0]
        assert "statements[0].boxes.6: there is a tax, and no wages that it is on" == found[1]
        assert "statements[0]: 'E-1' is none of the people" in found

    def test_one_year(self) -> None:
        """A file has statements of one year."""
        [statement] = statements("2000.00")
        both = [statement, evolve(statement, year=2024)]
        message = "statements: they are of one tax year, not of 2024, 2025"

        assert [message] == faults_of(efw2, SUBMISSION, COMPANY, PEOPLE, both)
        message = "statements: they are of one tax year, not of none"
        assert [message] == faults_of(efw2, SUBMISSION, COMPANY, PEOPLE, [])

    def test_layout_not_known(self) -> None:
        """The layout of 2026, with its new boxes, is not in the tables and not guessed."""
        [statement] = statements("2000.00")
        with pytest.raises(TableError, match="efw2"):
            efw2(SUBMISSION, COMPANY, PEOPLE, [evolve(statement, year=2026)])

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda lines: lines[:-1], "the records are not RA, RE, RW for each employee, RT, RF"),
            (
                lambda lines: [*lines[:2], lines[2][:-1], *lines[3:]],
                "line 3: it has 511 characters",
            ),
            (lambda lines: ["XX" + lines[0][2:], *lines[1:]], "line 1: it starts with 'XX'"),
            (
                lambda lines: [*lines[:2], lines[2][:187] + "x" + lines[2][188:], *lines[3:]],
                "line 3.1: 'x0000200000' are not digits",
            ),
            (
                lambda lines: [*lines[:2], lines[2][:187] + "9" + lines[2][188:], *lines[3:]],
                "RT.1: it is not the sum of the employees' records",
            ),
            (
                lambda lines: [*lines[:-1], "RF     000000009" + " " * 496],
                "RF.employees: there are 1 records of employees",
            ),
        ],
    )
    def test_damaged(self, change: Any, message: str) -> None:
        """A file that was changed is refused, and says where."""
        lines = efw2(SUBMISSION, COMPANY, PEOPLE, statements("2000.00")).splitlines()
        found = faults_of(read_efw2, "\n".join(change(lines)), 2025)

        assert [fault for fault in found if message in fault]

    def test_masked(self) -> None:
        """A person's number is hidden wherever the object is shown."""
        assert "123-45" not in repr(PEOPLE["E-1"])
        assert "***-**-6789" in repr(PEOPLE["E-1"])
        assert "9876" not in repr(Account("021000021", "987654321"))
        assert "12" == masked("12")


ORIGINATOR = Originator("Example Co", "1123456789", "First Bank", "125000105")
DAY, MADE = date(2026, 3, 13), datetime(2026, 3, 11, 9, 30)
CHECKING = Account("021000021", "123456789")
SAVINGS = Account("011401533", "987654321", "savings")


def file_of(*payees: Payee) -> str:
    """A file of payees."""
    return nacha(ORIGINATOR, payees, effective=DAY, created=MADE)


class TestNacha:
    """Direct deposit."""

    def test_by_hand(self) -> None:
        """A file made by hand: two entries, controls, and four fillers."""
        text = file_of(
            Payee("EMP1", "Jane Doe", 150_000, [CHECKING]),
            Payee("EMP2", "John Roe", 249_999, [SAVINGS]),
        )

        assert [
            (
                "101 12500010511234567892603110930A094101FIRST BANK             EXAMPLE CO"
                "                     "
            ),
            (
                "5220EXAMPLE CO                          1123456789PPDPAYROLL   260313260313   1"
                "125000100000001"
            ),
            (
                "622021000021123456789        0000150000EMP1           JANE DOE                0"
                "125000100000001"
            ),
            (
                "632011401533987654321        0000249999EMP2           JOHN ROE                0"
                "125000100000002"
            ),
            "822000000200032401550000000000000000003999991123456789" + " " * 25 + "125000100000001",
            "9000001000001000000020003240155000000000000000000399999" + " " * 39,
            *["9" * 94] * 4,
        ] == text.splitlines()

    def test_round_trip(self) -> None:
        """What is written is read again, without the fillers."""
        first = evolve(CHECKING, amount="500.00")
        second = evolve(SAVINGS, percent=25)
        payee = Payee("EMP1", "Jane Doe", 120_000, [first, second, CHECKING])
        records = read_nacha(file_of(payee), DAY)
        entries = [values for code, values in records if code == "6"]

        assert [50_000, 30_000, 40_000] == [values["amount"] for values in entries]
        assert ["1", "5", "6", "6", "6", "8", "9"] == [code for code, _ in records]

    def test_prenote(self) -> None:
        """A prenote has its own code and no amount; an account that gets nothing has no entry."""
        first = evolve(CHECKING, amount="500.00")
        trial = Payee("EMP1", "Jane Doe", 0, [first, SAVINGS], prenote=True)
        little = Payee("EMP2", "John Roe", 40_000, [first, SAVINGS])
        records = read_nacha(file_of(trial, little), DAY)
        entries = [values for code, values in records if code == "6"]

        assert ["23", "33", "22"] == [values["transaction_code"] for values in entries]
        assert [0, 0, 40_000] == [values["amount"] for values in entries]

    def test_refused(self) -> None:
        """Routing numbers that don't check, accounts that don't divide, long names: all at once."""
        bad = Payee("EMP1", "J" * 23, 100, [evolve(CHECKING, routing_number="021000022")])
        undivided = Payee("EMP2", "John", 100, [CHECKING, SAVINGS])
        with_amount = Payee("EMP3", "Jo", 100, [evolve(CHECKING, amount="1.00")])
        nothing = Payee("EMP4", "Al", 100, [])
        found = faults_of(file_of, bad, undivided, with_amount, nothing)

        assert [
            (
                "payees[0].accounts[0].routing_number: '021000022' is not a routing number of nine "
                "digits that check"
            ),
            "payees[1]: accounts[0]: this one states an amount or a percent",
            "payees[2]: accounts[0]: this one takes what is left",
            "payees[3]: accounts: give at least one",
            (
                f"payees.EMP1.individual_name: {'J' * 23!r} is not at most 22 letters, digits and "
                "marks of ASCII"
            ),
        ] == found
        assert ["payees: give at least one"] == faults_of(file_of)

    def test_bank_of_nothing(self) -> None:
        """A routing number that is no number is refused, not added up."""
        payee = Payee("EMP1", "Jane", 100, [evolve(CHECKING, routing_number="x")])

        assert "payees[0].accounts[0].routing_number: 'x' is not a routing number" in "".join(
            faults_of(file_of, payee)
        )

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (lambda lines: lines[:-1], "9 lines do not fill blocks of 10"),
            (lambda _: [], "0 lines do not fill blocks of 10"),
            (
                lambda lines: [
                    *lines[:2],
                    lines[2].replace("0000000100", "0000000200"),
                    *lines[3:],
                ],
                "8.credits: it is 100; the entries come to 200",
            ),
            (lambda lines: [*lines[:3], lines[2], *lines[4:]], "there is no record 8"),
            (lambda lines: ["2" + lines[0][1:], *lines[1:]], "line 1: it starts with '20'"),
            (
                lambda lines: ["1999" + lines[0][4:], *lines[1:]],
                "line 1.priority_code: '99' stands where '01' should",
            ),
        ],
    )
    def test_damaged(self, change: Any, message: str) -> None:
        """A file that was changed is refused, and says where."""
        lines = file_of(Payee("EMP1", "Jane Doe", 100, [CHECKING])).splitlines()
        found = faults_of(read_nacha, "\n".join(change(lines)), DAY)

        assert [fault for fault in found if message in fault]


@given(
    st.integers(0, 1_000_000),
    st.lists(
        st.one_of(
            st.integers(0, 9_999).map(lambda n: {"amount": n}),
            st.integers(0, 100).map(lambda n: {"percent": n}),
        ),
        max_size=4,
    ),
)
def test_split_adds_up(net: int, shares: list[dict[str, Any]]) -> None:
    """However net pay is divided, its parts add up to it and none is below zero."""
    accounts = [Account("021000021", "1", **each) for each in shares]
    parts = split(net, [*accounts, SAVINGS])

    assert net == sum(parts)
    assert min(parts) >= 0


def test_fields_do_not_overlap() -> None:
    """A layout whose fields overlap is no layout."""
    fields = (FixedField("a", 1, 3), FixedField("b", 3, 4))
    with pytest.raises(ValueError, match=exactly("record X: b overlaps a")):
        RecordLayout("X", fields)
