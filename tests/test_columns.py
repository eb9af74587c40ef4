"""Whole payrolls: every row is the single paycheck of its document, to the cent and the letter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asopay.certificates import NO_CERTIFICATE
from asopay.columns import Payroll, documents, paychecks, stream
from asopay.columns.boxes import known_to
from asopay.columns.column import Column, Split, column
from asopay.columns.paths import role
from asopay.columns.recorded import NotRecorded, Programs, Recording, Unrecorded
from asopay.columns.rules import ByFacts, several
from asopay.columns.sample import sample
from asopay.columns.schedules import FURTHEST, schedules
from asopay.columns.shape import check_columns
from asopay.columns.sheets import Merged, Of, Run
from asopay.columns.told import Periods
from asopay.columns.window import open_window
from asopay.errors import InvalidRequest
from asopay.jurisdictions import STATES
from asopay.money import Bracket, Brackets, pick
from asopay.rulebook import standard_rulebook
from asopay.strategies import documents as drawn_documents
from asopay.tables import Days
from asopay.withholding import Pay
from asopay.worksheet import Form, Worksheet
from payrolls import alone, computed_by, rows_of, table_of

VARIED = ("amount", "hours", "percent", "employer_amount")


def changed(found: Any, factor: int) -> Any:
    """The document with other amounts, of the same structure."""
    if isinstance(found, list):
        return [changed(each, factor) for each in found]
    if not isinstance(found, dict):
        return found
    return {
        key: str((Decimal(part) * factor / 10).quantize(Decimal("0.01")))
        if key in VARIED and part is not None
        else changed(part, factor)
        for key, part in found.items()
    }


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_drawn_payrolls_equal_single_paychecks(data: st.DataObject) -> None:
    """Rows that any request may be, each beside others of its structure, are single paychecks."""
    state = data.draw(st.sampled_from(list(STATES)))
    drawn = data.draw(st.lists(drawn_documents(state), min_size=1, max_size=2))
    factors = data.draw(st.lists(st.integers(0, 40), min_size=2, max_size=4))
    requested = [each for one in drawn for each in (one, *(changed(one, f) for f in factors))]
    payroll = Payroll(few=2)

    assert [alone(each) for each in requested] == rows_of(computed_by(payroll, table_of(requested)))


# Payrolls made here


def request(state: str = "US-CA", **changes: Any) -> dict[str, Any]:
    """The document of an ordinary paycheck, with changes."""
    return {
        "pay_date": "2026-03-13",
        "pay_frequency": "biweekly",
        "employee": {"id": "E-1", "residence": [state]},
        "earnings": [{"kind": "regular", "amount": "2000.00"}],
        **changes,
    }


def earning(amount: str, **changes: Any) -> list[dict[str, Any]]:
    """A list of one earning."""
    return [{"kind": "regular", "amount": amount, **changes}]


def computed(requested: list[dict[str, Any]], **options: Any) -> tuple[Payroll, pa.Table]:
    """The payroll of the rows, computed as columns as far as may be, and its results."""
    payroll = Payroll(few=2, **options)
    return payroll, computed_by(payroll, table_of(requested))


def of_amounts(document: dict[str, Any], *amounts: int) -> list[dict[str, Any]]:
    """The document once for each amount of its first earning, in dollars."""
    first, *others = document["earnings"]
    return [
        {**document, "earnings": [{**first, "amount": f"{amount}.00"}, *others]}
        for amount in amounts
    ]


CALIFORNIAN = {"US-CA": {"filing_status": "married", "allowances": 2}}
MANY = (0, 300, 1_500, 4_000, 12_000, 90_000)

ON_COLUMNS = {
    "ordinary": request(),
    "certificates": request(employee={"residence": ["US-CA"], "certificates": CALIFORNIAN}),
    "hours": request(
        earnings=[
            *earning("100.00"),
            {"kind": "overtime", "hours": "4.25", "rate": "31.1234", "multiplier": "1.5"},
            {"kind": "regular", "hours": "80", "rate": "20.00"},
        ]
    ),
    "hours worked": request("US-WA", earnings=earning("1.00", hours_worked="80")),
    "flat bonus": request(
        earnings=[
            *earning("1.00"),
            {"kind": "bonus", "amount": "1500.50", "supplemental_method": "flat"},
        ],
        deductions=[{"kind": "401k", "percent": "10"}],
    ),
    "bonus that is added": request(
        "US-OR", earnings=[*earning("1.00"), {"kind": "bonus", "amount": "1500.00"}]
    ),
    "more than is aggregated": request(
        earnings=[{"kind": "bonus", "amount": "1.00"}, *earning("1000.00")],
        year_to_date={"wages": {"US/aggregated_supplemental_wages": "990000.00"}},
    ),
    "deferrals near the limit": request(
        employee={"residence": ["US-CA"], "birth_date": "1964-05-01", "prior_year_wages": "160000"},
        deductions=[{"kind": "401k", "percent": "15"}, {"kind": "roth_401k", "amount": "10.00"}],
        year_to_date={"deductions": {"401k": "24400.00"}},
    ),
    "daily": request("US-MI", pay_frequency="daily"),
    "a place": request("US-NY", employee={"residence": ["US-NY", "US-NY-YONKERS"]}),
    "boxes of a place": request(
        "US-MI",
        employee={
            "residence": ["US-MI", "US-MI-DETROIT"],
            "certificates": {"US-MI": {"exemptions": 3, "city_exemptions": 2}},
        },
    ),
    "a county on the certificate": request("US-MD"),
    "works in another state": request("US-NJ", earnings=earning("1.00", work=["US-PA"])),
    "works in two states": request(
        "US-VT", earnings=[*earning("1.00"), *earning("800.00", work=["US-NH"])]
    ),
    "the employer's terms": request(
        employer={
            "legal_name": "Example Co",
            "employee_count": 40,
            "unemployment": {"US-CA": {"rate": "0.034"}},
            "methods": {"US-CA/income_tax": "annual"},
        }
    ),
    "exempt": request(
        employee={
            "residence": ["US-CA"],
            "exemptions": {"US-CA/disability_insurance": "religious exemption on file"},
            "certificates": {"US": {"exempt": True}},
        }
    ),
    "53 weeks": request(pay_frequency="weekly", periods_per_year=53),
    "the end of a quarter": request(
        "US-NM", pay_period={"start": "2026-03-22", "end": "2026-04-04"}, pay_date="2026-04-10"
    ),
}

ONE_BY_ONE = {
    "assistance within a limit": request(
        earnings=[*earning("1.00"), {"kind": "educational_assistance", "amount": "3000.00"}]
    ),
    "overrides": request(overrides={"US/income_tax": "12.00"}),
    "garnishments": request(
        garnishments=[
            {"kind": "student_loan", "id": "G-1", "dated": "2026-01-05", "amount": "50.00"}
        ]
    ),
    "arrears": request(deductions=[{"kind": "hsa", "amount": "10.00", "arrears": "5.00"}]),
    "preceding pay": request(
        earnings=[{"kind": "bonus", "amount": "1.00"}],
        preceding_pay={
            "wages": "2000.00",
            "taxes": {"US/income_tax": "100.00", "US-CA/income_tax": "50.00"},
        },
    ),
    "work in shares": request(
        "US-VT",
        earnings=earning(
            "1.00", work_shares=[{"work": ["US-VT"], "days": 3}, {"work": ["US-NH"], "days": 2}]
        ),
    ),
    "below a threshold": request(
        "US-VT", year_to_date={"wages": {"US-NY/below_threshold": "10.00"}}
    ),
    "a threshold for nonresidents": request("US-NJ", earnings=earning("1.00", work=["US-CT"])),
    "work days": request(year_to_date={"work_days": {"US-CA": 3}}),
    "an older form for two": request(
        "US-ND",
        employee={
            "residence": ["US-ND"],
            "certificates": {"US": {"form": "2019", "allowances": 2}},
        },
    ),
}


@pytest.mark.parametrize("what", ON_COLUMNS)
def test_computed_on_columns(what: str) -> None:
    """What columns can do is done on them, and is the same."""
    requested = of_amounts(ON_COLUMNS[what], *MANY, *(amount + 1 for amount in MANY))
    payroll, results = computed([*requested, *requested])

    assert [alone(each) for each in requested] * 2 == rows_of(results)
    assert payroll.one_by_one < len(requested)


@pytest.mark.parametrize("what", ONE_BY_ONE)
def test_computed_one_by_one(what: str) -> None:
    """What columns can't do is done one by one, and is the same."""
    requested = of_amounts(ONE_BY_ONE[what], *MANY)
    payroll, results = computed(requested)

    assert [alone(each) for each in requested] == rows_of(results)
    assert payroll.one_by_one == len(requested)


