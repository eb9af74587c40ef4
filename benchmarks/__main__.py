"""Runs all the benchmarks and prints their figures."""

from __future__ import annotations

import argparse
import platform
from importlib.metadata import version
from pathlib import Path

from benchmarks import (
    against_policyengine,
    against_python_taxes,
    cold_start,
    gross_up_tries,
    import_time,
    lines,
    many_places,
    payrolls,
    plan_tests,
    plan_years,
    rules_on_columns,
    single_paychecks,
    timesheets,
)
from benchmarks.timing import show


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python-taxes", type=Path, help="an interpreter that has python-taxes")
    parser.add_argument(
        "--policyengine-us", type=Path, help="an interpreter that has policyengine-us"
    )
    parser.add_argument(
        "--full", action="store_true", help="ten million rows, a million requests, all timesheets"
    )
    options = parser.parse_args()
    print(f"asopay {version('asopay')}, Python {platform.python_version()}")
    show("Import", import_time.measure())
    show("Cold start", cold_start.measure())
    show("Single paychecks", single_paychecks.measure())
    if options.python_taxes:
        show("Against python-taxes 0.7", against_python_taxes.measure(options.python_taxes))
    show("Places", many_places.measure())
    show("Timesheets", timesheets.measure(full=options.full))
    show("Plan tests", plan_tests.measure())
    show("Net to gross", gross_up_tries.measure())
    show("Self-funded plans", plan_years.measure())
    show(rules_on_columns.TITLE, rules_on_columns.measure())
    show("Whole payrolls", payrolls.measure(full=options.full))
    if options.policyengine_us:
        python = options.policyengine_us
        show("Against PolicyEngine US", against_policyengine.measure(python))
    show("asopay paycheck --lines", lines.measure(full=options.full))


if __name__ == "__main__":
    main()
