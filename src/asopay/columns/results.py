"""Results as Arrow columns: paychecks of blocks and of single rows, put in the rows' order."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, field

from asopay.columns.column import Mask, Rows
from asopay.paycheck import Paycheck

MONEY = pa.decimal128(18, 2)
WORDS = pa.dictionary(pa.int32(), pa.string())

TO_DATE = ("wages", "taxes", "employer_taxes", "deductions", "employer_amounts")

SUMS = ("gross_pay", "imputed_income", "net_pay", "employer_cost")

Everywhere = Mask | bool


@define(eq=False)
class Entries:
    """Lists of entries, one list a row: each entry has a label of facts, and amounts."""

    count: int
    amounts: int
    _labels: dict[Hashable, int] = field(factory=dict)
    _added: list[tuple[Rows, list[tuple[int, Everywhere, tuple[Any, ...]]]]] = field(factory=list)

    def add(self, rows: Rows, entries: list[tuple[Hashable, Everywhere, tuple[Any, ...]]]) -> None:
        """Adds the entries of some rows: label, which of the rows have it, and the amounts."""
        labels = self._labels
        coded = [(labels.setdefault(e[0], len(labels)), e[1], e[2]) for e in entries]
        self._added.append((rows, coded))

    def build(self) -> tuple[Rows, Any, list[Rows], list[Any]]:
        """Offsets by row; then by entry the number of its label and the amounts; and the labels.

        The amounts are the low words of decimals, the high words are zero.
        """
        lengths = np.zeros(self.count, np.int64)
        for rows, entries in self._added:
            everywhere = sum(1 for entry in entries if entry[1] is True)
            lengths[rows] = everywhere
            for _, here, _ in entries:
                if here is not True:
                    lengths[rows] += here
        offsets = np.zeros(self.count + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        total = int(offsets[-1])
        labels = np.zeros(total, np.int32)
        amounts = [np.zeros((total, 2), np.int64) for _ in range(self.amounts)]
        low = [words[:, 0] for words in amounts]
        for rows, entries in self._added:
            at = offsets[rows]
            for label, here, values in entries:
                places = at if here is True else at[here]
                labels[places] = label
                for into, value in zip(low, values, strict=True):
                    if here is not True and isinstance(value, np.ndarray):
                        into[places] = value[here]
                    else:
                        into[places] = value
                at = at + (1 if here is True else here)
        return offsets, labels, amounts, list(self._labels)


@define(eq=False)
class Results:
    """The results of so many rows."""

    count: int
    plain: bool = False
    sums: dict[str, Rows] = field(init=False)
    computed: Mask = field(init=False)
    errors: dict[int, str] = field(factory=dict)
    taxes: Entries = field(init=False)
    deductions: Entries = field(init=False)
    garnishments: Entries = field(init=False)
    to_date: dict[str, Entries] = field(init=False)
    notes: Rows = field(init=False)
    _notes: dict[tuple[str, str, str], int] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.sums = {name: np.zeros(self.count, np.int64) for name in SUMS}
        self.computed = np.zeros(self.count, bool)
        self.taxes = Entries(self.count, 2)
        self.deductions = Entries(self.count, 5)
        self.garnishments = Entries(self.count, 3)
        self.to_date = {name: Entries(self.count, 1) for name in TO_DATE}
        self.notes = np.zeros(self.count, np.int32)

    def add(
        self,
        rows: Rows,
        paycheck: Paycheck,
        here: list[Everywhere],
        to_date: Mapping[str, Mapping[str, Everywhere]],
    ) -> None:
        """Adds the paycheck of a block of rows.

        `here` says for each deduction which of the rows have it, and `to_date` which of them have
        an entry of the year to date that is not in every row.
        """
        self.computed[rows] = True
        self.sums["gross_pay"][rows] = paycheck.gross_cents
        self.sums["imputed_income"][rows] = paycheck.imputed_cents
        self.sums["net_pay"][rows] = paycheck.net_cents
        self.sums["employer_cost"][rows] = paycheck.employer_cost_cents
        self.taxes.add(
            rows,
            [
                ((t.id, t.payer, t.table, t.overridden), True, (t.wages_cents, t.amount_cents))
                for t in paycheck.taxes
            ],
        )
        self.deductions.add(
            rows,
            [
                (d.kind, where, _of_deduction(d))
                for d, where in zip(paycheck.deductions, here, strict=True)
            ],
        )
        self.garnishments.add(
            rows,
            [
                ((g.kind, g.id), True, (g.amount_cents, g.fee_cents, g.taken_to_date_cents))
                for g in paycheck.garnishments
            ],
        )
        for name, entries in self.to_date.items():
            amounts = paycheck.year_to_date_cents[name]
            partly = to_date.get(name, {})
            entries.add(
                rows, [(key, partly.get(key, True), (amounts[key],)) for key in sorted(amounts)]
            )
        exempt = "\n".join(f"{each.id}: {each.reason}" for each in paycheck.exempt_from)
        note = ("\n".join(paycheck.not_computed), exempt, paycheck.tables.digest)
        self.notes[rows] = self._notes.setdefault(note, len(self._notes))

    def table(self, ids: pa.Array) -> pa.Table:
        """The results as a table, whose rows begin with the employees' ids."""
        failed = ~self.computed
        columns = {"employee_id": ids} | {
            name: money(values, failed) for name, values in self.sums.items()
        }
        columns["taxes"] = self._taxes(failed)
        columns["deductions"] = self._deductions(failed)
        columns["garnishments"] = self._garnishments(failed)
        columns["year_to_date"] = pa.StructArray.from_arrays(
            [self._map(name) for name in TO_DATE],
            names=list(TO_DATE),
            mask=pa.array(failed) if failed.any() else None,
        )
        listed = list(self._notes) or [("", "", "")]
        for number, name in enumerate(("not_computed", "exempt_from", "tables")):
            columns[name] = self._words(self.notes, [note[number] for note in listed], failed)
        columns["error"] = self._errors()
        return pa.table(columns, schema=PLAIN if self.plain else RESULT)

    def _taxes(self, failed: Mask) -> pa.Array:
        offsets, labels, (wages, amounts), names = self.taxes.build()
        fields = [
            self._words(labels, [name[0] for name in names]),
            self._words(labels, [name[1] for name in names]),
            _money(wages),
            _money(amounts),
            self._words(labels, [name[2] for name in names]),
            pa.array(np.array([name[3] for name in names] or [False])[labels]),
        ]
        entries = pa.StructArray.from_arrays(fields, fields=self._fields(TAX))
        return _list(offsets, entries, failed)

    def _deductions(self, failed: Mask) -> pa.Array:
        offsets, labels, amounts, kinds = self.deductions.build()
        fields = [self._words(labels, kinds), *(_money(each) for each in amounts)]
        return _list(
            offsets, pa.StructArray.from_arrays(fields, fields=self._fields(DEDUCTION)), failed
        )

    def _garnishments(self, failed: Mask) -> pa.Array:
        offsets, labels, amounts, names = self.garnishments.build()
        fields = [
            self._words(labels, [name[0] for name in names]),
            self._words(labels, [name[1] for name in names]),
            *(_money(each) for each in amounts),
        ]
        orders = pa.StructArray.from_arrays(fields, fields=self._fields(GARNISHMENT))
        return _list(offsets, orders, failed)

    def _map(self, name: str) -> pa.Array:
        offsets, labels, (amounts,), keys = self.to_date[name].build()
        at = pa.array(offsets.astype(np.int32))
        return pa.MapArray.from_arrays(at, self._words(labels, keys), _money(amounts))

    def _errors(self) -> pa.Array:
        texts: list[str | None] = [None] * self.count
        for row, text in self.errors.items():
            texts[row] = text
        return pa.array(texts, pa.string()) if self.errors else pa.nulls(self.count, pa.string())

    def _words(self, codes: Rows, words: list[Any], missing: Mask | None = None) -> pa.Array:
        found = _words(codes, words, missing)
        return found.dictionary_decode() if self.plain else found

    def _fields(self, given: pa.DataType) -> list[pa.Field]:
        return list(plain_type(given) if self.plain else given)


