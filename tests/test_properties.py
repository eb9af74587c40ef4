"""What holds for every rule and every paycheck, whatever the wages and the certificate."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import Any

import pytest
from attrs import evolve, fields
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn, SearchStrategy

from asopay import InvalidRequest, documents, gross_to_net, invariants, strategies
from asopay.certificates import Certificate
from asopay.earlier import AGGREGATED
from asopay.frequencies import FREQUENCIES
from asopay.jurisdictions import STATES
from asopay.money import LARGEST, ONE, Brackets, Cents, as_text, cents
from asopay.parties import Employee
from asopay.paycheck import Deduction, Earning, Paycheck, PaycheckRequest
from asopay.rulebook import COMPUTING, rule_of, standard_rulebook
from asopay.tables import Days
from asopay.withholding import Pay, federal, us_ar, us_or
from asopay.worksheet import Worksheet
from support import request
from test_carriers import (
    DOLLAR,
    OF_PAY,
    SHARES,
    TABLES,
    WITHHOLDINGS,
    Case,
    Values,
    most_apart,
)

FEW = settings(max_examples=12, deadline=None)
SOME = settings(max_examples=60, deadline=None)

FIXED = {
    "contributions.yearly_amount",
    "contributions.weekly_amount",
    "contributions.monthly_fee",
    "contributions.quarterly_fee",
    "contributions.per_hour",
    "contributions.weekly_wages",
}
"""Rules of amounts that do not go by the wages of the year."""

ON_WAGES = [case for case in SHARES if case.function.rule.table.head.rule not in FIXED]

COVERED = [state for state in STATES if TABLES.editions(state, "income_tax")]

RAISING = {
    "extra_withholding": 0,
    "extra_city_withholding": 0,
    "extra_county_withholding": 0,
    "extra_nyc_withholding": 0,
    "extra_yonkers_withholding": 0,
    "other_income": 0,
    "nonresident_alien": False,
    "specified_withholding": None,
}
"""The boxes that raise the tax, and what they hold when they do not."""


# Every income tax


def without_more(told: Values) -> Values:
    """What a rule is told, with nothing that raises the tax above that on the wages."""
    return {**told, **{name: RAISING[name] for name in told.keys() & RAISING}}


def jumps(schedule: Brackets) -> list[Fraction]:
    """By how many cents more than the rate below one cent more raises the tax, at each edge."""
    return [
        Fraction(schedule.tax(row.over) - schedule.tax(row.over - 1) - below.rate, ONE)
        for below, row in pairwise(schedule.rows)
    ]


def schedules(figures: Any, printed: Any, path: str) -> Iterator[tuple[str, Brackets, Fraction]]:
    """Each schedule of a table, with the most that its printed bases are said to be off, in cents.

    A base is printed to the cent, so without a word about it it may be off by half a cent.
    """
    if isinstance(figures, Brackets):
        within = cents(printed["within"]) if isinstance(printed, dict) else Fraction(1, 2)
        yield path, figures, Fraction(within)
    elif isinstance(printed, dict):
        for key, below in printed.items():
            part = figures[key] if isinstance(figures, dict) else getattr(figures, key)
            yield from schedules(part, below, f"{path} {key}")


SCHEDULES = {
    edition.id: list(schedules(rule_of(edition).figures, edition.head.figures, edition.id))
    for edition in TABLES.all()
    if edition.head.rule.startswith(COMPUTING)
}
JUMPS = {
    table: [jump for _, schedule, _ in found for jump in jumps(schedule)]
    for table, found in SCHEDULES.items()
}


def of_oregon(figures: Any) -> Fraction:
    """From wages of `upper_from` on, the formulas leave out the credit of one allowance."""
    return Fraction(figures.allowance_credit)


def of_arkansas(figures: Any) -> Fraction:
    """From `exact_from` on, net income is looked up itself, no longer the middle of its range.

    Up to half of a range falls away, and the annual tax is rounded to the dollar.
    """
    *_, (_, rate, _) = figures.tax_table
    return Fraction(100 * ceil(Fraction(figures.range // 2 * rate, 100 * ONE)))


ANNUAL_FALLS = {us_ar: of_arkansas, us_or: of_oregon}


def printed_fall(case: Case, facts: Values) -> Cents:
    """By how much the tax of a period can fall where wages rise, because a publication has it so.

    Where a schedule prints a base that is less than the row above gives, the tax falls at the edge;
    so it does for Form W-4, Step 2, where Publication 15-T prints half of the full tax over half of
    the full threshold, rounded to the dollar. Two states have more to say: see `ANNUAL_FALLS`.
    Rounding can make a fall a whole cent or dollar.
    """
    rule = case.function.rule
    fall = max((-jump for jump in JUMPS.get(rule.table.id, ())), default=Fraction(0))
    if rule.module in ANNUAL_FALLS:
        fall += ANNUAL_FALLS[rule.module](rule.figures) / facts["period"][1]
    unit = 100 if most_apart(case.function) >= DOLLAR else 1
    return int(unit * ceil(fall / unit))


def drawn(data: DataObject, case: Case) -> tuple[Values, Values]:
    facts = data.draw(case.facts)
    return facts, data.draw(st.fixed_dictionaries(case.amounts(facts)))


@pytest.mark.parametrize("case", WITHHOLDINGS, ids=str)
@FEW
@given(data=st.data())
def test_withholding_within_wages(case: Case, data: DataObject) -> None:
    """What is withheld is between nothing and the wages, if nothing is to be withheld on top."""
    facts, amounts = map(without_more, drawn(data, case))

    assert 0 <= case.run(facts, amounts).result <= amounts["wages"]


@pytest.mark.parametrize("case", WITHHOLDINGS, ids=str)
@FEW
@given(data=st.data())
def test_no_wages(case: Case, data: DataObject) -> None:
    """Without wages nothing is withheld but what is to be withheld on top."""
    facts, amounts = map(without_more, drawn(data, case))
    extra = {"extra_withholding": 700} if "extra_withholding" in amounts else {}
    told = {**amounts, **extra, "reduced_withholding": 0, "wages": 0}
    sheet = case.run(facts, told)
    is_local = bool(case.function.rule.table.head.places.wages)

    assert (sheet.get("(extra)", 0) if is_local else sum(extra.values())) == sheet.result


@pytest.mark.parametrize("case", WITHHOLDINGS, ids=str)
@FEW
@given(data=st.data())
def test_more_wages(case: Case, data: DataObject) -> None:
    """More wages are never taxed less, but for `printed_fall`."""
    facts, amounts = drawn(data, case)
    wages = amounts["wages"] + data.draw(st.integers(1, 3) | st.integers(1, 2_000_000))
    less = case.run(facts, amounts).result

    assert less - printed_fall(case, facts) <= case.run(facts, {**amounts, "wages": wages}).result


@pytest.mark.parametrize("case", WITHHOLDINGS, ids=str)
@FEW
@given(data=st.data())
def test_more_allowances(case: Case, data: DataObject) -> None:
    """Larger answers never raise the tax, but in boxes that are there to, and `printed_fall`."""
    facts, amounts = drawn(data, case)
    more = data.draw(st.integers(1, 20))
    tax = case.run(facts, amounts).result + printed_fall(case, facts)
    answers = sorted(amounts.keys() - RAISING - set(OF_PAY))
    raised = [case.run(facts, {**amounts, box: amounts[box] + more}).result for box in answers]

    assert [] == [result for result in raised if result > tax]


@pytest.mark.parametrize(
    ("schedule", "within"),
    [
        pytest.param(schedule, within, id=path)
        for found in SCHEDULES.values()
        for path, schedule, within in found
    ],
)
def test_continuous(schedule: Brackets, within: Fraction) -> None:
    """At an edge a cent more raises the tax by the rate below, but for what is printed.

    A table says to the cent how far its bases are off, and none says three dollars.
    """
    half_a_cent = Fraction(1, 2)

    assert [] == [jump for jump in jumps(schedule) if abs(jump) > within + half_a_cent]
    assert within < 300


FEDERAL = [case for case in WITHHOLDINGS if case.function.rule.module is federal]


@pytest.mark.parametrize("case", [case for case in FEDERAL if "2019" in str(case)], ids=str)
@SOME
@given(data=st.data())
def test_computational_bridge(case: Case, data: DataObject) -> None:
    """The bridge withholds what lines 1j to 1l do.

    It leads to a later form, so to the wages of a nonresident alien Table 2 is added, not Table 1.
    """
    facts, amounts = drawn(data, case)
    (frequency, number), table = facts["period"], case.function.rule.table
    earlier = Certificate("", {**facts, **amounts})
    later = Certificate("", federal.computational_bridge(earlier, table))
    raised = amounts["wages"]
    if facts["nonresident_alien"]:
        raised += table.figures.nonresident_table_2[frequency]
        raised -= table.figures.nonresident_table_1[frequency]
    expected = case.run(facts, {**amounts, "wages": raised})

    assert expected.result == case.function(Pay(amounts["wages"], frequency, number), later).result


# Social insurance


def in_turn(
    case: Case, facts: Values, year_to_date: Cents, payments: list[Cents]
) -> list[Worksheet]:
    """The worksheets of payments that follow each other in a year."""
    sheets = []
    taken = case.run(facts, {"wages": year_to_date, "year_to_date": 0}).result
    for wages in payments:
        amounts = {"wages": wages, "year_to_date": year_to_date, "taken_before": taken}
        sheets.append(case.run(facts, amounts))
        year_to_date += wages
        taken += sheets[-1].result
    return sheets


def payments(case: Case) -> SearchStrategy[list[Cents]]:
    return st.lists(case.amounts({})["wages"], min_size=2, max_size=5)


@pytest.mark.parametrize("case", ON_WAGES, ids=str)
@FEW
@given(data=st.data())
def test_split_payments(case: Case, data: DataObject) -> None:
    """Wages paid in several checks are taxed as in one, the tax but for a cent a further check."""
    facts, paid = data.draw(case.facts), data.draw(payments(case))
    before = data.draw(case.amounts({})["year_to_date"])
    [whole] = in_turn(case, facts, before, [sum(paid)])
    parts = in_turn(case, facts, before, paid)

    assert whole["(taxable)"] == sum(part["(taxable)"] for part in parts)
    assert abs(whole.result - sum(part.result for part in parts)) <= len(paid) - 1


@pytest.mark.parametrize("case", ON_WAGES, ids=str)
@FEW
@given(data=st.data())
def test_taxed_in_a_year(case: Case, data: DataObject) -> None:
    """A year's wages are taxed up to the wage base, or above the threshold, or all: exactly."""
    facts, paid = data.draw(case.facts), data.draw(payments(case))
    figures = case.function.rule.figures
    threshold = getattr(figures, "threshold", 0)
    base = getattr(figures, "wage_base", None)
    if str(case).endswith("employer"):
        base = facts["wage_base"] or getattr(figures, "employer_wage_base", None) or base
    total = sum(paid)
    expected = max(total - threshold, 0) if base is None else min(total, base)

    assert expected == sum(sheet["(taxable)"] for sheet in in_turn(case, facts, 0, paid))


