"""Relations across sentences whose figures do not agree, though with another figure at hand they would: doubted.

`4,310 and 3,920 were vacant. … These two advertised 8,230 posts, or 44.6% of the total` is of the 18,460 vacant posts
that stand near, not of the 820,540 that stand nearer. Such a relation is kept, but it makes no error.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.binding.scene import Scene, operand
from pipeline.formulas import agreement
from pipeline.model import Relation
from pipeline.rulebook.scales import scales

_KINDS = frozenset(("growth", "share", "points", "ratio", "product", "target"))
# The figures that lead: those in other sentences than theirs may be another.
_HEADS = ("percent", "change", "factor", "rate")
# So many figures of the unit to each side are tried: those of one section, for the whole of a share those of any.
_REACH = 20


def doubted(scene: Scene, relations: Sequence[Relation]) -> Iterator[Relation]:
    """The relations; those that another figure would mend with low confidence."""
    for relation in relations:
        if (
            relation.confidence == "high"
            and relation.scope != "sentence"
            and relation.kind in _KINDS
            and agreement(relation, scales(scene.book)) == "none"
            and _is_mended(scene, relation)
        ):
            yield replace(relation, confidence="low", reason=f"{relation.reason}, and another figure would agree")
        else:
            yield relation


def _is_mended(scene: Scene, relation: Relation) -> bool:
    """Whether one figure that stands apart from the one that leads may be replaced by another of its unit near it."""
    places = {o.ref: bisect_left(scene.starts, o.start) for o in relation.operands}
    leads = [o for o in relation.operands if o.role in _HEADS]
    if not leads or any(n >= len(scene.claims) for n in places.values()):
        return False
    home = scene.claims[places[leads[-1].ref]].sentence
    for place, one in enumerate(relation.operands):
        here = scene.claims[places[one.ref]]
        if here.sentence == home or one.figure is None:
            continue
        alike = scene.by_unit.get(here.figure.unit, ())
        at = bisect_left(alike, places[one.ref])
        for n in (*alike[max(0, at - _REACH) : at], *alike[at + 1 : at + 1 + _REACH]):
            other = scene.claims[n]
            if other.claim_id in places or other.figure.kind != here.figure.kind:
                continue
            if other.section != here.section and relation.kind != "share":
                continue
            operands = list(relation.operands)
            operands[place] = operand(one.role, other)
            if agreement(replace(relation, operands=tuple(operands)), scales(scene.book)) == "strict":
                return True
    return False
