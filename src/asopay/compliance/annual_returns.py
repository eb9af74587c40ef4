"""Forms 943 and 944: a year's return, of farmworkers' wages or of a very small employer.

They have the amounts of Form 941 for a whole year, under numbers of their own.

- Form 943: https://www.irs.gov/pub/irs-pdf/f943.pdf
- Form 944: https://www.irs.gov/pub/irs-pdf/f944.pdf
"""

from __future__ import annotations

from datetime import date
from typing import Any

from attrs import frozen

from asopay.compliance.form_941 import FORM_941, Figures, employment_taxes
from asopay.compliance.returns import Return
from asopay.ledger import Ledger
from asopay.money import Cents
from asopay.tables import Days, TaxTables
from asopay.worksheet import Form, Line, Worksheet

ADJUSTED = "(adjustments)"
"""Lines 7 to 9 of Form 941, which these forms have in one."""

LINES_944 = {
    "2": "1",
    "3": "2",
    "5a(1)": "4a(1)",
    "5a(2)": "4a(2)",
    "5b(1)": "4b(1)",
    "5b(2)": "4b(2)",
    "5c(1)": "4c(1)",
    "5c(2)": "4c(2)",
    "5d(1)": "4d(1)",
    "5d(2)": "4d(2)",
    "5e": "4e",
    "6": "5",
    ADJUSTED: "6",
    "10": "7",
    "11": "8",
    "12": "9",
    "13": "10",
    "14": "(balance)",
}
LINES_943 = {
    "5a(1)": "2",
    "5a(2)": "3",
    "5c(1)": "4",
    "5c(2)": "5",
    "5d(1)": "6",
    "5d(2)": "7",
    "3": "8",
    "6": "9",
    ADJUSTED: "10",
    "10": "11",
    "11": "12",
    "12": "13",
    "13": "14",
    "14": "(balance)",
}
"""The lines of the forms by those of Form 941."""

ADJUSTMENTS = Line("Adjustments of the year: fractions of cents, sick pay, tips, life insurance")


@frozen
class _Form:
    """A form, and its lines by those of Form 941."""

    form: Form
    lines: dict[str, str]

    @classmethod
    def of(cls, title: str, lines: dict[str, str]) -> _Form:
        meanings = {own: FORM_941.lines.get(label, ADJUSTMENTS) for label, own in lines.items()}
        return cls(Form(title, result="(balance)", lines=dict(meanings)), lines)


FORM_943 = _Form.of("Employer's annual federal tax return for agricultural employees", LINES_943)
FORM_944 = _Form.of("Employer's annual federal tax return", LINES_944)


def form_943(
    ledger: Ledger,
    year: int,
    ein: str = "",
    *,
    deposited: Cents = 0,
    tables: TaxTables | None = None,
) -> Return:
    """The return of a year for farmworkers, whose wages alone are in the ledger; in cents.

    >>> form_943(Ledger(), 2026)["13"]
    0
    """
    return _annual(ledger, FORM_943, year, ein, deposited=deposited, tables=tables)


def form_944(
    ledger: Ledger,
    year: int,
    ein: str = "",
    *,
    deposited: Cents = 0,
    tables: TaxTables | None = None,
) -> Return:
    """The return of a year of an employer who was told to file it instead of Form 941; in cents.

    >>> form_944(Ledger(), 2026)["9"]
    0
    """
    return _annual(ledger, FORM_944, year, ein, deposited=deposited, tables=tables)


def _annual(ledger: Ledger, form: _Form, year: int, ein: str, **given: Any) -> Return:
    tables = given["tables"] or TaxTables.from_environment()
    table = tables.in_force("US", "form_941", Days.on(date(year, 12, 31))).table(Figures)
    entries = ledger.of(year=year, ein=ein)
    whole = employment_taxes(entries, table, deposited=given["deposited"])
    line = Worksheet(form.form, table)
    for label, own in form.lines.items():
        line[own] = whole["7"] if label == ADJUSTED else whole[label]
    known = {label: names for label, names in whole.accounts.items() if label in form.lines}
    accounts = {form.lines[label]: names for label, names in known.items()}
    return Return(line, accounts, whole.entries)
