"""A level and its change → what the level was before: a value that the report implies and may state elsewhere.

`490 million Yuan of relief funds in 2009, 80 million Yuan more than that in 2008` implies 410 million in 2008. Where
the report states the funds of 2008, level, change and that statement are a growth: of medium confidence, as no words
tie them; what contradicts is a warning, never an error.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.binding.scene import Outcome, Scene, operand
from pipeline.model import Claim, Considered, Cue, Relation
from pipeline.patterns import lazy

_YEAR = lazy(r"(?:FY)?\d{4}(?:-[QH]\d)?")
_CHANGES = ("change", "percent")
# A subject of one word (`funds`, `people`) names too much.
_FEWEST_WORDS = 2
_LEVEL_ROLES = ("", "level", "total")


@dataclass(frozen=True, slots=True)
class Implied:
    """A level and a change of it in one sentence, as indexes of claims: they imply the level at `period`."""

    level: int
    change: int
    direction: int
    period: str
    rule: str

    def relation(self, claims: Sequence[Claim]) -> Relation:
        """The two as a growth of which the earlier level is not stated."""
        role = "percent" if claims[self.change].figure.kind == "percent" else "change"
        operands = (operand("level", claims[self.level]), operand(role, claims[self.change]))
        return Relation("growth", operands, "sentence", "high", self.rule, "", self.direction)


def implied(claims: Sequence[Claim], cues: Sequence[Cue]) -> Iterator[Implied]:
    """Every level with a change that is set against another period, where one level of that subject stands near."""
    cue_of = {n: cue for cue in cues if cue.kind == "growth" for role, n in cue.roles if role in _CHANGES and n >= 0}
    for _, numbers in groupby(range(len(claims)), key=lambda n: claims[n].sentence):
        held = list(numbers)
        for n in held:
            claim = claims[n]
            if n not in cue_of or claim.role not in _CHANGES or not _YEAR.fullmatch(claim.compared_with):
                continue
            levels = [m for m in held if m < n and _is_level_of(claims[m], claim)]
            directed = cue_of[n].direction and not claim.figure.modifier
            if directed and len(levels) == 1 and claims[levels[0]].period != claim.compared_with:
                yield Implied(levels[0], n, cue_of[n].direction, claim.compared_with, cue_of[n].rule)


def bind(scene: Scene) -> Outcome:
    """What is implied of a period, with what the report states of it elsewhere."""
    stated: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    relations: list[Relation] = []
    considered: list[Considered] = []
    pairs = list(implied(scene.claims, scene.cues))
    if pairs:
        for n, claim in enumerate(scene.claims):
            if _is_told(claim):
                stated[claim.subject.lower(), claim.figure.unit, claim.period, claim.place].append(n)
    for pair in pairs:
        level, change = scene.claims[pair.level], scene.claims[pair.change]
        if len(level.subject.split()) < _FEWEST_WORDS or level.figure.modifier == "~":
            continue
        found = stated.get((level.subject.lower(), level.figure.unit, pair.period, level.place), [])
        values = {scene.claims[n].figure.number.value for n in found}
        if len(values) > 1:
            start, end = level.figure.start, change.figure.end
            why = f"the report states several figures of {pair.period}"
            considered.append(Considered("growth", start, end, why, pair.rule))
        if len(values) == 1 and scene.claims[found[0]].sentence != level.sentence:
            relations.append(_growth(scene, pair, found[0]))
    return relations, considered


def _growth(scene: Scene, pair: Implied, prior: int) -> Relation:
    level, change = pair.relation(scene.claims).operands
    operands = (level, operand("prior", scene.claims[prior]), change)
    reason = f"“{scene.claims[prior].subject}” of {pair.period} is stated and implied"
    scope = scene.scope_of(pair.level, pair.change, prior)
    return Relation("growth", operands, scope, "medium", pair.rule, reason, pair.direction)


def _is_level_of(level: Claim, change: Claim) -> bool:
    """Whether a figure is the level that a change is told of: one subject, one unit."""
    if level.role not in _LEVEL_ROLES or level.figure.kind != "absolute" or level.figure.upper is not None:
        return False
    same_unit = change.figure.kind == "percent" or change.figure.unit == level.figure.unit
    return bool(level.subject) and level.subject == change.subject and same_unit


def _is_told(claim: Claim) -> bool:
    """Whether a figure states a level of a named measure at a named time."""
    plain = claim.figure.kind == "absolute" and claim.figure.upper is None and not claim.figure.per
    return plain and claim.role in _LEVEL_ROLES and not claim.figure.modifier and bool(claim.subject and claim.period)
