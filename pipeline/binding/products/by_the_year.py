"""An amount a month, or a quarter, and what that is in a year → product with the 12, or the 4, that words imply.

`Power cuts averaged 14 hours a month, or 168 hours over the year`: one phrase tells both, and nothing stands between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.scene import Scene, operand
from pipeline.fraction import Fraction
from pipeline.model import Operand, Relation

_PER = re.compile(r"\s*(?:a|per|each|every) (?P<one>month|quarter)\b")
_OR = re.compile(
    r"\s*+(?:[,(–—]\s*+)?(?:or|that is|i\.e\.|making|which (?:is|makes|comes to|amounts to|means)"
    r"|and (?:thus|therefore|so)|equal to|equivalent to)(?: about| some| roughly| around)?,?\s*+\W?"
)
_IN_A_YEAR = re.compile(r"\s*(?:a|per|each|every|(?:over|in|for) (?:a|the|one)(?: full| whole| entire)?) year\b")
_TIMES = {"month": 12, "quarter": 4}


def bind(scene: Scene) -> Iterator[Relation]:
    """All such amounts of a report, agreeing or not."""
    for numbers in scene.by_sentence:
        for rate in numbers[:-1]:
            relation = _product(scene, rate, rate + 1)
            if relation is not None:
                yield relation


def _product(scene: Scene, rate: int, total: int) -> Relation | None:
    one, whole = scene.claims[rate].figure, scene.claims[total].figure
    view = scene.report.view
    # The figure may hold its `a month` itself.
    start = one.number_end if one.per in _TIMES else one.end
    stretch = view[start : whole.start].lower()
    said = _PER.search(stretch) if one.per in _TIMES else _PER.match(stretch)
    if said is None or not _OR.fullmatch(stretch[said.end() :]):
        return None
    if whole.per != "year" and not _IN_A_YEAR.match(scene.after(total)):
        return None
    if one.unit != whole.unit or not one.unit or one.upper is not None or whole.upper is not None:
        return None
    if one.modifier not in ("", "~") or whole.modifier not in ("", "~"):
        return None
    place, word = start + said.start("one"), said["one"]
    times = Operand(
        "count", f"@{place}-{place + len(word)}", place, place + len(word), None, "", Fraction(_TIMES[word])
    )
    operands = (
        replace(operand("rate", scene.claims[rate]), figure=replace(one, kind="absolute", per="")),
        times,
        replace(operand("total", scene.claims[total]), figure=replace(whole, kind="absolute", per="")),
    )
    why = f"one phrase tells an amount a {word} and that of a year"
    return Relation("product", operands, "sentence", "high", "product.by-the-year", why)
