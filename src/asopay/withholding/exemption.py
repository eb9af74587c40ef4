"""Exemption from withholding, claimed on a certificate: nothing is withheld from regular wages."""

from __future__ import annotations

from typing import Any

from asopay.money import Cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet

EXEMPTION = Form(
    "Exemption from withholding",
    result="(withholding)",
    lines={
        "(wages)": "Taxable wages of this period",
        "(withholding)": "Withholding: none, for the certificate claims exemption",
    },
)


def withhold_nothing(wages: Cents, table: Table[Any]) -> Worksheet:
    """A worksheet that states the exemption; whatever else the certificate says does not count."""
    line = Worksheet(EXEMPTION, table)
    line["(wages)"] = wages
    line["(withholding)"] = 0
    return line
