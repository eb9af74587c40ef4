"""What a life insurance plan pays, and what it costs: the terms of the contract.

The order of rounding, reductions and limits is the contract's, so each is a field of `LifePlan`.

>>> plan = LifePlan(
...     multiple="1.5", maximum="150000", reductions={65: 65, 70: 50}, round_after_reduction=True
... )
>>> sheet = benefit("61300", plan, age=66)
>>> for line in sheet.explain():
...     print(f"{line.line:<24} {line.amount:>10}")
(pay)                      61300.00
(multiple)                      1.5
(amount)                   91950.00
(rounded)                  92000.00
(maximum)                 150000.00
(within the maximum)       92000.00
(reduced to)                   0.65
(reduced)                  59800.00
(benefit)                  60000.00
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from attrs import field, frozen

from asopay.age_bands import age_on, rate_at, read_bands
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import ONE, Cents, Rate, at_most, cents, percent, rate, share, to_cents
from asopay.paycheck import Dollars
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line

Rounding = Literal["up", "nearest", "down"]


@frozen
class Figures:
    """Rates are for `per` cents of volume; `losses` are shares of the principal sum by loss."""

    per: Cents
    losses: dict[str, Rate]


@frozen
class LifePlan:
    """The terms of a plan: cover is a `multiple` of annual pay, or a `flat` amount in dollars.

    It is rounded to a multiple of `round_to` dollars, and no more than the `maximum`. Above the
    `guaranteed_issue`, only what the insurer has approved is in force. `reductions` are the percent
    that is left from an age on; with `round_after_reduction` that is rounded again.
    """

    multiple: Decimal | int | str | None = None
    flat: Dollars | None = None
    round_to: Dollars = 1000
    rounding: Rounding = "up"
    maximum: Dollars | None = None
    guaranteed_issue: Dollars | None = None
    reductions: Mapping[int, Decimal | int | str] = field(factory=dict)
    round_after_reduction: bool = False


BENEFIT = Form(
    "Life insurance cover by the terms of the plan",
    result="(benefit)",
    lines={
        "(pay)": "Annual pay",
        "(multiple)": rate_line("Multiple of pay"),
        "(amount)": "Multiple of pay, or the flat amount",
        "(rounded)": "Rounded as the plan says",
        "(maximum)": "Maximum of the plan",
        "(within the maximum)": "Not above the maximum",
        "(guaranteed issue)": "What is issued without evidence of insurability, or was approved",
        "(in force)": "Cover in force",
        "(reduced to)": rate_line("What is left of it at this age"),
        "(reduced)": "Cover at this age",
        "(benefit)": "Cover, rounded as the plan says",
    },
)

PREMIUM = Form(
    "Premium of life insurance for a month",
    result="(premium)",
    lines={
        "(volume)": "Cover",
        "(rate)": rate_line("Rate for 1,000 dollars"),
        "(premium)": "Premium of the month",
    },
)

LOSSES = Form(
    "Accidental death and dismemberment",
    result="(benefit)",
    lines={
        "(principal sum)": "Principal sum",
        "(share)": rate_line("Share for the losses of one accident"),
        "(benefit)": "Benefit",
    },
)


def benefit(
    pay: Dollars,
    plan: LifePlan,
    age: int,
    approved: Dollars | None = None,
    rulebook: Rulebook | None = None,
) -> Worksheet:
    """The cover of an employee of the `age`, from annual pay in dollars; lines are in cents.

    The plan says when an age counts: from the birthday, the anniversary or January 1. `approved` is
    the cover above the guaranteed issue that the insurer has approved. Raises `InvalidRequest` with
    all that is wrong.

    >>> plan = LifePlan(multiple=3, guaranteed_issue="150000")
    >>> benefit("70000", plan, age=40).result, benefit("70000", plan, 40, "210000").result
    (15000000, 21000000)
    """
    faults = Faults()
    read = _read(plan, faults)
    earned = faults.cents("pay", pay)
    evidence = None if approved is None else faults.cents("approved", approved)
    if evidence is not None and read.guaranteed is None:
        faults.add("approved", "the plan has no guaranteed_issue above which approval is needed")
    if age < 0:
        faults.add("age", f"{age} is below zero")
    if faults.found:
        raise InvalidRequest(faults.found)
    line = Worksheet(BENEFIT, contract(rulebook))
    line["(pay)"] = earned
    if read.flat is None:
        line["(multiple)"] = read.multiple
        line["(amount)"] = to_cents(share(line["(pay)"], line["(multiple)"]))
    else:
        line["(amount)"] = read.flat
    line["(rounded)"] = counted = _rounded(line["(amount)"], read.unit, plan.rounding)
    if read.maximum is not None:
        line["(maximum)"] = read.maximum
        line["(within the maximum)"] = counted = at_most(counted, line["(maximum)"])
    if read.guaranteed is not None:
        line["(guaranteed issue)"] = max(read.guaranteed, evidence or 0)
        line["(in force)"] = counted = at_most(counted, line["(guaranteed issue)"])
    line["(reduced to)"] = _left_at(age, read.reductions)
    line["(reduced)"] = line["(benefit)"] = to_cents(share(counted, line["(reduced to)"]))
    if plan.round_after_reduction:
        line["(benefit)"] = _rounded(line["(reduced)"], read.unit, plan.rounding)
    return line


def premium(
    volume: Dollars,
    rates: Mapping[int, Decimal | int | str],
    birth_date: date | None,
    day: date,
    rulebook: Rulebook | None = None,
) -> Worksheet:
    """The premium of a month for the volume: cover in dollars, or that of a whole group.

    `rates` are dollars for 1,000 of volume by the age from which they hold, which is counted on
    the `day`; a single rate for all stands at the age 0 and needs no birth date. Rates of
    accidental death are given alike. Raises `InvalidRequest` with all that is wrong.

    >>> bands = {0: "0.05", 30: "0.08", 40: "0.12"}
    >>> premium("150000", bands, date(1984, 6, 1), date(2026, 1, 1)).result
    1800
    >>> premium("92000", {0: "0.11"}, None, date(2026, 1, 1)).result
    1012
    """
    faults = Faults()
    cover = faults.cents("volume", volume)
    bands = read_bands(rates, "rates", faults)
    if birth_date is None and list(rates) != [0]:
        faults.add("birth_date", "it is missing: the rates go by age")
    age = age_on(day, birth_date) if birth_date is not None else 0
    if birth_date is not None and birth_date > day:
        faults.add("birth_date", f"{birth_date} is after the day, {day}")
    elif bands and age < bands[0].from_age:
        faults.add(
            "rates", f"there is none for the age {age}: the first is from {bands[0].from_age}"
        )
    if faults.found:
        raise InvalidRequest(faults.found)
    table = contract(rulebook)
    line = Worksheet(PREMIUM, table)
    line["(volume)"] = cover
    line["(rate)"] = rate_at(age, bands)
    of_volume = share(line["(volume)"], line["(rate)"])
    line["(premium)"] = to_cents(of_volume * 100, divided_by=table.figures.per)
    return line


def accidental_death(
    principal_sum: Dollars, losses: Sequence[str], rulebook: Rulebook | None = None
) -> Worksheet:
    """The benefit for the losses of one accident, no more than the principal sum.

    It is accident insurance: none of it is group-term life insurance, so that it is not counted as
    cover for Table I. Raises `InvalidRequest` with the losses that the schedule does not have.

    >>> accidental_death("92000", ["one_hand_or_one_foot", "thumb_and_index_finger"]).result
    6900000
    """
    faults = Faults()
    table = contract(rulebook)
    principal = faults.cents("principal_sum", principal_sum)
    for number, loss in enumerate(losses):
        if loss not in table.figures.losses:
            faults.unknown(f"losses[{number}]", loss, table.figures.losses)
    if faults.found:
        raise InvalidRequest(faults.found)
    line = Worksheet(LOSSES, table)
    line["(principal sum)"] = principal
    line["(share)"] = at_most(sum(table.figures.losses[loss] for loss in losses), ONE)
    line["(benefit)"] = to_cents(share(line["(principal sum)"], line["(share)"]))
    return line


def contract(rulebook: Rulebook | None = None) -> Table[Figures]:
    """The table of what contracts commonly say.

    >>> contract().figures.per
    100000
    """
    newest = (rulebook or standard_rulebook()).newest("US", "life_insurance_plan")
    table: Table[Figures] = newest.table
    return table


# Reading a plan


@frozen
class _Read:
    multiple: Rate
    flat: Cents | None
    unit: Cents
    maximum: Cents | None
    guaranteed: Cents | None
    reductions: Mapping[int, Rate]


def _read(plan: LifePlan, faults: Faults) -> _Read:
    if (plan.multiple is None) == (plan.flat is None):
        given = "neither is" if plan.flat is None else "both are"
        faults.add("plan", f"multiple or flat: {given} given, one is needed")
    multiple = 0
    if plan.multiple is not None:
        multiple = faults.attempt("plan.multiple", rate, plan.multiple) or 0
        if multiple < 0:
            faults.add("plan.multiple", f"{plan.multiple} is below zero")
    unit = faults.attempt("plan.round_to", cents, plan.round_to)
    if unit == 0:
        faults.add("plan.round_to", f"{plan.round_to} is not above 0")
    if plan.rounding not in get_args(Rounding):
        faults.unknown("plan.rounding", plan.rounding, get_args(Rounding))
    amounts = {
        name: faults.cents(f"plan.{name}", value)
        for name in ("flat", "maximum", "guaranteed_issue")
        if (value := getattr(plan, name)) is not None
    }
    reductions = {
        age: faults.attempt(f"plan.reductions.{age}", percent, value) or 0
        for age, value in plan.reductions.items()
    }
    return _Read(
        multiple,
        amounts.get("flat"),
        unit or 1,
        amounts.get("maximum"),
        amounts.get("guaranteed_issue"),
        reductions,
    )


def _rounded(amount: Cents, unit: Cents, rounding: str) -> Cents:
    added = {"up": unit - 1, "nearest": unit // 2, "down": 0}[rounding]
    return (amount + added) // unit * unit


def _left_at(age: int, reductions: Mapping[int, Rate]) -> Rate:
    """The share that is left at the age: that of the highest age that is reached."""
    reached = [from_age for from_age in reductions if from_age <= age]
    return reductions[max(reached)] if reached else ONE
