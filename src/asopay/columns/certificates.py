"""Certificates of many employees: profiles of facts, and columns of the amounts beside them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np
from attrs import define, field

from asopay.case import Case
from asopay.certificates import Box, Certificate, Figures, filed
from asopay.columns.boxes import NUMERIC, BoxTypes, Defaults, Known, answer
from asopay.columns.column import Mask, Rows, column
from asopay.columns.facts import Combined, distinct, firsts, narrow
from asopay.columns.leaf import Coded, Leaf, Sparse
from asopay.columns.shape import CERTIFICATES, Path
from asopay.faults import Faults
from asopay.jurisdictions import state_part

NOT_ALIKE = object()
"""Stands for an answer that differs between rows and is no number."""

AMOUNT = object()
"""Stands for a number of each row, in what rows share."""


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
    profile: Coded | Sparse = field(init=False)
    number: int = field(init=False)
    given: Rows = field(init=False)
    _plain: dict[int, dict[str, Any]] = field(init=False, factory=dict)

    def plain(self, profile: int, row: int, boxes: BoxTypes) -> dict[str, Any]:
        """The answers of a profile, which the row has, as a document states them; amounts are 0."""
        if profile not in self._plain:
            found = {box: 0 for box in self.amounts if profile in self.filled[box]}
            for box, leaf in self.facts.items():
                if code := int(leaf.at(np.array([row]))[0]):
                    found[box] = answer(leaf.values[code - 1], boxes.get((self.place, box)))
            self._plain[profile] = found
        return self._plain[profile]

    def columns(self, boxes: Iterable[str], rows: Rows) -> dict[str, Any]:
        """The numbers in the boxes, 0 where one is not filled in."""
        boxes = list(boxes)
        leaves = [self.amounts[box] for box in boxes]
        if isinstance(self.profile, Sparse):
            codes = self.profile.chosen(leaves, rows) if leaves else []
        else:
            codes = [leaf.codes[rows] for leaf in leaves]
        return {
            box: column(self.read[box].take(own)) for box, own in zip(boxes, codes, strict=True)
        }

    def empty(self, box: str) -> int:
        """What the column of a box holds where it is not filled in."""
        return int(self.read[box][0])

    def tell_apart(self, count: int, defaults: Defaults) -> None:
        """Finds the profiles of so many rows."""
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
            self.filled[box] = frozenset(distinct(profile[leaf.codes > 0], self.number))
        self.given = np.flatnonzero(given)
        self.profile = Coded(profile, [])
        if isinstance(leaves[0], Sparse):
            self.given = leaves[0].rows[self.given]
            self.profile = Sparse(leaves[0].rows, profile, [], count)


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
class Made:
    """A certificate that was made of facts by the forms in force; `wrong` if there is a fault.

    `amounts` are the boxes that are filled in with numbers of their own.
    """

    certificate: Certificate
    amounts: list[str]
    wrong: bool
    figures: Figures


@define(eq=False)
class Profiles:
    """The certificates of a jurisdiction for a group of rows that share what is not on them.

    `codes` tell the group's rows apart, and `certificates` hold one for each code, by its facts;
    `amounts` are the boxes that are filled in with numbers of their own.
    """

    codes: Rows
    made: list[Made]
    answers: Answers | None
    boxes: frozenset[str] = field(init=False)
    certificates: dict[int, Certificate] = field(init=False)
    amounts: dict[int, Collection[str]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.boxes = frozenset(box for each in self.made for box in each.amounts)
        self.certificates = {code: each.certificate for code, each in enumerate(self.made)}
        self.amounts = {code: each.amounts for code, each in enumerate(self.made)}

    def columns(self, rows: Rows) -> dict[str, Any]:
        """The boxes that hold a number of their own in each row, by name."""
        return self.answers.columns(self.boxes, rows) if self.answers else {}

    def facts(self, code: int) -> tuple[Any, ...]:
        """What a rule is told for a code but the numbers of each row, as a key."""
        return self.made[code], self.boxes

    def told(self, code: int) -> dict[str, Any]:
        """The answers that a rule is told for a code; numbers of each row stand as `AMOUNT`.

        Of a box that is left empty, the column holds what counts then.
        """
        answers = dict(self.certificates[code].answers)
        for box in self.boxes & answers.keys():
            own = box in self.amounts[code]
            if own or (self.answers and answers[box] == self.answers.empty(box)):
                answers[box] = AMOUNT
        return answers

    def together(self, codes: Rows, columns: Mapping[str, Any]) -> Certificate:
        """One certificate for rows of several profiles, as far as what is not a rule reads it."""
        present = distinct(codes, len(self.made))
        first = self.certificates[present[0]]
        if len(present) == 1:
            answers = {**first.answers, **self.own(present[0], columns)}
        else:
            boxes = dict.fromkeys(box for code in present for box in self.certificates[code].answers)
            answers = {box: self.of_all(box, present, codes, columns) for box in boxes}
        return Certificate(first.form, answers, first.id)

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
        found = numbers.take(codes)
        if filled:
            has = np.zeros(len(self.made), bool)
            has[filled] = True
            found = np.where(has.take(codes), columns[box], found)
        return column(found)


@define(eq=False)
class Certificates:
    """Certificates, kept by what they were made of: the same come again in other groups."""

    _kept: dict[Any, Made] = field(factory=dict)

    def profiles(
        self, case: Case, window: Mapping[str, Answers], boxes: BoxTypes, rows: Rows, alone: Mask
    ) -> dict[str, Profiles]:
        """The profiles by jurisdiction; rows with a fault on a certificate are computed alone."""
        homes = {*case.residence, *(home for paid in case.earnings for home in paid.residence)}
        for place in {state_part(home) for home in case.residence}:
            if place in window and place not in case.in_force.certificates:
                alone[rows] |= window[place].profile.at(rows) > 0
        found: dict[str, Profiles] = {}
        for place, figures in case.in_force.certificates.items():
            federal = found.get("US") if _reads_federal(figures) else None
            given = window.get(place)
            combined = Combined(len(rows))
            own = given.profile.at(rows) if given else combined.codes
            combined.add(own, given.number if given else 1)
            if federal:
                combined.add(federal.codes, len(federal.made))
            combined.squeeze()
            within = tuple(sorted(home for home in homes if home.startswith(place)))
            made = []
            for code, first in enumerate(firsts(combined.codes, combined.number).tolist()):
                plain = given.plain(int(own[first]), int(rows[first]), boxes) if given else {}
                amounts = [box for box in plain if given and box in given.amounts]
                of_federal = federal.made[int(federal.codes[first])] if federal else None
                made.append(self.made(place, figures, plain, amounts, within, of_federal))
                if made[-1].wrong:
                    alone[rows[combined.codes == code]] = True
            found[place] = Profiles(combined.codes, made, given)
        return found

    def made(
        self,
        place: str,
        figures: Figures,
        plain: Mapping[str, Any],
        amounts: list[str],
        homes: tuple[str, ...],
        federal: Made | None,
    ) -> Made:
        """The certificate of answers by the forms in force, for those who live in the homes."""
        stated = tuple((box, type(value), value) for box, value in plain.items())
        key = place, id(figures), stated, tuple(amounts), homes, federal
        if key not in self._kept:
            faults = Faults()
            of_federal = federal.certificate if federal else None
            certificate = filed(
                figures, place, plain, homes, path="", faults=faults, federal=of_federal
            )
            wrong = bool(faults.found) or (
                of_federal is not None and _takes_allowances(figures, certificate, plain)
            )
            self._kept[key] = Made(certificate, amounts, wrong, figures)
        return self._kept[key]


def _reads_federal(figures: Figures) -> bool:
    return bool(figures.from_federal or figures.exempt_with_federal or figures.same_form_as_federal)


def _takes_allowances(figures: Figures, certificate: Certificate, plain: Mapping[str, Any]) -> bool:
    """Whether the allowances of the federal form count, which are a column there."""
    return (
        figures.same_form_as_federal
        and "allowances" in certificate.answers
        and "allowances" not in plain
    )
