"""The folder of a run: one folder of tables for each report, and the tables over all of them.

A report's summary.csv goes away first and comes back last: where it stands, the other tables are whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.tables import schema
from pipeline.tables.outcome import Outcome, worst_first
from pipeline.tables.rows import Row
from pipeline.writers import atomic, csvfile, datapackage

PACKAGE_FILE = "datapackage.json"

# Names at the top of the folder that no report's folder may take.
TAKEN = frozenset({PACKAGE_FILE, *(table.file for table in schema.OF_A_RUN)})


def write_report(folder: Path, tables: Mapping[str, Sequence[Row]], summary: Row, *, durable: bool = False) -> None:
    """Write all tables of one report. A report that could not be read has no tables but its summary row."""
    folder.mkdir(parents=True, exist_ok=True)
    mark = folder / schema.SUMMARY.file
    mark.unlink(missing_ok=True)
    atomic.remove_leftovers(folder)
    for table in schema.OF_A_REPORT:
        if table.name in tables:
            csvfile.write(folder / table.file, table, tables[table.name], durable=durable)
        else:
            (folder / table.file).unlink(missing_ok=True)
    csvfile.write(mark, schema.SUMMARY, [summary], durable=durable)


def write_run(folder: Path, outcomes: Sequence[Outcome], *, durable: bool = False) -> None:
    """Write the tables over all reports; summary.csv last."""
    folder.mkdir(parents=True, exist_ok=True)
    atomic.remove_leftovers(folder)
    readable = [outcome.summary["report"] for outcome in outcomes if not outcome.error]
    findings = [finding.row for _, finding in worst_first(outcomes)]
    csvfile.write(folder / schema.FINDINGS.file, schema.FINDINGS, findings, durable=durable)
    atomic.write(folder / PACKAGE_FILE, datapackage.content(readable), durable=durable)
    csvfile.write(folder / schema.SUMMARY.file, schema.SUMMARY, [o.summary for o in outcomes], durable=durable)
