"""What the JSON Schema promises: it takes what asopay takes, and refuses what it refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from asopay import InvalidRequest, PaycheckRequest, Rulebook, TaxTables, documents
from asopay.jurisdictions import STATES
from asopay.schema import paycheck_schema
from support import request

SCHEMA = paycheck_schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
EXAMPLE = Path(__file__).parents[1] / "examples" / "california_biweekly.json"
REGULAR = {"kind": "regular", "amount": "2000.00"}


def earning(**fields: Any) -> dict[str, Any]:
    return request(earnings=[{"kind": "regular", **fields}])


def is_accepted(document: Any) -> bool:
    """Whether asopay computes the document."""
    try:
        documents.paycheck(document)
    except InvalidRequest:
        return False
    return True


def test_is_a_schema() -> None:
    """The schema is one of JSON Schema 2020-12, and JSON."""
    Draft202012Validator.check_schema(SCHEMA)

    assert "https://json-schema.org/draft/2020-12/schema" == SCHEMA["$schema"]
    assert SCHEMA == json.loads(json.dumps(SCHEMA))


def test_describes_every_class() -> None:
    """Every class has its description, its fields, and no others."""
    for name, definition in SCHEMA["$defs"].items():
        assert definition["description"].endswith("."), name
        assert definition["additionalProperties"] is False
        assert set(definition["required"]) <= definition["properties"].keys()
    members = {attribute.name for attribute in PaycheckRequest.__attrs_attrs__}
    assert members == SCHEMA["$defs"]["PaycheckRequest"]["properties"].keys()


def test_accepts_the_example() -> None:
    """The example of the repository fits the schema."""
    assert [] == list(VALIDATOR.iter_errors(json.loads(EXAMPLE.read_text(encoding="utf-8"))))


@pytest.mark.parametrize(
    "document",
    [
        request(),
        request(pay_period={"start": "2026-02-22", "end": "2026-03-07"}, periods_per_year=26),
        request(pay_period=None, periods_per_year=None, preceding_pay=None),
        request(employer={"arrangement": "cpeo", "employee_count": None}),
        request(employee={"residence": ["US-TX"], "certificates": {"US": {"exempt": False}}}),
        earning(hours=80, rate="30.00", multiplier="1.5", amount=None),
        earning(amount=0, work=["US-TX"]),
        request(overrides={"US/income_tax": "38.46"}),
        request(year_to_date={"wages": {"US/medicare": 100}, "deductions": {"401k": "9.50"}}),
    ],
)
def test_accepts(document: dict[str, Any]) -> None:
    """What asopay computes fits the schema."""
    assert is_accepted(document)
    assert [] == list(VALIDATOR.iter_errors(document))


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (request(pay_dates="2026-03-13"), []),
        ({key: value for key, value in request().items() if key != "pay_date"}, []),
        (request(employee={"residence": ["US-TX"], "certificate": {}}), ["employee"]),
        (request(employee={"residence": "US-TX"}), ["employee", "residence"]),
        (request(employee={"residence": [5]}), ["employee", "residence", 0]),
        (request(employer={"arrangement": "pea"}), ["employer", "arrangement"]),
        (request(employer={"employee_count": "9"}), ["employer", "employee_count"]),
        (request(pay_date="13.03.2026"), ["pay_date"]),
        (request(pay_date="2026-02-30"), ["pay_date"]),
        (earning(amounts="5.00"), ["earnings", 0]),
        (earning(amount="-5.00"), ["earnings", 0, "amount"]),
        (earning(amount=-5), ["earnings", 0, "amount"]),
        (earning(amount=5.5), ["earnings", 0, "amount"]),
        (earning(amount=True), ["earnings", 0, "amount"]),
        (earning(amount="1,000.00"), ["earnings", 0, "amount"]),
        (earning(hours="1e2", rate="30.00"), ["earnings", 0, "hours"]),
        (earning(hours="1_0", rate="30.00"), ["earnings", 0, "hours"]),
        (earning(hours=" 10", rate="30.00"), ["earnings", 0, "hours"]),
        (earning(hours="+10", rate="30.00"), ["earnings", 0, "hours"]),
        (earning(hours="10", rate="30.", multiplier="1"), ["earnings", 0, "rate"]),
        (request(overrides={"US/income_tax": None}), ["overrides", "US/income_tax"]),
        (request(deductions=[{"kind": "401k", "employer_amount": None}]), ["deductions", 0]),
    ],
)
def test_refuses(document: dict[str, Any], path: list[str | int]) -> None:
    """What does not fit the schema is refused there, and by asopay."""
    error, *_ = VALIDATOR.iter_errors(document)

    assert path == list(error.absolute_path)[: len(path)]
    assert not is_accepted(document)


@pytest.mark.parametrize("state", list(STATES))
def test_results_fit(state: str) -> None:
    """The year to date of a result fits into the next request."""
    rulebook = Rulebook(TaxTables())
    year_to_date = documents.paycheck(request(state), rulebook)["year_to_date"]

    assert [] == list(VALIDATOR.iter_errors(request(state, year_to_date=year_to_date)))
