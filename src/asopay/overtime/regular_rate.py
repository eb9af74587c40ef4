"""The regular rate of a workweek, and the premium for its overtime: 29 CFR 778.107 to 778.122.

All remuneration for the week but what 29 U.S.C. 207(e) excludes, divided by the hours worked. What
was earned is paid for all hours; the premium comes on top: half the regular rate for an hour at
time and a half. An amount is rounded once, at the end, unless another rounding is chosen.

`Rounding` names the choices. The printed examples of the Labor Department round the regular rate
to the cent and then half of it to the cent (`dol_cent`: Fact Sheet 56C); some of them pay also the
straight time at the rounded rate (`dol_cent_all_hours`: Fact Sheet 54).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from attrs import frozen

from asopay.money import ONE, Cents, Rate, to_cents, unrounded
from asopay.overtime.rules import Figures
from asopay.tables import Table
from asopay.timekeeping.units import HOUR
from asopay.worksheet import Form, Worksheet, count, unrounded_line

Rounding = Literal["exact", "dol_cent", "dol_cent_all_hours"]

ROUNDINGS = ("exact", "dol_cent", "dol_cent_all_hours")

OVERTIME_PREMIUM = Form(
    "Regular rate and overtime premium of a workweek",
    result="(premium)",
    lines={
        "(hours)": count("Hours worked"),
        "(straight time)": unrounded_line("Pay for the hours at their rates, before any premium"),
        "(other)": "Other remuneration that counts for the regular rate",
        "(total)": unrounded_line("Remuneration for the workweek"),
        "(regular rate)": unrounded_line("Regular rate of an hour"),
        "(overtime hours)": count("Overtime hours"),
        "(flat sum)": "Flat-sum bonus, which is divided by the hours that are not overtime",
        "(on flat sum)": "Overtime on the flat-sum bonus",
        "(premium)": "Premium for the overtime hours, on top of the straight time",
    },
)


PREMIUM_IN_EFFECT = Form(
    "Overtime premium at the rates in effect",
    result="(premium)",
    lines={
        "(overtime hours)": count("Overtime hours"),
        "(at their rates)": unrounded_line("Pay for them at the rates of the jobs then worked"),
        "(premium)": "Premium for them, on top of that pay",
    },
)


@frozen
class WeekPay:
    """What a workweek is paid for, before any premium.

    `seconds` are the hours worked, `straight` their pay in hundred-millionths of a cent, `other`
    remuneration that counts too. `premium_hours` are the overtime hours by multiplier. The
    `regular_rate` of a salary alone may be given by the hours that it is for, also in
    hundred-millionths of a cent.
    """

    seconds: int
    straight: Fraction
    other: Cents
    premium_hours: Sequence[tuple[int, Rate]]
    flat_sum: Cents = 0
    regular_rate: Fraction | None = None


def hours_text(seconds: int) -> str:
    """Hours as text, with at most four decimals, rounded.

    >>> hours_text(148_500), hours_text(1_200)
    ('41.25', '0.3333')
    """
    parts = to_cents(seconds * 10_000 * ONE, divided_by=HOUR)
    return f"{parts // 10_000}.{parts % 10_000:04d}".rstrip("0").rstrip(".")


def rounded_cents(amount: Fraction) -> Cents:
    """Whole cents of an exact amount in hundred-millionths of a cent, half a cent up.

    >>> rounded_cents(Fraction(100_000_000, 2))
    1
    """
    return to_cents(amount.numerator, divided_by=amount.denominator)


def pay_of(seconds: int, hourly: int) -> Fraction:
    """Pay in hundred-millionths of a cent for time at a rate in ten-thousandths of a dollar.

    >>> rounded_cents(pay_of(1800, 125_000))
    625
    """
    return Fraction(seconds * hourly * (ONE // 100), HOUR)


def overtime_premium(
    week: WeekPay, table: Table[Figures], rounding: Rounding = "exact"
) -> Worksheet:
    """The premium of the workweek in cents, by the law of the table.

    A flat-sum bonus counts with the rest, unless the law divides it by the other hours: then each
    overtime hour earns it at the full multiplier (Alvarado v. Dart Container Corp., California).

    >>> from datetime import date
    >>> from asopay.overtime.law import standard_law
    >>> table = standard_law().table("US", "wage_and_hour", date(2026, 3, 2))
    >>> overtime = [(6 * HOUR, ONE + ONE // 2)]
    >>> week = WeekPay(46 * HOUR, pay_of(46 * HOUR, 120_000), 4_600, overtime)
    >>> overtime_premium(week, table).result  # 29 CFR 778.110(b)
    3900
    """
    line = Worksheet(OVERTIME_PREMIUM, table)
    apart = week.flat_sum if table.figures.flat_bonus_by_other_hours else 0
    line["(hours)"] = hours_text(week.seconds)
    line["(straight time)"] = week.straight
    line["(other)"] = week.other + week.flat_sum - apart
    line["(total)"] = line["(straight time)"] + unrounded(line["(other)"])
    line["(regular rate)"] = _rate(line["(total)"], week, rounding)
    overtime = sum(seconds for seconds, _ in week.premium_hours)
    line["(overtime hours)"] = hours_text(overtime)
    premium = Fraction(0)
    for seconds, multiplier in week.premium_hours:
        premium += Fraction(seconds, HOUR) * _part(line["(regular rate)"], multiplier, rounding)
    if apart and week.premium_hours:
        line["(flat sum)"] = apart
        parts = sum(seconds * multiplier for seconds, multiplier in week.premium_hours)
        line["(on flat sum)"] = to_cents(apart * parts, divided_by=week.seconds - overtime or 1)
    line["(premium)"] = rounded_cents(premium) + line.get("(on flat sum)", 0)
    return line


def _rate(total: Fraction, week: WeekPay, rounding: Rounding) -> Fraction:
    found = Fraction(0)
    if week.regular_rate is not None:
        found, total = week.regular_rate, total - week.straight
    if week.seconds:
        found += Fraction(total * HOUR, week.seconds)
    if rounding == "exact":
        return found
    return Fraction(unrounded(rounded_cents(found)))


def _part(regular_rate: Fraction, multiplier: Rate, rounding: Rounding) -> Fraction:
    """The part of the regular rate that an hour earns on top."""
    part = regular_rate * Fraction(multiplier - ONE, ONE)
    return part if rounding == "exact" else Fraction(unrounded(rounded_cents(part)))


def premium_in_effect(
    overtime: Sequence[tuple[int, int, Rate]], table: Table[Figures]
) -> Worksheet:
    """The premium at the rates in effect: 29 U.S.C. 207(g)(2), 29 CFR 778.419, in cents.

    Overtime is seconds, the hourly rate of the job in ten-thousandths of a dollar, and multiplier.

    >>> from datetime import date
    >>> from asopay.overtime.law import standard_law
    >>> table = standard_law().table("US", "wage_and_hour", date(2026, 3, 2))
    >>> premium_in_effect([(10 * HOUR, 180_000, ONE + ONE // 2)], table).result
    9000
    """
    line = Worksheet(PREMIUM_IN_EFFECT, table)
    line["(overtime hours)"] = hours_text(sum(seconds for seconds, _, _ in overtime))
    line["(at their rates)"] = Fraction(0)
    premium = Fraction(0)
    for seconds, hourly, multiplier in overtime:
        pay = pay_of(seconds, hourly)
        line["(at their rates)"] += pay
        premium += pay * Fraction(multiplier - ONE, ONE)
    line["(premium)"] = rounded_cents(premium)
    return line


def straight_at_regular_rate(week: WeekPay, sheet: Worksheet) -> Cents:
    """Pay for all hours at the regular rate of the worksheet, as `dol_cent_all_hours` has it.

    >>> from datetime import date
    >>> from asopay.overtime.law import standard_law
    >>> table = standard_law().table("US", "wage_and_hour", date(2026, 3, 2))
    >>> week = WeekPay(56 * HOUR, pay_of(56 * HOUR, 120_000), 5_000, [(16 * HOUR, ONE + ONE // 2)])
    >>> sheet = overtime_premium(week, table, "dol_cent_all_hours")
    >>> straight_at_regular_rate(week, sheet) + sheet.result  # Fact Sheet 54
    82504
    """
    return rounded_cents(Fraction(week.seconds, HOUR) * sheet["(regular rate)"])


def bonus_overtime(
    bonus: Cents, weeks: Sequence[tuple[int, int]], rounding: Rounding = "exact"
) -> Cents:
    """The overtime that a bonus for several weeks adds, in cents: 29 CFR 778.209.

    Each week is its seconds worked and those of overtime at time and a half. The bonus is allocated
    to the weeks in equal parts, and raises the regular rate of each.

    >>> week = (50 * HOUR, 10 * HOUR)  # Fact Sheet 54: 2,000 dollars for 26 weeks
    >>> bonus_overtime(200_000, [week] * 26, "dol_cent")
    20020
    """
    total = Fraction(0)
    for seconds, overtime in weeks:
        share = Fraction(unrounded(bonus), len(weeks))
        if rounding != "exact":
            share = Fraction(unrounded(rounded_cents(share)))
        raised = share * HOUR / seconds if seconds else Fraction(0)
        if rounding != "exact":
            raised = Fraction(unrounded(rounded_cents(raised)))
        half = _part(raised, ONE + ONE // 2, rounding)
        total += half * Fraction(overtime, HOUR)
    return rounded_cents(total)
