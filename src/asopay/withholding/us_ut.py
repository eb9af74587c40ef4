"""Utah: Publication 14, the withholding worksheet, every line a whole dollar.

https://tax.utah.gov/forms/pubs/pub-14.pdf
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import Cents, Rate, at_least_zero, share, to_dollars
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet


@frozen
class Figures:
    """The rates, and the base allowance and threshold in cents by filing status and frequency."""

    rate: Rate
    allowance_reduction: Rate
    base_allowance: dict[str, dict[str, Cents]]
    threshold: dict[str, dict[str, Cents]]


WORKSHEET = Form(
    "Withholding worksheet",
    result="7",
    lines={
        "1": "Utah taxable wages",
        "2": "Line 1 times the tax rate",
        "3": "Base allowance",
        "4": "Line 1 less the threshold",
        "5": "Line 4 times the reduction rate",
        "6": "Line 3 less line 5: withholding allowance",
        "7": "Line 2 less line 6: withholding tax",
    },
)


def withhold(pay: Pay, w4: Certificate, table: Table[Figures]) -> Worksheet:
    """Line 7 of the worksheet: the tax of one period in cents, a whole dollar."""
    figures = table.figures
    line = Worksheet(WORKSHEET, table)
    line["1"] = pay.wages
    line["2"] = to_dollars(share(line["1"], figures.rate))
    line["3"] = figures.base_allowance[w4.status][pay.frequency]
    line["4"] = at_least_zero(line["1"] - figures.threshold[w4.status][pay.frequency])
    line["5"] = to_dollars(share(line["4"], figures.allowance_reduction))
    line["6"] = at_least_zero(line["3"] - line["5"])
    line["7"] = at_least_zero(line["2"] - line["6"])
    return line
