"""What the exact method of Maryland promises: the own rate of each county, on annual income."""

from __future__ import annotations

import pytest

from support import request, taxes

EXACT = {"methods": {"US-MD/income_tax": "exact"}}


@pytest.mark.parametrize(
    ("pay_date", "frequency", "wages", "county", "expected"),
    [
        # 60,000 less 3,400 and 3,200, at 4.75 and 3.20 percent: 4,245.30 a year.
        ("2026-06-15", "monthly", "5000.00", "montgomery", "353.78"),
        # 123,400: 4,750 and 5 percent of 23,400; 1,350 and 2.94 percent of 73,400.
        ("2026-06-15", "annual", "130000.00", "anne_arundel", "9427.96"),
        # The same income: 2.96 percent of all of it.
        ("2026-06-15", "annual", "130000.00", "frederick", "9572.64"),
        # 20,800 less 2,800, the most that 15 percent may give, and 3,200, at 7.95 percent.
        ("2025-06-30", "biweekly", "800.00", "howard", "45.25"),
        # 10,400 less 1,850, the least, and 3,200.
        ("2025-06-30", "weekly", "200.00", "howard", "8.18"),
        # 20,800 less 3,350 and 3,200.
        ("2025-07-01", "biweekly", "800.00", "howard", "43.57"),
        # Outside Maryland: 4.75 and 2.25 percent.
        ("2025-07-01", "biweekly", "800.00", "nonresident", "38.37"),
        # Below the least wages of 192 dollars.
        ("2026-06-15", "biweekly", "191.99", "howard", "0.00"),
    ],
)
def test_exact(pay_date: str, frequency: str, wages: str, county: str, expected: str) -> None:
    """Amounts computed by hand from the figures of the year."""
    document = request(
        "US-MD",
        pay_date=pay_date,
        pay_frequency=frequency,
        earnings=[{"kind": "regular", "amount": wages}],
        employer=EXACT,
        employee={"residence": ["US-MD"], "certificates": {"US-MD": {"county": county}}},
    )

    assert expected == taxes(document)["US-MD/income_tax"]
