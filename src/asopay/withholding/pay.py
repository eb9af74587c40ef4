"""What a withholding rule is told about the pay."""

from __future__ import annotations

from attrs import define

from asopay.money import Cents, Rate
from asopay.worksheet import Worksheet


@define
class Pay:
    """One period's taxable wages in cents, and the payroll period they are for.

    `wages` may be a column (an int64 array), one element a paycheck; the period is one fact for
    all of them. `periods` is the number of periods in the year.

    `federal_tax` is the federal income tax withheld from the same payment, which Alabama, Oregon
    and others subtract; `social_insurance` what is withheld from it for Social Security and
    Medicare, and `social_insurance_before` earlier in the year, which Massachusetts subtracts.

    A local tax may go by `state_worksheet`, that of the state's income tax on the same payment, if
    it has one; where it is on a part of that pay only, `share_of_state` is that part and all of it.
    Or it goes by `rate_at_home`, the rate that the same table has for the place of residence, or by
    `paid_before`, the wages that the place taxed earlier in the year.
    """

    wages: Cents
    frequency: str
    periods: int
    federal_tax: Cents = 0
    social_insurance: Cents = 0
    social_insurance_before: Cents = 0
    state_worksheet: Worksheet | None = None
    share_of_state: tuple[Cents, Cents] | None = None
    rate_at_home: Rate = 0
    paid_before: Cents = 0


@define
class Supplement:
    """Supplemental wages of one paycheck in cents, taxed apart from the regular wages.

    `year_to_date` are the supplemental wages that the employer paid earlier in the year, whatever
    the method. `bonuses` are the part of `wages` that is bonuses or stock options. `exempt` says
    that the employee claims exemption on the certificate, and `federal_tax` is the federal income
    tax withheld from them.
    """

    wages: Cents
    year_to_date: Cents = 0
    bonuses: Cents = 0
    exempt: bool = False
    federal_tax: Cents = 0
