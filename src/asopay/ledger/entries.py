"""An entry of the ledger: a paycheck, its reversal, or balances brought in from before.

What an entry says in money is a mapping of accounts to whole cents. A reversal is the same entry
with every amount negative, so whatever adds up entries is right after a correction as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from attrs import evolve, field, frozen

from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import Cents, at_least_zero
from asopay.paycheck import Paycheck, PaycheckRequest, WorkedPeriod, YearToDate

Kind = Literal["paycheck", "void", "balances"]

BALANCE = {
    "gross": 1,
    "reimbursement": 1,
    "employee_tax": -1,
    "deduction": -1,
    "garnishment": -1,
    "net": -1,
}
"""How the accounts of a paycheck add up to nothing: by the part of their name before a slash."""

INSURED = "US/social_security"

_MONTH = re.compile(r"\d{4}-\d{2}")


@frozen
class Entry:
    """One entry: what was paid to an employee on a day, under an employer's EIN.

    `amounts` are whole cents by account:

    - ``gross``, ``imputed`` (income that is not paid out) and ``net``;
    - ``earnings/KIND``, ``deduction/KIND``, and ``employer_deduction/KIND`` that the employer adds;
    - ``garnishment/KIND`` with the employer's fee, and ``reimbursement``, which is no wages;
    - ``employee_tax/ID`` and ``employer_tax/ID`` with the wages taxed, ``employee_wages/ID`` and
      ``employer_wages/ID``, and ``subject_wages/ID``: those wages before any limit;
    - ``taxable_by_state/STATE``: the wages taxed for federal unemployment tax by the state of
      unemployment insurance, and ``excluded_from_state/STATE`` those exempt from its tax;
    - ``tips/US/social_security``: the part of those wages that are tips, taxed after all others.

    `year_to_date` is what the entry adds to each part of it. `earned` are the cents of gross pay by
    the period in which they were earned, as ``2026-03-01/2026-03-14``. A void or a paycheck that
    replaces one says by `corrects` which entry. Balances of a predecessor, whose EIN is
    `predecessor`, count for the year to date and in no report. `request` is the document from
    which the paycheck was computed.
    """

    kind: Kind
    employee: str
    pay_date: date
    ein: str
    amounts: Mapping[str, Cents]
    year_to_date: Mapping[str, Mapping[str, int]]
    earned: Mapping[str, Cents] = field(factory=dict)
    number: int = 0
    corrects: int | None = None
    predecessor: str = ""
    memo: str = ""
    request: Mapping[str, Any] | None = None

    @property
    def year(self) -> int:
        """The calendar year in which the wages are taxed: that of the pay date."""
        return self.pay_date.year

    @property
    def out_of_balance(self) -> Cents:
        """What is paid less what is taken and net pay; anything but 0 is an error."""
        signs = ((BALANCE.get(name.partition("/")[0], 0), a) for name, a in self.amounts.items())
        return sum(sign * amount for sign, amount in signs)

    def on(self, accounts: Iterable[str]) -> Cents:
        """What is on the accounts together, in cents."""
        return sum(self.amounts.get(account, 0) for account in accounts)

    def reversed(self, memo: str) -> Entry:
        """The exact negative of the entry, which takes everything back."""
        return evolve(
            self,
            kind="void",
            amounts=_negative(self.amounts),
            year_to_date={part: _negative(keys) for part, keys in self.year_to_date.items()},
            earned=_negative(self.earned),
            corrects=self.number,
            memo=memo,
            request=None,
        )


def _negative(amounts: Mapping[str, int]) -> dict[str, int]:
    return {key: -amount for key, amount in amounts.items()}


def entry_of(
    request: PaycheckRequest,
    paycheck: Paycheck,
    document: Mapping[str, Any] | None = None,
    earned_before: Mapping[str, Cents] | None = None,
    memo: str = "",
) -> Entry:
    """The entry of a paycheck; what of it was `earned_before`, by period, is kept apart.

    Raises `InvalidRequest` if the request names no employee.
    """
    if not request.employee.id:
        faults = Faults()
        faults.add("employee.id", "the ledger needs to know whom it is for")
        raise InvalidRequest(faults.found)
    return Entry(
        kind="paycheck",
        employee=request.employee.id,
        pay_date=paycheck.pay_date,
        ein=request.employer.ein,
        amounts=_amounts(request, paycheck),
        year_to_date=_added(request.year_to_date, paycheck),
        earned=_earned(request, paycheck, earned_before or {}),
        memo=memo,
        request=document,
    )


def period_text(period: WorkedPeriod) -> str:
    """The period as the ledger writes it.

    >>> period_text(WorkedPeriod(date(2026, 3, 1), date(2026, 3, 14)))
    '2026-03-01/2026-03-14'
    """
    return f"{period.start}/{period.end}"


def _earned(
    request: PaycheckRequest, paycheck: Paycheck, before: Mapping[str, Cents]
) -> dict[str, Cents]:
    period = request.pay_period or WorkedPeriod(paycheck.pay_date, paycheck.pay_date)
    now = paycheck.gross_cents - sum(before.values())
    return {**before, period_text(period): now}


def _amounts(request: PaycheckRequest, paycheck: Paycheck) -> dict[str, Cents]:
    amounts: dict[str, Cents] = {}

    def add(account: str, amount: Cents) -> None:
        if amount:
            amounts[account] = amounts.get(account, 0) + amount

    add("gross", paycheck.gross_cents)
    add("imputed", paycheck.imputed_cents)
    add("net", paycheck.net_cents)
    for earning, amount in zip(request.earnings, paycheck.earnings_cents, strict=True):
        add(f"earnings/{earning.kind}", amount)
    for deduction in paycheck.deductions:
        add(f"deduction/{deduction.kind}", deduction.amount_cents)
        add(f"employer_deduction/{deduction.kind}", deduction.employer_amount_cents)
    for order in paycheck.garnishments:
        add(f"garnishment/{order.kind}", order.amount_cents + order.fee_cents)
    for expense in paycheck.reimbursements:
        add("reimbursement", expense.amount_cents)
    subject: dict[str, Cents] = {}
    for tax in paycheck.taxes:
        add(f"{tax.payer}_wages/{tax.id}", tax.wages_cents)
        add(f"{tax.payer}_tax/{tax.id}", tax.amount_cents)
        sheets = (paycheck.worksheets[identity] for identity in tax.worksheets)
        of_tax = (sheet["(wages)"] for sheet in sheets if "(wages)" in sheet)
        subject[tax.id] = max([subject.get(tax.id, tax.wages_cents), *of_tax])
    for identity, wages in subject.items():
        add(f"subject_wages/{identity}", wages)
    state, futa = paycheck.insured_in, amounts.get("employer_wages/US/unemployment", 0)
    add(f"taxable_by_state/{state}", futa)
    if any(exempt.id == f"{state}/unemployment" for exempt in paycheck.exempt_from):
        add(f"excluded_from_state/{state}", futa)
    tips, others = amounts.get("earnings/tips", 0), subject.get(INSURED, 0)
    taxed = amounts.get(f"employee_wages/{INSURED}", 0)
    add(f"tips/{INSURED}", at_least_zero(taxed - at_least_zero(others - tips)))
    return amounts


def _added(before: YearToDate, paycheck: Paycheck) -> dict[str, dict[str, int]]:
    """What the paycheck adds to each part of the year to date."""
    faults = Faults()
    added = {
        part: _grown(faults.amounts(part, getattr(before, part)), after)
        for part, after in paycheck.year_to_date_cents.items()
    }
    days = _grown(before.work_days, paycheck.work_days)
    return {part: keys for part, keys in {**added, "work_days": days}.items() if keys}


def _grown(before: Mapping[str, int], after: Mapping[str, int]) -> dict[str, int]:
    """The growth of each amount. Wages of a calendar month are left out once it is over."""
    keys = [key for key in (*before, *(after.keys() - before.keys())) if _goes_on(key, after)]
    grown = {key: after.get(key, 0) - before.get(key, 0) for key in keys}
    return {key: amount for key, amount in sorted(grown.items()) if amount}


def _goes_on(key: str, after: Mapping[str, int]) -> bool:
    return key in after or not is_of_month(key)


def is_of_month(key: str) -> bool:
    """Whether the key of the year to date is that of a calendar month."""
    return bool(_MONTH.fullmatch(key.rpartition("/")[2]))


def balances(
    employee: str,
    as_of: date,
    before: YearToDate,
    *,
    ein: str = "",
    predecessor: str = "",
    gross: Any = 0,
    memo: str = "",
) -> Entry:
    """What another payroll system, or a predecessor employer, paid earlier in the year.

    `before` holds dollars. Those of another system of the same employer count in the reports of the
    quarter of `as_of`, so bring in each quarter apart; `gross` is the pay they were taken from, in
    dollars. Those of a `predecessor`, named by its EIN, count only toward the bases and limits.
    Raises `InvalidRequest` for amounts that are none.

    >>> entry = balances("E-1", date(2026, 3, 31), YearToDate(taxes={"US/medicare": "14.50"}))
    >>> dict(entry.amounts)
    {'employee_tax/US/medicare': 1450, 'net': -1450}
    """
    faults = Faults()
    parts: dict[str, Mapping[str, int]] = {
        part: faults.amounts(part, getattr(before, part))
        for part in ("wages", "taxes", "employer_taxes", "deductions")
    }
    paid = faults.cents("gross", gross)
    if faults.found:
        raise InvalidRequest(faults.found)
    amounts = {} if predecessor else _accounts_of(parts, paid)
    year_to_date = {**parts, "work_days": dict(before.work_days)}
    return Entry(
        kind="balances",
        employee=employee,
        pay_date=as_of,
        ein=ein,
        amounts=amounts,
        year_to_date={part: keys for part, keys in year_to_date.items() if keys},
        predecessor=predecessor,
        memo=memo,
    )


def _accounts_of(parts: Mapping[str, Mapping[str, Cents]], gross: Cents) -> dict[str, Cents]:
    amounts = {"gross": gross}
    for tax, wages in parts["wages"].items():
        for account in ("employee_wages", "employer_wages", "subject_wages"):
            amounts[f"{account}/{tax}"] = wages
    names = {"taxes": "employee_tax", "employer_taxes": "employer_tax", "deductions": "deduction"}
    for part, account in names.items():
        whole = {key: amount for key, amount in parts[part].items() if not is_of_month(key)}
        amounts |= {f"{account}/{key}": amount for key, amount in whole.items()}
        amounts.setdefault("net", gross)
        amounts["net"] -= sum(whole.values()) if account != "employer_tax" else 0
    return {account: amount for account, amount in amounts.items() if amount}
