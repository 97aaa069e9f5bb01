"""Sentences whose words lead to figures told before them, `The rise is thus 20 per cent`, → the relation they tell.

A cue of kind `far` says by its mode what is led to and where it stands: the amount that the sentence before is about,
the plan that its words name. What they lead to is bound if it agrees or a slip of the pen explains it, or where all of
it is told; whatever else the numbers are plays no part.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from pipeline.binding.distant import far_amounts, far_changes, far_shares_told, far_totals
from pipeline.binding.distant.leads import Lead, percents_before
from pipeline.binding.names import Names
from pipeline.binding.scene import Scene
from pipeline.binding.slipped import one_slip_away
from pipeline.formulas import agreement
from pipeline.fraction import Fraction
from pipeline.model import Considered, Cue, Relation
from pipeline.rulebook.scales import scales

_WAYS: Mapping[str, Callable[[Lead], Relation | None]] = {
    **far_changes.WAYS,
    **far_amounts.WAYS,
    **far_shares_told.WAYS,
    **far_totals.WAYS,
}
_TELLING = Fraction(1, 2)


def bind(scene: Scene, names: Names, bound: Sequence[Relation]) -> Iterator[Relation | Considered]:
    """What the far cues of a report lead to, where no relation of the same figures is bound."""
    sizes = scales(scene.book)
    known = {(r.kind, frozenset(o.ref for o in r.operands)) for r in bound if r.confidence == "high"}
    sure: dict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
    for one in bound:
        if one.confidence != "low" and agreement(one, sizes) in ("strict", "coarse"):
            refs = frozenset(o.ref for o in one.operands)
            for ref in refs:
                sure[one.kind, ref].append(refs)
    far = [cue for cue in scene.cues if cue.kind == "far"]
    marked = _marked(far)
    for cue in far:
        lead, way = Lead(scene, names, cue, marked), _WAYS.get(cue.mode)
        relation = way(lead) if way else None
        if relation is None or (relation.kind, frozenset(o.ref for o in relation.operands)) in known:
            continue
        refs = frozenset(o.ref for o in relation.operands)
        heads = (o.ref for o in relation.operands if o.role in _HEADS)
        if any(not other <= refs for ref in heads for other in sure.get((relation.kind, ref), ())):
            continue
        agreed = agreement(relation, sizes)
        if (
            agreed != "none"
            or lead.in_full
            or one_slip_away(relation, sizes, least=_TELLING, pasted=_pasted(scene, relation))
        ):
            yield relation
        else:
            why = "what words lead to does not agree, and one slip explains none"
            yield Considered(relation.kind, cue.start, cue.end, why, cue.rule)


def _marked(far: Sequence[Cue]) -> Mapping[str, frozenset[int]]:
    """For each mode the figures that its cues name."""
    found: dict[str, set[int]] = defaultdict(set)
    for cue in far:
        found[cue.mode].update(n for _, n in cue.roles)
    return {mode: frozenset(claims) for mode, claims in found.items()}


def _pasted(scene: Scene, relation: Relation) -> set[Fraction]:
    """The percentages before what leads a relation, of which one may have been written again."""
    held = [bisect_left(scene.starts, o.start) for o in relation.operands]
    return percents_before(scene, max(held), held)


# What leads one comparison leads no other.
_HEADS = frozenset(("percent", "change", "factor"))
