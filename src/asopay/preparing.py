"""A paycheck request made ready: checked, in whole cents, with the tables that are in force.

All that can be wrong with a request is found here, and all of it is reported together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import evolve

from asopay.assistance import within_limits
from asopay.between_states import (
    BetweenStates,
    read_work_days,
    wages_below_threshold,
)
from asopay.case import Case, Preceding
from asopay.certificates import Certificate, filed
from asopay.cross_checks import Together
from asopay.earlier import Before, is_kept_beside
from asopay.earnings.computed import in_parts
from asopay.earnings.group_term_life import Insured
from asopay.earnings.reading import PaidEarning, read_earning
from asopay.employer_terms import read_terms
from asopay.errors import InvalidRequest, TableError, one_of
from asopay.exemptions import read_exemptions
from asopay.faults import Faults
from asopay.frequencies import FREQUENCIES, periods_per_year
from asopay.in_force import InForce, TaxInForce
from asopay.jurisdictions import JURISDICTIONS, name, state_part
from asopay.money import Cents, in_proportion
from asopay.pay_periods import has_last_working_day_of_quarter
from asopay.paycheck import Earning, PaycheckRequest, Reimbursed
from asopay.rulebook import Rulebook
from asopay.tables import Days, Table
from asopay.whereabouts import Whereabouts, read_whereabouts
from asopay.worksheet import Worksheet

if TYPE_CHECKING:
    from asopay.elections import Elected
    from asopay.garnishments import Garnishing

_MONTH = re.compile(r"\d{4}-\d{2}")


def prepare(request: PaycheckRequest, rulebook: Rulebook) -> Case:
    """The request as a case; `InvalidRequest` with every fault that it has."""
    reader = _Reader(request, rulebook)
    case = reader.case()
    if reader.faults.found or case is None:
        raise InvalidRequest(reader.faults.found)
    return case


class _Reader:
    """Reads a request part by part and collects its faults.

    `in_force` is None where the pay date is at fault: what depends on it is then not checked.
    """

    def __init__(self, request: PaycheckRequest, rulebook: Rulebook) -> None:
        self.request = request
        self.rulebook = rulebook
        self.faults = Faults()
        self.where = Whereabouts(None)
        self.places: set[str] = set()
        self.in_force: InForce | None = None
        self.insured = Insured(None, request.pay_date, 1)
        self.worksheets: dict[str, Worksheet] = {}

    def case(self) -> Case | None:
        request = self.request
        periods = self.periods()
        self.insured = Insured(request.employee.birth_date, request.pay_date, periods)
        self.where = read_whereabouts(request, self.rulebook.tables, self.faults)
        self.places = self.where.all
        self.find_tables()
        methods = self.methods()
        before = self.before()
        earnings = self.earnings(before)
        elected = self.elected(earnings, before)
        certificates = self.certificates()
        preceding = self.preceding()
        overrides = self.overrides(earnings)
        reimbursements = self.reimbursements()
        together = Together(request, earnings, self.faults)
        if self.in_force:
            together.check_supplemental(self.in_force, before.supplemental_wages)
            together.check_frequency(self.in_force)
            together.check_stated(self.in_force)
        together.check_bounds(preceding.wages if preceding else 0, periods)
        together.check_employee_count()
        work_days = read_work_days(request, self.where, self.faults)
        garnishing = self.garnishing() if request.garnishments else None
        if self.in_force is None or elected is None or not self.where.residence:
            return None
        between = BetweenStates(request, self.where, self.in_force, self.faults)
        law = between.law(before.wages, earnings, work_days)
        terms = read_terms(request, self.in_force, self.where.insured_in, self.faults)
        exempt_from = read_exemptions(request, self.in_force, self.faults)
        if self.faults.found:
            return None
        return Case(
            pay_date=request.pay_date,
            residence=self.where.residence,
            insured_in=self.where.insured_in,
            law=law,
            work_days=work_days,
            below_threshold=wages_below_threshold(before.wages),
            courtesy=self.where.courtesy,
            january_first=self.where.january_first,
            frequency=request.pay_frequency,
            periods=periods,
            in_force=self.in_force,
            methods=methods,
            certificates=certificates,
            earnings=earnings,
            elections=elected.elections,
            plan=elected.plan,
            standing=elected.standing,
            before=before,
            preceding=preceding,
            overrides=overrides,
            terms=terms,
            exempt_from=exempt_from,
            ends_quarter=self.ends_quarter(),
            garnishing=garnishing,
            worksheets=self.worksheets,
            reimbursements=reimbursements,
        )

    # Period, place, tables

    def periods(self) -> int:
        frequency, stated = self.request.pay_frequency, self.request.periods_per_year
        if frequency not in FREQUENCIES:
            self.faults.unknown("pay_frequency", frequency, FREQUENCIES)
            return 1
        return self.faults.attempt("periods_per_year", periods_per_year, frequency, stated) or 1

    def find_tables(self) -> None:
        days = self.days()
        if days is None:
            return
        try:
            where = self.where
            self.in_force = self.rulebook.in_force(self.places, days, where.homes, where.left)
        except TableError as error:
            for message in str(error).splitlines():
                self.faults.add("pay_date", message)

    def days(self) -> Days | None:
        pay_date, period = self.request.pay_date, self.request.pay_period
        if type(pay_date) is not date:
            self.faults.add("pay_date", f"{pay_date!r} is not a date")
            return None
        if period is None:
            return Days(pay_date, pay_date, pay_date)
        if type(period.start) is not date or type(period.end) is not date:
            self.faults.add("pay_period", "start and end must be dates")
        elif period.end < period.start:
            self.faults.add("pay_period.end", f"{period.end} is before the start, {period.start}")
        else:
            return Days(pay_date, period.start, period.end)
        return Days(pay_date, pay_date, pay_date)

    def ends_quarter(self) -> bool:
        days = self.days()
        return days is not None and has_last_working_day_of_quarter(
            days.period_start, days.period_end
        )

    def methods(self) -> dict[str, Callable[..., Any]]:
        chosen = {}
        for tax, method in self.request.employer.methods.items():
            path = f"employer.methods.{tax}"
            if self.in_force and tax in self.in_force.taxes:
                known = self.in_force.taxes[tax].rule.functions
                if method in known:
                    chosen[tax] = known[method]
                else:
                    accepted = f"the methods of {tax} are {one_of(known)}"
                    self.faults.add(path, f"{method!r} is not known: {accepted}")
            else:
                self.check_tax_id(path, tax)
        return chosen

    def check_tax_id(self, path: str, tax: str) -> None:
        """A tax id that asopay can't know is a fault; one of a state it does not cover is not."""
        jurisdiction, _, short = tax.partition("/")
        state = state_part(jurisdiction)
        if not short or (state not in JURISDICTIONS and jurisdiction != "US"):
            self.faults.add(path, f'{tax!r} is not a tax id such as "US/social_security"')
            return
        known = self.rulebook.tax_names(jurisdiction) if jurisdiction == state else ()
        if known and short not in known:
            self.faults.add(path, f"{name(state)} has no such tax here: there is {one_of(known)}")

    # Earnings and deductions

    def earnings(self, before: Before) -> list[PaidEarning]:
        kinds = self.in_force.kinds.earnings if self.in_force else None
        found = []
        places = iter(self.where.of_pieces)
        for number, pieces in groupby(self.where.pieces, lambda piece: piece.earning):
            earning = self.request.earnings[number]
            paid = read_earning(earning, kinds, f"earnings[{number}]", self.faults)
            weights = [piece.weight for piece in pieces]
            at = [next(places) for _ in weights]
            for part in self.parts(number, earning, paid):
                for amount, place in zip(in_proportion(part.amount, weights), at, strict=True):
                    each = part if len(weights) == 1 else evolve(part, amount=amount)
                    each.number = number
                    each.residence, each.work, each.office = place
                    found.append(each)
        if self.in_force is None:
            return found
        return within_limits(found, self.in_force, self.request.employee, before.wages)

    def parts(self, number: int, earning: Earning, paid: PaidEarning) -> Sequence[PaidEarning]:
        """The earning, or the parts of it that are taxed differently."""
        if self.in_force is None:
            return (paid,)
        path, insured = f"earnings[{number}]", self.insured
        tables = self.in_force.of_earnings
        parts, worksheet = in_parts(
            earning, paid, tables, paid_to=insured, path=path, faults=self.faults
        )
        if worksheet is not None:
            self.worksheets[path] = worksheet
        return parts

    def elected(self, earnings: list[PaidEarning], before: Before) -> Elected | None:
        """What the employee elected; the code of deductions is read with the first paycheck."""
        from asopay.elections import read_deductions

        return read_deductions(self.request, self.in_force, earnings, before, self.faults)

    def garnishing(self) -> Garnishing | None:
        from asopay.garnishments import read_orders

        def table(jurisdiction: str, name: str, day: date) -> Table[Any]:
            return self.rulebook.rule(jurisdiction, name, Days.on(day)).table

        return read_orders(
            self.request.garnishments,
            pay_date=self.request.pay_date,
            frequency=self.request.pay_frequency,
            state_of_work=self.where.insured_in,
            table=table if self.in_force else None,
            deduction_kinds=self.in_force.kinds.deductions if self.in_force else None,
            faults=self.faults,
        )

    def reimbursements(self) -> tuple[Reimbursed, ...]:
        return tuple(
            Reimbursed(
                each.description, self.faults.cents(f"reimbursements[{n}].amount", each.amount)
            )
            for n, each in enumerate(self.request.reimbursements)
        )

    # Certificates and what was paid before

    def certificates(self) -> dict[str, Certificate]:
        answers, places = self.request.employee.certificates, self.places
        for place in sorted(answers.keys() - {"US", *places}):
            path = f"employee.certificates.{place}"
            if place not in JURISDICTIONS:
                self.faults.add(path, 'that is not a jurisdiction such as "US" or "US-CA"')
            elif self.where.residence:
                self.faults.add(path, f"the employee neither lives nor works in {name(place)}")
        if self.in_force is None:
            return {}
        certificates: dict[str, Certificate] = {}
        for place, forms in self.in_force.certificates.items():
            path = f"employee.certificates.{place}"
            given, homes, federal = answers.get(place, {}), self.where.homes, certificates.get("US")
            certificates[place] = filed(
                forms, place, given, homes, path=path, faults=self.faults, federal=federal
            )
        for place in sorted(answers.keys() & places - certificates.keys()):
            path = f"employee.certificates.{place}"
            self.faults.add(path, f"{name(place)} has no withholding certificate")
        return certificates

    def before(self) -> Before:
        given = self.request.year_to_date
        for part in ("wages", "taxes", "employer_taxes"):
            for tax in getattr(given, part):
                if part != "wages" or not is_kept_beside(tax):
                    of_month = part == "wages" and _MONTH.fullmatch(tax.rpartition("/")[2])
                    known = tax.rpartition("/")[0] if of_month else tax
                    self.check_tax_id(f"year_to_date.{part}.{tax}", known)
        for part in ("deductions", "employer_amounts"):
            amounts = getattr(given, part)
            known = self.in_force.kinds.deductions if self.in_force else amounts
            for kind in amounts:
                name, _, month = kind.partition("/")
                if name not in known or (month and not _MONTH.fullmatch(month)):
                    message = f"there is no such deduction: there is {one_of(known)}"
                    self.faults.add(f"year_to_date.{part}.{kind}", message)
        return Before(
            **{
                part: self.faults.amounts(f"year_to_date.{part}", getattr(given, part))
                for part in ("wages", "taxes", "employer_taxes", "deductions", "employer_amounts")
            }
        )

    def preceding(self) -> Preceding | None:
        given = self.request.preceding_pay
        if given is None:
            return None
        for tax in given.taxes:
            self.check_tax_id(f"preceding_pay.taxes.{tax}", tax)
        levied = (tax for tax in self.due() if tax.rule.table.head.rule != "withholding.none")
        income_taxes = [t.id for t in levied if t.name == "income_tax" and not t.is_local]
        for tax in income_taxes:
            if tax not in given.taxes:
                message = "state what was withheld from the preceding pay, which may be 0.00"
                self.faults.add(f"preceding_pay.taxes.{tax}", message)
        if len(set(self.where.of_pieces)) > 1:
            message = "it can only be added where all is earned in one place: leave it out"
            self.faults.add("preceding_pay", message)
        wages = self.faults.cents("preceding_pay.wages", given.wages)
        return Preceding(wages, self.faults.amounts("preceding_pay.taxes", given.taxes))

    def due(self) -> Iterable[TaxInForce]:
        return self.in_force.taxes.values() if self.in_force else ()

    def overrides(self, earnings: list[PaidEarning]) -> dict[str, Cents]:
        stated = self.request.overrides
        if self.in_force:
            of_employee = (t for t in self.due() if not t.payers or "employee" in t.payers)
            own = [t.id for t in of_employee if t.reported_as not in self.in_force.in_two]
            if not any(earning.flat for earning in earnings):
                own = [tax for tax in own if not tax.endswith("/supplemental_income_tax")]
            elif all(earning.flat for earning in earnings):
                apart = {
                    f"{t.jurisdiction}/income_tax"
                    for t in self.due()
                    if t.id.endswith("/supplemental_income_tax")
                }
                own = [tax for tax in own if tax not in apart]
            for tax in sorted(stated.keys() - set(own)):
                accepted = f"the employee's taxes of this paycheck are {one_of(own)}"
                self.faults.add(f"overrides.{tax}", f"it is none of them: {accepted}")
        return self.faults.amounts("overrides", stated)
