"""Cues: their notation, the skeleton they are read on, and which of two wins."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline import api, rulebook
from pipeline.cues.notation import NotationError, compile_pattern
from pipeline.rulebook import Rulebook

MACROS = {"UP": "rose|grew|went up", "MOVE": "UP|fell", "ROUND": "MOVE|ROUND"}


def cues(text: str, book: Rulebook) -> set[tuple[str, str, str]]:
    """Figure, role and kind of every cue."""
    reading = api.check(text, rules=book)
    spans = {n: reading.report.text[c.figure.start : c.figure.end] for n, c in enumerate(reading.claims)}
    return {(spans.get(ref, "a year"), role, cue.kind) for cue in reading.cues for role, ref in cue.roles}


@pytest.mark.parametrize(
    ("notation", "skeleton", "matches"),
    [
        ("MOVE by? [change:QTY]", " sales rose by M . ", True),
        ("MOVE by? [change:QTY]", " sales fell Q . ", True),
        ("MOVE by? [change:QTY]", " sales went up M . ", True),
        ("MOVE by? [change:QTY]", " sales of M . ", False),
        ("[change:QTY] N than", " M a b c d than ", True),
        ("[change:QTY] N than", " M a b c d e than ", False),
        ("[change:QTY] N than", " M , than ", False),
        ("from [prior:PCT] LP YEAR RP", " from P ( Y ) ", True),
        ("(of|(in|on) the) [part:COUNT]", " on the Q ", True),
    ],
)
def test_the_notation_matches_words_and_figures(notation: str, skeleton: str, matches: bool) -> None:
    assert bool(compile_pattern(notation, MACROS).regex.search(skeleton)) is matches


@pytest.mark.parametrize(
    ("notation", "skeleton", "pairs", "orders"),
    [
        ("MOVE by? [change:QTY]", " sales went up by M . ", 1, 0),
        ("to the? N [level:MONEY] in? YEAR", " grew to a b M Y ", 1, 1),
        ("(of|out of) the? [whole:COUNT] , [part:COUNT]", " out of Q , Q ", 3, 0),
        ("(up|more N than)? [prior:PCT] NN of the (total|all)", " more a than P b of the all ", 2, 1),
        ("(in|at N) (by|on)? [change:QTY] (MOVE|than) that", " at a b M than that ", 2, 0),
    ],
)
def test_what_a_pattern_is_known_by_stands_where_it_matches(
    notation: str, skeleton: str, pairs: int, orders: int
) -> None:
    pattern, words = compile_pattern(notation, MACROS), skeleton.split()
    assert pattern.regex.search(skeleton)
    assert all(need & {*words} for need in (pattern.triggers, *pattern.needs))
    side_by_side = list(pairwise(words))
    in_order = [(a, b) for n, a in enumerate(words) for b in words[n + 1 :]]
    assert all(any(a in first and b in second for a, b in side_by_side) for first, second in pattern.pairs)
    assert all(any(a in first and b in second for a, b in in_order) for first, second in pattern.orders)
    assert (len(pattern.pairs), len(pattern.orders)) == (pairs, orders)


@pytest.mark.parametrize(
    ("notation", "mistake"),
    [
        ("RISE [change:QTY]", "RISE is no macro"),
        ("(more|less [change:QTY]", "not closed"),
        ("more) than", "not opened"),
        ("[change:SUM] more", "SUM is no class of figures"),
        ("ROUND", "in a circle"),
        ("N", "at least one word"),
    ],
)
def test_a_mistake_in_a_pattern_is_told_in_words(notation: str, mistake: str) -> None:
    with pytest.raises(NotationError, match=mistake):
        compile_pattern(notation, MACROS)


def test_a_mistake_in_a_rule_names_its_line(tmp_path: rulebook.book.Path) -> None:
    (tmp_path / "cues.toml").write_text('[[cue]]\nname = "x"\nkind = "growth"\npatterns = ["(a"]\n', encoding="utf-8")
    book = rulebook.load(rulebook.shipped_rules(), tmp_path)
    with pytest.raises(rulebook.RuleError, match=r"cues\.toml:1.*not closed"):
        api.check("It sold 3 boats.", rules=book)


def test_the_longer_of_two_cues_wins(book: Rulebook) -> None:
    found = cues("It trained 90,000 people, 20% higher than the target.", book)
    assert ("20%", "percent", "target") in found and ("20%", "percent", "growth") not in found


def test_what_looks_like_a_change_and_is_none_keeps_the_reason(book: Rulebook) -> None:
    found = cues("In the survey 58 percent of shops expect increased trade.", book)
    assert ("58 percent", "percent", "none") in found and ("58 percent", "percent", "growth") not in found


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Sales rose by 9%.", 1), ("Sales were 9% lower than in 2010.", -1), ("Sales grew by more than 9%.", 1)],
)
def test_words_say_up_or_down(book: Rulebook, text: str, direction: int) -> None:
    reading = api.check(text, rules=book)
    assert direction in {cue.direction for cue in reading.cues}
