"""The worksheet of an allowance: what is paid, what the federal rate allows, and the excess."""

from __future__ import annotations

from asopay.money import Cents, at_least_zero, at_most, pick
from asopay.worksheet import Form, Worksheet

ALLOWANCE = Form(
    "Allowance against the federal rate",
    result="(wages)",
    lines={
        "(paid)": "Allowance that is paid",
        "(allowed)": "Amount that counts as substantiated",
        "(excluded)": "Part that is not wages",
        "(wages)": "Excess, which is wages",
        "(box 12 L)": "To be entered in box 12 of Form W-2 with code L",
    },
)


def fill_in(line: Worksheet, paid: Cents, allowed: Cents) -> Worksheet:
    """The worksheet with both amounts; code L is used only where there is an excess."""
    line["(paid)"], line["(allowed)"] = paid, allowed
    line["(excluded)"] = at_most(paid, allowed)
    line["(wages)"] = at_least_zero(paid - allowed)
    line["(box 12 L)"] = pick(line["(wages)"] > 0, line["(excluded)"], 0)
    return line
