"""The outcomes of a run → index.html: all reports with their counts, and the way to the page of each."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from pipeline.tables.outcome import Outcome, totals, worst_first
from pipeline.writers.page import document, frame
from pipeline.writers.text import closing

FILE = "index.html"
_SHOWN = 50


def index(outcomes: Sequence[Outcome]) -> bytes:
    """The page over all reports; it shows the worst findings, the pages of the reports have them all."""
    found = worst_first(outcomes)
    links = {outcome.summary["report"]: f"{quote(outcome.summary['report'])}/{document.FILE}" for outcome in outcomes}
    return frame.page(
        "index.html",
        closing=closing(outcomes),
        reports=[outcome.summary for outcome in outcomes],
        links=links,
        sums=totals(outcomes),
        found=[finding.row for _, finding in found[:_SHOWN]],
        more=max(len(found) - _SHOWN, 0),
    )
