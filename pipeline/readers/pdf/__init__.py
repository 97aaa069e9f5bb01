"""A PDF → its text as it is read on its pages; pypdfium2 opens it, in a process that can be ended.

Lines, columns and tables are found by where their signs stand: a PDF knows no words. Pictures are not read.
"""

from __future__ import annotations

import re
from importlib.util import find_spec

from pipeline.model import Anchor, Mark
from pipeline.readers import apart
from pipeline.readers.source import ReadError, ReadOptions, Source

_TAIL = 4096  # bytes, in which the end of a file must be told
_HEAD = 1024  # bytes, in which its beginning must


def read(data: bytes, name: str, options: ReadOptions) -> Source:
    """The text of a PDF."""
    if not find_spec("pypdfium2"):
        raise ReadError(f"{name}: PDF files need pypdfium2: pip install 'tieout[pdf]'")
    if b"%PDF-" not in data[:_HEAD]:
        raise ReadError(f"{name}: no PDF file: it does not begin with %PDF-")
    if not re.search(rb"%%EOF|startxref", data[-_TAIL:]):
        raise ReadError(f"{name}: the PDF is cut off: it has no end; save or download it again")
    answer = apart.ask("pipeline.readers.pdf.document", data, name, options)
    anchors = [
        Anchor(start, end, page=page, character=character, box=(box[0], box[1], box[2], box[3]))
        for start, end, page, character, box in answer["anchors"]
    ]
    marks = [Mark(start, end, kind, level) for start, end, kind, level in answer["marks"]]
    return Source(answer["text"], marks=tuple(marks), anchors=tuple(anchors), not_read=answer["not_read"])
