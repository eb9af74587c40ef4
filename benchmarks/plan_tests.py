"""An ADP test of 100,000 participants and its correction, on lists of whole numbers."""

from __future__ import annotations

from collections.abc import Iterator

from asopay.retirement import correct, plan_test
from benchmarks.timing import Figure, fastest, show

PARTICIPANTS = 100_000
HIGHLY_COMPENSATED = 16_000_000


def measure() -> Iterator[Figure]:
    """Seconds of the test, and of the test with its correction."""
    numbers = range(PARTICIPANTS)
    pay = [3_000_000 + n * 7_919 % 40_000_000 for n in numbers]
    highly = [each > HIGHLY_COMPENSATED for each in pay]
    rates = [
        n * 31 % 13 if belongs else n * 17 % 7 for n, belongs in zip(numbers, highly, strict=True)
    ]
    amounts = [each * rate // 100 for each, rate in zip(pay, rates, strict=True)]

    def test() -> None:
        plan_test(amounts, pay, highly)

    def test_and_correct() -> None:
        correct(plan_test(amounts, pay, highly), amounts, pay)

    seconds, with_correction = fastest(test, test_and_correct)
    yield Figure("ADP test of 100,000 participants", f"{seconds * 1000:,.0f} ms", "under 2 s")
    yield Figure("the same with its correction", f"{with_correction * 1000:,.0f} ms")


def main() -> None:
    show("Plan tests", measure())


if __name__ == "__main__":
    main()
