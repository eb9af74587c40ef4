"""Final pay: when it is due by state, and what unused leave adds to it.

Only states whose rule was sourced are in the list; for others a `TableError` says so.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from attrs import frozen

from asopay.earnings.hours import pay_for_hours, ten_thousandths
from asopay.errors import TableError
from asopay.jurisdictions import name
from asopay.overtime.law import WageAndHourLaw, standard_law
from asopay.paycheck import Earning

Payout = Literal["always", "by policy", "unless written otherwise", "after a year"]
"""Whether unused vacation is paid: by law, or as the employer's policy has it."""


@frozen
class Figures:
    """When final pay is due: so many days after the last one, or on the next payday if blank.

    `payout` says whether unused vacation is paid out, and `use_it_or_lose_it` whether it may lapse.
    """

    payout: Payout
    use_it_or_lose_it: Literal["yes", "no"] = "yes"
    discharged_days: int | None = None
    quit_days: int | None = None


@frozen
class FinalPay:
    """The day by which final pay is due, and the earning for unused vacation, if it is owed."""

    due: date
    payout: Earning | None
    rule: Payout


def final_pay(
    state: str,
    last_day: date,
    next_payday: date,
    unused_hours: Decimal | int | str = 0,
    rate: Decimal | int | str = 0,
    *,
    discharged: bool,
    policy_pays: bool = False,
    years: int = 0,
    law: WageAndHourLaw | None = None,
) -> FinalPay:
    """The due date of final pay and the payout of unused vacation at the last hourly rate.

    `policy_pays` is the employer's own rule where the law leaves it to that. Days are calendar
    days. Raises `TableError` for a state or day that the list does not cover.

    >>> monday, payday = date(2026, 3, 2), date(2026, 3, 13)
    >>> found = final_pay("US-CA", monday, payday, "24.5", "30.00", discharged=True)
    >>> found.due, found.payout.hours
    (datetime.date(2026, 3, 2), '24.5')
    """
    law = law or standard_law()
    table = law.row("final_pay", state, last_day)
    if table is None:
        raise TableError(f"{name(state)}: its rules of final pay are not in the tables")
    figures: Figures = table.figures
    days = figures.discharged_days if discharged else figures.quit_days
    due = next_payday if days is None else min(next_payday, last_day + timedelta(days))
    owed = {
        "always": True,
        "by policy": policy_pays,
        "unless written otherwise": policy_pays,
        "after a year": policy_pays or years >= 1,
    }[figures.payout]
    hours = ten_thousandths(unused_hours)
    pays = owed and pay_for_hours(hours, ten_thousandths(rate)) > 0
    payout = Earning("vacation_payout", hours=str(unused_hours), rate=str(rate), work=[state])
    return FinalPay(due, payout if pays else None, figures.payout)
