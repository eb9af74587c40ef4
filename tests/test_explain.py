"""What explanations promise: why a figure is what it is, and what a certificate asks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from asopay import InvalidRequest, TableError, TaxTables, documents
from asopay.explain import certificate_forms, why
from support import exactly, request

TABLES = TaxTables()


def explained(tax: str, document: dict[str, Any] | None = None) -> str:
    _, paycheck = documents.compute(document or request())
    return why(tax, paycheck)


def test_worksheet() -> None:
    """A tax is explained by its worksheet, line by line, with the table and all its sources."""
    lines = explained("US/income_tax").splitlines()
    table = TABLES.in_force("US", "income_tax", date(2026, 3, 13))

    assert "Publication 15-T (2026): Worksheet 1A" == lines[0]
    assert f"{'1c':>22}  {'Line 1a times line 1b':<62} {'52000.00':>14}" in lines
    assert (
        f"{'2h':>22}  {'Line 2g divided by line 1b: tentative amount':<62} {'156.153846':>14}"
        in (lines)
    )
    assert f"{'4b':>22}  {'Withholding of this period':<62} {'156.15':>14}" in lines
    assert [
        f"Table: {table.id}",
        *(f"Source: {source.title}, {source.url}" for source in table.head.source),
        *(f"Checked: {note}" for note in table.head.checked),
        *(f"Not verified: {note}" for note in table.head.unverified),
    ] == lines[lines.index(f"Table: {table.id}") :]


def test_shares() -> None:
    """Of a tax with two shares, both are explained, each under the name of its worksheet."""
    employee, employer = explained("US/social_security").split("\n\nUS/social_security/employer\n")

    assert employee.startswith("US/social_security/employee\n")
    assert "124.00" in employee
    assert "124.00" in employer


def test_deduction() -> None:
    """A deferral is explained by its limit."""
    text = explained("401k", request(deductions=[{"kind": "401k", "percent": "6"}]))

    assert "Elective deferral within the year's limit" in text
    assert "120.00" in text


def test_deduction_without_a_limit() -> None:
    """Another deduction is taken as it was elected."""
    asked = request(deductions=[{"kind": "section_125_health", "amount": "1.00"}])

    assert "section_125_health: taken as elected, without a limit.\n" == (
        explained("section_125_health", asked)
    )


def test_sum_of_wages() -> None:
    """A tax on wages that were added to others is explained by both worksheets, in order."""
    taxes = {"US/income_tax": "75.00", "US-TX/income_tax": "0.00"}
    bonus = [{"kind": "bonus", "amount": "1000.00"}]
    asked = request(earnings=bonus, preceding_pay={"wages": "2000.00", "taxes": taxes})
    text = explained("US/income_tax", asked)

    assert text.index("Worksheet 1A") < text.index("added to wages that were paid before")


def test_overridden() -> None:
    """A stated amount has no other reason."""
    text = explained("US/income_tax", request(overrides={"US/income_tax": "1.00"}))

    assert "US/income_tax: the request stated this amount, so it was not computed.\n" == text


def test_no_income_tax() -> None:
    """A state without income tax answers with its law."""
    text = explained("US-TX/income_tax")

    assert "Texas levies no income tax on wages" in text
    assert "Source: Constitution of Texas" in text


@pytest.mark.parametrize("tax", ["US/fica", "US-CA/income_tax", "401k", ""])
def test_unknown(tax: str) -> None:
    """A figure that the paycheck does not have is refused with those that it has."""
    known = (
        "US/income_tax, US/social_security, US/medicare, US/additional_medicare, US/unemployment,"
        " US-TX/income_tax"
    )
    expected = f"--why: {tax!r} is no figure of this paycheck: there is {known}"

    with pytest.raises(InvalidRequest, match=exactly(expected)):
        explained(tax)


class TestCertificates:
    """The boxes of a certificate, in words."""

    def test_one_form(self) -> None:
        """Each box has its name, type, default and line, and what may be chosen."""
        assert [
            "Illinois (US-IL)",
            "Without one: No allowances: tax on all wages.",
            "Form IL-W-4",
            "  basic_allowances                 count   default 0",
        ] == certificate_forms("US-IL", TABLES).splitlines()[:4]

    def test_several_forms(self) -> None:
        """Of several forms, each says how it is chosen."""
        text = certificate_forms("US", TABLES)

        assert 'Form W-4 (2020 or later) ("form": "2020")\n' in text
        assert 'Form W-4 (2019 or earlier) ("form": "2019")\n' in text
        assert "  multiple_jobs                    flag    default false\n" in text
        assert "      Step 2(c): Two jobs in total, or both spouses work" in text
        assert "      head_of_household: Head of household\n" in text

    def test_federal_form_serves(self) -> None:
        """Where Form W-4 serves, the statuses that it stands for are named."""
        text = certificate_forms("US-CO", TABLES)

        assert "Without a filing status: married_joint, if Form W-4 says married\n" in text
        assert "default empty\n" in text

    def test_on_a_day(self) -> None:
        """The forms of a day are those in force then."""
        today = certificate_forms("US-IL", TABLES)

        assert today == certificate_forms("US-IL", TABLES, date(2026, 3, 13))
        with pytest.raises(TableError, match="no table of US-IL/certificate for 1990-01-01"):
            certificate_forms("US-IL", TABLES, date(1990, 1, 1))

    def test_no_certificate(self) -> None:
        """A state without income tax has no certificate."""
        expected = "Texas: there is no withholding certificate.\n"

        assert expected == certificate_forms("US-TX", TABLES)
