"""decisions.csv ⇄ the ledger, by finding; and what the reports' own tables say that there is to decide on.

A file that is no ledger, or that contradicts itself, is a ValueError of one line: it is never overwritten.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from pipeline.patterns import lazy
from pipeline.places import is_local, known_file
from pipeline.tables import schema
from pipeline.tables.load import load_rows
from pipeline.tables.rows import Row
from pipeline.tables.schema import Column
from pipeline.writers import csvfile
from pipeline.writers.corpus import rows_of_part

Ledger = Mapping[str, Row]

_ID = lazy("F-[0-9a-f]{16}")
_PATIENCE = 30  # seconds to wait for another process; it holds the ledger for some milliseconds


def load(path: Path) -> Ledger:
    """The ledger in a file; empty if there is none. Raises ValueError if the file is no ledger, or decides twice."""
    if not known_file(path):
        return {}
    ledger: dict[str, Row] = {}
    for number, row in enumerate(table_rows(path, ("finding_id", "decision")), 2):
        if not any(row.values()):
            continue
        row |= {"finding_id": row["finding_id"].strip(), "decision": row["decision"].strip().lower()}
        finding_id, decision = row["finding_id"], row["decision"]
        if not _ID.fullmatch(finding_id):
            raise ValueError(f"{path}: row {number}: {finding_id[:40]!r} is no id of a finding; repair it")
        if decision not in schema.DECISIONS_MADE:
            known = ", ".join(schema.DECISIONS_MADE)
            raise ValueError(f"{path}: row {number}: {decision!r} is no decision; repair it: one of {known}")
        before = ledger.get(finding_id, row)["decision"]
        if before != decision:
            raise ValueError(f"{path}: row {number}: {finding_id} is {decision!r} here, {before!r} above; keep one row")
        ledger[finding_id] = dict.fromkeys(schema.DECISIONS.header, "") | row
    return ledger


def save(path: Path, ledger: Ledger, *, durable: bool = False) -> None:
    """Write the ledger, sorted by finding; columns that the reviewers added stay."""
    extra = sorted({name for row in ledger.values() for name in row} - set(schema.DECISIONS.header))
    columns = schema.DECISIONS.columns + tuple(Column(name, "") for name in extra)
    empty = dict.fromkeys((*schema.DECISIONS.header, *extra), "")
    rows = [empty | ledger[finding_id] for finding_id in sorted(ledger)]
    csvfile.write(path, replace(schema.DECISIONS, columns=columns), rows, durable=durable)


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Keep other processes from the ledger of a folder, from loading it to saving it."""
    busy = f"{out / schema.DECISIONS.file}: another process is writing it; try again when that is done"
    with _held(out, ".decisions.lock", _PATIENCE, busy):
        yield


@contextmanager
def alone(out: Path) -> Iterator[None]:
    """Keep other runs from a folder, which is made: two would mix their tables. Raises ValueError if one is there."""
    out.mkdir(parents=True, exist_ok=True)
    busy = f"{out}: another run is writing its tables there; wait until it is done, or name another folder with --out"
    with _held(out, ".run.lock", 0, busy):
        yield


@contextmanager
def _held(folder: Path, name: str, patience: float, busy: str) -> Iterator[None]:
    if not is_local(folder):  # there is nothing to lock with; one run at a time is for the user to see to
        yield
        return
    from filelock import FileLock, Timeout

    lock = FileLock(folder / name, timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise ValueError(busy) from None
    try:
        yield
    finally:
        # Gone while it is still held: who waits for it finds it unlinked and makes a new one.
        with suppress(OSError):
            (folder / name).unlink()
        lock.release()


def recorded(out: Path) -> dict[str, Row]:
    """The findings of a folder, by id, as the last runs wrote them into the reports' own tables."""
    tables = sorted(out.glob(f"*/{schema.FINDINGS.file}"))
    found = {finding_id: row for table in tables for finding_id, row in recorded_of(table.parent).items()}
    for number in range(len(list(out.glob(f"{schema.FINDINGS.name}/part-*")))):  # of one set of tables for all reports
        found |= {row["finding_id"]: row for row in rows_of_part(out, schema.FINDINGS, number)}
    return found


def recorded_of(report: Path) -> dict[str, Row]:
    """The findings in the folder of one report, by id, in their order; none if it has no such table."""
    wanted = ("finding_id", "report", "kind", "quote", "decision", "note", "check_id")
    table = report / schema.FINDINGS.file
    return {row["finding_id"]: row for row in table_rows(table, wanted)} if table.is_file() else {}


def table_rows(path: Path, wanted: tuple[str, ...]) -> list[Row]:
    """The rows of a table that has these columns. Raises ValueError if the file is no such table."""
    try:
        rows = load_rows(path)
        header = rows[0].keys() if rows else _header(path)
    except (UnicodeDecodeError, csv.Error):
        raise ValueError(f"{path}: not a CSV file in UTF-8; repair it or move it away") from None
    if (header or rows) and not set(wanted) <= set(header):
        raise ValueError(f"{path}: has no columns {', '.join(wanted)}; repair it or move it away")
    return rows


def _header(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file), [])
