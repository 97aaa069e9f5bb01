"""What the package offers to Python programs: a path or a text → its Reading; a table file → its DataFrame."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pipeline import readers, rulebook, run
from pipeline.model import Reading
from pipeline.rulebook import Rulebook
from pipeline.tables.load import load_table

__all__ = ["check", "load_table", "read"]


def read(source: str | Path, *, rules: Rulebook | str | Path | None = None, strict: bool = False) -> Reading:
    """Everything about one report: claims, skips, relations, checks, findings.

    `source` is a Path, or a string: the path of a file that is there, else the text itself. `rules` is a folder laid
    over the shipped rules, or a Rulebook. `strict` makes findings of borderline checks too.
    Raises readers.ReadError for a file that cannot be read, rulebook.RuleError for a mistake in the rules.
    """
    book = rules if isinstance(rules, Rulebook) else _book(Path(rules) if rules else None)
    path = source if isinstance(source, Path) else _path_in(source)
    report = readers.read_path(path, path.stem) if path else readers.read_string(str(source))
    return run.read(report, book, strict=strict)


def check(text: str, *, rules: Rulebook | str | Path | None = None, strict: bool = False) -> Reading:
    """The Reading of a text, whatever files there are."""
    book = rules if isinstance(rules, Rulebook) else _book(Path(rules) if rules else None)
    return run.read(readers.read_string(text), book, strict=strict)


def _path_in(source: str) -> Path | None:
    """The path that a string names, if it is one line and the file is there."""
    if "\n" in source or "\0" in source or not source:
        return None
    try:
        path = Path(source)
        return path if path.is_file() else None
    except (OSError, ValueError):  # too long for a path, or not one at all
        return None


@lru_cache(maxsize=4)
def _book(folder: Path | None) -> Rulebook:
    shipped = rulebook.shipped_rules()
    return rulebook.load(shipped, folder) if folder else rulebook.load(shipped)
