"""Certificates of many employees: profiles of facts, and columns of the amounts beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import numpy as np
from attrs import define, evolve, field

from asopay.certificates import Box, Certificate, Figures, filed
from asopay.columns.boxes import NUMERIC, BoxTypes, Defaults, Known, answer
from asopay.columns.column import Mask, Rows, column
from asopay.columns.facts import Combined
from asopay.columns.leaves import Coded, Leaf, Sparse
from asopay.columns.shape import CERTIFICATES, Path
from asopay.faults import Faults

NOT_ALIKE = object()
"""Stands for an answer that differs between rows and is no number."""


@define(eq=False)
class Answers:
    """The answers on one jurisdiction's certificates in a window of rows.

    `facts` are boxes whose answers are told apart, `amounts` those that become columns, with the
    number of each distinct answer. Rows of equal `profile` have equal facts, and the same of the
    boxes that may stay empty filled in; in those of `given` something is.
    """

    place: str
    facts: dict[str, Coded | Sparse] = field(factory=dict)
    amounts: dict[str, Coded | Sparse] = field(factory=dict)
    read: dict[str, Rows] = field(factory=dict)
    filled: dict[str, frozenset[int]] = field(factory=dict)
    profile: Rows = field(init=False)
    number: int = field(init=False)
    given: Rows = field(init=False)

    def plain(self, row: int, boxes: BoxTypes) -> dict[str, Any]:
        """The answers of a row as a document states them; amounts are 0."""
        found: dict[str, Any] = {}
        at = np.array([row])
        for box, leaf in self.facts.items():
            if code := int(leaf.at(at)[0]):
                found[box] = answer(leaf.values[code - 1], boxes.get((self.place, box)))
        profile = int(self.profile[row])
        return found | {box: 0 for box in self.amounts if profile in self.filled[box]}

    def column(self, box: str, rows: Rows) -> Any:
        """The numbers in a box, 0 where it is not filled in."""
        return column(self.read[box][self.amounts[box].at(rows)])

    def tell_apart(self, count: int, defaults: Defaults) -> None:
        """Finds the profiles of so many rows."""
        leaves = (*self.facts.values(), *self.amounts.values())
        some = leaves[0].rows if isinstance(leaves[0], Sparse) else np.arange(count)
        combined, given = Combined(len(some)), np.zeros(len(some), bool)
        for leaf in self.facts.values():
            combined.add(leaf.codes, len(leaf.values) + 1)
        for box, leaf in self.amounts.items():
            if defaults.get((self.place, box)) is None:
                combined.add((leaf.codes > 0).astype(np.int64), 2)
        for leaf in leaves:
            given |= leaf.codes > 0
        combined.squeeze()
        self.profile, self.number, self.given = (
            np.zeros(count, np.int64),
            combined.number + 1,
            some[given],
        )
        self.profile[some] = np.where(given, combined.codes + 1, 0)
        for box, leaf in self.amounts.items():
            has = np.unique(self.profile[some][leaf.codes > 0]).tolist()
            self.filled[box] = frozenset(has)


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
        answers.tell_apart(len(alone), known.defaults)
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


@define(eq=False)
class Profiles:
    """The certificates of a jurisdiction for a group of rows that share what is not on them.

    `codes` tell the group's rows apart, and `certificates` hold one for each code, by its facts;
    `amounts` are the boxes that are filled in with numbers of their own.
    """

    codes: Rows
    certificates: dict[int, Certificate]
    amounts: dict[int, Collection[str]]
    answers: Answers | None

    def columns(self, rows: Rows) -> dict[str, Any]:
        """The boxes that hold a number of their own in each row, by name."""
        boxes = {box for filled in self.amounts.values() for box in filled}
        return {box: self.answers.column(box, rows) for box in boxes} if self.answers else {}

    def together(self, codes: Rows, columns: Mapping[str, Any]) -> Certificate:
        """One certificate for rows of several profiles, as far as what is not a rule reads it."""
        present = np.unique(codes).tolist()
        first = self.certificates[present[0]]
        if len(present) == 1:
            return evolve(first, answers={**first.answers, **self.own(present[0], columns)})
        boxes = dict.fromkeys(box for code in present for box in self.certificates[code].answers)
        return evolve(
            first, answers={box: self.of_all(box, present, codes, columns) for box in boxes}
        )

    def own(self, code: int, columns: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of the boxes that a profile fills in."""
        return {box: columns[box] for box in self.amounts[code]}

    def of_all(self, box: str, present: list[int], codes: Rows, columns: Mapping[str, Any]) -> Any:
        """A box in all rows: one answer, a column of numbers, or `NOT_ALIKE`."""
        given = [self.certificates[code].answers.get(box) for code in present]
        filled = [code for code in present if box in self.amounts[code]]
        if not filled and all(one == given[0] for one in given):
            return given[0]
        if any(type(one) not in (bool, int) for one in given):
            return NOT_ALIKE
        numbers = np.zeros(max(present) + 1, np.int64)
        numbers[present] = [int(one or 0) for one in given]
        found = numbers[codes]
        if filled:
            found = np.where(np.isin(codes, filled), columns[box], found)
        return column(found)


def profiles(
    forms: Mapping[str, Figures],
    answers: Mapping[str, Answers],
    boxes: BoxTypes,
    *,
    homes: Collection[str],
    rows: Rows,
    alone: Mask,
) -> dict[str, Profiles]:
    """The profiles by jurisdiction; rows with a fault on a certificate are computed alone."""
    found: dict[str, Profiles] = {}
    for place, figures in forms.items():
        federal = found.get("US")
        given = answers.get(place)
        combined = Combined(len(rows))
        if given:
            combined.add(given.profile[rows], given.number)
        if federal and _reads_federal(figures):
            combined.add(federal.codes, max(federal.certificates) + 1)
        combined.squeeze()
        each = Profiles(combined.codes, {}, {}, given)
        for code, first in _firsts(combined.codes):
            plain = given.plain(int(rows[first]), boxes) if given else {}
            faults = Faults()
            of_federal = federal.certificates[int(federal.codes[first])] if federal else None
            each.certificates[code] = filed(
                figures, place, plain, homes, path="", faults=faults, federal=of_federal
            )
            each.amounts[code] = [b for b in plain if given and b in given.amounts]
            if faults.found:
                alone[rows[combined.codes == code]] = True
            if of_federal and _takes_allowances(figures, each.certificates[code], plain):
                alone[rows[combined.codes == code]] = True
        found[place] = each
    return found


def _reads_federal(figures: Figures) -> bool:
    return bool(figures.from_federal or figures.exempt_with_federal or figures.same_form_as_federal)


def _takes_allowances(figures: Figures, certificate: Certificate, plain: Mapping[str, Any]) -> bool:
    """Whether the allowances of the federal form count, which are a column there."""
    return (
        figures.same_form_as_federal
        and "allowances" in certificate.answers
        and "allowances" not in plain
    )


def _firsts(codes: Rows) -> Iterator[tuple[int, int]]:
    """Each code, and the first row that has it."""
    distinct, first = np.unique(codes, return_index=True)
    return zip(distinct.tolist(), first.tolist(), strict=True)
