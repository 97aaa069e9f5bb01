"""Outcomes → findings as a person reads them, worst first, with a closing line that says what was compared.

`lines` gives each line with its style, for a terminal; `write` gives the plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.tables.outcome import Located, Outcome, totals, worst_first

STYLES = {"error": "bold red", "warning": "yellow", "note": "cyan"}

# Control characters move the cursor, and marks of direction reorder a line: a report must do neither to a terminal.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line and its style, as rich names it."""

    text: str
    style: str = ""


def write(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines of the format."""
    return (line.text for line in lines(outcomes))


def lines(outcomes: Sequence[Outcome], most: int | None = None, where: str = "") -> Iterator[Line]:
    """The lines with their styles; no more than `most` findings, the rest being `where`."""
    found = worst_first(outcomes)
    for outcome, finding in found[:most]:
        yield from _block(outcome, finding)
        yield Line("")
    if most is not None and len(found) > most:
        yield Line(f"{counted(len(found) - most, 'more finding' if most else 'finding')} in {where}")
    yield Line(closing(outcomes), "bold")


def closing(outcomes: Sequence[Outcome]) -> str:
    """What was found, over all reports, and what was compared: no errors in nothing is no news."""
    sums = totals(outcomes)
    unread = sum(bool(outcome.error) for outcome in outcomes)
    found = [counted(sums["errors"], "error"), counted(sums["warnings"], "warning")]
    found += [counted(sums["notes"], "note")] if sums["notes"] else []
    reports = counted(len(outcomes), "report") + (f" ({unread} not readable)" if unread else "")
    return f"{reports}: {', '.join(found)}. {compared(sums)}"


def compared(sums: dict[str, int]) -> str:
    """How much was compared: `41 relations compared, 96 figures of 210 in one.`"""
    relations = counted(sums["compared"], "relation")
    return f"{relations} compared, {counted(sums['figures_in_relation'], 'figure')} of {sums['claims']:,} in one."


def counted(count: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _block(outcome: Outcome, finding: Located) -> Iterator[Line]:
    row = finding.row
    decided = f" · {row['decision']}" if row["decision"] else ""
    place = f"{outcome.path}:{finding.line}:{finding.column}"
    head = f"{place}: {row['severity']}: {row['kind']} · {row['finding_id']}{decided}"
    yield Line(visible(head), STYLES[row["severity"]])
    yield Line(f"    “{visible(finding.excerpt)}”", "dim")
    yield Line(f"    {visible(row['explanation'])}")
    if row["suggestion"]:
        yield Line(f"    would agree: {visible(row['suggestion'])}", "green")


def visible(text: str) -> str:
    """The text with its control characters spelled out."""
    return _UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
