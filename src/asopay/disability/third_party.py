"""Sick pay that others pay: who withholds and reports what, and Form W-4S.

Publication 15-A, section 6 (https://www.irs.gov/pub/irs-pdf/p15a.pdf); 26 CFR 31.3402(o)-3; Notice
2015-6. A paycheck with an earning of `sick_pay` or `third_party_sick_pay` has the taxes of one
payment; what Form W-4S asks for is stated in it as an override of ``US/income_tax``.

>>> print(duties("insurer_that_notifies_the_employer", date(2026, 1, 1)).form_8922)
the insurer
"""

from __future__ import annotations

from datetime import date, timedelta

from attrs import frozen

from asopay.errors import InvalidRequest
from asopay.faults import Faults
from asopay.money import Cents, as_text, at_least_zero, at_most, to_cents, unrounded
from asopay.paycheck import Dollars
from asopay.rulebook import Rulebook, standard_rulebook
from asopay.tables import Days, Table
from asopay.worksheet import Form, Worksheet

DOLLAR = 100


@frozen
class Duties:
    """Who withholds income tax and how; who withholds, deposits, pays and reports the rest."""

    income_tax: str
    employee_fica: str
    employer_fica: str
    futa: str
    form_w2: str
    form_8922: str


@frozen
class Figures:
    """The least amounts of Form W-4S by pay frequency, in cents, and the duties by payer.

    A request takes effect for payments more than `effective_after_days` after it was received, and
    does not reduce a payment below `least_net`.
    """

    effective_after_days: int
    least_net: Cents
    least: dict[str, Cents]
    duties: dict[str, Duties]


W4S = Form(
    "Form W-4S: income tax that is withheld from sick pay on request",
    result="(withheld)",
    lines={
        "(requested)": "Amount that is requested for a full payment",
        "(full payment)": "A full payment",
        "(payment)": "This payment",
        "(in proportion)": "The request in proportion to this payment",
        "(most)": "What leaves the least net payment",
        "(withheld)": "Income tax withheld",
    },
)


def duties(payer: str, day: date, rulebook: Rulebook | None = None) -> Duties:
    """Who does what where sick pay is paid by a payer.

    The payers are ``employer``, ``agent`` (who bears no insurance risk), ``insurer`` and
    ``insurer_that_notifies_the_employer`` of the payments in time for its deposits, and so hands on
    the employer's share. Raises `InvalidRequest` for another payer.
    """
    known = _table(day, rulebook).figures.duties
    if payer not in known:
        faults = Faults()
        faults.unknown("payer", payer, known)
        raise InvalidRequest(faults.found)
    return known[payer]


def w4s_withholding(
    requested: Dollars,
    payment: Dollars,
    full_payment: Dollars,
    frequency: str,
    *,
    received: date,
    pay_date: date,
    rulebook: Rulebook | None = None,
) -> Worksheet:
    """What an insurer withholds from a payment, in dollars of both, on the request of Form W-4S.

    From a payment that is less than a full one, a part in proportion is withheld. The request has
    to be in whole dollars and of the least amount for the `frequency` of payments, or 0 for none.
    Raises `InvalidRequest` with all that is wrong.

    >>> w4s_withholding(
    ...     "210", "1000", "2000", "monthly", received=date(2026, 1, 5), pay_date=date(2026, 1, 31)
    ... ).result
    10500
    """
    faults = Faults()
    table = _table(pay_date, rulebook)
    figures = table.figures
    asked, paid, full = (
        faults.cents(name, value)
        for name, value in (
            ("requested", requested),
            ("payment", payment),
            ("full_payment", full_payment),
        )
    )
    if frequency not in figures.least:
        faults.unknown("frequency", frequency, figures.least)
    elif 0 < asked < figures.least[frequency]:
        least = as_text(figures.least[frequency])
        faults.add("requested", f"{requested} is less than {least}, the least for {frequency} pay")
    if asked % DOLLAR:
        faults.add("requested", f"{requested} is not in whole dollars")
    if paid > full:
        faults.add("payment", f"{payment} is more than a full one, {full_payment}")
    if faults.found:
        raise InvalidRequest(faults.found)
    takes_effect_after = received + timedelta(figures.effective_after_days)
    line = Worksheet(W4S, table)
    line["(requested)"] = asked if pay_date > takes_effect_after else 0
    line["(full payment)"], line["(payment)"] = full, paid
    in_proportion = unrounded(line["(requested)"] * line["(payment)"])
    line["(in proportion)"] = to_cents(in_proportion, divided_by=line["(full payment)"] or 1)
    line["(most)"] = at_least_zero(line["(payment)"] - figures.least_net)
    line["(withheld)"] = at_most(line["(in proportion)"], line["(most)"])
    return line


def _table(day: date, rulebook: Rulebook | None) -> Table[Figures]:
    rulebook = rulebook or standard_rulebook()
    table: Table[Figures] = rulebook.rule("US", "third_party_sick_pay", Days.on(day)).table
    return table
