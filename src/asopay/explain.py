"""Explanations in words: why a tax is what it is, and what a certificate asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from asopay.certificates import Box, CertificateForm, Figures, shown_default
from asopay.errors import Fault, InvalidRequest, one_of
from asopay.jurisdictions import name, state_part
from asopay.money import as_text
from asopay.orders import Garnishment
from asopay.paycheck import Paycheck
from asopay.statements import explanation
from asopay.tables import Places, TaxTables

EARNING = "earnings["
"""What the names of worksheets of earnings begin with."""


def why(tax: str, paycheck: Paycheck) -> str:
    """The worksheets of a tax, a deduction, a garnishment or an earning of the paycheck, as text.

    A garnishment and an earning are named by their place in the request, such as
    ``garnishments[0]``.

    Raises `InvalidRequest` if the paycheck has no such figure.
    """
    taken = {f"garnishments[{n}]": each for n, each in enumerate(paycheck.garnishments)}
    if tax in taken:
        return _why_not_more(taken[tax], paycheck)
    identities = [sheet for t in paycheck.taxes if t.id == tax for sheet in t.worksheets]
    identities += [sheet for d in paycheck.deductions if d.kind == tax for sheet in d.worksheets]
    if identities:
        whose = "".join(_whose_wages(tax, paycheck))
        parts = list(_worksheets(identities, paycheck))
        return "\n".join([whose, *parts] if whose else parts)
    if tax.startswith(EARNING) and tax in paycheck.worksheets:
        return explanation(paycheck.worksheets[tax])
    if any(entry.id == tax for entry in paycheck.taxes):
        return f"{tax}: the request stated this amount, so it was not computed.\n"
    if any(entry.kind == tax for entry in paycheck.deductions):
        return f"{tax}: taken as elected, without a limit.\n"
    known = dict.fromkeys(entry.id for entry in paycheck.taxes)
    kinds = dict.fromkeys(entry.kind for entry in paycheck.deductions)
    earnings = (name for name in paycheck.worksheets if name.startswith(EARNING))
    accepted = one_of((*known, *kinds, *earnings, *taken))
    message = f"{tax!r} is no figure of this paycheck: there is {accepted}"
    raise InvalidRequest([Fault("--why", message)])


def _worksheets(identities: Sequence[str], paycheck: Paycheck) -> Iterator[str]:
    """The worksheets as text, below their names if there are several."""
    for identity in identities:
        heading = f"{identity}\n" if len(identities) > 1 else ""
        yield heading + explanation(paycheck.worksheets[identity])


def _why_not_more(entry: Garnishment, paycheck: Paycheck) -> str:
    """How much was taken for the order, which limit decided, and the worksheets."""
    source = f" ({entry.source})" if entry.source else ""
    first = f"{as_text(entry.amount_cents)} is taken: {entry.limited_by}{source}"
    words = "".join(f"{line}\n" for line in (first, *entry.notes))
    return "\n".join([words, *_worksheets(entry.worksheets, paycheck)])


def _whose_wages(tax: str, paycheck: Paycheck) -> Iterator[str]:
    """Which part of the pay the state or place taxes, and why, if it is not the only one."""
    jurisdiction = tax.partition("/")[0]
    state = state_part(jurisdiction)
    if jurisdiction != state:
        for part in paycheck.sourcing:
            if tax in part.places:
                yield f"{as_text(part.gross_cents)} of {_where(part.work)}: {part.places[tax]}\n"
        return
    if all(part.residence[0] == part.work[0] for part in paycheck.sourcing):
        return
    for part in paycheck.sourcing:
        for by in part.taxed_by:
            if by.state == state:
                source = f" ({by.source})" if by.source else ""
                yield f"{as_text(part.gross_cents)} of {name(part.work[0])}: {by.reason}{source}\n"


def _where(work: Sequence[str]) -> str:
    """The state of nested places by name, and the places in it by code."""
    return ", ".join((name(work[0]), *work[1:]))


def places(state: str, tables: TaxTables, wanted: str = "") -> str:
    """The places of a state that have local taxes, by code, name and kind, as text."""
    known = {**tables.places(state), **dict(_folders_in(state, tables))}
    found = [
        f"{place:<32} {about.name:<32} {about.kind}".rstrip()
        for place, about in sorted(known.items())
        if wanted.lower() in f"{place} {about.name}".lower()
    ]
    return "\n".join(found or [f"{name(state)}: no such place is in the tables"]) + "\n"


def _folders_in(state: str, tables: TaxTables) -> Iterator[tuple[str, Places]]:
    """The places of the state that have a folder of their own."""
    for place in tables.jurisdictions():
        if place.startswith(f"{state}-"):
            newest = tables.editions(place, tables.taxes(place)[0])[-1]
            yield place, newest.head.places


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
