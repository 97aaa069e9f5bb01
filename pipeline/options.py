"""[tool.tieout] of the nearest pyproject.toml → options; an unknown key or a wrong value is an OptionError of one line.

Paths in it are relative to the folder it stands in. The command line goes before it.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.limits import MOST_DIGITS, MOST_EXPONENT

ALL = "all"
FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github")
SEVERITIES = ("error", "warning", "note")
DECISIONS = ("confirmed", "intended", "misread", "fixed")


class OptionError(ValueError):
    """A mistake in [tool.tieout], in words for the person who wrote it."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a command does when its command line does not say."""

    paths: tuple[str, ...] = ("raw",)
    out: str = "extracted"
    jobs: int = 0  # as many as there are cores and work for
    rules: str = ""
    strict: bool = False
    durable: bool = False
    page: bool = True
    xlsx: bool | None = None
    format: str = "text"
    fail_on: str = "error"
    min_level: str = "note"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    decisions: str = ""
    baseline: str = ""
    encoding: str = ""
    currency: str = ""
    scale: str = ""
    period: str = ""
    model: str = ""
    text_column: str = ""
    id_column: str = ""
    largest_mb: int = 50
    seconds: int = 30
    memory_mb: int = 1000
    members: int = 100_000
    parts: int = 5_000
    depth: int = 256
    digits: int = 30
    exponent: int = 30


MOST = 1_000_000  # of seconds, megabytes, processes, files: beyond it no clock and no system goes

_PATH_LISTS = frozenset({"paths"})
_KIND_LISTS = frozenset({"select", "ignore"})
_PATHS = frozenset({"out", "rules", "decisions", "baseline"})
# Each number with the most that it may be.
_NUMBERS = dict.fromkeys(("jobs", "largest-mb", "seconds", "memory-mb", "members", "parts", "depth"), MOST)
_NUMBERS |= {"digits": MOST_DIGITS, "exponent": MOST_EXPONENT}
_WORDS = frozenset({"encoding", "text-column", "id-column", "currency", "scale", "period", "model"})
_SWITCHES = frozenset({"strict", "durable", "page", "xlsx"})
_CHOICES = {"format": FORMATS, "fail-on": SEVERITIES, "min-level": SEVERITIES}
_KEYS = (*sorted(_PATH_LISTS | _KIND_LISTS | _PATHS | _WORDS | _NUMBERS.keys() | _SWITCHES), *_CHOICES)


def load(here: Path) -> Options:
    """The options for work in this folder."""
    for folder in (here, *here.parents):
        path = folder / "pyproject.toml"
        if path.is_file() and (table := _table(path)) is not None:
            return _options(table, path, folder, here)
    return Options()


def _table(path: Path) -> Mapping[str, Any] | None:
    try:
        tools = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {})
    except (ValueError, OSError) as error:  # TOML, UTF-8, or a number too long to be one
        raise OptionError(f"{path}: cannot be read: {error}") from None
    except RecursionError:
        raise OptionError(f"{path}: cannot be read: brackets within brackets, too deep to read") from None
    table = tools.get("tieout") if isinstance(tools, dict) else None
    if table is not None and not isinstance(table, dict):
        raise OptionError(f"{path}: tool.tieout must be a table: [tool.tieout]")
    return table


def _options(table: Mapping[str, Any], path: Path, folder: Path, here: Path) -> Options:
    values: dict[str, Any] = {}
    for key, value in table.items():
        where = f"{path}: [tool.tieout] {key}"
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, 1)
            hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(_KEYS)}"
            raise OptionError(f"{path}: [tool.tieout] has the unknown key {key!r}; {hint}")
        if problem := _problem(key, value):
            raise OptionError(f"{where} must be {problem}, not {value!r}")
        values[key.replace("-", "_")] = _meant(key, value, folder, here)
    return Options(**values)


def _meant(key: str, value: Any, folder: Path, here: Path) -> Any:
    if key in _PATH_LISTS:
        return tuple(_from_here(item, folder, here) for item in value)
    if key in _KIND_LISTS:
        return tuple(value)
    if key == "jobs" and value == ALL:
        return 0
    return _from_here(value, folder, here) if key in _PATHS else value


def _problem(key: str, value: Any) -> str:
    texts = isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
    if key in _PATH_LISTS and not texts:
        return "a list of paths"
    if key in _KIND_LISTS and not texts:
        return "a list of kinds of relation"
    if key in _PATHS and not (isinstance(value, str) and value):
        return "a path"
    if key in _WORDS and not isinstance(value, str):
        return "a text"
    if key == "jobs" and value == ALL:
        return ""
    most = _NUMBERS.get(key, 0)
    if most and (isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most):
        return f"a whole number from 1 to {most:,}"
    if key in _SWITCHES and not isinstance(value, bool):
        return "true or false"
    if key in _CHOICES and value not in _CHOICES[key]:
        return f"one of {', '.join(_CHOICES[key])}"
    return ""


def _from_here(path: str, folder: Path, here: Path) -> str:
    """A path of the file, seen from where the command works; as written where that is the same."""
    return path if folder == here or os.path.isabs(path) else os.path.relpath(folder / path, here)
