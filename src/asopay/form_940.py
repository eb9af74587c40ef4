"""The year's federal unemployment tax of an employer: Form 940 and its Schedule A.

https://www.irs.gov/forms-pubs/about-form-940

>>> form = form_940({"US-CA": "70000.00", "US-TX": "35000.00"}, 2025, deposited="630.00")
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

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from asopay.contributions.federal_unemployment import Figures, reductions_of
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.jurisdictions import JURISDICTIONS
from asopay.money import Cents, at_least_zero, share, to_cents
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days, Table
from asopay.worksheet import Form, Worksheet

Dollars = Decimal | int | str

FORM_940 = Form(
    "Employer's Annual Federal Unemployment (FUTA) Tax Return, parts 2 to 5",
    result="12",
    lines={
        "7": "Total taxable FUTA wages",
        "8": "FUTA tax before adjustments: line 7 times the rate less the full credit",
        "9": "All of the wages were excluded from state unemployment tax: line 7 times the credit",
        "10": "Some were excluded, or state tax was paid late: line 7 of the worksheet, as stated",
        "11": "Credit reduction: line 1 of Schedule A",
        "12": "Total FUTA tax after adjustments",
        "13": "FUTA tax deposited for the year",
        "14": "Balance due",
        "15": "Overpayment",
    },
)


def form_940(
    wages: Mapping[str, Dollars],
    year: int,
    *,
    excluded: Mapping[str, Dollars] | None = None,
    line_10: Dollars | None = None,
    deposited: Dollars = 0,
    rulebook: Rulebook | None = None,
) -> Worksheet:
    """The lines of the return in cents.

    `wages` are the employer's taxable FUTA wages of the year by state in dollars: each employee's
    up to the wage base, which the year to date has under ``US/unemployment``. `excluded` are those
    of them on which the state has no unemployment tax. If they are only some of the wages, or state
    tax was paid late, `line_10` is the amount of the form's own worksheet.

    Raises `InvalidRequest` with all that is wrong, and `TableError` if there is no table for the
    year, or the year's list of credit reductions is not in it.
    """
    book = rulebook or standard_rulebook()
    reader = _Reader(wages, excluded or {}, line_10, deposited)
    table = book.rule("US", "unemployment", Days.on(date(year, 12, 31))).table
    return _fill_in(reader, table)


class _Reader:
    """The amounts in cents, checked together."""

    def __init__(
        self,
        wages: Mapping[str, Dollars],
        excluded: Mapping[str, Dollars],
        line_10: Dollars | None,
        deposited: Dollars,
    ) -> None:
        faults = Faults()
        self.wages = faults.amounts("wages", wages)
        self.excluded = faults.amounts("excluded", excluded)
        self.adjustment = 0 if line_10 is None else faults.cents("line_10", line_10)
        self.deposited = faults.cents("deposited", deposited)
        for state in sorted(wages.keys() - JURISDICTIONS.keys()):
            faults.add(f"wages.{state}", 'that is not a state such as "US-CA"')
        for state in self.excluded:
            if self.excluded[state] > self.wages.get(state, 0):
                faults.add(f"excluded.{state}", "it is more than the wages of the state")
        self.all_excluded = 0 < sum(self.wages.values()) == sum(self.excluded.values())
        if sum(self.excluded.values()) and not self.all_excluded and line_10 is None:
            message = "some of the wages were excluded from state unemployment tax"
            faults.add("line_10", f"{message}: state line 7 of the worksheet for line 10")
        if faults.found:
            raise InvalidRequest(faults.found)

    @property
    def credited(self) -> dict[str, Cents]:
        """The wages of each state that get the credit for its tax."""
        return {state: w - self.excluded.get(state, 0) for state, w in self.wages.items()}


def _fill_in(told: _Reader, table: Table[Figures]) -> Worksheet:
    figures, reductions = table.figures, reductions_of(table)
    line = Worksheet(FORM_940, table)
    line["7"] = sum(told.wages.values())
    line["8"] = to_cents(share(line["7"], figures.rate - figures.credit))
    line["9"] = to_cents(share(line["7"], figures.credit)) if told.all_excluded else 0
    line["10"] = told.adjustment
    line["11"] = sum(
        to_cents(share(wages, reductions.get(state, 0))) for state, wages in told.credited.items()
    )
    line["12"] = line["8"] + line["9"] + line["10"] + line["11"]
    line["13"] = told.deposited
    line["14"] = at_least_zero(line["12"] - line["13"])
    line["15"] = at_least_zero(line["13"] - line["12"])
    return line
