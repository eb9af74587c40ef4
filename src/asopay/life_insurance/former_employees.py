"""Group-term life insurance of former employees: Social Security and Medicare not withheld.

26 U.S.C. 3102(d); General Instructions for Forms W-2 and W-3, box 12. The employer owes its own
share and reports the employee's as not collected; the former employee pays it with the return.
Additional Medicare Tax is not in code N.

>>> retired = former_employee("487.80", date(2026, 12, 31))
>>> retired.box_12
{'C': Decimal('487.80'), 'M': Decimal('30.24'), 'N': Decimal('7.07')}
>>> print(retired.employer)
37.31
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from attrs import frozen

from asopay.contributions.contribution import Contribution
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import Cents, dollars
from asopay.paycheck import Dollars
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days
from asopay.worksheet import Worksheet

CODES = {"US/social_security": "M", "US/medicare": "N"}
"""The codes of box 12 for what is not collected; C is the cost itself."""


@frozen
class FormerEmployee:
    """Taxes on the cost: worksheets by tax and payer, such as ``US/medicare/employer``."""

    cost_cents: Cents
    worksheets: dict[str, Worksheet]

    @property
    def box_12(self) -> dict[str, Decimal]:
        """Dollars by the codes of box 12 of Form W-2."""
        taxes = {code: self.worksheets[f"{tax}/employee"].result for tax, code in CODES.items()}
        amounts: dict[str, Cents] = {"C": self.cost_cents, **taxes}
        return {code: dollars(amount) for code, amount in amounts.items()}

    @property
    def employer(self) -> Decimal:
        """Dollars of the employer's share."""
        return dollars(sum(self.worksheets[f"{tax}/employer"].result for tax in CODES))


def former_employee(
    cost: Dollars, day: date, wages_before: Dollars = 0, rulebook: Rulebook | None = None
) -> FormerEmployee:
    """What is due on the `cost` that is income, as `group_term_life` computes it, for the year.

    `wages_before` are Social Security wages of the same year, from before the employment ended.
    Raises `InvalidRequest` with all that is wrong, and `TableError` if no table covers the day.
    """
    faults = Faults()
    amount = faults.cents("cost", cost)
    before = faults.cents("wages_before", wages_before)
    if faults.found:
        raise InvalidRequest(faults.found)
    taxes = (rulebook or standard_rulebook()).in_force((), Days.on(day)).taxes
    worksheets = {}
    for tax in CODES:
        for payer in ("employee", "employer"):
            due = Contribution(amount, before, payer)
            worksheets[f"{tax}/{payer}"] = taxes[tax].rule.default(due, taxes[tax].rule.table)
    return FormerEmployee(amount, worksheets)
