"""California personal income tax withholding: Method B, the exact calculation method.

https://edd.ca.gov/en/payroll_taxes/rates_and_withholding/

The publication prints one set of tables for every payroll period and one for the year. Its
Examples A to D use the tables of the period (`withhold`), Examples E and F annualise the wages and
divide the annual tax (`withhold_annual`). The two differ by cents.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import (
    Brackets,
    Cents,
    at_least_zero,
    pick,
    printed,
    to_cents,
    unrounded,
)
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count


@frozen
class Figures:
    """The tables of Method B in cents, by frequency.

    Tables 1 and 3 have a low and a high column; `high_from` is the number of regular allowances
    from which a filing status uses the high one (a status that never does is not listed).
    Tables 2 and 4 are printed for 1 to 10 allowances. The rate tables are by frequency and status.
    """

    high_from: dict[str, int]
    table_1: dict[str, tuple[Cents, Cents]]
    table_2: dict[str, tuple[Cents, ...]]
    table_3: dict[str, tuple[Cents, Cents]]
    table_4: dict[str, tuple[Cents, ...]]
    rates: dict[str, dict[str, Brackets]]


METHOD_B = Form(
    "Method B, exact calculation",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(periods)": count("Pay periods in the year, for annualised wages"),
        "(gross)": "Wages that the tables are read for",
        "(low income)": "Step 1, Table 1: low income exemption",
        "(estimated deductions)": "Step 2, Table 2: estimated deductions",
        "(standard deduction)": "Step 3, Table 3: standard deduction",
        "(taxable)": "Step 3: taxable income",
        "(computed tax)": "Step 4, Table 5: computed tax",
        "(credit)": "Step 5, Table 4: exemption allowance credit",
        "(tax due)": "Step 5: tax, or none at or below the low income exemption",
        "(tax)": "Tax of this period",
        "(extra)": "DE 4, line 2: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, de4: Certificate, table: Table[Figures]) -> Worksheet:
    """Method B by the tables of the payroll period: the withholding in cents."""
    line = Worksheet(METHOD_B, table)
    line["(wages)"] = line["(gross)"] = pay.wages
    _method_b(line, pay.frequency, de4)
    line["(tax)"] = line["(tax due)"]
    return _with_extra(line, de4)


def withhold_annual(pay: Pay, de4: Certificate, table: Table[Figures]) -> Worksheet:
    """Method B on annualised wages by the annual tables: the withholding in cents."""
    line = Worksheet(METHOD_B, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(gross)"] = line["(wages)"] * line["(periods)"]
    _method_b(line, "annual", de4)
    line["(tax)"] = to_cents(unrounded(line["(tax due)"]), divided_by=line["(periods)"])
    return _with_extra(line, de4)


def _method_b(line: Worksheet, frequency: str, de4: Certificate) -> None:
    figures: Figures = line.table.figures
    line["(low income)"] = _column(figures.table_1[frequency], figures, de4)
    estimated = de4["estimated_deduction_allowances"]
    line["(estimated deductions)"] = _for_allowances(figures.table_2[frequency], estimated)
    line["(standard deduction)"] = _column(figures.table_3[frequency], figures, de4)
    deductions = line["(estimated deductions)"] + line["(standard deduction)"]
    line["(taxable)"] = at_least_zero(line["(gross)"] - deductions)
    line["(computed tax)"] = to_cents(figures.rates[frequency][de4.status].tax(line["(taxable)"]))
    line["(credit)"] = _for_allowances(figures.table_4[frequency], de4["allowances"])
    after_credit = at_least_zero(line["(computed tax)"] - line["(credit)"])
    line["(tax due)"] = pick(line["(gross)"] > line["(low income)"], after_credit, 0)


def _column(amounts: tuple[Cents, Cents], figures: Figures, de4: Certificate) -> Cents:
    low, high = amounts
    if de4.status not in figures.high_from:
        return low
    return pick(de4["allowances"] >= figures.high_from[de4.status], high, low)


def _for_allowances(amounts: tuple[Cents, ...], number: int) -> Cents:
    """The printed amount for 1 to 10 allowances; above, the amount for one times their number."""
    is_printed = number <= len(amounts)
    place = pick(is_printed, number, 0)
    return pick(is_printed, printed((0, *amounts), place), amounts[0] * number)


def _with_extra(line: Worksheet, de4: Certificate) -> Worksheet:
    line["(extra)"] = de4["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
