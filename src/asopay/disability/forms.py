"""The figures of Forms W-2 and 8922 for the sick pay of a year.

Publication 15-A, section 6; Notice 2015-6; Form 8922, Third-Party Sick Pay Recap
(https://www.irs.gov/pub/irs-pdf/f8922.pdf). Each payment is a paycheck of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from attrs import fields, frozen

from asopay.earnings.sick_pay import SICK_PAY
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import Cents, as_text, dollars
from asopay.paycheck import Paycheck
from asopay.worksheet import Worksheet


@frozen
class SickPayOfYear:
    """The sick pay of a year in cents, of one employee or of all: what forms ask for."""

    taxable: Cents = 0
    not_taxable: Cents = 0
    income_tax: Cents = 0
    social_security_wages: Cents = 0
    social_security: Cents = 0
    medicare_wages: Cents = 0
    medicare: Cents = 0
    futa_wages: Cents = 0

    def __add__(self, other: SickPayOfYear) -> SickPayOfYear:
        """Both together."""
        names = [member.name for member in fields(SickPayOfYear)]
        return SickPayOfYear(*(getattr(self, name) + getattr(other, name) for name in names))

    @property
    def form_8922(self) -> dict[str, Decimal]:
        """Dollars by the boxes of Form 8922."""
        boxes = (
            self.taxable,
            self.income_tax,
            self.social_security_wages,
            self.social_security,
            self.medicare_wages,
            self.medicare,
        )
        return {str(number): dollars(amount) for number, amount in enumerate(boxes, 1)}

    @property
    def form_w2(self) -> dict[str, Decimal]:
        """Dollars by the boxes of one employee's Form W-2, box 12 with its code.

        The box of third-party sick pay in box 13 is checked where a third party paid it.
        """
        return {**self.form_8922, "12J": dollars(self.not_taxable)}


def sick_pay_of_year(paychecks: Sequence[Paycheck]) -> SickPayOfYear:
    """The figures of a year from its payments of sick pay, each a paycheck of its own.

    Raises `InvalidRequest` if a paycheck holds other pay as well, or is of another year.

    >>> from datetime import date
    >>> from asopay import Earning, Employee, PaycheckRequest, gross_to_net
    >>> benefit = Earning(
    ...     "sick_pay", amount="2000", last_day_worked=date(2026, 3, 6), taxable_percent=70
    ... )
    >>> request = PaycheckRequest(date(2026, 3, 31), "monthly", Employee(["US-TX"]), [benefit])
    >>> found = sick_pay_of_year([gross_to_net(request)])
    >>> print(found.form_w2["1"], found.form_w2["4"], found.form_w2["12J"])
    1400.00 86.80 600.00
    """
    faults = Faults()
    total = SickPayOfYear()
    for number, paycheck in enumerate(paychecks):
        path = f"paychecks[{number}]"
        if paycheck.pay_date.year != paychecks[0].pay_date.year:
            faults.add(path, f"{paycheck.pay_date} is not in {paychecks[0].pay_date.year}")
        sheets = list(_sick_pay(paycheck))
        others = paycheck.gross_cents - sum(sheet["(sick pay)"] for sheet in sheets)
        if others or paycheck.imputed_cents:
            more = as_text(others + paycheck.imputed_cents)
            faults.add(path, f"it holds {more} that is not sick pay: pay that apart")
        total += _of_paycheck(paycheck, sheets)
    if faults.found:
        raise InvalidRequest(faults.found)
    return total


def _sick_pay(paycheck: Paycheck) -> Iterator[Worksheet]:
    for sheet in paycheck.worksheets.values():
        if sheet.form is SICK_PAY:
            yield sheet


def _of_paycheck(paycheck: Paycheck, sheets: Sequence[Worksheet]) -> SickPayOfYear:
    employee = {tax.id: tax for tax in paycheck.taxes if tax.payer == "employee"}

    def withheld(*taxes: str) -> Cents:
        return sum(employee[tax].amount_cents for tax in taxes if tax in employee)

    def wages(tax: str, payer: str = "employee") -> Cents:
        found = (t.wages_cents for t in paycheck.taxes if (t.id, t.payer) == (tax, payer))
        return next(found, 0)

    return SickPayOfYear(
        taxable=sum(sheet["(taxable)"] for sheet in sheets),
        not_taxable=sum(sheet["(not taxable)"] for sheet in sheets),
        income_tax=withheld("US/income_tax", "US/supplemental_income_tax"),
        social_security_wages=wages("US/social_security"),
        social_security=withheld("US/social_security"),
        medicare_wages=wages("US/medicare"),
        medicare=withheld("US/medicare", "US/additional_medicare"),
        futa_wages=wages("US/unemployment", "employer"),
    )
