"""The faults of a request, and the errors that carry them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from attrs import frozen


@frozen
class Fault:
    """One fault: the path of the field, such as ``earnings[0].hours``, and what is wrong."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


class InvalidRequest(ValueError):
    """A request that can't be computed; `faults` holds all that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(map(str, self.faults)))


class TableError(ValueError):
    """A tax table that is missing, out of its dates, or not of the shape that its rule reads."""


class NotStated(Exception):
    """What a rule needs and the request does not state; the tax is then named as not computed."""


MOST_CHARACTERS = 60


def shown(value: object) -> str:
    """The value as a message shows it, cut if it is long.

    >>> shown("weekley"), shown("x" * 100)[-5:]
    ("'weekley'", 'xx...')
    """
    text = str(value) if isinstance(value, Decimal) else repr(value)
    return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - 3] + "..."


def one_of(names: Iterable[object]) -> str:
    """The names as a list for a message.

    >>> one_of(["weekly", "biweekly"])
    'weekly, biweekly'
    """
    return ", ".join(str(name) for name in names)
