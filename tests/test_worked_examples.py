"""Every worked example of a publication, and each result of others, comes out to the cent.

The examples stand in ``worked_examples/<jurisdiction>/<subject>.toml``; each cites its document and
says where it was read. They were computed without asopay and are never edited to pass. Where the
print is wrong, `printed` holds it, `expected` the right amount and `defect` the reason. An own
computation is the last resort: it follows the steps of a source, and its `note` has them.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from asopay import documents
from asopay.errors import one_of

FOLDER = Path(__file__).parent / "worked_examples"
KINDS = {
    "official example",
    "official statement",
    "official table row",
    "test of the agency's own code",
    "computed by others",
    "another payroll engine",
    "own computation",
}
KEYS = {
    *("id", "kind", "document", "read_in", "note", "defect", "printed"),
    *("pay_date", "period_start", "period_end", "frequency", "wages", "tax", "payer", "expected"),
    *("certificate", "federal_status", "methods", "year_to_date", "deductions", "lines"),
    *("earning", "further_earnings", "preceding_pay", "residence", "work", "overrides"),
    *("employer", "employee_count"),
}


def _examples() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*/*.toml")):
        jurisdiction = path.parent.name.upper()
        examples = tomllib.loads(path.read_text(encoding="utf-8")).get("example", [])
        found += [pytest.param(jurisdiction, one, id=one["id"]) for one in examples]
    return found


def _request(jurisdiction: str, example: dict[str, Any]) -> dict[str, Any]:
    """The example as a request document; a federal one is asked for a state without income tax."""
    place = "US-TX" if jurisdiction == "US" else jurisdiction
    state = "-".join(place.split("-")[:2])
    residence = example.get("residence", [state] if place == state else [state, place])
    certificates: dict[str, Any] = {}
    if "certificate" in example:
        certificates["US" if jurisdiction == "US" else state] = example["certificate"]
    if "federal_status" in example:
        certificates["US"] = {"filing_status": example["federal_status"]}
    earning = {"kind": "regular", "amount": example["wages"], **example.get("earning", {})}
    if example.get("tax") == "supplemental_income_tax":
        earning = {"supplemental_method": "flat", **earning}
        earning["kind"] = example.get("earning", {}).get("kind", "bonus")
    if "work" in example:
        earning["work"] = example["work"]
    request = {
        "pay_date": str(example["pay_date"]),
        "pay_frequency": example["frequency"],
        "employee": {"residence": residence, "certificates": certificates},
        "employer": {
            "methods": example.get("methods", {}),
            "employee_count": example.get("employee_count"),
            **example.get("employer", {}),
        },
        "earnings": [earning, *example.get("further_earnings", [])],
        "deductions": example.get("deductions", []),
        "year_to_date": example.get("year_to_date", {}),
        "overrides": example.get("overrides", {}),
    }
    if "period_start" in example or "period_end" in example:
        start = example.get("period_start", example.get("period_end"))
        end = example.get("period_end", example.get("period_start"))
        request["pay_period"] = {"start": str(start), "end": str(end)}
    if "preceding_pay" in example:
        request["preceding_pay"] = example["preceding_pay"]
    return request


@pytest.mark.parametrize(("jurisdiction", "example"), _examples())
def test_example_comes_out_to_the_cent(jurisdiction: str, example: dict[str, Any]) -> None:
    """The tax, and each line that the example states, come out to the cent."""
    result = documents.paycheck(_request(jurisdiction, example))
    tax_id = f"{jurisdiction}/{example.get('tax', 'income_tax')}"
    payer = example.get("payer", "employee")
    (tax,) = [t for t in result["taxes"] if t["id"] == tax_id and t["payer"] == payer]
    sheets = {sheet["id"]: sheet for sheet in result["worksheets"]}
    lines = {
        line["line"]: line["amount"]
        for identity in tax["worksheets"]
        for line in sheets[identity]["lines"]
    }

    assert example["expected"] == tax["amount"]
    stated = example.get("lines", {})
    assert stated == {label: lines.get(label) for label in stated}


@pytest.mark.parametrize(("jurisdiction", "example"), _examples())
def test_example_says_where_it_comes_from(jurisdiction: str, example: dict[str, Any]) -> None:
    """An example cites its document, says where it was read, and has no key that nothing reads."""
    assert not example.keys() - KEYS, one_of(sorted(example.keys() - KEYS))
    assert example["kind"] in KINDS
    assert example["document"]
    assert example["read_in"]
    assert ("defect" in example) == ("printed" in example), jurisdiction
    assert "note" in example or example["kind"] != "own computation"


def test_ids_are_unique() -> None:
    """No two examples have the same id."""
    ids = [parameter.id for parameter in _examples()]

    assert sorted(set(ids)) == sorted(ids)
