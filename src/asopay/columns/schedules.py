"""Figures of which each paycheck has its own: numbers, schedules, and printed rows of amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from attrs import define, evolve

from asopay.columns.column import Rows
from asopay.money import Brackets, Side

FURTHEST = 2**45
"""Cents from one schedule to the next in a `Schedules`: no amount that is looked up is as large,
and an int64 has room for more schedules than recordings are kept."""


@define(eq=False)
class Schedules:
    """Schedules one after the other, `columns` of all their rows, of which each paycheck has one.

    The schedule of a paycheck begins at the place `starts`, and its thresholds are shifted by
    `shifts`, so that one search finds the rows of all.
    """

    columns: list[Rows]
    starts: Rows
    shifts: Rows
    _thresholds: Rows

    def at(self, rows: Rows) -> Schedules:
        """The schedules of these."""
        return Schedules(self.columns, self.starts[rows], self.shifts[rows], self._thresholds)

    def locate(self, amounts: Rows, side: Side) -> Rows:
        """The places of the rows of the amounts, each in its own schedule."""
        if amounts.max() >= FURTHEST:
            raise OverflowError("an amount is too large to be looked up")
        places: Rows = self._thresholds.searchsorted(amounts + self.shifts, side=side) - 1
        return np.maximum(places, self.starts)


def schedules(given: Sequence[Brackets]) -> Schedules:
    """The schedules of paychecks, of which each is given."""
    distinct = list({id(each): each for each in given}.values())
    number_of = {id(each): number for number, each in enumerate(distinct)}
    of = np.array([number_of[id(each)] for each in given])
    lengths = np.array([len(each.rows) for each in distinct])
    parts = zip(*(each.columns for each in distinct), strict=True)
    columns = [np.concatenate(part) for part in parts]
    shifts = np.arange(len(distinct)) * FURTHEST
    return Schedules(
        columns,
        (np.cumsum(lengths) - lengths)[of],
        shifts[of],
        columns[0] + np.repeat(shifts, lengths),
    )


@define(eq=False)
class PrintedRows:
    """Printed rows of `amounts`, of which each paycheck has the one of the number `of`."""

    of: Rows
    amounts: Rows

    def at(self, rows: Rows) -> PrintedRows:
        """The printed rows of these."""
        return evolve(self, of=self.of[rows])

    def __getitem__(self, places: Rows) -> Any:
        """The amounts at these places, one for each."""
        return self.amounts[self.of, places]


def printed_rows(given: Sequence[tuple[int, ...]]) -> PrintedRows:
    """The printed rows of paychecks, of which each is given."""
    distinct = {each: number for number, each in enumerate(dict.fromkeys(given))}
    amounts = np.zeros((len(distinct), max(len(each) for each in distinct)), np.int64)
    for each, number in distinct.items():
        amounts[number, : len(each)] = each
    return PrintedRows(np.array([distinct[each] for each in given]), amounts)