WRONG = {
    "kind": request(earnings=[{"kind": "salary", "amount": "1.00"}]),
    "state": request("US-XX"),
    "frequency": request(pay_frequency="weekley"),
    "frequency of a publication": request("US-MT", pay_frequency="quarterly"),
    "date": request(pay_date="2019-01-01"),
    "amount and hours": request(earnings=earning("1.00", hours="3")),
    "no amount": request(earnings=[{"kind": "regular"}]),
    "hours": request(earnings=[{"kind": "regular", "hours": "many", "rate": "1.00"}]),
    "too large": request(earnings=earning("90000000.00")),
    "birth date": request(
        employee={"residence": ["US-CA"], "certificates": {"US": {"dependents": "lots"}}}
    ),
    "box": request(employee={"residence": ["US-CA"], "certificates": {"US": {"children": "2"}}}),
    "certificate elsewhere": request(
        employee={"residence": ["US-CA"], "certificates": {"US-NY": {"allowances": 2}}}
    ),
    "year to date": request(year_to_date={"wages": {"US-CA/rain": "1.00", "US/rain": "1.00"}}),
    "too large to date": request(year_to_date={"wages": {"US/medicare": "999999999999.00"}}),
    "deduction": request(deductions=[{"kind": "lunch", "amount": "1.00"}]),
    "deduction twice": request(deductions=[{"kind": "hsa", "amount": "1.00", "percent": "1"}]),
    "account": request(employer={"unemployment": {"US-CA": {}}}),
    "place": request(employee={"residence": ["US-CA", "US-CA-ATLANTIS"]}),
}


