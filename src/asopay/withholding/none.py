"""States without an income tax on wages: the worksheet says so, and nothing is withheld."""

from __future__ import annotations

from attrs import field, frozen

from asopay.certificates import Certificate
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet


@frozen
class Figures:
    """There are no figures; `statement` says in words what the law is."""

    statement: str
    form: Form = field(init=False)

    @form.default
    def _no_income_tax(self) -> Form:
        return Form(
            self.statement,
            result="(withholding)",
            lines={"(wages)": "Wages of this period", "(withholding)": "Withholding: none"},
        )


def withhold(pay: Pay, _: Certificate, table: Table[Figures]) -> Worksheet:
    """Nothing, and why."""
    line = Worksheet(table.figures.form, table)
    line["(wages)"] = pay.wages
    line["(withholding)"] = 0
    return line
