"""Form 940, the employer's annual return of federal unemployment tax, from the ledger.

- Form 940 and its Schedule A: https://www.irs.gov/pub/irs-pdf/f940.pdf
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from asopay.compliance.returns import Return
from asopay.contributions import federal_unemployment
from asopay.errors import TableError
from asopay.jurisdictions import STATES
from asopay.ledger import Entry, Ledger, Quarter, totals
from asopay.money import Cents, Rate, share, to_cents
from asopay.tables import Days, TaxTables
from asopay.worksheet import Form, Worksheet

FUTA = "US/unemployment"
TAXABLE = f"employer_wages/{FUTA}"
SUBJECT = f"subject_wages/{FUTA}"
QUARTERS = (1, 2, 3, 4)

ACCOUNTS = {"7": (TAXABLE,), "(accrued)": (f"employer_tax/{FUTA}",)}


@frozen
class Figures:
    """The rate of the tax less the full credit for state contributions."""

    rate: Rate


FORM_940 = Form(
    "Employer's annual federal unemployment tax return",
    result="14",
    lines={
        "3": "All payments to employees, with the employer's to deductions",
        "4": "Payments exempt from the tax",
        "5": "Payments to each employee above the wage base",
        "6": "Line 4 plus line 5",
        "7": "Taxable wages: line 3 less line 6",
        "8": "Line 7 times the rate less the full credit",
        "10": "Where some wages were excluded from state unemployment tax",
        "11": "Credit reduction of states, from Schedule A",
        "12": "Total tax: lines 8, 10 and 11",
        "13": "Deposits for the year",
        "14": "Balance due, overpaid if below zero: line 12 less line 13",
        "16a": "Liability of the first quarter",
        "16b": "Liability of the second quarter",
        "16c": "Liability of the third quarter",
        "16d": "Liability of the fourth quarter, with the credit reduction",
        "17": "Liability of the year: lines 16a to 16d",
        "(accrued)": "The tax as the paychecks accrued it",
    },
)


def form_940(
    ledger: Ledger,
    year: int,
    ein: str = "",
    *,
    deposited: Cents = 0,
    excluded_from_state: Cents = 0,
    tables: TaxTables | None = None,
) -> Return:
    """The return of a year under an EIN; amounts in cents.

    `excluded_from_state` is line 10, by the worksheet of the form's instructions, for wages that
    were excluded from state unemployment tax or whose contributions were late. Raises `TableError`
    if no table covers the year, or while its list of credit reductions is not known.
    """
    tables = tables or TaxTables.from_environment()
    days = Days.on(date(year, 12, 31))
    table = tables.in_force("US", "form_940", days).table(Figures)
    entries = ledger.of(year=year, ein=ein)
    line, sums = Worksheet(FORM_940, table), totals(entries)
    reductions = sum(schedule_a(entries, year, tables).values())
    added = sum(a for name, a in sums.items() if name.startswith("employer_deduction/"))
    line["3"] = sums.get("gross", 0) + sums.get("imputed", 0) + added
    line["4"] = line["3"] - sums.get(SUBJECT, 0)
    line["7"] = sums.get(TAXABLE, 0)
    line["5"] = sums.get(SUBJECT, 0) - line["7"]
    line["6"] = line["4"] + line["5"]
    line["8"] = to_cents(share(line["7"], table.figures.rate))
    line["10"] = excluded_from_state
    line["11"] = reductions
    line["12"] = line["8"] + line["10"] + line["11"]
    line["13"] = deposited
    line["14"] = line["12"] - line["13"]
    reached = 0
    for number, label in zip(QUARTERS, ("16a", "16b", "16c", "16d"), strict=True):
        upto = totals(e for e in entries if Quarter.of(e.pay_date).number <= number)
        tax = to_cents(share(upto.get(TAXABLE, 0), table.figures.rate))
        line[label], reached = tax - reached, tax
    line["16d"] += line["10"] + line["11"]
    line["17"] = line["16a"] + line["16b"] + line["16c"] + line["16d"]
    line["(accrued)"] = sums.get(f"employer_tax/{FUTA}", 0)
    return Return(line, ACCOUNTS, tuple(entries))


def schedule_a(
    entries: Iterable[Entry], year: int, tables: TaxTables | None = None
) -> dict[str, Cents]:
    """The credit reduction of each state where there is one, in cents.

    The state of wages is the one to whose unemployment fund the paycheck owed contributions.
    Raises `TableError` while the list of the year is not known.
    """
    tables = tables or TaxTables.from_environment()
    days = Days.on(date(year, 12, 31))
    futa = tables.in_force("US", "unemployment", days).table(federal_unemployment.Figures)
    if futa.figures.credit_reductions is None:
        raise TableError(f"{futa.id}: the credit reductions of {year} are not in the table yet")
    wages: dict[str, Cents] = {}
    for entry in entries:
        for state in futa.figures.credit_reductions.keys() & STATES.keys():
            if f"subject_wages/{state}/unemployment" in entry.amounts:
                wages[state] = wages.get(state, 0) + entry.amounts.get(TAXABLE, 0)
    return {
        state: to_cents(share(wages[state], futa.figures.credit_reductions[state]))
        for state in sorted(wages)
    }


def liability_by_quarter(filed: Return, year: int) -> dict[Quarter, Cents]:
    """The liability of each quarter in cents, for `deposits.unemployment_deposits`."""
    return {Quarter(year, n): filed[f"16{'abcd'[n - 1]}"] for n in QUARTERS}
