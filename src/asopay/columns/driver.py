"""Whole payrolls: rows in groups as columns where that can be, one by one where it can't."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, field

from asopay import documents
from asopay.columns.boxes import Known, known_to
from asopay.columns.column import Rows, Split
from asopay.columns.group import TO_DATE, Group, OneByOne
from asopay.columns.maker import Maker
from asopay.columns.results import PLAIN, RESULT, Results
from asopay.columns.rows import documents as documents_of
from asopay.columns.slices import batches
from asopay.columns.window import Window, open_window
from asopay.errors import InvalidRequest
from asopay.rulebook import Rulebook, standard_rulebook

BLOCK = 16_384
"""Rows of a block: the arrays of one step fit the processor's cache."""

WINDOW = 262_144
"""Rows among which groups are sought: there are hardly more structures in a larger window, and each
takes its time whatever its rows; but memory grows with the window.
"""

FEW = 4
"""A group of fewer rows is computed faster one by one."""

MOST_SPLITS = 100
"""How often the rows of a group are computed apart before the rest goes one by one."""


@define(eq=False)
class Payroll:
    """Computes windows of rows by a rulebook.

    A group of less than `few` rows is computed one by one.
    With `plain` the texts of the results are strings, else they are dictionaries, which is faster.
    `one_by_one` counts the rows that were computed so, and `errors` those that were wrong.
    """

    rulebook: Rulebook = field(factory=standard_rulebook)
    plain: bool = False
    few: int = FEW
    one_by_one: int = 0
    errors: int = 0
    _known: Known = field(init=False)
    _maker: Maker = field(init=False)
    _spare: list[Results] = field(init=False, factory=list)

    @_known.default
    def _known_to_the_tables(self) -> Known:
        return self.rulebook.keep(known_to)

    @_maker.default
    def _maker_by_the_rulebook(self) -> Maker:
        return self.rulebook.keep(Maker)

    @property
    def schema(self) -> pa.Schema:
        """The columns of the results."""
        return PLAIN if self.plain else RESULT

    def compute(self, table: pa.Table) -> Iterator[pa.RecordBatch]:
        """The results of the rows, in their order, some rows at a time.

        All is computed when this returns; a batch is made when it is asked for.
        """
        window = open_window(table, self._known)
        results = self._spare.pop() if self._spare else Results()
        results.begin(table.num_rows)
        large = [rows for rows in window.groups() if len(rows) >= self.few]
        window.fetch([int(rows[0]) for rows in large])
        for rows in large:
            group = self._maker.group(window, rows)
            if group:
                self._group(group, results)
        self._alone(window, results)
        self.errors += len(results.errors)
        return self._given_out(results, _ids(table))

    def _given_out(self, results: Results, ids: pa.Array) -> Iterator[pa.RecordBatch]:
        """The batches; the memory of the results is used again after the last of them."""
        yield from batches(results, ids, plain=self.plain)
        self._spare.append(results)

    def _group(self, group: Group, results: Results) -> None:
        count, splits = len(group.rows), 0
        parts = [np.arange(at, min(at + BLOCK, count)) for at in range(0, count, BLOCK)]
        while parts:
            part = parts.pop()
            if len(part) < self.few or splits > MOST_SPLITS:
                continue
            try:
                _add(group, part, results)
            except Split as split:
                splits += 1
                parts += [part[split.mask], part[~split.mask]]
            except NOT_ON_COLUMNS:
                continue

    def _alone(self, window: Window, results: Results) -> None:
        """The rows that are not computed yet, one by one."""
        rows = results.left
        self.one_by_one += len(rows)
        for start in range(0, len(rows), BLOCK):
            some = rows[start : start + BLOCK]
            requested = documents_of(window.table.take(pa.array(some)), self._known.boxes)
            for row, document in zip(some.tolist(), requested, strict=True):
                self._one(row, document, results)

    def _one(self, row: int, document: Any, results: Results) -> None:
        try:
            _, paycheck = documents.compute(document, self.rulebook)
        except InvalidRequest as error:
            results.errors[row] = str(error)
        else:
            results.add(np.array([row]), paycheck, [True for _ in paycheck.deductions], {})


def _ids(table: pa.Table) -> pa.Array:
    """The ids of the employees."""
    if "employee.id" in table.column_names:
        ids = table.column("employee.id")
    elif (
        "employee" in table.column_names
        and table.schema.field("employee").type.get_field_index("id") >= 0
    ):
        ids = pc.struct_field(table.column("employee"), "id")
    else:
        return pa.nulls(table.num_rows, pa.string())
    return pc.cast(ids, pa.string()).combine_chunks()


NOT_ON_COLUMNS = (OneByOne, InvalidRequest, TypeError, ValueError, LookupError, ArithmeticError)
"""What says that a block can't be computed as columns: then its rows are, one by one."""


def _add(group: Group, part: Rows, results: Results) -> None:
    paycheck, before = group.paycheck(part)
    here: list[Any] = [
        each.here[part] if isinstance(each.here, np.ndarray) else each.here
        for each in group.elected
    ]
    partly: dict[str, dict[str, Any]] = {}
    for name in TO_DATE:
        after = paycheck.year_to_date_cents[name]
        partly[name] = {
            key: group.to_date[name][key].valid[part]
            for key, amount in before[name].items()
            if key in after and after[key] is amount
        }
    for name, amount_of in _OF_DEDUCTIONS.items():
        nonzero: dict[str, Any] = {}
        for entry in paycheck.deductions:
            now = np.asarray(amount_of(entry) != 0)
            nonzero[entry.kind] = now | nonzero.get(entry.kind, False)
        for key in paycheck.year_to_date_cents[name]:
            if key not in partly[name]:
                earlier = group.to_date[name].get(key)
                had = earlier.valid[part] if earlier else np.zeros(len(part), bool)
                partly[name][key] = had | nonzero[key.partition("/")[0]]
    results.add(group.rows[part], paycheck, here, _thinned(partly))


_OF_DEDUCTIONS = {
    "deductions": attrgetter("amount_cents"),
    "employer_amounts": attrgetter("employer_amount_cents"),
}
"""The parts of the year to date that deductions are counted in, where they are not nothing."""


def _thinned(partly: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Without the masks that hold everywhere."""
    return {
        name: {key: mask for key, mask in masks.items() if not mask.all()}
        for name, masks in partly.items()
    }
