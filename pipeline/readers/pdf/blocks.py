"""The pages of a PDF → its blocks: headings, paragraphs, items and rows, joined over lines, columns and pages.

Words that are divided at the end of a line are joined; running heads and page numbers come last, as furniture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.model import Anchor
from pipeline.patterns import lazy
from pipeline.readers.compose import Block, raised
from pipeline.readers.pdf import margins
from pipeline.readers.pdf.layout import Flow, flows
from pipeline.readers.pdf.lines import Line, Paragraph, body_size, line_of, paragraphs
from pipeline.readers.pdf.signs import Page, Piece, Run

_DIVIDED = lazy(r"(?P<head>[^\W\d_]{2,})-\Z")
_WORD = lazy(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Words that a hyphen joins to the next one more often than not.
_PREFIXES = frozenset(
    "all anti co cross eight ex far first five four full half high inter large long low mid middle multi near nine "
    "non north off on one over part post pre pro quasi re second self semi seven short single six small south sub ten "
    "third three top twenty thirty forty fifty two under upper vice well work year".split()
)
_STOP = lazy(r"[.!?。！？][\"'”’)»]*\Z")


def of(pages: Sequence[Page]) -> Iterator[Block]:
    """The blocks of the pages."""
    parts = margins.parted(pages)
    laid = [flow for body, _ in parts for flow in flows(body)]
    body = body_size([line_of(row) for flow in laid for row in flow.rows if flow.kind == "text"])
    found: list[Paragraph] = []
    for flow in laid:
        if flow.kind == "table":
            if found and _heads(found[-1], flow, body):
                found[-1].kind = "row"
            found += [Paragraph("row", [line_of(row)]) for row in flow.rows]
            continue
        for n, paragraph in enumerate(paragraphs(flow.rows, body)):
            before = _broken(found) if not n else None
            if before and _goes_on(before, paragraph):
                before.lines += paragraph.lines
                before.broken = paragraph.broken
            else:
                found.append(paragraph)
    sizes = sorted({_rank(one) for one in found if one.kind == "heading"}, reverse=True)
    known = _words(found)
    for paragraph in found:
        level = sizes.index(_rank(paragraph)) + 1 if paragraph.kind == "heading" else 0
        yield _block(paragraph, level, known)
    for _, margin in parts:
        for row in margin:
            block = Block(furniture=True)
            _add_line(block, line_of(row))
            yield block


def _heads(above: Paragraph, table: Flow, body: float) -> bool:
    """Whether what seems a heading is the first row of the table below, in bold."""
    if above.kind != "heading" or len(above.lines) > 1 or above.size > 1.06 * body:
        return False
    head, (first, second) = above.lines[0], map(line_of, table.rows[:2])
    return first.pieces[0].page == head.pieces[0].page and first.top - head.top < 1.5 * (second.top - first.top)


def _broken(found: Sequence[Paragraph]) -> Paragraph | None:
    """The paragraph that the end of a column or page may have broken: the last one but for notes below it."""
    for paragraph in reversed(found):
        if paragraph.kind != "note":
            return paragraph if paragraph.broken else None
    return None


def _goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether a paragraph at the top of a column goes on with the one at the bottom of another."""
    if after.kind != "paragraph" or abs(after.size - before.size) > 0.06 * before.size:
        return False
    return not after.lines[0].text[0].isupper() or not _STOP.search(before.lines[-1].text)


def _rank(paragraph: Paragraph) -> tuple[float, bool]:
    return round(paragraph.size), paragraph.lines[0].bold


def _words(found: Sequence[Paragraph]) -> frozenset[str]:
    """The words that stand undivided somewhere: they tell what a word is that is divided at the end of a line."""
    return frozenset(
        word.lower() for one in found for line in one.lines for word in _WORD.findall(line.text) if len(word) > 3
    )


def _block(paragraph: Paragraph, level: int, known: frozenset[str]) -> Block:
    if paragraph.kind == "row":
        return _row(paragraph.lines[0])
    block = Block("paragraph" if paragraph.kind == "note" else paragraph.kind, level)
    for n, line in enumerate(paragraph.lines):
        last = n + 1 == len(paragraph.lines)
        joint = "" if last else _joint(line.text, paragraph.lines[n + 1].text, known)
        _add_line(block, line, drop=joint == "join")
        if joint == "blank":
            block.add(" ")
    return block


def _joint(text: str, below: str, known: frozenset[str]) -> str:
    """What stands between a line and the one below: a blank, nothing, or nothing for the hyphen either."""
    if not text.endswith("-") or not below[:1].islower():
        return "keep" if text.endswith(("-", "–", "—", "/")) and text[-2:-1].isalnum() else "blank"
    divided = _DIVIDED.search(text)
    following = _WORD.match(below)
    if not divided or not following:
        return "keep"
    head, tail = divided["head"].lower(), following[0].lower()
    if f"{head}{tail}" in known:
        return "join"
    return "keep" if f"{head}-{tail}" in known or head in _PREFIXES else "join"


def _row(line: Line) -> Block:
    block = Block("row")
    for n, piece in enumerate(line.pieces):
        block.add(" | " if n else "| ")
        _add_piece(block, piece)
    block.add(" |")
    return block


def _add_line(block: Block, line: Line, *, drop: bool = False) -> None:
    """Put a line behind a block's others; `drop` leaves out its last sign."""
    for n, piece in enumerate(line.pieces):
        if n:
            block.add(" ")
        _add_piece(block, piece, drop=drop and n + 1 == len(line.pieces))


def _add_piece(block: Block, piece: Piece, *, drop: bool = False) -> None:
    end = piece.runs[-1]
    for run in piece.runs:
        said = run.text[:-1] if drop and run is end else run.text
        block.add(raised(said) if run.raised else said, _anchor(run, piece))


def _anchor(run: Run, piece: Piece) -> Anchor:
    box = (round(run.left), round(piece.top), round(run.right), round(piece.bottom))
    return Anchor(0, 0, page=piece.page, character=run.first, box=box)
