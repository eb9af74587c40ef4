"""A register of 3,000 places: how long the first paycheck of one of them waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from asopay.tables.registers import read_register
from benchmarks.timing import Figure, fastest, show

PLACES = 3_000


def measure() -> Iterator[Figure]:
    """Reading the register from its file."""
    rows = "".join(
        f"US-PA-PSD-{number:06},Place {number},0.0{number},0.01\n" for number in range(PLACES)
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "2026-01-01.csv"
        file.write_text(f"code,name,resident_rate,nonresident_rate\n{rows}", encoding="utf-8")
        [seconds] = fastest(lambda: read_register([str(file)]))
    yield Figure(f"register of {PLACES:,} places", f"{seconds * 1000:.0f} ms", "under 100 ms")


def main() -> None:
    show("Places", measure())


if __name__ == "__main__":
    main()
