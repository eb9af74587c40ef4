"""The benefit of a week or month: the percentage of pay, what is taken off it, and work.

Other income that the contract names, such as benefits of Social Security and of a state's
programme, is taken off the gross benefit; a minimum remains. A worked example with a benefit of
Social Security of 1,400 dollars, and 2,500 dollars of earnings from part-time work:

>>> plan = DisabilityPlan("monthly", percent=60, maximum="6000", work_incentive_months=24)
>>> early = benefit(plan, "5000", "monthly", offsets={"SSDI": "1400"}, work=Work("2500"))
>>> later = benefit(plan, "5000", "monthly", offsets={"SSDI": "1400"}, work=Work("2500", months=24))
>>> early["(net)"], early.result, later.result
(160000, 110000, 80000)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import frozen

from asopay.disability.plan import (
    DisabilityPlan,
    Figures,
    Number,
    Terms,
    contract,
    earnings_of_period,
    read_plan,
)
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import (
    Cents,
    Rate,
    at_least,
    at_least_zero,
    at_most,
    percent,
    share,
    to_cents,
    unrounded,
)
from asopay.paycheck import Dollars
from asopay.rulebook import Rulebook
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count, rate_line


@frozen
class Work:
    """Earnings in dollars from work while disabled, after so many `months` of it."""

    earnings: Dollars
    months: int = 0


BENEFIT = Form(
    "Disability benefit of a week or month",
    result="(due)",
    lines={
        "(earnings)": "Pre-disability earnings of the week or month",
        "(percent)": rate_line("Percentage of the plan"),
        "(share)": "That share of them",
        "(maximum)": "Maximum of the plan",
        "(gross)": "Gross benefit",
        "(days)": count("Days for which it is due"),
        "(of days)": count("Days of a week or month, as the plan counts them"),
        "(gross of the days)": "Gross benefit of these days",
        "(offsets)": "Other benefits that the plan takes off",
        "(net)": "Gross benefit less them",
        "(minimum)": "Least benefit",
        "(before work)": "Benefit of who does not work",
        "(work earnings)": "Earnings from work while disabled",
        "(of earnings)": "Pre-disability earnings of these days",
        "(above earnings)": "Gross benefit and work earnings above pre-disability earnings",
        "(lost)": "Pre-disability earnings that are lost",
        "(due)": "Benefit",
        "(taken off)": "What the offsets and work have taken off the gross benefit",
    },
)

OVERPAYMENT = Form(
    "Disability benefits paid and due",
    result="(overpaid)",
    lines={
        "(payments)": count("Payments"),
        "(paid)": "What was paid",
        "(due)": "What was due, with what has become known since",
        "(overpaid)": "What was paid too much",
        "(underpaid)": "What was paid too little",
    },
)

COST_OF_LIVING = Form(
    "Cost-of-living adjustment of a disability benefit",
    result="(benefit)",
    lines={
        "(benefit before)": "Benefit before the anniversary",
        "(index)": rate_line("Change of the index"),
        "(percent)": rate_line("Percentage that counts: no more than the rider's"),
        "(of)": "What it is taken of: the benefit before, or the first one",
        "(increase)": "Increase",
        "(benefit)": "Benefit from the anniversary on",
    },
)


@frozen
class Due:
    """What a benefit is due for, in cents: all of a week or month if `days` is None."""

    offsets: Cents = 0
    days: int | None = None
    work_earnings: Cents | None = None
    work_months: int = 0


def benefit(
    plan: DisabilityPlan,
    pay: Dollars,
    pay_frequency: str = "annual",
    *,
    offsets: Mapping[str, Dollars] | None = None,
    work: Work | None = None,
    days: int | None = None,
    rulebook: Rulebook | None = None,
) -> Worksheet:
    """The benefit of a week or month, or of `days` of it; amounts in dollars, lines in cents.

    `pay` are pre-disability earnings by their frequency, as of the day before the disability.
    `offsets` are other benefits for the same week, month or days, by name. Raises `InvalidRequest`
    with all that is wrong.
    """
    faults = Faults()
    terms = read_plan(plan, faults, rulebook)
    earned = earnings_of_period(plan, pay, pay_frequency, faults)
    others = sum(faults.amounts("offsets", offsets or {}).values())
    due = Due(others, days)
    if days is not None and not 0 <= days <= terms.days:
        faults.add("days", f"{days} is not a number from 0 to {terms.days}")
    if work is not None:
        due = Due(others, days, faults.cents("work.earnings", work.earnings), work.months)
        if work.months < 0:
            faults.add("work.months", f"{work.months} is below zero")
    if faults.found:
        raise InvalidRequest(faults.found)
    return benefit_due(plan, terms, earned, due)


def benefit_due(plan: DisabilityPlan, terms: Terms, earnings: Cents, due: Due) -> Worksheet:
    """The benefit from a plan that was read and earnings of its week or month, in cents."""
    line = Worksheet(BENEFIT, terms.table)
    line["(earnings)"] = line["(of earnings)"] = earnings
    line["(percent)"] = terms.percent
    line["(share)"] = to_cents(share(line["(earnings)"], line["(percent)"]))
    line["(maximum)"] = terms.maximum
    line["(gross)"] = gross = at_most(line["(share)"], line["(maximum)"])
    minimum = at_least(terms.minimum, to_cents(share(gross, terms.minimum_percent)))
    if due.days is not None:
        line["(days)"], line["(of days)"] = due.days, terms.days
        gross, minimum, line["(of earnings)"] = (
            to_cents(unrounded(amount * due.days), divided_by=terms.days)
            for amount in (gross, minimum, earnings)
        )
        line["(gross of the days)"] = gross
    line["(offsets)"] = due.offsets
    line["(net)"] = at_least_zero(gross - line["(offsets)"])
    line["(minimum)"] = at_most(minimum, gross)
    line["(before work)"] = line["(due)"] = at_least(line["(net)"], line["(minimum)"])
    if due.work_earnings is not None:
        line["(work earnings)"] = due.work_earnings
        _while_working(line, gross, in_incentive=due.work_months < plan.work_incentive_months)
        loss_needed = share(line["(of earnings)"], terms.least_loss)
        if unrounded(line["(lost)"]) < loss_needed:
            line["(due)"] = 0
    line["(taken off)"] = gross - line["(due)"]
    return line


def _while_working(line: Worksheet, gross: Cents, *, in_incentive: bool) -> None:
    """Fills in the lines of work while disabled."""
    line["(lost)"] = at_least_zero(line["(of earnings)"] - line["(work earnings)"])
    if in_incentive:
        together = gross + line["(work earnings)"]
        line["(above earnings)"] = at_least_zero(together - line["(of earnings)"])
        line["(due)"] = at_least_zero(line["(before work)"] - line["(above earnings)"])
        return
    lost = unrounded(line["(before work)"] * line["(lost)"])
    line["(due)"] = to_cents(lost, divided_by=line["(of earnings)"]) if lost else 0


def overpayment(
    paid: Sequence[Dollars], due: Sequence[Dollars], rulebook: Rulebook | None = None
) -> Worksheet:
    """What was paid too much, or too little, once an award is known that reaches back.

    One amount for each payment, in dollars. Raises `InvalidRequest` with all that is wrong.

    >>> overpayment(["1200"] * 24, ["300"] * 24).result
    2160000
    """
    faults = Faults()
    if len(paid) != len(due):
        faults.add("due", f"{len(due)} are given, and {len(paid)} were paid")
    of_paid, of_due = (
        [faults.cents(f"{name}[{n}]", amount) for n, amount in enumerate(amounts)]
        for name, amounts in (("paid", paid), ("due", due))
    )
    if faults.found:
        raise InvalidRequest(faults.found)
    line = Worksheet(OVERPAYMENT, contract(rulebook))
    line["(payments)"] = len(of_paid)
    line["(paid)"], line["(due)"] = sum(of_paid), sum(of_due)
    line["(overpaid)"] = at_least_zero(line["(paid)"] - line["(due)"])
    line["(underpaid)"] = at_least_zero(line["(due)"] - line["(paid)"])
    return line


def cost_of_living(
    amount: Dollars,
    index: Sequence[Number],
    *,
    at_most_percent: Number = 100,
    compound: bool = True,
    rulebook: Rulebook | None = None,
) -> Iterator[Worksheet]:
    """The benefit from each anniversary on, with a rider for the cost of living.

    `index` are the changes of the rider's index in percent, one for each anniversary: 0 for a year
    in which it falls. The increase is taken of the benefit before it, or of the first one if the
    rider does not `compound`. Raises `InvalidRequest` with all that is wrong.

    >>> [sheet.result for sheet in cost_of_living("2000", ["2.5", "4"], at_most_percent=3)]
    [205000, 211150]
    """
    faults = Faults()
    first = faults.cents("amount", amount)
    most = faults.attempt("at_most_percent", percent, at_most_percent) or 0
    changes = [
        faults.attempt(f"index[{n}]", percent, change) or 0 for n, change in enumerate(index)
    ]
    if faults.found:
        raise InvalidRequest(faults.found)
    return _adjusted(first, changes, most, contract(rulebook), compound=compound)


def _adjusted(
    first: Cents, changes: Sequence[Rate], most: Rate, table: Table[Figures], *, compound: bool
) -> Iterator[Worksheet]:
    before = first
    for change in changes:
        line = Worksheet(COST_OF_LIVING, table)
        line["(benefit before)"] = before
        line["(index)"] = change
        line["(percent)"] = at_most(line["(index)"], most)
        line["(of)"] = line["(benefit before)"] if compound else first
        line["(increase)"] = to_cents(share(line["(of)"], line["(percent)"]))
        line["(benefit)"] = before = line["(benefit before)"] + line["(increase)"]
        yield line
