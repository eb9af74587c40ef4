"""Brackets printed for each payroll period, on the period's wages less allowances.

New Mexico (FYI-104), Oklahoma (Packet OW-2), Vermont (GB-1210) and states like them: a schedule and
the value of an allowance are printed for every payroll period, and a row includes its upper end. An
annualised variant uses the printed annual schedule and divides the annual tax; the two differ by
cents.
"""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, at_least_zero, share, to_cents, to_dollars, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, shown, unrounded_line


@frozen
class Figures:
    """Schedules by the box `keyed_by` of the certificate and by frequency; allowances in cents.

    An allowance is printed by frequency, for each box that counts allowances. A certificate without
    the box `keyed_by` uses the schedule ``any``.
    """

    schedule: dict[str, dict[str, Brackets]]
    allowances: dict[str, dict[str, Cents]] = field(factory=dict)
    keyed_by: str = "filing_status"


_END = {
    "(extra)": "Extra withholding of the certificate",
    "(withholding)": "Withholding of this period",
}

PERIOD_BRACKETS = Form(
    "Brackets of the payroll period",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(allowances)": "Allowances of the certificate, for the period",
        "(taxable)": "Wages less allowances",
        "(computed tax)": unrounded_line("Tax on the taxable amount"),
        "(tax)": "Tax of the period",
        **_END,
    },
)

ANNUALISED = Form(
    "Annual brackets on annualised wages",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(allowances)": "Allowances of the certificate, annual",
        "(taxable)": "Annual wages less allowances",
        "(computed tax)": unrounded_line("Tax of the year on the taxable amount"),
        "(quotient)": shown("Tax of the year divided by periods", "(computed tax)", "(periods)"),
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


def annualised(pay: Pay, certificate: Certificate, table: Table[Figures]) -> Worksheet:
    """The annual tax divided by the periods, in cents, rounded to the cent."""
    line = Worksheet(ANNUALISED, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    _compute(line, "(annual wages)", "annual", certificate)
    line["(tax)"] = to_cents(line["(computed tax)"], divided_by=line["(periods)"])
    return _with_extra(line, certificate)


def _period(pay: Pay, certificate: Certificate, table: Table[Figures], rounded: Any) -> Worksheet:
    line = Worksheet(PERIOD_BRACKETS, table)
    line["(wages)"] = pay.wages
    _compute(line, "(wages)", pay.frequency, certificate)
    line["(tax)"] = rounded(line["(computed tax)"])
    return _with_extra(line, certificate)


def _compute(line: Worksheet, wages: str, frequency: str, certificate: Certificate) -> None:
    figures: Figures = line.table.figures
    line["(allowances)"] = sum(
        certificate[box] * amounts[frequency] for box, amounts in figures.allowances.items()
    )
    line["(taxable)"] = at_least_zero(line[wages] - line["(allowances)"])
    schedules = figures.schedule[certificate.get(figures.keyed_by, "any")]
    row = schedules[frequency].row_above(line["(taxable)"])
    line["(computed tax)"] = unrounded(row.base) + share(line["(taxable)"] - row.over, row.rate)


def _with_extra(line: Worksheet, certificate: Certificate) -> Worksheet:
    line["(extra)"] = certificate.get("extra_withholding", 0)
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
