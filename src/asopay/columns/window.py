"""A window of rows: taken apart, and its rows put in groups that share their structure.

The structure is all that the engine decides by outside of rules: places, dates, kinds of earnings
and deductions, the employer's terms. Filing status, form and pay period are the rules' own affair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, field

from asopay.columns.answers import Answers, read_answers
from asopay.columns.boxes import Known
from asopay.columns.column import Mask, Rows, column
from asopay.columns.facts import Combined, examples, narrow, runs, stable_order
from asopay.columns.leaf import Amounts, Coded, Entry, Leaf, Leaves, Numbers, Sparse, places
from asopay.columns.leaves import BIRTH_DATE, leaves_of
from asopay.columns.listed import Listed, Order, Slot, listed
from asopay.columns.paths import PERIOD, role
from asopay.columns.rows import documents, plain
from asopay.columns.shape import Path, members
from asopay.jurisdictions import state_part
from asopay.money import LARGEST
from asopay.paycheck import PaycheckRequest

LARGEST_PAY = 1_000_000_000
"""The largest amount of a single earning or deduction, in cents, whose square an int64 holds."""

LARGEST_HOURS, LARGEST_RATE, LARGEST_MULTIPLIER = 5_000_000, 20_000_000, 40_000
"""Of hours, their rate and multiplier, in ten-thousandths: an int64 holds the product."""

MOST_CODES = 2**40

NOT_BORN = 9_999
"""The year of birth of an employee who is taken to be too young for what goes by age."""

OF_DEDUCTIONS = ("amount", "percent")
OF_EARNINGS = ("amount", "hours", "rate", "multiplier", "hours_worked")
"""What of a deduction, and of an earning, makes a difference by being given."""

MOST = {
    "amount": LARGEST_PAY,
    "employer_amount": LARGEST_PAY,
    "hours": LARGEST_HOURS,
    "hours_worked": LARGEST_HOURS,
    "multiplier": LARGEST_MULTIPLIER,
    "percent": 1_000_000,
    "rate": LARGEST_RATE,
}


AT_ONCE = 16
"""So many documents are made together, which takes less time than one by one."""


HOME = ("employee", "residence", 0)
"""The first residence: whether there is a certificate of its state is a matter of the rules."""


@define(eq=False)
class Window:
    """Rows of a table, ready to be computed in groups. `alone` are computed one by one."""

    table: pa.Table
    known: Known
    leaves: Leaves
    alone: Mask
    answers: dict[str, Answers]
    elections: Listed
    earnings: Listed
    periods: Combined
    structure: Combined
    filed: FiledElsewhere
    born: Rows
    _structural: list[tuple[Path, Any, list[Any]]]
    _below: dict[Path, dict[str, Numbers]]
    _stated: list[dict[str, Any]] = field(init=False, factory=list)
    schema: bytes = field(init=False)
    _documents: dict[int, dict[str, Any]] = field(init=False, factory=dict)
    _wanted: list[int] = field(init=False, factory=list)

    def groups(self) -> Iterator[Rows]:
        """The rows of each structure, in their order."""
        order = stable_order(self.structure.codes, self.structure.number)
        order = order[~self.alone[order]]
        for first, end in runs(self.structure.codes[order]):
            yield order[first:end]

    def document(self, row: int) -> dict[str, Any]:
        """The request document of a row."""
        if row not in self._documents:
            at = self._wanted.index(row) if row in self._wanted else len(self._wanted)
            rows = [row, *self._wanted[at + 1 : at + AT_ONCE]]
            found = documents(self.table.take(pa.array(rows, pa.int64())), self.known.boxes)
            self._documents.update(zip(rows, found, strict=True))
        return dict(self._documents[row])

    def fetch(self, rows: Sequence[int]) -> None:
        """Says of which rows documents may be asked for, in this order: some are made at once."""
        self._wanted = list(rows)

    def amounts(self, path: Path, rows: Rows) -> dict[str, Entry]:
        """The amounts of a group below a path by key, in a map or in columns of their own."""
        leaf = self.leaves.get(path)
        if isinstance(leaf, Amounts):
            return leaf.entries(rows)
        found = {}
        for key, numbers in self._below.get(path, {}).items():
            valid = numbers.valid[rows]
            if valid.any():
                found[key] = Entry(valid)
        return found

    def read(self, path: Path, entries: Mapping[str, Entry], rows: Rows) -> dict[str, Any]:
        """The amounts of some rows of a group by key."""
        leaf = self.leaves.get(path)
        if isinstance(leaf, Amounts):
            found = leaf.read(entries, rows)
        else:
            found = {key: self._below[path][key].at(rows) for key in entries}
        return {key: column(values) for key, values in found.items()}

    def stated(self, code: int) -> dict[str, Any]:
        """What requests of a code of the `periods` state of the pay period's frequency."""
        if not self._stated:
            rows = examples(self.periods.codes, self.periods.number).tolist()
            self._stated.extend(self._period(row) for row in rows)
        return self._stated[code]

    def _period(self, row: int) -> dict[str, Any]:
        found = {}
        for path in PERIOD:
            leaf = self.leaves.get(path)
            if isinstance(leaf, Coded) and (code := int(leaf.codes[row])):
                kind = members(PaycheckRequest)[str(path[0])]
                found[str(path[0])] = plain(path, kind, {})(leaf.values[code - 1])
        return found

    @schema.default
    def _schema_of_the_table(self) -> bytes:
        return bytes(self.table.schema.serialize())

    def facts(self, row: int) -> tuple[Any, ...]:
        """All facts that make the structure of a row but those of deductions and earnings."""
        found = [
            (path, values[code - 1])
            for path, codes, values in self._structural
            if (code := int(codes[row]))
        ]
        return (*found, *self.filed.places(row))


