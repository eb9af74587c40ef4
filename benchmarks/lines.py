"""`asopay paycheck --lines`: requests a second, and the memory of the process (on Linux).

Few and many requests go through a pipe; the most memory that the process ever had must not grow.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from time import perf_counter
from typing import Any

from benchmarks.single_paychecks import request
from benchmarks.timing import Figure, show

FEW, MANY, MILLION = 10_000, 200_000, 1_000_000
COMMAND = [sys.executable, "-m", "asopay.cli", "paycheck", "--lines"]
DIFFERENT = 1_000


def measure(*, full: bool = False) -> Iterator[Figure]:
    """Speed, and peak memory for few requests and for many; `full` takes a million."""
    for count in (FEW, MILLION if full else MANY):
        seconds, peak = _feed(count)
        yield Figure(f"{count:,} requests", f"{count / seconds:,.0f} a second")
        yield Figure(f"{count:,} requests: peak memory", f"{peak / 1024:.1f} MiB", "flat")


def _feed(count: int) -> tuple[float, int]:
    """Seconds from the first request to the last answer, and the peak memory in KiB."""
    lines = [json.dumps(request(number)).encode() + b"\n" for number in range(DIFFERENT)]
    peaks: list[int] = []
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def write(pipe: Any) -> None:
            for number in range(count):
                pipe.write(lines[number % DIFFERENT])
            pipe.flush()
            peaks.append(_peak_memory(process.pid))
            pipe.close()

        start = perf_counter()
        writer = Thread(target=write, args=[process.stdin])
        writer.start()
        answers = sum(b'"net_pay"' in line for line in process.stdout or ())
        writer.join()
        seconds = perf_counter() - start
    if answers != count:
        raise RuntimeError(f"{answers:,} of {count:,} requests were answered")
    return seconds, peaks[0]


def _peak_memory(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help=f"feed {MILLION:,} requests")
    show("asopay paycheck --lines", measure(full=parser.parse_args().full))


if __name__ == "__main__":
    main()
