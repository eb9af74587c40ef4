"""Timesheet documents: a timesheet in, the earnings of a paycheck request out."""

from __future__ import annotations

from typing import Any

from asopay.errors import Fault, InvalidRequest
from asopay.money import as_text, rate_as_text
from asopay.overtime.law import WageAndHourLaw
from asopay.overtime.regular_rate import hours_text
from asopay.paycheck import Earning
from asopay.reading import reader_of
from asopay.schema import schema_of
from asopay.timesheets.gross import GrossPay, gross_pay
from asopay.timesheets.request import Timesheet
from asopay.worksheet import document_of


def compute(document: Any, law: WageAndHourLaw | None = None) -> GrossPay:
    """The gross pay of a timesheet document.

    Raises `InvalidRequest` with the faults of the document, or else with those of the timesheet.

    >>> period = {"start": "2026-03-01", "end": "2026-03-07"}
    >>> day = {"day": "2026-03-02", "hours": "7:20"}
    >>> sheet = {"pay_period": period, "work": ["US-TX"], "days": [day], "rate": "30.00"}
    >>> print(compute(sheet).gross)
    220.00
    """
    faults: list[Fault] = []
    timesheet: Timesheet = reader_of(Timesheet)(document, "", faults)
    if faults:
        raise InvalidRequest(faults)
    return gross_pay(timesheet, law)


def result_document(found: GrossPay) -> dict[str, Any]:
    """The plain form of gross pay; its `earnings` are those of a paycheck request.

    >>> result_document(GrossPay((), 0, 0, 0, 0))["gross_pay"]
    '0.00'
    """
    return {
        "earnings": [_earning(earning) for earning in found.earnings],
        "gross_pay": as_text(found.gross_cents),
        "hours_worked": hours_text(found.seconds_worked),
        "other_activities": {
            activity: hours_text(seconds) for activity, seconds in found.other_activities.items()
        },
        "overtime": [
            {
                "day": each.day.isoformat(),
                "job": each.job,
                "hours": each.hours,
                "multiplier": rate_as_text(each.multiplier),
                "rule": each.law,
            }
            for each in found.overtime
        ],
        "qualified_overtime": as_text(found.qualified_overtime_cents),
        "tips": as_text(found.tips_cents),
        "worksheets": [document_of(name, sheet) for name, sheet in found.worksheets.items()],
        "not_computed": list(found.not_computed),
    }


def timesheet_schema() -> dict[str, Any]:
    """The JSON Schema of a timesheet document."""
    return schema_of(Timesheet, "Timesheet")


_FIELDS = ("amount", "hours", "rate", "multiplier", "hours_worked")


def _earning(earning: Earning) -> dict[str, Any]:
    given = {name: getattr(earning, name) for name in _FIELDS}
    amounts = {name: str(value) for name, value in given.items() if value is not None}
    return {"kind": earning.kind, **amounts, "work": list(earning.work)}
