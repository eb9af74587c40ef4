"""Table I: what group-term life insurance costs, for income that is imputed.

26 U.S.C. 79; 26 CFR 1.79-3; Publication 15-B (https://www.irs.gov/pub/irs-pdf/p15b.pdf). The cost
of a month is that of the cover above the exclusion, to the nearest 100 dollars, by the age on the
last day of the employee's tax year. It is carried on exactly, and rounded once: for a year, or for
a pay period, which has its share of the year's twelve months.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from attrs import evolve, frozen

from asopay.age_bands import AgeBand, age_on, rate_at
from asopay.earnings.reading import PaidEarning
from asopay.faults import Faults
from asopay.money import (
    Cents,
    Rate,
    at_least,
    at_least_zero,
    share,
    to_cents,
    unrounded,
)
from asopay.paycheck import Earning
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count, rate_line, unrounded_line

CENTS_OF_DOLLAR = 100
MONTHS = 12


KIND = "group_term_life"
"""The kind of earning that the cost is."""


@frozen
class Insured:
    """Who is paid on a day, and the pay periods of the year."""

    birth_date: date | None
    day: date
    periods: int


@frozen
class Figures:
    """The figures of section 79: amounts in cents, rates in dollars a month.

    Cover up to the `exclusion` costs nothing. Cover above it counts to the `nearest` amount, and
    `table_i` has the cost of `per` of it by age. Up to `dependents` of cover on a spouse or child
    is a small benefit. A plan is not discriminatory as to eligibility if `least_benefiting` of
    employees benefit, or `least_not_key` of participants are no key employees.
    """

    exclusion: Cents
    nearest: Cents
    per: Cents
    dependents: Cents
    least_benefiting: Rate
    least_not_key: Rate
    table_i: tuple[AgeBand, ...]


MONTH = Form(
    "Group-term life insurance, cost of a month",
    result="(cost)",
    lines={
        "(cover)": "Cover in the month",
        "(excluded)": "Cover of which the cost is not income",
        "(above)": "Cover above it",
        "(counted)": "To the nearest 100 dollars",
        "(rate)": rate_line("Cost of 1,000 dollars for a month, Table I"),
        "(days)": count("Days of this cover in the month"),
        "(days of month)": count("Days of the month"),
        "(cost)": unrounded_line("Cost of the month, or of these days"),
    },
)

YEAR = Form(
    "Group-term life insurance, income of the year",
    result="(income)",
    lines={
        "(cost)": unrounded_line("Cost of the months, Table I"),
        "(to the cent)": "To the cent",
        "(actual cost)": "What the insurance actually costs, for a key employee",
        "(higher)": "The higher of both",
        "(contributions)": "What the employee paid after tax",
        "(income)": "Cost that is income",
    },
)


PERIOD = Form(
    "Group-term life insurance, income of a pay period",
    result="(income)",
    lines={
        "(cover)": "Cover in the pay period",
        "(excluded)": "Cover of which the cost is not income",
        "(above)": "Cover above it",
        "(counted)": "To the nearest 100 dollars",
        "(age)": count("Age on the last day of the year"),
        "(rate)": rate_line("Cost of 1,000 dollars for a month, Table I"),
        "(cost)": unrounded_line("Cost of a month"),
        "(periods)": count("Pay periods in the year"),
        "(cost of the period)": "Cost of twelve months, divided by them",
        "(contribution)": "What the employee pays for it after tax in this paycheck",
        "(income)": "Cost that is income",
    },
)


def cost_of_month(
    cover: Cents,
    excluded: Cents,
    rate: Rate,
    days: tuple[int, int],
    table: Table[Figures],
) -> Worksheet:
    """The cost of cover for `days` of the days of a month, exact; amounts in cents."""
    figures = table.figures
    line = Worksheet(MONTH, table)
    line["(cover)"] = cover
    line["(excluded)"] = excluded
    line["(above)"] = at_least_zero(line["(cover)"] - line["(excluded)"])
    line["(counted)"] = to_nearest(line["(above)"], figures.nearest)
    line["(rate)"] = rate
    line["(days)"], line["(days of month)"] = days
    of_month = share(line["(counted)"], line["(rate)"]) * CENTS_OF_DOLLAR
    line["(cost)"] = Fraction(of_month * line["(days)"], figures.per * line["(days of month)"])
    return line


def income_of_period(
    cover: Cents,
    contribution: Cents,
    birth_date: date | None,
    day: date,
    periods: int,
    *,
    table: Table[Figures],
) -> Worksheet:
    """The income of a pay period of the year of the day, in cents: amounts are of the period.

    Without a birth date, which is not needed up to the exclusion, the rate is 0.

    >>> from asopay.rulebook import standard_rulebook
    >>> table = standard_rulebook().newest("US", "group_term_life").table
    >>> born, day = date(1981, 3, 1), date(2026, 3, 13)
    >>> income_of_period(20_000_000, 385, born, day, 26, table=table).result
    653
    """
    line = Worksheet(PERIOD, table)
    rate = 0
    if birth_date is not None:
        line["(age)"] = age_on(date(day.year, 12, 31), birth_date)
        rate = rate_at(line["(age)"], table.figures.table_i)
    line.update(cost_of_month(cover, table.figures.exclusion, rate, (1, 1), table))
    line["(periods)"] = periods
    cost = line["(cost)"] * MONTHS
    line["(cost of the period)"] = to_cents(
        cost.numerator, divided_by=cost.denominator * line["(periods)"]
    )
    line["(contribution)"] = contribution
    line["(income)"] = at_least_zero(line["(cost of the period)"] - line["(contribution)"])
    return line


def income_of_year(
    months: Iterable[Worksheet],
    contributions: Cents,
    actual_cost: Cents | None,
    table: Table[Figures],
) -> Worksheet:
    """The income of the year in cents: the cost less what the employee paid, not below zero.

    With an `actual_cost`, the higher of it and Table I counts: a key employee in a plan that
    discriminates, section 79(d)(1).
    """
    line = Worksheet(YEAR, table)
    line["(cost)"] = sum((month.result for month in months), Fraction(0))
    cost = line["(cost)"]
    line["(to the cent)"] = to_cents(cost.numerator, divided_by=cost.denominator)
    counted = "(to the cent)"
    if actual_cost is not None:
        counted = "(higher)"
        line["(actual cost)"] = actual_cost
        line[counted] = at_least(line["(to the cent)"], line["(actual cost)"])
    line["(contributions)"] = contributions
    line["(income)"] = at_least_zero(line[counted] - line["(contributions)"])
    return line


def to_nearest(amount: Cents, unit: Cents) -> Cents:
    """The amount to the nearest unit, half of it up.

    >>> to_nearest(14_905_000, 10_000), to_nearest(14_904_999, 10_000)
    (14910000, 14900000)
    """
    return to_cents(unrounded(amount), divided_by=unit) * unit


# Reading an earning


def read_cover(
    earning: Earning,
    paid: PaidEarning,
    table: Table[Figures] | None,
    *,
    paid_to: Insured,
    path: str,
    faults: Faults,
) -> tuple[PaidEarning, Worksheet | None]:
    """The earning with the cost of its cover as amount, and the worksheet."""
    if table is None or earning.kind != KIND or earning.cover is None:
        for name in ("cover", "contribution"):
            if getattr(earning, name) is not None:
                faults.add(
                    f"{path}.{name}", f"it is for {KIND} with a cover, not for {earning.kind}"
                )
        return paid, None
    cover = faults.cents(f"{path}.cover", earning.cover)
    contribution = 0
    if earning.contribution is not None:
        contribution = faults.cents(f"{path}.contribution", earning.contribution)
    if (earning.amount, earning.hours, earning.rate, earning.multiplier) != (None,) * 4:
        faults.add(path, "cover and an amount or hours are both given: give one of them")
    if not _is_of_age(cover, paid_to, table, faults):
        return paid, None
    line = income_of_period(
        cover, contribution, paid_to.birth_date, paid_to.day, paid_to.periods, table=table
    )
    return evolve(paid, amount=line.result), line


def _is_of_age(cover: Cents, paid_to: Insured, table: Table[Figures], faults: Faults) -> bool:
    birth_date, path = paid_to.birth_date, "employee.birth_date"
    if birth_date is None:
        if cover > table.figures.exclusion:
            why = "Table I goes by the age on the last day of the year"
            faults.add(path, f"it is missing: {why}")
        return cover <= table.figures.exclusion
    if birth_date > paid_to.day:
        faults.add(path, f"{birth_date} is after the pay date, {paid_to.day}")
    return birth_date <= paid_to.day
