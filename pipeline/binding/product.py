"""Rates, counts and totals: a figure per something, the number of those things, and the sum it makes → product.

The rate names what it is counted by (`500,000 Yuan for each village`); that noun leads to the count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.binding.charity import UNSAID, choose
from pipeline.binding.scene import Candidate, Outcome, Scene, operand
from pipeline.model import Confidence, Considered, Relation, Scope

# Nouns for people: a figure per person may be counted by any of them.
_PEOPLE = "person"
_HEADS = frozenset(("head", "capita", "person", "inhabitant", "resident"))
_EACH = "each"
# A rate per a stretch of time is multiplied only by a number of such stretches.
_TIMES = frozenset(("year", "month", "week", "day", "hour", "quarter", "minute", "second"))
_FAR = 4


@dataclass(frozen=True, slots=True)
class _Place:
    claim: int
    tier: int
    scope: Scope


def bind(scene: Scene) -> Outcome:
    """All products of a report."""
    relations: list[Relation] = []
    considered: list[Considered] = []
    for rate, claim in enumerate(scene.claims):
        cue = scene.roles(rate, "product").get("rate")
        if not (claim.figure.per or cue) or claim.figure.kind not in ("rate", "absolute") or claim.figure.upper is not None:
            continue
        if set(scene.roles(rate, "growth")) & {"change", "prior"}:
            continue
        candidates = list(_candidates(scene, rate))
        relation = choose(candidates, scene.book)
        if relation is not None:
            relations.append(relation)
        else:
            why = "no binding agrees and none is licensed by words" if candidates else "no number of these things and total stand near"
            considered.append(Considered("product", claim.figure.start, claim.figure.end, why, cue.rule if cue else claim.figure.rule))
    return relations, considered


def _candidates(scene: Scene, rate: int) -> Iterator[Candidate]:
    counts, totals = list(_counts(scene, rate)), list(_totals(scene, rate))
    for count in counts:
        for total in totals:
            tier = count.tier + total.tier
            if count.claim == total.claim or tier >= _FAR * 2 or not _larger(scene, total.claim, rate):
                continue
            scope: Scope = max(count.scope, total.scope, key=("sentence", "neighbour", "section", "document").index)
            number = scene.claims[rate].sentence
            sure = tier == 0 and not scene.says(number, "respectively")
            confidence: Confidence = "high" if sure else "medium" if tier < UNSAID else "low"
            claims = {"rate": rate, "count": count.claim, "total": total.claim}
            operands = tuple(operand(role, scene.claims[c]) for role, c in claims.items())
            figure = scene.claims[rate].figure
            cue = scene.roles(rate, "product").get("rate")
            reason = f"a figure per {figure.per or 'thing'}, the number of them and a total in the same unit"
            relation = Relation("product", operands, scope, confidence, cue.rule if cue else figure.rule, reason)
            yield Candidate(relation, tier, tuple(sorted(claims.values())))


def _larger(scene: Scene, total: int, rate: int) -> bool:
    """Two or more of a thing make more than one does."""
    return abs(scene.claims[total].figure.number.value) > abs(scene.claims[rate].figure.number.value)


def _near(scene: Scene, claim: int) -> Iterator[tuple[int, int, Scope]]:
    """Claims around, with their tier: this sentence, the neighbours, the section, the report."""
    number, section = scene.claims[claim].sentence, scene.claims[claim].section
    for other, candidate in enumerate(scene.claims):
        if other == claim:
            continue
        distance = abs(candidate.sentence - number)
        if distance == 0:
            yield other, 0, "sentence"
        elif candidate.section == section and distance == 1:
            yield other, 1, "neighbour"
        elif candidate.section == section and distance <= 4:
            yield other, UNSAID, "section"


def _counts(scene: Scene, rate: int) -> Iterator[_Place]:
    per = scene.claims[rate].figure.per or _EACH
    per = _PEOPLE if per in _HEADS else per
    found = [p for p in (_count(scene, rate, per, *near) for near in _near(scene, rate)) if p is not None]
    yield from _unless_rivals(found)


def _count(scene: Scene, rate: int, per: str, claim: int, tier: int, scope: Scope) -> _Place | None:
    """How well a figure is named as the number of what the rate is counted by."""
    figure = scene.claims[claim].figure
    if figure.kind != "absolute" or figure.per or figure.upper is not None or figure.dimension == "money":
        return None
    if set(scene.roles(claim, "growth", "target")) & {"change", "percent"}:
        return None
    named = bool(figure.unit) and (figure.unit == per or figure.unit in _cue_words(scene, rate))
    if named:
        return _Place(claim, tier, scope)
    if figure.dimension == "time":
        return None
    just_before = scope == "sentence" and claim in (rate - 1, rate - 2)
    counted = figure.dimension == "count"
    if counted and (per in _TIMES or per == _PEOPLE or per == _EACH):
        return _Place(claim, tier + (0 if just_before and per != _PEOPLE else 1), scope)
    return _Place(claim, max(tier, UNSAID) if scope != "section" else _FAR * 2, scope)


def _cue_words(scene: Scene, rate: int) -> str:
    """The words of the cue that calls a figure a rate: `every village obtained`."""
    cue = scene.roles(rate, "product").get("rate")
    return scene.report.view[cue.start : cue.end].lower() if cue else ""


def _totals(scene: Scene, rate: int) -> Iterator[_Place]:
    unit, dimension = scene.claims[rate].figure.unit, scene.claims[rate].figure.dimension
    found = []
    for claim, tier, scope in _near(scene, rate):
        figure = scene.claims[claim].figure
        if figure.kind != "absolute" or figure.per or figure.upper is not None or claim == rate:
            continue
        if set(scene.roles(claim, "growth", "target")) & {"change", "percent", "prior"}:
            continue
        if figure.dimension == dimension and (figure.unit == unit or dimension not in ("money", "count")):
            found.append(_Place(claim, tier, scope))
        elif not figure.dimension or not dimension:
            found.append(_Place(claim, tier + 1, scope))
    yield from _unless_rivals(found)


def _unless_rivals(found: list[_Place]) -> Iterator[_Place]:
    """Of several figures that fit equally none is licensed better: then only one that agrees is taken."""
    best = [p for p in found if p.tier == 0]
    for place in found:
        rivals = place.tier == 0 and len(best) > 1
        yield _Place(place.claim, place.tier + (1 if rivals else 0), place.scope)
