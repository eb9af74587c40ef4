"""What a year would cost by chance: self-funded, level-funded, and fully insured.

The same simulated claims are settled in each way. Amounts are whole cents. Needs numpy.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from attrs import field, frozen

from asopay.errors import Fault, InvalidRequest
from asopay.money import ONE, Cents, as_text
from asopay.plans.charts import distribution_chart
from asopay.plans.months import MONTHS
from asopay.plans.plan_year import LevelFunding
from asopay.plans.simulation import Amounts, Protection, Risk, Simulation, faults_of_risks, simulate
from asopay.reading import reader_of
from asopay.schema import schema_of

PERCENTILES = (5, 50, 95, 99)


@frozen
class Scenario:
    """A group whose claims are simulated, and what each way of funding costs it.

    `fixed` are the yearly costs of administration and stop-loss when the plan is self-funded, with
    a `specific` deductible and an aggregate `attachment` point of the year. `insured` is the yearly
    premium of all, and `level` an offer by employee and month.
    """

    lives: int
    employees: int
    risks: Mapping[str, Risk]
    years: int = 10_000
    seed: int = 1
    fixed: Cents = 0
    specific: Cents | None = None
    attachment: Cents | None = None
    insured: Cents | None = None
    level: LevelFunding | None = None


@frozen
class Outcome:
    """What a year costs in one way of funding, over all simulated years."""

    costs: Amounts = field(eq=False)

    @property
    def mean(self) -> Cents:
        """The mean, a part of a cent cut off."""
        return int(self.costs.sum()) // len(self.costs)

    def percentile(self, percent: int) -> Cents:
        """The cost that is not exceeded in so many percent of the years."""
        ordered = np.sort(self.costs)
        return int(ordered[max(0, -(-len(ordered) * percent // 100) - 1)])

    @property
    def most(self) -> Cents:
        """The dearest year."""
        return int(self.costs.max())

    def years_above(self, amount: Cents) -> int:
        """The number of years that cost more than the amount."""
        return int((self.costs > amount).sum())


def outcomes(scenario: Scenario) -> dict[str, Outcome]:
    """What a year costs by way of funding; those that the scenario says nothing of are left out."""
    years = simulate(
        scenario.risks,
        scenario.lives,
        years=scenario.years,
        seed=scenario.seed,
        protection=Protection(scenario.specific, scenario.attachment),
    )
    ways = {"self_funded": Outcome(years.retained + scenario.fixed)}
    if scenario.level:
        ways["level_funded"] = Outcome(_level(scenario.level, scenario.employees, years))
    if scenario.insured is not None:
        ways["insured"] = Outcome(np.full(scenario.years, scenario.insured, np.int64))
    return ways


def _level(offer: LevelFunding, employees: int, years: Simulation) -> Amounts:
    """The level payments of each year, less the share of a surplus, half a cent up."""
    fund = employees * MONTHS * offer.claims_fund
    paid = employees * MONTHS * (offer.administration + offer.stop_loss + offer.claims_fund)
    surplus = (fund - (years.claims - years.specific)).clip(0)
    return paid - (surplus * (offer.refund_share // 100) + ONE // 200) // (ONE // 100)


def read_scenario(document: Any) -> Scenario:
    """The scenario that the document states; `InvalidRequest` with all its faults."""
    faults: list[Fault] = []
    scenario: Scenario = reader_of(Scenario)(document, "", faults)
    if not faults:
        numbers = {"employees": scenario.employees}
        faults += [Fault(name, f"{n} is not above zero") for name, n in numbers.items() if n < 1]
        faults += faults_of_risks(scenario.risks, scenario.lives, scenario.years)
    if faults:
        raise InvalidRequest(faults)
    return scenario


def scenario_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario document."""
    return schema_of(Scenario, "Scenario of a group's claims")


def outcome_document(scenario: Scenario, ways: Mapping[str, Outcome]) -> dict[str, Any]:
    """The plain form of the outcomes: mean, percentiles, the dearest year, years above insured."""
    return {
        "years": scenario.years,
        "seed": scenario.seed,
        "numpy": np.__version__,
        **{name: _plain(outcome, scenario.insured) for name, outcome in ways.items()},
    }


def _plain(outcome: Outcome, insured: Cents | None) -> dict[str, Any]:
    document: dict[str, Any] = {"mean": as_text(outcome.mean)}
    document |= {
        f"percentile_{percent}": as_text(outcome.percentile(percent)) for percent in PERCENTILES
    }
    document["most"] = as_text(outcome.most)
    if insured is not None:
        document["years_above_insured"] = outcome.years_above(insured)
    return document


def outcome_report(scenario: Scenario, ways: Mapping[str, Outcome]) -> str:
    """The outcomes as a table of text."""
    columns = ["Mean", *(f"{percent} percent" for percent in PERCENTILES), "Dearest"]
    lines = [
        f"Cost of a year in {scenario.years:,} simulated years, seed {scenario.seed}",
        f"{'':14}" + "".join(f"{column:>16}" for column in columns),
    ]
    for name, outcome in ways.items():
        percentiles = [outcome.percentile(percent) for percent in PERCENTILES]
        amounts = [outcome.mean, *percentiles, outcome.most]
        row = "".join(f"{amount // 100:>16,}" for amount in amounts)
        lines.append(f"{name.replace('_', ' ').capitalize():14}{row}")
    return "\n".join(lines) + "\n"


def outcome_chart(ways: Mapping[str, Outcome]) -> str:
    """The distribution of the self-funded cost as an SVG image, with the means of the others."""
    marks = {name.replace("_", " "): outcome.mean for name, outcome in ways.items()}
    costs = ways["self_funded"].costs.tolist()
    return distribution_chart("Cost of a self-funded year", costs, marks)
