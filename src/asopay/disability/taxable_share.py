"""Which share of a disability benefit is taxable: by who paid the premiums of the years before.

26 U.S.C. 104(a)(3) and 105(a); 26 CFR 1.105-1; Revenue Ruling 2004-55. Premiums that the employer
paid and that were not included in income, and those that employees paid before tax, buy a taxable
benefit. For a group policy, the last three policy years count whose net premiums are known when the
calendar year begins, or as many as there are.

>>> years = [
...     PolicyYear(date(year, 1, 1), date(year, 12, 31), premiums, employer=paid)
...     for year, premiums, paid in (
...         (2023, "10000", "7000"), (2024, "11000", "7700"), (2025, "12000", "8400")
...     )
... ]
>>> found = taxable_share("group policy", date(2026, 3, 9), years)
>>> print(found.percent)
70.000000
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from attrs import frozen

from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import ONE, Cents, Rate, to_cents, unrounded
from asopay.paycheck import Dollars
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count, rate_line

Kind = Literal["group policy", "individual policy", "not insured"]
Election = Literal["before tax", "after tax"]


@frozen
class Figures:
    """How many years before count."""

    look_back_years: int


@frozen
class PolicyYear:
    """The net premiums of a policy year in dollars: those paid less refunds; of all in the plan.

    `employer` is what the employer paid of them, `imputed` the part of that which was included in
    income, and `before_tax` what employees paid through a cafeteria plan; they paid the rest after
    tax. `known_on` is the day on which the net premiums were known, if it was not the last one. Of
    a plan that is not insured, these are the contributions of a calendar year.
    """

    first: date
    last: date
    net_premiums: Dollars
    employer: Dollars = 0
    before_tax: Dollars = 0
    imputed: Dollars = 0
    known_on: date | None = None


SHARE = Form(
    "Taxable share of a disability benefit",
    result="(share)",
    lines={
        "(years)": count("Years that count"),
        "(estimate)": count("1 where no year was known, so that the present one is estimated"),
        "(net premiums)": "Net premiums of these years",
        "(employer)": "What the employer paid of them",
        "(imputed)": "Of that, included in income",
        "(before tax)": "What employees paid before tax",
        "(buys taxable benefits)": "What buys taxable benefits",
        "(share)": rate_line("Share of the benefit that is taxable"),
    },
)

BY_ELECTION = Form(
    "Taxable share of a disability benefit, by the employee's election",
    result="(share)",
    lines={"(share)": rate_line("All or nothing: Revenue Ruling 2004-55")},
)


@frozen
class TaxableShare:
    """The share, and the years that count."""

    worksheet: Worksheet
    years: tuple[PolicyYear, ...] = ()

    @property
    def rate(self) -> Rate:
        """The share as a rate."""
        found: Rate = self.worksheet.result
        return found

    @property
    def percent(self) -> Decimal:
        """The percentage, as the `taxable_percent` of sick pay takes it."""
        return Decimal(self.rate).scaleb(-6)


def taxable_share(
    kind: Kind, day: date, years: Sequence[PolicyYear], rulebook: Rulebook | None = None
) -> TaxableShare:
    """The taxable share of benefits of the calendar year of the `day`.

    Of a `group policy`, the last three years count that ended and were known before the calendar
    year, or as many as there are; of a plan that is `not insured`, the three calendar years before;
    of an `individual policy`, the policy year of the day. Where no year counts because the plan is
    new, the year of the day is taken as the estimate that it is. Employees of different classes are
    plans of their own. Raises `InvalidRequest` with all that is wrong.
    """
    faults = Faults()
    if kind not in get_args(Kind):
        faults.unknown("kind", kind, get_args(Kind))
    read = [_read(year, f"years[{number}]", faults) for number, year in enumerate(years)]
    table = _table(rulebook)
    counted = _that_count(kind, day, read, table.figures.look_back_years)
    of_the_day = [one for one in read if one.year.first <= day <= one.year.last]
    is_estimate = not counted
    counted = counted or of_the_day
    if not counted and not faults.found:
        message = f"there is none that counts: none ended before {day.year} or has {day} in it"
        faults.add("years", message)
    elif not sum(one.net for one in counted) and not faults.found:
        faults.add("years", "no premium was paid in those that count")
    if faults.found:
        raise InvalidRequest(faults.found)
    line = Worksheet(SHARE, table)
    line["(years)"] = len(counted)
    if is_estimate and kind != "individual policy":
        line["(estimate)"] = 1
    line["(net premiums)"] = sum(one.net for one in counted)
    line["(employer)"] = sum(one.employer for one in counted)
    line["(imputed)"] = sum(one.imputed for one in counted)
    line["(before tax)"] = sum(one.before_tax for one in counted)
    taxable = line["(employer)"] - line["(imputed)"] + line["(before tax)"]
    line["(buys taxable benefits)"] = taxable
    line["(share)"] = to_cents(unrounded(taxable) * ONE, divided_by=line["(net premiums)"])
    return TaxableShare(line, tuple(one.year for one in counted))


def share_by_election(election: Election, rulebook: Rulebook | None = None) -> TaxableShare:
    """The share where each employee elects, before the plan year and irrevocably, how to pay.

    The election is for all of the premium, so that nothing of the years before counts. Raises
    `InvalidRequest` for another election.

    >>> print(share_by_election("after tax").percent)
    0.000000
    """
    if election not in get_args(Election):
        faults = Faults()
        faults.unknown("election", election, get_args(Election))
        raise InvalidRequest(faults.found)
    line = Worksheet(BY_ELECTION, _table(rulebook))
    line["(share)"] = ONE if election == "before tax" else 0
    return TaxableShare(line)


def _table(rulebook: Rulebook | None) -> Table[Figures]:
    newest = (rulebook or standard_rulebook()).newest("US", "disability_premiums")
    table: Table[Figures] = newest.table
    return table


@frozen
class _Read:
    """A year in cents."""

    year: PolicyYear
    net: Cents
    employer: Cents
    before_tax: Cents
    imputed: Cents


def _read(year: PolicyYear, path: str, faults: Faults) -> _Read:
    names = ("net_premiums", "employer", "before_tax", "imputed")
    amounts = [faults.cents(f"{path}.{name}", getattr(year, name)) for name in names]
    net, employer, before_tax, imputed = amounts
    if year.last < year.first:
        faults.add(f"{path}.last", f"{year.last} is before the first day, {year.first}")
    if employer + before_tax > net:
        both = f"{year.employer} of the employer and {year.before_tax} before tax"
        faults.add(f"{path}.employer", f"{both} are more than all, {year.net_premiums}")
    if imputed > employer:
        of_employer = f"{year.employer}, which the employer paid"
        faults.add(f"{path}.imputed", f"{year.imputed} is more than {of_employer}")
    return _Read(year, net, employer, before_tax, imputed)


def _that_count(kind: str, day: date, years: Sequence[_Read], most: int) -> list[_Read]:
    begins = date(day.year, 1, 1)
    if kind == "individual policy":
        return []
    known = [
        one
        for one in years
        if one.year.last < begins and (one.year.known_on or one.year.last) <= begins
    ]
    if kind == "not insured":
        known = [one for one in known if one.year.last.year >= day.year - most]
    return sorted(known, key=lambda one: one.year.last)[-most:]
