"""What a difference is called tells which of two amounts is the larger: no deficit where exports are above imports.

Whatever binder made the sum, its figures take the sides that the words give them; where the amounts are the other way
round, the sum no longer agrees.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pipeline.binding import listed
from pipeline.binding.scene import Scene
from pipeline.model import Operand, Relation
from pipeline.patterns import lazy

# So far before a figure stand its own words.
_OWN = 60
# Whose surplus, deficit or change it is, or what it was before, the words before it leave open.
_OF_OTHERS = lazy(r"['’]s? |\b(?:their|its|his|her|from|than|against|turn\w*|swing|swung|revers\w*|budgeted|planned)\b")
_RULE = "sum.told-the-other-way-round"


def taken_at_their_word(scene: Scene, relations: Iterable[Relation]) -> Iterator[Relation]:
    """The relations; a sum of one amount less another whose outcome says that the other is larger, as it says."""
    for relation in relations:
        yield _turned(scene, relation) or relation


def _turned(scene: Scene, relation: Relation) -> Relation | None:
    by_role = {operand.role: operand for operand in relation.operands}
    if relation.kind != "sum" or len(relation.operands) != 3 or set(by_role) != {"total", "part", "less"}:
        return None
    total, part, less = (by_role[role] for role in ("total", "part", "less"))
    if any(o.figure is None or o.figure.number.value < 0 for o in relation.operands):
        return None
    before = _before(scene, total)
    if _OF_OTHERS.search(before):
        return None
    for one, other, over, short in listed.leaning(scene.book):
        if bool(over.search(before)) == bool(short.search(before)):
            continue
        larger, smaller = (one, other) if short.search(before) else (other, one)
        if _is_called(scene, part, larger, smaller) and _is_called(scene, less, smaller, larger):
            sides = {"part": "less", "less": "part", "total": "total"}
            operands = tuple(replace(operand, role=sides[operand.role]) for operand in relation.operands)
            return replace(relation, operands=operands, confidence="high", rule=_RULE)
    return None


def _before(scene: Scene, operand: Operand) -> str:
    """The words before a figure, behind the figure before it, in lower case."""
    place = bisect_left(scene.starts, operand.start)
    floor = scene.claims[place - 1].figure.end if place else 0
    return scene.low[max(operand.start - _OWN, floor) : operand.start]


def _is_called(scene: Scene, operand: Operand, name: re.Pattern[str], other: re.Pattern[str]) -> bool:
    """Whether a figure is called so and not otherwise, by its noun or the words before it."""
    figure = operand.figure
    words = _before(scene, operand) + (scene.low[figure.number_end : figure.end] if figure is not None else "")
    return name.search(words) is not None and other.search(words) is None
