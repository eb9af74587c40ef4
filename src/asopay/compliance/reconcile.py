"""Whether the year comes out the same in the quarterly returns, the statements and the ledger.

Publication 15, section 12, "Reconciling Forms W-2 and W-3 with Forms 941"
(https://www.irs.gov/pub/irs-pdf/p15.pdf).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from attrs import frozen

from asopay.compliance.form_941 import EMPLOYEE_SHARES, FORM_941, liabilities
from asopay.compliance.returns import Return
from asopay.ledger import Ledger, totals
from asopay.money import Cents


@frozen
class Comparison:
    """One amount as the four returns, the statements and the ledger have it, in cents.

    `statements` is None where Form W-3 has no such amount. `because` says what a difference comes
    from, if it is one that is to be expected.
    """

    amount: str
    returns: Cents
    statements: Cents | None
    ledger: Cents
    because: str = ""

    @property
    def agrees(self) -> bool:
        """Whether all that have the amount have the same."""
        return self.returns == self.ledger and self.statements in (None, self.ledger)

    @property
    def difference(self) -> Cents:
        """By how much the returns differ from the ledger."""
        return self.returns - self.ledger


LINES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("2", ("1",), ("employee_wages/US/income_tax", "employee_wages/US/supplemental_income_tax")),
    ("3", ("2",), ("employee_tax/US/income_tax", "employee_tax/US/supplemental_income_tax")),
    ("5c(1)", ("5",), ("employee_wages/US/medicare",)),
    ("5b(1)", ("7",), ("tips/US/social_security",)),
    ("(withheld)", ("4", "6"), EMPLOYEE_SHARES),
)
"""Lines of the returns, the boxes of Form W-3 that they should equal, and the ledger's accounts."""


def reconcile(
    returns: Sequence[Return], w3: Mapping[str, Cents], ledger: Ledger, year: int, ein: str = ""
) -> list[Comparison]:
    """The amounts of a year's four returns beside those of Form W-3 and of the ledger.

    The ledger is as it is now: a return that was filed before a correction shows up here.

    >>> all(comparison.agrees for comparison in reconcile([], {}, Ledger(), 2026))
    True
    """
    entries = ledger.of(year=year, ein=ein)
    sums = totals(entries)

    def filed(line: str) -> Cents:
        return sum(each[line] for each in returns)

    def added(read: Callable[[str], Cents], names: Sequence[str]) -> Cents:
        return sum(read(name) for name in names)

    found = [
        Comparison(
            FORM_941.lines[line].meaning,
            filed(line),
            added(lambda box: w3.get(box, 0), boxes),
            added(lambda account: sums.get(account, 0), accounts),
        )
        for line, boxes, accounts in LINES
    ]
    insured = sums.get("employee_wages/US/social_security", 0)
    wages = insured - sums.get("tips/US/social_security", 0)
    found.append(Comparison("Social Security wages", filed("5a(1)"), w3.get("3", 0), wages))
    due = sum(liabilities(entries).values())
    cents = "the employer's share is rounded with each paycheck, and once in each return"
    found.append(Comparison("Total taxes (line 12)", filed("12"), None, due, cents))
    return found
