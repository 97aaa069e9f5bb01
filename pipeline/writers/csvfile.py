"""Rows → a CSV file that any spreadsheet opens right: UTF-8 with BOM, every cell quoted, CRLF, no cell a formula."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path

from pipeline.tables.cells import SUSPECT, disarmed
from pipeline.tables.rows import Row
from pipeline.tables.schema import Table
from pipeline.writers import atomic


def write(path: Path, table: Table, rows: Iterable[Row], *, durable: bool = False) -> None:
    """Write the table's file in place of the one that is there."""
    atomic.write(path, content(table, rows), durable=durable)


def content(table: Table, rows: Iterable[Row]) -> bytes:
    """The bytes of the table's file. Numbers stay numbers; text that would start a formula is disarmed."""
    return head(table) + body(table, rows)


def head(table: Table) -> bytes:
    """The mark of UTF-8 and the line of the columns' names."""
    return _head(table.header)


@cache
def _head(names: tuple[str, ...]) -> bytes:
    return codecs.BOM_UTF8 + _encoded([[disarmed(name) for name in names]])


def body(table: Table, rows: Iterable[Row]) -> bytes:
    """The lines of some rows."""
    cells_of = itemgetter(*table.header)
    texts = [n for n, column in enumerate(table.columns) if column.type == "string"]
    return _encoded([_line(list(cells_of(row)), texts) for row in rows])


def _line(cells: list[str], texts: Sequence[int]) -> list[str]:
    for n in texts:
        if cells[n][:1] in SUSPECT:
            cells[n] = disarmed(cells[n])
    return cells


def _encoded(lines: Iterable[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    return buffer.getvalue().encode(errors="backslashreplace")
