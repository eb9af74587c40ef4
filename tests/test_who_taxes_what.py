"""What holds wherever somebody lives and works: each dollar is taxed by whom the rules name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from asopay import Paycheck, TaxTables, documents
from asopay.jurisdictions import STATES
from asopay.tables import Days
from support import request

TABLES = TaxTables()
DAYS = Days.on(date(2026, 9, 4))
LOCALITIES = [
    *("US-AL-BIRMINGHAM", "US-CO-DENVER", "US-DE-WILMINGTON", "US-IN-LAKE", "US-IN-MARION"),
    *("US-KY-FLORENCE", "US-KY-JEFFERSON", "US-MI-DETROIT", "US-MI-LANSING", "US-MO-ST-LOUIS"),
    *("US-MO-KANSAS-CITY", "US-NY-NYC", "US-NY-YONKERS", "US-OH-COLUMBUS", "US-OH-DAYTON"),
    *("US-OH-SD-0303", "US-OR-METRO", "US-OR-MULTNOMAH", "US-PA-PHILADELPHIA"),
    *("US-PA-PITTSBURGH", "US-PA-SCRANTON", "US-WV-CHARLESTON"),
]

PLACES = st.one_of(
    st.sampled_from([[state] for state in STATES]),
    st.sampled_from([[place[:5], place] for place in LOCALITIES]),
)
AMOUNT = st.integers(5_000, 900_000).map(lambda cents: str(Decimal(cents) / 100))
EARNING: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"residence": PLACES, "work": PLACES, "amount": AMOUNT}
)


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """Somebody who lived and worked in up to three places within one period."""
    earnings = [
        {"kind": "regular", **earning}
        for earning in draw(st.lists(EARNING, min_size=1, max_size=3))
    ]
    home = draw(st.sampled_from([earning["residence"] for earning in earnings]))
    employee = {
        "residence": home,
        "insured_in": home[0],
        "reciprocity_certificates": _agreed(earnings) if draw(st.booleans()) else [],
    }
    courtesy = draw(st.lists(st.sampled_from(LOCALITIES), max_size=2, unique=True))
    return request(
        pay_date=str(DAYS.pay_date),
        employee=employee,
        employer={"courtesy_withholding": courtesy},
        earnings=earnings,
    )


def _agreed(earnings: list[dict[str, Any]]) -> list[str]:
    """The states of work that have an agreement with a state of residence."""
    homes = {earning["residence"][0] for earning in earnings}
    found = []
    for work in {earning["work"][0] for earning in earnings}:
        if TABLES.editions(work, "residence"):
            agreements = TABLES.in_force(work, "residence", DAYS).head.figures.get(
                "reciprocity", {}
            )
            found += [work] if homes & agreements.keys() else []
    return sorted(found)


def computed(document: dict[str, Any]) -> Paycheck:
    return documents.compute(document)[1]


def income_taxes(paycheck: Paycheck) -> dict[str, int]:
    """The wages of each state's income tax by state."""
    found = {}
    for tax in paycheck.taxes:
        place, _, name = tax.id.partition("/")
        table = paycheck.worksheets[tax.worksheets[-1]].table if tax.worksheets else None
        taxing = table is None or table.head.rule != "withholding.none"
        if name == "income_tax" and place in STATES and taxing:
            found[place] = tax.wages_cents
    return found


@settings(max_examples=150, deadline=None)
@given(requests())
def test_every_dollar_of_the_states(document: dict[str, Any]) -> None:
    """A state taxes the parts of the pay that it claims, and no state another dollar."""
    paycheck = computed(document)
    claimed: dict[str, int] = {}
    for part in paycheck.sourcing:
        for by in part.taxed_by:
            claimed[by.state] = claimed.get(by.state, 0) + part.gross_cents

    assert claimed == income_taxes(paycheck)
    assert paycheck.gross_cents == sum(part.gross_cents for part in paycheck.sourcing)


@settings(max_examples=150, deadline=None)
@given(requests())
def test_every_dollar_of_the_places(document: dict[str, Any]) -> None:
    """A place taxes the parts of the pay that name it, with the reason, and no other dollar."""
    paycheck = computed(document)
    named: dict[str, int] = {}
    for part in paycheck.sourcing:
        for tax, reason in part.places.items():
            named[tax] = named.get(tax, 0) + part.gross_cents
            place = tax.partition("/")[0]
            assert place in (*part.residence, *part.work)
            assert reason
    wages = {t.id: t.wages_cents for t in paycheck.taxes if t.id.count("-") > 1}

    assert wages.keys() <= named.keys()
    assert all(wages[tax] <= named[tax] for tax in wages)
    incomes = [tax for tax in named if tax.endswith("/income_tax")]
    assert [named[tax] for tax in incomes] == [wages[tax] for tax in incomes]


