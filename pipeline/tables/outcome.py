"""What is left of a report when its tables are made: its summary row, and its findings with line and column.

Small enough to travel between processes; the Reading is not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pipeline.tables.rows import Row

_LINE_END = re.compile(r"\r\n?|\n")
_AROUND, _LONGEST = 60, 400  # characters of an excerpt: before and after the figures, and between them

# What a run adds up over its reports.
COUNTS = ("errors", "warnings", "notes", "relations_built", "compared", "claims", "figures_in_relation")


@dataclass(frozen=True, slots=True)
class Located:
    """A row of findings.csv and where it begins; lines and columns count from 1, columns in code points.

    `excerpt` is the text from the first figure to the last, in one line, with the words around it.
    """

    row: Row
    line: int
    column: int
    excerpt: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One report's outcome. `path` is as the user gave it; of an unreadable report only the summary row is there."""

    path: str
    summary: Row
    findings: tuple[Located, ...] = field(default=())

    @property
    def error(self) -> str:
        """Why the report could not be read; empty if it could."""
        return self.summary["error"]


def located(rows: Sequence[Row], text: str) -> tuple[Located, ...]:
    """The findings with the lines and columns at which they begin."""
    if not rows:
        return ()
    begins = [0, *(end.end() for end in _LINE_END.finditer(text))]
    places = []
    for row in rows:
        start = int(row["start"])
        line = bisect_right(begins, start)
        places.append(Located(row, line, start - begins[line - 1] + 1, _excerpt(text, start, int(row["end"]))))
    return tuple(places)


def _excerpt(text: str, start: int, end: int) -> str:
    """The text of a range, with some words around it as far as its line goes; a long middle is left out."""
    before = text[max(0, start - _AROUND) : start]
    after = text[end : end + _AROUND]
    lines_before, lines_after = _LINE_END.split(before), _LINE_END.split(after)
    left, right = lines_before[-1], lines_after[0]
    if len(lines_before) == 1 and start > _AROUND:
        left = "…" + left.partition(" ")[2]
    if len(lines_after) == 1 and end + _AROUND < len(text):
        right = right.rpartition(" ")[0] + "…"
    inner = text[start:end]
    if len(inner) > _LONGEST:
        inner = f"{inner[: _LONGEST // 2]} … {inner[-_LONGEST // 2 :]}"
    return " ".join(f"{left}{inner}{right}".split())


def worst_first(outcomes: Iterable[Outcome]) -> list[tuple[Outcome, Located]]:
    """All findings of all reports: errors, warnings, notes; the reports in their order."""
    severities = ("error", "warning", "note")
    found = [(outcome, finding) for outcome in outcomes for finding in outcome.findings]
    return sorted(found, key=lambda pair: severities.index(pair[1].row["severity"]))


def totals(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """The counts of the summary rows, added up."""
    sums = dict.fromkeys(COUNTS, 0)
    for outcome in outcomes:
        for name in COUNTS:
            sums[name] += int(outcome.summary[name] or 0)
    return sums
