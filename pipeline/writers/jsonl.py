"""Outcomes → JSON, one object a line: the findings, then the reports, then the counts; `type` tells which it is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.rulebook import Rulebook
from pipeline.tables.outcome import Outcome, totals, worst_first
from pipeline.writers.json import finding_of, report_of


def write(outcomes: Sequence[Outcome], book: Rulebook) -> Iterator[str]:
    """The lines of the format."""
    for outcome, finding in worst_first(outcomes):
        yield _line("finding", finding_of(outcome, finding))
    for outcome in outcomes:
        yield _line("report", report_of(outcome))
    yield _line("summary", totals(outcomes))


def _line(kind: str, content: dict[str, Any]) -> str:
    return json.dumps({"type": kind, **content}, ensure_ascii=False)
