"""Pay statements for people: a paycheck as plain text, amounts and dates as a locale has them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from asopay.jurisdictions import name
from asopay.money import dollars
from asopay.paycheck import Earning, Paycheck, PaycheckRequest, Tax
from asopay.worksheet import Calculation, Worksheet

WIDTH = 72
AMOUNT = 14

_FEDERAL = {
    "income_tax": "Federal income tax",
    "supplemental_income_tax": "Federal income tax on supplemental wages",
    "social_security": "Social Security",
    "medicare": "Medicare",
    "additional_medicare": "Additional Medicare",
    "unemployment": "Federal unemployment (FUTA)",
}
_ABBREVIATIONS = {
    "401k": "401(k)",
    "roth_401k": "Roth 401(k)",
    "after_tax_401k": "401(k) after tax",
    "403b": "403(b)",
    "roth_403b": "Roth 403(b)",
    "457b": "457(b)",
    "roth_457b": "Roth 457(b)",
    "simple": "SIMPLE IRA",
    "nonqualified": "Nonqualified plan",
    "plan_loan": "Plan loan",
    "section_125_health": "Health plan",
    "hsa": "Health savings account",
    "health_fsa": "Health FSA",
    "limited_fsa": "Limited health FSA",
    "qsehra": "QSEHRA",
    "ichra": "ICHRA",
    "s_corporation_health": "Health plan of a shareholder",
    "bankruptcy": "Chapter 13 plan",
}


def tax_title(tax: str, place: str = "") -> str:
    """The name of a tax for people; `place` is the name of the place within a state that levies it.

    >>> tax_title("US/social_security"), tax_title("US-CA/disability_insurance")
    ('Social Security', 'California disability insurance')
    >>> tax_title("US-OH-COLUMBUS/income_tax", "Columbus")
    'Columbus income tax'
    """
    jurisdiction, _, short = tax.partition("/")
    if jurisdiction == "US" and short in _FEDERAL:
        return _FEDERAL[short]
    return f"{place or name(jurisdiction)} {short.replace('_', ' ')}"


def pay_statement(request: PaycheckRequest, paycheck: Paycheck, locale: str = "en_US") -> str:
    """The pay statement as text: earnings, taxes, deductions, net pay, and the employer's part."""
    return "\n".join(_Statement(request, paycheck, locale).lines()) + "\n"


