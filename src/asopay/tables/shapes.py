"""From the plain values of a TOML file to attrs classes, with the path of every offending key."""

from __future__ import annotations

import itertools
from typing import Any, TypeVar

from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError
from cattrs.v import format_exception

from asopay.errors import TableError
from asopay.money import Bracket, Brackets, Cents, Rate, cents, rate, share, to_cents, unrounded

T = TypeVar("T")


def structure(values: dict[str, Any], shape: type[T], where: str) -> T:
    """The values as an instance of the shape; `TableError` names every key that does not fit."""
    try:
        return _converter.structure(values, shape)
    except BaseValidationError as error:
        messages = transform_error(error, format_exception=_message)
        raise TableError("\n".join(f"{where}: {message}" for message in messages)) from None


def _message(error: BaseException, kind: type | None) -> str:
    """What a hook says of a value, or what cattrs says of a key."""
    return str(error) if type(error) is ValueError else format_exception(error, kind)


def _brackets(value: Any, _: type) -> Brackets:
    """A schedule of rows (over, base, rate).

    Printed bases must follow from the rows above to the cent, or the schedule must say why not:
    ``{rows = [...], bases = "the reason", within = 0.12}``.
    """
    if isinstance(value, dict):
        if set(value) != {"rows", "bases", "within"}:
            raise ValueError(f"a schedule has rows, bases and within, not {', '.join(value)}")
        rows, tolerance = value["rows"], cents(value["within"])
    else:
        rows, tolerance = value, 0
    brackets = Brackets(tuple(_bracket(row) for row in rows))
    _check_rows(brackets.rows, tolerance)
    return brackets


def _bracket(row: Any) -> Bracket:
    match row:
        case [over, base, of_excess]:
            return Bracket(cents(over), cents(base), rate(of_excess))
    raise ValueError(f"{row!r} is not a row of over, base and rate")


def _check_rows(rows: tuple[Bracket, ...], tolerance: Cents) -> None:
    if not rows or rows[0].over != 0:
        raise ValueError("the first row of a schedule must start at 0")
    for lower, upper in itertools.pairwise(rows):
        if upper.over <= lower.over:
            raise ValueError(f"rows must ascend: {upper.over // 100} follows {lower.over // 100}")
        derived = to_cents(unrounded(lower.base) + share(upper.over - lower.over, lower.rate))
        if abs(derived - upper.base) > tolerance:
            raise ValueError(
                f"the base over {upper.over // 100} is printed as {upper.base} cents, "
                f"and the row above gives {derived}"
            )


def _exactly(kind: type) -> Any:
    """A hook that takes only values that are already of the kind."""

    def hook(value: Any, _: type) -> Any:
        if type(value) is not kind:
            raise ValueError(f"{value!r} is not of type {kind.__name__}")
        return value

    return hook


def _new_converter() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    for kind in (str, int, bool):
        converter.register_structure_hook(kind, _exactly(kind))
    converter.register_structure_hook_func(lambda t: t is Cents, lambda value, _: cents(value))
    converter.register_structure_hook_func(lambda t: t is Rate, lambda value, _: rate(value))
    converter.register_structure_hook(Brackets, _brackets)
    return converter


_converter = _new_converter()
_converter.register_structure_hook_func(
    lambda t: getattr(t, "__name__", "") == "date", lambda value, t: _exactly(t)(value, t)
)
