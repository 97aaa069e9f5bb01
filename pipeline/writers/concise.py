"""Outcomes → one line a finding, as compilers write it, and the closing line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.rulebook import Rulebook
from pipeline.tables.outcome import Outcome, standing
from pipeline.writers.text import closing, head


def write(outcomes: Sequence[Outcome], book: Rulebook) -> Iterator[str]:
    """The lines of the format."""
    for outcome, finding in standing(outcomes):
        yield head(outcome, finding)
    yield closing(outcomes)
