"""A paycheck request made ready: checked, in whole cents, with the rules that are in force.

All that can be wrong with a request is found here, and all of it is reported together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from attrs import define

from asopay import taxability
from asopay.certificates import Certificate, fill_in
from asopay.deductions import Deferrals, Election
from asopay.deductions.elective_deferrals import catch_up_amount
from asopay.earnings.hours import TEN_THOUSAND, pay_for_hours, ten_thousandths
from asopay.errors import Fault, InvalidRequest, TableError, one_of
from asopay.jurisdictions import STATES, name, state_of
from asopay.money import LARGEST, ONE, Cents, Rate, as_text, cents, rate
from asopay.pay_periods import FREQUENCIES, periods_per_year
from asopay.paycheck import Deduction, Earning, PaycheckRequest
from asopay.rulebook import Days, Rule, Rulebook

T = TypeVar("T")

METHODS_OF_SUPPLEMENT = ("flat", "aggregate")
MOST_PERCENT = 100 * TEN_THOUSAND
FLAT = "US/supplemental_income_tax"
AGGREGATED = "US/aggregated_supplemental_wages"
"""The year-to-date key of supplemental wages that were taxed together with regular wages."""


@define
class PaidEarning:
    """One earning in cents. `supplemental` wages count toward the limit of the flat rate; `flat`
    says that they are taxed apart from regular wages."""

    amount: Cents
    supplemental: bool
    flat: bool
    bonus: bool


@define
class Case:
    """A request that can be computed. Amounts are whole cents; `rules` are in the order of the taxes."""

    request: PaycheckRequest
    days: Days
    state: str
    frequency: str
    periods: int
    rules: dict[str, Rule]
    methods: dict[str, Callable[..., Any]]
    certificates: dict[str, Certificate]
    earnings: list[PaidEarning]
    elections: list[Election]
    deferrals: Deferrals | None
    wages_before: dict[str, Cents]
    taxes_before: dict[str, Cents]
    employer_taxes_before: dict[str, Cents]
    deductions_before: dict[str, Cents]
    preceding_wages: Cents | None
    preceding_taxes: dict[str, Cents]
    overrides: dict[str, Cents]
    unemployment_rate: Rate | None
    used: list[Rule]

    @property
    def unemployment(self) -> str:
        """The id of the tax for which the state assigns the employer a rate."""
        return f"{self.state}/unemployment"

    @property
    def has_regular(self) -> bool:
        """Whether any earning is taxed with the regular wages."""
        return not all(earning.flat for earning in self.earnings)

    @property
    def supplemental_before(self) -> Cents:
        """Supplemental wages paid earlier in the year, whatever the method."""
        flat = self.wages_before.get(FLAT, 0)
        return flat + self.wages_before.get(AGGREGATED, 0)


def prepare(request: PaycheckRequest, rulebook: Rulebook) -> Case:
    """The request as a case; `InvalidRequest` with every fault that it has."""
    reader = _Reader(request, rulebook)
    case = reader.case()
    if reader.faults or case is None:
        raise InvalidRequest(reader.faults)
    return case


class _Reader:
    """Reads a request part by part and collects its faults."""

    def __init__(self, request: PaycheckRequest, rulebook: Rulebook) -> None:
        self.request = request
        self.rulebook = rulebook
        self.faults: list[Fault] = []

    def fault(self, path: str, message: object) -> None:
        self.faults.append(Fault(path, str(message)))

    def attempt(self, path: str, read: Callable[..., T], *values: Any) -> T | None:
        """What the reading function makes of the values; on an error a fault, and None."""
        try:
            return read(*values)
        except (TypeError, ValueError) as error:
            self.fault(path, error)
            return None

    def cents(self, path: str, value: Any) -> Cents:
        try:
            return cents(value)
        except ValueError as error:
            self.fault(path, error)
            return 0

    def amounts(self, path: str, values: Mapping[str, Any]) -> dict[str, Cents]:
        return {key: self.cents(f"{path}.{key}", value) for key, value in values.items()}

    def case(self) -> Case | None:
        request = self.request
        periods = self.periods()
        state = self.state()
        days = self.days()
        rules = self.rules(state, days) if days else {}
        methods = self.methods(rules)
        kinds = self.kinds(days) if days else None
        earnings = self.earnings(kinds)
        elections = self.elections(kinds)
        certificates = self.certificates(state, days) if days else {}
        year_to_date = self.year_to_date(kinds)
        deferrals = self.deferrals(kinds, elections, days) if days and kinds else None
        preceding = request.preceding_pay
        preceding_wages = preceding and self.cents("preceding_pay.wages", preceding.wages)
        taxes = preceding.taxes if preceding else {}
        preceding_taxes = self.amounts("preceding_pay.taxes", taxes)
        overrides = self.overrides(rules)
        unemployment = self.unemployment(state, rules)
        self.check_aggregated(earnings, year_to_date[0], rules)
        self.check_bounds(earnings, preceding_wages or 0, periods)
        self.check_frequency(rules)
        if self.faults or days is None or state is None:
            return None
        return Case(
            request,
            days,
            state,
            request.pay_frequency,
            periods,
            rules,
            methods,
            certificates,
            earnings,
            elections,
            deferrals,
            *year_to_date,
            preceding_wages,
            preceding_taxes,
            overrides,
            unemployment,
            self.used,
        )

    def periods(self) -> int:
        frequency, stated = self.request.pay_frequency, self.request.periods_per_year
        if frequency not in FREQUENCIES:
            self.fault("pay_frequency", f"{frequency!r} is not one of {one_of(FREQUENCIES)}")
            return 1
        return self.attempt("periods_per_year", periods_per_year, frequency, stated) or 1

    def days(self) -> Days | None:
        pay_date, period = self.request.pay_date, self.request.pay_period
        if type(pay_date) is not date:
            self.fault("pay_date", f"{pay_date!r} is not a date")
            return None
        if period is None:
            return Days(pay_date, pay_date, pay_date)
        if period.end < period.start:
            self.fault("pay_period.end", f"{period.end} is before the start, {period.start}")
        return Days(pay_date, period.start, period.end)

    def state(self) -> str | None:
        """The state where the employee lives and works."""
        employee = self.request.employee
        home = self.place("employee.residence", employee.residence)
        for index, earning in enumerate(self.request.earnings):
            path = f"earnings[{index}].work"
            work = self.place(path, earning.work) if earning.work else home
            if work and home and work != home:
                message = f"work in {name(work)} by a resident of {name(home)}"
                self.fault(path, f"{message} is not computed yet: only one state for both is")
        return home

    def place(self, path: str, places: Sequence[str]) -> str | None:
        state = self.attempt(path, state_of, places)
        if state and len(places) > 1:
            self.fault(path, f"the local taxes of {places[-1]} are not computed yet")
        if state and not self.rulebook.tables.editions(state, "income_tax"):
            self.fault(path, f"{name(state)} ({state}) is not covered yet: its income tax is missing")
            return None
        return state

    def rules(self, state: str | None, days: Days) -> dict[str, Rule]:
        rules: dict[str, Rule] = {}
        for jurisdiction in ("US", state) if state else ("US",):
            for tax, rule in self.attempt_all(jurisdiction, days):
                rules[f"{jurisdiction}/{tax}"] = rule
        return rules

    def attempt_all(self, jurisdiction: str, days: Days) -> list[tuple[str, Rule]]:
        try:
            return self.rulebook.taxes(jurisdiction, days)
        except TableError as error:
            for message in str(error).splitlines():
                self.fault("pay_date", message)
            return []

    def methods(self, rules: dict[str, Rule]) -> dict[str, Callable[..., Any]]:
        wanted = self.request.employer.methods
        chosen = {}
        for tax, rule in rules.items():
            method = wanted.get(tax)
            if method is not None and method not in rule.functions:
                accepted = f"the methods of {tax} are {one_of(rule.functions)}"
                self.fault(f"employer.methods.{tax}", f"{method!r} is not known: {accepted}")
            chosen[tax] = rule.functions[method] if method in rule.functions else rule.default
        for tax in sorted(wanted.keys() - rules.keys()):
            self.check_tax_id(f"employer.methods.{tax}", tax)
        return chosen  # type: ignore[return-value]

    def check_tax_id(self, path: str, tax: str) -> None:
        """A tax id that asopay can't know is a fault; one of a state it does not cover is not."""
        jurisdiction, _, short = tax.partition("/")
        known = self.rulebook.tax_names(jurisdiction)
        state = "-".join(jurisdiction.split("-")[:2])
        if not short or state not in STATES and jurisdiction != "US":
            self.fault(path, f'{tax!r} is not a tax id such as "US/social_security"')
        elif known and short not in known and tax != AGGREGATED:
            self.fault(path, f"{name(state)} has no such tax here: there is {one_of(known)}")

    def kinds(self, days: Days) -> taxability.Figures | None:
        rule = self.attempt("pay_date", self.rulebook.rule, "US", "taxability", days)
        self.used = [rule] if rule else []
        return rule.figures if rule else None

    def earnings(self, kinds: taxability.Figures | None) -> list[PaidEarning]:
        return [
            self.earning(f"earnings[{index}]", earning, kinds)
            for index, earning in enumerate(self.request.earnings)
        ]

    def earning(
        self, path: str, earning: Earning, kinds: taxability.Figures | None
    ) -> PaidEarning:
        amount = self.gross(path, earning)
        kind = kinds.earnings.get(earning.kind) if kinds else None
        if kinds and kind is None:
            accepted = one_of(kinds.earnings)
            self.fault(f"{path}.kind", f"{earning.kind!r} is not one of {accepted}")
        method = earning.supplemental_method
        if method is not None and method not in METHODS_OF_SUPPLEMENT:
            accepted = one_of(METHODS_OF_SUPPLEMENT)
            self.fault(f"{path}.supplemental_method", f"{method!r} is not one of {accepted}")
        elif method is not None and kind and kind.supplemental == "never":
            message = f"{earning.kind} is not supplemental wages: leave the method out"
            self.fault(f"{path}.supplemental_method", message)
        supplemental = kind is not None and (
            kind.supplemental == "always" or (kind.supplemental == "optional" and method is not None)
        )
        bonus = kind is not None and kind.bonus
        return PaidEarning(amount, supplemental, supplemental and method == "flat", bonus)

    def gross(self, path: str, earning: Earning) -> Cents:
        by_hours = earning.hours is not None or earning.rate is not None
        if earning.amount is not None and (by_hours or earning.multiplier is not None):
            self.fault(path, "amount and hours are both given: give an amount, or hours and a rate")
        elif earning.amount is not None:
            return self.cents(f"{path}.amount", earning.amount)
        elif earning.hours is None or earning.rate is None:
            self.fault(path, "neither is complete: give an amount, or hours and a rate")
        else:
            return self.gross_of_hours(path, earning)
        return 0

    def gross_of_hours(self, path: str, earning: Earning) -> Cents:
        hours = self.attempt(f"{path}.hours", ten_thousandths, earning.hours)
        hourly = self.attempt(f"{path}.rate", ten_thousandths, earning.rate)
        times: int | None = TEN_THOUSAND
        if earning.multiplier is not None:
            times = self.attempt(f"{path}.multiplier", ten_thousandths, earning.multiplier)
        if hours is None or hourly is None or times is None:
            return 0
        amount = pay_for_hours(hours, hourly, times)
        return self.cents(path, as_text(amount))

    def elections(self, kinds: taxability.Figures | None) -> list[Election]:
        elections = []
        for index, deduction in enumerate(self.request.deductions):
            elections.append(self.election(f"deductions[{index}]", deduction, kinds))
        return elections

    def election(
        self, path: str, deduction: Deduction, kinds: taxability.Figures | None
    ) -> Election:
        kind = kinds.deductions.get(deduction.kind) if kinds else None
        if kinds and kind is None:
            accepted = one_of(kinds.deductions)
            self.fault(f"{path}.kind", f"{deduction.kind!r} is not one of {accepted}")
        if (deduction.amount is None) == (deduction.percent is None):
            given = "neither" if deduction.amount is None else "both"
            self.fault(path, f"amount or percent: {given} of them is given, one is needed")
        amount = 0 if deduction.amount is None else self.cents(f"{path}.amount", deduction.amount)
        percent = None if deduction.percent is None else self.percent(path, deduction.percent)
        employer = self.cents(f"{path}.employer_amount", deduction.employer_amount)
        limited = kind is not None and kind.limit == "elective_deferral"
        return Election(deduction.kind, amount, percent, employer, limited)

    def percent(self, path: str, value: Any) -> Rate:
        percent = self.attempt(f"{path}.percent", ten_thousandths, value)
        if percent is not None and percent > MOST_PERCENT:
            self.fault(f"{path}.percent", f"{value} is above 100")
        return (percent or 0) * ONE // MOST_PERCENT

    def deferrals(
        self, kinds: taxability.Figures, elections: list[Election], days: Days
    ) -> Deferrals | None:
        """Where the employee stands against the year's limit on elective deferrals."""
        if not any(election.limited for election in elections):
            return None
        rule = self.attempt("pay_date", self.rulebook.rule, "US", "elective_deferral", days)
        if rule is None:
            return None
        self.used.append(rule)
        birth_date = self.request.employee.birth_date
        catch_up = catch_up_amount(birth_date, days.pay_date.year, rule.table)
        before = self.request.year_to_date.deductions
        limited = [kind for kind, k in kinds.deductions.items() if k.limit == "elective_deferral"]
        path = "year_to_date.deductions"
        deferred = sum(self.cents(f"{path}.{k}", before[k]) for k in limited if k in before)
        return Deferrals(rule.table, catch_up, deferred)

    def certificates(self, state: str | None, days: Days) -> dict[str, Certificate]:
        answers = self.request.employee.certificates
        for jurisdiction in sorted(answers.keys() - {"US", state}):
            path = f"employee.certificates.{jurisdiction}"
            if jurisdiction not in STATES:
                self.fault(path, 'that is not a jurisdiction such as "US" or "US-CA"')
            elif state:
                self.fault(path, f"the employee neither lives nor works in {name(jurisdiction)}")
        certificates: dict[str, Certificate] = {}
        for jurisdiction in ("US", state) if state else ("US",):
            certificate = self.certificate(jurisdiction, days, certificates.get("US"))
            if certificate:
                certificates[jurisdiction] = certificate
        return certificates

    def certificate(
        self, jurisdiction: str, days: Days, federal: Certificate | None
    ) -> Certificate | None:
        answers = self.request.employee.certificates.get(jurisdiction, {})
        path = f"employee.certificates.{jurisdiction}"
        if not self.rulebook.tables.editions(jurisdiction, "certificate"):
            if answers:
                self.fault(path, f"{name(jurisdiction)} has no withholding certificate")
            return None
        rule = self.attempt("pay_date", self.rulebook.rule, jurisdiction, "certificate", days)
        if rule is None:
            return None
        self.used.append(rule)
        return fill_in(rule.figures, answers, path, self.faults, federal)

    def year_to_date(self, kinds: taxability.Figures | None) -> list[dict[str, Cents]]:
        before = self.request.year_to_date
        parts = []
        for part in ("wages", "taxes", "employer_taxes"):
            values = getattr(before, part)
            for tax in values:
                self.check_tax_id(f"year_to_date.{part}.{tax}", tax)
            parts.append(self.amounts(f"year_to_date.{part}", values))
        for kind in sorted(before.deductions.keys() - kinds.deductions.keys()) if kinds else ():
            message = f"there is no such deduction: there is {one_of(kinds.deductions)}"
            self.fault(f"year_to_date.deductions.{kind}", message)
        return [*parts, self.amounts("year_to_date.deductions", before.deductions)]

    def overrides(self, rules: dict[str, Rule]) -> dict[str, Cents]:
        for tax in sorted(self.request.overrides.keys() - rules.keys()):
            accepted = f"the taxes of this paycheck are {one_of(rules)}"
            self.fault(f"overrides.{tax}", f"there is no such tax: {accepted}")
        return self.amounts("overrides", self.request.overrides)

    def unemployment(self, state: str | None, rules: dict[str, Rule]) -> Rate | None:
        own_rate = None
        for place, account in self.request.employer.unemployment.items():
            path = f"employer.unemployment.{place}"
            assigned = self.attempt(f"{path}.rate", _assigned_rate, account.rate)
            if place not in STATES:
                self.fault(path, 'that is not a state such as "US-CA"')
            elif place == state and f"{state}/unemployment" not in rules:
                self.fault(path, f"unemployment contributions of {name(place)} are not computed yet")
            elif place == state:
                own_rate = assigned
        return own_rate

    def check_bounds(
        self, earnings: list[PaidEarning], preceding_wages: Cents, periods: int
    ) -> None:
        total = sum(earning.amount for earning in earnings) + preceding_wages
        if total * periods > LARGEST:
            annual = f"{as_text(total)} times {periods} periods is above {as_text(LARGEST)} a year"
            self.fault("earnings", f"{annual}, the most that is computed")

    def check_aggregated(
        self, earnings: list[PaidEarning], before: dict[str, Cents], rules: dict[str, Rule]
    ) -> None:
        """Past the limit of the year, supplemental wages can't be aggregated (Publication 15)."""
        rule = rules.get(FLAT)
        total = sum(e.amount for e in earnings if e.supplemental)
        total += before.get(FLAT, 0) + before.get(AGGREGATED, 0)
        if rule and total > rule.figures.limit:
            for index, earning in enumerate(earnings):
                if earning.supplemental and not earning.flat:
                    limit = as_text(rule.figures.limit)
                    message = f"supplemental wages of the year pass {limit}: the method must be flat"
                    self.fault(f"earnings[{index}].supplemental_method", message)

    def check_frequency(self, rules: dict[str, Rule]) -> None:
        frequency = self.request.pay_frequency
        for tax, rule in rules.items():
            covered = rule.table.head.frequencies
            if covered and frequency in FREQUENCIES and frequency not in covered:
                message = f"{rule.table.sources[0].title} has no {frequency} payroll for {tax}"
                self.fault("pay_frequency", f"{message}: it has {one_of(covered)}")


def _assigned_rate(value: Any) -> Rate:
    own = rate(value)
    if not 0 <= own <= ONE:
        raise ValueError(f"{value} is not a rate from 0 to 1, such as 0.034")
    return own