def test_wrong_rows() -> None:
    """Wrong rows have the text of the document's error, and the rows among them are computed."""
    requested = [each for wrong in WRONG.values() for each in (wrong, wrong, request())]
    payroll, results = computed(requested)
    expected = [alone(each) for each in requested]

    assert expected == rows_of(results)
    assert payroll.errors == sum(each["error"] is not None for each in expected) == 2 * len(WRONG)
    assert [None] * len(WRONG) == results["error"].to_pylist()[2::3]


def test_a_sampled_payroll_equals_single_paychecks() -> None:
    """Every row of a sampled payroll of the nation is the paycheck of its document."""
    table = pa.Table.from_batches(list(sample(1_200, standard_rulebook())))
    results = paychecks(table, plain=True)

    assert [alone(each) for each in documents(table)] == rows_of(results)
    assert table["employee"].combine_chunks().field("id") == results["employee_id"].combine_chunks()


# Columns


FLAT: dict[str, list[Any]] = {
    "pay_date": [date(2026, 3, 13)] * 3,
    "pay_frequency": ["biweekly"] * 3,
    "employee.id": ["A", "B", None],
    "employee.residence[0]": ["US-CA", "US-TX", "US-NY"],
    "employee.certificates.US.filing_status": ["single", "married", None],
    "employee.certificates.US.multiple_jobs": [True, None, None],
    "employee.certificates.US.dependents": [200_000, None, None],
    "employee.birth_date": [date(1990, 5, 1), None, None],
    "employee.certificates.US-CA.allowances": [2, None, None],
    "earnings[0].kind": ["regular"] * 3,
    "earnings[0].amount": [300_000, 300_000, 150_001],
    "earnings[1].kind": [None, "bonus", None],
    "earnings[1].amount": [None, 50_000, None],
    "deductions[0].kind": ["401k", "401k", None],
    "deductions[0].percent": [6, 7, None],
    "year_to_date.wages.US/social_security": [18_400_000, None, 0],
}

SAME = [
    request(
        employee={
            "residence": ["US-CA"],
            "certificates": {
                "US": {"filing_status": "single", "multiple_jobs": True, "dependents": "2000.00"},
                "US-CA": {"allowances": 2},
            },
        },
        earnings=earning("3000.00"),
        deductions=[{"kind": "401k", "percent": 6}],
        year_to_date={"wages": {"US/social_security": "184000.00"}},
    ),
    request(
        employee={"residence": ["US-TX"], "certificates": {"US": {"filing_status": "married"}}},
        earnings=[*earning("3000.00"), {"kind": "bonus", "amount": "500.00"}],
        deductions=[{"kind": "401k", "percent": 7}],
    ),
    request(
        "US-NY",
        earnings=earning("1500.01"),
        year_to_date={"wages": {"US/social_security": "0"}},
    ),
]


@pytest.mark.parametrize("few", [1, 100])
def test_flat_columns(few: int) -> None:
    """Columns named by their paths say the same; whole numbers in columns of amounts are cents."""
    table = pa.table(FLAT)
    payroll = Payroll(few=few)
    results = computed_by(payroll, table)

    assert [alone(each) for each in SAME] == rows_of(results)
    assert ["A", "B", None] == results["employee_id"].to_pylist()
    assert payroll.one_by_one == (0 if few == 1 else 3)


@pytest.mark.parametrize("few", [1, 100])
def test_columns_of_texts(few: int) -> None:
    """Every column may be texts, as those of CSV are."""
    texts = {
        name: [None if value is None else str(value).lower() for value in values]
        for name, values in FLAT.items()
    }
    for name in ("pay_frequency", "employee.residence[0]", "earnings[0].kind"):
        texts[name] = FLAT[name]
    for name, values in FLAT.items():
        if name.endswith((".amount", "dependents", "US/social_security")):
            texts[name] = [None if v is None else str(Decimal(v) / 100) for v in values]
    arrays = {name: pa.array(values, pa.string()) for name, values in texts.items()}
    table = pa.table({name: array.dictionary_encode() for name, array in arrays.items()})

    assert [alone(each) for each in SAME] == rows_of(computed_by(Payroll(few=few), table))


