"""Flat rate on the period's wages, less a standard deduction and allowances printed by frequency.

Georgia (Employer's Tax Guide, Tables E and F), Idaho (EPB00744) and North Carolina (NC-30): the
publication prints the amounts for each payroll period. An annualised variant uses the printed
annual amounts and divides the annual tax.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Cents, Rate, at_least_zero, share, to_cents, to_dollars, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Figures:
    """The rate, and printed amounts in cents by frequency.

    Standard deductions by filing status, and one allowance by box of the certificate.
    """

    rate: Rate
    standard_deduction: dict[str, dict[str, Cents]]
    allowances: dict[str, dict[str, Cents]]


_END = {
    "(extra)": "Extra withholding of the certificate",
    "(withholding)": "Withholding of this period",
}

PERIOD = Form(
    "Flat rate on the wages of the period",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(standard deduction)": "Standard deduction of the period for the filing status",
        "(allowances)": "Allowances of the certificate, for the period",
        "(taxable)": "Wages less standard deduction and allowances",
        "(rate)": rate_line("Rate"),
        "(tax)": "Tax of the period",
        **_END,
    },
)

ANNUALISED = Form(
    "Flat rate on annualised wages",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(standard deduction)": "Annual standard deduction for the filing status",
        "(allowances)": "Allowances of the certificate, annual",
        "(taxable)": "Annual wages less standard deduction and allowances",
        "(rate)": rate_line("Rate"),
        "(annual tax)": "Tax of the year",
        "(tax)": "Tax of the period",
        **_END,
    },
)


def withhold(pay: Pay, certificate: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the cent."""
    return _period(pay, certificate, table, to_cents)


def withhold_whole_dollars(pay: Pay, certificate: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the nearest dollar."""
    return _period(pay, certificate, table, to_dollars)


def annualised_whole_dollars(
    pay: Pay, certificate: Certificate, table: Table[Figures]
) -> Worksheet:
    """The annual tax to the cent, divided by the periods and rounded to the nearest dollar."""
    line = Worksheet(ANNUALISED, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    _deduct(line, "(annual wages)", "annual", certificate)
    line["(annual tax)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    line["(tax)"] = to_dollars(unrounded(line["(annual tax)"]), divided_by=line["(periods)"])
    return _with_extra(line, certificate)


def _period(pay: Pay, certificate: Certificate, table: Table[Figures], rounded: Any) -> Worksheet:
    line = Worksheet(PERIOD, table)
    line["(wages)"] = pay.wages
    _deduct(line, "(wages)", pay.frequency, certificate)
    line["(tax)"] = rounded(share(line["(taxable)"], line["(rate)"]))
    return _with_extra(line, certificate)


def _deduct(line: Worksheet, wages: str, frequency: str, certificate: Certificate) -> None:
    figures: Figures = line.table.figures
    line["(standard deduction)"] = figures.standard_deduction[certificate.status][frequency]
    line["(allowances)"] = sum(
        certificate[box] * amounts[frequency] for box, amounts in figures.allowances.items()
    )
    deductions = line["(standard deduction)"] + line["(allowances)"]
    line["(taxable)"] = at_least_zero(line[wages] - deductions)
    line["(rate)"] = figures.rate


def _with_extra(line: Worksheet, certificate: Certificate) -> Worksheet:
    line["(extra)"] = certificate.get("extra_withholding", 0)
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
