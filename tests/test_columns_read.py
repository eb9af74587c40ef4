"""How columns are read: whatever holds a payroll, its rows are the same paychecks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from asopay.columns import Payroll, documents
from asopay.columns.certificates import Together
from asopay.columns.facts import Combined
from payrolls import alone, computed_by, rows_of

FLAT: dict[str, Any] = {
    "pay_date": [date(2026, 3, 13)] * 4,
    "pay_frequency": ["biweekly"] * 4,
    "employee.residence[0]": ["US-CA", "US-CA", "US-NY", "US-CA"],
    "earnings[0].kind": ["regular"] * 4,
    "earnings[0].amount": [300_000, 250_000, 150_001, 90_000],
}


def table_with(**columns: Any) -> pa.Table:
    """A payroll of four rows, with columns of its own; two underscores stand for a dot."""
    return pa.table(FLAT | {name.replace("__", "."): value for name, value in columns.items()})


def check(table: pa.Table, few: int = 1) -> Payroll:
    """Every row is the single paycheck of its document; gives the payroll."""
    payroll = Payroll(few=few)
    assert [alone(each) for each in documents(table)] == rows_of(computed_by(payroll, table))
    return payroll


def lists(values: list[Any], given: pa.DataType, unseen: list[bool]) -> pa.Array:
    """A list or map array in which rows that are null have elements all the same."""
    full = pa.array(values, given)
    valid = pa.py_buffer(np.packbits([not each for each in unseen], bitorder="little"))
    return pa.Array.from_buffers(
        given, len(full), [valid, full.buffers()[1]], children=[_inside(full)]
    )


def _inside(array: pa.Array) -> pa.Array:
    if pa.types.is_map(array.type):
        fields = [array.type.key_field, array.type.item_field]
        return pa.StructArray.from_arrays([array.keys, array.items], fields=fields)
    return array.values


@pytest.mark.parametrize(
    "amounts",
    [
        pa.array([Decimal("-5.00"), *[Decimal("900.00")] * 3], pa.decimal128(18, 2)),
        pa.array([Decimal(10) ** 20, *[Decimal("900.00")] * 3], pa.decimal128(38, 2)),
        pa.array([Decimal("1.5"), *[Decimal("900.0")] * 3], pa.decimal128(18, 1)),
        pa.array([10**15, -(10**15), -1, 90_000], pa.int64()),
        pa.array([200, 255, 0, 100], pa.uint8()),
        pa.array([2**64 - 1, 2**63, 100, 100], pa.uint64()),
        pa.array(["900.00", "900.001", "lots", "900.00"]).dictionary_encode(),
    ],
)
def test_amounts_of_any_type(amounts: pa.Array) -> None:
    """Amounts that no column holds, and those below zero, are what they are in a document."""
    check(table_with(**{"earnings[0].amount": amounts}))


def test_numbers_that_are_too_large() -> None:
    """Whole numbers are not taken times ten thousand past what an int64 holds."""
    percents = pa.array([5, 2**62, 10**15, None], pa.int64())
    kinds = ["401k", "401k", "401k", None]

    assert (
        2
        == check(
            table_with(**{"deductions[0].kind": kinds, "deductions[0].percent": percents})
        ).errors
    )


def test_codes_without_a_sign() -> None:
    """Dictionaries may have any indices, and nulls among them."""
    indices = pa.array([0, None, 1, 0], pa.uint8())
    kinds = pa.DictionaryArray.from_arrays(indices, pa.array(["bonus", "regular"]))
    amounts = [1000, None, 5000, 100]

    check(table_with(**{"earnings[1].kind": kinds, "earnings[1].amount": amounts}))


def test_birth_dates_that_are_none() -> None:
    """A text that is no day is the fault of its row alone."""
    table = table_with(employee__birth_date=["1960-01-01", "soon", None, "1990-05-01"])

    assert 1 == check(table).errors


def test_lists_that_are_null() -> None:
    """What a null list or map has beneath is not there."""
    unseen = [False, True, False, True]
    residence = [["US-CA"], ["US-NY"], ["US-NY"], ["US-OR"]]
    federal = {"filing_status": "married"}
    filed = [{"US": federal}, {"US": federal, "US-CA": {"allowances": "2"}}, {}, {"US": federal}]
    to_date = [{"US/medicare": Decimal("5.00")}] * 4
    texts = pa.map_(pa.string(), pa.string())
    table = table_with(
        employee__residence=lists(residence, pa.list_(pa.string()), [False] * 3 + [True]),
        employee__certificates=lists(
            [[(p, [*boxes.items()]) for p, boxes in each.items()] for each in filed],
            pa.map_(pa.string(), texts),
            unseen,
        ),
        year_to_date__wages=lists(
            [[*each.items()] for each in to_date],
            pa.map_(pa.string(), pa.decimal128(18, 2)),
            unseen,
        ),
    ).drop_columns(["employee.residence[0]"])

    assert 1 == check(table).errors


def test_certificates_as_structs_in_a_map() -> None:
    """Boxes may be the fields of a struct, of which a jurisdiction has some."""
    boxes = pa.struct(
        {"filing_status": pa.string(), "allowances": pa.int64(), "dependents": pa.int64()}
    )
    federal = ("US", {"filing_status": "married", "dependents": 200_000})
    filed = [[federal], [federal, ("US-CA", {"allowances": 2})], [("US-NY", {})], None]
    certificates = pa.array(filed, pa.map_(pa.string(), boxes))

    assert not check(table_with(employee__certificates=certificates)).errors


def test_lists_in_lists() -> None:
    """Numbers in lists of lists are found in their rows."""
    share = pa.struct({"work": pa.list_(pa.string()), "days": pa.int64()})
    shares = [[{"work": ["US-CA"], "days": 2}, {"work": ["US-NV"], "days": 3}], None]
    earning = pa.struct({"kind": pa.string(), "amount": pa.int64(), "work_shares": pa.list_(share)})
    earnings = pa.array(
        [
            [{"kind": "regular", "amount": 200_000, "work_shares": each} for each in given]
            for given in (shares, shares[1:], [], shares[1:] * 2)
        ],
        pa.list_(earning),
    )
    table = table_with(earnings=earnings)

    check(table.drop_columns(["earnings[0].kind", "earnings[0].amount"]))


def test_deductions_of_several_lists() -> None:
    """Of rows with some of the same deductions, each has its own amounts."""
    kinds: list[list[str]] = [["hsa", "401k"], ["401k"], ["hsa"], []]
    given: list[list[dict[str, Any]]] = [
        [
            {"kind": kind, "amount": 1000 * n, "percent": None}
            if kind == "hsa"
            else {"kind": kind, "amount": None, "percent": n}
            for kind in each
        ]
        for n, each in enumerate(kinds, 1)
    ]
    deduction = pa.struct({"kind": pa.string(), "amount": pa.int64(), "percent": pa.int64()})
    table = table_with(deductions=pa.array(given, pa.list_(deduction)))
    flat = {
        f"deductions[{n}].{name}": [each[n][name] if n < len(each) else None for each in given]
        for n in (0, 1)
        for name in ("kind", "amount", "percent")
    }

    assert rows_of(computed_by(Payroll(few=1), table)) == rows_of(
        computed_by(Payroll(few=1), table_with(**flat))
    )
    assert not check(table).errors


def test_little_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of structures and certificates has an end, and makes no difference."""
    monkeypatch.setattr("asopay.columns.maker.MOST_KEPT", 1)
    monkeypatch.setattr("asopay.columns.certificates.MOST_KEPT", 1)
    monkeypatch.setattr("asopay.columns.recorded.MOST_KEPT", 1)
    statuses = ["single", "married", None, "head_of_household"]

    check(table_with(employee__certificates__US__filing_status=statuses))


