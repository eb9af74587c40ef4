"""Oregon: the computer formula of the withholding tax formulas, 150-206-436.

https://www.oregon.gov/dor/programs/businesses/pages/withholding-and-payroll-tax.aspx

The federal income tax withheld from the same payment is subtracted up to a limit that falls with
the wages. The lowest row begins with the credit of an allowance: small wages without allowances
would be withheld in full and more, so the tax is not more than the wages. Without Form OR-W-4 a
flat rate counts.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import (
    Brackets,
    Cents,
    Rate,
    Unrounded,
    at_least_zero,
    at_most,
    pick,
    share,
    to_cents,
    to_dollars,
    unrounded,
)
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line, shown, unrounded_line


@frozen
class Group:
    """Standard deduction and schedules of one group, annual, in cents."""

    standard_deduction: Cents
    schedule: Brackets
    upper_schedule: Brackets


@frozen
class Figures:
    """Annual figures in cents.

    Group ``married`` is also that of a single employee with `allowances_as_married` allowances or
    more. Its upper schedule counts for wages of `upper_from` or more. By filing status, whatever
    the group: the limit of the federal tax from each bound of the wages on, and the wages above
    which allowances do not count.
    """

    allowances_as_married: int
    upper_from: Cents
    groups: dict[str, Group]
    federal_tax_limit: dict[str, tuple[tuple[Cents, Cents], ...]]
    no_allowances_above: dict[str, Cents]
    allowance_credit: Cents
    rate_without_certificate: Rate


_END = {
    "(tax)": "Tax of the period",
    "(extra)": "Form OR-W-4, line 3: additional amount",
    "(withholding)": "Withholding of this period",
}

COMPUTER_FORMULA = Form(
    "Computer formula",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(federal tax)": "Federal income tax withheld from this payment, times periods",
        "(limit)": "Limit of the federal tax subtraction",
        "(subtraction)": "Federal tax within the limit",
        "(standard deduction)": "Standard deduction",
        "BASE": "Annual wages less federal tax subtraction and standard deduction",
        "(computed tax)": unrounded_line("Tax on the BASE by the formula"),
        "(annual tax)": "Tax on the BASE, rounded",
        "(credit)": "Personal exemption credit of the allowances",
        "WH": "Annual tax less the credit",
        "(quotient)": shown("WH divided by periods", "WH", "(periods)"),
        **_END,
    },
)

NO_CERTIFICATE = Form(
    "Flat rate without Form OR-W-4",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(rate)": rate_line("Rate"),
        **_END,
    },
)


def withhold(pay: Pay, or_w4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the cent."""
    return _withhold(pay, or_w4, table, to_cents)


def withhold_whole_dollars(pay: Pay, or_w4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax in cents, that of the year and that of the period rounded to the nearest dollar."""
    return _withhold(pay, or_w4, table, to_dollars)


def _withhold(pay: Pay, or_w4: Certificate, table: Table[Figures], rounded: Any) -> Worksheet:
    if or_w4["filing_status"] is None:
        line = Worksheet(NO_CERTIFICATE, table)
        line["(wages)"] = pay.wages
        line["(rate)"] = table.figures.rate_without_certificate
        line["(tax)"] = to_cents(share(line["(wages)"], line["(rate)"]))
    else:
        line = Worksheet(COMPUTER_FORMULA, table)
        line["(wages)"] = pay.wages
        line["(periods)"] = pay.periods
        _compute(line, pay.federal_tax, or_w4, rounded)
        tax = rounded(unrounded(line["WH"]), divided_by=line["(periods)"])
        line["(tax)"] = at_most(tax, line["(wages)"])
    line["(extra)"] = or_w4["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line


def _compute(line: Worksheet, federal_tax: Cents, or_w4: Certificate, rounded: Any) -> None:
    figures: Figures = line.table.figures
    status, allowances = or_w4.status, or_w4["allowances"]
    as_married = True if status == "married" else allowances >= figures.allowances_as_married
    married, single = figures.groups["married"], figures.groups["single"]
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    line["(federal tax)"] = federal_tax * line["(periods)"]
    line["(limit)"] = 0
    for bound, limit in figures.federal_tax_limit[status]:
        line["(limit)"] = pick(line["(annual wages)"] >= bound, limit, line["(limit)"])
    line["(subtraction)"] = at_most(line["(federal tax)"], line["(limit)"])
    deduction = pick(as_married, married.standard_deduction, single.standard_deduction)
    line["(standard deduction)"] = deduction
    line["BASE"] = at_least_zero(line["(annual wages)"] - line["(subtraction)"] - deduction)
    line["(computed tax)"] = pick(as_married, _tax(line, married), _tax(line, single))
    line["(annual tax)"] = rounded(line["(computed tax)"])
    counted = pick(line["(annual wages)"] > figures.no_allowances_above[status], 0, allowances)
    line["(credit)"] = counted * figures.allowance_credit
    line["WH"] = at_least_zero(line["(annual tax)"] - line["(credit)"])


def _tax(line: Worksheet, group: Group) -> Unrounded:
    upper = line["(annual wages)"] >= line.table.figures.upper_from
    return pick(upper, group.upper_schedule.tax(line["BASE"]), group.schedule.tax(line["BASE"]))
