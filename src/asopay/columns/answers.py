"""The answers on the certificates of a window: facts that make profiles, and numbers beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from attrs import define, field

from asopay.certificates import Box
from asopay.columns.boxes import NUMERIC, BoxTypes, Defaults, Known, answer
from asopay.columns.column import Mask, Rows, column
from asopay.columns.facts import Combined, distinct, narrow
from asopay.columns.leaf import Coded, Leaf, Sparse
from asopay.columns.shape import CERTIFICATES, Path


@define(eq=False)
class Answers:
    """The answers on one jurisdiction's certificates in a window of rows.

    `facts` are boxes whose answers are told apart, `amounts` those that become columns, with the
    number of each distinct answer. Rows of equal `profile` have equal facts, and the same of the
    boxes that may stay empty filled in; in those of `given` something is. `made` are certificates
    of profiles, by all else that they were made of.
    """

    place: str
    facts: dict[str, Coded | Sparse] = field(factory=dict)
    amounts: dict[str, Coded | Sparse] = field(factory=dict)
    read: dict[str, Rows] = field(factory=dict)
    filled: dict[str, frozenset[int]] = field(factory=dict)
    profile: Coded | Sparse = field(init=False)
    number: int = field(init=False)
    given: Rows = field(init=False)
    made: dict[Any, Any] = field(init=False, factory=dict)

    def plain(self, row: int, boxes: BoxTypes) -> dict[str, Any]:
        """The answers of a row as a document states them; amounts are 0."""
        rows = np.array([row])
        profile = int(self.profile.at(rows)[0])
        found = {box: 0 for box in self.amounts if profile in self.filled[box]}
        for box, leaf in self.facts.items():
            if code := int(leaf.at(rows)[0]):
                found[box] = answer(leaf.values[code - 1], boxes.get((self.place, box)))
        return found

    def columns(self, boxes: Iterable[str], rows: Rows) -> dict[str, Any]:
        """The numbers in the boxes, 0 where one is not filled in."""
        leaves = {box: self.amounts[box] for box in boxes}
        places, here = self.profile.places(rows) if leaves else (rows, True)
        return {
            box: column(self.read[box].take(leaf.codes[places] * here))
            for box, leaf in leaves.items()
        }

    def empty(self, box: str) -> int:
        """What the column of a box holds where it is not filled in."""
        return int(self.read[box][0])

    def tell_apart(self, defaults: Defaults) -> None:
        """Finds the profiles."""
        leaves = (*self.facts.values(), *self.amounts.values())
        combined = Combined(len(leaves[0].codes))
        for leaf in self.facts.values():
            combined.add(leaf.codes, len(leaf.values) + 1)
        for box, leaf in self.amounts.items():
            if defaults.get((self.place, box)) is None:
                combined.add(leaf.codes > 0, 2)
        given = np.zeros(len(leaves[0].codes), bool)
        for leaf in leaves:
            given |= leaf.codes > 0
        combined.squeeze()
        self.number = combined.number + 1
        profile = narrow((combined.codes + 1) * given, self.number)
        for box, leaf in self.amounts.items():
            self.filled[box] = frozenset(distinct(profile[leaf.codes > 0]))
        self.given = np.flatnonzero(given)
        self.profile = Coded(profile, [])
        if isinstance(leaves[0], Sparse):
            self.given = leaves[0].rows[self.given]
            self.profile = Sparse(leaves[0].rows, profile, [])


def read_answers(leaves: Mapping[Path, Leaf], known: Known, alone: Mask) -> dict[str, Answers]:
    """The answers by jurisdiction; rows with a number that can't be read are computed alone."""
    found: dict[str, Answers] = {}
    for path, leaf in leaves.items():
        if path[:2] != CERTIFICATES or not isinstance(leaf, Coded | Sparse):
            continue
        place, box = str(path[2]), str(path[3])
        answers = found.setdefault(place, Answers(place))
        box_type = known.boxes.get((place, box))
        if box_type not in NUMERIC:
            answers.facts[box] = leaf
            continue
        answers.amounts[box] = leaf
        default = known.defaults.get((place, box)) or 0
        answers.read[box], odd = _numbers_of(leaf, box, box_type, default)
        if odd.any():
            rows = leaf.rows if isinstance(leaf, Sparse) else np.arange(len(alone))
            alone[rows[odd[leaf.codes]]] = True
    for answers in found.values():
        answers.tell_apart(known.defaults)
    return found


def _numbers_of(leaf: Coded | Sparse, name: str, box_type: Any, default: int) -> tuple[Rows, Mask]:
    """The number of each distinct answer, that of none first, and which of them are no numbers."""
    box = Box(name, "", "", box_type)
    numbers, odd = [default], [False]
    for value in leaf.values:
        try:
            numbers.append(box.read(answer(value, box_type)))
            odd.append(False)
        except (TypeError, ValueError):
            numbers.append(0)
            odd.append(True)
    return np.array(numbers, np.int64), np.array(odd)
