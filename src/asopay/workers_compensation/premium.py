"""The premium of a workers' compensation policy: payroll by class, modified, discounted, bounded.

The steps are those of the manuals of the rating bureaus, in their usual order; rates, discounts,
constants and assessments are those of the policy. Premiums are whole dollars, 50 cents up.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import frozen

from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import (
    Cents,
    Rate,
    at_least,
    at_least_zero,
    at_most,
    cents,
    rate,
    share,
    to_cents,
    to_dollars,
)
from asopay.paycheck import Dollars
from asopay.worksheet import Calculation, Form, rate_line

Number = Decimal | int | str


@frozen
class ClassPayroll:
    """The payroll of a class code in dollars, and its rate in dollars for each 100 of payroll."""

    code: str
    payroll: Dollars
    rate: Number


@frozen
class DiscountBand:
    """The discount on the part of the standard premium above `over` dollars, to the next band."""

    over: Dollars
    rate: Number


@frozen
class PolicyTerms:
    """What the policy says besides the rates of its classes; amounts in dollars.

    Factors are multiplied: the experience modification, then the schedule rating. Terrorism and
    catastrophe are rates for each 100 of payroll, `assessments` a share of the premium.
    """

    experience_modification: Number = 1
    schedule_rating: Number = 1
    discounts: Sequence[DiscountBand] = ()
    expense_constant: Dollars = 0
    minimum_premium: Dollars = 0
    terrorism_rate: Number = 0
    catastrophe_rate: Number = 0
    assessments: Number = 0


PREMIUM = Form(
    "Workers' compensation premium",
    result="(premium)",
    lines={
        "(payroll)": "Payroll of all classes",
        "(manual)": "Manual premium: each class's payroll by its rate for each 100",
        "(modification)": rate_line("Experience modification"),
        "(modified)": "Modified premium",
        "(schedule)": rate_line("Schedule rating"),
        "(standard)": "Standard premium",
        "(discount)": "Premium discount",
        "(constant)": "Expense constant",
        "(terrorism)": "Terrorism and catastrophe, for each 100 of payroll",
        "(before assessments)": "Premium, not below the minimum",
        "(assessments)": "State assessments",
        "(premium)": "Premium of the policy",
    },
)


def policy_premium(
    classes: Sequence[ClassPayroll], terms: PolicyTerms | None = None
) -> Calculation:
    """The premium of a policy in cents, with its lines.

    Raises `InvalidRequest` with all that is wrong with the classes and the terms.

    >>> policy_premium([ClassPayroll("5606", "50000", "4.50")]).result
    225000
    """
    faults = Faults()
    terms = terms or PolicyTerms()
    factors = _factors(terms, faults)
    constant = faults.cents("expense_constant", terms.expense_constant)
    minimum = faults.cents("minimum_premium", terms.minimum_premium)
    bands = _bands(terms.discounts, faults)
    line = Calculation(PREMIUM)
    line["(payroll)"] = manual = 0
    for number, each in enumerate(classes):
        path = f"classes[{number}]"
        payroll = faults.cents(f"{path}.payroll", each.payroll)
        per_100 = _positive(f"{path}.rate", each.rate, faults)
        line["(payroll)"] += payroll
        manual += to_dollars(share(payroll, per_100), divided_by=100)
    if faults.found:
        raise InvalidRequest(faults.found)
    line["(manual)"] = manual
    line["(modification)"] = factors["experience_modification"]
    line["(modified)"] = to_dollars(share(line["(manual)"], line["(modification)"]))
    line["(schedule)"] = factors["schedule_rating"]
    line["(standard)"] = to_dollars(share(line["(modified)"], line["(schedule)"]))
    line["(discount)"] = _discount(line["(standard)"], bands)
    line["(constant)"] = constant
    per_100 = factors["terrorism_rate"] + factors["catastrophe_rate"]
    line["(terrorism)"] = to_dollars(share(line["(payroll)"], per_100), divided_by=100)
    total = line["(standard)"] - line["(discount)"] + line["(constant)"] + line["(terrorism)"]
    line["(before assessments)"] = at_least(total, minimum)
    assessed = share(line["(before assessments)"], factors["assessments"])
    line["(assessments)"] = to_dollars(assessed)
    line["(premium)"] = line["(before assessments)"] + line["(assessments)"]
    return line


def _factors(terms: PolicyTerms, faults: Faults) -> dict[str, Rate]:
    names = ("experience_modification", "schedule_rating", "terrorism_rate", "catastrophe_rate")
    return {name: _positive(name, getattr(terms, name), faults) for name in (*names, "assessments")}


def _positive(path: str, value: Number, faults: Faults) -> Rate:
    found = faults.attempt(path, rate, value) or 0
    if found < 0:
        faults.add(path, f"{value} is below zero")
    return found


def _bands(bands: Sequence[DiscountBand], faults: Faults) -> list[tuple[Cents, Rate]]:
    found = [
        (
            faults.cents(f"discounts[{number}].over", band.over),
            _positive(f"discounts[{number}].rate", band.rate, faults),
        )
        for number, band in enumerate(bands)
    ]
    overs = [over for over, _ in found]
    if overs != sorted(set(overs)):
        faults.add("discounts", "they are not in ascending order of over")
    return found


def _discount(standard: Cents, bands: Sequence[tuple[Cents, Rate]]) -> Cents:
    """The discount on each part of the standard premium, together rounded to the dollar."""
    total = 0
    ends = [over for over, _ in bands[1:]]
    for number, (over, of_band) in enumerate(bands):
        upto = at_most(standard, ends[number]) if number < len(ends) else standard
        total += share(at_least_zero(upto - over), of_band)
    return to_dollars(total)


def hourly_premium(hours: Dollars, per_hour: Number) -> Cents:
    """The premium of a class that is insured by the hour, as Washington's, in cents.

    Hours have at most two decimals, the rate is in dollars an hour. Rounded once, half a cent up.

    >>> hourly_premium("160", "0.6035")
    9656
    """
    return to_cents(share(cents(hours), rate(per_hour)))
