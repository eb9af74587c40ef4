"""Claims for short-term disability: days after the elimination period, at a share of weekly pay.

Amounts are whole cents. The weekly benefit is rounded half a cent up, and so are the days of a week
that is not whole, at a seventh of it each.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from asopay.money import Cents, at_least, at_least_zero, at_most, share, to_cents, unrounded
from asopay.plans.benefits import DisabilityBenefit
from asopay.plans.claims import Adjudicated
from asopay.worksheet import Calculation, Form, count, rate_line

DAYS = 7
NAME = "short_term_disability"


@frozen
class DisabilityClaim:
    """A spell of disability of an employee, from its first to its last day.

    `weekly_pay` is that before the disability, `weekly_other_income` what reduces the benefit, such
    as a statutory one. `paid` is the day on which the plan pays, and `reversed` the one on which it
    takes the payment back.
    """

    id: str
    employee: str
    disabled_from: date
    disabled_through: date
    weekly_pay: Cents
    paid: date
    weekly_other_income: Cents = 0
    reversed: date | None = None

    @property
    def person(self) -> str:
        """Whose claim it is."""
        return self.employee

    @property
    def incurred(self) -> date:
        """The first day of the disability."""
        return self.disabled_from

    @property
    def benefit(self) -> str:
        """The name of the benefit."""
        return NAME


SPELL = Form(
    "What the plan pays of a spell of short-term disability",
    result="(plan)",
    lines={
        "(weekly pay)": "Weekly pay before the disability",
        "(share)": rate_line("Share of it that is insured"),
        "(weekly maximum)": "Weekly maximum",
        "(weekly benefit)": "Weekly benefit before other income",
        "(other income)": "Other income of a week, which reduces the benefit",
        "(weekly minimum)": "Weekly minimum",
        "(weekly payment)": "Paid for a week",
        "(days)": count("Days of disability"),
        "(days waited)": count("Days of the elimination period"),
        "(days paid)": count("Days for which benefits are paid"),
        "(allowed)": "Benefit of these days before other income",
        "(plan)": "Paid by the plan",
        "(other plan)": "Taken off for other income",
    },
)


def adjudicate_disability(claim: DisabilityClaim, terms: DisabilityBenefit) -> Adjudicated:
    """What the plan pays of the spell of disability.

    >>> terms = DisabilityBenefit(share=60_000_000, weekly_maximum=100_000, elimination_days=7)
    >>> day = date(2026, 3, 2)
    >>> spell = DisabilityClaim("D-1", "E-1", day, date(2026, 3, 31), 150_000, paid=day)
    >>> adjudicate_disability(spell, terms).plan  # 23 days at 900.00 a week
    295714
    """
    line = Calculation(SPELL)
    line["(weekly pay)"], line["(share)"] = claim.weekly_pay, terms.share
    line["(weekly maximum)"] = terms.weekly_maximum
    of_pay = to_cents(share(line["(weekly pay)"], line["(share)"]))
    line["(weekly benefit)"] = at_most(of_pay, line["(weekly maximum)"])
    line["(other income)"] = claim.weekly_other_income
    line["(weekly minimum)"] = at_most(terms.weekly_minimum, line["(weekly benefit)"])
    reduced = at_least_zero(line["(weekly benefit)"] - line["(other income)"])
    line["(weekly payment)"] = at_least(reduced, line["(weekly minimum)"])
    line["(days)"] = (claim.disabled_through - claim.disabled_from).days + 1
    line["(days waited)"] = min(line["(days)"], terms.elimination_days)
    line["(days paid)"] = min(line["(days)"] - line["(days waited)"], terms.weeks * DAYS)
    for amount, weekly in (("(allowed)", "(weekly benefit)"), ("(plan)", "(weekly payment)")):
        line[amount] = to_cents(unrounded(line[weekly] * line["(days paid)"]), divided_by=DAYS)
    line["(other plan)"] = line["(allowed)"] - line["(plan)"]
    return Adjudicated(
        claim.id, line["(allowed)"], line["(plan)"], 0, line["(other plan)"], {}, line
    )
