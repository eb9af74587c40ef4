"""Claims: what the plan, the member and another plan pay of one, line by line.

The order is that of the claim form: what is covered, copay, deductible, coinsurance, the
out-of-pocket maximum, the maximum of the plan, and last another plan that pays first. Amounts are
whole cents; only the coinsurance is rounded, half a cent up.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from asopay.money import Cents, at_least_zero, at_most, share, to_cents
from asopay.plans.benefits import Benefit, Service
from asopay.plans.coordination import OtherPlan, coordinate
from asopay.plans.enrolment import person
from asopay.plans.months import add_months
from asopay.worksheet import Calculation, Form, rate_line


@frozen
class Claim:
    """A claim for one service to an employee, or to the dependent named by `member`.

    `allowed` is the contract price, or what is usual, and `alternative` the price of a cheaper
    service on which the benefit is figured. `paid` is the day on which the plan pays, and
    `reversed` the one on which it takes the payment back.
    """

    id: str
    employee: str
    service_date: date
    paid: date
    billed: Cents
    benefit: str = "medical"
    service: str = ""
    member: str = ""
    allowed: Cents | None = None
    alternative: Cents | None = None
    other_plan: OtherPlan | None = None
    reversed: date | None = None

    @property
    def person(self) -> str:
        """Whose claim it is."""
        return person(self.employee, self.member)

    @property
    def incurred(self) -> date:
        """The day of the service."""
        return self.service_date


@frozen
class Adjudicated:
    """What plan, member and other plan pay of a claim, and what it adds to the accumulators.

    The three add up to `allowed`. The worksheet has the lines.
    """

    claim: str
    allowed: Cents
    plan: Cents
    member: Cents
    other: Cents
    counted: Mapping[str, Cents]
    worksheet: Calculation


CLAIM = Form(
    "What the plan and the member pay of a claim",
    result="(plan)",
    lines={
        "(billed)": "Billed by the provider",
        "(own allowed)": "Allowed: the contract price, at most what is billed",
        "(basis)": "What the benefit is figured on",
        "(paid before)": "Paid by the other plan, which is taken off first",
        "(not covered)": "Not covered",
        "(copay)": "Copay",
        "(deductible left)": "What is left of the deductible before",
        "(deductible)": "Taken by the deductible",
        "(coinsurance rate)": rate_line("Coinsurance, the member's share of the rest"),
        "(coinsurance)": "Coinsurance",
        "(cost sharing)": "Copay, deductible and coinsurance",
        "(out of pocket left)": "What is left of the out-of-pocket maximum before",
        "(member's share)": "Cost sharing within the out-of-pocket maximum",
        "(maximum left)": "What is left of the most that the plan pays",
        "(own benefit)": "What the plan pays without another plan",
        "(allowed)": "Allowed: what plan, member and other plan pay together",
        "(other plan)": "Paid by the other plan",
        "(plan)": "Paid by the plan",
        "(member)": "Paid by the member",
    },
)


def adjudicate(
    claim: Claim,
    benefit: Benefit,
    used: Mapping[str, Cents],
    *,
    covered_since: date,
    in_family: bool = False,
) -> Adjudicated:
    """The claim under the benefit's terms; `used` are the accumulators before it.

    `covered_since` is the first day of cover, and `in_family` says whether dependents are covered
    too. The claim's service is one of the benefit's, or none.

    >>> terms = Benefit(deductible=150_000, coinsurance=20_000_000, out_of_pocket_maximum=400_000)
    >>> day = date(2026, 3, 1)
    >>> paid = adjudicate(Claim("C-1", "E-1", day, day, 220_000), terms, {}, covered_since=day)
    >>> paid.member, paid.plan, dict(paid.counted)["medical/E-1/deductible"]
    (164000, 56000, 150000)
    """
    return _Claim(claim, benefit, used, in_family=in_family).adjudicated(covered_since)


class _Claim:
    def __init__(
        self, claim: Claim, benefit: Benefit, used: Mapping[str, Cents], *, in_family: bool
    ) -> None:
        self.claim = claim
        self.benefit = benefit
        self.used = used
        self.in_family = in_family
        self.service = benefit.services[claim.service] if claim.service else Service()
        self.line = Calculation(CLAIM)
        self.of_person = f"{claim.benefit}/{claim.person}"
        self.of_family = f"{claim.benefit}/{claim.employee}/family"

    def adjudicated(self, covered_since: date) -> Adjudicated:
        line = self.line
        self.figure_basis()
        waits = add_months(covered_since, self.service.waiting_months)
        if self.service.covered and self.claim.service_date >= waits:
            self.share_costs()
            self.limit()
        else:
            line["(not covered)"] = line["(basis)"]
            line["(own benefit)"] = 0
        self.coordinate()
        counted = {key: amount for key, amount in self.counted().items() if amount}
        allowed, other = line["(allowed)"], line["(other plan)"]
        return Adjudicated(
            self.claim.id, allowed, line["(plan)"], line["(member)"], other, counted, line
        )

    @property
    def is_taken_off_first(self) -> bool:
        return self.benefit.coordination == "maintenance_of_benefits"

    def figure_basis(self) -> None:
        line, claim = self.line, self.claim
        line["(billed)"] = claim.billed
        priced = claim.billed if claim.allowed is None else claim.allowed
        line["(own allowed)"] = at_most(claim.billed, priced)
        basis = line["(own allowed)"]
        if claim.alternative is not None:
            basis = at_most(basis, claim.alternative)
        if claim.other_plan and self.is_taken_off_first:
            line["(paid before)"] = at_most(claim.other_plan.paid, basis)
            basis -= line["(paid before)"]
        line["(basis)"] = basis

    def share_costs(self) -> None:
        line, service, benefit = self.line, self.service, self.benefit
        own = service.coinsurance
        line["(copay)"] = at_most(service.copay, line["(basis)"])
        left = line["(basis)"] - line["(copay)"]
        line["(deductible left)"] = self.deductible_left()
        line["(deductible)"] = at_most(left, line["(deductible left)"]) if service.deductible else 0
        line["(coinsurance rate)"] = benefit.coinsurance if own is None else own
        left -= line["(deductible)"]
        line["(coinsurance)"] = to_cents(share(left, line["(coinsurance rate)"]))
        line["(cost sharing)"] = line["(copay)"] + line["(deductible)"] + line["(coinsurance)"]
        line["(member's share)"] = line["(cost sharing)"]
        out_of_pocket = self.left(
            "out of pocket", benefit.out_of_pocket_maximum, benefit.family_out_of_pocket_maximum
        )
        if out_of_pocket is not None:
            line["(out of pocket left)"] = out_of_pocket
            line["(member's share)"] = at_most(line["(cost sharing)"], out_of_pocket)

    def deductible_left(self) -> Cents:
        benefit = self.benefit
        together = self.in_family and not benefit.embedded
        of_person = None if together else benefit.deductible
        left = self.left("deductible", of_person, benefit.family_deductible)
        return 0 if left is None else left

    def left(self, name: str, of_person: Cents | None, of_family: Cents | None) -> Cents | None:
        """What is left of the person's limit and the family's; None without a limit."""
        limits = ((self.of_person, of_person), (self.of_family, of_family))
        left = [
            at_least_zero(limit - self.used.get(f"{whose}/{name}", 0))
            for whose, limit in limits
            if limit is not None
        ]
        return min(left, default=None)

    def limit(self) -> None:
        line, service, benefit = self.line, self.service, self.benefit
        line["(own benefit)"] = line["(basis)"] - line["(member's share)"]
        maxima = []
        if benefit.annual_maximum is not None and service.annual_maximum:
            maxima.append(benefit.annual_maximum - self.used.get(f"{self.of_person}/paid", 0))
        if service.lifetime_maximum is not None:
            paid = self.used.get(self.of_lifetime, 0)
            maxima.append(service.lifetime_maximum - paid)
        if maxima:
            line["(maximum left)"] = at_least_zero(min(maxima))
            line["(own benefit)"] = at_most(line["(own benefit)"], line["(maximum left)"])

    @property
    def of_lifetime(self) -> str:
        return f"{self.of_person}/lifetime {self.claim.service}"

    def coordinate(self) -> None:
        line, other = self.line, self.claim.other_plan
        line["(allowed)"], line["(plan)"] = line["(own allowed)"], line["(own benefit)"]
        line["(other plan)"] = 0
        if other:
            coordinated = coordinate(
                self.benefit.coordination, line["(own benefit)"], line["(own allowed)"], other
            )
            line["(allowed)"], line["(plan)"] = coordinated.allowed, coordinated.plan
            line["(other plan)"] = other.paid
        line["(member)"] = line["(allowed)"] - line["(other plan)"] - line["(plan)"]

    def counted(self) -> dict[str, Cents]:
        """What the claim adds to the accumulators."""
        line = self.line
        counted = {f"{self.of_person}/paid": line["(plan)"] if self.service.annual_maximum else 0}
        if self.service.lifetime_maximum is not None:
            counted[self.of_lifetime] = line["(plan)"]
        if "(member's share)" in line:
            deductible = at_most(line["(deductible)"], line["(member's share)"])
            borne = at_most(line["(member's share)"], line["(member)"])
            for whose in (self.of_person, self.of_family):
                counted[f"{whose}/deductible"] = deductible
                counted[f"{whose}/out of pocket"] = borne
        return counted
