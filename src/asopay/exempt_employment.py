"""Kinds of employment that taxes do not cover: household, farm, family, students and others."""

from __future__ import annotations

from attrs import frozen


@frozen
class Employment:
    """A kind of employment: the taxes that it turns off, when that holds, and by which law."""

    turns_off: tuple[str, ...]
    holds: str
    source: str


@frozen
class Figures:
    """The kinds of employment by name, as one jurisdiction has them."""

    employments: dict[str, Employment]
