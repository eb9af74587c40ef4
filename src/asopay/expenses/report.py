"""An expense report settled: reimbursements that are no wages, and earnings that are.

>>> from datetime import date
>>> drive = Trip(date(2026, 6, 15), miles=1000, rate="0.80")
>>> meal = Receipt(date(2026, 6, 15), "Dinner with a client", "60.00", has_receipt=True)
>>> found = settle(ExpenseReport(date(2026, 6, 30), trips=[drive], receipts=[meal]))
>>> print(found.reimbursed, found.wages, found.box_12_l)
785.00 75.00 725.00
>>> [(each.kind, each.amount) for each in found.earnings]
[('nonaccountable_expense', '75.00')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from attrs import frozen

from asopay.errors import InvalidRequest, TableError
from asopay.expenses.accountable import Figures
from asopay.expenses.mileage import mileage
from asopay.expenses.per_diem import per_diem
from asopay.faults import Faults
from asopay.money import Cents, as_text, dollars
from asopay.overtime.law import FEDERAL, WageAndHourLaw, standard_law
from asopay.paycheck import Dollars, Earning, Reimbursement
from asopay.worksheet import Worksheet

WAGES = "nonaccountable_expense"
"""The kind of earning that an expense becomes that is wages."""


@frozen
class Receipt:
    """An expense at its cost; small ones need no receipt, lodging always does."""

    day: date
    description: str
    amount: Dollars
    has_receipt: bool = False
    lodging: bool = False
    business: bool = True


@frozen
class Trip:
    """Miles in the employee's own car, and the rate in dollars that the employer pays for one."""

    day: date
    miles: Decimal | int | str
    rate: Decimal | int | str


@frozen
class Travel:
    """Days away at a per diem in dollars, in a ``high`` or ``low`` locality."""

    first_day: date
    days: int
    per_day: Dollars
    locality: str = "low"
    partial_days: int = 0
    meals_only: bool = False


@frozen
class ExpenseReport:
    """Expenses and the day on which they were accounted for, under an accountable plan or not."""

    submitted: date
    receipts: Sequence[Receipt] = ()
    trips: Sequence[Trip] = ()
    travels: Sequence[Travel] = ()
    accountable: bool = True


@frozen
class Settlement:
    """What a report comes to: reimbursements and earnings for a paycheck request, and reasons.

    `box_12_l_cents` is the part of allowances up to the federal rate, where more was paid.
    """

    reimbursements: tuple[Reimbursement, ...]
    earnings: tuple[Earning, ...]
    wages_cents: Cents
    reimbursed_cents: Cents
    box_12_l_cents: Cents
    worksheets: dict[str, Worksheet]
    reasons: tuple[str, ...]

    @property
    def wages(self) -> Decimal:
        """Dollars that are wages."""
        return dollars(self.wages_cents)

    @property
    def reimbursed(self) -> Decimal:
        """Dollars that are not wages."""
        return dollars(self.reimbursed_cents)

    @property
    def box_12_l(self) -> Decimal:
        """Dollars for box 12 of Form W-2, code L."""
        return dollars(self.box_12_l_cents)


@frozen
class _Item:
    """One expense: what is reimbursed, what is wages, and why, in cents."""

    description: str
    reimbursed: Cents
    wages: Cents
    box_12_l: Cents = 0
    reason: str = ""
    worksheet: Worksheet | None = None


def settle(report: ExpenseReport, law: WageAndHourLaw | None = None) -> Settlement:
    """The report settled. Raises `InvalidRequest` with all its faults.

    Under a plan that is not accountable all of it is wages, and so is an expense without business
    reason, without the receipt that it needs, or accounted for too late.
    """
    faults = Faults()
    items = list(_Settling(report, law or standard_law(), faults).items())
    if faults.found:
        raise InvalidRequest(faults.found)
    wages = sum(item.wages for item in items)
    paid = tuple(Reimbursement(i.description, as_text(i.reimbursed)) for i in items if i.reimbursed)
    return Settlement(
        reimbursements=paid,
        earnings=(Earning(WAGES, amount=as_text(wages)),) if wages else (),
        wages_cents=wages,
        reimbursed_cents=sum(item.reimbursed for item in items),
        box_12_l_cents=sum(item.box_12_l for item in items),
        worksheets={item.description: item.worksheet for item in items if item.worksheet},
        reasons=tuple(f"{item.description}: {item.reason}" for item in items if item.reason),
    )


