"""A window of rows: taken apart, and its rows put in groups that share their structure.

The structure is all that the engine decides by outside of rules: places, dates, kinds of earnings
and deductions, the employer's terms. Filing status, form and pay period are the rules' own affair.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, field

from asopay.columns.boxes import Known
from asopay.columns.certificates import Answers, read_answers
from asopay.columns.column import Mask, Rows
from asopay.columns.elections import Elections, read_elections
from asopay.columns.facts import Combined, runs, stable_order
from asopay.columns.leaves import (
    Amounts,
    Coded,
    Leaf,
    Leaves,
    Numbers,
    Sparse,
    entries_of,
    leaves_of,
)
from asopay.columns.paths import PERIOD, role
from asopay.columns.rows import documents, plain
from asopay.columns.shape import Path, members
from asopay.errors import Fault
from asopay.money import LARGEST
from asopay.paycheck import PaycheckRequest
from asopay.reading import reader_of

LARGEST_PAY = 1_000_000_000
"""The largest amount of a single earning or deduction, in cents, whose square an int64 holds."""

LARGEST_HOURS, LARGEST_RATE, LARGEST_MULTIPLIER = 5_000_000, 20_000_000, 40_000
"""Of hours, their rate and multiplier, in ten-thousandths: an int64 holds the product."""

MOST_CODES = 2**40

NOT_BORN = 9_999
"""The year of birth of an employee who is taken to be too young for what goes by age."""

APART = (("employee", "birth_date"),)
"""Facts that become columns."""

MOST = {
    "amount": LARGEST_PAY,
    "employer_amount": LARGEST_PAY,
    "hours": LARGEST_HOURS,
    "hours_worked": LARGEST_HOURS,
    "multiplier": LARGEST_MULTIPLIER,
    "percent": 1_000_000,
    "rate": LARGEST_RATE,
}


@define(eq=False)
class Window:
    """Rows of a table, ready to be computed in groups. `alone` are computed one by one."""

    table: pa.Table
    known: Known
    leaves: Leaves
    alone: Mask
    answers: dict[str, Answers]
    elections: Elections
    periods: Combined
    structure: Combined
    born: Rows
    _below: dict[Path, dict[str, Numbers]]
    _documents: dict[int, dict[str, Any]] = field(init=False, factory=dict)

    def groups(self) -> Iterator[Rows]:
        """The rows of each structure, in their order."""
        order = stable_order(self.structure.codes, self.structure.number)
        order = order[~self.alone[order]]
        for first, end in runs(self.structure.codes[order]):
            yield order[first:end]

    def document(self, row: int) -> dict[str, Any]:
        """The request document of a row."""
        if row not in self._documents:
            self.fetch([row])
        return dict(self._documents[row])

    def fetch(self, rows: Sequence[int]) -> None:
        """Makes the documents of rows that will be asked for: together it takes less time."""
        found = documents(self.table.take(pa.array(rows, pa.int64())), self.known.boxes)
        self._documents.update(zip(rows, found, strict=True))

    def numbers(self, path: Path, rows: Rows) -> dict[str, Numbers]:
        """The amounts below a path by key, in a map or in columns of their own."""
        leaf = self.leaves.get(path)
        if isinstance(leaf, Amounts):
            return dict(entries_of(leaf, rows))
        found = {}
        for key, numbers in self._below.get(path, {}).items():
            part = numbers.at(rows)
            if part.valid.any():
                found[key] = part
        return found

    def period(self, row: int) -> dict[str, Any]:
        """What the request of a row states of the pay period's frequency."""
        found = {}
        for path in PERIOD:
            leaf = self.leaves.get(path)
            if isinstance(leaf, Coded) and (code := int(leaf.codes[row])):
                kind = members(PaycheckRequest)[str(path[0])]
                found[str(path[0])] = plain(path, kind, {})(leaf.values[code - 1])
        return found


