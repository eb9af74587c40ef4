"""Earnings by the places where they were worked for: one place each, or shares of several."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen

from asopay.earnings.hours import ten_thousandths
from asopay.faults import Faults
from asopay.money import cents
from asopay.paycheck import Earning, PaycheckRequest, WorkShare

MEASURES = ("days", "hours", "amount")


@frozen
class Piece:
    """What one earning pays for work in one place.

    `earning` is the number of the earning in the request, and `path` the field that says where the
    work was done. The piece is `weight` parts of all the pieces of the earning.
    """

    earning: int
    path: str
    work: Sequence[str]
    office: Sequence[str]
    work_days: int | None
    weight: int = 1


def pieces_of(request: PaycheckRequest, faults: Faults) -> list[Piece]:
    """The pieces of all earnings, in their order; what is wrong with shares is a fault."""
    pieces: list[Piece] = []
    for number, earning in enumerate(request.earnings):
        path = f"earnings[{number}]"
        if earning.work_shares:
            pieces += _shares(number, path, earning, faults)
        else:
            pieces.append(Piece(number, path, earning.work, earning.office, earning.work_days))
    return pieces


def _shares(number: int, path: str, earning: Earning, faults: Faults) -> list[Piece]:
    for name in ("work", "office", "work_days"):
        if getattr(earning, name):
            faults.add(f"{path}.{name}", "the work_shares say it: leave it out")
    measure = _measure(earning.work_shares, f"{path}.work_shares", faults)
    pieces = []
    for place, share in enumerate(earning.work_shares):
        at = f"{path}.work_shares[{place}]"
        given = getattr(share, measure)
        weight = faults.attempt(f"{at}.{measure}", _weight, measure, given) or 0
        days = weight if measure == "days" else None
        pieces.append(Piece(number, at, share.work, share.office, days, weight))
    if not any(piece.weight for piece in pieces):
        faults.add(f"{path}.work_shares", f"the {measure} are nothing: state those of each place")
    return pieces


def _measure(shares: Sequence[WorkShare], path: str, faults: Faults) -> str:
    """What the shares go by: days, hours or amounts, the same for all of them."""
    given = [{name for name in MEASURES if getattr(s, name) is not None} for s in shares]
    if given[0] and all(one == given[0] and len(one) == 1 for one in given):
        return given[0].pop()
    faults.add(path, "each share needs days, or each hours, or each an amount")
    return MEASURES[0]


def _weight(measure: str, given: Any) -> int:
    if given is None:
        return 0
    if measure != "days":
        return cents(given) if measure == "amount" else ten_thousandths(given)
    if type(given) is not int or given < 0:
        raise ValueError(f"{given!r} is not a whole number of days")
    return given
