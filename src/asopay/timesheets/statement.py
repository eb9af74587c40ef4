"""Gross pay as text for people: its earnings, and why each overtime hour is one."""

from __future__ import annotations

from collections.abc import Iterator

from asopay.money import as_text, rate_as_text
from asopay.overtime.regular_rate import hours_text
from asopay.statements import explanation, line_of_text
from asopay.timesheets.gross import GrossPay


def gross_pay_statement(found: GrossPay) -> str:
    """The earnings and their sum, as text.

    >>> print(gross_pay_statement(GrossPay((), 0, 0, 0, 0)), end="")
    Hours worked: 0
    Gross pay                                                           0.00
    """
    return "\n".join(_lines(found)) + "\n"


def _lines(found: GrossPay) -> Iterator[str]:
    yield f"Hours worked: {hours_text(found.seconds_worked)}"
    for earning, amount in zip(found.earnings, found.amounts_cents, strict=True):
        hours = earning.hours if earning.hours is not None else earning.hours_worked
        what = earning.kind.replace("_", " ").capitalize()
        if earning.rate is not None:
            times = f" x {earning.multiplier}" if earning.multiplier is not None else ""
            what += f", {hours} hours at {earning.rate}{times}"
        elif hours not in (None, "0"):
            what += f", {hours} hours"
        yield line_of_text(f"  {what}", as_text(amount))
    yield line_of_text("Gross pay", as_text(found.gross_cents))
    if found.qualified_overtime_cents:
        yield f"Qualified overtime, within it: {as_text(found.qualified_overtime_cents)}"
    if found.tips_cents:
        yield f"Tips, within it: {as_text(found.tips_cents)}"
    for missing in found.not_computed:
        yield f"Not computed: {missing}"


def why_overtime(found: GrossPay) -> str:
    """Every overtime hour with the law by which it is one, and the worksheets, as text.

    >>> print(why_overtime(GrossPay((), 0, 0, 0, 0)), end="")
    No hour is overtime.
    """
    lines = [
        f"{each.day}  {each.hours:>7} hours x {rate_as_text(each.multiplier):<4} {each.law}"
        + (f" ({each.job})" if each.job else "")
        for each in found.overtime
    ]
    sheets = [f"\n{name}\n{explanation(sheet)}" for name, sheet in found.worksheets.items()]
    return "\n".join(lines or ["No hour is overtime."]) + "\n" + "".join(sheets)
