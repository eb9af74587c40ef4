"""What `import asopay` adds to the start of Python, as a process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.timing import Figure, fastest, show


def measure() -> Iterator[Figure]:
    """Bare Python, and what the import adds to it."""
    bare, importing = fastest(lambda: _run("pass"), lambda: _run("import asopay"), turns=25)
    yield Figure("bare Python", f"{bare * 1000:.0f} ms")
    added = (importing - bare) * 1000
    yield Figure("import asopay adds", f"{added:.0f} ms", "at most 80 ms")


def _run(statement: str) -> None:
    subprocess.run([sys.executable, "-c", statement], check=True)


def main() -> None:
    show("Import", measure())


if __name__ == "__main__":
    main()
