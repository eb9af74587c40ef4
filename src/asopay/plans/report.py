"""The settlement of a plan year as text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from asopay.errors import Fault, InvalidRequest, one_of
from asopay.money import Cents, dollars
from asopay.plans.documents import Settled
from asopay.plans.enrolment import employees_by_month
from asopay.plans.months import last_day
from asopay.plans.outlook import most_of_the_year
from asopay.statements import explanation
from asopay.worksheet import Calculation

WIDTH = 72
AMOUNT = 16
COLUMNS = ("Opening", "Paid in", "Returned", "Claims", "Fixed costs", "Closing")


def settlement_report(settled: Settled) -> str:
    """The settlement as text: the fund, the claims, stop-loss, what is left, and the next year."""
    return "\n".join(_report(settled)) + "\n"


def why(name: str, settled: Settled) -> str:
    """The worksheet with the name as text, or that of the claim with the id.

    Raises `InvalidRequest` if the settlement has no such worksheet.
    """
    worksheets = settled.worksheets
    if name not in worksheets:
        year = settled.settlement
        claims = {each.claim for each in (*year.adjudicated, *year.reversed)}
        known = one_of(each for each in worksheets if each not in claims)
        message = f"{name!r} is no worksheet of this settlement: there is {known}, and each claim"
        raise InvalidRequest([Fault("--why", message)])
    return explanation(worksheets[name])


def _report(settled: Settled) -> Iterator[str]:
    year = settled.settlement
    plan = year.plan
    yield plan.name
    yield f"Plan year {plan.start} to {last_day(plan.start)}"
    yield ""
    employees = employees_by_month(year.enrolment)
    yield f"Employees covered: {employees[0]} in the first month, {employees[-1]} in the last"
    yield f"Claims adjudicated: {len(year.adjudicated)}, payments: {len(year.payments)}"
    yield ""
    yield from _fund(settled)
    yield from _section(year.settlement)
    if year.shared:
        yield "Stop-loss, run-out included"
        yield _line("Specific reimbursements", year.specific)
        yield _line("Aggregate reimbursement", year.aggregate.result if year.aggregate else 0)
        most = most_of_the_year(year)
        if most:
            yield _line("Most that the year could have cost", most.maximum)
        yield ""
    yield from _section(year.run_out)
    yield from _next_year(settled)
    yield from _comparison(settled)


def _fund(settled: Settled) -> Iterator[str]:
    yield "Fund by month"
    yield f"{'':9}" + "".join(f"{column:>14}" for column in COLUMNS)
    for month in settled.settlement.months:
        amounts = (
            month.opening,
            month.contributions,
            month.reimbursements + month.income,
            -month.claims,
            -(month.administration + month.stop_loss + month.fixed),
            month.closing,
        )
        yield f"  {month.month:%Y-%m}" + "".join(f"{_money(amount):>14}" for amount in amounts)
    yield ""


def _section(worksheet: Calculation) -> Iterator[str]:
    """The lines of a worksheet of amounts, those of nothing left out."""
    yield worksheet.title
    labels = worksheet.form.lines
    yield from (_line(labels[label].meaning, worksheet[label]) for label in _shown(worksheet))
    yield ""


def _shown(worksheet: Calculation) -> Iterable[str]:
    return (label for label, amount in worksheet.items() if amount)


def _next_year(settled: Settled) -> Iterator[str]:
    ahead = settled.next_year
    if ahead is None:
        return
    yield "Next year"
    yield _line("Expected claims", ahead.expected.result)
    yield _line("Expected claims by employee and month", ahead.expected["(expected cost)"])
    yield _line("Cost with margin by employee and month", ahead.cost.result)
    for tier, rate in ahead.rates.items():
        yield _line(f"Monthly rate of {tier}", rate)
    yield ""


def _comparison(settled: Settled) -> Iterator[str]:
    costs = settled.comparison
    ways = (("Level-funded", costs.level_funded), ("Fully insured", costs.insured))
    if not any(cost is not None for _, cost in ways):
        return
    yield "The same year otherwise"
    yield _line("Self-funded, unpaid claims included", costs.self_funded)
    yield from (_line(way, cost) for way, cost in ways if cost is not None)
    yield ""


def _line(text: str, amount: Cents) -> str:
    return f"  {text:<{WIDTH - AMOUNT - 2}}{_money(amount):>{AMOUNT}}"


def _money(amount: Cents) -> str:
    return f"{dollars(amount):,.2f}"