def _of_deduction(deduction: Any) -> tuple[Any, ...]:
    return (
        deduction.amount_cents,
        deduction.employer_amount_cents,
        deduction.elected_cents,
        deduction.unpaid_cents,
        deduction.arrears_cents,
    )


def money(cents: Rows, missing: Mask | None = None) -> pa.Array:
    """Cents, none below zero, as decimals; `missing` ones are null."""
    words = np.zeros((len(cents), 2), np.int64)
    words[:, 0] = cents
    return _money(words, missing)


def _money(words: Rows, missing: Mask | None = None) -> pa.Array:
    """Decimals of which the low words are given: amounts are never below zero."""
    valid = None
    if missing is not None and missing.any():
        valid = pa.py_buffer(np.packbits(~missing, bitorder="little"))
    return pa.Array.from_buffers(MONEY, len(words), [valid, pa.py_buffer(words)])


def _words(codes: Rows, words: list[Any], missing: Mask | None = None) -> pa.Array:
    distinct: dict[Any, int] = {}
    numbers = np.array([distinct.setdefault(w, len(distinct)) for w in words] or [0], np.int32)
    mask = missing if missing is not None and missing.any() else None
    indices = pa.array(numbers[codes], pa.int32(), mask=mask)
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(distinct), pa.string()))


