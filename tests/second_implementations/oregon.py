"""Oregon, 150-206-436 for 2026 (computer formula), written from the publication alone."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

PER_YEAR = {"daily": 260, "weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}
LIMITS = {
    "single": "0:8750 125000:7000 130000:5250 135000:3500 140000:1750 145000:0",
    "married": "0:8750 250000:7000 260000:5250 270000:3500 280000:1750 290000:0",
}
CREDIT = 263
# For each group, below and from 50,000 of annual wages: "at least:base:rate:on the excess over".
RATES = {
    ("S", "low"): "0:263:0.0475:0 4550:479:0.0675:4550 11400:941:0.0875:11400",
    ("M", "low"): "0:263:0.0475:0 9100:695:0.0675:9100 22800:1620:0.0875:22800",
    ("S", "high"): "0:678:0.0875:11400 125000:10618:0.099:125000",
    ("M", "high"): "0:1357:0.0875:22800 250000:21237:0.099:250000",
}


def whole(amount: Decimal) -> Decimal:
    """The amount to the dollar, half a dollar up."""
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def withholding(
    wages: Decimal, frequency: str, status: str, allowances: int, federal: Decimal
) -> Decimal:
    """The tax of one period; `federal` is the federal income tax withheld from it."""
    periods = PER_YEAR[frequency]
    annual = wages * periods
    group = "M" if status == "married" or allowances >= 3 else "S"
    limit = Decimal(0)
    for step in LIMITS[status].split():
        bound, amount = map(Decimal, step.split(":"))
        if annual >= bound:
            limit = amount
    deduction = 5820 if group == "M" else 2910
    base = max(annual - min(federal * periods, limit) - deduction, Decimal(0))
    tax = Decimal(0)
    for row in RATES[group, "low" if annual < 50000 else "high"].split():
        at_least, amount, rate, over = map(Decimal, row.split(":"))
        if base >= at_least:
            tax = whole(amount + (base - over) * rate)
    too_high = annual > (200000 if status == "married" else 100000)
    tax -= 0 if too_high else CREDIT * allowances
    return whole(max(tax, Decimal(0)) / periods)
