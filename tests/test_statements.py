"""What a pay statement promises: every amount of the paycheck, as people of a place write it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from asopay import documents
from asopay.statements import pay_statement
from support import request

NO_BREAK_SPACE = "\u202f"


def statement(document: dict[str, Any], locale: str = "en_US") -> list[str]:
    return pay_statement(*documents.compute(document), locale).splitlines()


def california(**changes: Any) -> dict[str, Any]:
    return request(
        "US-CA",
        employer={"legal_name": "Example Co", "unemployment": {"US-CA": {"rate": "0.034"}}},
        employee={"id": "E-1", "residence": ["US-CA"]},
        earnings=[
            {"kind": "regular", "hours": "80", "rate": "30.00"},
            {"kind": "overtime", "hours": "4", "rate": "30.00", "multiplier": "1.5"},
            {"kind": "bonus", "amount": "1000.00", "supplemental_method": "flat"},
        ],
        deductions=[
            {"kind": "401k", "percent": "6"},
            {"kind": "roth_401k", "amount": "10.00"},
            {"kind": "section_125_health", "amount": "120.00", "employer_amount": "480.00"},
        ],
        **changes,
    )


def test_statement() -> None:
    """Earnings, taxes, deductions and net pay, and the employer's part, in aligned columns."""
    expected = """\
Example Co  E-1
Paid March 13, 2026, biweekly payroll

Earnings
  Regular, 80 hours at 30.00                                    2,400.00
  Overtime, 4 hours at 30.00 x 1.5                                180.00
  Bonus                                                         1,000.00
Gross pay                                                       3,580.00

Taxes
  Federal income tax                                              192.78
  Federal income tax on supplemental wages                        206.80
  Social Security                                                 214.52
  Medicare                                                         50.17
  California income tax                                            75.73
  California supplemental income tax                               96.16
  California disability insurance                                  44.98
Deductions
  401(k)                                                          214.80
  Roth 401(k)                                                      10.00
  Health plan                                                     120.00
Net pay                                                         2,354.06

Paid by the employer
  Social Security                                                 214.52
  Medicare                                                         50.17
  Federal unemployment (FUTA)                                      20.76
  California unemployment                                         117.64
  California employment training                                    3.46
  Health plan                                                     480.00
Employer cost                                                   4,466.55
"""
    printed = statement(california())
    notes = [line for line in printed if line.startswith("Not computed: ")]

    assert expected.splitlines() == printed[: len(expected.splitlines())]
    assert [*expected.splitlines(), "", *notes] == printed


def test_notes() -> None:
    """What is not computed is said at the end, one line each."""
    missing = documents.paycheck(request("US-CA"))["not_computed"]

    assert [f"Not computed: {note}" for note in missing] == statement(request("US-CA"))[-2:]
    assert missing[-1].startswith("US-CA/unemployment: the employer's rate is not given")


def test_locale() -> None:
    """Amounts and the date are written as the locale has them, with columns still aligned."""
    german = statement(california(), "de_DE")
    french = statement(california(), "fr_FR")

    assert "Paid 13. März 2026, biweekly payroll" == german[1]
    assert "  Regular, 80 hours at 30.00                                    2.400,00" == german[4]
    assert "Paid 13 mars 2026, biweekly payroll" == french[1]
    assert french[4].endswith(f"2{NO_BREAK_SPACE}400,00")
    assert len(statement(california())[4]) == len(german[4]) == len(french[4])


def test_without_names() -> None:
    """Without names there is no heading, and without deductions no list of them."""
    printed = statement(request())

    assert "Paid March 13, 2026, biweekly payroll" == printed[0]
    assert "Deductions" not in printed
    assert "Example Co" == statement(request(employer={"legal_name": "Example Co"}))[0]


def test_stated_amount() -> None:
    """An amount that the caller stated is marked."""
    printed = statement(request(overrides={"US/income_tax": "100.00"}))

    assert "  Federal income tax (as stated)                                  100.00" in printed


def test_limited_deferral() -> None:
    """A deferral that the year's limit has cut says so."""
    printed = statement(
        request(
            deductions=[{"kind": "401k", "amount": "100.00"}],
            year_to_date={"deductions": {"401k": "24450.00"}},
        )
    )

    assert "  401(k) (limit reached)                                           50.00" in printed


def test_taxes_of_nothing_are_left_out() -> None:
    """A tax that comes to nothing has no line."""
    printed = "\n".join(statement(request()))

    assert "Additional Medicare" not in printed
    assert "Texas income tax" not in printed


def test_imputed_income() -> None:
    """What is not paid out is shown, and taken off again before gross pay."""
    life = {"kind": "group_term_life", "amount": "46.00"}
    document = request(earnings=[{"kind": "regular", "amount": "2000.00"}, life])
    earnings = statement(document)[3:7]

    assert ["Group term life", "46.00"] == [part.strip() for part in earnings[1].rsplit(maxsplit=1)]
    assert ["Not paid out", "-46.00"] == [part.strip() for part in earnings[2].rsplit(maxsplit=1)]
    assert ["Gross pay", "2,000.00"] == earnings[3].rsplit(maxsplit=1)
    assert Decimal(46) == documents.compute(document)[1].imputed_income


def test_deductions_that_pay_does_not_suffice_for() -> None:
    """What is still owed stands under its deduction, and what a deferral could not be, too."""
    document = request(
        earnings=[{"kind": "regular", "amount": "50.00"}],
        deductions=[
            {"kind": "section_125_health", "amount": "70.00"},
            {"kind": "roth_401k", "amount": "5.00"},
        ],
    )
    lines = [line.split() for line in statement(document)]

    assert ["not", "paid", "yet", "20.00"] in lines
    assert ["pay", "did", "not", "suffice", "for", "5.00"] in lines
