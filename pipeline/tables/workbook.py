"""A workbook that comes back from Excel or LibreOffice → the rows of its sheets, each cell as text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from pipeline.tables.rows import Row

FILE = "review.xlsx"


def sheets(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """The sheets of a workbook by name, their first row being the header. Raises ValueError if it is no workbook."""
    from openpyxl import load_workbook
    from openpyxl.utils.escape import unescape
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                lines = [["" if cell is None else unescape(str(cell)) for cell in row] for row in sheet.values]
                header = lines[0] if lines else []
                empty = dict.fromkeys(header, "")
                yield sheet.title, [empty | dict(zip(header, line, strict=False)) for line in lines[1:] if any(line)]
        finally:
            book.close()
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, SyntaxError, EOFError):
        raise ValueError(f"{path}: cannot be read as a workbook; move it away, or save it again as .xlsx") from None
