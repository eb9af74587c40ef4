"""The terms of a plan of short-term or long-term disability, and its premium.

Short-term plans pay by the week and long-term ones by the month. A premium is a rate for 10 dollars
of weekly benefit, 100 dollars of monthly benefit, or 100 dollars of covered pay: that up to which
the benefit reaches its maximum.

>>> short_term = DisabilityPlan("weekly", percent=60, maximum="500")
>>> sheet = premium(short_term, "0.25", "100000")
>>> sheet["(benefit)"], sheet.result
(50000, 1250)
>>> long_term = DisabilityPlan("monthly", percent=60, maximum="5000", rated_on="covered pay")
>>> for line in premium(long_term, "0.35", "75000").explain():
...     print(f"{line.line:<20} {line.amount:>8}")
(earnings)            6250.00
(maximum)             8333.33
(basis)               6250.00
(unit)                 100.00
(rate)                   0.35
(premium)               21.88
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal, get_args

from attrs import frozen

from asopay.age_bands import rate_at, read_bands
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.frequencies import FREQUENCIES
from asopay.money import (
    ONE,
    Cents,
    Rate,
    at_most,
    cents,
    percent,
    share,
    to_cents,
    unrounded,
)
from asopay.paycheck import Dollars
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line

PERIODS = ("weekly", "monthly")
Number = Decimal | int | str
RatedOn = Literal["benefit", "covered pay"]


@frozen
class Figures:
    """The units that rates are for, in cents, and the days that parts of a period go by."""

    per_weekly_benefit: Cents
    per_monthly_benefit: Cents
    per_covered_pay: Cents
    days_of_week: int
    days_of_month: int


@frozen
class DisabilityPlan:
    """The terms of a plan: a `percent` of pre-disability earnings of its period, up to a `maximum`.

    The least benefit is `minimum` dollars or `minimum_percent` of the gross benefit, whichever is
    larger. Parts of a period go by `days`: 7 or 5 of a week, 30 of a month. In the first
    `work_incentive_months` of work while disabled only what passes all of pre-disability earnings
    reduces the benefit, later it goes by the share of earnings that is lost, which has to be at
    least `least_loss_percent`. The premium is `rated_on` the benefit or on covered pay, to the
    nearest `round_to` dollars.
    """

    period: str
    percent: Number
    maximum: Dollars
    minimum: Dollars = 0
    minimum_percent: Number = 0
    days: int | None = None
    work_incentive_months: int = 0
    least_loss_percent: Number = 0
    rated_on: RatedOn = "benefit"
    round_to: Dollars = "0.01"


PREMIUM = Form(
    "Disability insurance, premium of a month",
    result="(premium)",
    lines={
        "(earnings)": "Earnings of a week or month, as the plan counts them",
        "(share)": "The plan's percentage of them",
        "(maximum)": "The most that counts",
        "(benefit)": "Benefit of the week or month",
        "(basis)": "What the rate is for, rounded as the plan says",
        "(unit)": "Unit of the rate",
        "(rate)": rate_line("Rate for a unit"),
        "(premium)": "Premium of the month",
    },
)


@frozen
class Terms:
    """A plan in cents and rates."""

    percent: Rate
    maximum: Cents
    minimum: Cents
    minimum_percent: Rate
    days: int
    least_loss: Rate
    round_to: Cents
    table: Table[Figures]


def premium(
    plan: DisabilityPlan,
    rates: Number | Mapping[int, Number],
    pay: Dollars,
    pay_frequency: str = "annual",
    *,
    age: int | None = None,
    rulebook: Rulebook | None = None,
) -> Worksheet:
    """The premium of a month, from dollars of pay by its frequency; lines are in cents.

    `rates` are one rate in dollars, or rates by the age from which they hold: then the `age` is
    needed, as the plan counts it. Raises `InvalidRequest` with all that is wrong.
    """
    faults = Faults()
    terms = read_plan(plan, faults, rulebook)
    earned = earnings_of_period(plan, pay, pay_frequency, faults)
    of_age = _rate(rates, age, faults)
    if faults.found:
        raise InvalidRequest(faults.found)
    figures = terms.table.figures
    line = Worksheet(PREMIUM, terms.table)
    line["(earnings)"] = earned
    if plan.rated_on == "benefit":
        line["(share)"] = to_cents(share(line["(earnings)"], terms.percent))
        line["(maximum)"] = terms.maximum
        line["(benefit)"] = counted = at_most(line["(share)"], line["(maximum)"])
        line["(unit)"] = getattr(figures, f"per_{plan.period}_benefit")
    else:
        line["(maximum)"] = to_cents(unrounded(terms.maximum) * ONE, divided_by=terms.percent)
        counted = at_most(line["(earnings)"], line["(maximum)"])
        line["(unit)"] = figures.per_covered_pay
    line["(basis)"] = to_cents(unrounded(counted), divided_by=terms.round_to) * terms.round_to
    line["(rate)"] = of_age
    of_basis = share(line["(basis)"], line["(rate)"]) * 100
    line["(premium)"] = to_cents(of_basis, divided_by=line["(unit)"])
    return line


def earnings_of_period(
    plan: DisabilityPlan, pay: Dollars, pay_frequency: str, faults: Faults
) -> Cents:
    """The pay of a period of the plan, in cents: annual pay divided by 52 or by 12, and so on.

    >>> earnings_of_period(DisabilityPlan("weekly", 60, "500"), "100000", "annual", Faults())
    192308
    """
    amount = faults.cents("pay", pay)
    if pay_frequency not in FREQUENCIES:
        faults.unknown("pay_frequency", pay_frequency, FREQUENCIES)
        return 0
    if plan.period not in PERIODS:
        return 0
    annual = unrounded(amount) * FREQUENCIES[pay_frequency]
    return to_cents(annual, divided_by=FREQUENCIES[plan.period])


def read_plan(plan: DisabilityPlan, faults: Faults, rulebook: Rulebook | None = None) -> Terms:
    """The plan in cents and rates; what is wrong with it is added to the faults."""
    table = contract(rulebook)
    if plan.period not in PERIODS:
        faults.unknown("plan.period", plan.period, PERIODS)
    if plan.rated_on not in get_args(RatedOn):
        faults.unknown("plan.rated_on", plan.rated_on, get_args(RatedOn))
    of_pay = _percent(plan, "percent", faults)
    if of_pay == 0:
        faults.add("plan.percent", f"{plan.percent} is not above 0 and up to 100")
    figures = table.figures
    days = figures.days_of_week if plan.period == "weekly" else figures.days_of_month
    if plan.days is not None and not 1 <= plan.days <= days:
        faults.add("plan.days", f"{plan.days} is not a number from 1 to {days}")
    if plan.work_incentive_months < 0:
        faults.add("plan.work_incentive_months", f"{plan.work_incentive_months} is below zero")
    maximum, minimum = (
        faults.cents(f"plan.{name}", getattr(plan, name)) for name in ("maximum", "minimum")
    )
    if minimum > maximum:
        faults.add("plan.minimum", f"{plan.minimum} is above the maximum, {plan.maximum}")
    unit = faults.attempt("plan.round_to", cents, plan.round_to)
    if unit == 0:
        faults.add("plan.round_to", f"{plan.round_to} is not above 0")
    return Terms(
        percent=of_pay or ONE,
        maximum=maximum,
        minimum=minimum,
        minimum_percent=_percent(plan, "minimum_percent", faults) or 0,
        days=plan.days or days,
        least_loss=_percent(plan, "least_loss_percent", faults) or 0,
        round_to=unit or 1,
        table=table,
    )


def contract(rulebook: Rulebook | None = None) -> Table[Figures]:
    """The table of what contracts commonly say.

    >>> contract().figures.per_weekly_benefit
    1000
    """
    newest = (rulebook or standard_rulebook()).newest("US", "disability_plan")
    table: Table[Figures] = newest.table
    return table


def _percent(plan: DisabilityPlan, name: str, faults: Faults) -> Rate | None:
    return faults.attempt(f"plan.{name}", percent, getattr(plan, name))


def _rate(rates: Number | Mapping[int, Number], age: int | None, faults: Faults) -> Rate:
    if not isinstance(rates, Mapping):
        rates, age = {0: rates}, 0
    bands = read_bands(rates, "rates", faults)
    if age is None:
        faults.add("age", "it is missing: the rates go by age")
    elif bands and age < bands[0].from_age:
        first = bands[0].from_age
        faults.add("age", f"there is no rate for {age}: the first is from {first}")
    elif bands:
        return rate_at(age, bands)
    return 0
