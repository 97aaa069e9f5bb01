"""Relations whose figures do not agree, and of which words of rules/apart.toml tell that they are of other things."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pipeline.binding.scene import Scene
from pipeline.model import Operand, Relation
from pipeline.patterns import lazy
from pipeline.rulebook import Rulebook
from pipeline.rulebook.apart_shapes import Apart

# So many characters before and behind a figure are looked at.
_NEAR = 60

_Rules = Mapping[str, tuple[tuple[re.Pattern[str], Apart], ...]]


def told_by(scene: Scene, relation: Relation) -> str:
    """The id of the first rule whose words set a figure of the relation apart; empty where none does."""
    return next(
        (
            rule.rule_id
            for pattern, rule in _by_kind(scene.book).get(relation.kind, ())
            if any(_stands(scene, pattern, rule.at, *held) for held in _asked(relation, rule))
        ),
        "",
    )


@lru_cache(maxsize=4)
def _by_kind(book: Rulebook) -> _Rules:
    found: dict[str, list[tuple[re.Pattern[str], Apart]]] = defaultdict(list)
    for rule in book.of(Apart):
        pattern = lazy(rule.pattern)
        for kind in rule.kinds:
            found[kind].append((pattern, rule))
    return {kind: tuple(rules) for kind, rules in found.items()}


def _asked(relation: Relation, rule: Apart) -> Iterator[tuple[Operand, Operand]]:
    """The operands that a rule asks about, each with the one up to which the text is looked at."""
    for one in relation.operands:
        if one.figure is None or (rule.role and one.role != rule.role):
            continue
        if rule.at != "between":
            yield one, one
            continue
        yield from ((one, other) for other in relation.operands if other.role == rule.to and one.end <= other.start)


def _stands(scene: Scene, pattern: re.Pattern[str], at: str, one: Operand, other: Operand) -> bool:
    if at == "before":
        return pattern.search(scene.low[max(0, one.start - _NEAR) : one.start]) is not None
    if at == "behind":
        return pattern.match(scene.low[one.end : one.end + _NEAR]) is not None
    if at == "between":
        return pattern.search(scene.low[one.end : other.start]) is not None
    return one.figure is not None and pattern.match(scene.low[one.figure.number_end : one.figure.end]) is not None
