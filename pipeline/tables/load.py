"""A table file → its rows, or a pandas DataFrame: every cell as text, as it was before it was disarmed.

It needs no schema: a table that someone added columns to loads as well.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.tables.cells import rearmed
from pipeline.tables.rows import Row

if TYPE_CHECKING:
    import pandas

_LONGEST_CELL = 2**31 - 1  # the csv module stops at 131,072 characters otherwise


def load_rows(path: str | Path) -> list[Row]:
    """The rows of a table file; short rows are filled with empty cells. Raises OSError if it is not there."""
    csv.field_size_limit(_LONGEST_CELL)
    place = Path(path) if isinstance(path, str) else path  # one in another file system opens itself
    with place.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        header = [rearmed(name) for name in next(lines, [])]
        filled = (_filled(line, len(header)) for line in lines)
        return [dict(zip(header, map(rearmed, line), strict=False)) for line in filled]


def load_table(path: str | Path) -> pandas.DataFrame:
    """The table as a DataFrame of text: nothing is turned into NaN, dates or numbers."""
    import pandas

    rows = load_rows(path)
    with open(path, encoding="utf-8-sig", newline="") as file:
        header = [rearmed(name) for name in next(csv.reader(file), [])]
    return pandas.DataFrame(rows, columns=pandas.Index(header), dtype="str")


def _filled(line: list[str], width: int) -> list[str]:
    return line + [""] * (width - len(line))
