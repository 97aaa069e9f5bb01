"""Lists set apart behind their total: `26 cities and municipalities – four cities and 22 municipalities – with …`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.binding.scene import Scene
from pipeline.binding.sums.runs import joined
from pipeline.binding.sums.slipped_rows import gives_some
from pipeline.patterns import lazy

_OPENS = {"(": ")", "–": "–", "—": "—", "-": "-", "--": "--"}
_LAST = lazy(r"\band\b|&|\bplus\b|\bthe (?:balance|rest|remainder|remaining|others?)\b")
_WITHIN = lazy(r"[^,;:.–—()]{0,50}")
_LABEL = lazy(r"[(,;–—] ?[a-z0-9][^,;:()]{0,40}: ?$")
_FEWEST, _SHORTEST = 2, 3


def end_of(scene: Scene, claims: Sequence[int], n: int) -> int:
    """Where the list ends that is set apart right behind place n of a row of figures; 0 if none is.

    It opens with a bracket or a dash, its last two are joined by `and`, and it ends with the same sign or its sentence.
    """
    if n + _FEWEST >= len(claims):
        return 0
    mark = scene.between(claims[n], claims[n + 1]).split()[-1:]
    closing = _OPENS.get(mark[0]) if mark else None
    if closing is None and _LABEL.fullmatch(scene.between(claims[n], claims[n + 1]).lstrip()):
        closing = ")"
    if closing is None or "," in scene.between(claims[n], claims[n + 1]):
        return 0
    view, end = scene.report.view, scene.sentences[scene.claims[claims[n]].sentence].end
    for last in range(n + 1, len(claims)):
        until = scene.claims[claims[last + 1]].figure.start if last + 1 < len(claims) else end
        within = _WITHIN.match(view, scene.claims[claims[last]].figure.end, until)
        stop = within.end() if within else end
        if view.startswith(closing, stop) or (closing != ")" and not view[stop:end].strip(" .")):
            listed = claims[n + 1 : last + 1]
            joint = len(listed) >= _FEWEST and _LAST.search(scene.between(listed[-2], listed[-1])) is not None
            joint = joint or are_labelled(scene, claims[n], listed)
            return last + 1 if joint and not gives_some(scene, claims[n : last + 1]) else 0
        if last + 1 < len(claims) and not joined(scene, claims[last], claims[last + 1]):
            return 0
    return 0


def are_labelled(scene: Scene, total: int, listed: Sequence[int]) -> bool:
    """`(Q1: 4,589; Q2: 4,710; Q3: 4,842)`: each of three or more behind a label and a colon."""
    places = (total, *listed)
    return len(listed) >= _SHORTEST and all(_LABEL.search(scene.between(a, b)) for a, b in pairwise(places))


def is_named(scene: Scene, total: int, parts: Sequence[int]) -> bool:
    """Whether what the parts count is named with the total, `26 cities and municipalities`."""
    figure = scene.claims[total].figure
    said = scene.report.view[figure.number_end : scene.claims[parts[0]].figure.start].lower()
    # `city` is named by `cities`: all but its last letter.
    nouns = [scene.claims[p].figure.unit.lower()[:-1] for p in parts]
    return all(len(noun) >= _SHORTEST and re.search(rf"\b{re.escape(noun)}", said) for noun in nouns)


def is_of_one_money(scene: Scene, claims: Sequence[int]) -> bool:
    """Whether three or more amounts in one currency are set apart, each smaller than the one before them all: `$168
    million (49 in spring, …)`, and no price of anything."""
    figures = [scene.claims[c].figure for c in claims]
    money = all(f.dimension == "money" and f.unit == figures[0].unit and not f.modifier and not f.per for f in figures)
    return money and len(claims) > _SHORTEST and all(f.number.value < figures[0].number.value for f in figures[1:])
