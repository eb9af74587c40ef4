"""The rulebook: tax tables joined with the rules that read them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from attrs import field, frozen

from asopay import certificates, taxability
from asopay.errors import TableError, one_of
from asopay.tables import Days, Edition, Table, TaxTables

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

SUPPORT = ("taxability", "certificate", "elective_deferral", "coverage")
"""Tables from which no tax is computed and which a paycheck needs, where there are any."""


MOST_KEPT = 4096
"""How many combinations of a state and days are kept, so that memory stays bounded."""


@frozen
class Rule:
    """One edition of one table, ready for use: the table, and the functions of its methods.

    `default` is the function of the publication's own method. A table that no tax is computed from
    has no functions.
    """

    table: Table[Any]
    module: ModuleType
    functions: dict[str, Callable[..., Any]]

    @property
    def figures(self) -> Any:
        """The figures of the table."""
        return self.table.figures

    @property
    def default(self) -> Callable[..., Any]:
        """The function of the method that counts unless another is chosen."""
        return next(iter(self.functions.values()))


@frozen
class TaxInForce:
    """A tax that a paycheck can owe.

    `wages_of` is the id of the tax whose wages to date count for this one, and `basis` what its
    wages are made of. `payers` owe a share each; an income tax has none.
    With `needs_own_rate` the state assigns each employer a rate of its own.
    """

    id: str
    jurisdiction: str
    name: str
    rule: Rule
    wages_of: str
    basis: taxability.Basis
    payers: tuple[str, ...]
    needs_own_rate: bool


@frozen
class InForce:
    """What is in force for a paycheck: all that the law's tables say of it.

    `taxes` are those that can be due, by id and in fixed order, `certificates` the forms by
    jurisdiction, `gaps` taxes that are known not to be computed, and `digest` a digest of all the
    tables, of their ids and their files' contents. `limited_frequencies` are the taxes whose
    publication does not cover every pay frequency.
    """

    taxes: dict[str, TaxInForce]
    certificates: dict[str, certificates.Figures]
    kinds: taxability.Figures
    elective_deferral: Table[Any]
    gaps: tuple[str, ...]
    digest: str
    limited_frequencies: tuple[TaxInForce, ...] = field(init=False)

    @limited_frequencies.default
    def _with_limited_frequencies(self) -> tuple[TaxInForce, ...]:
        return tuple(tax for tax in self.taxes.values() if tax.rule.table.head.frequencies)


def rule_of(edition: Edition) -> Rule:
    """The edition with its rule; `TableError` if the rule does not exist or can't read it."""
    try:
        module = import_module(f"asopay.{edition.head.rule}")
        shape = module.Figures
    except (ModuleNotFoundError, AttributeError):
        raise TableError(f"{edition.path}: there is no rule {edition.head.rule!r}") from None
    return Rule(edition.table(shape), module, _functions(edition, module))


