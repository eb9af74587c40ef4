"""Single paychecks one after the other, each with its worksheets, on one core.

Federal income tax, FICA, FUTA, California income tax and disability insurance, one 401(k) deferral,
and the net pay, on wages that are different each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from asopay import documents, gross_to_net
from benchmarks.timing import Figure, fastest, show

PAYCHECKS = 2_000


def request(number: int) -> dict[str, Any]:
    """A request document; two numbers give different wages."""
    return {
        "pay_date": "2026-03-13",
        "pay_frequency": "biweekly",
        "employee": {
            "residence": ["US-CA"],
            "certificates": {
                "US": {"filing_status": "single"},
                "US-CA": {"filing_status": "single", "allowances": 1},
            },
        },
        "earnings": [{"kind": "regular", "amount": f"{1000 + number % 5000}.{number % 100:02d}"}],
        "deductions": [{"kind": "401k", "percent": "6"}],
    }


def measure() -> Iterator[Figure]:
    """Paychecks a second from Python objects, and from document to document."""
    requested = [request(number) for number in range(PAYCHECKS)]
    objects = [documents.compute(document)[0] for document in requested]

    def from_objects() -> None:
        for each in objects:
            gross_to_net(each)

    def from_documents() -> None:
        for each in requested:
            documents.paycheck(each)

    seconds, with_documents = fastest(from_objects, from_documents)
    yield Figure("explained paychecks", _rate(seconds), "10,000 a second")
    yield Figure("explained paychecks, document in, document out", _rate(with_documents))


def _rate(seconds: float) -> str:
    return f"{PAYCHECKS / seconds:,.0f} a second"


def main() -> None:
    show("Single paychecks", measure())


if __name__ == "__main__":
    main()
