"""Hypothesis strategies: paycheck requests and their parts, to test payroll software with.

They need the extra ``asopay[testing]``. What they draw follows from the tax tables: states and
dates, the boxes of certificates, kinds of earnings and deductions, methods. Given a rulebook they
draw from its tables, else from the shipped ones.

>>> from hypothesis import given, settings
>>> from asopay.invariants import adds_up
>>> @settings(max_examples=5, deadline=None)
... @given(requests("US-CA"))
... def test_every_paycheck_adds_up(request):
...     adds_up(gross_to_net(request))
>>> test_every_paycheck_adds_up()
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any

from attrs import evolve
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from asopay.certificates import LARGEST_COUNT, Box, CertificateForm, Figures
from asopay.documents import request_document
from asopay.earlier import AGGREGATED, FLAT
from asopay.earnings.reading import METHODS_OF_SUPPLEMENT
from asopay.errors import InvalidRequest, TableError
from asopay.frequencies import FREQUENCIES, periods_per_year
from asopay.gross_to_net import gross_to_net
from asopay.in_force import InForce
from asopay.jurisdictions import STATES
from asopay.money import dollars
from asopay.parties import Employee, Employer, RetirementPlan, UnemploymentAccount
from asopay.paycheck import (
    Deduction,
    Dollars,
    Earning,
    Paycheck,
    PaycheckRequest,
    PrecedingPay,
    WorkedPeriod,
    YearToDate,
)
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days
from asopay.taxability import EarningKind

_DAY = timedelta(1)


# Amounts and days


def amounts(lowest: Dollars = 0, highest: Dollars = 20_000) -> SearchStrategy[Decimal]:
    """Dollars in whole cents, from the lowest to the highest amount."""
    return st.decimals(Decimal(lowest), Decimal(highest), places=2)


def pay_frequencies() -> SearchStrategy[str]:
    """Pay frequencies."""
    return st.sampled_from(list(FREQUENCIES))


def periods(frequency: str) -> SearchStrategy[int]:
    """Numbers of pay periods that a year of the frequency can have."""
    ordinary = FREQUENCIES[frequency]
    return st.sampled_from([n for n in range(ordinary, ordinary + 3) if _is_year(frequency, n)])


def _is_year(frequency: str, stated: int) -> bool:
    try:
        return periods_per_year(frequency, stated) == stated
    except ValueError:
        return False


def states(rulebook: Rulebook | None = None) -> SearchStrategy[str]:
    """Codes of the states that the tables cover."""
    tables = (rulebook or standard_rulebook()).tables
    return st.sampled_from([state for state in STATES if tables.editions(state, "income_tax")])


def pay_dates(state: str | None = None, rulebook: Rulebook | None = None) -> SearchStrategy[date]:
    """Days that the tables cover for a paycheck of the state or, without one, for federal taxes.

    Each stretch between two changes of the tables is drawn as often as any other.
    """
    rulebook = rulebook or standard_rulebook()
    stretches = pairwise(sorted({*_changes(state, rulebook), date.max}))
    covered = (s for s in stretches if _covers(state, Days.on(s[0]), rulebook))
    return st.one_of([st.dates(first, following - _DAY) for first, following in covered])


def _changes(state: str | None, rulebook: Rulebook) -> Iterator[date]:
    """The days on which a table begins, and those after its last."""
    for place in ("US", state) if state else ("US",):
        for tax in rulebook.tables.taxes(place):
            for edition in rulebook.tables.editions(place, tax):
                yield edition.head.effective
                if edition.head.through:
                    yield edition.head.through + _DAY


def _covers(state: str | None, days: Days, rulebook: Rulebook) -> bool:
    try:
        rulebook.in_force([state] if state else [], days)
    except TableError:
        return False
    return True


# Certificates


def certificates(
    jurisdiction: str, pay_date: date, rulebook: Rulebook | None = None
) -> SearchStrategy[dict[str, Any]]:
    """Answers on any form that the jurisdiction accepts on the day, any of its boxes left out.

    Raises `KeyError` for a state that has no certificate.
    """
    places = [] if jurisdiction == "US" else [jurisdiction]
    law = (rulebook or standard_rulebook()).in_force(places, Days.on(pay_date))
    return _any_form(law.certificates[jurisdiction])


def _any_form(figures: Figures) -> SearchStrategy[dict[str, Any]]:
    return st.one_of([_filled_in(form) for form in figures.form])


def _filled_in(form: CertificateForm) -> SearchStrategy[dict[str, Any]]:
    boxes = {box.name: answers(box) for box in form.box}
    return st.fixed_dictionaries({"form": st.just(form.id)}, optional=boxes)


def answers(box: Box) -> SearchStrategy[Any]:
    """Answers that the box accepts; at most 100 dollars to be withheld on top of the tax."""
    if box.choices:
        return st.sampled_from(list(box.choices))
    if box.name == "extra_withholding":
        return amounts(highest=100)
    return _ANSWERS[box.type]


_ANSWERS: dict[str, SearchStrategy[Any]] = {
    "count": st.integers(0, 12) | st.integers(0, LARGEST_COUNT),
    "amount": amounts(),
    "rate": st.decimals(0, 1, places=4),
    "flag": st.booleans(),
}


# Earnings, deductions, the year to date


@st.composite
def earnings(
    draw: DrawFn,
    pay_date: date,
    rulebook: Rulebook | None = None,
    methods: Sequence[str | None] = (None, *METHODS_OF_SUPPLEMENT),
) -> Earning:
    """Earnings of every kind; `methods` are those that supplemental wages may name."""
    kinds = _federal(pay_date, rulebook).kinds.earnings
    kind = draw(st.sampled_from(list(kinds)))
    never = kinds[kind].supplemental == "never"
    method = None if never else draw(st.sampled_from(methods))
    return Earning(
        kind,
        supplemental_method=method,
        **draw(_AMOUNT | _HOURS),
        **draw(_sick_pay(kind, pay_date, rulebook)),
    )


def _sick_pay(
    kind: str, pay_date: date, rulebook: Rulebook | None
) -> SearchStrategy[dict[str, Any]]:
    """What sick pay says besides: the last day of work, and perhaps what of it is taxable."""
    table = _federal(pay_date, rulebook).of_earnings.get("sick_pay")
    if table is None or kind not in table.figures.kinds:
        return st.just({})
    days = st.dates(pay_date - 400 * _DAY, pay_date)
    percents = st.decimals(0, 100, places=6)
    return st.fixed_dictionaries({"last_day_worked": days}, optional={"taxable_percent": percents})


_AMOUNT = st.fixed_dictionaries({"amount": amounts()})
_HOURS = st.fixed_dictionaries(
    {
        "hours": st.decimals(0, 120, places=2),
        "rate": st.decimals(0, 150, places=4),
        "multiplier": st.sampled_from([None, 1, "1.5", 2]),
    }
)


@st.composite
def deductions(draw: DrawFn, pay_date: date, rulebook: Rulebook | None = None) -> Deduction:
    """Deductions of every kind, by amount or by percent of gross pay."""
    kind = draw(st.sampled_from(list(_federal(pay_date, rulebook).kinds.deductions)))
    return Deduction(kind, employer_amount=draw(amounts(highest=500)), **draw(_AMOUNT_OR_PERCENT))


_RETIREMENT_PLANS = st.builds(
    RetirementPlan,
    percent_stops=st.booleans(),
    safe_harbor=st.sampled_from([None, "basic", "enhanced", "qaca"]),
    match_by=st.sampled_from(["pay", "year"]),
    match_catch_up=st.booleans(),
    at_limit=st.sampled_from(["stop", "after_tax", "nonqualified"]),
    roth_catch_up=st.sampled_from(["stop", "deemed"]),
)


def _compatible(drawn: list[Deduction], plan: RetirementPlan | None) -> list[Deduction]:
    """Without a general health FSA beside a health savings account, or amounts beside a match."""
    kinds = {deduction.kind for deduction in drawn}
    kept = [each for each in drawn if each.kind != "health_fsa" or "hsa" not in kinds]
    matched = plan is not None and plan.safe_harbor is not None
    return [evolve(each, employer_amount=0) for each in kept] if matched else kept


_AMOUNT_OR_PERCENT: SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"amount": amounts(highest=500)}
) | (st.fixed_dictionaries({"percent": st.decimals(0, 15, places=4)}))


def year_to_date(
    state: str, pay_date: date, rulebook: Rulebook | None = None
) -> SearchStrategy[YearToDate]:
    """What was paid earlier in the year, below, about and above the limits of the law."""
    law = (rulebook or standard_rulebook()).in_force([state], Days.on(pay_date))
    taxes, kinds = list(law.taxes), list(law.kinds.deductions)
    wages = amounts(highest=10_000) | amounts(highest=300_000) | amounts(highest=2_000_000)
    return st.builds(
        YearToDate,
        wages=st.dictionaries(st.sampled_from([*taxes, AGGREGATED]), wages),
        taxes=st.dictionaries(st.sampled_from(taxes), amounts()),
        employer_taxes=st.dictionaries(st.sampled_from(taxes), amounts()),
        deductions=st.dictionaries(st.sampled_from(kinds), amounts(highest=40_000)),
    )


def _federal(pay_date: date, rulebook: Rulebook | None) -> InForce:
    return (rulebook or standard_rulebook()).in_force([], Days.on(pay_date))


# Whole requests


@st.composite
def requests(
    draw: DrawFn, state: str | None = None, rulebook: Rulebook | None = None
) -> PaycheckRequest:
    """Requests that can be computed, for the state or, without one, for any that is covered.

    Another one is drawn where taxes exceed the pay, or where a method needs a figure that the
    tables do not have yet.
    """
    rulebook = rulebook or standard_rulebook()
    state = state or draw(states(rulebook))
    pay_date = draw(pay_dates(state, rulebook))
    law = rulebook.in_force([state], Days.on(pay_date))
    methods = draw(_methods(law))
    frequency = draw(st.sampled_from(_frequencies(law, methods)))
    before = draw(year_to_date(state, pay_date, rulebook))
    paid = draw(_earnings(law, before, pay_date, rulebook))
    plan = draw(st.none() | _RETIREMENT_PLANS)
    deducted = draw(st.lists(deductions(pay_date, rulebook), max_size=3))
    request = PaycheckRequest(
        pay_date=pay_date,
        pay_frequency=frequency,
        employee=draw(_employees(state, law)),
        earnings=paid,
        employer=Employer(
            unemployment=draw(_accounts(state, law)), methods=methods, retirement_plan=plan
        ),
        deductions=_compatible(deducted, plan),
        year_to_date=before,
        pay_period=draw(_worked_periods(state, pay_date, rulebook)),
        periods_per_year=draw(st.none() | periods(frequency)),
        preceding_pay=draw(_preceding(law, paid)),
    )
    request = evolve(request, overrides=draw(_overrides(_computed(request, rulebook))))
    _computed(request, rulebook)
    return request


def documents(
    state: str | None = None, rulebook: Rulebook | None = None
) -> SearchStrategy[dict[str, Any]]:
    """The documents of such requests."""
    return requests(state, rulebook).map(request_document)


def _methods(law: InForce) -> SearchStrategy[dict[str, str]]:
    several = [tax for tax in law.taxes.values() if len(tax.rule.functions) > 1]
    return st.fixed_dictionaries(
        {}, optional={tax.id: st.sampled_from(list(tax.rule.functions)) for tax in several}
    )


def _frequencies(law: InForce, methods: dict[str, str]) -> list[str]:
    """The frequencies that the publications have for the methods."""
    covered = list(FREQUENCIES)
    for tax in law.limited_frequencies:
        method = methods.get(tax.id, next(iter(tax.rule.functions)))
        limited = tax.rule.table.head.frequencies.get(method, covered)
        covered = [frequency for frequency in covered if frequency in limited]
    return covered


def _earnings(
    law: InForce, before: YearToDate, pay_date: date, rulebook: Rulebook
) -> SearchStrategy[list[Earning]]:
    """Some earnings, taxed flat if supplemental wages are near the limit above which they must."""
    paid = sum(Decimal(before.wages.get(key, 0)) for key in (FLAT, AGGREGATED))
    near = paid > dollars(law.taxes[FLAT].rule.figures.limit) - 200_000
    methods = ("flat",) if near else (None, *METHODS_OF_SUPPLEMENT)
    return st.lists(earnings(pay_date, rulebook, methods), min_size=1, max_size=4)


def _employees(state: str, law: InForce) -> SearchStrategy[Employee]:
    certificates = {place: _any_form(figures) for place, figures in law.certificates.items()}
    return st.builds(
        Employee,
        residence=st.just([state]),
        certificates=st.fixed_dictionaries({}, optional=certificates),
        birth_date=st.none() | st.dates(date(1940, 1, 1), date(2010, 12, 31)),
        prior_year_wages=st.none() | amounts(highest=300_000),
    )


def _accounts(state: str, law: InForce) -> SearchStrategy[dict[str, UnemploymentAccount]]:
    tax = law.taxes.get(f"{state}/unemployment")
    if tax is None or not tax.needs_own_rate:
        return st.just({})
    rates = st.decimals(0, Decimal("0.15"), places=4)
    return st.fixed_dictionaries({}, optional={state: st.builds(UnemploymentAccount, rates)})


def _worked_periods(
    state: str, pay_date: date, rulebook: Rulebook
) -> SearchStrategy[WorkedPeriod | None]:
    """The period that was worked, if the tables cover it, or none."""
    days = st.dates(pay_date - 60 * _DAY, pay_date)
    worked = st.tuples(days, days).map(lambda both: WorkedPeriod(*sorted(both)))
    return st.none() | worked.filter(
        lambda period: _covers(state, Days(pay_date, period.start, period.end), rulebook)
    )


def _preceding(law: InForce, paid: Sequence[Earning]) -> SearchStrategy[PrecedingPay | None]:
    """Pay of before, if there are supplemental wages to add to it, or none."""
    if all(_taxed_alone(earning, law.kinds.earnings) for earning in paid):
        return st.none()
    taxes = [tax.id for tax in law.taxes.values() if tax.name == "income_tax"]
    withheld = st.fixed_dictionaries({tax: amounts(highest=5_000) for tax in taxes})
    return st.none() | st.builds(PrecedingPay, amounts(), withheld)


def _taxed_alone(earning: Earning, kinds: Mapping[str, EarningKind]) -> bool:
    method = earning.supplemental_method
    return method == "flat" or (method is None and kinds[earning.kind].supplemental != "always")


def _overrides(paycheck: Paycheck) -> SearchStrategy[dict[str, Decimal]]:
    """Now and then an amount that is stated for a tax that the employee owes."""
    owed = [tax.id for tax in paycheck.taxes if tax.payer == "employee"]
    stated = st.dictionaries(st.sampled_from(owed), amounts(highest=100), max_size=2)
    return st.just({}) | stated


def _computed(request: PaycheckRequest, rulebook: Rulebook) -> Paycheck:
    """The paycheck, if nothing stands in the way that may; other faults are for tests to find."""
    try:
        return gross_to_net(request, rulebook)
    except InvalidRequest as error:
        path = error.faults[0].path
        assume(path != "deductions" and not path.startswith("employer.methods."))
        raise  # pragma: no cover - only a fault of asopay comes here
