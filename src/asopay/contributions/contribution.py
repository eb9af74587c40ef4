"""What a rule of social insurance is told."""

from __future__ import annotations

from attrs import define

from asopay.money import Cents, Rate, at_least_zero, at_most
from asopay.worksheet import Worksheet


@define
class Contribution:
    """Wages of one paycheck that are subject to a tax, in cents, and who pays this share of it.

    `payer` is ``employee`` or ``employer``.
    `year_to_date` are the wages subject to the tax that this employer paid earlier in the year.
    `taken_before` is what this payer paid of the tax earlier in the year, and `periods` the number
    of pay periods in the year. `employee_count` is that of the employer, if it is known.
    `own_rate` is the employer's rate where the law assigns each employer its own, and `state` the
    jurisdiction of the work.
    """

    wages: Cents
    year_to_date: Cents
    payer: str
    own_rate: Rate | None = None
    state: str = ""
    taken_before: Cents = 0
    periods: int = 1
    employee_count: int | None = None


def tax_up_to(line: Worksheet, due: Contribution, wage_base: Cents) -> None:
    """Fills in the lines that limit the wages taxed now to what is left of the year's wage base."""
    line["(wages)"] = due.wages
    line["(paid before)"] = due.year_to_date
    line["(base left)"] = at_least_zero(wage_base - line["(paid before)"])
    line["(taxable)"] = at_most(line["(wages)"], line["(base left)"])
