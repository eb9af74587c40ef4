"""The audit at the end of a policy's year: the premium on actual payroll against the estimate."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from asopay.money import Cents
from asopay.workers_compensation.premium import (
    ClassPayroll,
    PolicyTerms,
    policy_premium,
)
from asopay.worksheet import Calculation


@frozen
class Audit:
    """Both premiums; what is still owed is above zero, what is returned below."""

    estimated: Calculation
    final: Calculation

    @property
    def due_cents(self) -> Cents:
        """The final premium less the estimated one, in cents."""
        due: Cents = self.final.result - self.estimated.result
        return due


def audit(
    estimated: Sequence[ClassPayroll],
    actual: Sequence[ClassPayroll],
    terms: PolicyTerms | None = None,
) -> Audit:
    """The audit of a policy year. Raises `InvalidRequest` as `policy_premium` does.

    >>> office = [ClassPayroll("8810", payroll, "0.30") for payroll in (100_000, 90_000)]
    >>> audit(office[:1], office[1:]).due_cents
    -3000
    """
    return Audit(policy_premium(estimated, terms), policy_premium(actual, terms))
