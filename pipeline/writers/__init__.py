"""Outcomes → what people and programs read: files in a folder, and the formats of `tieout check`.

To add a format: a module with `write(outcomes, book) -> Iterator[str]`, yielding lines, and its line in WRITERS.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Protocol, cast

from pipeline.rulebook import Rulebook
from pipeline.tables.outcome import Outcome


class Writer(Protocol):
    """What a format's module offers."""

    def write(self, outcomes: Sequence[Outcome], book: Rulebook) -> Iterator[str]:
        """The lines of the format, without their line ends; `book` are the rules that found what was found."""


# A format of `tieout check` → the module that writes it, imported when it is asked for.
WRITERS = {
    "text": "pipeline.writers.text",
    "concise": "pipeline.writers.concise",
    "json": "pipeline.writers.json",
    "jsonl": "pipeline.writers.jsonl",
    "sarif": "pipeline.writers.sarif",
    "github": "pipeline.writers.github",
}

# Formats for programs: UTF-8 whatever the terminal, and the closing line goes to stderr.
FOR_PROGRAMS = frozenset({"json", "jsonl", "sarif", "github"})


def writer(name: str) -> Writer:
    """The writer of a format of WRITERS."""
    return cast(Writer, import_module(WRITERS[name]))
