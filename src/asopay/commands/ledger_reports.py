"""``asopay ledger``: paychecks in a file, and the returns that follow from them."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from asopay.compliance.form_940 import form_940
from asopay.compliance.form_941 import form_941, schedule_b
from asopay.compliance.form_w2 import WageStatement, form_w3, forms_w2
from asopay.compliance.returns import Return
from asopay.compliance.state_wages import state_wages
from asopay.errors import Fault, InvalidRequest, one_of
from asopay.jurisdictions import STATES
from asopay.ledger import DamagedLedger, Ledger, Quarter, append, load
from asopay.ledger.file import START
from asopay.money import as_text
from asopay.paycheck import PaycheckRequest
from asopay.rulebook import Rulebook
from asopay.statements import explanation, pay_statement, tax_title
from asopay.tables import TaxTables

REPORTS = ("941", "schedule-b", "940", "w2", "w3", "state-wages")


def add(options: argparse.Namespace, rulebook: Rulebook, request: PaycheckRequest) -> Iterator[str]:
    """Computes the paycheck with the ledger's year to date, enters it, and shows it."""
    ledger, digest = read(options.ledger, missing_ok=True)
    paycheck = ledger.pay(request, rulebook)
    yield pay_statement(request, paycheck)
    yield from _append(ledger, digest, options.ledger)


def void(options: argparse.Namespace) -> Iterator[str]:
    """Takes an entry back by its exact negative."""
    ledger, digest = read(options.ledger)
    try:
        ledger.void(options.number, options.memo)
    except ValueError as error:
        raise InvalidRequest([Fault("number", str(error))]) from None
    yield from _append(ledger, digest, options.ledger)


def check(options: argparse.Namespace) -> Iterator[str]:
    """Says whether the file is as it was written."""
    ledger, digest = read(options.ledger, head=options.head)
    yield f"{len(ledger)} entries are as they were written; the last has the digest {digest}\n"


def report(options: argparse.Namespace, tables: TaxTables) -> Iterator[str]:
    """A return or statement, line by line, or the entries behind a line."""
    ledger, _ = read(options.ledger)
    options.ein = _ein(ledger, options.ein)
    yield from _REPORTS[options.report](ledger, options, tables)


def read(file: str, head: str | None = None, *, missing_ok: bool = False) -> tuple[Ledger, str]:
    """The ledger in a file, and the digest of its last line; `InvalidRequest` if it is damaged."""
    path = Path(file)
    if missing_ok and not path.exists():
        return Ledger(), START
    try:
        return load(path.read_text(encoding="utf-8"), head)
    except UnicodeDecodeError:
        raise InvalidRequest([Fault("--ledger", f"{file} is not a text in UTF-8")]) from None
    except OSError as error:
        message = f"{file} can't be read: {error.strerror}"
        raise InvalidRequest([Fault("--ledger", message)]) from None
    except DamagedLedger as error:
        raise InvalidRequest([Fault("--ledger", f"{file}, {error}")]) from None


def _append(ledger: Ledger, digest: str, file: str) -> Iterator[str]:
    line, digest = append(ledger[len(ledger)], digest)
    with Path(file).open("a", encoding="utf-8") as ledger_file:
        ledger_file.write(line)
    yield f"Entry {len(ledger)} of {file}, with the digest {digest}\n"


def _ein(ledger: Ledger, wanted: str | None) -> str:
    """The EIN that is reported on: the one wanted, or the only one in the ledger."""
    known = sorted({entry.ein for entry in ledger})
    if wanted is None and len(known) == 1:
        return known[0]
    if wanted not in known:
        given = "give one" if wanted is None else f"{wanted!r} is not in the ledger"
        raise InvalidRequest([Fault("--ein", f"{given}: there is {one_of(map(repr, known))}")])
    return wanted


# Reports


def _quarter(options: argparse.Namespace) -> Quarter:
    try:
        return Quarter.parse(options.period)
    except ValueError as error:
        raise InvalidRequest([Fault("period", str(error))]) from None


def _year(options: argparse.Namespace) -> int:
    if not (options.period.isdecimal() and len(options.period) == len("2026")):
        message = f"{options.period!r} is not a year such as 2026"
        raise InvalidRequest([Fault("period", message)])
    return int(options.period)


def _form_941(ledger: Ledger, options: argparse.Namespace, tables: TaxTables) -> Iterator[str]:
    yield from _return(form_941(ledger, _quarter(options), options.ein, tables=tables), options)


