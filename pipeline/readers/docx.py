"""A Word document → its text as its last editor sees it, paragraph by paragraph.

Insertions count and deletions do not; lists have their numbers, tables are rows, footnotes follow the paragraph that
they belong to, headers and footers are furniture.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.model import Anchor
from pipeline.readers.compose import Block, compose, plain, raised
from pipeline.readers.office import Package
from pipeline.readers.source import ReadError, ReadOptions, Source
from pipeline.readers.word_styles import Numbers, Styles

_MAIN = "word/document.xml"
_OLE = b"\xd0\xcf\x11\xe0"
# Within these nothing is read: deletions, the older twin of a drawing, field codes, phonetic guides.
_UNREAD = frozenset("del moveFrom Fallback instrText delText rt".split())
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NOTES = {"footnoteReference": "word/footnotes.xml", "endnoteReference": "word/endnotes.xml"}


def read(data: bytes, name: str, options: ReadOptions) -> Source:
    """The text of a document."""
    if data.startswith(_OLE):
        raise ReadError(f"{name}: locked with a password, or an old document; save it as .docx without password")
    package = Package(data, name, options)
    if _MAIN not in package.parts:
        raise ReadError(f"{name}: no Word document: it has no {_MAIN}; save it as .docx")
    styles, numbers = Styles(), Numbers()
    package.walk("word/styles.xml", styles)
    package.walk("word/numbering.xml", numbers)
    notes: dict[tuple[str, str], list[Block]] = {}
    for part in _NOTES.values():
        reader = _Part(part, styles, numbers, {})
        package.walk(part, reader)
        notes.update(((part, note), blocks) for note, blocks in reader.notes.items())
    blocks: list[Block] = []
    for part in sorted(package.parts):
        if re.fullmatch(r"word/(?:header|footer)\d{0,4}\.xml", part):
            margin = _Part(part, styles, numbers, {})
            package.walk(part, margin)
            blocks += [_as_furniture(block) for block in margin.blocks]
    main = _Part(_MAIN, styles, numbers, notes)
    package.walk(_MAIN, main)
    source = compose([*main.blocks, *blocks])
    if not source.text.strip():
        raise ReadError(f"{name}: the document holds no text; are its pages pictures?")
    return source


def _as_furniture(block: Block) -> Block:
    block.furniture = True
    return block


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read; `goes_on` says that its end was deleted, `boxes` are the text boxes on it."""

    number: int
    text: list[str] = field(default_factory=list)
    style: str = ""
    outline: int | None = None
    number_id: str = ""
    number_level: int | None = None
    goes_on: bool = False
    boxes: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)


