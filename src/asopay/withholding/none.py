"""States without an income tax on wages: the table says so, and nothing is withheld."""

from __future__ import annotations

from attrs import frozen


@frozen
class Figures:
    """There are no figures; `statement` says in words what the law is."""

    statement: str
