"""The steps of a rule, recorded on symbols, and run on columns for the rows of many facts at once.

A rule is told facts (a filing status, a form, a pay frequency) and amounts. Run on symbols in the
place of the amounts it leaves behind its steps. For other facts it mostly takes the same steps with
other figures: then these figures become columns as well, and one run serves the rows of all facts.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from threading import Lock
from typing import Any

import numpy as np
from attrs import define, field

from asopay.columns.column import Rows, product
from asopay.columns.schedules import PrintedRows, Schedules, printed_rows, schedules
from asopay.columns.told import Told
from asopay.money import Bracket, Brackets, Side, StandIn, printed
from asopay.worksheet import Form, Worksheet

Node = tuple[Any, ...]
"""``("input", name)``, ``("constant", kind, place)``, or a function and its operands' numbers."""

KINDS = {bool: "number", int: "number", Brackets: "schedule", tuple: "row"}
"""What may be a constant."""

MOST_KEPT = 20_000
"""So many recordings are kept before it is begun anew."""


class NotRecorded(Exception):
    """The rule does something with its amounts that is no step."""


class Symbol(StandIn):
    """Stands for an amount while steps are recorded: the node of that number."""

    __slots__ = ("number", "steps")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, steps: Steps, number: int) -> None:
        self.steps, self.number = steps, number

    def __bool__(self) -> bool:
        raise NotRecorded

    def __neg__(self) -> Symbol:
        return self.steps.add(np.negative, self)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any) -> Symbol:
        if method != "__call__":
            raise NotRecorded
        return self.steps.add(ufunc, *inputs)

    def __array_function__(self, function: Any, types: Any, inputs: Any, options: Any) -> Symbol:
        if function is not np.where:
            raise NotRecorded
        return self.steps.add(function, *inputs)

    def row_of(self, brackets: Brackets, side: Side) -> Bracket:
        """The row of a schedule, as symbols."""
        row = self.steps.add(_LOCATE[side], brackets, self)
        figures: list[Any] = [self.steps.add(figure, row) for figure in _FIGURES]
        return Bracket(*figures)

    def printed_in(self, amounts: tuple[int, ...]) -> Symbol:
        """The amount at this place of a printed row of amounts, as a symbol."""
        return self.steps.add(_printed, amounts, self)


def _product(one: Any, other: Any) -> Any:
    return product(one, other) if isinstance(one, np.ndarray) else product(other, one)


def _printed(amounts: Any, places: Any) -> Any:
    """The amounts at the places of one printed row, or of the row that each row has."""
    return amounts[places] if isinstance(amounts, PrintedRows) else printed(amounts, places)


def _locate(side: Side) -> Callable[..., Any]:
    return lambda schedule, amounts: (schedule.columns, schedule.locate(amounts, side))


def _figure(number: int) -> Callable[..., Any]:
    return lambda row: row[0][number][row[1]]


_LOCATE = {"left": _locate("left"), "right": _locate("right")}
_FIGURES = [_figure(number) for number in range(len(Bracket._fields))]


def _forward(function: Callable[..., Any]) -> Any:
    return lambda own, other: own.steps.add(function, own, other)


def _backward(function: Callable[..., Any]) -> Any:
    return lambda own, other: own.steps.add(function, other, own)


_ARITHMETIC: dict[str, Any] = {
    "add": np.add,
    "sub": np.subtract,
    "mul": _product,
    "floordiv": np.floor_divide,
}
for _name, _function in _ARITHMETIC.items():
    setattr(Symbol, f"__{_name}__", _forward(_function))
    setattr(Symbol, f"__r{_name}__", _backward(_function))
for _name in ("lt", "le", "gt", "ge", "eq", "ne", "and", "or"):
    setattr(Symbol, f"__{_name}__", _forward(getattr(operator, f"__{_name}__")))


@define(eq=False)
class Steps:
    """What a run leaves behind: nodes by number, and the values of the constants among them."""

    nodes: list[Node] = field(factory=list)
    constants: list[Any] = field(factory=list)
    _inputs: dict[Any, Symbol] = field(factory=dict)

    def input(self, name: Any) -> Symbol:
        """The symbol of an amount that the rule is told."""
        if name not in self._inputs:
            self._inputs[name] = self._symbol("input", name)
        return self._inputs[name]

    def add(self, function: Callable[..., Any], *operands: Any) -> Symbol:
        """The symbol of the result of a step."""
        return self._symbol(function, *[self.number_of(each) for each in operands])

    def number_of(self, value: Any) -> int:
        """The node of a symbol, or of a constant."""
        if isinstance(value, Symbol):
            return value.number
        if type(value) not in KINDS:
            raise NotRecorded
        self.constants.append(value)
        return self._symbol("constant", KINDS[type(value)], len(self.constants) - 1).number

    def _symbol(self, *node: Any) -> Symbol:
        self.nodes.append(node)
        return Symbol(self, len(self.nodes) - 1)


@define(eq=False)
class Recording:
    """A recorded rule: its `number` among those that have the steps of the `program`."""

    program: Program
    number: int


