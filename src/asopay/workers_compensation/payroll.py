"""The payroll that a workers' compensation premium is on.

Wages, commissions, bonuses, holiday, vacation and sick pay count. Tips, severance pay and
reimbursed expenses do not, nor does the premium part of overtime, in most states: a third of pay at
time and a half, half of double time. Officers count with their pay between a least and a most.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal

from attrs import frozen

from asopay.earnings.hours import TEN_THOUSAND, ten_thousandths
from asopay.earnings.reading import read_earning
from asopay.errors import InvalidRequest, TableError
from asopay.faults import Faults
from asopay.money import Cents, at_least, at_most, to_cents, unrounded
from asopay.overtime.law import WageAndHourLaw, standard_law
from asopay.paycheck import Earning
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet

LEFT_OUT = frozenset({"tips", "severance", "nonaccountable_expense", "group_term_life"})
"""Kinds of earnings that are no payroll for the premium."""


@frozen
class Figures:
    """What a state does: whether the premium of overtime counts, its officers' weekly bounds.

    A `monopolistic` state insures by a fund of its own; `by_hours`, the premium is for hours.
    """

    overtime_premium_counts: Literal["yes", "no"] = "no"
    officer_least: Cents | None = None
    officer_most: Cents | None = None
    monopolistic: Literal["yes", "no"] = "no"
    by_hours: Literal["yes", "no"] = "no"


@frozen
class WorkerPay:
    """The earnings of one employee whose overtime is shown with its multiplier.

    Overtime that is stated as an amount has to be stated with its premium part.
    """

    earnings: Sequence[Earning]
    overtime_premium: Cents | None = None


PAYROLL = Form(
    "Payroll for the workers' compensation premium",
    result="(payroll)",
    lines={
        "(earnings)": "Earnings",
        "(left out)": "Tips, severance pay and the like",
        "(overtime premium)": "Premium part of overtime",
        "(payroll)": "Payroll that counts",
    },
)


def state_figures(state: str, day: date, law: WageAndHourLaw) -> Table[Figures]:
    """What the state does, or what most do; `TableError` for a day that is not covered."""
    return list(law.rows("workers_compensation_payroll", [state], day).values())[-1]


def premium_payroll(
    pay: WorkerPay, state: str, day: date, law: WageAndHourLaw | None = None
) -> Worksheet:
    """The payroll of an employee that counts in a state, in cents.

    Raises `InvalidRequest` for earnings that can't be read, or whose premium part is not known.

    >>> overtime = Earning("overtime", hours=10, rate="20.00", multiplier="1.5")
    >>> pay = WorkerPay([Earning("regular", hours=40, rate="20.00"), overtime])
    >>> premium_payroll(pay, "US-TX", date(2026, 3, 2)).result
    100000
    >>> premium_payroll(pay, "US-PA", date(2026, 3, 2)).result
    110000
    """
    table = state_figures(state, day, law or standard_law())
    faults = Faults()
    amounts = [
        read_earning(earning, None, f"earnings[{number}]", faults).amount
        for number, earning in enumerate(pay.earnings)
    ]
    premium = 0
    if table.figures.overtime_premium_counts == "no":
        premium = _overtime_premium(pay, amounts, faults)
    if faults.found:
        raise InvalidRequest(faults.found)
    line = Worksheet(PAYROLL, table)
    line["(earnings)"] = sum(amounts)
    paired = zip(pay.earnings, amounts, strict=True)
    line["(left out)"] = sum(amount for earning, amount in paired if earning.kind in LEFT_OUT)
    line["(overtime premium)"] = premium
    line["(payroll)"] = line["(earnings)"] - line["(left out)"] - premium
    return line


def _overtime_premium(pay: WorkerPay, amounts: Sequence[Cents], faults: Faults) -> Cents:
    """The premium part: what is stated, or by the multiplier of each line of overtime."""
    if pay.overtime_premium is not None:
        return pay.overtime_premium
    total = 0
    for number, (earning, amount) in enumerate(zip(pay.earnings, amounts, strict=True)):
        if earning.kind == "overtime" and earning.multiplier is None:
            message = "overtime without a multiplier: state the premium part of all overtime"
            faults.add(f"earnings[{number}]", message)
        elif earning.kind == "overtime":
            times = faults.attempt(
                f"earnings[{number}].multiplier", ten_thousandths, earning.multiplier
            )
            more = max((times or TEN_THOUSAND) - TEN_THOUSAND, 0)
            total += to_cents(unrounded(amount) * more, divided_by=times or TEN_THOUSAND)
    return total


def officer_payroll(
    pay: Cents, weeks: int, state: str, first_day: date, law: WageAndHourLaw | None = None
) -> Cents:
    """What an officer's pay for a number of weeks counts as, in cents: within the state's bounds.

    Raises `TableError` if the bounds of the state are not in the tables.

    >>> officer_payroll(30_000_000, 52, "US-IN", date(2026, 1, 1))
    25480000
    """
    figures = state_figures(state, first_day, law or standard_law()).figures
    if figures.officer_least is None or figures.officer_most is None:
        raise TableError(f"the bounds of officers' pay in {state} are not in the tables")
    return at_most(at_least(pay, figures.officer_least * weeks), figures.officer_most * weeks)
