"""One quantity in two units → conversion; a lowest, highest and average → range; what cannot be at all → limit."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.binding.scene import Outcome, Scene, operand
from pipeline.model import Confidence, Considered, Cue, Operand, Relation


def bind(scene: Scene) -> Outcome:
    """All conversions, ranges and limits of a report."""
    relations = [*_conversions(scene), *_ranges(scene)]
    considered: list[Considered] = []
    return relations, considered


def _words(scene: Scene, cue: Cue) -> str:
    return f"“{' '.join(scene.report.text[cue.start : cue.end].split())}”"


def _conversions(scene: Scene) -> Iterator[Relation]:
    for cue in scene.cues:
        if cue.kind != "conversion":
            continue
        mentions = [ref for role, ref in cue.roles if role == "mention" and ref >= 0]
        if len(mentions) != 2:
            continue
        first, second = (scene.claims[m] for m in mentions)
        a, b = first.figure, second.figure
        if a.kind != b.kind or a.dimension != b.dimension or a.unit == b.unit or not a.unit or not b.unit or a.upper or b.upper:
            continue
        operands: list[Operand] = [operand("mention", first), operand("mention", second)]
        if a.dimension == "money":
            rate = _rate(scene, mentions)
            if rate is None:
                continue
            operands.append(operand("rate", scene.claims[rate]))
        elif a.dimension in ("count", "time", ""):
            continue
        confidence: Confidence = "high"
        yield Relation("conversion", tuple(operands), "sentence", confidence, cue.rule, _words(scene, cue))


def _rate(scene: Scene, mentions: list[int]) -> int | None:
    """The exchange rate that words give in the same sentence, or the last one before it in the report."""
    units = {scene.claims[m].figure.unit for m in mentions}
    number = scene.claims[mentions[0]].sentence
    found = [
        n
        for n, claim in enumerate(scene.claims)
        if claim.sentence <= number and "rate" in scene.roles(n, "conversion") and claim.figure.unit in units
    ]
    return found[-1] if found else None


def _ranges(scene: Scene) -> Iterator[Relation]:
    for cue in scene.cues:
        if cue.kind != "range":
            continue
        roles = [(role, ref) for role, ref in cue.roles if ref >= 0]
        span = next((ref for role, ref in roles if role == "span" and scene.claims[ref].figure.upper is not None), None)
        average = next((ref for role, ref in roles if role == "average"), None)
        low, high = (next((ref for role, ref in roles if role == end), None) for end in ("low", "high"))
        operands: list[Operand] = []
        if span is not None:
            operands = [operand("low", scene.claims[span], "low"), operand("high", scene.claims[span], "high")]
        elif low is not None and high is not None:
            operands = [operand("low", scene.claims[low]), operand("high", scene.claims[high])]
        if not operands:
            continue
        if average is not None:
            operands.append(operand("average", scene.claims[average]))
        yield Relation("range", tuple(operands), "sentence", "medium", cue.rule, _words(scene, cue))
