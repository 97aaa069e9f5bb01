"""Two values of one thing, one of them a slip of the pen → repeat: swapped digits, one digit, a lost nought.

The digits lead, the words decide: what is said of two things, in two years or of two places is never held together, and
values that come again both are two things. Pairs are found by their digits, never by comparing all with all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from pipeline.binding.sameness import mentionable, one_unit, repeat, significant, told_apart
from pipeline.binding.scene import Scene
from pipeline.binding.words import Words
from pipeline.model import Printed, Relation

_MOVE = re.compile(r"[^.;,]*?\b(?:increas|decreas|declin|rise|rose|fell|fall|grew|growth|drop|reduc|gain|loss)")
_ROW = re.compile(r"\s*+(?:,\s*+(?:(?:and|or|to)\b)?|and\b|or\b|to\b)\s*+")
_MOVE_BEFORE, _MOVE_AFTER = 25, 20
_FEWEST_DIGITS = 3
# Figures with one set of digits: more of them are a table or a code.
_MANY_ALIKE = 12
# What it takes to call two values one: a point a digit, two a shared word, three a rare one.
_ENOUGH, _WORTH, _RARE = 6, 2, 3
# One digit apart stand many short figures that are two things: they need the same words, a long one needs one.
_LONG, _SAME_WORDS, _SAME_PART = 4, 4, 3


def bind(scene: Scene, words: Words, groups: Mapping[int, Sequence[int]]) -> Iterator[Relation]:
    """All pairs of mentions that a slip tells apart. `groups` are the mentions that agree."""
    seen: set[tuple[int, int]] = set()
    for mentions in _kin(scene):
        if not 2 <= len(mentions) <= _MANY_ALIKE:
            continue
        for first, second in combinations(mentions, 2):
            if (first, second) in seen or not _comparable(scene, words, first, second, groups):
                continue
            seen.add((first, second))
            slip = _slip(scene.claims[first].figure.number, scene.claims[second].figure.number)
            reason = _said(scene, words, first, second, slip, groups)
            if reason:
                said = sorted({*groups.get(first, ()), *groups.get(second, ()), first, second})
                yield repeat(scene, said, "high", f"repeat.{slip}", reason)


def _kin(scene: Scene) -> Iterator[list[int]]:
    """Figures that may be one another's slip: of the same digits in any order, or of the same digits but one."""
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for numbers in scene.by_sentence:
        for n in numbers:
            number = scene.claims[n].figure.number
            if not mentionable(scene, n) or not _may_be_mistyped(scene, n):
                continue
            printed = _printed(number)
            if len(printed) < _FEWEST_DIGITS - 1:
                continue
            found["".join(sorted(printed)), number.step].append(n)
            if len(significant(number)) >= _FEWEST_DIGITS:
                found[significant(number),].append(n)
                for place in range(len(printed)):
                    found[printed[:place], printed[place + 1 :], number.step].append(n)
                found["lost", printed, number.step].append(n)
                if len(printed) > _FEWEST_DIGITS:
                    found["lost", printed[:-1], number.step].append(n)
    yield from found.values()


def _printed(number: Printed) -> str:
    return str(abs(int(number.value / number.step)))


def _slip(a: Printed, b: Printed) -> str:
    """The name of the slip between two numbers."""
    first, second = _printed(a), _printed(b)
    if significant(a) == significant(b):
        return "lost-nought"
    if first[:-1] == second or second[:-1] == first:
        return "lost-digit"
    apart = sum(x != y for x, y in zip(first, second, strict=False)) if len(first) == len(second) else 0
    return {1: "one-digit", 2: "swapped-digits"}.get(apart, "") if apart == 1 or sorted(first) == sorted(second) else ""


def _comparable(scene: Scene, words: Words, first: int, second: int, groups: Mapping[int, Sequence[int]]) -> bool:
    a, b = scene.claims[first], scene.claims[second]
    if a.figure.number.value == b.figure.number.value or not one_unit(a.figure, b.figure):
        return False
    if b.sentence - a.sentence < 1 or (first in groups and second in groups):
        return False
    return not told_apart(scene, words, first, second)


def _said(scene: Scene, words: Words, first: int, second: int, slip: str, groups: Mapping[int, Sequence[int]]) -> str:
    """What says that two values are said of one thing; nothing where words do not say so."""
    digits = max(len(significant(scene.claims[n].figure.number)) for n in (first, second))
    distant = scene.claims[second].sentence - scene.claims[first].sentence > 1
    if slip == "swapped-digits":
        fine = digits >= (_FEWEST_DIGITS if distant else _LONG)
        if fine and digits + _weight(words, first, second) >= _ENOUGH:
            return "the same words, and two digits swapped"
        return ""
    if not slip or not distant:
        return ""
    if digits >= _LONG:
        alike = _weight(words, first, second) >= _WORTH
    else:
        shared, fewer = words.shared(first, second), min(len(words.near(first)), len(words.near(second)))
        alike = digits == _FEWEST_DIGITS and len(shared) >= _SAME_WORDS and len(shared) * 4 >= fewer * _SAME_PART
    return "the same words, and a slip between the figures" if alike else ""


def _weight(words: Words, first: int, second: int) -> int:
    """How much the shared words say: a rare one the most."""
    shared = words.shared(first, second)
    return sum(_RARE if w in words.rare else 1 if w in words.common else _WORTH for w in shared)


def _may_be_mistyped(scene: Scene, n: int) -> bool:
    """Whether a figure is a level said in digits: not a share, a size of a file, a change or what is compared with."""
    figure = scene.claims[n].figure
    number = figure.number
    if figure.kind == "percent" or figure.dimension == "data" or not number.step or number.manner != "digits":
        return False
    if "prior" in scene.roles(n, "growth") or _in_row(scene, n):
        return False
    start = max(figure.start - _MOVE_BEFORE, scene.sentences[scene.claims[n].sentence].start)
    before = scene.report.view[start : figure.start].lower()
    after = scene.report.view[figure.end : figure.end + _MOVE_AFTER].lower()
    return _MOVE.search(before) is None and _MOVE.match(after) is None


def _in_row(scene: Scene, n: int) -> bool:
    """Whether a figure is one of a row, whose members have their names elsewhere: `3.1, 29.4 and 39.2 million`."""
    for other in (n - 1, n + 1):
        if not 0 <= other < len(scene.claims) or scene.claims[other].sentence != scene.claims[n].sentence:
            continue
        a, b = scene.claims[other].figure, scene.claims[n].figure
        if "change" in scene.roles(other, "growth"):
            continue
        if (a.unit, a.per) == (b.unit, b.per) and _ROW.fullmatch(scene.between(n, other)):
            return True
    return False
