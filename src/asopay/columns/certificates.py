"""The certificates of a group of rows: one for each profile, and columns of the amounts on them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np
from attrs import define, field

from asopay.case import Case
from asopay.certificates import Certificate, Figures, filed
from asopay.columns.answers import Answers
from asopay.columns.boxes import BoxTypes
from asopay.columns.column import Mask, Rows, column
from asopay.columns.facts import Combined, distinct, examples
from asopay.faults import Faults
from asopay.jurisdictions import state_part

NOT_ALIKE = object()
"""Stands for an answer that differs between rows and is no number."""

AMOUNT = object()
"""Stands for a number of each row, in what rows share."""

MOST_KEPT = 20_000
"""So many certificates are kept before it is begun anew."""


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
class Together(Mapping[str, Any]):
    """Answers of rows of several profiles by box: what is not a rule asks for few of them."""

    boxes: Collection[str]
    read: Callable[[str], Any]
    _found: dict[str, Any] = field(init=False, factory=dict)

    def __getitem__(self, box: str) -> Any:
        if box not in self._found:
            if box not in self.boxes:
                raise KeyError(box)
            self._found[box] = self.read(box)
        return self._found[box]

    def __iter__(self) -> Iterator[str]:
        return iter(self.boxes)

    def __len__(self) -> int:
        return len(self.boxes)


@define(eq=False)
class Profiles:
    """The certificates of a jurisdiction for a group of rows that share what is not on them.

    `codes` tell the group's rows apart, and of each code a certificate was `made`; `boxes` are
    those that any of them has filled in with numbers of their own.
    """

    codes: Rows
    made: list[Made]
    answers: Answers | None
    boxes: frozenset[str] = field(init=False)

    @boxes.default
    def _with_numbers_of_their_own(self) -> frozenset[str]:
        return frozenset(box for each in self.made for box in each.amounts)

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
        answers = dict(self.made[code].certificate.answers)
        for box in self.boxes & answers.keys():
            own = box in self.made[code].amounts
            if own or (self.answers and answers[box] == self.answers.empty(box)):
                answers[box] = AMOUNT
        return answers

    def together(self, codes: Rows, columns: Mapping[str, Any]) -> Certificate:
        """One certificate for rows of several profiles, as far as what is not a rule reads it."""
        present = distinct(codes)
        first = self.made[present[0]].certificate
        if len(present) == 1:
            answers = {**first.answers, **self.own(present[0], columns)}
            return Certificate(first.form, answers, first.id)
        boxes = dict.fromkeys(
            box for code in present for box in self.made[code].certificate.answers
        )
        read = partial(self.of_all, present=present, codes=codes, columns=columns)
        return Certificate(first.form, Together(boxes, read), first.id)

    def own(self, code: int, columns: Mapping[str, Any]) -> dict[str, Any]:
        """The columns of the boxes that a profile fills in."""
        return {box: columns[box] for box in self.made[code].amounts}

    def of_all(self, box: str, present: list[int], codes: Rows, columns: Mapping[str, Any]) -> Any:
        """A box in all rows: one answer, a column of numbers, or `NOT_ALIKE`."""
        given = [self.made[code].certificate.answers.get(box) for code in present]
        filled = [code for code in present if box in self.made[code].amounts]
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
            within = tuple(
                sorted(h for h in homes if h.startswith(place) and figures.residence_box)
            )
            made, known = [], given.made if given else {}
            for code, first in enumerate(examples(combined.codes, combined.number).tolist()):
                of_federal = federal.made[int(federal.codes[first])] if federal else None
                key = int(own[first]), id(figures), within, of_federal
                if key not in known:
                    plain = given.plain(int(rows[first]), boxes) if given else {}
                    amounts = [box for box in plain if given and box in given.amounts]
                    known[key] = self.made(
                        place, figures, plain, amounts, homes=within, federal=of_federal
                    )
                made.append(known[key])
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
        *,
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
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
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
