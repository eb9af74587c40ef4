"""What Form 941-X has to correct: the difference of two returns of the same quarter."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from asopay.compliance.form_941 import FORM_941
from asopay.compliance.returns import Return


@frozen
class Correction:
    """A line of Form 941 as it should have been reported, and as it was; in cents."""

    line: str
    meaning: str
    corrected: int
    reported: int

    @property
    def difference(self) -> int:
        """By how much the line was reported too low."""
        return self.corrected - self.reported


def corrections(filed: Return, corrected: Return) -> Iterator[Correction]:
    """The lines of a filed return that have to be corrected, by Form 941-X.

    `filed` was made from the ledger as it was then, which is `Ledger.upto` the last entry before.
    """
    for label, line in FORM_941.lines.items():
        before, after = filed[label], corrected[label]
        if before != after:
            yield Correction(label, line.meaning, after, before)