class _Statement:
    def __init__(self, request: PaycheckRequest, paycheck: Paycheck, locale: str) -> None:
        self.request = request
        self.paycheck = paycheck
        self.locale = locale

    def lines(self) -> Iterator[str]:
        yield from self.heading()
        yield from self.earnings()
        yield from self.taxes("employee", "Taxes")
        yield from self.deductions()
        yield from self.garnishments()
        yield from self.reimbursements()
        yield self.total("Net pay", self.paycheck.net_cents)
        yield from self.taxes("employer", "Paid by the employer")
        for deduction in self.paycheck.deductions:
            if deduction.employer_amount_cents:
                yield self.line(_title(deduction.kind), deduction.employer_amount_cents)
        yield self.total("Employer cost", self.paycheck.employer_cost_cents)
        for missing in self.paycheck.not_computed:
            yield f"Not computed: {missing}"

    def heading(self) -> Iterator[str]:
        employer, employee = self.request.employer.legal_name, self.request.employee.id
        if employer or employee:
            yield "  ".join(part for part in (employer, employee) if part)
        day = format_date(self.paycheck.pay_date, "long", self.locale)
        yield f"Paid {day}, {self.request.pay_frequency} payroll"
        yield ""

    def earnings(self) -> Iterator[str]:
        yield "Earnings"
        for earning, amount in zip(
            self.request.earnings, self.paycheck.earnings_cents, strict=True
        ):
            yield self.line(_title(earning.kind) + _hours(earning), amount)
        if self.paycheck.imputed_cents:
            yield self.line("Not paid out", -self.paycheck.imputed_cents)
        yield self.total("Gross pay", self.paycheck.gross_cents)

    def taxes(self, payer: str, title: str) -> Iterator[str]:
        yield title
        for tax in self.paycheck.taxes:
            if tax.payer == payer and tax.amount_cents:
                stated = " (as stated)" if tax.overridden else ""
                title = tax_title(tax.id, self.place_of(tax))
                yield self.line(title + stated, tax.amount_cents)

    def place_of(self, tax: Tax) -> str:
        """The name of the place that levies the tax, if its worksheet knows it."""
        sheets = tax.worksheets[-1:]
        return "".join(self.paycheck.worksheets[sheet].table.head.places.name for sheet in sheets)

    def deductions(self) -> Iterator[str]:
        if self.paycheck.deductions:
            yield "Deductions"
        for deduction in self.paycheck.deductions:
            limited = deduction.amount_cents + deduction.unpaid_cents < deduction.elected_cents
            note = " (limit reached)" if limited else ""
            yield self.line(_title(deduction.kind) + note, deduction.amount_cents)
            if deduction.arrears_cents:
                yield self.line("  not paid yet", deduction.arrears_cents)
            elif deduction.unpaid_cents:
                yield self.line("  pay did not suffice for", deduction.unpaid_cents)

    def garnishments(self) -> Iterator[str]:
        if self.paycheck.garnishments:
            yield "Garnishments"
        for entry in self.paycheck.garnishments:
            yield self.line(f"{_title(entry.kind)} {entry.id}".rstrip(), entry.amount_cents)
            if entry.fee_cents:
                yield self.line("  fee of the employer", entry.fee_cents)
            if entry.balance_cents is not None:
                yield self.line("  owed after this paycheck", entry.balance_cents)
            if entry.arrears_balance_cents is not None:
                yield self.line("  support owed from before", entry.arrears_balance_cents)

    def reimbursements(self) -> Iterator[str]:
        if self.paycheck.reimbursements:
            yield "Reimbursements, which are not wages"
        for each in self.paycheck.reimbursements:
            yield self.line(each.description, each.amount_cents)

    def line(self, text: str, cents: int) -> str:
        return line_of_text(f"  {text}", self.amount(cents))

    def total(self, text: str, cents: int) -> str:
        return line_of_text(text, self.amount(cents)) + "\n"

    def amount(self, cents: int) -> str:
        return format_decimal(dollars(cents), "#,##0.00", locale=self.locale)


def line_of_text(text: str, amount: str) -> str:
    """A line of a statement: what it is for, and the amount on the right.

    >>> line_of_text("Gross pay", "0.00")
    'Gross pay                                                           0.00'
    """
    return f"{text:<{WIDTH - AMOUNT}}{amount:>{AMOUNT}}"


def _title(kind: str) -> str:
    return _ABBREVIATIONS.get(kind, kind.replace("_", " ").capitalize())


def _hours(earning: Earning) -> str:
    if earning.hours is None:
        worked = earning.hours_worked
        return f", {worked} hours" if worked is not None and Decimal(worked) else ""
    times = f" x {earning.multiplier}" if earning.multiplier is not None else ""
    return f", {earning.hours} hours at {earning.rate}{times}"


def explanation(worksheet: Calculation) -> str:
    """The worksheet as text: its title, its lines, and where its figures come from."""
    lines = [worksheet.title, ""]
    lines += [
        f"{line.line:>22}  {line.label:<62} {line.amount:>14}" for line in worksheet.explain()
    ]
    if isinstance(worksheet, Worksheet):
        lines += ["", *_sources(worksheet)]
    return "\n".join(lines) + "\n"


def _sources(worksheet: Worksheet) -> Iterator[str]:
    """The table of a worksheet, its sources, and how its figures were checked."""
    table = worksheet.table
    yield f"Table: {table.id}"
    yield from (f"Source: {s.title}, {s.url}" for s in table.sources)
    yield from (f"Checked: {note}" for note in table.head.checked)
    yield from (f"Not verified: {note}" for note in table.head.unverified)
