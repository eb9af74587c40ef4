"""What the shipped tax tables promise: each can be trusted, and together they leave no gap."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from asopay import Rulebook, TaxTables
from asopay.certificates import CertificateForm
from asopay.frequencies import FREQUENCIES
from asopay.jurisdictions import JURISDICTIONS, STATES, state_part
from asopay.rulebook import SUPPORT, rule_of
from asopay.tables import Edition, Table, shipped_folder
from asopay.taxability import GROSS, Basis, Figures, basis_of

FOLDER = Path(shipped_folder())
TABLES = TaxTables(FOLDER)
RULEBOOK = Rulebook(TABLES)
EDITIONS = [pytest.param(edition, id=edition.id) for edition in TABLES.all()]
TAXES = [(place, tax) for place in TABLES.jurisdictions() for tax in TABLES.taxes(place)]
STATES_COVERED = [place for place in TABLES.jurisdictions() if place in STATES]
YEAR_OF_TITLE = re.compile(r"(?:\(|for )(20\d\d)\b")
OTHER_FILES = {"conflicts.toml"}


def editions_of(jurisdiction: str, tax: str) -> tuple[Edition, ...]:
    return TABLES.editions(jurisdiction, tax)


def lists_of_rows(value: Any) -> Iterator[list[Any]]:
    """Every list of rows in the figures, a row being a list or a table."""
    if isinstance(value, list) and any(isinstance(row, list | dict) for row in value):
        yield value
    if isinstance(value, list | dict):
        for below in value.values() if isinstance(value, dict) else value:
            yield from lists_of_rows(below)


def test_every_table_is_read_by_its_rule() -> None:
    """No file has a key that its rule does not read, or lacks one that it does."""
    assert [] == RULEBOOK.check()


def test_every_file_is_reachable() -> None:
    """A file stands where it is found: jurisdiction, tax, date, all in lower case."""
    found = {Path(edition.path) for edition in (*TABLES.all(), *TABLES.registers())}
    found |= {Path(e.path).parent / e.head.places.register for e in TABLES.registers()}
    present = {path for path in FOLDER.rglob("*") if path.is_file()}

    assert {p for p in present if p.name not in OTHER_FILES} == {p.resolve() for p in found}
    assert {"US", *JURISDICTIONS} >= {state_part(place) for place in TABLES.jurisdictions()}


@pytest.mark.parametrize(("jurisdiction", "tax"), TAXES)
def test_editions_follow_each_other(jurisdiction: str, tax: str) -> None:
    """Editions of a tax neither overlap nor leave a day between them uncovered."""
    for earlier, later in pairwise(editions_of(jurisdiction, tax)):
        assert later.head.effective - timedelta(1) == earlier.head.through


@pytest.mark.parametrize(("jurisdiction", "tax"), TAXES)
def test_one_date_governs(jurisdiction: str, tax: str) -> None:
    """All editions of a tax are chosen by the same date of a paycheck."""
    assert 1 == len({edition.head.governed_by for edition in editions_of(jurisdiction, tax)})


@pytest.mark.parametrize("edition", EDITIONS)
def test_dates(edition: Edition) -> None:
    """An edition does not end before it begins; one that computes a tax has an end."""
    head = edition.head
    computes = head.rule.startswith(("withholding.", "contributions."))

    assert head.effective <= (head.through or date.max)
    assert head.through or not computes


@pytest.mark.parametrize("edition", EDITIONS)
def test_sources(edition: Edition) -> None:
    """Every source has a title, a publisher, a link, and says what was read of it."""
    for source in edition.head.source:
        assert source.title.strip()
        assert source.publisher.strip()
        assert source.read.strip()
        assert re.fullmatch(r"https?://[\w.-]+\.\w+(/\S*)?", source.url)


@pytest.mark.parametrize("edition", EDITIONS)
def test_cited_year(edition: Edition) -> None:
    """The source that was followed is of a year of the table, or a note names its year."""
    head = edition.head
    notes = " ".join((*head.checked, *head.unverified))
    years = YEAR_OF_TITLE.findall(head.source[0].title) if head.rule != "gaps" else []

    for year in years:
        assert head.effective.year <= int(year) <= (head.through or date.max).year or year in notes


@pytest.mark.parametrize("edition", EDITIONS)
def test_checked(edition: Edition) -> None:
    """A table says how its figures were checked, and no note is empty."""
    notes = (*edition.head.checked, *edition.head.unverified)

    assert edition.head.checked
    assert all(note.strip() for note in notes)
    assert sorted(set(notes)) == sorted(notes)


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_repeated_row(edition: Edition) -> None:
    """No row stands twice in a list of rows, and no source."""
    values = tomllib.loads(Path(edition.path).read_text(encoding="utf-8"))
    for rows in lists_of_rows(values):
        assert all(rows.count(row) == 1 for row in rows)


@pytest.mark.parametrize("edition", EDITIONS)
def test_methods_and_frequencies(edition: Edition) -> None:
    """Frequencies are listed for methods that exist, and are frequencies that exist."""
    functions = rule_of(edition).functions

    assert functions.keys() >= edition.head.frequencies.keys()
    for listed in edition.head.frequencies.values():
        assert sorted(set(listed)) == sorted(listed)
        assert FREQUENCIES.keys() > set(listed)


@pytest.mark.parametrize(("jurisdiction", "tax"), TAXES)
def test_wages_of(jurisdiction: str, tax: str) -> None:
    """A tax that counts the wages of another one names a tax of its jurisdiction."""
    for edition in editions_of(jurisdiction, tax):
        named = edition.head.wages_of

        assert not named or named in RULEBOOK.tax_names(jurisdiction)


@pytest.mark.parametrize("table", ["taxability", "coverage"])
@pytest.mark.parametrize("state", STATES_COVERED)
def test_what_a_state_needs(state: str, table: str) -> None:
    """As long as a state's income tax is covered, so are its taxability and what it lacks."""
    income_tax, needed = editions_of(state, "income_tax"), editions_of(state, table)

    assert income_tax[-1].head.through == needed[-1].head.through


