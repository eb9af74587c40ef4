"""Mileage allowances: up to the federal standard rate of the day they are no wages.

26 CFR 1.62-2(d)(3)(ii) and Revenue Procedure 2019-46: what is paid above the rate is wages, and
then the part up to it is entered in box 12 of Form W-2 with code L.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import frozen

from asopay.earnings.hours import TEN_THOUSAND, ten_thousandths
from asopay.expenses.forms import ALLOWANCE, fill_in
from asopay.money import ONE, Rate, share, to_cents
from asopay.overtime.law import FEDERAL, WageAndHourLaw, standard_law
from asopay.worksheet import Worksheet


@frozen
class Figures:
    """Dollars a mile of business travel in one's own car."""

    per_mile: Rate


def mileage(
    miles: Decimal | int | str,
    rate_paid: Decimal | int | str,
    day: date,
    law: WageAndHourLaw | None = None,
) -> Worksheet:
    """What is paid for miles driven on a day, and which part of it is wages.

    Miles and the rate in dollars have at most four decimals. Raises `ValueError` otherwise, and
    `TableError` for a day without a rate.

    >>> sheet = mileage(1000, "0.80", date(2026, 6, 15))
    >>> sheet["(paid)"], sheet["(excluded)"], sheet.result
    (80000, 72500, 7500)
    """
    law = law or standard_law()
    table = law.table(FEDERAL, "mileage", day)
    driven = ten_thousandths(miles)
    paid = share(driven * 100, ten_thousandths(rate_paid) * (ONE // TEN_THOUSAND))
    allowed = share(driven * 100, table.figures.per_mile)
    amounts = (to_cents(each, divided_by=TEN_THOUSAND) for each in (paid, allowed))
    return fill_in(Worksheet(ALLOWANCE, table), *amounts)
