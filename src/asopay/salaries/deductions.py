"""Deductions from an exempt salary: 29 CFR 541.602 (https://www.ecfr.gov/current/title-29).

An exempt employee is paid the whole salary of a week in which any work is done. The regulation
lists the reasons for which part of it may be deducted, and by which parts; any other deduction
would make the salary one for hours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from asopay.earnings.hours import TEN_THOUSAND, ten_thousandths
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import Cents, at_least_zero, to_cents, unrounded
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count


@frozen
class Reason:
    """A reason for a deduction: whether by full days only, and the paragraph that allows it."""

    meaning: str
    full_days: bool
    law: str


@frozen
class Figures:
    """The reasons that the regulation knows."""

    reasons: Mapping[str, Reason]


@frozen
class Absence:
    """Days of a pay period without work, or part of one, and the reason for the deduction."""

    reason: str
    days: Decimal | int | str


SALARY = Form(
    "Exempt salary after permissible deductions",
    result="(salary)",
    lines={
        "(full salary)": "Salary of the pay period",
        "(days)": count("Days of the pay period that are workdays of the employee"),
        "(absent)": count("Days that are deducted"),
        "(deducted)": "Deducted",
        "(salary)": "Salary to be paid",
    },
)


def salary_after_absences(
    salary: Cents, workdays: int, absences: Sequence[Absence], table: Table[Figures]
) -> Worksheet:
    """The salary of a pay period in cents, less the days that may be deducted.

    Raises `InvalidRequest` with all the faults: a reason that the regulation does not know, or part
    of a day where it allows full days only.

    >>> from datetime import date
    >>> from asopay.overtime.law import standard_law
    >>> table = standard_law().table("US", "exempt_deductions", date(2026, 3, 2))
    >>> salary_after_absences(200_000, 10, [Absence("personal", 1)], table).result
    180000
    >>> salary_after_absences(200_000, 10, [Absence("personal", "0.5")], table)
    Traceback (most recent call last):
    asopay.errors.InvalidRequest: absences[0].days: 0.5 is not a number of full days, ...
    """
    faults = Faults()
    reasons = table.figures.reasons
    total = 0
    if workdays < 1:
        faults.add("workdays", f"{workdays} is not a number of days of 1 or more")
    for number, absence in enumerate(absences):
        path = f"absences[{number}]"
        parts = faults.attempt(f"{path}.days", ten_thousandths, absence.days) or 0
        reason = reasons.get(absence.reason)
        if reason is None:
            faults.unknown(f"{path}.reason", absence.reason, reasons)
        elif reason.full_days and parts % TEN_THOUSAND:
            message = f"{absence.days} is not a number of full days, as {reason.law} asks"
            faults.add(f"{path}.days", message)
        total += parts
    if not faults.found and total > workdays * TEN_THOUSAND:
        faults.add("absences", f"they are more than the {workdays} workdays")
    if faults.found:
        raise InvalidRequest(faults.found)
    line = Worksheet(SALARY, table)
    line["(full salary)"] = salary
    line["(days)"] = workdays
    line["(absent)"] = f"{Decimal(total) / TEN_THOUSAND:f}"
    share = unrounded(salary) * total
    line["(deducted)"] = to_cents(share, divided_by=workdays * TEN_THOUSAND)
    line["(salary)"] = at_least_zero(salary - line["(deducted)"])
    return line
