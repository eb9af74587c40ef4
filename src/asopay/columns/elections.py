"""Deductions of many rows: rows whose deductions stand in one order are computed together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define

from asopay.columns.column import Mask, Rows, column
from asopay.columns.facts import Combined, distinct, firsts, narrow
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
    the row has some. `numbers` are those deductions' numbers in the row, -1 for one that it lacks,
    by row and place in the order.
    """

    order: Rows
    orders: list[tuple[Slot, ...]]
    _place: list[dict[int, tuple[int, ...]]]
    _signature: Combined
    _leaves: Mapping[Path, Leaf]
    _starts: Rows | None

    def of(self, rows: Rows) -> list[Elected]:
        """The deductions of rows that are of one order, those that any of them has."""
        order = int(self.order[rows[0]])
        signatures = self._signature.codes.take(rows)
        present = distinct(signatures, self._signature.number)
        found = []
        for place, (kind, given) in enumerate(self.orders[order]):
            numbers = [self._place[order][signature][place] for signature in present]
            used = sorted({number for number in numbers if number >= 0})
            if used:
                of_signature = np.full(self._signature.number, -1)
                of_signature[present] = numbers
                here = (of_signature >= 0).take(signatures) if -1 in numbers else True
                found.append(Elected(kind, given, here, used, of_signature))
        return found

    def read(self, elected: Sequence[Elected], rows: Rows) -> list[dict[str, Any]]:
        """What is given of deductions in rows, 0 where it is not given or there is none."""
        signatures = self._signature.codes.take(rows)
        starts = None if self._starts is None else self._starts.take(rows).astype(np.intp)
        return [self._read(each, rows, each.own(signatures), starts) for each in elected]

    def _read(
        self, elected: Elected, rows: Rows, own: Any, starts: Rows | None
    ) -> dict[str, Any]:
        here = own >= 0
        places = None if starts is None else (starts + own) * here
        found = {}
        for name in (*elected.given, "employer_amount"):
            leaves = [(n, self._leaves.get(("deductions", n, name))) for n in elected.used]
            numbers = [(n, leaf) for n, leaf in leaves if isinstance(leaf, Numbers)]
            if not numbers:
                continue
            if places is not None:
                values = numbers[0][1].values[places] * here
            else:
                values = sum(leaf.at(rows) * (own == n) for n, leaf in numbers)
            found[name] = column(values) if values.any() else 0
        return found


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
        for code, row in enumerate(firsts(combined.codes, combined.number).tolist())
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
    places: list[dict[int, tuple[int, ...]]] = []
    of_signature = np.zeros(len(slots), np.int64)
    for code, own in sorted(slots.items(), key=lambda item: -len(item[1])):
        fitting = ((n, _within(own, order)) for n, order in enumerate(orders))
        number, found = next(((n, f) for n, f in fitting if f is not None), (len(orders), None))
        if found is None:
            orders.append(own)
            places.append({})
        places[number][code] = tuple(range(len(own))) if found is None else found
        of_signature[code] = number
    order = narrow(of_signature, len(orders)).take(signature.codes)
    return Elections(order, orders, places, signature, leaves, _starts(leaves))


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
