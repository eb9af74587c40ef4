"""What asopay is known not to compute, by jurisdiction."""

from __future__ import annotations

from attrs import frozen


@frozen
class Figures:
    """Taxes that may be due in a jurisdiction and are not computed, each in a few words."""

    not_computed: tuple[str, ...]
