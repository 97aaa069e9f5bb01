"""Comparisons: a percent, change or factor that words name, with the level and what it is compared with.

Growth and points compare with a prior, target with a target, ratio with another figure. The named figure leads; what it
is compared with comes by its words, the level by its words or as the nearest figure of the same measure before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.binding.charity import UNSAID, choose, unbuilt
from pipeline.binding.comparisons import (
    abreast,
    bracketed,
    counted,
    directions,
    off_plan,
    short_of,
    sought,
    than_planned,
)
from pipeline.binding.comparisons.leading import AMBIENT, Group, ambient, groups
from pipeline.binding.comparisons.outright import in_one_frame, outright
from pipeline.binding.comparisons.sought import Choice
from pipeline.binding.comparisons.soundness import is_of_speed, of_one_size, sound
from pipeline.binding.plausible import plausible
from pipeline.binding.scene import Candidate, Outcome, Scene, hull, operand, same_measure
from pipeline.formulas import agreement
from pipeline.model import Confidence, Considered, Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook.scales import scales

_MORE_THAN = lazy(
    r"\W*(?:more|less|fewer|higher|lower|above|below|over)\b[^.;,]{0,20}?"
    r"\b(?:than|the|that|last)\b"
)
_OBJECT = lazy(
    r"\b(?:reduc|cutt|increas|rais|lower|boost|lift|expand|improv|slash|trimm|shrink)ing "
    r"(?:the |its |their )?([a-z]{4,}) by \W*$"
)
_OBJECT_WITHIN = 50
# A comparison of so many figures, and one more, is told in full.
_TOLD = 3
# The roles that may lead, in the order in which they are told.
_HEADS = ("change", "percent", "factor")


def bind(scene: Scene) -> Outcome:
    """All comparisons of a report."""
    relations: list[Relation] = []
    considered: list[Considered] = []
    for number in scene.holding(1):
        claims = scene.by_sentence[number]
        taken: dict[str, int] = {}
        for growth in _told_apart(scene, number):
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
                considered.extend(unbuilt(candidates, scene.report.text))
                continue
            relations.append(_the_right_way(scene, relation))
            taken.update((o.ref, group.last) for o in relation.operands)
    relations.extend(directions.after(scene, relations))
    return relations, considered


def _the_right_way(scene: Scene, relation: Relation) -> Relation:
    """`It costs 118 by truck, against 2,950 by air: 25 times as much`: a factor may be of the one that stands last."""
    roles = {"level": "prior", "prior": "level"}
    if relation.kind != "ratio" or agreement(relation, scales(scene.book)) != "none":
        return relation
    operands = tuple(replace(o, role=roles.get(o.role, o.role)) for o in relation.operands)
    turned = replace(relation, operands=operands)
    return turned if agreement(turned, scales(scene.book)) == "strict" else relation


def _told_apart(scene: Scene, number: int) -> Iterator[Relation]:
    """The comparisons of a sentence that a form of their own tells."""
    yield from abreast.growths(scene, number)
    yield from bracketed.growths(scene, number)
    yield from off_plan.targets(scene, number)
    yield from than_planned.targets(scene, number)
    yield from short_of.targets(scene, number)


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
    if candidate.tier == 0 and _spans_a_frame(scene, candidate):
        return False
    for claim in candidate.claims:
        owner = taken.get(scene.claims[claim].claim_id)
        if (
            owner is not None
            and owner < claim
            and scene.words_between(owner, claim) < scene.words_between(claim, group.first)
        ):
            return True
    return False


def _said_with(scene: Scene, group: Group) -> set[int]:
    """What the words of a change name with it, and no other is compared: `96 million better than the 707 million`."""
    return {
        ref
        for head in group.heads.values()
        for _, cue in scene.cues_of.get(head, ())
        if cue.kind == group.family.kind
        for role, ref in cue.roles
        if role == group.family.base
    }


def _spans_a_frame(scene: Scene, candidate: Candidate) -> bool:
    """Whether a change is told of both figures of one frame: `doubled from 1.1 to 2.4 million, a rise of 1.3`."""
    named = {o.role: o.ref for o in candidate.relation.operands}
    if "change" not in named or "percent" in named:
        return False
    framed = {
        role: claim for claim in candidate.claims for role, cue in scene.roles(claim, "growth").items() if cue.frame
    }
    return all(role in framed and scene.claims[framed[role]].claim_id == named.get(role) for role in ("level", "prior"))


def _candidates(scene: Scene, number: int, group: Group, left: int, right: int) -> tuple[list[Candidate], str]:
    if "change" in group.heads and scene.claims[group.heads["change"]].figure.kind == "points":
        kind = "points"
    else:
        kind = group.family.kind
    priors = list(sought.bases(scene, number, group, left, right, kind))
    said = _said_with(scene, group)
    priors = [p for p in priors if p.claim in said] or priors
    meant = priors[0].claim if priors[0].tier == 0 else None
    levels = list(sought.levels(scene, number, group, left, right, kind, meant))
    pairs = [(prior, level) for prior in priors for level in levels if _may_stand(scene, group, level, prior)]
    pairs = [(prior, level) for prior, level in pairs if not _reversed(scene, level, prior)]
    if not pairs:
        if all(level.claim is None for level in levels):
            return [], "no level of the same measure stands near"
        return [], "only a level and a percent are stated: there is nothing to compare them with"
    # What words name, and the nearest figure before, belong to the comparison: a binding without them explains nothing.
    near = None
    if not in_one_frame(scene, group, levels[0], priors[0]):
        near = next((c.claim for c in sought.levels_before(scene, group, left, kind, 0, meant) if c.tier == 0), None)
    bound = {c.claim for c in (*priors[:1], *levels[:1]) if c.tier == 0 and not c.scope_back} | {near}
    asked = _Asked(
        kind=kind,
        group=group,
        bound=frozenset(bound - {None}),
        ambient=_ambient(group),
        in_row=_in_row(scene, group),
        changes={c.claim for c in (*priors, *levels) if sought.of_its_own(scene, kind, group, c.claim)},
        rule=" + ".join(sorted({cue.rule for cue in group.cues.values()})),
        reason=_reason(scene, group),
    )
    base = group.family.base
    heads = {role: _operand(scene, role, group.heads[role]) for role in _HEADS if role in group.heads}
    stood = {n: {"level": _operand(scene, "level", n)} for n in {c.claim for c in levels} if n is not None}
    bases = {n: {base: _operand(scene, base, n)} for n in {c.claim for c in priors} if n is not None}
    candidates = []
    for prior, level in pairs:
        compared = {} if prior.claim is None else bases[prior.claim]
        found = {} if level.claim is None else stood[level.claim]
        operands = counted.one_by_one(scene, group, tuple((found | compared | heads).values()))
        if asked.ambient and not plausible(kind, operands, bounds=False):
            continue
        candidates.append(_candidate(scene, asked, level, prior, operands))
    return candidates, "the figures that words allow do not agree, and no words say which are meant"


@dataclass(frozen=True, slots=True)
class _Asked:
    """A comparison to find level and base for: `bound` are the figures that must take part, `ambient` says that no
    words are known that make a figure lead, `in_row` that each of a row of figures leads one of its own; `changes` are
    those that words make a change of their own."""

    kind: str
    group: Group
    bound: frozenset[int | None]
    ambient: bool
    in_row: bool
    changes: Collection[int | None]
    rule: str
    reason: str


def _may_stand(scene: Scene, group: Group, level: Choice, prior: Choice) -> bool:
    """Whether these two may be level and base of a comparison: three figures or more, each another, of one measure."""
    heads = group.heads.values()
    if level.claim == prior.claim or level.claim in heads or prior.claim in heads:
        return False
    if len(heads) + (level.claim is not None) + (prior.claim is not None) < _TOLD:
        return False
    if level.claim is None and prior.claim is not None:
        unnamed = group.family.base not in scene.roles(prior.claim, *group.family.said)
        return not (unnamed and _told_of_a_level(scene, group))
    if level.claim is None or prior.claim is None:
        return True
    return same_measure(scene.claims[level.claim], scene.claims[prior.claim])


def _is_one_of_several(scene: Scene, group: Group, level: Choice, prior: Choice) -> bool:
    """Whether `this is 75 percent of the 8,400 tons planned` may be said of all the tons that the sentence before
    tells of one by one."""
    if group.family.base != "target" or level.claim is None or not level.scope_back or prior.scope_back:
        return False
    unit, number = scene.claims[level.claim].figure.unit, scene.claims[level.claim].sentence
    return sum(scene.claims[n].figure.unit == unit != "" for n in scene.by_sentence[number]) > 1


def _candidate(scene: Scene, asked: _Asked, level: Choice, prior: Choice, operands: tuple[Operand, ...]) -> Candidate:
    group = asked.group
    claims = {claim for claim in (level.claim, prior.claim, *group.heads.values()) if claim is not None}
    tier = level.tier + prior.tier
    if level.claim is None and _is_whole_without(scene, group, prior):
        tier = prior.tier
    apart = 0
    if level.claim is not None and not sound(scene, group.family.kind, group.heads, level.claim, prior.claim):
        apart += UNSAID
    if not asked.bound <= claims or _tells_of_another(scene, group, level):
        apart += UNSAID
    if asked.ambient or _is_one_of_several(scene, group, level, prior):
        apart += UNSAID
    # Of a currency that gains fewer are paid, and by which of the two rates its gain is told is left open.
    exchanged = level.claim is not None and "rate" in scene.roles(level.claim, "conversion")
    if _turned(scene, group, level, prior) or (exchanged and "percent" in group.heads):
        apart += 2 * UNSAID
    by_words = [c.tier if c.said is None else c.said for c in (level, prior)]
    # A sentence that points back at two figures says so once.
    said = apart + (max(by_words) if level.pointed and prior.pointed else sum(by_words))
    back = max(level.scope_back, prior.scope_back)
    if (back and not _leads_back(level, prior, len(claims))) or asked.in_row:
        said += UNSAID
    if asked.ambient or level.claim in asked.changes or prior.claim in asked.changes:
        said += 2 * UNSAID
    tier += apart
    if level.claim is not None and not of_one_size(scene, group.heads, level.claim, prior.claim):
        tier += UNSAID
    sure = tier == 0 and (not back or level.pointed)
    confidence: Confidence = "high" if sure else "medium" if tier <= 1 and not prior.guess else "low"
    relation = Relation(
        kind=asked.kind,
        operands=operands,
        scope=scene.scope_of(*claims) if back else "sentence",
        confidence=confidence,
        rule=asked.rule,
        reason=asked.reason + (", with figures of the sentence before" if back else ""),
        direction=0 if exchanged else _direction(scene, group, level),
        mode=group.mode,
    )
    said_outright = outright(scene, group, level, prior, said)
    return Candidate(relation, tier, tuple(sorted(claims)), said, said_outright)


def _is_whole_without(scene: Scene, group: Group, prior: Choice) -> bool:
    """Whether one phrase tells a change, its percentage and what both are of: `£17.1 million (13.8 per cent) above the
    budget of £106.5 million`."""
    if prior.claim is None or not {"change", "percent"} <= group.heads.keys():
        return False
    phrases = [cue for head in group.heads.values() for _, cue in scene.cues_of.get(head, ()) if cue.frame]
    return any(
        ("change", group.heads["change"]) in c.roles and (group.family.base, prior.claim) in c.roles for c in phrases
    )


def _direction(scene: Scene, group: Group, level: Choice) -> int:
    """The way that the words of a comparison say it went: `1 minute 25 seconds quicker` is less."""
    leads = level.claim if level.claim is not None else group.heads.get("change")
    words = " ".join(scene.report.view[c.start : c.end] for c in group.cues.values()).lower()
    if group.direction and directions.VALUED.search(words):
        return next((directions.for_better(scene, c) for c in group.cues.values()), 0)
    return -group.direction if leads is not None and is_of_speed(scene, leads, words) else group.direction


def _tells_of_another(scene: Scene, group: Group, level: Choice) -> bool:
    """Whether a change is one of what its verb names, and the level not: `doubled to 60, reducing staff by 25%`."""
    if level.claim is None or level.claim > group.first:
        return False
    figure = scene.claims[group.first].figure
    found = _OBJECT.search(scene.report.view[max(0, figure.start - _OBJECT_WITHIN) : figure.start].lower())
    if found is None:
        return False
    start = scene.sentences[scene.claims[level.claim].sentence].start
    return found[1] not in scene.report.view[start : scene.claims[level.claim].figure.end + _OBJECT_WITHIN].lower()


def _told_of_a_level(scene: Scene, group: Group) -> bool:
    """Whether a change is said against another figure: `it was 226 million higher than in 2008` tells of a level."""
    change = group.heads.get("change")
    return change is not None and _MORE_THAN.match(scene.after(change)) is not None


def _reversed(scene: Scene, level: Choice, prior: Choice) -> bool:
    """Whether one phrase names the level as prior and the prior as level: `fell from 6.1 to 6.4`."""
    if level.claim is None or prior.claim is None:
        return False
    was = scene.roles(level.claim, "growth").get("prior")
    return was is not None and was.frame and was is scene.roles(prior.claim, "growth").get("level")


def _turned(scene: Scene, group: Group, level: Choice, prior: Choice) -> bool:
    """Whether level and prior have a word of their own that goes the other way: `users grew by 17% as the time
    for each fell from 53 to 50`."""
    if level.claim is None or prior.claim is None or not group.direction:
        return False
    frame = scene.roles(level.claim, "growth").get("level")
    own = frame is not None and frame.frame and frame is scene.roles(prior.claim, "growth").get("prior")
    return bool(own and frame and frame.direction == -group.direction) and not in_one_frame(scene, group, level, prior)


def _ambient(group: Group) -> bool:
    """Whether no words are known that make a figure lead."""
    return any(cue.rule == AMBIENT for cue in group.cues.values())


def _leads_back(level: Choice, prior: Choice, figures: int) -> bool:
    """Whether a comparison with figures of the sentence before is tied to them: its words point at them, or it is
    told in full, or only one of the two stands there."""
    chosen = [c for c in (level, prior) if c.claim is not None]
    if all(c.pointed or not c.scope_back for c in chosen) or figures > _TOLD:
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


def _reason(scene: Scene, group: Group) -> str:
    text = scene.report.text
    words = "; ".join(" ".join(text[c.start : c.end].split()) for c in group.cues.values())
    return f"“{words}”"


def _not_built(scene: Scene, group: Group, why: str) -> Considered:
    operands = [operand(role, scene.claims[c]) for role, c in group.heads.items()]
    start, end = hull(operands)
    return Considered(group.family.kind, start, end, why, next(iter(group.cues.values())).rule)
