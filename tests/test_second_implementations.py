"""Rules against second implementations of the same publications.

Those in ``second_implementations/`` were written from the figures and steps of the publications
alone, in Decimal, and share no code or table with asopay. Both must withhold the same cents.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from asopay.certificates import fill_in
from asopay.faults import Faults
from asopay.frequencies import FREQUENCIES
from asopay.money import cents, dollars
from asopay.rulebook import rule_of
from asopay.tables import TaxTables
from asopay.withholding import Pay
from second_implementations import (
    california,
    connecticut,
    massachusetts,
    new_jersey,
    new_york,
    oregon,
)

TABLES = TaxTables()
DAY = date(2026, 3, 13)
MANY = settings(max_examples=300, deadline=None)
COUNTS = st.integers(0, 14)


def wages(most: int) -> st.SearchStrategy[int]:
    """Wages of a period in cents: low, ordinary and high ones."""
    return st.integers(0, 200_000) | st.integers(0, 2_000_000) | st.integers(0, most * 100)


def of_asopay(
    state: str, paid: int, frequency: str, answers: dict[str, Any], **told: Any
) -> Decimal:
    """What the state's rule withholds by its own method."""
    rule = rule_of(TABLES.in_force(state, "income_tax", DAY))
    forms = rule_of(TABLES.in_force(state, "certificate", DAY)).figures
    faults = Faults()
    certificate = fill_in(forms, answers, state, faults)
    assert [] == faults.found
    pay = Pay(paid, frequency, FREQUENCIES[frequency], **told)
    return dollars(rule.default(pay, certificate, rule.table).result)


@MANY
@given(
    wages(100_000),
    st.sampled_from(list(california.PER_YEAR)),
    st.sampled_from(["single", "married", "head_of_household"]),
    COUNTS,
    COUNTS,
)
def test_california(paid: int, frequency: str, status: str, regular: int, estimated: int) -> None:
    """Method B by the tables of the period."""
    answers = {
        "filing_status": status,
        "allowances": regular,
        "estimated_deduction_allowances": estimated,
    }
    expected = california.withholding(dollars(paid), frequency, status, regular, estimated)

    assert expected == of_asopay("US-CA", paid, frequency, answers)


@MANY
@given(
    wages(500_000),
    st.sampled_from([*new_york.PERIODS, "quarterly", "semiannual"]),
    st.sampled_from(["single", "married"]),
    COUNTS,
)
def test_new_york(paid: int, frequency: str, status: str, allowances: int) -> None:
    """Methods II and III."""
    answers = {"filing_status": status, "allowances": allowances}
    expected = new_york.withholding(dollars(paid), frequency, status, allowances)

    assert expected == of_asopay("US-NY", paid, frequency, answers)


@MANY
@given(wages(200_000), st.sampled_from(new_jersey.PERIODS), st.sampled_from(list("ABCDE")), COUNTS)
def test_new_jersey(paid: int, frequency: str, letter: str, allowances: int) -> None:
    """Rate tables A to E."""
    answers = {
        "filing_status": "head_of_household",
        "rate_table": letter,
        "allowances": allowances,
    }
    expected = new_jersey.withholding(dollars(paid), frequency, letter, allowances)

    assert expected == of_asopay("US-NJ", paid, frequency, answers)


@MANY
@given(
    wages(50_000),
    st.sampled_from(list(oregon.PER_YEAR)),
    st.sampled_from(["single", "married"]),
    COUNTS,
    st.integers(0, 45),
)
def test_oregon(paid: int, frequency: str, status: str, allowances: int, percent: int) -> None:
    """The computer formula; asopay besides never withholds more than the wages."""
    federal = paid * percent // 100
    answers = {"filing_status": status, "allowances": allowances}
    tax = oregon.withholding(dollars(paid), frequency, status, allowances, dollars(federal))
    expected = min(tax, dollars(paid))

    assert expected == of_asopay("US-OR", paid, frequency, answers, federal_tax=federal)


@MANY
@given(wages(50_000), st.sampled_from(list(connecticut.PER_YEAR)), st.sampled_from(list("ABCDEF")))
def test_connecticut(paid: int, frequency: str, code: str) -> None:
    """The calculation rules, Tables A to E."""
    expected = connecticut.withholding(dollars(paid), frequency, code)

    assert expected == of_asopay("US-CT", paid, frequency, {"withholding_code": code})


@MANY
@given(
    wages(100_000),
    st.sampled_from(list(massachusetts.PER_YEAR)),
    COUNTS,
    st.booleans(),
    st.integers(0, 2),
    st.integers(0, 3_000),
)
def test_massachusetts(  # noqa: PLR0917
    paid: int, frequency: str, exemptions: int, head: bool, blind: int, before: int
) -> None:
    """The percentage method, with what is withheld for Social Security and Medicare."""
    retirement = paid * 765 // 10_000
    answers = {"exemptions": exemptions, "head_of_household": head, "blind": blind}
    expected = massachusetts.withholding(
        dollars(paid),
        frequency,
        exemptions,
        head_of_household=head,
        blind=blind,
        retirement=dollars(retirement),
        retirement_before=Decimal(before),
    )
    told = {"social_insurance": retirement, "social_insurance_before": cents(before)}

    assert expected == of_asopay("US-MA", paid, frequency, answers, **told)