@pytest.mark.parametrize("few", [1, 100])
def test_columns_of_structs(few: int) -> None:
    """Mappings may be structs, texts dictionaries, a struct or column all null."""
    employee = pa.array(
        [
            {"residence": ["US-CA"], "certificates": {"US": {"dependents": 5}, "US-NY": None}},
            {"residence": ["US-CA"], "certificates": {"US": {"dependents": None}, "US-NY": {}}},
        ],
        pa.struct(
            {
                "residence": pa.large_list(pa.string()),
                "certificates": pa.struct(
                    {
                        "US": pa.struct({"dependents": pa.decimal128(10, 0)}),
                        "US-NY": pa.struct({"allowances": pa.int8()}),
                    }
                ),
            }
        ),
    )
    table = pa.table(
        {
            "pay_date": ["2026-03-13"] * 2,
            "pay_frequency": pa.array(["biweekly"] * 2).dictionary_encode(),
            "employee": employee,
            "earnings": [earning("2000.00")] * 2,
            "overrides": pa.nulls(2),
            "pay_period": pa.array(
                [None, {}], pa.struct({"start": pa.date32(), "end": pa.date32()})
            ),
            "employer.payroll.US-CA/rain": pa.array([None, "1.00"]).dictionary_encode(),
        }
    )
    check_columns(table.schema)
    expected = [
        alone(
            request(employee={"residence": ["US-CA"], "certificates": {"US": {"dependents": "5"}}})
        ),
        alone(request(pay_period={}, employer={"payroll": {"US-CA/rain": "1.00"}})),
    ]

    assert expected == rows_of(computed_by(Payroll(few=few), table))


GOOD = {
    "pay_date": pa.date32(),
    "pay_frequency": pa.string(),
    "employee": pa.struct({"residence": pa.list_(pa.string())}),
    "earnings": pa.list_(pa.struct({"kind": pa.string(), "amount": pa.int64()})),
}

BAD = [
    ({"pay_date": None}, "pay_date: this column is missing: date32 is wanted"),
    (
        {"employee": None},
        "employee: this column is missing: struct<residence: list<string>, …> is wanted",
    ),
    (
        {"earnings": pa.list_(pa.struct({"kind": pa.string(), "amount": pa.float64()}))},
        "earnings[].amount: the type is double, which loses cents: decimal128(18, 2) or int64",
    ),
    (
        {"earnings": pa.list_(pa.struct({"amount": pa.int64()}))},
        "earnings[].kind: this field is missing: string is wanted",
    ),
    (
        {"earnings": pa.list_(pa.struct({"kind": pa.string(), "rate": pa.int64()}))},
        "earnings[].rate: the type is int64: decimal128(18, 4) or string is wanted",
    ),
    ({"earnings": pa.string()}, "earnings: the type is string: list<struct<kind: string, …>>"),
    ({"pay_date": pa.timestamp("s")}, "pay_date: the type is timestamp[s]: date32 is wanted"),
    (
        {"employee": pa.struct({"residence": pa.list_(pa.string()), "name": pa.string()})},
        "employee.name: there is no such field: the fields are residence, ",
    ),
    ({"paydate": pa.date32()}, "paydate: there is no such field: the columns are pay_date, "),
    ({"earnings.kind": pa.string()}, "earnings.kind: there is no such field"),
    ({"pay_date[0]": pa.string()}, "pay_date[0]: there is no such field"),
    ({"": pa.string()}, "there is no such field"),
    (
        {"year_to_date.wages": pa.map_(pa.int32(), pa.int64())},
        "year_to_date.wages: its keys are int32: string is wanted",
    ),
    (
        {"year_to_date.wages": pa.struct({"US/medicare": pa.float32()})},
        "year_to_date.wages.US/medicare: the type is float, which loses cents",
    ),
    ({"year_to_date": pa.bool_()}, "year_to_date: the type is bool: struct<…> is wanted"),
    (
        {"overrides": pa.decimal128(20, 3)},
        "overrides: the type is decimal128(20, 3): map<string, decimal128(18, 2) or int64 (cents)>",
    ),
    (
        {"overrides.US/income_tax": pa.decimal128(20, 3)},
        "the type is decimal128(20, 3): decimal128(18, 2) or int64 (cents) is wanted",
    ),
    ({"employee.certificates.US.dependents": pa.float64()}, "string, bool, int64 or decimal128"),
    ({"employer.arrangement": pa.int8()}, "employer.arrangement: the type is int8: string"),
    ({"periods_per_year": pa.bool_()}, "periods_per_year: the type is bool: int64 is wanted"),
]


@pytest.mark.parametrize(("changes", "expected"), BAD)
def test_bad_columns(changes: dict[str, Any], expected: str) -> None:
    """A bad column is one error at the start, naming the column and the type that is wanted."""
    types = {name: kind for name, kind in (GOOD | changes).items() if kind is not None}
    table = pa.schema(types).empty_table()

    with pytest.raises(InvalidRequest) as caught:
        stream(table)
    assert expected in str(caught.value)
    assert 1 == len(caught.value.faults)


