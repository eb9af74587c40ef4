"""The rulebook: tax tables joined with the rules that read them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from hashlib import sha256
from importlib import import_module
from types import ModuleType
from typing import Any

from attrs import field, frozen

from asopay import taxability
from asopay.errors import TableError, one_of
from asopay.tables import Edition, Table, TaxTables

COMPUTING = ("withholding.", "contributions.")
"""What the names of rules that compute a tax begin with."""

ORDER = (
    "income_tax",
    "supplemental_income_tax",
    "social_security",
    "medicare",
    "additional_medicare",
    "disability_insurance",
    "family_leave",
    "medical_leave",
    "paid_leave",
    "long_term_care",
    "unemployment",
    "employment_training",
    "workforce_development",
)
"""The order of the taxes of a jurisdiction in a result; others follow by name."""


def _place_in_order(tax: str) -> tuple[int, str]:
    return (ORDER.index(tax) if tax in ORDER else len(ORDER), tax)


@frozen
class Rule:
    """One edition of one tax, ready to compute: its table, and the functions of its methods."""

    table: Table[Any]
    module: ModuleType
    functions: dict[str, Callable[..., Any]]
    default: Callable[..., Any] | None

    @property
    def figures(self) -> Any:
        """The figures of the table."""
        return self.table.figures


@frozen
class Days:
    """The dates of a paycheck, one of which decides which edition of a table is in force.

    The pay date stands for the period's dates where they are not given.
    """

    pay_date: date
    period_start: date
    period_end: date


def rule_of(edition: Edition) -> Rule:
    """The edition with its rule; `TableError` if the rule does not exist or can't read it."""
    try:
        module = import_module(f"asopay.{edition.head.rule}")
    except ModuleNotFoundError:
        raise TableError(f"{edition.path}: there is no rule {edition.head.rule!r}") from None
    functions = _functions(edition, module)
    table = edition.table(module.Figures)
    return Rule(table, module, functions, next(iter(functions.values()), None))


def _functions(edition: Edition, module: ModuleType) -> dict[str, Callable[..., Any]]:
    """The functions by the method's name; none for a table that no tax is computed from."""
    if edition.head.methods:
        missing = [name for name in edition.head.methods.values() if not hasattr(module, name)]
        if missing:
            raise TableError(f"{edition.path}: {module.__name__} has no {one_of(missing)}")
        return {name: getattr(module, f) for name, f in edition.head.methods.items()}
    ordinary = getattr(module, "withhold", None) or getattr(module, "contribute", None)
    return {"standard": ordinary} if ordinary else {}


@frozen
class Rulebook:
    """Rules by jurisdiction, tax and date, read from tax tables when first asked for and kept."""

    tables: TaxTables
    _rules: dict[tuple[str, str, date], Rule] = field(init=False, factory=dict)
    _loaded: dict[str, Rule] = field(init=False, factory=dict)
    _taxes: dict[tuple[str, Days], list[tuple[str, Rule]]] = field(init=False, factory=dict)
    _reducing: dict[tuple[str, str, str], frozenset[str]] = field(init=False, factory=dict)
    _digests: dict[tuple[str, ...], str] = field(init=False, factory=dict)

    def rule(self, jurisdiction: str, tax: str, days: Days) -> Rule:
        """The rule of a tax in force for a paycheck of these days; `TableError` if there is none."""
        key = (jurisdiction, tax, days.pay_date)
        rule = self._rules.get(key)
        if rule is None or rule.table.head.governed_by != "pay_date":
            rule = self._rule_in_force(jurisdiction, tax, days)
            self._rules[key] = rule
        return rule

    def _rule_in_force(self, jurisdiction: str, tax: str, days: Days) -> Rule:
        editions = self.tables.editions(jurisdiction, tax)
        governed_by = editions[-1].head.governed_by if editions else "pay_date"
        edition = self.tables.in_force(jurisdiction, tax, getattr(days, governed_by))
        if edition.id not in self._loaded:
            self._loaded[edition.id] = rule_of(edition)
        return self._loaded[edition.id]

    def tax_names(self, jurisdiction: str) -> list[str]:
        """The names of the taxes of a jurisdiction that any table computes, in fixed order."""
        names = self.tables.taxes(jurisdiction)
        computing = (n for n in names if self._computes(jurisdiction, n))
        return sorted(computing, key=_place_in_order)

    def _computes(self, jurisdiction: str, tax: str) -> bool:
        editions = self.tables.editions(jurisdiction, tax)
        return any(edition.head.rule.startswith(COMPUTING) for edition in editions)

    def taxes(self, jurisdiction: str, days: Days) -> list[tuple[str, Rule]]:
        """The taxes of a jurisdiction that a paycheck can owe, with their rules, in fixed order.

        Raises `TableError` with a line for each tax of which no table covers the days.
        """
        key = (jurisdiction, days)
        if key not in self._taxes:
            self._taxes[key] = self._taxes_in_force(jurisdiction, days)
        return self._taxes[key]

    def _taxes_in_force(self, jurisdiction: str, days: Days) -> list[tuple[str, Rule]]:
        taxes, missing = [], []
        for tax in self.tax_names(jurisdiction):
            try:
                taxes.append((tax, self.rule(jurisdiction, tax, days)))
            except TableError as error:
                missing.append(str(error))
        if missing:
            raise TableError("\n".join(missing))
        return [(tax, rule) for tax, rule in taxes if rule.default is not None]

    def reducing_kinds(self, jurisdiction: str, tax: str, days: Days) -> frozenset[str]:
        """The kinds of deductions that reduce the wages of a tax."""
        federal = self.rule("US", "taxability", days)
        state = None if jurisdiction == "US" else self.rule(jurisdiction, "taxability", days)
        key = (federal.table.id, state.table.id if state else "", tax)
        if key not in self._reducing:
            row = "income_tax" if tax == "supplemental_income_tax" else tax
            reducing = taxability.reducing_kinds(row, federal.table, state and state.table)
            self._reducing[key] = reducing
        return self._reducing[key]

    def gaps(self, jurisdiction: str, days: Days) -> tuple[str, ...]:
        """Taxes of the jurisdiction that are known not to be computed."""
        if not self.tables.editions(jurisdiction, "coverage"):
            return ()
        gaps: tuple[str, ...] = self.rule(jurisdiction, "coverage", days).figures.not_computed
        return gaps

    def digest(self, tables: tuple[Table[Any], ...]) -> str:
        """A digest of the tables that a result used: of their ids and their files' contents."""
        key = tuple(table.id for table in tables)
        if key not in self._digests:
            listed = "".join(f"{t.id} {t.digest}\n" for t in sorted(tables, key=lambda t: t.id))
            self._digests[key] = f"sha256:{sha256(listed.encode()).hexdigest()}"
        return self._digests[key]


    def check(self) -> list[str]:
        """What is wrong with the tables: every file is read with its rule. Empty if all is well."""
        messages = []
        for jurisdiction in self.tables.jurisdictions():
            for tax in self.tables.taxes(jurisdiction):
                try:
                    for edition in self.tables.editions(jurisdiction, tax):
                        rule_of(edition)
                except TableError as error:
                    messages.extend(str(error).splitlines())
        return messages


@cache
def standard_rulebook() -> Rulebook:
    """The rulebook of the shipped tables, with the overlay that the environment names."""
    return Rulebook(TaxTables.from_environment())
