"""Whether section 79 has to do with a plan, and whether the plan discriminates.

26 CFR 1.79-0: a policy is carried by the employer if it pays any part of the cost, or if it
arranges for payment by employees and charges at least one of them less than the cost by Table I and
at least one other more. 26 U.S.C. 79(d)(3): which plans are open to enough employees.

>>> nonsmokers, smokers = {0: "0.05", 40: "0.08"}, {0: "0.06", 40: "0.12"}
>>> straddle([nonsmokers], date(2026, 1, 1), ages=[23, 41]).carried
False
>>> found = straddle([nonsmokers, smokers], date(2026, 1, 1), ages=[23, 41])
>>> found.carried, found.charged_less, found.charged_more
(True, (41,), (23, 41))
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import frozen

from asopay.age_bands import rate_at, read_bands
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.life_insurance.section_79 import section_79
from asopay.money import ONE
from asopay.rulebook import Rulebook

Bands = Mapping[int, Decimal | int | str]
"""Dollars for 1,000 of cover a month, by the age from which they hold."""

LAST_AGE = 99
"""Up to which age a plan is tried where the ages of the insured are not given."""


@frozen
class Straddle:
    """At which ages somebody is charged less, and more, than Table I: both make it carried."""

    charged_less: tuple[int, ...]
    charged_more: tuple[int, ...]
    employer_pays: bool = False

    @property
    def carried(self) -> bool:
        """Whether the policy is carried by the employer, directly or indirectly."""
        return self.employer_pays or bool(self.charged_less and self.charged_more)


@frozen
class EligibilityTest:
    """The two shares that section 79(d)(3)(A) asks for, of which one is enough."""

    enough_benefit: bool
    enough_not_key: bool

    @property
    def passes(self) -> bool:
        """Whether the plan is not discriminatory as to eligibility, by one of the two shares."""
        return self.enough_benefit or self.enough_not_key


def straddle(
    rates: Sequence[Bands],
    day: date,
    *,
    ages: Collection[int] | None = None,
    employer_pays: bool = False,
    rulebook: Rulebook | None = None,
) -> Straddle:
    """The straddle test of one policy on a day: its rates by age, several such as for smokers.

    `ages` are those of the insured, by the end of the year; left out, all from the first band on.
    With `employer_pays`, the employer pays a part, which includes contributions made before tax.
    Raises `InvalidRequest` with all that is wrong, and `TableError` if no table covers the day.
    """
    faults = Faults()
    if not rates:
        faults.add("rates", "there are none: give the bands of the policy")
    read = [read_bands(bands, f"rates[{n}]", faults) for n, bands in enumerate(rates)]
    for age in (age for age in ages or () if age < 0):
        faults.add("ages", f"{age} is below zero")
    if faults.found:
        raise InvalidRequest(faults.found)
    figures = section_79(day, rulebook).figures
    tried = sorted(set(range(LAST_AGE + 1) if ages is None else ages))
    less, more = set(), set()
    for bands in read:
        for age in (age for age in tried if age >= bands[0].from_age):
            charged, cost = rate_at(age, bands), rate_at(age, figures.table_i)
            if charged < cost:
                less.add(age)
            elif charged > cost:
                more.add(age)
    return Straddle(tuple(sorted(less)), tuple(sorted(more)), employer_pays)


def eligibility_test(
    day: date,
    *,
    employees: int,
    benefiting: int,
    participants: int,
    key_participants: int,
    rulebook: Rulebook | None = None,
) -> EligibilityTest:
    """Whether enough employees benefit, or enough participants are no key employees.

    `employees` are without those that section 79(d)(3)(B) leaves out: of less than three years of
    service, part-time and seasonal ones, of a bargaining unit, and nonresident aliens. The other
    ways to pass, and the test of benefits, are not computed. Raises as `straddle` does.

    >>> test = eligibility_test(
    ...     date(2026, 1, 1), employees=100, benefiting=60, participants=60, key_participants=6
    ... )
    >>> test.enough_benefit, test.enough_not_key, test.passes
    (False, True, True)
    """
    faults = Faults()
    for name, part, whole, of in (
        ("benefiting", benefiting, employees, "employees"),
        ("key_participants", key_participants, participants, "participants"),
    ):
        if not 0 <= part <= whole:
            faults.add(name, f"{part} is not a number from 0 to the {whole} {of}")
    if faults.found:
        raise InvalidRequest(faults.found)
    figures = section_79(day, rulebook).figures
    others = participants - key_participants
    return EligibilityTest(
        benefiting * ONE >= figures.least_benefiting * employees,
        others * ONE >= figures.least_not_key * participants,
    )
