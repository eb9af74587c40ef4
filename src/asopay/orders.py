"""Orders to withhold from pay for a creditor of the employee, and what is taken for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from asopay.money import Cents, dollars

Dollars = Decimal | int | str


@frozen
class GarnishmentOrder:
    """An order that was served on the employer; amounts are dollars of each pay period.

    `dated` decides who comes first: the day on which the order was served, or, of a `support`
    order, the day on which the order to pay support was made. `state` issued it. Between `start`
    and `end` it is in force.

    `amount` or `percent` of disposable earnings is what it asks for: the current support of a
    `support` order, which can add `arrears` and `medical` support. `balance` is what is owed in
    all, and `arrears_balance` the support owed from before; pass on those of the last result, and
    its `taken_to_date`. `fee` is what the employer charges for each payment.

    `supports_second_family` says whether the employee supports a spouse or child beside those of
    the order, and `arrears_over_12_weeks` whether support is owed from more than twelve weeks ago.
    `filing_status`, `dependents` and `additional_standard_deductions` are those of the statement
    that goes with a federal tax levy, of the day `statement_dated`: the table of its year counts
    until there is another. The exempt amount can be stated, as `exempt_amount`; with
    `exempt_amount_used` it was left of other pay of the period, as before a bonus that is paid
    apart. `deductions_since` are kinds of deductions that began after the levy.
    `limit_percent` and `exempt_amount` are limits that a creditor's or a state's order states
    itself. `head_of_family`, `dependents`, `local_minimum_wage` and whether the debt arose from
    `consumer_credit` count where a state's limit on creditors goes by them.
    """

    kind: str
    dated: date
    id: str = ""
    state: str = ""
    start: date | None = None
    end: date | None = None
    amount: Dollars | None = None
    percent: Decimal | int | str | None = None
    arrears: Dollars = 0
    medical: Dollars = 0
    balance: Dollars | None = None
    arrears_balance: Dollars | None = None
    taken_to_date: Dollars = 0
    fee: Dollars = 0
    supports_second_family: bool | None = None
    arrears_over_12_weeks: bool = False
    filing_status: str | None = None
    statement_dated: date | None = None
    dependents: int | None = None
    additional_standard_deductions: int | None = None
    exempt_amount: Dollars | None = None
    exempt_amount_used: bool = False
    deductions_since: Sequence[str] = ()
    limit_percent: Decimal | int | str | None = None
    head_of_family: bool = False
    consumer_credit: bool = True
    local_minimum_wage: Dollars | None = None


@frozen
class Garnishment:
    """What was taken for an order, by which limit, and what remains.

    `amount_cents` goes to the creditor, and `fee_cents` is kept by the employer. `limited_by` says
    in words why it is not more, by the law of `source`. `parts_cents` are the `current`,
    `medical` and `arrears` support. `balance_cents` and `arrears_balance_cents` are owed after this
    paycheck, where the order says what was owed before; pass them on with
    `taken_to_date_cents`. Support is sent on within `remit_within_business_days` of the pay date.
    """

    kind: str
    id: str
    amount_cents: Cents
    limited_by: str
    source: str = ""
    fee_cents: Cents = 0
    parts_cents: Mapping[str, Cents] = field(factory=dict)
    taken_to_date_cents: Cents = 0
    balance_cents: Cents | None = None
    arrears_balance_cents: Cents | None = None
    remit_within_business_days: int | None = None
    notes: tuple[str, ...] = ()
    worksheets: tuple[str, ...] = ()

    @property
    def amount(self) -> Decimal:
        """Dollars for the creditor."""
        return dollars(self.amount_cents)

    @property
    def fee(self) -> Decimal:
        """Dollars that the employer keeps for its expense."""
        return dollars(self.fee_cents)

    @property
    def taken_to_date(self) -> Decimal:
        """Dollars taken for the creditor by this employer, this paycheck included."""
        return dollars(self.taken_to_date_cents)

    @property
    def balance(self) -> Decimal | None:
        """Dollars owed after this paycheck, where it is known."""
        return None if self.balance_cents is None else dollars(self.balance_cents)

    @property
    def arrears_balance(self) -> Decimal | None:
        """Dollars of support that are owed from before, where it is known."""
        owed = self.arrears_balance_cents
        return None if owed is None else dollars(owed)
