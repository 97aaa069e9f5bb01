"""Write docs/reference.md: every command with its options, every table with its columns, every kind of relation.

    python tests/tools/write_reference.py

It is made from what the program itself knows; tests/test_docs.py holds that it is up to date.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pipeline import rulebook
from pipeline.cli import program
from pipeline.rulebook.shapes import CheckRule
from pipeline.tables import schema

PATH = Path(__file__).parent.parent.parent / "docs" / "reference.md"


def content() -> str:
    """The document."""
    return "\n".join(_lines()).rstrip() + "\n"


def _lines() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Written by `python tests/tools/write_reference.py` from what the program says of itself."
    yield ""
    yield "## Commands"
    for name, command in _commands("tieout", program):
        yield from _command(name, command)
    yield ""
    yield "## Tables"
    yield ""
    yield "An empty cell means none. `datapackage.json` says the same for programs."
    for table in schema.TABLES:
        yield from (
            "",
            f"### {table.file}",
            "",
            f"{_sentence(table.about)}.",
            "",
            "| column | type | what |",
            "|---|---|---|",
        )
        for column in table.columns:
            words = f": {', '.join(f'`{word}`' for word in column.enum)}" if column.enum else ""
            yield f"| `{column.name}` | {column.type} | {_cell(column.about + words)} |"
    yield ""
    yield "## Kinds of relation"
    yield ""
    yield "`tieout explain KIND` tells more of one, with examples; `docs/verdicts.md` tells how figures are judged."
    yield ""
    yield from ("| kind | what | roles | holds when |", "|---|---|---|---|")
    for rule in sorted(rulebook.load().of(CheckRule), key=lambda rule: rule.name):
        yield from _kind(rule)


def _commands(name: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        for inner, one in command.commands.items():
            yield from _commands(f"{name} {inner}", one)
    else:
        yield name, command


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=name)
    arguments = [one.make_metavar(context) for one in command.params if isinstance(one, click.Argument)]
    yield from ("", f"### {' '.join((name, *arguments))}", "")
    yield _cell(command.help or "")
    options = [one for one in command.params if isinstance(one, click.Option)]
    if options:
        yield from ("", "| option | what |", "|---|---|")
    for option in options:
        metavar = "" if option.is_flag else f" {option.make_metavar(context)}"
        names = ", ".join(f"`{one}{metavar}`" for one in (*option.opts, *option.secondary_opts))
        yield f"| {_cell(names)} | {_cell(option.help or '')} |"


def _kind(rule: CheckRule) -> Iterator[str]:
    yield f"| `{rule.name}` | {_cell(_sentence(rule.title))} | {', '.join(rule.roles)} | {_cell(rule.holds)} |"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


if __name__ == "__main__":
    PATH.write_text(content(), encoding="utf-8")
