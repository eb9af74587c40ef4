"""`asopay paycheck FILE` as a process, from start to end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import Figure, fastest, show

REQUEST = Path(__file__).parents[1] / "examples" / "california_biweekly.json"


def measure() -> Iterator[Figure]:
    """The command with its pay statement, and with the result document."""
    statement, document = fastest(_run, lambda: _run("--json"), turns=15)
    yield Figure("asopay paycheck FILE", f"{statement * 1000:.0f} ms", "under 300 ms")
    yield Figure("asopay paycheck FILE --json", f"{document * 1000:.0f} ms")


def _run(*options: str) -> None:
    command = [sys.executable, "-m", "asopay.cli", "paycheck", str(REQUEST), *options]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    show("Cold start", measure())


if __name__ == "__main__":
    main()
