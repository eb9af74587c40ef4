"""Parts of the documentation that are made from the tax tables when the pages are built.

A page says where a part belongs with a comment such as ``<!-- from the tables: coverage -->``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from asopay.certificates import Box, CertificateForm, shown_default
from asopay.coverage import as_markdown
from asopay.in_force import Rule
from asopay.jurisdictions import JURISDICTIONS, name
from asopay.money import ONE, as_text, rate_as_text
from asopay.rulebook import COMPUTING, LIMITS, Rulebook, rule_of
from asopay.statutory_benefits import programmes
from asopay.tables import TaxTables
from asopay.taxability import GROSS, DeductionKind, Departure, EarningKind

MARKER = re.compile(r"<!-- from the tables: (\w+) -->")
TABLES = TaxTables()
RULEBOOK = Rulebook(TABLES)


def fill_in(page: str) -> str:
    """The page with its comments replaced by what the tables say."""
    return MARKER.sub(lambda found: PARTS[found[1]](), page)


def _newest(table: str) -> Iterator[tuple[str, Rule]]:
    """The newest edition of a table in each jurisdiction that has one, the federal one first."""
    for jurisdiction in ("US", *JURISDICTIONS):
        editions = TABLES.editions(jurisdiction, table)
        if editions:
            yield jurisdiction, rule_of(editions[-1])


def grid(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    titles = list(heads)
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _code(names: Iterable[str]) -> str:
    return ", ".join(f"`{each}`" for each in names)


# Certificates


def certificates() -> str:
    """Every form with its boxes."""
    return "\n".join(_of_jurisdiction(place, rule) for place, rule in _newest("certificate"))


def _of_jurisdiction(place: str, rule: Rule) -> str:
    return f"## {name(place)} (`{place}`)\n\n{certificate_forms(rule)}"


def certificate_forms(rule: Rule) -> str:
    """The forms of a jurisdiction with their boxes, and what counts without one."""
    figures = rule.figures
    parts = [f"Without one: {figures.when_missing}\n"]
    if figures.from_federal:
        taken = (f"`{federal}` is `{own}`" for federal, own in figures.from_federal.items())
        parts.append(f"Without a `filing_status`, that of Form W-4: {', '.join(taken)}.\n")
    parts += [_form(form, several=len(figures.form) > 1) for form in figures.form]
    return "\n".join(parts)


def _form(form: CertificateForm, *, several: bool) -> str:
    chosen_by = f', `"form": "{form.id}"`' if several else ""
    boxes = grid(("Field", "On the form", "Type", "Default", "Meaning"), map(_box, form.box))
    return f"**{form.title}**{chosen_by}\n\n{boxes}"


def _box(box: Box) -> list[str]:
    choices = "".join(f"<br>`{value}`: {meaning}" for value, meaning in box.choices.items())
    default = shown_default(box)
    shown = default if box.default is None else f"`{default}`"
    return [f"`{box.name}`", box.line, box.type, shown, box.meaning + choices]


# What is covered, and what is not


def coverage() -> str:
    """The coverage table."""
    return as_markdown(RULEBOOK)


def gaps() -> str:
    """What is known to be missing, by jurisdiction."""
    rows = ((name(p), "; ".join(r.figures.not_computed)) for p, r in _newest("coverage"))
    return grid(("Jurisdiction", "Not computed"), rows)


def unverified() -> str:
    """Every note of every table on what is not verified."""
    every = (*TABLES.all(), *TABLES.registers())
    noted = (edition for edition in every if edition.head.unverified)
    return "".join(
        f"`{edition.id}`\n" + "".join(f": {note}\n" for note in edition.head.unverified) + "\n"
        for edition in noted
    )


def methods() -> str:
    """The methods that an employer may choose between, by tax."""
    return grid(("Tax", "Methods, the default first", "Pay frequencies"), _methods())


def _methods() -> Iterator[list[str]]:
    for jurisdiction in TABLES.jurisdictions():
        for tax in RULEBOOK.tax_names(jurisdiction):
            rule = rule_of(TABLES.editions(jurisdiction, tax)[-1])
            head = rule.table.head
            if head.methods or head.frequencies:
                limits = (f"`{m}`: {', '.join(f)}" for m, f in head.frequencies.items())
                yield [
                    f"`{jurisdiction}/{tax}`",
                    _code(rule.functions),
                    "<br>".join(limits) or "all",
                ]


# Taxability


def _federal_kinds() -> Any:
    return next(_newest("taxability"))[1].figures


def earnings() -> str:
    """The kinds of earnings."""
    kinds = _federal_kinds().earnings.items()
    rows = (
        [
            f"`{key}`",
            kind.meaning + ("; not paid out" if kind.imputed else ""),
            kind.supplemental,
            "all" if kind.counts_for is None else _code(kind.counts_for) or "none",
        ]
        for key, kind in kinds
    )
    return grid(("Kind", "Meaning", "Supplemental wages", "Counts for the federal taxes"), rows)


def deductions() -> str:
    """The kinds of deductions, the federal wages that each reduces, and the limit it is under."""
    kinds = _federal_kinds().deductions.items()
    rows = ([f"`{key}`", k.meaning, _code(k.reduces) or "none", _limit_of(k)] for key, k in kinds)
    return grid(("Kind", "Meaning", "Reduces the federal wages of", "Limits"), rows)


def _limit_of(kind: DeductionKind) -> str:
    named = [kind.limit] if kind.limit else []
    named += [f"{kind.additions} annual additions"] if kind.additions else []
    named += [kind.benefit] if kind.benefit else []
    return ", ".join(named).replace("_", " ") or "–"


MATRIX = {
    "Income tax": "income_tax",
    "Social Security": "social_security",
    "Medicare": "medicare",
    "FUTA": "unemployment",
}


def reduced_wages() -> str:
    """Which federal wages each deduction reduces, its box of Form W-2, and where states depart."""
    rows = (
        [
            f"`{key}`",
            *("reduces" if tax in kind.reduces else "–" for tax in MATRIX.values()),
            (kind.w2 or "–") + (", with the employer's" if kind.w2_employer else ""),
            _departing(key, "deduction"),
        ]
        for key, kind in _federal_kinds().deductions.items()
    )
    return grid(("Deduction", *MATRIX, "Form W-2", "Otherwise"), rows)


def counted_wages() -> str:
    """Which federal wages each earning counts for, its box of Form W-2, and where states depart."""
    rows = (
        [
            f"`{key}`",
            *(_counts(kind, tax) for tax in MATRIX.values()),
            kind.w2 or "–",
            _departing(key, "earning"),
        ]
        for key, kind in _federal_kinds().earnings.items()
    )
    return grid(("Earning", *MATRIX, "Form W-2", "Otherwise"), rows)


def _counts(kind: EarningKind, tax: str) -> str:
    if kind.counts_for is None or tax in kind.counts_for:
        return "wages"
    return "beyond the limit" if kind.exempt else "–"


def _departing(key: str, part: str) -> str:
    """The taxes of states that treat a kind otherwise than the federal tax that they follow."""
    found = []
    for place, rule in _newest("taxability"):
        figures = rule.figures
        several = figures.departures if part == "deduction" else figures.earning_departures
        taxes = [each.tax.replace("_", " ") for each in several if getattr(each, part) == key]
        if taxes:
            found.append(f"{name(place)}: {', '.join(taxes)}")
    return "<br>".join(found) or "–"


def year_limits() -> str:
    """The limits on deductions by year."""
    rows: dict[str, dict[int, str]] = {}
    years: set[int] = set()
    for table in LIMITS:
        for edition in TABLES.editions("US", table):
            year = edition.head.effective.year
            years.add(year)
            for label, amount in _amounts(table, rule_of(edition).figures):
                rows.setdefault(label, {})[year] = as_text(amount).removesuffix(".00")
    ordered = sorted(years)
    body = ([label, *(by_year.get(y, "–") for y in ordered)] for label, by_year in rows.items())
    return grid(("Limit", *map(str, ordered)), body)


def _amounts(table: str, figures: Any) -> Iterator[tuple[str, int]]:
    if table == "benefit_limits":
        for key, limit in figures.limits.items():
            words = key.replace("_", " ")
            yield f"{words}, a month" if limit.by_month else words, limit.limit
            for part in ("family", "filing_separately", "catch_up", "carry_over"):
                if getattr(limit, part):
                    yield f"{words}: {part.replace('_', ' ')}", getattr(limit, part)
    elif table == "retirement_limits":
        yield "compensation", figures.compensation
        yield "annual additions", figures.annual_additions
    else:
        words = table.replace("_", " ")
        yield words, figures.limit
        for each in figures.catch_up:
            yield f"{words}: catch-up from {each.from_age}", each.amount


def state_wages() -> str:
    """The federal tax whose wages each tax of a state follows, and where it departs from them."""
    heads = ("Tax", "Same wages as", "Except")
    return grid(
        heads, (row for place, rule in _newest("taxability") for row in wages_of(place, rule))
    )


def wages_of(place: str, rule: Rule) -> Iterator[list[str]]:
    """A row for each tax of a state: whose wages it has, and where it departs from them."""
    for tax, federal in rule.figures.follows.items():
        shown = [_departure(d) for d in rule.figures.departures if d.tax == tax]
        shown += [
            f"`{other.earning}` {'counts' if other.counts else 'does not count'}"
            for other in rule.figures.earning_departures
            if other.tax == tax
        ]
        followed = "all pay" if federal == GROSS else f"`US/{federal}`"
        yield [f"`{place}/{tax}`", followed, "<br>".join(shown) or "–"]


def _departure(departure: Departure) -> str:
    parts = [
        f"`{departure.deduction}` {'reduces' if departure.reduces else 'does not reduce'} them"
    ]
    if departure.up_to is not None:
        parts.append(f"up to {as_text(departure.up_to)} a year")
    if departure.employer_part:
        parts.append("and what the employer adds counts")
    return " ".join(parts)


# States and places


def agreements() -> str:
    """The reciprocity agreements."""
    rows = (
        [name(place), ", ".join(map(name, rule.figures.reciprocity)), _certificate(rule)]
        for place, rule in _newest("residence")
        if rule.figures.reciprocity
    )
    return grid(("Work in", "by residents of", "Certificate"), rows)


def _certificate(rule: Rule) -> str:
    (form,) = {agreement.certificate for agreement in rule.figures.reciprocity.values()}
    return str(form)


def residence() -> str:
    """What each state does with wages of those who live or work elsewhere."""
    heads = ("State", "From residents", "Nonresidents from", "Office in the state")
    return grid(heads, (_residence(place, rule.figures) for place, rule in _newest("residence")))


def _residence(place: str, figures: Any) -> list[str]:
    withheld = {
        "less_other_tax": "own tax less that of the other state",
        "all": "own tax",
        "nothing": "nothing, if the other state withholds",
        "not_required": "nothing",
    }
    convenience = "–"
    if figures.convenience:
        convenience = "taxed" + (" in return" if figures.convenience.in_return else "")
    return [name(place), withheld[figures.resident.withhold], _threshold(figures), convenience]


def _threshold(figures: Any) -> str:
    if figures.nonresidents_untaxed:
        return "not taxed"
    threshold = figures.threshold
    if threshold is None:
        return "the first day"
    if threshold.determined:
        return f"{threshold.determined}; the employer determines it"
    parts = []
    if threshold.days is not None:
        parts.append(f"more than {threshold.days} days")
    if threshold.wages is not None:
        parts.append(f"more than {as_text(threshold.wages)} dollars")
    who = ", if they live in a state without income tax" if threshold.mutual else ""
    return " and ".join(parts) + who


def places() -> str:
    """The tables with taxes of places."""
    rows = (
        [
            f"`{edition.id}`",
            edition.head.source[0].title,
            edition.head.places.kind,
            str(len(TABLES.register(edition).rows)),
        ]
        for edition in TABLES.registers()
        if edition.head.rule.startswith(COMPUTING)
    )
    return grid(("Table", "Source", "Kind", "Places"), rows)


def employments() -> str:
    """The kinds of employment that some federal taxes do not cover."""
    table = rule_of(TABLES.editions("US", "exempt_employment")[-1]).table
    rows = (
        [f"`{kind}`", employment.holds, _without(employment.turns_off), employment.source]
        for kind, employment in table.figures.employments.items()
    )
    return grid(("Kind", "Holds for", "Turns off", "Source"), rows)


def employments_of_states() -> str:
    """The kinds of employment that some taxes of states do not cover."""
    rows = (
        [name(place), f"`{kind}`", employment.holds, _without(employment.turns_off)]
        for place, rule in _newest("exempt_employment")
        if place != "US"
        for kind, employment in rule.figures.employments.items()
    )
    return grid(("State", "Kind", "Holds for", "Turns off"), rows)


def _without(taxes: tuple[str, ...]) -> str:
    """The taxes in words; the supplemental tax goes with the income tax."""
    names = (tax.rpartition("/")[2].replace("_", " ") for tax in taxes)
    return ", ".join(n for n in names if not n.startswith(("supplemental", "additional"))) or "–"


def benefits() -> str:
    """The newest table of each programme's benefits."""
    rows = []
    for programme in programmes(TABLES):
        place, _, tax = programme.partition("/")
        edition = TABLES.editions(place, f"{tax}_benefit")[-1]
        figures: Any = rule_of(edition).figures
        shares = ", ".join(
            f"{rate_as_text(t.rate)}" + (f" above {as_text(t.over)}" if t.over else "")
            for t in figures.tiers
        )
        formula = f"{shares} of the average of {figures.average}"
        amounts = [as_text(figures.minimum), as_text(figures.maximum)]
        duration = [str(figures.waiting_days), str(figures.weeks)]
        rows.append([f"`{programme}`", edition.dates, formula, *amounts, *duration])
    return grid(
        ("Programme", "First days", "Formula", "Least", "Most", "Waiting days", "Weeks"), rows
    )


