"""A payroll to try and to measure with: invented people, but of the shape that payrolls have.

States come by about their share of employment (``sample.csv``), wages from a distribution with a
long tail, certificates with the boxes of each state's form, deductions, and a year to date. The
shares are rough and from no single statistic: they are for trying, not for concluding from.
Equal numbers and seeds give equal payrolls.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from attrs import define, field, frozen

from asopay.certificates import CertificateForm
from asopay.columns.builders import MONEY, money
from asopay.columns.column import Mask, Rows
from asopay.errors import Fault, InvalidRequest, TableError, one_of
from asopay.frequencies import FREQUENCIES
from asopay.in_force import InForce
from asopay.rulebook import Rulebook
from asopay.tables import Days

PAY_DATE = date(2026, 6, 12)

ROWS = 262_144
"""Rows that are drawn at a time."""

WORDS = pa.dictionary(pa.int32(), pa.string())

_FREQUENCIES = {"weekly": 0.27, "biweekly": 0.43, "semimonthly": 0.20, "monthly": 0.10}
_STATUSES = {"single": 0.50, "married": 0.38, "head_of_household": 0.12}
_LIVES_IN_PLACE = 0.4
_FILED_IN_STATE = 0.7
_DEPENDENTS = ("500", "2000", "2500", "4000", "6000")
_MOST_A_YEAR = 3_000_000
_PREMIUMS = (0, 0, 90_000, 160_000, 240_000, 420_000)
"""Of a year, in cents."""

SCHEMA = pa.schema(
    {
        "pay_date": pa.date32(),
        "pay_frequency": WORDS,
        "employee": pa.struct(
            {
                "id": pa.string(),
                "birth_date": pa.date32(),
                "residence": pa.list_(WORDS),
                "certificates": pa.map_(WORDS, pa.map_(WORDS, WORDS)),
            }
        ),
        "employer": pa.struct(
            {"unemployment": pa.map_(WORDS, pa.struct({"rate": WORDS}))},
        ),
        "earnings": pa.list_(
            pa.struct({"kind": WORDS, "amount": MONEY, "supplemental_method": WORDS})
        ),
        "deductions": pa.list_(
            pa.struct(
                {
                    "kind": WORDS,
                    "amount": MONEY,
                    "percent": pa.decimal128(7, 4),
                    "employer_amount": MONEY,
                }
            )
        ),
        "year_to_date": pa.struct(
            {
                "wages": pa.map_(WORDS, MONEY),
                "taxes": pa.map_(WORDS, MONEY),
                "deductions": pa.map_(WORDS, MONEY),
            }
        ),
    }
)
"""The columns of a sampled payroll."""


@frozen
class _State:
    """A state, with the places in it where some of its people live."""

    code: str
    weight: float
    places: tuple[str, ...]
    law: InForce

    @property
    def form(self) -> CertificateForm | None:
        figures = self.law.certificates.get(self.code)
        return figures.form[0] if figures else None

    @property
    def to_date(self) -> list[str]:
        """The taxes whose wages to date count, income taxes not among them."""
        taxes = self.law.taxes.values()
        return [t.id for t in taxes if t.payers and t.wages_of == t.id and not t.is_local]


def sample(
    count: int,
    rulebook: Rulebook,
    *,
    pay_date: date = PAY_DATE,
    state: str | None = None,
    seed: int = 1,
) -> Iterator[pa.RecordBatch]:
    """The payroll of so many people, of one state or of all of them, in batches.

    Raises `InvalidRequest` for a state or a day without tables, before the first batch.
    """
    drawn = _Drawn(_states(rulebook, pay_date, state), pay_date)
    return (
        drawn.batch(min(ROWS, count - start), start, np.random.default_rng([seed, number]))
        for number, start in enumerate(range(0, count, ROWS))
    )


def _states(rulebook: Rulebook, pay_date: date, only: str | None) -> list[_State]:
    path = Path(__file__).with_name("sample.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = [row["state"] for row in rows]
    if only is not None and only not in known:
        raise InvalidRequest([Fault("--state", f"{only!r} is not one of {one_of(known)}")])
    found = []
    for row in rows:
        if only in (None, row["state"]):
            places = tuple(row["places"].split())
            try:
                law = rulebook.in_force([row["state"]], Days.on(pay_date))
            except TableError as error:
                raise InvalidRequest([Fault("--pay-date", str(error))]) from None
            found.append(_State(row["state"], float(row["weight"]), places, law))
    return found


@define(eq=False)
class _Words:
    """Codes of words."""

    number: dict[str, int] = field(factory=dict)

    def code(self, word: str) -> int:
        return self.number.setdefault(word, len(self.number))

    def codes(self, words: Sequence[str]) -> Rows:
        return np.array([self.code(word) for word in words], np.int64)

    def array(self, codes: Rows, missing: Mask | None = None) -> pa.Array:
        indices = pa.array(codes, pa.int32(), mask=missing)
        return pa.DictionaryArray.from_arrays(indices, pa.array(list(self.number), pa.string()))


Entry = tuple[Mask, tuple[Rows, ...]]
"""Which rows have an entry of a list, and its values."""


def _lists(count: int, entries: Sequence[Entry]) -> tuple[pa.Array, list[Rows]]:
    """The offsets of the rows' lists, and the values of all entries one after the other."""
    there = np.stack([mask for mask, _ in entries], axis=1)
    offsets = np.zeros(count + 1, np.int32)
    np.cumsum(there.sum(axis=1), out=offsets[1:])
    values = [
        np.stack([given[n] for _, given in entries], axis=1)[there]
        for n in range(len(entries[0][1]))
    ]
    return pa.array(offsets), values


