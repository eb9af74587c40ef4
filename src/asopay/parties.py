"""The parties of a paycheck: the employee and the employer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from attrs import field, frozen

Arrangement = Literal["aso", "peo", "cpeo"]


@frozen
class HealthCoverage:
    """Months of the calendar year with coverage that a limit goes by.

    For a health savings account, those of coverage by a high-deductible health plan, and nothing
    that excludes it, on the first day of the month. `last_month` is the coverage on December 1, for
    an employee to whom the last-month rule applies.
    """

    self_only_months: int = 0
    family_months: int = 0
    last_month: Literal["self_only", "family"] | None = None


@frozen
class Employee:
    """Who is paid.

    `residence` lists nested places, the state first. `certificates` maps a jurisdiction to the
    answers on its withholding certificate, by box: amounts are dollars, a box left out counts by
    its default, and a certificate left out means what the law says it means.

    `reciprocity_certificates` are the states of work where the certificate of a reciprocity
    agreement is on file. `military_spouse_domicile` is the state in which the spouse of a
    servicemember keeps the domicile, and `insured_in` the state where the employee is insured
    against unemployment, if it is not the one where all the work is done.

    `county_on_january_1` is where the employee lived on January 1 (else worked, as a principal
    place), for the taxes that go by it: a county such as ``US-IN-LAKE``, or the state of another
    home. Left out, it is taken to be the place of now. `below_thresholds` are states whose
    threshold for nonresidents is the employer's to determine, and was not passed.

    `prior_year_wages` are the Social Security wages that this employer paid the year before, in
    dollars: above an amount, catch-up contributions have to be Roth.

    `health_coverage` limits contributions to a health savings account and reimbursements by a
    small employer's arrangement. `files_separately` says that the employee is married and files a
    return apart, and `s_corporation_shareholder` that more than 2 percent of the employer, an S
    corporation, is the employee's.

    `employment` names kinds of employment that some taxes do not cover, such as ``h2a``, and
    `exemptions` maps further taxes that the employee is exempt from to the reason.
    """

    residence: Sequence[str]
    certificates: Mapping[str, Mapping[str, Any]] = field(factory=dict)
    id: str = ""
    birth_date: date | None = None
    reciprocity_certificates: Sequence[str] = ()
    military_spouse_domicile: str | None = None
    insured_in: str | None = None
    county_on_january_1: str | None = None
    below_thresholds: Sequence[str] = ()
    prior_year_wages: Decimal | int | str | None = None
    health_coverage: HealthCoverage | None = None
    files_separately: bool = False
    s_corporation_shareholder: bool = False
    employment: Sequence[str] = ()
    exemptions: Mapping[str, str] = field(factory=dict)


@frozen
class UnemploymentAccount:
    """An employer's account with a state's unemployment fund: the `rate` of its rate notice.

    A `new_employer` that has no notice yet asks for the rate of the tables instead; a `reimbursing`
    one owes no contributions. `wage_base` is that of the notice, where it is not the ordinary one.
    """

    rate: Decimal | int | str | None = None
    new_employer: bool = False
    reimbursing: bool = False
    wage_base: Decimal | int | str | None = None


@frozen
class PrivatePlan:
    """A plan of the employer's own in place of a state's programme, and the employee's rate."""

    employee_rate: Decimal | int | str = 0


@frozen
class HourlyRates:
    """Dollars for an hour of work by the notice of an agency: the employee's, the employer's."""

    employee: Decimal | int | str = 0
    employer: Decimal | int | str = 0


@frozen
class MatchTier:
    """The match in percent of deferrals up to a percent of compensation, from the tier before."""

    up_to: Decimal | int | str
    rate: Decimal | int | str


@frozen
class RetirementPlan:
    """What an employer's retirement plan says; contributions are deductions.

    `kinds` are the kinds of deductions that it has, all if left out. `compensation` are the kinds
    of earnings that count for percentages and the match, all pay if left out; with `percent_stops`
    a percentage stops at the limit on compensation of the year.

    The employer matches by the formula of a `safe_harbor` or by the tiers of `match`, with catch-up
    amounts or without, each pay period by itself or so that all of the year are matched together.

    `at_limit` is what happens to deferrals that a limit leaves no room for: they ``stop``, or go on
    ``after_tax`` or to a ``nonqualified`` plan. `roth_catch_up` is the same for pre-tax catch-up
    amounts that have to be Roth: ``stop``, or ``deemed`` to be elected as Roth.
    """

    kinds: Sequence[str] = ()
    compensation: Sequence[str] = ()
    percent_stops: bool = False
    safe_harbor: Literal["basic", "enhanced", "qaca"] | None = None
    match: Sequence[MatchTier] = ()
    match_by: Literal["pay", "year"] = "pay"
    match_catch_up: bool = True
    at_limit: Literal["stop", "after_tax", "nonqualified"] = "stop"
    roth_catch_up: Literal["stop", "deemed"] = "stop"


@frozen
class Employer:
    """Who pays, under the employer identification number `ein`, such as ``12-3456789``.

    `unemployment` maps a state to the employer's account there; `methods` maps a tax id to one of
    its publication's methods, `assigned_rates` other taxes to the rate that was assigned to the
    employer, `hourly_rates` to those of an hour, `private_plans` to a plan of the employer's own,
    and `payroll` to the employer's payroll of the period that the tax goes by, `payroll_last_year`
    to that of the year before.
    `courtesy_withholding` lists the states and places whose tax the employer withholds from
    residents by choice, where the law leaves it to the employer.
    """

    legal_name: str = ""
    ein: str = ""
    arrangement: Arrangement = "aso"
    employee_count: int | None = None
    unemployment: Mapping[str, UnemploymentAccount] = field(factory=dict)
    methods: Mapping[str, str] = field(factory=dict)
    assigned_rates: Mapping[str, Decimal | int | str] = field(factory=dict)
    hourly_rates: Mapping[str, HourlyRates] = field(factory=dict)
    private_plans: Mapping[str, PrivatePlan] = field(factory=dict)
    payroll: Mapping[str, Decimal | int | str] = field(factory=dict)
    payroll_last_year: Mapping[str, Decimal | int | str] = field(factory=dict)
    courtesy_withholding: Sequence[str] = ()
    retirement_plan: RetirementPlan | None = None
