"""What holds for garnishments whatever the orders: limits, priority, sums, balances."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from asopay import Garnishment, GarnishmentOrder, InvalidRequest, gross_to_net
from asopay.faults import Faults
from asopay.garnishments import garnish, read_orders
from asopay.garnishments.allocation import METHODS
from asopay.garnishments.federal_tax_levy import exempt_amount
from asopay.garnishments.pay import Pay
from asopay.garnishments.priority import in_turn
from asopay.invariants import all_hold
from asopay.money import dollars
from asopay.rulebook import standard_rulebook
from asopay.strategies import requests
from asopay.tables import Days, Table

DAY = date(2026, 10, 2)
HOURS = {"weekly": 30, "biweekly": 60, "semimonthly": 65, "monthly": 130}
LIMITED = ("creditor", "federal_agency", "student_loan")
"""The kinds that Title III limits together with all others."""

RATES = {("US-AL", True): 50, ("US-AL", False): 60, ("US-TX", True): 50, ("US-TX", False): 50}
"""The most for support, in percent, without arrears of more than twelve weeks."""

CENTS = st.integers(0, 200_000).map(dollars)
OWED = st.none() | CENTS
DATES = st.dates(date(2024, 1, 1), date(2026, 1, 1))


def table(jurisdiction: str, name: str, day: date) -> Table[Any]:
    return standard_rulebook().rule(jurisdiction, name, Days.on(day)).table


def support(second_family: bool) -> st.SearchStrategy[GarnishmentOrder]:
    return st.builds(
        GarnishmentOrder,
        kind=st.just("support"),
        dated=DATES,
        amount=CENTS,
        arrears=st.integers(1, 50_000).map(dollars),
        medical=CENTS,
        arrears_balance=OWED,
        arrears_over_12_weeks=st.booleans(),
        supports_second_family=st.just(second_family),
        fee=st.sampled_from(["0.00", "0.40"]),
    )


def of_kind(kind: str, **fields: Any) -> st.SearchStrategy[GarnishmentOrder]:
    return st.builds(GarnishmentOrder, kind=st.just(kind), dated=DATES, balance=OWED, **fields)


PERCENT = st.none() | st.integers(1, 100)
OTHERS = st.one_of(
    of_kind("creditor", percent=PERCENT, state=st.sampled_from(["US-AL", "US-CA", "US-NY"])),
    of_kind("federal_agency", percent=PERCENT),
    of_kind("student_loan", amount=OWED),
    of_kind("state_tax_levy", state=st.sampled_from(["US-CA", "US-NC"])),
)
LEVIES = of_kind(
    "federal_tax_levy",
    filing_status=st.sampled_from(["single", "married", "head_of_household"]),
    dependents=st.integers(0, 9),
)
BANKRUPTCIES = of_kind("bankruptcy", amount=CENTS)


@st.composite
def cases(draw: st.DrawFn, *more: st.SearchStrategy[GarnishmentOrder]) -> tuple[Any, Pay, str]:
    """Some orders, the pay they are taken from, and the state of work."""
    second_family = draw(st.booleans())
    kinds = st.one_of(support(second_family), support(second_family), OTHERS, *more)
    orders = draw(st.lists(kinds, min_size=1, max_size=6))
    gross = draw(st.integers(0, 400_000))
    taxes = draw(st.integers(0, gross // 2))
    health = draw(st.integers(0, 20_000))
    frequency = draw(st.sampled_from(list(HOURS)))
    pay = Pay(frequency, {"regular": gross}, taxes, {"section_125_health": health})
    return orders, pay, draw(st.sampled_from(["US-AL", "US-TX"]))


def taken(orders: Sequence[GarnishmentOrder], pay: Pay, state: str) -> tuple[Garnishment, ...]:
    """What is taken for each of the orders, which have no faults."""
    found = Faults()
    options: dict[str, Any] = {"frequency": pay.frequency, "state_of_work": state}
    options["deduction_kinds"] = ()
    ready = read_orders(orders, pay_date=DAY, table=table, faults=found, **options)
    assert [] == found.found
    assert ready
    return garnish(ready, pay).entries


def disposable(pay: Pay) -> int:
    return pay.gross - pay.taxes


def title_three(pay: Pay) -> Fraction:
    """The most that Title III lets all orders take: 15 U.S.C. 1673(a)."""
    excess = disposable(pay) - 725 * HOURS[pay.frequency]
    return min(Fraction(disposable(pay), 4), Fraction(max(0, excess)))


def spent(entry: Garnishment) -> int:
    return entry.amount_cents + entry.fee_cents


def turns(orders: Sequence[GarnishmentOrder], pay: Pay, state: str) -> list[list[int]]:
    """The places of the orders in their turns."""
    options: dict[str, Any] = {"frequency": pay.frequency, "state_of_work": state}
    options["deduction_kinds"] = ()
    ready = read_orders(orders, pay_date=DAY, table=table, faults=Faults(), **options)
    assert ready
    return [[order.number for order in turn] for turn in in_turn(ready.orders)]


@settings(max_examples=100)
@given(cases(LEVIES, BANKRUPTCIES))
def test_never_more_than_the_law_allows(case: Any) -> None:
    """Each order stays within its limit, and none takes what is not there."""
    orders, pay, state = case
    entries = taken(orders, pay, state)
    assert sum(map(spent, entries)) <= disposable(pay)

    arrears = any(order.kind == "support" and order.arrears_over_12_weeks for order in orders)
    rates = {RATES[state, o.supports_second_family] for o in orders if o.kind == "support"}
    for rate in rates:
        percent = rate + (5 if arrears and state == "US-AL" else 0)
        of_support = sum(spent(each) for each in entries if each.kind == "support")
        assert of_support <= disposable(pay) * Fraction(percent, 100)
    for kind in ("federal_agency", "student_loan"):
        of_kind = sum(each.amount_cents for each in entries if each.kind == kind)
        assert of_kind <= max(0, disposable(pay) - pay.voluntary["section_125_health"]) * 15 // 100
    for order, entry in zip(orders, entries, strict=True):
        assert order.balance is None or entry.amount_cents <= order.balance * 100


@settings(max_examples=100)
@given(cases(LEVIES))
def test_protected_earnings_stay(case: Any) -> None:
    """Where an order that Title III limits takes anything, all orders so far stay within it.

    A federal tax levy leaves the amount that is exempt, or what there was of it.
    """
    orders, pay, state = case
    entries = taken(orders, pay, state)
    so_far = 0
    for turn in turns(orders, pay, state):
        before = so_far
        so_far += sum(spent(entries[number]) for number in turn)
        order, entry = orders[turn[0]], entries[turn[0]]
        if order.kind in LIMITED and entry.amount_cents:
            assert so_far <= title_three(pay)
        if order.kind == "federal_tax_levy":
            statement = (order.filing_status, order.dependents, 0, pay.frequency)
            exempt = exempt_amount(*statement, table("US", "federal_tax_levy", order.dated)).result
            home = disposable(pay) - pay.voluntary["section_125_health"]
            assert home - so_far >= min(exempt, home - before)


@settings(max_examples=100)
@given(cases(LEVIES, BANKRUPTCIES), OTHERS)
def test_a_later_order_changes_nothing(case: Any, other: GarnishmentOrder) -> None:
    """An order of lower priority never changes what those before it get."""
    orders, pay, state = case
    latest = evolve(other, dated=date(2026, 6, 1))

    assert taken(orders, pay, state) == taken([*orders, latest], pay, state)[:-1]


@settings(max_examples=100)
@given(cases(LEVIES, BANKRUPTCIES))
def test_balances(case: Any) -> None:
    """What remains is what was owed less what was taken, and never below zero."""
    orders, pay, state = case
    for order, entry in zip(orders, taken(orders, pay, state), strict=True):
        assert entry.taken_to_date_cents == entry.amount_cents
        if order.balance is not None:
            assert entry.balance_cents == order.balance * 100 - entry.amount_cents >= 0
        if order.arrears_balance is not None:
            arrears = entry.parts_cents["arrears"]
            assert entry.arrears_balance_cents == order.arrears_balance * 100 - arrears >= 0
        if entry.parts_cents:
            assert entry.amount_cents == sum(entry.parts_cents.values())


@given(
    st.sampled_from(list(METHODS.values())),
    st.integers(0, 100_000),
    st.lists(st.integers(0, 50_000), min_size=1, max_size=6),
)
def test_allocation_adds_up(method: Any, available: int, due: list[int]) -> None:
    """All that is available is shared out, and no one gets more than is due."""
    given_to = method(available, due)

    assert min(available, sum(due)) == sum(given_to)
    assert all(0 <= amount <= owed for amount, owed in zip(given_to, due, strict=True))


@given(st.integers(0, 100_000), st.lists(st.integers(0, 50_000), min_size=1, max_size=6))
def test_equal_shares(available: int, due: list[int]) -> None:
    """In equal shares, orders that are not given all that is due differ by a cent at most."""
    given_to = METHODS["equal"](available, due)
    cut = [amount for amount, owed in zip(given_to, due, strict=True) if amount < owed]

    assert not cut or max(cut) - min(cut) <= 1
    assert not cut or max(given_to) <= max(cut) + 1


@settings(max_examples=25)
@given(st.data())
def test_every_paycheck(data: st.DataObject) -> None:
    """With any orders, what holds for every paycheck holds."""
    request = data.draw(requests("US-TX"))
    orders = data.draw(st.lists(st.one_of(support(True), OTHERS, LEVIES), min_size=1, max_size=4))
    with_orders = evolve(request, garnishments=orders)
    try:
        paycheck = gross_to_net(with_orders)
    except InvalidRequest:
        assume(False)
        raise

    all_hold(with_orders, paycheck)
    assert len(orders) == len(paycheck.garnishments)
