"""EFW2 files, by which Forms W-2 are filed with the Social Security Administration.

Specifications for Filing Forms W-2 Electronically, Publication No. 42-007
(https://www.ssa.gov/employer/). Records RA, RE, RW, RT and RF are written; amounts of boxes that
have no field there, and the records of states, are not, and an amount without a field is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from attrs import frozen

from asopay.compliance.fixed_width import Layout, RecordLayout
from asopay.compliance.form_w2 import WageStatement
from asopay.compliance.people import Address, Business, Person, digits_of_ein, digits_of_ssn
from asopay.errors import InvalidRequest, one_of
from asopay.faults import Faults
from asopay.tables import Days, TaxTables

Figures = Layout
"""The table holds the layout of the file."""

OTHER = ("14", "14a")
"""Boxes for other amounts, which are not filed."""

DEFERRALS = ("12 D", "12 E", "12 F", "12 G", "12 H", "12 AA", "12 BB")
KindOfEmployer = Literal["F", "S", "T", "Y", "N"]
"""Federal, state or local, 501(c), both of these, none of them."""

IN_HOUSE = "98"
REGULAR = "R"
LINE_END = "\r\n"


@frozen
class Submission:
    """Who submits a file: the submitter, the identification at the administration's service."""

    submitter: Business
    user_id: str
    kind_of_employer: KindOfEmployer = "N"


def layout_of(year: int, tables: TaxTables | None = None) -> Layout:
    """The layout of the files of a tax year; `TableError` if no table covers it."""
    tables = tables or TaxTables.from_environment()
    return tables.in_force("US", "efw2", Days.on(date(year, 12, 31))).table(Layout).figures


def efw2(
    submission: Submission,
    employer: Business,
    people: Mapping[str, Person],
    statements: Sequence[WageStatement],
    *,
    tables: TaxTables | None = None,
) -> str:
    """The file with the statements of one employer and year, as text.

    `people` are the employees by id. Raises `InvalidRequest` with all that the administration would
    reject: an employee without a name or number, an amount that no record has a field for, and
    Medicare wages below those of Social Security.
    """
    faults = Faults()
    years = {statement.year for statement in statements}
    if len(years) != 1:
        given = one_of(sorted(years)) or "none"
        faults.add("statements", f"they are of one tax year, not of {given}")
        raise InvalidRequest(faults.found)
    [year] = years
    layout = layout_of(year, tables)
    records = [
        ("RA", "submission", _submitter(submission, faults)),
        ("RE", "employer", _employer(employer, submission, year, faults)),
    ]
    for number, statement in enumerate(statements):
        path = f"statements[{number}]"
        _check(statement, layout["RW"], path, faults)
        records.append(("RW", path, _employee(statement, people, path, faults)))
    sums = _sums([values for code, _, values in records if code == "RW"], layout["RT"])
    count = {"employees": len(statements)}
    records += [("RT", "totals", sums | count), ("RF", "totals", count)]
    lines = [
        layout[code].write(values, layout.length, path, faults) for code, path, values in records
    ]
    if faults.found:
        raise InvalidRequest(faults.found)
    return "".join(line + LINE_END for line in lines)


def _submitter(submission: Submission, faults: Faults) -> dict[str, Any]:
    business = submission.submitter
    return {
        "submitter_ein": digits_of_ein(business.ein, "submission.submitter.ein", faults),
        "user_id": submission.user_id,
        "software_code": IN_HOUSE,
        "company_name": business.name,
        **_address(business.address, "company_"),
        "submitter_name": business.name,
        **_address(business.address, "submitter_"),
        **_contact(business),
    }


def _employer(
    business: Business, submission: Submission, year: int, faults: Faults
) -> dict[str, Any]:
    return {
        "tax_year": year,
        "ein": digits_of_ein(business.ein, "employer.ein", faults),
        "employer_name": business.name,
        **_address(business.address),
        "kind_of_employer": submission.kind_of_employer,
        "employment_code": REGULAR,
        **_contact(business),
    }


