"""A programme to which nothing is owed yet: its table says from when contributions are due."""

from __future__ import annotations

from attrs import frozen


@frozen
class Figures:
    """There are none."""
