"""Comparisons: a percent, change or factor that words name, with the level and what it is compared with.

Growth and points compare with a prior, target with a target, ratio with another figure. The named figure leads; what it
is compared with comes by its words, the level by its words or as the nearest figure of the same measure before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from pipeline.binding import directions
from pipeline.binding.charity import UNSAID, choose
from pipeline.binding.leading import AMBIENT, BREAK, Group, ambient, groups, leads
from pipeline.binding.scene import Candidate, Outcome, Scene, hull, operand, same_measure
from pipeline.binding.soundness import sound
from pipeline.model import Confidence, Considered, Operand, Relation

# A sentence that begins so speaks of the figures of the sentence before.
_BACKWARD = re.compile(
    r"\W*(?:that|this|it|which|these|those"
    r"|the (?:rise|growth|increase|decrease|decline|drop|fall|change|gain|reduction|figure|number|total|rate|amount"
    r"|sum)|last year|a year (?:ago|earlier|before)|in (?:the )?\d{4}|compared|up|down|thus|so"
    r"|there (?:has|was|is|were))\b"
)
# `… and Montana oil production is down 9 percent`: what is said after `and` has a subject of its own.
_OTHER_SUBJECT = re.compile(
    r"\band\s+(?!that|which|this|it\b|was|were|is|are|has|have|had|also|thus|an?\b)[^,;]{3,80}?"
    r"\b(?:is|was|were|are|has|have|had|rose|fell|grew|increased|decreased|declined|dropped)\b[^,;]{0,12}$"
)
_MAX_LEVEL_WORDS = 24


@dataclass(frozen=True, slots=True)
class _Choice:
    claim: int | None
    tier: int
    scope_back: int = 0


def bind(scene: Scene) -> Outcome:
    """All comparisons of a report."""
    relations: list[Relation] = []
    considered: list[Considered] = []
    for number, claims in enumerate(scene.by_sentence):
        if len(claims) == 0:
            continue
        taken: dict[str, int] = {}
        spoken = list(groups(scene, claims))
        for group, left, right in (*spoken, *ambient(scene, claims)):
            if set(group.heads.values()) <= {c for c in claims if scene.claims[c].claim_id in taken}:
                continue
            candidates, why = _candidates(scene, number, group, left, right)
            # What another comparison of the sentence has is not lent out on a mere chance.
            candidates = [c for c in candidates if not _lent(scene, group, c, taken)]
            relation = choose(candidates, scene.book)
            if relation is None:
                considered.append(_not_built(scene, group, why))
                continue
            relations.append(relation)
            taken.update((o.ref, group.last) for o in relation.operands)
    relations.extend(directions.after(scene, relations))
    return relations, considered


def _lent(scene: Scene, group: Group, candidate: Candidate, taken: Mapping[str, int]) -> bool:
    """Whether a binding borrows a figure that stands nearer to an earlier comparison which has it."""
    borrowed = {o.ref for o in candidate.relation.operands} & set(taken)
    if not borrowed:
        return False
    if candidate.tier >= UNSAID:
        return True
    for claim in candidate.claims:
        owner = taken.get(scene.claims[claim].claim_id)
        if (
            owner is not None
            and owner < claim
            and scene.words_between(owner, claim) < scene.words_between(claim, group.first)
        ):
            return True
    return False


def _candidates(scene: Scene, number: int, group: Group, left: int, right: int) -> tuple[list[Candidate], str]:
    if "change" in group.heads and scene.claims[group.heads["change"]].figure.kind == "points":
        kind = "points"
    else:
        kind = group.family.kind
    priors = list(_bases(scene, number, group, left, right, kind))
    levels = list(_levels(scene, number, group, left, right, kind))
    # What words name, and the nearest figure before, belong to the comparison: a binding without them explains nothing.
    near = next((c.claim for c in _levels_before(scene, group, left, kind, 0) if c.tier == 0), None)
    bound = {c.claim for c in (*priors[:1], *levels[:1]) if c.tier == 0 and not c.scope_back} | {near}
    candidates = []
    for prior in priors:
        for level in levels:
            candidate = _candidate(scene, kind, group, level, prior, bound - {None})
            if candidate is not None:
                candidates.append(candidate)
    if candidates:
        return candidates, ""
    if not levels or all(level.claim is None for level in levels):
        return [], "no level of the same measure stands near"
    return [], "only a level and a percent are stated: there is nothing to compare them with"


def _fits_group(scene: Scene, kind: str, group: Group, claim: int) -> bool:
    """Whether a claim can be a level or prior of this comparison."""
    figure = scene.claims[claim].figure
    if claim in group.heads.values() or figure.kind in ("points", "factor") or figure.upper is not None:
        return False
    if kind == "points":
        return figure.kind == "percent"
    if figure.dimension == "time" and not any(scene.claims[h].figure.dimension == "time" for h in group.heads.values()):
        return "change" not in group.heads
    if "change" in group.heads:
        return same_measure(scene.claims[group.heads["change"]], scene.claims[claim]) and figure.kind != "percent"
    return True


def _bases(scene: Scene, number: int, group: Group, left: int, right: int, kind: str) -> Iterator[_Choice]:
    """Figures that words name as what is compared with, nearest first, and none."""
    found: list[tuple[int, int]] = []
    for claim in range(left, right + 1):
        if not _fits_group(scene, kind, group, claim):
            continue
        roles = scene.roles(claim, *group.family.said)
        after = claim > group.last
        between = scene.between(claim, group.last if after else group.first)
        if group.family.base not in roles or BREAK.search(between) or (not after and _OTHER_SUBJECT.search(between)):
            continue
        distance = scene.words_between(claim, group.last if after else group.first)
        if distance <= _MAX_LEVEL_WORDS:
            found.append((distance + (0 if after else 3), claim))
    for rank, (_, claim) in enumerate(sorted(found)[:2]):
        # `up 1.8%, compared with £459 for women, up 2.2%`: a figure with a change of its own is no prior.
        own = (
            claim == right and right + 1 < scene.by_sentence[number].stop and scene.words_between(claim, right + 1) <= 4
        )
        own = own and leads(scene, right + 1) is not None
        yield _Choice(claim, rank + UNSAID * own)
    if not found:
        yield from _from_before(scene, number, group, kind, group.family.base)
        # Which of two unnamed figures is the level and which the prior, arithmetic may choose.
        yield from (_Choice(c.claim, c.tier + 1, c.scope_back) for c in _levels_before(scene, group, left, kind, 0))
    yield from _unsaid(scene, number, group, kind)
    yield _Choice(None, 0 if not found else 1)


def _levels(scene: Scene, number: int, group: Group, left: int, right: int, kind: str) -> Iterator[_Choice]:
    """The level by its words, else the nearest unnamed figures before, else those of the sentence before."""
    named = []
    for claim in range(left, right + 1):
        roles = scene.roles(claim, *group.family.said)
        if "level" not in roles or not _fits_group(scene, kind, group, claim):
            continue
        if not BREAK.search(scene.between(claim, group.last if claim > group.last else group.first)):
            named.append((scene.words_between(claim, group.last if claim > group.last else group.first), claim))
    for rank, (_, claim) in enumerate(sorted(named)[:2]):
        yield _Choice(claim, rank)
    before = list(_levels_before(scene, group, left, kind, 1 if named else 0))
    yield from before
    if not named and not before:
        yield from _from_before(scene, number, group, kind, "level")
    yield from _unsaid(scene, number, group, kind)
    yield _Choice(None, 1)


def _levels_before(scene: Scene, group: Group, left: int, kind: str, rank: int) -> Iterator[_Choice]:
    """The nearest figures before the group in its clause that words do not name; `rank` is the tier of the first."""
    clause_start, _ = scene.clause_of(group.first)
    named = rank
    passed = 0
    for claim in range(group.first - 1, left - 1, -1):
        if scene.claims[claim].figure.start < clause_start or rank > 2:
            return
        between = scene.between(claim, group.first)
        if BREAK.search(between) or _OTHER_SUBJECT.search(between) or len(between.split()) > _MAX_LEVEL_WORDS:
            return
        roles = scene.roles(claim, "growth", "target", "ratio")
        if set(roles) & {"prior", "target"}:
            continue
        if not _fits_group(scene, kind, group, claim) or set(roles) & {"change", "percent"}:
            passed += 1
            continue
        yield _Choice(claim, rank + (1 if passed and not named else 0))
        rank += 1


def _unsaid(scene: Scene, number: int, group: Group, kind: str) -> Iterator[_Choice]:
    """Every other figure of this sentence and the one before: words allow it, they do not say it."""
    first = number - 1 if number and scene.sentences[number - 1].section == scene.sentences[number].section else number
    for claim in range(scene.by_sentence[first].start, scene.by_sentence[number].stop):
        if _fits_group(scene, kind, group, claim) and not set(scene.roles(claim, group.family.kind)) & {
            "change",
            "percent",
        }:
            yield _Choice(claim, UNSAID, int(scene.claims[claim].sentence != number))


def _from_before(scene: Scene, number: int, group: Group, kind: str, role: str) -> Iterator[_Choice]:
    """Figures of the sentence before, for a sentence that speaks of them: `That is growth of 8%.`"""
    sentence = scene.sentences[number]
    if number == 0 or scene.sentences[number - 1].section != sentence.section:
        return
    backward = _BACKWARD.match(scene.report.view[sentence.start : sentence.start + 60].lower()) is not None
    # What the sentence before tells is another matter, unless this one speaks of it.
    tier = 1 if backward else UNSAID
    for claim in reversed(scene.by_sentence[number - 1]):
        roles = scene.roles(claim, group.family.kind)
        if not _fits_group(scene, kind, group, claim) or set(roles) & {"change", "percent"}:
            continue
        if (group.family.base in roles) == (role == group.family.base) and scene.claims[claim].figure.kind != "percent":
            yield _Choice(claim, tier, 1)
            tier += 1
        if tier > UNSAID + 1:
            return


def _candidate(
    scene: Scene, kind: str, group: Group, level: _Choice, prior: _Choice, bound: Collection[int | None]
) -> Candidate | None:
    base = group.family.base
    chosen = {"level": level.claim, base: prior.claim, **group.heads}
    claims = {role: c for role, c in chosen.items() if c is not None}
    if len(claims) < 3 or len(set(claims.values())) < len(claims):
        return None
    both = level.claim is not None and prior.claim is not None
    if both and not same_measure(scene.claims[claims["level"]], scene.claims[claims[base]]):
        return None
    operands = tuple(
        operand(role, scene.claims[claims[role]])
        for role in ("level", base, "change", "percent", "factor")
        if role in claims
    )
    tier = level.tier + prior.tier
    if level.claim is not None and not sound(scene, group.family.kind, group.heads, level.claim, prior.claim):
        tier += UNSAID
    if not set(bound) <= set(claims.values()):
        tier += UNSAID
    if any(cue.rule == AMBIENT for cue in group.cues.values()):
        tier += UNSAID
    back = max(level.scope_back, prior.scope_back)
    framed = [c.rule for c in group.cues.values()]
    confidence: Confidence = "high" if tier == 0 and not back else "medium" if tier <= 1 else "low"
    relation = Relation(
        kind=kind,
        operands=operands,
        scope="neighbour" if back else "sentence",
        confidence=confidence,
        rule=" + ".join(sorted(set(framed))),
        reason=_reason(scene, operands, group, level, prior),
        direction=group.direction,
        mode=group.mode,
    )
    return Candidate(relation, tier, tuple(sorted(claims.values())))


def _reason(scene: Scene, operands: tuple[Operand, ...], group: Group, level: _Choice, prior: _Choice) -> str:
    text = scene.report.text
    words = "; ".join(" ".join(text[c.start : c.end].split()) for c in group.cues.values())
    return f"“{words}”" + (", with figures of the sentence before" if level.scope_back or prior.scope_back else "")


def _not_built(scene: Scene, group: Group, why: str) -> Considered:
    operands = [operand(role, scene.claims[c]) for role, c in group.heads.items()]
    start, end = hull(operands)
    return Considered(group.family.kind, start, end, why, next(iter(group.cues.values())).rule)
