"""The rulebook: tax tables joined with the rules that read them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any, TypeVar

from attrs import evolve, field, frozen

from asopay import taxability
from asopay.errors import TableError, one_of
from asopay.exempt_employment import Employment
from asopay.in_force import OF_NONRESIDENTS, InForce, Rule, TaxInForce
from asopay.jurisdictions import state_part
from asopay.tables import Days, Edition, LeviedOn, Table, TaxTables

T = TypeVar("T")

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
    "child_care_contribution",
    "long_term_care",
    "unemployment",
    "employment_training",
    "workforce_development",
    "workers_benefit_fund",
    "workers_compensation",
    "workers_compensation_fee",
)
"""The order of the taxes of a jurisdiction in a result; others follow by name."""

RESIDENCE = "residence"
"""The table that is needed only between two states: without one in force, others are computed."""

LIMITS = (
    "elective_deferral",
    "deferral_457b",
    "deferral_simple",
    "retirement_limits",
    "benefit_limits",
)
"""Tables of the year's limits on deductions."""

EMPLOYMENT = "exempt_employment"
"""The table of the kinds of employment that taxes do not cover."""

OF_EARNINGS = ("sick_pay", "group_term_life")
"""Tables by which kinds of earnings are computed, or divided by what is taxed."""

SUPPORT = (
    "taxability",
    "certificate",
    *LIMITS,
    EMPLOYMENT,
    *OF_EARNINGS,
    "coverage",
    RESIDENCE,
)
"""Tables from which no tax is computed and which a paycheck needs, where there are any."""


Kinds = dict[str, Table[taxability.Figures]]
"""The tables of what counts as wages, by jurisdiction."""

