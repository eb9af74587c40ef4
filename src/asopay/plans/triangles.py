"""Claims incurred and not yet paid (IBNR), from what was paid at each lag after the month.

The development method, or chain ladder: age-to-age factors of all months that have both ages, by
volume; their product with the tail is what a month still develops by, and its reciprocal the
completion factor. Factors are exact fractions. Amounts are whole cents, rounded half a cent up
where they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from asopay.errors import Fault, InvalidRequest
from asopay.money import ONE, Cents, Rate, as_text, rounded
from asopay.plans.months import month_number
from asopay.plans.processing import Payment

Rows = Sequence[Sequence[Cents | None]]


def incurred(paid: Cents, reserve_end: Cents, reserve_begin: Cents) -> Cents:
    """Claims incurred in a period: paid, and what the reserve for unpaid claims grew by.

    >>> incurred(paid=1_310_000, reserve_end=158_000, reserve_begin=140_000)
    1328000
    """
    return paid + reserve_end - reserve_begin


@frozen
class Development:
    """How months develop: the factors from age to age, and what the months come to.

    `completion` is the part of each month that is paid, `ultimate` what it comes to, `unpaid` the
    difference, all exact; amounts in cents.
    """

    factors: tuple[Fraction, ...]
    completion: tuple[Fraction, ...]
    ultimate: tuple[Fraction, ...]
    unpaid: tuple[Fraction, ...]

    @property
    def unpaid_cents(self) -> tuple[Cents, ...]:
        """The unpaid claims of each month in whole cents, each rounded by itself."""
        return tuple(map(rounded, self.unpaid))

    @property
    def total(self) -> Cents:
        """The unpaid claims of all months, rounded once."""
        return rounded(sum(self.unpaid, Fraction(0)))


def _check(rows: Rows) -> None:
    faults = []
    if not rows:
        faults.append(Fault("triangle", "it has no rows"))
    for number, row in enumerate(rows):
        path = f"triangle[{number}]"
        if not row:
            faults.append(Fault(path, "it has no amount"))
        elif number and len(row) > len(rows[number - 1]) > 0:
            above = f"{len(rows[number - 1])} of the row above"
            hole = "that one has a hole at its end, or the rows are not the oldest first"
            faults.append(Fault(path, f"it has {len(row)} amounts, more than the {above}: {hole}"))
        for lag, amount in enumerate(row):
            if amount is None:
                faults.append(Fault(f"{path}[{lag}]", "a hole: an amount is needed"))
            elif amount < 0:
                faults.append(Fault(f"{path}[{lag}]", f"{as_text(amount)} is below zero"))
    if faults:
        raise InvalidRequest(faults)


def develop(rows: Rows, *, last: int | None = None, tail: Fraction = Fraction(1)) -> Development:
    """The development of cumulative paid amounts, a row for each month of service, oldest first.

    A row has an amount for each age reached. Factors go by volume, of the `last` months that have
    both ages, or of all; the `tail` is what comes after the last age. Raises `InvalidRequest` with
    every hole of the triangle, and for an age up to which nothing was paid.

    >>> development = develop([[100_00, 150_00, 150_00], [110_00, 165_00], [120_00]])
    >>> development.factors, development.unpaid_cents
    ((Fraction(3, 2), Fraction(1, 1)), (0, 0, 6000))
    """
    _check(rows)
    if tail <= 0:
        raise InvalidRequest([Fault("tail", f"{tail} is not above zero")])
    paid = [[amount for amount in row if amount is not None] for row in rows]
    factors = [_factor(paid, age, last) for age in range(len(paid[0]) - 1)]
    to_ultimate = [tail]
    for factor in reversed(factors):
        to_ultimate.append(to_ultimate[-1] * factor)
    to_ultimate.reverse()
    left = [to_ultimate[len(row) - 1] for row in paid]
    ultimate = [row[-1] * factor for row, factor in zip(paid, left, strict=True)]
    unpaid = [each - row[-1] for row, each in zip(paid, ultimate, strict=True)]
    completion = (1 / factor for factor in left)
    return Development(tuple(factors), tuple(completion), tuple(ultimate), tuple(unpaid))


def _factor(paid: list[list[Cents]], age: int, last: int | None) -> Fraction:
    both = [row for row in paid if len(row) > age + 1]
    if last is not None:
        both = both[-last:]
    before, after = (sum(row[at] for row in both) for at in (age, age + 1))
    if before <= 0 or after <= 0:
        if all(len(row) > age + 1 for row in paid):
            return Fraction(1)  # every month is past this age, so nothing develops by it
        path = f"triangle: age {age}"
        raise InvalidRequest([Fault(path, "nothing was paid up to it, so it has no factor")])
    return Fraction(after, before)


def triangle_of(payments: Iterable[Payment], start: date, months: int) -> list[list[Cents]]:
    """The cumulative triangle of payments, of months of service from `start` on.

    It stands at the end of the last of the `months`; what was paid or incurred outside is left out.

    >>> day, later = date(2026, 1, 5), date(2026, 2, 3)
    >>> paid = [Payment("C-1", "E-1", "medical", day, on, 100) for on in (day, later)]
    >>> triangle_of(paid, date(2026, 1, 1), 2)
    [[100, 200], [0]]
    """
    rows = [[0] * (months - number) for number in range(months)]
    for payment in payments:
        month = month_number(payment.incurred, start)
        lag = month_number(payment.paid, payment.incurred)
        if month >= 0 <= lag and month + lag < months:
            rows[month][lag] += payment.amount
    return [[sum(row[: age + 1]) for age in range(len(row))] for row in rows]


@frozen
class RecentMonths:
    """Newest months whose unpaid claims are taken from an expected cost instead.

    `members` are those of each of these months, oldest first, and `cost` the claims in cents that
    are expected for a member of a month.
    """

    members: Sequence[int]
    cost: Cents


def with_recent_months(development: Development, rows: Rows, recent: RecentMonths) -> Development:
    """The development, with the newest months by their expected cost: members times cost.

    A month is unpaid by no less than nothing. Where little is paid yet, a completion factor says
    little.

    >>> rows = [[100_00, 150_00], [120_00]]
    >>> by_cost = with_recent_months(develop(rows), rows, RecentMonths([10], 21_00))
    >>> by_cost.unpaid_cents
    (0, 9000)
    """
    known = len(rows) - len(recent.members)
    paid = [row[-1] or 0 for row in rows[known:]]
    ultimate = [
        Fraction(max(members * recent.cost, so_far))
        for members, so_far in zip(recent.members, paid, strict=True)
    ]
    unpaid = [each - so_far for each, so_far in zip(ultimate, paid, strict=True)]
    return Development(
        development.factors,
        development.completion,
        (*development.ultimate[:known], *ultimate),
        (*development.unpaid[:known], *unpaid),
    )


def months_of_claims(paid: Cents, months_paid: int, months_unpaid: Fraction) -> Cents:
    """The reserve of a small group: so many months of its average claims.

    In use are 1.5 to 2.5 months for medical and 0.5 to 1 for dental benefits.

    >>> months_of_claims(1_200_000_00, months_paid=12, months_unpaid=Fraction(3, 2))
    15000000
    """
    return rounded(Fraction(paid, months_paid) * months_unpaid)


def with_margin(reserve: Cents, margin: Rate) -> Cents:
    """The reserve with a margin for adverse deviation.

    >>> with_margin(100_000, margin=10_000_000)
    110000
    """
    return rounded(Fraction(reserve * (ONE + margin), ONE))
