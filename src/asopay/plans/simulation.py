"""Many years of a plan's claims, by chance: how often, how large, and what is left to the plan.

A life has a number of claims in a year (Poisson, or negative binomial where lives differ), each of
an amount (lognormal, or fixed). Everything is drawn by numpy's generator from a seed: the same seed
and the same version of numpy give the same years. Amounts are whole cents. Needs numpy, which the
extra `columns` installs.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from attrs import field, frozen
from numpy.typing import NDArray

from asopay.errors import Fault, InvalidRequest
from asopay.money import ONE, Cents, Rate

Amounts = NDArray[np.int64]
"""A column of whole cents, or of numbers of claims."""

AT_ONCE = 3_000_000
"""About so many claims, or lives, are drawn at once, so that memory stays bounded."""

MOST_OF_A_YEAR = 30_000_000
"""A year with more lives or expected claims than this is not simulated."""


@frozen
class Risk:
    """A benefit's claims: how many a life has in a year, and how large one is.

    `frequency` is the mean number for a life, `mean` that of an amount in cents and `variation` its
    coefficient of variation (0: every claim is of the same amount). A `most` cuts amounts off, as
    the maximum of a benefit does. `dispersion` is the ratio of variance to mean of the number, from
    1 on; above it, lives differ. With `once` a life has at most one claim.
    """

    frequency: Rate
    mean: Cents
    variation: Rate = 0
    most: Cents | None = None
    dispersion: Rate = ONE
    once: bool = False


@frozen
class Protection:
    """Stop-loss in the simulation, by life and year: see `asopay.plans.stop_loss`.

    `attachment` is the aggregate attachment point of the group's year.
    """

    specific: Cents | None = None
    attachment: Cents | None = None


@frozen
class Simulation:
    """The simulated years: what was claimed, what stop-loss bears, and what is left to the plan.

    Each is a column of whole cents with an element for each year.
    """

    claims: Amounts = field(eq=False)
    specific: Amounts = field(eq=False)
    aggregate: Amounts = field(eq=False)

    @property
    def retained(self) -> Amounts:
        """What is left to the plan."""
        return self.claims - self.specific - self.aggregate


def simulate(
    risks: Mapping[str, Risk],
    lives: int,
    *,
    years: int = 10_000,
    seed: int = 1,
    protection: Protection | None = None,
) -> Simulation:
    """Years of the claims of a group, all benefits together.

    Raises `InvalidRequest` with all that is wrong: no lives or years, a rate below zero.

    >>> dental = Risk(frequency=2 * ONE, mean=180_00, variation=ONE, most=1_500_00)
    >>> first, again = (simulate({"dental": dental}, 500, years=100, seed=7) for _ in range(2))
    >>> len(first.retained), first.retained.tolist() == again.retained.tolist()
    (100, True)
    """
    faults = faults_of_risks(risks, lives, years)
    if faults:
        raise InvalidRequest(faults)
    generator = np.random.default_rng(seed)
    protection = protection or Protection()
    block = max(AT_ONCE // (lives * _claims_of_a_life(risks)), 1)
    parts = [
        _years(generator, risks, lives, min(block, years - done), protection.specific)
        for done in range(0, years, block)
    ]
    claims, specific = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    aggregate = np.zeros_like(claims)
    if protection.attachment is not None:
        aggregate = (claims - specific - protection.attachment).clip(0)
    return Simulation(claims, specific, aggregate)


def faults_of_risks(risks: Mapping[str, Risk], lives: int, years: int) -> list[Fault]:
    """All that is wrong with what is to be simulated."""
    faults = [
        Fault(name, f"{number} is not above zero")
        for name, number in (("lives", lives), ("years", years))
        if number < 1
    ]
    for name, risk in risks.items():
        numbers = (risk.frequency, risk.mean, risk.variation, risk.most or 0, risk.dispersion - ONE)
        if min(numbers) < 0:
            below = "an amount or a rate is below zero, or dispersion below 1"
            faults.append(Fault(f"risks.{name}", below))
    if not risks:
        faults.append(Fault("risks", "there is none"))
    elif not faults and lives * _claims_of_a_life(risks) > MOST_OF_A_YEAR:
        too_many = f"more lives or claims in a year than {MOST_OF_A_YEAR:,}, which is the most"
        faults.append(Fault("lives", f"{lives} means {too_many}"))
    return faults


def _claims_of_a_life(risks: Mapping[str, Risk]) -> int:
    """The expected claims of the most frequent benefit, at least one."""
    return max(max(risk.frequency for risk in risks.values()) // ONE, 1)


def _years(
    generator: np.random.Generator,
    risks: Mapping[str, Risk],
    lives: int,
    years: int,
    deductible: Cents | None,
) -> tuple[Amounts, Amounts]:
    """The claims of some years, and what the specific stop-loss bears of them."""
    of_lives = np.zeros(lives * years, np.int64)
    for risk in risks.values():
        of_lives += _claims(generator, risk, len(of_lives))
    excess = np.zeros_like(of_lives)
    if deductible is not None:
        excess = (of_lives - deductible).clip(0)
    return of_lives.reshape(years, lives).sum(1), excess.reshape(years, lives).sum(1)


def _claims(generator: np.random.Generator, risk: Risk, lives: int) -> Amounts:
    """What each life claims in its year."""
    counts = _counts(generator, risk, lives)
    amounts = _amounts(generator, risk, int(counts.sum()))
    whose = np.repeat(np.arange(lives), counts)
    claimed = np.zeros(lives, np.int64)
    np.add.at(claimed, whose, amounts)
    return claimed


def _counts(generator: np.random.Generator, risk: Risk, lives: int) -> Amounts:
    frequency = risk.frequency / ONE
    if risk.once:
        return generator.binomial(1, min(frequency, 1.0), lives)
    if risk.dispersion == ONE or not frequency:
        return generator.poisson(frequency, lives)
    above = risk.dispersion / ONE - 1
    return generator.poisson(generator.gamma(frequency / above, above, lives))


def _amounts(generator: np.random.Generator, risk: Risk, number: int) -> Amounts:
    """Amounts in whole cents; a lognormal one is drawn as a float, and rounded to the cent."""
    amounts = np.full(number, risk.mean, np.int64)
    if risk.variation and risk.mean:
        variance = np.log1p((risk.variation / ONE) ** 2)
        middle = np.log(risk.mean) - variance / 2
        drawn = generator.lognormal(middle, np.sqrt(variance), number)
        amounts = np.rint(drawn).astype(np.int64)
    return amounts if risk.most is None else np.minimum(amounts, risk.most)
