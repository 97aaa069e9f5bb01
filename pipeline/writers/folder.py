"""The folder of a run: one folder of tables for each report, and the tables over all of them.

A report's summary.csv goes away first and comes back last: where it stands, the other tables are whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from tempfile import SpooledTemporaryFile
from types import TracebackType

from pipeline.tables import schema, workbook
from pipeline.tables.outcome import SEVERITIES, Outcome
from pipeline.tables.rows import Row
from pipeline.tables.schema import Table
from pipeline.writers import atomic, csvfile, datapackage, page

PACKAGE_FILE = "datapackage.json"
TEXT_FILE = "text.txt"
_IN_MEMORY = 4_000_000  # bytes

# Names at the top of the folder that no report's folder may take.
TAKEN = frozenset({PACKAGE_FILE, page.INDEX_FILE, workbook.FILE, *(table.file for table in schema.OF_A_RUN)})


def write_report(
    folder: Path,
    tables: Mapping[str, Sequence[Row]],
    summary: Row,
    *,
    text: str = "",
    shown: bytes | None = None,
    durable: bool = False,
) -> None:
    """Write all tables of one report, and the page that shows it.

    A report that could not be read has no tables but its summary row. `text` is what the offsets index, where that is
    not the file itself.
    """
    atomic.make_folder(folder)
    mark = folder / schema.SUMMARY.file
    mark.unlink(missing_ok=True)
    atomic.remove_leftovers(folder)
    if text:
        atomic.write(folder / TEXT_FILE, text.encode(), durable=durable)
    else:
        (folder / TEXT_FILE).unlink(missing_ok=True)
    for table in (*schema.OF_A_REPORT, *schema.OF_SOME_REPORTS):
        if table.name in tables:
            csvfile.write(folder / table.file, table, tables[table.name], durable=durable)
        else:
            (folder / table.file).unlink(missing_ok=True)
    _write_page(folder / page.FILE, shown, durable=durable)
    csvfile.write(mark, schema.SUMMARY, [summary], durable=durable)


class RunTables:
    """The tables over all reports, taken in as the outcomes come; `finish` puts them in their places, summary.csv last.

    Rows wait in files without a name, so that a run of any size fits: what it keeps is the names of the reports.
    """

    def __init__(self, folder: Path, *, pages: bool = False, durable: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._pages, self._durable = folder, pages, durable
        self._summary = Waiting(schema.SUMMARY)
        self._findings = {severity: Waiting(schema.FINDINGS) for severity in SEVERITIES}
        self._readable: list[str] = []
        self._anchored: list[str] = []
        self._outcomes: list[Outcome] = []  # for the page over all reports, which lists them

    def __enter__(self) -> RunTables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for waiting in (self._summary, *self._findings.values()):
            waiting.close()

    def add(self, outcome: Outcome) -> None:
        """Take in the outcome of the next report."""
        self._summary.add([outcome.summary])
        for severity, waiting in self._findings.items():
            waiting.add([one.row for one in outcome.findings if one.row["severity"] == severity])
        if not outcome.error:
            self._readable.append(outcome.summary["report"])
        if outcome.anchored:
            self._anchored.append(outcome.summary["report"])
        if self._pages:
            self._outcomes.append(outcome)

    def finish(self) -> None:
        """Put the tables in their places, with a page over the reports' pages if there are several."""
        folder, durable = self._folder, self._durable
        atomic.remove_leftovers(folder)
        findings = (piece for waiting in self._findings.values() for piece in waiting.pieces())
        atomic.write(folder / schema.FINDINGS.file, chain([csvfile.head(schema.FINDINGS)], findings), durable=durable)
        atomic.write(folder / PACKAGE_FILE, self._package(), durable=durable)
        shown = page.index(self._outcomes) if len(self._outcomes) > 1 else None
        _write_page(folder / page.INDEX_FILE, shown, durable=durable)
        summary = chain([csvfile.head(schema.SUMMARY)], self._summary.pieces())
        atomic.write(folder / schema.SUMMARY.file, summary, durable=durable)

    def _package(self) -> bytes:
        return datapackage.content(self._readable, self._anchored)


class Waiting:
    """Rows of a table that wait for their place, on disk once they are many."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - it lives as long as this

    def add(self, rows: Sequence[Row]) -> None:
        """Add rows."""
        if rows:
            self.add_lines(csvfile.body(self._table, rows))

    def add_lines(self, lines: bytes) -> None:
        """Add rows as they stand in the file."""
        self._file.write(lines)

    def close(self) -> None:
        """Forget them."""
        self._file.close()

    def pieces(self) -> Iterator[bytes]:
        """The lines that were added."""
        self._file.seek(0)
        while piece := self._file.read(_IN_MEMORY):
            yield piece


def _write_page(path: Path, content: bytes | None, *, durable: bool) -> None:
    """Write a page; where there is to be none, one of an earlier run goes: it would show what no longer holds."""
    if content is None:
        path.unlink(missing_ok=True)
    else:
        atomic.write(path, content, durable=durable)
