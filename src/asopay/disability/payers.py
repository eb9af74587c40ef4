"""Who pays a premium, before or after tax, and what that makes of it in a paycheck.

An employer may include the premium that it pays in the employee's income, so that the benefit is
not taxed: a gross-up or imputed premium (26 U.S.C. 104(a)(3) and 105(a)).

>>> all_imputed = split_premium("25.00", PremiumTerms(imputed=True))
>>> print(all_imputed.deduction, all_imputed.earning.kind, all_imputed.earning.amount)
None disability_premium 25.00
>>> shared = split_premium("31.25", PremiumTerms(employer_percent=60, before_tax=True))
>>> shared.deduction.kind, str(shared.deduction.amount), str(shared.deduction.employer_amount)
('section_125_disability', '12.50', '18.75')
"""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import ONE, Cents, dollars, percent, share, to_cents
from asopay.paycheck import Deduction, Dollars, Earning


@frozen
class PremiumTerms:
    """The employer's percentage of a premium, and how both parts are taxed.

    `before_tax` says that the employee's part goes through a cafeteria plan, `imputed` that the
    employer's part is included in the employee's income.
    """

    employer_percent: Decimal | int | str = 100
    before_tax: bool = False
    imputed: bool = False


@frozen
class SplitPremium:
    """The parts of a premium in cents, which add up to it."""

    employer_cents: Cents
    employee_cents: Cents
    before_tax: bool
    imputed: bool

    @property
    def deduction(self) -> Deduction | None:
        """The deduction from the paycheck, with what the employer adds; None without one."""
        if not self.employee_cents:
            return None
        kind = "section_125_disability" if self.before_tax else "disability"
        employer = 0 if self.imputed else dollars(self.employer_cents)
        return Deduction(kind, amount=dollars(self.employee_cents), employer_amount=employer)

    @property
    def earning(self) -> Earning | None:
        """The employer's part as income that is not paid out, if it is imputed."""
        if not self.imputed:
            return None
        return Earning("disability_premium", amount=dollars(self.employer_cents))

    @property
    def taxed_benefit_cents(self) -> Cents:
        """The part of the premium that buys a taxed benefit: not taxed itself."""
        of_employer = 0 if self.imputed else self.employer_cents
        return of_employer + (self.employee_cents if self.before_tax else 0)


def split_premium(premium: Dollars, terms: PremiumTerms) -> SplitPremium:
    """The parts of a premium in dollars, for a paycheck or any other time.

    The employee's part is rounded to the cent. Raises `InvalidRequest` with all that is wrong, also
    where the terms contradict each other: a part that is taxed in a way and that nobody pays.

    >>> split_premium("25.00", PremiumTerms(employer_percent=0, imputed=True))
    Traceback (most recent call last):
    asopay.errors.InvalidRequest: imputed: the employer pays nothing that could be income
    """
    faults = Faults()
    whole = faults.cents("premium", premium)
    of_employer = faults.attempt("employer_percent", percent, terms.employer_percent)
    if of_employer == 0 and terms.imputed:
        faults.add("imputed", "the employer pays nothing that could be income")
    if of_employer == ONE and terms.before_tax:
        faults.add("before_tax", "the employee pays nothing that could be paid before tax")
    if faults.found:
        raise InvalidRequest(faults.found)
    employee = to_cents(share(whole, ONE - (of_employer or 0)))
    return SplitPremium(whole - employee, employee, terms.before_tax, terms.imputed)
