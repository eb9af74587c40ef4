"""Worksheets of columns that are put together, or worked out, when a line of them is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from asopay.columns.column import Column, Rows, Split, column
from asopay.columns.recorded import Program
from asopay.worksheet import Worksheet


def part_of(value: Any, rows: Rows | None) -> Any:
    """A column's part for some rows; None are all of them."""
    return value if rows is None or not isinstance(value, np.ndarray) else value[rows]


class Lines(Worksheet):
    """A worksheet whose lines are worked out when they are read; it is never without any."""

    __slots__ = ("_line",)

    def __init__(self, like: Worksheet | Program, line: Callable[[str], Any]) -> None:
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
        super().__init__(of, lambda label: part_of(of[label], rows))
        self._of, self._rows = of, rows

    def __contains__(self, label: object) -> bool:
        return label in self._of

    @property
    def result(self) -> Any:
        """The amounts of the line that the form ends in, in cents."""
        return part_of(self._of.result, self._rows)


class Run(Lines):
    """The worksheet that a program fills in, for some rows of so many or, without any, for all."""

    __slots__ = ("_count", "_program", "_rows")

    def __init__(
        self,
        program: Program,
        inputs: Mapping[Any, Any],
        which: Rows | int,
        rows: Rows | None,
        count: int,
    ) -> None:
        super().__init__(program, lambda label: self._run(label, inputs, which))
        self._program, self._rows, self._count = program, rows, count

    def __contains__(self, label: object) -> bool:
        return label in self._program.lines

    def _run(self, label: str, inputs: Mapping[Any, Any], which: Rows | int) -> Any:
        try:
            found = self._program.run(label, inputs, which)
        except Split as split:
            raise split.among(self._rows, self._count) from None
        return found.view(Column) if isinstance(found, np.ndarray) else found


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
