"""Tests of a cafeteria plan and of dependent care assistance for who benefits from them.

Internal Revenue Code sections 125(b)(2) and 129(d)(8).
"""

from __future__ import annotations

from attrs import frozen

from asopay.money import ONE, Cents, Rate, rate

KEY_EMPLOYEES = rate("0.25")
"""No more of the qualified benefits may go to key employees."""

AVERAGE_BENEFITS = rate("0.55")
"""What the average benefit of others is at least of that of highly compensated employees."""


@frozen
class BenefitsTest:
    """The ratio of a test, as a rate that is rounded down, and whether it passes."""

    ratio: Rate
    passes: bool


def key_employee_test(of_key_employees: Cents, of_all: Cents) -> BenefitsTest:
    """Whether key employees have at most 25 percent of a cafeteria plan's qualified benefits.

    Amounts in cents. Without benefits the test passes.

    >>> key_employee_test(3_000_000, 11_000_000)
    BenefitsTest(ratio=27272727, passes=False)
    """
    ratio = of_key_employees * ONE // of_all if of_all else 0
    return BenefitsTest(ratio, of_key_employees * ONE <= of_all * KEY_EMPLOYEES)


def average_benefits_test(
    of_others: Cents, others: int, of_highly_compensated: Cents, highly_compensated: int
) -> BenefitsTest:
    """Whether the average of others is at least 55 percent of that of the highly compensated.

    Dependent care benefits in cents, and the number of employees, who count with no benefit too;
    with salary reductions those paid less than 25,000 dollars may be left out. Raises `ValueError`
    without employees of either group.

    >>> average_benefits_test(1_200_000, 40, 900_000, 10)
    BenefitsTest(ratio=33333333, passes=False)
    """
    if min(others, highly_compensated) < 1:
        raise ValueError("others and highly_compensated: each is at least 1")
    low, high = of_others * highly_compensated, of_highly_compensated * others
    ratio = low * ONE // high if high else ONE
    return BenefitsTest(ratio, low * ONE >= high * AVERAGE_BENEFITS)
