"""Collecting the faults of a request while it is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from attrs import field, frozen

from asopay.errors import Fault, one_of
from asopay.money import Cents, cents

T = TypeVar("T")


@frozen
class Faults:
    """The faults found so far; a value that can't be read stands as None or 0."""

    found: list[Fault] = field(factory=list)

    def add(self, path: str, message: object) -> None:
        """Enters a fault."""
        self.found.append(Fault(path, str(message)))

    def unknown(self, path: str, value: object, known: Any) -> None:
        """Enters a value that is not one of the known ones."""
        self.add(path, f"{value!r} is not one of {one_of(known)}")

    def attempt(self, path: str, read: Callable[..., T], *values: Any) -> T | None:
        """What the reading function makes of the values; on an error a fault, and None."""
        try:
            return read(*values)
        except (TypeError, ValueError) as error:
            self.add(path, error)
            return None

    def cents(self, path: str, value: Any) -> Cents:
        """The whole cents of an amount in dollars."""
        try:
            return cents(value)
        except ValueError as error:
            self.add(path, error)
            return 0

    def amounts(self, path: str, values: Mapping[str, Any]) -> dict[str, Cents]:
        """The whole cents of each amount."""
        return {key: self.cents(f"{path}.{key}", value) for key, value in values.items()}
