"""Comparisons: a percent, change or factor that words name, with the level and what it is compared with.

Growth and points compare with a prior, target with a target, ratio with another figure. The named figure leads; what it
is compared with comes by its words, the level by its words or as the nearest figure of the same measure before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.binding import directions
from pipeline.binding.charity import UNSAID, choose
from pipeline.binding.scene import Candidate, Outcome, Scene, hull, operand, same_measure
from pipeline.binding.soundness import sound
from pipeline.model import Confidence, Considered, Cue, Operand, Relation


@dataclass(frozen=True, slots=True)
class _Family:
    """Comparisons that are bound in one way: the kind of their cues, the roles that lead, the role compared with,
    and the kinds of the cues that name level and base."""

    kind: str
    heads: tuple[str, ...]
    base: str
    said: tuple[str, ...]


_FAMILIES = (
    _Family("growth", ("percent", "change"), "prior", ("growth",)),
    _Family("target", ("percent", "change"), "target", ("target",)),
    _Family("ratio", ("factor",), "prior", ("ratio", "growth")),
)
# Words that begin another matter: a comparison does not reach across them.
_BREAK = re.compile(
    r";|；|\b(?:while|whereas|meanwhile|of which|of whom|including|due to|because of|driven by|offset by|reflecting"
    r"|excluding|but)\b"
)
_NEW_SUBJECT = re.compile(r",\s*(?:and|but|while|whereas)\s+(?:the|that|those|its|their|our|a|an)\b")
# A sentence that begins so speaks of the figures of the sentence before.
_BACKWARD = re.compile(
    r"\W*(?:that|this|it|which|these|those"
    r"|the (?:rise|growth|increase|decrease|decline|drop|fall|change|gain|reduction|figure|number|total|rate|amount"
    r"|sum)|last year|a year (?:ago|earlier|before)|in (?:the )?\d{4}|compared|up|down|thus|so"
    r"|there (?:has|was|is|were))\b"
)
_AMBIENT = "growth.words-unknown"
_AMBIENT_HEADS = {"percent": "percent", "points": "change", "factor": "factor"}
# `… and Montana oil production is down 9 percent`: what is said after `and` has a subject of its own.
_OTHER_SUBJECT = re.compile(
    r"\band\s+(?!that|which|this|it\b|was|were|is|are|has|have|had|also|thus|an?\b)[^,;]{3,80}?"
    r"\b(?:is|was|were|are|has|have|had|rose|fell|grew|increased|decreased|declined|dropped)\b[^,;]{0,12}$"
)
_MAX_WORDS = 14
_MAX_LEVEL_WORDS = 24


@dataclass(slots=True)
class _Group:
    """The percent and change, or the factor, that speak of one comparison."""

    family: _Family
    heads: dict[str, int] = field(default_factory=dict)
    cues: dict[str, Cue] = field(default_factory=dict)

    @property
    def first(self) -> int:
        return min(self.heads.values())

    @property
    def last(self) -> int:
        return max(self.heads.values())

    @property
    def mode(self) -> str:
        """How the cue reads the figure: `of` the target or in `excess` of it."""
        return next((c.mode for c in self.cues.values() if c.mode), "")

    @property
    def direction(self) -> int:
        signs = {c.direction for c in self.cues.values() if c.direction}
        return signs.pop() if len(signs) == 1 else 0


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
        spoken = list(_groups(scene, claims))
        for group, left, right in (*spoken, *_ambient(scene, claims)):
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


def _lent(scene: Scene, group: _Group, candidate: Candidate, taken: Mapping[str, int]) -> bool:
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


def _groups(scene: Scene, claims: range) -> Iterator[tuple[_Group, int, int]]:
    """The groups of a sentence, each with the first and last claim that may belong to it."""
    groups: list[_Group] = []
    for claim in claims:
        leading = _leads(scene, claim)
        if leading is None:
            continue
        family, head, cue = leading
        group = groups[-1] if groups else None
        if group is not None and group.family is family and _joins(scene, group, claim, head, cue):
            group.heads[head], group.cues[head] = claim, cue
        else:
            groups.append(_Group(family, {head: claim}, {head: cue}))
    for n, group in enumerate(groups):
        left = groups[n - 1].last + 1 if n else claims.start
        right = groups[n + 1].first - 1 if n + 1 < len(groups) else claims.stop - 1
        yield group, left, right


def _leads(scene: Scene, claim: int) -> tuple[_Family, str, Cue] | None:
    """The family and the role under which words make this figure lead a comparison; a real growth leads none."""
    if any(cue.kind == "real" for _, cue in scene.cues_of.get(claim, ())):
        return None
    for family in reversed(_FAMILIES):
        roles = scene.roles(claim, family.kind)
        for head in family.heads:
            if head in roles and _can_be(scene, claim, head):
                return family, head, roles[head]
    return None


def _ambient(scene: Scene, claims: range) -> Iterator[tuple[_Group, int, int]]:
    """Percents, points and factors of which no words are known: what they compare is taken only where it agrees."""
    for claim in claims:
        figure = scene.claims[claim].figure
        if scene.cues_of.get(claim) or figure.upper is not None or figure.kind not in _AMBIENT_HEADS:
            continue
        head = _AMBIENT_HEADS[figure.kind]
        family = _FAMILIES[2] if head == "factor" else _FAMILIES[0]
        cue = Cue(figure.start, figure.end, family.kind, ((head, claim),), 0, "", "", False, _AMBIENT)
        yield _Group(family, {head: claim}, {head: cue}), claims.start, claims.stop - 1


def _can_be(scene: Scene, claim: int, head: str) -> bool:
    kind = scene.claims[claim].figure.kind
    allowed = {
        "percent": ("percent", "factor"),
        "factor": ("factor", "percent"),
        "change": ("absolute", "points", "rate"),
    }
    return kind in allowed[head]


def _joins(scene: Scene, group: _Group, claim: int, head: str, cue: Cue) -> bool:
    """Whether a percent and a change are two ways of saying one comparison."""
    if head in group.heads or (group.direction and cue.direction and group.direction != cue.direction):
        return False
    between = scene.between(group.last, claim)
    if _BREAK.search(between) or len(between.split()) > _MAX_WORDS:
        return False
    kinds = {scene.claims[c].figure.kind for c in (*group.heads.values(), claim)}
    if "points" in kinds:
        return False
    # A figure of its own between them is another level, unless words call it the prior.
    inner = range(group.last + 1, claim)
    return all(group.family.base in scene.roles(c, group.family.kind) for c in inner) and not _NEW_SUBJECT.search(
        between
    )


def _candidates(scene: Scene, number: int, group: _Group, left: int, right: int) -> tuple[list[Candidate], str]:
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


def _fits_group(scene: Scene, kind: str, group: _Group, claim: int) -> bool:
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


def _bases(scene: Scene, number: int, group: _Group, left: int, right: int, kind: str) -> Iterator[_Choice]:
    """Figures that words name as what is compared with, nearest first, and none."""
    found: list[tuple[int, int]] = []
    for claim in range(left, right + 1):
        if not _fits_group(scene, kind, group, claim):
            continue
        roles = scene.roles(claim, *group.family.said)
        after = claim > group.last
        between = scene.between(claim, group.last if after else group.first)
        if group.family.base not in roles or _BREAK.search(between) or (not after and _OTHER_SUBJECT.search(between)):
            continue
        distance = scene.words_between(claim, group.last if after else group.first)
        if distance <= _MAX_LEVEL_WORDS:
            found.append((distance + (0 if after else 3), claim))
    for rank, (_, claim) in enumerate(sorted(found)[:2]):
        # `up 1.8%, compared with £459 for women, up 2.2%`: a figure with a change of its own is no prior.
        own = (
            claim == right and right + 1 < scene.by_sentence[number].stop and scene.words_between(claim, right + 1) <= 4
        )
        own = own and _leads(scene, right + 1) is not None
        yield _Choice(claim, rank + UNSAID * own)
    if not found:
        yield from _from_before(scene, number, group, kind, group.family.base)
        # Which of two unnamed figures is the level and which the prior, arithmetic may choose.
        yield from (_Choice(c.claim, c.tier + 1, c.scope_back) for c in _levels_before(scene, group, left, kind, 0))
    yield from _unsaid(scene, number, group, kind)
    yield _Choice(None, 0 if not found else 1)


def _levels(scene: Scene, number: int, group: _Group, left: int, right: int, kind: str) -> Iterator[_Choice]:
    """The level by its words, else the nearest unnamed figures before, else those of the sentence before."""
    named = []
    for claim in range(left, right + 1):
        roles = scene.roles(claim, *group.family.said)
        if "level" not in roles or not _fits_group(scene, kind, group, claim):
            continue
        if not _BREAK.search(scene.between(claim, group.last if claim > group.last else group.first)):
            named.append((scene.words_between(claim, group.last if claim > group.last else group.first), claim))
    for rank, (_, claim) in enumerate(sorted(named)[:2]):
        yield _Choice(claim, rank)
    before = list(_levels_before(scene, group, left, kind, 1 if named else 0))
    yield from before
    if not named and not before:
        yield from _from_before(scene, number, group, kind, "level")
    yield from _unsaid(scene, number, group, kind)
    yield _Choice(None, 1)


def _levels_before(scene: Scene, group: _Group, left: int, kind: str, rank: int) -> Iterator[_Choice]:
    """The nearest figures before the group in its clause that words do not name; `rank` is the tier of the first."""
    clause_start, _ = scene.clause_of(group.first)
    named = rank
    passed = 0
    for claim in range(group.first - 1, left - 1, -1):
        if scene.claims[claim].figure.start < clause_start or rank > 2:
            return
        between = scene.between(claim, group.first)
        if _BREAK.search(between) or _OTHER_SUBJECT.search(between) or len(between.split()) > _MAX_LEVEL_WORDS:
            return
        roles = scene.roles(claim, "growth", "target", "ratio")
        if set(roles) & {"prior", "target"}:
            continue
        if not _fits_group(scene, kind, group, claim) or set(roles) & {"change", "percent"}:
            passed += 1
            continue
        yield _Choice(claim, rank + (1 if passed and not named else 0))
        rank += 1


def _unsaid(scene: Scene, number: int, group: _Group, kind: str) -> Iterator[_Choice]:
    """Every other figure of this sentence and the one before: words allow it, they do not say it."""
    first = number - 1 if number and scene.sentences[number - 1].section == scene.sentences[number].section else number
    for claim in range(scene.by_sentence[first].start, scene.by_sentence[number].stop):
        if _fits_group(scene, kind, group, claim) and not set(scene.roles(claim, group.family.kind)) & {
            "change",
            "percent",
        }:
            yield _Choice(claim, UNSAID, int(scene.claims[claim].sentence != number))


def _from_before(scene: Scene, number: int, group: _Group, kind: str, role: str) -> Iterator[_Choice]:
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
    scene: Scene, kind: str, group: _Group, level: _Choice, prior: _Choice, bound: Collection[int | None]
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
    if any(cue.rule == _AMBIENT for cue in group.cues.values()):
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


def _reason(scene: Scene, operands: tuple[Operand, ...], group: _Group, level: _Choice, prior: _Choice) -> str:
    text = scene.report.text
    words = "; ".join(" ".join(text[c.start : c.end].split()) for c in group.cues.values())
    return f"“{words}”" + (", with figures of the sentence before" if level.scope_back or prior.scope_back else "")


def _not_built(scene: Scene, group: _Group, why: str) -> Considered:
    operands = [operand(role, scene.claims[c]) for role, c in group.heads.items()]
    start, end = hull(operands)
    return Considered(group.family.kind, start, end, why, next(iter(group.cues.values())).rule)
