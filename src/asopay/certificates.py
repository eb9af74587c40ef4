"""Withholding certificates (Form W-4, DE 4, IL-W-4 …): their boxes as data, and the answers.

Amounts are dollars at the face and whole cents in a `Certificate`; rates are hundred-millionths.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from attrs import field, frozen
from attrs.validators import min_len

from asopay.errors import one_of
from asopay.faults import Faults
from asopay.money import cents, rate

BoxType = Literal["choice", "count", "amount", "rate", "flag"]

LARGEST_COUNT = 99


@frozen
class Box:
    """One question of a form.

    `choices` maps what may be answered to its meaning, for a choice or a rate. A box without a
    `default` may stay empty.
    """

    name: str
    line: str
    meaning: str
    type: BoxType
    default: Any = None
    choices: dict[str, str] = field(factory=dict)

    def read(self, answer: Any) -> Any:
        """The answer as a rule needs it; `ValueError` says what would be accepted."""
        reader = _READERS[self.type]
        read = reader(answer)
        if self.choices and read not in {reader(choice) for choice in self.choices}:
            raise ValueError(f"{answer!r} is not one of {one_of(self.choices)}")
        return read

    @property
    def empty(self) -> Any:
        """What counts if the box is not filled in."""
        return None if self.default is None else self.read(self.default)


def _read_count(answer: Any) -> int:
    if type(answer) is int and 0 <= answer <= LARGEST_COUNT:
        return answer
    raise ValueError(f"{answer!r} is not a whole number from 0 to {LARGEST_COUNT}")


def _read_choice(answer: Any) -> str:
    if isinstance(answer, str):
        return answer
    raise ValueError(f"{answer!r} is not a word")


def _read_flag(answer: Any) -> bool:
    if type(answer) is bool:
        return answer
    raise ValueError(f"{answer!r} is not true or false")


_READERS: dict[str, Any] = {
    "choice": _read_choice,
    "count": _read_count,
    "amount": cents,
    "rate": rate,
    "flag": _read_flag,
}


@frozen
class CertificateForm:
    """One form that a jurisdiction accepts. `id` is the value of the answer ``form``."""

    id: str
    title: str
    box: tuple[Box, ...]
    boxes: dict[str, Box] = field(init=False)
    empty: dict[str, Any] = field(init=False)

    @boxes.default
    def _boxes_by_name(self) -> dict[str, Box]:
        return {box.name: box for box in self.box}

    @empty.default
    def _what_counts_if_nothing_is_filled_in(self) -> dict[str, Any]:
        return {box.name: box.empty for box in self.box}


@frozen
class Figures:
    """The forms of a jurisdiction, the one that counts when none is named first.

    `when_missing` says what counts when the employee has filed none; `from_federal` maps statuses
    of Form W-4 to the jurisdiction's own, where the federal form serves, and
    `exempt_with_federal` says that an exemption claimed on it counts here too. With
    `same_form_as_federal` the vintage of Form W-4 and its allowances count as well.
    `residence_box` is a box whose choices are places of residence; left empty, the residence of the
    request counts, and for those who live in another state the choice `lives_elsewhere`.
    """

    when_missing: str
    form: tuple[CertificateForm, ...] = field(validator=min_len(1))
    from_federal: dict[str, str] = field(factory=dict)
    exempt_with_federal: bool = False
    same_form_as_federal: bool = False
    residence_box: str = ""
    lives_elsewhere: str = ""


@frozen
class Certificate:
    """An employee's certificate: the form's title and every box of it, answered or by default.

    `id` is that of the form among those that the jurisdiction accepts.
    """

    form: str
    answers: Mapping[str, Any]
    id: str = ""

    def __getitem__(self, box: str) -> Any:
        return self.answers[box]

    def get(self, box: str, default: Any = None) -> Any:
        """The box's answer, or the default if the form has no such box."""
        return self.answers.get(box, default)

    @property
    def status(self) -> str:
        """The filing status; ``any`` on a form that does not ask for one."""
        return str(self.answers.get("filing_status", "any"))


NO_CERTIFICATE = Certificate("no certificate", {})
"""What counts where a jurisdiction has no certificate."""


def fill_in(
    figures: Figures,
    answers: Mapping[str, Any],
    path: str,
    faults: Faults,
    federal: Certificate | None = None,
) -> Certificate:
    """The certificate that the answers make; what is wrong with them is added to the faults."""
    same_form = federal if figures.same_form_as_federal else None
    form = _form(figures, answers.get("form", same_form and same_form.id), path, faults)
    filled = dict(form.empty)
    if same_form and same_form.id == form.id and "allowances" in form.boxes:
        filled["allowances"] = same_form["allowances"]
    if figures.from_federal and federal:
        status = figures.from_federal[federal.status]
        if status in form.boxes["filing_status"].choices:
            filled["filing_status"] = status
    if figures.exempt_with_federal and federal:
        filled["exempt"] = federal["exempt"]
    for name, answer in answers.items():
        if name in form.boxes:
            try:
                filled[name] = form.boxes[name].read(answer)
            except (TypeError, ValueError) as error:
                faults.add(f"{path}.{name}", error)
        elif name != "form":
            message = f"there is no such box: the boxes of {form.title} are {one_of(form.boxes)}"
            faults.add(f"{path}.{name}", message)
    return Certificate(form.title, filled, form.id)


def filed(
    figures: Figures,
    place: str,
    answers: Mapping[str, Any],
    homes: Iterable[str],
    *,
    path: str,
    faults: Faults,
    federal: Certificate | None = None,
) -> Certificate:
    """The certificate of a jurisdiction for an employee who lives, or lived, in the homes."""
    if figures.residence_box:
        within = sorted(home for home in homes if home.startswith(place))
        answers = with_residence(figures, answers, within, path, faults)
    return fill_in(figures, answers, path, faults, federal)


def with_residence(
    figures: Figures, answers: Mapping[str, Any], homes: Sequence[str], path: str, faults: Faults
) -> Mapping[str, Any]:
    """The answers, with the residence in the box that asks for it; another answer is a fault.

    `homes` are the places in the jurisdiction where the employee lives, and itself if so.
    """
    box = figures.residence_box
    if not homes:
        return {box: figures.lives_elsewhere, **answers}
    for place in (home for home in homes if residence_choice(figures, home)):
        choice = residence_choice(figures, place)
        if answers.get(box, choice) != choice:
            faults.add(f"{path}.{box}", f"{answers[box]!r} is not the residence, {place}")
        answers = {**answers, box: choice}
    return answers


def residence_choice(figures: Figures, place: str) -> str | None:
    """The choice of the residence box that is a place, such as ``US-MD-ANNE-ARUNDEL``, if any."""
    choice = "_".join(place.split("-")[2:]).lower()
    for form in figures.form:
        if (
            figures.residence_box in form.boxes
            and choice in form.boxes[figures.residence_box].choices
        ):
            return choice
    return None


def _form(figures: Figures, wanted: Any, path: str, faults: Faults) -> CertificateForm:
    forms = {form.id: form for form in figures.form}
    if isinstance(wanted, str) and wanted in forms:
        return forms[wanted]
    if wanted is not None:
        faults.unknown(f"{path}.form", wanted, forms)
    return figures.form[0]


def shown_default(box: Box) -> str:
    """The default of a box in words."""
    if box.default is None:
        return "empty"
    return str(box.default).lower() if isinstance(box.default, bool | Decimal) else str(box.default)