@SOME
@given(st.lists(strategies.amounts(highest=60_000), min_size=1, max_size=6))
def test_social_security_of_a_year(paid: list[Decimal]) -> None:
    """Paycheck after paycheck, Social Security reaches its wage base of 184,500.00 and stays."""
    year_to_date: dict[str, Any] = {}
    tax = 0
    for amount in paid:
        earnings = [{"kind": "regular", "amount": str(amount)}]
        asked = request(earnings=earnings, pay_frequency="annual", year_to_date=year_to_date)
        result = documents.compute(asked)[1]
        tax += result.tax("US/social_security").amount_cents
        year_to_date = documents.result_document(result)["year_to_date"]
    taxed = min(sum(paid), Decimal("184500.00"))

    assert taxed == Decimal(year_to_date["wages"]["US/social_security"])
    assert abs(taxed * 100 * Decimal("0.062") - tax) <= Decimal(len(paid)) / 2


# Whole paychecks


def complaint(invariant: Callable[..., None], *told: Any) -> str | None:
    """What the invariant says is wrong."""
    try:
        invariant(*told)
    except AssertionError as error:
        return str(error)
    return None


@pytest.mark.parametrize("state", COVERED)
@FEW
@given(data=st.data())
def test_invariants(state: str, data: DataObject) -> None:
    """Every paycheck adds up, explains itself, and carries the year to date."""
    asked = data.draw(strategies.requests(state))

    assert complaint(invariants.all_hold, asked, gross_to_net(asked)) is None