# Garnishments


def orders() -> str:
    """The kinds of orders, with the laws they are under and what a chapter 13 order stays."""
    figures: Any = _federal("garnishment").figures
    rows = (
        [f"`{key}`", kind.meaning, kind.source, _code(kind.subtracts) or "–", _yes(kind.stayed)]
        for key, kind in figures.kinds.items()
    )
    return grid(("Kind", "Meaning", "Law", "Subtracts", "Stayed by chapter 13"), rows)


def creditors() -> str:
    """The limit of each state on creditors, as far as it is known."""
    federal: Any = _federal("creditor_garnishment").figures
    rows = [["Federal", _edition_dates("US", "creditor_garnishment"), *_limit(federal)]]
    for place in JURISDICTIONS:
        if TABLES.editions(place, "creditor_garnishment"):
            rule = rule_of(TABLES.editions(place, "creditor_garnishment")[-1])
            dates = _edition_dates(place, "creditor_garnishment")
            rows.append([name(place), dates, *_limit(rule.figures)])
        elif place in federal.like_federal:
            rows.append([name(place), "", "as the federal limit", "", ""])
        else:
            rows.append([name(place), "", "not known: the order states its limit", "", ""])
    return grid(("State", "Newest table", "Share", "Left in any case, a week", "Law"), rows)


