"""One TOML file → its rules as frozen records of a given shape; every mistake names file, line, table and key.

It knows nothing of what the rules mean. Numbers stay exact: TOML floats are read as Decimal.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
import types
import typing
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from pipeline.rulebook.shapes import Example, Rule

Shapes = Mapping[str, type[Rule]]


class RuleError(ValueError):
    """A mistake in a rule file, in words for the person who wrote it."""


def read_rules(path: Path, shapes: Shapes, shown: str) -> dict[str, tuple[Rule, ...]]:
    """The rules of one file, by table name. `shown` is the file's name for messages and addresses."""
    try:
        source = path.read_text(encoding="utf-8")
        data = tomllib.loads(source, parse_float=Decimal)
    except UnicodeDecodeError:
        raise RuleError(f"{shown}: not UTF-8 text; save the file as UTF-8") from None
    except ValueError as error:  # also of a number too long to be one
        raise RuleError(f"{shown}: not valid TOML: {error}") from None
    except RecursionError:
        raise RuleError(f"{shown}: not valid TOML: brackets within brackets, too deep to read") from None
    lines = source.split("\n")
    rules: dict[str, tuple[Rule, ...]] = {}
    for table, entries in data.items():
        if table not in shapes:
            line = _lines_of(lines, table, 1)[0]
            raise RuleError(f"{shown}:{line}: unknown table [[{table}]]{_did_you_mean(table, shapes)}")
        single = isinstance(entries, dict)
        listed = [entries] if single else entries
        if not isinstance(listed, list) or not all(isinstance(e, dict) for e in listed):
            raise RuleError(f"{shown}: {table} must be written as a table: [[{table}]]")
        made = []
        shape, written = shapes[table], f"[{table}]" if single else f"[[{table}]]"
        hints = typing.get_type_hints(shape)
        for entry, line in zip(listed, _lines_of(lines, table, len(listed)), strict=True):
            made.append(_rule(entry, shape, hints, f"{shown}:{line}", written, lines, line))
        for name, times in Counter(rule.name for rule in made).items():
            if times > 1:
                raise RuleError(f"{shown}: [[{table}]] has two rules named {name!r}; give each its own name")
        rules[table] = tuple(made)
    return rules


def _rule(
    entry: Mapping[str, Any],
    shape: type[Rule],
    hints: Mapping[str, Any],
    address: str,
    table: str,
    lines: list[str],
    line: int,
) -> Rule:
    fields = {f.name: f for f in dataclasses.fields(shape) if f.name not in ("address", "file")}
    for key in entry:
        if key not in fields:
            raise RuleError(f"{address}: {table} has the unknown key {key!r}{_did_you_mean(key, fields)}")
    for name, field in fields.items():
        if name not in entry and field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise RuleError(f"{address}: {table} lacks the key {name!r}")
    file = address.rsplit("/", 1)[-1].split(".", maxsplit=1)[0]
    values = {key: _value(value, hints[key], f"{address}: {table} {key}", lines, line) for key, value in entry.items()}
    return shape(address=address, file=file, **values)


def _value(value: Any, hint: Any, where: str, lines: list[str], line: int) -> Any:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is Example:
        return _example(value, where, lines, line)
    if origin is tuple:
        if not isinstance(value, list):
            raise RuleError(f"{where} must be a list")
        return tuple(_value(v, args[0], where, lines, line) for v in value)
    if origin is typing.Literal:
        if value not in args:
            raise RuleError(f"{where} is {value!r}; it may be {', '.join(map(repr, args))}")
        return value
    if origin in (typing.Union, types.UnionType):
        return _value(value, next(a for a in args if a is not type(None)), where, lines, line)
    if hint is Decimal and isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if origin is dict or hint is dict:
        if not isinstance(value, dict):
            raise RuleError(f"{where} must be a table of names and values")
        return {k: _value(v, args[1], f"{where}.{k}", lines, line) for k, v in value.items()}
    if not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        raise RuleError(f"{where} must be {_words(hint)}, not {value!r}")
    return value


def _example(value: Any, where: str, lines: list[str], line: int) -> Example:
    if isinstance(value, str):
        value = {"text": value}
    if not isinstance(value, dict) or set(value) - {"text", "finds"} or not isinstance(value.get("text"), str):
        raise RuleError(f"{where}: an example is {{ text = …, finds = [ … ] }}")
    finds = value.get("finds", [])
    finds = [finds] if isinstance(finds, str) else finds
    text = value["text"]
    probe = text.split("\n")[0][:40]
    here = next((n for n in range(line, len(lines) + 1) if probe and probe in lines[n - 1].replace('\\"', '"')), line)
    return Example(text=text, finds=tuple(finds), line=here)


def _lines_of(lines: list[str], table: str, count: int) -> list[int]:
    """The lines where the tables of one name begin; 1 for those that are written in another way."""
    header = re.compile(rf"\s*\[\[?\s*{re.escape(table)}\s*\]\]?|{re.escape(table)}\s*=")
    found = [i for i, line in enumerate(lines, 1) if header.match(line)]
    return [*found, *[1] * count][:count]


def _did_you_mean(word: str, known: typing.Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(word, list(known), 1)
    return f"; did you mean {near[0]!r}?" if near else f"; known: {', '.join(known)}"


def _words(hint: Any) -> str:
    return {str: "a text", int: "a whole number", bool: "true or false", Decimal: "a number"}.get(hint, str(hint))
