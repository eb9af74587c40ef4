"""Kinds of orders, and the disposable earnings that each is taken from.

15 U.S.C. 1672 (https://www.law.cornell.edu/uscode/text/15/1672): disposable earnings are what is
left of earnings after amounts that law requires to be withheld. Voluntary deductions are not
subtracted, unless another law says so.
"""

from __future__ import annotations

from collections.abc import Collection

from attrs import frozen

from asopay.garnishments.pay import Pay
from asopay.money import at_least_zero
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet


@frozen
class Kind:
    """A kind of order.

    `subtracts` are kinds of deductions that its law subtracts although they are not required by
    law. A chapter 13 order stays (stops) those that are `stayed`.
    """

    meaning: str
    source: str
    subtracts: tuple[str, ...] = ()
    stayed: bool = False


@frozen
class Figures:
    """The kinds by name, and kinds of earnings that are no earnings for Title III."""

    kinds: dict[str, Kind]
    not_earnings: tuple[str, ...]


DISPOSABLE_EARNINGS = Form(
    "Disposable earnings",
    result="(disposable earnings)",
    lines={
        "(earnings)": "Earnings, without tips",
        "(taxes)": "Taxes that the employee pays",
        "(required)": "Deductions that law requires",
        "(subtracted)": "Other deductions that the law of the order subtracts",
        "(disposable earnings)": "Disposable earnings",
    },
)


def disposable_earnings(
    pay: Pay, kind: str, table: Table[Figures], more: Collection[str] = ()
) -> Worksheet:
    """The disposable earnings for a kind of order; `more` kinds of deductions are subtracted.

    >>> from datetime import date
    >>> from asopay.rulebook import standard_rulebook
    >>> from asopay.tables import Days
    >>> table = standard_rulebook().rule("US", "garnishment", Days.on(date(2026, 3, 13))).table
    >>> pay = Pay("weekly", {"regular": 100_000}, 20_000, {"section_125_health": 5_000})
    >>> disposable_earnings(pay, "creditor", table).result
    80000
    >>> disposable_earnings(pay, "student_loan", table).result
    75000
    """
    figures = table.figures
    subtracted = {*figures.kinds[kind].subtracts, *more}
    line = Worksheet(DISPOSABLE_EARNINGS, table)
    tips = sum(pay.earnings.get(each, 0) for each in figures.not_earnings)
    line["(earnings)"] = pay.gross - tips
    line["(taxes)"] = pay.taxes
    line["(required)"] = pay.required
    line["(subtracted)"] = sum(pay.voluntary.get(each, 0) for each in sorted(subtracted))
    less = line["(taxes)"] + line["(required)"] + line["(subtracted)"]
    line["(disposable earnings)"] = at_least_zero(line["(earnings)"] - less)
    return line
