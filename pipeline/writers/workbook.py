"""The tables of a run → review.xlsx: one sheet a table, every cell text, a list to choose each decision from.

A spreadsheet must change nothing of what it shows: no cell is a number, a date or a formula. It holds what the CSV
files hold; the decisions that are filled in in it are taken by the next run.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.patterns import lazy
from pipeline.tables import schema
from pipeline.tables.cells import FORMULA_STARTS
from pipeline.tables.load import load_rows
from pipeline.tables.outcome import Outcome, worst_first
from pipeline.tables.rows import Row
from pipeline.tables.schema import Table
from pipeline.tables.workbook import FILE
from pipeline.writers import atomic
from pipeline.writers.page.visible import visible

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_ROWS = 1_048_576  # of a sheet, its header among them
LONGEST = 32_767  # characters of a cell
_WIDEST = 60  # characters of a column; longer text is wrapped
_LOOKED_AT = 200  # rows that the widths are taken from

# What a reviewer reads and fills in stands first; the rest of the columns follows.
_FIRST = ("finding_id", "decision", "note", "severity", "kind", "explanation", "suggestion", "quote")
_ESCAPE = lazy(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel takes `_x0041_` in a text for an A
_DATES = re.compile(rb"(<dcterms:\w+ [^>]*>)[^<]*")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows


def write(out: Path, outcomes: Sequence[Outcome], *, durable: bool = False) -> None:
    """Write the workbook of the run in `out`, whose other tables are there."""
    from openpyxl import Workbook

    reports = [outcome.summary["report"] for outcome in outcomes if not outcome.error]
    book = Workbook(write_only=True)
    _sheets(book, schema.FINDINGS, [finding.row for _, finding in worst_first(outcomes)])
    _sheets(book, schema.SUMMARY, load_rows(out / schema.SUMMARY.file))
    for table in (schema.CLAIMS, schema.CHECKS, schema.SKIPS, schema.SECTIONS):
        _sheets(book, table, chain.from_iterable(load_rows(out / report / table.file) for report in reports))
    _sheets(book, schema.DECISIONS, load_rows(out / schema.DECISIONS.file))
    buffer = io.BytesIO()
    book.save(buffer)
    atomic.write(out / FILE, _same_bytes(buffer), durable=durable)


def _sheets(book: Workbook, table: Table, rows: Iterable[Row]) -> None:
    """The sheet of a table, and further ones if it has more rows than a sheet takes."""
    left = iter(rows)
    number = 1
    while True:
        here = list(islice(left, _LOOKED_AT))
        _sheet(book, table, number, here, islice(left, MOST_ROWS - 1 - _LOOKED_AT))
        after = next(left, None)
        if after is None:
            return
        left, number = chain([after], left), number + 1


def _sheet(book: Workbook, table: Table, number: int, first: Sequence[Row], others: Iterator[Row]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    names = [name for name in _FIRST if name in table.header] if table is schema.FINDINGS else []
    names += [name for name in table.header if name not in names]
    sheet = book.create_sheet(table.name if number == 1 else f"{table.name} {number}")
    sheet.freeze_panes = "B2"
    widths = {name: min(max(len(row[name]) for row in first), _WIDEST) if first else 0 for name in names}
    for place, name in enumerate(names, 1):
        width = max(widths[name], len(name) + 3, 30 if name == "note" else 0) + 2
        sheet.column_dimensions[get_column_letter(place)].width = width
    bold, ground = Font(bold=True), PatternFill("solid", fgColor="EEEBE4")
    to_fill, wrapped = PatternFill("solid", fgColor="FFF7DC"), Alignment(vertical="top", wrap_text=True)
    plain = Alignment(vertical="top")

    def cell(text: str, name: str) -> Any:
        fill_in = table is schema.FINDINGS and name in ("decision", "note")
        if not text and not fill_in:
            return None
        made = WriteOnlyCell(sheet, value=_text(text))
        made.data_type = "s"
        made.number_format = "@"
        made.alignment = wrapped if widths[name] == _WIDEST or name == "note" else plain
        made.quotePrefix = text.lstrip("'")[:1] in FORMULA_STARTS
        if fill_in:
            made.fill = to_fill
        return made

    heads = [WriteOnlyCell(sheet, value=name) for name in names]
    for head in heads:
        head.font, head.fill = bold, ground
    sheet.append(heads)
    count = 1
    for row in chain(first, others):
        sheet.append([cell(row[name], name) for name in names])
        count += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{count}"
    if table is schema.FINDINGS:
        letter = get_column_letter(names.index("decision") + 1)
        sheet.data_validations.append(_choice(f"{letter}2:{letter}{max(count, 2)}"))


def _choice(cells: str) -> Any:
    """The list that a decision is chosen from."""
    from openpyxl.worksheet.datavalidation import DataValidation

    words = ",".join(schema.DECISIONS_MADE)
    made = DataValidation("list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True, sqref=cells)
    made.error = f"A decision is one of {words.replace(',', ', ')}."
    made.errorTitle = "tieout"
    return made


def _text(text: str) -> str:
    """The text as a cell may hold it: what cannot be seen has a name, what is too long is cut."""
    shown = _ESCAPE.sub("_x005F_", visible(text.replace("\r\n", "\n").replace("\r", "\n")))
    return shown if len(shown) <= LONGEST else f"{shown[: LONGEST - 1]}…"


def _same_bytes(buffer: io.BytesIO) -> bytes:
    """The workbook without the time that it was made at: the same tables give the same bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _DATES.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            new.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()
