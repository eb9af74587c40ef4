"""Yonkers: Publication NYS-50-T-Y, the resident surcharge and the nonresident earnings tax.

https://www.tax.ny.gov/pdf/publications/withholding/nys50_t_y.pdf

Residents pay a part of the state's tax, before any additional amount of the certificate. Others pay
a rate on what they earn in Yonkers, less an exclusion that falls as wages rise (Method VII).
"""

from __future__ import annotations

from attrs import field, frozen

from asopay.certificates import Certificate
from asopay.money import Cents, Rate, at_least_zero, in_ratio, pick, share, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Figures:
    """The rate, and by payroll period the exclusion in cents from each amount of wages on."""

    rate: Rate
    exclusion: dict[str, tuple[tuple[Cents, Cents], ...]] = field(factory=dict)


SURCHARGE = Form(
    "Resident tax surcharge",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(state tax)": "New York State tax of this period, without an additional amount",
        "(rate)": rate_line("Rate of the surcharge"),
        "(tax)": "Surcharge of this period",
        "(extra)": "IT-2104, line 5: additional amount",
        "(withholding)": "Withholding of this period",
    },
)

EARNINGS_TAX = Form(
    "Method VII, nonresident earnings tax",
    result="(withholding)",
    lines={
        "(wages)": "Wages earned in Yonkers in this period",
        "(months)": count("Months in the payroll period"),
        "(of a month)": "Wages divided by months",
        "(exclusion)": "Exclusion of the line that the wages reach",
        "(taxable)": "Wages less the exclusion, from the first line on",
        "(rate)": rate_line("Rate"),
        "(tax)": "Tax of this period",
        "(extra)": "IT-2104, line 5: additional amount",
        "(withholding)": "Withholding of this period",
    },
)

MONTHS = {"quarterly": 3, "semiannual": 6, "annual": 12}


def withhold(pay: Pay, it_2104: Certificate, table: Table[Figures]) -> Worksheet:
    """The surcharge of a resident for one period in cents.

    Without a state tax on the same payment, as where an exemption is claimed, there is none.
    """
    line = Worksheet(SURCHARGE, table)
    line["(wages)"] = pay.wages
    state = pay.state_worksheet
    line["(state tax)"] = state["(tax)"] if state and "(tax)" in state else 0
    if pay.share_of_state:
        part, whole = pay.share_of_state
        line["(state tax)"] = in_ratio(line["(state tax)"], part, whole)
    line["(rate)"] = table.figures.rate
    line["(tax)"] = to_cents(share(line["(state tax)"], line["(rate)"]))
    return _with_extra(line, it_2104)


def withhold_earnings_tax(pay: Pay, it_2104: Certificate, table: Table[Figures]) -> Worksheet:
    """The earnings tax of a nonresident for one period in cents.

    Payrolls longer than a month are computed as so many months.
    """
    line = Worksheet(EARNINGS_TAX, table)
    line["(wages)"] = pay.wages
    line["(months)"] = MONTHS.get(pay.frequency, 1)
    line["(of a month)"] = to_cents(unrounded(line["(wages)"]), divided_by=line["(months)"])
    frequency = "monthly" if pay.frequency in MONTHS else pay.frequency
    line["(exclusion)"] = line["(of a month)"]
    for at_least, exclusion in table.figures.exclusion[frequency]:
        reached = line["(of a month)"] >= at_least
        line["(exclusion)"] = pick(reached, exclusion, line["(exclusion)"])
    line["(taxable)"] = at_least_zero(line["(of a month)"] - line["(exclusion)"])
    line["(rate)"] = table.figures.rate
    line["(tax)"] = to_cents(share(line["(taxable)"], line["(rate)"])) * line["(months)"]
    return _with_extra(line, it_2104)


def _with_extra(line: Worksheet, it_2104: Certificate) -> Worksheet:
    line["(extra)"] = it_2104.get("extra_withholding", 0)
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
