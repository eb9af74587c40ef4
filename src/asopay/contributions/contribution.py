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
    `own_rate` is the employer's rate where the law assigns each employer its own, `wage_base` that
    of its notice, if it is not the ordinary one, `new_employer` says that it has no rate of its own
    yet, and `state` is the jurisdiction of the work. `credited` says whether the wages bear the
    state's own tax, for which a federal tax gives credit.

    `month_to_date` are the wages paid earlier in the calendar month. `hours` of work are in
    ten-thousandths, `hour_rates` what employee and employer owe for one, in hundred-millionths of a
    dollar. `payroll` is the employer's, of the tax's own period, `payroll_last_year` that of the
    year before, and `payroll_of_all_places` that of all the places that levy it. `ends_quarter`
    says whether the pay period has the last working day of a quarter.
    """

    wages: Cents
    year_to_date: Cents
    payer: str
    own_rate: Rate | None = None
    state: str = ""
    taken_before: Cents = 0
    periods: int = 1
    employee_count: int | None = None
    wage_base: Cents | None = None
    new_employer: bool = False
    month_to_date: Cents = 0
    hours: int | None = None
    hour_rates: tuple[Rate, Rate] | None = None
    payroll: Cents | None = None
    payroll_last_year: Cents | None = None
    payroll_of_all_places: Cents = 0
    ends_quarter: bool = False
    credited: bool = True


def tax_up_to(line: Worksheet, due: Contribution, wage_base: Cents) -> None:
    """Fills in the lines that limit the wages taxed now to what is left of the year's wage base."""
    line["(wages)"] = due.wages
    line["(paid before)"] = due.year_to_date
    line["(base left)"] = at_least_zero(wage_base - line["(paid before)"])
    line["(taxable)"] = at_most(line["(wages)"], line["(base left)"])