def test_what_is_kept_goes_by_the_types_of_the_columns() -> None:
    """Cents and dollars of an employer's figures are told apart in the next payroll, too."""
    name = "employer__payroll__US-CA/employment_training"
    for payroll in ([100] * 4, ["100"] * 4, [Decimal(100)] * 4):
        check(table_with(**{name: payroll}))


def test_answers_of_several_profiles() -> None:
    """They are read when they are asked for, and as often as may be."""
    read: list[str] = []

    def found(box: str) -> int:
        read.append(box)
        return len(read)

    answers = Together(["exempt", "allowances"], found)

    assert (2, 1, 1) == (len(answers), answers["allowances"], answers["allowances"])
    assert {"exempt": 2, "allowances": 1} == dict(answers)
    assert answers.get("dependents") is None


def test_rows_in_chunks() -> None:
    """The chunks of columns are one window."""
    tables = [table_with(**{"earnings[0].amount": [n, 2 * n, 3 * n, 4 * n]}) for n in (10**5, 7)]

    check(pa.concat_tables(tables))
    assert [] == list(Payroll().compute(table_with().schema.empty_table()))


def test_certificates_of_several_states_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows are told apart by the states of their certificates, a few states at a time."""
    monkeypatch.setattr("asopay.columns.window.MOST_CODES", 1)
    names = [f"employee__certificates__{state}__exempt" for state in ("US-NY", "US-OR", "US-CA")]
    exempt = [None, "true", "true", None], [None, None, "true", "true"], [None, "true", None, None]

    check(table_with(**dict(zip(names, exempt, strict=True))))


def test_without_a_residence() -> None:
    """A payroll may lack the column that every row needs: each row says so."""
    table = table_with(**{"employee.certificates.US-CA.exempt": ["true"] * 4})

    assert 4 == check(table.drop_columns(["employee.residence[0]"])).errors


def test_facts_of_more_combinations_than_a_number_holds() -> None:
    """Combinations are told apart however many there could be."""
    combined = Combined(3)
    for codes in ([0, 1, 2], [0, 0, 1], [5, 4, 5], [5, 4, 4]):
        combined.add(np.array(codes), 2**30)

    assert 3 == combined.squeeze().number
    assert 3 == len(set(combined.codes.tolist()))
