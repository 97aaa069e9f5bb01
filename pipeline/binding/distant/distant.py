"""Relations over the whole report that phrases tie, for what nearer bindings leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.binding.distant import (
    announced_parts,
    distant_changes,
    distant_excess,
    distant_levels,
    distant_products,
    distant_ratios,
    distant_repeats,
    distant_shares,
    distant_subsets,
    distant_sums,
    distant_targets,
    distant_wholes,
    drawn_shares,
    opening_repeats,
    parallel_sections,
    swapped_afar,
)
from pipeline.binding.distant.matter import Matters
from pipeline.binding.names import Names
from pipeline.binding.scene import Scene
from pipeline.binding.words import Words
from pipeline.formulas import agreement
from pipeline.model import Considered, Relation
from pipeline.rulebook.scales import scales

# What leads a comparison, and the percentages that are compared.
_LEADING = frozenset(("percent", "factor", "change", "level", "prior", "rate"))


def bind(scene: Scene, bound: Sequence[Relation]) -> Iterator[Relation | Considered]:
    """What phrases tie, given the relations that nearer words have bound."""
    names = Names(scene, scene.once(Words))
    compared, again = _held(scene, bound)
    sums = [r for r in bound if r.kind == "sum" and agreement(r, scales(scene.book)) != "none"]
    added = frozenset(o.ref for r in sums for o in r.operands)
    yield from distant_shares.bind(scene, names, compared, sums)
    yield from drawn_shares.bind(scene, names, compared)
    yield from distant_changes.bind(scene, names, compared)
    yield from distant_excess.bind(scene, names, bound)
    yield from distant_ratios.bind(scene, names, compared)
    yield from distant_products.bind(scene, names, compared)
    yield from distant_subsets.bind(scene, names)
    yield from distant_sums.bind(scene, names, added)
    yield from announced_parts.bind(scene, added)
    yield from parallel_sections.bind(scene, added)
    matters = Matters(scene)
    yield from distant_levels.bind(scene, matters, compared, bound)
    yield from distant_wholes.bind(scene, matters, compared, bound)
    yield from swapped_afar.bind(scene, matters, bound)
    yield from distant_targets.bind(scene, bound, compared)
    yield from distant_repeats.bind(scene, names, again)
    yield from opening_repeats.bind(scene, names, bound)


def _held(scene: Scene, bound: Sequence[Relation]) -> tuple[frozenset[str], frozenset[str]]:
    """The refs of what nearer words compare, and of what is said again: surely, or so that it agrees."""
    sizes = scales(scene.book)
    compared: set[str] = set()
    again: set[str] = set()
    for relation in bound:
        if relation.confidence == "high" or agreement(relation, sizes) != "none":
            if relation.kind == "repeat":
                again.update(o.ref for o in relation.operands)
            compared.update(o.ref for o in relation.operands if o.role in _LEADING)
    return frozenset(compared), frozenset(again)
