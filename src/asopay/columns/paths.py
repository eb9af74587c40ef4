"""What is known of each field of a request: whether its values are facts or vary by row.

A row with a value in a field that is not named here is computed one by one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Literal, get_origin

from asopay.columns.shape import ENTRY, GIVEN, LENGTH, REQUEST, Path, inside_of

Role = Literal["fact", "number", "answer", "ignored", "unknown"]

PERIOD = (("pay_frequency",), ("periods_per_year",))
"""Facts by which rows are told apart only where a rule needs it."""

IGNORED = ("employee.id", "employer.legal_name")

NUMBERS = (
    "deductions[].amount",
    "deductions[].employer_amount",
    "deductions[].percent",
    "earnings[].amount",
    "earnings[].hours",
    "earnings[].hours_worked",
    "earnings[].multiplier",
    "earnings[].rate",
    "employee.prior_year_wages",
    "year_to_date.deductions",
    "year_to_date.deductions{}",
    "year_to_date.employer_amounts",
    "year_to_date.employer_amounts{}",
    "year_to_date.employer_taxes",
    "year_to_date.employer_taxes{}",
    "year_to_date.taxes",
    "year_to_date.taxes{}",
    "year_to_date.wages",
    "year_to_date.wages{}",
)

FACTS = (
    "deductions[].kind",
    "earnings[].kind",
    "earnings[].office[]",
    "earnings[].residence[]",
    "earnings[].supplemental_method",
    "earnings[].work[]",
    "employee.birth_date",
    "employee.county_on_january_1",
    "employee.employment[]",
    "employee.exemptions{}",
    "employee.files_separately",
    "employee.health_coverage.family_months",
    "employee.health_coverage.last_month",
    "employee.health_coverage.self_only_months",
    "employee.insured_in",
    "employee.military_spouse_domicile",
    "employee.reciprocity_certificates[]",
    "employee.residence[]",
    "employee.s_corporation_shareholder",
    "employer.arrangement",
    "employer.assigned_rates{}",
    "employer.courtesy_withholding[]",
    "employer.employee_count",
    "employer.hourly_rates{}.employee",
    "employer.hourly_rates{}.employer",
    "employer.methods{}",
    "employer.payroll_last_year{}",
    "employer.payroll{}",
    "employer.private_plans{}.employee_rate",
    "employer.unemployment{}.new_employer",
    "employer.unemployment{}.rate",
    "employer.unemployment{}.reimbursing",
    "employer.unemployment{}.wage_base",
    "pay_date",
    "pay_frequency",
    "pay_period.end",
    "pay_period.start",
    "periods_per_year",
)

ANSWER = "employee.certificates{}{}"

GIVEN_FACTS = (
    "employee.health_coverage",
    "employer.hourly_rates{}",
    "employer.private_plans{}",
    "employer.unemployment{}",
    "pay_period",
)
"""Structs of which it matters whether they are there though nothing in them is."""

NO_FACTS = ("deductions[]", "earnings[]", "employee", "employer", "year_to_date")
"""Those of which it does not."""

LISTS = frozenset(fact.rpartition("[]")[0] for fact in FACTS)


OF_VALUES: dict[Role, Collection[str]] = {
    "number": NUMBERS,
    "fact": FACTS,
    "answer": (ANSWER,),
    "ignored": IGNORED,
}

ROLES: dict[str | int, dict[Role, Collection[str]]] = {
    LENGTH: {"fact": LISTS},
    GIVEN: {"fact": GIVEN_FACTS, "ignored": NO_FACTS},
}


@cache
def role(path: Path) -> Role:
    """What the values of a leaf are.

    >>> role(("earnings", 0, "amount")), role(("employee", "residence", 0))
    ('number', 'fact')
    >>> role(("preceding_pay", "wages"))
    'unknown'
    """
    if path[-2:-1] == (ENTRY,):
        return "fact"
    found = pattern(path[:-1]) if path[-1] in ROLES else pattern(path)
    roles = ROLES.get(path[-1], OF_VALUES)
    return next((known for known, patterns in roles.items() if found in patterns), "unknown")


def pattern(path: Path) -> str:
    """The path without the numbers of list elements and the keys of maps."""
    text, kind = "", REQUEST
    for part in path:
        held = get_origin(kind.present)
        if held is Sequence:
            text += "[]"
        elif held is Mapping:
            text += "{}"
        else:
            text += f".{part}" if text else str(part)
        kind = inside_of(kind, part)
    return text
