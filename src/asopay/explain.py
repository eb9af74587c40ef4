"""Explanations in words: why a tax is what it is, and what a certificate asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from asopay.certificates import Box, CertificateForm, Figures, shown_default
from asopay.errors import Fault, InvalidRequest, one_of
from asopay.jurisdictions import name, state_part
from asopay.money import as_text
from asopay.paycheck import Paycheck
from asopay.statements import explanation
from asopay.tables import TaxTables


def why(tax: str, paycheck: Paycheck) -> str:
    """The worksheets of a tax or deduction of the paycheck, as text.

    Raises `InvalidRequest` if the paycheck has no such figure.
    """
    identities = [sheet for t in paycheck.taxes if t.id == tax for sheet in t.worksheets]
    identities += [sheet for d in paycheck.deductions if d.kind == tax for sheet in d.worksheets]
    if identities:
        parts = []
        for identity in identities:
            heading = f"{identity}\n" if len(identities) > 1 else ""
            parts.append(heading + explanation(paycheck.worksheets[identity]))
        return "\n".join([*_whose_wages(tax, paycheck), *parts])
    if any(entry.id == tax for entry in paycheck.taxes):
        return f"{tax}: the request stated this amount, so it was not computed.\n"
    if any(entry.kind == tax for entry in paycheck.deductions):
        return f"{tax}: taken as elected, without a limit.\n"
    known = dict.fromkeys(entry.id for entry in paycheck.taxes)
    kinds = dict.fromkeys(entry.kind for entry in paycheck.deductions)
    message = f"{tax!r} is no figure of this paycheck: there is {one_of((*known, *kinds))}"
    raise InvalidRequest([Fault("--why", message)])


def _whose_wages(tax: str, paycheck: Paycheck) -> Iterator[str]:
    """Which part of the pay the state taxes, and why, where there is more than one state."""
    state = state_part(tax.partition("/")[0])
    if all(part.residence[0] == part.work[0] for part in paycheck.sourcing):
        return
    for part in paycheck.sourcing:
        for by in part.taxed_by:
            if by.state == state:
                source = f" ({by.source})" if by.source else ""
                yield f"{as_text(part.gross_cents)} of {name(part.work[0])}: {by.reason}{source}\n"


def places(state: str, tables: TaxTables, wanted: str = "") -> str:
    """The places of a state that have local taxes, by code and name, as text."""
    known = tables.places(state)
    known.update({place: "" for place in tables.jurisdictions() if place.startswith(f"{state}-")})
    found = [
        f"{place:<32} {title}".rstrip()
        for place, title in sorted(known.items())
        if wanted.lower() in f"{place} {title}".lower()
    ]
    return "\n".join(found or [f"{name(state)}: no such place is in the tables"]) + "\n"


def certificate_forms(jurisdiction: str, tables: TaxTables, day: date | None = None) -> str:
    """The forms of a jurisdiction with their boxes, as text: in force on a day, or the newest."""
    editions = tables.editions(jurisdiction, "certificate")
    if not editions:
        return f"{name(jurisdiction)}: there is no withholding certificate.\n"
    edition = tables.in_force(jurisdiction, "certificate", day) if day else editions[-1]
    figures = edition.table(Figures).figures
    parts = [f"{name(jurisdiction)} ({jurisdiction})", f"Without one: {figures.when_missing}"]
    for federal, own in figures.from_federal.items():
        parts.append(f"Without a filing status: {own}, if Form W-4 says {federal}")
    parts += [_form(form, several=len(figures.form) > 1) for form in figures.form]
    return "\n".join(parts) + "\n\n"


def _form(form: CertificateForm, *, several: bool) -> str:
    chosen_by = f' ("form": "{form.id}")' if several else ""
    return "\n".join([f"{form.title}{chosen_by}", *(_box(box) for box in form.box)])


def _box(box: Box) -> str:
    lines = [f"  {box.name:<32} {box.type:<7} default {shown_default(box)}"]
    lines += [f"      {box.line}: {box.meaning}"]
    lines += [f"      {value}: {meaning}" for value, meaning in box.choices.items()]
    return "\n".join(lines)
