"""Whether a self-insured medical plan favours the highly compensated: section 105(h).

Internal Revenue Code section 105(h) and 26 CFR 1.105-11: tests of who is eligible, and what of the
reimbursements of highly compensated individuals is taxable where a test fails.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from asopay.money import ONE, Cents, Rate, rounded
from asopay.plans.law import table_of
from asopay.rulebook import Rulebook
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet


@frozen
class Figures:
    """Who is highly compensated, who may be left out of the tests, and their percentages.

    Those are the highest paid `officers`, shareholders of more than `shareholder`, and the
    `highest_paid` part of the employees. `benefiting` of all has to be in the plan; or `eligible`
    of all, and `of_eligible` of these in it. Employees with fewer `years_of_service`, or below an
    `age`, may be left out if they are not in the plan.
    """

    officers: int
    shareholder: Rate
    highest_paid: Rate
    benefiting: Rate
    eligible: Rate
    of_eligible: Rate
    years_of_service: int
    age: int


@frozen
class Person:
    """An employee of the year, with what decides whether the tests count him or her.

    `stock` is the share of the employer's stock in percent of it, attribution included.
    `excluded_otherwise` are the part-time, the seasonal, those under a collective agreement on
    accident and health benefits, and nonresident aliens without income from the United States.
    """

    compensation: Cents
    officer: bool = False
    stock: Rate = 0
    years_of_service: int = 99
    age: int = 99
    eligible: bool = True
    benefiting: bool = True
    excluded_otherwise: bool = False


@frozen
class EligibilityTest:
    """How many count, are eligible and benefit, and whether a percentage test is passed.

    Where none is, a classification that is found not to favour the highly compensated may still do.
    """

    counted: int
    eligible: int
    benefiting: int
    passes: bool


def nondiscrimination_table(day: date, rulebook: Rulebook | None = None) -> Table[Figures]:
    """The table in force on the day; `TableError` names the days covered."""
    return table_of("medical_reimbursement", day, rulebook)


def counted(people: Sequence[Person], figures: Figures) -> list[int]:
    """The numbers of the people whom the tests count: all but those that may be left out."""
    return [
        number
        for number, one in enumerate(people)
        if one.benefiting
        or not (
            one.excluded_otherwise
            or one.years_of_service < figures.years_of_service
            or one.age < figures.age
        )
    ]


def highly_compensated(people: Sequence[Person], figures: Figures) -> list[int]:
    """The numbers of the highly compensated, in order; the highest paid part is rounded up.

    >>> pay = [Person(compensation=amount) for amount in (500, 400, 300, 200, 100)]
    >>> highly_compensated(pay, nondiscrimination_table(date(2026, 1, 1)).figures)
    [0, 1]
    """

    def by_pay(number: int) -> Cents:
        return -people[number].compensation

    among = sorted(counted(people, figures), key=by_pay)
    highest = -(-len(among) * figures.highest_paid // ONE)
    officers = sorted((n for n, one in enumerate(people) if one.officer), key=by_pay)
    holders = [n for n, one in enumerate(people) if one.stock > figures.shareholder]
    return sorted({*among[:highest], *officers[: figures.officers], *holders})


def eligibility_test(people: Sequence[Person], figures: Figures) -> EligibilityTest:
    """The percentage tests of section 105(h)(3)(A)(i).

    >>> people = [Person(100) for _ in range(7)] + [Person(100, benefiting=False)] * 3
    >>> eligibility_test(people, nondiscrimination_table(date(2026, 1, 1)).figures).passes
    True
    """
    among = [people[number] for number in counted(people, figures)]
    eligible = [one for one in among if one.eligible or one.benefiting]
    benefiting = [one for one in among if one.benefiting]
    enough = len(benefiting) * ONE >= figures.benefiting * len(among)
    by_both = len(eligible) * ONE >= figures.eligible * len(among)
    by_both = by_both and len(benefiting) * ONE >= figures.of_eligible * len(eligible)
    return EligibilityTest(len(among), len(eligible), len(benefiting), enough or by_both)


EXCESS = Form(
    "Excess reimbursement of a highly compensated individual",
    result="(taxable)",
    lines={
        "(reimbursed)": "Reimbursed to the individual",
        "(of all highly)": "Reimbursed to all highly compensated individuals",
        "(of the plan)": "Reimbursed by the plan in all",
        "(by eligibility)": "Taxable because the eligibility test fails",
        "(discriminatory)": "Reimbursed by benefits of the highly compensated alone",
        "(taxable)": "Excess reimbursement, taxable when the plan year ends",
    },
)


def excess_reimbursement(
    reimbursed: Cents,
    of_all_highly: Cents,
    of_plan: Cents,
    table: Table[Figures],
    discriminatory: Cents = 0,
) -> Worksheet:
    """What of the reimbursements is taxable: section 105(h)(7).

    The first three are without `discriminatory` benefits, of which everything is taxable. If the
    plan is not discriminatory as to eligibility, they are 0. Rounded half a cent up.

    >>> table = nondiscrimination_table(date(2026, 1, 1))
    >>> excess_reimbursement(12_000_00, 60_000_00, 240_000_00, table, 5_000_00).result
    800000
    """
    line = Worksheet(EXCESS, table)
    line["(reimbursed)"], line["(of all highly)"] = reimbursed, of_all_highly
    line["(of the plan)"] = of_plan
    part = Fraction(of_all_highly, of_plan) if of_plan else Fraction(0)
    line["(by eligibility)"] = rounded(reimbursed * part)
    line["(discriminatory)"] = discriminatory
    line["(taxable)"] = line["(by eligibility)"] + line["(discriminatory)"]
    return line