def _schedule_b(ledger: Ledger, options: argparse.Namespace, tables: TaxTables) -> Iterator[str]:
    filed = form_941(ledger, _quarter(options), options.ein, tables=tables)
    by_day = schedule_b(filed)
    if options.json:
        yield _json({str(day): as_text(amount) for day, amount in by_day.items()})
        return
    for day, amount in by_day.items():
        yield f"{day}  {as_text(amount):>14}\n"
    yield f"{'Total':<10}  {as_text(filed['12']):>14}\n"


def _form_940(ledger: Ledger, options: argparse.Namespace, tables: TaxTables) -> Iterator[str]:
    yield from _return(
        form_940(ledger, _year(options), options.ein, rulebook=Rulebook(tables)), options
    )


def _return(filed: Return, options: argparse.Namespace) -> Iterator[str]:
    if options.line:
        if options.line not in filed.worksheet:
            known = one_of(filed.worksheet)
            raise InvalidRequest([Fault("--line", f"{options.line!r} is not one of {known}")])
        yield from _behind(options.line, filed)
    elif options.json:
        lines = filed.worksheet.explain()
        yield _json([{"line": e.line, "label": e.label, "amount": e.amount} for e in lines])
    else:
        yield explanation(filed.worksheet)


def _behind(line: str, filed: Return) -> Iterator[str]:
    for entry, cents in filed.behind(line):
        yield f"{entry.number:>6}  {entry.pay_date}  {entry.employee:<20} {as_text(cents):>14}\n"
    if line not in filed.accounts:
        yield f"Line {line} follows from other lines.\n"


def _forms_w2(ledger: Ledger, options: argparse.Namespace, tables: TaxTables) -> Iterator[str]:
    statements = forms_w2(ledger, _year(options), options.ein, tables=tables)
    if options.json:
        yield _json([_statement_document(statement) for statement in statements])
        return
    for statement in statements:
        yield f"{statement.employee}, {statement.year}\n"
        for box, cents in statement.boxes.items():
            yield f"  {_box(box):<58}{as_text(cents):>14}\n"
        for number, places in (("15 to 17", statement.states), ("18 to 20", statement.localities)):
            for place in places:
                wages, tax = as_text(place.wages_cents), as_text(place.tax_cents)
                yield f"  {f'Boxes {number}, {place.place}':<44}{wages:>14}{tax:>14}\n"


def _box(box: str) -> str:
    number, _, what = box.partition(" ")
    return f"Box {number}" + (f", {tax_title(what) if '/' in what else what}" if what else "")


def _statement_document(statement: WageStatement) -> dict[str, Any]:
    def places(of: Any) -> list[dict[str, str]]:
        return [
            {"place": p.place, "wages": as_text(p.wages_cents), "tax": as_text(p.tax_cents)}
            for p in of
        ]

    return {
        "employee": statement.employee,
        "year": statement.year,
        "boxes": {box: as_text(cents) for box, cents in statement.boxes.items()},
        "states": places(statement.states),
        "localities": places(statement.localities),
    }


def _form_w3(ledger: Ledger, options: argparse.Namespace, tables: TaxTables) -> Iterator[str]:
    boxes = form_w3(forms_w2(ledger, _year(options), options.ein, tables=tables), tables=tables)
    if options.json:
        yield _json({box: as_text(cents) for box, cents in boxes.items()})
        return
    for box, cents in boxes.items():
        yield f"{_box(box):<60}{as_text(cents):>14}\n"


def _state_wages(ledger: Ledger, options: argparse.Namespace, _: TaxTables) -> Iterator[str]:
    state = options.state.upper()
    if state not in STATES:
        message = f"{options.state!r} is not a state such as US-TX"
        raise InvalidRequest([Fault("--state", message)])
    rows = state_wages(ledger, state, _quarter(options), options.ein)
    if options.json:
        yield _json(
            [
                {
                    "employee": row.employee,
                    "wages": as_text(row.wages_cents),
                    "excess": as_text(row.excess_cents),
                    "taxable": as_text(row.taxable_cents),
                    "contribution": as_text(row.contribution_cents),
                }
                for row in rows
            ]
        )
        return
    yield f"{'Employee':<20}{'Wages':>14}{'Excess':>14}{'Taxable':>14}{'Contribution':>14}\n"
    for row in rows:
        amounts = (row.wages_cents, row.excess_cents, row.taxable_cents, row.contribution_cents)
        yield f"{row.employee:<20}" + "".join(f"{as_text(a):>14}" for a in amounts) + "\n"


def _json(document: Any) -> str:
    return json.dumps(document, indent=2) + "\n"


_REPORTS: dict[str, Callable[[Ledger, argparse.Namespace, TaxTables], Iterator[str]]] = dict(
    zip(
        REPORTS,
        (_form_941, _schedule_b, _form_940, _forms_w2, _form_w3, _state_wages),
        strict=True,
    )
)
