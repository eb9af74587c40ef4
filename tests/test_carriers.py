"""One rule, three carriers: columns equal single paychecks, and fractions show what rounding did.

Every function that a table names is tried, with every form that is accepted while the table is in
force. A new table is tried as it is; a new function says in `ROUNDINGS` how often it rounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from functools import cache, partial
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from attrs import evolve, fields, frozen, has
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy

from asopay import certificates
from asopay.certificates import NO_CERTIFICATE, Box, Certificate, CertificateForm
from asopay.columns.recorded import Program, Programs
from asopay.contributions import Contribution
from asopay.deductions.benefit_limits import contribution
from asopay.deductions.elective_deferrals import limited
from asopay.deductions.plan_limits import after_tax
from asopay.frequencies import FREQUENCIES
from asopay.in_force import STATED, Rule
from asopay.jurisdictions import state_part
from asopay.money import LARGEST, ONE, Brackets
from asopay.rulebook import COMPUTING, rule_of
from asopay.strategies import answers, periods
from asopay.tables import Edition, Table, TaxTables
from asopay.withholding import Pay, Supplement
from asopay.withholding.supplemental import aggregate
from asopay.worksheet import Worksheet

EXAMPLES = settings(max_examples=12, deadline=None)

CENT = Fraction(1, 2)
DOLLAR = Fraction(50)
"""The most by which rounding to the cent and to the dollar moves an amount, in cents."""

ROUNDINGS = {
    # Once, at the end: exact amounts are carried through the division by the periods.
    "withholding.federal.withhold": CENT,
    "withholding.federal.withhold_whole_dollars": DOLLAR,
    "withholding.annualised_brackets.withhold": CENT,
    "withholding.annualised_brackets.withhold_whole_dollars": DOLLAR,
    "withholding.period_brackets.withhold": CENT,
    "withholding.period_brackets.withhold_whole_dollars": DOLLAR,
    "withholding.period_brackets.annualised": CENT,
    "withholding.period_flat_rate.withhold": CENT,
    "withholding.period_flat_rate.withhold_whole_dollars": DOLLAR,
    "withholding.us_al.withhold": CENT,
    "withholding.us_al.withhold_whole_dollars": DOLLAR,
    "withholding.us_az.withhold": CENT,
    "withholding.us_ca.withhold": CENT,
    "withholding.us_co.withhold": CENT,
    "withholding.us_co.withhold_whole_dollars": DOLLAR,
    "withholding.us_ct.withhold": CENT,
    "withholding.us_ma.withhold": CENT,
    "withholding.us_md.withhold": CENT,
    "withholding.us_mt.withhold": DOLLAR,
    "withholding.us_nd.withhold": DOLLAR,
    "withholding.us_nj.withhold": CENT,
    "withholding.us_nj.withhold_annual": CENT,
    "withholding.us_ri.withhold": CENT,
    "withholding.us_ri.annualised": CENT,
    "withholding.us_wv.withhold": DOLLAR,
    "withholding.supplemental_flat.withhold": CENT,
    "withholding.supplemental_flat.withhold_whole_dollars": DOLLAR,
    "withholding.supplemental_share.withhold": CENT,
    "contributions.rate_on_wages.contribute": CENT,
    "contributions.rate_on_wages.contribute_as_small": CENT,
    "contributions.above_threshold.contribute": CENT,
    "contributions.federal_unemployment.contribute": CENT,
    "contributions.federal_unemployment.with_credit_reduction": CENT,
    # The deduction, a share of the wages, and the tax.
    "withholding.us_md.withhold_exact": 2 * CENT,
    "withholding.us_pa_earned_income.withhold": CENT,
    "withholding.us_ny_yonkers.withhold": CENT,
    "contributions.yearly_amount.contribute": 2 * CENT,
    "contributions.weekly_amount.contribute": CENT,
    "contributions.per_hour.contribute": CENT,
    "contributions.by_payroll.contribute": CENT,
    "contributions.by_pay_of_year.contribute": CENT,
    "contributions.weekly_wages.contribute": 2 * CENT,
    # The exemptions, of which the rate takes a part, and the tax.
    "withholding.local_rate.withhold": 2 * CENT,
    # The annual tax, of which a period bears a part, and the tax of the period.
    "withholding.us_oh_school_district.withhold": 2 * CENT,
    # The wages of a month, of which the rate takes a part, and its tax: up to a year of them.
    "withholding.us_ny_yonkers.withhold_earnings_tax": 24 * CENT,
    # Once, up to the next dollar.
    "withholding.us_mt.withhold_rounded_up": 2 * DOLLAR,
    # The annual tax, of which a period bears a part, and the tax of the period.
    "withholding.period_flat_rate.annualised_whole_dollars": CENT + DOLLAR,
    "withholding.us_ar.withhold": DOLLAR + CENT,
    "withholding.us_ca.withhold_annual": 2 * CENT,
    "withholding.us_ny.withhold_annual": 2 * CENT,
    "withholding.us_or.withhold": 2 * CENT,
    "withholding.us_or.withhold_whole_dollars": 2 * DOLLAR,
    "withholding.us_va.withhold": DOLLAR + CENT,
    "withholding.us_va.withhold_cents": 2 * CENT,
    # The exemption or deduction, of which the rate takes a part, and the tax.
    "withholding.us_ks.withhold": 2 * CENT,
    "withholding.us_ks.withhold_whole_dollars": CENT + DOLLAR,
    "withholding.us_sc.withhold": 2 * CENT,
    # The deduction, of which the rate takes a part, the annual tax, and the tax of the period.
    "withholding.us_me.withhold": 3 * DOLLAR,
    "withholding.us_wi.withhold": 3 * CENT,
    # The deduction, of which the rate takes a part, the tax, and the allowance.
    "withholding.us_ia.withhold": 3 * CENT,
    # The wages of a month, of which the rate takes a part, and its tax: up to six months of them.
    "withholding.us_ny.withhold": 12 * CENT,
    # Lines 2 and 5.
    "withholding.us_ut.withhold": 2 * DOLLAR,
    # The tax within the limit, and the tax above it.
    "withholding.supplemental.withhold": 2 * CENT,
    # The tax; groups of exemptions are rounded too, see `most_apart`.
    "withholding.flat_rate.withhold": CENT,
    # Never.
    "contributions.monthly_fee.contribute": Fraction(0),
    "contributions.quarterly_fee.contribute": Fraction(0),
    "withholding.none.withhold": Fraction(0),
    "withholding.supplemental.aggregate": Fraction(0),
    "deductions.elective_deferrals.limited": Fraction(0),
    "deductions.benefit_limits.contribution": Fraction(0),
    "deductions.plan_limits.after_tax": Fraction(0),
}
"""By function, how far its result may lie from the exact one, in cents.

