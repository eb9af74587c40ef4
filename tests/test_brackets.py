"""What printed schedules promise: the row that applies, and the tax that it makes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from asopay.money import ONE, Bracket, Brackets, rate, unrounded

ROWS = (
    Bracket(0, 0, 0),
    Bracket(640_000, 0, rate("0.10")),
    Bracket(1_832_500, 119_250, rate("0.12")),
)


@pytest.mark.parametrize(
    ("amount", "number", "tax"),
    [
        (0, 0, 0),
        (639_999, 0, 0),
        (640_000, 1, 0),
        (640_001, 1, ONE // 10),
        (1_832_499, 1, unrounded(119_250) - ONE // 10),
        (1_832_500, 2, unrounded(119_250)),
        (2_740_000, 2, unrounded(228_150)),
    ],
)
def test_row(amount: int, number: int, tax: int) -> None:
    """A row applies from its own threshold on; its base and rate make the tax."""
    brackets = Brackets(ROWS)

    assert ROWS[number] == brackets.row(amount)
    assert tax == brackets.tax(amount)


@pytest.mark.parametrize(
    ("amount", "number"), [(0, 0), (640_000, 0), (640_001, 1), (1_832_500, 1), (1_832_501, 2)]
)
def test_row_above(amount: int, number: int) -> None:
    """Where rows include their upper end, a row applies above its threshold."""
    brackets = Brackets(ROWS)
    column: Any = np.array([amount])
    row_of_columns: Any = brackets.row_above(column)

    assert ROWS[number] == brackets.row_above(amount)
    assert ROWS[number] == tuple(int(figure[0]) for figure in row_of_columns)


def test_column() -> None:
    """A column of amounts gets the tax of each, also when it is asked a second time."""
    brackets = Brackets(ROWS)
    amounts = [0, 640_000, 1_832_499, 1_832_500, 2_740_000]
    expected = [brackets.tax(amount) for amount in amounts]
    column: Any = np.array(amounts)

    assert expected == list(brackets.tax(column))  # type: ignore[call-overload]
    assert expected[::-1] == list(brackets.tax(column[::-1]))  # type: ignore[call-overload]


def test_equal_by_rows() -> None:
    """Schedules are equal if their rows are, whether or not columns were asked for."""
    asked = Brackets(ROWS)
    column: Any = np.array([0])
    asked.row(column)

    assert Brackets(ROWS) == asked
    assert Brackets(ROWS[:2]) != asked
