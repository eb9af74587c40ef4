"""Direct deposit of net pay: NACHA files of credits to employees' accounts (entry class PPD).

An employee's pay can be split among accounts, and an account can be tried by a prenotification of
no amount before the first deposit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from attrs import field, frozen

from asopay.compliance.fixed_width import Layout, masked
from asopay.compliance.people import checked_routing_number
from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import Cents, at_most, cents, rate, share, to_cents
from asopay.tables import Days, TaxTables

CREDITS_ONLY = 220
PAYROLL = "PPD"
HASH = 10**10
FILLER = "9"


@frozen
class Figures(Layout):
    """The layout, the number of lines in a block, and the transaction codes of credits."""

    block: int
    checking: int
    checking_prenote: int
    savings: int
    savings_prenote: int

    def transaction(self, account: Account, *, prenote: bool) -> int:
        """The code of a credit to an account, or of its trial."""
        name = f"{account.kind}_prenote" if prenote else account.kind
        code: int = getattr(self, name)
        return code


@frozen
class Account:
    """An employee's account, and what of net pay goes there.

    An `amount` in dollars, a `percent` of net pay, or what is left after the accounts before it.
    """

    routing_number: str
    account_number: str = field(repr=masked)
    kind: Literal["checking", "savings"] = "checking"
    amount: Decimal | int | str | None = None
    percent: Decimal | int | str | None = None


@frozen
class Payee:
    """Who is paid, and what: net pay in cents, to accounts in order. A prenote pays nothing."""

    employee: str
    name: str
    net_cents: Cents
    accounts: Sequence[Account]
    prenote: bool = False


@frozen
class Originator:
    """The employer as the bank knows it: its name and number, and the bank it sends files to."""

    company_name: str
    company_id: str
    bank_name: str
    bank_routing_number: str


def split(net: Cents, accounts: Sequence[Account]) -> list[Cents]:
    """What of net pay goes to each account, in cents; amounts stop where net pay is used up.

    The last account takes what is left. Raises `ValueError` if it states an amount of its own, or
    if one states both an amount and a percentage.

    >>> first = Account("021000021", "1", amount="500.00")
    >>> split(120_000, [first, Account("021000021", "2", percent=25), Account("021000021", "3")])
    [50000, 30000, 40000]
    """
    if not accounts:
        raise ValueError("accounts: give at least one")
    parts: list[Cents] = []
    left = net
    for number, account in enumerate(accounts):
        stated = [value for value in (account.amount, account.percent) if value is not None]
        is_last = number == len(accounts) - 1
        if len(stated) != (0 if is_last else 1):
            accepted = "takes what is left" if is_last else "states an amount or a percent"
            raise ValueError(f"accounts[{number}]: this one {accepted}")
        wanted = left if is_last else _stated(account, net)
        parts.append(at_most(wanted, left))
        left -= parts[-1]
    return parts


def _stated(account: Account, net: Cents) -> Cents:
    if account.amount is not None:
        return cents(account.amount)
    return to_cents(share(net, rate(account.percent or 0)), divided_by=100)


def nacha(
    originator: Originator,
    payees: Sequence[Payee],
    *,
    effective: date,
    created: datetime,
    file_id: str = "A",
    description: str = "PAYROLL",
    tables: TaxTables | None = None,
) -> str:
    """The file of a payroll, a line a record, in blocks.

    `effective` is the day on which the money should be there; `file_id` tells files of one day
    apart. Raises `InvalidRequest` with all faults: routing numbers that do not check, accounts that
    do not divide net pay, names and amounts that are too long.
    """
    faults = Faults()
    figures = _figures(effective, tables)
    bank = checked_routing_number(
        originator.bank_routing_number, "originator.bank_routing_number", faults
    )[:8]
    if not payees:
        faults.add("payees", "give at least one")
    entries = [
        entry for n, payee in enumerate(payees) for entry in _entries(payee, n, figures, faults)
    ]
    for number, values in enumerate(entries, start=1):
        values |= {"trace_bank": bank, "trace_number": number}
    sums = _sums(entries)
    batch = {
        "service_class": CREDITS_ONLY,
        "company_name": originator.company_name,
        "company_id": originator.company_id,
        "entry_class": PAYROLL,
        "entry_description": description,
        "descriptive_date": f"{effective:%y%m%d}",
        "effective_date": f"{effective:%y%m%d}",
        "originating_bank": bank,
        "batch_number": 1,
    }
    lines_needed = len(entries) + 4
    header = {
        "immediate_destination": originator.bank_routing_number,
        "immediate_origin": originator.company_id,
        "file_date": f"{created:%y%m%d}",
        "file_time": f"{created:%H%M}",
        "file_id": file_id,
        "destination_name": originator.bank_name,
        "origin_name": originator.company_name,
    }
    control = {"batches": 1, "blocks": -(-lines_needed // figures.block), **sums}
    records: list[tuple[str, str, dict[str, Any]]] = [
        ("1", "originator", header),
        ("5", "originator", batch),
        *(("6", f"payees.{values['individual_id']}", values) for values in entries),
        ("8", "totals", batch | sums),
        ("9", "totals", control),
    ]
    lines = [figures[code].write(v, figures.length, path, faults) for code, path, v in records]
    if faults.found:
        raise InvalidRequest(faults.found)
    lines += [FILLER * figures.length] * (-len(lines) % figures.block)
    return "".join(line + "\n" for line in lines)


def _figures(day: date, tables: TaxTables | None) -> Figures:
    tables = tables or TaxTables.from_environment()
    return tables.in_force("US", "direct_deposit", Days.on(day)).table(Figures).figures


def _entries(payee: Payee, number: int, figures: Figures, faults: Faults) -> list[dict[str, Any]]:
    path = f"payees[{number}]"
    amounts = faults.attempt(path, split, payee.net_cents, payee.accounts) or []
    entries = []
    for index, (account, amount) in enumerate(zip(payee.accounts, amounts, strict=False)):
        routing = checked_routing_number(
            account.routing_number, f"{path}.accounts[{index}].routing_number", faults
        )
        if amount or payee.prenote:
            entries.append(
                {
                    "transaction_code": figures.transaction(account, prenote=payee.prenote),
                    "receiving_bank": routing[:8],
                    "check_digit": routing[8:],
                    "account_number": account.account_number,
                    "amount": 0 if payee.prenote else amount,
                    "individual_id": payee.employee,
                    "individual_name": payee.name,
                }
            )
    return entries


def _sums(entries: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The totals that the controls hold: entries, credits, and the sum of the banks' numbers."""
    banks = (str(values["receiving_bank"]) for values in entries)
    return {
        "entries": len(entries),
        "entry_hash": sum(int(bank) for bank in banks if bank.isdecimal()) % HASH,
        "credits": sum(int(values["amount"]) for values in entries),
    }


def read_nacha(
    text: str, day: date, *, tables: TaxTables | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """The records of a file by the layout of a day: each code and its fields, amounts in cents.

    Fillers are left out. Raises `InvalidRequest` with all that is wrong: lines of another length,
    a number of lines that fills no block, controls that differ from the entries.
    """
    faults = Faults()
    figures = _figures(day, tables)
    lines = text.splitlines()
    if not lines or len(lines) % figures.block:
        faults.add("", f"{len(lines)} lines do not fill blocks of {figures.block}")
    used = [line for line in lines if line != FILLER * figures.length]
    records = figures.read(used, faults)
    entries = [values for code, values in records if code == "6"]
    expected = _sums(entries) if not faults.found else {}
    for code in ("8", "9"):
        found = next((values for each, values in records if each == code), None)
        if found is None:
            faults.add("", f"there is no record {code}")
            continue
        for name, amount in expected.items():
            if int(found[name]) != amount:
                faults.add(f"{code}.{name}", f"it is {found[name]}; the entries come to {amount}")
    if faults.found:
        raise InvalidRequest(faults.found)
    return records
