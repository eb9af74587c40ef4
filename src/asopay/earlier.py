"""What was paid earlier in the calendar year, and the keys under which some of it is kept."""

from __future__ import annotations

from attrs import define

from asopay.money import Cents

FLAT = "US/supplemental_income_tax"
"""The year-to-date key of supplemental wages that were taxed at the flat rate."""

AGGREGATED = "US/aggregated_supplemental_wages"
"""The year-to-date key of supplemental wages that were taxed together with regular wages."""

BELOW_THRESHOLD = "below_threshold"
"""What the year-to-date keys end with of wages that a state has not taxed from a nonresident."""

PLAN_COMPENSATION = "US/retirement_plan/compensation"
"""The year-to-date key of the pay that the employer's retirement plan counts."""

EXEMPT = "US/exempt/"
"""What the year-to-date keys begin with of assistance that was left out of wages."""


def is_kept_beside(key: str) -> bool:
    """Whether a year-to-date key of wages is none of a tax.

    >>> is_kept_beside("US/exempt/qsehra"), is_kept_beside("US/medicare")
    (True, False)
    """
    beside = key in (AGGREGATED, PLAN_COMPENSATION) or key.startswith(EXEMPT)
    return beside or key.endswith(f"/{BELOW_THRESHOLD}")


@define
class Before:
    """The year to date before this paycheck, in cents, by tax id and kind of deduction."""

    wages: dict[str, Cents]
    taxes: dict[str, Cents]
    employer_taxes: dict[str, Cents]
    deductions: dict[str, Cents]
    employer_amounts: dict[str, Cents]

    @property
    def supplemental_wages(self) -> Cents:
        """Supplemental wages, whatever the method."""
        return self.wages.get(FLAT, 0) + self.wages.get(AGGREGATED, 0)