def _limit(figures: Any) -> list[str]:
    if figures.prohibited:
        return ["nothing", "", figures.source]
    shares = [
        f"{_percent(row.rate)} of a month's {figures.of} above {as_text(row.over)}"
        for row in (figures.schedule.rows if figures.schedule else ())
    ]
    shares += [
        f"{_percent(tier.rate)} of {figures.of}"
        + (f", above {as_text(tier.over)} of {figures.by} a week" if tier.over else "")
        for tier in figures.rates
    ]
    if figures.head_of_family_rate is not None:
        shares.append(f"{_percent(figures.head_of_family_rate)} for heads of a family")
    if figures.less_per_dependent:
        shares.append(f"less {as_text(figures.less_per_dependent)} a week for each dependent")
    shares = shares or [f"all {figures.of} above the floor"]
    if figures.share_counts == "creditors":
        shares.append("of which only other creditors take")
    if figures.consumer_credit_only:
        shares.append("for consumer credit only")
    return ["<br>".join(shares), _floor(figures), figures.source]


def _floor(figures: Any) -> str:
    floor = as_text(figures.floors.get("weekly", 0))
    if figures.multiple:
        wage = as_text(figures.minimum_wage)
        floor = f"{as_text(figures.multiple * figures.minimum_wage)} ({figures.multiple} x {wage})"
    if figures.local_wages:
        floor += ", or by a higher local minimum wage"
    if figures.floor_per_dependent:
        floor += f" and {as_text(figures.floor_per_dependent)} for each dependent"
    if figures.excess_rate != ONE:
        floor += f"; {_percent(figures.excess_rate)} of what is above it may be taken"
    return floor


