"""Assistance that is no wages up to a limit: the part of an earning that exceeds it is wages.

Internal Revenue Code sections 127, 137 and 9831(d).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from attrs import evolve

from asopay.earlier import EXEMPT
from asopay.earnings.reading import PaidEarning
from asopay.in_force import InForce
from asopay.money import Cents, at_least_zero, at_most
from asopay.parties import Employee

TAXABLE = "taxable_reimbursement"
"""The kind of earning that the part beyond a limit is."""


def year_to_date_key(limit: str) -> str:
    """The year-to-date key of what was left out of wages under a limit.

    >>> year_to_date_key("educational_assistance")
    'US/exempt/educational_assistance'
    """
    return EXEMPT + limit


def within_limits(
    earnings: Sequence[PaidEarning],
    in_force: InForce,
    employee: Employee,
    wages_before: Mapping[str, Cents],
) -> list[PaidEarning]:
    """The earnings, those with a limit in two parts where they exceed it."""
    if not any(earning.kind in in_force.kinds.exempt for earning in earnings):
        return list(earnings)
    room: dict[str, Cents] = {}
    found: list[PaidEarning] = []
    for earning in earnings:
        limit = in_force.kinds.exempt.get(earning.kind)
        if limit is None:
            found.append(earning)
            continue
        if limit not in room:
            allowed = in_force.limits["benefit_limits"].figures.limits[limit]
            before = wages_before.get(year_to_date_key(limit), 0)
            room[limit] = at_least_zero(allowed.of_coverage(employee.health_coverage) - before)
        exempt = at_most(earning.amount, room[limit])
        room[limit] -= exempt
        found.append(evolve(earning, amount=exempt))
        if earning.amount > exempt:
            found.append(evolve(earning, amount=earning.amount - exempt, kind=TAXABLE))
    return found


def left_out(earnings: Sequence[PaidEarning], in_force: InForce) -> Iterator[tuple[str, Cents]]:
    """The year-to-date keys of what was left out of wages, each with an amount in cents."""
    for earning in earnings:
        limit = in_force.kinds.exempt.get(earning.kind)
        if limit is not None:
            yield year_to_date_key(limit), earning.amount
