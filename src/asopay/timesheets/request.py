"""A timesheet: what was worked in a pay period, and how it is paid.

Amounts are dollars, rates dollars an hour with at most four decimals. Records of the workweek in
which the period begins are complete, also those before the period: its overtime needs them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from attrs import field, frozen

from asopay.paycheck import Dollars, WorkedPeriod
from asopay.timekeeping import Activity, Punch

Number = Decimal | int | str


@frozen
class DayTotal:
    """The hours of one day at one job: with at most two decimals, or as ``7:20``."""

    day: date
    hours: Number
    job: str = ""
    work: Sequence[str] = ()
    activity: Activity = "work"


@frozen
class Job:
    """A job's hourly rate, what a shift adds to it, and the tip credit taken for an hour of it."""

    rate: Dollars
    differential: Dollars = 0
    tip_credit: Dollars = 0


@frozen
class Salary:
    """A salary of a pay period, and the hours of a workweek that it is for.

    A `fluctuating` one is for all hours that are worked, whatever their number; an `exempt` one
    frees from overtime.
    """

    amount: Dollars
    hours: Number | None = None
    fluctuating: bool = False
    exempt: bool = False


@frozen
class OtherPay:
    """Pay beside hours: a kind of earning, its amount, and the days in which it was earned.

    It counts for the regular rate unless `excluded`, as a discretionary bonus or a gift is. A
    `flat_sum` bonus does not grow with production. An amount for several workweeks is divided
    among them equally. One that was `paid_before`, with the period in which a workweek began, is
    not paid again and counts for the overtime of that week.
    """

    kind: str
    amount: Dollars
    earned_from: date
    earned_to: date | None = None
    excluded: bool = False
    flat_sum: bool = False
    paid_before: bool = False


@frozen
class LeaveTaken:
    """Paid time off, which is no time worked: its kind of earning, hours, and the hourly rate."""

    kind: str
    hours: Number
    rate: Dollars


@frozen
class TimeClock:
    """How punches are read: minutes, and the hours after which a meal is deducted automatically.

    A break below `unpaid_break_minutes` is paid; left out, below 30. No meal is deducted from a
    shift that began on one of the days `worked_through`.
    """

    rounding: Literal["none", "five_minutes", "tenth_hour", "quarter_hour"] = "none"
    unpaid_break_minutes: int | None = None
    automatic_meal_minutes: int = 0
    automatic_meal_after_hours: int = 6
    worked_through: Sequence[date] = ()


@frozen
class AlternativeWorkweek:
    """An agreed schedule of longer days: hours of a day, and its weekdays, such as ``monday``."""

    hours: int
    days: Sequence[str]


@frozen
class WorkPeriod:
    """A work period of section 7(j) or 7(k): its first day, and its days (14 in a hospital)."""

    kind: Literal["hospital", "fire", "law enforcement"]
    begins: date
    days: int = 14


@frozen
class RetailCommissions:
    """Commissions and all pay of the representative period of section 7(i)."""

    commissions: Dollars
    total: Dollars


@frozen
class Timesheet:
    """All that the gross pay of a pay period is computed from.

    `work` is the place where the work is done unless a record says otherwise, the state first.
    Punches need a `time_zone`; days may be stated by their totals instead. Work without the name of
    a job is paid the `rate`. `minimum_wage_places` are places with a minimum wage of their own, and
    `industry` is one with overtime rules of its own, such as ``manufacturing`` in Oregon.
    With ``rate_in_effect``, overtime is paid at the rate of the job that is then worked, by an
    agreement under section 7(g)(2).
    """

    pay_period: WorkedPeriod
    work: Sequence[str]
    time_zone: str = ""
    punches: Sequence[Punch] = ()
    days: Sequence[DayTotal] = ()
    rate: Dollars | None = None
    jobs: Mapping[str, Job] = field(factory=dict)
    salary: Salary | None = None
    pay_frequency: str = ""
    other_pay: Sequence[OtherPay] = ()
    leave: Sequence[LeaveTaken] = ()
    workweek_begins: str = "sunday"
    workday_begins: str = "00:00"
    clock: TimeClock = field(factory=TimeClock)
    alternative_workweek: AlternativeWorkweek | None = None
    work_period: WorkPeriod | None = None
    retail_commissions: RetailCommissions | None = None
    overtime_rate: Literal["regular_rate", "rate_in_effect"] = "regular_rate"
    rounding: Literal["exact", "dol_cent"] = "exact"
    minimum_wage_places: Sequence[str] = ()
    industry: str = ""
