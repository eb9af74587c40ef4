"""Deductions of many rows: rows whose deductions stand in one order are computed together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define

from asopay.columns.column import Mask, Rows, column
from asopay.columns.facts import Combined, distinct, examples, narrow
from asopay.columns.leaf import Coded, Leaf, Numbers
from asopay.columns.shape import LENGTH, Path

Slot = tuple[str, tuple[str, ...]]
"""A deduction: its kind, and the names of what is given of it."""

NAMES = ("amount", "percent")
"""What of a deduction makes a difference by being given."""


@define(eq=False)
class Elections:
    """The deductions of a window.

    `order` is for each row the number of one of the `orders`, each a list of deductions of which
    the row has some. Rows of one `signature` have the same deductions in the same order: `numbers`
    has for each order and deduction in it its number in rows of a signature, -1 if they lack it.
    """

    order: Rows
    orders: list[tuple[Slot, ...]]
    _numbers: list[Rows]
    _signature: Combined
    _leaves: Mapping[Path, Leaf]
    _starts: Rows | None

    def of(self, rows: Rows) -> list[Elected]:
        """The deductions of rows that are of one order, those that any of them has."""
        order = int(self.order[rows[0]])
        signatures = self._signature.codes.take(rows)
        present = distinct(signatures, self._signature.number)
        found = []
        for (kind, given), of_signature in zip(
            self.orders[order], self._numbers[order], strict=True
        ):
            used = sorted(set(of_signature[present].tolist()))
            if used[-1] >= 0:
                here = used[0] >= 0 or (of_signature >= 0).take(signatures)
                numbers = used if here is True else used[1:]
                found.append(Elected(kind, given, here, numbers, of_signature))
        return found

    def read(self, elected: Sequence[Elected], rows: Rows) -> list[dict[str, Any]]:
        """What is given of deductions in rows, 0 where it is not given or there is none."""
        if not elected:
            return []
        signatures = self._signature.codes.take(rows)
        starts = None if self._starts is None else self._starts.take(rows).astype(np.intp)
        return [self._read(each, rows, each.own(signatures), starts) for each in elected]

    def _read(self, elected: Elected, rows: Rows, own: Any, starts: Rows | None) -> dict[str, Any]:
        here = True if elected.here is True else own >= 0
        places = None if starts is None else _times(starts + own, here)
        found = {}
        for name in (*elected.given, "employer_amount"):
            leaves = self._leaves_of(name, elected.used)
            if not leaves:
                continue
            if places is not None:
                values = _times(leaves[0][1].values[places], here)
            else:
                values = sum(leaf.at(rows) * (own == number) for number, leaf in leaves)
            found[name] = column(values) if values.any() else 0
        return found

    def _leaves_of(self, name: str, numbers: list[int]) -> list[tuple[int, Numbers]]:
        found = ((number, self._leaves.get(("deductions", number, name))) for number in numbers)
        return [(number, leaf) for number, leaf in found if isinstance(leaf, Numbers)]


def _times(values: Rows, here: Any) -> Rows:
    """The values where they are, and 0 elsewhere."""
    return values if here is True else values * here


@define(eq=False)
class Elected:
    """A deduction of rows: `here` says which rows have it.

    `used` are its numbers among the deductions of the rows, `of_signature` that of each signature.
    """

    kind: str
    given: tuple[str, ...]
    here: Mask | bool
    used: list[int]
    of_signature: Rows

    def own(self, signatures: Rows) -> Any:
        """The number of the deduction in rows of these signatures, -1 where there is none."""
        if self.here is True and len(self.used) == 1:
            return self.used[0]
        return self.of_signature.take(signatures)


def read_elections(leaves: Mapping[Path, Leaf], kinds: Collection[str], alone: Mask) -> Elections:
    """The deductions of a window; rows with one that is not in order are computed alone."""
    count = len(alone)
    lengths = leaves.get(("deductions", LENGTH))
    numbered = [path[1] for path in leaves if path[0] == "deductions" and len(path) > 2]  # noqa: PLR2004
    most = 1 + max((n for n in numbered if isinstance(n, int)), default=-1)
    combined = Combined(count)
    for number in range(most):
        kind = leaves.get(("deductions", number, "kind"))
        if isinstance(kind, Coded):
            combined.add(kind.codes, len(kind.values) + 1)
        for name in NAMES:
            leaf = leaves.get(("deductions", number, name))
            if isinstance(leaf, Numbers):
                combined.add(leaf.given(), 2)
    if isinstance(lengths, Coded):
        combined.add(lengths.codes, len(lengths.values) + 1)
    combined.squeeze()
    slots = {
        code: _slots(leaves, most, row)
        for code, row in enumerate(examples(combined.codes, combined.number).tolist())
    }
    for code, own in list(slots.items()):
        if not all(kind in kinds and ("amount" in g) != ("percent" in g) for kind, g in own):
            alone[combined.codes == code] = True
            slots[code] = ()
    return _in_orders(slots, combined, leaves)


def _slots(leaves: Mapping[Path, Leaf], most: int, row: int) -> tuple[Slot, ...]:
    """The deductions of a row; one without a kind that others follow has an empty one."""
    found: list[Slot] = []
    for number in range(most):
        kind = leaves.get(("deductions", number, "kind"))
        code = int(kind.codes[row]) if isinstance(kind, Coded) else 0
        name = str(kind.values[code - 1]) if isinstance(kind, Coded) and code else ""
        given = tuple(
            each
            for each in NAMES
            if isinstance(leaf := leaves.get(("deductions", number, each)), Numbers)
            and leaf.is_given(row)
        )
        found.append((name, given))
    lengths = leaves.get(("deductions", LENGTH))
    if isinstance(lengths, Coded):
        return tuple(found[: max(int(lengths.codes[row]) - 1, 0)])
    while found and found[-1] == ("", ()):
        found.pop()
    return tuple(found)


def _in_orders(
    slots: Mapping[int, tuple[Slot, ...]], signature: Combined, leaves: Mapping[Path, Leaf]
) -> Elections:
    """Every list of deductions in the first longer one that has them in the same order."""
    orders: list[tuple[Slot, ...]] = []
    numbers: list[Rows] = []
    of_signature = np.zeros(len(slots), np.int64)
    for code, own in sorted(slots.items(), key=lambda item: -len(item[1])):
        fitting = ((n, _within(own, order)) for n, order in enumerate(orders))
        order, found = next(((n, f) for n, f in fitting if f is not None), (len(orders), None))
        if found is None:
            orders.append(own)
            numbers.append(np.full((len(own), len(slots)), -1, np.int32))
            found = tuple(range(len(own)))
        numbers[order][:, code] = found
        of_signature[code] = order
    of_row = narrow(of_signature, len(orders)).take(signature.codes)
    return Elections(of_row, orders, numbers, signature, leaves, _starts(leaves))


def _starts(leaves: Mapping[Path, Leaf]) -> Rows | None:
    """Where the deductions of each row begin, if all of them stand in one column of lists."""
    places = [
        leaf.place
        for path, leaf in leaves.items()
        if path[0] == "deductions" and isinstance(leaf, Numbers)
    ]
    starts = places[0].starts if places and places[0] else None
    return starts if all(place and place.starts is starts for place in places) else None


def _within(own: tuple[Slot, ...], order: tuple[Slot, ...]) -> tuple[int, ...] | None:
    """For each of the order, the number of the own deduction, or -1; None if it has another one."""
    numbers, following = [], 0
    for slot in order:
        mine = following < len(own) and own[following] == slot
        numbers.append(following if mine else -1)
        following += mine
    return tuple(numbers) if following == len(own) else None
