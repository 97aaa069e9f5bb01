"""A page of a PDF → its pieces: signs that stand side by side on one line, with their places.

Only here is pypdfium2 spoken to. Places are in points from the page's top left corner, as the page is shown.
"""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass, field
from typing import Any

from pipeline.readers.compose import plain

_BLANKS = frozenset((0x20, 0xA0))
_LINE_ENDS = frozenset((10, 13))
_HYPHENS = frozenset((0x2, 0xAD, 0xFFFE))  # how pypdfium2 tells of a word that is divided at the end of a line
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_BULLETS = dict.fromkeys((0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0x2022), "•")  # of fonts that have signs of their own
_BOLD = ("bold", "black", "heavy", "semibd", "demi")
_FORCED_BOLD = 1 << 18  # a flag of a font
_FAR = 0.65  # of the font's size: a gap wider than this parts two pieces: columns, cells, now and then words
_FAR_FIXED = 1.1  # the same, in a font whose signs are all of one width
_WIDE = 0.55  # of the gap that parts pieces: a blank wider than this may part cells
_FIXED = 1  # a flag of such a font
# In heights of a sign with what its font keeps free above and below, about 1.3 times the font's size:
_BACK = 0.3  # a sign that begins so far to the left of the last one begins another piece
_BLANK = 0.15  # a gap wider than this is a blank
_SMALL = 0.82  # a sign no higher than this part of its line may be raised
_LIFTED = 0.08  # a raised sign's foot stands so far above the line's
_HEIGHT = 1.3  # of a sign, with the size of its font as 1
_TURNED = 0.1  # radians
_QUARTER = 1.5707963  # radians


@dataclass(slots=True)
class Run:
    """Signs whose numbers on the page count up one by one from `first`; `raised` is superscript.

    `breaks` are its wide blanks: where in the text, and from where to where on the page.
    """

    text: str
    first: int
    left: float
    right: float
    bottom: float
    height: float
    raised: bool = False
    breaks: list[tuple[int, float, float]] = field(default_factory=list)


@dataclass(slots=True)
class Piece:
    """A piece of a line. `size` is that of the font of most of its signs; `turned`: it runs up or down the page."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    size: float = 0.0
    bold: bool = False
    turned: bool = False
    runs: list[Run] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What it says."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a PDF; `number` counts from 1."""

    number: int
    width: float
    height: float
    pieces: list[Piece]


