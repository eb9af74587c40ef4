"""Form 940, the employer's annual return of federal unemployment tax, with its Schedule A.

From the ledger, or from the taxable wages of each state:

- Form 940: https://www.irs.gov/forms-pubs/about-form-940

>>> form = tax_of_wages({"US-CA": "70000.00", "US-TX": "35000.00"}, 2025, deposited="630.00")
>>> for line in form.explain():
...     print(line.line, line.amount)
7 105000.00
8 630.00
9 0.00
10 0.00
11 840.00
12 1470.00
13 630.00
14 840.00
15 0.00
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from attrs import define

from asopay.compliance.returns import Return
from asopay.contributions.federal_unemployment import Figures, reductions_of
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.jurisdictions import JURISDICTIONS
from asopay.ledger import Entry, Ledger, Quarter, totals
from asopay.money import Cents, at_least_zero, share, to_cents
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days, Table
from asopay.worksheet import Form, Worksheet

Dollars = Decimal | int | str

FUTA = "US/unemployment"
TAXABLE = f"employer_wages/{FUTA}"
SUBJECT = f"subject_wages/{FUTA}"
BY_STATE, EXCLUDED = "taxable_by_state", "excluded_from_state"
QUARTERS = {"16a": 1, "16b": 2, "16c": 3, "16d": 4}

ACCOUNTS = {"7": (TAXABLE,), "(accrued)": (f"employer_tax/{FUTA}",)}

FORM_940 = Form(
    "Employer's Annual Federal Unemployment (FUTA) Tax Return",
    result="12",
    lines={
        "3": "All payments to employees, with the employer's to deductions",
        "4": "Payments exempt from the tax",
        "5": "Payments to each employee above the wage base",
        "6": "Line 4 plus line 5",
        "7": "Total taxable wages",
        "8": "Line 7 times the rate less the full credit",
        "9": "All were excluded from state tax: line 7 times the credit",
        "10": "Some were excluded, or state tax was late: as stated",
        "11": "Credit reduction: total of Schedule A",
        "12": "Total tax after adjustments",
        "13": "Deposits for the year",
        "14": "Balance due",
        "15": "Overpayment",
        "16a": "Liability of the first quarter",
        "16b": "Liability of the second quarter",
        "16c": "Liability of the third quarter",
        "16d": "Liability of the fourth quarter, with lines 9 to 11",
        "17": "Liability of the year",
        "(accrued)": "The tax as the paychecks accrued it",
    },
)


@define
class _Told:
    """What the tax is computed from, in cents: wages by state, and those a state excludes."""

    wages: dict[str, Cents]
    excluded: dict[str, Cents]
    line_10: Cents | None
    deposited: Cents

    def check(self, faults: Faults) -> None:
        """Enters what does not fit together."""
        for state in sorted(self.wages.keys() - JURISDICTIONS.keys()):
            faults.add(f"wages.{state}", 'that is not a state such as "US-CA"')
        for state, amount in self.excluded.items():
            if amount > self.wages.get(state, 0):
                faults.add(f"excluded.{state}", "it is more than the wages of the state")
        if sum(self.excluded.values()) and not self.all_excluded and self.line_10 is None:
            message = "some of the wages were excluded from state unemployment tax"
            faults.add("line_10", f"{message}: state line 7 of the worksheet for line 10")
        if faults.found:
            raise InvalidRequest(faults.found)

    @property
    def all_excluded(self) -> bool:
        """Whether no wages bear a state's tax."""
        return 0 < sum(self.wages.values()) == sum(self.excluded.values())

    @property
    def credited(self) -> dict[str, Cents]:
        """The wages of each state that get the credit for its tax."""
        return {state: w - self.excluded.get(state, 0) for state, w in self.wages.items()}


def tax_of_wages(
    wages: Mapping[str, Dollars],
    year: int,
    *,
    excluded: Mapping[str, Dollars] | None = None,
    line_10: Dollars | None = None,
    deposited: Dollars = 0,
    rulebook: Rulebook | None = None,
) -> Worksheet:
    """The lines of the return from line 7 on, in cents.

    `wages` are the employer's taxable FUTA wages of the year by state in dollars: each employee's
    up to the wage base, which the year to date has under ``US/unemployment``. `excluded` are those
    of them on which the state has no unemployment tax. If they are only some of the wages, or state
    tax was paid late, `line_10` is the amount of the form's own worksheet.

    Raises `InvalidRequest` with all that is wrong, and `TableError` if there is no table for the
    year, or the year's list of credit reductions is not in it.
    """
    faults = Faults()
    told = _Told(
        faults.amounts("wages", wages),
        faults.amounts("excluded", excluded or {}),
        None if line_10 is None else faults.cents("line_10", line_10),
        faults.cents("deposited", deposited),
    )
    told.check(faults)
    line = Worksheet(FORM_940, _table(year, rulebook))
    _fill_in(line, told)
    return line


