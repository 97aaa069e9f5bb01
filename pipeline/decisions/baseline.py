"""A baseline: a file of the findings that stood on some day, which `tieout check` lets pass."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.decisions.ledger import table_rows
from pipeline.tables import schema
from pipeline.tables.rows import Row
from pipeline.tables.schema import Table
from pipeline.writers import csvfile

# Only the id is read back; the rest is for whoever looks at what was let pass.
_NAMES = ("finding_id", "report", "severity", "kind", "explanation")
_COLUMNS = tuple(column for name in _NAMES for column in schema.FINDINGS.columns if column.name == name)
_BASELINE = Table("baseline", "findings that are let pass", _COLUMNS, ("finding_id",))


def load_baseline(path: Path) -> frozenset[str]:
    """The ids in a baseline. Raises ValueError if there is no such file, or if it is no baseline."""
    if not path.exists():
        raise ValueError(f"{path}: no such file; --write-baseline {path} makes one of all that stands today")
    return frozenset(row["finding_id"].strip() for row in table_rows(path, ("finding_id",)))


def save_baseline(path: Path, findings: Iterable[Row]) -> None:
    """Write the baseline of these findings, sorted, so that its changes are easy to review."""
    rows = sorted(findings, key=lambda row: (row["report"], row["kind"], row["finding_id"]))
    csvfile.write(path, _BASELINE, rows)
