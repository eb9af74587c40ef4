"""Wisconsin: Publication W-166, the alternate method of withholding.

https://www.revenue.wi.gov/DOR%20Publications/pb166.pdf

A deduction that falls with the annual wages, exemptions, and one annual schedule. Every line is
rounded to the cent, as in the worked examples.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Brackets, Cents, Rate, at_least_zero, share, to_cents, unrounded
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count


@frozen
class FallingDeduction:
    """The full deduction in cents, less the rate of the annual wages above `falls_from`."""

    full: Cents
    falls_from: Cents
    rate: Rate

    def at(self, annual_wages: Cents) -> Cents:
        """The deduction at the annual wages, to the cent."""
        lost = share(at_least_zero(annual_wages - self.falls_from), self.rate)
        return at_least_zero(to_cents(unrounded(self.full) - lost))


@frozen
class Figures:
    """Deductions by status, the value of an exemption in cents, and the annual schedule."""

    deduction: dict[str, FallingDeduction]
    exemption: Cents
    schedule: Brackets


ALTERNATE_METHOD = Form(
    "Alternate method",
    result="(withholding)",
    lines={
        "(wages)": "Wages of this period",
        "(periods)": count("Pay periods in the year"),
        "a": "Wages times periods: annual gross earnings",
        "b": "Deduction at the annual gross earnings",
        "c": "Line a less line b",
        "d": "WT-4, line 1: exemptions times the value of one",
        "e": "Line c less line d: annual net wage",
        "f": "Tax on the annual net wage",
        "g": "Line f divided by periods",
        "(extra)": "WT-4, line 2: additional amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, wt4: Certificate, table: Table[Figures]) -> Worksheet:
    """The tax of one period in cents."""
    figures = table.figures
    line = Worksheet(ALTERNATE_METHOD, table)
    line["(wages)"] = pay.wages
    line["(periods)"] = pay.periods
    line["a"] = line["(wages)"] * line["(periods)"]
    line["b"] = figures.deduction[wt4.status].at(line["a"])
    line["c"] = at_least_zero(line["a"] - line["b"])
    line["d"] = wt4["exemptions"] * figures.exemption
    line["e"] = at_least_zero(line["c"] - line["d"])
    line["f"] = to_cents(figures.schedule.tax(line["e"]))
    line["g"] = to_cents(unrounded(line["f"]), divided_by=line["(periods)"])
    line["(extra)"] = wt4["extra_withholding"]
    line["(withholding)"] = line["g"] + line["(extra)"]
    return line
