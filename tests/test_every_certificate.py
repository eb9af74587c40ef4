"""Every certificate has figures: each answer, frequency and method of each edition is computed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from asopay import InvalidRequest, Rulebook, TableError, TaxTables, documents
from asopay.certificates import Box, CertificateForm
from asopay.frequencies import FREQUENCIES
from asopay.in_force import Rule
from asopay.jurisdictions import STATES
from asopay.rulebook import rule_of
from asopay.tables import Days, Edition
from support import request

TABLES = TaxTables()
RULEBOOK = Rulebook(TABLES)
ANSWERS: dict[str, list[Any]] = {
    "count": [0, 1, 11],
    "amount": ["0", "9.99"],
    "flag": [False, True],
}
INCOME_TAXES = [
    (place, edition)
    for place in ("US", *STATES)
    for edition in TABLES.editions(place, "income_tax")
]


def state_of(jurisdiction: str) -> str:
    """The state to ask for: federal tax is asked for where there is no other."""
    return "US-TX" if jurisdiction == "US" else jurisdiction


def income_tax(jurisdiction: str, asked: dict[str, Any]) -> dict[str, Any]:
    result = documents.paycheck(asked, RULEBOOK)
    (tax,) = (tax for tax in result["taxes"] if tax["id"] == f"{jurisdiction}/income_tax")
    return dict(tax)


def covered_day(state: str, edition: Edition) -> date:
    """The first day of the edition on which all else is in force too."""
    day, last = edition.head.effective, edition.head.through or date.max
    while day <= last:
        try:
            RULEBOOK.in_force([state] if state else [], Days.on(day))
        except TableError:
            day += timedelta(1)
        else:
            return day
    pytest.fail(f"{edition.id} can't be used on any day")


def forms_of(jurisdiction: str, day: date) -> tuple[CertificateForm, ...]:
    if not TABLES.editions(jurisdiction, "certificate"):
        return ()
    edition = TABLES.in_force(jurisdiction, "certificate", day)
    forms: tuple[CertificateForm, ...] = rule_of(edition).figures.form
    return forms


def answers_of(box: Box) -> list[Any]:
    return list(box.choices) or ANSWERS[box.type]


def certificates_of(forms: tuple[CertificateForm, ...]) -> Iterator[dict[str, Any]]:
    """Without answers; each status with each box alone answered in each way; and all boxes."""
    yield {}
    for form in forms:
        boxes = {name: answers_of(box) for name, box in form.boxes.items()}
        for status in boxes.pop("filing_status", [None]):
            of_status = {"form": form.id} | ({"filing_status": status} if status else {})
            for name, answers in boxes.items():
                yield from (of_status | {name: answer} for answer in answers)
            filled = {name: answers[-1] for name, answers in boxes.items() if name != "exempt"}
            yield of_status | filled


def printed_frequencies(rule: Rule, method: str) -> tuple[str, ...]:
    return rule.table.head.frequencies.get(method, tuple(FREQUENCIES))


@pytest.mark.parametrize(
    ("jurisdiction", "edition"), INCOME_TAXES, ids=[edition.id for _, edition in INCOME_TAXES]
)
def test_every_certificate_is_computed(jurisdiction: str, edition: Edition) -> None:
    """It gives a tax where the publication has the frequency, else a fault that names it."""
    state = state_of(jurisdiction)
    day = covered_day(state, edition)
    rule = rule_of(edition)
    certificates = list(certificates_of(forms_of(jurisdiction, day)))
    for certificate, frequency, method in product(certificates, FREQUENCIES, rule.functions):
        asked = request(
            state,
            pay_date=str(day),
            pay_frequency=frequency,
            employer={"methods": {f"{jurisdiction}/income_tax": method}},
        )
        if certificate:
            asked["employee"]["certificates"] = {jurisdiction: certificate}
        if frequency in printed_frequencies(rule, method):
            assert edition.id == income_tax(jurisdiction, asked)["table"]
        else:
            with pytest.raises(InvalidRequest, match=f"pay_frequency: .* has no {frequency} payr"):
                documents.paycheck(asked, RULEBOOK)


@pytest.mark.parametrize(
    ("jurisdiction", "edition"), INCOME_TAXES, ids=[edition.id for _, edition in INCOME_TAXES]
)
def test_every_federal_status(jurisdiction: str, edition: Edition) -> None:
    """With each status of Form W-4, each form of the state is computed without one of its own."""
    state = state_of(jurisdiction)
    day = covered_day(state, edition)
    forms = [form.id for form in forms_of(jurisdiction, day)] if state == jurisdiction else []
    for w4, form in product(forms_of("US", day), [{}, *({"form": form} for form in forms)]):
        for status in w4.boxes["filing_status"].choices:
            asked = request(state, pay_date=str(day))
            filed = {"US": {"form": w4.id, "filing_status": status}, jurisdiction: form}
            asked["employee"]["certificates"] = filed if form else {"US": filed["US"]}

            assert edition.id == income_tax(jurisdiction, asked)["table"]


def claims_of_exemption() -> list[Any]:
    return [
        pytest.param(jurisdiction, day, form.id, id=f"{edition.id}, {form.id}")
        for jurisdiction, edition in INCOME_TAXES
        for day in [covered_day(state_of(jurisdiction), edition)]
        for form in forms_of(jurisdiction, day)
        if "exempt" in form.boxes
    ]


@pytest.mark.parametrize(("jurisdiction", "day", "form"), claims_of_exemption())
def test_exemption(jurisdiction: str, day: date, form: str) -> None:
    """Every form on which exemption can be claimed frees regular wages from the tax."""
    asked = request(state_of(jurisdiction), pay_date=str(day), pay_frequency="weekly")
    taxed = income_tax(jurisdiction, asked)
    asked["employee"]["certificates"] = {jurisdiction: {"form": form, "exempt": True}}

    assert taxed["amount"] != "0.00" == income_tax(jurisdiction, asked)["amount"]
