"""A figure said to be the difference of two others → sum: `balances of 25, the difference between 438 and 413`.

Words name all three: `the difference between A and B`, `A less B`, `imports exceeded exports by C`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.binding.scene import Scene, operand
from pipeline.model import Relation

_BETWEEN = re.compile(r"\b(?:difference|gap|margin) between [^.;:]{0,60}$")
_AND = re.compile(r"[^.;:]{0,60}\band\b[^.;:]{0,60}")
_IS = re.compile(r"[^.;:]{0,30}(?:\b(?:is|was|being|of|amounts? to|came to)\b|[,:])[^.;:]{0,20}")
_LESS = re.compile(r"^[^.;:]{0,40}\b(?:less|minus|net of)\b[^.;:]{0,60}$")
_BEING = re.compile(r",\s*(?:being|that is|i\.e\.,?|which is|equal to|representing)\b[^.;:]{0,60}$")
_MORE = re.compile(r"^[^.;:]{0,30}\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed)?)\b[^.;:]{0,60}$")
_EXCEEDS = re.compile(r"\b(?:exceed(?:s|ed|ing)?|surpass(?:es|ed)?)\b[^.;:]{0,40}\bby $")


def bind(scene: Scene) -> Iterator[Relation]:
    """All differences of a report that one sentence names with what they are of."""
    for claims in scene.by_sentence:
        for first in claims:
            if first + 1 not in claims:
                continue
            relation = _between(scene, claims, first) or _exceeding(scene, claims, first) or _less(scene, claims, first)
            if relation is not None:
                yield relation


def _between(scene: Scene, claims: range, first: int) -> Relation | None:
    """`T, being the difference between A and B`, or `the difference between A and B was T`."""
    start = scene.sentences[scene.claims[first].sentence].start
    before = scene.report.view[start : scene.claims[first].figure.start].lower()
    if not _BETWEEN.search(before) or not _AND.fullmatch(scene.between(first, first + 1)):
        return None
    # Which of the two is the larger the words leave open.
    values = [scene.claims[c].figure.number.value for c in (first, first + 1)]
    pair = (first, first + 1) if values[0] >= values[1] else (first + 1, first)
    if first - 1 in claims and _BETWEEN.search(scene.between(first - 1, first)):
        return _difference(scene, first - 1, *pair)
    if first + 2 in claims and _IS.fullmatch(scene.between(first + 1, first + 2)):
        return _difference(scene, first + 2, *pair)
    return None


def _exceeding(scene: Scene, claims: range, total: int) -> Relation | None:
    """`Imports exceeded exports by C: imports were A and exports B.`"""
    start = scene.sentences[scene.claims[total].sentence].start
    before = scene.report.view[start : scene.claims[total].figure.start].lower()
    if not _EXCEEDS.search(before) or list(claims) != [total, total + 1, total + 2]:
        return None
    return _difference(scene, total, total + 1, total + 2) if ":" in scene.between(total, total + 1) else None


def _less(scene: Scene, claims: range, first: int) -> Relation | None:
    """`T, being A less B`; `A exceeded B by T`."""
    between = scene.between(first, first + 1)
    if first - 1 in claims and _LESS.search(between) and _BEING.search(scene.between(first - 1, first)):
        return _difference(scene, first - 1, first, first + 1)
    if first + 2 in claims and _MORE.search(between) and scene.between(first + 1, first + 2).strip() == "by":
        return _difference(scene, first + 2, first, first + 1)
    return None


def _difference(scene: Scene, total: int, first: int, second: int) -> Relation | None:
    """One figure less another, if all three are plain figures of one unit."""
    figures = [scene.claims[c].figure for c in (total, first, second)]
    if any(f.modifier or f.upper is not None or f.unit != figures[0].unit or f.kind != "absolute" for f in figures):
        return None
    operands = (
        operand("total", scene.claims[total]),
        operand("part", scene.claims[first]),
        operand("less", scene.claims[second]),
    )
    reason = "words name a difference and what it lies between"
    return Relation("sum", operands, "sentence", "high", "sum.difference", reason)