def test_good_columns() -> None:
    """The columns that the table of bad ones starts from are good."""
    check_columns(pa.schema(GOOD))


def test_columns_of_one_name() -> None:
    """Two columns of one name are an error."""
    columns = [*GOOD.items(), ("pay_date", pa.string())]

    with pytest.raises(InvalidRequest, match="pay_date: there are two columns of this name"):
        check_columns(pa.schema(columns))


def test_nulls() -> None:
    """A null where every row needs a value is an error of the table, and one of a stream's row."""
    table = pa.table({**FLAT, "pay_date": [date(2026, 3, 13), None, None]})

    with pytest.raises(InvalidRequest, match="pay_date: row 1 is null: every row needs date32"):
        paychecks(table)
    errors = stream(table).read_all()["error"].to_pylist()
    assert [None, "pay_date: this field is required", "pay_date: this field is required"] == errors


# Streams


def test_a_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches come in any size, results in the rows' order; an empty stream has the columns."""
    monkeypatch.setattr("asopay.columns.WINDOW", 7)
    table = pa.table(FLAT)
    many = pa.concat_tables([table] * 5)
    batches = pa.Table.from_batches(many.to_batches(max_chunksize=2)).to_reader()
    expected = rows_of(paychecks(table)) * 5

    assert expected == rows_of(stream(batches, plain=True).read_all())
    assert expected == rows_of(stream(many.combine_chunks()).read_all())
    assert paychecks(table).schema == stream(table.slice(0, 0)).read_all().schema


# The column


def test_a_column_answers_for_all_its_rows() -> None:
    """Rows that agree have one answer; those that don't are to be computed apart."""
    assert not column([0, 0])
    assert column([1, 2]) > 0
    with pytest.raises(Split) as caught:
        bool(column([0, 2, 3]))
    assert [False, True, True] == caught.value.mask.tolist()


