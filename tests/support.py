"""What tests share: a plain paycheck request, what comes of it, and tables of our own."""

from __future__ import annotations

from pathlib import Path
from re import escape
from typing import Any

import pytest

from asopay import InvalidRequest, Rulebook, documents

HEAD = """
checked = ["nothing: it is made up"]

[[source]]
title = "A made-up publication"
publisher = "A test"
url = "https://example.org/"
read = "nothing"

"""
"""The part of a table's head that every made-up table shares; `rule` and dates stand before it."""

RATE = 'rule = "contributions.rate_on_wages"\n\n'
"""The start of a made-up table of a rate on wages; its figures follow."""


def exactly(text: str) -> str:
    """A pattern that matches the text and nothing else."""
    return rf"\A{escape(text)}\Z"


def request(state: str = "US-TX", **changes: Any) -> dict[str, Any]:
    """A request document: 2,000.00 dollars every two weeks, and no certificate."""
    return {
        "pay_date": "2026-03-13",
        "pay_frequency": "biweekly",
        "employee": {"residence": [state]},
        "earnings": [{"kind": "regular", "amount": "2000.00"}],
        **changes,
    }


def taxes(document: dict[str, Any], part: str = "amount") -> dict[str, str]:
    """The amounts (or wages …) of the paycheck's taxes by id; the employer's are marked."""
    mark = {"employee": "", "employer": " (employer)"}
    result = documents.paycheck(document)
    return {tax["id"] + mark[tax["payer"]]: tax[part] for tax in result["taxes"]}


def faults(document: Any, rulebook: Rulebook | None = None) -> list[str]:
    """The faults of the document, as text; it must have some."""
    with pytest.raises(InvalidRequest) as refused:
        documents.paycheck(document, rulebook)
    return [str(fault) for fault in refused.value.faults]


def write_table(folder: Path, name: str, text: str, head: str = HEAD) -> Path:
    """Writes a table file, such as ``us-ca/income_tax/2026-01-01``; `text` may start the head."""
    path = folder / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    first, _, rest = text.partition("\n\n")
    path.write_text(f"effective = {path.stem}\n{first.strip()}\n{head}{rest}", encoding="utf-8")
    return path
