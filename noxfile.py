"""Automation: `nox` runs everything that a change has to pass, `nox -s NAME` one session."""

from __future__ import annotations

import shutil
import tarfile
import tempfile
import zipfile
from pathlib import Path

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False  # Python 3.11 is enough
nox.options.sessions = ["lint", "types", "tests", "coverage", "docs", "wheel"]

HERE = Path(__file__).parent
PYPROJECT = nox.project.load_toml("pyproject.toml")
REQUEST = HERE / "examples" / "california_biweekly.json"

A_USERS_SCRIPT = """\
import json
import sys
from importlib.metadata import version

import asopay
from asopay import documents

with open(sys.argv[1]) as file:
    result = documents.paycheck(json.load(file))
print("asopay", version("asopay"), "from", asopay.__file__)
print("net pay", result["net_pay"], "with", len(result["worksheets"]), "worksheets")
"""


def _group(name: str) -> tuple[str, ...]:
    """The requirements of a dependency group of pyproject.toml."""
    return nox.project.dependency_groups(PYPROJECT, name)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and format, with ruff."""
    session.install(*_group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Types, with mypy in strict mode."""
    session.install("--editable", ".", "nox", *_group("types"))
    session.run("mypy")


@nox.session(python=nox.project.python_versions(PYPROJECT))
def tests(session: nox.Session) -> None:
    """All tests and doctests, on every supported Python that this machine has."""
    session.install("--editable", ".", *_group("tests"))
    # A data file of its own for each Python, so that erasing one keeps the others.
    session.env["COVERAGE_FILE"] = str(HERE / f".coverage.{session.python}")
    session.run("coverage", "erase")
    session.run("coverage", "run", "-m", "pytest", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """The coverage of all the test runs together."""
    session.install(*_group("tests"))
    session.run("coverage", "combine")
    session.run("coverage", "report")


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation as HTML; every warning and every broken reference is an error."""
    session.install(".", *_group("docs"))
    session.run("sphinx-build", "-n", "-W", "--keep-going", "-E", "docs", "docs/_build/html")


@nox.session
def wheel(session: nox.Session) -> None:
    """The built distributions, and the main job with the wheel in a clean environment."""
    session.install("build")
    # Outside the repository, so that nothing but the wheel can be found.
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        session.run("python", "-m", "build", "--outdir", temporary, silent=True)
        [built] = folder.glob("*.whl")
        [source] = folder.glob("*.tar.gz")
        _check_contents(session, built, source)
        with session.chdir(folder):
            session.run("python", "-m", "venv", "clean", env={"PYTHONPATH": None})
            _main_job(session, folder, built)


def _check_contents(session: nox.Session, built: Path, source: Path) -> None:
    """Every tax table is in both distributions, and the wheel is typed."""
    tables = {path.relative_to(HERE).as_posix() for path in HERE.glob("tax_tables/**/*.*")}
    in_wheel = set(zipfile.ZipFile(built).namelist())
    with tarfile.open(source) as archive:
        in_source = {name.partition("/")[2] for name in archive.getnames()}
    missing = {f"asopay/{name}" for name in tables} - in_wheel | tables - in_source
    missing |= {"asopay/py.typed"} - in_wheel
    if missing:
        session.error(f"not in the distributions: {', '.join(sorted(missing))}")
    session.log(f"{built.name} and {source.name} have all {len(tables)} files of tax_tables")


def _main_job(session: nox.Session, folder: Path, built: Path) -> None:
    """The wheel as a user has it: installed, its command run, imported by a script."""
    scripts = folder / "clean" / ("Scripts" if session.platform == "win32" else "bin")
