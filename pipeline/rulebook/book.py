"""The folder of rules → one Rulebook; a user's own folder may be laid over the shipped one.

A rule of the user's with the name of a shipped one replaces it; any other is added behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.rulebook import apart_shapes, context_shapes, list_shapes, shapes, sound
from pipeline.rulebook.shapes import CheckRule, Piece, Rule
from pipeline.rulebook.toml import RuleError, read_rules

R = TypeVar("R", bound=Rule)

FILES: Mapping[str, Mapping[str, type[Rule]]] = {
    **shapes.FILES,
    "apart.toml": apart_shapes.TABLES,
    "context.toml": context_shapes.TABLES,
    "lists.toml": list_shapes.TABLES,
}


@dataclass(frozen=True, eq=False)
class Rulebook:
    """All rules, by the shape of their table. Compared by identity, so a stage may keep what it compiled from it."""

    rules: Mapping[type[Rule], tuple[Rule, ...]]
    sha256: str

    def of(self, shape: type[R]) -> tuple[R, ...]:
        """The rules of one shape, in the order of their file."""
        return self.rules.get(shape, ())  # type: ignore[return-value]

    def __iter__(self) -> Iterator[Rule]:
        for rules in self.rules.values():
            yield from rules


def shipped_rules() -> Path:
    """The folder of the shipped rules: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "shipped_rules"
    return inside if inside.is_dir() else package.parent / "rules"


def load(*folders: Path) -> Rulebook:
    """The rulebook of these folders, each laid over the one before; the shipped rules when none is given.

    Raises RuleError, with file, table and key, for the first mistake.
    """
    rules: dict[type[Rule], dict[str, Rule]] = {}
    own: list[Rule] = []
    digest = hashlib.sha256()
    for folder in folders or (shipped_rules(),):
        if not folder.is_dir():
            raise RuleError(f"{folder}: no such folder of rules")
        for path in sorted(folder.rglob("*.toml")):
            inner = path.relative_to(folder).as_posix()
            tables = FILES.get("checks/*.toml" if inner.startswith("checks/") else inner)
            if tables is None:
                raise RuleError(f"{folder.name}/{inner}: unknown rule file; known: {', '.join(FILES)}")
            if not path.is_file():  # a pipe would keep us waiting for what nobody writes
                raise RuleError(f"{folder.name}/{inner}: not a file; move it away")
            digest.update(inner.encode() + b"\0" + path.read_bytes() + b"\0")
            for table, found in read_rules(path, tables, f"{folder.name}/{inner}").items():
                named = rules.setdefault(tables[table], {})
                for rule in found:
                    named[rule.name] = rule
                own.extend(found if folder != shipped_rules() else ())
    if own:
        pieces = sound.pieces_of(rule for rule in rules.get(Piece, {}).values() if isinstance(rule, Piece))
        kinds = rules.get(CheckRule, {}).keys()
        for rule in own:
            if problem := sound.problem(rule, pieces, kinds):
                raise RuleError(problem)
    return Rulebook({shape: tuple(named.values()) for shape, named in rules.items()}, digest.hexdigest())
