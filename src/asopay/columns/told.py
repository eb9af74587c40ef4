"""What a rule of withholding is told about a block of rows: facts by code, and amounts beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from attrs import define, evolve, field, fields

from asopay.certificates import Certificate
from asopay.columns.certificates import AMOUNT, Profiles
from asopay.columns.column import Column, Rows
from asopay.withholding.pay import Pay

Amounts = Callable[[str], Any]
"""Gives what stands for an amount of that name: a column, some rows of it, or a symbol."""


@define(eq=False)
class Filed:
    """The certificates of a jurisdiction in a block of rows.

    `codes` tell apart the rows whose rules need other facts, `together` is what the engine is given
    for all of them, and `columns` the boxes that hold numbers.
    """

    profiles: Profiles
    codes: Rows
    together: Certificate
    columns: dict[str, Any]


@define(eq=False)
class Periods:
    """The pay periods of a block: for each code a frequency and the number of periods a year."""

    codes: Rows
    kinds: list[tuple[str, int]]


@define(eq=False)
class Told:
    """The pay and the certificates of a block: `amounts` are what is a column of them, by name.

    Rows of the same code share all else.
    """

    pay: Pay
    periods: Periods
    filed: Filed | None
    given: Certificate
    amounts: dict[str, Any] = field(init=False, factory=dict)
    codes: Rows = field(init=False)
    _of_pay: dict[str, Any] = field(init=False, factory=dict)
    _added: dict[str, Any] = field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.codes = self.periods.codes
        for name in _OF_PAY:
            self._of_pay[name] = self._told(f"pay.{name}", getattr(self.pay, name))
        engine_gave: Mapping[str, Any] = {}
        if self.filed is not None:
            self.codes = self.filed.codes * len(self.periods.kinds) + self.codes
            self.amounts |= self.filed.columns
            engine_gave = self.filed.together.answers
        if self.given.answers is engine_gave:
            return
        for box, value in self.given.answers.items():
            if box not in engine_gave or engine_gave[box] is not value:
                self._added[box] = self._told(box, value)

    def _told(self, name: str, value: Any) -> Any:
        """The value, or what says that it is an amount."""
        if isinstance(value, tuple):
            return tuple(self._told(f"{name}/{n}", each) for n, each in enumerate(value))
        if not isinstance(value, np.ndarray):
            return value
        self.amounts[name] = value
        return AMOUNT

    def facts(self, code: int) -> tuple[Any, ...]:
        """All that rows of a code share, as a key."""
        return (
            self._period(code),
            self.filed.profiles.facts(self._profile(code)) if self.filed else None,
            self.pay.rate_at_home,
            self.pay.state_worksheet is None,
            *self._of_pay.values(),
            *self._added.items(),
        )

    def to_rule(self, code: int, amount: Amounts) -> tuple[Pay, Certificate]:
        """What a rule is told for rows of a code."""
        frequency, periods = self._period(code)
        of_pay = {
            name: _filled(f"pay.{name}", value, amount) for name, value in self._of_pay.items()
        }
        pay = evolve(self.pay, frequency=frequency, periods=periods, **of_pay)
        certificate, answers = self.given, self._added
        if self.filed is not None:
            profile = self._profile(code)
            certificate = self.filed.profiles.made[profile].certificate
            answers = {**self.filed.profiles.told(profile), **self._added}
        filled = {box: _filled(box, value, amount) for box, value in answers.items()}
        return pay, evolve(certificate, answers=filled)

    def _profile(self, code: int) -> int:
        return code // len(self.periods.kinds)

    def _period(self, code: int) -> tuple[str, int]:
        """The frequency, and how often a year it is; of daily payrolls the table says that."""
        frequency, number = self.periods.kinds[code % len(self.periods.kinds)]
        told = self.pay.periods
        return frequency, number if isinstance(told, Column) else told


_OF_PAY = tuple(
    each.name
    for each in fields(Pay)
    if each.name not in ("frequency", "periods", "state_worksheet", "rate_at_home")
)
"""What can be a column of what a rule is told about the pay."""


def _filled(name: str, value: Any, amount: Amounts) -> Any:
    """The value, with the amounts in it."""
    if isinstance(value, tuple):
        return tuple(_filled(f"{name}/{n}", each, amount) for n, each in enumerate(value))
    return amount(name) if value is AMOUNT else value
