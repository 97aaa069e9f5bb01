"""A figure spoken of as met before, and never met: `the 36 key counties` after `63 key counties` → repeat.

`The` before a number refers to a figure said before. Where no figure has its value, one that a slip of the pen leads to
and that the same words stand about is the one that was meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.binding.repeats.sameness import (
    apart_by_name,
    is_narrowed,
    may_be_a_tenth,
    mentionable,
    one_unit,
    repeat,
    significant,
    told_apart,
)
from pipeline.binding.scene import Scene
from pipeline.binding.words import Words, stems
from pipeline.exact import is_counted
from pipeline.fraction import Fraction
from pipeline.interval import Interval
from pipeline.model import Relation
from pipeline.patterns import lazy
from pipeline.slips import Slip, slip

_MET = lazy(
    r"\b(?:these|those|their|its|our|all|said"
    r"|the(?: (?!whole|total|full|entire|first|last|next|other|remaining|new\b)[a-z]+)?)\s+$"
)
# `They cost the Fund PLN 24.8 million`.
_NAMED = lazy(r"\bthe [A-Z]\w+\s+\Z")
# `In the south 43.6 hectares were planted`.
_PLACED = lazy(r"\b(?:in|at|on|from|to|for|by|near) the (?!\w+ed\b)[a-z]+\s+$")
# `Towns gave 3.86 billion and the villages 1.37 billion`
_ELIDED = lazy(r"(?:\band|,|;|\bwhile|\bwhereas) the (?!same\b|\w+ed\b)[a-z]+ \s*$")
# `Below the 342.7 million of 31 December 2023`
_OF_A_DAY = lazy(
    r"\s+(?:of|at|on) (?:the (?:end|close|start|beginning)|(?:year|month|quarter)-end|\d{1,2} [A-Z]|[A-Z][a-z]+ \d)"
)
# `Over the 12 months`, `the 40 largest firms`, `the 15 states that grew` are met here for the first time.
_FIRST = lazy(r"\s*(?:largest|biggest|smallest|best|worst|most|least|major|main|leading|or|to|and|,|%|per cent)\b")
_RESTRICTED = lazy(r"\s*(?:that|who|which|with|where|whose|having)\b((?:\s+[\w-]+){0,3})")
_FURTHER = lazy(r"\s*(?:other|more|additional|further|extra|remaining|new)\b")
_BEFORE = 24
# So many of the figures that a report opens with, and as many right before, are looked at.
_REACH = 120
# So many digits, sentences, words of a name, and words in common.
_LONG, _CLOSE, _WHOLE_NAME, _FEW = 3, 12, 2, 2
_RARE: tuple[Slip, ...] = ("transposed", "scale")


def bind(scene: Scene, words: Words, groups: Mapping[int, Sequence[int]]) -> Iterator[Relation]:
    """Each known figure without its first mention, with the figure that was meant."""
    figures = (scene.claims[n].figure for numbers in scene.by_sentence for n in numbers)
    said: Counter[tuple[Fraction, str]] = Counter((figure.number.value, figure.unit) for figure in figures)
    for numbers in scene.by_sentence:
        for n in numbers:
            figure = scene.claims[n].figure
            if n in groups or said[figure.number.value, figure.unit] > 1 or not _is_met(scene, n):
                continue
            found = _meant(scene, words, n)
            if found is not None:
                mentions = sorted({*groups.get(found, ()), found, n})
                reason = "“the” figure that the reader has met, but for a slip of the pen"
                yield repeat(scene, mentions, "high", "repeat.known-figure", reason)


def _is_met(scene: Scene, n: int) -> bool:
    figure = scene.claims[n].figure
    if not figure.unit or figure.kind != "absolute" or figure.dimension == "time" or figure.number.manner != "digits":
        return False
    if figure.modifier or not mentionable(scene, n):
        return False
    before = scene.report.view[max(0, figure.start - _BEFORE) : figure.start].lower()
    view = scene.report.view
    if _PLACED.search(before) or _NAMED.search(view, max(0, figure.start - _BEFORE), figure.start):
        return False
    if _FURTHER.match(view, figure.number_end) or _OF_A_DAY.match(view, figure.end):
        return False
    beside = n - 1 in scene.by_sentence[scene.claims[n].sentence] and scene.claims[n - 1].figure.unit == figure.unit
    if beside and _ELIDED.search(before):
        return False
    return _MET.search(before) is not None and _FIRST.match(view, figure.number_end) is None


def _meant(scene: Scene, words: Words, n: int) -> int | None:
    """The figure of one unit that a slip leads to; the one with most words in common, one before rather than behind."""
    alike, sentence = scene.by_unit.get(scene.claims[n].figure.unit, ()), scene.claims[n].sentence
    here = bisect_left(alike, n)
    best: list[tuple[int, int]] = []
    for m in dict.fromkeys([*alike[:_REACH], *alike[max(here - _REACH, 0) : here + _REACH]]):
        if scene.claims[m].sentence == sentence:
            continue
        why = _slip(scene, m, n)
        weight = _ties(scene, words, m, n, why) if why else 0
        if weight:
            best.append((weight, m))
    return max(best, key=lambda found: (found[0], found[1] < n, found[1]))[1] if best else None


def _slip(scene: Scene, first: int, second: int) -> Slip:
    a, b = scene.claims[first].figure, scene.claims[second].figure
    if a.number.manner != "digits" or a.modifier or not mentionable(scene, first) or not one_unit(a, b):
        return ""
    if (
        a.number.value == b.number.value
        or may_be_a_tenth(scene, first, second)
        or _FURTHER.match(scene.report.view, a.number_end)
    ):
        return ""
    why = slip(b.number, is_counted(b.number, b), Interval.point(a.number.value))[0]
    # 210 is no slip of 201.5, though it is one of 201.
    return "" if why == "transposed" and a.number.step != b.number.step else why


def _ties(scene: Scene, words: Words, first: int, second: int, why: Slip) -> int:
    """How well words tie two figures: the whole name of what is counted, and telling words; 0 is too little."""
    a, b = scene.claims[first].figure, scene.claims[second].figure
    if is_narrowed(scene, first, second):
        return 0
    view = scene.report.view
    names = stems(view[a.number_end : a.end].lower()), stems(view[b.number_end : b.end].lower())
    shared = words.shared(first, second)
    if a.dimension == "count":
        shared |= names[0] & names[1]
        if names[0] == names[1] and len(names[0]) >= _WHOLE_NAME:
            return 0 if apart_by_name(scene, first, second) else len(shared) + len(names[0])
    else:
        shared -= names[0] | names[1]  # cubic metres say nothing of what is measured
    if told_apart(scene, words, first, second):
        return 0
    told = _RESTRICTED.match(view, b.end)
    if told is not None and not stems(told[1].lower()) & words.of_sentence(scene.claims[first].sentence):
        return 0  # `seven of the 10 towns with a port, 12 of the 15 towns that grew`
    long = min(len(significant(scene.claims[n].figure.number)) for n in (first, second)) >= _LONG
    near = 0 < scene.claims[second].sentence - scene.claims[first].sentence <= _CLOSE
    # A digit changed, lost or added comes about by chance too easily to go without a word.
    if near and (shared or why in _RARE) and (long or why == "transposed"):
        return len(shared) + 1
    if long and first < second and shared - words.common:
        return len(shared)
    if not long and why != "transposed":
        return 0  # `the 85 papers that were read` and `45 papers were counted`
    return len(shared) if len(shared) >= _FEW + (not long) else 0
