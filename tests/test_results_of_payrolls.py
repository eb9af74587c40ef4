"""Results of whole payrolls: kept as they are computed, given out in the rows' order."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from asopay.columns import PLAIN, RESULT, Payroll
from asopay.columns.builders import Flags
from asopay.columns.entries import Entries
from payrolls import alone, computed_by, rows_of, table_of

AMOUNTS = st.integers(0, 2**62) | st.integers(0, 5_000)


@st.composite
def windows(draw: st.DrawFn) -> tuple[int, list[Any]]:
    """A number of rows, and blocks of them with the entries of each row; the last block counts."""
    count = draw(st.integers(1, 12))
    blocks = []
    for rows in draw(st.lists(st.lists(st.integers(0, count - 1), min_size=1, unique=True))):
        labels = draw(st.lists(st.sampled_from("abcdef"), unique=True, max_size=5))
        blocks.append((rows, [draw(entry(label, len(rows))) for label in labels]))
    return count, blocks


@st.composite
def entry(draw: st.DrawFn, label: str, size: int) -> Any:
    """An entry of so many rows: which of them have it, and two amounts, of each row or of all."""
    here = draw(st.just(True) | st.lists(st.booleans(), min_size=size, max_size=size))
    amounts = [
        draw(AMOUNTS | st.lists(AMOUNTS, min_size=size, max_size=size).map(np.array))
        for _ in range(2)
    ]
    return (label,), here if here is True else np.array(here), amounts


def listed(count: int, blocks: list[Any]) -> list[list[Any]]:
    """The lists of the rows, entry by entry."""
    found: list[list[Any]] = [[] for _ in range(count)]
    for rows, entries in blocks:
        for at, row in enumerate(rows):
            found[row] = [
                (label, *(int(each if isinstance(each, int) else each[at]) for each in amounts))
                for label, here, amounts in entries
                if here is True or here[at]
            ]
    return found


@given(st.lists(windows(), min_size=1, max_size=3), st.integers(1, 12))
def test_lists_of_entries(drawn: list[Any], size: int) -> None:
    """However rows come, any slice has their own entries in order; so it is with used memory."""
    entries = Entries(2)
    for count, blocks in drawn:
        entries.begin(count)
        for rows, added in blocks:
            entries.add(np.array(rows), added)
        found: list[list[Any]] = []
        for first in range(0, count, size):
            offsets, codes, amounts = entries.of(first, min(first + size, count))
            told = [
                (entries.labels[code], *map(int, each))
                for code, *each in zip(codes, *amounts, strict=True)
            ]
            found += [told[a:b] for a, b in pairwise(offsets)]

        assert listed(count, blocks) == found


def test_many_labels() -> None:
    """Labels are told apart however many they are."""
    entries = Entries(0)
    entries.begin(2)
    first, others = [((0,), True, ())], [((label,), True, ()) for label in range(70_000)]
    entries.add(np.array([1]), first)
    entries.add(np.array([0]), others)
    _, codes, _ = entries.of(0, 2)

    assert [*range(70_000), 0] == codes.tolist()


def requests(*states: str) -> list[dict[str, Any]]:
    """Two paychecks in each state, and one that is wrong."""
    right = [
        {
            "pay_date": "2026-03-13",
            "pay_frequency": "biweekly",
            "employee": {"id": state, "residence": [state]},
            "earnings": [{"kind": "regular", "amount": "1000.00"}],
        }
        for state in states
        for _ in range(2)
    ]
    return [*right, {**right[0], "pay_frequency": "fortnightly"}]


@pytest.mark.parametrize("plain", [False, True])
def test_results_last(monkeypatch: pytest.MonkeyPatch, plain: bool) -> None:
    """Batches are of some rows, and keep what they are while others are computed and given out."""
    monkeypatch.setattr("asopay.columns.slices.SLICE", 2)
    payroll = Payroll(plain=plain, few=2)
    windows = [requests("US-CA", "US-NY"), requests("US-OR"), requests("US-WA", "US-WA")]
    first, second = (payroll.compute(table_of(each)) for each in windows[:2])
    given_out = [next(first), *second, *first, *payroll.compute(table_of(windows[2]))]
    lengths = [batch.num_rows for batch in given_out]
    expected = [*windows[0][:2], *windows[1], *windows[0][2:], *windows[2]]

    assert [2, 2, 1, 2, 1, 2, 2, 1] == lengths
    assert [alone(each) for each in expected] == rows_of(pa.Table.from_batches(given_out))
    assert {PLAIN if plain else RESULT} == {batch.schema for batch in given_out}
    for batch in given_out:
        batch.validate(full=True)


def test_flags() -> None:
    """Where no label has the flag, no row has it."""
    codes = np.array([0, 1, 0], np.int32)

    assert [False] * 3 == Flags([False, False]).array(codes).to_pylist()
    assert [False, True, False] == Flags([False, True]).array(codes).to_pylist()


def test_what_fails_half_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block whose results can't be kept is computed row by row, as if it had not been tried."""
    kept = Entries.add

    def add(self: Entries, rows: Any, entries: Any) -> None:
        kept(self, rows, entries)
        if self.amounts == 1 and len(rows) > 1:
            raise OverflowError

    monkeypatch.setattr(Entries, "add", add)
    asked = requests("US-CA", "US-OR")
    payroll = Payroll(few=2)

    assert [alone(each) for each in asked] == rows_of(computed_by(payroll, table_of(asked)))
    assert len(asked) == payroll.one_by_one
