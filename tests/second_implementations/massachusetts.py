"""Massachusetts, Circular M for 2026 (percentage method), written from the publication alone."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PER_YEAR = {"weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12, "annual": 1}
# Claiming one, each of several, plus, head of household, each blindness, no withholding below.
AMOUNTS = {
    "weekly": "85 19 66 2.31 2.12 154",
    "biweekly": "169 38 131 4.62 4.23 308",
    "semimonthly": "183 42 141 5.00 4.58 333",
    "monthly": "367 83 284 10.00 9.17 667",
    "annual": "4400 1000 3400 120.00 110.00 8000",
}
MOST_RETIREMENT = Decimal(2000)
SURTAX_FROM = Decimal(1107750)


def withholding(
    wages: Decimal,
    frequency: str,
    exemptions: int,
    *,
    head_of_household: bool,
    blind: int,
    retirement: Decimal,
    retirement_before: Decimal,
) -> Decimal:
    """The tax of one period; `retirement` is what is withheld for Social Security and Medicare."""
    one, each, plus, head, blindness, floor = map(Decimal, AMOUNTS[frequency].split())
    if exemptions >= 1 and wages < floor:
        return Decimal("0.00")
    subtracted = min(retirement, max(MOST_RETIREMENT - retirement_before, Decimal(0)))
    exemption = Decimal(0)
    if exemptions == 1:
        exemption = one
    elif exemptions > 1:
        exemption = each * exemptions + plus
    periods = PER_YEAR[frequency]
    annual = max(wages - subtracted - exemption, Decimal(0)) * periods
    tax = annual * Decimal("0.05") + max(annual - SURTAX_FROM, Decimal(0)) * Decimal("0.04")
    tax /= periods
    tax -= (head if head_of_household else 0) + blindness * blind
    return max(tax, Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)
