"""Deductions and earnings of many rows: those that stand in one order are computed together.

A row may lack some of its order. A deduction of nothing changes nothing, and is left out of the
result; nor does pay of nothing for work that is paid as other work of the row is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from attrs import define, field, frozen

from asopay.columns.column import Mask, Rows
from asopay.columns.facts import Combined, distinct, examples, narrow
from asopay.columns.leaf import Coded, Leaf, Numbers
from asopay.columns.paths import role
from asopay.columns.shape import LENGTH, Path


@frozen
class Slot:
    """A deduction or an earning: the facts of it by path, and the names of what is given of it."""

    facts: tuple[tuple[Path, Any], ...] = ()
    given: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Its kind, of which an empty one stands for none."""
        return str(dict(self.facts).get(("kind",), ""))


Order = tuple[Slot, ...]

MayLack = Callable[[Order, Slot], bool]
"""Whether a row with the slots may lack one of its order."""


@define(eq=False)
class Listed:
    """The deductions of a window, or its earnings: those that are listed under the name `head`.

    `order` is for each row the number of one of the `orders`, each a list of slots of which the row
    has some. Rows of one `signature` have the same slots in the same order: `numbers` has for each
    order and slot in it its number in rows of a signature, -1 if they lack it.
    """

    head: str
    order: Rows
    orders: list[Order]
    _numbers: list[Rows]
    _signature: Combined
    _leaves: Mapping[Path, Leaf]
    _starts: Rows | None

    def of(self, rows: Rows) -> list[Item]:
        """What rows that are of one order have of it: each that any of them has."""
        order = int(self.order[rows[0]])
        signatures = self._signature.codes.take(rows)
        present = distinct(signatures)
        found = []
        for slot, of_signature in zip(self.orders[order], self._numbers[order], strict=True):
            used = sorted(set(of_signature[present].tolist()))
            if used[-1] >= 0:
                here = used[0] >= 0 or (of_signature >= 0).take(signatures)
                numbers = used if here is True else used[1:]
                found.append(Item(slot, here, numbers, of_signature))
        return found

    def number(self, item: Item, row: int) -> int:
        """The number of an item in the list of a row, -1 if the row lacks it."""
        return int(item.of_signature[self._signature.codes[row]])

    def read(self, items: Sequence[Item], rows: Rows, *beside: str) -> list[dict[str, Rows]]:
        """What is given of items in rows, and `beside`; 0 where it is not given or lacking."""
        if not items:
            return []
        signatures = self._signature.codes.take(rows)
        starts = None if self._starts is None else self._starts.take(rows).astype(np.intp)
        names = [(*item.slot.given, *beside) for item in items]
        return [
            self._read(item, each, rows, item.own(signatures), starts)
            for item, each in zip(items, names, strict=True)
        ]

    def _read(
        self, item: Item, names: Sequence[str], rows: Rows, own: Any, starts: Rows | None
    ) -> dict[str, Rows]:
        here = True if item.here is True else own >= 0
        places = None if starts is None else _times(starts + own, here)
        found = {}
        for name in names:
            leaves = self._leaves_of(name, item.used)
            if leaves and places is not None:
                found[name] = _times(leaves[0][1].values[places], here)
            elif leaves and len(item.used) == 1:
                found[name] = _times(leaves[0][1].at(rows), here)
            elif leaves:
                found[name] = sum(leaf.at(rows) * (own == number) for number, leaf in leaves)
        return found

    def _leaves_of(self, name: str, numbers: list[int]) -> list[tuple[int, Numbers]]:
        found = ((number, self._leaves.get((self.head, number, name))) for number in numbers)
        return [(number, leaf) for number, leaf in found if isinstance(leaf, Numbers)]


def _times(values: Rows, here: Any) -> Rows:
    """The values where they are, and 0 elsewhere."""
    return values if here is True else values * here


@define(eq=False)
class Item:
    """A slot that rows of an order have: `here` says which of them.

    `used` are its numbers in the lists of the rows, `of_signature` that of each signature.
    """

    slot: Slot
    here: Mask | bool
    used: list[int]
    of_signature: Rows

    def own(self, signatures: Rows) -> Any:
        """The number of the item in rows of these signatures, -1 where there is none."""
        if self.here is True and len(self.used) == 1:
            return self.used[0]
        return self.of_signature.take(signatures)


