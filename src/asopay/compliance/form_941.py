"""Form 941, the employer's quarterly return, from the ledger.

- Form 941: https://www.irs.gov/pub/irs-pdf/f941.pdf
- Publication 15, section 13: https://www.irs.gov/pub/irs-pdf/p15.pdf
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from asopay.compliance.returns import Return
from asopay.ledger import Entry, Ledger, Quarter, totals
from asopay.money import Cents, Rate, share, to_cents, unrounded
from asopay.tables import Days, Table, TaxTables
from asopay.worksheet import Form, Worksheet, count

COUNTED_DAY = 12
"""Employees paid for the period with this day of the quarter's last month are counted."""

SOCIAL_SECURITY, MEDICARE = "US/social_security", "US/medicare"
ADDITIONAL = "US/additional_medicare"
INCOME_TAXES = ("US/income_tax", "US/supplemental_income_tax")
EMPLOYEE_SHARES = tuple(f"employee_tax/{tax}" for tax in (SOCIAL_SECURITY, MEDICARE, ADDITIONAL))
WITHHELD = tuple(f"employee_tax/{tax}" for tax in INCOME_TAXES)
LIABILITY = (
    *WITHHELD,
    *EMPLOYEE_SHARES,
    f"employer_tax/{SOCIAL_SECURITY}",
    f"employer_tax/{MEDICARE}",
)
"""The accounts that make up what has to be deposited for a day."""

ACCOUNTS = {
    "2": tuple(f"employee_wages/{tax}" for tax in INCOME_TAXES),
    "3": WITHHELD,
    "5a(1)": (f"employee_wages/{SOCIAL_SECURITY}",),
    "5b(1)": (f"tips/{SOCIAL_SECURITY}",),
    "5c(1)": (f"employee_wages/{MEDICARE}",),
    "5d(1)": (f"employee_wages/{ADDITIONAL}",),
    "(withheld)": EMPLOYEE_SHARES,
}
"""The accounts behind each line; line 5a is less what line 5b has."""


@frozen
class Figures:
    """The rates that the form prints: of both shares together."""

    social_security: Rate
    medicare: Rate
    additional_medicare: Rate


@frozen
class Adjustments:
    """What changes the tax of a return beside the ledger, in cents.

    `withheld_by_third_party` is the employees' share of Social Security and Medicare that a payer
    of sick pay withheld, and `not_collected` that on tips and on the life insurance of former
    employees: both are in lines 5a to 5c, and taken off in lines 8 and 9. `credits` are
    nonrefundable ones.
    """

    withheld_by_third_party: Cents = 0
    not_collected: Cents = 0
    credits: Cents = 0


FORM_941 = Form(
    "Employer's quarterly federal tax return",
    result="14",
    lines={
        "1": count("Employees paid for the 12th of the quarter's last month"),
        "2": "Wages, tips, and other compensation",
        "3": "Federal income tax withheld from them",
        "5a(1)": "Social Security wages",
        "5a(2)": "Tax on them",
        "5b(1)": "Social Security tips",
        "5b(2)": "Tax on them",
        "5c(1)": "Medicare wages and tips",
        "5c(2)": "Tax on them",
        "5d(1)": "Wages and tips with Additional Medicare Tax withholding",
        "5d(2)": "Tax on them",
        "5e": "Social Security and Medicare taxes: lines 5a(2) to 5d(2)",
        "6": "Total taxes before adjustments: lines 3 and 5e",
        "(withheld)": "Social Security and Medicare taxes withheld from employees",
        "7": "Fractions of cents: withheld less employees' share of line 5e",
        "8": "Sick pay: employees' share that a third party withheld",
        "9": "Tips and group-term life insurance: share not collected",
        "10": "Total taxes after adjustments: lines 6 to 9",
        "11": "Nonrefundable credits",
        "12": "Total taxes: line 10 less line 11",
        "13": "Deposits for the quarter",
        "14": "Balance due, overpaid if below zero: line 12 less line 13",
    },
)


