"""Blocks of a document (paragraphs, headings, list items, rows of a table) → a Source with its marks and anchors.

Paragraphs stand apart by a blank line, items and rows by a line break, as in Markdown; a row is `| a | b |`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from pipeline.model import Anchor, Certainty, Mark
from pipeline.patterns import lazy
from pipeline.readers.source import Source

BlockKind = Literal["paragraph", "heading", "item", "row"]

_RAISED = str.maketrans("0123456789+-()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ")
_RAISABLE = lazy(r"[0-9+\-() ,]+")
# What no report's text may hold: control characters but for tab and line end, and halves of surrogate pairs.
_REFUSED = lazy("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CLOSE = 2  # line breaks between paragraphs


@dataclass(slots=True)
class Block:
    """A block while it is read: pieces of text, each with where it stands in the source (start and end are not yet)."""

    kind: BlockKind = "paragraph"
    level: int = 0
    furniture: bool = False
    pieces: list[tuple[str, Anchor | None]] = field(default_factory=list)

    def add(self, text: str, anchor: Anchor | None = None) -> None:
        """Put a piece of text behind the others."""
        if text:
            self.pieces.append((text, anchor))

    @property
    def text(self) -> str:
        """What the block says."""
        return "".join(text for text, _ in self.pieces)


def raised(text: str) -> str:
    """Superscript digits as such, so that a note mark or a power is not glued to the figure before it: 1,422³, km²."""
    return text.translate(_RAISED) if _RAISABLE.fullmatch(text) else text


def plain(text: str) -> str:
    """The text, of the same length, without what no report may hold."""
    return _REFUSED.sub("\ufffd", text)


def compose(blocks: Iterable[Block], encoding: str = "", certainty: Certainty | Literal[""] = "") -> Source:
    """The text of all blocks that say something."""
    pieces: list[str] = []
    marks: list[Mark] = []
    anchors: list[Anchor] = []
    length = 0
    before: Block | None = None
    for block in blocks:
        if not block.text.strip():
            continue
        if before:
            joined = block.kind == before.kind and block.kind in ("item", "row")
            pieces.append("\n" if joined else "\n" * _CLOSE)
            length += len(pieces[-1])
        start = length
        for text, anchor in _trimmed(block.pieces):
            if anchor:
                anchors.append(replace(anchor, start=length, end=length + len(text)))
            pieces.append(text)
            length += len(text)
        if block.furniture and before and before.furniture and marks:
            marks[-1] = replace(marks[-1], end=length)
        elif block.furniture or block.kind == "heading":
            marks.append(Mark(start, length, "furniture" if block.furniture else "heading", block.level))
        before = block
    return Source("".join([*pieces, "\n"]) if pieces else "", encoding, certainty, tuple(marks), tuple(anchors))


def _trimmed(pieces: list[tuple[str, Anchor | None]]) -> list[tuple[str, Anchor | None]]:
    """The pieces without the blanks that a block begins or ends with."""
    kept = list(pieces)
    while kept and not kept[0][0].strip():
        kept.pop(0)
    while kept and not kept[-1][0].strip():
        kept.pop()
    if not kept:
        return kept
    text, anchor = kept[0]
    lost = len(text) - len(text.lstrip())
    if anchor and anchor.character is not None:
        anchor = replace(anchor, character=anchor.character + lost)
    kept[0] = (text[lost:], anchor)
    text, anchor = kept[-1]
    kept[-1] = (text.rstrip(), anchor)
    return kept
