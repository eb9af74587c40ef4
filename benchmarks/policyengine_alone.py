"""A year in California by PolicyEngine US, run by an interpreter that has it.

Prints the seconds that the taxes of as many people took as are asked for, building not counted.
"""

from __future__ import annotations

import sys
import time

from policyengine_us import Simulation  # type: ignore[import-not-found]

YEAR = 2025
TAXES = ("income_tax", "state_income_tax", "employee_payroll_tax")


def simulation(people: int) -> Simulation:
    """Single people of 40 whose wages go from 20,000 to 200,000 dollars."""
    of_one = {"members": ["you"]}
    wages = {"name": "employment_income", "count": people, "min": 20_000, "max": 200_000}
    return Simulation(
        situation={
            "people": {"you": {"age": {YEAR: 40}}},
            "tax_units": {"tax_unit": of_one},
            "families": {"family": of_one},
            "spm_units": {"spm_unit": of_one},
            "marital_units": {"marital_unit": of_one},
            "households": {"household": {**of_one, "state_name": {YEAR: "CA"}}},
            "axes": [[{**wages, "period": YEAR}]],
        }
    )


def main() -> None:
    people = int(sys.argv[1])
    simulation(2).calculate(TAXES[0], YEAR)  # what is read once is not counted
    simulated = simulation(people)
    begun = time.perf_counter()
    for tax in TAXES:
        simulated.calculate(tax, YEAR)
    print(time.perf_counter() - begun)


if __name__ == "__main__":
    main()