def test_rows_that_differ_too_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows that have to be computed apart again and again go one by one in the end."""
    monkeypatch.setattr("asopay.columns.driver.MOST_SPLITS", 0)
    requested = of_amounts(ON_COLUMNS["flat bonus"], *MANY)
    first = requested[0]["earnings"][0]
    requested[0]["earnings"] = [
        first,
        {**ON_COLUMNS["flat bonus"]["earnings"][1], "amount": "0.00"},
    ]
    payroll, results = computed(requested)

    assert [alone(each) for each in requested] == rows_of(results)
    assert payroll.one_by_one == len(requested)


# Rows that differ in facts


@pytest.mark.parametrize(
    ("where", "certificates"),
    [
        (
            ["US-OR"],
            [{}, {"filing_status": "single"}, {"filing_status": "married", "exempt": True}],
        ),
        (["US-CT"], [{}, {"withholding_code": "A"}, {"withholding_code": "E"}]),
        (["US-MA"], [{}, {"exemptions": 3, "head_of_household": True}, {"blind": 1}]),
        (["US-NY", "US-NY-YONKERS"], [{}, {"filing_status": "married", "allowances": 2}]),
        (["US-MI", "US-MI-DETROIT"], [{}, {"city_exemptions": 2}, {"extra_withholding": "9.00"}]),
        (["US-IA"], [{}, {"allowance_amount": "80.00"}]),
    ],
)
def test_rows_of_one_structure(where: list[str], certificates: list[dict[str, Any]]) -> None:
    """Certificates and pay periods differ within a block: rules are run for each by itself."""
    requested = [
        request(
            pay_frequency=frequency,
            employee={"residence": where, "certificates": {"US": federal, where[0]: filed}},
            earnings=[*earning("1800.00", residence=where[:1]), *earning("2000.00")],
        )
        for frequency in ("weekly", "biweekly", "monthly")
        for federal in ({}, {"filing_status": "married", "dependents": "2000.00"}, {"exempt": True})
        for filed in certificates
    ]
    payroll, results = computed(requested * 2)

    assert [alone(each) for each in requested] * 2 == rows_of(results)
    assert 0 == payroll.one_by_one


def test_rows_with_and_without_a_certificate() -> None:
    """Whether the certificate of the state of residence is filed does not part the rows."""
    requested = [
        request("US-CA", employee={"residence": ["US-CA"], "certificates": certificates})
        for certificates in ({}, {"US-CA": {"filing_status": "married", "allowances": 2}}) * 3
    ]
    payroll, results = computed(requested)

    assert [alone(each) for each in requested] == rows_of(results)
    assert 0 == payroll.one_by_one


def test_taxes_to_date_that_there_are_not() -> None:
    """What is no tax in the year to date is an error of its row, and the others are computed."""
    taxes: list[dict[str, str]] = [{"US-CA/income_tax": "5.00"}, {"US-CA/window_tax": "5.00"}, {}]
    requested = [request(year_to_date={"wages": {}, "taxes": each}) for each in (*taxes, {})]
    payroll, results = computed(requested)

    assert [alone(each) for each in requested] == rows_of(results)
    assert [False, True, False, False] == [
        each is not None for each in results["error"].to_pylist()
    ]
    assert 1 == payroll.one_by_one


def test_a_certificate_where_there_is_none() -> None:
    """A certificate of a state of residence that has none is an error of its row only."""
    employees = [
        {"residence": ["US-TX"], "certificates": certificates}
        for certificates in ({"US-TX": {"allowances": 2}}, {}, {}, {"US-TX": {"allowances": 0}})
    ]
    requested = [request("US-TX", employee=employee) for employee in employees]
    payroll, results = computed(requested)

    assert [alone(each) for each in requested] == rows_of(results)
    assert [True, False, False, True] == [each is not None for each in results["error"].to_pylist()]
    assert 2 == payroll.one_by_one


REGULAR, OVERTIME, HOLIDAY = (
    {"kind": kind, "amount": f"{amount}.00"}
    for kind, amount in {"regular": 2000, "overtime": 300, "holiday": 90}.items()
)
BY_HOURS = {"kind": "regular", "hours": "80", "rate": "25.00"}
HOURS_OF_OVERTIME = {"kind": "overtime", "hours": "5", "rate": "25.00", "multiplier": "1.5"}
BONUS = {"kind": "bonus", "amount": "500.00", "supplemental_method": "flat"}
AWAY = {**OVERTIME, "work": ["US-NV"]}


@pytest.mark.parametrize(
    ("earnings", "structures"),
    [
        ([[REGULAR, OVERTIME, HOLIDAY], [REGULAR], [OVERTIME], [REGULAR, HOLIDAY]], 1),
        ([[BY_HOURS, HOURS_OF_OVERTIME, HOLIDAY], [BY_HOURS], [HOURS_OF_OVERTIME, HOLIDAY]], 1),
        ([[BY_HOURS, OVERTIME], [BY_HOURS], [REGULAR, OVERTIME], [REGULAR]], 3),
        ([[HOLIDAY, OVERTIME], [HOLIDAY], [OVERTIME]], 2),
        ([[REGULAR, BONUS], [REGULAR], [BONUS]], 3),
        ([[REGULAR, OVERTIME, HOLIDAY, BONUS], [REGULAR, BONUS], [OVERTIME, BONUS]], 1),
        ([[HOLIDAY, BONUS], [BONUS]], 2),
        ([[REGULAR, OVERTIME, AWAY], [REGULAR, AWAY]], 2),
        ([[REGULAR, AWAY], [REGULAR], [AWAY]], 3),
        ([[REGULAR, REGULAR], [REGULAR], []], 2),
    ],
)
@pytest.mark.parametrize("state", ["US-OR", "US-WA"])  # taxes by hours of work
def test_rows_that_lack_some_earnings(
    state: str, earnings: list[list[dict[str, Any]]], structures: int
) -> None:
    """Rows with some of the earnings of others, in their order, are computed with them.

    Not so where that would say something else: of hours that are not known, of another place, of
    supplemental wages, or of no pay at all.
    """
    requested = [request(state, earnings=listed) for listed in earnings] * 3
    payroll, results = computed(requested)
    window = open_window(table_of(requested), known_to(standard_rulebook()))

    assert [alone(each) for each in requested] == rows_of(results)
    assert structures == len(list(window.groups()))
    assert 0 == payroll.one_by_one


def test_a_rule_that_decides_by_amounts() -> None:
    """Where a rule asks about amounts and the rows differ, the block is told which do."""
    table = standard_rulebook().rule("US", "income_tax", Days.on(date(2026, 3, 13))).table
    form = Form("By amounts", result="(tax)", lines={"(tax)": "Tax"})

    def rule(pay: Pay, *_: Any) -> Worksheet:
        sheet = Worksheet(form, table)
        sheet["(tax)"] = pay.wages if pay.wages > 150 else pay.wages * 0
        return sheet

    periods = Periods(np.array([0, 1, 1]), [("weekly", 52), ("monthly", 12)])
    by_facts = ByFacts(rule, None, periods, Programs())
    pay = Pay(column([100, 100, 200]), "weekly", column([52, 12, 12]))

    with pytest.raises(Split) as caught:
        by_facts(pay, NO_CERTIFICATE, table)
    assert [False, False, True] == caught.value.mask.tolist()
    with pytest.raises(Split) as caught:
        ByFacts(rule, None, Periods(np.zeros(3, int), [("weekly", 52)]), Programs())(
            pay, NO_CERTIFICATE, table
        )
    assert [False, False, True] == caught.value.mask.tolist()

    def picked(told: Any, *_: Any) -> Worksheet:
        sheet = Worksheet(form, table)
        sheet["(tax)"] = pick(told > 150, told, 0)
        return sheet

    sheet = ByFacts(picked, None, periods, Programs())(column([100, 200]))
    assert isinstance(sheet.result, Column)


def test_what_is_no_step_is_not_recorded() -> None:
    """A rule that decides by amounts, or fills in what is no number, is not recorded."""
    table = standard_rulebook().rule("US", "income_tax", Days.on(date(2026, 3, 13))).table
    form = Form("Steps", result="(tax)", lines={"(tax)": "Tax"})

    def recorded(line: Any) -> Recording | None:
        def run(amount: Any) -> Worksheet:
            sheet = Worksheet(form, table)
            sheet["(tax)"] = line(amount("wages"))
            return sheet

        return Programs().record(run)

    assert recorded(lambda wages: 2 * wages)
    assert recorded(lambda wages: wages if wages > 5 else 0) is None
    assert recorded(lambda wages: f"{wages}") is None
    assert recorded(np.add.reduce) is None
    assert recorded(np.sum) is None


@pytest.mark.parametrize(
    "asked",
    [bool, lambda sheet: "(tax)" in sheet, lambda sheet: sheet["(tax)"]],
)
def test_a_rule_that_reads_another_worksheet_is_not_recorded(asked: Any) -> None:
    """The worksheet of the state's tax is another one in each block."""
    table = standard_rulebook().rule("US", "income_tax", Days.on(date(2026, 3, 13))).table
    like = Worksheet(Form("State", result="(tax)", lines={"(tax)": "Tax"}), table)

    with pytest.raises(NotRecorded):
        asked(Unrecorded(like))


