"""Reading the earnings of a request: their gross amounts, and how they are taxed."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define

from asopay.earnings.hours import pay_for_hours, ten_thousandths
from asopay.faults import Faults
from asopay.money import Cents, as_text
from asopay.paycheck import Earning
from asopay.taxability import EarningKind

METHODS_OF_SUPPLEMENT = ("flat", "aggregate")


@define
class PaidEarning:
    """One earning in cents, or a piece of it: the request's earning of that `number`.

    `residence`, `work` and `office` are nested places, the state first.
    `imputed` ones are income that is not paid out.
    `hours` of work are in ten-thousandths, and None where they are not known.
    `supplemental` wages count toward the limit of the flat rate; `flat` ones are taxed apart from
    regular wages; `bonus` ones at a state's rate for bonuses, where it has one. `military` is pay
    for military service.
    """

    amount: Cents
    number: int = 0
    kind: str = ""
    residence: tuple[str, ...] = ()
    work: tuple[str, ...] = ()
    office: tuple[str, ...] = ()
    imputed: bool = False
    hours: int | None = 0
    supplemental: bool = False
    flat: bool = False
    bonus: bool = False
    military: bool = False


def read_earning(
    earning: Earning, kinds: Mapping[str, EarningKind] | None, path: str, faults: Faults
) -> PaidEarning:
    """The earning in cents; without kinds (the pay date is at fault) its kind is not checked."""
    amount = _gross(earning, path, faults)
    method = earning.supplemental_method
    if method is not None and method not in METHODS_OF_SUPPLEMENT:
        faults.unknown(f"{path}.supplemental_method", method, METHODS_OF_SUPPLEMENT)
    if kinds is None:
        return PaidEarning(amount)
    kind = kinds.get(earning.kind)
    if kind is None:
        faults.unknown(f"{path}.kind", earning.kind, kinds)
        return PaidEarning(amount)
    if method is not None and kind.supplemental == "never":
        message = f"{earning.kind} is not supplemental wages: leave the method out"
        faults.add(f"{path}.supplemental_method", message)
    supplemental = kind.supplemental == "always" or method is not None
    return PaidEarning(
        amount=amount,
        kind=earning.kind,
        imputed=kind.imputed,
        hours=_hours_of_work(earning, kind, path, faults),
        supplemental=supplemental,
        flat=method == "flat",
        bonus=kind.bonus,
        military=kind.military,
    )


def _hours_of_work(earning: Earning, kind: EarningKind, path: str, faults: Faults) -> int | None:
    if earning.hours_worked is not None:
        return faults.attempt(f"{path}.hours_worked", ten_thousandths, earning.hours_worked)
    if not kind.work or earning.hours is None:
        return None if kind.work else 0
    try:
        return ten_thousandths(earning.hours)
    except ValueError:  # a fault of the hours that are paid
        return None


def _gross(earning: Earning, path: str, faults: Faults) -> Cents:
    if earning.amount is None:
        if earning.cover is not None:
            return 0  # it is computed from the cover
        if earning.hours is not None and earning.rate is not None:
            return _gross_of_hours(earning, path, faults)
        faults.add(path, "it is not complete: give an amount, or hours and a rate")
        return 0
    if (earning.hours, earning.rate, earning.multiplier) != (None, None, None):
        faults.add(path, "amount and hours are both given: give an amount, or hours and a rate")
    return faults.cents(f"{path}.amount", earning.amount)


def _gross_of_hours(earning: Earning, path: str, faults: Faults) -> Cents:
    times = 1 if earning.multiplier is None else earning.multiplier
    hours = faults.attempt(f"{path}.hours", ten_thousandths, earning.hours)
    rate = faults.attempt(f"{path}.rate", ten_thousandths, earning.rate)
    multiplier = faults.attempt(f"{path}.multiplier", ten_thousandths, times)
    if hours is None or rate is None or multiplier is None:
        return 0
    return faults.cents(path, as_text(pay_for_hours(hours, rate, multiplier)))
