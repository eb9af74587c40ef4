"""Explanations in words: why a tax is what it is, and what a certificate asks."""

from __future__ import annotations

from datetime import date

from asopay.certificates import Box, CertificateForm, Figures, shown_default
from asopay.errors import Fault, InvalidRequest, one_of
from asopay.jurisdictions import name
from asopay.paycheck import Paycheck
from asopay.statements import explanation
from asopay.tables import TaxTables


def why(tax: str, paycheck: Paycheck) -> str:
    """The worksheets of a tax or deduction of the paycheck, as text.

    Raises `InvalidRequest` if the paycheck has no such figure.
    """
    identities = [name for t in paycheck.taxes if t.id == tax for name in t.worksheets]
    identities += [name for d in paycheck.deductions if d.kind == tax for name in d.worksheets]
    if identities:
        parts = []
        for name in identities:
            heading = f"{name}\n" if len(identities) > 1 else ""
            parts.append(heading + explanation(paycheck.worksheets[name]))
        return "\n".join(parts)
    if any(entry.id == tax for entry in paycheck.taxes):
        return f"{tax}: the request stated this amount, so it was not computed.\n"
    if any(entry.kind == tax for entry in paycheck.deductions):
        return f"{tax}: taken as elected, without a limit.\n"
    known = dict.fromkeys(entry.id for entry in paycheck.taxes)
    kinds = dict.fromkeys(entry.kind for entry in paycheck.deductions)
    message = f"{tax!r} is no figure of this paycheck: there is {one_of((*known, *kinds))}"
    raise InvalidRequest([Fault("--why", message)])


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
