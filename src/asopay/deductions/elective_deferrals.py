"""Elective deferrals to a plan: the limit of the year, with catch-up contributions.

Internal Revenue Code sections 402(g) for 401(k) and 403(b) plans together, 457(e)(15), 408(p) and
414(v); the limits are those of the year's IRS notice.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from asopay.money import Cents, at_least, at_least_zero, at_most, pick
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet


@frozen
class CatchUp:
    """What may be deferred on top from an age, reached by the end of the year, in cents."""

    from_age: int
    through_age: int
    amount: Cents


@frozen
class Figures:
    """The limit of the year in cents, and catch-up amounts by age.

    For employees whose Social Security wages of the year before, from the same employer, were above
    `roth_catch_up_above`, catch-up amounts have to be Roth: section 414(v)(7).
    """

    limit: Cents
    catch_up: tuple[CatchUp, ...]
    roth_catch_up_above: Cents | None = None


ELECTIVE_DEFERRAL = Form(
    "Elective deferral within the year's limit",
    result="(deferral)",
    lines={
        "(elected)": "Deferral that the employee elected for this paycheck",
        "(limit)": "Limit of the year",
        "(catch-up)": "Catch-up amount for the age reached in the year",
        "(deferred before)": "Elective deferrals earlier in the year, traditional and Roth",
        "(room)": "What is left of limit and catch-up",
        "(additions room)": "What the limit on annual additions leaves, with the catch-up",
        "(pre-tax before)": "Those of them that were not Roth",
        "(pre-tax room)": "What is left of the limit for pre-tax deferrals: the catch-up is Roth",
        "(deferral)": "Deferral taken",
    },
)


def limited(
    elected: Cents,
    deferred_before: Cents,
    catch_up: Cents,
    table: Table[Figures],
    *,
    pre_tax_before: Cents | None = None,
    additions_room: Cents | None = None,
) -> Worksheet:
    """The elected deferral as far as the year's limit leaves room for it, in cents.

    `catch_up` is the amount of `catch_up_amount`, 0 for an employee who may not catch up. With
    `pre_tax_before` the deferral is a pre-tax one of an employee whose catch-up has to be Roth.
    `additions_room` is what section 415(c) leaves, for a plan that it limits.
    """
    line = Worksheet(ELECTIVE_DEFERRAL, table)
    line["(elected)"] = elected
    line["(limit)"] = table.figures.limit
    line["(catch-up)"] = catch_up
    line["(deferred before)"] = deferred_before
    allowed = line["(limit)"] + line["(catch-up)"]
    line["(room)"] = at_least_zero(allowed - line["(deferred before)"])
    line["(deferral)"] = at_most(line["(elected)"], line["(room)"])
    if pre_tax_before is not None:
        line["(pre-tax before)"] = pre_tax_before
        line["(pre-tax room)"] = at_least_zero(line["(limit)"] - line["(pre-tax before)"])
        line["(deferral)"] = at_most(line["(deferral)"], line["(pre-tax room)"])
    if additions_room is not None:
        line["(additions room)"] = additions_room
        line["(deferral)"] = at_most(line["(deferral)"], line["(additions room)"])
    return line


def catch_up_amount(birth_date: date | None, year: int, table: Table[Figures]) -> Cents:
    """The catch-up amount in cents for the age reached by the end of the year.

    Without a birth date it is 0: the employee is taken to be too young.
    """
    if birth_date is None:
        return 0
    age, amount = year - birth_date.year, 0
    for each in table.figures.catch_up:
        of_age = (age >= each.from_age) & (age <= each.through_age)
        amount = at_least(amount, pick(of_age, each.amount, 0))
    return amount
