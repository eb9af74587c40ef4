"""Maryland: the Employer Withholding Guide, percentage method, state and local tax together.

https://www.marylandcomptroller.gov/content/dam/mdcomp/tax/instructions/withholding/2026/withholding-guide.pdf

The guide has no table of the state's tax alone: it prints one for each of ten local rates, and the
employer uses the one that equals or slightly exceeds the rate of the county where the employee
lives. State and local tax are withheld, deposited and reported as one amount. Two counties have
rates that rise with income. The lowest state rate is 4.75 percent, whatever the law's lower ones.

Federal payrolls withhold the county's own rate instead, on annualised wages (`withhold_exact`).
"""

from __future__ import annotations

from attrs import field, frozen

from asopay.certificates import Certificate
from asopay.money import (
    Brackets,
    Cents,
    Rate,
    Unrounded,
    at_least,
    at_least_zero,
    at_most,
    pick,
    rate_as_text,
    share,
    to_cents,
    unrounded,
)
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line, unrounded_line


@frozen
class Exact:
    """The figures of a year in cents, and each county's own rate.

    The standard deduction is a share of the wages, at least one amount and at most another. The
    state's schedules and the counties' are by column. In a county of `slices` each rate is on its
    slice of the taxable income, in one of `rate_by_income` the rate reached is on all of it.
    """

    deduction_rate: Rate
    least_deduction: Cents
    most_deduction: Cents
    exemption: Cents
    state: dict[str, Brackets]
    local_rate: dict[str, Rate]
    slices: dict[str, dict[str, Brackets]]
    rate_by_income: dict[str, dict[str, tuple[tuple[Cents, Rate], ...]]]


@frozen
class Figures:
    """Amounts in cents by frequency; local rates are those of the guide's tables.

    `column` maps the statuses of Form MW507 to the columns of the tables, which are by local rate,
    column and frequency. `local_rate` is the rate by county; `rate_by_income` gives counties whose
    rate rises, by column, the rate on annual taxable income above each amount.
    """

    column: dict[str, str]
    exact: Exact
    least_wages: dict[str, Cents] = field(factory=dict)
    standard_deduction: dict[str, Cents] = field(factory=dict)
    exemption: dict[str, Cents] = field(factory=dict)
    local_rate: dict[str, Rate] = field(factory=dict)
    rate_by_income: dict[str, dict[str, tuple[tuple[Cents, Rate], ...]]] = field(factory=dict)
    percentage: dict[str, dict[str, dict[str, Brackets]]] = field(factory=dict)


PERCENTAGE_METHOD = Form(
    "Percentage method",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(least wages)": "Wages below which nothing is withheld",
        "(standard deduction)": "Allowance for the standard deduction",
        "(exemptions)": "Value of the exemptions",
        "(taxable)": "Taxable income",
        "(periods)": count("Pay periods in the year"),
        "(annual taxable)": "Taxable income times periods",
        "(local rate)": rate_line("Local rate of the table"),
        "(computed)": unrounded_line("State and local tax by the table"),
        "(tax)": "State and local tax of this period",
        "(extra)": "MW507, line 2: additional amount",
        "(withholding)": "Withholding of this period",
    },
)