def form_941(
    ledger: Ledger,
    quarter: Quarter,
    ein: str = "",
    *,
    adjustments: Adjustments | None = None,
    deposited: Cents = 0,
    tables: TaxTables | None = None,
) -> Return:
    """The return of a quarter under an EIN; `deposited` are the quarter's deposits in cents.

    Raises `TableError` if no table covers the quarter.

    >>> form_941(Ledger(), Quarter(2026, 1))["12"]
    0
    """
    tables = tables or TaxTables.from_environment()
    table = tables.in_force("US", "form_941", Days.on(quarter.last_day)).table(Figures)
    entries = ledger.of(quarter=quarter, ein=ein)
    filed = employment_taxes(entries, table, adjustments, deposited=deposited)
    filed.worksheet["1"] = _employees(entries, quarter)
    return filed


def employment_taxes(
    entries: Sequence[Entry],
    table: Table[Figures],
    adjustments: Adjustments | None = None,
    *,
    deposited: Cents = 0,
) -> Return:
    """The lines of the return from line 2 on, for the entries of a quarter or of a year."""
    line, rates, sums = Worksheet(FORM_941, table), table.figures, totals(entries)
    adjust = adjustments or Adjustments()
    for label, accounts in ACCOUNTS.items():
        line[label] = sum(sums.get(account, 0) for account in accounts)
    line["5a(1)"] -= line["5b(1)"]
    line["5a(2)"] = to_cents(share(line["5a(1)"], rates.social_security))
    line["5b(2)"] = to_cents(share(line["5b(1)"], rates.social_security))
    line["5c(2)"] = to_cents(share(line["5c(1)"], rates.medicare))
    line["5d(2)"] = to_cents(share(line["5d(1)"], rates.additional_medicare))
    line["5e"] = line["5a(2)"] + line["5b(2)"] + line["5c(2)"] + line["5d(2)"]
    line["6"] = line["3"] + line["5e"]
    line["8"] = -adjust.withheld_by_third_party
    line["9"] = -adjust.not_collected
    line["7"] = to_cents(unrounded(line["(withheld)"]) - _employees_share(line, rates))
    line["7"] -= line["8"] + line["9"]
    line["10"] = line["6"] + line["7"] + line["8"] + line["9"]
    line["11"] = adjust.credits
    line["12"] = line["10"] - line["11"]
    line["13"] = deposited
    line["14"] = line["12"] - line["13"]
    return Return(line, ACCOUNTS, tuple(entries))


def _employees_share(line: Worksheet, rates: Figures) -> int:
    """The employees' share of line 5e, unrounded: half of both taxes, all of the additional one."""
    both = share(line["5a(1)"] + line["5b(1)"], rates.social_security)
    both += share(line["5c(1)"], rates.medicare)
    return both // 2 + share(line["5d(1)"], rates.additional_medicare)


def _employees(entries: Iterable[Entry], quarter: Quarter) -> int:
    """Those with pay that was earned in a period with the counted day, and not taken back."""
    day = date(quarter.year, quarter.months[-1], COUNTED_DAY)
    earned: dict[str, Cents] = {}
    for entry in entries:
        for period, amount in entry.earned.items():
            first, _, last = period.partition("/")
            if date.fromisoformat(first) <= day <= date.fromisoformat(last):
                earned[entry.employee] = earned.get(entry.employee, 0) + amount
    return sum(1 for amount in earned.values() if amount)


def liabilities(entries: Iterable[Entry]) -> dict[date, Cents]:
    """What became due on each day on which wages were paid, in cents: withheld and matched."""
    due: dict[date, Cents] = {}
    for entry in entries:
        due[entry.pay_date] = due.get(entry.pay_date, 0) + entry.on(LIABILITY)
    return {day: due[day] for day in sorted(due) if due[day]}


def schedule_b(filed: Return) -> dict[date, Cents]:
    """The record of liability by day, in cents, which adds up to line 12.

    The ledger rounds the employer's share with each paycheck, the return once in the quarter: the
    fractions of a cent between the two are in the last day.
    """
    due = liabilities(filed.entries)
    if due:
        due[max(due)] += filed["12"] - sum(due.values())
    return due


def liability_by_month(filed: Return, quarter: Quarter) -> tuple[Cents, ...]:
    """The liability of each month of the quarter in cents, as line 16 asks monthly depositors."""
    due = schedule_b(filed)
    return tuple(
        sum(amount for day, amount in due.items() if day.month == month) for month in quarter.months
    )
