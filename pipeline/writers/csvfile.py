"""Rows → a CSV file that any spreadsheet opens right: UTF-8 with BOM, every cell quoted, CRLF, no cell a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.tables.cells import disarmed
from pipeline.tables.rows import Row
from pipeline.tables.schema import Table
from pipeline.writers import atomic


def write(path: Path, table: Table, rows: Iterable[Row], *, durable: bool = False) -> None:
    """Write the table's file in place of the one that is there."""
    atomic.write(path, content(table, rows), durable=durable)


def content(table: Table, rows: Iterable[Row]) -> bytes:
    """The bytes of the table's file. Numbers stay numbers; text that would start a formula is disarmed."""
    texts = [column.type == "string" for column in table.columns]
    lines = [[disarmed(name) for name in table.header]]
    lines.extend(_line([row[name] for name in table.header], texts) for row in rows)
    buffer = io.StringIO(newline="")
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(lines)
    return buffer.getvalue().encode("utf-8-sig", errors="backslashreplace")


def _line(cells: Sequence[str], texts: Sequence[bool]) -> list[str]:
    return [disarmed(cell) if text else cell for cell, text in zip(cells, texts, strict=True)]
