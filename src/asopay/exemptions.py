"""Taxes that an employee is exempt from: by the kind of employment, or by an approval on file."""

from __future__ import annotations

from attrs import define, field

from asopay.errors import one_of
from asopay.faults import Faults
from asopay.in_force import InForce
from asopay.paycheck import ExemptFrom, PaycheckRequest


@define
class Exemptions:
    """The taxes that a paycheck leaves out, by id."""

    found: dict[str, ExemptFrom] = field(factory=dict)

    def add(self, tax: str, reason: str, source: str = "") -> None:
        """Enters an exemption; the first reason stays."""
        self.found.setdefault(tax, ExemptFrom(tax, reason, source))


def read_exemptions(
    request: PaycheckRequest, in_force: InForce, faults: Faults
) -> dict[str, ExemptFrom]:
    """What the request says of exemptions, for the taxes of this paycheck."""
    exemptions = Exemptions()
    known = in_force.employments
    for number, kind in enumerate(request.employee.employment):
        if kind not in known:
            faults.unknown(f"employee.employment[{number}]", kind, known)
            continue
        for employment in known[kind]:
            for tax in employment.turns_off:
                exemptions.add(tax, employment.holds, employment.source)
    for tax, reason in request.employee.exemptions.items():
        path = f"employee.exemptions.{tax}"
        if tax not in in_force.taxes:
            message = f"the taxes of this paycheck are {one_of(in_force.taxes)}"
            faults.add(path, f"it is none of them: {message}")
        elif not reason:
            faults.add(path, "it needs a reason, such as the approval that is on file")
        exemptions.add(tax, reason)
    for tax in sorted(exemptions.found.keys() & request.overrides.keys()):
        faults.add(f"overrides.{tax}", "the employee is exempt from it: leave it out")
    return {tax: found for tax, found in exemptions.found.items() if tax in in_force.taxes}
