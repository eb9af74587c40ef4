"""What the house promises: imports run one way, rules stand alone, and asopay is light."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import asopay
from asopay import TaxTables

FOLDER = Path(asopay.__file__).parent
LAYERS = (
    {"_version", "errors", "jurisdictions", "parties"},
    {"money", "frequencies"},
    {"earlier"},
    {"faults", "orders", "tables"},
    {"worksheet", "legal_holidays", "age_bands", "timekeeping"},
    {"certificates", "taxability", "paycheck", "pay_periods", "residence", "exempt_employment"},
    {"earnings", "arrangements"},
    {"whereabouts"},
    {"sourcing"},
    {"withholding", "contributions", "deductions"},
    {"in_force"},
    {"rulebook"},
    {"overtime"},
    {"leave", "salaries", "expenses", "workers_compensation"},
    {
        *("assistance", "between_states", "cross_checks", "elections", "employer_terms"),
        *("exemptions", "garnishments"),
    },
    {"case"},
    {"preparing"},
    {"shares"},
    {"grounds"},
    {"levied"},
    {"resident_taxes"},
    {"taxes"},
    {"shortage"},
    {"gross_to_net"},
    {"gross_up"},
    {"reading", "schema", "statements", "coverage"},
    {"documents", "explain", "health", "retirement", "statutory_benefits", "timesheets"},
    {"disability", "life_insurance", "plans"},
    {"ledger"},
    {"compliance"},
    {"strategies", "invariants", "columns"},
    {"commands"},
    {"cli"},
)
"""The rooms from the ground up: a room imports those below it, and its own parts."""

HEAVY = {"babel", "hypothesis", "numpy", "pyarrow"}
"""What is imported only where it is needed."""


def modules() -> dict[str, Path]:
    """The modules by their names below asopay; a package has the name of its folder."""
    found = {}
    for path in FOLDER.rglob("*.py"):
        parts = path.relative_to(FOLDER).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()
INSIDE = sorted(MODULES.keys() - {""})
NAMED = {edition.head.rule for edition in TaxTables().all() if "." in edition.head.rule}
RULES = sorted(rule for rule in NAMED if not rule.startswith("compliance."))
"""The rules that tables name: procedures of withholding, contributions and deductions.

What `compliance` reads tables for builds on the ledger and is no such procedure.
"""


def room_of(module: str) -> str:
    return module.partition(".")[0]


def level_of(module: str) -> int:
    (level,) = (n for n, rooms in enumerate(LAYERS) if room_of(module) in rooms)
    return level


def imported(module: str) -> Iterator[str]:
    """What a module imports, at its top or within: full names, such as ``asopay.money.cents``."""
    for node in ast.walk(ast.parse(MODULES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} has a relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def own_imports(module: str) -> set[str]:
    """The modules of asopay that a module imports."""
    names = (name.removeprefix("asopay.") for name in imported(module) if name[:7] == "asopay.")
    return {name if name in MODULES else name.rpartition(".")[0] for name in names}


@pytest.mark.parametrize("module", INSIDE)
def test_imports_run_down(module: str) -> None:
    """A module imports from rooms below its own, or from its own."""
    own = room_of(module)
    uphill = {
        other
        for other in own_imports(module)
        if room_of(other) != own and level_of(other) >= level_of(module)
    }

    assert set() == uphill


@pytest.mark.parametrize("rule", RULES)
def test_rules_stand_alone(rule: str) -> None:
    """A rule, which is what a table names, imports no other rule: what they share is apart."""
    assert set() == own_imports(rule) & set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_rules_need_only_the_standard_library_and_attrs(rule: str) -> None:
    """A rule reads no clock, network or file, and needs nothing heavy."""
    packages = {name.partition(".")[0] for name in imported(rule)} - {"asopay", "attrs"}

    assert {"__future__", "collections", "datetime", "decimal", "fractions", "typing"} >= packages


def test_face() -> None:
    """The face names what users import, in order, and has no other public name."""
    public = {name for name in vars(asopay) if not name.startswith("_")} - {"annotations"}
    submodules = {module.partition(".")[0] for module in INSIDE}

    assert sorted(asopay.__all__) == list(asopay.__all__)
    assert {*asopay.__all__} - {"__version__"} == public - (
        submodules - {"gross_to_net", "gross_up"}
    )


@pytest.mark.parametrize("statement", ["import asopay", "import asopay.cli, asopay.documents"])
def test_import_is_light(statement: str) -> None:
    """Importing asopay, as a library and as a command, imports nothing heavy."""
    program = f"{statement}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    ).stdout

    assert set() == HEAVY & {name.partition(".")[0] for name in json.loads(printed)}