@SOME
@given(strategies.requests())
def test_next_paycheck(asked: PaycheckRequest) -> None:
    """The year to date of a result is that of the next request, as it is."""
    paycheck = gross_to_net(asked)
    following = evolve(
        asked,
        earnings=[Earning("regular", amount=50_000)],
        deductions=(),
        overrides={},
        preceding_pay=None,
        year_to_date=paycheck.year_to_date,
    )

    assert complaint(invariants.all_hold, following, gross_to_net(following)) is None


def reordered(value: Any) -> Any:
    """The same value, with every object's fields the other way round."""
    if isinstance(value, dict):
        return {name: reordered(part) for name, part in reversed(value.items())}
    return [reordered(part) for part in value] if isinstance(value, list) else value


@SOME
@given(strategies.documents())
def test_equal_requests(document: dict[str, Any]) -> None:
    """Equal requests are answered byte for byte alike, whatever the order of their fields."""
    answer = json.dumps(documents.paycheck(document))

    assert answer == json.dumps(documents.paycheck(reordered(document)))


@SOME
@given(strategies.requests())
def test_documents(asked: PaycheckRequest) -> None:
    """A document asks for the same paycheck as the request it states, and both are plain JSON."""
    document = documents.request_document(asked)
    read, paycheck = documents.compute(json.loads(json.dumps(document)))
    answer = documents.result_document(paycheck)

    assert gross_to_net(asked) == paycheck
    assert gross_to_net(read) == paycheck
    assert document == documents.request_document(read)
    assert answer == json.loads(json.dumps(answer, allow_nan=False))


