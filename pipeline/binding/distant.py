"""Relations over the whole report that phrases tie, for what nearer bindings leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding import distant_shares
from pipeline.binding.names import Names
from pipeline.binding.scene import Scene
from pipeline.binding.words import Words
from pipeline.formulas import agreement
from pipeline.model import Considered, Relation
from pipeline.rulebook.scales import scales


def bind(scene: Scene, bound: Sequence[Relation]) -> Iterator[Relation | Considered]:
    """What phrases tie, given the relations that nearer words have bound."""
    sizes = scales(scene.book)
    names = Names(scene, Words(scene))
    percents = frozenset(
        o.ref
        for relation in bound
        if relation.confidence == "high" or agreement(relation, sizes) != "none"
        for o in relation.operands
        if o.role in ("percent", "factor", "level", "prior")
    )
    yield from distant_shares.bind(scene, names, percents)
