"""Sphinx: `sphinx-build -n -W --keep-going docs docs/_build/html`."""

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from from_tables import fill_in

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
# What is documented elsewhere: the standard library, and types that only mypy needs.
nitpick_ignore_regex = [
    ("py:class", r"(collections\.abc|datetime|decimal|pathlib|fractions|typing)\..*"),
    ("py:class", r"(date|Decimal|Fraction|Path|Any|Mapping|Sequence|Iterable|Iterator)"),
    ("py:class", r"asopay\.money\.(Cents|Rate|Unrounded)"),
]

html_theme = "alabaster"
html_theme_options = {
    "description": "US payroll, exact and explained",
    "fixed_sidebar": True,
    "page_width": "1120px",
}


def setup(app: Any) -> None:
    """Fills in the parts of the pages that are made from the tax tables."""
    app.connect("source-read", _from_the_tables)


def _from_the_tables(_app: Any, _page: str, source: list[str]) -> None:
    source[0] = fill_in(source[0])