@define(eq=False)
class Program:
    """Steps that a rule takes for many facts, with the constants of each recording of them."""

    form: Form
    table: Any
    nodes: list[Node]
    lines: dict[str, int]
    _constants: list[list[Any]] = field(factory=list)
    _figures: dict[int, tuple[int, Any]] = field(factory=dict)
    _orders: dict[str, list[tuple[int, list[int]]]] = field(factory=dict)

    def recorded(self, constants: list[Any]) -> Recording:
        """Takes in a recording that has these constants."""
        self._constants.append(constants)
        return Recording(self, len(self._constants) - 1)

    def run(self, label: str, inputs: Mapping[Any, Any], which: Rows | int) -> Any:
        """A line for some rows; `which` are the numbers of their recordings, or of the only one."""
        values: dict[int, Any] = {}
        for number, done_with in self._order(label):
            first, *others = self.nodes[number]
            if first == "input":
                values[number] = inputs[others[0]].view(np.ndarray)
            elif first == "constant":
                values[number] = self._constant(others[1], which)
            else:
                values[number] = first(*[values[each] for each in others])
            for each in done_with:
                del values[each]
        return values[self.lines[label]]

    def _constant(self, place: int, which: Rows | int) -> Any:
        """The constant at a place of the recordings, for each row if they differ in it."""
        if isinstance(which, int):
            return self._constants[which][place]
        count = len(self._constants)
        known, figures = self._figures.get(place, (0, None))
        if known != count:
            figures = _figures([each[place] for each in self._constants[:count]])
            self._figures[place] = count, figures
        if isinstance(figures, np.ndarray):
            return figures[which]
        return figures.at(which) if isinstance(figures, Schedules | PrintedRows) else figures

    def _order(self, label: str) -> list[tuple[int, list[int]]]:
        """The nodes that a line needs, in order, each with those that nothing needs after it."""
        if label not in self._orders:
            wanted = self.lines[label]
            last_use = {wanted: -1}
            for number in range(wanted, -1, -1):
                if number in last_use:
                    for each in self._operands(number):
                        last_use.setdefault(each, number)
            done_with: dict[int, list[int]] = {}
            for number, last in last_use.items():
                done_with.setdefault(last, []).append(number)
            self._orders[label] = [(each, done_with.get(each, [])) for each in sorted(last_use)]
        return self._orders[label]

    def _operands(self, number: int) -> tuple[int, ...]:
        first, *others = self.nodes[number]
        return () if isinstance(first, str) else tuple(others)


def _figures(constants: list[Any]) -> Any:
    """A constant of all recordings: itself if they have the same, or what has one for each."""
    first = constants[0]
    if isinstance(first, Brackets):
        same = all(each is first for each in constants)
        return first if same else schedules(constants)
    if all(each == first for each in constants):
        return first
    return printed_rows(constants) if isinstance(first, tuple) else np.array(constants)


class Unrecorded(Worksheet):
    """Stands for the worksheet of a state's tax: a rule that reads a line of it isn't recorded."""

    __slots__ = ()

    def __init__(self, like: Worksheet) -> None:
        super().__init__(like.form, like.table)

    def __bool__(self) -> bool:
        raise NotRecorded

    def __contains__(self, label: object) -> bool:
        raise NotRecorded

    def __missing__(self, label: str) -> Any:
        raise NotRecorded


@define(eq=False)
class Programs:
    """The programs of all rules that were recorded, by their steps, and all recordings by facts.

    Threads may share them: one records at a time.
    """

    _lock: Lock = field(factory=Lock)
    _by_steps: dict[Any, Program] = field(factory=dict)
    _by_facts: dict[Any, tuple[Recording | None, Any]] = field(factory=dict)

    def recording(
        self, rule: Callable[..., Worksheet], told: Told, code: int, table: Any
    ) -> Recording | None:
        """The recording of a rule for rows of a code; None if it does what is no step."""
        key = (rule, id(table), told.facts(code))
        kept = self._by_facts.get(key)
        if kept is None:

            def run(amount: Callable[[str], Symbol]) -> Worksheet:
                pay, certificate = told.to_rule(code, amount)
                if pay.state_worksheet is not None:
                    pay.state_worksheet = Unrecorded(pay.state_worksheet)
                return rule(pay, certificate, table)

            if len(self._by_facts) >= MOST_KEPT:
                self._by_facts, self._by_steps = {}, {}
            kept = self._by_facts[key] = self.record(run), table
        return kept[0]

    def record(self, run: Callable[[Callable[[str], Symbol]], Worksheet]) -> Recording | None:
        """Records what is run on the symbols of amounts by name; None if it is more than steps."""
        steps = Steps()
        try:
            sheet = run(steps.input)
            lines = {label: steps.number_of(value) for label, value in sheet.items()}
        except NotRecorded:
            return None
        form = sheet.form
        key = (id(sheet.table), form.title, form.result, *steps.nodes, *lines.items())
        with self._lock:
            if key not in self._by_steps:
                self._by_steps[key] = Program(form, sheet.table, steps.nodes, lines)
            return self._by_steps[key].recorded(steps.constants)
