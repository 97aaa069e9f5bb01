"""The pages of a PDF → their pieces, parted: the body, and what stands in the margins, such as running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.patterns import lazy
from pipeline.readers.pdf.layout import ordered, rows_of
from pipeline.readers.pdf.signs import Page, Piece

_DEEP = 3  # lines from the edge that may be running heads
_APART = 0.8  # of the font's size: the least white above or below a number that is a page's
_NUMBER = lazy(
    r"(?i)[-–—|·\s]*(?:(?:page|p\.|seite|p[áa]gina|第)\s*)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:of|/|von|de|sur)\s*\d{1,4})?"
    r"\s*页?[-–—|·\s]*"
)


def parted(pages: Sequence[Page]) -> list[tuple[list[Piece], list[list[Piece]]]]:
    """Of each page the pieces of its body, and the rows in its margins."""
    laid = [rows_of(ordered(piece for piece in page.pieces if not piece.turned)) for page in pages]
    seen = Counter(
        key for page, rows in zip(pages, laid, strict=True) for key in {_key(row, page) for row in _edges(rows)}
    )
    done = []
    for page, rows in zip(pages, laid, strict=True):
        first, last = 0, len(rows)
        while first < min(last, _DEEP) and _is_margin(rows, first, 1, seen[_key(rows[first], page)]):
            first += 1
        while last > max(first, len(rows) - _DEEP) and _is_margin(rows, last - 1, -1, seen[_key(rows[last - 1], page)]):
            last -= 1
        margin = rows[:first] + rows[last:] + [[piece] for piece in page.pieces if piece.turned]
        done.append(([piece for row in rows[first:last] for piece in row], margin))
    return done


def _edges(rows: list[list[Piece]]) -> list[list[Piece]]:
    return rows[:_DEEP] + rows[max(_DEEP, len(rows) - _DEEP) :]


def _key(row: list[Piece], page: Page) -> tuple[str, int]:
    """What a running head has on all pages: its words but for numbers, and its height on the page."""
    said = " ".join(piece.text for piece in row)
    return re.sub(r"\d+|\b[ivxl]+\b", "0", said), round(row[0].bottom / page.height * 100)


def _is_margin(rows: list[list[Piece]], n: int, step: int, seen: int) -> bool:
    """Whether a row at the edge is a running head, which other pages have too, or a page's number."""
    if seen > 1:
        return True
    said = " ".join(piece.text for piece in rows[n])
    if not _NUMBER.fullmatch(said) or not 0 <= n + step < len(rows):
        return False
    row, inner = rows[n][0], rows[n + step][0]
    return max(row.top - inner.bottom, inner.top - row.bottom) > _APART * row.size