@define(eq=False)
class FiledElsewhere:
    """The states of which rows have a certificate, but that of residence: codes for some at a time.

    A code has a digit for each state, in a system of one digit more than there are `states`.
    """

    states: list[str]
    codes: list[tuple[Rows, int]]

    def places(self, row: int) -> list[str]:
        """The states of a row."""
        found = []
        for codes, _ in self.codes:
            rest = int(codes[row])
            while rest:
                rest, digit = divmod(rest, len(self.states) + 1)
                found.append(self.states[digit - 1])
        return found


def open_window(table: pa.Table, known: Known) -> Window:
    """The window of a table's rows."""
    count = table.num_rows
    leaves = leaves_of(table)
    alone = np.zeros(count, bool)
    for path, leaf in leaves.items():
        _check(path, leaf, alone)
    born = _years(leaves.get(BIRTH_DATE), alone)
    below: dict[Path, dict[str, Numbers]] = {}
    for path, leaf in leaves.items():
        if isinstance(leaf, Numbers):
            below.setdefault(path[:-1], {})[str(path[-1])] = leaf
    answers = read_answers(leaves, known, alone)
    elections = listed(leaves, "deductions", OF_DEDUCTIONS, lambda *_: True, count)
    _check_elections(elections, known, alone)
    earnings = listed(leaves, "earnings", OF_EARNINGS, _may_lack(known), count)
    periods = Combined(count)
    structural = []
    for path, leaf in leaves.items():
        if isinstance(leaf, Coded) and role(path) == "fact" and path != BIRTH_DATE:
            if path in PERIOD:
                periods.add(leaf.codes, len(leaf.values) + 1)
            elif path[0] not in ("deductions", "earnings"):
                structural.append((path, leaf.codes, leaf.values))
    filed = _filed(answers, leaves.get(HOME), count)
    structure = Combined(count)
    structure.add_all((codes, len(values) + 1) for _, codes, values in structural)
    structure.add_all(filed.codes)
    structure.add(elections.order, len(elections.orders))
    structure.add(earnings.order, len(earnings.orders))
    structure.add(_is_daily(leaves, count), 2)
    return Window(
        table,
        known,
        leaves,
        alone,
        answers,
        elections,
        earnings,
        periods.squeeze(),
        structure.squeeze(),
        filed,
        born,
        structural,
        below,
    )


def _check_elections(elections: Listed, known: Known, alone: Mask) -> None:
    """Rows with a deduction that is none, or of both an amount and a percentage, are alone."""
    for number, order in enumerate(elections.orders):
        if not all(
            slot.kind in known.deductions and len(slot.given) == 1 and len(slot.facts) == 1
            for slot in order
        ):
            alone |= elections.order == number


