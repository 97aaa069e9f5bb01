"""Outcomes → workflow commands of GitHub Actions: each finding and each unreadable report becomes an annotation.

A finding that is set aside makes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.rulebook import Rulebook
from pipeline.tables.outcome import Outcome, standing
from pipeline.writers.text import closing, visible

_LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def write(outcomes: Sequence[Outcome], book: Rulebook) -> Iterator[str]:
    """The lines of the format."""
    for outcome in outcomes:
        if outcome.error:
            yield f"::error file={_property(outcome.path)},title=tieout::{_message(outcome.error)}"
    for outcome, finding in standing(outcomes):
        row = finding.row
        place = f"file={_property(outcome.path)},line={finding.line},col={finding.column}"
        said = " ".join(filter(None, (row["explanation"], row["suggestion"])))
        title = _property(f"tieout {row['kind']} {row['finding_id']}")
        yield f"::{_LEVELS[row['severity']]} {place},title={title}::{_message(said)}"
    yield f"::notice title=tieout::{_message(closing(outcomes))}"


def _message(text: str) -> str:
    return visible(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