def listed(
    leaves: Mapping[Path, Leaf], head: str, names: Collection[str], may_lack: MayLack, count: int
) -> Listed:
    """What is listed under a name; of the `names` it makes a difference whether they are given."""
    elements = _elements(leaves, head, names)
    lengths = leaves.get((head, LENGTH))
    combined = Combined(count)
    for element in elements:
        combined.add_all((coded.codes, len(coded.values) + 1) for _, coded in element.facts)
        combined.add_all((numbers.given(), 2) for _, numbers in element.given)
    if isinstance(lengths, Coded):
        combined.add(lengths.codes, len(lengths.values) + 1)
    combined.squeeze()
    slots = []
    for row in examples(combined.codes, combined.number).tolist():
        own = [element.slot(row) for element in elements]
        if isinstance(lengths, Coded):
            own = own[: max(int(lengths.codes[row]) - 1, 0)]
        while own and own[-1] == Slot() and not isinstance(lengths, Coded):
            own.pop()
        slots.append(tuple(own))
    return _in_orders(slots, may_lack, combined, leaves, head)


@define(eq=False)
class Element:
    """The leaves of one place in the lists: facts by path, and numbers by name."""

    facts: list[tuple[Path, Coded]] = field(factory=list)
    given: list[tuple[str, Numbers]] = field(factory=list)

    def slot(self, row: int) -> Slot:
        """What stands there in a row."""
        codes = ((path, int(leaf.codes[row]), leaf.values) for path, leaf in self.facts)
        facts = [(path, values[code - 1]) for path, code, values in codes if code]
        given = [name for name, leaf in self.given if leaf.is_given(row)]
        return Slot(tuple(sorted(facts, key=str)), tuple(sorted(given)))


def _elements(leaves: Mapping[Path, Leaf], head: str, names: Collection[str]) -> list[Element]:
    """The places of the lists, as many as there are in any row."""
    found: dict[int, Element] = {}
    for path, leaf in leaves.items():
        if path[0] != head or not isinstance(path[1], int):
            continue
        element = found.setdefault(path[1], Element())
        if isinstance(leaf, Coded) and role(path) == "fact":
            element.facts.append((path[2:], leaf))
        elif isinstance(leaf, Numbers) and path[2] in names:
            element.given.append((str(path[2]), leaf))
    return [found.get(number, Element()) for number in range(max(found, default=-1) + 1)]


def _in_orders(
    slots: Sequence[Order],
    may_lack: MayLack,
    signature: Combined,
    leaves: Mapping[Path, Leaf],
    head: str,
) -> Listed:
    """Every list in the first longer one that has its slots in the same order."""
    orders: list[Order] = []
    numbers: list[Rows] = []
    of_signature = np.zeros(len(slots), np.int64)
    for code, own in sorted(enumerate(slots), key=lambda item: -len(item[1])):
        fitting = ((n, _within(own, order, may_lack)) for n, order in enumerate(orders))
        order, found = next(((n, f) for n, f in fitting if f is not None), (len(orders), None))
        if found is None:
            orders.append(own)
            numbers.append(np.full((len(own), len(slots)), -1, np.int32))
            found = tuple(range(len(own)))
        numbers[order][:, code] = found
        of_signature[code] = order
    of_row = narrow(of_signature, len(orders)).take(signature.codes)
    return Listed(head, of_row, orders, numbers, signature, leaves, _starts(leaves, head))


def _starts(leaves: Mapping[Path, Leaf], head: str) -> Rows | None:
    """Where the list of each row begins, if all numbers stand in one column of lists."""
    places = [
        leaf.place for path, leaf in leaves.items() if path[0] == head and isinstance(leaf, Numbers)
    ]
    starts = places[0].starts if places and places[0] else None
    return starts if all(place and place.starts is starts for place in places) else None


def _within(own: Order, order: Order, may_lack: MayLack) -> tuple[int, ...] | None:
    """For each of the order, the number of the own slot, or -1; None if it is not of the order."""
    numbers, following = [], 0
    for slot in order:
        mine = following < len(own) and own[following] == slot
        if not mine and not may_lack(own, slot):
            return None
        numbers.append(following if mine else -1)
        following += mine
    return tuple(numbers) if following == len(own) else None
