"""What simulating a plan's claims promises: the same seed gives the same years, and they add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from asopay import InvalidRequest
from asopay.cli import main
from asopay.money import ONE
from asopay.plans.charts import distribution_chart, histogram
from asopay.plans.scenarios import (
    Outcome,
    outcome_chart,
    outcome_document,
    outcomes,
    read_scenario,
    scenario_schema,
)
from asopay.plans.simulation import Protection, Risk, simulate

EXAMPLE = Path(__file__).parents[1] / "examples" / "self_funded" / "scenario.json"
DENTAL = Risk(frequency=2 * ONE, mean=180_00, variation=ONE, most=1_500_00)
LIFE = Risk(frequency=ONE // 500, mean=100_000_00, once=True)
MEDICAL = Risk(frequency=6 * ONE, mean=900_00, variation=5 * ONE, dispersion=3 * ONE)


def example() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    return loaded


class TestSimulation:
    """Years of claims."""

    @settings(max_examples=20)
    @given(st.integers(1, 400), st.integers(1, 30), st.integers(0, 2**32))
    def test_adds_up(self, lives: int, years: int, seed: int) -> None:
        """What stop-loss bears and what is left are the claims, in every year."""
        protection = Protection(specific=5_000_00, attachment=lives * 100_00)
        risks = {"medical": MEDICAL, "life": LIFE}
        one, other = (
            simulate(risks, lives, years=years, seed=seed, protection=protection) for _ in range(2)
        )

        assert one.claims.tolist() == other.claims.tolist()
        assert (one.retained + one.specific + one.aggregate == one.claims).all()
        assert (one.retained >= 0).all()
        assert one.retained.max() <= lives * 100_00
        assert years == len(one.retained)

    def test_seed(self) -> None:
        """Another seed gives other years."""
        one, other = (simulate({"dental": DENTAL}, 100, years=20, seed=n) for n in (1, 2))

        assert one.claims.tolist() != other.claims.tolist()

    def test_blocks(self) -> None:
        """Years that are drawn in several blocks are as many as were asked for."""
        assert 7 == len(simulate({"life": LIFE}, 2_000_000, years=7).claims)

    @pytest.mark.parametrize("risk", [DENTAL, LIFE, MEDICAL])
    def test_mean(self, risk: Risk) -> None:
        """The mean of many years is near the frequency times the mean amount."""
        drawn = simulate({"one": Risk(**{**kept(risk), "most": None})}, 500, years=400, seed=3)
        expected = risk.frequency / ONE * risk.mean * 500

        assert 0.85 < drawn.claims.mean() / expected < 1.15

    def test_edges(self) -> None:
        """Nothing happens without frequency; equal amounts stay equal; the most cuts off."""
        nothing = Risk(0, 100_00, dispersion=2 * ONE)
        assert 0 == simulate({"none": nothing}, 10, years=5).claims.sum()
        always = Risk(ONE, 100_00, most=70_00, once=True)
        assert [700_00] * 5 == simulate({"all": always}, 10, years=5).claims.tolist()

    def test_wrong(self) -> None:
        """All that is wrong is reported together."""
        with pytest.raises(InvalidRequest) as refused:
            simulate({"x": Risk(-1, 5), "y": Risk(1, 5, dispersion=5)}, 0, years=0)

        below = "an amount or a rate is below zero, or dispersion below 1"
        assert [
            "lives: 0 is not above zero",
            "years: 0 is not above zero",
            f"risks.x: {below}",
            f"risks.y: {below}",
        ] == str(refused.value).splitlines()
        with pytest.raises(InvalidRequest, match="lives: 6000000 means more lives or claims in"):
            simulate({"x": MEDICAL}, 6_000_000)
        with pytest.raises(InvalidRequest, match="risks: there is none"):
            simulate({}, 5)


def kept(risk: Risk) -> dict[str, Any]:
    names = ("frequency", "mean", "variation", "dispersion", "once")
    return {name: getattr(risk, name) for name in names}


class TestChart:
    """The distribution as an image."""

    @given(st.lists(st.integers(0, 10**9), min_size=1, max_size=50), st.integers(1, 50))
    def test_histogram(self, amounts: list[int], bars: int) -> None:
        """Every amount is counted once, in the bar where it lies."""
        counted = histogram(amounts, bars)

        assert len(amounts) == sum(counted.counts)
        assert counted.low + counted.width * bars > max(amounts)

    @given(
        st.lists(st.integers(0, 10**9), min_size=1, max_size=20),
        st.dictionaries(st.sampled_from(["mean", "a < b"]), st.integers(0, 10**9)),
    )
    def test_is_an_image(self, amounts: list[int], marks: dict[str, int]) -> None:
        """The chart is XML, and everything lies within it."""
        chart = distribution_chart("A & B", amounts, marks)
        image = ET.fromstring(chart)  # noqa: S314 - it is our own

        assert "A & B" == image.findtext("{http://www.w3.org/2000/svg}title")
        for bar in image.iter("{http://www.w3.org/2000/svg}rect"):
            left, width = int(bar.get("x", "0")), int(bar.get("width", "0"))
            assert 0 <= left <= left + width <= 721
        assert all(name in "".join(image.itertext()) for name in marks)
        assert chart == distribution_chart("A & B", amounts, marks)

    def test_nothing(self) -> None:
        """There is no distribution of no amounts."""
        with pytest.raises(ValueError, match="there are no amounts"):
            histogram([])


class TestScenario:
    """asopay plan simulate FILE."""

    def test_document(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With --json it prints mean, percentiles and the dearest year of each way."""
        assert 0 == main(["plan", "simulate", str(EXAMPLE), "--json"])
        printed = json.loads(capsys.readouterr().out)

        scenario = read_scenario(example())
        assert outcome_document(scenario, outcomes(scenario)) == printed
        assert {"self_funded", "level_funded", "insured"} < printed.keys()
        assert printed["insured"]["percentile_5"] == printed["insured"]["most"]
        assert printed["insured"]["years_above_insured"] == 0

    def test_report_and_chart(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """By itself it prints a table, and with --chart it writes an image."""
        chart = tmp_path / "chart.svg"
        assert 0 == main(["plan", "simulate", str(EXAMPLE), "--chart", str(chart)])

        assert "Self funded" in capsys.readouterr().out
        assert outcome_chart(outcomes(read_scenario(example()))) == chart.read_text("utf-8")

    def test_schema(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The schema takes the example."""
        assert 0 == main(["schema", "plan_scenario"])
        schema = json.loads(capsys.readouterr().out)

        assert scenario_schema() == schema
        assert [] == list(Draft202012Validator(schema).iter_errors(example()))

    def test_refused(self) -> None:
        """What can't be read, or is not above zero, is refused."""
        with pytest.raises(InvalidRequest, match="years: 0 is not above zero"):
            read_scenario({**example(), "years": 0})
        with pytest.raises(InvalidRequest, match="employees: 0 is not above zero"):
            read_scenario({**example(), "employees": 0})
        with pytest.raises(InvalidRequest, match="lives: 'x' is not a whole number"):
            read_scenario({**example(), "lives": "x"})

    def test_alone(self) -> None:
        """Ways that the scenario says nothing of are left out."""
        asked = {name: example()[name] for name in ("lives", "employees", "risks")}
        scenario = read_scenario({**asked, "years": 20})

        assert ["self_funded"] == list(outcomes(scenario))
        document = outcome_document(scenario, outcomes(scenario))
        assert "years_above_insured" not in document["self_funded"]

    def test_level(self) -> None:
        """Level payments less the share of a surplus: never more than the payments."""
        ways = outcomes(read_scenario(example()))
        level, offer = ways["level_funded"], example()["level"]
        paid = sum(float(offer[name]) for name in ("administration", "stop_loss", "claims_fund"))

        assert level.most <= round(paid * 12 * example()["employees"] * 100)
        assert level.percentile(5) < level.most

    @given(st.lists(st.integers(0, 1000), min_size=1), st.integers(1, 100))
    def test_percentiles(self, costs: list[int], percent: int) -> None:
        """At least so many percent of the years cost no more than the percentile."""
        outcome = Outcome(np.array(costs, np.int64))
        at_most = outcome.percentile(percent)

        assert 100 * (len(costs) - outcome.years_above(at_most)) >= percent * len(costs)
        assert at_most in costs
