"""The most that creditors may garnish: a share of earnings, or what is above a floor if less.

15 U.S.C. 1673(a) (https://www.law.cornell.edu/uscode/text/15/1673) and 29 CFR 870.10: the lesser of
25 percent of disposable earnings and what they exceed 30 times the federal minimum wage by. States
that protect more have a table of the same shape, with their own share and floor.
"""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from asopay.garnishments.order import CREDITOR, Limit, Order, Taken, less_earlier, percent
from asopay.garnishments.pay import Pay
from asopay.money import (
    ONE,
    Brackets,
    Cents,
    Rate,
    as_text,
    at_least,
    at_least_zero,
    at_most,
    share,
    whole_cents,
)
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count, rate_line

WEEK, MONTH = "weekly", "monthly"

Earnings = Literal["disposable earnings", "gross earnings"]


@frozen
class Tier:
    """The share of earnings that may be taken where those of a week are above `over`, in cents."""

    over: Cents
    rate: Rate


@frozen
class Figures:
    """The limit of a jurisdiction; amounts in cents.

    `rates` are shares of the earnings `of`, by the earnings of a week that are named `by`; or there
    is a `schedule` of shares of a month's disposable earnings, or neither. What may be taken is no
    more than the `excess_rate` of what is above `multiple` times the minimum wage a week (a local
    one that is higher, if `local_wages` count), with `floor_per_dependent`, or above the printed
    floor of the pay frequency, in `floors`. `head_of_family_rate` is for heads of a family, and
    `less_per_dependent` is taken off a week's amount. `share_counts` says which earlier orders
    count toward the share; toward the floor, all do. With `consumer_credit_only` other debts are
    under the federal limit alone.

    `hours` are, by pay frequency, what 30 hours of a week come to, and `like_federal` the states
    without a limit of their own: the federal table has them. `fee` is the most that an employer
    keeps of each payment.
    """

    source: str
    prohibited: str = ""
    rates: tuple[Tier, ...] = ()
    schedule: Brackets | None = None
    of: Earnings = "disposable earnings"
    by: Earnings = "disposable earnings"
    multiple: int = 0
    minimum_wage: Cents = 0
    local_wages: bool = False
    floors: dict[str, Cents] = field(factory=dict)
    floor_per_dependent: Cents = 0
    excess_rate: Rate = ONE
    head_of_family_rate: Rate | None = None
    less_per_dependent: Cents = 0
    share_counts: Literal["all orders", "creditors"] = "all orders"
    consumer_credit_only: bool = False
    fee: Cents | None = None
    hours: dict[str, int] = field(factory=dict)
    like_federal: tuple[str, ...] = ()


LIMIT_ON_CREDITORS = Form(
    "Most that creditors may garnish",
    result="(limit)",
    lines={
        "(gross earnings)": "Gross earnings",
        "(disposable earnings)": "Disposable earnings",
        "(hours)": count("Hours of the period that stand for 30 hours of a week"),
        "(rate)": rate_line("Share that may be taken"),
        "(share)": "That share of the earnings",
        "(counted)": "Taken by orders that come first, as far as it counts toward the share",
        "(floor)": "Disposable earnings that are left in any case",
        "(excess)": "What may be taken of those above it",
        "(earlier orders)": "Taken by all orders that come first",
        "(dependents)": "Taken off for dependents",
        "(limit)": "The lesser of what is left of the share and of the excess",
    },
)


