"""Worksheets: the lines of an official form as a rule fills them in, and their explanation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from asopay.money import ONE, as_text, rate_as_text, unrounded

if TYPE_CHECKING:
    from asopay.tables import Table


@frozen
class Line:
    """What a line of a worksheet says, and how its value reads.

    `unit` is ``cents``, ``unrounded``, ``count`` or ``rate``. A line that the rule does not round
    into is shown only: it is the line `of` divided by the line `divided_by`.
    """

    meaning: str
    unit: str = "cents"
    of: str | None = None
    divided_by: str | None = None


def unrounded_line(meaning: str) -> Line:
    """A line whose amount is carried on unrounded."""
    return Line(meaning, "unrounded")


def count(meaning: str) -> Line:
    """A line that holds a number of something."""
    return Line(meaning, "count")


def rate_line(meaning: str) -> Line:
    """A line that holds a rate."""
    return Line(meaning, "rate")


def shown(meaning: str, of: str, divided_by: str) -> Line:
    """A line that the form prints and that the rule does not round: a quotient of two others."""
    return Line(meaning, "unrounded", of, divided_by)


def _lines(lines: Mapping[str, str | Line]) -> dict[str, Line]:
    return {label: Line(line) if isinstance(line, str) else line for label, line in lines.items()}


@frozen
class Form:
    """A worksheet of a publication, empty: its title, its lines in order, and the result's line.

    Labels in round brackets are ours, for steps to which the publication gives no number.
    """

    title: str
    result: str
    lines: dict[str, Line] = field(converter=_lines)


@frozen
class ExplainedLine:
    """One line as the explanation prints it: its label, its meaning, and its value as text."""

    line: str
    label: str
    amount: str


class Calculation(dict[str, Any]):
    """A filled-in form: line labels to amounts, in the order in which they were worked out.

    Reading a line that is not filled in raises a `KeyError` that names the form and the line.
    """

    __slots__ = ("form",)

    def __init__(self, form: Form) -> None:
        self.form = form

    def __missing__(self, label: str) -> Any:
        raise KeyError(f"{self.form.title} has no line {label!r} (filled in: {', '.join(self)})")

    @property
    def result(self) -> Any:
        """The amount of the line that the form ends in, in cents."""
        return self[self.form.result]

    @property
    def title(self) -> str:
        """The form's title."""
        return self.form.title

    def explain(self) -> Iterator[ExplainedLine]:
        """The lines in the form's order, each with its meaning and its value as text."""
        for label, line in self.form.lines.items():
            if line.of is not None:
                if line.of in self:
                    quotient = _divided(self, self.form.lines[line.of], line)
                    yield ExplainedLine(label, line.meaning, quotient)
            elif label in self:
                yield ExplainedLine(label, line.meaning, _text(self[label], line.unit))


class Worksheet(Calculation):
    """A calculation by the law: its form is a publication's, its figures are those of a table."""

    __slots__ = ("table",)

    def __init__(self, form: Form, table: Table[Any]) -> None:
        super().__init__(form)
        self.table = table

    @property
    def title(self) -> str:
        """The publication and the form's title."""
        return f"{self.table.sources[0].title}: {self.form.title}"


def document_of(identity: str, calculation: Calculation) -> dict[str, Any]:
    """The plain form of a calculation: its lines as text, and the source if it is by the law."""
    document: dict[str, Any] = {
        "id": identity,
        "title": calculation.title,
        "lines": [
            {"line": line.line, "label": line.label, "amount": line.amount}
            for line in calculation.explain()
        ],
    }
    if isinstance(calculation, Worksheet):
        document["source"] = calculation.table.sources[0].url
    return document


def _divided(amounts: Calculation, dividend: Line, line: Line) -> str:
    amount = amounts[str(line.of)]
    exact = amount if dividend.unit == "unrounded" else unrounded(amount)
    return _text(Fraction(exact, amounts[str(line.divided_by)]), "unrounded")


def _text(value: Any, unit: str) -> str:
    if unit == "count":
        return str(value)
    if unit == "rate":
        return rate_as_text(value)
    if unit == "unrounded":
        return _exact_text(Fraction(value) / ONE)
    return as_text(value)


def _exact_text(amount: Fraction) -> str:
    """Dollars of an amount in exact cents, with as many of six decimals as it needs."""
    millionths = int(amount * 10_000)
    whole = f"{millionths // 1_000_000}.{millionths % 1_000_000:06d}"
    return whole[:-4] + whole[-4:].rstrip("0")
