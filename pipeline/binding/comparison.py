"""Comparisons: a percent, change or factor that words name, with the level and what it is compared with.

Growth and points compare with a prior, target with a target, ratio with another figure. The named figure leads; what it
is compared with comes by its words, the level by its words or as the nearest figure of the same measure before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from pipeline.binding import directions
from pipeline.binding.charity import UNSAID, choose
from pipeline.binding.leading import AMBIENT, BREAK, Group, ambient, groups, leads
from pipeline.binding.ledger import Ledger
from pipeline.binding.scene import Candidate, Outcome, Scene, hull, operand, same_measure
from pipeline.binding.soundness import sound
from pipeline.formulas import agreement
from pipeline.model import Confidence, Considered, Operand, Relation
from pipeline.rulebook.scales import scales

# A sentence that begins so speaks of the figures of the sentence before.
_BACKWARD = re.compile(
    r"\W*(?:that|this|it|which|these|those"
    r"|the (?:rise|growth|increase|decrease|decline|drop|fall|change|gain|reduction|improvement|saving|difference"
    r"|figure|number|total|rate|amount|sum)|last year|a year (?:ago|earlier|before)|in (?:the )?\d{4}|compared|up|down"
    r"|thus|so|there (?:has|was|is|were)|and (?:has|have|had|is|was|were|up|down))\b"
)
# `… and Montana oil production is down 9 percent`: what is said after `and` has a subject of its own.
_OTHER_SUBJECT = re.compile(
    r"\band\s+(?!that|which|this|it\b|was|were|is|are|has|have|had|also|thus|an?\b)[^,;]{3,80}?"
    r"\b(?:is|was|were|are|has|have|had|rose|fell|grew|increased|decreased|declined|dropped)\b[^,;]{0,12}$"
)
_MAX_LEVEL_WORDS = 24
# `That is a growth of …` points at the figure right before; `the growth was …` at one of the sentence.
_POINTS_BACK = re.compile(r"\W*(?:that|this|it|which)\b")
_SAME_NAME = 2
_WEAK = "weak"
_SAID_OF_ALL = ("growth", "target", "ratio")


@dataclass(frozen=True, slots=True)
class _Choice:
    claim: int | None
    tier: int
    scope_back: int = 0
    guess: bool = False


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
    priors = list(_bases(scene, number, group, left, right, kind))
    meant = priors[0].claim if priors[0].tier == 0 else None
    levels = list(_levels(scene, number, group, left, right, kind, meant))
    # What words name, and the nearest figure before, belong to the comparison: a binding without them explains nothing.
    near = next((c.claim for c in _levels_before(scene, group, left, kind, 0, meant) if c.tier == 0), None)
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


def _broken(scene: Scene, group: Group, claim: int) -> bool:
    """Whether another matter begins between a figure and the group: `96, against 84 before; a growth of 14%` is one."""
    after = claim > group.last
    between = scene.between(claim, group.last if after else group.first)
    # `The plan was 90 wells; actually 96 were dug, 7% beyond the plan.`
    planned = "target" in scene.roles(claim, "target") and group.family.base == "target"
    for found in BREAK.finditer(between):
        semicolon = found.group() in (";", "；")
        if not semicolon or not (planned or (not after and _BACKWARD.match(between, found.end()) is not None)):
            return True
    return not after and _OTHER_SUBJECT.search(between) is not None


def _other_roles(scene: Scene, kind: str, claim: int, kinds: tuple[str, ...]) -> bool:
    """Whether words make a figure a change or percent of its own; growth rates are what points compare."""
    return kind != "points" and bool(set(scene.roles(claim, *kinds)) & {"change", "percent"})


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
        cue = roles.get(group.family.base)
        # `In 2012 it was 84` names a prior where it follows; before a change it may as well be the level.
        if cue is None or _broken(scene, group, claim):
            continue
        if cue.mode == _WEAK and not after:
            yield _Choice(claim, 1)
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
        yield from _from_before(scene, number, group, left, right, kind, group.family.base)
        # Which of two unnamed figures is the level and which the prior, arithmetic may choose.
        yield from (
            _Choice(c.claim, c.tier + 1, c.scope_back, guess=True)
            for c in _levels_before(scene, group, left, kind, 0, None)
        )
    yield from _unsaid(scene, number, group, kind)
    yield _Choice(None, 0 if not found else 1)


def _levels(
    scene: Scene, number: int, group: Group, left: int, right: int, kind: str, meant: int | None
) -> Iterator[_Choice]:
    """The level by its words, else the nearest unnamed figures before, else those of the sentence before."""
    named = []
    for claim in range(left, right + 1):
        roles = scene.roles(claim, *group.family.said)
        if "level" not in roles or not _fits_group(scene, kind, group, claim):
            continue
        if not _broken(scene, group, claim):
            named.append((scene.words_between(claim, group.last if claim > group.last else group.first), claim))
    for rank, (_, claim) in enumerate(sorted(named)[:2]):
        yield _Choice(claim, rank)
    before = list(_levels_before(scene, group, left, kind, 1 if named else 0, meant))
    yield from before
    unsure = all(group.family.base in scene.roles(c.claim, "growth") for c in before if c.claim is not None)
    if not named and unsure:
        yield from _from_before(scene, number, group, left, right, kind, "level")
    yield from _unsaid(scene, number, group, kind)
    yield _Choice(None, 1)


def _levels_before(scene: Scene, group: Group, left: int, kind: str, rank: int, meant: int | None) -> Iterator[_Choice]:
    """The nearest figures before the group in its clause that words do not name; `rank` is the tier of the first.

    `meant` is the prior that words give, if any: then another figure that might be one is the level.
    """
    named = rank
    passed = 0
    for claim in range(group.first - 1, left - 1, -1):
        between = scene.between(claim, group.first)
        if rank > 2 or _broken(scene, group, claim) or len(between.split()) > _MAX_LEVEL_WORDS:
            return
        said = scene.roles(claim, *_SAID_OF_ALL)
        base = said.get("prior") or said.get("target")
        if base is not None and (claim == meant or (meant is None and base.mode != _WEAK)):
            continue
        if base is not None and base.mode != _WEAK:
            if _fits_group(scene, kind, group, claim):
                yield _Choice(claim, rank + 1)
            continue
        if not _fits_group(scene, kind, group, claim) or _other_roles(scene, kind, claim, _SAID_OF_ALL):
            passed += 1
            continue
        grown = kind == "points" and bool({"change", "percent"} & set(scene.roles(claim, "growth")))
        apart = grown or _has_percent(scene, group, claim)
        yield _Choice(claim, rank + (1 if passed and not named else 0) + UNSAID * apart)
        rank += 1


def _has_percent(scene: Scene, group: Group, claim: int) -> bool:
    """Whether a percent of its own follows a figure in brackets: `of 253,000 (4%)`."""
    follows = claim + 1 < group.first and scene.claims[claim + 1].figure.kind == "percent"
    return follows and scene.between(claim, claim + 1).strip() == "("


def _unsaid(scene: Scene, number: int, group: Group, kind: str) -> Iterator[_Choice]:
    """Every other figure of this sentence and the one before: words allow it, they do not say it."""
    first = number - 1 if number and scene.sentences[number - 1].section == scene.sentences[number].section else number
    for claim in range(scene.by_sentence[first].start, scene.by_sentence[number].stop):
        # What is a change there may be a level here: `extended by 96 km, 12 km more than in 2009`.
        if _fits_group(scene, kind, group, claim) and (
            kind == "points" or "percent" not in scene.roles(claim, group.family.kind)
        ):
            yield _Choice(claim, UNSAID, int(scene.claims[claim].sentence != number))


def _from_before(
    scene: Scene, number: int, group: Group, left: int, right: int, kind: str, role: str
) -> Iterator[_Choice]:
    """Figures of the sentence before, for a sentence that speaks of them: `That is growth of 8%.`

    `This included rises for X (up 75 or 10%) and Y (up 53 or 7%)`: none of its comparisons is with all.
    """
    sentence = scene.sentences[number]
    if number == 0 or scene.sentences[number - 1].section != sentence.section:
        return
    base = group.family.base
    fitting = [
        claim
        for claim in reversed(scene.by_sentence[number - 1])
        if _fits_group(scene, kind, group, claim)
        and not _other_roles(scene, kind, claim, (group.family.kind,))
        and (base in scene.roles(claim, group.family.kind)) == (role == base)
        and (kind == "points" or scene.claims[claim].figure.kind != "percent")
    ]
    opening = scene.report.view[sentence.start : sentence.start + 60].lower()
    spoken = role == "level" and kind != "ratio"
    named = [claim for claim in fitting if _of_one_name(scene, group, claim)] if spoken else []
    if len(named) == 1:
        # `… and 71 million of matching funds. The matching funds rose by 3%`
        yield _Choice(named[0], 1, 1)
    tier = UNSAID
    ahead = scene.report.view[sentence.start : scene.claims[group.first].figure.start].lower()
    sole = scene.by_sentence[number] == range(left, right + 1) and BREAK.search(ahead) is None
    if sole and _BACKWARD.match(opening) is not None and (len(fitting) == 1 or _POINTS_BACK.match(opening)):
        tier = 1
    # What the sentence before tells is another matter, unless this one speaks of it.
    for rank, claim in enumerate(fitting[: UNSAID + 1]):
        yield _Choice(claim, tier + rank, 1)


def _of_one_name(scene: Scene, group: Group, claim: int) -> bool:
    """Whether a figure of the sentence before stands with the words that the comparison is said of."""
    ledger = Ledger(scene)
    return len(ledger.subject(group.first) & ledger.named(claim)) >= _SAME_NAME


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
        _operand(scene, role, claims[role]) for role in ("level", base, "change", "percent", "factor") if role in claims
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
    return Candidate(relation, tier, tuple(sorted(claims.values())))


def _operand(scene: Scene, role: str, claim: int) -> Operand:
    """A figure in its role; a bare number in the role of a factor is one."""
    found = operand(role, scene.claims[claim])
    if role != "factor" or found.figure is None or found.figure.kind == "factor":
        return found
    kind = found.figure.kind
    return replace(found, figure=replace(found.figure, kind="factor")) if kind == "absolute" else found


def _reason(scene: Scene, operands: tuple[Operand, ...], group: Group, level: _Choice, prior: _Choice) -> str:
    text = scene.report.text
    words = "; ".join(" ".join(text[c.start : c.end].split()) for c in group.cues.values())
    return f"“{words}”" + (", with figures of the sentence before" if level.scope_back or prior.scope_back else "")


def _not_built(scene: Scene, group: Group, why: str) -> Considered:
    operands = [operand(role, scene.claims[c]) for role, c in group.heads.items()]
    start, end = hull(operands)
    return Considered(group.family.kind, start, end, why, next(iter(group.cues.values())).rule)