def _list(offsets: Rows, entries: pa.Array, missing: Mask) -> pa.Array:
    mask = pa.array(missing) if missing.any() else None
    return pa.ListArray.from_arrays(pa.array(offsets.astype(np.int32)), entries, mask=mask)


TAX = pa.struct(
    {
        "id": WORDS,
        "payer": WORDS,
        "wages": MONEY,
        "amount": MONEY,
        "table": WORDS,
        "overridden": pa.bool_(),
    }
)
DEDUCTION = pa.struct(
    {
        "kind": WORDS,
        "amount": MONEY,
        "employer_amount": MONEY,
        "elected_amount": MONEY,
        "unpaid_amount": MONEY,
        "arrears": MONEY,
    }
)
GARNISHMENT = pa.struct(
    {
        "kind": WORDS,
        "id": WORDS,
        "amount": MONEY,
        "fee": MONEY,
        "taken_to_date": MONEY,
    }
)
RESULT = pa.schema(
    {
        "employee_id": pa.string(),
        **dict.fromkeys(SUMS, MONEY),
        "taxes": pa.list_(TAX),
        "deductions": pa.list_(DEDUCTION),
        "garnishments": pa.list_(GARNISHMENT),
        "year_to_date": pa.struct({name: pa.map_(WORDS, MONEY) for name in TO_DATE}),
        "not_computed": WORDS,
        "exempt_from": WORDS,
        "tables": WORDS,
        "error": pa.string(),
    }
)
"""The columns of a result, in order."""


def plain_type(given: pa.DataType) -> pa.DataType:
    """The type with strings in place of dictionaries."""
    if pa.types.is_dictionary(given):
        return given.value_type
    if pa.types.is_struct(given):
        return pa.struct([pa.field(each.name, plain_type(each.type)) for each in given])
    if pa.types.is_map(given):
        return pa.map_(plain_type(given.key_type), plain_type(given.item_type))
    return pa.list_(plain_type(given.value_type)) if pa.types.is_list(given) else given


def plain_schema(given: pa.Schema) -> pa.Schema:
    """The schema with strings in place of dictionaries."""
    return pa.schema([pa.field(each.name, plain_type(each.type)) for each in given])


PLAIN = plain_schema(RESULT)
"""The columns of a result whose texts are strings."""
