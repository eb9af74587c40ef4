"""The ledger itself: an append-only sequence of entries, and the sums of them.

>>> from asopay import Earning, Employee, Employer, PaycheckRequest
>>> ledger = Ledger()
>>> worker = Employee(residence=["US-TX"], id="E-1")
>>> client = Employer(ein="12-3456789")
>>> for day in (date(2026, 1, 16), date(2026, 1, 30)):
...     pay = [Earning("regular", amount="2000.00")]
...     paycheck = ledger.pay(PaycheckRequest(day, "biweekly", worker, pay, client))
>>> ledger.year_to_date("E-1", date(2026, 2, 13), "12-3456789").wages["US/social_security"]
Decimal('4000.00')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from attrs import define, evolve, field, fields

from asopay.documents import request_document
from asopay.errors import Fault, InvalidRequest
from asopay.gross_to_net import gross_to_net
from asopay.ledger.entries import Entry, entry_of, is_of_month
from asopay.ledger.quarters import Quarter
from asopay.money import Cents, as_text, dollars
from asopay.paycheck import Paycheck, PaycheckRequest, YearToDate
from asopay.rulebook import Rulebook


@define
class Ledger:
    """Entries in the order in which they were made, numbered from 1; none is ever changed."""

    _entries: list[Entry] = field(init=False, factory=list)
    _of_employee: dict[tuple[str, str], list[Entry]] = field(init=False, factory=dict)
    _corrected: dict[int, int] = field(init=False, factory=dict)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def __getitem__(self, number: int) -> Entry:
        """The entry of that number; raises `ValueError` if there is none."""
        if not 1 <= number <= len(self):
            raise ValueError(f"there is no entry {number}: they are numbered from 1 to {len(self)}")
        return self._entries[number - 1]

    def add(self, entry: Entry) -> Entry:
        """Appends the entry and returns it with its number.

        Raises `ValueError` if the amounts of the entry don't add up, or if it takes back an entry
        that is not there or was taken back before.
        """
        if entry.out_of_balance:
            left = as_text(entry.out_of_balance)
            raise ValueError(f"what is paid less what is taken differs from net pay by {left}")
        if entry.kind == "void":
            self._check_void(entry.corrects or 0)
            self._corrected[entry.corrects or 0] = len(self) + 1
        entry = evolve(entry, number=len(self) + 1)
        self._entries.append(entry)
        self._of_employee.setdefault((entry.ein, entry.employee), []).append(entry)
        return entry

    def _check_void(self, number: int) -> None:
        if self[number].kind == "void":
            raise ValueError(f"entry {number} is a void itself: make the paycheck anew instead")
        if number in self._corrected:
            raise ValueError(f"entry {number} was voided by entry {self._corrected[number]} before")

    def void(self, number: int, memo: str = "") -> Entry:
        """Takes an entry back by its exact negative, on the same pay date; the entry itself stays.

        Raises `ValueError` if there is no such entry, or if it was voided before.
        """
        return self.add(self[number].reversed(memo))

    def is_void(self, number: int) -> bool:
        """Whether the entry was taken back."""
        return number in self._corrected

    def pay(
        self,
        request: PaycheckRequest,
        rulebook: Rulebook | None = None,
        *,
        corrects: int | None = None,
        earned_before: Mapping[str, Cents] | None = None,
        memo: str = "",
    ) -> Paycheck:
        """Computes the paycheck with the year to date of this ledger, and enters it.

        A paycheck that replaces a voided one says which it `corrects`; `earned_before` are cents of
        its gross pay by the earlier period in which they were earned. Raises `InvalidRequest`, also
        if the request states a year to date of its own.
        """
        if request.year_to_date != YearToDate():
            message = "leave it out: the ledger knows what was paid earlier in the year"
            raise InvalidRequest([Fault("year_to_date", message)])
        employee, ein = request.employee.id, request.employer.ein
        before = self.year_to_date(employee, request.pay_date, ein)
        request = evolve(request, year_to_date=before)
        paycheck = gross_to_net(request, rulebook)
        document = request_document(request)
        entry = entry_of(request, paycheck, document, earned_before, memo)
        self.add(evolve(entry, corrects=corrects))
        return paycheck

    def year_to_date(self, employee: str, pay_date: date, ein: str = "") -> YearToDate:
        """What a request for the employee's paycheck of that day states as paid before, in dollars.

        Entries of the day itself count, and of later days of the year do not.
        """
        parts: dict[str, dict[str, int]] = {part.name: {} for part in fields(YearToDate)}
        for entry in self._of_employee.get((ein, employee), ()):
            if entry.year == pay_date.year and entry.pay_date <= pay_date:
                for part, keys in entry.year_to_date.items():
                    _add(parts[part], keys)
        month = f"{pay_date:%Y-%m}"
        given: dict[str, Any] = {}
        for part, keys in parts.items():
            current = {
                key: amount
                for key, amount in keys.items()
                if amount > 0 and (not is_of_month(key) or key.endswith(month))
            }
            counts = part == "work_days"
            given[part] = current if counts else {k: dollars(a) for k, a in current.items()}
        return YearToDate(**given)

    def of(
        self,
        *,
        year: int | None = None,
        quarter: Quarter | None = None,
        employee: str | None = None,
        ein: str | None = None,
    ) -> list[Entry]:
        """The entries that were paid in a year or quarter, to an employee, under an EIN."""
        return [
            entry
            for entry in self
            if (year is None or entry.year == year)
            and (quarter is None or entry.pay_date in quarter)
            and (employee is None or entry.employee == employee)
            and (ein is None or entry.ein == ein)
        ]

    def upto(self, number: int) -> Ledger:
        """The ledger as it was after the entry of that number, such as when a return was filed."""
        earlier = Ledger()
        for entry in self._entries[:number]:
            earlier.add(entry)
        return earlier


def totals(entries: Iterable[Entry]) -> dict[str, Cents]:
    """The cents of each account, added up; an account that comes to nothing is left out."""
    sums: dict[str, Cents] = {}
    for entry in entries:
        _add(sums, entry.amounts)
    return {account: sums[account] for account in sorted(sums) if sums[account]}


def _add(sums: dict[str, int], amounts: Mapping[str, int]) -> None:
    for key, amount in amounts.items():
        sums[key] = sums.get(key, 0) + amount
