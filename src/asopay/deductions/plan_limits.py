"""Limits of a plan on compensation and annual additions, and on contributions after tax.

Internal Revenue Code sections 401(a)(17), 415(c), 414(q), 416(i) and 72(p); the limits are those of
the year's IRS notice.
"""

from __future__ import annotations

from attrs import frozen

from asopay.money import Cents, at_least_zero, at_most
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet


@frozen
class Figures:
    """The limits of a year, in cents.

    `compensation` counts up to its limit, `annual_additions` are employee and employer together.
    Pay above `highly_compensated` in the year makes an employee highly compensated in the next one;
    pay above `key_officer` an officer a key employee, and above `key_owner` an owner of more than 1
    percent. A loan is at most `loan`, less what was owed before, and half the vested balance, of
    which `loan_floor` counts in any case.
    """

    compensation: Cents
    annual_additions: Cents
    highly_compensated: Cents
    key_officer: Cents
    key_owner: Cents
    loan: Cents
    loan_floor: Cents

    def counted(self, compensation: Cents) -> Cents:
        """The compensation as far as it counts: section 401(a)(17)."""
        return at_most(compensation, self.compensation)

    def room(self, compensation: Cents, additions: Cents) -> Cents:
        """What may still be added to the year's additions, without catch-up: section 415(c)."""
        return at_least_zero(at_most(self.annual_additions, compensation) - additions)


AFTER_TAX = Form(
    "Contribution after tax within the annual additions",
    result="(contribution)",
    lines={
        "(elected)": "Contribution that the employee elected for this paycheck",
        "(most)": "Annual additions of the year: the limit, or the compensation if that is less",
        "(additions)": "Deferrals without catch-up, employer and after-tax amounts so far",
        "(room)": "What is left of them",
        "(contribution)": "Contribution taken",
    },
)

EMPLOYER_MATCH = Form(
    "Employer's match",
    result="(match)",
    lines={
        "(deferrals)": "Deferrals that are matched",
        "(compensation)": "Compensation that counts for them",
        "(formula)": "Match by the plan's formula",
        "(matched before)": "Matched earlier in the year, where the plan matches by the year",
        "(room)": "What the limit on annual additions leaves",
        "(match)": "Match of this paycheck",
    },
)


def after_tax(elected: Cents, most: Cents, additions: Cents, table: Table[Figures]) -> Worksheet:
    """The elected contribution as far as the year's additions leave room for it, in cents."""
    line = Worksheet(AFTER_TAX, table)
    line["(elected)"] = elected
    line["(most)"] = most
    line["(additions)"] = additions
    line["(room)"] = at_least_zero(line["(most)"] - line["(additions)"])
    line["(contribution)"] = at_most(line["(elected)"], line["(room)"])
    return line


def employer_match(
    deferrals: Cents,
    compensation: Cents,
    by_formula: Cents,
    before: Cents,
    table: Table[Figures],
    *,
    room: Cents,
) -> Worksheet:
    """The match by the formula, less what was matched before, within the annual additions."""
    line = Worksheet(EMPLOYER_MATCH, table)
    line["(deferrals)"] = deferrals
    line["(compensation)"] = compensation
    line["(formula)"] = by_formula
    line["(matched before)"] = before
    line["(room)"] = room
    line["(match)"] = at_most(at_least_zero(line["(formula)"] - before), line["(room)"])
    return line
