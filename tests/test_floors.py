"""The house stands: each module on its floor, imports from below only, heavy packages where they belong, no floats."""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
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


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> list[tuple[str, int, bool]]:
    """Each imported module with its line, and whether it is imported late: in a function, or for type checking only."""
    tree, found = tree_of(path), []
    late = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        or (isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING"))
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(alias.name, node.lineno, node in late) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{address(path)}:{node.lineno}: imports are written in full"
            assert node.module is not None
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.append((whole if node.module == "pipeline" else node.module, node.lineno, node in late))
    return found


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


def misplaced(path: Path) -> Iterator[str]:
    allowed = allowed_rooms(room_of(path))
    for module, line, _ in imports(path):
        if module == "pipeline.__version__":
            continue  # a constant of the package, not one of its rooms
        if module.split(".")[0] == "pipeline" and module.split(".")[1] not in allowed:
            yield f"{address(path)}:{line}: {room_of(path)} must not import {module.split('.')[1]}"


def out_of_place(path: Path) -> Iterator[str]:
    for module, line, inside in imports(path):
        top = module.split(".")[0]
        if top in sys.stdlib_module_names or top in LIGHT or top == "pipeline":
            continue
        rule = HOUSE["imports"].get(top)
        if not rule:
            yield f"{address(path)}:{line}: nobody may import {top}; see [imports] in tests/floors.toml"
        elif room_of(path) not in rule["rooms"]:
            yield f"{address(path)}:{line}: only {rule['rooms']} may import {top}"
        elif rule.get("late") and not inside and room_of(path) not in rule.get("at_once", ()):
            yield f"{address(path)}:{line}: {top} must be imported inside a function"


def too_long(path: Path) -> Iterator[str]:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    if lines > HOUSE["lines"]["most"]:
        yield f"{address(path)} has {lines} lines: it is two modules"


def floats(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)) if room_of(path) in HOUSE["exact"]["rooms"] else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            yield f"{address(path)}:{node.lineno}: {node.value} is a float"
        if isinstance(node, ast.Name) and node.id == "float":
            yield f"{address(path)}:{node.lineno}: float"


def hasty(path: Path) -> Iterator[str]:
    """Patterns that `re` compiles when the module is imported. Those of bytes may be, and those of `regex`, which each
    reading needs."""
    tree = tree_of(path)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)]
    within = {inner for function in functions for part in _body(function) for inner in ast.walk(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node not in within and path.name != "patterns.py":
            of_bytes = any(isinstance(a, ast.Constant) and isinstance(a.value, bytes) for a in node.args)
            if ast.unparse(node.func) in ("re.compile", "compiled") and not of_bytes:
                yield f"{address(path)}:{node.lineno}: compiled on import; `patterns.lazy` waits until it is needed"


def _body(function: ast.FunctionDef | ast.Lambda) -> list[ast.AST]:
    return [*function.body] if isinstance(function, ast.FunctionDef) else [function.body]


def wordless(path: Path) -> Iterator[str]:
    if not ast.get_docstring(tree_of(path)):
        yield f"{address(path)} has no docstring"


@pytest.mark.parametrize(
    "amiss",
    [misplaced, out_of_place, too_long, floats, hasty, wordless],
    ids=[
        "imports come from below",
        "other packages are imported where they belong",
        "no module is too long",
        "no float comes near a value",
        "no pattern is compiled on import",
        "every module says what it is",
    ],
)
def test_the_house_is_in_order(amiss: Callable[[Path], Iterator[str]]) -> None:
    found = [line for path in FILES for line in amiss(path)]
    assert not found, "\n".join(found)


def test_the_house_has_no_room_for_odds_and_ends() -> None:
    odd = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
    assert not odd & {path.stem for path in FILES}


def test_importing_the_package_reads_no_file_and_loads_nothing_heavy() -> None:
    import subprocess

    code = "import sys, pipeline; print([m for m in ('spacy', 'pandas', 'click', 'rich', 'regex') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=PACKAGE.parent)
    assert done.stdout.strip() == "[]"
