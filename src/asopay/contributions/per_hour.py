"""An amount for each hour of work: workers' benefit and workers' compensation assessments.

Oregon's Workers' Benefit Fund, and the industrial insurance of Washington at the rates of the
employer's notice, which go by risk class.
"""

from __future__ import annotations

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.errors import NotStated
from asopay.money import ONE, Rate, to_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line

HUNDREDTHS = 100


@frozen
class Figures:
    """Dollars for an hour of each payer; with `own_rates`, those of the employer's notice."""

    employee: Rate = 0
    employer: Rate = 0
    own_rates: bool = False


PER_HOUR = Form(
    "Amount of each hour",
    result="(tax)",
    lines={
        "(wages)": "Wages of this payment",
        "(taxable)": "Wages that the tax goes by: none",
        "(hours)": rate_line("Hours of work"),
        "(rate)": rate_line("Dollars for an hour"),
        "(tax)": "Hours times dollars",
    },
)


def payers(_: Table[Figures]) -> list[str]:
    """Employee and employer owe a share each."""
    return ["employee", "employer"]


def contribute(due: Contribution, table: Table[Figures]) -> Worksheet:
    """The share of one paycheck, in cents.

    Raises `NotStated` if hours, or rates that are the employer's own, were not stated.
    """
    line = Worksheet(PER_HOUR, table)
    line["(wages)"] = due.wages
    line["(taxable)"] = due.wages * 0
    if due.hours is None:
        raise NotStated("the hours of work are not given: state hours_worked of each earning")
    line["(hours)"] = due.hours * 10_000
    line["(rate)"] = _rates(due, table.figures)[due.payer == "employer"]
    line["(tax)"] = to_cents(line["(hours)"] * line["(rate)"] * HUNDREDTHS, divided_by=ONE)
    return line


def _rates(due: Contribution, figures: Figures) -> tuple[Rate, Rate]:
    if not figures.own_rates:
        return figures.employee, figures.employer
    if due.hour_rates is None:
        raise NotStated("the rates of an hour are not given: they stand on the agency's notice")
    return due.hour_rates
