"""Rhode Island: the percentage method of the Employer's Income Tax Withholding Tables.

https://tax.ri.gov/sites/g/files/xkgbur541/files/2025-12/2026%20Withholding%20Tax%20Booklet.pdf

One schedule serves all filing statuses. An exemption is worth nothing once the wages of the period
exceed the printed limit. The booklet's example uses the table of the period (`withhold`); the
annual table, and the annual tax divided by the periods (`annualised`), differs by cents.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, at_least_zero, pick, to_cents
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, shown, unrounded_line


@frozen
class Figures:
    """By frequency, in cents: one exemption, the wages up to which it counts, and the schedule."""

    exemption: dict[str, Cents]
    wages_limit: dict[str, Cents]
    schedule: dict[str, Brackets]


_END = {
    "(tax)": "Tax of the period",
    "(extra)": "RI W-4, line 2: additional amount",
    "(withholding)": "Withholding of this period",
}

PERCENTAGE_METHOD = Form(
    "Percentage method",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(wages limit)": "Wages up to which exemptions count",
        "(exemptions)": "Exemptions of the RI W-4, or none above the limit",
        "(taxable)": "Wages less exemptions",
        "(computed tax)": unrounded_line("Tax on the taxable amount"),
        **_END,
    },
)

ANNUAL_TABLE = Form(
    "Percentage method, annual table",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(wages limit)": "Annual wages up to which exemptions count",
        "(exemptions)": "Exemptions of the RI W-4, or none above the limit",
        "(taxable)": "Annual wages less exemptions",
        "(computed tax)": unrounded_line("Tax of the year on the taxable amount"),
        "(quotient)": shown("Tax of the year divided by periods", "(computed tax)", "(periods)"),
        **_END,
    },
)


def withhold(pay: Pay, ri_w4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, by the table of the period."""
    line = Worksheet(PERCENTAGE_METHOD, table)
    line["(wages)"] = pay.wages
    _compute(line, "(wages)", pay.frequency, ri_w4)
    line["(tax)"] = to_cents(line["(computed tax)"])
    return _with_extra(line, ri_w4)


def annualised(pay: Pay, ri_w4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents: the tax of the year divided by the periods."""
    line = Worksheet(ANNUAL_TABLE, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    _compute(line, "(annual wages)", "annual", ri_w4)
    line["(tax)"] = to_cents(line["(computed tax)"], divided_by=line["(periods)"])
    return _with_extra(line, ri_w4)


def _compute(line: Worksheet, wages: str, frequency: str, ri_w4: Certificate) -> None:
    figures: Figures = line.table.figures
    line["(wages limit)"] = figures.wages_limit[frequency]
    exemptions = ri_w4["exemptions"] * figures.exemption[frequency]
    line["(exemptions)"] = pick(line[wages] > line["(wages limit)"], 0, exemptions)
    line["(taxable)"] = at_least_zero(line[wages] - line["(exemptions)"])
    line["(computed tax)"] = figures.schedule[frequency].tax(line["(taxable)"])


def _with_extra(line: Worksheet, ri_w4: Certificate) -> Worksheet:
    line["(extra)"] = ri_w4["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
