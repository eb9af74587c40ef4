"""Measuring and printing, the same way for every benchmark."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import perf_counter
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured figure, as it is printed, and what is wanted of it, if anything is."""

    what: str
    measured: str
    wanted: str = ""


def fastest(*runs: Callable[[], object], turns: int = 7) -> list[float]:
    """The seconds of each run in its fastest turn; the runs take turns.

    The garbage collector stays on, as it does for users.
    """
    seconds = [float("inf")] * len(runs)
    for _ in range(turns):
        for number, run in enumerate(runs):
            start = perf_counter()
            run()
            seconds[number] = min(seconds[number], perf_counter() - start)
    return seconds


def show(title: str, figures: Iterable[Figure]) -> None:
    """Prints the figures as a table, each as soon as it is measured."""
    print(f"\n{title}", flush=True)
    for figure in figures:
        wanted = f"  (wanted: {figure.wanted})" if figure.wanted else ""
        print(f"  {figure.what:<52} {figure.measured:>18}{wanted}", flush=True)