EXACT_RATE = Form(
    "Annualised wages, with the county's own rate",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(least wages)": "Wages below which nothing is withheld",
        "(periods)": count("Pay periods in the year"),
        "(annual wages)": "Wages times periods",
        "(standard deduction)": "Standard deduction of the year",
        "(exemptions)": "Value of the exemptions, annual",
        "(taxable)": "Annual taxable income",
        "(state tax)": unrounded_line("State tax of the year"),
        "(local tax)": unrounded_line("Local tax of the year, at the county's own rate"),
        "(tax)": "State and local tax of this period",
        "(extra)": "MW507, line 2: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, mw507: Certificate, table: Table[Figures]) -> Worksheet:
    """The state and local tax of one period in cents.

    The additional amount is withheld also from wages too low for the tax.
    """
    figures = table.figures
    line = Worksheet(PERCENTAGE_METHOD, table)
    line["(wages)"] = pay.wages
    line["(least wages)"] = figures.least_wages[pay.frequency]
    line["(standard deduction)"] = figures.standard_deduction[pay.frequency]
    line["(exemptions)"] = mw507["exemptions"] * figures.exemption[pay.frequency]
    deductions = line["(standard deduction)"] + line["(exemptions)"]
    line["(taxable)"] = at_least_zero(line["(wages)"] - deductions)
    line["(periods)"] = pay.periods
    line["(annual taxable)"] = line["(taxable)"] * line["(periods)"]
    _local_rate_and_tax(line, pay.frequency, mw507)
    enough = line["(wages)"] >= line["(least wages)"]
    line["(tax)"] = pick(enough, to_cents(line["(computed)"]), 0)
    line["(extra)"] = mw507["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line


def _local_rate_and_tax(line: Worksheet, frequency: str, mw507: Certificate) -> None:
    """The county's rate and the tax by its table, or those that the income reaches there."""
    figures: Figures = line.table.figures
    county, column = mw507["county"], figures.column[mw507.status]
    rates: tuple[tuple[Cents, Rate], ...]
    if county in figures.rate_by_income:
        rates = figures.rate_by_income[county][column]
    else:
        rates = ((0, figures.local_rate[county]),)
    (_, lowest), *higher = rates
    line["(local rate)"] = lowest
    line["(computed)"] = _by_table(line, frequency, column, lowest)
    for over, rate in higher:
        reached = line["(annual taxable)"] > over
        line["(local rate)"] = pick(reached, rate, line["(local rate)"])
        of_table = _by_table(line, frequency, column, rate)
        line["(computed)"] = pick(reached, of_table, line["(computed)"])


def _by_table(line: Worksheet, frequency: str, column: str, local_rate: Rate) -> Unrounded:
    """The tax by the table of a local rate; a row includes its upper bound."""
    taxable = line["(taxable)"]
    schedule = line.table.figures.percentage[rate_as_text(local_rate)][column][frequency]
    row = schedule.row_above(taxable)
    return unrounded(row.base) + share(taxable - row.over, row.rate)


def withhold_exact(pay: Pay, mw507: Certificate, table: Table[Figures]) -> Worksheet:
    """The state and local tax of one period in cents, with the county's own rate."""
    figures, exact = table.figures, table.figures.exact
    line = Worksheet(EXACT_RATE, table)
    line["(wages)"] = pay.wages
    line["(least wages)"] = figures.least_wages.get(pay.frequency, 0)
    line["(periods)"] = pay.periods
    line["(annual wages)"] = line["(wages)"] * line["(periods)"]
    of_wages = to_cents(share(line["(annual wages)"], exact.deduction_rate))
    at_least_so = at_least(of_wages, exact.least_deduction)
    line["(standard deduction)"] = at_most(at_least_so, exact.most_deduction)
    line["(exemptions)"] = mw507["exemptions"] * exact.exemption
    deductions = line["(standard deduction)"] + line["(exemptions)"]
    line["(taxable)"] = at_least_zero(line["(annual wages)"] - deductions)
    column = figures.column[mw507.status]
    line["(state tax)"] = exact.state[column].tax(line["(taxable)"])
    line["(local tax)"] = _local_tax(line["(taxable)"], mw507["county"], column, exact)
    of_year = line["(state tax)"] + line["(local tax)"]
    enough = line["(wages)"] >= line["(least wages)"]
    line["(tax)"] = pick(enough, to_cents(of_year, divided_by=line["(periods)"]), 0)
    line["(extra)"] = mw507["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line


def _local_tax(taxable: Cents, county: str, column: str, exact: Exact) -> Unrounded:
    if county in exact.slices:
        return exact.slices[county][column].tax(taxable)
    if county not in exact.rate_by_income:
        return share(taxable, exact.local_rate[county])
    (_, rate), *higher = exact.rate_by_income[county][column]
    for over, higher_rate in higher:
        rate = pick(taxable > over, higher_rate, rate)
    return share(taxable, rate)
