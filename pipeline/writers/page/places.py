"""A Reading → its text as HTML: sections, lines, and each figure in a mark that carries its number.

Marks may overlap: the text is cut where one begins or ends, and a piece carries the numbers of all that it lies in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.model import Reading, Section, Verdict
from pipeline.patterns import lazy
from pipeline.writers.page.visible import escaped

_LINE = lazy(r"[^\r\n]+")
_WIDE = 100  # a line of more characters is a paragraph of its own, not part of a paragraph broken by hand
_COLUMNS = lazy(r"\S(?:[ \u00a0]{3,}|\t)\S")

# Verdicts that a mark shows, the gravest first; a figure takes the gravest of the relations that it stands in.
_GRAVEST: tuple[Verdict, ...] = ("inconsistent", "borderline", "undecided", "consistent")


@dataclass(frozen=True, slots=True)
class Place:
    """A range of the text with a mark. `looks` are its classes: the role, and the gravest verdict it is part of.

    `bound` says that it stands in a relation.
    """

    start: int
    end: int
    looks: str
    bound: bool


@dataclass(frozen=True, slots=True)
class Places:
    """All marked ranges, the claims first and in their order; `number` finds one by the ref of an operand."""

    all: tuple[Place, ...]
    number: Mapping[str, int]


def places(reading: Reading) -> Places:
    """A place for each claim, and for each operand of a relation that is no claim (a year, a listed item)."""
    roles: dict[str, str] = {}
    verdicts: dict[str, Verdict] = {}
    others: dict[str, tuple[int, int]] = {}
    known = {claim.claim_id for claim in reading.claims}
    for check in reading.checks:
        for operand in check.relation.operands:
            ref = operand.ref
            if ref not in verdicts or _GRAVEST.index(check.verdict) < _GRAVEST.index(verdicts[ref]):
                verdicts[ref], roles[ref] = check.verdict, operand.role
            if ref not in known:
                others[ref] = operand.start, operand.end
    found: list[Place] = []
    number: dict[str, int] = {}
    for claim in reading.claims:
        ref = claim.claim_id
        looks = f"{roles[ref]} {verdicts[ref]}" if ref in verdicts else f"{claim.role} alone".lstrip()
        number[ref] = len(found)
        found.append(Place(claim.figure.start, claim.figure.end, looks, ref in verdicts))
    for ref, (start, end) in others.items():
        number[ref] = len(found)
        found.append(Place(start, end, f"other {verdicts[ref]}", True))
    return Places(tuple(found), number)


def text_html(reading: Reading, marked: Sequence[Place]) -> str:
    """The text with its sections and marks."""
    cuts = _Cuts(reading.report.text, marked)
    return "".join(piece for n, section in enumerate(reading.sections) for piece in _section(n, section, cuts))


def _section(number: int, section: Section, cuts: _Cuts) -> Iterator[str]:
    yield f'<section id="S{number}" class="{section.kind}">'
    before, wide = section.start, False
    if section.heading:
        before = _heading_end(section, cuts.text)
        level = min(max(section.level, 1) + 1, 6)
        heading = "".join(cuts.html(*line) + " " for line in cuts.lines(section.start, before))
        yield f"<h{level}>{heading.strip()}</h{level}>"
    for start, end in cuts.lines(before, section.end):
        between = cuts.text.count("\n", before, start) + cuts.text.count("\r", before, start)
        apart = between - cuts.text.count("\r\n", before, start) > 1
        columns = _COLUMNS.search(cuts.text, start, end) is not None
        looks = " ".join(filter(None, ("apart" if apart else "next" if wide else "", "columns" if columns else "")))
        yield f'<p class="{looks}">' if looks else "<p>"
        yield cuts.html(start, end)
        yield "</p>\n"
        before, wide = end, end - start > _WIDE
    yield "</section>"


def _heading_end(section: Section, text: str) -> int:
    """Where the heading ends: `body`, or behind it where a heading with figures is read like its body."""
    words = r"\s+".join(map(re.escape, section.heading.split()))
    title = re.compile(words + r"[^\w\s]*").match(text, section.body, section.end)
    return title.end() if title else section.body


class _Cuts:
    """The text and the pieces of its marks, asked for range by range from the start to the end.

    It keeps how far it has come: a long report has many lines, and each piece is looked at once.
    """

    def __init__(self, text: str, marked: Sequence[Place]) -> None:
        self.text = text
        self._pieces = list(_pieces(marked))
        self._next = 0

    def lines(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The lines of a range that are not blank, without the blanks at their ends."""
        for line in _LINE.finditer(self.text, start, end):
            if words := line[0].rstrip(" \t"):
                yield line.start(), line.start() + len(words)

    def html(self, start: int, end: int) -> str:
        """A range as HTML."""
        done, here = start, self._next
        out: list[str] = []
        while here < len(self._pieces) and self._pieces[here][1] <= start:
            here += 1
        self._next = here
        while here < len(self._pieces) and self._pieces[here][0] < end:
            first, last, opening = self._pieces[here]
            first, last = max(first, start), min(last, end)
            out += escaped(self.text[done:first]), opening, escaped(self.text[first:last]), "</mark>"
            done, here = last, here + 1
        return "".join((*out, escaped(self.text[done:end])))


def _pieces(marked: Sequence[Place]) -> Iterable[tuple[int, int, str]]:
    """The ranges between the ends of marks, with the tag that opens each; the narrowest mark gives the looks."""
    begins: dict[int, list[int]] = {}
    for number, place in enumerate(marked):
        begins.setdefault(place.start, []).append(number)
    edges = sorted({edge for place in marked for edge in (place.start, place.end)})
    here: list[int] = []
    for first, last in pairwise(edges):
        here = [number for number in here if marked[number].end > first] + begins.get(first, [])
        if here:
            narrow = min(here, key=lambda number: (marked[number].end - marked[number].start, number))
            looks = marked[narrow].looks + (" shared" if len(here) > 1 else "")
            yield first, last, f'<mark class="{looks}" data-i="{" ".join(map(str, here))}">'
