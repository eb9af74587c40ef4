"""An income tax that is not computed here: the request states what is withheld, as an override."""

from __future__ import annotations

from typing import NoReturn

from attrs import frozen

from asopay.certificates import Certificate
from asopay.errors import NotStated
from asopay.tables import Table
from asopay.withholding.pay import Pay


@frozen
class Figures:
    """Where the amount is found, in words.

    `instead_of_federal` is the law by which residents who work there owe no federal income tax on
    that pay, if there is one.
    """

    found_in: str
    instead_of_federal: str = ""


def withhold(_: Pay, __: Certificate, table: Table[Figures]) -> NoReturn:
    """Raises `NotStated`: the amount has to come with the request."""
    raise NotStated(f"it is not computed: state what {table.figures.found_in} say")