def _contact(business: Business) -> dict[str, str]:
    contact = business.contact
    return {
        "contact_name": contact.name,
        "contact_phone": contact.phone,
        "contact_email": contact.email,
    }


def _address(address: Address, prefix: str = "") -> dict[str, str]:
    return {
        f"{prefix}location_address": address.location,
        f"{prefix}delivery_address": address.delivery,
        f"{prefix}city": address.city,
        f"{prefix}state": address.state,
        f"{prefix}zip_code": address.zip_code,
        f"{prefix}zip_extension": address.zip_extension,
    }


def _employee(
    statement: WageStatement, people: Mapping[str, Person], path: str, faults: Faults
) -> dict[str, Any]:
    person = people.get(statement.employee)
    amounts: dict[str, Any] = dict(statement.boxes)
    if person is None:
        faults.add(path, f"{statement.employee!r} is none of the people")
        return amounts
    named = f"people.{statement.employee}"
    for name in ("first_name", "last_name"):
        if not getattr(person, name).strip():
            faults.add(f"{named}.{name}", "it is required")
    amounts |= {
        "ssn": digits_of_ssn(person.ssn, f"{named}.ssn", faults),
        "first_name": person.first_name,
        "middle_name": person.middle_name,
        "last_name": person.last_name,
        "suffix": person.suffix,
        **_address(person.address),
        "retirement_plan": int(any(box in statement.boxes for box in DEFERRALS)),
    }
    return amounts


def _check(statement: WageStatement, record: RecordLayout, path: str, faults: Faults) -> None:
    """What the administration rejects, and what no field of the record could hold."""
    boxes = statement.boxes
    known = {each.name for each in record.fields}
    for box in boxes:
        if box not in known and box.partition(" ")[0] not in OTHER:
            faults.add(f"{path}.boxes.{box}", "the layout has no field for this box")
    insured = boxes.get("3", 0) + boxes.get("7", 0)
    if boxes.get("5", 0) < insured:
        faults.add(f"{path}.boxes.5", "Medicare wages are below those of Social Security and tips")
    for tax, wages in (("4", insured), ("6", boxes.get("5", 0))):
        if boxes.get(tax, 0) and not wages:
            faults.add(f"{path}.boxes.{tax}", "there is a tax, and no wages that it is on")


def _sums(employees: Sequence[Mapping[str, Any]], totals: RecordLayout) -> dict[str, Any]:
    amounts = [each.name for each in totals.fields if each.kind == "money"]
    return {name: sum(values.get(name, 0) for values in employees) for name in amounts}


def read_efw2(
    text: str, year: int, *, tables: TaxTables | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """The records of a file of a tax year: the code of each and its fields, amounts in cents.

    Raises `InvalidRequest` with all that is wrong with it: records of another length or out of
    order, fields that hold no value of theirs, totals that differ from the employees' sums.
    """
    faults = Faults()
    layout = layout_of(year, tables)
    records = layout.read(text.splitlines(), faults)
    codes = [code for code, _ in records]
    employees = [values for code, values in records if code == "RW"]
    if codes != ["RA", "RE", *("RW" for _ in employees), "RT", "RF"]:
        faults.add("", f"the records are not RA, RE, RW for each employee, RT, RF: {one_of(codes)}")
        raise InvalidRequest(faults.found)
    expected = _sums(employees, layout["RT"])
    for name, amount in expected.items():
        if records[-2][1].get(name) != amount:
            faults.add(f"RT.{name}", f"it is not the sum of the employees' records, {amount} cents")
    for code, values in records[-2:]:
        if int(values["employees"]) != len(employees):
            faults.add(f"{code}.employees", f"there are {len(employees)} records of employees")
    if faults.found:
        raise InvalidRequest(faults.found)
    return records
