"""What certificates promise: every box is read by its type, and what is left out has a default."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from asopay import documents
from asopay.certificates import Box, Certificate, CertificateForm, Figures, fill_in, shown_default
from asopay.faults import Faults
from asopay.money import rate
from support import faults, request, taxes

AMOUNT = 'an amount in dollars with at most two decimals, such as "2400.00"'
BOXES = (
    Box("filing_status", "1", "Status", "choice", "single", {"single": "S", "married": "M"}),
    Box("allowances", "2", "Allowances", "count", 0),
    Box("extra", "3", "Extra", "amount", 0),
    Box("elected", "4", "Rate", "rate", "0.02", {"0.02": "2 percent", "0.025": "2.5 percent"}),
    Box("exempt", "5", "Exempt", "flag", False),
    Box("stated", "6", "Stated", "amount"),
)
OLD = CertificateForm("old", "Form 1 (old)", (Box("marks", "1", "Marks", "count", 7),))
FIGURES = Figures("No entries.", (CertificateForm("new", "Form 1", BOXES), OLD))
DEFAULTS = {
    "filing_status": "single",
    "allowances": 0,
    "extra": 0,
    "elected": 2_000_000,
    "exempt": False,
    "stated": None,
}


def filled_in(answers: dict[str, Any], federal: Certificate | None = None) -> Certificate:
    found = Faults()
    certificate = fill_in(FIGURES, answers, "path", found, federal)

    assert [] == found.found
    return certificate


def found_in(answers: dict[str, Any]) -> list[str]:
    found = Faults()
    fill_in(FIGURES, answers, "path", found)
    return [str(fault) for fault in found.found]


class TestBoxes:
    """Answers by type."""

    @pytest.mark.parametrize(
        ("box", "answer", "expected"),
        [
            ("filing_status", "married", "married"),
            ("allowances", 99, 99),
            ("extra", "12.50", 1250),
            ("extra", 12, 1200),
            ("elected", "0.025", rate("0.025")),
            ("elected", "0.0250", rate("0.025")),
            ("exempt", True, True),
            ("stated", "0.00", 0),
        ],
    )
    def test_read(self, box: str, answer: Any, expected: Any) -> None:
        """Amounts become cents, rates hundred-millionths; other boxes keep their defaults."""
        certificate = filled_in({box: answer})

        assert DEFAULTS | {box: expected} == certificate.answers
        assert expected == certificate[box] == certificate.get(box)

    @pytest.mark.parametrize(
        ("box", "answer", "expected"),
        [
            ("filing_status", "wed", "'wed' is not one of single, married"),
            ("allowances", 100, "100 is not a whole number from 0 to 99"),
            ("allowances", -1, "-1 is not a whole number from 0 to 99"),
            ("allowances", "1", "'1' is not a whole number from 0 to 99"),
            ("allowances", 1.0, "1.0 is not a whole number from 0 to 99"),
            ("allowances", True, "True is not a whole number from 0 to 99"),
            ("allowances", None, "None is not a whole number from 0 to 99"),
            ("extra", "1.005", f"'1.005' is not {AMOUNT}"),
            ("extra", "-1.00", f"'-1.00' is not {AMOUNT}"),
            ("extra", None, f"None is not {AMOUNT}"),
            ("extra", 0.5, f"0.5 is a binary float, which loses cents: write {AMOUNT}"),
            ("elected", "0.03", "'0.03' is not one of 0.02, 0.025"),
            ("elected", [], "[] is not a rate of at most eight decimals, such as 0.062"),
            ("exempt", "true", "'true' is not true or false"),
            ("exempt", 1, "1 is not true or false"),
        ],
    )
    def test_refused(self, box: str, answer: Any, expected: str) -> None:
        """An answer that a box does not take is a fault at the box's path."""
        assert [f"path.{box}: {expected}"] == found_in({box: answer})

    @pytest.mark.parametrize("answer", [5, None, ["single"], {}, True])
    def test_choice_of_another_type(self, answer: Any) -> None:
        """A choice is one of the texts that the form offers, and nothing else."""
        (found,) = found_in({"filing_status": answer})

        assert found.startswith(f"path.filing_status: {answer!r} is not ")

    def test_unknown_box(self) -> None:
        """A box that the form does not have is refused with those that it has."""
        expected = "there is no such box: the boxes of Form 1 are"

        assert [f"path.status: {expected} {', '.join(DEFAULTS)}"] == found_in({"status": "single"})

    def test_several_faults(self) -> None:
        """All boxes are read, whatever is wrong with the first."""
        assert 3 == len(found_in({"filing_status": "x", "allowances": -1, "exempt": None}))

    @pytest.mark.parametrize(
        ("default", "expected"),
        [(None, "empty"), (False, "false"), (0, "0"), (Decimal("1.50"), "1.50"), ("0.02", "0.02")],
    )
    def test_shown_default(self, default: Any, expected: str) -> None:
        """A default is shown as a document would write it."""
        assert expected == shown_default(Box("box", "1", "Box", "amount", default))


