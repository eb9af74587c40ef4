"""Connecticut, TPG-211 for 2026, written from the publication alone."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Any

PER_YEAR = {"daily": 260, "weekly": 52, "biweekly": 26, "semimonthly": 24, "monthly": 12}

# Table A: the exemption, the salary up to which it is whole.
EXEMPTION = {"A": (12000, 24000), "B": (19000, 38000), "C": (24000, 48000), "F": (15000, 30000)}
TABLE_B = {
    "ADF": "0:0:0.02 10000:200:0.045 50000:2000:0.055 100000:4750:0.06 200000:10750:0.065 "
    "250000:14000:0.069 500000:31250:0.0699",
    "B": "0:0:0.02 16000:320:0.045 80000:3200:0.055 160000:7600:0.06 320000:17200:0.065 "
    "400000:22400:0.069 800000:50000:0.0699",
    "C": "0:0:0.02 20000:400:0.045 100000:4000:0.055 200000:9500:0.06 400000:21500:0.065 "
    "500000:28000:0.069 1000000:62500:0.0699",
}
# Table C: from, step, amount for each started step, the most.
TABLE_C = {
    "AD": (50250, 2500, 25, 250),
    "B": (78500, 4000, 40, 400),
    "C": (100500, 5000, 50, 500),
    "F": (56500, 5000, 25, 250),
}
# Table D: three stretches, each with its from, amount, step, amount of a step, and the most.
TABLE_D = {
    "ADF": (
        (105000, 0, 5000, 25, 250),
        (200000, 250, 5000, 90, 2950),
        (500000, 2950, 5000, 50, 3400),
    ),
    "B": (
        (168000, 0, 8000, 40, 400),
        (320000, 400, 8000, 140, 4600),
        (800000, 4600, 8000, 80, 5320),
    ),
    "C": (
        (210000, 0, 10000, 50, 500),
        (400000, 500, 10000, 180, 5900),
        (1000000, 5900, 10000, 100, 6800),
    ),
}
# Table E: the credit's hundredths on a salary of more than.
TABLE_E = {
    "A": "12000:75 15000:70 15500:65 16000:60 16500:55 17000:50 17500:45 18000:40 18500:35 "
    "20000:30 20500:25 21000:20 21500:15 25000:14 25500:13 26000:12 26500:11 27000:10 48000:9 "
    "48500:8 49000:7 49500:6 50000:5 50500:4 51000:3 51500:2 52000:1 52500:0",
    "B": "19000:75 24000:70 24500:65 25000:60 25500:55 26000:50 26500:45 27000:40 27500:35 "
    "34000:30 34500:25 35000:20 35500:15 44000:14 44500:13 45000:12 45500:11 46000:10 74000:9 "
    "74500:8 75000:7 75500:6 76000:5 76500:4 77000:3 77500:2 78000:1 78500:0",
    "C": "24000:75 30000:70 30500:65 31000:60 31500:55 32000:50 32500:45 33000:40 33500:35 "
    "40000:30 40500:25 41000:20 41500:15 50000:14 50500:13 51000:12 51500:11 52000:10 96000:9 "
    "96500:8 97000:7 97500:6 98000:5 98500:4 99000:3 99500:2 100000:1 100500:0",
    "F": "15000:75 18800:70 19300:65 19800:60 20300:55 20800:50 21300:45 21800:40 22300:35 "
    "25000:30 25500:25 26000:20 26500:15 31300:14 31800:13 32300:12 32800:11 33300:10 60000:9 "
    "60500:8 61000:7 61500:6 62000:5 62500:4 63000:3 63500:2 64000:1 64500:0",
}


def of(table: dict[str, Any], code: str) -> Any:
    """The part of the table that names the code."""
    return next(part for codes, part in table.items() if code in codes)


def started(salary: Decimal, start: int, step: int) -> int:
    """The number of started steps by which the salary exceeds the start."""
    over = max(salary - start, Decimal(0))
    return int((over / step).to_integral_value(ROUND_CEILING))


def withholding(wages: Decimal, frequency: str, code: str) -> Decimal:
    """The tax of one period."""
    periods = PER_YEAR[frequency]
    salary = wages * periods
    if code == "E":
        return Decimal("0.00")
    taxable = salary - _exemption(salary, code)
    if taxable <= 0:
        return Decimal("0.00")
    tax: Decimal = Decimal(0)
    for row in of(TABLE_B, code).split():
        over, base, rate = map(Decimal, row.split(":"))
        if taxable > over:
            tax = base + (taxable - over) * rate
    start, step, amount, most = of(TABLE_C, code)
    tax += min(started(salary, start, step) * amount, most)
    tax += _recapture(salary, code)
    credit = Decimal(0)
    for row in TABLE_E.get(code, "").split():
        over, hundredths = map(Decimal, row.split(":"))
        if salary > over:
            credit = hundredths / 100
    of_period: Decimal = tax * (1 - credit) / periods
    return of_period.quantize(Decimal("0.01"), ROUND_HALF_UP)


def _exemption(salary: Decimal, code: str) -> Decimal:
    if code == "D":
        return Decimal(0)
    whole, up_to = EXEMPTION[code]
    return max(Decimal(whole - 1000 * started(salary, up_to, 1000)), Decimal(0))


def _recapture(salary: Decimal, code: str) -> int:
    recapture = 0
    for start, before, step, amount, most in of(TABLE_D, code):
        if salary > start:
            recapture = min(before + started(salary, start, step) * amount, most)
    return recapture
