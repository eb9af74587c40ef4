"""What a worksheet promises: the form's lines by their labels, and an explanation of each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from asopay.money import rate, share
from asopay.tables import Source, Table
from asopay.tables.table import Head
from asopay.worksheet import (
    ExplainedLine,
    Form,
    Line,
    Worksheet,
    count,
    rate_line,
    shown,
    unrounded_line,
)

SOURCE = Source("Publication 0 (2026)", "A test", "https://example.org/", "nothing")
TABLE: Table[None] = Table(
    "us/income_tax/2026-01-01",
    Head(date(2026, 1, 1), (SOURCE,), ("nothing",), "withholding.federal"),
    None,
    "",
)
FORM = Form(
    "Worksheet 0",
    result="6",
    lines={
        "1": "Wages",
        "2": count("Periods"),
        "3": rate_line("Rate"),
        "4": unrounded_line("Line 1 times line 3"),
        "5a": shown("Line 4 divided by line 2", of="4", divided_by="2"),
        "5b": shown("Line 1 divided by line 2", of="1", divided_by="2"),
        "6": "Tax",
    },
)


def filled_in(wages: int, periods: int, tax: int = 0) -> Worksheet:
    line = Worksheet(FORM, TABLE)
    line["1"] = wages
    line["2"] = periods
    line["3"] = rate("0.0307")
    line["4"] = share(line["1"], line["3"])
    line["6"] = tax
    return line


def amounts(worksheet: Worksheet) -> dict[str, str]:
    return {line.line: line.amount for line in worksheet.explain()}


def test_line_that_is_not_filled_in() -> None:
    """Reading a wrong line is an error that names the worksheet, the line, and those there are."""
    line = Worksheet(FORM, TABLE)
    line["1"] = 100
    line["2"] = 26

    with pytest.raises(KeyError) as refused:
        line["2g"]
    assert ("Worksheet 0 has no line '2g' (filled in: 1, 2)",) == refused.value.args


def test_result() -> None:
    """The result is the amount of the line that the form says it ends in."""
    assert 307 == filled_in(10_000, 1, tax=307).result
    with pytest.raises(KeyError, match="Worksheet 0 has no line '6'"):
        assert Worksheet(FORM, TABLE).result


def test_title() -> None:
    """The title names the publication that the table follows, and the form."""
    assert "Publication 0 (2026): Worksheet 0" == filled_in(0, 1).title


def test_explanation() -> None:
    """Every line is explained in the form's order, with its meaning, by its unit."""
    assert [
        ExplainedLine("1", "Wages", "100.01"),
        ExplainedLine("2", "Periods", "26"),
        ExplainedLine("3", "Rate", "0.0307"),
        ExplainedLine("4", "Line 1 times line 3", "3.070307"),
        ExplainedLine("5a", "Line 4 divided by line 2", "0.118088"),
        ExplainedLine("5b", "Line 1 divided by line 2", "3.846538"),
        ExplainedLine("6", "Tax", "0.12"),
    ] == list(filled_in(10_001, 26, tax=12).explain())


def test_explanation_is_in_the_order_of_the_form() -> None:
    """Lines stand as the form prints them, in whatever order they were worked out."""
    line = Worksheet(FORM, TABLE)
    for label in ("6", "2", "1"):
        line[label] = 1

    assert ["1", "2", "5b", "6"] == [explained.line for explained in line.explain()]


@pytest.mark.parametrize(
    ("wages", "periods", "expected"),
    [
        (0, 26, "0.00"),
        (2_600, 26, "1.00"),
        (1_310, 2, "6.55"),
        (1_311, 2, "6.555"),
        (1_311, 4, "3.2775"),
        (100, 3, "0.333333"),
    ],
)
def test_shown_quotient(wages: int, periods: int, expected: str) -> None:
    """A quotient has two decimals, or as many of six as it needs."""
    assert expected == amounts(filled_in(wages, periods))["5b"]


def test_shown_quotient_of_exact_amounts() -> None:
    """A quotient of an unrounded line is taken from its exact amount, and not from cents."""
    line = filled_in(33, 2)

    assert Fraction(33 * 307, 10_000) == Fraction(line["4"], 100_000_000)
    assert "0.005065" == amounts(line)["5a"]


def test_lines_of_texts_are_cents() -> None:
    """A line of which a form only says the meaning holds cents."""
    assert Line("Wages") == FORM.lines["1"]
    assert Line("Wages", "cents", None, None) == FORM.lines["1"]


def test_wrong_form_is_refused() -> None:
    """A quotient that divides by a line without amount names the worksheet and that line."""
    form = Form("Worksheet 00", "1", {"1": "Wages", "2": shown("Half of it", "1", "1b")})
    line = Worksheet(form, TABLE)
    line["1"] = 100

    with pytest.raises(KeyError) as refused:
        amounts(line)
    assert ("Worksheet 00 has no line '1b' (filled in: 1)",) == refused.value.args
