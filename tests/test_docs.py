"""What README.md and docs/ say is what the program does: their tables of examples are run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

ROOT = Path(__file__).parent.parent
VERDICTS = ROOT / "docs" / "verdicts.md"


def rows() -> Iterator[tuple[int, str, str, str]]:
    """Line, text, kind and verdict of the table of examples."""
    for number, line in enumerate(VERDICTS.read_text(encoding="utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and re.fullmatch(r"consistent|borderline|inconsistent|undecided", cells[2]):
            yield number, cells[0], cells[1], cells[2]


def test_there_are_examples() -> None:
    assert len(list(rows())) >= 10


@pytest.mark.parametrize(
    ("text", "kind", "verdict"), [row[1:] for row in rows()], ids=[f"docs/verdicts.md:{row[0]}" for row in rows()]
)
def test_the_examples_of_the_verdicts_hold(book: Rulebook, text: str, kind: str, verdict: str) -> None:
    found = {(check.relation.kind, check.verdict) for check in api.check(text, rules=book).checks}
    assert (kind, verdict) in found