@define(eq=False)
class _Drawn:
    """Draws batches of people."""

    states: list[_State]
    pay_date: date

    def batch(self, count: int, start: int, draw: np.random.Generator) -> pa.RecordBatch:
        weights = np.array([state.weight for state in self.states])
        home = draw.choice(len(self.states), count, p=weights / weights.sum())
        frequencies, frequency = _chosen(_FREQUENCIES, count, draw)
        periods = np.array([FREQUENCIES[name] for name in _FREQUENCIES])[frequency]
        wages = _wages_of_a_year(count, draw) // periods
        done = (self.pay_date.timetuple().tm_yday * periods) // 366
        columns = {
            "pay_date": pa.array(np.full(count, self.pay_date), pa.date32()),
            "pay_frequency": frequencies.array(frequency),
            "employee": self._employees(count, start, home, draw),
            "employer": self._employers(count, home),
            "earnings": _earnings(count, wages, draw),
            "deductions": _deductions(count, wages, periods, draw),
            "year_to_date": self._to_date(count, home, wages * done, draw),
        }
        return pa.RecordBatch.from_arrays(list(columns.values()), schema=SCHEMA)

    def _employees(self, count: int, start: int, home: Rows, draw: np.random.Generator) -> pa.Array:
        year = self.pay_date.year
        born = (draw.integers(year - 66, year - 18, count) - 1970) * 365 + draw.integers(
            0, 365, count
        )
        fields = [
            pa.array([f"E-{start + n}" for n in range(count)]),
            pa.array(born.astype(np.int32), pa.int32()).cast(pa.date32()),
            self._residences(count, home, draw),
            self._certificates(count, home, draw),
        ]
        return pa.StructArray.from_arrays(fields, fields=list(SCHEMA.field("employee").type))

    def _residences(self, count: int, home: Rows, draw: np.random.Generator) -> pa.Array:
        words = _Words()
        codes = words.codes([state.code for state in self.states])[home]
        place, has = np.zeros(count, np.int64), np.zeros(count, bool)
        lives_in_one = draw.random(count) < _LIVES_IN_PLACE
        which = draw.integers(0, 1 << 30, count)
        for number, state in enumerate(self.states):
            if state.places:
                mine = (home == number) & lives_in_one
                place[mine] = words.codes(state.places)[which[mine] % len(state.places)]
                has |= mine
        offsets, (flat,) = _lists(count, [(np.ones(count, bool), (codes,)), (has, (place,))])
        return pa.ListArray.from_arrays(offsets, words.array(flat))

    def _certificates(self, count: int, home: Rows, draw: np.random.Generator) -> pa.Array:
        words = _Words()
        everyone = np.ones(count, bool)
        _, status = _chosen(_STATUSES, count, draw)
        boxes: list[Entry] = [
            _box(words, "filing_status", everyone, words.codes(list(_STATUSES))[status]),
            _box(words, "multiple_jobs", draw.random(count) < 0.15, words.code("true")),
            _box(
                words,
                "dependents",
                draw.random(count) < 0.35,
                draw.choice(words.codes(_DEPENDENTS), count),
            ),
            _box(
                words,
                "extra_withholding",
                draw.random(count) < 0.05,
                draw.choice(words.codes(["25", "50", "100"]), count),
            ),
        ]
        of_nation = np.sum([mask for mask, _ in boxes], axis=0)
        filed = (draw.random(count) < _FILED_IN_STATE) & np.array(
            [bool(self._boxes(state)) for state in self.states]
        )[home]
        boxes += [self._box_of_state(words, box, home, filed, draw) for box in range(2)]
        _, (names, answers) = _lists(count, boxes)
        of_state = np.sum([mask for mask, _ in boxes[4:]], axis=0)
        places = words.codes([state.code for state in self.states])[home]
        offsets, (place, number) = _lists(
            count,
            [
                (everyone, (np.full(count, words.code("US")), of_nation)),
                (filed, (places, of_state)),
            ],
        )
        inner = pa.array(np.concatenate([[0], np.cumsum(number)]).astype(np.int32))
        answered = pa.MapArray.from_arrays(inner, words.array(names), words.array(answers))
        return pa.MapArray.from_arrays(offsets, words.array(place), answered)

    @staticmethod
    def _boxes(state: _State) -> list[Any]:
        """The boxes of a state's form that are filled in: a status and a count, or one of them."""
        if state.form is None:
            return []
        boxes = [box for box in state.form.box if box.name == "filing_status"]
        return [*boxes, *[box for box in state.form.box if box.type == "count"][:1]]

    def _box_of_state(
        self, words: _Words, number: int, home: Rows, filed: Mask, draw: np.random.Generator
    ) -> Entry:
        count = len(home)
        has = np.zeros(count, bool)
        names, answers = np.zeros(count, np.int64), np.zeros(count, np.int64)
        which = draw.random(count)
        for place, state in enumerate(self.states):
            boxes = self._boxes(state)
            if number < len(boxes):
                mine = filed & (home == place)
                box = boxes[number]
                accepted = words.codes(list(box.choices) or ["0", "1", "1", "2", "3"])
                has |= mine
                names[mine] = words.code(box.name)
                answers[mine] = accepted[(which[mine] * len(accepted)).astype(np.int64)]
        return has, (names, answers)

    def _employers(self, count: int, home: Rows) -> pa.Array:
        words = _Words()
        codes = words.codes([state.code for state in self.states])[home]
        rates = words.codes(["0.010", "0.027", "0.034"])[home % 3]
        account = pa.StructArray.from_arrays([words.array(rates)], names=["rate"])
        offsets = pa.array(np.arange(count + 1, dtype=np.int32))
        unemployment = pa.MapArray.from_arrays(offsets, words.array(codes), account)
        return pa.StructArray.from_arrays([unemployment], names=["unemployment"])

    def _to_date(self, count: int, home: Rows, paid: Rows, draw: np.random.Generator) -> pa.Array:
        words = _Words()
        most = max(len(state.to_date) for state in self.states)
        ids = [[words.code(tax) for tax in state.to_date] for state in self.states]
        lengths = np.array([len(each) for each in ids])[home]
        codes = np.array([each + [0] * (most - len(each)) for each in ids])[home]
        wages = _amounts(
            words, [(lengths > number, (codes[:, number], paid)) for number in range(most)]
        )
        everyone = np.ones(count, bool)
        insurance = [("US/medicare", 145), ("US/social_security", 620)]
        taxes = _amounts(
            words,
            [
                (everyone, (np.full(count, words.code(tax)), paid * rate // 10_000))
                for tax, rate in insurance
            ],
        )
        defers = draw.random(count) < 0.4
        deferred = np.minimum(paid // 17, 2_400_000)
        deductions = _amounts(words, [(defers, (np.full(count, words.code("401k")), deferred))])
        return pa.StructArray.from_arrays(
            [wages, taxes, deductions], fields=list(SCHEMA.field("year_to_date").type)
        )


def _amounts(words: _Words, entries: list[Entry]) -> pa.Array:
    count = len(entries[0][0])
    offsets, (keys, cents) = _lists(count, entries)
    return pa.MapArray.from_arrays(offsets, words.array(keys), money(cents))


def _chosen(shares: dict[str, float], count: int, draw: np.random.Generator) -> tuple[_Words, Rows]:
    words = _Words()
    codes = words.codes(list(shares))
    return words, codes[draw.choice(len(shares), count, p=list(shares.values()))]


def _box(words: _Words, name: str, has: Mask, answers: Any) -> Entry:
    return has, (np.full(len(has), words.code(name)), np.broadcast_to(answers, len(has)))


def _wages_of_a_year(count: int, draw: np.random.Generator) -> Rows:
    """Cents: most near 50,000 dollars, one in twenty from a distribution with a heavy tail."""
    ordinary = 50_000 * np.exp(draw.normal(0, 0.55, count))
    high = 120_000 * (1 + draw.pareto(2.2, count))
    wages = np.where(draw.random(count) < 0.05, high, ordinary)
    return (np.clip(wages, 15_000, _MOST_A_YEAR) * 100).astype(np.int64)


def _earnings(count: int, wages: Rows, draw: np.random.Generator) -> pa.Array:
    words = _Words()
    everyone, none = np.ones(count, bool), np.zeros(count, np.int64)
    overtime, bonus = draw.random(count) < 0.12, draw.random(count) < 0.03
    entries: list[Entry] = [
        (everyone, (np.full(count, words.code("regular")), wages, none)),
        (
            overtime,
            (
                np.full(count, words.code("overtime")),
                wages * draw.integers(2, 20, count) // 100,
                none,
            ),
        ),
        (
            bonus,
            (
                np.full(count, words.code("bonus")),
                wages * draw.integers(10, 200, count) // 100,
                none + 1,
            ),
        ),
    ]
    offsets, (kinds, amounts, flat) = _lists(count, entries)
    methods = _Words()
    methods.code("flat")
    fields = [words.array(kinds), money(amounts), methods.array(np.zeros_like(flat), flat == 0)]
    earning = pa.StructArray.from_arrays(
        fields, fields=list(SCHEMA.field("earnings").type.value_type)
    )
    return pa.ListArray.from_arrays(offsets, earning)


def _deductions(count: int, wages: Rows, periods: Rows, draw: np.random.Generator) -> pa.Array:
    words = _Words()
    none = np.zeros(count, np.int64)
    percent = draw.choice([30_000, 40_000, 50_000, 60_000, 100_000], count)
    premium = draw.choice(_PREMIUMS, count) // periods
    entries: list[Entry] = [
        (
            draw.random(count) < 0.40,
            (np.full(count, words.code("401k")), none, percent, wages * 3 // 100),
        ),
        (
            draw.random(count) < 0.05,
            (np.full(count, words.code("roth_401k")), none, percent // 2, none),
        ),
        (
            premium > 0,
            (np.full(count, words.code("section_125_health")), premium, none, premium * 3),
        ),
        (draw.random(count) < 0.10, (np.full(count, words.code("hsa")), none + 10_000, none, none)),
    ]
    offsets, (kinds, amounts, percents, added) = _lists(count, entries)
    by_percent = percents > 0
    fields = [
        words.array(kinds),
        money(amounts, by_percent),
        _decimals(percents, ~by_percent),
        money(added),
    ]
    deduction = pa.StructArray.from_arrays(
        fields, fields=list(SCHEMA.field("deductions").type.value_type)
    )
    return pa.ListArray.from_arrays(offsets, deduction)


def _decimals(ten_thousandths: Rows, missing: Mask) -> pa.Array:
    whole = money(ten_thousandths, missing).buffers()
    return pa.Array.from_buffers(pa.decimal128(7, 4), len(ten_thousandths), whole)
