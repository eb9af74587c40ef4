"""The shares of a payroll tax: what employee and employer each owe of it for one paycheck."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen

from asopay.case import Case
from asopay.contributions.contribution import Contribution
from asopay.contributions.private_plan import pay_to_the_plan
from asopay.employer_terms import payroll_of_all_places
from asopay.errors import Fault, InvalidRequest, NotStated, TableError
from asopay.in_force import TaxInForce
from asopay.money import Cents
from asopay.worksheet import Worksheet

UNEMPLOYMENT = "unemployment"


@frozen
class Share:
    """What one payer owes, by the worksheet.

    Where a plan of the employer's own takes the place of a programme, `of_the_programme` is what
    the programme itself would ask for. `missing` says what would have to be stated instead.
    """

    payer: str
    worksheet: Worksheet | None = None
    of_the_programme: Worksheet | None = None
    missing: str = ""


def shares(
    tax: TaxInForce, wages: Cents, hours: int | None, case: Case, method: Callable[..., Worksheet]
) -> Iterator[Share]:
    """The share of each payer who owes one; `hours` of work are in ten-thousandths."""
    terms = case.terms
    due = _due(tax, wages, hours, case)
    in_a_plan = tax.id in terms.plans
    for payer in tax.payers:
        if payer == "employer" and (in_a_plan or tax.id in terms.reimbursing):
            continue
        paid = case.before.taxes if payer == "employee" else case.before.employer_taxes
        due.payer, due.taken_before = payer, _taken_before(tax, paid)
        try:
            worksheet = method(due, tax.rule.table)
        except NotStated as missing:
            yield Share(payer, missing=f"{missing}{_where_to_state(tax)}")
            continue
        except TableError as error:  # a figure that the method needs is not known yet
            raise InvalidRequest([Fault(f"employer.methods.{tax.id}", str(error))]) from None
        if in_a_plan:
            plan = pay_to_the_plan(worksheet, terms.plans[tax.id], tax.rule.table)
            yield Share(payer, plan, worksheet)
        else:
            yield Share(payer, worksheet)


def _due(tax: TaxInForce, wages: Cents, hours: int | None, case: Case) -> Contribution:
    terms = case.terms
    due = Contribution(wages, _paid_before(tax, case), "", None, case.insured_in)
    due.periods, due.employee_count = case.periods, terms.employee_count
    due.hours, due.ends_quarter = hours, case.ends_quarter
    if tax.jurisdiction == "US":
        due.credited = f"{case.insured_in}/{UNEMPLOYMENT}" not in case.exempt_from
    if tax.needs_own_rate:
        due.own_rate, due.wage_base = terms.rates.get(tax.id), terms.wage_bases.get(tax.id)
        due.new_employer = tax.id in terms.new_employer
    if tax.by_month:
        due.month_to_date = case.before.wages.get(case.month_key(tax.wages_of), 0)
    if tax.by_the_hour:
        due.hour_rates = terms.hour_rates.get(tax.id)
    if tax.id in terms.payroll:
        due.payroll = terms.payroll[tax.id]
        due.payroll_last_year = terms.payroll_last_year.get(tax.id)
        due.payroll_of_all_places = payroll_of_all_places(tax, terms)
    return due


def _taken_before(tax: TaxInForce, paid: Mapping[str, Cents]) -> Cents:
    """What was taken of the tax; of one that is taken once a year, for other places as well."""
    if not tax.places.once:
        return paid.get(tax.id, 0)
    start, end = f"{tax.state}-", f"/{tax.name}"
    return sum(paid[key] for key in paid if key.startswith(start) and key.endswith(end))


def _where_to_state(tax: TaxInForce) -> str:
    """The field for a rate that an agency assigns to each employer, as the end of a message."""
    if not tax.needs_own_rate:
        return ""
    if tax.name == UNEMPLOYMENT:
        return f" of the agency, for employer.unemployment.{tax.jurisdiction}.rate"
    return f" of the agency, for employer.assigned_rates.{tax.id}"


def _paid_before(tax: TaxInForce, case: Case) -> Cents:
    """Wages of the year that count toward the base: of unemployment, those of other states too."""
    wages = case.before.wages
    paid = wages.get(tax.wages_of, 0)
    if tax.counts_other_states:
        paid += sum(wages[key] for key in wages if _of_other_state(key, tax))
    return paid


def _of_other_state(key: str, tax: TaxInForce) -> bool:
    """Whether the key is that of unemployment insurance in another state."""
    state, _, name = key.partition("/")
    return name == UNEMPLOYMENT and state not in ("US", tax.state)
