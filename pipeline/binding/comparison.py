"""Comparisons: a percent, change or factor that words name, with the level and what it is compared with.

Growth and points compare with a prior, target with a target, ratio with another figure. The named figure leads; what it
is compared with comes by its words, the level by its words or as the nearest figure of the same measure before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace

from pipeline.binding import abreast, directions, sought
from pipeline.binding.charity import UNSAID, choose
from pipeline.binding.leading import AMBIENT, Group, ambient, groups
from pipeline.binding.scene import Candidate, Outcome, Scene, hull, operand, same_measure
from pipeline.binding.sought import Choice
from pipeline.binding.soundness import of_one_size, sound
from pipeline.formulas import agreement
from pipeline.model import Confidence, Considered, Operand, Relation
from pipeline.rulebook.scales import scales

_MORE_THAN = re.compile(
    r"\W*(?:more|less|fewer|higher|lower|above|below|over)\b[^.;,]{0,20}?"
    r"\b(?:than|the|that|last)\b"
)
_AGAINST = re.compile(r"\b(?:than|over|against|compared (?:with|to)|versus)\b")
# A comparison of so many figures, and one more, is told in full.
_TOLD = 3


def bind(scene: Scene) -> Outcome:
    """All comparisons of a report."""
    relations: list[Relation] = []
    considered: list[Considered] = []
    for number, claims in enumerate(scene.by_sentence):
        if len(claims) == 0:
            continue
        taken: dict[str, int] = {}
        for growth in abreast.growths(scene, number):
            relations.append(growth)
            taken.update((o.ref, claims.stop) for o in growth.operands)
        spoken = list(groups(scene, claims))
        for group, left, right in (*spoken, *ambient(scene, claims)):
            if set(group.heads.values()) <= {c for c in claims if scene.claims[c].claim_id in taken}:
                continue
            candidates, why = _candidates(scene, number, group, left, right)
            # What another comparison of the sentence has is not lent out on a mere chance.
            candidates = [c for c in candidates if not _lent(scene, group, c, taken)]
            relation = choose(candidates, scene.book)
            if relation is None or _mere_guess(scene, relation):
                considered.append(_not_built(scene, group, why))
                continue
            relations.append(relation)
            taken.update((o.ref, group.last) for o in relation.operands)
    relations.extend(directions.after(scene, relations))
    return relations, considered


def _mere_guess(scene: Scene, relation: Relation) -> bool:
    """Whether figures do not agree of which no words say that they belong together."""
    return relation.confidence == "low" and agreement(relation, scales(scene.book)) == "none"


def _lent(scene: Scene, group: Group, candidate: Candidate, taken: Mapping[str, int]) -> bool:
    """Whether a binding borrows a figure that stands nearer to an earlier comparison which has it."""
    borrowed = {o.ref for o in candidate.relation.operands} & set(taken)
    if not borrowed:
        return False
    if candidate.relation.kind == "points":
        # Growth rates that have their own comparisons are compared with each other.
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
    priors = list(sought.bases(scene, number, group, left, right, kind))
    meant = priors[0].claim if priors[0].tier == 0 else None
    levels = list(sought.levels(scene, number, group, left, right, kind, meant))
    # What words name, and the nearest figure before, belong to the comparison: a binding without them explains nothing.
    near = next((c.claim for c in sought.levels_before(scene, group, left, kind, 0, meant) if c.tier == 0), None)
    bound = {c.claim for c in (*priors[:1], *levels[:1]) if c.tier == 0 and not c.scope_back} | {near}
    candidates = []
    for prior in priors:
        for level in levels:
            candidate = _candidate(scene, kind, group, level, prior, bound - {None})
            if candidate is not None:
                candidates.append(candidate)
    if candidates:
        return candidates, "the figures that words allow do not agree, and no words say which are meant"
    if not levels or all(level.claim is None for level in levels):
        return [], "no level of the same measure stands near"
    return [], "only a level and a percent are stated: there is nothing to compare them with"


def _candidate(
    scene: Scene, kind: str, group: Group, level: Choice, prior: Choice, bound: Collection[int | None]
) -> Candidate | None:
    base = group.family.base
    chosen = {"level": level.claim, base: prior.claim, **group.heads}
    claims = {role: c for role, c in chosen.items() if c is not None}
    if len(claims) < 3 or len(set(claims.values())) < len(claims):
        return None
    unnamed = prior.claim is not None and base not in scene.roles(prior.claim, *group.family.said)
    if level.claim is None and unnamed and _told_of_a_level(scene, group):
        return None
    both = level.claim is not None and prior.claim is not None
    if both and not same_measure(scene.claims[claims["level"]], scene.claims[claims[base]]):
        return None
    operands = tuple(
        _operand(scene, role, claims[role]) for role in ("level", base, "change", "percent", "factor") if role in claims
    )
    tier = level.tier + prior.tier
    apart = 0
    if level.claim is not None and not sound(scene, group.family.kind, group.heads, level.claim, prior.claim):
        apart += UNSAID
    if not set(bound) <= set(claims.values()):
        apart += UNSAID
    if _ambient(group):
        apart += UNSAID
    by_words = [c.tier if c.said is None else c.said for c in (level, prior)]
    # A sentence that points back at two figures says so once.
    said = apart + (max(by_words) if level.pointed and prior.pointed else sum(by_words))
    back = max(level.scope_back, prior.scope_back)
    if (back and not _leads_back(level, prior, claims)) or _in_row(scene, group):
        said += UNSAID
    if any(sought.of_its_own(scene, kind, group, c.claim) for c in (level, prior)) or _ambient(group):
        said += 2 * UNSAID
    tier += apart
    if level.claim is not None and not of_one_size(scene, group.heads, level.claim, prior.claim):
        tier += UNSAID
    framed = [c.rule for c in group.cues.values()]
    confidence: Confidence = "high" if tier == 0 and not back else "medium" if tier <= 1 and not prior.guess else "low"
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
    return Candidate(
        relation, tier, tuple(sorted(claims.values())), said, said == 0 and _outright(scene, group, level, prior)
    )


def _told_of_a_level(scene: Scene, group: Group) -> bool:
    """Whether a change is said against another figure: `it was 226 million higher than in 2008` tells of a level."""
    change = group.heads.get("change")
    return change is not None and _MORE_THAN.match(scene.after(change)) is not None


def _outright(scene: Scene, group: Group, level: Choice, prior: Choice) -> bool:
    """Whether one phrase names level and prior and holds what leads: `20.7%, down 1.4 points from 22.1%`; or what leads
    is said straight against the prior: `one-third more than the 600 of 2009`."""
    if level.claim is None or prior.claim is None:
        return False
    if prior.claim == group.last + 1 and _AGAINST.search(scene.between(group.last, prior.claim)) is not None:
        return True
    base = scene.roles(prior.claim, group.family.kind).get(group.family.base)
    frame = scene.roles(level.claim, group.family.kind).get("level")
    if frame is None or base is not frame or not frame.frame:
        return False
    return all(frame.start <= scene.claims[head].figure.start < frame.end for head in group.heads.values())


def _ambient(group: Group) -> bool:
    """Whether no words are known that make a figure lead."""
    return any(cue.rule == AMBIENT for cue in group.cues.values())


def _leads_back(level: Choice, prior: Choice, claims: Mapping[str, int]) -> bool:
    """Whether a comparison with figures of the sentence before is tied to them: its words point at them, or it is
    told in full, or only one of the two stands there."""
    chosen = [c for c in (level, prior) if c.claim is not None]
    if all(c.pointed or not c.scope_back for c in chosen) or len(claims) > _TOLD:
        return True
    return any(not c.scope_back for c in chosen)


def _in_row(scene: Scene, group: Group) -> bool:
    """Whether the leading figure is one of a row, each of which belongs to another: `up 2% and 37%, respectively`."""
    return any(
        0 <= n < len(scene.claims)
        and scene.claims[n].sentence == scene.claims[head].sentence
        and scene.claims[n].figure.kind == scene.claims[head].figure.kind != "absolute"
        and sought.ROW.fullmatch(scene.between(n, head)) is not None
        for head in group.heads.values()
        for n in (head - 1, head + 1)
    )


def _operand(scene: Scene, role: str, claim: int) -> Operand:
    """A figure in its role; a bare number in the role of a factor is one."""
    found = operand(role, scene.claims[claim])
    if role != "factor" or found.figure is None or found.figure.kind == "factor":
        return found
    kind = found.figure.kind
    return replace(found, figure=replace(found.figure, kind="factor")) if kind == "absolute" else found


def _reason(scene: Scene, operands: tuple[Operand, ...], group: Group, level: Choice, prior: Choice) -> str:
    text = scene.report.text
    words = "; ".join(" ".join(text[c.start : c.end].split()) for c in group.cues.values())
    return f"“{words}”" + (", with figures of the sentence before" if level.scope_back or prior.scope_back else "")


def _not_built(scene: Scene, group: Group, why: str) -> Considered:
    operands = [operand(role, scene.claims[c]) for role, c in group.heads.items()]
    start, end = hull(operands)
    return Considered(group.family.kind, start, end, why, next(iter(group.cues.values())).rule)
