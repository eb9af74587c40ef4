"""Virginia: the formula of the Income Tax Withholding Guide for Employers.

https://www.tax.virginia.gov/sites/default/files/vatax-pdf/employer-withholding-instructions.pdf

The worked example rounds the annual tax W to the dollar before it divides (`withhold`); the guide
prescribes no rounding, and some engines keep the cents (`withhold_cents`).
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, at_least_zero, to_cents, to_dollars, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count


@frozen
class Figures:
    """The standard deduction and one exemption of either kind in cents, and the annual schedule."""

    standard_deduction: Cents
    personal_exemption: Cents
    age_blind_exemption: Cents
    schedule: Brackets


FORMULA = Form(
    "Formula for computing tax to be withheld",
    result="(withholding)",
    lines={
        "G": "Gross pay of this period",
        "P": count("Pay periods in the year"),
        "E1": count("VA-4, line 1(a): personal and dependent exemptions"),
        "E2": count("VA-4, line 1(b): exemptions for age 65 and over and blindness"),
        "T": "G times P, less the standard deduction and the exemptions",
        "W": "Annual tax on T",
        "W/H": "W divided by P",
        "(extra)": "VA-4, line 2: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, va4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, its annual tax rounded to the dollar."""
    return _formula(pay, va4, table, to_dollars)


def withhold_cents(pay: Pay, va4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, its annual tax rounded to the cent."""
    return _formula(pay, va4, table, to_cents)


def _formula(pay: Pay, va4: Certificate, table: Table[Figures], rounded: Any) -> Worksheet:
    figures = table.figures
    line = Worksheet(FORMULA, table)
    line["G"] = pay.wages
    line["P"] = pay.periods
    line["E1"] = va4["personal_exemptions"]
    line["E2"] = va4["age_blind_exemptions"]
    personal = line["E1"] * figures.personal_exemption
    deductions = figures.standard_deduction + personal + line["E2"] * figures.age_blind_exemption
    line["T"] = at_least_zero(line["G"] * line["P"] - deductions)
    line["W"] = rounded(figures.schedule.tax(line["T"]))
    line["W/H"] = to_cents(unrounded(line["W"]), divided_by=line["P"])
    line["(extra)"] = va4["extra_withholding"]
    line["(withholding)"] = line["W/H"] + line["(extra)"]
    return line
