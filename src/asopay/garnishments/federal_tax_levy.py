"""Federal tax levies: Publication 1494 (https://www.irs.gov/pub/irs-pdf/p1494.pdf), Form 668-W.

26 U.S.C. 6334(d): a levy takes what take-home pay exceeds the exempt amount by. That is the
standard deduction of the filing status and an amount for each dependent, divided by the pay periods
of the year; each of the two is rounded before they are added, as the printed tables are.

>>> from datetime import date
>>> from asopay.rulebook import standard_rulebook
>>> from asopay.tables import Days
>>> table = standard_rulebook().rule("US", "federal_tax_levy", Days.on(date(2024, 3, 13))).table
>>> exempt_amount("single", 3, 1, "weekly", table).result
60672
"""

from __future__ import annotations

from attrs import frozen

from asopay.frequencies import FREQUENCIES
from asopay.garnishments.order import Limit, Limits, Order
from asopay.garnishments.pay import Pay
from asopay.money import Cents, at_least_zero, to_cents, unrounded
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count


@frozen
class Figures:
    """Annual amounts in cents, by the filing statuses of the statement that goes with the levy.

    Without a statement, `without_statement` counts, and no dependents.
    """

    source: str
    standard_deduction: dict[str, Cents]
    additional_standard_deduction: dict[str, Cents]
    per_dependent: Cents
    without_statement: str


EXEMPT_AMOUNT = Form(
    "Amount exempt from levy",
    result="(exempt amount)",
    lines={
        "(periods)": count("Pay periods of a year"),
        "(standard deduction)": "Standard deduction of the filing status",
        "(for the period)": "Its part of a pay period",
        "(per dependent)": "Amount for a dependent",
        "(of the period)": "Its part of a pay period",
        "(dependents)": count("Dependents"),
        "(additional deduction)": "Additional standard deduction",
        "(number of them)": count("Additional deductions: 65 or older, or blind"),
        "(additional)": "Their part of a pay period",
        "(exempt amount)": "Amount that is exempt",
    },
)

LEVY = Form(
    "Federal tax levy",
    result="(levy)",
    lines={
        "(gross)": "Gross earnings",
        "(taxes)": "Taxes that the employee pays",
        "(deductions)": "Deductions that began before the levy",
        "(earlier orders)": "Taken by orders that come first",
        "(take-home pay)": "Take-home pay",
        "(exempt amount)": "Amount that is exempt from levy",
        "(levy)": "What is left of take-home pay",
    },
)


def exempt_amount(
    status: str, dependents: int, additional: int, frequency: str, table: Table[Figures]
) -> Worksheet:
    """The amount of a pay period that a levy leaves to the employee, in cents.

    Publication 1494 prints it for daily to monthly pay periods; longer ones are divided alike.
    """
    figures = table.figures
    line = Worksheet(EXEMPT_AMOUNT, table)
    line["(periods)"] = periods = FREQUENCIES[frequency]
    line["(standard deduction)"] = figures.standard_deduction[status]
    line["(for the period)"] = to_cents(unrounded(line["(standard deduction)"]), periods)
    line["(per dependent)"] = figures.per_dependent
    line["(of the period)"] = to_cents(unrounded(figures.per_dependent), periods)
    line["(dependents)"] = dependents
    line["(additional deduction)"] = figures.additional_standard_deduction[status]
    line["(number of them)"] = additional
    more = unrounded(additional * line["(additional deduction)"])
    line["(additional)"] = to_cents(more, periods)
    of_dependents = dependents * line["(of the period)"]
    line["(exempt amount)"] = line["(for the period)"] + of_dependents + line["(additional)"]
    return line


def limits(order: Order, pay: Pay, before: Cents, table: Table[Figures]) -> Limits:
    """What the levy takes: all take-home pay above the exempt amount."""
    sheets = {}
    exempt = 0 if order.exempt_amount_used else order.exempt_amount
    if exempt is None:
        status = order.filing_status or table.figures.without_statement
        sheets["exempt_amount"] = exempt_amount(
            status, order.dependents, order.additional_standard_deductions, pay.frequency, table
        )
        exempt = sheets["exempt_amount"].result
    line = sheets["levy"] = Worksheet(LEVY, table)
    line["(gross)"] = pay.gross
    line["(taxes)"] = pay.taxes
    line["(deductions)"] = pay.required + sum(
        amount for kind, amount in pay.voluntary.items() if kind not in order.deductions_since
    )
    line["(earlier orders)"] = before
    less = line["(taxes)"] + line["(deductions)"] + line["(earlier orders)"]
    line["(take-home pay)"] = at_least_zero(line["(gross)"] - less)
    line["(exempt amount)"] = exempt
    line["(levy)"] = at_least_zero(line["(take-home pay)"] - exempt)
    words = "take-home pay above the amount that is exempt from levy"
    return [Limit(line.result, words, table.figures.source)], sheets
