"""JSON documents: a paycheck request in, a result or its errors out.

The documents are the plain form of the classes of `asopay.paycheck`. Amounts are written as strings
of dollars, and equal requests give byte-equal results.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from attrs import Factory, fields, has

from asopay.errors import Fault, InvalidRequest
from asopay.gross_to_net import gross_to_net
from asopay.money import as_text
from asopay.orders import Garnishment
from asopay.paycheck import DeductionTaken, Paycheck, PaycheckRequest, Tax
from asopay.reading import reader_of
from asopay.rulebook import Rulebook
from asopay.worksheet import document_of


def paycheck(document: Any, rulebook: Rulebook | None = None) -> dict[str, Any]:
    """The result document of a paycheck request document.

    Raises `InvalidRequest` with all the faults of the document.
    """
    return result_document(compute(document, rulebook)[1])


def request(document: Any) -> PaycheckRequest:
    """The request that the document states, not yet computed.

    Raises `InvalidRequest` with all fields that can't be read.
    """
    faults: list[Fault] = []
    read: PaycheckRequest = reader_of(PaycheckRequest)(document, "", faults)
    if faults:
        raise InvalidRequest(faults)
    return read


def compute(document: Any, rulebook: Rulebook | None = None) -> tuple[PaycheckRequest, Paycheck]:
    """The request that the document states, and its paycheck.

    Raises `InvalidRequest` with all the faults of the document.
    """
    faults: list[Fault] = []
    request: PaycheckRequest = reader_of(PaycheckRequest)(document, "", faults)
    try:
        result = gross_to_net(request, rulebook)
    except InvalidRequest as error:
        raise InvalidRequest([*faults, *beside(faults, error.faults)]) from None
    if faults:
        raise InvalidRequest(faults)
    return request, result


def beside(faults: list[Fault], others: Iterable[Fault]) -> Iterable[Fault]:
    """The other faults, without those that only follow from a part that could not be read."""
    unread = [fault.path for fault in faults]
    for other in others:
        if not any(_within(other.path, path) or _within(path, other.path) for path in unread):
            yield other


def _within(path: str, whole: str) -> bool:
    """Whether the path is that of the whole, or of a part of it."""
    return not whole or path == whole or path.startswith((f"{whole}.", f"{whole}["))


def parse(text: str | bytes) -> Any:
    """The JSON document in the text.

    Raises `InvalidRequest` if it is not JSON, or if an object has a field twice.
    """
    try:
        return json.loads(text, object_pairs_hook=_without_repetition)
    except (ValueError, RecursionError) as error:
        raise InvalidRequest([Fault("", f"this is not a JSON document: {error}")]) from None


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the field {twice!r} is given twice in one object")
    return values


def request_document(request: PaycheckRequest) -> dict[str, Any]:
    """The document that states a request, without the fields that are left at their defaults.

    >>> from asopay import Earning, Employee
    >>> pay = [Earning("regular", amount="2000.00")]
    >>> request = PaycheckRequest(date(2026, 3, 13), "weekly", Employee(["US-TX"]), pay)
    >>> request_document(request)["earnings"]
    [{'kind': 'regular', 'amount': '2000.00'}]
    """
    document: dict[str, Any] = _plain(request)
    return document


def _plain(value: Any) -> Any:
    if has(type(value)):
        members = ((f.name, getattr(value, f.name), _default(f)) for f in fields(type(value)))
        return {name: _plain(given) for name, given, default in members if given != default}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, date | Decimal) else value


def _default(member: Any) -> Any:
    default = member.default
    return default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]


def errors_document(error: InvalidRequest) -> dict[str, Any]:
    """The document that reports the faults of a request."""
    faults = ({"path": fault.path, "message": fault.message} for fault in error.faults)
    return {"errors": list(faults)}


def result_document(paycheck: Paycheck) -> dict[str, Any]:
    """The plain form of a paycheck."""
    document: dict[str, Any] = {
        "pay_date": paycheck.pay_date.isoformat(),
        "gross_pay": as_text(paycheck.gross_cents),
        **_imputed(paycheck),
        "net_pay": as_text(paycheck.net_cents),
        "employer_cost": as_text(paycheck.employer_cost_cents),
        "taxes": [_tax(tax) for tax in paycheck.taxes],
        "deductions": [_deduction(deduction) for deduction in paycheck.deductions],
        **_garnishments(paycheck),
        "reimbursements": [
            {"description": each.description, "amount": as_text(each.amount_cents)}
            for each in paycheck.reimbursements
        ],
        "year_to_date": _year_to_date(paycheck),
        "worksheets": [document_of(name, sheet) for name, sheet in paycheck.worksheets.items()],
        "tables": {"release": paycheck.tables.release, "digest": paycheck.tables.digest},
        "not_computed": list(paycheck.not_computed),
        **_exempt_from(paycheck),
        **_sourcing(paycheck),
    }
    return document


def _imputed(paycheck: Paycheck) -> dict[str, str]:
    """The income that is not paid out, where there is any."""
    amount = paycheck.imputed_cents
    return {"imputed_income": as_text(amount)} if amount else {}


def _year_to_date(paycheck: Paycheck) -> dict[str, dict[str, Any]]:
    parts: dict[str, dict[str, Any]] = {
        part: {key: as_text(amounts[key]) for key in sorted(amounts)}
        for part, amounts in paycheck.year_to_date_cents.items()
    }
    if not parts["employer_amounts"]:
        del parts["employer_amounts"]
    days = paycheck.work_days
    return {**parts, "work_days": {place: days[place] for place in sorted(days)}} if days else parts


def _sourcing(paycheck: Paycheck) -> dict[str, Any]:
    """Which states and places tax which part of the pay, unless one state alone does."""
    if all(part.residence[0] == part.work[0] and not part.places for part in paycheck.sourcing):
        return {}
    return {
        "sourcing": [
            {
                "residence": list(part.residence),
                "work": list(part.work),
                "gross_pay": as_text(part.gross_cents),
                "taxed_by": [
                    {"state": by.state, "reason": by.reason, "source": by.source}
                    for by in part.taxed_by
                ],
                **({"places": dict(part.places)} if part.places else {}),
            }
            for part in paycheck.sourcing
        ]
    }


def _exempt_from(paycheck: Paycheck) -> dict[str, Any]:
    """The taxes that were left out for a reason, where there are any."""
    if not paycheck.exempt_from:
        return {}
    return {
        "exempt_from": [
            {"id": exempt.id, "reason": exempt.reason, "source": exempt.source}
            for exempt in paycheck.exempt_from
        ]
    }


def _tax(tax: Tax) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "id": tax.id,
        "payer": tax.payer,
        "wages": as_text(tax.wages_cents),
        "amount": as_text(tax.amount_cents),
        "table": tax.table,
        "worksheets": list(tax.worksheets),
    }
    if tax.overridden:
        entry["overridden"] = True
    return entry


def _deduction(deduction: DeductionTaken) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "kind": deduction.kind,
        "amount": as_text(deduction.amount_cents),
        "employer_amount": as_text(deduction.employer_amount_cents),
        "elected_amount": as_text(deduction.elected_cents),
        "worksheets": list(deduction.worksheets),
    }
    if deduction.unpaid_cents:
        entry["unpaid_amount"] = as_text(deduction.unpaid_cents)
    if deduction.arrears_cents:
        entry["arrears"] = as_text(deduction.arrears_cents)
    if deduction.continues:
        entry["continues"] = deduction.continues
    return entry


def _garnishments(paycheck: Paycheck) -> dict[str, Any]:
    """What was taken for orders, where there are any."""
    if not paycheck.garnishments:
        return {}
    return {"garnishments": [_garnishment(entry) for entry in paycheck.garnishments]}


def _garnishment(entry: Garnishment) -> dict[str, Any]:
    document: dict[str, Any] = {"kind": entry.kind}
    if entry.id:
        document["id"] = entry.id
    document["amount"] = as_text(entry.amount_cents)
    document.update({part: as_text(amount) for part, amount in entry.parts_cents.items()})
    document["fee"] = as_text(entry.fee_cents)
    document["limited_by"] = entry.limited_by
    document["source"] = entry.source
    document["taken_to_date"] = as_text(entry.taken_to_date_cents)
    for name in ("balance", "arrears_balance"):
        owed = getattr(entry, f"{name}_cents")
        if owed is not None:
            document[name] = as_text(owed)
    if entry.remit_within_business_days is not None:
        document["remit_within_business_days"] = entry.remit_within_business_days
    document["notes"] = list(entry.notes)
    document["worksheets"] = list(entry.worksheets)
    return document
