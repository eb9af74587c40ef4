"""What money promises: exact integers in, exact integers out, and roundings that can be seen."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from asopay.money import (
    LARGEST,
    ONE,
    as_text,
    at_least,
    at_least_zero,
    at_most,
    cents,
    dollars,
    pick,
    printed,
    rate,
    rate_as_text,
    share,
    to_cents,
    to_dollars,
    unrounded,
)
from support import exactly

ACCEPTED = 'an amount in dollars with at most two decimals, such as "2400.00"'


class TestCents:
    """Amounts in dollars, read."""

    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            ("2400.00", 240000),
            ("2400.5", 240050),
            ("2400", 240000),
            ("0", 0),
            ("0.07", 7),
            ("007.10", 710),
            (12, 1200),
            (0, 0),
            (Decimal("0.07"), 7),
            (Decimal(12), 1200),
            ("900000000.00", LARGEST),
            (900_000_000, LARGEST),
        ],
    )
    def test_exact(self, given: Any, expected: int) -> None:
        """A string or Decimal of at most two decimals and a whole number are read to the cent."""
        assert expected == cents(given)

    @pytest.mark.parametrize(
        "given",
        ["1.005", "", " 1", "1 ", "1\n", "1,000.00", "$5", "1e3", ".5", "5.", "1_000", "+1", "١"],
    )
    def test_not_an_amount(self, given: str) -> None:
        """A text is read only if it is digits, with a point and one or two more."""
        with pytest.raises(ValueError, match=exactly(f"{given!r} is not {ACCEPTED}")):
            cents(given)

    @pytest.mark.parametrize(
        ("given", "shown"),
        [
            (Decimal("1.005"), "1.005"),
            (Decimal("NaN"), "NaN"),
            (Decimal("Infinity"), "Infinity"),
            (Decimal("-0.01"), "-0.01"),
            (None, "None"),
            (True, "True"),
            ([], "[]"),
            ("-5.00", "'-5.00'"),
            ("9" * 100, f"'{'9' * 56}..."),
        ],
    )
    def test_not_an_amount_either(self, given: Any, shown: str) -> None:
        """Parts of a cent, negative and infinite amounts and other types are refused, and shown."""
        with pytest.raises(ValueError, match=exactly(f"{shown} is not {ACCEPTED}")):
            cents(given)

    @pytest.mark.parametrize("given", [2400.0, 0.1, float("nan"), float("inf")])
    def test_float(self, given: Any) -> None:
        """A binary float is refused, even if it is whole, and the message says why."""
        expected = f"{given!r} is a binary float, which loses cents: write {ACCEPTED}"

        with pytest.raises(ValueError, match=exactly(expected)):
            cents(given)

    @pytest.mark.parametrize("given", ["900000000.01", 900_000_001, -1, "999999999999"])
    def test_out_of_range(self, given: Any) -> None:
        """Amounts below zero or above the largest are refused with the bounds."""
        expected = f"{given!r} is out of range: accepted is {ACCEPTED}, from 0.00 to 900000000.00"

        with pytest.raises(ValueError, match=exactly(expected)):
            cents(given)


class TestText:
    """Amounts and rates, written."""

    @pytest.mark.parametrize(
        ("amount", "expected"),
        [(0, "0.00"), (7, "0.07"), (-7, "-0.07"), (-240050, "-2400.50"), (100, "1.00")],
    )
    def test_amount(self, amount: int, expected: str) -> None:
        """An amount has two decimals and its sign, as text and as a Decimal."""
        assert expected == as_text(amount)
        assert expected == str(dollars(amount))

    @pytest.mark.parametrize(
        ("given", "expected"),
        [("0.062", "0.062"), ("0.00808484", "0.00808484"), (1, "1"), ("0.0", "0"), (0, "0")],
    )
    def test_rate(self, given: Any, expected: str) -> None:
        """A rate is written without exponent or trailing zeros."""
        assert expected == rate_as_text(rate(given))


class TestRate:
    """Rates, read."""

    @pytest.mark.parametrize(
        ("given", "expected"),
        [("0.062", 6_200_000), (Decimal("0.0057"), 570_000), (1, ONE), ("0.00000001", 1), (0, 0)],
    )
    def test_exact(self, given: Any, expected: int) -> None:
        """A rate of at most eight decimals is a whole number of hundred-millionths."""
        assert expected == rate(given)

    @pytest.mark.parametrize(
        "given", ["0.000000001", 0.062, "NaN", "Infinity", "1e999999", "", "six", None, [], True]
    )
    def test_refused(self, given: Any) -> None:
        """More decimals, floats, booleans and what is no number are refused."""
        with pytest.raises(ValueError, match=r"is not a rate of at most eight decimals, such as 0"):
            rate(given)


class TestVerbs:
    """The verbs on integers; on columns and fractions they are compared in test_carriers."""

    @pytest.mark.parametrize(
        ("amount", "divisor", "to_the_cent", "to_the_dollar"),
        [
            (0, 1, 0, 0),
            (149, 1, 149, 100),
            (150, 1, 150, 200),
            (250, 1, 250, 300),  # half up, not to even
            (1000, 3, 333, 300),
            (5, 2, 3, 0),
            (100, 8, 13, 0),  # 12.5
            (-50, 1, -50, 0),
        ],
    )
    def test_rounding(
        self, amount: int, divisor: int, to_the_cent: int, to_the_dollar: int
    ) -> None:
        """Half a cent and half a dollar go up, and the division happens once."""
        assert to_the_cent == to_cents(unrounded(amount), divided_by=divisor)
        assert to_the_dollar == to_dollars(unrounded(amount), divided_by=divisor)

    def test_share_is_exact(self) -> None:
        """A share is carried to a hundred-millionth of a cent, and rounded where it is asked."""
        third_of_a_cent = share(33, rate("0.01010101"))

        assert 33_333_333 == third_of_a_cent
        assert 0 == to_cents(third_of_a_cent)
        assert 1 == to_cents(third_of_a_cent * 2)

    @pytest.mark.parametrize("rounded", [to_cents, to_dollars])
    def test_fractions_are_not_rounded(self, rounded: Any) -> None:
        """On fractions the rounding verbs divide and keep what is left."""
        assert Fraction(1, 3) == rounded(Fraction(unrounded(1)), divided_by=3)

    def test_bounds(self) -> None:
        """Each bound keeps what lies within and stands for what does not."""
        assert (0, 5) == (at_least_zero(-5), at_least_zero(5))
        assert (3, 2) == (at_most(5, 3), at_most(2, 3))
        assert (5, 3) == (at_least(5, 3), at_least(2, 3))

    def test_bounds_of_columns(self) -> None:
        """A bound of a column is one of each of its amounts."""
        column: Any = np.array([2, 5])

        assert [2, 3] == list(at_most(column, 3))  # type: ignore[call-overload]
        assert [3, 5] == list(at_least(column, 3))  # type: ignore[call-overload]
        assert [0, 2] == list(at_least_zero(column - 3))  # type: ignore[call-overload]

    def test_choices(self) -> None:
        """One amount or the other; a printed amount by its place."""
        assert (1, 2) == (pick(True, 1, 2), pick(False, 1, 2))
        assert (10, 30) == (printed((10, 20, 30), 0), printed((10, 20, 30), 2))

    def test_choices_of_columns(self) -> None:
        """A choice among columns is one for each paycheck."""
        column: Any = np.array([2, 0])

        assert [20, 0] == list(pick(column > 1, column * 10, 0))  # type: ignore[call-overload]
        assert [30, 10] == list(printed((10, 20, 30), column))  # type: ignore[call-overload]

    def test_largest_amount_fits_a_column(self) -> None:
        """The largest amount, unrounded, still fits into 64 bits: nothing wraps in silence."""
        assert unrounded(LARGEST) + ONE // 2 < 2**63