def test_a_rule_without_another_worksheet() -> None:
    """What was recorded without the state's worksheet does not stand for rows that have one."""
    table = standard_rulebook().rule("US", "income_tax", Days.on(date(2026, 3, 13))).table
    form = Form("Share", result="(tax)", lines={"(tax)": "Tax"})
    state = Worksheet(form, table)
    state["(tax)"] = column([300, 500])

    def share(pay: Pay, *_: Any) -> Worksheet:
        sheet = Worksheet(form, table)
        sheet["(tax)"] = pay.state_worksheet.result if pay.state_worksheet else pay.wages * 0
        return sheet

    rule = ByFacts(share, None, Periods(np.zeros(2, int), [("weekly", 52)]), Programs())
    pay = Pay(column([100, 200]), "weekly", 52)

    assert [0, 0] == rule(pay, NO_CERTIFICATE, table).result.tolist()
    pay.state_worksheet = state
    assert [300, 500] == rule(pay, NO_CERTIFICATE, table).result.tolist()


def test_amounts_too_large_to_be_looked_up() -> None:
    """Where several schedules are searched at once, an amount beyond all of them is an error."""
    one, other = Brackets((Bracket(0, 0, 1),)), Brackets((Bracket(0, 0, 1), Bracket(500, 5, 2)))
    both = schedules([one, other, one]).at(np.array([1, 2]))

    assert [1, 0] == (both.locate(np.array([900, 900]), "right") - both.starts).tolist()
    with pytest.raises(OverflowError, match="too large to be looked up"):
        both.locate(np.array([FURTHEST, 1]), "right")


def test_lines_of_programs_whose_product_is_too_large() -> None:
    """A line beside the result says of the block's rows which of them it is too large for."""
    table = standard_rulebook().rule("US", "income_tax", Days.on(date(2026, 3, 13))).table
    form = Form("Square", result="(tax)", lines={"(tax)": "Tax", "(square)": "Square"})

    def run(amount: Any) -> Worksheet:
        sheet = Worksheet(form, table)
        sheet["(tax)"], sheet["(square)"] = amount("wages"), amount("wages") * amount("wages")
        return sheet

    recording = Programs().record(run)
    assert recording
    told = {"wages": column([2, 2**40])}
    sheet = Run(recording.program, told, recording.number, np.array([1, 3]), 4)

    assert [2, 2**40] == sheet.result.tolist()
    assert "(square)" in sheet
    with pytest.raises(Split) as caught:
        sheet["(square)"]
    assert [False, False, False, True] == caught.value.mask.tolist()


def test_parts_of_worksheets() -> None:
    """Parts of a block are read as one worksheet, and some rows of it again as one."""
    table = standard_rulebook().rule("US", "income_tax", Days.on(date(2026, 3, 13))).table
    form = Form("Two lines", result="(tax)", lines={"(tax)": "Tax", "(other)": "Other"})
    sheets = [Worksheet(form, table), Worksheet(form, table)]
    sheets[0].update({"(tax)": column([1, 2])})
    sheets[1].update({"(tax)": 7, "(other)": 8})
    merged = Merged(3, [(np.array([0, 2]), sheets[0]), (np.array([1]), sheets[1])])
    some = Of(merged, np.array([1, 2]))

    assert ([1, 7, 2], [7, 2]) == (merged.result.tolist(), some.result.tolist())
    assert [7, 2] == some.get("(tax)").tolist() == some["(tax)"].tolist()
    assert merged
    assert 5 == some.get("(third)", 5)
    with pytest.raises(TypeError, match="differ in whether they have a line"):
        some.get("(other)")


