"""The results of a window of rows: paychecks of blocks and of single rows, and their columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, field

from asopay.columns.builders import MONEY, WORDS, plain_schema
from asopay.columns.column import Mask, Rows
from asopay.columns.entries import Codes, Entries, Everywhere, with_room
from asopay.paycheck import Paycheck

TO_DATE = ("wages", "taxes", "employer_taxes", "deductions", "employer_amounts")

SUMS = ("gross_pay", "imputed_income", "net_pay", "employer_cost")

NOTES = ("not_computed", "exempt_from", "tables")

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

PLAIN = plain_schema(RESULT)
"""The columns of a result whose texts are strings."""

LISTS = {"taxes": 2, "deductions": 5, "garnishments": 3}
"""The columns that are lists, and how many amounts an entry has."""


@define(eq=False)
class Results:
    """The results of the rows of a window; `begin` starts anew with the memory that is there."""

    count: int = 0
    sums: dict[str, Rows] = field(init=False)
    computed: Mask = field(factory=lambda: np.empty(0, bool))
    errors: dict[int, str] = field(factory=dict)
    lists: dict[str, Entries] = field(init=False)
    to_date: dict[str, Entries] = field(init=False)
    notes: Codes = field(factory=lambda: np.empty(0, np.int32))
    told: dict[tuple[str, str, str], int] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.sums = {name: np.empty(0, np.int64) for name in SUMS}
        self.lists = {name: Entries(number) for name, number in LISTS.items()}
        self.to_date = {name: Entries(1) for name in TO_DATE}

    def begin(self, count: int) -> None:
        """Starts with so many rows that have no results."""
        self.count, self.errors, self.told = count, {}, {}
        for entries in (*self.lists.values(), *self.to_date.values()):
            entries.begin(count)
        for name, cents in self.sums.items():
            self.sums[name] = _nothing(cents, count)
        self.computed = _nothing(self.computed, count)
        self.notes = _nothing(self.notes, count)

    @property
    def left(self) -> Rows:
        """The rows that have no results."""
        return np.flatnonzero(~self.computed[: self.count])

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
        self.sums["gross_pay"][rows] = paycheck.gross_cents
        self.sums["imputed_income"][rows] = paycheck.imputed_cents
        self.sums["net_pay"][rows] = paycheck.net_cents
        self.sums["employer_cost"][rows] = paycheck.employer_cost_cents
        self.lists["taxes"].add(
            rows,
            [
                ((t.id, t.payer, t.table, t.overridden), True, (t.wages_cents, t.amount_cents))
                for t in paycheck.taxes
            ],
        )
        self.lists["deductions"].add(
            rows,
            [
                ((d.kind,), where, _of_deduction(d))
                for d, where in zip(paycheck.deductions, here, strict=True)
            ],
        )
        self.lists["garnishments"].add(
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
                rows,
                [((key,), partly.get(key, True), (amounts[key],)) for key in sorted(amounts)],
            )
        exempt = "\n".join(f"{each.id}: {each.reason}" for each in paycheck.exempt_from)
        note = ("\n".join(paycheck.not_computed), exempt, paycheck.tables.digest)
        self.notes[rows] = self.told.setdefault(note, len(self.told))
        self.computed[rows] = True


def _of_deduction(deduction: Any) -> tuple[Any, ...]:
    return (
        deduction.amount_cents,
        deduction.employer_amount_cents,
        deduction.elected_cents,
        deduction.unpaid_cents,
        deduction.arrears_cents,
    )


def _nothing(values: Any, count: int) -> Any:
    found = with_room(values, count)
    found[:count] = 0
    return found
