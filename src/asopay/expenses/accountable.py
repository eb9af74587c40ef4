"""Accountable plans: advances that are accounted for in time, and returned as far as unspent.

Internal Revenue Code section 62(c) and 26 CFR 1.62-2(g)(2)(i), the fixed-date method: an advance at
most 30 days before the expense, an account within 60 days after it, the excess returned within 120.
"""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen

from asopay.money import Cents, at_least_zero, at_most
from asopay.overtime.law import FEDERAL, WageAndHourLaw, standard_law
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet


@frozen
class Figures:
    """The days of the fixed-date method, and the amount from which a receipt is needed."""

    advance_days: int
    substantiate_days: int
    return_days: int
    receipt_from: Cents


ADVANCE = Form(
    "Advance under an accountable plan, fixed-date method",
    result="(wages)",
    lines={
        "(advance)": "Advance, or reimbursement",
        "(substantiated)": "Expenses accounted for in time",
        "(excess)": "Excess of the advance",
        "(returned)": "Returned in time",
        "(wages)": "Not accounted for and not returned, which is wages",
    },
)


@frozen
class Accounting:
    """An advance accounted for: the last days for it, and the worksheet with what is wages.

    Wages are to be taxed no later than in the first payroll period after the last day.
    """

    in_advance_too_early: bool
    substantiate_by: date
    return_by: date
    worksheet: Worksheet

    @property
    def wages_cents(self) -> Cents:
        """What is wages, in cents."""
        wages: Cents = self.worksheet.result
        return wages


def account_for(
    advance: Cents,
    expense_date: date,
    substantiated: Cents = 0,
    returned: Cents = 0,
    *,
    advance_date: date | None = None,
    substantiated_on: date | None = None,
    returned_on: date | None = None,
    law: WageAndHourLaw | None = None,
) -> Accounting:
    """What of an advance is wages, in cents. A date that is missing stands for being in time.

    An advance that was made too early is not arranged under the plan: all of it is wages that is
    not returned.

    >>> found = account_for(100_000, date(2026, 3, 1), 82_000, 10_000)
    >>> found.wages_cents, str(found.return_by)
    (8000, '2026-06-29')
    """
    law = law or standard_law()
    table: Table[Figures] = law.table(FEDERAL, "accountable_plan", expense_date)
    figures = table.figures
    early = advance_date is not None and advance_date < expense_date - timedelta(
        figures.advance_days
    )
    substantiate_by = expense_date + timedelta(figures.substantiate_days)
    return_by = expense_date + timedelta(figures.return_days)
    in_time = not early and (substantiated_on is None or substantiated_on <= substantiate_by)
    back_in_time = returned_on is None or returned_on <= return_by
    line = Worksheet(ADVANCE, table)
    line["(advance)"] = advance
    line["(substantiated)"] = at_most(substantiated, advance) if in_time else 0
    line["(excess)"] = advance - line["(substantiated)"]
    line["(returned)"] = at_most(returned, line["(excess)"]) if back_in_time else 0
    line["(wages)"] = at_least_zero(line["(excess)"] - line["(returned)"])
    return Accounting(early, substantiate_by, return_by, line)