class _Settling:
    def __init__(self, report: ExpenseReport, law: WageAndHourLaw, faults: Faults) -> None:
        self.report = report
        self.law = law
        self.faults = faults

    def items(self) -> Iterator[_Item]:
        for number, receipt in enumerate(self.report.receipts):
            yield self.receipt(f"receipts[{number}]", receipt)
        for number, trip in enumerate(self.report.trips):
            name = f"Mileage {trip.day}"
            sheet = self.computed(f"trips[{number}]", mileage, trip.miles, trip.rate, trip.day)
            yield self.allowance(f"trips[{number}]", name, trip.day, sheet)
        for number, travel in enumerate(self.report.travels):
            path, name = f"travels[{number}]", f"Per diem {travel.first_day}"
            paid = self.faults.cents(f"{path}.per_day", travel.per_day)
            sheet = self.computed(
                path,
                per_diem,
                travel.days,
                paid,
                travel.locality,
                travel.first_day,
                partial_days=travel.partial_days,
                meals_only=travel.meals_only,
            )
            last = travel.first_day + timedelta(max(travel.days - 1, 0))
            yield self.allowance(path, name, last, sheet)

    def computed(self, path: str, rule: Any, *given: Any, **more: Any) -> Worksheet | None:
        try:
            sheet: Worksheet = rule(*given, **more, law=self.law)
        except (TableError, ValueError) as error:
            self.faults.add(path, error)
            return None
        return sheet

    def allowance(self, path: str, name: str, day: date, sheet: Worksheet | None) -> _Item:
        rules = self.rules(path, day)
        if sheet is None or rules is None:
            return _Item(name, 0, 0)
        reason = self.not_accounted(day, rules)
        if reason:
            return _Item(name, 0, sheet["(paid)"], reason=reason)
        above = "what is above the federal rate is wages" if sheet.result else ""
        return _Item(name, sheet["(excluded)"], sheet.result, sheet["(box 12 L)"], above, sheet)

    def receipt(self, path: str, receipt: Receipt) -> _Item:
        amount = self.faults.cents(f"{path}.amount", receipt.amount)
        rules = self.rules(path, receipt.day)
        if rules is None:
            return _Item(receipt.description, 0, 0)
        reason = self.not_accounted(receipt.day, rules)
        needs_receipt = receipt.lodging or amount >= rules.receipt_from
        if not reason and not receipt.business:
            reason = "it has no business reason"
        elif not reason and needs_receipt and not receipt.has_receipt:
            reason = "the receipt is missing"
        if reason:
            return _Item(receipt.description, 0, amount, reason=f"{reason}, so that it is wages")
        return _Item(receipt.description, amount, 0)

    def rules(self, path: str, day: date) -> Figures | None:
        """The rules of accountable plans on the day; None, and a fault, if there are none."""
        if day > self.report.submitted:
            self.faults.add(path, f"{day} is after the day of the report, {self.report.submitted}")
        try:
            figures: Figures = self.law.table(FEDERAL, "accountable_plan", day).figures
        except TableError as error:
            self.faults.add(path, error)
            return None
        return figures

    def not_accounted(self, day: date, rules: Figures) -> str:
        """Why an expense of the day is not accounted for, or nothing."""
        if not self.report.accountable:
            return "the plan is not accountable"
        late = self.report.submitted > day + timedelta(rules.substantiate_days)
        return f"accounted for after more than {rules.substantiate_days} days" if late else ""