# Nonsense


TEXTS = st.text(max_size=6) | st.sampled_from(
    [
        "",
        "-1",
        "1e5",
        "1e9999999",
        "NaN",
        "sNaN",
        "-0",
        "0.001",
        "9" * 40,
        "2026-02-30",
        "US",
        "US-ZZ",
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**400), LARGEST])
    | st.floats()
    | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)


NAMES = [field.name for field in fields(PaycheckRequest)]


def containers(value: Any) -> Iterator[Any]:
    """The objects and lists of a document, itself included."""
    if isinstance(value, dict | list):
        yield value
        for part in value.values() if isinstance(value, dict) else value:
            yield from containers(part)


@st.composite
def nonsense(draw: DrawFn) -> dict[str, Any]:
    """Documents in which some places hold anything at all, or nothing."""
    document = draw(strategies.documents())
    for value in draw(st.lists(VALUES, min_size=1, max_size=3)):
        place = draw(st.sampled_from(list(containers(document))))
        if isinstance(place, list):
            place.insert(draw(st.integers(0, len(place))), value)
            continue
        place[draw(st.sampled_from([*place, *NAMES]) | TEXTS)] = value
        if draw(st.booleans()):
            del place[draw(st.sampled_from(list(place)))]
    return document


def answer(document: Any) -> dict[str, Any]:
    """The result of a document, or its errors."""
    try:
        return documents.paycheck(document)
    except InvalidRequest as error:
        return documents.errors_document(error)


@settings(max_examples=200, deadline=None)
@given(nonsense())
def test_nonsense(document: dict[str, Any]) -> None:
    """Any document is computed, or each of its faults names a place and says something."""
    answered = json.loads(json.dumps(answer(document), allow_nan=False))
    faults = answered.get("errors", [])
    places = (*document, *NAMES)

    assert ("net_pay" in answered) == (not faults)
    assert [] == [fault for fault in faults if not fault["path"].startswith(places)]
    assert [] == [fault for fault in faults if not fault["message"]]


