"""Outcomes → one line a finding, as compilers write it, and the closing line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.tables.outcome import Outcome, worst_first
from pipeline.writers.text import closing, visible


def write(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines of the format."""
    for outcome, finding in worst_first(outcomes):
        row = finding.row
        place = f"{outcome.path}:{finding.line}:{finding.column}"
        yield visible(f"{place}: {row['severity']}: {row['kind']}: {row['explanation']} [{row['finding_id']}]")
    yield closing(outcomes)
