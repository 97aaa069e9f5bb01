"""How much was lacking of a plan, or came beyond it, with other things told between → target.

`The target was 12,500 tonnes. With 310 farmers on 4,200 hectares output reached 11,200 tonnes, 1,300 short of it.` The
change is said of what stands right before it in its measure, and the plan is the only one near in that measure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.binding.scene import Scene, operand, same_measure
from pipeline.binding.slipped import slips
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Relation, Scope
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_SHORTFALL = lazy(r"\b(?:an? (?:shortfall|deficiency|shortage|deficit) of|falling short by|short by) \W?$")
_SURPLUS = lazy(r"\ban? (?:excess|overrun|overspend) of \W?$")
# `A shortfall of 800 tonnes in the north` is not all of it.
_ENDS = lazy(r"\s*(?:[.,;:)–—(]|$|(?:against|on|from|compared|under|below|or)\b)")
_UP = lazy(r"\s*(?:[a-z]+ ){0,2}?(?:more|higher|above|over|beyond|ahead|greater)\b")
_DOWN = lazy(r"\s*(?:[a-z]+ ){0,2}?(?:less|fewer|lower|below|under|short|behind)\b")
_BEYOND = lazy(r"\s*(over|above|more|ahead|overspent|under|below|short|less|behind|underspent)\b(.*)", re.DOTALL)
_LESS = frozenset(("under", "below", "short", "less", "behind", "underspent"))
# What stands between what was done and how far it was off: nothing but a joint.
_TOLD = lazy(
    r"[^.;:]{0,60}?[,;(–—-] ?(?:(?:that is|i\.e\.|or|which is|this is|leaving|some|about|nearly),? )*[^.;:]{0,25}"
)
_DONE = lazy(r"(?: [a-z]+)? (?:were|was|are|is|had been|have been) [a-z]+,? (?:or |that is,? |i\.e\. )?")
_BACK, _LEAD, _PAIR = 2, 40, 2
_NEAR = Fraction(1, 2)


def targets(scene: Scene, number: int) -> Iterator[Relation]:
    """All such targets whose change, or percent, stands in this sentence."""
    yield from _achieved(scene, number)
    yield from _at_once(scene, number)
    for claim in scene.by_sentence[number]:
        figure = scene.claims[claim].figure
        if figure.kind != "absolute" or figure.modifier or figure.upper is not None or claim == 0:
            continue
        way, level = _way(scene, claim), claim - 1
        if not way and level in scene.by_sentence[number] and "target" in scene.roles(level, "target"):
            # `£44.5m spent, budget £41.7m, £2.8m over.`
            way = _beyond(scene, claim)
            if way and level - 1 in scene.by_sentence[number] and _are_alike(scene, level - 1, level, claim):
                found = _target(scene, level - 1, level, claim, way)
                yield from (found,) if found is not None else ()
            continue
        if not way or level not in scene.by_sentence[number] or not _is_plain(scene, level):
            continue
        if not same_measure(scene.claims[level], scene.claims[claim]):
            continue
        plan = _plan(scene, number, level, claim)
        if plan is not None and (relation := _target(scene, level, plan, claim, way)) is not None:
            yield relation


def _at_once(scene: Scene, number: int) -> Iterator[Relation]:
    """`The plan foresaw 640 houses by 2014; only 512 were ready, 80 per cent.`"""
    claims = [c for c in scene.by_sentence[number] if scene.claims[c].figure.dimension != "time"]
    if len(claims) != _PAIR + 1:
        return
    plan, level, percent = claims
    said = scene.roles(percent, "target", "growth", "share")
    if "target" not in scene.roles(plan, "target") or said or scene.claims[percent].figure.kind != "percent":
        return
    if not _DONE.fullmatch(scene.between(level, percent)) or not _ENDS.match(scene.after(percent)):
        return
    yield from _of_plan(scene, level, plan, percent, "sentence")


def _of_plan(scene: Scene, level: int, plan: int, percent: int, scope: Scope) -> Iterator[Relation]:
    if not (
        _is_plain(scene, level) and _is_plain(scene, plan) and same_measure(scene.claims[level], scene.claims[plan])
    ):
        return
    operands = (
        operand("level", scene.claims[level]),
        operand("target", scene.claims[plan]),
        operand("percent", scene.claims[percent]),
    )
    why = "words set what was done against what was planned"
    relation = Relation("target", operands, scope, "high", "target.achieved", why, 0, "of")
    share = scene.claims[percent].figure.number.value * scene.claims[plan].figure.number.value / 100
    near = bool(share) and 1 - _NEAR < scene.claims[level].figure.number.value / share < 1 + _NEAR
    if near or slips(relation, scales(scene.book)):
        yield relation


def _achieved(scene: Scene, number: int) -> Iterator[Relation]:
    """`The project issued 61,380 certificates. With 54,000 foreseen, this represents an achievement of 114 percent.`"""
    claims = scene.by_sentence[number]
    if not number or len(claims) != _PAIR or scene.sentences[number].section != scene.sentences[number - 1].section:
        return
    plan, percent = claims
    cue = scene.roles(percent, "target").get("percent")
    done = [c for c in scene.by_sentence[number - 1] if scene.claims[c].figure.kind == "absolute"]
    if cue is None or cue.mode != "of" or "target" not in scene.roles(plan, "target") or len(done) != 1:
        return
    yield from _of_plan(scene, done[0], plan, percent, "neighbour")


def _way(scene: Scene, claim: int) -> int:
    """Below a plan, or above it, by the words about a change; 0 where they say neither."""
    start = scene.claims[claim].figure.start
    ahead = scene.report.view[max(0, start - _LEAD) : start].lower()
    said = -1 if _SHORTFALL.search(ahead) else 1 if _SURPLUS.search(ahead) else 0
    if said:
        return said if _ENDS.match(scene.after(claim)) else 0
    if "change" not in scene.roles(claim, "target"):
        return 0
    after = scene.after(claim)
    return 1 if _UP.match(after) else -1 if _DOWN.match(after) else 0


def _beyond(scene: Scene, claim: int) -> int:
    """Over or under the plan right before it, where the clause ends so."""
    after = _BEYOND.match(scene.after(claim))
    return 0 if after is None or not _ENDS.match(after[2]) else -1 if after[1] in _LESS else 1


def _are_alike(scene: Scene, *claims: int) -> bool:
    units = {scene.claims[c].figure.unit for c in claims}
    return len(units) == 1 and "" not in units and all(_is_plain(scene, c) for c in claims)


def _plan(scene: Scene, number: int, level: int, change: int) -> int | None:
    """The one plan of the level's measure in this sentence or the few before."""
    first = max(0, number - _BACK)
    found = [
        c
        for n in range(first, number + 1)
        if scene.sentences[n].section == scene.sentences[number].section
        for c in scene.by_sentence[n]
        if c not in (level, change) and c < level and "target" in scene.roles(c, "target") and _is_plain(scene, c)
    ]
    # A bare number is of the plan's things, whatever else is planned.
    alike = [c for c in found if same_measure(scene.claims[c], scene.claims[level])]
    unit = scene.claims[level].figure.unit
    if len(alike) != 1 or (not unit and len(found) != 1):
        return None
    others = range(alike[0] + 1, level)
    told = any(scene.claims[c].figure.unit == scene.claims[alike[0]].figure.unit != "" for c in others)
    return None if told else alike[0]


def _is_plain(scene: Scene, claim: int) -> bool:
    figure = scene.claims[claim].figure
    return figure.kind == "absolute" and figure.upper is None and not figure.modifier and not figure.per


def _target(scene: Scene, level: int, plan: int, change: int, way: int) -> Relation | None:
    operands = (
        operand("level", scene.claims[level]),
        operand("target", scene.claims[plan]),
        operand("change", scene.claims[change]),
    )
    scope = scene.scope_of(level, plan, change)
    why = "words tell how far what was done is off what was planned"
    relation = Relation("target", operands, scope, "high", "target.short-of", why, way, "excess")
    if agreement(relation, scales(scene.book)) != "none":
        return relation
    apart = abs(scene.claims[level].figure.number.value - scene.claims[plan].figure.number.value)
    said = scene.claims[change].figure.number.value
    near = bool(said) and abs(apart - said) <= said * _NEAR
    return relation if near or slips(relation, scales(scene.book)) else None
