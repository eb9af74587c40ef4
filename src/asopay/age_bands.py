"""Rates by age: bands that begin at an age, and the age that a person has on a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import frozen

from asopay.faults import Faults
from asopay.money import Rate, rate


@frozen
class AgeBand:
    """The rate from an age on, up to the age at which the next band begins."""

    from_age: int
    rate: Rate


def age_on(day: date, birth_date: date) -> int:
    """The age in whole years that a person born on the date has on the day.

    >>> born = date(1981, 12, 31)
    >>> age_on(date(2026, 12, 31), born), age_on(date(2026, 12, 30), born)
    (45, 44)
    """
    birthday_is_ahead = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - birthday_is_ahead


def rate_at(age: int, bands: Sequence[AgeBand]) -> Rate:
    """The rate of the band that the age is in; `ValueError` below the first band.

    >>> rate_at(47, [AgeBand(0, 5_000_000), AgeBand(45, 15_000_000)])
    15000000
    """
    within = [band.rate for band in bands if band.from_age <= age]
    if not within:
        raise ValueError(
            f"there is no rate for the age {age}: the first is for {bands[0].from_age}"
        )
    return within[-1]


def read_bands(
    bands: Mapping[int, Decimal | int | str], path: str, faults: Faults
) -> tuple[AgeBand, ...]:
    """Bands given as the rate in dollars by the age from which it holds, in ascending order.

    >>> [band.from_age for band in read_bands({40: "0.12", 0: "0.05"}, "rates", Faults())]
    [0, 40]
    """
    if not bands:
        faults.add(path, "there is no band: give the rate by the age from which it holds")
    read = []
    for from_age, value in sorted(bands.items()):
        of_band = faults.attempt(f"{path}.{from_age}", rate, value)
        if of_band is not None and of_band < 0:
            faults.add(f"{path}.{from_age}", f"{value} is below zero")
        read.append(AgeBand(from_age, of_band or 0))
    return tuple(read)