@pytest.mark.parametrize("state", STATES_COVERED)
def test_taxability(state: str) -> None:
    """Each tax follows a federal one, and each departure departs from what it follows."""
    federal = rule_of(editions_of("US", "taxability")[-1]).table
    taxes = {name.removeprefix("supplemental_") for name in RULEBOOK.tax_names(state)}
    for edition in editions_of(state, "taxability"):
        figures = rule_of(edition).figures

        assert taxes == figures.follows.keys()
        assert {GROSS, *RULEBOOK.tax_names("US")} >= set(figures.follows.values())
        for departure in figures.departures:
            followed = _followed(figures, departure.tax, federal)
            limited = departure.up_to is not None or departure.employer_part

            assert departure.source.strip()
            assert departure.deduction in federal.figures.deductions
            assert limited or departure.reduces != (departure.deduction in followed.reducing)
        for other in figures.earning_departures:
            assert other.source.strip()
            assert other.earning in federal.figures.earnings
            assert other.counts == (
                other.earning in _followed(figures, other.tax, federal).left_out
            )


def _followed(figures: Figures, tax: str, federal: Table[Figures]) -> Basis:
    """What the wages are made of before the state's departures."""
    plain = evolve(figures, departures=(), earning_departures=())
    return basis_of(tax, federal, evolve(federal, figures=plain))


@pytest.mark.parametrize("jurisdiction", TABLES.jurisdictions())
def test_certificates(jurisdiction: str) -> None:
    """Forms have ids and boxes of their own, and read what they say counts by default."""
    for edition in editions_of(jurisdiction, "certificate"):
        figures = rule_of(edition).figures
        forms: tuple[CertificateForm, ...] = figures.form

        assert figures.when_missing.strip()
        assert len(forms) == len({form.id for form in forms})
        for form in forms:
            assert len(form.box) == len(form.boxes)
            assert all(box.meaning.strip() and box.line.strip() for box in form.box)


@pytest.mark.parametrize("jurisdiction", TABLES.jurisdictions())
def test_statuses_of_the_federal_form(jurisdiction: str) -> None:
    """Where Form W-4 serves a state, each of its statuses stands for one of the state's."""
    w4 = {
        status
        for edition in editions_of("US", "certificate")
        for form in rule_of(edition).figures.form
        for status in form.boxes["filing_status"].choices
    }
    for edition in editions_of(jurisdiction, "certificate"):
        figures = rule_of(edition).figures
        offered = (
            {status for form in figures.form for status in form.boxes["filing_status"].choices}
            if figures.from_federal
            else set()
        )

        assert figures.from_federal.keys() == (w4 if figures.from_federal else set())
        assert set(figures.from_federal.values()) <= offered


def test_tables_without_a_tax_are_known() -> None:
    """A table either computes a tax or is one of those that a paycheck or a calendar needs."""
    names = {
        tax
        for place, tax in TAXES
        if tax not in RULEBOOK.tax_names(place) and not editions_of(place, tax)[-1].has_register
    }

    known = {*SUPPORT, "legal_holidays", "professional_employers", "employer_responsibility"}
    known |= {"garnishment", "creditor_garnishment", "support_order", "federal_tax_levy"}
    known |= {"administrative_garnishment", "state_tax_levy"}
    known |= {"disability_plan", "disability_premiums", "third_party_sick_pay"}
    known |= {"life_insurance_plan"}
    known |= {"continuation_coverage", "cost_sharing_limits", "medical_reimbursement"}
    known |= {"research_fee", "welfare_plan_report"}
    known |= {"wage_and_hour", "work_periods", "hours_worked", "exempt_deductions"}
    known |= {"mileage", "per_diem", "accountable_plan"}
    known |= {"federal_deposits", "form_941", "form_w2", "efw2", "direct_deposit", "due_dates"}
    assert known >= {name for name in names if not name.endswith("_benefit")}


def test_places_have_names_and_kinds() -> None:
    """Every place says what it is called and what it is; a code is that of one place."""
    for state in STATES:
        places = TABLES.places(state)
        others = [
            other
            for edition in TABLES.registers()
            if edition.id.startswith(state.lower())
            for other in TABLES.register(edition).codes
        ]

        assert all(place.name and place.kind for place in places.values())
        assert not places.keys() & set(others)
    for place in (code for code in TABLES.jurisdictions() if code.count("-") > 1):
        for tax in TABLES.taxes(place):
            for edition in TABLES.editions(place, tax):
                assert edition.head.places.name
                assert edition.head.places.kind


@pytest.mark.parametrize("edition", editions_of("US", "taxability"), ids=lambda e: e.id)
def test_what_kinds_name(edition: Edition) -> None:
    """A kind names limits and kinds that there are, and a box of Form W-2 as it is printed."""
    figures = rule_of(edition).figures
    limits = [rule_of(e).figures.limits for e in editions_of("US", "benefit_limits")]
    named = {kind.benefit for kind in figures.deductions.values()} | {*figures.exempt.values()}

    assert all(named - {None} == each.keys() for each in limits)
    for kind in figures.deductions.values():
        assert {kind.roth_as, kind.after_tax_as} <= {None, *figures.deductions}
        assert kind.limit is None or kind.w2
    for kind in (*figures.earnings.values(), *figures.deductions.values()):
        assert re.fullmatch(r"(1[0-4]( [A-Z]{1,2})?)?", kind.w2)
