"""Sphinx: `sphinx-build -n -W --keep-going docs docs/_build/html`."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from from_tables import fill_in
from jurisdiction_pages import write_pages

from asopay import __version__

project = "asopay"
author = "the asopay authors"
project_copyright = "the asopay authors; Apache License 2.0"
release = version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
exclude_patterns = ["_build"]

myst_enable_extensions = ["deflist"]
myst_heading_anchors = 3

# Docstrings name things in single backquotes.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
# Documented elsewhere, or not at all: the standard library, aliases and type variables, and the
# shapes of figures.
nitpick_ignore_regex = [
    (
        "py:class",
        r"(collections\.abc|datetime|decimal|fractions|numpy|os|pyarrow|types|typing)\..*",
    ),
    ("py:class|py:obj", r"(typing\.)?(Amounts|Cents|Rate)"),
    ("py:class", r"asopay\..*\.(T|Figures)"),
    ("py:class", r"asopay\.rulebook\.TaxInForce"),
    ("py:class", r"Register"),
    ("py:class", r"WeekPaid"),
    ("py:class", r"pyarrow\..*"),
]

html_theme = "alabaster"
html_theme_options = {
    "description": "US payroll, exact and explained",
    "fixed_sidebar": True,
    "page_width": "1120px",
}


def setup(app: Any) -> None:
    """Makes what comes from the tax tables, and makes signatures easier to read."""
    app.connect("builder-inited", _pages_of_jurisdictions)
    app.connect("source-read", _from_the_tables)
    app.connect("autodoc-process-signature", _shorter)


def _pages_of_jurisdictions(app: Any) -> None:
    write_pages(Path(app.srcdir) / "reference" / "jurisdictions")


def _from_the_tables(_app: Any, _page: str, source: list[str]) -> None:
    source[0] = fill_in(source[0])


def _shorter(*event: Any) -> tuple[str | None, str | None]:
    """The signature with defaults that attrs makes as ``...``, and with the alias of cents."""
    signature, returned = event[-2:]
    shorter = (signature or "").replace("NOTHING", "...")
    return shorter.replace("Annotated[int, 'cents']", "Cents") or signature, returned
