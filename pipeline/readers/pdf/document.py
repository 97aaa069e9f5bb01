"""The bytes of a PDF → what `read` makes a Source of, in the process that may be ended for it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.readers.compose import compose
from pipeline.readers.pdf import blocks, signs
from pipeline.readers.source import ReadError, ReadOptions

# Why a document does not open, by the numbers of pypdfium2 → what to do.
_LOCKED = 4
_SECURED = 5


def told(data: bytes, name: str, options: ReadOptions) -> Mapping[str, Any]:
    """Text, marks, anchors and what could not be read."""
    pages, empty = [], []
    began = time.process_time()
    for number, page in _pages(data, name):
        if page and page.pieces:
            pages.append(page)
        else:
            empty.append(number)
        if time.process_time() - began > options.seconds:
            raise ReadError(f"{name}: not read within {options.seconds} seconds; raise seconds in [tool.tieout]")
    if not pages:
        raise ReadError(f"{name}: its pages hold no text, they are pictures; have a program recognise the text (OCR)")
    source = compose(blocks.of(pages))
    return {
        "text": source.text,
        "marks": [(mark.start, mark.end, mark.kind, mark.level) for mark in source.marks],
        "anchors": [(one.start, one.end, one.page, one.character, one.box) for one in source.anchors],
        "not_read": f"{_listed(empty)} no text, perhaps a picture" if empty else "",
    }


def _pages(data: bytes, name: str) -> Iterator[tuple[int, signs.Page | None]]:
    import pypdfium2.raw as pdfium

    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        error = pdfium.FPDF_GetLastError()
        if error in (_LOCKED, _SECURED):
            raise ReadError(f"{name}: locked with a password; save it without one")
        raise ReadError(f"{name}: the PDF is damaged or cut off; save or download it again")
    try:
        for number in range(1, pdfium.FPDF_GetPageCount(document) + 1):
            yield number, signs.page_of(pdfium, document, number)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _listed(numbers: list[int]) -> str:
    """`page 3 holds`, `pages 3, 5–7 hold`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    said = ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in ranges)
    return f"page {said} holds" if len(numbers) == 1 else f"pages {said} hold"
