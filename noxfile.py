"""Automation: `nox` runs all that a change has to pass, `nox -s NAME` one session of it."""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "virtualenv"
nox.options.error_on_missing_interpreters = False  # one supported Python is enough
nox.options.sessions = [
    "lint", "types", "tests", "coverage", "distributed", "docs", "build", "wheel"
]  # fmt: skip

RIVALS = {"python-taxes": "0.7.0", "policyengine-us": "2.68.0"}
"""What is measured beside asopay, each in an environment of its own."""

HERE = Path(__file__).parent
DIST = HERE / "dist"
PYPROJECT = nox.project.load_toml("pyproject.toml")

SCRIPT_OF_A_USER = """\
import json
from pathlib import Path

import asopay
from asopay import documents

result = documents.paycheck(json.loads(Path("california_biweekly.json").read_text()))
print(f"{asopay.__file__}: net pay {result['net_pay']}, {len(result['worksheets'])} worksheets")
"""


def group(name: str) -> tuple[str, ...]:
    """The requirements of a dependency group of pyproject.toml."""
    return nox.project.dependency_groups(PYPROJECT, name)


@nox.session
def lint(session: nox.Session) -> None:
    """Style and format, with ruff."""
    session.install(*group("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Types, with mypy; how strict stands in pyproject.toml."""
    session.install("--editable", ".", *group("types"))
    session.run("mypy")


@nox.session(python=nox.project.python_versions(PYPROJECT))
def tests(session: nox.Session) -> None:
    """Tests and doctests, on every supported Python that this machine has."""
    session.install("--editable", ".", *group("tests"))
    session.env["COVERAGE_FILE"] = str(HERE / f".coverage.{session.python}")
    session.run("coverage", "erase")  # only what this Python measured before
    session.run("coverage", "run", "-m", "pytest", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """The coverage of all the Pythons' tests together."""
    session.install(*group("tests"))
    session.run("coverage", "combine")
    session.run("coverage", "report")


@nox.session
def distributed(session: nox.Session) -> None:
    """Payrolls with other engines, each a real one: Spark on this machine, Dask, DuckDB, Polars."""
    session.install(".[columns]", *group("distributed"))
    if shutil.which("java") is None:
        session.warn("there is no Java: the tests with Spark are skipped; .ci/run installs one")
    session.env["PYTHONPATH"] = None
    session.run("pytest", "-q", "-W", "default", "tests/distributed", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """The documentation in HTML; a warning or a broken reference is an error."""
    session.install(".", *group("docs"))
    session.run("sphinx-build", "-q", "-n", "-W", "--keep-going", "docs", "docs/_build/html")


@nox.session
def build(session: nox.Session) -> None:
    """The wheel and the sdist, in dist/, with every tax table in both."""
    session.install("build")
    shutil.rmtree(DIST, ignore_errors=True)
    session.run("python", "-m", "build", silent=True)
    [wheel], [sdist] = DIST.glob("*.whl"), DIST.glob("*.tar.gz")
    in_wheel = set(zipfile.ZipFile(wheel).namelist())
    with tarfile.open(sdist) as archive:
        in_sdist = {name.partition("/")[2] for name in archive.getnames()}
    tables = [path.relative_to(HERE).as_posix() for path in HERE.glob("tax_tables/**/*.*")]
    missing = [f"{table} in the sdist" for table in tables if table not in in_sdist]
    wanted = ["asopay/py.typed", *(f"asopay/{table}" for table in tables)]
    missing += [f"{name} in the wheel" for name in wanted if name not in in_wheel]
    if missing:
        session.error(f"missing: {', '.join(missing)}")
    session.log(f"{wheel.name} and {sdist.name} hold all {len(tables)} files of tax_tables/")


@nox.session(requires=["build"])
def wheel(session: nox.Session) -> None:
    """The main job with nothing but the built wheel, from outside the repository."""
    session.install(*map(str, DIST.glob("*.whl")))
    session.env["PYTHONPATH"] = None
    with TemporaryDirectory() as folder, session.chdir(folder):
        shutil.copy(HERE / "examples" / "california_biweekly.json", folder)
        session.run("asopay", "paycheck", "california_biweekly.json")
        session.run("asopay", "tables", "check")
        Path("script.py").write_text(SCRIPT_OF_A_USER, encoding="utf-8")
        session.run("python", "script.py")


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """The figures of docs/performance.md, measured here; `-- --full` takes the long ones too."""
    session.install(".[columns]")
    rivals = []
    for name, version in RIVALS.items():
        folder = Path(session.create_tmp()) / name
        session.run("python", "-m", "venv", str(folder))
        python = str(folder / "bin" / "python")
        session.run(python, "-m", "pip", "install", "-q", f"{name}=={version}", external=True)
        rivals += [f"--{name}", python]
    session.run("python", "-m", "benchmarks", *rivals, *session.posargs)
