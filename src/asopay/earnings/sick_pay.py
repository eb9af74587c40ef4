"""Sick pay: which part of it is wages, and until when it bears Social Security, Medicare and FUTA.

26 U.S.C. 104(a)(3), 105(a), 3121(a)(4) and 3306(b)(4); Publication 15-A, section 6
(https://www.irs.gov/pub/irs-pdf/p15a.pdf). Sick pay is what a plan pays for an absence because of
sickness or injury: also disability benefits, not workers' compensation or disability retirement.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from attrs import evolve, frozen

from asopay.earnings.reading import PaidEarning
from asopay.errors import one_of
from asopay.faults import Faults
from asopay.money import ONE, Cents, Rate, percent, share, to_cents
from asopay.paycheck import Earning
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, count, rate_line

MONTHS_OF_YEAR = 12


@frozen
class BecomesKind:
    """The kind of earning that sick pay is `later`, and that of its part that is `untaxed`."""

    later: str
    untaxed: str


@frozen
class Figures:
    """The `months` after the last month of work in which sick pay bears the taxes; its kinds."""

    months: int
    kinds: dict[str, BecomesKind]


SICK_PAY = Form(
    "Sick pay: what of it is wages",
    result="(taxable)",
    lines={
        "(sick pay)": "Sick pay of this payment",
        "(share)": rate_line("Share bought by premiums of the employer, or paid before tax"),
        "(taxable)": "Sick pay that is income",
        "(not taxable)": "Sick pay bought by premiums paid after tax, which is not income",
        "(taxed through)": count("Last day of Social Security, Medicare and FUTA"),
        "(FICA wages)": "Sick pay that bears Social Security, Medicare and FUTA",
    },
)


def taxed_through(last_day_worked: date, months: int) -> date:
    """The last day of the calendar months after the one in which the employee last worked.

    The first example of Publication 15-A, and the second, where a day of work begins them anew:

    >>> taxed_through(date(2019, 12, 11), months=6), taxed_through(date(2020, 2, 11), months=6)
    (datetime.date(2020, 6, 30), datetime.date(2020, 8, 31))
    """
    following = last_day_worked.year * MONTHS_OF_YEAR + last_day_worked.month + months
    year, month = divmod(following, MONTHS_OF_YEAR)
    return date(year, month + 1, 1) - timedelta(1)


def sick_pay(
    amount: Cents, taxed: Rate, last_day_worked: date, pay_date: date, table: Table[Figures]
) -> Worksheet:
    """The taxable part of a payment in cents, and what of it bears Social Security and Medicare.

    `taxed` is the share that the employer's premiums bought.

    >>> from asopay.rulebook import standard_rulebook
    >>> table = standard_rulebook().newest("US", "sick_pay").table
    >>> line = sick_pay(80_000, percent(70), date(2026, 3, 6), date(2026, 10, 2), table)
    >>> line["(taxable)"], line["(not taxable)"], line["(FICA wages)"]
    (56000, 24000, 0)
    """
    line = Worksheet(SICK_PAY, table)
    line["(sick pay)"] = amount
    line["(share)"] = taxed
    line["(taxable)"] = to_cents(share(line["(sick pay)"], line["(share)"]))
    line["(not taxable)"] = line["(sick pay)"] - line["(taxable)"]
    line["(taxed through)"] = taxed_through(last_day_worked, table.figures.months)
    within = pay_date <= line["(taxed through)"]
    line["(FICA wages)"] = line["(taxable)"] if within else 0
    return line


def is_sick_pay(earning: Earning, table: Table[Figures] | None) -> bool:
    """Whether the earning is sick pay by its kind, or says what only sick pay has."""
    if earning.last_day_worked is not None or earning.taxable_percent is not None:
        return True
    return table is not None and earning.kind in table.figures.kinds


def read_sick_pay(
    earning: Earning,
    paid: PaidEarning,
    table: Table[Figures] | None,
    *,
    pay_date: date,
    path: str,
    faults: Faults,
) -> tuple[list[PaidEarning], Worksheet | None]:
    """The earning in parts by how they are taxed, each of its own kind, and the worksheet."""
    kinds = table.figures.kinds if table else {}
    if table is None or paid.kind not in kinds:
        for name in ("last_day_worked", "taxable_percent"):
            if getattr(earning, name) is not None:
                accepted = f"it is for sick pay, of the kinds {one_of(kinds)}"
                faults.add(f"{path}.{name}", f"{earning.kind} is not sick pay: {accepted}")
        return [paid], None
    taxed = ONE
    if earning.taxable_percent is not None:
        stated = earning.taxable_percent
        taxed = faults.attempt(f"{path}.taxable_percent", percent, stated) or 0
    worked = _last_day_worked(earning, pay_date, path, faults)
    if worked is None:
        return [paid], None
    line = sick_pay(paid.amount, taxed, worked, pay_date, table)
    return _parts(paid, line, kinds[paid.kind]), line


def _last_day_worked(earning: Earning, pay_date: date, path: str, faults: Faults) -> date | None:
    worked: Any = earning.last_day_worked
    if worked is None:
        why = "Social Security, Medicare and FUTA go by it"
        faults.add(f"{path}.last_day_worked", f"{earning.kind} needs the last day of work: {why}")
    elif type(worked) is not date:
        faults.add(f"{path}.last_day_worked", f"{worked!r} is not a date")
    elif worked > pay_date:
        faults.add(f"{path}.last_day_worked", f"{worked} is after the pay date, {pay_date}")
    else:
        return worked
    return None


def _parts(paid: PaidEarning, line: Worksheet, becomes: BecomesKind) -> list[PaidEarning]:
    """The taxable part, and the one that is not, if there is one."""
    kind = paid.kind if line["(FICA wages)"] else becomes.later
    taxable = evolve(paid, amount=line["(taxable)"], kind=kind)
    if not line["(not taxable)"]:
        return [taxable]
    untaxed = evolve(
        paid, amount=line["(not taxable)"], kind=becomes.untaxed, supplemental=False, bonus=False
    )
    return [taxable, untaxed]
