"""The house stands: each module on its floor, imports from below only, heavy packages where they belong, no floats."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "pipeline"
HOUSE = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
FILES = sorted(path for path in PACKAGE.rglob("*.py") if "shipped_rules" not in path.parts)
ROOMS = [room for floor in HOUSE["floor"] for room in floor["rooms"]]

# Packages that anything may import beside the standard library.
LIGHT = {"regex"}


def address(path: Path) -> str:
    return path.relative_to(PACKAGE.parent).as_posix()


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int, bool]]:
    """Each imported module with its line, and whether it is imported late: in a function, or for type checking only."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        or (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"))
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno, node in late
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{address(path)}:{node.lineno}: imports are written in full"
            assert node.module is not None
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield (whole if node.module == "pipeline" else node.module), node.lineno, node in late


def allowed_rooms(room: str) -> set[str]:
    """The rooms that a room may import from."""
    below: set[str] = set()
    for floor in HOUSE["floor"]:
        if room in floor["rooms"]:
            before = [] if floor.get("siblings") else floor["rooms"][: floor["rooms"].index(room)]
            return below | set(before) | {room}
        below |= set(floor["rooms"])
    raise AssertionError(f"{room} stands on no floor: add it to tests/floors.toml")


def test_every_module_stands_on_one_floor() -> None:
    assert sorted(ROOMS) == sorted({room_of(path) for path in FILES})


@pytest.mark.parametrize("path", FILES, ids=address)
def test_imports_come_from_below(path: Path) -> None:
    allowed = allowed_rooms(room_of(path))
    for module, line, _ in imports(path):
        if module == "pipeline.__version__":
            continue  # a constant of the package, not one of its rooms
        if module.split(".")[0] == "pipeline":
            room = module.split(".")[1]
            assert room in allowed, f"{address(path)}:{line}: {room_of(path)} must not import {room}"


@pytest.mark.parametrize("path", FILES, ids=address)
def test_other_packages_are_imported_where_they_belong(path: Path) -> None:
    for module, line, inside in imports(path):
        top = module.split(".")[0]
        if top in sys.stdlib_module_names or top in LIGHT or top == "pipeline":
            continue
        rule = HOUSE["imports"].get(top)
        assert rule, f"{address(path)}:{line}: nobody may import {top}; see [imports] in tests/floors.toml"
        assert room_of(path) in rule["rooms"], f"{address(path)}:{line}: only {rule['rooms']} may import {top}"
        late = inside or room_of(path) in rule.get("at_once", ())
        assert late or not rule.get("late"), f"{address(path)}:{line}: {top} must be imported inside a function"


@pytest.mark.parametrize("path", FILES, ids=address)
def test_no_module_is_too_long(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= HOUSE["lines"]["most"], f"{address(path)} has {lines} lines: it is two modules"


@pytest.mark.parametrize("path", [p for p in FILES if room_of(p) in HOUSE["exact"]["rooms"]], ids=address)
def test_no_float_comes_near_a_value(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant):
            assert not isinstance(node.value, float), f"{address(path)}:{node.lineno}: {node.value} is a float"
        if isinstance(node, ast.Name):
            assert node.id != "float", f"{address(path)}:{node.lineno}: float"


@pytest.mark.parametrize("path", FILES, ids=address)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), f"{address(path)} has no docstring"


def test_the_house_has_no_room_for_odds_and_ends() -> None:
    odd = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
    assert not odd & {path.stem for path in FILES}


def test_importing_the_package_reads_no_file_and_loads_nothing_heavy() -> None:
    import subprocess

    code = "import sys, pipeline; print([m for m in ('spacy', 'pandas', 'click', 'rich', 'regex') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.strip() == "[]"