@pytest.mark.parametrize(
    ("path", "changes"),
    [
        (
            "employee.certificates.US.form",
            {"employee": {"residence": ["US-TX"], "certificates": {"US": {"form": []}}}},
        ),
        (
            "earnings[0].hours",
            {"earnings": [{"kind": "regular", "hours": "1e9999999", "rate": "1"}]},
        ),
    ],
)
def test_escaped_once(path: str, changes: dict[str, Any]) -> None:
    """What once ended in another error than `InvalidRequest` is a fault where it stands."""
    assert [path] == [error["path"] for error in answer(request(**changes))["errors"]]


@pytest.mark.parametrize("state", COVERED)
def test_methods(state: str) -> None:
    """A method of a publication is computed, or refused where it is chosen."""
    law = standard_rulebook().in_force([state], Days.on(date(2026, 3, 13)))
    chosen = [(tax.id, method) for tax in law.taxes.values() for method in tax.rule.functions]
    elsewhere = [
        fault
        for tax, method in chosen
        for fault in answer(request(state, employer={"methods": {tax: method}})).get("errors", [])
        if fault["path"] != f"employer.methods.{tax}"
    ]

    assert [] == elsewhere


@SOME
@given(VALUES)
def test_nothing_like_a_document(value: Any) -> None:
    """What is no request at all is refused."""
    assert ["errors"] == list(answer(value))


# Bounds


TOO_MUCH = st.integers(LARGEST + 1, 10**30).map(as_text)

AMOUNTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "earnings[0].amount": lambda x: {"earnings": [{"kind": "regular", "amount": x}]},
    "deductions[0].amount": lambda x: {"deductions": [{"kind": "401k", "amount": x}]},
    "deductions[0].employer_amount": lambda x: {
        "deductions": [{"kind": "401k", "amount": 0, "employer_amount": x}]
    },
    "year_to_date.wages.US/medicare": lambda x: {"year_to_date": {"wages": {"US/medicare": x}}},
    "year_to_date.taxes.US/medicare": lambda x: {"year_to_date": {"taxes": {"US/medicare": x}}},
    "year_to_date.deductions.401k": lambda x: {"year_to_date": {"deductions": {"401k": x}}},
    "preceding_pay.wages": lambda x: {"preceding_pay": {"wages": x}},
    "overrides.US/income_tax": lambda x: {"overrides": {"US/income_tax": x}},
    "employee.certificates.US.deductions": lambda x: {
        "employee": {"residence": ["US-TX"], "certificates": {"US": {"deductions": x}}}
    },
}


@pytest.mark.parametrize("path", AMOUNTS)
@FEW
@given(too_much=TOO_MUCH)
def test_amounts_above_the_bound(path: str, too_much: str) -> None:
    """An amount above the bound is refused where it stands, and never wrapped."""
    errors = answer(request(**AMOUNTS[path](too_much)))["errors"]

    assert path in [error["path"] for error in errors]


@pytest.mark.parametrize("frequency", FREQUENCIES)
def test_wages_at_the_bound(frequency: str) -> None:
    """A year's wages are computed up to the bound, and a cent more a period is refused."""
    most = LARGEST // FREQUENCIES[frequency]

    def paid(*wages: Cents) -> dict[str, Any]:
        earnings = [{"kind": "regular", "amount": as_text(amount)} for amount in wages]
        return answer(request(earnings=earnings, pay_frequency=frequency))

    assert as_text(most) == paid(most)["gross_pay"]
    assert ["earnings"] == [error["path"] for error in paid(most, 1)["errors"]]


# The public strategies and invariants themselves


@SOME
@given(strategies.pay_dates())
def test_dates(pay_date: date) -> None:
    """A day that is drawn for federal taxes is covered by their tables."""
    law = standard_rulebook().in_force([], Days.on(pay_date))

    assert "US/income_tax" in law.taxes


@FEW
@given(strategies.pay_frequencies())
def test_frequencies(frequency: str) -> None:
    """A frequency that is drawn can be asked for."""
    assert "net_pay" in answer(request(pay_frequency=frequency))


