"""Reading the deductions that the employee elected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asopay.deductions.taking import Election
from asopay.earnings.hours import TEN_THOUSAND, ten_thousandths
from asopay.faults import Faults
from asopay.money import ONE, Rate
from asopay.paycheck import Deduction
from asopay.taxability import DeductionKind

HUNDRED_PERCENT = 100 * TEN_THOUSAND


def read_election(
    deduction: Deduction, kinds: Mapping[str, DeductionKind] | None, path: str, faults: Faults
) -> Election:
    """The deduction in cents; without kinds (the pay date is at fault) its kind is not checked."""
    if (deduction.amount is None) == (deduction.percent is None):
        given = "neither is" if deduction.amount is None else "both are"
        faults.add(path, f"amount or percent: {given} given, one is needed")
    amount = 0 if deduction.amount is None else faults.cents(f"{path}.amount", deduction.amount)
    percent = None
    if deduction.percent is not None:
        percent = _percent(deduction.percent, f"{path}.percent", faults)
    employer = faults.cents(f"{path}.employer_amount", deduction.employer_amount)
    kind = kinds.get(deduction.kind) if kinds is not None else None
    if kinds is not None and kind is None:
        faults.unknown(f"{path}.kind", deduction.kind, kinds)
    election = Election(deduction.kind, amount, percent, employer)
    if kind is not None:
        election.limit, election.roth = kind.limit or "", kind.roth
    election.arrears = faults.cents(f"{path}.arrears", deduction.arrears)
    if deduction.arrears_limit is not None:
        election.arrears_limit = faults.cents(f"{path}.arrears_limit", deduction.arrears_limit)
    if election.limit and election.arrears:
        faults.add(f"{path}.arrears", "a deferral that was not made is not made up for")
    return election


def _percent(value: Any, path: str, faults: Faults) -> Rate:
    percent = faults.attempt(path, ten_thousandths, value)
    if percent is None:
        return 0
    if percent > HUNDRED_PERCENT:
        faults.add(path, f"{value} is above 100")
    return percent * ONE // HUNDRED_PERCENT