def page_of(pdfium: Any, document: Any, number: int) -> Page | None:
    """The page with this number, from 1; None if it cannot be opened."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    if not page:
        return None
    signs = pdfium.FPDFText_LoadPage(page)
    try:
        turn = pdfium.FPDFPage_GetRotation(page)
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        frame = _frame(pdfium, page, width, height, turn)
        pieces = _Pieces(pdfium, signs, number, turn, frame).all() if signs else []
        return Page(number, width, height, pieces)
    finally:
        if signs:
            pdfium.FPDFText_ClosePage(signs)
        pdfium.FPDF_ClosePage(page)


def _frame(pdfium: Any, page: Any, width: float, height: float, turn: int) -> tuple[float, float, float, float]:
    """The corners of what is shown of a page, in its own measures: left, bottom, right, top."""
    box = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box)):
        return box.left, box.bottom, box.right, box.top
    return (0.0, 0.0, height, width) if turn % 2 else (0.0, 0.0, width, height)


class _Pieces:
    """The pieces of a page, made sign by sign; a class because each sign goes to the piece that is open."""

    def __init__(
        self, pdfium: Any, signs: Any, number: int, turn: int, frame: tuple[float, float, float, float]
    ) -> None:
        self.pdfium, self.signs, self.number, self.turn, self.frame = pdfium, signs, number, turn, frame
        self.done: list[Piece] = []
        self.known: dict[int, str] = {}  # what a code says
        self.piece: Piece | None = None
        self.blank = False  # before the next sign
        self.guessed = False  # that blank is none of the file's
        self.far = 0.0  # the gap that ends the open piece, in points
        self.left = 0.0  # where the last sign begins
        self.reach = 0.0  # where the blank behind the last sign ends
        self.last = -1  # the number of the last sign

    def all(self) -> list[Piece]:
        """All pieces of the page, in the order of the file."""
        box = self.pdfium.FS_RECTF()
        place = ctypes.byref(box)
        code_of, box_of = self.pdfium.FPDFText_GetUnicode, self.pdfium.FPDFText_GetLooseCharBox
        for n in range(self.pdfium.FPDFText_CountChars(self.signs)):
            code = code_of(self.signs, n)
            if code in _BLANKS:
                self.guessed = self.pdfium.FPDFText_IsGenerated(self.signs, n) == 1
                if not self.guessed and self.piece and not self.blank and box_of(self.signs, n, place):
                    self.reach = self._shown(box.left, box.bottom, box.right, box.top)[2]
                self.blank = True
                continue
            if code in _LINE_ENDS or not code or not box_of(self.signs, n, place):
                if self.piece and self.piece.turned:
                    self._end()
                self.blank = self.guessed = True
                continue
            self._sign(n, code, *self._shown(box.left, box.bottom, box.right, box.top))
        self._end()
        return self.done

    def _shown(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of a sign from the top left corner of the page, which quarters may turn."""
        x0, y0, x1, y1 = self.frame
        if self.turn == 1:
            return bottom - y0, left - x0, top - y0, right - x0
        if self.turn == 2:
            return x1 - right, bottom - y0, x1 - left, top - y0
        if self.turn == 3:
            return y1 - top, x1 - right, y1 - bottom, x1 - left
        return left - x0, y1 - top, right - x0, y1 - bottom

    def _sign(self, n: int, code: int, left: float, top: float, right: float, bottom: float) -> None:
        """Put a sign to the open piece, or begin another."""
        if (said := self.known.get(code)) is None:
            said = "-" if code in _HYPHENS else _LIGATURES.get(code) or _BULLETS.get(code) or plain(chr(code))
            self.known[code] = said
        if self._goes_on(n, said, left, top, right, bottom):
            return
        height = bottom - top
        piece = self.piece
        if piece and not piece.turned:
            lower = min(height, piece.bottom - piece.top)
            gap = left - piece.right
            beyond = left - max(self.reach, piece.right)
            shared = min(bottom, piece.bottom) - max(top, piece.top)
            if shared < 0.5 * lower or beyond > self.far or left < self.left - _BACK * height:
                self._end()
                piece = None
            elif gap > _BLANK * height:
                self.blank = True
        if not piece:
            piece = self._begin(n, height)
            piece.left, piece.top = left, top
            piece.runs.append(Run(said, n, left, right, bottom, height))
        else:
            run = piece.runs[-1]
            alike = 0.88 * run.height < height < 1.14 * run.height and abs(bottom - run.bottom) < 0.12 * height
            if self.blank and self.guessed and not alike and left - run.right < _BLANK * max(height, run.height):
                self.blank = False
            if self.blank:
                if left - run.right > _WIDE * self.far:
                    run.breaks.append((len(run.text), run.right, left))
                run.text += " "
            if alike and n == run.first + len(run.text):
                run.text += said
                run.right = right
            else:
                piece.runs.append(Run(said, n, left, right, bottom, height))
            piece.top = min(piece.top, top)
        piece.right, piece.bottom = max(piece.right, right), max(piece.bottom, bottom)
        self.blank, self.last, self.left, self.reach = False, n, left, 0.0

    def _goes_on(self, n: int, said: str, left: float, top: float, right: float, bottom: float) -> bool:
        """Put a sign right behind the last one, if it stands there in the same font, as most signs do."""
        piece = self.piece
        if not piece or self.blank or left < self.left:
            return False
        run, height = piece.runs[-1], bottom - top
        level = bottom == run.bottom and 0.88 * run.height < height < 1.14 * run.height
        if not level or left - piece.right > _BLANK * height or n != run.first + len(run.text):
            return False
        run.text += said
        run.right, self.last, self.left = right, n, left
        piece.right, piece.top = max(piece.right, right), min(piece.top, top)
        return True

    def _begin(self, n: int, height: float) -> Piece:
        angle = (self.pdfium.FPDFText_GetCharAngle(self.signs, n) + self.turn * _QUARTER) % (4 * _QUARTER)
        turned = _TURNED < angle < 4 * _QUARTER - _TURNED
        bold, fixed = self._font(n)
        self.far = (_FAR_FIXED if fixed else _FAR) * max(self._size(n), height / _HEIGHT)
        self.piece = Piece(self.number, 0, 0, 0, 0, bold=bold, turned=turned)
        return self.piece

    def _end(self) -> None:
        """End the open piece: tell its size, what of it is raised, and whether all of it is bold."""
        piece, self.piece = self.piece, None
        self.blank = False
        if not piece:
            return
        piece.bold = piece.bold and (self.last == piece.runs[0].first or self._font(self.last)[0])
        heights: dict[float, int] = {}
        for run in piece.runs:
            heights[run.height] = heights.get(run.height, 0) + len(run.text)
        height = max(heights, key=lambda height: (heights[height], height))
        main = next(run for run in piece.runs if run.height == height)
        piece.size = self._size(main.first) or height / _HEIGHT
        for run in piece.runs:
            run.raised = run.height < _SMALL * height and run.bottom < main.bottom - _LIFTED * height
        self.done.append(piece)

    def _size(self, n: int) -> float:
        """The size of a sign's font on the page, in points."""
        matrix = self.pdfium.FS_MATRIX()
        if not self.pdfium.FPDFText_GetMatrix(self.signs, n, ctypes.byref(matrix)):
            return 0.0
        return float(self.pdfium.FPDFText_GetFontSize(self.signs, n) * math.hypot(matrix.c, matrix.d))

    def _font(self, n: int) -> tuple[bool, bool]:
        """Whether a sign's font is bold, and whether all its signs are of one width."""
        name = ctypes.create_string_buffer(80)
        flags = ctypes.c_int()
        self.pdfium.FPDFText_GetFontInfo(self.signs, n, name, 80, ctypes.byref(flags))
        said = name.value.lower()
        bold = bool(flags.value & _FORCED_BOLD) or any(word.encode() in said for word in _BOLD)
        return bold, bool(flags.value & _FIXED)
