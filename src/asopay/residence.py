"""What a state does with wages of people who live in one state and work in another.

Each state has a table of it: its reciprocity agreements, what its employers withhold from residents
who work elsewhere, from which day or dollar it taxes nonresidents, and whether it taxes work that
is done elsewhere for an office in the state.
"""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

from asopay.money import Cents


@frozen
class Agreement:
    """A reciprocity agreement: the certificate that residents of the other state file here."""

    certificate: str
    source: str


@frozen
class Resident:
    """What is withheld from wages that a resident earned in another state.

    ``less_other_tax``: the state's own tax, less what is withheld for the other. ``all``: its own
    tax, and nothing is taken off. ``nothing``: no tax, if the other state withholds.
    ``not_required``: no tax, also if the other state does not.
    """

    withhold: Literal["less_other_tax", "all", "nothing", "not_required"]
    source: str


@frozen
class Threshold:
    """Nonresidents are taxed once they pass a number of days or an amount of wages in the year.

    With `both`, they have to pass both. Then the wages before are taxed too. A `mutual` threshold
    is for residents of states that do the same; only those without an income tax count as such.
    `determined` says in words what the employer has to determine, where it is neither.
    """

    source: str
    days: int | None = None
    wages: Cents | None = None
    both: bool = False
    mutual: bool = False
    determined: str = ""


@frozen
class Convenience:
    """Work elsewhere for an office in the state counts as work in it, if the employee chose so.

    With `in_return`, only for residents of states that do the same.
    """

    source: str
    in_return: bool = False


@frozen
class Figures:
    """A state's rules for residents who work elsewhere, and for those who only work in it.

    `nonresidents_untaxed` is the law by which it does not tax nonresidents at all, if it does not.
    With `share_of_tax`, what a nonresident pays is the tax on all wages, times the share of them
    that was earned in the state; else it is the tax on the wages earned there.
    """

    resident: Resident
    nonresidents_untaxed: str = ""
    share_of_tax: bool = False
    reciprocity: dict[str, Agreement] = field(factory=dict)
    threshold: Threshold | None = None
    convenience: Convenience | None = None
