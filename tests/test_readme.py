"""The README, CONTRIBUTING and the documentation show what asopay prints."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from asopay import Rulebook, TaxTables
from asopay.coverage import as_markdown

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
PAGES = [
    README,
    ROOT / "CONTRIBUTING.md",
    *(page for page in sorted(ROOT.glob("docs/**/*.md")) if "_build" not in page.parts),
]

COVERAGE = re.compile(r"(?<=<!-- coverage -->\n)(.*?)(?=<!-- /coverage -->)", re.DOTALL)
FILE = re.compile(r"```\{code-block\} \w+\n:caption: (\S+)\n\n(.*?)```\n", re.DOTALL)
CONSOLE = re.compile(r"```console\n(.*?)```\n", re.DOTALL)
LEFT_OUT = "[...]\n"


def with_coverage(readme: str) -> str:
    """The README with the coverage of the shipped tables between its markers."""
    table = as_markdown(Rulebook(TaxTables()))
    return COVERAGE.sub(lambda _: f"\n{table}\n", readme)


def test_the_coverage_table_is_that_of_the_tables() -> None:
    """What the README says is covered is what the tax tables cover."""
    readme = README.read_text(encoding="utf-8")
    is_current = with_coverage(readme) == readme

    assert COVERAGE.search(readme)
    assert is_current, "the coverage table is stale: run `python tests/test_readme.py`"


@pytest.mark.skipif(os.name == "nt", reason="the examples are for a POSIX shell")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    """Each ``$`` command of a page prints the lines below it; a line ``[...]`` is any lines.

    The commands run one after the other beside the examples and the files that the page gives.
    """
    text = page.read_text(encoding="utf-8")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    for name, content in FILE.findall(text):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    for block in CONSOLE.findall(text):
        for command, shown in commands(block):
            printed = run(command, tmp_path)
            pieces = map(re.escape, shown.split(LEFT_OUT))

            assert re.fullmatch("(?:.*\n)*".join(pieces), printed), f"$ {command}\n{printed}"


def commands(block: str) -> list[tuple[str, str]]:
    """The commands of a block, each with the lines shown below it."""
    starts = [found.start() for found in re.finditer(r"^\$ ", block, re.MULTILINE)]
    parts = [block[here:there] for here, there in pairwise([*starts, len(block)])]
    return [(part[2:].partition("\n")[0], part.partition("\n")[2]) for part in parts]


def run(command: str, folder: Path) -> str:
    """What the command prints, errors with the rest."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80"}
    environment.pop("ASOPAY_TAX_TABLES", None)
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode()


if __name__ == "__main__":
    README.write_text(with_coverage(README.read_text(encoding="utf-8")), encoding="utf-8")
