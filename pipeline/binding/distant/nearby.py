"""What stands close before a share far from its figures: other percentages, and whether its whole is of another day."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.binding.scene import Scene
from pipeline.fraction import Fraction

_CLOSE = 500
_TIMES, _WITHIN = ("year", "date"), 40
_OF_ALL = re.compile(r"\W{0,3}of (?:the |its |our |their )?(?:total|overall|entire|whole|combined)\b")
_ON = re.compile(r"\s+(?:on|as of|as at|at)\s+")


def percents_before(scene: Scene, claim: int, but: Collection[int] = ()) -> set[Fraction]:
    """The percentages that stand close before a figure: one of them may have been written again. `but` not these."""
    start, found = scene.claims[claim].figure.start, set[Fraction]()
    for n in range(claim - 1, -1, -1):
        figure = scene.claims[n].figure
        if start - figure.start > _CLOSE:
            break
        if figure.kind == "percent" and n not in but:
            found.add(figure.number.value)
    return found


def is_dated_apart(scene: Scene, whole: int, percent: int) -> bool:
    """`The population was 4,858,979 on July 1, 2015. … 108,000 are foreign-born (2.4% of the population)`

    Of a day that another paragraph does not name, a figure may be of another time than what is said there.
    """
    figure, a = scene.claims[whole].figure, scene.sentences[scene.claims[whole].sentence]
    b = scene.sentences[scene.claims[percent].sentence]
    if a.paragraph == b.paragraph or any(s.reason in _TIMES for s in scene.skips_within(b.start, b.end)):
        return False
    return any(
        s.reason == "date" and _ON.fullmatch(scene.report.view[figure.end : s.start].lower())
        for s in scene.skips_within(figure.end, min(a.end, figure.end + _WITHIN))
    )


def is_short_of_total(scene: Scene, whole: int, percent: int, found: Collection[int]) -> bool:
    """`Parts 3 and 4 cost 11.5 million. … 7.1 percent of total cost`: of all, where a larger amount has that name."""
    size = scene.claims[whole].figure.number.value
    larger = any(scene.claims[n].figure.number.value > size for n in found)
    return larger and _OF_ALL.match(scene.after(percent)) is not None
