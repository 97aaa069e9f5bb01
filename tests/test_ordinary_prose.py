"""Sentences as accounts, audits, surveys and programmes write them: with one wrong figure each, with none, and with
right figures that are bound to others than they belong to, which makes no error.

They stand in tests/samples/prose, a sentence a line.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import api
from pipeline.rulebook import Rulebook

PROSE = Path(__file__).parent / "samples" / "prose"
WRONG, RIGHT, UNSURE = (
    (PROSE / name).read_text(encoding="utf-8").splitlines() for name in ("wrong.txt", "right.txt", "unsure.txt")
)


def pages(lines: list[str]) -> list[Any]:
    """The lines in order, some dozens a test, named for the first and the last of them."""
    starts = range(0, len(lines), 40)
    return [pytest.param(lines[n : n + 40], id=f"{n + 1}-{min(n + 40, len(lines))}") for n in starts]


@pytest.mark.parametrize("lines", pages(WRONG))
def test_a_wrong_figure_is_an_error(book: Rulebook, lines: list[str]) -> None:
    found = {text: {one.severity for one in api.check(text, rules=book).findings} for text in lines}
    missed = [text for text in lines if "error" not in found[text]]
    assert not missed, "\n".join(missed)


@pytest.mark.parametrize("lines", pages(RIGHT))
def test_right_figures_are_no_finding(book: Rulebook, lines: list[str]) -> None:
    told = [f.check.explanation for text in lines for f in api.check(text, rules=book).findings]
    assert not told, "\n".join(told)


# Wrong, in figures that no slip leads to, beside others: told all the same.
NO_SLIP = (
    "Approximately 46% of the sample (n = 322 of 640) reported at least one chronic condition.",
    "Of the remaining 12% (3,140), 64% (1,820) had left the district.",
    "Selling prices were 4.1% higher and volumes 2.0% lower, so that revenue rose 2.1% to $1,048 million from $1,012 "
    "million.",
)


@pytest.mark.parametrize("text", NO_SLIP)
def test_what_no_slip_explains_beside_other_figures_is_a_warning(book: Rulebook, text: str) -> None:
    assert [one.severity for one in api.check(text, rules=book).findings] == ["warning"]


@pytest.mark.parametrize("text", UNSURE)
def test_what_no_slip_explains_beside_other_figures_is_no_error(book: Rulebook, text: str) -> None:
    assert {one.severity for one in api.check(text, rules=book).findings} <= {"warning"}
