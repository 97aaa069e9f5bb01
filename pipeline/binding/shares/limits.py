"""What cannot be at all → limit: a share above 100 %, a part above its whole, a share that so few things cannot have.

A limit is built where no part and whole together say more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.binding.scene import Scene, operand
from pipeline.model import Confidence, Cue, Relation
from pipeline.patterns import lazy

# Words for what is a part of something by its name; a ratio or a rate of growth may pass 100 %.
_PART_BY_NAME = lazy(
    r"\b(?:share|proportion|"
    r"percentage(?! points?)|(?<!gross )coverage(?! ratio)|incidence|(?<!revenue )(?<!dollar )"
    r"(?:repayment|recovery|survival|literacy|pass|passing|response|employment|unemployment|poverty|attendance|"
    r"completion|compliance|retention|success|qualified|occupancy|vacancy|mortality|dropout)\s+rate)\b"
)
_CHANGING = lazy(r"\b(?:increas|grow|grew|growth|ris|rose|fell|fall|declin|higher|lower|change)\w*")
_IS = lazy(
    r"\b(?:is|are|was|were|of|at|reached|reaching|reaches|being|attained|attaining)(?: (?:the|some|about|only))?\s*$"
)
_FEW_THINGS = 200
_SAID = 90


def of_share(scene: Scene, percent: int, cue: Cue) -> Relation | None:
    """The limit of a share whose part, or whole, is not stated."""
    figure = scene.claims[percent].figure
    if figure.kind != "percent" or figure.modifier or figure.number.manner != "digits" or figure.number.value <= 0:
        return None
    whole = next((ref for role, ref in cue.roles if role == "whole" and ref >= 0), None)
    words = f"“{' '.join(scene.report.text[cue.start : cue.end].split())}”"
    if whole is not None and _few(scene, whole, percent):
        operands = (operand("value", scene.claims[percent]), operand("whole", scene.claims[whole]))
        return Relation("limit", operands, "sentence", "high", "limit.share-of-few", words)
    if not _part_by_name(scene, percent):
        return None
    confidence: Confidence = "medium"
    return Relation(
        "limit", (operand("value", scene.claims[percent]),), "sentence", confidence, "limit.share-of-one-whole", words
    )


def _few(scene: Scene, whole: int, percent: int) -> bool:
    """Whether a percent is said straight of a few things, one by one: `22% of the 14 counties`."""
    things, between = scene.claims[whole].figure, scene.between(percent, whole)
    if (
        not things.discrete
        or things.modifier
        or things.dimension != "count"
        or not 1 < things.number.value <= _FEW_THINGS
    ):
        return False
    return re.fullmatch(r"\s*of (?:the|these|those|all|its|our|all the)\s*", between) is not None


def _part_by_name(scene: Scene, percent: int) -> bool:
    start = scene.claims[percent].figure.start
    before = scene.report.view[max(scene.clause_of(percent)[0], start - _SAID) : start].lower()
    return _PART_BY_NAME.search(before) is not None and _IS.search(before) is not None and not _CHANGING.search(before)


def bind(scene: Scene) -> Iterator[Relation]:
    """`104,600 of the 94,500 children`: a part above its whole, with the percent that it makes."""
    for cue in scene.cues:
        if cue.kind != "share" or cue.frame:
            continue
        roles = dict(cue.roles)
        part, whole, percent = (roles.get(role, -1) for role in ("part", "whole", "percent"))
        if min(part, whole, percent) < 0:
            continue
        a, b, value = (scene.claims[c].figure for c in (part, whole, percent))
        if (
            a.dimension == "money"
            or a.modifier
            or b.modifier
            or a.number.value <= b.number.value
            or value.number.value <= 100
        ):
            continue
        operands = (
            operand("part", scene.claims[part]),
            operand("whole", scene.claims[whole]),
            operand("value", scene.claims[percent]),
        )
        words = f"“{' '.join(scene.report.text[cue.start : cue.end].split())}”"
        yield Relation("limit", operands, "sentence", "high", "limit.part-above-whole", words)
