"""A ledger as a file of JSON Lines, in which a change of what was written is found.

Each line holds one entry and the digest of the line before together with it, so an edited, missing
or misplaced line breaks the chain there, and what stands before it is as it was written. A file
that was cut after a whole line has no broken link: only the digest of its last line, kept
elsewhere, tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from attrs import define, field

from asopay.errors import Fault, InvalidRequest
from asopay.ledger.book import Ledger
from asopay.ledger.entries import Entry
from asopay.money import as_text, cents
from asopay.reading import reader_of

START = "sha256:" + "0" * 64
"""What stands for the digest of a line before the first."""

DAYS = "work_days"
"""The part of the year to date that holds numbers of days; the others are amounts."""


class DamagedLedger(ValueError):
    """A ledger file that is not as it was written: `line` says where it breaks, counted from 1.

    `before` is the ledger up to there.
    """

    def __init__(self, line: int, reason: str, before: Ledger) -> None:
        self.line = line
        self.reason = reason
        self.before = before
        super().__init__(f"line {line}: {reason}; the {len(before)} entries before it are whole")


@define
class _Written:
    """An entry as a line holds it: amounts are texts of dollars."""

    kind: str
    employee: str
    pay_date: date
    ein: str
    amounts: Mapping[str, str]
    year_to_date: Mapping[str, Mapping[str, Any]]
    earned: Mapping[str, str] = field(factory=dict)
    corrects: int | None = None
    predecessor: str = ""
    memo: str = ""
    request: Any = None


def dump(ledger: Ledger) -> str:
    """The whole ledger as text, a line an entry.

    >>> dump(Ledger())
    ''
    """
    digest, lines = START, []
    for entry in ledger:
        line, digest = append(entry, digest)
        lines.append(line)
    return "".join(lines)


def append(entry: Entry, after: str = START) -> tuple[str, str]:
    """The line of an entry that follows the line with the digest `after`, and its own digest."""
    written = _plain(entry)
    digest = _digest(after, written)
    line = {"number": entry.number, "entry": written, "digest": digest}
    return json.dumps(line, separators=(",", ":")) + "\n", digest


def load(text: str | Iterable[str], head: str | None = None) -> tuple[Ledger, str]:
    """The ledger in the text, and the digest of its last line.

    Raises `DamagedLedger` at the first line that is not as it was written, or at the end if the
    digest of the last line is not `head`.
    """
    ledger, digest = Ledger(), START
    lines = text.splitlines(keepends=True) if isinstance(text, str) else text
    for number, line in enumerate(lines, start=1):
        try:
            entry, digest = _read(line, number, digest)
            ledger.add(entry)
        except ValueError as error:
            raise DamagedLedger(number, str(error), ledger) from None
    if head is not None and digest != head:
        message = "the ledger ends here, and its last digest is not the one expected"
        raise DamagedLedger(len(ledger) + 1, message, ledger)
    return ledger, digest


def _read(line: str, number: int, before: str) -> tuple[Entry, str]:
    if not line.endswith("\n"):
        raise ValueError("the line is cut off")
    try:
        document = json.loads(line)
        written, digest = document["entry"], document["digest"]
    except (ValueError, KeyError, TypeError):
        raise ValueError("this is not an entry of a ledger") from None
    if digest != _digest(before, written):
        raise ValueError("the entry or one before it was changed, moved or left out")
    if document.get("number") != number:
        raise ValueError(f"the entry should have the number {number}")
    return _entry(written), digest


def _digest(before: str, written: Any) -> str:
    canonical = json.dumps(written, sort_keys=True, separators=(",", ":"))
    return "sha256:" + sha256(f"{before}\n{canonical}".encode()).hexdigest()


def _plain(entry: Entry) -> dict[str, Any]:
    document: dict[str, Any] = {
        "kind": entry.kind,
        "employee": entry.employee,
        "pay_date": entry.pay_date.isoformat(),
        "ein": entry.ein,
        "amounts": _texts(entry.amounts),
        "year_to_date": {
            part: dict(keys) if part == DAYS else _texts(keys)
            for part, keys in entry.year_to_date.items()
        },
    }
    optional: dict[str, Any] = {
        "earned": _texts(entry.earned),
        "corrects": entry.corrects,
        "predecessor": entry.predecessor,
        "memo": entry.memo,
        "request": entry.request,
    }
    return document | {name: value for name, value in optional.items() if value}


def _texts(amounts: Mapping[str, int]) -> dict[str, str]:
    return {key: as_text(amount) for key, amount in amounts.items()}


def _entry(document: Any) -> Entry:
    faults: list[Fault] = []
    written: _Written = reader_of(_Written)(document, "entry", faults)
    if faults:
        raise InvalidRequest(faults)
    values = {name: getattr(written, name) for name in ("kind", "employee", "pay_date", "ein")}
    return Entry(
        **values,
        amounts=_cents(written.amounts),
        year_to_date={
            part: dict(keys) if part == DAYS else _cents(keys)
            for part, keys in written.year_to_date.items()
        },
        earned=_cents(written.earned),
        corrects=written.corrects,
        predecessor=written.predecessor,
        memo=written.memo,
        request=written.request,
    )


def _cents(texts: Mapping[str, str]) -> dict[str, int]:
    return {key: _signed(text) for key, text in texts.items()}


def _signed(text: str) -> int:
    return -cents(text[1:]) if text.startswith("-") else cents(text)