def support() -> str:
    """The limit of each state on support, its allocation, and the employer's fee."""
    figures: Any = _federal("support_order").figures
    heads = ("State of work", "Second family", "Otherwise", "Old arrears", "Allocation", "Fee")
    return grid(heads, ([name(p), *_support(figures, r)] for p, r in figures.states.items()))


def _support(figures: Any, rule: Any) -> list[str]:
    rates = [
        _percent(getattr(figures if getattr(rule, field) is None else rule, field))
        for field in ("second_family", "otherwise", "arrears")
    ]
    if rule.one_order is not None:
        rates = [f"{rate} (one order: {_percent(rule.one_order)})" for rate in rates[:2]] + rates[
            2:
        ]
    fee = f"{as_text(rule.fee.amount)} a {rule.fee.per}" if rule.fee else "not known"
    return [*rates, rule.allocation or "not known", fee]


def state_levies() -> str:
    """The states whose share by a tax levy is known."""
    figures: Any = _federal("state_tax_levy").figures
    rows = (
        [name(place), f"{_percent(rule.rate)} of {rule.of}", rule.source]
        for place, rule in figures.states.items()
    )
    return grid(("State", "Share", "Law"), rows)


def _federal(table: str) -> Rule:
    return rule_of(TABLES.editions("US", table)[-1])


def _edition_dates(place: str, table: str) -> str:
    return TABLES.editions(place, table)[-1].dates


def _percent(rate: int) -> str:
    return f"{rate_as_text(rate * 100)} percent"


def _yes(answer: bool) -> str:
    return "yes" if answer else "no"


PARTS: dict[str, Callable[[], str]] = {
    "agreements": agreements,
    "benefits": benefits,
    "employments": employments,
    "employments_of_states": employments_of_states,
    "certificates": certificates,
    "counted_wages": counted_wages,
    "coverage": coverage,
    "creditors": creditors,
    "deductions": deductions,
    "earnings": earnings,
    "gaps": gaps,
    "methods": methods,
    "orders": orders,
    "places": places,
    "reduced_wages": reduced_wages,
    "residence": residence,
    "state_levies": state_levies,
    "state_wages": state_wages,
    "support": support,
    "unverified": unverified,
    "year_limits": year_limits,
}
"""What makes each part."""
