"""New York State and City: Publications NYS-50-T-NYS and NYS-50-T-NYC, exact calculation method.

https://www.tax.ny.gov/pdf/publications/withholding/nys50_t_nys.pdf
https://www.tax.ny.gov/pdf/publications/withholding/nys50_t_nyc.pdf

Method II has a table for every payroll period, and the product of step 4 is rounded to the cent
before column 5 is added, as in the printed examples. Where its tables end, Method III takes one
rate of all net wages. Quarterly and semiannual payrolls are converted to monthly ones (page 23).
A variant applies the annual tax rate schedule to annualised wages; the two differ by cents.
"""

from __future__ import annotations

from attrs import field, frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, Rate, at_least_zero, pick, share, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line

MONTHS = {"quarterly": 3, "semiannual": 6}
"""The months in a payroll period that is converted to monthly ones."""


@frozen
class Figures:
    """The tables by the status that they are printed for and by frequency; amounts in cents.

    `printed_for` maps the filing statuses of Form IT-2104 to it. Table B holds deductions, Table C
    one exemption, and Table II the schedules, which end at the net wages of `method_iii_from`.
    Method III has a rate for annualised net wages of at least each amount; the city has none.
    """

    printed_for: dict[str, str]
    table_b: dict[str, dict[str, Cents]]
    table_c: dict[str, Cents]
    table_ii: dict[str, dict[str, Brackets]]
    method_iii_from: dict[str, dict[str, Cents]] = field(factory=dict)
    method_iii: dict[str, tuple[tuple[Cents, Rate], ...]] = field(factory=dict)


EXACT_CALCULATION = Form(
    "Method II, exact calculation, and Method III, top income tax rates",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(months)": count("Months in the payroll period"),
        "(monthly wages)": "Wages divided by months",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(deduction)": "Table B: deduction allowance",
        "(exemptions)": "Table C: exemption allowances",
        "1": "Net wages: wages less the allowances",
        "2": "Line of Table II: column 3",
        "3": "Net wages less column 3",
        "(column 4)": rate_line("Column 4"),
        "4": "Step 3 times column 4",
        "(column 5)": "Column 5",
        "5": "Step 4 plus column 5",
        "(annual net)": "Method III: annualised net wages",
        "(rate)": rate_line("Method III: rate of all net wages, 0 as long as Table II has a line"),
        "(top tax)": "Method III: annualised net wages times the rate, divided by the periods",
        "(computed)": "Tax by Method III where it applies, else step 5",
        "(tax)": "Tax of this period",
        "(extra)": "IT-2104, line 3 or 4: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, it_2104: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax by the table of the payroll period, in cents."""
    line = Worksheet(EXACT_CALCULATION, table)
    line["(wages)"] = pay.wages
    if pay.frequency in MONTHS:
        line["(months)"] = MONTHS[pay.frequency]
        line["(monthly wages)"] = to_cents(unrounded(line["(wages)"]), line["(months)"])
        _compute(line, line["(monthly wages)"], "monthly", 12, it_2104)
        line["(tax)"] = line["(computed)"] * line["(months)"]
    else:
        _compute(line, line["(wages)"], pay.frequency, pay.periods, it_2104)
        line["(tax)"] = line["(computed)"]
    return _with_extra(line, it_2104)


def withhold_annual(pay: Pay, it_2104: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax by the annual tax rate schedule, divided by the periods, in cents."""
    line = Worksheet(EXACT_CALCULATION, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    _compute(line, line["(annual wages)"], "annual", 1, it_2104)
    line["(tax)"] = to_cents(unrounded(line["(computed)"]), divided_by=line["(periods)"])
    return _with_extra(line, it_2104)


def _compute(
    line: Worksheet, wages: Cents, frequency: str, periods: int, it_2104: Certificate
) -> None:
    figures: Figures = line.table.figures
    status = figures.printed_for[it_2104.status]
    line["(deduction)"] = figures.table_b[status][frequency]
    line["(exemptions)"] = it_2104["allowances"] * figures.table_c[frequency]
    line["1"] = at_least_zero(wages - line["(deduction)"] - line["(exemptions)"])
    row = figures.table_ii[status][frequency].row(line["1"])
    line["2"], line["(column 5)"], line["(column 4)"] = row
    line["3"] = line["1"] - line["2"]
    line["4"] = to_cents(share(line["3"], line["(column 4)"]))
    line["5"] = line["(computed)"] = line["4"] + line["(column 5)"]
    if figures.method_iii:
        _method_iii(line, frequency, periods, status)


def _method_iii(line: Worksheet, frequency: str, periods: int, status: str) -> None:
    figures: Figures = line.table.figures
    line["(annual net)"] = line["1"] * periods
    beyond = line["1"] >= figures.method_iii_from[status][frequency]
    line["(rate)"] = pick(beyond, _top_rate(line["(annual net)"], figures.method_iii[status]), 0)
    line["(top tax)"] = to_cents(share(line["(annual net)"], line["(rate)"]), divided_by=periods)
    line["(computed)"] = pick(beyond, line["(top tax)"], line["5"])


def _top_rate(annual_net: Cents, rates: tuple[tuple[Cents, Rate], ...]) -> Rate:
    """The rate of the last amount reached. The first also counts for the few dollars below it.

    Table II ends at whole dollars of the payroll period, which may annualise to a little less.
    """
    (_, rate), *higher = rates
    for at_least, higher_rate in higher:
        rate = pick(annual_net >= at_least, higher_rate, rate)
    return rate


def _with_extra(line: Worksheet, it_2104: Certificate) -> Worksheet:
    line["(extra)"] = it_2104["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
