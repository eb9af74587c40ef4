"""Arizona: the percentage of wages that the employee elects on Form A-4.

https://azdor.gov/forms/withholding-forms/employees-arizona-withholding-election
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import share, to_cents
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Figures:
    """None: the percentages that can be elected stand with the certificate."""


ELECTED_PERCENTAGE = Form(
    "Elected percentage of gross taxable wages",
    result="(withholding)",
    lines={
        "(wages)": "Gross taxable wages of this period",
        "(elected)": rate_line("Form A-4: percentage elected"),
        "(tax)": "Wages times the percentage",
        "(extra)": "Form A-4: extra amount",
        "(withholding)": "Withholding of this period",
    },
)


def withhold(pay: Pay, a4: Certificate, table: Table[Figures]) -> Worksheet:
    """The elected percentage of the wages, in cents, with the extra amount."""
    line = Worksheet(ELECTED_PERCENTAGE, table)
    line["(wages)"] = pay.wages
    line["(elected)"] = a4["elected_rate"]
    line["(tax)"] = to_cents(share(line["(wages)"], line["(elected)"]))
    line["(extra)"] = a4["extra_withholding"]
    line["(withholding)"] = line["(tax)"] + line["(extra)"]
    return line
