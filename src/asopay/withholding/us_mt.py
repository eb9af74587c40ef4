"""Montana: the withholding formulas of the Employer and Information Agent Guide.

https://revenuefiles.mt.gov/files/Forms/Montana_Employer_and_Information_Agent_Guide_with_Tax_Tables.pdf

For each payroll period and filing status the guide prints W = A + B x (G - C). It asks that the
result be rounded up to the dollar. The examples of the edition for 2025 do so, those of the edition
for 2026 round to the nearest dollar. An amount on line 4 of Form MW-4 takes the formula's place.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, Unrounded, pick, share, to_dollars, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, rate_line, unrounded_line


@frozen
class Figures:
    """Schedules of C, A and B in cents, by filing status and frequency."""

    schedule: dict[str, dict[str, Brackets]]


FORMULA = Form(
    "Withholding formula",
    result="(withholding)",
    lines={
        "G": "Gross wages of this period",
        "C": "Wages from which the row applies",
        "A": "Tax on that amount",
        "B": rate_line("Rate on what exceeds it"),
        "(computed tax)": unrounded_line("A plus B times G less C"),
        "W": "Tax of the period, in whole dollars",
        "(extra)": "MW-4, line 3: extra amount",
        "(specified)": "MW-4, line 4: the amount that the employee specifies instead",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, mw4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the nearest dollar."""
    return _formula(pay, mw4, table, to_dollars)


def withhold_rounded_up(pay: Pay, mw4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded up to the dollar."""
    return _formula(pay, mw4, table, _up_to_dollars)


def _formula(pay: Pay, mw4: Certificate, table: Table[Figures], rounded: Any) -> Worksheet:
    line = Worksheet(FORMULA, table)
    line["G"] = pay.wages
    row = table.figures.schedule[mw4.status][pay.frequency].row(line["G"])
    line["C"], line["A"], line["B"] = row
    line["(computed tax)"] = unrounded(line["A"]) + share(line["G"] - line["C"], line["B"])
    line["W"] = rounded(line["(computed tax)"])
    line["(extra)"] = mw4["extra_withholding"]
    line["(withholding)"] = line["W"] + line["(extra)"]
    if mw4["specified_withholding"] is not None:
        line["(specified)"] = line["(withholding)"] = mw4["specified_withholding"]
    return line


def _up_to_dollars(amount: Unrounded) -> Cents:
    """The amount rounded to the nearest dollar, and one dollar more where that is too little."""
    nearest = to_dollars(amount)
    return nearest + pick(unrounded(nearest) < amount, 100, 0)
