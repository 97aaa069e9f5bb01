"""Outcomes → one JSON object: the counts, a summary of each report, and the findings with their places."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from pipeline.rulebook import Rulebook
from pipeline.tables import schema
from pipeline.tables.outcome import Located, Outcome, totals, worst_first

_INTEGERS = {column.name for table in schema.TABLES for column in table.columns if column.type == "integer"}


def write(outcomes: Sequence[Outcome], book: Rulebook) -> Iterator[str]:
    """The lines of the format."""
    whole = {
        "summary": totals(outcomes),
        "reports": [report_of(outcome) for outcome in outcomes],
        "findings": [finding_of(outcome, finding) for outcome, finding in worst_first(outcomes)],
    }
    yield json.dumps(whole, ensure_ascii=False, indent=2)


def report_of(outcome: Outcome) -> dict[str, Any]:
    """A report's row of summary.csv, with its path."""
    return {"path": outcome.path, **_typed(outcome.summary)}


def finding_of(outcome: Outcome, finding: Located) -> dict[str, Any]:
    """A finding's row of findings.csv, with path, line, column, its figures, and why it is set aside if it is."""
    place = {"path": outcome.path, "line": finding.line, "column": finding.column}
    figures = [asdict(figure) for figure in finding.places]
    return {**place, **_typed(finding.row), "set_aside": finding.set_aside, "figures": figures}


def _typed(row: Mapping[str, str]) -> dict[str, Any]:
    # Counts and offsets are JSON numbers. Measured values stay text: a JSON reader would make floats of them.
    return {name: int(cell) if name in _INTEGERS and cell else cell for name, cell in row.items()}