def earnings_limit(
    pay: Pay,
    disposable: Cents,
    order: Order,
    table: Table[Figures],
    *,
    before: Taken,
    hours: dict[str, int],
) -> Worksheet:
    """What a limit on creditors leaves for the order, in whole cents.

    The hours are those of the federal table. Parts of a cent are dropped: the limit is not passed.
    An order in Arizona, on 1,000 dollars of disposable earnings a week:

    >>> from datetime import date
    >>> from asopay.rulebook import standard_rulebook
    >>> from asopay.tables import Days
    >>> day = date(2026, 3, 13)
    >>> rule = standard_rulebook().rule("US-AZ", "creditor_garnishment", Days.on(day))
    >>> pay, order = Pay("weekly", {"regular": 100_000}), Order(0, CREDITOR, day)
    >>> hours = {"weekly": 30}
    >>> earnings_limit(pay, 100_000, order, rule.table, before=Taken(), hours=hours).result
    9100
    """
    figures = table.figures
    line = Worksheet(LIMIT_ON_CREDITORS, table)
    line["(gross earnings)"] = pay.gross
    line["(disposable earnings)"] = disposable
    line["(hours)"] = hours[pay.frequency]
    if figures.prohibited:
        line["(limit)"] = 0
        return line
    line["(share)"] = _share(line, order, hours, figures)
    only = figures.share_counts == "creditors"
    line["(counted)"] = before.by_kind.get(CREDITOR, 0) if only else before.total
    floor_in_weeks = _floor(line, order, hours[WEEK], pay.frequency, figures)
    line["(floor)"] = -(-floor_in_weeks // hours[WEEK])
    excess = at_least_zero(disposable * hours[WEEK] - floor_in_weeks)
    line["(excess)"] = whole_cents(share(excess, figures.excess_rate), divided_by=hours[WEEK])
    line["(earlier orders)"] = before.total
    dependents = figures.less_per_dependent * order.dependents
    line["(dependents)"] = -(-dependents * line["(hours)"] // hours[WEEK])
    lesser = at_most(line["(share)"] - line["(counted)"], line["(excess)"] - before.total)
    line["(limit)"] = at_least_zero(lesser - line["(dependents)"])
    return line


def _share(line: Worksheet, order: Order, hours: dict[str, int], figures: Figures) -> Cents:
    """The share of the earnings that may be taken."""
    if figures.schedule is not None:
        of_month = line["(disposable earnings)"] * hours[MONTH] // line["(hours)"]
        return whole_cents(figures.schedule.tax(of_month) * line["(hours)"], hours[MONTH])
    line["(rate)"] = _rate(line, order, hours[WEEK], figures)
    return whole_cents(share(line[f"({figures.of})"], line["(rate)"]))


def _rate(line: Worksheet, order: Order, of_week: int, figures: Figures) -> Rate:
    """The rate of the tier that the earnings of a week fall in."""
    if order.head_of_family and figures.head_of_family_rate is not None:
        return figures.head_of_family_rate
    earned = line[f"({figures.by})"] * of_week
    reached = [t.rate for t in figures.rates if earned > t.over * line["(hours)"] or not t.over]
    return reached[-1] if reached else (0 if figures.rates else ONE)


def _floor(line: Worksheet, order: Order, of_week: int, frequency: str, figures: Figures) -> Cents:
    """The floor of the pay period, times the hours of a week, so that it is exact."""
    if figures.floors:
        return figures.floors[frequency] * of_week
    local = order.local_minimum_wage if figures.local_wages else 0
    week = figures.multiple * at_least(figures.minimum_wage, local)
    week += figures.floor_per_dependent * order.dependents
    hours: int = line["(hours)"]
    return week * hours


def in_words(sheet: Worksheet) -> Limit:
    """What the worksheet leaves for an order, and by which of the two parts of the limit."""
    figures = sheet.table.figures
    if figures.prohibited:
        return Limit(0, figures.prohibited, figures.source)
    words, counted = _words_of_share(sheet), sheet["(counted)"]
    if sheet["(excess)"] - sheet["(earlier orders)"] < sheet["(share)"] - counted:
        words = f"the disposable earnings above {as_text(sheet['(floor)'])}"
        counted = sheet["(earlier orders)"]
        if figures.excess_rate != ONE:
            words = f"{percent(figures.excess_rate)} of {words}"
    return Limit(sheet.result, less_earlier(words, counted), figures.source)


def _words_of_share(sheet: Worksheet) -> str:
    figures = sheet.table.figures
    if figures.schedule is not None:
        return f"shares of {figures.of} in steps"
    return f"{percent(sheet['(rate)'])} of {figures.of}"
