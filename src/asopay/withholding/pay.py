"""What a withholding rule is told about the pay."""

from __future__ import annotations

from attrs import define

from asopay.money import Cents


@define
class Pay:
    """One period's taxable wages in cents, and the payroll period they are for.

    `wages` may be a column (an int64 array), one element a paycheck; the period is one fact for
    all of them. `periods` is the number of periods in the year.
    """

    wages: Cents
    frequency: str
    periods: int


@define
class Supplement:
    """Supplemental wages of one paycheck in cents, taxed apart from the regular wages.

    `year_to_date` are the supplemental wages that the employer paid earlier in the year, whatever
    the method. `bonuses` are the part of `wages` that is bonuses or stock options. `exempt` says
    that the employee claims exemption on the certificate.
    """

    wages: Cents
    year_to_date: Cents = 0
    bonuses: Cents = 0
    exempt: bool = False
