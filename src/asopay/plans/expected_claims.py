"""Expected claims of the next year, from what the group's own claims came to and a manual rate.

Costs are by employee and month, in whole cents. Trend, factors and credibility are exact fractions;
a part of a year's trend and a square root are worked out to 34 digits. Only the cost that comes out
is rounded, half a cent up.
"""

from __future__ import annotations

from decimal import Context
from fractions import Fraction

from attrs import frozen

from asopay.money import ONE, Cents, Rate, rounded
from asopay.plans.months import MONTHS
from asopay.worksheet import Calculation, Form, count, rate_line, unrounded_line

DIGITS = Context(prec=34)


def full_credibility(deviations: str = "1.645", within: str = "0.05") -> int:
    """The number of claims at which experience is fully credible: limited fluctuation.

    `deviations` are those of the normal distribution that the probability asked for lies within:
    1.645 for 90 percent. The number of claims is then with that probability `within` a part of its
    mean.

    >>> full_credibility()
    1082
    """
    return rounded((Fraction(deviations) / Fraction(within)) ** 2)


def credibility(exposure: int, full: int) -> Fraction:
    """The weight of the group's own experience: the square root rule, at most 1.

    `exposure` is a number of claims or of life years, and `full` the one that is fully credible.

    >>> credibility(541, full=2164), credibility(2000, full=1082)
    (Fraction(1, 2), Fraction(1, 1))
    """
    if exposure >= full:
        return Fraction(1)
    root = Fraction(exposure, full)
    return Fraction(DIGITS.sqrt(DIGITS.divide(root.numerator, root.denominator)))


def trended(trend: Rate, months: int) -> Fraction:
    """The factor of so many months at a yearly trend, compounded.

    >>> trended(8_000_000, 24)
    Fraction(729, 625)
    """
    yearly = 1 + Fraction(trend, ONE)
    years, rest = divmod(months, MONTHS)
    factor = yearly**years
    if rest:
        part = DIGITS.power(
            DIGITS.divide(yearly.numerator, yearly.denominator), DIGITS.divide(rest, MONTHS)
        )
        factor *= Fraction(part)
    return factor


@frozen
class Experience:
    """What a period's claims come to, in cents, and the employees of all its months.

    Of the claims `paid`, `above_specific` is the stop-loss carrier's, and `rebates` of drug makers
    came back; the reserve for unpaid claims grew by `reserve_change`.
    """

    paid: Cents
    employee_months: int
    above_specific: Cents = 0
    rebates: Cents = 0
    reserve_change: Cents = 0


@frozen
class Projection:
    """How experience becomes the next year's: trend, changes, credibility and the manual cost.

    `months` lie between the middles of both periods. `factor` is the product of what changes apart
    from trend: the plan's terms, who is covered, immature claims of a first year that holds less
    than twelve months of payments. `weight` is the credibility of the experience, and `manual` the
    cost by employee and month of a rate manual.
    """

    trend: Rate
    months: int = MONTHS
    factor: Rate = ONE
    weight: Fraction = Fraction(1)
    manual: Cents = 0


EXPECTED_CLAIMS = Form(
    "Expected claims of the next year",
    result="(expected claims)",
    lines={
        "(paid)": "Claims paid",
        "(above the specific)": "Of them above the specific deductible",
        "(rebates)": "Rebates",
        "(reserve change)": "What the reserve for unpaid claims grew by",
        "(own claims)": "Claims incurred by the plan itself",
        "(employee months)": count("Employees, of all months together"),
        "(cost)": unrounded_line("Claims by employee and month"),
        "(trend)": rate_line("Trend of a year"),
        "(months)": count("Months from the middle of the period to that of the next"),
        "(factor)": rate_line("Changes of plan, people and maturity"),
        "(projected)": unrounded_line("Cost by employee and month, projected"),
        "(weight)": rate_line("Credibility of the experience"),
        "(manual)": "Cost by employee and month of the manual",
        "(expected cost)": "Expected claims by employee and month",
        "(employees)": count("Employees expected"),
        "(expected claims)": "Expected claims of the year",
    },
)


def expected_claims(experience: Experience, projection: Projection, employees: int) -> Calculation:
    """The claims that are expected of so many employees in a year.

    Raises `ValueError` for experience without employees.

    >>> year = Experience(paid=1_200_000_00, employee_months=1800)
    >>> line = expected_claims(year, Projection(trend=8_000_000), employees=150)
    >>> line["(expected cost)"], line.result
    (72000, 129600000)
    """
    if experience.employee_months < 1:
        raise ValueError("employee_months: there is no experience without employees")
    line = Calculation(EXPECTED_CLAIMS)
    line["(paid)"] = experience.paid
    line["(above the specific)"] = experience.above_specific
    line["(rebates)"] = experience.rebates
    line["(reserve change)"] = experience.reserve_change
    own = experience.paid - experience.above_specific - experience.rebates
    line["(own claims)"] = own + experience.reserve_change
    line["(employee months)"] = experience.employee_months
    cost = Fraction(line["(own claims)"], line["(employee months)"])
    line["(cost)"] = cost * ONE
    line["(trend)"], line["(months)"] = projection.trend, projection.months
    line["(factor)"] = projection.factor
    cost *= trended(projection.trend, projection.months) * Fraction(projection.factor, ONE)
    line["(projected)"] = cost * ONE
    line["(weight)"] = rounded(projection.weight * ONE)
    line["(manual)"] = projection.manual
    blended = projection.weight * cost + (1 - projection.weight) * projection.manual
    line["(expected cost)"] = rounded(blended)
    line["(employees)"] = employees
    line["(expected claims)"] = line["(expected cost)"] * employees * MONTHS
    return line