def _may_lack(known: Known) -> Callable[[Order, Slot], bool]:
    """Whether a row with these earnings may lack one: pay that is taxed as another of them is.

    Its hours are not known if only an amount is given: then those of another are not, either.
    """

    def is_plain(slot: Slot) -> bool:
        return slot.kind in known.plain and len(slot.facts) == 1

    def is_of_no_place(slot: Slot) -> bool:
        return all(path in (("kind",), ("supplemental_method",)) for path, _ in slot.facts)

    def lacks_hours(slot: Slot) -> bool:
        return is_plain(slot) and known.plain[slot.kind] and slot.given == ("amount",)

    def may_lack(own: Order, slot: Slot) -> bool:
        if not is_plain(slot) or not any(map(is_plain, own)) or not all(map(is_of_no_place, own)):
            return False
        return not lacks_hours(slot) or any(map(lacks_hours, own))

    return may_lack


def _filed(answers: Mapping[str, Answers], home: Leaf | None, count: int) -> FiledElsewhere:
    """The states of which rows have a certificate and which are not that of their residence."""
    states = sorted(place for place in answers if place != "US")
    found = []
    together = np.zeros(count, np.int64)
    most = 1
    for number, state in enumerate(states, 1):
        rows = _elsewhere(answers[state].given, state, home)
        if len(rows) and most * (len(states) + 1) > MOST_CODES:
            found.append((narrow(together, most), most))
            together, most = np.zeros(count, np.int64), 1
        if len(rows):
            together[rows] = together[rows] * (len(states) + 1) + number
            most = max(most, int(together[rows].max()) + 1)
    return FiledElsewhere(states, [*found, (narrow(together, most), most)])


def _elsewhere(rows: Rows, state: str, home: Leaf | None) -> Rows:
    """Those of the rows whose first residence is not in the state."""
    if not isinstance(home, Coded):
        return rows
    at_home = np.array([False, *(state_part(str(place)) == state for place in home.values)])
    elsewhere: Mask = ~at_home.take(home.codes[rows])
    return rows[elsewhere]


def _is_daily(leaves: Leaves, count: int) -> Rows:
    """1 for rows of a daily payroll, of which some taxes count the days of the year."""
    leaf = leaves.get(("pay_frequency",))
    if not isinstance(leaf, Coded) or "daily" not in leaf.values:
        return np.zeros(count, np.uint8)
    daily: Rows = (leaf.codes == leaf.values.index("daily") + 1).view(np.uint8)
    return daily


def _years(leaf: Leaf | None, alone: Mask) -> Rows:
    """The years of birth; rows with a text that is no day are computed alone."""
    if not isinstance(leaf, Coded):
        return np.broadcast_to(np.int32(NOT_BORN), len(alone))
    years = np.array([NOT_BORN, *leaf.values], np.int32)
    if years.min() < 0:
        alone |= years[leaf.codes] < 0
    return years.take(leaf.codes)


def _check(path: Path, leaf: Leaf, alone: Mask) -> None:
    """Marks the rows with values in the leaf that are computed alone."""
    if isinstance(leaf, Sparse):
        return
    known = role(path)
    if isinstance(leaf, Numbers) and (strange := leaf.strange()) is not None:
        alone |= strange
    if path[-1] == "arrears" and isinstance(leaf, Numbers):
        alone |= leaf.all() != 0
    elif known == "unknown":
        alone |= _has_value(leaf)
    elif known == "number" and isinstance(leaf, Numbers):
        most = MOST.get(str(path[-1]), LARGEST)
        if not leaf.within(most):
            values = leaf.all()
            alone |= (values < 0) | (values > most)
    elif known == "number" and isinstance(leaf, Amounts):
        _check_entries(leaf, alone)


def _check_entries(leaf: Amounts, alone: Mask) -> None:
    numbers = leaf.numbers
    if numbers.within(LARGEST) and numbers.valid.all():
        return
    wrong = (numbers.values < 0) | (numbers.values > LARGEST) | ~numbers.valid
    for place in places(leaf.starts, leaf.lengths):
        alone |= place.of(wrong)


def _has_value(leaf: Coded | Numbers | Amounts) -> Mask:
    if isinstance(leaf, Coded):
        return leaf.codes > 0
    return leaf.given() if isinstance(leaf, Numbers) else leaf.lengths > 0
