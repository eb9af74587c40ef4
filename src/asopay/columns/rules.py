"""The rules of withholding, run for a block of rows that differ in the facts that rules go by.

These are the answers on the certificate and the pay period. Facts for which a rule takes the same
steps are run together; rows for which it has to be called as it is, apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import define

from asopay.columns.column import Column, Rows, Split
from asopay.columns.facts import distinct
from asopay.columns.recorded import Program, Programs
from asopay.columns.sheets import Merged, Of, Run, part_of
from asopay.columns.told import Filed, Periods, Told
from asopay.jurisdictions import state_part
from asopay.withholding.pay import Pay
from asopay.worksheet import Worksheet

Rule = Callable[..., Worksheet]


@define(eq=False)
class ByFacts:
    """A rule of withholding, run once for all facts for which it takes the same steps."""

    rule: Rule
    filed: Filed | None
    periods: Periods
    programs: Programs

    def __call__(self, told: Any, *others: Any) -> Worksheet:
        """The worksheet of all the rows; a rule of other taxes needs no other facts."""
        if not isinstance(told, Pay):
            return _as_columns(self.rule(told, *others))
        certificate, table = others
        block = Told(told, self.periods, self.filed, certificate)
        alike = self._alike(block, table)
        if len(alike) == 1:
            [(program, numbers)] = alike.items()
            return self._sheet(block, program, numbers, None, table)
        parts = []
        for program, numbers in alike.items():
            rows = np.flatnonzero(_renamed(dict.fromkeys(numbers, True), block.codes))
            parts.append((rows, self._sheet(block, program, numbers, rows, table)))
        return Merged(len(block.codes), parts)

    def _alike(self, block: Told, table: Any) -> dict[Program | int, dict[int, int]]:
        """By program the codes of the rows that it is for, each with the number of its recording.

        A code for which the rule can't be recorded stands for itself.
        """
        found: dict[Program | int, dict[int, int]] = {}
        for code in distinct(block.codes):
            recording = self.programs.recording(self.rule, block, code, table)
            if recording is None:
                found[code] = {code: 0}
            else:
                found.setdefault(recording.program, {})[code] = recording.number
        return found

    def _sheet(
        self,
        block: Told,
        program: Program | int,
        numbers: dict[int, int],
        rows: Rows | None,
        table: Any,
    ) -> Worksheet:
        """The worksheet of some rows of the block, or of all."""
        amounts = {name: part_of(value, rows) for name, value in block.amounts.items()}
        if isinstance(program, int):
            return self._run(block, program, amounts, rows, table)
        first, *others = numbers.values()
        which = _renamed(numbers, part_of(block.codes, rows)) if others else first
        sheet = Run(program, amounts, which, rows, len(block.codes))
        sheet.result  # noqa: B018 - a `Split` is for here
        return sheet

    def _run(
        self, block: Told, code: int, amounts: dict[str, Any], rows: Rows | None, table: Any
    ) -> Worksheet:
        """The rule itself, for the rows of a code."""
        pay, certificate = block.to_rule(code, amounts.__getitem__)
        if pay.state_worksheet is not None and rows is not None:
            pay.state_worksheet = Of(pay.state_worksheet, rows)
        try:
            return _as_columns(self.rule(pay, certificate, table))
        except Split as split:
            raise split.among(rows, len(block.codes)) from None


def _renamed(numbers: Mapping[int, int], codes: Rows) -> Rows:
    """The number of each code, 0 for those that have none."""
    number_of = np.zeros(int(codes.max()) + 1, np.intp)
    number_of[list(numbers)] = list(numbers.values())
    return number_of.take(codes)


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
    """The functions of taxes by id, each of them run by facts."""

    def __init__(
        self,
        chosen: Mapping[str, Rule],
        filed: Mapping[str, Filed],
        periods: Periods,
        programs: Programs,
    ) -> None:
        super().__init__(chosen)
        self.filed, self.periods, self.programs = filed, periods, programs

    def get(self, tax: str, default: Any = None) -> ByFacts:
        """The function of a tax; the default stands for one that was not chosen."""
        state = state_part(tax.partition("/")[0])
        rule = super().get(tax, default)
        return ByFacts(rule, self.filed.get(state), self.periods, self.programs)


def _as_columns(sheet: Worksheet) -> Worksheet:
    """The worksheet, all of whose arrays are columns: some verbs of rules return plain ones."""
    for label, value in sheet.items():
        if type(value) is np.ndarray:
            sheet[label] = value.view(Column)
    return sheet
