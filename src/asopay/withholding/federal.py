"""Federal income-tax withholding: Publication 15-T, Worksheet 1A.

https://www.irs.gov/publications/p15t

The percentage method for automated payroll systems, for Forms W-4 of 2020 and later and of 2019 and
earlier. It is rounded once, on line 3c: lines 2h and 3b are shown, and line 3c is computed from the
exact amounts. The publication prescribes no rounding on the way, and results of two commercial
engines agree with this one.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import (
    Brackets,
    Cents,
    at_least_zero,
    share,
    to_cents,
    to_dollars,
    unrounded,
)
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line, shown, unrounded_line


@frozen
class Figures:
    """The figures of Worksheet 1A, annual, in cents, by filing status.

    `line_1g` and `line_1k` are the amounts that the worksheet prints; the nonresident amounts, by
    frequency, are those of Tables 1 (Form W-4 of 2019 or earlier) and 2 (2020 or later).
    """

    line_1g: dict[str, Cents]
    line_1k: Cents
    standard: dict[str, Brackets]
    step_2_checkbox: dict[str, Brackets]
    nonresident_table_1: dict[str, Cents]
    nonresident_table_2: dict[str, Cents]


WORKSHEET_1A = Form(
    "Worksheet 1A",
    result="4b",
    lines={
        "(wages)": "Taxable wages of this period",
        "(nonresident)": "Amount added for a nonresident alien (Table 1 or 2)",
        "1a": "Taxable wages for the withholding computation",
        "1b": count("Pay periods in the year"),
        "1c": "Line 1a times line 1b",
        "1d": "Form W-4, Step 4(a): other income",
        "1e": "Line 1c plus line 1d",
        "1f": "Form W-4, Step 4(b): deductions",
        "1g": "Amount for the filing status, or 0 with the box of Step 2 checked",
        "1h": "Line 1f plus line 1g",
        "1i": "Line 1e less line 1h: adjusted annual wage amount",
        "1j": count("Form W-4 of 2019 or earlier: allowances"),
        "1k": "Line 1j times the amount of an allowance",
        "1l": "Line 1c less line 1k: adjusted annual wage amount",
        "2a": "Adjusted annual wage amount",
        "2b": "Column A of the row of the annual percentage table",
        "2c": "Column C of that row",
        "2d": rate_line("Column D of that row"),
        "2e": "Line 2a less line 2b",
        "2f": unrounded_line("Line 2e times line 2d"),
        "2g": unrounded_line("Line 2c plus line 2f"),
        "2h": shown("Line 2g divided by line 1b: tentative amount", "2g", "1b"),
        "3a": "Form W-4, Step 3: credits for dependents",
        "3b": shown("Line 3a divided by line 1b", "3a", "1b"),
        "3c": "Line 2h less line 3b",
        "4a": "Form W-4, Step 4(c): extra withholding",
        "4b": "Withholding of this period",
    },
)


def withhold(pay: Pay, w4: Certificate, table: Table[Figures]) -> Worksheet:
    """Worksheet 1A, rounded to the cent: the tax of one period (line 4b) in cents.

    Publication 15-T, section 1. `w4` is a Form W-4 of either vintage.
    """
    return _worksheet_1a(pay, w4, table, to_cents)


def withhold_whole_dollars(pay: Pay, w4: Certificate, table: Table[Figures]) -> Worksheet:
    """Worksheet 1A with the tax rounded to the nearest dollar, as Publication 15-T allows."""
    return _worksheet_1a(pay, w4, table, to_dollars)


def _worksheet_1a(pay: Pay, w4: Certificate, table: Table[Figures], rounded: Any) -> Worksheet:
    line = Worksheet(WORKSHEET_1A, table)
    earlier_form = "allowances" in w4.answers
    _annual_wages(line, pay, w4, earlier_form)
    if earlier_form:
        line["1j"] = w4["allowances"]
        line["1k"] = line["1j"] * table.figures.line_1k
        line["1l"] = at_least_zero(line["1c"] - line["1k"])
        line["2a"] = line["1l"]
    else:
        line["1d"] = w4["other_income"]
        line["1e"] = line["1c"] + line["1d"]
        line["1f"] = w4["deductions"]
        line["1g"] = 0 if w4["multiple_jobs"] else table.figures.line_1g[w4.status]
        line["1h"] = line["1f"] + line["1g"]
        line["1i"] = at_least_zero(line["1e"] - line["1h"])
        line["2a"] = line["1i"]
    checkbox = not earlier_form and w4["multiple_jobs"]
    schedule = table.figures.step_2_checkbox if checkbox else table.figures.standard
    row = schedule[w4.status].row(line["2a"])
    line["2b"], line["2c"], line["2d"] = row
    line["2e"] = line["2a"] - line["2b"]
    line["2f"] = share(line["2e"], line["2d"])
    line["2g"] = unrounded(line["2c"]) + line["2f"]
    line["3a"] = 0 if earlier_form else w4["dependents"]
    after_credits = at_least_zero(line["2g"] - unrounded(line["3a"]))
    line["3c"] = rounded(after_credits, divided_by=line["1b"])
    line["4a"] = w4["extra_withholding"]
    line["4b"] = line["3c"] + line["4a"]
    return line


def _annual_wages(line: Worksheet, pay: Pay, w4: Certificate, earlier_form: bool) -> None:
    if w4["nonresident_alien"]:
        figures: Figures = line.table.figures
        amounts = figures.nonresident_table_1 if earlier_form else figures.nonresident_table_2
        line["(wages)"] = pay.wages
        line["(nonresident)"] = amounts[pay.frequency]
        line["1a"] = line["(wages)"] + line["(nonresident)"]
    else:
        line["1a"] = pay.wages
    line["1b"] = pay.periods
    line["1c"] = line["1a"] * line["1b"]


def computational_bridge(w4: Certificate, table: Table[Figures]) -> dict[str, Any]:
    """The answers of a Form W-4 of 2020 or later that stand for a form of 2019 or earlier.

    Publication 15-T, introduction: the optional computational bridge. Amounts are in cents. The
    withholding is the same as on lines 1j to 1l, but for a nonresident alien: Table 2 then counts.
    """
    return {
        "filing_status": w4.status,
        "multiple_jobs": False,
        "dependents": 0,
        "other_income": table.figures.line_1g[w4.status],
        "deductions": w4["allowances"] * table.figures.line_1k,
        "extra_withholding": w4["extra_withholding"],
        "exempt": w4["exempt"],
        "nonresident_alien": w4["nonresident_alien"],
    }
