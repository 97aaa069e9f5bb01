"""Shares in brackets of the one number of things that the sentence before tells → share.

`We track 48 indicators. In March 27 were green (56%) and 13 amber (27%).` The parts have no noun of their own,
and nothing else is counted in the two sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.binding.scene import Scene, countable, counted_alike, flat, operand
from pipeline.binding.shares.of_another import has_a_whole_that_agrees, is_left_out
from pipeline.binding.sums.pointing import points_back
from pipeline.formulas import agreement
from pipeline.model import Figure, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_OF_OTHERS = lazy(
    r"\)\s*(?:of (?!them\b|these\b|those\b|all\b)|(?:in|among) the (?:[a-z]+ )?(?:control|comparison|other|second)\b)"
)
_TESTED = lazy(
    r"\b(?:test|review|examin|survey|sampl|interview|inspect|visit|select|check|assess|audit|analy[sz]|screen|trac|poll"
    r"|question|contact|observ|monitor|consider|assay|sort|exhum|trawl|look)e?d (?:at |through )?"
    r"(?:a (?:random )?sample of )?(?:the )?$"
)
_FOUND = lazy(
    r"\b(?:found|showed|established|noted|saw|learned|concluded|discovered|identified|detected|recorded) (?:that )?"
    r"(?:only |just |at least )?$"
)
_FEWEST = 2
_RIGHT_BEHIND = lazy(r"(?: [a-z-]+){0,8} ?\(|,? or |, (?:that is|i\.e\.),? ")
_BRACKETS = lazy(r"(?: [a-z-]+){0,4} ?\(")


def bind(scene: Scene, held: frozenset[str]) -> Iterator[Relation]:
    """All such shares of a report; `held` are the percents that have a relation."""
    for number in scene.holding(_FEWEST + 1):
        yield from _looked_at(scene, number, held)
    for number in scene.holding(_FEWEST, first=1):
        before = scene.by_sentence[number - 1]
        if scene.sentences[number].section != scene.sentences[number - 1].section or not before:
            continue
        yield from _of_this(scene, number, held)
        wholes = [c for c in before if scene.claims[c].figure.dimension != "time"]
        if len(wholes) == 1 and _is_whole(scene.claims[wholes[0]].figure):
            yield from _shares(scene, number, wholes[0], held)


def _looked_at(scene: Scene, number: int, held: frozenset[str]) -> Iterator[Relation]:
    """`We tested 80 cases and found that 22 (27.5 percent) were late.`"""
    claims = scene.by_sentence[number]
    for whole in claims[:-2]:
        over, part, percent = (scene.claims[c] for c in (whole, whole + 1, whole + 2))
        start = scene.sentences[number].start
        bare = not over.figure.dimension and over.figure.number.step == 1 and not over.figure.modifier
        if not (bare or _is_whole(over.figure)) or not _TESTED.search(
            scene.report.view[start : over.figure.start].lower()
        ):
            continue
        joints = flat(scene.between(whole, whole + 1)), flat(scene.between(whole + 1, whole + 2))
        if not _FOUND.search(joints[0]) or not _BRACKETS.fullmatch(joints[1]):
            continue
        if _OF_OTHERS.match(scene.after(whole + 2)):
            continue
        fits = _is_bare(part.figure) and percent.figure.unit == "%" and not percent.figure.modifier
        if fits and percent.claim_id not in held and part.figure.number.value < over.figure.number.value:
            operands = (operand("part", counted_alike(over, part)), operand("whole", over), operand("percent", percent))
            why = "so many were looked at, and of these so many were found"
            yield Relation("share", operands, "sentence", "high", "share.of-those-looked-at", why)


def _of_this(scene: Scene, number: int, held: frozenset[str]) -> Iterator[Relation]:
    """`Investment was 21.38 billion yuan, up from 19.02 billion. Of this, 9.62 billion (45.0%) went into roads.`"""
    claims = scene.by_sentence[number]
    if len(claims) < _FEWEST or not points_back(scene, claims.start):
        return
    part, percent = claims.start, claims.start + 1
    figure = scene.claims[percent].figure
    close = _RIGHT_BEHIND.fullmatch(flat(scene.between(part, percent))) is not None
    if figure.unit != "%" or figure.modifier or scene.claims[percent].claim_id in held or not close:
        return
    alike = [
        c
        for c in scene.by_sentence[number - 1]
        if countable(scene.claims[c], scene.claims[part])
        and scene.claims[part].figure.unit in ("", scene.claims[c].figure.unit)
        and scene.claims[c].figure.unit
        and scene.claims[c].figure.upper is None
        and not set(scene.roles(c, "growth", "target")) & {"prior", "target"}
    ]
    now = [c for c in alike if "change" not in scene.roles(c, "growth")]
    if len(now) != 1:
        return
    over = scene.claims[now[0]]
    some = counted_alike(over, scene.claims[part])
    operands = (operand("part", some), operand("whole", over), operand("percent", scene.claims[percent]))
    why = "words point back at the one amount of the sentence before, and tell the share of it"
    relation = Relation("share", operands, "neighbour", "high", "share.of-this", why)
    off = agreement(relation, scales(scene.book)) == "none"
    # `It turned 2.72 million tons of logs into 1.36 million of boards. Of this output …`: the last told may be meant.
    if not off or not (alike[-1] > now[0] or has_a_whole_that_agrees(scene, percent, relation)):
        yield relation


def _shares(scene: Scene, number: int, whole: int, held: frozenset[str]) -> Iterator[Relation]:
    claims = scene.by_sentence[number]
    counts = [c for c in claims if scene.claims[c].figure.kind == "absolute"]
    if not all(_is_bare(scene.claims[c].figure) for c in counts):
        return
    over = scene.claims[whole]
    for part in counts:
        percent = scene.claims[part + 1] if part + 1 in claims else None
        if percent is None or percent.figure.unit != "%" or percent.claim_id in held or percent.figure.modifier:
            continue
        if not _BRACKETS.fullmatch(flat(scene.between(part, part + 1))) or not scene.after(part + 1).startswith(")"):
            continue
        if _OF_OTHERS.match(scene.after(part + 1)):
            continue  # `Eight (18.2%) of the missing results`
        if scene.claims[part].figure.number.value >= over.figure.number.value:
            continue
        operands = (
            operand("part", counted_alike(over, scene.claims[part])),
            operand("whole", over),
            operand("percent", percent),
        )
        why = "the sentence before tells one number of things, and these are some of them"
        relation = Relation("share", operands, "neighbour", "high", "share.of-those-before", why)
        off = agreement(relation, scales(scene.book)) == "none"
        if off and (
            is_left_out(scene, relation.operands[0].start) or has_a_whole_that_agrees(scene, part + 1, relation)
        ):
            continue
        if off and scene.roles(part, "growth", "target"):
            relation = replace(relation, confidence="low")
        yield relation


def _is_whole(figure: Figure) -> bool:
    return figure.dimension == "count" and figure.discrete and not figure.modifier and not figure.per


def _is_bare(figure: Figure) -> bool:
    bare = not figure.dimension or (figure.dimension == "count" and figure.end == figure.number_end)
    return bare and figure.upper is None and not figure.modifier and figure.number.step == 1 and not figure.per
