"""Earnings that are computed, or of which parts are taxed differently, each with its worksheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from asopay.earnings.group_term_life import KIND, Insured, read_cover
from asopay.earnings.reading import PaidEarning
from asopay.earnings.sick_pay import is_sick_pay, read_sick_pay
from asopay.faults import Faults
from asopay.paycheck import Earning
from asopay.tables import Table
from asopay.worksheet import Worksheet


def in_parts(
    earning: Earning,
    paid: PaidEarning,
    tables: Mapping[str, Table[Any]],
    *,
    paid_to: Insured,
    path: str,
    faults: Faults,
) -> tuple[Sequence[PaidEarning], Worksheet | None]:
    """The earning, or the parts of it that are taxed differently, and the worksheet if it has one.

    `tables` are those by which kinds of earnings are computed.
    """
    if earning.cover is not None or earning.contribution is not None:
        table = tables.get(KIND)
        paid, worksheet = read_cover(
            earning, paid, table, paid_to=paid_to, path=path, faults=faults
        )
        if worksheet is not None:
            return (paid,), worksheet
    sick_pay = tables.get("sick_pay")
    if is_sick_pay(earning, sick_pay):
        return read_sick_pay(
            earning, paid, sick_pay, pay_date=paid_to.day, path=path, faults=faults
        )
    return (paid,), None