def open_window(table: pa.Table, known: Known) -> Window:
    """The window of a table's rows."""
    count = table.num_rows
    leaves = leaves_of(table)
    alone = np.zeros(count, bool)
    for path, leaf in leaves.items():
        _check(path, leaf, alone)
    born = _years(leaves.get(("employee", "birth_date")), alone)
    below: dict[Path, dict[str, Numbers]] = {}
    for path, leaf in leaves.items():
        if isinstance(leaf, Numbers):
            below.setdefault(path[:-1], {})[str(path[-1])] = leaf
    answers = read_answers(leaves, known, alone)
    elections = read_elections(leaves, known.deductions, alone)
    periods = Combined(count)
    structure = Combined(count)
    for path, leaf in leaves.items():
        if isinstance(leaf, Coded) and role(path) == "fact" and path not in APART:
            into = periods if path in PERIOD else structure
            if path[0] != "deductions":
                into.add(leaf.codes, len(leaf.values) + 1)
        elif isinstance(leaf, Numbers) and path[0] == "earnings":
            structure.add(leaf.valid.astype(np.int64), 2)
    structure.add_all(_places_of_certificates(answers, count))
    structure.add(elections.order, len(elections.orders))
    structure.add(_is_daily(leaves, count), 2)
    return Window(
        table,
        known,
        leaves,
        alone,
        answers,
        elections,
        periods.squeeze(),
        structure.squeeze(),
        born,
        below,
    )


def _places_of_certificates(
    answers: Mapping[str, Answers], count: int
) -> Iterator[tuple[Rows, int]]:
    """Codes of the states of which rows have a certificate, a few states at a time."""
    states = sorted(place for place in answers if place != "US")
    together = np.zeros(count, np.int64)
    most = 1
    for number, state in enumerate(states, 1):
        rows = answers[state].given
        if len(rows) and most * (len(states) + 1) > MOST_CODES:
            yield together, most
            together, most = np.zeros(count, np.int64), 1
        if len(rows):
            together[rows] = together[rows] * (len(states) + 1) + number
            most = int(together.max()) + 1
    yield together, most


def _is_daily(leaves: Leaves, count: int) -> Rows:
    """1 for rows of a daily payroll, of which some taxes count the days of the year."""
    leaf = leaves.get(("pay_frequency",))
    if not isinstance(leaf, Coded) or "daily" not in leaf.values:
        return np.zeros(count, np.int64)
    daily: Rows = (leaf.codes == leaf.values.index("daily") + 1).astype(np.int64)
    return daily


def _years(leaf: Leaf | None, alone: Mask) -> Rows:
    """The years of birth; rows with a text that is no day are computed alone."""
    if not isinstance(leaf, Coded):
        return np.full(len(alone), NOT_BORN)
    read, faults, years = reader_of(date), list[Fault](), [NOT_BORN]
    for value in leaf.values:
        day = value if isinstance(value, date) else read(value, "", faults)
        years.append(day.year if day else -1)
    found = np.array(years)[leaf.codes]
    alone |= found < 0
    return found


def _check(path: Path, leaf: Leaf, alone: Mask) -> None:
    """Marks the rows with values in the leaf that are computed alone."""
    if isinstance(leaf, Sparse):
        return
    known = role(path)
    if path[-1] == "arrears" and isinstance(leaf, Numbers):
        alone |= leaf.values != 0
    elif known == "unknown":
        alone |= _has_value(leaf)
    elif known == "number" and isinstance(leaf, Numbers):
        most = MOST.get(str(path[-1]), LARGEST)
        values = leaf.values
        if len(values) and (values.min() < 0 or values.max() > most):
            alone |= (values < 0) | (values > most)
        if leaf.odd is not None:
            alone |= leaf.odd
    elif known == "number" and isinstance(leaf, Amounts):
        _check_entries(leaf, alone)


def _check_entries(leaf: Amounts, alone: Mask) -> None:
    numbers = leaf.numbers
    wrong = (numbers.values < 0) | (numbers.values > LARGEST) | ~numbers.valid
    if wrong.any():
        row_of = np.repeat(np.arange(len(alone)), leaf.lengths)
        inside = np.repeat(leaf.starts - np.cumsum(leaf.lengths) + leaf.lengths, leaf.lengths)
        entries = inside + np.arange(len(row_of))
        alone[row_of[wrong[entries]]] = True


def _has_value(leaf: Coded | Numbers | Amounts) -> Mask:
    if isinstance(leaf, Coded):
        return leaf.codes > 0
    if isinstance(leaf, Numbers):
        return leaf.valid if leaf.odd is None else leaf.valid | leaf.odd
    return leaf.lengths > 0