@settings(max_examples=100, deadline=None)
@given(requests(), st.randoms(use_true_random=False))
def test_order(document: dict[str, Any], random: Any) -> None:
    """It makes no difference in which order the earnings are stated."""
    shuffled = list(document["earnings"])
    random.shuffle(shuffled)
    one, other = computed(document), computed({**document, "earnings": shuffled})

    assert {(t.id, t.payer): (t.wages_cents, t.amount_cents) for t in one.taxes} == {
        (t.id, t.payer): (t.wages_cents, t.amount_cents) for t in other.taxes
    }


@settings(max_examples=150, deadline=None)
@given(requests())
def test_credit(document: dict[str, Any]) -> None:
    """What reduces a resident's tax is no more than either tax."""
    paycheck = computed(document)
    reductions = [sheet for sheet in paycheck.worksheets.values() if "(other tax)" in sheet]
    assume(reductions)

    for sheet in reductions:
        assert 0 <= sheet["(credit)"] <= min(sheet["(other tax)"], sheet["(tax)"])
        assert sheet["(elsewhere)"] <= sheet["(wages)"]
    assert all(tax.amount_cents >= 0 for tax in paycheck.taxes)


@settings(max_examples=100, deadline=None)
@given(PLACES, PLACES, st.integers(5_000, 900_000), st.data())
def test_split(home: list[str], work: list[str], amount: int, data: st.DataObject) -> None:
    """Pay for work in one place may be stated in two pieces: nothing changes."""
    first = data.draw(st.integers(1, amount - 1))

    def paid(*amounts: int) -> list[tuple[str, str, int, int]]:
        earnings = [
            {"kind": "regular", "amount": str(Decimal(each) / 100), "work": work}
            for each in amounts
        ]
        employee = {"residence": home, "insured_in": home[0]}
        paycheck = computed(request(employee=employee, earnings=earnings))
        return [(t.id, t.payer, t.wages_cents, t.amount_cents) for t in paycheck.taxes]

    assert paid(amount) == paid(first, amount - first)


@settings(max_examples=100, deadline=None)
@given(PLACES, st.lists(PLACES, min_size=2, max_size=3), st.integers(5_000, 900_000))
def test_shares(home: list[str], works: list[list[str]], amount: int) -> None:
    """A salary divided among places adds up, and its taxes are those of the amounts stated."""
    employee = {"residence": home, "insured_in": home[0]}
    days = range(1, len(works) + 1)
    shares = [{"work": work, "days": each} for work, each in zip(works, days, strict=True)]
    salary = {"kind": "regular", "amount": str(Decimal(amount) / 100), "work_shares": shares}
    divided = computed(request(employee=employee, earnings=[salary]))
    by_place: dict[tuple[str, ...], Decimal] = {}
    for work, each in zip(works, days, strict=True):
        exact = Decimal(amount * each) / sum(days)
        by_place[tuple(work)] = by_place.get(tuple(work), Decimal(0)) + exact

    assert amount == sum(part.gross_cents for part in divided.sourcing)
    for part in divided.sourcing:
        assert abs(part.gross_cents - by_place[part.work]) < len(shares)


@settings(max_examples=150, deadline=None)
@given(requests())
def test_nonresident_rules(document: dict[str, Any]) -> None:
    """What is for nonresidents of a place never applies to a resident, nor the other way round."""
    paycheck = computed(document)
    lived = {place for part in paycheck.sourcing for place in part.residence[1:]}
    elsewhere = {
        place for part in paycheck.sourcing for place in part.work if place not in part.residence
    }
    for identity, sheet in paycheck.worksheets.items():
        place = identity.partition("/")[0]
        if place.count("-") > 1 and "(other tax)" not in sheet:
            expected = {
                edition.digest
                for resident in (True, False)
                if place in (lived if resident else elsewhere)
                for edition in TABLES.local(place, DAYS, resident=resident).values()
            }
            assert sheet.table.digest in expected, identity
