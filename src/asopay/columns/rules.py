"""The rules, told the facts that they need: rows of one block that differ in them go apart.

What a rule of withholding needs to know are the answers on the certificate and the pay period. All
that comes before and after a rule is done for the whole block at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import define, evolve, fields

from asopay.certificates import Certificate
from asopay.columns.certificates import Profiles
from asopay.columns.column import Column, Rows, Split, column
from asopay.columns.facts import runs, stable_order
from asopay.jurisdictions import state_part
from asopay.withholding.pay import Pay
from asopay.worksheet import Worksheet

Rule = Callable[..., Worksheet]


@define(eq=False)
class Filed:
    """The certificates of a jurisdiction in a block of rows.

    `codes` tell apart the rows whose rules need other facts, `together` is what the engine is given
    for all of them, and `columns` the boxes that hold numbers.
    """

    profiles: Profiles
    codes: Rows
    together: Certificate
    columns: dict[str, Any]


@define(eq=False)
class Periods:
    """The pay periods of a block: for each code a frequency and the number of periods a year."""

    codes: Rows
    kinds: list[tuple[str, int]]


@define(eq=False)
class ByFacts:
    """A rule of withholding, run once for each combination of the facts that it needs."""

    rule: Rule
    filed: Mapping[str, Filed]
    periods: Periods
    state: str

    def __call__(self, told: Any, *others: Any) -> Worksheet:
        """The worksheet of all the rows; a rule of other taxes needs no other facts."""
        if not isinstance(told, Pay):
            return _as_columns(self.rule(told, *others))
        certificate, table = others
        filed = self.filed.get(self.state)
        codes = self.periods.codes
        if filed is not None:
            codes = filed.codes * len(self.periods.kinds) + codes
        if (codes == codes[0]).all():
            return _as_columns(self._run(told, certificate, table, None, 0))
        order = stable_order(codes, int(codes.max()) + 1)
        parts = []
        for first, end in runs(codes[order]):
            rows = order[first:end]
            parts.append((rows, self._run(told, certificate, table, rows, int(rows[0]))))
        return Merged(len(codes), parts)

    def _run(
        self, pay: Pay, certificate: Certificate, table: Any, rows: Rows | None, first: int
    ) -> Worksheet:
        """The rule for some rows of the block, or all, that share their facts with the first."""
        frequency, _ = self.periods.kinds[int(self.periods.codes[first])]
        own = evolve(pay, **{name: _part(getattr(pay, name), rows) for name in _OF_PAY})
        own.frequency = frequency
        own.periods = int(pay.periods[first]) if isinstance(pay.periods, Column) else pay.periods
        if pay.state_worksheet is not None and rows is not None:
            own.state_worksheet = Of(pay.state_worksheet, rows)
        filed = self.filed.get(self.state)
        if filed is not None:
            certificate = _certificate(filed, certificate, rows, first)
        try:
            return self.rule(own, certificate, table)
        except Split as split:
            if rows is None:
                raise
            mask = np.zeros(len(self.periods.codes), bool)
            mask[rows[split.mask]] = True
            raise Split(mask) from None


_OF_PAY = tuple(
    each.name
    for each in fields(Pay)
    if each.name not in ("frequency", "periods", "state_worksheet", "rate_at_home")
)
"""What can be a column of what a rule is told about the pay."""


def _certificate(filed: Filed, given: Certificate, rows: Rows | None, first: int) -> Certificate:
    """The certificate of rows of one profile, with the boxes that a local tax added."""
    code = int(filed.codes[first])
    answers = {
        **filed.profiles.certificates[code].answers,
        **filed.profiles.own(code, filed.columns),
    }
    engine_gave = filed.together.answers
    answers |= {
        box: value
        for box, value in given.answers.items()
        if box not in engine_gave or engine_gave[box] is not value
    }
    if rows is not None:
        answers = {box: _part(value, rows) for box, value in answers.items()}
    return evolve(filed.profiles.certificates[code], answers=answers)


def _part(value: Any, rows: Rows | None) -> Any:
    """A column's part for some rows, also of those that stand in a tuple."""
    if rows is None:
        return value
    if isinstance(value, tuple):
        return tuple(_part(each, rows) for each in value)
    return value[rows] if isinstance(value, np.ndarray) else value


class Several:
    """Stands for the pay frequency of rows that differ in it, outside of rules: none is daily.

    Anything but the question whether it is daily is a `TypeError`.
    """

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        if other == "daily":
            return False
        raise TypeError("the rows have several pay frequencies")


def several() -> Any:
    """What stands for a pay frequency where the rows have several."""
    return Several()


class Methods(dict[str, Rule]):
    """The functions of taxes by id, each of them run once for each combination of facts."""

    def __init__(
        self, chosen: Mapping[str, Rule], filed: Mapping[str, Filed], periods: Periods
    ) -> None:
        super().__init__(chosen)
        self.filed, self.periods = filed, periods

    def get(self, tax: str, default: Any = None) -> ByFacts:
        """The function of a tax; the default stands for one that was not chosen."""
        state = state_part(tax.partition("/")[0])
        return ByFacts(super().get(tax, default), self.filed, self.periods, state)


def _as_columns(sheet: Worksheet) -> Worksheet:
    """The worksheet, all of whose arrays are columns: some verbs of rules return plain ones."""
    for label, value in sheet.items():
        if type(value) is np.ndarray:
            sheet[label] = value.view(Column)
    return sheet


class Lines(Worksheet):
    """A worksheet whose lines are worked out when they are read; it is never without any."""

    __slots__ = ("_line",)

    def __init__(self, like: Worksheet, line: Callable[[str], Any]) -> None:
        super().__init__(like.form, like.table)
        self._line = line

    def __missing__(self, label: str) -> Any:
        self[label] = self._line(label)
        return self[label]

    def __bool__(self) -> bool:
        return True

    def get(self, label: str, default: Any = None) -> Any:
        """The amounts of a line, or the default if it is not there."""
        return self[label] if label in self else default  # noqa: SIM401 - it is that


class Of(Lines):
    """Some rows of a worksheet."""

    __slots__ = ("_of", "_rows")

    def __init__(self, of: Worksheet, rows: Rows) -> None:
        super().__init__(of, lambda label: _part(of[label], rows))
        self._of, self._rows = of, rows

    def __contains__(self, label: object) -> bool:
        return label in self._of

    @property
    def result(self) -> Any:
        """The amounts of the line that the form ends in, in cents."""
        return _part(self._of.result, self._rows)


class Merged(Lines):
    """The worksheets of parts of a block, read as one."""

    __slots__ = ("_count", "_parts")

    def __init__(self, count: int, parts: list[tuple[Rows, Worksheet]]) -> None:
        super().__init__(
            parts[0][1], lambda label: self._together([(rows, s[label]) for rows, s in parts])
        )
        self._count, self._parts = count, parts

    def __contains__(self, label: object) -> bool:
        """Whether the parts have the line; a `TypeError` if they differ in that."""
        have = {label in sheet for _, sheet in self._parts}
        if len(have) > 1:
            raise TypeError(f"the rows differ in whether they have a line {label}")
        return have.pop()

    @property
    def result(self) -> Any:
        """The amounts of the line that each form ends in, in cents."""
        return self._together([(rows, sheet.result) for rows, sheet in self._parts])

    def _together(self, values: list[tuple[Rows, Any]]) -> Any:
        found = np.zeros(self._count, np.int64)
        for rows, value in values:
            found[rows] = value
        return column(found)