What is rounded on the way enters the result whole, times a rate below 1, or divided by the periods.
"""

LOOKED_UP_ROUNDED = {
    "withholding.us_ks.withhold": 1,
    "withholding.us_ks.withhold_whole_dollars": 1,
    "withholding.us_sc.withhold": 1,
    "withholding.us_wi.withhold": 1,
    "withholding.us_me.withhold": 50,
    "withholding.us_ny.withhold": 3,
}
"""The functions that look up an amount, or compare it, after it has been rounded.

Where the law jumps, rounding then decides on which side the amount is. It moves no further than it
would with these cents of wages more or less: half a cent of an exemption or a deduction, half a
dollar of one, or half a cent of each of six months. All other functions look up exact amounts.
"""

TABLES = TaxTables()

COLUMNS = ("amount", "count")
"""The types of the boxes that differ within a column; the answers to others are facts of it."""

OF_PAY = ("wages", "federal_tax", "social_insurance", "social_insurance_before")
"""What differs within a column and is not an answer."""

Values = dict[str, Any]


# What is tried


@frozen(eq=False, repr=False)
class Function:
    """A function that a table names for one of its methods."""

    tax: str
    rule: Rule
    method: str

    def __repr__(self) -> str:
        return f"{self.rule.table.id} {self.method}"

    def __call__(self, *told: Any) -> Worksheet:
        sheet: Worksheet = self.rule.functions[self.method](*told, self.rule.table)
        return sheet


def functions() -> Iterator[Function]:
    """Every function that a table computes a tax by."""
    registered = (next(TABLES.register(e).editions(e)) for e in TABLES.registers())
    for edition in (*TABLES.all(), *registered):
        if edition.head.rule.startswith(COMPUTING) and edition.head.rule != STATED:
            rule = rule_of(edition)
            tax = edition.head.places.tax or edition.id.split("/")[1]
            yield from (Function(tax, rule, method) for method in rule.functions)


def forms(table: Table[Any]) -> Iterator[CertificateForm]:
    """The forms that the jurisdiction accepts while the table is in force."""
    jurisdiction = state_part(table.id.split("/")[0].upper())
    editions = TABLES.editions(jurisdiction, "certificate")
    for edition, following in pairwise([*editions, None]):
        ends_later = following is None or following.head.effective > table.effective
        if edition and ends_later and edition.head.effective <= (table.through or date.max):
            yield from edition.table(certificates.Figures).figures.form
    if not editions:
        yield CertificateForm("", NO_CERTIFICATE.form, ())


def amounts_in(figures: Any) -> Iterator[int]:
    """The whole numbers of a table, and of a schedule the thresholds: where its law may change."""
    match figures:
        case int():
            yield figures
        case Brackets():
            yield from (row.over for row in figures.rows)
        case dict():
            yield from amounts_in(tuple(figures.values()))
        case tuple():
            for figure in figures:
                yield from amounts_in(figure)
        case _ if has(type(figures)):
            yield from amounts_in(tuple(getattr(figures, f.name) for f in fields(type(figures))))


@cache
def near(edges: tuple[int, ...], largest: int, periods: int = 1) -> SearchStrategy[int]:
    """Amounts of all sizes, and some just below, at and above an edge or a period's part of it."""
    amounts = st.builds(
        lambda edge, divisor, step: min(max(edge // divisor + step, 0), largest),
        st.sampled_from([0, largest, *edges]),
        st.sampled_from([1, periods]),
        st.integers(-1, 1),
    )
    return amounts | st.integers(0, 2_000_000) | st.integers(0, largest)


def reading(box: Box) -> SearchStrategy[Any]:
    """What a rule is told for a box that is filled in."""
    read = answers(box).map(box.read)
    return read | st.integers(0, LARGEST) if box.type == "amount" else read


@frozen(eq=False, repr=False)
class Case:
    """Something to try: what a whole column shares, what differs in it, and how a rule is told."""

    name: str
    function: Function
    facts: SearchStrategy[Values]
    amounts: Callable[[Values], dict[str, SearchStrategy[int]]]
    run: Callable[[Values, Values], Worksheet]

    def __repr__(self) -> str:
        return self.name


def withholding(function: Function, form: CertificateForm) -> Case:
    """Income tax by a form that is filled in; wages are within what a request may state."""
    edges = tuple(amounts_in(function.rule.figures))
    answered = {box.name: reading(box) for box in form.box}
    columns = {box.name for box in form.box if box.type in COLUMNS}
    may_be_empty = {box.name for box in form.box if box.default is None} & columns

    def amounts(facts: Values) -> dict[str, SearchStrategy[int]]:
        frequency, number = facts["period"]
        wages = near(edges, LARGEST // FREQUENCIES[frequency], number)
        pay = {**dict.fromkeys(OF_PAY, near(edges, LARGEST)), "wages": wages}
        return pay | {box: answered[box] for box in answered if box not in facts}

    def run(facts: Values, amounts: Values) -> Worksheet:
        told = {**facts, **amounts}
        wages, *others = (told.pop(name) for name in OF_PAY)
        pay = Pay(wages, *told.pop("period"), *others)
        boxes = function.rule.table.head.places.boxes
        local = {own: told.get(box, 0) for own, box in boxes.items()}
        return function(pay, Certificate(form.title, {**told, **local}))

    facts = st.fixed_dictionaries(
        {"period": periods_of(function)}
        | {box: answered[box] for box in answered if box not in columns},
        optional={box: st.none() for box in may_be_empty},
    )
    return Case(f"{function}, {form.title}", function, facts, amounts, run)


def periods_of(function: Function) -> SearchStrategy[tuple[str, int]]:
    """A frequency that the publication has for the method, and a number of periods a year."""
    head = function.rule.table.head
    pairs = []
    for frequency in head.frequencies.get(function.method, FREQUENCIES):
        daily = head.daily_periods if frequency == "daily" else None
        number = st.just(daily) if daily else periods(frequency)
        pairs.append(st.tuples(st.just(frequency), number))
    return st.one_of(pairs)


def supplemental(function: Function) -> Case:
    """Tax on supplemental wages that are taxed apart."""
    wages = near(tuple(amounts_in(function.rule.figures)), LARGEST // 2)
    names = ("bonuses", "others", "before", "federal_tax")

    def run(facts: Values, amounts: Values) -> Worksheet:
        bonuses, others, before, federal_tax = (amounts[name] for name in names)
        wages = bonuses + others
        return function(Supplement(wages, before, bonuses, facts["exempt"], federal_tax))

    return Case(
        str(function),
        function,
        st.fixed_dictionaries({"exempt": st.booleans()}),
        lambda _: dict.fromkeys(names, wages),
        run,
    )


def share_of(function: Function, payer: str) -> Case:
    """A payer's share of a tax of social insurance, with the facts that some of them depend on."""
    figures = function.rule.figures
    wages = near(tuple(amounts_in(figures)), LARGEST)
    assigned = getattr(figures, "assigned", False)
    new_employer = getattr(figures, "new_employer", None)
    own_base = st.none() | wages.map(lambda base: base + 1) if assigned else st.none()
    reductions = getattr(figures, "credit_reductions", None) or ()
    return Case(
        f"{function}, {payer}",
        function,
        st.fixed_dictionaries(
            {
                "own_rate": st.integers(0, ONE) if assigned else st.none(),
                "state": st.sampled_from(["US-TX", *reductions]),
                "periods": st.sampled_from(list(FREQUENCIES.values())),
                "employee_count": st.none() | st.integers(0, 60),
                "new_employer": st.booleans() if new_employer is not None else st.just(False),
                "wage_base": own_base,
                "hours": st.integers(0, 2_000_000),
                "hour_rates": st.tuples(st.integers(0, 10 * ONE), st.integers(0, 10 * ONE)),
                "payroll": wages,
                "payroll_last_year": wages,
                "payroll_of_all_places": wages,
                "credited": st.booleans(),
                "ends_quarter": st.booleans(),
            }
        ),
        lambda _: {
            "wages": wages,
            "year_to_date": wages,
            "taken_before": wages,
            "month_to_date": wages,
        },
        lambda facts, amounts: function(Contribution(**amounts, payer=payer, **facts)),
    )


def plain(edition: Edition, rule: Callable[..., Worksheet], *names: str) -> Case:
    """A function beside those that a table names, which takes amounts only."""
    read = evolve(rule_of(edition), functions={rule.__name__: rule})
    function = Function(edition.id.split("/")[1], read, rule.__name__)
    given = near(tuple(amounts_in(read.figures)), LARGEST)
    return Case(
        str(function),
        function,
        st.just({}),
        lambda _: dict.fromkeys(names, given),
        lambda _, amounts: function(*(amounts[name] for name in names)),
    )


def waits(function: Function) -> bool:
    """Whether the function needs a figure of the year that is not known yet."""
    by_state = function.method == "with_credit_reduction"
    return by_state and function.rule.figures.credit_reductions is None


FUNCTIONS = list(functions())

WITHHOLDINGS = [
    withholding(function, form)
    for function in FUNCTIONS
    if function.tax == "income_tax"
    for form in forms(function.rule.table)
]
SUPPLEMENTS = [
    supplemental(function) for function in FUNCTIONS if function.tax == "supplemental_income_tax"
]
SHARES = [
    share_of(function, payer)
    for function in FUNCTIONS
    if hasattr(function.rule.module, "payers") and not waits(function)
    for payer in function.rule.module.payers(function.rule.table)
]
DEFERRALS = [
    plain(edition, limited, "elected", "deferred_before", "catch_up")
    for edition in TABLES.editions("US", "elective_deferral")
]
CONTRIBUTIONS = [
    plain(edition, contribution, "elected", "allowed", "before", "employer")
    for edition in TABLES.editions("US", "benefit_limits")
] + [
    plain(edition, after_tax, "elected", "most", "additions")
    for edition in TABLES.editions("US", "retirement_limits")
]
AGGREGATES = [
    plain(edition, aggregate, "on_the_sum", "withheld_before")
    for edition in TABLES.editions("US", "income_tax")
]

CASES = [*WITHHOLDINGS, *SUPPLEMENTS, *SHARES, *DEFERRALS, *CONTRIBUTIONS, *AGGREGATES]


# What holds


def name_of(function: Function) -> str:
    called = function.rule.functions[function.method]
    return f"{called.__module__}.{called.__name__}".removeprefix("asopay.")


def most_apart(function: Function) -> Fraction:
    """How far a result may lie from the exact one, in cents."""
    groups = len(getattr(function.rule.figures, "exemptions", ()))
    return ROUNDINGS[name_of(function)] + groups * CENT


def columns_of(rows: list[Values]) -> Values:
    """The rows as int64 columns by name."""
    return {name: np.array([row[name] for row in rows], dtype=np.int64) for name in rows[0]}


def fractions_of(row: Values) -> Values:
    return {name: Fraction(amount) for name, amount in row.items()}


def rows_of(sheet: Worksheet, length: int) -> list[Values]:
    """A worksheet of columns as one of single amounts for each row. All must be whole numbers."""
    columns = {
        label: np.broadcast_to(np.asarray(amount).astype(np.int64, casting="safe"), length)
        for label, amount in sheet.items()
    }
    return [{label: int(columns[label][row]) for label in columns} for row in range(length)]


@pytest.mark.parametrize("case", CASES, ids=str)
@EXAMPLES
@given(data=st.data())
def test_columns(case: Case, data: DataObject) -> None:
    """Each line of a column is what it is for each of the single paychecks, to the cent."""
    facts = data.draw(case.facts)
    amounts = st.fixed_dictionaries(case.amounts(facts))
    rows = data.draw(st.lists(amounts, min_size=1, max_size=5))
    singles = [dict(case.run(facts, row)) for row in rows]

    assert singles == rows_of(case.run(facts, columns_of(rows)), len(rows))


@pytest.mark.parametrize("case", WITHHOLDINGS, ids=str)
@EXAMPLES
@given(data=st.data())
def test_recorded(case: Case, data: DataObject) -> None:
    """The steps that are recorded for some facts give each line of the single paychecks.

    Rows of several facts for which the steps are alike are computed at once.
    """
    programs = Programs()
    singles: dict[Program, list[Values]] = {}
    told: dict[Program, list[Values]] = {}
    which: dict[Program, list[int]] = {}
    for facts in data.draw(st.lists(case.facts, min_size=1, max_size=4)):
        drawn = data.draw(st.fixed_dictionaries(case.amounts(facts)))
        recording = programs.record(partial(on_symbols, case, facts, list(drawn)))
        assert recording
        singles.setdefault(recording.program, []).append(dict(case.run(facts, drawn)))
        told.setdefault(recording.program, []).append(drawn)
        which.setdefault(recording.program, []).append(recording.number)
    for program, expected in singles.items():
        columns = columns_of(told[program])
        of_rows = np.array(which[program]) if len(expected) > 1 else which[program][0]
        lines = {label: program.run(label, columns, of_rows) for label in program.lines}
        sheet = Worksheet(program.form, program.table)
        sheet.update(lines)

        assert expected == rows_of(sheet, len(expected))


def on_symbols(case: Case, facts: Values, names: list[str], amount: Any) -> Worksheet:
    """The case run on the symbols of its amounts."""
    return case.run(facts, {name: amount(name) for name in names})


@pytest.mark.parametrize("case", CASES, ids=str)
@EXAMPLES
@given(data=st.data())
def test_fractions(case: Case, data: DataObject) -> None:
    """A result is no further from the exact one than its roundings allow.

    Where a rounded amount is looked up, the exact one is that of these wages or of the nearest.
    """
    facts = data.draw(case.facts)
    row = data.draw(st.fixed_dictionaries(case.amounts(facts)))
    rounded = case.run(facts, row).result
    moved = LOOKED_UP_ROUNDED.get(name_of(case.function), 0)
    rows = [row]
    if moved:
        rows += [{**row, "wages": max(row["wages"] + step, 0)} for step in (-moved, moved)]
    exact = [case.run(facts, fractions_of(one)).result for one in rows]
    most = most_apart(case.function)

    assert min(exact) - most <= rounded <= max(exact) + most


def test_every_function() -> None:
    """No function of a table is left out, but one that waits for a figure of the year."""
    tried = {str(case.function) for case in CASES}

    assert {str(f) for f in FUNCTIONS if not waits(f)} == {str(f) for f in FUNCTIONS} & tried
