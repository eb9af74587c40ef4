"""What every rate on wages promises: bases, cuts of a year, and the shares of both payers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asopay.contributions import Contribution
from asopay.in_force import Rule
from asopay.money import ONE, rate, share, to_cents
from asopay.rulebook import rule_of
from asopay.tables import TaxTables

TABLES = TaxTables()
OWN_RATE = 2_345_678
YEARLY = ("rate_on_wages", "above_threshold", "federal_unemployment")
"""Rules whose taxed wages go by the year; others go by the week, the month or the quarter."""

WAGES = st.integers(0, 30_000_000)
FEW = settings(max_examples=25, deadline=None)
CUT = st.lists(WAGES, min_size=1, max_size=30)


def shares() -> Iterator[Any]:
    """The newest table of each tax that has a yearly rule, with each of its payers."""
    newest = {edition.id.rpartition("/")[0]: edition for edition in TABLES.all()}
    registered = (next(TABLES.register(e).editions(e)) for e in TABLES.registers())
    for edition in (*newest.values(), *registered):
        if edition.head.rule.removeprefix("contributions.") in YEARLY:
            rule = rule_of(edition)
            for payer in rule.module.payers(rule.table):
                yield pytest.param(rule, payer, id=f"{edition.id} {payer}")


def pay(rule: Rule, payer: str, wages: int, before: int = 0, **facts: Any) -> Any:
    """The worksheet of a payment, at an own rate where there is one."""
    assigned = getattr(rule.figures, "assigned", False)
    due = Contribution(wages, before, payer, OWN_RATE if assigned else None, **facts)
    return rule.default(due, rule.table)


def base_of(rule: Rule, payer: str) -> int | None:
    """The base of the year by the table; of a rate above a threshold there is none."""
    figures = rule.figures
    of_employer = getattr(figures, "employer_wage_base", None) if payer == "employer" else None
    return of_employer or getattr(figures, "wage_base", None)


@pytest.mark.parametrize(("rule", "payer"), list(shares()))
@FEW
@given(CUT)
def test_cut_of_a_year(rule: Rule, payer: str, cut: list[int]) -> None:
    """However a year's wages are cut, the same wages are taxed, and no more than the base.

    The tax is rounded for each payment, so it differs by half a cent of each at most.
    """
    before = taxed = tax = 0
    for wages in cut:
        sheet = pay(rule, payer, wages, before)
        taxed += sheet["(taxable)"]
        tax += sheet.result
        before += wages
    once = pay(rule, payer, before)
    base = base_of(rule, payer)

    assert once["(taxable)"] == taxed
    assert base is None or taxed == min(before, base)
    assert abs(once.result - tax) * 2 <= len(cut) + 1


def programmes() -> Iterator[Any]:
    """Every table whose law divides one rate, on the same wages, between employee and employer."""
    for parameter in shares():
        rule, payer = parameter.values
        figures: Any = rule.figures
        one_base = getattr(figures, "employer_wage_base", None) is None
        if payer == "employee" and one_base and figures.employer is not None:
            yield pytest.param(rule, id=rule.table.id)


@pytest.mark.parametrize("rule", list(programmes()))
@FEW
@given(WAGES, WAGES, st.none() | st.integers(0, 60))
def test_both_shares(rule: Rule, wages: int, before: int, count: int | None) -> None:
    """Employee and employer together pay the programme's rate, each rounded by itself."""
    sheets = [
        pay(rule, payer, wages, before, employee_count=count) for payer in ("employee", "employer")
    ]
    of_both = sum(sheet["(rate)"] for sheet in sheets)
    total = to_cents(share(sheets[0]["(taxable)"], of_both))

    assert sheets[0]["(taxable)"] == sheets[1]["(taxable)"]
    assert of_both <= ONE
    assert abs(sum(sheet.result for sheet in sheets) - total) <= 1


TOTALS = {
    "us/social_security": "0.124",
    "us/medicare": "0.029",
    "us-co/paid_leave": "0.0088",
    "us-de/paid_leave": "0.008",
    "us-ma/medical_leave": "0.007",
    "us-ma/family_leave": "0.0018",
    "us-me/paid_leave": "0.01",
    "us-mn/paid_leave": "0.0088",
    "us-or/paid_leave": "0.01",
    "us-pr/disability_insurance": "0.006",
    "us-vt/child_care_contribution": "0.0044",
    "us-wa/paid_leave": "0.0113",
}
"""The rates of programmes in 2026, as their agencies announce them: both shares together."""


@pytest.mark.parametrize("tax", list(TOTALS))
def test_announced_rate(tax: str) -> None:
    """The shares of the table add up to the rate that is announced."""
    jurisdiction, _, name = tax.partition("/")
    figures: Any = rule_of(TABLES.in_force(jurisdiction.upper(), name, date(2026, 7, 1))).figures

    assert rate(TOTALS[tax]) == figures.employee + (figures.employer or 0)