class TestForms:
    """Forms and statuses."""

    def test_named(self) -> None:
        """The form that is named counts, and its boxes only; without a name the first one does."""
        assert {"marks": 7} == filled_in({"form": "old"}).answers
        assert {"marks": 8} == filled_in({"form": "old", "marks": 8}).answers
        assert ("Form 1", "Form 1 (old)") == (filled_in({}).form, filled_in({"form": "old"}).form)
        assert DEFAULTS == filled_in({"form": "new"}).answers

    @pytest.mark.parametrize("form", ["older", "", 2020, True, ["new"], {}])
    def test_unknown_form(self, form: Any) -> None:
        """A form that is not known is refused, whatever was given for it."""
        assert [f"path.form: {form!r} is not one of new, old"] == found_in({"form": form})

    def test_status(self) -> None:
        """A form that does not ask for a status counts as any."""
        assert "single" == filled_in({}).status
        assert "any" == filled_in({"form": "old"}).status

    def test_status_that_a_form_does_not_offer(self) -> None:
        """The status of Form W-4 counts on a form that offers it; another form has its default."""
        statuses = {"single": "single", "married": "married", "head_of_household": "head"}
        choices = {"single": "S", "married": "M", "head": "H"}
        box = Box("filing_status", "1", "Status", "choice", "single", choices)
        earlier = CertificateForm("old", "Form 1 (old)", BOXES)
        figures = Figures("None.", (CertificateForm("new", "Form 1", (box,)), earlier), statuses)
        w4 = Certificate("W-4", {"filing_status": "head_of_household"})

        assert "head" == fill_in(figures, {}, "path", Faults(), w4).status
        assert "single" == fill_in(figures, {"form": "old"}, "path", Faults(), w4).status

    @pytest.mark.parametrize("claimed", [True, False])
    def test_federal_exemption(self, claimed: bool) -> None:
        """Where a claim on Form W-4 counts for the state, its own form may still say otherwise."""
        figures = Figures("None.", FIGURES.form, exempt_with_federal=True)
        w4 = Certificate("W-4", {"exempt": claimed})

        assert claimed is fill_in(figures, {}, "path", Faults(), w4)["exempt"]
        own = {"exempt": not claimed}
        assert claimed is not fill_in(figures, own, "path", Faults(), w4)["exempt"]

    def test_boxes_of_other_forms(self) -> None:
        """A rule can ask for a box that a form does not have."""
        assert 0 == filled_in({"form": "old"}).get("extra", 0)
        assert filled_in({"form": "old"}).get("extra") is None


class TestFiled:
    """Certificates of a request."""

    def employee(self, certificates: Any, state: str = "US-TX") -> dict[str, Any]:
        return request(employee={"residence": [state], "certificates": certificates})

    def test_path(self) -> None:
        """A fault in a certificate is found at its jurisdiction and box."""
        found = faults(self.employee({"US": {"dependents": "x"}, "US-CA": {}}, "US-CA"))

        assert [f"employee.certificates.US.dependents: 'x' is not {AMOUNT}"] == found

    @pytest.mark.parametrize(
        ("place", "expected"),
        [
            ("USA", 'that is not a jurisdiction such as "US" or "US-CA"'),
            ("us", 'that is not a jurisdiction such as "US" or "US-CA"'),
            ("US-CA", "the employee neither lives nor works in California"),
            ("US-TX", "Texas has no withholding certificate"),
        ],
    )
    def test_place(self, place: str, expected: str) -> None:
        """A certificate is one of the employee's state, if the state has any."""
        assert [f"employee.certificates.{place}: {expected}"] == faults(self.employee({place: {}}))

    def test_place_of_nobody(self) -> None:
        """While the residence is at fault, a state's certificate is not blamed for it."""
        (found,) = faults(self.employee({"US-CA": {}}, "US-XX"))

        assert found.startswith("employee.residence: ")

    def test_missing(self) -> None:
        """A missing certificate means what the law says it means: single, no other entries."""
        without = taxes(request())

        assert without == taxes(self.employee({"US": {}}))
        assert without == taxes(self.employee({"US": {"form": "2020", "filing_status": "single"}}))
        assert without != taxes(self.employee({"US": {"filing_status": "married"}}))

    @pytest.mark.parametrize(
        ("federal", "expected"),
        [("single", "single"), ("married", "married_joint"), ("head_of_household", "single")],
    )
    def test_federal_form_serves(self, federal: str, expected: str) -> None:
        """Without Colorado's own form, the status of Form W-4 counts: DR 1098."""
        of_w4 = self.employee({"US": {"filing_status": federal}}, "US-CO")
        own = self.employee({"US-CO": {"filing_status": expected}}, "US-CO")
        both = {"US": {"filing_status": federal}, "US-CO": {"filing_status": expected}}
        income_tax = taxes(of_w4)["US-CO/income_tax"]

        assert taxes(own)["US-CO/income_tax"] == income_tax
        assert taxes(self.employee(both, "US-CO"))["US-CO/income_tax"] == income_tax


def test_earlier_federal_form_serves_north_dakota() -> None:
    """An employee with a Form W-4 of 2019 or earlier needs no entry of North Dakota's own."""
    w4 = {"form": "2019", "filing_status": "married", "allowances": 3}
    stated = {"form": "2019", "filing_status": "married_joint", "allowances": 3}
    by_federal, by_both = (
        documents.paycheck(request("US-ND", employee={"residence": ["US-ND"], "certificates": c}))
        for c in ({"US": w4}, {"US": w4, "US-ND": stated})
    )

    assert by_both == by_federal
    assert "Section 1" in str(by_federal["worksheets"])
