"""A year of punches of many employees: from time records to the earnings of each pay period.

One employee's year is 26 timesheets of two weeks with four punches a day, made one after the other
and forgotten, so that memory is that of one of them.
"""

from __future__ import annotations

import argparse
import tracemalloc
from collections.abc import Iterator
from datetime import date, timedelta
from time import process_time

from asopay.timesheets import Punch, Timesheet, WorkedPeriod, gross_pay
from benchmarks.timing import Figure, show

FEW, ALL = 200, 10_000
PERIODS, DAYS = 26, 14
FIRST = date(2025, 1, 5)
STATES = ("US-TX", "US-CA", "US-NY", "US-CO")


def year_of(employee: int) -> Iterator[Timesheet]:
    """The timesheets of an employee's year: ten days of eight to ten hours in each."""
    for period in range(PERIODS):
        start = FIRST + timedelta(period * DAYS)
        punches = []
        for day in range(DAYS):
            if day % 7 in (0, 6):
                continue
            at = (start + timedelta(day)).isoformat()
            late = (employee * 7 + period * 5 + day * 11) % 60
            punches += [
                Punch(f"{at}T07:{late:02d}", "in"),
                Punch(f"{at}T12:00", "out"),
                Punch(f"{at}T12:30", "in"),
                Punch(f"{at}T{16 + late % 3}:{late:02d}", "out"),
            ]
        yield Timesheet(
            pay_period=WorkedPeriod(start, start + timedelta(DAYS - 1)),
            work=[STATES[employee % len(STATES)]],
            time_zone="America/Chicago",
            punches=punches,
            rate=f"{20 + employee % 30}.00",
        )


def measure(*, full: bool = False) -> Iterator[Figure]:
    """Seconds of one core for 10,000 employees, from a sample unless `full`, and the memory."""
    count = ALL if full else FEW
    for timesheet in year_of(0):
        gross_pay(timesheet)
    seconds = 0.0
    for employee in range(count):
        year = list(year_of(employee))
        start = process_time()
        for timesheet in year:
            gross_pay(timesheet)
        seconds += process_time() - start
    seconds *= ALL / count
    how = "" if full else f" (from {count:,})"
    yield Figure(f"a year of {ALL:,} employees{how}", f"{seconds:,.1f} s", "under 60 s")
    tracemalloc.start()
    for employee in range(3):
        for timesheet in year_of(employee):
            gross_pay(timesheet)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    yield Figure("memory beside the tables, at most", f"{peak / 1024:.0f} KiB", "bounded")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help=f"all {ALL:,} employees")
    show("Timesheets", measure(full=parser.parse_args().full))


if __name__ == "__main__":
    main()
