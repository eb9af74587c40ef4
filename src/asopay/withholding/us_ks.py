"""Kansas: KW-100, the percentage formula, on the wages of the period less personal exemptions.

https://www.ksrevenue.gov/pdf/kw100.pdf

Form K-4 gives the employer the total number of allowances (line 4). The first of them, at the joint
rate the first two, are worth the personal exemption, and each further one that of a dependent. The
worksheet behind line 4 counts both kinds apart; its counts serve where the employer knows them. The
guide lets the tax be rounded to the dollar, and its example does so.
"""

from __future__ import annotations

from typing import Any

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import (
    Brackets,
    Cents,
    at_least_zero,
    at_most,
    share,
    to_cents,
    to_dollars,
    unrounded,
)
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, unrounded_line


@frozen
class Figures:
    """Annual exemptions in cents, and schedules by allowance rate and frequency.

    `personal_at_most` says by allowance rate how many of the allowances are personal ones.
    """

    personal: Cents
    dependent: Cents
    personal_at_most: dict[str, int]
    schedule: dict[str, dict[str, Brackets]]


PERCENTAGE_FORMULA = Form(
    "Percentage formula",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(periods)": count("Pay periods in the year"),
        "(personal)": count("K-4: personal allowances"),
        "(dependents)": count("K-4: allowances for dependents and for a head of household"),
        "(annual exemption)": "Exemptions of the year",
        "(exemption)": "Exemptions of the year divided by the periods",
        "(net)": "Net wages: wages less exemptions",
        "(computed tax)": unrounded_line("Tax on the net wages by the table of the period"),
        "(tax)": "Tax of the period",
        "(extra)": "K-4, line 5: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, k4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the cent."""
    return _percentage_formula(pay, k4, table, to_cents)


def withhold_whole_dollars(pay: Pay, k4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents, rounded to the nearest dollar."""
    return _percentage_formula(pay, k4, table, to_dollars)


def _percentage_formula(
    pay: Pay, k4: Certificate, table: Table[Figures], rounded: Any
) -> Worksheet:
    figures = table.figures
    line = Worksheet(PERCENTAGE_FORMULA, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["(personal)"], line["(dependents)"] = _allowances(k4, figures)
    personal = line["(personal)"] * figures.personal
    line["(annual exemption)"] = personal + line["(dependents)"] * figures.dependent
    exemption = unrounded(line["(annual exemption)"])
    line["(exemption)"] = to_cents(exemption, divided_by=line["(periods)"])
    line["(net)"] = at_least_zero(line["(wages)"] - line["(exemption)"])
    row = figures.schedule[k4.status][pay.frequency].row_above(line["(net)"])
    line["(computed tax)"] = unrounded(row.base) + share(line["(net)"] - row.over, row.rate)
    line["(tax)"] = rounded(line["(computed tax)"])
    line["(extra)"] = k4["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line


def _allowances(k4: Certificate, figures: Figures) -> tuple[int, int]:
    """Personal allowances and those for dependents: line 4 of the form, or its worksheet's."""
    total = k4["allowances"]
    if total is None:
        return k4["personal_allowances"], k4["dependents"]
    personal = at_most(total, figures.personal_at_most[k4.status])
    return personal, total - personal
