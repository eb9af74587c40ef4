"""Limits on health savings, flexible spending, dependent care, commuting and employer's assistance.

Internal Revenue Code sections 223(b), 125(i), 129(a)(2), 132(f), 127, 137 and 9831(d); the limits
are those of the year's revenue procedures.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from asopay.money import Cents, at_least, at_least_zero, at_most, pick, to_cents, unrounded
from asopay.parties import HealthCoverage
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet

MONTHS = 12


@frozen
class BenefitLimit:
    """A limit of the calendar year in cents, or of a month if it is `by_month`.

    Where it depends on coverage, `limit` is that of self-only and `family` that of family coverage.
    `filing_separately` is for a married employee who files a return apart, and `catch_up` is on top
    from an age reached in the year. With `with_employer`, what the employer adds counts.
    `carry_over` may be kept of what is not spent in the year.
    """

    limit: Cents
    family: Cents | None = None
    filing_separately: Cents | None = None
    catch_up: Cents = 0
    catch_up_from_age: int = 0
    by_month: bool = False
    with_employer: bool = False
    carry_over: Cents = 0

    def of_coverage(self, coverage: HealthCoverage | None, catch_up: Cents = 0) -> Cents:
        """The limit for the months of coverage, in cents, with that part of a catch-up amount.

        A twelfth counts for each month. By the last-month rule of section 223(b)(8), coverage on
        December 1 counts for the whole year where that is more. Without coverage stated it is the
        largest limit that anyone can have.
        """
        family = self.limit if self.family is None else self.family
        if coverage is None:
            return family + catch_up
        months = coverage.self_only_months + coverage.family_months
        total = self.limit * coverage.self_only_months + family * coverage.family_months
        of_months = to_cents(unrounded(total + catch_up * months), divided_by=MONTHS)
        if coverage.last_month is None:
            return of_months
        whole = family if coverage.last_month == "family" else self.limit
        return at_least(of_months, whole + catch_up)

    def catch_up_amount(self, birth_date: date | None, year: int) -> Cents:
        """The catch-up amount in cents for the age reached in the year; 0 without a birth date."""
        if birth_date is None:
            return 0
        return pick(year - birth_date.year >= self.catch_up_from_age, self.catch_up, 0)


@frozen
class Figures:
    """The limits of a year by name."""

    limits: dict[str, BenefitLimit]


CONTRIBUTION = Form(
    "Contribution within the limit",
    result="(contribution)",
    lines={
        "(elected)": "Contribution that the employee elected for this paycheck",
        "(limit)": "Limit of the year, or of the month for commuting",
        "(before)": "Contributed earlier in the year or month, with what of the employer's counts",
        "(employer)": "What the employer adds now, as far as it counts",
        "(room)": "What is left of the limit",
        "(contribution)": "Contribution taken",
    },
)


def contribution(
    elected: Cents, allowed: Cents, before: Cents, employer: Cents, table: Table[Figures]
) -> Worksheet:
    """The elected contribution as far as the limit leaves room for it, in cents.

    The employer's part, where it counts, comes first.
    """
    line = Worksheet(CONTRIBUTION, table)
    line["(elected)"] = elected
    line["(limit)"] = allowed
    line["(before)"] = before
    line["(employer)"] = employer
    line["(room)"] = at_least_zero(line["(limit)"] - line["(before)"] - line["(employer)"])
    line["(contribution)"] = at_most(line["(elected)"], line["(room)"])
    return line
