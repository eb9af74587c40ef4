"""What a self-funded welfare plan reports on Form 5500.

29 CFR 2520.104-20 and the instructions of the form: plans with fewer than 100 participants at the
start that are not funded by a trust need not file. Service providers with more than an amount stand
on Schedule C. The report is due on the last day of the seventh month after the plan year.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from attrs import frozen

from asopay.money import Cents
from asopay.plans.law import table_of
from asopay.plans.months import add_months, last_day
from asopay.plans.settlement import Settlement
from asopay.rulebook import Rulebook
from asopay.tables import Table


@frozen
class Figures:
    """From how many participants on a plan files, and from what amount on a provider is named.

    The report is due after so many `months`; an extension adds `extension_months` and days.
    """

    participants: int
    service_provider: Cents
    months: int
    extension_months: int
    extension_days: int


@frozen
class AnnualReport:
    """The figures of the report: participants, amounts in cents, providers, and the due dates.

    `reserve` is the liability for benefits incurred and not paid. The due date on a weekend or
    holiday moves to the next workday.
    """

    must_file: bool
    participants_at_start: int
    participants_at_end: int
    contributions_of_employer: Cents
    contributions_of_participants: Cents
    other_income: Cents
    benefits_paid: Cents
    administrative_expenses: Cents
    reserve_at_start: Cents
    reserve_at_end: Cents
    service_providers: Mapping[str, Cents]
    due: date
    extended: date


def annual_report_table(day: date, rulebook: Rulebook | None = None) -> Table[Figures]:
    """The table in force on the day; `TableError` names the days covered."""
    return table_of("welfare_plan_report", day, rulebook)


def annual_report(
    settled: Settlement,
    figures: Figures,
    *,
    providers: Mapping[str, Cents] | None = None,
    in_trust: bool = False,
) -> AnnualReport:
    """The figures of Form 5500 from the settlement of the plan year.

    Participants are the employees covered in the first and the last month. `providers` are service
    providers with what they were paid directly and indirectly; `in_trust` says that the plan holds
    assets in a trust.
    """
    line, enrolment = settled.settlement, settled.enrolment
    first, last = (sum(counts[n] for counts in enrolment.values()) for n in (0, -1))
    end = last_day(settled.plan.start)
    due = last_day(end + timedelta(1), figures.months)
    named = {
        name: paid for name, paid in (providers or {}).items() if paid >= figures.service_provider
    }
    return AnnualReport(
        must_file=in_trust or first >= figures.participants,
        participants_at_start=first,
        participants_at_end=last,
        contributions_of_employer=line["(employer)"],
        contributions_of_participants=line["(employees)"],
        other_income=line["(reimbursements)"] + line["(rebates)"] + line["(interest)"],
        benefits_paid=line["(claims)"],
        administrative_expenses=line["(administration)"]
        + line["(stop-loss)"]
        + line["(other fixed)"],
        reserve_at_start=line["(reserve at start)"],
        reserve_at_end=line["(reserve at end)"],
        service_providers=named,
        due=due,
        extended=add_months(due, figures.extension_months) + timedelta(figures.extension_days),
    )
