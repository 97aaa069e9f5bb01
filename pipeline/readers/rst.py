"""A reStructuredText → itself, with its headings, furniture, and the marks and line breaks that are no words of it.

The text stays as it is. Comments, the fields below the title, and what shows or includes other things are furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.model import Mark
from pipeline.patterns import lazy
from pipeline.readers import text
from pipeline.readers.source import ReadOptions, Source
from pipeline.readers.wrapping import Line, unmeant_breaks

_LINE = lazy(r"(?P<said>[^\r\n]*)(?:\r\n|\n|\r|\Z)")
_ADORNMENT = lazy(r"([!-/:-@\[-`{-~])\1{2,}\s*")
_FIELD = lazy(r":[A-Za-z][\w -]{0,40}:(?=\s|$)")
_ASIDE = lazy(
    r"""\.\.(?:\s*\Z | \ (?!\[|[\w-]+::|\|) | \ (?:image|figure|contents|toctree|raw|code|code-block|sourcecode|meta
    |include|sectnum|math|highlight|index|header|footer|role|default-role|target-notes|bibliography)::)""",
    re.VERBOSE,
)
_MARKER = lazy(r"\s*(?:[-*+•]|\(?(?:\d{1,3}|[a-zA-Z]|#)[.)])\s+")
_UNBROKEN = lazy(r"\s*(?:[|+]|\.\.|:\w|=+\s+=|-+\s+-)|.*\S\s{2,}\S")  # rows of tables, directives, line blocks
_EMPHASIS = lazy(
    r"(?<![\w*\\])(\*{1,2})(?=[^\s*])[^*\n]{0,300}?(?<=[^\s*\\])(\1)(?![\w*])|(?<!\S)(``)(?=\S)[^`\n]{1,300}?(``)"
)


def read(data: bytes, name: str, options: ReadOptions) -> Source:
    """The text of these bytes, with what its marks say."""
    decoded = text.decode(data, name, options)
    lines = [found.span("said") for found in _LINE.finditer(decoded.text)]
    walk = _Walk(decoded.text, lines)
    walk.all()
    hidden = [*walk.hidden, *_emphasis(decoded.text), *unmeant_breaks(decoded.text, walk.paragraphs)]
    return Source(decoded.text, decoded.encoding, decoded.certainty, tuple(walk.marks), hidden=tuple(sorted(hidden)))


def _emphasis(said: str) -> Iterator[tuple[int, int]]:
    for found in _EMPHASIS.finditer(said):
        for group in range(1, 5):
            if found[group]:
                yield found.span(group)


class _Walk:
    """The lines of a text from the first to the last; a class because what a line is depends on those before it."""

    def __init__(self, said: str, lines: Sequence[Line]) -> None:
        self.text, self.lines = said, lines
        self.marks: list[Mark] = []
        self.hidden: list[tuple[int, int]] = []
        self.paragraphs: list[list[Line]] = []
        self.levels: list[tuple[str, bool]] = []
        self.begun = False  # a heading stands behind what stood first

    def said(self, n: int) -> str:
        """Line n, without the blanks at its end; nothing for a line that is not there."""
        start, end = self.lines[n] if 0 <= n < len(self.lines) else (0, 0)
        return self.text[start:end].rstrip()

    def all(self) -> None:
        """Walk from the first line to the last."""
        n = 0
        while n < len(self.lines):
            n = self._heading(n) or self._aside(n) or self._fields(n) or self._paragraph(n)

    def _heading(self, n: int) -> int:
        """Behind the heading that begins here; 0 if none does."""
        over = _ADORNMENT.fullmatch(self.said(n)) is not None
        title = n + 1 if over else n
        said, under = self.said(title), self.said(title + 1)
        if not said.strip() or not _ADORNMENT.fullmatch(under) or _ADORNMENT.fullmatch(said):
            return 0
        if (over and self.said(n)[0] != under[0]) or (not over and (said[0].isspace() or self.said(n - 1))):
            return 0
        if len(under) < len(said.strip()):
            return 0
        kind = (under[0], over)
        if kind not in self.levels:
            self.levels.append(kind)
        start = self.lines[title][0] + len(said) - len(said.lstrip())
        self.begun = self.begun or bool(self.marks)
        self.marks.append(Mark(start, start + len(said.strip()), "heading", self.levels.index(kind) + 1))
        self.hidden += [self.lines[line] for line in (n, title + 1) if line != title]
        return title + 2

    def _aside(self, n: int) -> int:
        """Behind the comment or the like that begins here; 0 if none does."""
        said = self.said(n)
        if not _ASIDE.match(said):
            return 0
        end = n + 1
        while end < len(self.lines) and (not self.said(end) or self.said(end)[0].isspace()):
            end += 1
        while end > n + 1 and not self.said(end - 1):
            end -= 1
        self._furniture(n, end)
        return end

    def _fields(self, n: int) -> int:
        """Behind the fields that stand below the title or before any text; 0 if there are none."""
        if self.begun or self.paragraphs or not _FIELD.match(self.said(n)):
            return 0
        end = n
        while end < len(self.lines) and (_FIELD.match(self.said(end)) or self.said(end)[:1].isspace()):
            end += 1
        self._furniture(n, end)
        return end

    def _furniture(self, first: int, behind: int) -> None:
        self.marks.append(Mark(self.lines[first][0], self.lines[behind - 1][1], "furniture"))

    def _paragraph(self, n: int) -> int:
        """Behind the paragraph that begins here, or behind the blank line."""
        lines: list[Line] = []
        indent = -1
        while self.said(n) and not (lines and _MARKER.match(self.said(n))):
            said = self.said(n)
            here = len(said) - len(said.lstrip())
            if len(lines) > 1 and here != indent:
                break
            indent = here
            lines.append(self.lines[n])
            n += 1
        if lines and not any(_UNBROKEN.match(self.text, *line) for line in lines):
            self.paragraphs.append(lines)
        return n if lines else n + 1
