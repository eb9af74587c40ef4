"""Files of records with fields at fixed positions, such as EFW2 and NACHA files.

A layout is data: each record has a code and fields, with the first and last position as the
publication prints them, counted from 1. What no field covers is blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any, Literal

from attrs import frozen

from asopay.errors import shown
from asopay.faults import Faults

_PRINTABLE = re.compile(r"[ -~]*")
_DIGITS = re.compile(r"\d*")


@frozen
class FixedField:
    """A field: from its first to its last position.

    ``text`` is in capitals and filled with blanks on the right; ``number`` takes digits only, and
    ``money`` cents, both filled with zeros on the left; ``right`` is text filled on the left;
    ``constant`` always holds the `value`.
    """

    name: str
    first: int
    last: int
    kind: Literal["text", "number", "money", "right", "constant"] = "text"
    value: str = ""

    @property
    def length(self) -> int:
        """The number of characters."""
        return self.last - self.first + 1

    def write(self, value: Any) -> str:
        """The value as the field holds it; `ValueError` if it does not fit."""
        if self.kind == "constant":
            return self.value.ljust(self.length)
        text = str(value).upper()
        digits = self.kind in ("number", "money")
        accepted = "digits" if digits else "letters, digits and marks of ASCII"
        if not (_DIGITS if digits else _PRINTABLE).fullmatch(text) or len(text) > self.length:
            given = shown(value) if isinstance(value, str) else value
            raise ValueError(f"{given} is not at most {self.length} {accepted}")
        if digits:
            return text.zfill(self.length)
        return text.rjust(self.length) if self.kind == "right" else text.ljust(self.length)

    def read(self, line: str) -> str | int:
        """What the line holds in this field: cents of money, the text of anything else.

        `ValueError` if it is no value that the field can hold.
        """
        text = line[self.first - 1 : self.last]
        if self.kind == "constant" and text != self.value.ljust(self.length):
            raise ValueError(f"{text!r} stands where {self.value!r} should")
        if self.kind in ("number", "money") and not text.isdecimal():
            raise ValueError(f"{text!r} are not digits")
        return int(text) if self.kind == "money" else text.strip()


@frozen
class RecordLayout:
    """A record: the code that it starts with, and its fields in order."""

    code: str
    fields: tuple[FixedField, ...]

    def __attrs_post_init__(self) -> None:
        for before, after in pairwise(self.fields):
            if after.first <= before.last:
                raise ValueError(f"record {self.code}: {after.name} overlaps {before.name}")

    def write(self, values: Mapping[str, Any], length: int, path: str, faults: Faults) -> str:
        """The record as a line, blank where nothing is given; what does not fit is a fault."""
        line = [" "] * length
        for each in self.fields:
            default = "" if each.kind in ("text", "right") else 0
            value = values.get(each.name, default)
            text = faults.attempt(f"{path}.{each.name}", each.write, value)
            line[each.first - 1 : each.last] = text or " " * each.length
        return "".join(line)

    def read(self, line: str, path: str, faults: Faults) -> dict[str, str | int]:
        """The fields of a line by name, without the constant ones."""
        found = {}
        for each in self.fields:
            value = faults.attempt(f"{path}.{each.name}", each.read, line)
            if value is not None and each.kind != "constant":
                found[each.name] = value
        return found


@frozen
class Layout:
    """The records of a file, each of the same length."""

    length: int
    record: tuple[RecordLayout, ...]

    def __getitem__(self, code: str) -> RecordLayout:
        """The record with the code; `KeyError` if there is none."""
        return {each.code: each for each in self.record}[code]

    def read(self, lines: Iterable[str], faults: Faults) -> list[tuple[str, dict[str, Any]]]:
        """The records of a file, each with its code; a line of no known record is a fault."""
        found = []
        for number, line in enumerate(lines, start=1):
            path = f"line {number}"
            code = next((each.code for each in self.record if line.startswith(each.code)), None)
            if len(line) != self.length:
                faults.add(path, f"it has {len(line)} characters, not {self.length}")
            elif code is None:
                known = ", ".join(each.code for each in self.record)
                faults.add(path, f"it starts with {line[:2]!r}, which is no record of {known}")
            else:
                found.append((code, self[code].read(line, path, faults)))
        return found


def masked(number: str, shown_digits: int = 4) -> str:
    """The number with all but its last digits hidden, for texts that people read.

    >>> masked("123-45-6789")
    '***-**-6789'
    """
    hidden = sum(char.isalnum() for char in number) - shown_digits
    text = ""
    for char in number:
        text += "*" if char.isalnum() and hidden > 0 else char
        hidden -= char.isalnum()
    return text
