"""What the employer's accounts, plans and payroll decide about contributions, read from a request.

Rates that an agency assigns to each employer stand on its notice; plans of the employer's own take
the place of a state's programme; some taxes go by the employer's payroll.
"""

from __future__ import annotations

from typing import Any

from attrs import define, field

from asopay.errors import one_of
from asopay.faults import Faults
from asopay.in_force import InForce, TaxInForce
from asopay.jurisdictions import JURISDICTIONS, name
from asopay.money import ONE, Cents, Rate, rate
from asopay.parties import UnemploymentAccount
from asopay.paycheck import PaycheckRequest

RATE_NOTICE = "the rate stands on the rate notice of the state's unemployment agency"


@define
class EmployerTerms:
    """The employer's own terms, by tax id; amounts in whole cents.

    `new_employer` are taxes at the rate of new employers, `reimbursing` those in whose place the
    employer reimburses the fund, and `wage_bases` those of the notice. `plans` are the employer's
    private plans, with what the employee pays, `payroll` is that of the tax's own period, and
    `payroll_last_year` that of the year before.
    `hour_rates` are what employee and employer owe for an hour, in hundred-millionths of a dollar.
    """

    rates: dict[str, Rate] = field(factory=dict)
    new_employer: set[str] = field(factory=set)
    reimbursing: set[str] = field(factory=set)
    wage_bases: dict[str, Cents] = field(factory=dict)
    plans: dict[str, Rate] = field(factory=dict)
    payroll: dict[str, Cents] = field(factory=dict)
    payroll_last_year: dict[str, Cents] = field(factory=dict)
    hour_rates: dict[str, tuple[Rate, Rate]] = field(factory=dict)
    employee_count: int | None = None


def read_terms(
    request: PaycheckRequest, in_force: InForce, insured_in: str, faults: Faults
) -> EmployerTerms:
    """The employer's terms; accounts of other states are checked, and not used."""
    return _Reader(request, in_force, faults).terms(insured_in)


class _Reader:
    def __init__(self, request: PaycheckRequest, in_force: InForce, faults: Faults) -> None:
        self.employer = request.employer
        self.taxes = in_force.taxes
        self.faults = faults
        self.terms_ = EmployerTerms(employee_count=request.employer.employee_count)

    def terms(self, insured_in: str) -> EmployerTerms:
        for state, account in self.employer.unemployment.items():
            self.account(state, account, insured_in)
        for tax, assigned in self.employer.assigned_rates.items():
            path = f"employer.assigned_rates.{tax}"
            if self.known(path, tax, "needs_own_rate", "the employer has no rate of its own"):
                self.terms_.rates[tax] = self.own_rate(path, assigned)
        for tax, plan in self.employer.private_plans.items():
            path = f"employer.private_plans.{tax}"
            if self.known(path, tax, "private_plan", "no private plan takes its place"):
                self.terms_.plans[tax] = self.own_rate(f"{path}.employee_rate", plan.employee_rate)
        for tax, hour in self.employer.hourly_rates.items():
            path = f"employer.hourly_rates.{tax}"
            if self.known(path, tax, "by_the_hour", "it does not go by hours at an own rate"):
                self.terms_.hour_rates[tax] = (
                    self.dollars_an_hour(f"{path}.employee", hour.employee),
                    self.dollars_an_hour(f"{path}.employer", hour.employer),
                )
        for part in ("payroll", "payroll_last_year"):
            amounts = self.faults.amounts(f"employer.{part}", getattr(self.employer, part))
            setattr(self.terms_, part, amounts)
        return self.terms_

    def account(self, state: str, account: UnemploymentAccount, insured_in: str) -> None:
        path, tax = f"employer.unemployment.{state}", f"{state}/unemployment"
        terms = self.terms_
        if state not in JURISDICTIONS:
            self.faults.add(path, 'that is not a state such as "US-CA"')
            return
        self.check_one_way(path, account)
        if account.rate is not None:
            assigned = self.own_rate(f"{path}.rate", account.rate)
            terms.rates[tax] = assigned
        if account.wage_base is not None:
            base = self.faults.cents(f"{path}.wage_base", account.wage_base)
            terms.wage_bases[tax] = base
        if account.new_employer:
            terms.new_employer.add(tax)
            self.check_new_employer(path, state, insured_in)
        if account.reimbursing:
            terms.reimbursing.add(tax)

    def check_one_way(self, path: str, account: UnemploymentAccount) -> None:
        given = [account.rate is not None, account.new_employer, account.reimbursing]
        if sum(given) != 1:
            ways = "a rate, new_employer or reimbursing"
            message = f"{ways}: one is needed, {sum(given) or 'none'} given"
            if not sum(given):
                message += f"; {RATE_NOTICE}"
            self.faults.add(path, message)

    def check_new_employer(self, path: str, state: str, insured_in: str) -> None:
        tax = self.taxes.get(f"{state}/unemployment")
        if state == insured_in and tax and tax.rule.figures.new_employer is None:
            message = f"the rate of new employers in {name(state)} is not in the tables"
            self.faults.add(f"{path}.new_employer", f"{message}: {RATE_NOTICE}, state that one")

    def known(self, path: str, tax: str, ability: str, otherwise: str) -> bool:
        """Whether the tax can have such terms; one that is not of this paycheck is left alone."""
        found = self.taxes.get(tax)
        if found is None:
            return False
        if not getattr(found, ability):
            able = [t.id for t in self.taxes.values() if getattr(t, ability)]
            have = f"of the taxes of this paycheck, {one_of(able)} can have it" if able else ""
            self.faults.add(path, "; ".join(part for part in (otherwise, have) if part))
            return False
        return True

    def own_rate(self, path: str, value: Any) -> Rate:
        return self.faults.attempt(path, _share, value) or 0

    def dollars_an_hour(self, path: str, value: Any) -> Rate:
        return self.faults.attempt(path, _not_negative, value) or 0


def _share(value: Any) -> Rate:
    own = rate(value)
    if not 0 <= own <= ONE:
        raise ValueError(f"{value} is not a rate from 0 to 1, such as 0.034")
    return own


def _not_negative(value: Any) -> Rate:
    own = rate(value)
    if own < 0:
        raise ValueError(f"{value} is below zero")
    return own


def payroll_of_all_places(tax: TaxInForce, terms: EmployerTerms) -> Cents:
    """The payroll of all the places of the state that levy the tax, in cents."""
    places = (key for key in terms.payroll if key.startswith(f"{tax.state}-"))
    return sum(terms.payroll[key] for key in places if key.endswith(f"/{tax.name}"))
