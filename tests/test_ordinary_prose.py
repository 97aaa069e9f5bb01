"""Sentences as accounts, audits, surveys and programmes write them: with one wrong figure each, and with none.

They stand in tests/samples/prose, a sentence a line.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

PROSE = Path(__file__).parent / "samples" / "prose"
WRONG, RIGHT = ((PROSE / name).read_text(encoding="utf-8").splitlines() for name in ("wrong.txt", "right.txt"))


@pytest.mark.parametrize("text", WRONG)
def test_a_wrong_figure_is_an_error(book: Rulebook, text: str) -> None:
    assert any(f.severity == "error" for f in api.check(text, rules=book).findings)


@pytest.mark.parametrize("text", RIGHT)
def test_right_figures_are_no_finding(book: Rulebook, text: str) -> None:
    assert [f.check.explanation for f in api.check(text, rules=book).findings] == []
