"""The premium of continuation coverage (COBRA) of a self-funded plan.

Internal Revenue Code section 4980B(f)(2)(C) and (f)(4)(B): what may be charged is a percentage of
the applicable premium, which is fixed for twelve months before they begin. It is an actuarial
estimate, without a margin, or, if the administrator elects so and neither cover nor people changed
much, the cost of the year before times the change of the deflator of the gross national product.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from asopay.money import Cents, Rate, rounded, share, to_cents
from asopay.plans.funding import funding_rates
from asopay.plans.law import table_of
from asopay.rulebook import Rulebook
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line


@frozen
class Figures:
    """The parts of the applicable premium that may be charged, and when the higher one may.

    With a disability extension, `extended` may be charged from the month after `ordinary_months`.
    The months of cover go by the event: `ordinary_months`, `disability_months`, `other_months`.
    """

    ordinary: Rate
    extended: Rate
    ordinary_months: int
    disability_months: int
    other_months: int


CONTINUATION = Form(
    "Continuation coverage: what may be charged for a month",
    result="(charged)",
    lines={
        "(applicable premium)": "Applicable premium of the month",
        "(part)": rate_line("Part of it that may be charged"),
        "(charged)": "Most that may be charged",
    },
)


def continuation_table(day: date, rulebook: Rulebook | None = None) -> Table[Figures]:
    """The table in force on the day; `TableError` names the days covered."""
    return table_of("continuation_coverage", day, rulebook)


def actuarial_premium(
    cost: Cents, enrolment: Mapping[str, int], factors: Mapping[str, Rate]
) -> dict[str, Cents]:
    """The applicable premium of each tier from the estimated cost by employee and month.

    The cost is that without a margin; the estimate itself is an actuary's.
    """
    return funding_rates(cost, enrolment, factors)


def past_cost_premium(
    cost: Cents, deflator_before: Decimal | str, deflator_after: Decimal | str
) -> Cents:
    """The applicable premium by past cost, rounded half a cent up.

    `cost` is that of the same period of the preceding determination period, and the deflators are
    those twelve months before, and at, the last day of that period's sixth month.

    >>> past_cost_premium(600_00, "120.0", "123.0")
    61500
    """
    before, after = Fraction(deflator_before), Fraction(deflator_after)
    if before <= 0 or after <= 0:
        raise ValueError("deflator_before, deflator_after: they are above zero")
    return rounded(cost * after / before)


def continuation_premium(
    applicable: Cents, table: Table[Figures], *, month: int = 1, disability: bool = False
) -> Worksheet:
    """What may be charged in a month of continuation coverage, counted from 1.

    With `disability` the cover was extended for it. Raises `ValueError` for a month that is not
    covered by that extension.

    >>> table = continuation_table(date(2026, 1, 1))
    >>> continuation_premium(61_500, table).result
    62730
    >>> continuation_premium(61_500, table, month=19, disability=True).result
    92250
    """
    figures = table.figures
    most = figures.disability_months if disability else figures.other_months
    if not 1 <= month <= most:
        raise ValueError(f"month: {month} is not from 1 to {most}")
    line = Worksheet(CONTINUATION, table)
    line["(applicable premium)"] = applicable
    extended = disability and month > figures.ordinary_months
    line["(part)"] = figures.extended if extended else figures.ordinary
    line["(charged)"] = to_cents(share(line["(applicable premium)"], line["(part)"]))
    return line
