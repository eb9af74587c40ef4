"""``asopay calendar``: what an employer has to do by when."""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime

from asopay.compliance.due_dates import Filer, calendar
from asopay.errors import Fault, InvalidRequest
from asopay.tables import TaxTables


def compliance_calendar(options: argparse.Namespace, tables: TaxTables) -> str:
    """The calendar as text, as a JSON document or as an iCalendar file."""
    employer = Filer(
        schedule=options.schedule,
        states=[state.upper() for state in options.state],
        employee_count=options.employees,
        paydays=options.payday,
        traits=options.traits,
    )
    try:
        found = calendar(options.year, employer, tables)
    except ValueError as error:
        raise InvalidRequest([Fault("", str(error))]) from None
    if options.ics:
        return found.as_icalendar(datetime(options.year, 1, 1, tzinfo=UTC)).decode()
    if options.json:
        dates = [
            {"day": str(due.day), "what": due.what, "period": due.period, "source": due.source}
            for due in found.dates
        ]
        document = {"year": found.year, "dates": dates, "not_known": list(found.not_known)}
        return json.dumps(document, indent=2) + "\n"
    return found.as_text()
