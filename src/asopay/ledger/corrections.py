"""Corrections: the past computed again with the past's law, and what follows for today.

Wages are taxed by the law of the day on which they are paid, whenever they were earned. So what a
raise with effect from an earlier day is worth is found with the tables of that day, and taxed with
those of the paycheck that pays it: 26 CFR 31.3402(a)-1 and 31.3121(a)-2.

- Publication 15, section 13, "Wage repayments": https://www.irs.gov/pub/irs-pdf/p15.pdf
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import field, frozen

from asopay.errors import Fault, InvalidRequest
from asopay.gross_to_net import gross_to_net
from asopay.ledger.entries import period_text
from asopay.money import Cents, as_text, dollars
from asopay.paycheck import Earning, Paycheck, PaycheckRequest, WorkedPeriod
from asopay.rulebook import Rulebook

SOCIAL_INSURANCE = ("US/social_security", "US/medicare")
"""The taxes that an employer can claim back for wages of an earlier year that were repaid."""


@frozen
class Difference:
    """A paycheck as it was and as it should have been, both by the tables of its own day."""

    original: Paycheck
    corrected: Paycheck
    taxes: dict[tuple[str, str], Cents] = field(init=False)

    @taxes.default
    def _by_tax(self) -> dict[tuple[str, str], Cents]:
        before, after = _amounts(self.original), _amounts(self.corrected)
        ids = dict.fromkeys((*before, *after))
        differences = {tax: after.get(tax, 0) - before.get(tax, 0) for tax in ids}
        return {tax: amount for tax, amount in differences.items() if amount}

    @property
    def gross_cents(self) -> Cents:
        """By how much gross pay should have been higher."""
        return self.corrected.gross_cents - self.original.gross_cents

    @property
    def net_cents(self) -> Cents:
        """By how much net pay should have been higher."""
        return self.corrected.net_cents - self.original.net_cents


def _amounts(paycheck: Paycheck) -> dict[tuple[str, str], Cents]:
    return {(tax.id, tax.payer): tax.amount_cents for tax in paycheck.taxes}


def recompute(
    original: PaycheckRequest, corrected: PaycheckRequest, rulebook: Rulebook | None = None
) -> Difference:
    """What a paycheck should have been, such as with a certificate or an address of back then.

    `taxes` of the answer are cents by tax id and payer, positive where too little was withheld.
    Both requests are for the same employee and pay date. Raises `InvalidRequest`.
    """
    faults = [
        Fault(path, f"{after} is not that of the original, {before}")
        for path, before, after in (
            ("pay_date", original.pay_date, corrected.pay_date),
            ("employee.id", original.employee.id, corrected.employee.id),
        )
        if before != after
    ]
    if faults:
        raise InvalidRequest(faults)
    return Difference(gross_to_net(original, rulebook), gross_to_net(corrected, rulebook))


@frozen
class RetroPay:
    """Pay of an earlier period that is paid now, as an `earning` of the next request."""

    earned: WorkedPeriod
    cents: Cents

    @property
    def earning(self) -> Earning:
        """The amount as an earning: back pay, which is supplemental wages."""
        return Earning("back_pay", amount=dollars(self.cents))

    @property
    def earned_before(self) -> dict[str, Cents]:
        """The amount by the period in which it was earned, for the entry of the paycheck."""
        return {period_text(self.earned): self.cents}


def retro_pay(
    original: PaycheckRequest, corrected: PaycheckRequest, rulebook: Rulebook | None = None
) -> RetroPay:
    """What is still due for a past period whose pay should have been higher.

    Raises `InvalidRequest`, also if the pay should have been lower: that is an `overpayment`.
    """
    difference = recompute(original, corrected, rulebook)
    if difference.gross_cents <= 0:
        message = f"gross pay should not have been higher, but by {as_text(difference.gross_cents)}"
        raise InvalidRequest([Fault("earnings", message)])
    day = original.pay_date
    period = original.pay_period or WorkedPeriod(day, day)
    return RetroPay(period, difference.gross_cents)


@frozen
class Overpayment:
    """What was paid too much, what of it comes back, and the taxes that follow it; in cents.

    `to_repay_cents` is what the employee owes the employer. `taxes_back` are those that the
    employer claims back or takes from its next deposit, by tax id and payer.
    """

    gross_cents: Cents
    to_repay_cents: Cents
    taxes_back: dict[tuple[str, str], Cents]
    same_year: bool

    @property
    def to_repay(self) -> Decimal:
        """Dollars that the employee owes the employer."""
        return dollars(self.to_repay_cents)


def overpayment(
    original: PaycheckRequest,
    corrected: PaycheckRequest,
    repaid_on: date,
    rulebook: Rulebook | None = None,
) -> Overpayment:
    """The repayment of wages that were paid by mistake.

    In the same calendar year the employee repays the net amount and the employer corrects the
    taxes: void the entry and pay the corrected request. In a later year the wages were income of
    the year in which they were paid: the employee repays the gross amount, less the employee's
    Social Security and Medicare once the employer claims them back; income tax and Additional
    Medicare Tax stay as they were withheld. Raises `InvalidRequest`, also if nothing was overpaid.
    """
    difference = recompute(original, corrected, rulebook)
    overpaid = -difference.gross_cents
    if overpaid <= 0:
        message = f"gross pay should have been higher by {as_text(-overpaid)}: it is retro pay"
        raise InvalidRequest([Fault("earnings", message)])
    if repaid_on < original.pay_date:
        message = f"{repaid_on} is before the day of the payment, {original.pay_date}"
        raise InvalidRequest([Fault("repaid_on", message)])
    back = {tax: -amount for tax, amount in difference.taxes.items()}
    if repaid_on.year == original.pay_date.year:
        return Overpayment(overpaid, -difference.net_cents, back, same_year=True)
    insurance = {tax: amount for tax, amount in back.items() if tax[0] in SOCIAL_INSURANCE}
    of_employee = sum(amount for (_, payer), amount in insurance.items() if payer == "employee")
    return Overpayment(overpaid, overpaid - of_employee, insurance, same_year=False)
