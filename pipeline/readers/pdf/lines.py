"""The rows of a flow → its lines, and where one paragraph ends and the next begins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Literal

from pipeline.patterns import lazy
from pipeline.readers.pdf.layout import MARKER
from pipeline.readers.pdf.signs import Piece

_LARGER = 1.12  # a heading's font is so much larger than that of the text
_SMALLER = 0.93  # and a note's so much smaller
_ALIKE = 0.06  # lines of one paragraph differ by no more in size
_INDENT = 0.8  # of the font's size
_LEADING = 1.22  # a line that stands so much farther from the last one than lines do begins a paragraph
_CLOSE = 1.3  # of the font's size: lines no farther apart always stand close
_WIDE = 1.8  # and so far apart may those of a heading be
_NEAR = 4  # lines, by which the width of a column is told
_LONGEST_HEADING = 200  # signs
_STOP = lazy(r"[.!?:;。！？：；][\"'”’)»]*\Z")
_SENTENCE_END = lazy(r"[.!?:。！？][\"'”’)»]*\Z")
_NOTED = lazy(r"(?:\d{1,2}|[*†‡])(?=\s?[A-Z])")
_WORD = lazy(r"[^\W\d_]{3}|[\u3040-\u9fff]")
_LISTED = lazy(rf"(?:{MARKER.pattern})\s")

Kind = Literal["paragraph", "heading", "item", "row", "note"]


@dataclass(slots=True)
class Line:
    """A line of a column, with its pieces from left to right."""

    pieces: list[Piece]
    left: float
    right: float
    top: float
    bottom: float
    size: float
    bold: bool
    text: str
    marked: bool


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `broken` says that its last line is full and ends no sentence."""

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    level: int = 0
    broken: bool = False

    @property
    def size(self) -> float:
        """The size of its lines."""
        return self.lines[0].size


def line_of(row: list[Piece]) -> Line:
    """The line that a row of pieces is."""
    text = " ".join(piece.text for piece in row)
    main = max(row, key=lambda piece: len(piece.text))
    raised = row[0].runs[0].raised and row[0].runs[0].text.strip().isdigit()
    return Line(
        row,
        row[0].left,
        max(piece.right for piece in row),
        min(piece.top for piece in row),
        main.bottom,
        main.size,
        all(piece.bold for piece in row),
        text,
        bool(raised or _LISTED.match(text)),
    )


def body_size(lines: Sequence[Line]) -> float:
    """The size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def paragraphs(rows: Sequence[list[Piece]], body: float) -> list[Paragraph]:
    """The paragraphs of a flow of text; `body` is the size of most text."""
    lines = [line_of(row) for row in rows]
    pitches = [below.bottom - line.bottom for line, below in pairwise(lines)]
    usual = median(pitch for pitch in pitches if pitch > 0) if any(pitch > 0 for pitch in pitches) else 0.0
    done: list[Paragraph] = []
    for n, line in enumerate(lines):
        if not done or _begins(lines, n, usual, done[-1], body):
            done.append(Paragraph("paragraph"))
        done[-1].lines.append(line)
    for paragraph in done:
        paragraph.kind = _kind(paragraph, body)
    prose = [paragraph for paragraph in done if paragraph.kind != "note"]
    if prose and prose[-1].kind in ("paragraph", "item"):
        last = prose[-1].lines[-1]
        near = [line.right for paragraph in prose[-2:] for line in paragraph.lines[-_NEAR:]]
        full = last.right > max(near) - 4 * last.size
        prose[-1].broken = not _SENTENCE_END.search(last.text) and (full or last.text.endswith("-"))
    return done


def _begins(lines: Sequence[Line], n: int, usual: float, open_one: Paragraph, body: float) -> bool:
    """Whether line n begins a paragraph, and does not go on with the open one."""
    before, line = lines[n - 1], lines[n]
    alike = abs(line.size - before.size) <= _ALIKE * before.size
    if not alike or line.bold != before.bold or line.marked:
        return True
    pitch = line.bottom - before.bottom
    if line.size > _LARGER * body:
        return pitch > _WIDE * line.size or _was_meant(lines, n)
    if pitch > max(_LEADING * min(usual, 2 * line.size), _CLOSE * line.size):
        return True
    first = open_one.lines[0]
    hanging = first.marked and len(open_one.lines) == 1
    step = line.left - before.left
    centred = abs((line.left + line.right) - (before.left + before.right)) < line.size
    if not hanging and not centred:
        if step > _INDENT * line.size:
            return True
        if step < -_INDENT * line.size and (len(open_one.lines) > 1 or first.marked):
            return True
    return _was_meant(lines, n)


def _was_meant(lines: Sequence[Line], n: int) -> bool:
    """Whether line n - 1 ends where it was meant to: the first word of line n would have fitted on it."""
    before, line = lines[n - 1], lines[n]
    if before.text.endswith("-"):
        return False
    near = [other for other in lines[max(n - _NEAR, 0) : n + _NEAR] if abs(other.size - line.size) < 1]
    word = line.text.split(maxsplit=1)[0]
    width = (line.right - line.left) * len(word) / max(len(line.text), 1)
    room = max(other.right for other in near) - before.right
    if room < 1.3 * width + 0.5 * line.size:
        return False
    if _STOP.search(before.text):
        return True
    return not word[0].islower() and room > 2 * width + 2 * line.size


def _kind(paragraph: Paragraph, body: float) -> Kind:
    first = paragraph.lines[0]
    said = " ".join(line.text for line in paragraph.lines)
    worded = (
        _WORD.search(said) is not None
        and "://" not in said
        and len(said) <= _LONGEST_HEADING
        and len(paragraph.lines) <= 3
    )
    larger = first.size > _LARGER * body
    if worded and (larger or (first.bold and first.size > _SMALLER * body)) and not re.search(r"[.;,]\Z", said):
        return "heading"
    if first.size < _SMALLER * body and (first.marked or _NOTED.match(said)):
        return "note"
    return "item" if first.marked else "paragraph"