def test_several_frequencies() -> None:
    """Outside of rules, nothing may be asked of several pay frequencies but if they are daily."""
    assert several() != "daily"
    with pytest.raises(TypeError, match="several pay frequencies"):
        assert several() == "weekly"


def test_products_too_large_for_a_column() -> None:
    """A product that would not fit is told, for the rows that it concerns, in either order."""
    amounts = column([2, 10**12])

    with pytest.raises(Split) as caught:
        amounts * 10**8
    assert [False, True] == caught.value.mask.tolist()
    with pytest.raises(OverflowError):
        10**19 * amounts
    assert [5 * 10**9] * 2 == (column([5 * 10**9, 1]) * column([1, 5 * 10**9])).tolist()
    assert [9 * 10**18, 9] == (column([3 * 10**9, 1]) * column([3 * 10**9, 9])).tolist()


def test_amounts_are_not_changed_in_place() -> None:
    """What stands for an amount elsewhere keeps it."""
    amount = before = column([7, 8])
    amount += 1
    amount -= 2
    amount //= 2

    assert ([7, 8], [3, 3]) == (before.tolist(), amount.tolist())


def test_many_facts(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many combinations of facts there could be, rows are told apart."""
    monkeypatch.setattr("asopay.columns.facts.MOST", 5)
    monkeypatch.setattr("asopay.columns.window.MOST_CODES", 1)
    states = ["US-CA", "US-NY", "US-OR"]
    requested = [
        request(employee={"residence": [state], "certificates": {state: {"allowances": 1}}})
        for state in states * 2
    ]

    assert [alone(each) for each in requested] == rows_of(computed(requested)[1])


# Rows that can't be


def test_odd_rows() -> None:
    """What no column can hold is left to single paychecks: gaps, sums too large, keys twice."""
    first = request(earnings=[*earning("6000000.00"), *earning("6000000.00")])
    table = table_of([{**first, "pay_frequency": "annual"}] * 2)

    assert [alone({**first, "pay_frequency": "annual"})] * 2 == rows_of(
        computed_by(Payroll(few=2), table)
    )


def test_a_deduction_without_a_kind() -> None:
    """Of flat columns the kind of a deduction may be missing in a row."""
    table = pa.table({**FLAT, "deductions[0].kind": [None, "401k", None]})
    expected = [{"error": "deductions[0].kind: this field is required"}]
    rows = rows_of(computed_by(Payroll(few=1), table))

    assert expected == rows[:1]
    assert [alone(each) for each in SAME[1:]] == rows[1:]
    no_kind = table.drop_columns(["deductions[0].kind"])
    assert 2 == computed_by(Payroll(few=1), no_kind)["error"].to_pylist().count(
        expected[0]["error"]
    )


def test_keys_twice() -> None:
    """Of a key that a map has twice, the last value counts."""
    twice = [("US", [("dependents", "1.00")]), ("US", [("dependents", "2000.00"), ("exempt", "x")])]
    wages = [("US/social_security", Decimal("1.00")), ("US/social_security", Decimal("184500.00"))]
    table = table_of([request()] * 2)
    employee = [{"residence": ["US-CA"], "certificates": each} for each in (twice, None)]
    schema = table.schema
    table = table.set_column(2, schema.field(2), pa.array(employee, schema.field(2).type))
    index = schema.get_field_index("year_to_date")
    to_date = pa.array([{"wages": wages}] * 2, schema.field(index).type)
    table = table.set_column(index, schema.field(index), to_date)
    filed = {"US": {"dependents": "2000.00", "exempt": "x"}}
    paid = {"wages": {"US/social_security": "184500.00"}}
    requested = [
        request(employee={"residence": ["US-CA"], "certificates": filed}, year_to_date=paid),
        request(year_to_date=paid),
    ]

    assert [alone(each) for each in requested] == rows_of(computed_by(Payroll(few=1), table))


def test_fields_that_are_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A field that columns know nothing of sends its rows one by one."""
    monkeypatch.setattr("asopay.columns.leaves.role", lambda _: "unknown")
    monkeypatch.setattr(
        "asopay.columns.window.role", lambda path: "unknown" if "" in path else role(path)
    )
    requested = [request(employer={"unemployment": {"US-CA": {"rate": "0.034"}}})] * 2
    payroll, results = computed(requested)

    assert [alone(each) for each in requested] == rows_of(results)
    assert 2 == payroll.one_by_one
