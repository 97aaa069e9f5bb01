"""A Markdown text → itself, with its headings, furniture, and the marks and line breaks that are no words of it.

The text stays as it is. Code between fences, comments and the front matter are furniture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Mark
from pipeline.patterns import lazy
from pipeline.readers import text
from pipeline.readers.source import ReadOptions, Source
from pipeline.readers.wrapping import Line, unmeant_breaks

_FRONT_MATTER = lazy(r"(?P<fence>---|\+\+\+)[ \t]*\r?\n(?:(?!(?P=fence)).*\r?\n)*?(?P=fence)[ \t]*(?:\r?\n|\Z)")
_BREAK = lazy(r"\r\n|\n|\r")
_HEADING = lazy(r"(?P<open>[ \t>]*#{1,6}[ \t]+)?(?P<title>.*?)(?P<close>[ \t]+#+)?[ \t]*\Z")
_MEANT = lazy(r"(?: {2,}|\\)\Z")  # a line break that the writer asked for
_QUOTE = lazy(r"[ \t]*>[ \t>]*")
_MARK = lazy(
    r"""\\(?P<escape>[!-/:-@\[-`{-~])
    | (?P<bold>(?<![\w*])\*{1,3}(?=[^\s*])) (?=[^*\n]{0,300}?[^\s*](?P<end>\*{1,3})(?![\w*]))
    | (?P<low>(?<![\w_])_{1,3}(?=[^\s_])) (?=[^_\n]{0,300}?[^\s_](?P<lowend>_{1,3})(?![\w_]))
    | (?P<blank>&nbsp;)""",
    re.VERBOSE,
)
_ALL_BOLD = lazy(r"\s*\*\*[^*]+\*\*\s*")


def read(data: bytes, name: str, options: ReadOptions) -> Source:
    """The text of these bytes, with what its marks say."""
    decoded = text.decode(data, name, options)
    found = _Found(decoded.text)
    return Source(decoded.text, decoded.encoding, decoded.certainty, found.marks, hidden=found.hidden)


class _Found:
    """What the marks of a text say; a class because headings, furniture and hidden marks come out of one walk."""

    def __init__(self, said: str) -> None:
        from markdown_it import MarkdownIt

        self.text = said
        front = _FRONT_MATTER.match(said)
        begin = front.end() if front else 0
        self.starts = [begin, *(found.end() for found in _BREAK.finditer(said, begin))]
        marks = [Mark(0, len(front[0].rstrip()), "furniture")] if front else []
        hidden: list[tuple[int, int]] = []
        paragraphs: list[list[Line]] = []
        # Only the blocks are asked for: what stands within them is not parsed. References take a time that grows
        # faster than the text, and tables, were they asked for, would too.
        parser = MarkdownIt("commonmark").disable(["inline", "reference"])
        heading = False
        for token in parser.parse(said[begin:]):
            if not token.map:
                continue
            first, last = token.map
            if token.type == "heading_open":
                mark = self._heading(first, last, int(token.tag[1]), token.markup)
                heading = mark is not None
                marks += [mark] if mark else []
                hidden += self._around(mark, first, last) if mark else []
            elif token.type == "fence" or (token.type == "html_block" and token.content.lstrip().startswith("<!--")):
                marks.append(Mark(self.starts[first], self._end(last - 1), "furniture"))
            elif token.type == "inline" and not heading:
                lines = [self._line(n) for n in range(first, last)]
                hidden += self._quotes(lines[1:])
                hidden += self._within(lines)
                if not any("|" in said[start:end] for start, end in lines):  # the rows of a table
                    paragraphs += self._unasked(lines)
            if token.type == "inline":
                heading = False
        hidden += unmeant_breaks(said, paragraphs)
        self.marks = tuple(mark for mark in marks if said[mark.start : mark.end].strip())
        self.hidden = tuple(sorted(hidden))

    def _line(self, n: int) -> Line:
        return self.starts[n], self._end(n)

    def _end(self, n: int) -> int:
        """Where line n ends, before its line break."""
        stop = self.starts[n + 1] if n + 1 < len(self.starts) else len(self.text)
        return self.starts[n] + len(self.text[self.starts[n] : stop].rstrip("\r\n"))

    def _heading(self, first: int, last: int, level: int, markup: str) -> Mark | None:
        end = self._end(last - 1 if markup.startswith("#") else last - 2)
        start = self.starts[first]
        if markup.startswith("#"):
            found = _HEADING.match(self.text[start:end])
            if not found or not found["open"]:
                return None  # an item of a list: `- # of ports`
            start, end = start + found.start("title"), start + found.end("title")
        said = self.text[start:end]
        start += len(said) - len(said.lstrip())
        return Mark(start, start + len(said.strip()), "heading", level) if said.strip() else None

    def _around(self, mark: Mark, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The marks before and behind a heading's words, and the line below it; a heading of two lines is one line."""
        yield self.starts[first], mark.start
        for n in range(first, last):
            start, end = self._line(n)
            if start >= mark.end:
                yield start, end
            elif end < mark.end:
                yield end, self.starts[n + 1]
            else:
                yield mark.end, end

    def _quotes(self, lines: list[Line]) -> Iterator[tuple[int, int]]:
        """The `>` at the beginning of lines."""
        for start, end in lines:
            if found := _QUOTE.match(self.text, start, end):
                yield found.span()

    def _within(self, lines: list[Line]) -> Iterator[tuple[int, int]]:
        """The marks of emphasis and the backslashes; a paragraph that is bold as a whole may be a heading."""
        start, end = lines[0][0], lines[-1][1]
        if _ALL_BOLD.fullmatch(self.text, start, end):
            return
        for found in _MARK.finditer(self.text, start, end):
            if found["escape"]:
                yield found.start(), found.start() + 1
                continue
            yield found.span()
            for closing in ("end", "lowend"):
                if found[closing]:
                    yield found.span(closing)

    def _unasked(self, lines: list[Line]) -> Iterator[list[Line]]:
        """The lines of a paragraph, parted where the writer asked for a line break."""
        part: list[Line] = []
        for start, end in lines:
            part.append((start, end))
            if _MEANT.search(self.text, start, end):
                yield part
                part = []
        if part:
            yield part