def _functions(edition: Edition, module: ModuleType) -> dict[str, Callable[..., Any]]:
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
    _loaded: dict[str, Rule] = field(init=False, factory=dict)
    _tax_names: dict[str, tuple[str, ...]] = field(init=False, factory=dict)
    _in_force: dict[tuple[str | None, Days], InForce] = field(init=False, factory=dict)

    def rule(self, jurisdiction: str, tax: str, days: Days) -> Rule:
        """The rule of a table in force for a paycheck of these days.

        Raises `TableError` with the dates that are covered if there is none.
        """
        edition = self.tables.in_force(jurisdiction, tax, days)
        if edition.id not in self._loaded:
            self._loaded[edition.id] = rule_of(edition)
        return self._loaded[edition.id]

    def tax_names(self, jurisdiction: str) -> tuple[str, ...]:
        """The names of the taxes of a jurisdiction that any table computes, in fixed order."""
        if jurisdiction not in self._tax_names:
            names = self.tables.taxes(jurisdiction)
            computing = (n for n in names if self._computes(jurisdiction, n))
            self._tax_names[jurisdiction] = tuple(sorted(computing, key=_place_in_order))
        return self._tax_names[jurisdiction]

    def _computes(self, jurisdiction: str, tax: str) -> bool:
        editions = self.tables.editions(jurisdiction, tax)
        return any(edition.head.rule.startswith(COMPUTING) for edition in editions)

    def in_force(self, state: str | None, days: Days) -> InForce:
        """What is in force for work in a state; with None, what federal law says.

        Raises `TableError` with a line for each table that does not cover the days.
        """
        key = (state, days)
        if key not in self._in_force:
            if len(self._in_force) >= MOST_KEPT:
                self._in_force.clear()
            self._in_force[key] = self._gather(("US", state) if state else ("US",), days)
        return self._in_force[key]

    def _gather(self, jurisdictions: tuple[str, ...], days: Days) -> InForce:
        rules = self._rules_in_force(jurisdictions, days)
        kinds = {place: rules[place, "taxability"].table for place in jurisdictions}
        taxes = [
            _tax_in_force(place, name, rules[place, name], kinds)
            for place in jurisdictions
            for name in self.tax_names(place)
            if rules[place, name].functions
        ]
        gaps = {
            place: rules[place, "coverage"].figures.not_computed
            for place in jurisdictions
            if (place, "coverage") in rules
        }
        forms = {
            place: rule.figures for (place, name), rule in rules.items() if name == "certificate"
        }
        tables = [rule.table for rule in rules.values()]
        return InForce(
            taxes={tax.id: tax for tax in taxes},
            certificates=forms,
            kinds=kinds["US"].figures,
            elective_deferral=rules["US", "elective_deferral"].table,
            gaps=tuple(f"{place}: {gap}" for place, found in gaps.items() for gap in found),
            digest=_digest(tables),
        )

    def _rules_in_force(
        self, jurisdictions: tuple[str, ...], days: Days
    ) -> dict[tuple[str, str], Rule]:
        rules, missing = {}, []
        for place in jurisdictions:
            for name in (*self.tax_names(place), *SUPPORT):
                if name in SUPPORT and not self.tables.editions(place, name):
                    continue
                try:
                    rules[place, name] = self.rule(place, name, days)
                except TableError as error:
                    missing.append(str(error))
        if missing:
            raise TableError("\n".join(missing))
        return rules

    def check(self) -> list[str]:
        """What is wrong with the tables: every file is read with its rule. Empty if all is well."""
        messages = []
        for jurisdiction in self.tables.jurisdictions():
            for tax in self.tables.taxes(jurisdiction):
                try:
                    editions = self.tables.editions(jurisdiction, tax)
                except TableError as error:
                    messages.extend(str(error).splitlines())
                    continue
                for edition in editions:
                    try:
                        rule_of(edition)
                    except TableError as error:
                        messages.extend(str(error).splitlines())
        return messages


def _tax_in_force(
    jurisdiction: str, name: str, rule: Rule, kinds: dict[str, Table[taxability.Figures]]
) -> TaxInForce:
    counted_as = rule.table.head.wages_of or name
    row = "income_tax" if counted_as == "supplemental_income_tax" else counted_as
    state = None if jurisdiction == "US" else kinds[jurisdiction]
    payers = getattr(rule.module, "payers", None)
    return TaxInForce(
        id=f"{jurisdiction}/{name}",
        jurisdiction=jurisdiction,
        name=name,
        rule=rule,
        wages_of=f"{jurisdiction}/{counted_as}",
        basis=taxability.basis_of(row, kinds["US"], state),
        payers=tuple(payers(rule.table)) if payers else (),
        needs_own_rate=getattr(rule.figures, "assigned", False),
    )


def _digest(tables: list[Table[Any]]) -> str:
    from hashlib import sha256

    listed = "".join(f"{t.id} {t.digest}\n" for t in sorted(tables, key=lambda t: t.id))
    return f"sha256:{sha256(listed.encode()).hexdigest()}"


def _place_in_order(tax: str) -> tuple[int, str]:
    return (ORDER.index(tax) if tax in ORDER else len(ORDER), tax)


@cache
def standard_rulebook() -> Rulebook:
    """The rulebook of the shipped tables, with the overlay that the environment names."""
    return Rulebook(TaxTables.from_environment())
