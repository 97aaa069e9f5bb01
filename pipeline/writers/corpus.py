"""The tables of many reports as one set: a folder a table, with a part for every so many reports, in CSV or Parquet.

A part of `reports`, the summary rows, is written last of its number: where it stands, the other parts of it are whole.
Parts depend on the order of the reports alone, so any number of processes makes the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from types import TracebackType

from pipeline.tables import schema
from pipeline.tables.load import load_rows
from pipeline.tables.outcome import Outcome
from pipeline.tables.rows import Row
from pipeline.tables.schema import Table
from pipeline.writers import atomic, csvfile, datapackage
from pipeline.writers.folder import RunTables, Waiting

REPORTS = 500  # in a part
_MARK = "reports"
_TABLES = (*schema.OF_A_REPORT, *schema.OF_SOME_REPORTS)


def encoded(tables: Mapping[str, Sequence[Row]]) -> dict[str, bytes]:
    """The lines of one report's tables, by the table's name: what travels from the process that read it."""
    return {table.name: csvfile.body(table, tables[table.name]) for table in _TABLES if tables.get(table.name)}


def part_file(folder: Path, name: str, number: int, suffix: str = "csv") -> Path:
    """Where a part of a table stands."""
    return folder / name / f"part-{number:05}.{suffix}"


def rows_of_part(folder: Path, table: Table, number: int) -> list[Row]:
    """The rows of a part; none if the table has none for it. Raises OSError or ValueError for a file that is spoilt."""
    for suffix in ("csv", "parquet"):
        path = part_file(folder, table.name, number, suffix)
        if path.is_file():
            return load_rows(path) if suffix == "csv" else _from_parquet(path)
    return []


def summaries_of_part(folder: Path, number: int, *, parquet: bool) -> list[Row]:
    """The summary rows of a part that is complete in this format, else none."""
    path = part_file(folder, _MARK, number)
    claims = part_file(folder, schema.CLAIMS.name, number, "parquet" if parquet else "csv")
    return load_rows(path) if path.is_file() and claims.is_file() else []


class CorpusTables(RunTables):
    """The set of tables, taken in as the outcomes come: a part is written when it has its reports.

    `done` parts stand already, from an earlier run.
    """

    def __init__(self, folder: Path, *, parquet: bool = False, durable: bool = False, done: int = 0) -> None:
        for name in (*(table.name for table in _TABLES), _MARK):
            atomic.refuse_link(folder / name)
        super().__init__(folder, durable=durable)
        self._suffix = "parquet" if parquet else "csv"
        self._done = done
        self._number = 0
        self._open: dict[Table, Waiting] = {}
        self._mark: list[Row] = []
        self._paths: dict[Table, list[str]] = {table: [] for table in _TABLES}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for waiting in self._open.values():
            waiting.close()
        super().__exit__(kind, error, trace)

    def add(self, outcome: Outcome) -> None:
        """Take in the outcome of the next report."""
        super().add(outcome)
        self._mark.append(outcome.summary)
        for table in _TABLES:
            if lines := outcome.tables.get(table.name):
                if table not in self._open:
                    self._open[table] = Waiting(table)
                self._open[table].add_lines(lines)
        if len(self._mark) == REPORTS:
            self._close_part()

    def finish(self) -> None:
        """Write the last part, take away those of an earlier run that had more, and put the other tables in place."""
        if self._mark:
            self._close_part()
        for name in (*(table.name for table in _TABLES), _MARK):
            for path in (self._folder / name).glob("part-*"):
                number, _, suffix = path.name.removeprefix("part-").partition(".")
                wanted = self._suffix if name != _MARK else "csv"
                if number.isdecimal() and (int(number) >= self._number or suffix != wanted):
                    path.unlink(missing_ok=True)
        super().finish()

    def _close_part(self) -> None:
        number, self._number = self._number, self._number + 1
        kept = number < self._done
        for table in _TABLES:
            waiting = self._open.get(table)
            path = part_file(self._folder, table.name, number, self._suffix)
            if not kept:
                self._write(path, table, waiting)
            if path.is_file():
                self._paths[table].append(f"{table.name}/{path.name}")
            if waiting is not None:
                self._open.pop(table).close()
        if not kept:
            mark = part_file(self._folder, _MARK, number)
            mark.parent.mkdir(exist_ok=True)
            csvfile.write(mark, schema.SUMMARY, self._mark, durable=self._durable)
        self._mark = []

    def _write(self, path: Path, table: Table, waiting: Waiting | None) -> None:
        """Write a part of a table; claims.csv stands even if it is empty, to tell the format of the rest."""
        part_file(self._folder, _MARK, self._number - 1).unlink(missing_ok=True)
        if waiting is None and table is not schema.CLAIMS:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(exist_ok=True)
        pieces = chain([csvfile.head(table)], waiting.pieces() if waiting else ())
        whole = pieces if self._suffix == "csv" else _as_parquet(table, b"".join(pieces))
        atomic.write(path, whole, durable=self._durable)

    def _package(self) -> bytes:
        tables = {schema.SUMMARY: [schema.SUMMARY.file], **self._paths, schema.FINDINGS: [schema.FINDINGS.file]}
        return datapackage.package({**tables, schema.DECISIONS: [schema.DECISIONS.file]})


def _as_parquet(table: Table, content: bytes) -> bytes:
    """A part of a table as Parquet: whole numbers as such, all else as it is printed; what is empty stays empty."""
    import pyarrow
    from pyarrow import csv, parquet

    from pipeline.tables.cells import rearmed

    kinds = {column.name: pyarrow.int64() if column.type == "integer" else pyarrow.string() for column in table.columns}
    convert = csv.ConvertOptions(column_types=kinds, strings_can_be_null=False, null_values=[""])
    parse = csv.ParseOptions(newlines_in_values=True)
    found = csv.read_csv(pyarrow.BufferReader(content), parse_options=parse, convert_options=convert)
    for n, column in enumerate(table.columns):
        if column.type == "string":
            cells = [rearmed(cell) for cell in found.column(n).to_pylist()]
            found = found.set_column(n, column.name, pyarrow.array(cells, pyarrow.string()))
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(found, sink, compression="zstd")
    return bytes(sink.getvalue())


def _from_parquet(path: Path) -> list[Row]:
    import pyarrow
    from pyarrow import parquet

    found = parquet.read_table(pyarrow.BufferReader(path.read_bytes()))
    return [{name: "" if cell is None else str(cell) for name, cell in row.items()} for row in found.to_pylist()]
