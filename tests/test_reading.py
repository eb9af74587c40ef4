"""What reading a document promises: each fault with its path, the value and what is accepted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from asopay import InvalidRequest, documents
from asopay.documents import errors_document, parse
from support import exactly, faults, request

FIELDS = "there is no such field: the fields are"
TOP = (
    "pay_date, pay_frequency, employee, earnings, employer, deductions, year_to_date, pay_period,"
    " periods_per_year, preceding_pay, overrides, garnishments, reimbursements"
)
EARNING = "kind, amount, hours, rate, multiplier, work, residence, office, work_days"
NUMBER = 'a number written as a string, such as "12.50"'
EXACT = 'exact: write it as a string, such as "12.50"'
REGULAR = {"kind": "regular", "amount": "2000.00"}
CALIFORNIA = {"US-CA": {"rate": "0.034", "rates": "0.034"}}
PRECEDING = {"wages": 0, "taxes": {"US/income_tax": 0, "US-TX/income_tax": 0}, "tax": 0}
BONUS = {"earnings": [{"kind": "bonus", "amount": "1000.00"}]}
MARCH = {"start": "2026-03-01", "end": "2026-03-07"}


@pytest.mark.parametrize(
    ("changes", "path", "fields"),
    [
        ({"pay_dates": 1}, "pay_dates", TOP),
        ({"employee": {"residence": ["US-TX"], "name": ""}}, "employee.name", "residence, certif"),
        ({"employer": {"name": ""}}, "employer.name", "legal_name, ein, arrangement, "),
        ({"employer": {"unemployment": CALIFORNIA}}, "employer.unemployment.US-CA.rates", "rate"),
        ({"earnings": [REGULAR, {**REGULAR, "hour": 1}]}, "earnings[1].hour", EARNING),
        ({"deductions": [{"kind": "401k", "percent": 6, "limit": 1}]}, "deductions[0].limit", ""),
        ({"year_to_date": {"wage": {}}}, "year_to_date.wage", "wages, taxes, employer_taxes, ded"),
        ({"pay_period": {**MARCH, "days": 7}}, "pay_period.days", "start, end"),
        ({"preceding_pay": PRECEDING, **BONUS}, "preceding_pay.tax", "wages, taxes"),
    ],
)
def test_unknown_field(changes: dict[str, Any], path: str, fields: str) -> None:
    """A field that is not known is a fault at every level, and the fields there are are named."""
    (found,) = faults(request(**changes))

    assert found.startswith(f"{path}: {FIELDS} {fields}")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"earnings": 5}, "earnings: 5 is not a list"),
        ({"earnings": {}}, "earnings: {} is not a list"),
        ({"earnings": None}, "earnings: None is not a list"),
        ({"earnings": ["x"]}, f"earnings[0]: 'x' is not an object with the fields {EARNING}"),
        ({"employee": []}, "employee: [] is not an object with the fields residence, certificates"),
        ({"employee": {}}, "employee.residence: this field is required"),
        ({"employee": {"residence": "US-TX"}}, "employee.residence: 'US-TX' is not a list"),
        ({"employee": {"residence": [5]}}, "employee.residence[0]: 5 is not a string"),
        ({"employee": {"residence": ["US-TX", 5]}}, "employee.residence[1]: 5 is not a string"),
        ({"employer": {"methods": []}}, "employer.methods: [] is not an object"),
        ({"employer": {"methods": {"US/x": 5}}}, "employer.methods.US/x: 5 is not a string"),
        ({"employer": {"arrangement": "pea"}}, "employer.arrangement: 'pea' is not one of aso, p"),
        ({"employer": {"arrangement": []}}, "employer.arrangement: [] is not one of aso, peo, cp"),
        ({"employer": {"employee_count": "9"}}, "employer.employee_count: '9' is not a whole num"),
        ({"employer": {"employee_count": True}}, "employer.employee_count: True is not a whole n"),
        ({"pay_frequency": 26}, "pay_frequency: 26 is not a string"),
        ({"periods_per_year": 26.0}, "periods_per_year: 26.0 is not a whole number"),
        ({"overrides": {"US/income_tax": True}}, f"overrides.US/income_tax: True is not {NUMBER}"),
        ({"overrides": {"US/income_tax": None}}, f"overrides.US/income_tax: None is not {NUMBER}"),
        ({"year_to_date": {"wages": {"US/medicare": 0.1}}}, "year_to_date.wages.US/medicare: 0.1 "),
        ({"pay_period": {"start": "2026-03-01"}}, "pay_period.end: this field is required"),
    ],
)
def test_wrong_type(changes: dict[str, Any], expected: str) -> None:
    """A value of a wrong type is one fault at its own path; nothing else is made of it."""
    (found,) = faults(request(**changes))

    assert expected == found[: len(expected)]


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "2026-3-13", "20260313", "2026-W11-5", "13.03.2026", "2026-03-13T00:00", ""],
)
@pytest.mark.parametrize("field", ["pay_date", "birth_date"])
def test_dates(field: str, text: str) -> None:
    """A date is a day that exists, written as year, month and day with hyphens."""
    asked = request()
    (asked["employee"] if field == "birth_date" else asked)[field] = text
    path = "employee.birth_date" if field == "birth_date" else field

    assert [f"{path}: {text!r} is not a date such as 2026-03-13"] == faults(asked)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2000.5", f"2000.5 is not {EXACT}"),
        ("2e3", f"2000.0 is not {EXACT}"),
        ("NaN", f"nan is not {EXACT}"),
        ("Infinity", f"inf is not {EXACT}"),
        ("true", f"True is not {NUMBER}"),
        ("[2000]", f"[2000] is not {NUMBER}"),
        ('{"dollars": 2000}', f"{{'dollars': 2000}} is not {NUMBER}"),
    ],
)
@pytest.mark.parametrize("field", ["amount", "hours", "rate", "multiplier"])
def test_numbers(field: str, written: str, expected: str) -> None:
    """Money, hours and rates are strings or whole numbers: floats and booleans are refused."""
    earning = {"kind": "regular", "hours": "40", "rate": "50.00", field: "X"}
    document = parse(json.dumps(request(earnings=[earning])).replace('"X"', written))

    assert f"earnings[0].{field}: {expected}" in faults(document)


def test_null_is_left_out() -> None:
    """A field that may be left out may be null."""
    earning = {**REGULAR, "hours": None, "rate": None, "supplemental_method": None}
    asked = request(pay_period=None, periods_per_year=None, preceding_pay=None, earnings=[earning])

    assert documents.paycheck(request()) == documents.paycheck(asked)


@pytest.mark.parametrize("document", [None, True, 5, "x", [], [request()]])
def test_not_an_object(document: Any) -> None:
    """A document that is not an object is one fault of its own, without a path."""
    (found,) = faults(document)
    shown = repr(document) if document != [request()] else repr(document)[:57] + "..."

    assert f"{shown} is not an object with the fields {TOP}" == found


def test_missing_fields() -> None:
    """Every required field that is missing is named."""
    required = ["pay_date", "pay_frequency", "employee", "earnings"]

    assert [f"{field}: this field is required" for field in required] == faults({})


def test_faults_of_reading_and_of_meaning_together() -> None:
    """What is misspelt does not hide what is wrong elsewhere, not even under a similar name."""
    asked = request(
        pay=1,
        pay_frequency="fortnightly",
        earnings=[{"kind": "regular", "amount": "1.005", "amounts": 3}],
    )
    found = {fault.partition(":")[0] for fault in faults(asked)}

    assert {"pay", "pay_frequency", "earnings[0].amount", "earnings[0].amounts"} == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "this is not a JSON document: Expecting property name enclosed in double quotes"),
        ("", "this is not a JSON document: Expecting value: line 1 column 1 (char 0)"),
        (b"\xff", "this is not a JSON document: 'utf-8' codec can't decode byte 0xff"),
        ("[" * 100_000, "this is not a JSON document: "),
        ("9" * 5_000, "this is not a JSON document: Exceeds the limit"),
        (
            '{"employee": {"residence": [], "id": "1", "id": "2"}}',
            "this is not a JSON document: the field 'id' is given twice in one object",
        ),
    ],
)
def test_not_json(text: str | bytes, expected: str) -> None:
    """A text that is not JSON, or names a field twice, is refused with the reason."""
    with pytest.raises(InvalidRequest) as refused:
        parse(text)
    (fault,) = refused.value.faults

    assert ("", expected) == (fault.path, fault.message[: len(expected)])


def test_errors_document() -> None:
    """The faults of a request as a document: a path and a message each, and no figures."""
    with pytest.raises(InvalidRequest) as refused:
        documents.paycheck(request(pay_frequency="x", periods_per_year=0, overrides={"US/x": 1}))
    document = errors_document(refused.value)

    assert ["errors"] == list(document)
    assert ["pay_frequency", "overrides.US/x"] == [fault["path"] for fault in document["errors"]]
    assert str(refused.value) == "\n".join(
        f"{fault['path']}: {fault['message']}" for fault in document["errors"]
    )


def test_a_fault_is_reported_once() -> None:
    """Equal faults are one; the exception's text is one fault a line."""
    with pytest.raises(InvalidRequest, match=exactly("pay_dates: " + f"{FIELDS} {TOP}")) as refused:
        documents.paycheck(request(pay_dates=1))

    assert 1 == len(refused.value.faults)
    assert 1 == len(InvalidRequest(refused.value.faults * 2).faults)
