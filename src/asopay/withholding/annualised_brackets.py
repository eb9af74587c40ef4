"""Annualised wages, less a standard deduction and allowances, through brackets, over the periods.

Kentucky (42A003), Louisiana (R-1306), Michigan (Form 446), Mississippi (Pub 89-700) and states like
them. The annual amounts stay exact; the tax is rounded once, after the division by the periods. A
flat rate is a schedule of one row. Delaware's personal credits are taken off the annual tax.
"""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, at_least_zero, to_cents, to_dollars, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, shown, unrounded_line


@frozen
class Figures:
    """Annual figures in cents.

    Schedules and standard deductions by filing status (``any`` where the certificate asks for
    none), an allowance by box that counts allowances, the boxes that state an annual amount, and
    a credit against the annual tax by box that counts credits.
    """

    schedule: dict[str, Brackets]
    standard_deduction: dict[str, Cents]
    allowances: dict[str, Cents]
    annual_amounts: tuple[str, ...] = ()
    credits: dict[str, Cents] = field(factory=dict)


ANNUALISED_BRACKETS = Form(
    "Annualised brackets after deductions",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(standard deduction)": "Standard deduction for the filing status",
        "(allowances)": "Allowances and exemptions of the certificate",
        "(taxable)": "Annual wages less standard deduction and allowances",
        "(computed tax)": unrounded_line("Tax on the taxable amount"),
        "(credits)": "Credits of the certificate",
        "(annual tax)": unrounded_line("Tax of the year"),
        "(quotient)": shown("Annual tax divided by periods", "(annual tax)", "(periods)"),
        "(tax)": "Tax of the period",
        "(extra)": "Extra withholding of the certificate",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, certificate: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the cent."""
    return _annualised(pay, certificate, table, to_cents)


def withhold_whole_dollars(pay: Pay, certificate: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the nearest dollar."""
    return _annualised(pay, certificate, table, to_dollars)


def _annualised(
    pay: Pay, certificate: Certificate, table: Table[Figures], rounded: Any
) -> Worksheet:
    figures = table.figures
    line = Worksheet(ANNUALISED_BRACKETS, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    line["(standard deduction)"] = _of_status(figures.standard_deduction, certificate)
    counted = sum(certificate[box] * each for box, each in figures.allowances.items())
    line["(allowances)"] = counted + sum(certificate[box] for box in figures.annual_amounts)
    deductions = line["(standard deduction)"] + line["(allowances)"]
    line["(taxable)"] = at_least_zero(line["(annual wages)"] - deductions)
    line["(computed tax)"] = _of_status(figures.schedule, certificate).tax(line["(taxable)"])
    line["(credits)"] = sum(certificate[box] * each for box, each in figures.credits.items())
    line["(annual tax)"] = at_least_zero(line["(computed tax)"] - unrounded(line["(credits)"]))
    line["(tax)"] = rounded(line["(annual tax)"], divided_by=line["(periods)"])
    line["(extra)"] = certificate.get("extra_withholding", 0)
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line


def _of_status(by_status: dict[str, Any], certificate: Certificate) -> Any:
    """The figure of the certificate's status, or the one that holds for any status."""
    return by_status.get("any") if "any" in by_status else by_status[certificate.status]
