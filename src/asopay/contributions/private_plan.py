"""A plan of the employer's own in place of a state's programme: what the employee pays to it.

Private, voluntary, self-insured and equivalent plans, by the law of each state. The employee can't
be asked for more than the programme itself would take.
"""

from __future__ import annotations

from typing import Any

from asopay.money import Rate, at_most, share, to_cents
from asopay.tables import Table
from asopay.worksheet import Form, Worksheet, rate_line

PRIVATE_PLAN = Form(
    "Plan of the employer's own",
    result="(contribution)",
    lines={
        "(taxable)": "Wages that the programme would count",
        "(rate)": rate_line("Rate of the employee by the plan"),
        "(of the plan)": "Those wages times the rate",
        "(of the programme)": "What the programme would take from the employee",
        "(contribution)": "Contribution to the plan: the smaller of both",
    },
)


def pay_to_the_plan(of_the_programme: Worksheet, rate: Rate, table: Table[Any]) -> Worksheet:
    """The employee's contribution for one paycheck, in cents."""
    line = Worksheet(PRIVATE_PLAN, table)
    line["(taxable)"] = of_the_programme["(taxable)"]
    line["(rate)"] = rate
    line["(of the plan)"] = to_cents(share(line["(taxable)"], line["(rate)"]))
    line["(of the programme)"] = of_the_programme.result
    line["(contribution)"] = at_most(line["(of the plan)"], line["(of the programme)"])
    return line
