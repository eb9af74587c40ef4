"""A page for each jurisdiction, made from its tax tables and its worked examples.

Sphinx calls `write_pages` before it reads the sources. The pages are not kept in the repository.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from from_tables import RULEBOOK, TABLES, certificate_forms, grid, wages_of

from asopay.in_force import Rule
from asopay.jurisdictions import name
from asopay.rulebook import rule_of
from asopay.tables import Edition
from asopay.worksheet import Form

GARNISHMENTS = (
    "garnishment",
    "creditor_garnishment",
    "support_order",
    "federal_tax_levy",
    "administrative_garnishment",
    "state_tax_levy",
)
"""Tables of garnishments, which are no taxes."""

EXAMPLES = Path(__file__).parent.parent / "tests" / "worked_examples"


def write_pages(folder: Path) -> None:
    """Writes every page into the folder; a page that is already so is left alone."""
    folder.mkdir(exist_ok=True)
    pages = {f"{place.lower()}.md": page(place) for place in TABLES.jurisdictions()}
    for path in folder.glob("us*.md"):
        if path.name not in pages:
            path.unlink()
    for file, text in pages.items():
        path = folder / file
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def page(place: str) -> str:
    """What asopay knows of a jurisdiction, as Markdown."""
    return "\n\n".join(_parts(place)) + "\n"


def _title(place: str) -> str:
    """The name of the jurisdiction; of a place within a state, that of its tables."""
    newest = TABLES.editions(place, TABLES.taxes(place)[0])[-1]
    return newest.head.places.name or name(place)


def _parts(place: str) -> Iterator[str]:
    yield f"# {_title(place)} (`{place}`)"
    garnishments = (each for each in GARNISHMENTS if TABLES.editions(place, each))
    for tax in (*RULEBOOK.tax_names(place), *_registers(place), *garnishments):
        yield f"## {tax.replace('_', ' ').capitalize()}"
        editions = reversed(TABLES.editions(place, tax))
        for rule, same in groupby(editions, key=lambda edition: edition.head.rule):
            yield from _steps(f"asopay.{rule}")
            for edition in same:
                yield from _edition(edition)
    for rule in _newest(place, "certificate"):
        yield "## Certificate"
        yield certificate_forms(rule)
    for rule in _newest(place, "taxability"):
        if place != "US":
            yield "## Wages"
            yield from _wages(place, rule)
    yield from _worked_examples(place)
    for rule in _newest(place, "coverage"):
        yield "## Not computed"
        yield _list(rule.figures.not_computed)


def _registers(place: str) -> list[str]:
    """The tables of a state with taxes of places."""
    return [
        tax
        for tax in TABLES.taxes(place)
        if any(edition.has_register for edition in TABLES.editions(place, tax))
    ]


def _newest(place: str, table: str) -> Iterator[Rule]:
    for edition in TABLES.editions(place, table)[-1:]:
        yield rule_of(edition)


# A tax: the rule's steps, and its editions


def _edition(edition: Edition) -> Iterator[str]:
    head = edition.head
    yield f"### {head.effective}"
    yield f"`{edition.id}`: in force {edition.dates}, by the {head.governed_by.replace('_', ' ')}."
    if head.methods:
        listed = ", ".join(f"`{method}`" for method in head.methods)
        yield f"Methods, the default first: {listed}."
    if head.frequencies:
        limits = (f"`{m}`: {', '.join(f)}" for m, f in head.frequencies.items())
        yield f"Pay frequencies: {'; '.join(limits)}."
    if head.unverified:
        yield f"**Not verified:**\n\n{_list(head.unverified)}"
    yield f"Checked:\n\n{_list(head.checked)}"
    yield f"Sources:\n\n{_list(map(_source, head.source))}"
    yield from _figures(edition)


def _source(source: Any) -> str:
    form = f" ({source.form}, {source.revision})" if source.form and source.revision else ""
    return f"[{source.title}]({source.url}){form}, {source.publisher}: {source.read}"


def _steps(rule: str) -> Iterator[str]:
    """What the rule's module opens with, and the lines of its worksheets."""
    module = import_module(rule)
    yield module.__doc__ or ""
    for form in vars(module).values():
        if isinstance(form, Form):
            rows = ([f"`{label}`", line.meaning] for label, line in form.lines.items())
            yield f"{form.title}:\n\n{grid(('Line', 'What it holds'), rows)}"


def _figures(edition: Edition) -> Iterator[str]:
    """The figures as the file has them."""
    text = Path(edition.path).read_text(encoding="utf-8")
    _, mark, figures = text.partition("\n[figures")
    if mark:
        yield f"Figures:\n\n```toml\n[figures{figures.rstrip()}\n```"


# Wages, examples


def _wages(place: str, rule: Rule) -> Iterator[str]:
    yield grid(("Tax", "Same wages as", "Except"), wages_of(place, rule))
    sources = [each.source for each in rule.figures.departures]
    sources += [each.source for each in rule.figures.earning_departures]
    if sources:
        yield f"Why it departs:\n\n{_list(dict.fromkeys(sources))}"
    if rule.table.head.unverified:
        yield f"**Not verified:**\n\n{_list(rule.table.head.unverified)}"


def _worked_examples(place: str) -> Iterator[str]:
    rows = [_example(one) for one in _examples(place)]
    if rows:
        yield "## Worked examples"
        yield "Every one of them comes out to the cent: the tests run them all."
        yield grid(("Example", "Document", "Kind", "Pay date", "Wages", "Amount"), rows)


def _examples(place: str) -> Iterator[dict[str, Any]]:
    for path in sorted((EXAMPLES / place.lower()).glob("*.toml")):
        yield from tomllib.loads(path.read_text(encoding="utf-8")).get("example", [])


def _example(example: dict[str, Any]) -> list[str]:
    amount = example["expected"]
    if "defect" in example:
        amount += f" (printed: {example['printed']}; {example['defect']})"
    pay = f"{example['wages']} {example['frequency']}"
    day, kind = str(example["pay_date"]), example["kind"]
    return [f"`{example['id']}`", example["document"], kind, day, pay, amount]


def _list(items: Any) -> str:
    return "\n".join(f"- {item}" for item in items)