@pytest.mark.parametrize(
    "jurisdiction", ["US", *(state for state in COVERED if TABLES.editions(state, "certificate"))]
)
@FEW
@given(data=st.data())
def test_certificates(jurisdiction: str, data: DataObject) -> None:
    """A certificate that is drawn is accepted; what it asks for may exceed the pay."""
    state = "US-TX" if jurisdiction == "US" else jurisdiction
    certificate = data.draw(strategies.certificates(jurisdiction, date(2026, 3, 13)))
    employee = {"residence": [state], "certificates": {jurisdiction: certificate}}
    asked = request(state, employee=employee)

    assert [] == [e for e in answer(asked).get("errors", []) if e["path"] != "deductions"]


def test_no_certificate() -> None:
    """A state without a certificate has none to draw."""
    with pytest.raises(KeyError):
        strategies.certificates("US-TX", date(2026, 3, 13))


ASKED = PaycheckRequest(
    date(2026, 3, 13),
    "biweekly",
    Employee(["US-CA"]),
    [Earning("regular", amount=2_000)],
    deductions=[Deduction("401k", amount=100)],
)
PAID = gross_to_net(ASKED)
[INCOME_TAX, *OTHERS] = PAID.taxes
[DEFERRAL] = PAID.deductions


def with_tax(**changes: Any) -> Paycheck:
    return evolve(PAID, taxes=(evolve(INCOME_TAX, **changes), *OTHERS))


def with_deferral(**changes: Any) -> Paycheck:
    return evolve(PAID, deductions=(evolve(DEFERRAL, **changes),))


def with_year_to_date(part: str, key: str, amount: Cents) -> Paycheck:
    year_to_date = {**PAID.year_to_date_cents}
    year_to_date[part] = {**year_to_date[part], key: amount}
    return evolve(PAID, year_to_date_cents=year_to_date)


@pytest.mark.parametrize(
    ("invariant", "told", "expected"),
    [
        (
            invariants.adds_up,
            [evolve(PAID, earnings_cents=(1,))],
            "earnings: expected 2000.00 (gross pay), got 0.01",
        ),
        (
            invariants.adds_up,
            [evolve(PAID, net_cents=PAID.net_cents + 7)],
            "net pay, taxes and deductions: expected 2000.00 (gross pay), got 2000.07",
        ),
        (
            invariants.adds_up,
            [evolve(PAID, employer_cost_cents=0)],
            "employer cost: expected 2167.00 (the sum), got 0.00",
        ),
        (
            invariants.no_negative,
            [with_tax(amount_cents=-1)],
            "employee US/income_tax: -0.01 is below zero",
        ),
        (
            invariants.no_negative,
            [with_year_to_date("wages", "US/medicare", -1)],
            "year to date, wages of US/medicare: -0.01 is below zero",
        ),
        (
            invariants.within_gross,
            [with_tax(wages_cents=200_001)],
            "wages of US/income_tax: 2000.01 is above 2000.00 (all that is received)",
        ),
        (
            invariants.within_gross,
            [with_deferral(elected_cents=9_999)],
            "deduction 401k: 100.00 is above 99.99 (elected)",
        ),
        (
            invariants.explains,
            [with_tax(overridden=True)],
            "US/income_tax: a tax has worksheets or is overridden, and not both",
        ),
        (
            invariants.explains,
            [with_tax(amount_cents=1)],
            "employee US/income_tax: expected 144.15 (its worksheet), got 0.01",
        ),
        (
            invariants.explains,
            [with_deferral(amount_cents=1)],
            "deduction 401k: expected 100.00 (its worksheet), got 0.01",
        ),
        (
            invariants.year_to_date_carries,
            [ASKED, with_year_to_date("employer_taxes", "US/medicare", 1)],
            "year to date, employer_taxes of US/medicare: expected 29.00 (the sum), got 0.01",
        ),
        (
            invariants.year_to_date_carries,
            [ASKED, with_year_to_date("deductions", "roth_401k", 1)],
            "year to date, deductions of roth_401k: expected 0.00 (the sum), got 0.01",
        ),
        (
            invariants.year_to_date_carries,
            [ASKED, with_year_to_date("wages", AGGREGATED, 200_001)],
            f"year to date, wages of {AGGREGATED}: 2000.01 is added, of 2000.00 earned",
        ),
    ],
)
def test_complaints(invariant: Callable[..., None], told: list[Any], expected: str) -> None:
    """An invariant says what does not hold."""
    assert expected == complaint(invariant, *told)
