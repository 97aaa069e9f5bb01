"""The folder of a run: one folder of tables for each report, and the tables over all of them.

A report's summary.csv goes away first and comes back last: where it stands, the other tables are whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.tables import schema, workbook
from pipeline.tables.outcome import Outcome, worst_first
from pipeline.tables.rows import Row
from pipeline.writers import atomic, csvfile, datapackage, page

PACKAGE_FILE = "datapackage.json"
TEXT_FILE = "text.txt"

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
    folder.mkdir(parents=True, exist_ok=True)
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


def write_run(folder: Path, outcomes: Sequence[Outcome], *, pages: bool = False, durable: bool = False) -> None:
    """Write the tables over all reports, and a page over their pages if there are several; summary.csv last."""
    folder.mkdir(parents=True, exist_ok=True)
    atomic.remove_leftovers(folder)
    readable = [outcome.summary["report"] for outcome in outcomes if not outcome.error]
    anchored = [report for report in readable if (folder / report / schema.ANCHORS.file).is_file()]
    findings = [finding.row for _, finding in worst_first(outcomes)]
    csvfile.write(folder / schema.FINDINGS.file, schema.FINDINGS, findings, durable=durable)
    atomic.write(folder / PACKAGE_FILE, datapackage.content(readable, anchored), durable=durable)
    shown = page.index(outcomes) if pages and len(outcomes) > 1 else None
    _write_page(folder / page.INDEX_FILE, shown, durable=durable)
    csvfile.write(folder / schema.SUMMARY.file, schema.SUMMARY, [o.summary for o in outcomes], durable=durable)


def _write_page(path: Path, content: bytes | None, *, durable: bool) -> None:
    """Write a page; where there is to be none, one of an earlier run goes: it would show what no longer holds."""
    if content is None:
        path.unlink(missing_ok=True)
    else:
        atomic.write(path, content, durable=durable)