MOST_KEPT = 4096
"""How many combinations of a state and days are kept, so that memory stays bounded."""


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
    _loaded: dict[tuple[str, str], Rule] = field(init=False, factory=dict)
    _tax_names: dict[str, tuple[str, ...]] = field(init=False, factory=dict)
    _in_force: dict[Any, InForce] = field(init=False, factory=dict)
    _kept: dict[Any, Any] = field(init=False, factory=dict)

    def keep(self, make: Callable[[Rulebook], T]) -> T:
        """What is made of the rulebook once, and kept as long as it is.

        >>> standard_rulebook().keep(type) is Rulebook
        True
        """
        if make not in self._kept:
            self._kept[make] = make(self)
        found: T = self._kept[make]
        return found

    def rule(self, jurisdiction: str, tax: str, days: Days) -> Rule:
        """The rule of a table in force for a paycheck of these days.

        Raises `TableError` with the dates that are covered if there is none.
        """
        return self._loaded_rule(self.tables.in_force(jurisdiction, tax, days))

    def newest(self, jurisdiction: str, tax: str) -> Rule:
        """The rule of the newest edition of a table that no day governs."""
        return self._loaded_rule(self.tables.editions(jurisdiction, tax)[-1])

    def _loaded_rule(self, edition: Edition) -> Rule:
        key = (edition.id, edition.digest)
        if key not in self._loaded:
            self._loaded[key] = rule_of(edition)
        return self._loaded[key]

    def tax_names(self, jurisdiction: str) -> tuple[str, ...]:
        """The names of the taxes of a jurisdiction that any table computes, in fixed order."""
        if jurisdiction not in self._tax_names:
            names = self.tables.taxes(jurisdiction)
            computing = (n for n in names if self._computes(jurisdiction, n))
            self._tax_names[jurisdiction] = tuple(sorted(computing, key=_place_in_order))
        return self._tax_names[jurisdiction]

    def _computes(self, jurisdiction: str, tax: str) -> bool:
        editions = self.tables.editions(jurisdiction, tax)
        computing = (e for e in editions if not e.has_register)
        return any(edition.head.rule.startswith(COMPUTING) for edition in computing)

    def in_force(
        self,
        places: Collection[str],
        days: Days,
        homes: Collection[str] = (),
        left: Collection[str] = (),
    ) -> InForce:
        """What is in force for pay that has to do with states and places in them.

        `homes` are the places where the employee lives, and `left` those of them where something
        was earned while living elsewhere. Without any places, it is what federal law says. Raises
        `TableError` with a line for each table that does not cover the days.
        """
        key = (frozenset(places), frozenset(homes), frozenset(left), days)
        if key not in self._in_force:
            if len(self._in_force) >= MOST_KEPT:
                self._in_force.clear()
            self._in_force[key] = self._gather(("US", *sorted(places)), days, homes, left)
        return self._in_force[key]

    def _gather(
        self,
        places: tuple[str, ...],
        days: Days,
        homes: Collection[str],
        left: Collection[str],
    ) -> InForce:
        jurisdictions = tuple(place for place in places if place == state_part(place))
        rules, not_begun = self._rules_in_force(jurisdictions, days)
        kinds = {place: rules[place, "taxability"].table for place in jurisdictions}
        taxes: list[TaxInForce] = []
        for place in places:
            if place not in jurisdictions:
                found = self._local_taxes(place, days, kinds, resident=place in homes)
                others = self._local_taxes(place, days, kinds, resident=False)
                taxes += _for_both(found, others) if place in left else found
                continue
            taxes += [
                _tax_in_force(place, name, rules[place, name], kinds)
                for name in self.tax_names(place)
                if (place, name) in rules and rules[place, name].functions
            ]
        gaps = {
            place: rules[place, "coverage"].figures.not_computed
            for place in jurisdictions
            if (place, "coverage") in rules
        }
        forms = {
            place: rule.figures for (place, name), rule in rules.items() if name == "certificate"
        }
        tables = {rule.table.id: rule.table for rule in (*rules.values(), *(t.rule for t in taxes))}
        return InForce(
            taxes={tax.id: tax for tax in taxes},
            certificates=forms,
            kinds=kinds["US"].figures,
            limits={name: rules["US", name].table for name in LIMITS},
            employments=_employments(r for (_, name), r in rules.items() if name == EMPLOYMENT),
            residence={p: rule.figures for (p, name), rule in rules.items() if name == "residence"},
            gaps=(
                *(f"{place}: {gap}" for place, found in gaps.items() for gap in found),
                *not_begun,
                *self._places_not_covered(places, days),
            ),
            digest=_digest(tables.values()),
            of_earnings={n: rules["US", n].table for n in OF_EARNINGS if ("US", n) in rules},
        )

    def _places_not_covered(self, places: tuple[str, ...], days: Days) -> Iterator[str]:
        """What is not known of places for the day, in words."""
        for place in places:
            if place != state_part(place):
                for series in self.tables.not_covered(place, days):
                    yield f"{place}: {series} has no row for it on {days.pay_date}"

    def _local_taxes(
        self, place: str, days: Days, kinds: Kinds, *, resident: bool
    ) -> Iterator[TaxInForce]:
        for series, edition in self.tables.local(place, days, resident=resident).items():
            rule = self._loaded_rule(edition)
            yield _local_tax_in_force(place, series, rule, kinds, resident=resident)

    def _rules_in_force(
        self, jurisdictions: tuple[str, ...], days: Days
    ) -> tuple[dict[tuple[str, str], Rule], list[str]]:
        rules, missing, not_begun = {}, [], []
        for place in jurisdictions:
            for name in (*self.tax_names(place), *SUPPORT):
                if name in SUPPORT and not self.tables.editions(place, name):
                    continue
                try:
                    rules[place, name] = self.rule(place, name, days)
                except TableError as error:
                    first = self.tables.editions(place, name)[0]
                    later = place != "US" and not first.has_begun(days)
                    if later and first.head.rule.startswith(COMPUTING[1]):
                        not_begun.append(f"{place}/{name}: no table before {first.head.effective}")
                    elif name != RESIDENCE:
                        missing.append(str(error))
        if missing:
            raise TableError("\n".join(missing))
        return rules, not_begun

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
                        self._check(edition)
                    except TableError as error:
                        messages.extend(str(error).splitlines())
        return messages

    def _check(self, edition: Edition) -> None:
        if edition.has_register:
            for row in self.tables.register(edition).editions(edition):
                rule_of(row)
        else:
            rule_of(edition)