def form_940(
    ledger: Ledger,
    year: int,
    ein: str = "",
    *,
    line_10: Cents | None = None,
    deposited: Cents = 0,
    rulebook: Rulebook | None = None,
) -> Return:
    """The return of a year under an EIN, from the ledger; amounts in cents.

    The state of wages is the one in which the employee was insured, and they were excluded from its
    tax where a paycheck was exempt from it. For `line_10` and what is raised see `tax_of_wages`.
    """
    table = _table(year, rulebook)
    entries = ledger.of(year=year, ein=ein)
    line, sums = Worksheet(FORM_940, table), totals(entries)
    added = sum(a for name, a in sums.items() if name.startswith("employer_deduction/"))
    line["3"] = sums.get("gross", 0) + sums.get("imputed", 0) + added
    line["4"] = line["3"] - sums.get(SUBJECT, 0)
    line["5"] = sums.get(SUBJECT, 0) - sums.get(TAXABLE, 0)
    line["6"] = line["4"] + line["5"]
    told = _Told(_by_state(sums, BY_STATE), _by_state(sums, EXCLUDED), line_10, deposited)
    told.check(Faults())
    _fill_in(line, told)
    _quarters(line, entries, table)
    line["(accrued)"] = sums.get(f"employer_tax/{FUTA}", 0)
    return Return(line, ACCOUNTS, tuple(entries))


def _table(year: int, rulebook: Rulebook | None) -> Table[Figures]:
    book = rulebook or standard_rulebook()
    return book.rule("US", "unemployment", Days.on(date(year, 12, 31))).table


def _by_state(sums: Mapping[str, Cents], account: str) -> dict[str, Cents]:
    start = f"{account}/"
    return {name.removeprefix(start): a for name, a in sums.items() if name.startswith(start)}


def _fill_in(line: Worksheet, told: _Told) -> None:
    figures = line.table.figures
    line["7"] = sum(told.wages.values())
    line["8"] = to_cents(share(line["7"], figures.rate - figures.credit))
    line["9"] = to_cents(share(line["7"], figures.credit)) if told.all_excluded else 0
    line["10"] = told.line_10 or 0
    line["11"] = sum(schedule_a(told.credited, line.table).values())
    line["12"] = line["8"] + line["9"] + line["10"] + line["11"]
    line["13"] = told.deposited
    line["14"] = at_least_zero(line["12"] - line["13"])
    line["15"] = at_least_zero(line["13"] - line["12"])


def schedule_a(wages: Mapping[str, Cents], table: Table[Figures]) -> dict[str, Cents]:
    """The credit reduction of each state that has one, for its taxable wages in cents.

    Raises `TableError` while the year's list is not known.
    """
    reductions = reductions_of(table)
    return {
        state: to_cents(share(wages[state], reductions[state]))
        for state in sorted(wages.keys() & reductions.keys())
    }


def _quarters(line: Worksheet, entries: Iterable[Entry], table: Table[Figures]) -> None:
    """The liability of each quarter: what the tax grew by, to the cent of the year's."""
    wages = dict.fromkeys(QUARTERS.values(), 0)
    for entry in entries:
        wages[Quarter.of(entry.pay_date).number] += entry.amounts.get(TAXABLE, 0)
    upto = reached = 0
    for label, number in QUARTERS.items():
        upto += wages[number]
        tax = to_cents(share(upto, table.figures.rate - table.figures.credit))
        line[label], reached = tax - reached, tax
    line["16d"] += line["9"] + line["10"] + line["11"]
    line["17"] = sum(line[label] for label in QUARTERS)


def liability_by_quarter(filed: Return, year: int) -> dict[Quarter, Cents]:
    """The liability of each quarter in cents, for `deposits.unemployment_deposits`."""
    return {Quarter(year, number): filed[label] for label, number in QUARTERS.items()}
