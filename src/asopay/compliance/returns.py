"""What returns and statements share: lines that are sums of the ledger's accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from attrs import frozen

from asopay.ledger import Entry
from asopay.money import Cents
from asopay.worksheet import Worksheet


class Behind(NamedTuple):
    """What one entry of the ledger adds to a line of a return, in cents."""

    entry: Entry
    cents: Cents


@frozen
class Return:
    """A return filled in from the ledger.

    `accounts` names for each line that is a sum of the ledger which accounts it adds up; `entries`
    are those it was filled in from.
    """

    worksheet: Worksheet
    accounts: Mapping[str, tuple[str, ...]]
    entries: tuple[Entry, ...]

    def __getitem__(self, line: str) -> int:
        """The amount of a line in cents, or a number; `KeyError` for a line that is not there."""
        value: int = self.worksheet[line]
        return value

    def behind(self, line: str) -> Iterator[Behind]:
        """The entries behind a line, as far as it is a sum of the ledger."""
        return behind(self.entries, self.accounts.get(line, ()))


def behind(entries: Iterable[Entry], accounts: Collection[str]) -> Iterator[Behind]:
    """The entries that have something on the accounts, with what it is."""
    for entry in entries:
        cents = entry.on(accounts)
        if cents:
            yield Behind(entry, cents)