def _tax_in_force(jurisdiction: str, name: str, rule: Rule, kinds: Kinds) -> TaxInForce:
    head = rule.table.head
    counted_as = head.wages_of or name
    row = "income_tax" if counted_as == "supplemental_income_tax" else counted_as
    state = None if jurisdiction == "US" else kinds[jurisdiction]
    insured: LeviedOn = "insured"
    income_tax = head.rule.startswith(COMPUTING[0])
    return TaxInForce(
        **_of_rule(jurisdiction, name, rule),
        wages_of=f"{jurisdiction}/{counted_as}",
        basis=_same(taxability.basis_of(row, kinds["US"], state)),
        levied_on=head.levied_on or ("residence and work" if income_tax else insured),
        series=f"{jurisdiction}/{name}",
        resident=False,
        places=rule.table.head.places,
    )


def _local_tax_in_force(
    place: str, series: str, rule: Rule, kinds: Kinds, *, resident: bool
) -> TaxInForce:
    places = rule.table.head.places
    name = places.tax or series.partition("/")[2]
    return TaxInForce(
        **_of_rule(place, name, rule),
        wages_of=f"{place}/{name}",
        basis=_same(_basis_like(places.wages, kinds)),
        levied_on=rule.table.head.levied_on or "residence and work",
        series=series,
        resident=resident,
        places=places,
    )


def _for_both(
    residents: Iterable[TaxInForce], others: Iterable[TaxInForce]
) -> Iterable[TaxInForce]:
    """The taxes of a place on an employee who both lived there and worked there from elsewhere."""
    taxes = {tax.id: tax for tax in residents}
    for tax in others:
        own = taxes.get(tax.id)
        if own is not None and own.rule.figures == tax.rule.figures:
            taxes[tax.id] = evolve(own, resident=None)
        else:
            ending = OF_NONRESIDENTS if own is not None else ""
            taxes[tax.id + ending] = evolve(tax, id=tax.id + ending)
    return taxes.values()


def _of_rule(jurisdiction: str, name: str, rule: Rule) -> dict[str, Any]:
    payers = getattr(rule.module, "payers", None)
    return {
        "id": f"{jurisdiction}/{name}",
        "jurisdiction": jurisdiction,
        "name": name,
        "rule": rule,
        "payers": tuple(payers(rule.table)) if payers else (),
        "needs_own_rate": getattr(rule.figures, "assigned", False),
        "by_the_hour": getattr(rule.figures, "own_rates", False),
        "by_month": getattr(rule.module, "BY_MONTH", False),
        "by_home": getattr(rule.module, "BY_HOME", False),
        "counts_other_states": getattr(rule.figures, "counts_other_states", False),
        "private_plan": rule.table.head.private_plan,
    }


def _basis_like(tax: str, kinds: Kinds) -> taxability.Basis:
    """What the wages of a tax are made of, such as ``US-OH/income_tax``, or of ``gross`` pay."""
    jurisdiction, _, name = tax.rpartition("/")
    if jurisdiction in ("", "US"):
        return taxability.basis_of(name, kinds["US"])
    return taxability.basis_of(name, kinds["US"], kinds[jurisdiction])


@cache
def _same(basis: taxability.Basis) -> taxability.Basis:
    """The first of all equal ones: it is found faster as a key."""
    return basis


def _employments(rules: Iterable[Rule]) -> dict[str, list[Employment]]:
    """The kinds of employment of several jurisdictions, by name."""
    found: dict[str, list[Employment]] = {}
    for rule in rules:
        for kind, employment in rule.figures.employments.items():
            found.setdefault(kind, []).append(employment)
    return found


def _digest(tables: Iterable[Table[Any]]) -> str:
    from hashlib import sha256

    listed = "".join(f"{t.id} {t.digest}\n" for t in sorted(tables, key=lambda t: t.id))
    return f"sha256:{sha256(listed.encode()).hexdigest()}"


def _place_in_order(tax: str) -> tuple[int, str]:
    return (ORDER.index(tax) if tax in ORDER else len(ORDER), tax)


@cache
def standard_rulebook() -> Rulebook:
    """The rulebook of the shipped tables, with the overlay that the environment names."""
    return Rulebook(TaxTables.from_environment())
