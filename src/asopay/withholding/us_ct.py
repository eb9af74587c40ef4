"""Connecticut: TPG-211, the withholding calculation rules, sixteen steps and five tables.

https://portal.ct.gov/drs/drs-forms/current-year-forms/withholding-forms

Tables A, C, D and E print a row for every step of the salary; here each is stated by its steps. A
salary that equals a bound belongs to the row below it. Without Form CT-W4 a flat rate counts.
"""

from __future__ import annotations

from attrs import frozen

from asopay.certificates import Certificate
from asopay.money import (
    ONE,
    Brackets,
    Cents,
    Rate,
    at_least_zero,
    at_most,
    share,
    to_cents,
    unrounded,
)
from asopay.tables import Table
from asopay.withholding.pay import Pay
from asopay.worksheet import Form, Worksheet, count, rate_line, unrounded_line

EXEMPT = "E"
"""The withholding code of employees from whom nothing is withheld."""


@frozen
class Steps:
    """Rows of a table, each a `step` wide, the first one more than `over`: `times` of them."""

    over: Cents
    step: Cents
    times: int

    def started(self, salary: Cents) -> int:
        """How many of the rows the salary has reached; one begins above its bound."""
        return at_most(at_least_zero(-((self.over - salary) // self.step)), self.times)


@frozen
class AmountSteps(Steps):
    """Rows whose amounts differ by `each`, in cents."""

    each: Cents


@frozen
class RateSteps(Steps):
    """Rows whose decimals differ by `each`."""

    each: Rate


@frozen
class Code:
    """What the tables print for one withholding code: the first row, and the steps from there.

    `exemption` and its reduction are Table A, `initial_tax` is Table B, `add_back` Table C,
    `recapture` Table D, `credit` and its reduction Table E.
    """

    exemption: Cents
    exemption_less: tuple[AmountSteps, ...]
    initial_tax: Brackets
    add_back: tuple[AmountSteps, ...]
    recapture: tuple[AmountSteps, ...]
    credit: Rate
    credit_less: tuple[RateSteps, ...]


@frozen
class Figures:
    """The tables by withholding code, and the flat rate without Form CT-W4."""

    rate_without_certificate: Rate
    codes: dict[str, Code]


RULES = Form(
    "Withholding calculation rules",
    result="16",
    lines={
        "1": "Wages of this period",
        "(rate)": rate_line("Flat rate: without Form CT-W4, or none with code E"),
        "2": count("Pay periods in the year"),
        "3": "Line 1 times line 2: annualized salary",
        "5": "Table A: exemption",
        "6": "Line 3 less line 5: annualized taxable income",
        "7": unrounded_line("Table B: initial withholding tax"),
        "8": "Table C: add-back of the phase-out of the 2% rate",
        "9": "Table D: tax recapture",
        "10": unrounded_line("Lines 7 to 9 added"),
        "11": rate_line("Table E: decimal of the personal tax credit"),
        "12": unrounded_line("Line 10 less line 11 times line 10"),
        "13": "Line 12 divided by line 2: tax of the period",
        "14": "CT-W4, line 2: additional amount",
        "15": "CT-W4, line 3: reduced amount",
        "16": "Line 13 plus line 14 less line 15: withholding of this period",
    },
)


def withhold(pay: Pay, ct_w4: Certificate, table: Table[Figures]) -> Worksheet:
    """Line 16 of the rules: the tax of one period in cents."""
    code = ct_w4["withholding_code"]
    line = Worksheet(RULES, table)
    line["1"] = pay.wages
    if code in table.figures.codes:
        _use_tables(line, pay.periods, table.figures.codes[code])
    else:
        line["(rate)"] = 0 if code == EXEMPT else table.figures.rate_without_certificate
        line["13"] = to_cents(share(line["1"], line["(rate)"]))
    line["14"] = ct_w4["extra_withholding"]
    line["15"] = ct_w4["reduced_withholding"]
    line["16"] = at_least_zero(line["13"] + line["14"] - line["15"])
    return line


def _use_tables(line: Worksheet, periods: int, code: Code) -> None:
    line["2"] = periods
    line["3"] = line["1"] * line["2"]
    line["5"] = code.exemption - _stepped(code.exemption_less, line["3"])
    line["6"] = at_least_zero(line["3"] - line["5"])
    over, base, rate = code.initial_tax.row(line["6"])
    line["7"] = unrounded(base) + share(line["6"] - over, rate)
    line["8"] = _stepped(code.add_back, line["3"])
    line["9"] = _stepped(code.recapture, line["3"])
    line["10"] = line["7"] + unrounded(line["8"] + line["9"])
    line["11"] = code.credit - _stepped(code.credit_less, line["3"])
    # Line 10 has no room for another factor: its parts are multiplied. The two decimals of line 11
    # and the four of a rate fit the eight of their product, so nothing is lost.
    kept = ONE - line["11"]
    line["12"] = share(base + line["8"] + line["9"], kept)
    line["12"] = line["12"] + share(line["6"] - over, rate * kept // ONE)
    line["13"] = to_cents(line["12"], divided_by=line["2"])


def _stepped(rows: tuple[AmountSteps, ...] | tuple[RateSteps, ...], salary: Cents) -> int:
    return sum(steps.each * steps.started(salary) for steps in rows)
