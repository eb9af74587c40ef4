"""A paycheck: what is asked for, and what comes out.

Amounts of a request are dollars: a string or `Decimal` of at most two decimals, or a whole number.
A result holds whole cents, in fields that say so, and shows them as `Decimal` dollars.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import field, frozen

from asopay.money import Cents, dollars
from asopay.orders import Garnishment, GarnishmentOrder
from asopay.parties import Employee, Employer
from asopay.worksheet import Worksheet

Dollars = Decimal | int | str


@frozen
class WorkShare:
    """What of an earning was worked for at one place: by `days`, `hours` or an `amount`.

    All shares of an earning go by the same; they divide its amount in proportion. `work` and
    `office` are as those of `Earning`.
    """

    work: Sequence[str]
    days: int | None = None
    hours: Decimal | int | str | None = None
    amount: Dollars | None = None
    office: Sequence[str] = ()


@frozen
class Earning:
    """One kind of pay: an `amount`, or `hours` at a `rate`, times a `multiplier` if there is one.

    `work` lists nested places, the state first; left out, the work was done at the residence.
    `residence` is where the employee lived then, if it was another place than now. `office` is the
    place of the office for which work was done elsewhere, by the employee's own choice or on a
    visit, and `work_days` the number of days of work; `hours_worked` the hours, for taxes that go
    by them, where they are not the `hours` that are paid. `work_shares` divide it among several
    places instead.
    `supplemental_method` is ``flat`` or ``aggregate``, for supplemental wages.

    Sick pay needs the `last_day_worked`; its `taxable_percent` is the part of it that premiums of
    the employer, or paid before tax, bought: all, if it is left out. Group-term life insurance has
    an amount, or the `cover` in the pay period, of which the cost is computed, and the
    `contribution` that the employee pays for it after tax in this paycheck.
    """

    kind: str
    amount: Dollars | None = None
    hours: Decimal | int | str | None = None
    rate: Dollars | None = None
    multiplier: Decimal | int | str | None = None
    work: Sequence[str] = ()
    residence: Sequence[str] = ()
    office: Sequence[str] = ()
    work_days: int | None = None
    work_shares: Sequence[WorkShare] = ()
    hours_worked: Decimal | int | str | None = None
    supplemental_method: str | None = None
    last_day_worked: date | None = None
    taxable_percent: Decimal | int | str | None = None
    cover: Dollars | None = None
    contribution: Dollars | None = None


@frozen
class Deduction:
    """A deduction: an `amount`, or a `percent` of pay, and what the employer adds.

    A percent is of gross pay; of what the employer's retirement plan counts, for a contribution to
    it. `arrears` are what earlier paychecks could not pay: they are taken on top, no more in a
    paycheck than the `arrears_limit`. `year_limit` is the most of the year by the plan or the
    election, beside the limit of the law. `catch_up` says whether the employee wants amounts that
    go by age; left out, the age decides. One that is `required_by_law`, such
    as a contribution to a public retirement system, is no part of disposable earnings.
    """

    kind: str
    amount: Dollars | None = None
    percent: Decimal | int | str | None = None
    employer_amount: Dollars = 0
    arrears: Dollars = 0
    arrears_limit: Dollars | None = None
    year_limit: Dollars | None = None
    catch_up: bool | None = None
    required_by_law: bool = False


@frozen
class Reimbursement:
    """An expense paid back under an accountable plan: part of net pay, and no wages for any tax."""

    description: str
    amount: Dollars


@frozen
class YearToDate:
    """What this employer paid the employee earlier in the calendar year, by tax id and kind.

    `taxes` are the employee's, `employer_taxes` the employer's share; `employer_amounts` are what
    the employer added to `deductions`. `work_days` are the days of work by place, as far as they
    were stated.
    """

    wages: Mapping[str, Dollars] = field(factory=dict)
    taxes: Mapping[str, Dollars] = field(factory=dict)
    employer_taxes: Mapping[str, Dollars] = field(factory=dict)
    deductions: Mapping[str, Dollars] = field(factory=dict)
    employer_amounts: Mapping[str, Dollars] = field(factory=dict)
    work_days: Mapping[str, int] = field(factory=dict)


@frozen
class WorkedPeriod:
    """The first and last day of the payroll period."""

    start: date
    end: date


@frozen
class PrecedingPay:
    """Wages paid before, to which supplemental wages are added, and the tax withheld from them.

    Publication 15, section 7: regular wages of the current or the last preceding period, with any
    supplemental wages that were added to them.
    """

    wages: Dollars
    taxes: Mapping[str, Dollars] = field(factory=dict)


@frozen
class PaycheckRequest:
    """All that one paycheck is computed from."""

    pay_date: date
    pay_frequency: str
    employee: Employee
    earnings: Sequence[Earning]
    employer: Employer = field(factory=Employer)
    deductions: Sequence[Deduction] = ()
    year_to_date: YearToDate = field(factory=YearToDate)
    pay_period: WorkedPeriod | None = None
    periods_per_year: int | None = None
    preceding_pay: PrecedingPay | None = None
    overrides: Mapping[str, Dollars] = field(factory=dict)
    garnishments: Sequence[GarnishmentOrder] = ()
    reimbursements: Sequence[Reimbursement] = ()


@frozen
class Tax:
    """One tax of a paycheck and who pays it; `wages` are those taxed now.

    `overridden` marks an amount that the caller stated.
    """

    id: str
    payer: str
    wages_cents: Cents
    amount_cents: Cents
    table: str
    worksheets: tuple[str, ...] = ()
    overridden: bool = False

    @property
    def wages(self) -> Decimal:
        """Dollars of the wages taxed now."""
        return dollars(self.wages_cents)

    @property
    def amount(self) -> Decimal:
        """Dollars of the tax."""
        return dollars(self.amount_cents)


@frozen
class DeductionTaken:
    """A deduction as taken, which may be less than was elected.

    `unpaid_cents` is what pay did not suffice for, and `arrears_cents` what is owed after this
    paycheck: pass it on as `arrears` of the next. One that the request does not have `continues`
    another: it takes what a limit left of that, by the plan's rule.
    """

    kind: str
    amount_cents: Cents
    employer_amount_cents: Cents
    elected_cents: Cents
    worksheets: tuple[str, ...] = ()
    unpaid_cents: Cents = 0
    arrears_cents: Cents = 0
    continues: str = ""

    @property
    def amount(self) -> Decimal:
        """Dollars taken from the employee."""
        return dollars(self.amount_cents)

    @property
    def employer_amount(self) -> Decimal:
        """Dollars that the employer adds."""
        return dollars(self.employer_amount_cents)


@frozen
class Reimbursed:
    """An expense that is paid back with the paycheck, in cents."""

    description: str
    amount_cents: Cents

    @property
    def amount(self) -> Decimal:
        """Dollars that are paid back."""
        return dollars(self.amount_cents)


@frozen
class TaxedBy:
    """A state that taxes wages, why it does, and by which source.

    `resident` says whether the employee lives there. The tax that the state `credited` withholds
    from the same wages reduces the tax of this one.
    """

    state: str
    resident: bool
    reason: str
    source: str = ""
    credited: str = ""


@frozen
class Sourced:
    """Pay of one residence and one place of work, and the states that tax it.

    `places` are the local taxes on it by id, each with the reason.
    """

    residence: tuple[str, ...]
    work: tuple[str, ...]
    gross_cents: Cents
    taxed_by: tuple[TaxedBy, ...]
    places: Mapping[str, str] = field(factory=dict)


@frozen
class ExemptFrom:
    """A tax that the employee or the employer is exempt from, why, and by which source."""

    id: str
    reason: str
    source: str = ""


@frozen
class TablesUsed:
    """The release of asopay, and a digest of the tables that a result used."""

    release: str
    digest: str


@frozen
class Paycheck:
    """One paycheck, with the worksheet behind each figure.

    `imputed_cents` are the earnings that are income and not paid out. `not_computed` names, in
    words, what the law may add in the employee's jurisdictions and asopay does not compute yet.
    `exempt_from` are taxes that were left out, with the reason. `sourcing` says which states and
    places tax which part of the pay, and `work_days` are those of the year by place, as far as they
    were stated. `garnishments` are those of the request's orders, in order, and `insured_in` is the
    state of unemployment insurance.
    """

    pay_date: date
    earnings_cents: tuple[Cents, ...]
    imputed_cents: Cents
    gross_cents: Cents
    net_cents: Cents
    employer_cost_cents: Cents
    taxes: tuple[Tax, ...]
    deductions: tuple[DeductionTaken, ...]
    year_to_date_cents: Mapping[str, Mapping[str, Cents]]
    worksheets: Mapping[str, Worksheet]
    tables: TablesUsed
    not_computed: tuple[str, ...] = ()
    exempt_from: tuple[ExemptFrom, ...] = ()
    sourcing: tuple[Sourced, ...] = ()
    work_days: Mapping[str, int] = field(factory=dict)
    garnishments: tuple[Garnishment, ...] = ()
    reimbursements: tuple[Reimbursed, ...] = ()
    insured_in: str = ""

    @property
    def gross_pay(self) -> Decimal:
        """Dollars of all earnings that are paid."""
        return dollars(self.gross_cents)

    @property
    def imputed_income(self) -> Decimal:
        """Dollars of the earnings that are income and not paid out."""
        return dollars(self.imputed_cents)

    @property
    def net_pay(self) -> Decimal:
        """Dollars paid out: gross pay less all that is withheld, and what is reimbursed."""
        return dollars(self.net_cents)

    @property
    def employer_cost(self) -> Decimal:
        """Dollars of gross pay, the employer's taxes, and what the employer adds to deductions."""
        return dollars(self.employer_cost_cents)

    @property
    def year_to_date(self) -> YearToDate:
        """The request's year to date with this paycheck added: pass it on to the next request."""
        parts = {
            part: {key: dollars(amount) for key, amount in amounts.items()}
            for part, amounts in self.year_to_date_cents.items()
        }
        return YearToDate(**parts, work_days=self.work_days)

    def tax(self, id: str, payer: str = "employee") -> Tax:
        """The tax with the id and payer; `KeyError` if the paycheck has none."""
        for tax in self.taxes:
            if tax.id == id and tax.payer == payer:
                return tax
        raise KeyError(f"there is no {payer} {id}: there is {', '.join(t.id for t in self.taxes)}")
