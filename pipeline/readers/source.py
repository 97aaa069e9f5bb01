"""What a reader is given beside the bytes, and what it makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from pipeline.model import Anchor, Certainty, Mark


class ReadError(ValueError):
    """What is wrong with an input, where, and how to repair it, in one line."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How inputs are read. `encoding` is the user's word, empty to find it out; the rest are limits.

    `seconds` and `memory` (bytes) bound the process in which a format that is not plain text is read. `members` are the
    files of a zip, `parts` those of a Word document, `depth` its elements within one another. `text_column` and
    `id_column` are those of tables that have a report a row.
    """

    encoding: str = ""
    largest: int = 50_000_000  # bytes; a file is measured before it is read
    seconds: int = 30
    memory: int = 1_000_000_000
    text_column: str = ""
    id_column: str = ""
    members: int = 100_000
    parts: int = 5_000
    depth: int = 256


@dataclass(frozen=True, slots=True)
class Source:
    """The text of an input, with what its format says of it. `hidden` are spans of marks that are no words of the text.

    `anchors` are there if the text is not that of the file itself. `not_read` says what of the
    source could not be read.
    """

    text: str
    encoding: str = ""
    certainty: Certainty | Literal[""] = ""
    marks: tuple[Mark, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    hidden: tuple[tuple[int, int], ...] = ()
    not_read: str = ""


class Reader(Protocol):
    """A reader: bytes and the report's name (for messages) → its text. Raises ReadError."""

    def __call__(self, data: bytes, name: str, options: ReadOptions, /) -> Source: ...
