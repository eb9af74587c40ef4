"""What only several parts of a request together can show."""

from __future__ import annotations

from collections.abc import Sequence

from asopay.earlier import FLAT
from asopay.earnings.reading import PaidEarning
from asopay.errors import one_of
from asopay.faults import Faults
from asopay.frequencies import FREQUENCIES
from asopay.in_force import InForce
from asopay.money import LARGEST, Cents, as_text
from asopay.paycheck import PaycheckRequest


class Together:
    """Checks parts of a request against each other; what is wrong is added to the faults."""

    def __init__(
        self, request: PaycheckRequest, earnings: Sequence[PaidEarning], faults: Faults
    ) -> None:
        self.request = request
        self.earnings = earnings
        self.faults = faults

    def check_supplemental(self, in_force: InForce, paid_before: Cents) -> None:
        """Past the limit of the year, supplemental wages can't be aggregated (Publication 15)."""
        total = paid_before
        for earning in self.earnings:
            total += earning.amount if earning.supplemental else 0
        if self.request.preceding_pay and all(e.flat or not e.supplemental for e in self.earnings):
            message = "there are no supplemental wages that could be added to it"
            self.faults.add("preceding_pay", message)
        limit = in_force.taxes[FLAT].rule.figures.limit
        message = f"supplemental wages of the year pass {as_text(limit)}: it must be flat"
        aggregated = {e.number for e in self.earnings if e.supplemental and not e.flat}
        for number in sorted(aggregated) if total > limit else ():
            self.faults.add(f"earnings[{number}].supplemental_method", message)

    def check_bounds(self, preceding_wages: Cents, periods: int) -> None:
        """No more is computed in a year than fits what rules may be told."""
        total = preceding_wages
        for earning in self.earnings:
            total += earning.amount
        if total * periods > LARGEST:
            annual = f"{as_text(total)} times {periods} periods is above {as_text(LARGEST)} a year"
            self.faults.add("earnings", f"{annual}, the most that is computed")

    def check_employee_count(self) -> None:
        """Employees are not fewer than none."""
        number = self.request.employer.employee_count
        if number is not None and number < 0:
            self.faults.add("employer.employee_count", f"{number} is below zero")

    def check_frequency(self, in_force: InForce) -> None:
        """Every publication covers the pay frequency, by the method that was chosen."""
        frequency = self.request.pay_frequency
        if frequency not in FREQUENCIES:
            return
        for tax in in_force.limited_frequencies:
            default = next(iter(tax.rule.functions))
            method = self.request.employer.methods.get(tax.id, default)
            covered = tax.rule.table.head.frequencies.get(method, (frequency,))
            if frequency not in covered:
                title = tax.rule.table.sources[0].title
                message = f"{title} has no {frequency} payroll for {tax.id} by its {method} method"
                self.faults.add("pay_frequency", f"{message}: it has {one_of(covered)}")

    def check_stated(self, in_force: InForce) -> None:
        """An income tax that is not computed has to be stated, unless the employee is exempt."""
        known = {*self.request.overrides, *self.request.employee.exemptions}
        for tax in in_force.stated:
            if tax.id not in known:
                found_in = tax.rule.figures.found_in
                message = f"it is not computed: state what is withheld, by {found_in}"
                self.faults.add(f"overrides.{tax.id}", message)