class _Part:
    """The blocks of one part, made of its events. `notes` are those of a part that holds notes, by their ids."""

    def __init__(self, part: str, styles: Styles, numbers: Numbers, notes: dict[tuple[str, str], list[Block]]) -> None:
        self.part, self.styles, self.numbers, self.known = part, styles, numbers, notes
        self.blocks: list[Block] = []
        self.notes: dict[str, list[Block]] = {}
        self.names: list[str] = []
        self.paragraphs: list[_Paragraph] = []  # open ones: a text box is a paragraph within a paragraph
        self.rows: list[list[str]] = []  # open rows of tables: the texts of their cells
        self.row_at: list[tuple[int, bool]] = []  # of each, its first paragraph and whether it was deleted
        self.note = ""
        self.count = self.note_count = 0
        self.unread = 0
        self.hidden = self.lifted = False
        self.kept: _Paragraph | None = None  # whose end was deleted

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        above = self.names[-1] if self.names else ""
        self.names.append(name)
        if name in _UNREAD and above not in ("rPr", "trPr"):
            self.unread += 1
        if self.unread:
            return
        if name == "p":
            self._open()
        elif name in ("footnote", "endnote"):
            self.note = attributes.get("id", "")
        elif name == "r":
            self.hidden = self.lifted = False
        elif name == "tr":
            self.rows.append([])
            self.row_at.append((self.count + 1, False))
        elif name == "tc" and self.rows:
            self.rows[-1].append("")
        elif name == "del" and above == "trPr" and self.row_at:
            self.row_at[-1] = (self.row_at[-1][0], True)
        elif self.paragraphs:
            self._within(self.paragraphs[-1], name, attributes)

    def _within(self, paragraph: _Paragraph, name: str, attributes: dict[str, str]) -> None:
        """An element within a paragraph begins."""
        above, value = self.names[-2], attributes.get("val", "")
        if above in ("pPr", "numPr"):
            self._property(paragraph, name, value)
        elif above == "rPr":
            paragraph.goes_on |= name == "del" and self.names[-3] == "pPr"
            if name == "vanish":
                self.hidden = value not in ("0", "false")
            elif name == "vertAlign":
                self.lifted = value == "superscript"
        elif name in _SIGNS and above == "r":
            paragraph.text.append(_SIGNS[name])
        # A note is told once, however often it is referred to: it would grow with its references.
        elif name in _NOTES and (blocks := self.known.pop((_NOTES[name], attributes.get("id", "")), None)):
            self.note_count += 1
            mark = raised(str(self.note_count))
            paragraph.text.append(mark)
            blocks[0].pieces.insert(0, (f"{mark} ", None))
            paragraph.notes += blocks

    def end(self, name: str) -> None:
        """An element ends."""
        self.names.pop()
        above = self.names[-1] if self.names else ""
        if name in _UNREAD and above not in ("rPr", "trPr"):
            self.unread -= 1
            return
        if self.unread:
            return
        if name == "p" and self.paragraphs:
            self._close(self.paragraphs.pop())
        elif name == "tr" and self.rows:
            self._end_row()
        elif name in ("body", "hdr", "ftr") and self.kept:
            kept, self.kept = self.kept, None
            kept.goes_on = False
            self._close(kept)
        elif name in ("footnote", "endnote"):
            self.notes[self.note], self.blocks = self.blocks, []

    def text(self, text: str) -> None:
        """Characters: only those of `t` are text."""
        if self.unread or self.hidden or not self.paragraphs or self.names[-1] != "t":
            return
        text = plain(text.replace("\u00ad", ""))
        self.paragraphs[-1].text.append(raised(text) if self.lifted else text)

    def _property(self, paragraph: _Paragraph, name: str, value: str) -> None:
        if name == "pStyle":
            paragraph.style = value
        elif name == "outlineLvl" and value.isdecimal():
            paragraph.outline = int(value[:2])
        elif name == "numId":
            paragraph.number_id = value
        elif name == "ilvl" and value.isdecimal():
            paragraph.number_level = int(value[:2])

    def _open(self) -> None:
        self.count += 1
        if self.kept and not self.paragraphs:
            self.paragraphs.append(self.kept)
            self.kept = None
            self.paragraphs[-1].goes_on = False
        else:
            self.paragraphs.append(_Paragraph(self.count))

    def _close(self, paragraph: _Paragraph) -> None:
        """Turn a paragraph into a block: a cell's goes to its row, a text box's behind the paragraph it is on."""
        if paragraph.goes_on and not self.rows:
            self.kept = paragraph
            return
        said = "".join(paragraph.text)
        within = self.paragraphs[-1].boxes if self.paragraphs else self.blocks
        if self.rows and not self.paragraphs:
            if said.strip() and self.rows[-1]:
                marker = self._marker(paragraph)
                self.rows[-1][-1] = f"{self.rows[-1][-1]} {marker}{said}".strip()
            self.blocks += [*paragraph.boxes, *paragraph.notes]
            return
        if said.strip():
            within.append(self._block(paragraph, said))
        within += [*paragraph.boxes, *paragraph.notes]

    def _block(self, paragraph: _Paragraph, said: str) -> Block:
        style = self.styles.of(paragraph.style)
        outline = style.outline if paragraph.outline is None else paragraph.outline
        block = Block(furniture=style.contents)
        marker = self._marker(paragraph)
        if outline is not None and outline < 9 and len(said) < 300:
            block.kind, block.level = "heading", outline + 1
        elif marker:
            block.kind = "item"
        block.add(marker)
        block.add(said, Anchor(0, 0, self.part, paragraph.number, character=None))
        return block

    def _marker(self, paragraph: _Paragraph) -> str:
        """The number or bullet that Word puts before a paragraph."""
        style = self.styles.of(paragraph.style)
        number_id = paragraph.number_id or style.number_id
        level = style.number_level if paragraph.number_level is None else paragraph.number_level
        return self.numbers.marker(number_id, level or 0)

    def _end_row(self) -> None:
        cells, (number, deleted) = self.rows.pop(), self.row_at.pop()
        if deleted or not any(cells):
            return
        cells = [" ".join(cell.split()) for cell in cells]
        if self.rows and self.rows[-1]:  # a table within a cell
            self.rows[-1][-1] = " ".join([self.rows[-1][-1], *cells]).strip()
            return
        block = Block("row")
        block.add(f"| {' | '.join(cells)} |", Anchor(0, 0, self.part, number))
        within = self.paragraphs[-1].boxes if self.paragraphs else self.blocks
        within.append(block)
